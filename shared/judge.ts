// The board at a moment: standings and ages, derived from the facts by this one function on both ends (decision 1).
import type { Board } from './board.ts';
import { judgeAlarms } from './judge-alarms.ts';
import { type BoardNow, judgeBoard } from './judge-board.ts';
import { judgeBreakdown } from './judge-breakdown.ts';
import { judgeEr } from './judge-er.ts';

export type { BoardNow, CutoverNow, Rollup } from './judge-board.ts';
export { rollUp } from './judge-board.ts';

/** With all its parts: the order of restore is a matter of services alone, also where the plan has nothing else of failures. */
export const judge = (board: Board, now: number): BoardNow => judgeBoard(board, now, judgeEr(board, now), judgeBreakdown, judgeAlarms);
