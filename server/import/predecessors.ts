// What a cell of predecessors names: `12;14`, `12, 14`, `12FS`. Knows ids, and no tasks.
import { suggest } from '../domain/nearest.ts';
import type { Value } from './cell-values.ts';

/** As a sheet may write them → ids. */
export type Names = { readonly ids: readonly string[]; find(written: string): string | null };

const bare = (written: string): string => written.trim().toLowerCase();

export function namesOf(tasks: Iterable<{ readonly id: string; readonly written: string | null }>): Names {
	const names = new Map<string, string>();
	const ids: string[] = [];
	for (const { id, written } of tasks) {
		ids.push(id);
		names.set(id, id);
		if (written !== null) names.set(bare(written), id);
	}
	return { ids, find: (written) => names.get(bare(written)) ?? null };
}

/** How two tasks may be tied: ends before begins (FS) and the three others, with a lag. */
const TIE = /^(.+?)(FS|SS|FF|SF)\s*([+-].*)?$/i;

/** `isFigure`: the cell holds a number, so that a comma in it was never there. */
export function readPredecessors(text: string, isFigure: boolean, names: Names): readonly Value<string>[] {
	return piecesOf(text, names).map((piece) => readOne(piece, isFigure, names));
}

/** Ids may hold spaces and commas: a piece that is an id as a whole is not cut further. */
function piecesOf(text: string, names: Names): readonly string[] {
	const isWhole = (piece: string): boolean => names.find(piece) !== null || names.find(TIE.exec(piece.trim())?.[1] ?? '') !== null;
	let pieces = [text];
	for (const separator of [/[;\n|]/, /,/, /\s+/]) pieces = pieces.flatMap((piece) => (isWhole(piece) ? [piece] : piece.split(separator)));
	return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

function readOne(piece: string, isFigure: boolean, names: Names): Value<string> {
	const whole = names.find(piece);
	if (whole !== null) return { ok: true, value: whole };
	const [, name = piece, tie, lag] = TIE.exec(piece) ?? [];
	const tied = names.find(name);
	if (tied !== null && tie?.toUpperCase() === 'FS' && lag === undefined) return { ok: true, value: tied };
	if (tied !== null) {
		const remedy = 'only "ends before it begins" (FS, without a lag); for a lag, give the task a fixed time';
		return { ok: false, message: `"${piece.slice(0, 60)}" is a tie that a plan does not have`, remedy };
	}
	const message = `no task has the id "${name.slice(0, 60)}"`;
	if (isFigure && piece.includes('.')) {
		const remedy = `the cell holds the number ${piece}: where it means two ids, format it as text and write them with a semicolon between`;
		return { ok: false, message, remedy };
	}
	return { ok: false, message, remedy: suggest(name.toLowerCase(), names.ids, 'an id of the column of ids') };
}
