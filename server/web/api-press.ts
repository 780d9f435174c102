// Press sheets as the API's board gives them: how each stands, with ISO instants.
import type { Board } from '../../shared/board.ts';
import type { PressFacts } from '../../shared/press.ts';
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
