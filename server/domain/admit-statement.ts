// Admission of public sentences: what they link to exists, and what they claim is something that data could check. Pure.
import type { Board } from '../../shared/board.ts';
import { holderOf, isBoardSubject, measuresOfSubject } from '../../shared/figure-of.ts';
import type { Mark } from '../../shared/mark.ts';
import type { Claim } from '../../shared/mark-breakdown.ts';
import type { MarkRefusal, MarkRefusalCode } from '../../shared/mark-refusal.ts';
import type { MarkContext } from './admit-mark.ts';

type StatementMark = Extract<Mark, { kind: 'statement' }>;

const refuse = (code: MarkRefusalCode, message: string): MarkRefusal => ({ ok: false, code, message });

export function admitStatement(mark: StatementMark, { board, now }: MarkContext): MarkRefusal | null {
	const { rows, past = {} } = board.statements;
	if (Object.hasOwn(rows, mark.statement) || Object.hasOwn(past, mark.statement)) {
		return refuse('already', `The id "${mark.statement}" is of another sentence: each has its own, for ever.`);
	}
	const saidAt = mark.saidAt ?? now;
	if (saidAt > now) return refuse('in-the-future', 'It was said at or before now: give "saidAt" as it was.');
	const refusal = admitSaying(mark.incident, saidAt, board, now);
	if (refusal) return refusal;
	for (const claim of mark.claims) {
		const refusal = admitClaim(claim, saidAt, board);
		if (refusal) return refusal;
	}
	for (const { subject, measure } of mark.linked) {
		const refusal = admitFigure(subject, measure, board);
		if (refusal) return refusal;
	}
	return null;
}

/** Farther back nobody enters what was said, but about an incident that began before that. */
export const SAID_WITHIN_MS = 7 * 24 * 3_600_000;

function admitSaying(incident: string | undefined, saidAt: number, { incidents }: Board, now: number): MarkRefusal | null {
	const about = incident !== undefined && Object.hasOwn(incidents.rows, incident) ? incidents.rows[incident] : undefined;
	if (saidAt >= Math.min(about?.since ?? now, now - SAID_WITHIN_MS)) return null;
	return refuse('said-too-early', 'It was said within seven days, or since the incident that it is about began: give "saidAt" as it was.');
}

/** Only of services and dependants does Regia say whether they work. */
const checkable = /^(?:service|dependant)\//;

function admitClaim(claim: Claim, saidAt: number, board: Board): MarkRefusal | null {
	switch (claim.kind) {
		case 'restored':
		case 'working':
			if (!isBoardSubject(board, claim.subject)) return refuse('unknown-subject', `subject: the plan has no "${claim.subject}"`);
			if (!checkable.test(claim.subject)) return refuse('claim-empty', 'That something works is checked of a service or a dependant.');
			return claim.kind === 'restored' && claim.by <= saidAt
				? refuse('promise-past', 'A promise lies ahead of when it was said: give a later "by".')
				: null;
		case 'figure': {
			const { atLeast, atMost } = claim;
			if (atLeast === undefined && atMost === undefined) return refuse('claim-empty', 'A figure is checked against "atLeast", "atMost" or both.');
			if (atLeast !== undefined && atMost !== undefined && atLeast > atMost) {
				return refuse('claim-empty', 'No figure is at least that much and at most so little.');
			}
			return admitFigure(claim.subject, claim.measure, board) ?? admitHeld(claim.subject, claim.measure, board);
		}
		case 'mean':
			for (const subject of claim.subjects) {
				const refusal = admitFigure(subject, claim.measure, board) ?? admitHeld(subject, claim.measure, board);
				if (refusal) return refusal;
			}
			return null;
		case 'nature': {
			if (!Object.hasOwn(board.incidents.rows, claim.incident)) return refuse('unknown-subject', `incident: there is no "${claim.incident}"`);
			const { is, isNot } = claim;
			if (is === undefined && isNot === undefined) return refuse('claim-empty', 'Give what the incident "is" or "isNot".');
			const isVoid = is === 'unknown' || isNot === 'unknown' || is === isNot;
			return isVoid ? refuse('claim-empty', 'An incident is, or is not, a failure, a human error or an attack.') : null;
		}
	}
}

function admitFigure(subject: string, measure: string, board: Board): MarkRefusal | null {
	if (!isBoardSubject(board, subject)) return refuse('unknown-subject', `subject: the plan has no "${subject}"`);
	const known = measuresOfSubject(subject);
	if (known.includes(measure)) return null;
	return refuse('unknown-figure', `measure: of this subject there is ${known.join(', ') || 'none'}`);
}

const admitHeld = (subject: string, measure: string, board: Board): MarkRefusal | null =>
	holderOf(board, subject, measure) ? null : refuse('claim-empty', 'This figure is not held against sentences: link it instead.');
