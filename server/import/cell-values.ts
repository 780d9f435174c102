// What a cell says: a text, a length of time, a moment of the night. Each reads a cell, or says what would be right.
import { instantsOf, writeZoned } from '../domain/zoned-time.ts';
import type { Mapping } from './mapping.ts';
import type { Cell } from './sheet.ts';

export type Value<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string; readonly remedy: string };
const ok = <T>(value: T): Value<T> => ({ ok: true, value });
const wrong = (message: string, remedy: string): Value<never> => ({ ok: false, message, remedy });

/** No length or moment is written with more characters; what is longer is not looked at. */
const LONGEST = 60;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const shown = (text: string): string => `"${text.trim().slice(0, 60)}"`;

/** Figures as a sheet shows them: 12 and not 12.0, 1.1 and not 1.1000000000000001. */
export function textOf(cell: Cell): Value<string> {
	if (cell.kind === 'text') return ok(cell.text.trim());
	if (cell.kind === 'number') return ok(String(Number(cell.value.toPrecision(15))));
	if (cell.kind === 'bool') return ok(String(cell.value));
	return wrong(`the cell holds ${cell.text}`, 'mend it in the spreadsheet, and save it again');
}

const unitMs = { seconds: 1000, minutes: 60_000, hours: HOUR_MS } as const;
const words: readonly (readonly [RegExp, number])[] = [
	[/^(?:ms|millisecond[is]?)$/, 1],
	[/^(?:s|sec|secs|second[is]?|second[oi])$/, 1000],
	[/^(?:m|min|mins|minutes?|minut[oi])$/, 60_000],
	[/^(?:h|hr|hrs|hours?|or[ae])$/, HOUR_MS],
	[/^(?:d|g|gg|days?|giorn[oi])$/, DAY_MS],
];
const DURATION = 'a length as 90 min, 1h 30m, 1:30 (hours and minutes), or a number';

/** A cell that is formatted as a time is that long; a bare number counts what the mapping says; a text brings its unit. */
export function durationOf(cell: Cell, { durations }: Pick<Mapping, 'durations'>): Value<number> {
	if (cell.kind === 'number') {
		const ms = cell.as === 'number' ? cell.value * unitMs[durations] : cell.value * DAY_MS;
		if (cell.as === 'date' && cell.value >= 366) return wrong('the cell holds a date, not a length of time', DURATION);
		// To the second: a sheet counts days in fractions, and 01:03 must not become 01:02:59.999.
		return ms < 0 ? wrong('the length is negative', 'zero or more') : ok(cell.as === 'number' ? Math.round(ms) : Math.round(ms / 1000) * 1000);
	}
	const read = textOf(cell);
	if (!read.ok) return read;
	if (read.value.length > LONGEST) return wrong(`${shown(read.value)} is no length of time`, DURATION);
	const text = read.value.toLowerCase().replaceAll(',', '.');
	if (/^\d+(?:\.\d+)?$/.test(text)) return ok(Math.round(Number(text) * unitMs[durations]));
	const [, hours, minutes, seconds = '0'] = /^(\d{1,4})(?::|h(?=\d\d$))([0-5]\d)(?::([0-5]\d))?$/.exec(text) ?? [];
	if (hours !== undefined && minutes !== undefined) return ok((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
	const ms = sumOf(text);
	return ms === null ? wrong(`${shown(read.value)} is no length of time`, DURATION) : ok(ms);
}

/** `1h 30m` → ms; null where anything of it is no figure with a unit. */
function sumOf(text: string): number | null {
	const piece = /(\d{1,9}(?:\.\d{1,9})?)\s?([a-z]{1,12})\.?\s?/y;
	let ms = 0;
	while (piece.lastIndex < text.length) {
		const [, figure, unit = ''] = piece.exec(text) ?? [];
		const size = words.find(([pattern]) => pattern.test(unit))?.[1];
		if (size === undefined) return null;
		ms += Number(figure) * size;
	}
	return text === '' ? null : Math.round(ms);
}

export type Clock = Pick<Mapping, 'dates'> & {
	readonly zone: string;
	readonly from1904: boolean;
	/** The day on which the night begins, as ms of a clock; null where it was not told. */
	readonly night: number | null;
};

/** Day 60 of the count from 1900 is 29 February 1900, which never was: sheets count it since Lotus 1-2-3 did. */
function clockOfSerial(serial: number, from1904: boolean): number | null {
	const seconds = Math.round(serial * 86_400);
	if (from1904) return Date.UTC(1904, 0, 1) + seconds * 1000;
	if (serial >= 60 && serial < 61) return null;
	return Date.UTC(1899, 11, serial < 60 ? 31 : 30) + seconds * 1000;
}

const MOMENT = 'a date and time, as 2025-10-21 19:30 or 21/10/2025 19:30';

/** A moment in UTC ms. A time without a date is of the night: from noon on of its first day, before noon of the next. */
export function momentOf(cell: Cell, clock: Clock): Value<number> {
	if (cell.kind === 'number') {
		if (cell.as === 'elapsed' || (cell.as === 'date' && cell.value >= 0 && cell.value < 1))
			return ofNight(Math.round(cell.value * 86_400) * 1000, clock);
		const local = cell.as === 'number' || cell.value < 0 ? null : clockOfSerial(cell.value, clock.from1904);
		return local === null
			? wrong(`the number ${cell.value} is not formatted as a date`, `${MOMENT}, or format the cell as a date`)
			: zoned(local, clock.zone);
	}
	const read = textOf(cell);
	if (!read.ok) return read;
	const text = read.value;
	if (text.length > LONGEST) return wrong(`${shown(text)} is no date and time`, MOMENT);
	if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)? ?(Z|[+-]\d\d:\d\d)$/.test(text)) {
		const instant = Date.parse(text.replace(/^(\S{10}) /, '$1T').replace(' ', ''));
		return Number.isNaN(instant) ? wrong(`${shown(text)} is no moment`, MOMENT) : ok(instant);
	}
	const time = timeOf(text);
	if (time !== null) return ofNight(time, clock);
	const [, day = '', rest = ''] = /^(\S+?)[T ,]+(\d.*)$/.exec(text) ?? [null, text, ''];
	const date = dateOf(day, clock.dates);
	const at = rest === '' ? 0 : timeOf(rest);
	if (date === null || at === null) {
		const hint =
			clock.dates === 'day-first' && dateOf(day, 'month-first') !== null ? '; where months come first, say "dates: month-first" in the mapping' : '';
		return wrong(`${shown(text)} is no date and time`, `${MOMENT}${hint}`);
	}
	return zoned(date + at, clock.zone);
}

