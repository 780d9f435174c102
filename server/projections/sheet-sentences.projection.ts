// Which sentences of the ledger are press sheets, and which other took the place of each: however many sheets have come since, the ledger
// knows of which one a sentence is, and whether it still stands.
import type { MarkDraft } from '../../shared/entry.ts';
import { standingSheet } from '../../shared/standing-sheet.ts';
import { statementOf } from '../domain/sheet-life.ts';
import type { IncidentCells } from './incidents.projection.ts';
import { ownOf } from './keep-last.ts';
import { withdrawSentence } from './unsaid.projection.ts';

type Rows = IncidentCells['live']['statements']['rows'];

function put(cells: IncidentCells, changed: Rows): void {
	const { statements } = cells.live;
	cells.live = { ...cells.live, statements: { ...statements, rows: { ...statements.rows, ...changed } } };
}

/** After its sentence was written into the ledger. */
export function noteSheet(cells: IncidentCells, { mark }: MarkDraft): void {
	if (mark.kind !== 'press' || mark.act !== 'release') return;
	const { rows } = cells.live.statements;
	const [id, before] = [statementOf(mark.sheet), mark.supersedes === undefined ? null : statementOf(mark.supersedes)];
	const [own, older] = [ownOf(rows, id), before === null ? undefined : ownOf(rows, before)];
	put(cells, {
		...(own === undefined ? {} : { [id]: { ...own, sheet: { id: mark.sheet, supersededBy: null } } }),
		...(before === null || !older?.sheet || standingSheet(older) === null
			? {}
			: { [before]: { ...older, sheet: { ...older.sheet, supersededBy: mark.sheet } } }),
	});
}

/** A sheet is withdrawn, and its sentence with it: one that was never said gives back the place that it took, to the one that took its own. */
export function unsaySheet(cells: IncidentCells, { mark, at }: MarkDraft): void {
	if (mark.kind !== 'press' || mark.act !== 'withdraw') return;
	const { rows } = cells.live.statements;
	const id = statementOf(mark.sheet);
	const own = ownOf(rows, id);
	if (own?.sheet !== undefined && at < own.at) {
		const { supersededBy } = own.sheet;
		const waiting = Object.entries(rows).filter(([, { sheet }]) => sheet?.supersededBy === mark.sheet);
		put(
			cells,
			Object.fromEntries(waiting.map(([one, facts]) => [one, { ...facts, ...(facts.sheet && { sheet: { ...facts.sheet, supersededBy } }) }])),
		);
	}
	withdrawSentence(cells, id, at);
}
