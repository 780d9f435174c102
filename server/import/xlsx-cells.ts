// One sheet of a workbook → its cells, row by row as they come; stops at the first that lies outside of what a runbook can be.
import { type Cell, cellName, demandNear, MOST_CHARACTERS, parseCellName, type Row, type Sheet, SheetError, type SheetFault } from './sheet.ts';
import type { Shown } from './xlsx-styles.ts';
import { type Attributes, readXml } from './xml.ts';
import type { Zip } from './zip.ts';

/** The sheet with the cells whose text is a number into the workbook's list of texts (`shared`: cell → number) filled in. */
export type ReadSheet = { readonly shared: ReadonlyMap<string, number>; withWords(words: readonly string[]): Sheet };

type Open = { readonly row: number; readonly column: number; readonly type: string; readonly style: number; hasFormula: boolean };

export function readSheetCells(zip: Zip, part: string, shown: (style: number) => Shown, head: Pick<Sheet, 'name' | 'from1904'>): ReadSheet {
	const rows = new Map<number, Record<number, Cell>>();
	const shared = new Map<string, number>();
	const reader = cellReader(rows, shared, shown);
	let fault: SheetFault | null = null;
	try {
		readXml(zip, part, reader);
	} catch (error) {
		if (!(error instanceof SheetError)) throw error;
		fault = error.fault;
	}
	return {
		shared,
		withWords(words) {
			for (const [name, index] of shared) {
				const at = parseCellName(name);
				const cells = at && rows.get(at.row);
				const text = words[index];
				if (at && cells) cells[at.column] = text === undefined ? { kind: 'broken', text: 'a text that the file does not hold' } : textCell(text);
			}
			const all: Row[] = [...rows].sort(([a], [b]) => a - b).map(([row, cells]) => ({ row, cells }));
			return { ...head, rows: all, fault };
		},
	};
}

/** Signs that XML cannot hold stand as _x000D_. */
const decodeEscapes = (text: string): string =>
	text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const textCell = (text: string): Cell =>
	text.length > MOST_CHARACTERS ? { kind: 'broken', text: 'a text of more than 32,767 characters' } : { kind: 'text', text: decodeEscapes(text) };

function cellReader(rows: Map<number, Record<number, Cell>>, shared: Map<string, number>, shown: (style: number) => Shown) {
	let row = 0;
	let column = 0;
	let cell: Open | null = null;
	let value: string | null = null;
	let isTaken = false;
	let isPhonetic = false;

	function begin({ r, t = 'n', s = '0' }: Attributes): void {
		const place = r === undefined ? { row, column: column + 1 } : parseCellName(r);
		if (!place) throw new SheetError(`a cell is called "${(r ?? '').slice(0, 20)}"`, 'open the file and save it again as .xlsx');
		({ row, column } = place);
		cell = { row, column, type: t, style: Number(s), hasFormula: false };
		value = null;
	}

	function end({ row: r, column: c, type, style, hasFormula }: Open): void {
		// A cell that is only coloured holds nothing.
		if (value === null && !hasFormula) return;
		demandNear(r, c);
		const cells = rows.get(r) ?? {};
		rows.set(r, cells);
		if (type === 's' && value !== null) shared.set(cellName(r, c), Number(value));
		cells[c] = cellOf(type, value, shown(style));
	}

	return {
		open(tag: string, attributes: Attributes): void {
			if (tag === 'row') {
				row = attributes.r === undefined ? row + 1 : Number(attributes.r);
				column = 0;
				if (!Number.isInteger(row) || row < 1) throw new SheetError('a row has no number', 'open the file and save it again as .xlsx');
			} else if (tag === 'c') begin(attributes);
			else if (tag === 'f' && cell) cell.hasFormula = true;
			else if (tag === 'rPh') isPhonetic = true;
			else if (cell && (tag === 'v' || (tag === 't' && !isPhonetic))) {
				isTaken = true;
				value ??= '';
			}
		},
		text(piece: string): void {
			if (isTaken && value !== null && value.length <= MOST_CHARACTERS) value += piece;
		},
		close(tag: string): void {
			if (tag === 'v' || tag === 't') isTaken = false;
			else if (tag === 'rPh') isPhonetic = false;
			else if (tag === 'c' && cell) {
				end(cell);
				cell = null;
			}
		},
	};
}

function cellOf(type: string, value: string | null, shown: Shown): Cell {
	if (value === null) return { kind: 'broken', text: 'a formula whose result was not saved' };
	switch (type) {
		case 's':
			return { kind: 'text', text: '' };
		case 'str':
		case 'inlineStr':
		case 'd':
			return textCell(value);
		case 'b':
			return { kind: 'bool', value: value === '1' || value === 'true' };
		case 'e':
			return { kind: 'broken', text: value.slice(0, 40) };
		default: {
			const figure = value.trim() === '' ? Number.NaN : Number(value);
			return Number.isFinite(figure) ? { kind: 'number', value: figure, as: shown } : { kind: 'broken', text: 'a number that is none' };
		}
	}
}
