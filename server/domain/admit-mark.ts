// Admission of marks: which of them may be taken, on the board as it stands. Pure: told the time and who makes it.
// Who may make which kind is asked elsewhere (may.ts, ownership.ts).
import type { Board, CutoverFacts } from '../../shared/board.ts';
import type { TaskFacts } from '../../shared/board-night.ts';
import { judgeArchive } from '../../shared/judge-archive.ts';
import { judgeGate } from '../../shared/judge-gate.ts';
import { type Mark, UNDO_WITHIN_MS } from '../../shared/mark.ts';
import type { MarkRefusal, MarkRefusalCode } from '../../shared/mark-refusal.ts';
import type { PressPlan } from '../../shared/plan-press.ts';
import { admitAlarmMark } from './admit-alarm-mark.ts';
import { admitCount } from './admit-count.ts';
import { admitIncidentMark } from './admit-incident-mark.ts';
import { admitPressMark } from './admit-press-mark.ts';
import { refusalOfVote } from './gate-vote.ts';

/**
 * `isComposed`: a sheet's draft with what the server itself froze beside it. `press`: what the plan in force says of the press (null: nothing);
 * left out where a mark is only asked about, and not yet made.
 */
export type MarkContext = {
	readonly board: Board;
	readonly now: number;
	readonly by: string;
	readonly isComposed?: boolean;
	readonly press?: PressPlan | null;
};
type MarkOf<K extends Mark['kind']> = Extract<Mark, { kind: K }>;

const refuse = (code: MarkRefusalCode, message: string): MarkRefusal => ({ ok: false, code, message });
const unknown = (what: string, known: object | readonly string[]): MarkRefusal => {
	const names = Array.isArray(known) ? (known as readonly string[]) : Object.keys(known);
	const shown = names.slice(0, 20).join(', ') || `no ${what}s`;
	return refuse('unknown-subject', `${what}: the plan has ${shown}${names.length > 20 ? `, … (${names.length} in all)` : ''}`);
};

/** Names that the plan does not have; asked before anything else, of everybody alike. */
export function unknownName(mark: Mark, board: Board): MarkRefusal | null {
	const missing = (what: string, id: string, known: object): MarkRefusal | null => (Object.hasOwn(known, id) ? null : unknown(what, known));
	switch (mark.kind) {
		case 'phase': {
			const phases = ((board.follows === null ? undefined : board.cutovers[board.follows])?.phases ?? []).map((one) => one.id);
			return phases.includes(mark.phase) ? null : unknown('phase', phases);
		}
		case 'service':
			return missing('service', mark.service, board.services);
		case 'task':
			return missing('task', mark.task, board.tasks);
		case 'vote':
			return missing('gate', mark.gate, board.gates) ?? missing('position', mark.position, board.gates[mark.gate]?.positions ?? {});
		case 'report':
			return missing('team', mark.team, board.teams);
		case 'count':
		case 'paper':
		case 'diversion':
		case 'bedside':
			return missing('site', mark.site, board.sites);
		case 'clock':
			return missing('incident', mark.incident, board.incidents.rows);
		case 'incident':
			return mark.act === 'open' ? null : missing('incident', mark.incident, board.incidents.rows);
		case 'statement':
			return mark.incident === undefined ? null : missing('incident', mark.incident, board.incidents.rows);
		case 'press':
			return mark.act === 'draft' ? null : missing('sheet', mark.sheet, board.press.rows);
		case 'channel':
			return missing('channel', mark.channel, board.channels);
		default:
			return null;
	}
}

/** Null where the mark may be taken. Each refusal says what stands in the way, and what to do. */
export function admitMark(mark: Mark, context: MarkContext): MarkRefusal | null {
	const { board, now } = context;
	return unknownName(mark, board) ?? admitKnown(mark, context, board.follows === null ? undefined : board.cutovers[board.follows], now);
}

