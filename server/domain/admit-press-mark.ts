// Admission of marks about press sheets: two people for a release, and a released sheet is never changed. Pure.
import type { Mark } from '../../shared/mark.ts';
import type { MarkRefusal, MarkRefusalCode } from '../../shared/mark-refusal.ts';
import type { PressFacts } from '../../shared/press.ts';
import type { MarkContext } from './admit-mark.ts';
import { noLongerTold } from './press-in-force.ts';

type PressMark = Extract<Mark, { kind: 'press' }>;
type Release = Extract<PressMark, { act: 'release' }>;

const refuse = (code: MarkRefusalCode, message: string): MarkRefusal => ({ ok: false, code, message });

export function admitPressMark(mark: PressMark, context: MarkContext): MarkRefusal | null {
	const { rows } = context.board.press;
	const known = Object.hasOwn(rows, mark.sheet) ? rows[mark.sheet] : undefined;
	if (mark.act === 'draft') {
		if (!context.isComposed)
			return refuse('not-composed', 'A sheet is drafted by composing it, so that its figures are the record’s: POST /api/press.');
		return known ? refuse('already', 'This sheet is drafted already: compose another.') : null;
	}
	if (!known) return refuse('unknown-subject', 'There is no such sheet.');
	if (mark.act === 'release') return admitRelease(mark, known, context);
	return known.state === 'withdrawn' ? refuse('already', 'This sheet is withdrawn already.') : null;
}

function admitRelease(
	{ sheet, embargoUntil, supersedes }: Release,
	{ frozen, state, author }: PressFacts,
	{ board, now, by, press }: MarkContext,
): MarkRefusal | null {
	if (state !== 'draft') return refuse('already', 'This sheet was decided already: compose another, which supersedes it.');
	if (isSamePerson(author, by)) return refuse('own-sheet', 'A sheet is released by another person than its author.');
	if (embargoUntil !== undefined && embargoUntil <= now) return refuse('embargo-past', 'An embargo lies ahead of now: give a later moment, or none.');
	const untold = press === undefined ? [] : noLongerTold(frozen, press);
	if (untold.length > 0) {
		const which = untold.map((key) => `"${key}"`).join(', ');
		return refuse(
			'no-longer-told',
			`Since this sheet was drafted the plan keeps ${which} inside, or tells it only more roughly: compose another sheet.`,
		);
	}
	if (supersedes === undefined) return null;
	const { rows } = board.press;
	const older = Object.hasOwn(rows, supersedes) ? rows[supersedes] : undefined;
	if (!older) return refuse('unknown-subject', 'supersedes: there is no such sheet.');
	const holds = supersedes !== sheet && older.state === 'released';
	return holds ? null : refuse('not-released', 'supersedes: only a released sheet that still holds is superseded.');
}

/** Spaces and what cannot be seen tell nobody apart. */
const plain = (name: string): string =>
	name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s\p{Cf}]/gu, '');

/** One person may sign in by several tokens, and be written in several ways. */
export const isSamePerson = (a: string, b: string): boolean => plain(a) === plain(b);
