// YAML text → plain data, with the line of every node and what is wrong with the writing itself. Knows nothing of what a plan says.
import {
	type Document,
	isAlias,
	isMap,
	isScalar,
	isSeq,
	LineCounter,
	type Node,
	type Pair,
	parseDocument,
	stringify,
	visit,
	type YAMLMap,
} from 'yaml';

export type Path = readonly (string | number)[];
export type Place = { readonly line: number; readonly column: number };
export type YamlMistake = Place & { readonly path: Path; readonly message: string; readonly remedy: string };

export type PlanYaml = {
	readonly data: unknown;
	/** The lines before this one are read as written; null where all are. */
	readonly brokenFrom: number | null;
	readonly mistakes: readonly YamlMistake[];
	/** Where a path's value stands (or its key); the nearest that is there, where the path leads nowhere. */
	placeOf(path: Path, part: 'key' | 'value'): Place;
};

export const PLAN_MAX_BYTES = 1_000_000;
const MOST_ALIASES = 100;
const DEEPEST = 64;
const START: Place = { line: 1, column: 1 };

const remedies: Readonly<Record<string, string>> = {
	BAD_INDENT: 'line it up with the keys beside it, with spaces',
	TAB_AS_INDENT: 'indent with spaces, not with tabs',
	MISSING_CHAR: 'add the missing character, or put the text in quotes',
	MULTIPLE_DOCS: 'keep one plan in a file: take out the line of three hyphens',
	TAG_RESOLVE_FAILED: 'take the tag out: a plan uses none',
	NON_STRING_KEY: 'use a plain word as key',
	BAD_ALIAS: 'write the value out',
	BLOCK_AS_IMPLICIT_KEY: 'put a key and its value on a line, and what belongs to it further in on the next ones',
	MULTILINE_IMPLICIT_KEY: 'write the key on one line, followed by a colon',
	UNEXPECTED_TOKEN: 'take it out, or put the text in quotes',
};

const withoutPlace = (message: string): string => message.replace(/ at line \d+, column \d+[\s\S]*$/, '').slice(0, 200);

function unread(mistake: { message: string; remedy: string }): PlanYaml {
	return { data: undefined, brokenFrom: 1, mistakes: [{ ...START, path: [], ...mistake }], placeOf: () => START };
}

/** Plain data as a person would write it; long texts stay on their line. */
export const writeYaml = (data: unknown): string => stringify(data, { lineWidth: 0, version: '1.2' });

export function readYaml(text: string): PlanYaml {
	if (Buffer.byteLength(text) > PLAN_MAX_BYTES) {
		return unread({ message: 'the file is larger than 1 MB', remedy: 'keep to the plan itself, at most 1 MB of text' });
	}
	if (opensWithoutEnd(text)) return unread({ message: `nested deeper than ${DEEPEST} levels`, remedy: 'write it flatter, as the example plan does' });
	const lines = new LineCounter();
	try {
		const doc = parseDocument(text, {
			lineCounter: lines,
			prettyErrors: false,
			logLevel: 'error',
			schema: 'core',
			merge: false,
			resolveKnownTags: false,
			stringKeys: true,
			// Found below, in linear time and with the line of the first.
			uniqueKeys: false,
		});
		return examine(doc, lines);
	} catch (error) {
		// The YAML library walks nested nodes by recursion, and ends the walk with these two where it cannot go on.
		if (!(error instanceof RangeError || error instanceof ReferenceError)) throw error;
		return unread({
			message: 'the file nests, or repeats by aliases, more than can be read',
			remedy: 'write the values out, as the example plan does',
		});
	}
}

/** Brackets that are opened and not closed, wherever they stand: no plan has this many, and the library takes half a minute for them. */
const OPEN_AT_MOST = 1000;
function opensWithoutEnd(text: string): boolean {
	let open = 0;
	for (let at = 0; at < text.length; at += 1) {
		const one = text.charCodeAt(at);
		if (one === 0x7b || one === 0x5b) open += 1;
		else if ((one === 0x7d || one === 0x5d) && open > 0) open -= 1;
		if (open > OPEN_AT_MOST) return true;
	}
	return false;
}

