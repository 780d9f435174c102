// Where a sheet's headings stand, and which column is what. Knows headings, and no rows below them.
import { nearest } from '../domain/nearest.ts';
import { textOf } from './cell-values.ts';
import { bareName, type Field, fields, knownHeadings, type Mapping } from './mapping.ts';
import { cellName, columnName, parseCellName, type Row, type Sheet, type SheetFault } from './sheet.ts';

/** Above the headings a sheet may have a title, a logo's place, a date. */
const HEADINGS_WITHIN_ROWS = 30;

export type Columns = {
	readonly headings: number;
	readonly of: ReadonlyMap<Field, number>;
	/** Headings that nothing is made of, as they stand. */
	readonly unread: readonly string[];
};
export type FoundColumns = { readonly ok: true; readonly columns: Columns } | { readonly ok: false; readonly faults: readonly SheetFault[] };

/** The sheet's headings row; null where it has none that names a title. */
export function headingsOf({ rows }: Sheet, mapping: Mapping): Row | null {
	if (mapping.headings !== undefined) return rows.find(({ row }) => row === mapping.headings) ?? null;
	const known = new Set((mapping.columns.title === undefined ? knownHeadings.title : [mapping.columns.title]).map(bareName));
	const isLetter = mapping.columns.title?.startsWith('=') === true;
	const near = rows.slice(0, HEADINGS_WITHIN_ROWS);
	if (isLetter) return near[0] ?? null;
	const named = near.find((row) => Object.values(namesIn(row)).some((name) => known.has(bareName(name))));
	// The mapping's title is not there: the row that knows most of the other names is where it should be.
	return named ?? (mapping.columns.title === undefined ? null : mostKnown(near, mapping));
}

function mostKnown(rows: readonly Row[], mapping: Mapping): Row | null {
	const known = new Set(fields.flatMap((field) => [...knownHeadings[field], mapping.columns[field] ?? '']).map(bareName));
	const counted = rows.map((row) => [Object.values(namesIn(row)).filter((name) => known.has(bareName(name))).length, row] as const);
	const [count, row] = counted.reduce<readonly [number, Row | null]>((best, one) => (one[0] > best[0] ? one : best), [0, null]);
	return count > 0 ? row : null;
}

function namesIn({ cells }: Row): Readonly<Record<number, string>> {
	const named = Object.entries(cells).map(([column, cell]) => {
		const read = textOf(cell);
		return [column, read.ok ? read.value : ''] as const;
	});
	return Object.fromEntries(named.filter(([, name]) => name !== ''));
}

export function findColumns(headings: Row, mapping: Mapping): FoundColumns {
	const names = namesIn(headings);
	const of = new Map<Field, number>();
	const faults: SheetFault[] = [];
	const taken = new Map<number, Field>();
	const take = (field: Field, column: number): void => {
		const other = taken.get(column);
		if (other !== undefined) {
			const message = `the column is to be both "${other}" and "${field}"`;
			faults.push({ cell: cellName(headings.row, column), message, remedy: 'give each a column of its own in the mapping' });
		}
		taken.set(column, field);
		of.set(field, column);
	};
	for (const field of fields) {
		const wanted = mapping.columns[field];
		if (wanted === undefined) continue;
		const column = columnOf(wanted, names);
		if (column !== null) take(field, column);
		else {
			const near = nearest(wanted, Object.values(names));
			const remedy =
				near === undefined ? `the headings are: ${Object.values(names).join(', ').slice(0, 300)}` : `did you mean "${near.slice(0, 80)}"?`;
			faults.push({ cell: cellName(headings.row, 1), message: `no heading is "${wanted.slice(0, 80)}" (${field} in the mapping)`, remedy });
		}
	}
	for (const field of fields) {
		if (of.has(field) || mapping.columns[field] !== undefined) continue;
		const column = knownColumn(field, names, taken);
		if (column !== null) take(field, column);
	}
	if (faults.length > 0) return { ok: false, faults };
	const unread = Object.entries(names).flatMap(([column, name]) => (taken.has(Number(column)) ? [] : [name]));
	return { ok: true, columns: { headings: headings.row, of, unread } };
}

/** `=D` is a letter, all else a heading. */
function columnOf(wanted: string, names: Readonly<Record<number, string>>): number | null {
	if (wanted.startsWith('=')) return parseCellName(`${wanted.slice(1).toUpperCase()}1`)?.column ?? null;
	const found = Object.entries(names).find(([, name]) => bareName(name) === bareName(wanted));
	return found ? Number(found[0]) : null;
}

/** The best known name wins, not the first column: "Task" is a title where there is no "Title". */
function knownColumn(field: Field, names: Readonly<Record<number, string>>, taken: ReadonlyMap<number, Field>): number | null {
	for (const known of knownHeadings[field]) {
		const found = Object.entries(names).find(([column, name]) => !taken.has(Number(column)) && bareName(name) === bareName(known));
		if (found) return Number(found[0]);
	}
	return null;
}

/** Says which headings a sheet has, where none is a title. */
export function noTitle(sheets: readonly Sheet[]): SheetFault {
	const first = sheets.map(({ rows }) => rows[0]).find((row) => row !== undefined);
	const seen =
		first === undefined ? [] : Object.entries(namesIn(first)).map(([column, name]) => `${columnName(Number(column))} "${name.slice(0, 30)}"`);
	return {
		cell: first === undefined ? null : cellName(first.row, 1),
		message: seen.length === 0 ? 'the sheet is empty' : `no heading is known as a task's title; the first row has ${seen.slice(0, 12).join(', ')}`,
		remedy: 'name the title\'s column "Title", or say which it is in a mapping file: columns: { title: … }',
	};
}
