// Press sheets: drafted, released, superseded, withdrawn; the frozen figures as their drafts' entries hold them. The last of them are on
// the board; how many were numbered in a year is counted over all.
import type { Board } from '../../shared/board.ts';
import type { Entry, MarkDraft } from '../../shared/entry.ts';
import type { Mark } from '../../shared/mark.ts';
import type { Claim } from '../../shared/mark-breakdown.ts';
import { type PressFacts, SHEETS_ON_BOARD } from '../../shared/press.ts';
import { changeSheets, draftedIn, type SheetNumbers, statementOf } from '../domain/sheet-life.ts';
import { ownOf } from './keep-last.ts';

export type PressCells = {
	live: Board['press'];
	/** The ids on the board, the first drafted first. */
	order: readonly string[];
	numbers: SheetNumbers;
	/** Of those on the board: what data can contradict. */
	claims: Record<string, readonly Claim[]>;
};
export const emptyPress = (): PressCells => ({ live: { count: 0, rows: {} }, order: [], numbers: {}, claims: {} });

type Statement = Extract<Mark, { kind: 'statement' }>;
const STATEMENT_CHARACTERS = 500;

/** The sentence that the public hears where this mark releases a sheet; null otherwise. */
export function applyPressMark(cells: PressCells, entry: Entry & MarkDraft): Statement | null {
	const { mark, frozen } = entry;
	if (mark.kind !== 'press') return null;
	const drafted = draftedIn(entry);
	if (drafted !== null && frozen !== undefined) {
		if (ownOf(cells.live.rows, mark.sheet) === undefined) draft(cells, mark.sheet, { frozen: frozen.sheet, ...drafted }, frozen.claims ?? []);
		return null;
	}
	const changes = changeSheets(cells.live.rows, cells.numbers, entry, (sheet) => sheet.frozen.zone);
	if (changes.length === 0) return null;
	cells.live = { ...cells.live, rows: { ...cells.live.rows, ...Object.fromEntries(changes) } };
	const [[id, sheet] = [mark.sheet, undefined]] = changes;
	return sheet?.state === 'released' ? sentenceOf(id, sheet, cells.claims[id] ?? []) : null;
}

function draft(cells: PressCells, id: string, sheet: PressFacts, claims: readonly Claim[]): void {
	const rows: Record<string, PressFacts> = { ...cells.live.rows, [id]: sheet };
	const kept = { ...cells.claims, [id]: claims };
	let order = [...cells.order, id];
	while (order.length > SHEETS_ON_BOARD) {
		const leaves = nextToLeave(order, rows);
		delete rows[leaves];
		delete kept[leaves];
		order = order.filter((one) => one !== leaves);
	}
	cells.live = { count: cells.live.count + 1, rows };
	cells.order = order;
	cells.claims = kept;
}

/** First what is over, then what nobody released, and only then what holds; the oldest of them. */
function nextToLeave(order: readonly string[], rows: Readonly<Record<string, PressFacts>>): string {
	const older = order.slice(0, -1);
	const first = (of: (sheet: PressFacts) => boolean): string | undefined =>
		older.find((id) => {
			const sheet = rows[id];
			return sheet !== undefined && of(sheet);
		});
	return first(({ state }) => state === 'withdrawn' || state === 'superseded') ?? first(({ state }) => state === 'draft') ?? older[0] ?? '';
}

function sentenceOf(id: string, { frozen, embargoUntil }: PressFacts, claims: readonly Claim[]): Statement {
	const { title, incident } = frozen.content;
	return {
		kind: 'statement',
		statement: statementOf(id),
		text: (title.it.trim() || title.en.trim() || id).slice(0, STATEMENT_CHARACTERS),
		audience: 'public',
		...(incident === null ? {} : { incident }),
		...(embargoUntil === null ? {} : { saidAt: embargoUntil }),
		claims: [...claims],
		linked: [],
	};
}

export const showPress = (cells: PressCells): Board['press'] => cells.live;
