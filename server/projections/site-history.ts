// How many arrive in which hour of the week, learned of each site from its own hours; an hour in the dark or unheard is not learned from.
import type { ByMinute } from '../../shared/er.ts';
import type { Plan } from '../../shared/plan.ts';
import { HOUR_MS, HOURS_A_WEEK, hourOfWeek } from '../../shared/zone-hour.ts';
import { HOURS_KEPT } from './site-census.ts';

/** Hours are hours since 1970 UTC. `sums` and `hours` are by hour of the week from Monday 00:00. */
export type History = { first: number | null; next: number; spoiled: Record<string, 1>; sums: number[]; hours: number[] };

export const emptyHistory = (): History => ({ first: null, next: 0, spoiled: {}, sums: weekOf(0), hours: weekOf(0) });

const weekOf = (value: number): number[] => Array.from({ length: HOURS_A_WEEK }, () => value);

const LEAST_HOURS = 4 * HOURS_A_WEEK;
/** Of four weeks, so many hours were heard in the light. */
const LEAST_LEARNED = 0.75 * LEAST_HOURS;
/** Fewer weeks than this of one hour: the same hour of the other days speaks for it. */
const LEAST_OF_AN_HOUR = 3;
/** Past so many weeks the older half fades, so that what changes is learned again. */
const MOST_OF_AN_HOUR = 16;

const hourAt = (instant: number): number => Math.floor(instant / HOUR_MS);

export function spoil(history: History, from: number, to: number): void {
	if (history.first === null) return;
	for (let hour = Math.max(hourAt(from), history.next); hour <= hourAt(to); hour += 1) history.spoiled[hour] = 1;
}

/** Learns from the hours that will change no more. Says whether a day of the week was completed. */
export function closeHours(history: History, arrivalsByHour: ByMinute, seen: number, zone: string): boolean {
	if (history.first === null) {
		history.first = hourAt(seen) + 1;
		history.next = history.first;
	}
	let isDayDone = false;
	for (; history.next < hourAt(seen) - HOURS_KEPT; history.next += 1) {
		const hour = history.next;
		const slot = hourOfWeek(hour * HOUR_MS, zone);
		isDayDone ||= slot % 24 === 0;
		if (history.spoiled[hour] === undefined) learn(history, slot, arrivalsByHour[hour] ?? 0);
		delete history.spoiled[hour];
	}
	return isDayDone;
}

function learn(history: History, slot: number, arrivals: number): void {
	const isFull = (history.hours[slot] ?? 0) >= MOST_OF_AN_HOUR;
	history.sums[slot] = ((history.sums[slot] ?? 0) + arrivals) / (isFull ? 2 : 1);
	history.hours[slot] = ((history.hours[slot] ?? 0) + 1) / (isFull ? 2 : 1);
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** Arrivals an hour by hour of the week; null until four weeks are known. */
export function learned({ first, next, sums, hours }: History): number[] | null {
	if (first === null || next - first < LEAST_HOURS || sumOf(hours) < LEAST_LEARNED) return null;
	const ofDay = Array.from({ length: 24 }, (_, hour) => {
		const same = Array.from({ length: 7 }, (_day, day) => day * 24 + hour);
		return [sumOf(same.map((slot) => sums[slot] ?? 0)), sumOf(same.map((slot) => hours[slot] ?? 0))] as const;
	});
	if (ofDay.some(([, known]) => known === 0)) return null;
	return sums.map((sum, slot) => {
		const known = hours[slot] ?? 0;
		const [inDay, days] = ofDay[slot % 24] ?? [0, 1];
		return rounded(known >= LEAST_OF_AN_HOUR ? sum / known : inDay / days);
	});
}

const sumOf = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0);

const WEEKS_A_MONTH = 365.25 / 12 / 7;

/** The plan's arrivals a month, spread by its weights of hours and days; evenly where it gives none. */
export function plannedArrivals(arrivalsAMonth: number | undefined, { hours, weekdays }: Plan['er']): number[] | null {
	if (arrivalsAMonth === undefined) return null;
	const share = (weights: readonly number[] | undefined, many: number, index: number): number => {
		const sum = sumOf(weights ?? []);
		return weights === undefined || sum === 0 ? 1 / many : (weights[index] ?? 0) / sum;
	};
	const weekly = arrivalsAMonth / WEEKS_A_MONTH;
	return Array.from({ length: HOURS_A_WEEK }, (_, slot) => rounded(weekly * share(weekdays, 7, Math.floor(slot / 24)) * share(hours, 24, slot % 24)));
}
