// What is told to the press of services: whether they work, their bookings, how long they were off, and for how much of the time they answered.
import type { AvailabilityMs } from '../../shared/board.ts';
import { judgeBookings } from '../../shared/judge-programme.ts';
import type { ServiceNow } from '../../shared/judge-service.ts';
import { measureOf } from '../../shared/measures.ts';
import type { InBoth, PressFigure } from '../../shared/press.ts';
import { worstOf } from '../../shared/standing.ts';
import { clockAt, instantsOf } from '../../shared/zoned-clock.ts';
import { type JudgedView, makeFigure, namedFor, ruleOf } from './press-figure.ts';
import { roundBy } from './press-policy.ts';
import { durationText, fewerThan, minutesText, roundedCount, shareText } from './press-words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const HUNDREDTH_OF_A_PER_CENT = 0.0001;

const methods = {
	state: { it: 'Un servizio è attivo quando risponde alle prove automatiche.', en: 'A service works when it answers the automatic probes.' },
	bookings: {
		it: 'Le prenotazioni sono quelle da mezzanotte, come le riferisce il servizio.',
		en: 'Bookings are those since midnight, as the service reports them.',
	},
	yesterday: {
		it: 'Le prenotazioni di ieri sono l’ultimo conto che il servizio ha riferito prima di mezzanotte.',
		en: 'Yesterday’s bookings are the last count that the service reported before midnight.',
	},
	down: {
		it: 'I minuti senza servizio sono quelli della finestra in cui era noto che non rispondesse, fermo programmato compreso; il tempo non osservato non è contato.',
		en: 'Minutes without service are those of the window in which it was known not to answer, planned downtime included; time that nobody observed is not counted.',
	},
	availability: {
		it: 'La disponibilità è la quota del tempo osservato nella finestra in cui i servizi hanno risposto; il fermo programmato conta come tempo senza servizio; il tempo non osservato non è contato, e se ne indica il più lungo.',
		en: 'Availability is the share of the observed time within the window in which the services answered; planned downtime counts as time without service; time that nobody observed is not counted, and the longest of it is named.',
	},
} as const satisfies Record<string, InBoth>;

const stateWords = {
	up: { it: 'attivo', en: 'working' },
	planned: { it: 'fermo programmato', en: 'planned downtime' },
	down: { it: 'non attivo', en: 'not working' },
} as const satisfies Record<string, InBoth>;

/** Planned time that is past, or past what it can bear, is no longer planned. */
const stateOf = ({ up, reason }: ServiceNow): keyof typeof stateWords | null =>
	up === null ? null : up ? 'up' : reason === 'down-planned' || reason === 'beyond-tolerable' ? 'planned' : 'down';

const downOf = ({ planned, overrun, unplanned }: AvailabilityMs): number => planned + overrun + unplanned;
const unseenNote = (unknownMs: number): InBoth | null => {
	if (unknownMs < MINUTE_MS) return null;
	const { it, en } = durationText(unknownMs);
	return { it: `non osservati: ${it}`, en: `not observed: ${en}` };
};
/** Of several services the one of which least was seen: their times run side by side, and a sum of them is longer than the night. */
function longestUnseen(times: readonly number[]): InBoth | null {
	const longest = Math.max(0, ...times);
	if (times.length === 1 || longest < MINUTE_MS) return unseenNote(longest);
	const { it, en } = durationText(longest);
	return { it: `non osservati: fino a ${it} per servizio`, en: `not observed: up to ${en} per service` };
}
const titled = (label: InBoth, it: string, en: string): InBoth => ({ it: `${label.it}, ${it}`, en: `${label.en}, ${en}` });
const nameOf = (view: JudgedView, id: string, { label }: Pick<ServiceNow, 'label'>): InBoth => namedFor(view, `service/${id}`, label);

export function serviceFigures(view: JudgedView): PressFigure[] {
	const all = Object.entries(view.now.services);
	if (all.length === 0) return [];
	return [
		availability(view),
		...all.flatMap(([id, one]) => [
			stateFigure(view, id, one),
			...bookingsFigure(view, id, one),
			...yesterdayFigure(view, id, one),
			downFigure(view, id, one),
		]),
	];
}

