// Admission of marks on incidents, statements and legal clocks. Pure.
import type { Board } from '../../shared/board.ts';
import { type ClockFacts, clockKey, type IncidentFacts } from '../../shared/board-incident.ts';
import { isBoardSubject } from '../../shared/figure-of.ts';
import { clockStepsOf } from '../../shared/judge-clock.ts';
import type { Mark } from '../../shared/mark.ts';
import type { MarkRefusal, MarkRefusalCode } from '../../shared/mark-refusal.ts';
import type { MarkContext } from './admit-mark.ts';
import { admitStatement } from './admit-statement.ts';

export type IncidentMark = Extract<Mark, { kind: 'incident' | 'statement' | 'clock' }>;
type IncidentAct<A extends string> = Extract<Mark, { kind: 'incident'; act: A }>;

/** A promise of news farther off than this is none. */
export const UPDATE_WITHIN_MS = 48 * 3_600_000;

/** Farther back than this nobody finds that something began: it is a slip of the year. */
export const BEGAN_WITHIN_MS = 90 * 24 * 3_600_000;
/** Somebody may have known before what the record has as the beginning, which may be when it was opened; by more than this it is a slip. */
export const AWARE_BEFORE_MS = 7 * 24 * 3_600_000;

const refuse = (code: MarkRefusalCode, message: string): MarkRefusal => ({ ok: false, code, message });

export function admitIncidentMark(mark: IncidentMark, context: MarkContext): MarkRefusal | null {
	if (mark.kind === 'statement') return admitStatement(mark, context);
	if (mark.kind === 'incident' && mark.act === 'open') return admitOpening(mark, context);
	const { rows } = context.board.incidents;
	const incident = Object.hasOwn(rows, mark.incident) ? rows[mark.incident] : undefined;
	if (!incident) return refuse('unknown-subject', `incident: there is no "${mark.incident}"`);
	return mark.kind === 'clock' ? admitClock(mark, incident, context) : admitChange(mark, incident, context);
}

function admitOpening({ incident, subject, alarm, since }: IncidentAct<'open'>, { board, now }: MarkContext): MarkRefusal | null {
	const { rows, past = {} } = board.incidents;
	if (Object.hasOwn(rows, incident) || Object.hasOwn(past, incident)) {
		return refuse('already', `The id "${incident}" is of another incident: each has its own, for ever.`);
	}
	if (alarm !== undefined && !Object.hasOwn(board.alarms.active, alarm)) {
		return refuse('unknown-subject', `alarm: "${alarm}" does not stand: open the incident without it, or from one that does.`);
	}
	if (subject !== undefined && !isBoardSubject(board, subject)) return refuse('unknown-subject', `subject: the plan has no "${subject}"`);
	if (since === undefined) return null;
	if (since > now) return refuse('in-the-future', 'It began at or before now: give "since" as it was.');
	return now - since > BEGAN_WITHIN_MS ? refuse('too-long-ago', 'It began within 90 days: give "since" as it was.') : null;
}

function admitChange(mark: Exclude<Extract<Mark, { kind: 'incident' }>, { act: 'open' }>, facts: IncidentFacts, { now, by }: MarkContext) {
	switch (mark.act) {
		case 'status':
			return admitStatus(mark, facts);
		case 'cause': {
			const isSame = mark.nature === facts.nature && (mark.text === undefined || mark.text === facts.cause);
			if (isSame && facts.causeAt !== null) return refuse('already', 'This cause stands already.');
			const needsOne = facts.status === 'cause-known' || facts.status === 'closed';
			if (mark.nature !== 'unknown' || !needsOne) return null;
			return refuse('cause-missing', `Its status is "${facts.status}", which says that the cause is known: change the status first.`);
		}
		case 'role':
			if (facts.closedAt !== null) return closed();
			return facts.roles[mark.role] === by ? refuse('already', 'This role is yours already.') : null;
		case 'next-update':
			if (facts.closedAt !== null) return closed();
			if (mark.due <= now) return refuse('promise-past', 'The next update lies ahead of now: give a later moment.');
			return mark.due - now > UPDATE_WITHIN_MS ? refuse('update-far', 'The next update is promised within 48 hours.') : null;
		case 'note':
			return null;
	}
}

const closed = (): MarkRefusal => refuse('incident-closed', 'The incident is closed: reopen it by a mark of its status first.');

/** Forward or back, as it turns out. What is closed, or said to be explained, has a cause that somebody recorded. */
function admitStatus({ status }: IncidentAct<'status'>, facts: IncidentFacts): MarkRefusal | null {
	if (status === facts.status) return refuse('already', `Its status is "${status}" already.`);
	const needsCause = status === 'cause-known' || status === 'closed';
	if (!needsCause || facts.nature !== 'unknown') return null;
	return refuse('cause-missing', 'Mark its cause first: a failure, a human error or an attack.');
}

function admitClock(mark: Extract<Mark, { kind: 'clock' }>, { since }: IncidentFacts, { board, now }: MarkContext): MarkRefusal | null {
	const clock = clockOf(board, mark);
	if (mark.act === 'start') {
		if (clock) return refuse('already', 'This legal clock was started, and stands as it was decided.');
		if (mark.awareAt > now) return refuse('in-the-future', 'It counts from a moment at or before now: give "awareAt" as it was.');
		if (since - mark.awareAt <= AWARE_BEFORE_MS) return null;
		return refuse('too-long-ago', 'It counts from a moment after the incident began, or within seven days before: give "awareAt" as it was.');
	}
	if (!clock) return refuse('not-begun', 'This legal clock was not started.');
	if (mark.act === 'waive') return admitWaiver(clock);
	if (!clockStepsOf[mark.law].includes(mark.step)) {
		return refuse('not-of-law', `This law asks for ${clockStepsOf[mark.law].join(', ')}.`);
	}
	if (clock.sent[mark.step]) return refuse('already', 'This was sent already, with a protocol number of its own.');
	if (mark.at > now) return refuse('in-the-future', 'It was sent at or before now: give "at" as it was.');
	return mark.at < clock.awareAt ? refuse('before-start', 'It was sent at or after the moment from which the clock counts.') : null;
}

function admitWaiver(clock: ClockFacts): MarkRefusal | null {
	if (clock.waived) return refuse('already', 'That no more is owed was decided already.');
	const isAllSent = clockStepsOf[clock.law].every((step) => clock.sent[step]);
	return isAllSent ? refuse('already', 'All was sent: nothing is left to waive.') : null;
}

function clockOf(board: Pick<Board, 'clocks'>, { incident, law }: Extract<Mark, { kind: 'clock' }>): ClockFacts | undefined {
	const key = clockKey(incident, law);
	return Object.hasOwn(board.clocks, key) ? board.clocks[key] : undefined;
}
