// What a service needs, who needs it, and what stands against it: rows of the desk's page of a service. Pure.
import type { Board } from '../../shared/board.ts';
import { formatNumber, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Standing } from '../../shared/standing.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { zoneOf } from '../store/selectors.ts';
import type { ServicesWords } from '../store/services-words.ts';
import { stateOf } from './services-page-model.ts';
import { sayMoment } from './zoned-moment.ts';

export type LinkRow = {
	readonly subject: string;
	readonly label: string;
	readonly standing: Standing;
	readonly state: string;
	/** A page of its own; null where it has none. */
	readonly href: string | null;
};

/** In which words. */
export type Told = { readonly words: Words; readonly own: ServicesWords; readonly language: Language };

type Known = { readonly label: string; readonly standing: Standing; readonly state: string };

/** What the board knows of a subject; null where the plan no longer has it. */
function known(subject: string, judged: BoardNow, { words, own, language }: Told): Known | null {
	const [kind = '', id = ''] = subject.split('/');
	const { services, breakdown } = judged;
	const answers = (up: boolean | null): string => (up === null ? own.state.unknown : up ? own.state.up : own.state.down);
	if (kind === 'service') {
		const one = services[id];
		return one ? { label: one.label, standing: one.standing, state: stateOf(one, words, own, language) } : null;
	}
	if (kind === 'facility') {
		const one = breakdown?.facilities[id];
		return one ? { label: one.label, standing: one.standing, state: own.state[one.standing] } : null;
	}
	if (kind === 'network') {
		const one = breakdown?.networks[id];
		return one ? { label: one.label, standing: one.standing, state: answers(one.up) } : null;
	}
	const one = kind === 'dependant' ? breakdown?.dependants[id] : undefined;
	return one ? { label: one.label, standing: one.standing, state: own.impact[one.state] } : null;
}

function rowOf(subject: string, judged: BoardNow, told: Told): LinkRow {
	const one = known(subject, judged, told) ?? { label: subject, standing: 'blind', state: told.own.state.unknown };
	return { subject, ...one, href: subject.startsWith('service/') ? `/services/${subject.slice('service/'.length)}` : null };
}

export const needsOf = (needs: readonly string[], judged: BoardNow, told: Told): readonly LinkRow[] =>
	needs.map((subject) => rowOf(subject, judged, told));

/** Those that name it themselves, of the services and of the dependants. */
export function neededByOf(id: string, board: Board, judged: BoardNow, told: Told): readonly LinkRow[] {
	const subject = `service/${id}`;
	const services = Object.entries(board.services).filter(([, { needs }]) => needs.includes(subject));
	const dependants = Object.entries(board.dependants).filter(([, { needs }]) => needs.includes(subject));
	return [
		...services.map(([other]) => rowOf(`service/${other}`, judged, told)),
		...dependants.map(([other, { count }]) => {
			const row = rowOf(`dependant/${other}`, judged, told);
			const many = count === null ? null : fill(told.own.neededBy.count, { count: formatNumber(count, told.language) });
			return many === null ? row : { ...row, state: `${row.state} · ${many}` };
		}),
	];
}

export type AlarmRow = {
	readonly id: string;
	readonly priority: number;
	readonly name: string;
	readonly told: string;
	readonly remedy: string | null;
};

/** Active alarms of the service, the worst first as the board has them. */
export function alarmsOf(id: string, board: Board, judged: BoardNow, own: ServicesWords): readonly AlarmRow[] {
	const zone = zoneOf(judged);
	return judged.alarms.active
		.filter(({ subject }) => subject === `service/${id}`)
		.map((alarm) => {
			const planned = board.alarms.rules[alarm.rule];
			const remedy = planned?.remedy ?? board.alarms.remedies[alarm.rule] ?? own.known.remedy[alarm.rule];
			return {
				id: alarm.id,
				priority: alarm.priority,
				name: planned?.label ?? own.known.name[alarm.rule] ?? alarm.rule,
				told: [
					...(alarm.detail === 'unseen' ? [own.known.unseen] : []),
					fill(own.alarms.since, { time: sayMoment(alarm.since, judged.now, zone) }),
					own.alarms.state[alarm.state],
				].join(' · '),
				// What has ended asks for nothing but to be acknowledged, which its state says.
				remedy: remedy === undefined || alarm.endedAt !== null ? null : fill(own.alarms.do, { remedy }),
			};
		});
}

/** What of the restore order this service breaks, or suffers from. */
export function orderOf(id: string, judged: BoardNow, own: ServicesWords): readonly string[] {
	const nameOf = (other: string): string => judged.services[other]?.label ?? other;
	return (judged.breakdown?.restoreOrder ?? []).flatMap(({ early, waiting }) => [
		...(early === id ? [fill(own.order.early, { name: nameOf(waiting) })] : []),
		...(waiting === id ? [fill(own.order.waiting, { name: nameOf(early) })] : []),
	]);
}
