// Under which heading a stretch without a system falls (rule 10), and how much planned downtime is still ahead. Knows no service and no report.
import type { AvailabilityMs, DowntimeMs, UpState } from './board.ts';

export const noAvailability: AvailabilityMs = { planned: 0, overrun: 0, unplanned: 0, unknown: 0, up: 0 };
export const noDowntime: DowntimeMs = { planned: 0, overrun: 0, unplanned: 0, unknown: 0 };

export type Spans = readonly (readonly [from: number, to: number])[];
export type Heading = keyof AvailabilityMs;

/**
 * The one rule: what nobody knows is unknown; down inside a planned span is planned; down that began in one and outlasts it is overrun;
 * any other is unplanned. `since`: when the outage began (ms UTC), whatever gaps nobody could look through since. `at`: the beginning of a stretch that no span's bound cuts.
 */
export function headingOf(state: UpState, since: number, planned: Spans, at: number): Heading {
	if (state !== 'down') return state;
	if (planned.some(([from, to]) => at >= from && at < to)) return 'planned';
	return planned.some(([from, to]) => since >= from && since <= to) ? 'overrun' : 'unplanned';
}

/** How much of the stretch is planned downtime (ms); spans that overlap count once. */
export function plannedWithin(planned: Spans, from: number, to: number): number {
	let sum = 0;
	let counted = from;
	for (const [start, end] of planned.toSorted((a, b) => a[0] - b[0])) {
		const [first, last] = [Math.max(start, counted), Math.min(end, to)];
		if (last <= first) continue;
		sum += last - first;
		counted = last;
	}
	return sum;
}
