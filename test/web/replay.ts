// The board of a list of entries, folded from the first: what the interface's past boards are compared with.
import { applyEntry, boardOf, emptyFacts } from '../../server/projections/fold.ts';
import type { Board } from '../../shared/board.ts';
import type { Entry } from '../../shared/entry.ts';

export function boardOfEntries(entries: readonly Entry[]): Board {
	const facts = emptyFacts();
	for (const entry of entries) applyEntry(facts, entry);
	return boardOf(facts);
}
