// Which marks are dangerous, so that they are armed first (decision 12), and what exactly a nonce for one is good for. Pure.
import type { Board } from '../../shared/board.ts';
import type { Mark } from '../../shared/mark.ts';
import type { MarkRefusal } from '../../shared/mark-refusal.ts';
import type { ArmedAct } from './arm.ts';

/** A vote, the passing of a gate, turning the night back or on, shelving a P1, starting or waiving a legal clock, and releasing or withdrawing a press sheet; null for every other mark. The subject names all that the mark says. */
export function armedActOf(mark: Mark, board: Pick<Board, 'tasks' | 'follows' | 'alarms'>): Omit<ArmedAct, 'caller'> | null {
	if (mark.kind === 'vote') return { action: 'mark.vote', subject: `gate/${mark.gate} ${mark.position} ${mark.vote}` };
	if (mark.kind === 'turn') return { action: 'mark.turn', subject: `cutover/${board.follows ?? ''} ${mark.way}` };
	if (mark.kind === 'alarm') {
		if (mark.act !== 'shelve' || board.alarms.active[mark.alarm]?.priority !== 1) return null;
		return { action: 'mark.shelve', subject: `alarm/${mark.alarm} ${mark.until} ${mark.reason}` };
	}
	if (mark.kind === 'clock') return armedClockOf(mark);
	if (mark.kind === 'press') return armedPressOf(mark);
	if (mark.kind !== 'task' || mark.state !== 'done') return null;
	const task = Object.hasOwn(board.tasks, mark.task) ? board.tasks[mark.task] : undefined;
	return task?.kind === 'gate' || (task?.gate ?? null) !== null ? { action: 'mark.pass', subject: `task/${mark.task}` } : null;
}

/** What is decided of a legal clock stands; that something was sent is a fact, and has a protocol number. */
function armedClockOf(mark: Extract<Mark, { kind: 'clock' }>): Omit<ArmedAct, 'caller'> | null {
	if (mark.act === 'sent') return null;
	return { action: 'mark.clock', subject: `incident/${mark.incident} ${mark.law} ${mark.act} ${mark.act === 'start' ? mark.awareAt : mark.reason}` };
}

/** What the public reads is let out, or taken back, by hand. */
function armedPressOf(mark: Extract<Mark, { kind: 'press' }>): Omit<ArmedAct, 'caller'> | null {
	if (mark.act === 'draft') return null;
	const what = mark.act === 'release' ? `${mark.embargoUntil ?? ''} ${mark.supersedes ?? ''}` : mark.reason;
	return { action: 'mark.press', subject: `sheet/${mark.sheet} ${mark.act} ${what}` };
}

/** Where the nonce is missing, spent, late, or for something else. */
export const notArmed: MarkRefusal = {
	ok: false,
	code: 'not-armed',
	message:
		'Ask POST /api/arm with { mark } for a nonce, and send { mark, nonce } within 30 seconds: it is good once, for this very mark and this caller.',
};
