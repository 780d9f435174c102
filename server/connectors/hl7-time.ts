// HL7's moments (DTM) → instants: of any precision, with or without an offset, in a zone whose clocks show an hour twice a year.
import { clockAt, instantsOf } from '../domain/zoned-time.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** How far two clocks of one hospital may lie apart. */
const SLACK_MS = 10 * MINUTE_MS;
const QUARTER_MS = 15 * MINUTE_MS;
const pattern = /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,9}))?)?)?)?)?)?([+-]\d{4})?$/;

export type Precision = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';
/** `clock`: what a clock showed, as ms since 1970 of that clock; `offsetMinutes` where it was written. */
export type Dtm = { readonly clock: number; readonly offsetMinutes: number | null; readonly precision: Precision };

const precisions: readonly Precision[] = ['year', 'month', 'day', 'hour', 'minute', 'second'];

/** Null where it is no moment: 30 February, 25 o'clock, words. 24:00 is the end of its day, as some write it. */
export function parseDtm(text: string): Dtm | null {
	const match = pattern.exec(text.trim());
	if (!match) return null;
	const given = match.slice(1, 7);
	const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = given.map((one) => (one === undefined ? undefined : Number(one)));
	const start = Date.UTC(year, month - 1, day);
	const date = new Date(start);
	if (year < 1900 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
	const isEndOfDay = hour === 24 && minute === 0 && second === 0;
	if ((hour > 23 && !isEndOfDay) || minute > 59 || second > 60) return null;
	const fraction = match[7] === undefined ? 0 : Math.floor(Number(`0.${match[7]}`) * 1000);
	const precision = precisions[given.filter((one) => one !== undefined).length - 1] ?? 'year';
	// A leap second is the second before it: no clock here shows one.
	const clock = start + ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000 + fraction;
	return { clock, offsetMinutes: match[8] === undefined ? null : offsetOf(match[8]), precision };
}

function offsetOf(text: string): number | null {
	const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3));
	if (minutes > 18 * 60 || Number(text.slice(3)) > 59) return null;
	return text.startsWith('-') ? -minutes : minutes;
}

/** Zone and quarter of an hour of its clocks → the offsets (ms) that it may have been shown with; a zone changes on quarters. */
const offsets = new Map<string, readonly number[]>();
function offsetsAt(clock: number, zone: string): readonly number[] {
	const quarter = Math.floor(clock / QUARTER_MS) * QUARTER_MS;
	const key = `${zone}/${quarter}`;
	const known = offsets.get(key);
	if (known) return known;
	const instants = instantsOf(quarter, zone);
	// A skipped hour: who writes it has not turned the clock on yet.
	const found = instants.length > 0 ? instants.map((instant) => quarter - instant) : [clockAt(quarter - DAY_MS, zone) - (quarter - DAY_MS)];
	if (offsets.size > 4096) offsets.clear();
	offsets.set(key, found);
	return found;
}

export type Instant = {
	readonly at: number;
	/** The clock showed this twice, and which one was meant is inferred. */
	readonly isDoubled: boolean;
};

/** What tells the two apart: when it was heard, or the message was made; and when the sender's message before this one was made. */
export type Bearings = { readonly zone: string; readonly heardAt: number; readonly before: number | null };

/** The field's own offset, else that of the message (MSH-7's), else the zone's. */
export function instantOf(dtm: Dtm, messageOffset: number | null, bearings: Bearings): Instant {
	const offset = dtm.offsetMinutes ?? messageOffset;
	if (offset !== null) return { at: dtm.clock - offset * MINUTE_MS, isDoubled: false };
	const [first = 0, second] = offsetsAt(dtm.clock, bearings.zone).map((one) => dtm.clock - one);
	if (second === undefined) return { at: first, isDoubled: false };
	return { at: chooseOf(first, second, bearings), isDoubled: true };
}

function chooseOf(first: number, second: number, { heardAt, before }: Bearings): number {
	const nearest = Math.abs(second - heardAt) < Math.abs(first - heardAt) ? second : first;
	if (second > heardAt + SLACK_MS) return first;
	// Said live, it is now. Said later, the order of arrival tells: time does not go back between two messages.
	if (Math.abs(nearest - heardAt) <= SLACK_MS || before === null) return nearest;
	return first >= before - SLACK_MS ? first : second;
}
