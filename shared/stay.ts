// How long patients stayed, of those who left in the last 24 hours: the middle one and the one that nine in ten did not exceed. Pure.
import { type CensusDigest, sumRows } from './census-digest.ts';
import { MINUTE_MS } from './er.ts';
import type { SiteNow } from './er-now.ts';
import { HOUR_MS } from './zone-hour.ts';

export const STAY_STEP_MINUTES = 10;

export function stayOf({ stays }: Pick<CensusDigest, 'stays'>, now: number): SiteNow['stay'] {
	const hour = Math.floor(now / HOUR_MS);
	const steps = new Map<number, number>();
	let of = 0;
	for (const [left, rows] of stays) {
		if (left <= hour - 24 || left > hour) continue;
		of += sumRows(rows);
		for (const [step, count] of rows) steps.set(step, (steps.get(step) ?? 0) + count);
	}
	if (of <= 0) return null;
	const sorted = [...steps].sort((a, b) => a[0] - b[0]);
	return { p50Ms: at(sorted, of, 0.5), p90Ms: at(sorted, of, 0.9), of };
}

/** By nearest rank; a step stands for its middle. */
function at(steps: readonly (readonly [step: number, count: number])[], of: number, share: number): number {
	let left = Math.ceil(of * share);
	for (const [step, count] of steps) {
		left -= count;
		if (left <= 0) return (step + 0.5) * STAY_STEP_MINUTES * MINUTE_MS;
	}
	return 0;
}
