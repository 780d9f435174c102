// The finishes that were promised over the night, as a band on two time lines: when it was said, and what was said. Pure; shares, no pixels.
import { formatClock, formatMoment } from '../../../shared/format.ts';
import type { BoardNow } from '../../../shared/judge.ts';
import { timeTicks } from './chart-spec.ts';

export type PromisePoint = { readonly x: number; readonly p50: number; readonly p90: number };
export type PromisesSpec = {
	readonly points: readonly PromisePoint[];
	readonly xTicks: readonly { readonly at: number; readonly text: string }[];
	readonly yTicks: readonly { readonly at: number; readonly text: string }[];
	/** Where the window ends, on the line of what was said; null where it lies outside. */
	readonly end: number | null;
	readonly told: { readonly count: number; readonly at: string; readonly p50: string; readonly p90: string };
};

const HALF_HOUR_MS = 1_800_000;
/** A month of promises would be no better seen. */
const POINTS_AT_MOST = 120;

export function promisesSpec({ forecast, cutover }: BoardNow, zone: string): PromisesSpec | null {
	const { rows, count } = forecast.promises;
	const last = rows.at(-1);
	const first = rows[0];
	if (first === undefined || last === undefined) return null;
	const each = Math.max(1, Math.ceil(rows.length / POINTS_AT_MOST));
	const kept = rows.filter((_, i) => i % each === 0 || i === rows.length - 1);
	const from = first[0];
	const to = Math.max(last[0], from + HALF_HOUR_MS);
	const windowEnd = cutover?.windowEnd ?? null;
	const all = [...kept.flatMap(([, p50, , p90]) => [p50, p90]), ...(windowEnd === null ? [] : [windowEnd])];
	const low = Math.floor(Math.min(...all) / HALF_HOUR_MS) * HALF_HOUR_MS;
	const high = Math.max(low + HALF_HOUR_MS, Math.ceil(Math.max(...all) / HALF_HOUR_MS) * HALF_HOUR_MS);
	const x = (at: number): number => (at - from) / (to - from);
	/** Later is higher. */
	const y = (at: number): number => 1 - (at - low) / (high - low);
	const tick = (share: (at: number) => number) => (at: number) => ({ at: share(at), text: formatClock(at, zone) });
	return {
		points: kept.map(([at, p50, , p90]) => ({ x: x(at), p50: y(p50), p90: y(p90) })),
		xTicks: timeTicks(from, to, 6).map(tick(x)),
		yTicks: timeTicks(low, high, 4).map(tick(y)),
		end: windowEnd === null ? null : y(windowEnd),
		told: { count, at: formatMoment(last[0], zone), p50: formatMoment(last[1], zone), p90: formatMoment(last[3], zone) },
	};
}
