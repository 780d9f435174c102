// Whose a thing is, by the plan in force: the team of an archive, service or source. Pure.
import type { Board } from '../../shared/board.ts';
import type { Mark } from '../../shared/mark.ts';
import { parseSubject } from '../../shared/subject.ts';
import type { Action, Ownership } from './may.ts';

type Teams = Pick<Board, 'archives' | 'services' | 'sources'>;

export function ownershipOf(subject: string, board: Teams): Ownership {
	const parts = parseSubject(subject);
	if (!parts.ok) return {};
	const { kind, id } = parts.value;
	if (kind === 'site') return { site: id };
	const listed = { archive: board.archives, service: board.services, source: board.sources }[kind as 'archive'];
	return { team: listed?.[id]?.team ?? null };
}

/** What making this mark needs, and about whose thing. A note without a subject is about nobody's in particular. */
export function needOf(mark: Mark, board: Teams): { readonly action: Action; readonly of: Ownership } {
	if (mark.kind === 'note') return { action: 'notes.make', of: mark.subject === undefined ? {} : ownershipOf(mark.subject, board) };
	return { action: 'marks.make', of: mark.kind === 'service' ? ownershipOf(`service/${mark.service}`, board) : {} };
}
