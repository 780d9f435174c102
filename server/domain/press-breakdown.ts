// What is told to the press of failures and of the night's clock: who is blocked, flows, incidents, how far the night is. Pure.
import type { DependantNow, FlowState } from '../../shared/breakdown-now.ts';
import type { InBoth, PressFigure } from '../../shared/press.ts';
import { type JudgedView, makeFigure, namedFor, ruleOf } from './press-figure.ts';
import { momentText } from './press-time.ts';
import { durationText, fewerThan, roundedCount, same, withheldText } from './press-words.ts';

const MINUTE_MS = 60_000;

const methods = {
	dependants: {
		it: 'Chi è bloccato risulta dalla mappa di chi ha bisogno di quali servizi, confermata dalle prove automatiche.',
		en: 'Who is blocked follows from the map of who needs which services, confirmed by automatic probes.',
	},
	flow: {
		it: 'Lo stato di un flusso è dato dall’età del dato più vecchio ancora da inviare, rispetto al termine previsto.',
		en: 'The state of a flow is given by the age of the oldest record still to be sent, against its deadline.',
	},
	duration: {
		it: 'La durata va dall’inizio registrato dell’evento a questo momento, o alla sua chiusura.',
		en: 'The duration runs from the recorded beginning of the event to this moment, or to its end.',
	},
	cause: { it: 'La causa è quella registrata da chi conduce l’intervento.', en: 'The cause is the one recorded by those who lead the response.' },
	clock: { it: 'Il tempo è contato dall’inizio della finestra di trasferimento.', en: 'Time is counted from the beginning of the transfer window.' },
	window: { it: 'La finestra è quella prevista dal piano.', en: 'The window is the plan’s.' },
} as const satisfies Record<string, InBoth>;

const dependantWords: Record<Exclude<DependantNow['state'], 'unknown'>, InBoth> = {
	blocked: { it: 'bloccati', en: 'blocked' },
	working: { it: 'operativi', en: 'working' },
};
const flowWords: Record<Exclude<FlowState, 'unknown'>, InBoth> = {
	met: { it: 'nei termini', en: 'within its deadline' },
	near: { it: 'vicino al termine', en: 'near its deadline' },
	'cannot-be-met': { it: 'termine non più raggiungibile', en: 'deadline out of reach' },
	overdue: { it: 'oltre il termine', en: 'past its deadline' },
};

export function breakdownFigures(view: JudgedView): PressFigure[] {
	const { now, at } = view;
	if (now.breakdown === null) return [];
	const dependants = Object.entries(now.breakdown.dependants).flatMap(([id, one]) => dependantOf(view, id, one));
	const flows = Object.entries(now.breakdown.flows).map(([id, { label, state, standing, ageMs }]) =>
		makeFigure(
			{
				key: `flow.state/${id}`,
				label: namedFor(view, `flow/${id}`, label),
				method: methods.flow,
				printed: state === 'unknown' ? null : { value: null, text: flowWords[state] },
				standing,
				ageMs,
			},
			at,
		),
	);
	const incidents = Object.entries(now.breakdown.incidents).flatMap(([id, { title, lastsMs, cause, causeAt, standing }]) => [
		makeFigure(
			{
				key: `incident.duration/${id}`,
				label: { it: `${title}: durata`, en: `${title}: duration` },
				method: methods.duration,
				printed: { value: Math.floor(lastsMs / MINUTE_MS), text: durationText(lastsMs) },
				standing,
				ageMs: null,
			},
			at,
		),
		makeFigure(
			{
				key: `incident.cause/${id}`,
				label: { it: `${title}: causa`, en: `${title}: cause` },
				method: methods.cause,
				printed: cause === null ? null : { value: null, text: same(cause) },
				standing: cause === null ? 'blind' : standing,
				ageMs: cause === null || causeAt === null ? null : Math.max(0, at - causeAt),
			},
			at,
		),
	]);
	return [...dependants, ...flows, ...incidents];
}

/**
 * How many are blocked is all or nothing of a constant of the plan, by one probe: 0 or all of them, and no count of people. So a policy's
 * `smallest` is held against the plan's own count. From there on both figures are told, 0 as 0. Below it the state would give the count away,
 * and the count the state: neither is told, whatever the state is, and their colour is that of what nobody sees.
 */
function dependantOf(view: JudgedView, id: string, { label, count, state, standing, ageMs }: DependantNow): PressFigure[] {
	const { roundTo, smallest } = ruleOf('dependants.blocked', view);
	const name = namedFor(view, `dependant/${id}`, label);
	const isFew = count !== null && count < smallest;
	const common = { method: methods.dependants, standing: isFew ? 'blind' : standing, ageMs } as const;
	const shown = makeFigure(
		{
			key: `dependants.state/${id}`,
			label: name,
			printed: state === 'unknown' ? null : { value: state === 'working' ? 1 : 0, text: dependantWords[state] },
			suppressed: isFew ? withheldText : null,
			...common,
		},
		view.at,
	);
	if (count === null) return [shown];
	return [
		shown,
		makeFigure(
			{
				key: `dependants.blocked/${id}`,
				label: { it: `${name.it}: bloccati`, en: `${name.en}: blocked` },
				printed: state === 'unknown' ? null : roundedCount(state === 'blocked' ? count : 0, roundTo),
				suppressed: isFew ? fewerThan(smallest) : null,
				...common,
			},
			view.at,
		),
	];
}

export function cutoverFigures({ now, at }: JudgedView): PressFigure[] {
	const { cutover } = now;
	if (cutover === null) return [];
	const { tPlusMs, zone, windowStart, windowEnd } = cutover;
	const lasts = durationText(Math.abs(tPlusMs));
	return [
		makeFigure(
			{
				key: 'cutover.tPlus',
				label: { it: 'Dall’inizio del trasferimento', en: 'Since the transfer began' },
				method: methods.clock,
				printed: {
					value: Math.floor(tPlusMs / MINUTE_MS),
					text: tPlusMs < 0 ? { it: `inizia fra ${lasts.it}`, en: `begins in ${lasts.en}` } : lasts,
				},
				standing: 'good',
				ageMs: null,
			},
			at,
		),
		makeFigure(
			{
				key: 'cutover.window',
				label: { it: 'Finestra di trasferimento', en: 'Transfer window' },
				method: methods.window,
				printed: {
					value: null,
					text: {
						it: `${momentText(windowStart, zone).it} – ${momentText(windowEnd, zone).it}`,
						en: `${momentText(windowStart, zone).en} – ${momentText(windowEnd, zone).en}`,
					},
				},
				standing: 'good',
				ageMs: null,
			},
			at,
		),
	];
}
