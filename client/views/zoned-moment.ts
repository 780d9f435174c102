// A moment as it is typed: a day and a time of day on the plan's clocks. Pure.
import { formatClock, formatCountdown, formatDay, type Language } from '../../shared/format.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** `2021-08-14T19:30`, as a date and time field holds it. */
export function textOfMoment(instant: number, zone: string): string {
	const [day, month, year] = formatDay(instant, zone).split('/');
	return `${year}-${month}-${day}T${formatClock(instant, zone)}`;
}

/** Null where the clocks never show it; where they show it twice, the first. */
export function momentOfText(text: string, zone: string): number | null {
	const asUtc = Date.parse(`${text.slice(0, 16)}:00Z`);
	if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) || Number.isNaN(asUtc)) return null;
	// No zone is further from UTC than 14 hours, and all by whole quarters.
	for (let at = asUtc - 14 * HOUR_MS; at <= asUtc + 14 * HOUR_MS; at += 15 * MINUTE_MS) {
		if (textOfMoment(at, zone) === text.slice(0, 16)) return at;
	}
	return null;
}

/** The clock alone on the day of `now`, with its day on another. */
export function sayMoment(at: number, now: number, zone: string): string {
	const clock = formatClock(at, zone);
	const day = formatDay(at, zone);
	return day === formatDay(now, zone) ? clock : `${day.slice(0, 5)} ${clock}`;
}

/** Hours and minutes, and from two days on the days before them: 15:42, 2 g 15:42. */
export function sayLength(ms: number, language: Language): string {
	const whole = Math.abs(ms);
	if (whole < 48 * HOUR_MS) return formatCountdown(whole);
	const days = Math.floor(whole / (24 * HOUR_MS));
	return `${days} ${language === 'it' ? 'g' : 'd'} ${formatCountdown(whole - days * 24 * HOUR_MS)}`;
}
