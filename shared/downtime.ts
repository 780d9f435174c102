// Minutes without a system, each under its own heading (rule 10): planned, overrun, unplanned, and unknown where nobody looked.
import type { AvailabilityMs, DowntimeMs, ServiceFacts, UpState } from './board.ts';

export const noAvailability: AvailabilityMs = { planned: 0, overrun: 0, unplanned: 0, unknown: 0, up: 0 };
export const noDowntime: DowntimeMs = { planned: 0, overrun: 0, unplanned: 0, unknown: 0 };

/**
 * Adds the stretch from `from` to `to` (ms UTC) during which the last report said `state`. A report speaks for `staleAfterMs`;
 * what lies beyond is unknown. Down inside a planned span is planned; down that began in one and outlasts it is overrun.
 */
export function book(
	booked: DowntimeMs,
	facts: Pick<ServiceFacts, 'planned' | 'since' | 'staleAfterMs'>,
	state: UpState,
	from: number,
	to: number,
): DowntimeMs {
	if (to <= from) return booked;
	const known = state === 'unknown' ? from : Math.min(to, from + facts.staleAfterMs);
	const unknown = booked.unknown + (to - known);
	if (state !== 'down' || known <= from) return { ...booked, unknown };
	let planned = 0;
	for (const [start, end] of facts.planned) planned += Math.max(0, Math.min(known, end) - Math.max(from, start));
	const outside = known - from - planned;
	const downSince = facts.since ?? from;
	const beganPlanned = facts.planned.some(([start, end]) => downSince >= start && downSince <= end && from >= start);
	return {
		planned: booked.planned + planned,
		overrun: booked.overrun + (beganPlanned ? outside : 0),
		unplanned: booked.unplanned + (beganPlanned ? 0 : outside),
		unknown,
	};
}
