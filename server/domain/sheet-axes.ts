// The lines and marks of a sheet's chart, as they are written: few, round, in the zone's own days. Pure.
import type { Language } from '../../shared/format.ts';
import { formatNumber } from '../../shared/format.ts';
import { SHEET_FORM } from '../../shared/press.ts';
import type { SheetChart } from '../../shared/sheet.ts';
import { clockAt, instantsOf } from '../../shared/zoned-clock.ts';
import { clockText, dayText, monthText } from './press-time.ts';
import { bytesText } from './press-words.ts';

const MOST_LEVELS = 4;
const MOST_TICKS = 6;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Kind = 'bytes' | 'celsius';
const kindOf = (key: string): Kind => (key.startsWith('facility.temperature') ? 'celsius' : 'bytes');

/** Round steps above nothing, the highest at or above the largest value. */
export function levelsOf(key: string, values: readonly number[], language: Language): SheetChart['levels'] {
	const top = Math.max(0, ...values);
	if (top <= 0) return [];
	const magnitude = 10 ** Math.floor(Math.log10(top));
	const steps = [0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5].map((one) => one * magnitude);
	const step = steps.find((one) => Math.ceil(top / one - 1e-9) <= MOST_LEVELS) ?? magnitude;
	return Array.from({ length: Math.ceil(top / step - 1e-9) }, (_, i) => {
		const value = Math.round(step * (i + 1) * 1e6) / 1e6;
		return { value, label: levelText(key, value, language) };
	});
}

/** A value of a chart, as it is written beside it. */
export const levelText = (key: string, value: number, language: Language): string =>
	kindOf(key) === 'bytes' ? bytesText(value).text[language] : `${formatNumber(value, language, value % 1 === 0 ? 0 : 1)}\u00a0°C`;

/** Of a span without two whole hours in it: round minutes by the zone's clocks; where not even one lies within, its end. */
function minuteTicks(from: number, to: number, zone: string): SheetChart['ticks'] {
	const step = MINUTE_MS * ([1, 2, 5, 10, 15, 20, 30].find((one) => (to - from) / (one * MINUTE_MS) < MOST_TICKS) ?? 30);
	const local = clockAt(from, zone);
	const first = from + Math.ceil(local / step) * step - local;
	const starts = Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, i) => first + i * step);
	return (starts.length === 0 ? [to] : starts).map((at) => ({ at, label: clockText(at, zone) }));
}

/** Firsts of months, midnights, hours or minutes by the zone's clocks, whichever are few enough. Sheets of the first form know no minutes. */
export function ticksOf(from: number, to: number, zone: string, language: Language, form = SHEET_FORM): SheetChart['ticks'] {
	const local = clockAt(from, zone);
	const span = to - from;
	if (form > 1 && span < 2 * HOUR_MS) return minuteTicks(from, to, zone);
	const pick = (starts: readonly number[], label: (at: number) => string): SheetChart['ticks'] =>
		starts
			.map((clock) => instantsOf(clock, zone)[0])
			.filter((at) => at !== undefined)
			.filter((at) => at >= from && at <= to)
			.map((at) => ({ at, label: label(at) }));
	if (span > 75 * DAY_MS) {
		const first = new Date(local);
		const months = Math.ceil(span / (28 * DAY_MS)) + 1;
		const every = [1, 2, 3, 6, 12].find((one) => months / one <= MOST_TICKS) ?? 12;
		const starts = Array.from({ length: months + 1 }, (_, i) => Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + i, 1));
		return pick(
			starts.filter((clock) => new Date(clock).getUTCMonth() % every === 0),
			(at) => monthText(at, zone)[language],
		);
	}
	const unit = span > 2.5 * DAY_MS ? DAY_MS : HOUR_MS;
	const every = (unit === DAY_MS ? [1, 2, 4, 7, 14] : [1, 2, 3, 4, 6, 12]).find((one) => span / (one * unit) <= MOST_TICKS) ?? 24;
	const first = Math.ceil(local / unit) * unit;
	const aligned = unit === HOUR_MS ? Math.ceil(local / (every * unit)) * every * unit : first;
	const starts = Array.from({ length: Math.floor(span / (every * unit)) + 2 }, (_, i) => aligned + i * every * unit);
	return pick(starts, (at) =>
		unit === DAY_MS || (span > DAY_MS && clockAt(at, zone) % DAY_MS === 0) ? dayText(at, zone)[language] : clockText(at, zone),
	);
}
