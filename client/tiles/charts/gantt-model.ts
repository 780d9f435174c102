// A runbook as bars on a time line: planned, rehearsed, actual, forecast, the critical chain. Pure; knows shares of the line, no pixels.
import { type Curve, curveTask } from '../../../shared/curve.ts';
import { formatMoment } from '../../../shared/format.ts';
import type { BoardNow } from '../../../shared/judge.ts';
import type { TaskNow } from '../../../shared/judge-night.ts';
import { timeTicks } from './chart-spec.ts';

/** From and to as shares of the line; null where it does not reach into the stretch, or is not known. */
export type GanttBar = readonly [from: number, to: number] | null;
export type GanttRow = {
	readonly id: string;
	readonly label: string;
	readonly status: TaskNow['status'];
	readonly isLate: boolean;
	readonly isCritical: boolean;
	readonly planned: GanttBar;
	/** The rehearsal at the same T+; without its curve, as long as half of the rehearsals took, and `tail` on to what nearly all took. */
	readonly rehearsed: GanttBar;
	readonly tail: GanttBar;
	readonly actual: GanttBar;
	readonly forecast: GanttBar;
	/** The times themselves, for ears: planned, actual, forecast. */
	readonly times: readonly [planned: Span | null, actual: readonly [string, string | null] | null, forecast: Span | null];
};
type Span = readonly [from: string, to: string];

export type GanttLine = { readonly at: number; readonly time: string };
export type GanttSpec = {
	readonly rows: readonly GanttRow[];
	readonly ticks: readonly { readonly at: number; readonly text: string }[];
	readonly now: GanttLine | null;
	readonly end: GanttLine | null;
	readonly back: GanttLine | null;
};

/** `hours`: how much around now is shown; null: the whole night. */
export type GanttSpan = { readonly hours: number | null };

const HOUR_MS = 3_600_000;
/** Moves by steps of this share of the line: less than an eye can tell draws nothing anew. */
const STEP = 1 / 2000;
const share = (at: number, from: number, to: number): number => Math.round((at - from) / (to - from) / STEP) * STEP;

export function ganttExtent(judged: BoardNow, tasks: readonly (readonly [string, TaskNow])[], { hours }: GanttSpan): readonly [number, number] {
	const { now, cutover } = judged;
	if (hours !== null) return [now - (hours * HOUR_MS) / 3, now + (hours * HOUR_MS * 2) / 3];
	let from = cutover?.windowStart ?? now;
	let to = cutover?.windowEnd ?? now;
	for (const [, task] of tasks) {
		for (const one of [task.planned, task.forecast]) {
			if (one === null) continue;
			from = Math.min(from, one[0]);
			to = Math.max(to, one[1]);
		}
		if (task.startedAt !== null) from = Math.min(from, task.startedAt);
		if (task.endedAt !== null) to = Math.max(to, task.endedAt);
	}
	return [from, Math.max(to, from + HOUR_MS / 4)];
}

export function ganttSpec(
	judged: BoardNow,
	tasks: readonly (readonly [string, TaskNow])[],
	span: GanttSpan,
	zone: string,
	ghost: Curve | null = null,
): GanttSpec {
	const [from, to] = ganttExtent(judged, tasks, span);
	const bar = (start: number, end: number): GanttBar => {
		if (end < from || start > to) return null;
		return [share(Math.max(start, from), from, to), share(Math.min(end, to), from, to)];
	};
	const clock = (at: number): string => formatMoment(at, zone);
	const line = (at: number | null | undefined): GanttLine | null =>
		at === null || at === undefined || at < from || at > to ? null : { at: share(at, from, to), time: clock(at) };
	const rows = tasks.map(([id, task]): GanttRow => {
		const { planned, forecast, startedAt, endedAt, rehearsed } = task;
		const isOpen = endedAt === null;
		const rehearsedFrom = startedAt ?? planned?.[0] ?? null;
		const then = ghost === null || judged.cutover === null ? null : curveTask(ghost, id, judged.cutover.windowStart);
		const [thenStart = null, thenEnd = null] = then ?? [];
		const wasPlayed = thenStart !== null && thenEnd !== null;
		return {
			id,
			label: task.label,
			status: task.status,
			isLate: task.isLate,
			isCritical: task.isCritical,
			planned: planned === null ? null : bar(...planned),
			rehearsed: wasPlayed
				? bar(thenStart, thenEnd)
				: rehearsed === null || rehearsedFrom === null
					? null
					: bar(rehearsedFrom, rehearsedFrom + rehearsed[0]),
			tail: wasPlayed || rehearsed === null || rehearsedFrom === null ? null : bar(rehearsedFrom + rehearsed[0], rehearsedFrom + rehearsed[1]),
			actual: startedAt === null ? null : bar(startedAt, endedAt ?? judged.now),
			forecast: isOpen && forecast !== null ? bar(Math.max(forecast[0], startedAt === null ? forecast[0] : judged.now), forecast[1]) : null,
			times: [
				planned === null ? null : [clock(planned[0]), clock(planned[1])],
				startedAt === null ? null : [clock(startedAt), endedAt === null ? null : clock(endedAt)],
				isOpen && forecast !== null ? [clock(forecast[0]), clock(forecast[1])] : null,
			],
		};
	});
	return {
		rows,
		ticks: timeTicks(from, to, 7).map((at) => ({ at: share(at, from, to), text: clock(at) })),
		now: line(judged.now),
		end: line(judged.cutover?.windowEnd),
		back: line(judged.rollback?.lastMoment),
	};
}
