// A schema's issue → what is wrong and what would be right, in words. Knows schemas and data, no file and no line.
import type * as z from 'zod/mini';
import { nearest, suggest } from './domain/nearest.ts';
import type { Path } from './plan-yaml.ts';

type Issue = z.core.$ZodIssue;
export type JsonSchema = { readonly [key: string]: unknown };
export type Explained = {
	readonly path: Path;
	readonly part: 'key' | 'value';
	readonly message: string;
	readonly remedy: string;
	/** The key that is not there, of the path's own. */
	readonly missing?: string;
	/** The key that an unknown one was likely meant for. */
	readonly suggested?: string | undefined;
};

/** What stands where a key is missing, so that the remedy can be typed as it is. */
const examples: Readonly<Record<string, string>> = {
	programme: '{ id: programma, name: Programma di trasferimento }',
	cutover: '{ id: notte-1, name: Notte 1, window: { start: …, end: … } }',
	window: '{ start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 }',
	id: 'notte-1',
	name: 'Notte 1',
	label: 'Cartella clinica',
	start: '2025-10-21T19:00:00+02:00',
	end: '2025-10-22T05:00:00+02:00',
	from: '2025-10-21T19:30:00+02:00',
	to: '2025-10-22T02:30:00+02:00',
	at: '2025-10-21T19:30:00+02:00',
	priority: '1',
	kind: 'push',
	audience: 'wall',
	diagonalInches: '55',
	resolution: '3840x2160',
	distanceMetres: '4',
};

const typeWords: Readonly<Record<string, string>> = {
	string: 'a text',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	object: 'keys with their values, further in on the next lines',
	record: 'names with what belongs to each, further in on the next lines',
	array: 'a list, each line beginning with a hyphen',
};

const isTree = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

export function valueAt(data: unknown, path: Path): unknown {
	let value = data;
	for (const step of path) {
		if (Array.isArray(value)) value = value[Number(step)];
		else if (isTree(value) && Object.hasOwn(value, step)) value = value[step];
		else return undefined;
	}
	return value;
}

function kindOf(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'keys with values';
	return typeof value === 'string' ? `the text "${value.slice(0, 60)}"` : `${value}`;
}

const branches = (schema: JsonSchema): JsonSchema[] => [
	schema,
	...['anyOf', 'oneOf', 'allOf'].flatMap((word) => (Array.isArray(schema[word]) ? (schema[word] as JsonSchema[]).flatMap(branches) : [])),
];

/** The keys that the schema knows at a path. */
function keysAt(root: JsonSchema, path: Path): string[] {
	let here = branches(root);
	for (const step of path) {
		here = here.flatMap((one) => {
			const named = isTree(one.properties) ? one.properties[String(step)] : undefined;
			const next = named ?? (typeof step === 'number' ? one.items : one.additionalProperties);
			return isTree(next) ? branches(next) : [];
		});
	}
	return [...new Set(here.flatMap((one) => (isTree(one.properties) ? Object.keys(one.properties) : [])))];
}

/** What our schemas say of themselves; null for the schema library's own words, whichever locale it was given. */
const own = (message: string): string | null => (/^(?:$|Invalid |Too small|Too big|Unrecognized )/.test(message) ? null : message);

/**
 * `data`: what the schema was given; `root`: the same schema as JSON Schema.
 * A mistyped key is one mistake: the key that it was meant for is not told as missing beside it.
 */
export function explainIssues(issues: readonly Issue[], data: unknown, root: JsonSchema): Explained[] {
	const all = issues.flatMap((issue) => explainIssue(issue, data, root));
	const meant = new Set(all.flatMap(({ path, suggested }) => (suggested === undefined ? [] : [[...path.slice(0, -1), suggested].join('/')])));
	return all.filter(({ path, missing }) => missing === undefined || !meant.has([...path, missing].join('/')));
}

function explainIssue(issue: Issue, data: unknown, root: JsonSchema): Explained[] {
	const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
	const last = String(path.at(-1) ?? 'the plan');
	const value = valueAt(data, path);
	const wrong = (remedy: string, message = `"${last}" is ${kindOf(value)}`): Explained[] => [{ path, part: 'value', message, remedy }];
	if (issue.code === 'unrecognized_keys') {
		const known = keysAt(root, path);
		return issue.keys.map((key) => ({
			path: [...path, key],
			part: 'key',
			message: `unknown key "${key.slice(0, 80)}"`,
			remedy: suggest(key, known, 'take it out: nothing is read here'),
			suggested: nearest(key, known),
		}));
	}
	if (issue.code === 'invalid_union' && issue.errors.length > 0) {
		const fewest = issue.errors.reduce((best, one) => (one.length < best.length ? one : best));
		return fewest.flatMap((one) => explainIssue({ ...one, path: [...issue.path, ...one.path] } as Issue, data, root));
	}
	if (value === undefined && path.length > 0) {
		const example = examples[last] ?? own(issue.message)?.split(', as ')[1];
		const remedy = example === undefined ? `add "${last}"${own(issue.message) ? `: ${issue.message}` : ''}` : `add it, as ${last}: ${example}`;
		return [{ path: path.slice(0, -1), part: 'key', message: `"${last}" is missing`, remedy, missing: last }];
	}
	const said = own(issue.message);
	if (said !== null) return wrong(said);
	switch (issue.code) {
		case 'invalid_type':
			return wrong(typeWords[issue.expected] ?? `a value of type ${issue.expected}`);
		case 'invalid_value':
			return wrong(suggest(String(value), issue.values.map(String), 'nothing fits here'));
		case 'too_small':
			return wrong(`${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${issue.origin === 'string' ? ' characters' : ''}`);
		case 'too_big':
			return wrong(`${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`);
		case 'invalid_format':
			return wrong(`a text of the form ${issue.format}`);
		case 'invalid_key':
			return [{ path, part: 'key', message: `the name "${last.slice(0, 80)}" cannot be used`, remedy: issue.issues[0]?.message ?? 'another name' }];
		default:
			return wrong('see the example plan: npm run plan -- example san-martino');
	}
}
