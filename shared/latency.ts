// Latencies as counts in steps, eight to a doubling: few enough to travel, fine enough for percentiles. Knows no service.

const HOUR_MS = 3_600_000;
const STEPS_AN_OCTAVE = 8;
/** Below it all is one step: what a probe can tell apart. */
const LEAST_MS = 0.1;
export const HOURS_KEPT = 24;

/** Hour (instant / hour, rounded down) → step → how many answers took it. */
export type Latencies = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Percentiles (ms) of `count` answers over the last `overMs`. A percentile is off by at most 4.5 %. */
export type LatencyNow = { readonly p50: number; readonly p95: number; readonly p99: number; readonly count: number; readonly overMs: number };

/** Step n holds what took from 0.1 · 2^(n/8) ms on; step 0 all that was faster, too. */
export const stepOf = (ms: number): number => (ms <= LEAST_MS ? 0 : Math.floor(STEPS_AN_OCTAVE * Math.log2(ms / LEAST_MS) + 1e-9));

/** The middle of a step, by ratio, to three figures. */
const middleOf = (step: number): number => Number((LEAST_MS * 2 ** ((step + 0.5) / STEPS_AN_OCTAVE)).toPrecision(3));

/** One answer more; what is older than a day, by the newest hour, goes. */
export function addLatency(latencies: Latencies, at: number, ms: number): Latencies {
	const hour = Math.floor(at / HOUR_MS);
	const newest = Math.max(hour, ...Object.keys(latencies).map(Number));
	const kept = Object.entries(latencies).filter(([key]) => Number(key) > newest - HOURS_KEPT);
	if (hour <= newest - HOURS_KEPT) return Object.fromEntries(kept);
	const step = stepOf(ms);
	const before = latencies[hour];
	return { ...Object.fromEntries(kept), [hour]: { ...before, [step]: (before?.[step] ?? 0) + 1 } };
}

/** Over the hour that runs and the `hours` − 1 before it; null where none answered. */
export function percentiles(latencies: Latencies, now: number, hours: number): LatencyNow | null {
	const first = Math.floor(now / HOUR_MS) - hours + 1;
	const counts = new Map<number, number>();
	let count = 0;
	for (const [hour, steps] of Object.entries(latencies)) {
		if (Number(hour) < first || Number(hour) * HOUR_MS > now) continue;
		for (const [step, many] of Object.entries(steps)) {
			counts.set(Number(step), (counts.get(Number(step)) ?? 0) + many);
			count += many;
		}
	}
	if (count === 0) return null;
	const sorted = [...counts].sort((a, b) => a[0] - b[0]);
	const at = (share: number): number => {
		let left = Math.ceil(share * count);
		for (const [step, many] of sorted) {
			left -= many;
			if (left <= 0) return middleOf(step);
		}
		return middleOf(sorted.at(-1)?.[0] ?? 0);
	};
	return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count, overMs: now - first * HOUR_MS };
}
