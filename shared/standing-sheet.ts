// The press sheet that a sentence in the ledger is, while it stands: known there also once it has left the board. Pure.
import type { StatementFacts } from './board-incident.ts';

/** Its id; null for a sentence that is no sheet's, and for one that was withdrawn or whose place another took. */
export const standingSheet = ({ sheet, withdrawnAt }: StatementFacts): string | null =>
	sheet === undefined || sheet.supersededBy !== null || withdrawnAt !== undefined ? null : sheet.id;
