// A feed's answer → its rows, each a way to look at a column; and what stands in one: a whole number, an instant, a name. Keeps no text.
import { instantsOf } from '../domain/zoned-time.ts';
import type { CountsFeed } from './counts-settings.ts';
import { listOf, parseTree, treeOf, valueIn } from './json-tree.ts';

export type FeedRow = (column: string) => unknown;

const MOST_ROWS = 5000;
const MOST_COLUMNS = 500;

/** Null where it is not what the plan says it is. */
export function feedRows(bytes: Buffer, feed: Pick<CountsFeed, 'format' | 'csv' | 'rows'>): readonly FeedRow[] | null {
	return feed.format === 'csv' ? csvRows(bytes, feed.csv) : jsonRows(bytes, feed.rows);
}

function jsonRows(bytes: Buffer, path: readonly string[]): readonly FeedRow[] | null {
	const found = valueIn(parseTree(bytes.toString('utf8').replace(/^\uFEFF/, '')), ...path);
	const rows = Array.isArray(found) ? listOf(found) : treeOf(found) === undefined ? null : [found];
	if (rows === null || rows.length > MOST_ROWS) return null;
	return rows.map((row) => (column) => (Object.hasOwn(treeOf(row) ?? {}, column) ? treeOf(row)?.[column] : valueIn(row, ...column.split('.'))));
}

function csvRows(bytes: Buffer, { separator, decimal, charset }: CountsFeed['csv']): readonly FeedRow[] | null {
	let text: string;
	try {
		text = new TextDecoder(charset, { fatal: true }).decode(bytes);
	} catch {
		return null;
	}
	const [head, ...rows] = recordsOf(text, separator) ?? [];
	if (
		head === undefined ||
		head.length < 2 ||
		head.length > MOST_COLUMNS ||
		rows.length > MOST_ROWS ||
		rows.some(({ length }) => length !== head.length)
	)
		return null;
	const places = new Map(head.map((name, nth) => [name.trim(), nth]));
	// A column that is there twice may be either.
	if (places.size !== head.length) return null;
	return rows.map((row) => (column) => {
		const cell = row[places.get(column) ?? -1];
		return decimal === ',' && cell !== undefined ? cell.replace(/^(-?\d+),(\d+)$/, '$1.$2') : cell;
	});
}

/** Records of cells; null where a quote is opened and never closed. Lines without anything are none. */
function recordsOf(text: string, separator: string): readonly (readonly string[])[] | null {
	const cell = new RegExp(
		`(?:"((?:[^"]|"")*)"|([^"\\r\\n${separator === '|' ? '\\|' : separator}]*))(${separator === '|' ? '\\|' : separator}|\\r\\n|\\n|\\r|$)`,
		'y',
	);
	const records: string[][] = [];
	let record: string[] = [];
	while (cell.lastIndex < text.length) {
		const found = cell.exec(text);
		if (found === null) return null;
		const [whole, quoted, plain = '', end] = found;
		record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
		if (end !== separator) {
			if (record.length > 1 || record[0] !== '') records.push(record);
			record = [];
		}
		if (whole === '') break;
	}
	if (record.length > 0) records.push([...record, '']);
	return records;
}

const nothing: ReadonlySet<unknown> = new Set([undefined, null, '', '-', 'n.d.', 'N.D.', 'nd', 'ND']);

/** How many; undefined where nothing is told, null where it is no such number. */
export function headsIn(cell: unknown): number | undefined | null {
	const bare = typeof cell === 'string' ? cell.trim() : cell;
	if (nothing.has(bare)) return undefined;
	const value = typeof bare === 'number' ? bare : typeof bare === 'string' && /^\d{1,9}(?:\.0+)?$/.test(bare) ? Number(bare) : Number.NaN;
	return Number.isSafeInteger(value) && value >= 0 ? value : null;
}

const ITALIAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4})[ ,T]+(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?$/;
const ISO = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?$/;
const WITH_ZONE = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** Day before month, as here; a number is seconds or milliseconds since 1970. Of an hour that is there twice, the last one that has been. */
export function instantIn(cell: unknown, zone: string, now: number): number | null {
	if (typeof cell === 'number') return Number.isFinite(cell) && cell > 1e8 ? Math.round(cell > 1e11 ? cell : cell * 1000) : null;
	if (typeof cell !== 'string') return null;
	const text = cell.trim();
	if (WITH_ZONE.test(text)) {
		const instant = Date.parse(text.replace(' ', 'T'));
		return Number.isFinite(instant) ? instant : null;
	}
	const [, day, month, year, ...italian] = ITALIAN.exec(text) ?? [];
	const [, isoYear, isoMonth, isoDay, ...iso] = ISO.exec(text) ?? [];
	const parts = [year ?? isoYear, month ?? isoMonth, day ?? isoDay, ...(year === undefined ? iso : italian)].map((part) => Number(part ?? 0));
	const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts;
	if (y === 0 || h > 23 || mi > 59 || s > 59) return null;
	const clock = Date.UTC(y, mo - 1, d, h, mi, s);
	if (new Date(clock).getUTCMonth() !== mo - 1 || new Date(clock).getUTCDate() !== d) return null;
	const instants = instantsOf(clock, zone);
	return instants.findLast((one) => one <= now) ?? instants[0] ?? null;
}