function admitKnown(mark: Mark, context: MarkContext, cutover: CutoverFacts | undefined, now: number): MarkRefusal | null {
	switch (mark.kind) {
		case 'task':
			return admitTask(mark, context, typeof cutover?.turnedBackAt === 'number');
		case 'vote': {
			const gate = context.board.gates[mark.gate];
			return gate ? refusalOfVote(mark.vote, gate, context.board, now) : null;
		}
		case 'report':
			if (mark.promise === undefined || mark.promise > now) return null;
			return refuse('promise-past', 'A promise lies ahead of now: give a later moment, or report without one.');
		case 'writes':
			return admitWrites(mark, cutover?.frozenAt ?? null, cutover?.firstGoodAt ?? null);
		case 'turn': {
			const isBack = typeof cutover?.turnedBackAt === 'number';
			if (mark.way === 'back') return isBack ? refuse('already', 'The night is turned back already.') : null;
			return isBack ? null : refuse('not-begun', 'The night was not turned back: it goes on as it is.');
		}
		case 'undo':
			return admitUndo(mark, context);
		case 'count':
			return admitCount(mark, now);
		case 'alarm':
			return admitAlarmMark(mark, context);
		case 'incident':
		case 'statement':
		case 'clock':
			return admitIncidentMark(mark, context);
		case 'press':
			return admitPressMark(mark, context);
		case 'paper':
			return admitPaper(mark, context.board.sites[mark.site]?.dark ?? null);
		default:
			return null;
	}
}

/** Going on paper, or off it, is said as often as one likes: the service's own mark may have been first. */
function admitPaper({ state }: MarkOf<'paper'>, dark: { readonly restoredAt: number | null } | null): MarkRefusal | null {
	if (state === 'on') return null;
	if (dark === null) return refuse('not-begun', 'This site was not on paper: mark that first.');
	const isEarly = state === 'entered' && dark.restoredAt === null;
	return isEarly ? refuse('not-begun', 'Its system is not back yet: mark that first, then that all is entered.') : null;
}

function admitWrites({ state }: MarkOf<'writes'>, frozenAt: number | null, firstGoodAt: number | null): MarkRefusal | null {
	const isFrozen = frozenAt !== null && firstGoodAt === null;
	if (state === 'frozen') return isFrozen ? refuse('already', 'Writes are frozen already.') : null;
	return isFrozen ? null : refuse('not-begun', 'No write freeze is under way: mark the freeze first.');
}

const endings: Readonly<Record<'done' | 'skipped' | 'failed', string>> = { done: 'done', skipped: 'skipped', failed: 'marked as failed' };

function admitTask(mark: MarkOf<'task'>, context: MarkContext, isTurnedBack: boolean): MarkRefusal | null {
	const { board } = context;
	const task = board.tasks[mark.task];
	if (!task) return null;
	const stateFault = transition(task, mark.state);
	if (stateFault) return stateFault;
	const isBegun = mark.state !== 'skipped' && task.state === 'waiting';
	if (task.kind === 'rollback' && isBegun && !isTurnedBack) {
		return refuse('not-turned', 'A step of the way back begins once the night is turned back: mark the turn first.');
	}
	if ((mark.state === 'skipped' || mark.state === 'failed') && mark.reason === undefined) {
		return refuse('reason-missing', `A task is ${endings[mark.state]} for a reason: give it as "reason".`);
	}
	if (mark.state === 'started' || mark.state === 'done') {
		const shut = task.after.find((id) => board.tasks[id]?.gate != null && board.tasks[id]?.state !== 'done');
		if (shut !== undefined) return refuse('gate-not-passed', `The gate "${shut}" before it is not passed: pass it first.`);
	}
	if (mark.state === 'done' && task.archive !== null && !isVerified(task.archive, context)) {
		return refuse('not-verified', `The archive "${task.archive}" is not verified: wait until it is, or skip or fail the task with a reason.`);
	}
	return task.gate === null ? null : admitPassing(mark, task.gate, context);
}

/** A copy is done when its archive is verified, on fresh figures; nobody's word stands for that (rule 17). */
function isVerified(id: string, { board, now }: MarkContext): boolean {
	const facts = Object.hasOwn(board.archives, id) ? board.archives[id] : undefined;
	return facts !== undefined && judgeArchive(id, facts, now, board.sources).done;
}

