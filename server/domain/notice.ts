// What is to be told, over which channel, and when: by priority, quiet hours, escalation; the same thing once. Pure.
import type { Board } from '../../shared/board.ts';
import type { AutoDraft } from '../../shared/entry.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Plan } from '../../shared/plan.ts';

/** Null where nothing is to be told that the record does not hold already. */
export const decideNotices = (_plan: Plan, _board: Board, _judged: BoardNow, _now: number): Extract<AutoDraft, { what: 'notices' }> | null => null;
