// A trend as a chart draws it: thinned to what an eye can tell, gaps kept as gaps. Pure; both kinds of chart draw this.
import type { Trend } from '../../../shared/board.ts';

export type ChartPoint = { readonly at: number; readonly value: number | null };
export type ChartSpec = { readonly points: readonly ChartPoint[]; readonly stepMs: number };

export const POINTS_AT_MOST = 180;

/**
 * Points from `from` to `to` (ms UTC), the last value of each step. A value holds for `holdMs`, as it does on the board;
 * past that a step with no bucket in it is a gap (null), never a bridge.
 */
export function chartSpec(trend: Trend, bucketMs: number, from: number, to: number, holdMs = 0, atMost = POINTS_AT_MOST): ChartSpec {
	const first = Math.floor(from / bucketMs);
	const last = Math.floor(to / bucketMs);
	const each = Math.max(1, Math.ceil((last - first + 1) / atMost));
	const points: ChartPoint[] = [];
	let held: number | null = null;
	let heldFrom = Number.NEGATIVE_INFINITY;
	for (let bucket = first; bucket <= last; bucket += each) {
		let value: number | null = null;
		for (let one = bucket; one < bucket + each && one <= last; one += 1) {
			const here = trend[one];
			if (here === undefined) continue;
			value = here;
			held = here;
			heldFrom = one;
		}
		if (value === null && (bucket - heldFrom) * bucketMs <= holdMs) value = held;
		points.push({ at: bucket * bucketMs, value });
	}
	return { points, stepMs: each * bucketMs };
}

export type BandPoint = { readonly at: number; readonly low: number; readonly high: number };

/** From a value now to `total` at the earlier of two moments and at the later: what lies between is the forecast. Empty where either is not known. */
export function bandSpec(
	value: number | null,
	total: number | null,
	now: number,
	finish: { readonly p50: number | null; readonly p90: number | null },
): readonly BandPoint[] {
	const { p50, p90 } = finish;
	if (value === null || total === null || p50 === null || p90 === null || value >= total || p90 <= now) return [];
	// Expected already: what lies between begins as wide as it is.
	if (p50 <= now) {
		return [
			{ at: now, low: value, high: total },
			{ at: p90, low: total, high: total },
		];
	}
	const band = [
		{ at: now, low: value, high: value },
		{ at: p50, low: value + ((total - value) * (p50 - now)) / (p90 - now), high: total },
	];
	return p90 > p50 ? [...band, { at: p90, low: total, high: total }] : band;
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

/** Whole steps of 1, 2 or 5 that cover 0 to `top`, at most six. */
export function valueTicks(top: number): readonly number[] {
	const rough = Math.max(top, 1) / 5;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
	return Array.from({ length: Math.ceil(top / step) + 1 }, (_, i) => i * step);
}

const MINUTE_MS = 60_000;
const timeSteps = [5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10_080].map((minutes) => minutes * MINUTE_MS);

/** Round instants between `from` and `to`, at most `atMost`. */
export function timeTicks(from: number, to: number, atMost = 8): readonly number[] {
	const step = timeSteps.find((one) => (to - from) / one <= atMost) ?? to - from;
	const ticks: number[] = [];
	for (let at = Math.ceil(from / step) * step; at <= to && step > 0; at += step) ticks.push(at);
	return ticks;
}
