// Press sheets as the API's board gives them: how each stands, with ISO instants; and the board of who may read none before it is out.
import type { Board } from '../../shared/board.ts';
import type { PressFacts } from '../../shared/press.ts';
import { wasPublic } from '../domain/sheet-life.ts';
import { iso, mapValues } from './api-night.ts';

export const toApiPress = ({ press }: Board) => ({ count: press.count, sheets: mapValues(press.rows, isoSheet) });

const isoSheet = ({ frozen, draftedAt, releasedAt, embargoUntil, withdrawn, ...one }: PressFacts) => ({
	title: frozen.content.title,
	at: iso(frozen.at),
	seq: frozen.seq,
	rehearsal: frozen.rehearsal,
	...one,
	draftedAt: iso(draftedAt),
	releasedAt: iso(releasedAt),
	embargoUntil: iso(embargoUntil),
	withdrawn: withdrawn && { ...withdrawn, at: iso(withdrawn.at) },
});

/** Of sheets what anybody may read already. */
export const withoutDrafts = (board: Board, now: number): Board => ({
	...board,
	press: { ...board.press, rows: Object.fromEntries(Object.entries(board.press.rows).filter(([, sheet]) => wasPublic(sheet, now))) },
});
