// Services: who answers on which side, since when, and the minutes without it, booked report by report.
import { answers, bookTo, type Terms } from '../../shared/availability.ts';
import type { Figure, ServiceFacts, ServiceFigure } from '../../shared/board.ts';
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
export type ServiceCell = { live: Live; retired: boolean; latency: LiveTrend; bookings: BookingCell; night: Night };
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
			cell.live = { ...cell.live, ...plannedOf(one), ...(cell.night.id === night.id ? {} : { night: noAvailability }) };
			cell.night = night;
		} else cells[id] = { live: { ...plannedOf(one), ...unheard() }, retired: false, latency: emptyTrend(), bookings, night };
	}
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

function bookUpTo({ live, night }: ServiceCell, at: number): void {
	const { planned, staleAfterMs } = live;
	Object.assign(live, bookTo(live, live.figures, { planned, staleAfterMs, ...night }, at));
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