/** ms after midnight. `19.30` is a time, `21.10.25` a date. */
function timeOf(text: string): number | null {
	const form = /^(\d{1,2})(?::([0-5]\d)(?::([0-5]\d)(?:\.0+)?)?|\.([0-5]\d))(?: ?([ap])\.?m\.?)?$/i;
	const [, hour, colon, second = '0', dot, half] = form.exec(text.trim()) ?? [];
	const minute = colon ?? dot;
	if (hour === undefined || minute === undefined) return null;
	let hours = Number(hour);
	if (half !== undefined) {
		if (hours < 1 || hours > 12) return null;
		hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
	}
	return hours > 23 ? null : (hours * 3600 + Number(minute) * 60 + Number(second)) * 1000;
}

function dateOf(text: string, order: Mapping['dates']): number | null {
	const [, y, m, d] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
	if (y !== undefined) return dayOf(Number(y), Number(m), Number(d));
	const [, first, second, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(text) ?? [];
	if (year === undefined) return null;
	const [day, month] = order === 'day-first' ? [first, second] : [second, first];
	return dayOf(year.length === 2 ? 2000 + Number(year) : Number(year), Number(month), Number(day));
}

function dayOf(year: number, month: number, day: number): number | null {
	const made = new Date(Date.UTC(year, month - 1, day));
	return made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? made.getTime() : null;
}

function ofNight(time: number, { night, zone }: Clock): Value<number> {
	if (night === null) return wrong('the time has no date', 'give the day on which the night begins, as --date 2025-10-21, or write date and time');
	return zoned(night + time + (time < 12 * HOUR_MS ? DAY_MS : 0), zone);
}

function zoned(local: number, zone: string): Value<number> {
	const [only, other] = instantsOf(local, zone);
	const time = new Date(local).toISOString().slice(0, 16).replace('T', ' ');
	if (only === undefined) return wrong(`${time} is not on the clocks of ${zone}: they skip that hour`, 'a time before or after the skipped hour');
	if (other === undefined) return ok(only);
	return wrong(`${time} is on the clocks of ${zone} twice`, `write as text which one it is, ${writeZoned(only, zone)} or ${writeZoned(other, zone)}`);
}

/** `2025-10-21` → the clock's midnight; null where it is no day. */
export const nightOf = (text: string): number | null => (/^\d{4}-\d\d-\d\d$/.test(text) ? dateOf(text, 'day-first') : null);
