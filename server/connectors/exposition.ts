// Reads what Prometheus exporters show: the text format 0.0.4 and OpenMetrics 1.0, a line at a time and without looking back. Never throws.
// Knows no plan; keeps labels only of the series that are asked for.
import type { Labels } from './series-rules.ts';

/** `at`: ms UTC where the exporter dates it, else null. `value` may be no number at all, as exporters say it. */
export type Exposed = { readonly name: string; readonly labels: Labels; readonly key: string; readonly value: number; readonly at: number | null };
export type Exposition = { readonly ok: true; readonly samples: readonly Exposed[] } | { readonly ok: false };

const MOST_LABELS = 128;
const NAME = /[A-Za-z_:][\w:]*/y;
const LABEL = /[A-Za-z_]\w*/y;
const PLAIN = /[^"\\\n]*/y;
const BLANKS = /[ \t]*/y;
const NUMBER = /^[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:e[+-]?\d{1,10})?$/i;
const ENDLESS: Readonly<Record<string, number>> = { inf: Number.POSITIVE_INFINITY, infinity: Number.POSITIVE_INFINITY, nan: Number.NaN };

/** As Go reads numbers, hexadecimal aside; undefined where it is none. */
function numberIn(text: string): number | undefined {
	if (NUMBER.test(text)) return Number(text);
	const word = ENDLESS[text.replace(/^[+-]/, '').toLowerCase()];
	return word === undefined ? undefined : text.startsWith('-') ? -word : word;
}

type Cursor = { readonly line: string; at: number };

function take(cursor: Cursor, pattern: RegExp): string | null {
	pattern.lastIndex = cursor.at;
	const found = pattern.exec(cursor.line)?.[0];
	if (found === undefined) return null;
	cursor.at += found.length;
	return found;
}

function isNext(cursor: Cursor, sign: string): boolean {
	take(cursor, BLANKS);
	if (cursor.line[cursor.at] !== sign) return false;
	cursor.at += 1;
	return true;
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', '"': '"', '\\': '\\' };

/** From behind the opening quote to behind the closing one; null where there is none. */
function quoted(cursor: Cursor): string | null {
	let text = take(cursor, PLAIN) ?? '';
	for (;;) {
		const sign = cursor.line[cursor.at];
		if (sign === undefined) return null;
		if (sign === '"') {
			cursor.at += 1;
			return text;
		}
		const escaped = cursor.line[cursor.at + 1] ?? '';
		text += ESCAPED[escaped] ?? `\\${escaped}`;
		cursor.at += 2;
		text += take(cursor, PLAIN) ?? '';
	}
}

/** The labels, and a name that stands among them in quotes (Prometheus 3); null where they cannot be read. */
function labelsIn(cursor: Cursor): { readonly all: Map<string, string>; readonly name: string | null } | null {
	const all = new Map<string, string>();
	let name: string | null = null;
	while (!isNext(cursor, '}')) {
		const isQuoted = isNext(cursor, '"');
		const label = isQuoted ? quoted(cursor) : take(cursor, LABEL);
		if (label === null) return null;
		if (isNext(cursor, '=')) {
			const value = isNext(cursor, '"') ? quoted(cursor) : null;
			if (value === null || all.has(label) || all.size === MOST_LABELS) return null;
			all.set(label, value);
		} else if (isQuoted && name === null) name = label;
		else return null;
		if (isNext(cursor, ',')) continue;
		if (cursor.line[cursor.at] !== '}') return null;
	}
	return { all, name };
}

/** `msAUnit`: of its timestamps. Null: no sample. */
function readLine(line: string, msAUnit: number): (Exposed & { readonly all: ReadonlyMap<string, string> }) | null {
	const cursor = { line, at: 0 };
	take(cursor, BLANKS);
	const bare = take(cursor, NAME);
	const labels = isNext(cursor, '{') ? labelsIn(cursor) : { all: new Map<string, string>(), name: null };
	const name = bare ?? labels?.name ?? null;
	if (labels === null || name === null || (bare !== null && labels.name !== null)) return null;
	// What stands behind " # " is an exemplar: nothing that is measured.
	const exemplar = line.indexOf(' # ', cursor.at);
	const [said = '', when, ...more] = line
		.slice(cursor.at, exemplar < 0 ? undefined : exemplar)
		.trim()
		.split(/[ \t]+/);
	const value = numberIn(said);
	const instant = when === undefined ? null : numberIn(when);
	if (value === undefined || instant === undefined || more.length > 0 || (instant !== null && !Number.isFinite(instant))) return null;
	const { all } = labels;
	const at = instant === null ? null : Math.round(instant * msAUnit);
	return { name, all, labels: (label) => all.get(label), key: '', value, at };
}

/** One text for one series, in whatever order its labels stand. */
const keyOf = (name: string, all: ReadonlyMap<string, string>): string => JSON.stringify([name, ...[...all].sort(([a], [b]) => (a < b ? -1 : 1))]);

/**
 * As Prometheus does, it takes all or nothing: a line that is none makes the whole answer none.
 * OpenMetrics dates in seconds and ends with `# EOF`; without that end it was cut.
 */
export function readExposition(text: string, wants: (name: string) => boolean, isOpenMetrics: boolean): Exposition {
	const samples: Exposed[] = [];
	let hasEnded = false;
	for (let from = 0; from < text.length; ) {
		const end = text.indexOf('\n', from);
		const line = text.slice(from, end < 0 ? undefined : text[end - 1] === '\r' ? end - 1 : end);
		from = end < 0 ? text.length : end + 1;
		if (isOpenMetrics && hasEnded) return { ok: false };
		if (line === '# EOF') hasEnded = true;
		if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
		const read = readLine(line, isOpenMetrics ? 1000 : 1);
		if (read === null) return { ok: false };
		if (wants(read.name)) samples.push({ ...read, key: keyOf(read.name, read.all) });
	}
	return isOpenMetrics && !hasEnded ? { ok: false } : { ok: true, samples };
}
