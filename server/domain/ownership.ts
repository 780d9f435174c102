// Whose a thing is, by the plan in force: the team of an archive, service, source or task. Pure.
import type { Board } from '../../shared/board.ts';
import type { Mark } from '../../shared/mark.ts';
import { parseSubject } from '../../shared/subject.ts';
import type { Action, Ownership } from './may.ts';

type Teams = Pick<Board, 'archives' | 'services' | 'sources'> & Partial<Pick<Board, 'tasks' | 'gates' | 'marks'>>;

export function ownershipOf(subject: string, board: Teams): Ownership {
	const parts = parseSubject(subject);
	if (!parts.ok) return {};
	const { kind, id } = parts.value;
	if (kind === 'site') return { site: id };
	const sections: Readonly<Record<string, Readonly<Record<string, { readonly team: string | null }>> | undefined>> = {
		archive: board.archives,
		service: board.services,
		source: board.sources,
		task: board.tasks,
	};
	const section = sections[kind];
	return { team: section && Object.hasOwn(section, id) ? (section[id]?.team ?? null) : null };
}

/**
 * What making this mark needs, and about whose thing. A note without a subject is about nobody's in particular; phases, the write
 * freeze and the turn are nobody's team's. Taking a mark back needs what making it did.
 */
export function needOf(mark: Mark, board: Teams): { readonly action: Action; readonly of: Ownership } {
	switch (mark.kind) {
		case 'note':
			return { action: 'notes.make', of: mark.subject === undefined ? {} : ownershipOf(mark.subject, board) };
		case 'service':
			return { action: 'marks.make', of: ownershipOf(`service/${mark.service}`, board) };
		case 'task':
			return { action: 'marks.make', of: ownershipOf(`task/${mark.task}`, board) };
		case 'report':
			return { action: 'marks.make', of: { team: mark.team } };
		case 'count':
		case 'bedside':
			return { action: 'counts.make', of: { site: mark.site } };
		case 'paper':
		case 'diversion':
			return { action: 'sites.mark', of: { site: mark.site } };
		case 'vote':
			return { action: 'gates.vote', of: holderOf(mark, board.gates ?? {}) };
		case 'alarm':
			return { action: 'alarms.mark', of: ownershipOf(mark.alarm.replace(/^[^:]*:/, '').replace(':', '/'), board) };
		case 'incident':
			return { action: mark.act === 'note' || (mark.act === 'role' && mark.role !== 'lead') ? 'incidents.join' : 'incidents.mark', of: {} };
		case 'press':
			return { action: `press.${mark.act === 'draft' ? 'compose' : mark.act}`, of: {} };
		case 'statement':
			return { action: 'statements.make', of: {} };
		case 'clock':
			return { action: 'clocks.mark', of: {} };
		case 'channel':
			return { action: 'channels.test', of: {} };
		case 'undo': {
			const row = board.marks?.rows[mark.seq];
			return row && row.mark.kind !== 'undo' ? needOf(row.mark, board) : { action: 'marks.make', of: {} };
		}
		default:
			return { action: 'marks.make', of: {} };
	}
}

/** The team whose lead speaks for a position, and the role that does; nobody's where the gate has no such position. */
function holderOf({ gate, position }: Extract<Mark, { kind: 'vote' }>, gates: Board['gates']): Ownership {
	const positions = Object.hasOwn(gates, gate) ? gates[gate]?.positions : undefined;
	const found = positions && Object.hasOwn(positions, position) ? positions[position] : undefined;
	return { team: found?.team ?? null, role: found?.role ?? null };
}
