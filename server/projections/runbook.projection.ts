// The runbook: each task as planned, and what people marked on it. A mark changes one task; how it stood before is kept for as long
// as the mark may be taken back.
import type { TaskFacts } from '../../shared/board-night.ts';
import type { MarkDraft } from '../../shared/entry.ts';
import { type Mark, UNDO_WITHIN_MS } from '../../shared/mark.ts';
import type { Plan } from '../../shared/plan.ts';

type Progress = Pick<TaskFacts, 'state' | 'startedAt' | 'endedAt' | 'by' | 'reason' | 'reopened'>;
/** `marked`: its marks of the last seconds, newest last, each with how it stood before. */
export type TaskCell = { live: TaskFacts; retired: boolean; marked: { seq: number; at: number; before: Progress }[] };
export type TaskCells = Record<string, TaskCell>;

const untouched: Progress = { state: 'waiting', startedAt: null, endedAt: null, by: null, reason: null, reopened: 0 };

export function planTasks(cells: TaskCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.tasks[id] === undefined;
	for (const [id, one] of Object.entries(plan.tasks)) {
		const planned = {
			label: one.label,
			kind: one.kind,
			stream: one.stream ?? (one.team === undefined ? '' : (plan.teams[one.team]?.label ?? one.team)),
			team: one.team ?? null,
			owner: one.owner ?? null,
			plannedStart: one.start ?? null,
			durationMs: one.duration,
			rehearsed: one.rehearsed === undefined ? null : ([one.rehearsed.p50, one.rehearsed.p90] as const),
			after: one.after,
			fixed: one.fixed ?? null,
			criterion: one.criterion ?? null,
			gate: one.gate ?? null,
			archive: one.archive ?? null,
			restores: one.restores ?? null,
		};
		const cell = cells[id];
		if (cell) cell.live = { ...cell.live, ...planned };
		else cells[id] = { live: { ...planned, ...untouched }, retired: false, marked: [] };
	}
}

export function applyTaskMark(cells: TaskCells, seq: number, { mark, at, by }: MarkDraft): void {
	if (mark.kind === 'undo') {
		const cell = Object.values(cells).find(({ marked }) => marked.at(-1)?.seq === mark.seq);
		if (cell) cell.live = { ...cell.live, ...cell.marked.pop()?.before };
	}
	const cell = mark.kind === 'task' && Object.hasOwn(cells, mark.task) ? cells[mark.task] : undefined;
	if (mark.kind !== 'task' || !cell) return;
	const { state, startedAt, endedAt, by: whose, reason, reopened } = cell.live;
	while (cell.marked[0] && at - cell.marked[0].at > UNDO_WITHIN_MS) cell.marked.shift();
	cell.marked.push({ seq, at, before: { state, startedAt, endedAt, by: whose, reason, reopened } });
	cell.live = { ...cell.live, ...after(cell.live, mark, at), by, reason: mark.reason ?? null };
}

function after(live: TaskFacts, { state }: Extract<Mark, { kind: 'task' }>, at: number): Partial<Progress> {
	switch (state) {
		case 'started':
			return { state: 'running', startedAt: at, endedAt: null };
		case 'reopened':
			return { state: 'waiting', startedAt: null, endedAt: null, reopened: live.reopened + 1 };
		default:
			return { state, startedAt: live.startedAt ?? at, endedAt: at };
	}
}
