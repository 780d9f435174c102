// When the next forecast is due, and the seed it is drawn by. Pure: the clock is whoever asks's.
import type { Board } from '../../shared/board.ts';
import type { ForecastFacts } from '../../shared/board-night.ts';
import { isFinished } from '../../shared/judge-forecast.ts';
import type { MarkKind } from '../../shared/mark.ts';

export const FORECAST_DRAWS = 1000;
export const FORECAST_EVERY_MS = 60_000;
const BEFORE_WINDOW_MS = 3_600_000;
/** Marks that change what is left to do. */
const changing: ReadonlySet<MarkKind> = new Set<MarkKind>(['task', 'vote', 'turn', 'writes', 'undo']);

export function isForecastDue(last: ForecastFacts | null, board: Board, now: number): boolean {
	const cutover = board.follows === null ? undefined : board.cutovers[board.follows];
	if (cutover === undefined || now < cutover.windowStart - BEFORE_WINDOW_MS) return false;
	if (Object.keys(board.tasks).length + Object.keys(board.archives).length === 0) return false;
	if (isFinished(board, now)) return last !== null && !isLast(last);
	if (last === null) return true;
	return now - last.at >= FORECAST_EVERY_MS || (now > last.at && hasChangedSince(board, last.at));
}

/** It found nothing left. */
const isLast = ({ finish, tasks, archives }: ForecastFacts): boolean =>
	finish !== null && Object.keys(tasks).length === 0 && Object.keys(archives).length === 0;

/** A mark of the very millisecond of the last forecast may have come after it. */
function hasChangedSince(board: Board, at: number): boolean {
	for (const row of Object.values(board.marks.rows)) if (row.at >= at && changing.has(row.mark.kind)) return true;
	for (const { decided, reopened, closed } of Object.values(board.gates)) {
		if ((decided?.at ?? 0) >= at || (reopened?.[1] ?? 0) >= at || (closed?.[1] ?? 0) >= at) return true;
	}
	return false;
}

/** By the plan and the moment alone, so that the same board at the same moment is drawn alike (FNV-1a). */
export function seedOf(board: Pick<Board, 'plan'>, now: number): number {
	let value = 0x811c9dc5;
	for (const letter of `${board.plan?.digest ?? ''}/${now}`) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193);
	return value >>> 0;
}
