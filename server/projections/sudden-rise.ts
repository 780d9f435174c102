// How fast a figure rises by its last few reports alone, where they rise clearly: a quarter of an hour's median is late where a rise begins at once.
// Pure. A single step, a spike, and a sway that the sensor showed before are no rise.
import type { RecentLevels } from './slope.ts';

const LATELY_MS = 180_000;
/** Of a slow sender the last reports, however long they took. */
const LEAST_POINTS = 4;
/** So many times the usual distance of a report from the line between its neighbours is beyond noise. */
const BEYOND_NOISE = 4;

const middleOf = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0;

/** How far the reports usually lie from the line between their neighbours: no ramp and no single bend makes it larger. */
function noiseOf(recent: RecentLevels): number {
	const distances = recent.slice(1, -1).map(([at, value], i) => {
		const [from, below] = recent[i] ?? [at, value];
		const [to, above] = recent[i + 2] ?? [at, value];
		return Math.abs(value - (below + ((above - below) * (at - from)) / (to - from)));
	});
	return middleOf(distances.sort((a, b) => a - b));
}

/**
 * Rise a minute over the last three minutes, or the last four reports, its largest single step left out. Null where what remains is less than
 * `least` (in the figure's unit) or lost in noise, or where the figure was as high before in the quarter of an hour, one slip apart.
 */
export function suddenRiseOf(recent: RecentLevels, least: number): number | null {
	const newest = recent.at(-1);
	if (newest === undefined || recent.length < LEAST_POINTS) return null;
	const [now, level] = newest;
	const from = Math.min(
		recent.findIndex(([at]) => now - at <= LATELY_MS),
		recent.length - LEAST_POINTS,
	);
	const steps = recent.slice(from + 1).map(([at, value], i) => {
		const [before, reached] = recent[from + i] ?? [at, value];
		return { rise: value - reached, ms: at - before };
	});
	steps.sort((a, b) => a.rise - b.rise);
	steps.pop();
	const [rise, ms] = steps.reduce(([all, lasted], one) => [all + one.rise, lasted + one.ms], [0, 0]);
	if (rise < Math.max(least, BEYOND_NOISE * noiseOf(recent))) return null;
	const [, high = Number.NEGATIVE_INFINITY] = recent
		.slice(0, from)
		.map(([, value]) => value)
		.sort((a, b) => b - a);
	return level - high < least ? null : (rise * 60_000) / ms;
}
