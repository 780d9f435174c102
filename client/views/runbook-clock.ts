// A time of day that somebody typed, as the next moment at which clocks in the plan's zone show it. Pure.
import { formatClock } from '../../shared/format.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 26 * 60;

/** `02:30` after `now`; in the night when 02:30 comes twice, the first that still lies ahead. Null where no clock shows it within a day. */
export function nextOfClock(text: string, now: number, zone: string): number | null {
	const from = Math.floor(now / MINUTE_MS) + 1;
	for (let minute = from; minute < from + DAY_MINUTES; minute += 1) {
		if (formatClock(minute * MINUTE_MS, zone) === text) return minute * MINUTE_MS;
	}
	return null;
}
