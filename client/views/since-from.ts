// Since when: as the address says, or since this browser's last absence, or from the window's start. Pure.
import { formatClock } from '../../shared/format.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 25 * 60;

export function fromOf(asked: string | null, leftAt: number | null, windowStart: number | null): number | null {
	const at = asked === null ? Number.NaN : Date.parse(asked);
	return Number.isNaN(at) ? (leftAt ?? windowStart) : at;
}

/** The last moment before `now` at which clocks in the zone showed `text`; null where none did within a day. */
export function pastOfClock(text: string, now: number, zone: string): number | null {
	const last = Math.floor(now / MINUTE_MS);
	for (let minute = last; minute > last - DAY_MINUTES; minute -= 1) {
		if (formatClock(minute * MINUTE_MS, zone) === text) return minute * MINUTE_MS;
	}
	return null;
}

export const clockOf = (at: number | null, zone: string): string => (at === null ? '' : formatClock(at, zone));
