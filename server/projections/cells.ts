// The small pieces that projections share: bounded trends, recent rates, and cells whose shown copy is kept until they change.
import type { Figure, Trend } from '../../shared/board.ts';
import type { Sample } from '../../shared/sample.ts';

export const TREND_BUCKETS = 288;

export type LiveTrend = { points: Record<string, number>; count: number };
export const emptyTrend = (): LiveTrend => ({ points: {}, count: 0 });

/** Keeps the last value a bucket. Bucket numbers are below 2^32, so that an object's keys stay in order of time. */
export function addToTrend(trend: LiveTrend, bucketMs: number, at: number, value: number, isNews: boolean): void {
	const bucket = Math.floor(at / bucketMs);
	if (trend.points[bucket] === undefined) {
		if (trend.count >= TREND_BUCKETS) {
			const oldest = firstKey(trend.points);
			if (oldest !== null && bucket < Number(oldest)) return;
			if (oldest !== null) delete trend.points[oldest];
			trend.count -= 1;
		}
		trend.count += 1;
	} else if (!isNews) return;
	trend.points[bucket] = value;
}

function firstKey(points: Trend): string | null {
	for (const key in points) return key;
	return null;
}

const RATE_WINDOW_MS = 300_000;
const RATE_SPACING_MS = 10_000;

/** The last minutes of a position, thinned to a point each ten seconds; the newest point is always the last report. */
export type RecentPositions = [at: number, value: number][];

export function addPosition(recent: RecentPositions, at: number, value: number): void {
	const last = recent.at(-1);
	if (last && value < last[1]) recent.length = 0;
	addLevel(recent, at, value);
}

/** As a position, but of a figure that may fall. */
export function addLevel(recent: RecentPositions, at: number, value: number): void {
	const last = recent.at(-1);
	const before = recent.at(-2);
	if (before && last && last[0] - before[0] < RATE_SPACING_MS) recent.pop();
	recent.push([at, value]);
	while (recent.length > 2 && at - (recent[1]?.[0] ?? at) >= RATE_WINDOW_MS) recent.shift();
}

/** Growth a second over the window, or null while there is less than a second of it. */
export function rateOf(recent: RecentPositions): number | null {
	const first = recent[0];
	const last = recent.at(-1);
	if (!first || !last || last[0] - first[0] < 1000) return null;
	return Math.round(((last[1] - first[1]) * 1000) / (last[0] - first[0]));
}

/** The figure after one more sample that is news: a blind one keeps the last good value and says since when it is blind. */
export function figureAfter(before: Figure | undefined, sample: Sample, seen: number): Figure {
	if (sample.value !== null) return [sample.value, sample.at, seen];
	const why = sample.why ?? 'bad-answer';
	return before ? [before[0], before[1], before[2], why, before[4] ?? sample.at] : [null, sample.at, seen, why, sample.at];
}
