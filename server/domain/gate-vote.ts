// Whether a vote can be taken now, whoever casts it: who may is asked elsewhere (may.ts). Pure.
import type { Board } from '../../shared/board.ts';
import type { GateFacts } from '../../shared/board-night.ts';
import { judgeGate } from '../../shared/judge-gate.ts';
import type { Vote } from '../../shared/mark.ts';
import type { MarkRefusal } from '../../shared/mark-refusal.ts';

/** Hold and back are taken as long as the gate is open; go only while every criterion is met. Null: nothing stands against it. */
export function refusalOfVote(vote: Vote, gate: GateFacts, board: Pick<Board, 'tasks'>, now: number): MarkRefusal | null {
	const { closed, canGo, criteria } = judgeGate(gate, board, now);
	if (closed !== null) {
		const why = closed.how === 'passed' ? 'it was passed' : 'its time ran out';
		return { ok: false, code: 'gate-closed', message: `No vote is taken any more: ${why}. Reopen its task, or give it more time in the plan.` };
	}
	if (vote !== 'go' || canGo) return null;
	const unmet = criteria.filter((one) => !one.met).map(({ id, reason }) => `${id} (${reason})`);
	const message =
		unmet.length === 0 ? 'A gate without criteria is never at go: the plan gives it some.' : `Vote go once these are met: ${unmet.join(', ')}.`;
	return { ok: false, code: 'criteria-not-met', message };
}
