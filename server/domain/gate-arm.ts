// Which marks are dangerous, so that they are armed first (decision 12), and what exactly a nonce for one is good for. Pure.
import type { Board } from '../../shared/board.ts';
import type { Mark } from '../../shared/mark.ts';
import type { MarkRefusal } from '../../shared/mark-refusal.ts';
import type { ArmedAct } from './arm.ts';

/** A vote, the passing of a gate, and turning the night back or on; null for every other mark. The subject names all that the mark says. */
export function armedActOf(mark: Mark, board: Pick<Board, 'tasks' | 'follows'>): Omit<ArmedAct, 'caller'> | null {
	if (mark.kind === 'vote') return { action: 'mark.vote', subject: `gate/${mark.gate} ${mark.position} ${mark.vote}` };
	if (mark.kind === 'turn') return { action: 'mark.turn', subject: `cutover/${board.follows ?? ''} ${mark.way}` };
	if (mark.kind !== 'task' || mark.state !== 'done') return null;
	const task = Object.hasOwn(board.tasks, mark.task) ? board.tasks[mark.task] : undefined;
	return task?.kind === 'gate' || (task?.gate ?? null) !== null ? { action: 'mark.pass', subject: `task/${mark.task}` } : null;
}

/** Where the nonce is missing, spent, late, or for something else. */
export const notArmed: MarkRefusal = {
	ok: false,
	code: 'not-armed',
	message:
		'Ask POST /api/arm with { mark } for a nonce, and send { mark, nonce } within 30 seconds: it is good once, for this very mark and this caller.',
};
