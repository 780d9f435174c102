// Which released sheets the data now contradict: by the sentence that each is in the ledger of what was said. Pure; the menu asks it too.
import type { Board } from '../../shared/board.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { standingSheet } from '../../shared/standing-sheet.ts';

/** Since when the data contradict a sheet that still stands, by its id. */
export function contradictedSheets(
	board: Pick<Board, 'press' | 'statements'>,
	{ breakdown }: Pick<BoardNow, 'breakdown'>,
	now: number,
): ReadonlyMap<string, number> {
	const said = new Map((breakdown?.statements ?? []).map((one) => [one.id, one]));
	const { rows } = board.press;
	const here = Object.entries(rows).flatMap(([id, { state, statement }]) => (state === 'released' && statement !== null ? [[id, statement]] : []));
	// The ledger knows of those that so many others have pushed off the board.
	const gone = Object.entries(board.statements.rows).flatMap(([statement, facts]) => {
		const id = standingSheet(facts);
		return id === null || Object.hasOwn(rows, id) ? [] : [[id, statement]];
	});
	return new Map(
		[...here, ...gone].flatMap(([id = '', statement = '']) => {
			const one = said.get(statement);
			return one?.verdict === 'contradicted' ? [[id, one.contradictedAt ?? now] as const] : [];
		}),
	);
}
