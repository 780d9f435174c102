// A trend as a chart draws it: thinned to what an eye can tell, gaps kept as gaps. Pure; both kinds of chart draw this.
import type { Trend } from '../../../shared/board.ts';

export type ChartPoint = { readonly at: number; readonly value: number | null };
export type ChartSpec = { readonly points: readonly ChartPoint[]; readonly stepMs: number };

export const POINTS_AT_MOST = 180;

/** Points from `from` to `to` (ms UTC), the last value of each step; a step with no bucket in it is a gap (null), never a bridge. */
export function chartSpec(trend: Trend, bucketMs: number, from: number, to: number, atMost = POINTS_AT_MOST): ChartSpec {
	const first = Math.floor(from / bucketMs);
	const last = Math.floor(to / bucketMs);
	const each = Math.max(1, Math.ceil((last - first + 1) / atMost));
	const points: ChartPoint[] = [];
	for (let bucket = first; bucket <= last; bucket += each) {
		let value: number | null = null;
		for (let one = bucket; one < bucket + each && one <= last; one += 1) value = trend[one] ?? value;
		points.push({ at: bucket * bucketMs, value });
	}
	return { points, stepMs: each * bucketMs };
}

/** From the first bucket that any of the trends has to the last; null while there is none. */
export function extentOf(trends: readonly Trend[], bucketMs: number): { readonly from: number; readonly to: number } | null {
	const buckets = trends.flatMap((trend) => Object.keys(trend).map(Number));
	if (buckets.length === 0) return null;
	let from = Number.POSITIVE_INFINITY;
	let to = Number.NEGATIVE_INFINITY;
	for (const bucket of buckets) {
		from = Math.min(from, bucket);
		to = Math.max(to, bucket);
	}
	return { from: from * bucketMs, to: to * bucketMs };
}
