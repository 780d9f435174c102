// Instants as sheets write them: whole dates for titles, short ones for rows and axes, in both languages. Knows no board.
import { formatMoment, type Language } from '../../shared/format.ts';
import type { InBoth } from '../../shared/press.ts';
import { both } from './press-words.ts';

const locale: Record<Language, string> = { it: 'it-IT', en: 'en-GB' };
type Parts = Pick<Intl.DateTimeFormatOptions, 'day' | 'month' | 'year' | 'hour'>;
const formats = new Map<string, Intl.DateTimeFormat>();

function written(instant: number, zone: string, language: Language, parts: Parts): string {
	const key = `${language} ${zone} ${JSON.stringify(parts)}`;
	let format = formats.get(key);
	if (format === undefined) {
		format = new Intl.DateTimeFormat(locale[language], { timeZone: zone, hourCycle: 'h23', ...parts });
		formats.set(key, format);
	}
	return format.format(instant);
}

/** 25 luglio 2025 · 25 July 2025. */
export const dateText = (instant: number, zone: string): InBoth =>
	both((language) => written(instant, zone, language, { day: 'numeric', month: 'long', year: 'numeric' }));

/** 25 lug, 11:00 · 25 Jul, 11:00; in the hour that comes twice with its zone. */
export const momentText = (instant: number, zone: string): InBoth =>
	both((language) => `${dayText(instant, zone)[language]}, ${formatMoment(instant, zone)}`);

/** 25 lug · 25 Jul. */
export const dayText = (instant: number, zone: string): InBoth =>
	both((language) => written(instant, zone, language, { day: 'numeric', month: 'short' }));
export const monthText = (instant: number, zone: string): InBoth => both((language) => written(instant, zone, language, { month: 'short' }));
export const clockText = (instant: number, zone: string): string => formatMoment(instant, zone);

/** The year that an instant falls in on the zone's clocks. */
export const yearOf = (instant: number, zone: string): number => Number(written(instant, zone, 'en', { year: 'numeric' }));
