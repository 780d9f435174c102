// Incidents as rows of words, and one of them in full: its course, its clocks, what was said. Pure.
import type { Board } from '../../shared/board.ts';
import type { IncidentLine } from '../../shared/board-incident.ts';
import { type IncidentNature, type IncidentRole, type IncidentStatus, incidentRoles, incidentStatuses } from '../../shared/breakdown.ts';
import type { IncidentNow } from '../../shared/breakdown-now.ts';
import type { Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Standing } from '../../shared/standing.ts';
import type { BreakdownDeskWords } from '../../shared/words/breakdown-desk-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { sayBy } from '../tiles/say-by.ts';
import { nameAlarm } from './alarms-model.ts';
import { nameRule, nameSubject } from './failure-labels.ts';
import { stillOpen } from './incident-close-model.ts';
import { type ClockRow, clockRows, type StatementRow, statementRows, timeIn } from './incident-parts-model.ts';
import { sayLength } from './zoned-moment.ts';

export type Said = {
	readonly judged: BoardNow;
	readonly board: Board;
	readonly words: Words;
	readonly own: BreakdownDeskWords;
	readonly language: Language;
};
type Seen = Pick<ScreenState, 'judged' | 'followed'>;

export type IncidentRow = {
	readonly id: string;
	readonly title: string;
	readonly standing: Standing;
	readonly status: string;
	readonly isOpen: boolean;
	readonly since: string;
	readonly lasts: string;
	readonly update: string;
	readonly isLate: boolean;
	readonly lead: string;
	/** Notices that a law asks for and that are overdue, also once it is closed: a sentence each. */
	readonly overdue: readonly string[];
};

export function updateOf(one: IncidentNow, said: Said): string {
	const w = said.own.incident;
	if (one.nextUpdate === null || one.nextUpdateMs === null) return w.noUpdate;
	return fill(one.updateOverdue ? w.late : w.inTime, {
		time: timeIn(said)(one.nextUpdate),
		left: sayLength(one.nextUpdateMs, said.language),
	});
}

function overdueOf(one: IncidentNow, { judged, own, language }: Said): readonly string[] {
	const { lawShort, step, state } = own.clock;
	return one.clocks.flatMap((key) => {
		const { law, next } = judged.breakdown?.clocks[key] ?? { next: null };
		if (law === undefined || next?.state !== 'overdue') return [];
		return [`${lawShort[law]}, ${step[law][next.step]}: ${fill(state.overdue, { left: sayLength(next.remainingMs, language) })}`];
	});
}

/** Open ones first, the newest of each before the older. */
export function incidentRows(said: Said): readonly IncidentRow[] {
	const { judged, words, own, language } = said;
	const all = Object.values(judged.breakdown?.incidents ?? {});
	return all
		.toSorted((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null) || b.openedAt - a.openedAt)
		.map((one) => ({
			id: one.id,
			title: one.title,
			standing: one.standing,
			status: own.incident.status[one.status],
			isOpen: one.closedAt === null,
			since: timeIn(said)(one.since),
			lasts: sayLength(one.lastsMs, language),
			update: one.closedAt === null ? updateOf(one, said) : '',
			isLate: one.updateOverdue,
			lead: one.roles.lead === undefined ? own.incident.nobody : sayBy(one.roles.lead, judged, words),
			overdue: overdueOf(one, said),
		}));
}

export type TimelineRow = { readonly key: string; readonly time: string; readonly text: string; readonly by: string | null };
export type IncidentModel = IncidentRow & {
	readonly now: IncidentStatus;
	/** `isShut`: the server refuses it while nobody has recorded a cause. */
	readonly statuses: readonly { readonly status: IncidentStatus; readonly label: string; readonly isReached: boolean; readonly isShut: boolean }[];
	/** Said before it is closed. */
	readonly stillOpen: readonly string[];
	readonly facts: readonly (readonly [label: string, value: string])[];
	readonly nature: string;
	/** What somebody recorded; null while nobody has. */
	readonly recorded: IncidentNature | null;
	readonly cause: string | null;
	readonly roles: readonly { readonly role: IncidentRole; readonly label: string; readonly who: string | null }[];
	readonly lines: readonly TimelineRow[];
	readonly leftOut: number;
	readonly clocks: readonly ClockRow[];
	readonly statements: readonly StatementRow[];
	readonly lastsText: string;
};

