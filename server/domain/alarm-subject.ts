// Whether what an alarm is about is still there: a change of plan takes subjects away, and long lists have an end. Pure.
import type { Board } from '../../shared/board.ts';

export function isOnBoard(subject: string, board: Board): boolean {
	const slash = subject.indexOf('/');
	const known = knownOf(subject.slice(0, slash), board);
	return known === null || Object.hasOwn(known, subject.slice(slash + 1));
}

/** Null: nothing takes one of this kind away. */
function knownOf(kind: string, board: Board): object | null {
	switch (kind) {
		case 'service':
			return board.services;
		case 'archive':
			return board.archives;
		case 'source':
			return board.sources;
		case 'site':
			return board.sites;
		case 'facility':
			return board.facilities;
		case 'network':
			return board.networks;
		case 'dependant':
			return board.dependants;
		case 'flow':
			return board.flows;
		case 'gate':
			return board.gates;
		case 'channel':
			return board.channels;
		case 'clock':
			return board.clocks;
		case 'incident':
			return board.incidents.rows;
		case 'statement':
			return board.statements.rows;
		case 'programme':
			return board.plan === null ? null : { [board.plan.id]: true };
		default:
			return null;
	}
}
