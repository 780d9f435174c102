// A moment as it is typed: a day and a time of day on the plan's clocks. Pure.
import { formatClock, formatCountdown, formatDay, type Language } from '../../shared/format.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** `14/08/2021 19:30`, as a field for it holds it. */
export const textOfMoment = (instant: number, zone: string): string => `${formatDay(instant, zone)} ${formatClock(instant, zone)}`;

/** Null where the clocks never show it; where they show it twice, the first. */
export function momentOfText(text: string, zone: string): number | null {
	const [, day = '', month = '', year, hour = '', minute] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})[ ,]+(\d{1,2})[:.](\d\d)$/.exec(text.trim()) ?? [];
	if (year === undefined) return null;
	const [dd, mm, hh] = [day, month, hour].map((part) => part.padStart(2, '0'));
	const asked = `${dd}/${mm}/${year} ${hh}:${minute}`;
	const asUtc = Date.parse(`${year}-${mm}-${dd}T${hh}:${minute}:00Z`);
	if (Number.isNaN(asUtc)) return null;
	// No zone is further from UTC than 14 hours, and all by whole quarters.
	for (let at = asUtc - 14 * HOUR_MS; at <= asUtc + 14 * HOUR_MS; at += 15 * MINUTE_MS) {
		if (textOfMoment(at, zone) === asked) return at;
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
