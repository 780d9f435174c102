// The runbook as its table shows it: rows, filters, differences. Pure: told state, words and language.
import { formatMoment, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { TaskNow, TaskStatus } from '../../shared/judge-night.ts';
import type { RunbookWords } from '../../shared/words/runbook-words.ts';
import { fill } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { zoneOf } from '../store/selectors.ts';
import { type Duties, mayMark } from './desk-duties.ts';

export const statusChoices = ['all', 'late', 'running', 'ready'] as const;
export type StatusChoice = (typeof statusChoices)[number];
export type RunbookFilter = {
	readonly text: string;
	readonly stream: string;
	readonly team: string;
	readonly status: StatusChoice;
	readonly mine: boolean;
};
export const noFilter: RunbookFilter = { text: '', stream: '', team: '', status: 'all', mine: false };

export type RunbookRow = {
	readonly id: string;
	readonly label: string;
	readonly stream: string;
	readonly team: string | null;
	readonly teamLabel: string;
	readonly kind: TaskNow['kind'];
	readonly gate: string | null;
	readonly status: TaskStatus;
	readonly isLate: boolean;
	readonly isCritical: boolean;
	readonly start: string;
	readonly actual: string;
	readonly forecast: string;
	readonly delta: string;
	readonly isOpen: boolean;
	readonly may: boolean;
};

const MINUTE_MS = 60_000;

/** 9 min, 1 h 05; rounded towards zero. */
export function sayDuration(ms: number): string {
	const minutes = Math.floor(Math.abs(ms) / MINUTE_MS);
	return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

/** Behind is a plus: +9 min. Less than a minute is no difference. */
export const sayDelta = (ms: number | null): string =>
	ms === null ? UNKNOWN : Math.abs(ms) < MINUTE_MS ? '0' : `${ms > 0 ? '+' : '−'}${sayDuration(ms)}`;

/** How far from its plan a task ends, or would; where neither can be told, how late it already is. */
export function deltaOf(task: TaskNow): number | null {
	const end = task.endedAt ?? task.forecast?.[1] ?? null;
	if (task.status === 'skipped') return null;
	if (task.planned !== null && end !== null) return end - task.planned[1];
	return task.isLate ? task.lateMs : null;
}

export const teamLabelOf = (team: string | null, { followed }: Pick<ScreenState, 'followed'>): string =>
	team === null ? '' : (followed?.board.teams[team]?.label ?? team);

export function actualOf(task: TaskNow, zone: string, words: RunbookWords): string {
	if (task.startedAt === null) return '';
	const from = formatMoment(task.startedAt, zone);
	if (task.endedAt === null) return fill(words.since, { time: from });
	const to = formatMoment(task.endedAt, zone);
	return from === to ? to : `${from}–${to}`;
}

export const spanOf = (span: readonly [number, number] | null, zone: string): string =>
	span === null ? '' : `${formatMoment(span[0], zone)}–${formatMoment(span[1], zone)}`;

const byStart = ([aId, a]: readonly [string, TaskNow], [bId, b]: readonly [string, TaskNow]): number =>
	(a.planned?.[0] ?? a.forecast?.[0] ?? Number.MAX_VALUE) - (b.planned?.[0] ?? b.forecast?.[0] ?? Number.MAX_VALUE) || (aId < bId ? -1 : 1);

/** Steps of the way back stand in the list only once the night is turned back, or where they are asked for by name. */
export const inOrder = ({ runbook, cutover }: BoardNow): readonly (readonly [string, TaskNow])[] => {
	const isBack = cutover !== null && cutover.turnedBackAt !== null;
	return Object.entries(runbook.tasks)
		.filter(([, task]) => isBack || task.kind !== 'rollback')
		.sort(byStart);
};

function passes(task: TaskNow, id: string, team: string, filter: RunbookFilter, duties: Duties): boolean {
	const sought = filter.text.trim().toLocaleLowerCase();
	if (sought !== '' && !`${task.label} ${id} ${task.stream} ${team}`.toLocaleLowerCase().includes(sought)) return false;
	if (filter.stream !== '' && task.stream !== filter.stream) return false;
	if (filter.team !== '' && task.team !== filter.team) return false;
	if (filter.mine && !isMine(task, duties)) return false;
	switch (filter.status) {
		case 'late':
			return task.isLate;
		case 'running':
		case 'ready':
			return task.status === filter.status;
		default:
			return true;
	}
}

const isMine = (task: TaskNow, { teams, roles }: Duties): boolean =>
	(task.team !== null && teams.includes(task.team)) || (task.owner !== null && task.owner !== 'team-lead' && roles.includes(task.owner));

export function runbookModel(state: ScreenState, filter: RunbookFilter, duties: Duties, words: RunbookWords, _language: Language) {
	const { judged } = state;
	if (judged === null) return null;
	const zone = zoneOf(judged);
	const all = inOrder(judged);
	const rows: RunbookRow[] = [];
	for (const [id, task] of all) {
		const team = teamLabelOf(task.team, state);
		if (!passes(task, id, team, filter, duties)) continue;
		const delta = deltaOf(task);
		const isOpen = task.endedAt === null;
		rows.push({
			id,
			label: task.label,
			stream: task.stream,
			team: task.team,
			teamLabel: team,
			kind: task.kind,
			gate: task.gate,
			status: task.status,
			isLate: task.isLate,
			isCritical: task.isCritical && isOpen,
			start: task.planned === null ? '' : formatMoment(task.planned[0], zone),
			actual: actualOf(task, zone, words),
			forecast: isOpen ? spanOf(task.forecast, zone) : '',
			delta: delta === null ? '' : sayDelta(delta),
			isOpen,
			may: mayMark(duties, { team: task.team }),
		});
	}
	return {
		rows,
		all: all.length,
		streams: [...new Set(all.map(([, task]) => task.stream))].filter((one) => one !== '').sort(),
		teams: [...new Set(all.map(([, task]) => task.team))]
			.filter((one) => one !== null)
			.map((id) => [id, teamLabelOf(id, state)] as const)
			.sort((a, b) => (a[1] < b[1] ? -1 : 1)),
	};
}
