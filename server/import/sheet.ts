// A sheet as read from a file: cells by row and column, and the limits of what is read at all. Knows no format and no runbook.

/** `date`: a day, or a time of day, as the sheet's own count of days; `elapsed`: a length in days. Both told by the cell's format. */
export type Cell =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'number'; readonly value: number; readonly as: 'number' | 'date' | 'elapsed' }
	| { readonly kind: 'bool'; readonly value: boolean }
	/** What the sheet itself could not work out, as #REF!, or a formula whose result was not saved. */
	| { readonly kind: 'broken'; readonly text: string };

/** `cells`: by column, from 1. */
export type Row = { readonly row: number; readonly cells: Readonly<Record<number, Cell>> };

export type Sheet = {
	/** Empty where the format has no names. */
	readonly name: string;
	readonly rows: readonly Row[];
	/** Counts its days from 1904. */
	readonly from1904: boolean;
	/** Why it could not be read; its rows are then those before. */
	readonly fault: SheetFault | null;
};

export type SheetFault = { readonly cell: string | null; readonly message: string; readonly remedy: string };

/** A file that is not read, and why. Thrown inside a reader, caught at its edge. */
export class SheetError extends Error {
	readonly fault: SheetFault;
	constructor(message: string, remedy: string, cell: string | null = null) {
		super(message);
		this.fault = { cell, message, remedy };
	}
}

/** As many tasks as a plan may hold, with headings and lines between. */
export const MOST_ROWS = 6000;
export const MOST_COLUMNS = 200;
export const MOST_CHARACTERS = 32_767;
export const MOST_FILE_BYTES = 20_000_000;
export const MOST_SHEETS = 10;

/** 4 → D, 16384 → XFD. */
export function columnName(column: number): string {
	let name = '';
	for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
	return name;
}

export const cellName = (row: number, column: number): string => `${columnName(column)}${row}`;

/** `D14` → row and column; null where it is no such name. */
export function parseCellName(name: string): { readonly row: number; readonly column: number } | null {
	const [, letters, digits] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(name) ?? [];
	if (letters === undefined || digits === undefined) return null;
	let column = 0;
	for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
	return { row: Number(digits), column };
}

/** Throws where a cell lies beyond what a runbook can be. */
export function demandNear(row: number, column: number): void {
	if (row > MOST_ROWS) {
		const remedy = `keep to ${MOST_ROWS} rows: a file for each night, or clear what lies below the runbook`;
		throw new SheetError('the sheet has more rows than a runbook', remedy, cellName(row, column));
	}
	if (column > MOST_COLUMNS)
		throw new SheetError('this cell lies far outside a runbook', 'clear it, or delete the columns up to it', cellName(row, column));
}