/** As the server admits them (server/domain/admit-incident-mark.ts). */
export const needsCause = (status: IncidentStatus): boolean => status === 'cause-known' || status === 'closed';

/** Null before the first board, and where there is no such incident. */
export function incidentModel(
	{ judged, followed }: Seen,
	id: string,
	words: Words,
	own: BreakdownDeskWords,
	language: Language,
): IncidentModel | null {
	const one = judged?.breakdown?.incidents[id];
	if (judged === null || followed === null || one === undefined) return null;
	const said = { judged, board: followed.board, words, own, language };
	const row = incidentRows(said).find((other) => other.id === id);
	if (row === undefined) return null;
	const w = own.incident;
	const lines = followed.board.incidents.rows[id]?.lines ?? { count: 0, rows: {} };
	const reached = incidentStatuses.indexOf(one.status);
	return {
		...row,
		now: one.status,
		statuses: incidentStatuses.map((status, at) => ({
			status,
			label: w.status[status],
			isReached: at <= reached,
			isShut: needsCause(status) && one.nature === 'unknown',
		})),
		stillOpen: stillOpen(one, said),
		facts: [
			[w.subject, one.subject === null ? w.noSubject : nameSubject(one.subject, judged)],
			[w.columns.since, timeIn(said)(one.since)],
			...(one.alarm === null ? [] : [[w.origin, fill(w.fromAlarm, { alarm: nameAlarm(one.alarm, said) })] as const]),
			[w.opening, fill(w.openedBy, { by: sayBy(one.openedBy, judged, words), time: timeIn(said)(one.openedAt) })],
		],
		nature: w.nature[one.nature],
		recorded: one.causeAt === null ? null : one.nature,
		cause: one.cause,
		roles: incidentRoles.map((role) => {
			const who = one.roles[role];
			return { role, label: w.role[role], who: who === undefined ? null : sayBy(who, judged, words) };
		}),
		lines: timelineOf(lines.rows, said),
		leftOut: Math.max(0, lines.count - Object.keys(lines.rows).length),
		clocks: clockRows(one, said),
		statements: statementRows((other) => other.incident === id, said),
		lastsText: fill(one.closedAt === null ? w.lasts : w.lasted, { length: row.lasts }),
	};
}

function timelineOf(rows: Readonly<Record<string, IncidentLine>>, said: Said): readonly TimelineRow[] {
	return Object.entries(rows)
		.toSorted(([a, one], [b, other]) => other.at - one.at || Number.parseInt(b, 10) - Number.parseInt(a, 10) || (a < b ? 1 : -1))
		.map(([key, line]) => {
			const by = line.by === null ? null : sayBy(line.by, said.judged, said.words);
			return { key, time: timeIn(said)(line.at), by, text: sayLine(line, by, said) };
		});
}

function sayLine(line: IncidentLine, by: string | null, said: Said): string {
	const { judged, board, own } = said;
	const subject = line.subject === undefined ? '' : nameSubject(line.subject, judged, board);
	const until = line.until === undefined ? '' : timeIn(said)(line.until);
	const isOfStatement = line.subject?.startsWith('statement/') === true;
	const text = line.text ?? (isOfStatement ? subject : '');
	return fill(own.incident.line[line.what], { text, by: by ?? own.incident.byRegia, detail: detailOf(line, said), subject, until })
		.replace(/[.:,] *$/, '')
		.trim();
}

function detailOf({ what, detail = '' }: IncidentLine, { board, own }: Said): string {
	const [law = '', step = ''] = detail.split('.');
	const laws: Readonly<Record<string, string>> = own.clock.lawShort;
	const steps: Readonly<Record<string, Readonly<Record<string, string>>>> = own.clock.step;
	const lists: Readonly<Record<string, Readonly<Record<string, string>>>> = {
		status: own.incident.status,
		cause: own.incident.nature,
		role: own.incident.role,
		contradicted: own.statement.why,
	};
	if (what.startsWith('clock-')) return [laws[law] ?? law, steps[law]?.[step]].filter((one) => one !== undefined).join(', ');
	if (what.startsWith('alarm')) return nameRule(detail, board, own);
	return lists[what]?.[detail] ?? detail;
}
