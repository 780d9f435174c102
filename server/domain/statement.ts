// Which public sentences the data have come to contradict, or to bear out. Pure.
import type { Board } from '../../shared/board.ts';
import type { AutoDraft } from '../../shared/entry.ts';
import type { BoardNow } from '../../shared/judge.ts';

/** None where nothing has changed since the record's last word. */
export const decideStatements = (_board: Board, _judged: BoardNow, _now: number): Extract<AutoDraft, { what: 'statement' }>[] => [];
