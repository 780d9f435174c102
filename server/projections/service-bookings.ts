// A service's bookings: how fast they grow, and how many there were at the end of each hour. Knows no service otherwise.
import type { BookingFacts } from '../../shared/board.ts';
import { measureOf } from '../../shared/measures.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { addPosition, type RecentPositions } from './cells.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const HOURS_KEPT = 26;
const { staleAfterMs } = measureOf('service.bookings');

export type BookingCell = {
	told: boolean;
	expected: readonly number[] | null;
	recent: RecentPositions;
	growth: BookingFacts['growth'];
	byHour: Record<string, number>;
};
export const emptyBookings = (): BookingCell => ({ told: false, expected: null, recent: [], growth: null, byHour: {} });

/** A day's bookings by the hours' weights. */
export function planBookings(cell: BookingCell, planned: Plan['services'][string]['bookings']): void {
	const sum = planned?.hours.reduce((all, one) => all + one, 0) ?? 0;
	cell.expected = planned === undefined || sum === 0 ? null : planned.hours.map((weight) => (planned.aDay * weight) / sum);
}

/** Of a sample that is news. */
export function applyBookings(cell: BookingCell, { at, value }: Sample): void {
	cell.told = true;
	if (value === null) return;
	const last = cell.recent.at(-1);
	// After a silence the growth would be the silence's, not these minutes'.
	if (last !== undefined && at - last[0] > staleAfterMs) cell.recent.length = 0;
	keepHour(cell, at, value);
	addPosition(cell.recent, at, value);
	cell.growth = growthOf(cell.recent);
}

function growthOf(recent: RecentPositions): BookingFacts['growth'] {
	const [first, last] = [recent[0], recent.at(-1)];
	if (!first || !last || last[0] - first[0] < MINUTE_MS) return null;
	return [Math.round(((last[1] - first[1]) * MINUTE_MS * 10) / (last[0] - first[0])) / 10, last[0]];
}

/** The end of an hour lies on the line between the reports on both sides of it; where the day began anew it is what was told before. */
function keepHour({ recent, byHour }: BookingCell, at: number, value: number): void {
	const end = Math.floor(at / HOUR_MS) * HOUR_MS;
	const last = recent.at(-1) ?? (at === end ? ([at - 1, value] as const) : undefined);
	if (last === undefined || last[0] >= end) return;
	const [lastAt, lastValue] = last;
	const hour = end / HOUR_MS - 1;
	byHour[hour] = value < lastValue ? lastValue : Math.round(lastValue + ((value - lastValue) * (end - lastAt)) / (at - lastAt));
	for (const key of Object.keys(byHour)) if (Number(key) <= hour - HOURS_KEPT) delete byHour[key];
}

export const showBookings = ({ told, expected, growth, byHour }: BookingCell): BookingFacts | null =>
	!told && expected === null ? null : { expected, growth, byHour: { ...byHour } };
