// How figures for the press are written in Italian and English: numbers, bytes, shares, ages, notes. Knows no board.
import { byteUnitFor, formatBytesIn, formatNumber, type Language, UNKNOWN } from '../../shared/format.ts';
import type { InBoth } from '../../shared/press.ts';
import { roundBy } from './press-policy.ts';

export const both = (write: (language: Language) => string): InBoth => ({ it: write('it'), en: write('en') });
/** What has one name in every language: a plan's own labels, what a person wrote. */
export const same = (text: string): InBoth => ({ it: text, en: text });
export const notKnown: InBoth = same(UNKNOWN);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const countText = (value: number): InBoth => both((language) => formatNumber(value, language));
export const outOf = (counted: number, of: number): InBoth => ({
	it: `${formatNumber(counted, 'it')} su ${formatNumber(of, 'it')}`,
	en: `${formatNumber(counted, 'en')} of ${formatNumber(of, 'en')}`,
});

/** Three digits are enough to say and never more than is there: 150 TB, 12,4 TB, 1,24 TB. `printed`: what that is in bytes. */
export function bytesText(bytes: number): { readonly text: InBoth; readonly printed: number } {
	const unit = byteUnitFor(bytes);
	const one = { PB: 1e15, TB: 1e12, GB: 1e9, MB: 1e6, kB: 1e3, B: 1 }[unit];
	const decimals = unit === 'B' ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.max(1, bytes / one))));
	const step = 10 ** decimals;
	const printed = Math.round((Math.floor((bytes / one) * step + 1e-9) / step) * one);
	const text = both((language) => `${trimZeros(formatBytesIn(printed, unit, language, decimals), decimals)}\u00a0${unit}`);
	return { text, printed };
}

/** `1,50` → `1,5`; of a figure without decimals nothing is taken. */
function trimZeros(text: string, decimals: number): string {
	if (decimals === 0) return text;
	let end = text.length;
	while (text[end - 1] === '0') end -= 1;
	if (text[end - 1] === '.' || text[end - 1] === ',') end -= 1;
	return text.slice(0, end);
}

/** 65 % in Italian, 65% in English: per cent of a share that is already rounded to `step` (0.01: whole per cents). */
export function shareText(share: number, step: number): InBoth {
	const decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) - 2);
	return both((language) => `${formatNumber(share * 100, language, decimals)}${language === 'it' ? '\u00a0' : ''}%`);
}

/** To the nearest `step`; a whole that is not reached is never printed as one, nor is nothing where there is something. */
export function roundShare(share: number, step: number): number {
	const rounded = Math.round(share / step + 1e-9);
	const whole = Math.round(1 / step);
	const held = share < 1 - 1e-9 && rounded >= whole ? whole - 1 : share > 0 && rounded === 0 ? 1 : rounded;
	return Math.round(held * step * 1e9) / 1e9;
}

const units: readonly (readonly [ms: number, it: readonly [one: string, many: string], en: readonly [one: string, many: string]])[] = [
	[DAY_MS, ['giorno', 'giorni'], ['day', 'days']],
	[HOUR_MS, ['ora', 'ore'], ['hour', 'hours']],
	[MINUTE_MS, ['minuto', 'minuti'], ['minute', 'minutes']],
];

/** In whole units, the larger ones first: "1 giorno e 3 ore"; of `most` units. Below a minute: "meno di un minuto". */
export function durationText(ms: number, most: 1 | 2 = 2): InBoth {
	const parts: InBoth[] = [];
	let left = Math.floor(Math.max(0, ms) / MINUTE_MS) * MINUTE_MS;
	for (const [unit, it, en] of units) {
		const many = Math.floor(left / unit);
		left -= many * unit;
		if (many === 0 && parts.length === 0) continue;
		if (many > 0) parts.push({ it: `${many} ${it[many === 1 ? 0 : 1]}`, en: `${many} ${en[many === 1 ? 0 : 1]}` });
		if (parts.length === most || many === 0) break;
	}
	if (parts.length === 0) return { it: 'meno di un minuto', en: 'less than a minute' };
	return { it: parts.map(({ it }) => it).join(' e '), en: parts.map(({ en }) => en).join(' and ') };
}

export const minutesText = (minutes: number): InBoth => both((language) => `${formatNumber(minutes, language)}\u00a0min`);

export const agedNote = (ageMs: number): InBoth => {
	const { it, en } = durationText(ageMs, 1);
	return { it: `dato di ${it} fa`, en: `figure from ${en} ago` };
};
export const unknownNote = (ageMs: number | null): InBoth => {
	if (ageMs === null) return { it: 'non noto', en: 'not known' };
	const { it, en } = durationText(ageMs, 1);
	return { it: `non noto: ultimo dato di ${it} fa`, en: `not known: last figure from ${en} ago` };
};
export const partNote = (counted: number, of: number, things: InBoth): InBoth => ({
	it: `${formatNumber(counted, 'it')} di ${formatNumber(of, 'it')} ${things.it}`,
	en: `${formatNumber(counted, 'en')} of ${formatNumber(of, 'en')} ${things.en}`,
});
export const joinNotes = (notes: readonly (InBoth | null)[]): InBoth | null => {
	const said = notes.filter((one) => one !== null);
	return said.length === 0 ? null : { it: said.map(({ it }) => it).join('; '), en: said.map(({ en }) => en).join('; ') };
};

export const fewerThan = (smallest: number): InBoth => ({ it: `meno di ${smallest}`, en: `fewer than ${smallest}` });
/** A count as a policy rounds it. What rounding leaves nothing of is not told as none. `value`: what is printed; null for "meno di 100". */
export function roundedCount(count: number, roundTo: number | null): { readonly value: number | null; readonly text: InBoth } {
	const value = roundBy(count, roundTo);
	return value === 0 && count > 0 && roundTo !== null ? { value: null, text: fewerThan(roundTo) } : { value, text: countText(value) };
}
/** Of what is not told so that another figure cannot be worked out from it. */
export const withheldText: InBoth = { it: 'non indicato', en: 'not given' };
