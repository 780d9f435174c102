// What can be spoken about: `kind/id`. Knows the kinds of product.md and nothing of what is measured about them.
import type { Result } from './result.ts';
import { ok, refuse } from './result.ts';

export const subjectKinds = [
	'programme',
	'cutover',
	'archive',
	'service',
	'site',
	'facility',
	'network',
	'body',
	'flow',
	'dependant',
	'task',
	'gate',
	'source',
	'incident',
	'statement',
	'channel',
	'screen',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];
export type Subject = `${SubjectKind}/${string}`;

/** Ids travel in paths, room names and file names: lower-case letters, digits and hyphens, at most 60. */
export const idPattern = /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/;

export type SubjectParts = { readonly kind: SubjectKind; readonly id: string };

/** `archive/cce-db` → its two parts, or a refusal that says what would be right. */
export function parseSubject(text: string): Result<SubjectParts> {
	const slash = text.indexOf('/');
	const kind = text.slice(0, slash) as SubjectKind;
	const id = text.slice(slash + 1);
	if (slash < 1 || !subjectKinds.includes(kind) || !idPattern.test(id)) {
		return refuse('unknown-subject', 'a subject is kind/id, as archive/cce-db, with an id of a–z, 0–9 and hyphens');
	}
	return ok({ kind, id });
}

export const subjectOf = (kind: SubjectKind, id: string): Subject => `${kind}/${id}`;

/** `archive/*` matches every archive, `*` everything; a star stands for any run of characters. */
export function matchesGlob(glob: string, text: string): boolean {
	if (glob === '*') return true;
	const star = glob.indexOf('*');
	if (star < 0) return glob === text;
	if (star === glob.length - 1) return text.startsWith(glob.slice(0, star));
	const pieces = glob.split('*');
	const first = pieces[0] ?? '';
	const last = pieces.at(-1) ?? '';
	if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
	let from = first.length;
	const end = text.length - last.length;
	for (const piece of pieces.slice(1, -1)) {
		const found = text.indexOf(piece, from);
		if (found < 0 || found + piece.length > end) return false;
		from = found + piece.length;
	}
	return true;
}
