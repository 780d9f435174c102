// The runbook: each task as planned, and what people marked on it. A mark changes one task; the one before it is kept, to be taken back to.
import type { TaskFacts } from '../../shared/board-night.ts';
import type { MarkDraft } from '../../shared/entry.ts';
import type { Mark } from '../../shared/mark.ts';
import type { Plan } from '../../shared/plan.ts';

type Progress = Pick<TaskFacts, 'state' | 'startedAt' | 'endedAt' | 'by' | 'reason' | 'reopened'>;
/** `marked`: the seq of its last mark, and how it stood before. */
export type TaskCell = { live: TaskFacts; retired: boolean; marked: { seq: number; before: Progress } | null };
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
		else cells[id] = { live: { ...planned, ...untouched }, retired: false, marked: null };
	}
}

export function applyTaskMark(cells: TaskCells, seq: number, { mark, at, by }: MarkDraft): void {
	if (mark.kind === 'undo') {
		for (const cell of Object.values(cells)) {
			if (cell.marked?.seq !== mark.seq) continue;
			cell.live = { ...cell.live, ...cell.marked.before };
			cell.marked = null;
		}
	}
	const cell = mark.kind === 'task' ? cells[mark.task] : undefined;
	if (mark.kind !== 'task' || !cell) return;
	const { state, startedAt, endedAt, by: whose, reason, reopened } = cell.live;
	cell.marked = { seq, before: { state, startedAt, endedAt, by: whose, reason, reopened } };
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