function examine(doc: Document.Parsed, lines: LineCounter): PlanYaml {
	const placeAt = (offset: number): Place => {
		const { line, col } = lines.linePos(offset);
		return { line: Math.max(1, line), column: Math.max(1, col) };
	};
	const mistakes: YamlMistake[] = [];
	for (const { code, message, pos } of [...doc.errors, ...doc.warnings]) {
		const remedy = remedies[code] ?? 'check this line and the one above: indentation, colons, quotes';
		mistakes.push({ ...placeAt(openingOf(doc, pos[0])), path: [], message: withoutPlace(message), remedy });
	}
	const brokenFrom = mistakes.length > 0 ? Math.min(...mistakes.map((one) => one.line)) : null;
	const canBeRead = checkNodes(doc, (offset, message, remedy) => mistakes.push({ ...placeAt(offset), path: [], message, remedy }));
	const data: unknown = canBeRead ? doc.toJS({ maxAliasCount: MOST_ALIASES }) : undefined;
	return {
		data,
		brokenFrom: canBeRead ? brokenFrom : 1,
		mistakes,
		placeOf: (path, part) => placeAt(offsetOf(doc, path, part)),
	};
}

/** A quote that is never closed is told where it opens, not at the end of the file. */
function openingOf(doc: Document.Parsed, offset: number): number {
	let opening = offset;
	if (doc.errors.length > 0 && doc.contents !== null && (doc.range?.[1] ?? 0) <= offset) {
		visit(doc, {
			Scalar(_, { type, range }) {
				if (type?.startsWith('QUOTE_') && range && range[0] < offset && range[1] >= offset) opening = range[0];
			},
		});
	}
	return opening;
}

type Say = (offset: number, message: string, remedy: string) => void;

/** Keys given twice, aliases that lead nowhere or to themselves, and nesting without end. False: not to be turned into data. */
function checkNodes(doc: Document.Parsed, say: Say): boolean {
	let sound = true;
	let aliases = 0;
	visit(doc, {
		Node(_, node, ancestors) {
			if (ancestors.length <= DEEPEST * 2) return;
			sound = false;
			say(node.range?.[0] ?? 0, `nested deeper than ${DEEPEST} levels`, 'write it flatter, as the example plan does');
			return visit.BREAK;
		},
	});
	if (!sound) return false;
	visit(doc, {
		Map(_, map) {
			const seen = new Map<string, number>();
			for (const { key } of map.items) {
				if (!isScalar(key)) continue;
				const name = String(key.value);
				const offset = key.range?.[0] ?? 0;
				if (name === '__proto__') say(offset, 'this key cannot be used', 'use another word');
				if (seen.has(name)) say(offset, `"${name.slice(0, 80)}" is given twice`, 'keep one of the two: the other would be lost');
				seen.set(name, offset);
			}
		},
		Alias(_, alias, ancestors) {
			aliases += 1;
			if (aliases > MOST_ALIASES) {
				if (aliases === MOST_ALIASES + 1) say(alias.range?.[0] ?? 0, `more than ${MOST_ALIASES} aliases`, 'write the values out');
				sound = false;
				return;
			}
			const target = alias.resolve(doc);
			if (target && !ancestors.includes(target)) return;
			sound = false;
			const what = target ? 'leads to itself' : 'leads nowhere';
			say(alias.range?.[0] ?? 0, `the alias "*${alias.source.slice(0, 80)}" ${what}`, 'write the value out');
		},
	});
	return sound;
}

/** Key → its pair, once for each map: a file may hold very many mistakes. */
const pairsOf = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

function pairAt(map: YAMLMap, key: string): Pair | undefined {
	let pairs = pairsOf.get(map);
	if (!pairs) {
		// Of two equal keys the last stays: it is the one that was read.
		pairs = new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : '', pair]));
		pairsOf.set(map, pairs);
	}
	return pairs.get(key);
}

function offsetOf(doc: Document.Parsed, path: Path, part: 'key' | 'value'): number {
	let node: unknown = doc.contents;
	let keyAt = 0;
	let valueAt = keyAt;
	for (const step of path) {
		if (isAlias(node)) node = node.resolve(doc);
		if (isMap(node)) {
			const pair = pairAt(node, String(step));
			if (!pair) break;
			keyAt = isScalar(pair.key) ? (pair.key.range?.[0] ?? keyAt) : keyAt;
			node = pair.value;
		} else if (isSeq(node) && typeof step === 'number' && node.items[step] !== undefined) {
			node = node.items[step];
			keyAt = (node as Node).range?.[0] ?? keyAt;
		} else break;
		const isEmpty = node === null || (isScalar(node) && node.value === null);
		valueAt = isEmpty ? keyAt : ((node as Node).range?.[0] ?? keyAt);
	}
	return part === 'key' ? keyAt : valueAt;
}
