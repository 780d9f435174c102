// Tonight beside the rehearsal at the same T+: how far ahead of it an archive and a stream are. Negative: behind. Pure.
import type { ArchiveFacts, Board, Figure, Trend } from './board.ts';
import type { TaskFacts } from './board-night.ts';
import { type Curve, type CurveName, curveTask, reachedAt } from './curve.ts';
import type { ArchiveNow } from './judge-archive.ts';

export type GhostNow = {
	/** Null as soon as tonight's figure is not known, or the rehearsal never stood there. */
	readonly archives: Readonly<Record<string, { readonly movedAheadMs: number | null; readonly verifiedAheadMs: number | null }>>;
	/** By the last of its tasks that was begun or ended, or by the most overdue of the open ones where that is worse. Null before there is any. */
	readonly streams: Readonly<Record<string, number | null>>;
};

export function judgeGhost(board: Board, archives: Readonly<Record<string, ArchiveNow>>, now: number): GhostNow | null {
	const { ghost } = board;
	const cutover = board.follows === null ? undefined : board.cutovers[board.follows];
	if (ghost === null || cutover === undefined) return null;
	const { windowStart } = cutover;
	const known = Object.entries(board.archives).filter(([id]) => Object.hasOwn(ghost.archives, id));
	return {
		archives: Object.fromEntries(
			known.map(([id, facts]) => {
				const aheadOf = (name: CurveName): number | null =>
					archives[id]?.standing === 'blind' ? null : archiveAhead(ghost, id, facts, name, windowStart, board.bucketMs);
				return [id, { movedAheadMs: aheadOf('moved'), verifiedAheadMs: aheadOf('verified') }];
			}),
		),
		streams: streamsAhead(ghost, board.tasks, windowStart, now),
	};
}

function archiveAhead(ghost: Curve, id: string, facts: ArchiveFacts, name: CurveName, windowStart: number, bucketMs: number): number | null {
	const unit = ghost.archives[id]?.unit === 'items' ? 'items' : 'bytes';
	const figure: Figure | undefined = facts.figures[`${unit}${name === 'moved' ? 'Moved' : 'Verified'}`];
	const total = facts.figures[`${unit}Total`]?.[0] ?? null;
	const value = figure?.[0] ?? null;
	if (figure === undefined || value === null) return null;
	const then = reachedAt(ghost, id, name, value);
	// What is whole is not overtaken by the rehearsal any more: it counts when it came to be so.
	const isWhole = total !== null && value >= total;
	const at = (isWhole ? firstAt(facts.trends[name], value, bucketMs) : null) ?? Math.min(figure[1], figure[2]);
	return then === null ? null : then - (at - windowStart);
}

/** The end of the first bucket that held `value`. */
function firstAt(trend: Trend, value: number, bucketMs: number): number | null {
	const buckets = Object.entries(trend).filter(([, held]) => held >= value);
	return buckets.length === 0 ? null : (Math.min(...buckets.map(([bucket]) => Number(bucket))) + 1) * bucketMs;
}

function streamsAhead(ghost: Curve, tasks: Board['tasks'], windowStart: number, now: number): GhostNow['streams'] {
	const streams: Record<string, number | null> = {};
	const newest: Record<string, number> = {};
	const overdue: Record<string, number> = {};
	for (const [id, task] of Object.entries(tasks)) {
		if (task.kind === 'rollback' || !Object.hasOwn(ghost.tasks, id)) continue;
		const { stream } = task;
		streams[stream] ??= null;
		const [start, end] = curveTask(ghost, id, windowStart);
		const behind = overdueBy(task, start, end, now);
		if (behind > 0) overdue[stream] = Math.max(overdue[stream] ?? 0, behind);
		const last = lastStep(task, start, end);
		if (last === null || last.at < (newest[stream] ?? Number.NEGATIVE_INFINITY)) continue;
		newest[stream] = last.at;
		streams[stream] = last.aheadMs;
	}
	for (const [stream, behind] of Object.entries(overdue)) streams[stream] = Math.min(streams[stream] ?? 0, -behind);
	return streams;
}

/** By how much it is past the moment at which the rehearsal had begun it (not begun yet) or ended it. */
function overdueBy({ state }: TaskFacts, start: number | null, end: number | null, now: number): number {
	const due = state === 'waiting' ? start : state === 'running' ? end : null;
	return due === null ? 0 : Math.max(0, now - due);
}

function lastStep(task: TaskFacts, start: number | null, end: number | null): { readonly at: number; readonly aheadMs: number } | null {
	if (task.state !== 'running' && task.endedAt !== null && end !== null) return { at: task.endedAt, aheadMs: end - task.endedAt };
	return task.startedAt !== null && start !== null ? { at: task.startedAt, aheadMs: start - task.startedAt } : null;
}
