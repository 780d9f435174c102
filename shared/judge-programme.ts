// What is reported beside the night itself, at a moment: the bodies' estates and their mean, and a service's bookings beside what is
// expected. Pure.
import type { BodyFacts, Figure, ServiceFacts } from './board.ts';
import { ageOf } from './freshness.ts';
import { measureOf } from './measures.ts';
import { HOUR_MS, minuteOfWeek } from './zone-hour.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const CURVE_HOURS = 24;

export type ToldNow = { readonly value: number | null; readonly ageMs: number | null };

/** Null is no value: nothing was said, Regia could not look, or it is too old. The age is said all the same. */
export function judgeTold(figure: Figure | null | undefined, staleAfterMs: number, now: number): ToldNow {
	if (!figure || figure[0] === null) return { value: null, ageMs: null };
	const ageMs = ageOf({ at: figure[1], seen: figure[2] }, now);
	return { value: figure[3] !== undefined || ageMs > staleAfterMs ? null : figure[0], ageMs };
}

export type EstateNow = {
	readonly bodies: Readonly<Record<string, ToldNow>>;
	/** The plain mean of the shares of those that report, each body the same weight however large; null while none does. */
	readonly mean: number | null;
	readonly reporting: number;
	readonly of: number;
	/** Of the oldest share in the mean. */
	readonly ageMs: number | null;
};

export function judgeEstate(facts: Readonly<Record<string, BodyFacts>>, now: number): EstateNow {
	const { staleAfterMs } = measureOf('body.estateMoved');
	const bodies = Object.fromEntries(Object.entries(facts).map(([id, one]) => [id, judgeTold(one.estateMoved, staleAfterMs, now)]));
	const all = Object.values(bodies);
	const told = all.filter(({ value }) => value !== null);
	return {
		bodies,
		mean: told.length === 0 ? null : told.reduce((sum, { value }) => sum + (value ?? 0), 0) / told.length,
		reporting: told.length,
		of: all.length,
		ageMs: told.length === 0 ? null : Math.max(...told.map(({ ageMs }) => ageMs ?? 0)),
	};
}

/** `at`: when the hour begins. `perMinute` null: nobody can say. */
export type BookingHour = { readonly at: number; readonly perMinute: number | null; readonly expected: number | null };

export type BookingsNow = {
	readonly today: number | null;
	readonly ageMs: number | null;
	/** Over the last minutes of reports. */
	readonly perMinute: number | null;
	readonly expectedPerMinute: number | null;
	/** Until the moment that `today` is of. */
	readonly expectedToday: number | null;
	readonly hours: readonly BookingHour[];
};

/** Null for a service that never told of bookings and of which none are expected. */
export function judgeBookings({ figures, bookings }: Pick<ServiceFacts, 'figures' | 'bookings'>, now: number, zone: string): BookingsNow | null {
	if (bookings === null) return null;
	const { staleAfterMs } = measureOf('service.bookings');
	const { expected, growth } = bookings;
	const figure = figures.bookings;
	const told = judgeTold(figure, staleAfterMs, now);
	// Since midnight: just after it, yesterday's figure tells nothing of today.
	const isOfToday = figure !== undefined && told.ageMs !== null && told.ageMs <= minuteOfDay(now, zone) * MINUTE_MS + (now % MINUTE_MS);
	const isGrowthOfNow = growth !== null && figure !== undefined && growth[1] === figure[1];
	return {
		today: isOfToday ? told.value : null,
		ageMs: told.ageMs,
		perMinute: told.value === null || !isGrowthOfNow ? null : growth[0],
		expectedPerMinute: expectedAt(expected, now, zone),
		expectedToday: expected === null || figure === undefined || !isOfToday || told.value === null ? null : expectedUntil(expected, figure[1], zone),
		hours: hoursTo(now, bookings, zone),
	};
}

const minuteOfDay = (instant: number, zone: string): number => minuteOfWeek(instant, zone) % DAY_MINUTES;

const expectedAt = (expected: readonly number[] | null, instant: number, zone: string): number | null =>
	expected === null ? null : (expected[Math.floor(minuteOfDay(instant, zone) / 60)] ?? 0) / 60;

function expectedUntil(expected: readonly number[], instant: number, zone: string): number {
	const minute = minuteOfDay(instant, zone);
	const hour = Math.floor(minute / 60);
	return expected.slice(0, hour).reduce((sum, one) => sum + one, 0) + (expected[hour] ?? 0) * ((minute % 60) / 60);
}

/** The last whole hours before now. */
function hoursTo(now: number, { expected, byHour }: NonNullable<ServiceFacts['bookings']>, zone: string): readonly BookingHour[] {
	const last = Math.floor(now / HOUR_MS);
	return Array.from({ length: CURVE_HOURS }, (_, i) => {
		const hour = last - CURVE_HOURS + i;
		const at = hour * HOUR_MS;
		const [end, start] = [byHour[hour], minuteOfDay(at, zone) < 60 ? 0 : byHour[hour - 1]];
		const isKnown = end !== undefined && start !== undefined && end >= start;
		return { at, perMinute: isKnown ? (end - start) / 60 : null, expected: expectedAt(expected, at, zone) };
	});
}
