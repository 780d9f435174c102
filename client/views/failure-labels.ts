// What subjects and alarms of failures are called, and whose they are. Pure.
import type { Board } from '../../shared/board.ts';
import type { ClockLaw } from '../../shared/breakdown.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Whose } from '../../shared/me.ts';
import type { BreakdownDeskWords } from '../../shared/words/breakdown-desk-words.ts';
import { labelOf } from '../store/selectors.ts';

/** Called so in any language. */
const laws: Readonly<Record<ClockLaw, string>> = { nis2: 'NIS2', l90: 'L. 90/2024', gdpr: 'GDPR' };

/** `facility/ced` → its label; the subject itself where nobody calls it anything. */
export function nameSubject(subject: string, judged: BoardNow, board?: Pick<Board, 'channels'>): string {
	const [kind = '', id = ''] = subject.split('/');
	const { breakdown } = judged;
	const known: Readonly<Record<string, Readonly<Record<string, { readonly label: string }>> | undefined>> = {
		facility: breakdown?.facilities,
		network: breakdown?.networks,
		dependant: breakdown?.dependants,
		flow: breakdown?.flows,
		channel: board?.channels,
	};
	const law = kind === 'clock' ? breakdown?.clocks[id]?.law : undefined;
	if (law !== undefined) return laws[law];
	if (kind === 'incident') return breakdown?.incidents[id]?.title ?? id;
	if (kind === 'statement') return breakdown?.statements.find((one) => one.id === id)?.text ?? id;
	return known[kind]?.[id]?.label ?? labelOf(judged, subject);
}

/** The plan's own words go before ours. */
export const nameRule = (rule: string, { alarms }: Pick<Board, 'alarms'>, own: BreakdownDeskWords): string =>
	alarms.rules[rule]?.label ?? own.known.name[rule] ?? rule;

/** Null where neither the plan nor we say what to do. */
export const remedyOf = (rule: string, { alarms }: Pick<Board, 'alarms'>, own: BreakdownDeskWords): string | null =>
	alarms.rules[rule]?.remedy ?? alarms.remedies[rule] ?? own.known.remedy[rule] ?? null;

/** As the server asks it (server/domain/ownership.ts). */
export function whoseIs(subject: string, board: Pick<Board, 'archives' | 'services' | 'sources' | 'tasks'>): Whose {
	const [kind = '', id = ''] = subject.split('/');
	if (kind === 'site') return { site: id };
	const teams: Readonly<Record<string, Readonly<Record<string, { readonly team: string | null }>>>> = {
		archive: board.archives,
		service: board.services,
		source: board.sources,
		task: board.tasks,
	};
	return { team: teams[kind]?.[id]?.team ?? null };
}