function availability(view: JudgedView): PressFigure {
	const all = Object.values(view.now.services);
	const sum = (pick: (one: AvailabilityMs) => number): number => all.reduce((ms, { night }) => ms + pick(night), 0);
	const [up, down] = [sum((one) => one.up), sum(downOf)];
	const step = ruleOf('services.availability', view).roundTo ?? HUNDREDTH_OF_A_PER_CENT;
	const observed = up + down;
	// Downwards: it never says more than there was.
	const share = observed === 0 ? null : roundBy(up / observed, step, 'down');
	return makeFigure(
		{
			key: 'services.availability',
			label: { it: 'Disponibilità dei servizi', en: 'Availability of the services' },
			method: methods.availability,
			printed: share === null ? null : { value: share, text: shareText(share, step) },
			share,
			standing: worstOf(all.map(({ standing }) => standing)),
			ageMs: null,
			also: longestUnseen(all.map(({ night }) => night.unknown)),
		},
		view.at,
	);
}

function stateFigure(view: JudgedView, id: string, one: ServiceNow): PressFigure {
	const state = stateOf(one);
	return makeFigure(
		{
			key: `service.state/${id}`,
			label: nameOf(view, id, one),
			method: methods.state,
			printed: state === null ? null : { value: state === 'up' ? 1 : 0, text: stateWords[state] },
			standing: state === null ? 'blind' : one.standing,
			ageMs: one.ageMs,
		},
		view.at,
	);
}

function bookingsFigure(view: JudgedView, id: string, one: ServiceNow): PressFigure[] {
	const { board, at, now } = view;
	const facts = board.services[id];
	const told = facts ? judgeBookings(facts, at, now.cutover?.zone ?? 'UTC') : null;
	if (told === null) return [];
	const { roundTo, smallest } = ruleOf('service.bookings', view);
	const today = told.today === null ? null : roundedCount(told.today, roundTo);
	return [
		makeFigure(
			{
				key: `service.bookings/${id}`,
				label: titled(nameOf(view, id, one), 'prenotazioni di oggi', 'bookings today'),
				method: methods.bookings,
				printed: today,
				suppressed: told.today !== null && told.today < smallest ? fewerThan(smallest) : null,
				standing: today === null ? 'blind' : 'good',
				ageMs: told.ageMs,
				isStale: told.ageMs !== null && told.ageMs > measureOf('service.bookings').staleAfterMs,
			},
			at,
		),
	];
}

/** The whole day's, once it is over; none where nobody told of it up to its end. */
function yesterdayFigure(view: JudgedView, id: string, one: ServiceNow): PressFigure[] {
	const { board, at, now } = view;
	const zone = now.cutover?.zone ?? 'UTC';
	const [midnight] = instantsOf(Math.floor(clockAt(at, zone) / DAY_MS) * DAY_MS, zone);
	const count = midnight === undefined ? undefined : board.services[id]?.bookings?.byHour[midnight / HOUR_MS - 1];
	if (midnight === undefined || count === undefined) return [];
	const { roundTo, smallest } = ruleOf('service.bookingsYesterday', view);
	return [
		makeFigure(
			{
				key: `service.bookingsYesterday/${id}`,
				label: titled(nameOf(view, id, one), 'prenotazioni di ieri', 'bookings yesterday'),
				method: methods.yesterday,
				printed: roundedCount(count, roundTo),
				suppressed: count < smallest ? fewerThan(smallest) : null,
				standing: 'good',
				ageMs: at - midnight,
			},
			at,
		),
	];
}

function downFigure(view: JudgedView, id: string, one: ServiceNow): PressFigure {
	const ms = downOf(one.night);
	const isKnown = ms + one.night.up > 0;
	// Upwards: a minute that was begun was without the service.
	const minutes = Math.ceil(ms / MINUTE_MS);
	return makeFigure(
		{
			key: `service.downMinutes/${id}`,
			label: titled(nameOf(view, id, one), 'minuti senza servizio', 'minutes without service'),
			method: methods.down,
			printed: isKnown ? { value: minutes, text: minutesText(minutes) } : null,
			standing: isKnown ? one.standing : 'blind',
			ageMs: null,
			also: unseenNote(one.night.unknown),
		},
		view.at,
	);
}
