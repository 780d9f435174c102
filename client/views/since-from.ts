// Since when: as the address says, or since this browser's last absence, or from the window's start. Pure.
import { formatClock, formatMoment, formatZone } from '../../shared/format.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MINUTES = 26 * 60;

export function fromOf(asked: string | null, leftAt: number | null, windowStart: number | null): number | null {
	const at = asked === null ? Number.NaN : Date.parse(asked);
	return Number.isNaN(at) ? (leftAt ?? windowStart) : at;
}

/**
 * The last moment before `now` at which clocks in the zone showed `text`: 02:30, or 02:30 CEST where that hour came twice (without
 * its zone the later one is meant). Null where none did within a day, or where it is no time of day.
 */
export function pastOfClock(text: string, now: number, zone: string): number | null {
	const [, hours = '', minutes = '', named] = /^\s*(\d?\d)[:.](\d\d)(?:\s+(\S+))?\s*$/.exec(text) ?? [];
	const clock = `${hours.padStart(2, '0')}:${minutes}`;
	const last = Math.floor(now / MINUTE_MS);
	for (let minute = last; minute > last - DAY_MINUTES; minute -= 1) {
		const at = minute * MINUTE_MS;
		if (formatClock(at, zone) === clock && (named === undefined || formatZone(at, zone) === named.toUpperCase())) return at;
	}
	return null;
}

/** The other moment at which clocks showed the same as at `at`, where that hour came twice and it is past; else null. */
export function twinOf(at: number | null, now: number, zone: string): number | null {
	if (at === null) return null;
	const twins = [at - HOUR_MS, at + HOUR_MS].filter((one) => one <= now && formatClock(one, zone) === formatClock(at, zone));
	return twins[0] ?? null;
}

export const clockOf = (at: number | null, zone: string): string => (at === null ? '' : formatMoment(at, zone));
