// Services: who answers on which side, since when, and the minutes without it, booked report by report.
import { answers, bookTo, type Stretch, type Terms } from '../../shared/availability.ts';
import type { AvailabilityMs, Figure, ServiceFacts, ServiceFigure } from '../../shared/board.ts';
import { noAvailability, noDowntime } from '../../shared/downtime.ts';
import { addLatency } from '../../shared/latency.ts';
import type { Mark } from '../../shared/mark.ts';
import { measureOf } from '../../shared/measures.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { figureName, type SampleContext } from './archives.projection.ts';
import { addToTrend, emptyTrend, figureAfter, type LiveTrend } from './cells.ts';
import { applyBookings, type BookingCell, emptyBookings, planBookings, showBookings } from './service-bookings.ts';

type Live = { -readonly [K in keyof Omit<ServiceFacts, 'trends' | 'figures' | 'bookings'>]: ServiceFacts[K] } & {
	figures: Partial<Record<ServiceFigure, Figure>>;
};
/** `night`: which cutover's night is booked, its zone and its window. */
type Night = Pick<Terms, 'zone' | 'window'> & { readonly id: string };
/** `stretches`: what was booked since this night's plan came into force, in order; of a window that is moved only what lies within it counts. */
export type ServiceCell = { live: Live; retired: boolean; latency: LiveTrend; bookings: BookingCell; night: Night; stretches: Stretch[] };
export type ServiceCells = Record<string, ServiceCell>;

const nightOf = ({ cutover: { id, zone, window } }: Plan): Night => ({ id, zone, window: [window.start, window.end] });

const plannedOf = (one: Plan['services'][string]) => ({
	label: one.label,
	priority: one.priority,
	team: one.team ?? null,
	tolerableMs: one.tolerable ?? null,
	planned: one.planned.map((span) => [span.from, span.to] as const),
	staleAfterMs: one.staleAfter ?? measureOf('service.up').staleAfterMs,
	needs: one.needs ?? [],
});

const unheard = () => ({
	figures: {},
	state: 'unknown' as const,
	since: null,
	booked: noDowntime,
	bookedTo: null,
	outage: null,
	months: {},
	night: noAvailability,
	latencies: {},
	stoppedAt: null,
	restoredAt: null,
});

/** `seen`: when the plan came into force; what lies before it is booked by the plan before. */
export function planServices(cells: ServiceCells, plan: Plan, seen: number): void {
	const night = nightOf(plan);
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.services[id] === undefined;
	for (const [id, one] of Object.entries(plan.services)) {
		const cell = cells[id];
		const bookings = cell?.bookings ?? emptyBookings();
		planBookings(bookings, one.bookings);
		if (cell) {
			if (hasBegun(cell, seen)) bookUpTo(cell, seen);
			if (cell.night.id !== night.id) cell.stretches = [];
			cell.live = { ...cell.live, ...plannedOf(one), ...nightAfter(cell, night) };
			cell.night = night;
		} else cells[id] = { live: { ...plannedOf(one), ...unheard() }, retired: false, latency: emptyTrend(), bookings, night, stretches: [] };
	}
}

/** Another cutover begins another night; another window of the same one is counted as if it had been in force all along. */
function nightAfter({ night: { id, window }, stretches }: ServiceCell, night: Night): Partial<Pick<ServiceFacts, 'night'>> {
	if (id === night.id && window?.[0] === night.window?.[0] && window?.[1] === night.window?.[1]) return {};
	return { night: countedWithin(night.window, stretches) };
}

function countedWithin(window: Terms['window'], stretches: readonly Stretch[]): AvailabilityMs {
	const sums = { ...noAvailability };
	if (window === null) return sums;
	for (const [from, to, heading] of stretches) sums[heading] += Math.max(0, Math.min(to, window[1]) - Math.max(from, window[0]));
	return sums;
}

/** A service that answers and fails by turns every ten seconds fills them in five hours. */
const MOST_STRETCHES = 2000;

/** What lies before the last ones is not known stretch by stretch any more: a moved window counts it as unknown. */
function noteIn(stretches: Stretch[], [from, to, heading]: Stretch): void {
	const last = stretches.at(-1);
	if (last !== undefined && last[1] === from && last[2] === heading) stretches[stretches.length - 1] = [last[0], to, heading];
	else stretches.push([from, to, heading]);
	const [first, second] = stretches;
	if (stretches.length > MOST_STRETCHES && first && second) stretches.splice(0, 2, [first[0], second[1], 'unknown']);
}

const hasBegun = ({ live, night: { window } }: ServiceCell, at: number): boolean => live.bookedTo !== null || (window !== null && window[0] < at);

export function applyServiceSample(cell: ServiceCell, sample: Sample, context: SampleContext): void {
	const name = figureName(sample.measure) as ServiceFigure;
	if (sample.value !== null && name.startsWith('latency')) addToTrend(cell.latency, context.bucketMs, sample.at, sample.value, context.isNews);
	if (!context.isNews) return;
	const { live } = cell;
	if (answers.includes(name)) bookUpTo(cell, Math.min(sample.at, context.seen));
	live.figures[name] = figureAfter(live.figures[name], sample, context.seen);
	if (name === 'bookings') applyBookings(cell.bookings, sample);
	if (sample.value !== null && isOfAnAnswer(live, name)) live.latencies = addLatency(live.latencies, sample.at, sample.value);
}

/** A latency counts unless its side is known not to answer: how fast an error came is not the service's. */
const sideAnswers: Partial<Record<ServiceFigure, ServiceFigure>> = { latency: 'up', latencyOld: 'upOld', latencyNew: 'upNew' };
function isOfAnAnswer({ figures }: Live, name: ServiceFigure): boolean {
	const side = sideAnswers[name];
	return side !== undefined && figures[side]?.[0] !== 0;
}

function bookUpTo({ live, night, stretches }: ServiceCell, at: number): void {
	const { planned, staleAfterMs } = live;
	Object.assign(
		live,
		bookTo(live, live.figures, { planned, staleAfterMs, ...night }, at, (one) => noteIn(stretches, one)),
	);
}

export function applyServiceMark(cell: ServiceCell, mark: Extract<Mark, { kind: 'service' }>, at: number): void {
	cell.live = mark.state === 'stopped' ? { ...cell.live, stoppedAt: at, restoredAt: null } : { ...cell.live, restoredAt: at };
}

export const showService = (cell: ServiceCell): ServiceFacts => ({
	...cell.live,
	figures: { ...cell.live.figures },
	bookings: showBookings(cell.bookings),
	trends: { latency: { ...cell.latency.points } },
});
