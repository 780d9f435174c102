// What a press sheet says that data can contradict later: of its figures those whose parts Regia goes on watching. Pure.
import type { Board } from '../../shared/board.ts';
import { judge } from '../../shared/judge.ts';
import type { Claim } from '../../shared/mark-breakdown.ts';
import type { FrozenSheet } from '../../shared/press.ts';
import { figureKeysOf } from './freeze.ts';
import { familyOf } from './press-catalogue.ts';

/** A sheet of four lists of archives has no more. */
const MOST_CLAIMS = 100;

type Position = 'bytesMoved' | 'bytesVerified';

/** What is copied and checked stays so: a position that falls below what was said contradicts it. */
function positions(board: Board, name: Position, ids: readonly string[]): Claim[] {
	return ids.flatMap((id): Claim[] => {
		const value = board.archives[id]?.figures[name]?.[0] ?? null;
		return value === null ? [] : [{ kind: 'figure', subject: `archive/${id}`, measure: `archive.${name}`, atLeast: value }];
	});
}

/** `board` as it stood at the sheet's moment. Of what was not so then nothing is claimed. */
export function claimsOf({ content, figures, at }: Pick<FrozenSheet, 'content' | 'figures' | 'at'>, board: Board): readonly Claim[] {
	const judged = judge(board, at);
	const archives = Object.keys(board.archives);
	const done = archives.filter((id) => judged.archives[id]?.done);
	const known = new Set(figures.flatMap(({ key, value }) => (value === null ? [] : [key])));
	const claims = figureKeysOf(content).flatMap((key): Claim[] => {
		const { family, id = null } = familyOf(key) ?? {};
		switch (family?.name) {
			case 'archives.done':
				return known.has(key) ? positions(board, 'bytesVerified', done) : [];
			case 'archives.verified':
				return known.has(key) ? positions(board, 'bytesVerified', archives) : [];
			case 'archives.moved':
				return known.has(key) ? positions(board, 'bytesMoved', archives) : [];
			case 'service.state':
				return id !== null && judged.services[id]?.up === true ? [{ kind: 'working', subject: `service/${id}` }] : [];
			case 'dependants.state':
				return id !== null && judged.breakdown?.dependants[id]?.state === 'working' ? [{ kind: 'working', subject: `dependant/${id}` }] : [];
			case 'incident.cause': {
				const nature = id === null ? undefined : board.incidents.rows[id]?.nature;
				return id === null || nature === undefined || nature === 'unknown' ? [] : [{ kind: 'nature', incident: id, is: nature }];
			}
			default:
				return [];
		}
	});
	const once = new Map(claims.map((claim) => [JSON.stringify(claim), claim]));
	return [...once.values()].slice(0, MOST_CLAIMS);
}