/** A gate is passed while it stands at go, and in no other way: it is never skipped (rule 8). */
function admitPassing({ state }: MarkOf<'task'>, id: string, { board, now }: MarkContext): MarkRefusal | null {
	if (state === 'skipped') return refuse('gate-not-go', 'A gate is passed or stays shut, it is not skipped: change the plan where it is not needed.');
	if (state !== 'done') return null;
	const gate = board.gates[id];
	if (gate && judgeGate(gate, board, now).state === 'go') return null;
	return refuse('gate-not-go', 'The gate does not stand at go: its criteria must be met and its votes in.');
}

function transition({ state }: TaskFacts, to: MarkOf<'task'>['state']): MarkRefusal | null {
	const isOpen = state === 'waiting' || state === 'running';
	switch (to) {
		case 'started':
			if (state === 'running') return refuse('already', 'The task is running already.');
			return isOpen ? null : refuse('already', `The task is ${endings[state]}: reopen it first.`);
		case 'reopened':
			return state === 'waiting' ? refuse('not-begun', 'The task has not begun: there is nothing to reopen.') : null;
		case 'skipped':
			return isOpen || state === 'failed' ? null : refuse('already', `The task is ${endings[state]} already: reopen it first.`);
		default:
			return isOpen ? null : refuse('already', `The task is ${endings[state]} already: reopen it first.`);
	}
}

/** What a mark is about, where it can be taken back. */
function targetOf(mark: Mark): string | null {
	switch (mark.kind) {
		case 'task':
			return `task/${mark.task}`;
		case 'vote':
			return `vote/${mark.gate}/${mark.position}`;
		case 'report':
			return `report/${mark.team}`;
		case 'phase':
			return `phase/${mark.phase}`;
		case 'service':
			return `service/${mark.service}`;
		case 'paper':
		case 'diversion':
		case 'bedside':
			return `${mark.kind}/${mark.site}`;
		case 'incident':
			return mark.act === 'cause' ? `cause/${mark.incident}` : null;
		default:
			return null;
	}
}

/**
 * What is marked on a gate's task is about its votes too: a passing ends them, a reopening drops them. A service's stop and restore
 * are about the paper of the sites that hang on it; an incident's status rests on its cause.
 */
function overlays(earlier: Mark, later: Mark, { gates, sites }: Board): boolean {
	if (targetOf(later) === targetOf(earlier)) return true;
	if (earlier.kind === 'incident' && later.kind === 'incident') return later.incident === earlier.incident && later.act === 'status';
	if (earlier.kind === 'paper' && later.kind === 'service') return sites[earlier.site]?.service === later.service;
	if (earlier.kind === 'service' && later.kind === 'paper') return sites[later.site]?.service === earlier.service;
	return earlier.kind === 'vote' && later.kind === 'task' && later.task === gates[earlier.gate]?.task;
}

/** Of a gate only the very last is taken back, so that no two hands turn one decision to and fro. */
const isOfGate = (mark: Mark, { tasks }: Board): boolean => mark.kind === 'vote' || (mark.kind === 'task' && tasks[mark.task]?.gate != null);

function admitUndo({ seq }: MarkOf<'undo'>, { board, now, by }: MarkContext): MarkRefusal | null {
	const { rows } = board.marks;
	const row = Object.hasOwn(rows, seq) ? rows[seq] : undefined;
	if (!row) return refuse('nothing-to-undo', `Entry ${seq} is no mark of the last ones.`);
	const target = targetOf(row.mark);
	if (target === null) return refuse('nothing-to-undo', `A mark of the kind "${row.mark.kind}" is not taken back: make one that corrects it.`);
	const undone = new Set(Object.values(rows).flatMap(({ mark }) => (mark.kind === 'undo' ? [mark.seq] : [])));
	if (undone.has(seq)) return refuse('nothing-to-undo', `Entry ${seq} is taken back already.`);
	if (row.by !== by) return refuse('not-yours', 'Only who made a mark takes it back.');
	if (now - row.at > UNDO_WITHIN_MS)
		return refuse('too-late', `A mark is taken back within ${UNDO_WITHIN_MS / 1000} s: make a new one that corrects it.`);
	const after = Object.entries(rows).filter(([other]) => Number(other) > seq);
	const later = after.find(([other, one]) => overlays(row.mark, one.mark, board) && (isOfGate(row.mark, board) || !undone.has(Number(other))));
	return later ? refuse('overlaid', `Entry ${later[0]} came after it on the same thing: take that back first.`) : null;
}
