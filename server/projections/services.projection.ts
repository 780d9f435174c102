// Services: who answers on which side, since when, and the minutes without it, booked report by report.
import type { Figure, ServiceFacts, ServiceFigure, UpState } from '../../shared/board.ts';
import { book, noAvailability, noDowntime } from '../../shared/downtime.ts';
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
export type ServiceCell = { live: Live; retired: boolean; latency: LiveTrend; bookings: BookingCell };
export type ServiceCells = Record<string, ServiceCell>;

const answers: readonly ServiceFigure[] = ['up', 'upOld', 'upNew'];

export function planServices(cells: ServiceCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.services[id] === undefined;
	for (const [id, one] of Object.entries(plan.services)) {
		const planned = {
			label: one.label,
			priority: one.priority,
			team: one.team ?? null,
			tolerableMs: one.tolerable ?? null,
			planned: one.planned.map((span) => [span.from, span.to] as const),
			staleAfterMs: one.staleAfter ?? measureOf('service.up').staleAfterMs,
			needs: one.needs ?? [],
		};
		const cell = cells[id];
		const bookings = cell?.bookings ?? emptyBookings();
		planBookings(bookings, one.bookings);
		if (cell) cell.live = { ...cell.live, ...planned };
		else {
			const unheard = {
				figures: {},
				state: 'unknown' as const,
				since: null,
				booked: noDowntime,
				bookedTo: null,
				months: {},
				night: noAvailability,
				latencies: {},
				stoppedAt: null,
				restoredAt: null,
			};
			cells[id] = { live: { ...planned, ...unheard }, retired: false, latency: emptyTrend(), bookings };
		}
	}
}

export function applyServiceSample(cell: ServiceCell, sample: Sample, context: SampleContext): void {
	const name = figureName(sample.measure) as ServiceFigure;
	if (sample.value !== null && name.startsWith('latency')) addToTrend(cell.latency, context.bucketMs, sample.at, sample.value, context.isNews);
	if (!context.isNews) return;
	const { live } = cell;
	live.figures[name] = figureAfter(live.figures[name], sample, context.seen);
	if (name === 'bookings') applyBookings(cell.bookings, sample);
	if (answers.includes(name)) bookUpTo(live, Math.min(sample.at, context.seen));
}

/** Books the stretch since the last report under what that report said, then takes over what is said now. */
function bookUpTo(live: Live, at: number): void {
	const from = live.bookedTo ?? at;
	const to = Math.max(from, at);
	live.booked = book(live.booked, live, live.state, from, to);
	live.bookedTo = to;
	const state = stateOf(live.figures);
	const goesOn = state === live.state && to - from <= live.staleAfterMs && live.since !== null;
	live.state = state;
	if (!goesOn) live.since = to;
}

function stateOf(figures: ServiceFacts['figures']): UpState {
	const heard = answers.map((name) => figures[name]).filter((one) => one !== undefined);
	const seen = heard.map((figure) => (figure[3] === undefined ? figure[0] : null));
	if (seen.includes(1)) return 'up';
	return seen.includes(null) ? 'unknown' : 'down';
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
