// Separated text → a sheet: commas, semicolons or tabs, quotes, UTF-8 with or without its mark, UTF-16, and Windows' Western letters.
import { fromPlainText } from './plain-text.ts';
import { type Cell, cellName, demandNear, MOST_CHARACTERS, type Row, type Sheet, SheetError } from './sheet.ts';

function decode(bytes: Uint8Array): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

const separators = [';', ',', '\t'] as const;

/** Whichever stands most often in the first line that has any, quotes left aside. */
function separatorOf(text: string): string {
	for (const line of text.slice(0, 100_000).split(/\r\n|\r|\n/)) {
		const bare = line.replace(/"(?:[^"]|"")*"/g, '');
		const counts = separators.map((one) => [bare.split(one).length - 1, one] as const);
		const [most, separator] = counts.reduce((best, one) => (one[0] > best[0] ? one : best));
		if (most > 0) return separator;
	}
	return ';';
}

export function readCsv(bytes: Uint8Array): readonly Sheet[] {
	const decoded = decode(bytes);
	if (decoded.includes('\0')) throw new SheetError('the file is no text', 'save it as .csv (UTF-8) or .xlsx');
	// Excel's own hint, understood by it alone, and then by us.
	const [hint, told] = /^sep=(.)\r?\n/.exec(decoded) ?? [];
	const head = { name: '', from1904: false };
	const rows: Row[] = [];
	try {
		readRows(decoded.slice(hint?.length ?? 0), told ?? separatorOf(decoded), hint === undefined ? 1 : 2, rows);
	} catch (error) {
		if (!(error instanceof SheetError)) throw error;
		return [{ ...head, rows, fault: error.fault }];
	}
	return [{ ...head, rows, fault: null }];
}

/** A record is a row, also where a quoted text of it runs over several lines: as a spreadsheet shows it. */
function readRows(text: string, separator: string, first: number, rows: Row[]): void {
	let row = first;
	let column = 1;
	let cells: Record<number, Cell> = {};
	let at = 0;

	const put = (value: string): void => {
		if (value !== '') {
			demandNear(row, column);
			if (value.length > MOST_CHARACTERS) throw new SheetError('a text of more than 32,767 characters', 'shorten it', cellName(row, column));
			cells[column] = { kind: 'text', text: fromPlainText(value) };
		}
	};
	const endRow = (): void => {
		if (Object.keys(cells).length > 0) rows.push({ row, cells });
		cells = {};
		row += 1;
		column = 1;
	};

	while (at < text.length) {
		let value: string;
		if (text[at] === '"') {
			const quoted = readQuoted(text, at);
			if (quoted === null)
				throw new SheetError('a quote is opened and never closed', 'close it, or double the quote inside it', cellName(row, column));
			({ value, at } = quoted);
			// What follows a closing quote before the separator belongs to the text: some programs write it so.
			const end = endOfPlain(text, at, separator);
			value += text.slice(at, end);
			at = end;
		} else {
			const end = endOfPlain(text, at, separator);
			value = text.slice(at, end);
			at = end;
		}
		put(value);
		if (text[at] === separator) {
			column += 1;
			at += 1;
		} else {
			at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
			endRow();
		}
	}
	endRow();
}

function endOfPlain(text: string, from: number, separator: string): number {
	let at = from;
	while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
	return at;
}

function readQuoted(text: string, from: number): { readonly value: string; readonly at: number } | null {
	let value = '';
	let at = from + 1;
	for (;;) {
		const quote = text.indexOf('"', at);
		if (quote < 0) return null;
		value += text.slice(at, quote);
		if (text[quote + 1] !== '"') return { value, at: quote + 1 };
		value += '"';
		at = quote + 2;
	}
}
