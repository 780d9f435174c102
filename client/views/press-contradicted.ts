// Which released sheets the data now contradict: by the sentence that each is in the ledger of what was said. Pure; the menu asks it too.
import type { Board } from '../../shared/board.ts';
import type { BoardNow } from '../../shared/judge.ts';

/** Since when the data contradict a sheet that still stands, by its id. */
export function contradictedSheets(
	board: Pick<Board, 'press'>,
	{ breakdown }: Pick<BoardNow, 'breakdown'>,
	now: number,
): ReadonlyMap<string, number> {
	const said = new Map((breakdown?.statements ?? []).map((one) => [one.id, one]));
	return new Map(
		Object.entries(board.press.rows).flatMap(([id, { state, statement }]) => {
			const one = statement === null ? undefined : said.get(statement);
			return state === 'released' && one?.verdict === 'contradicted' ? [[id, one.contradictedAt ?? now] as const] : [];
		}),
	);
}
