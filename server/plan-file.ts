// A plan's text → the plan, or every mistake in it at once, each with file, line and what would be right. Never throws.
// Knows neither disk nor journal; a connector's settings are judged by the connector's own schema.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { type Plan, planJsonSchema, planSchema, type SettingsSchema } from '../shared/plan.ts';
import { idPattern } from '../shared/subject.ts';
import type { ConnectorKind } from './connectors/connector.ts';
import { suggest } from './domain/nearest.ts';
import { type Explained, explainIssues, type JsonSchema, valueAt } from './plan-issues.ts';
import { checkReferences, checkSubjects, subjectsOf } from './plan-references.ts';
import { checkSenders } from './plan-senders.ts';
import { checkChannelTargets, checkTargetList, checkTargets } from './plan-targets.ts';
import { type Path, readYaml } from './plan-yaml.ts';

export type FileMistake = {
	readonly file: string;
	readonly line: number;
	readonly column: number;
	/** Where in the plan, as `archives.cce-db.label`; empty where it is the writing itself. */
	readonly path: string;
	readonly message: string;
	readonly remedy: string;
};

export type ReadPlan =
	| { readonly ok: true; readonly plan: Plan; readonly digest: string }
	| { readonly ok: false; readonly mistakes: readonly FileMistake[] };

/** As the registry gives them: kind → connector. */
export type Kinds = ReadonlyMap<string, ConnectorKind>;

const sections = [
	'teams',
	'archives',
	'services',
	'sites',
	'facilities',
	'networks',
	'dependants',
	'flows',
	'bodies',
	'tasks',
	'gates',
	'channels',
	'sources',
	'displays',
];
const isTree = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON Schema of a plan with the settings of these kinds: what `/api/plan.schema.json` serves. */
export const planSchemaOf = (kinds: Kinds): Record<string, unknown> =>
	planJsonSchema(Object.fromEntries([...kinds].map(([kind, one]) => [kind, one.settings])));

/** One line for people: file, place, what, and what to do. */
export const describeMistake = ({ file, line, column, path, message, remedy }: FileMistake): string =>
	`${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message} — ${remedy}`;

export function readPlan(text: string, file: string, kinds: Kinds): ReadPlan {
	const yaml = readYaml(text);
	const found: FileMistake[] = yaml.mistakes.map(({ path, ...rest }) => ({ file, ...rest, path: path.join('.') }));
	const add = ({ path, part, message, remedy, missing }: Explained): void => {
		const place = yaml.placeOf(path, part);
		// Below a broken line, and for whatever seems to be missing, the data are not what was meant.
		if (yaml.brokenFrom !== null && (place.line >= yaml.brokenFrom || missing !== undefined)) return;
		found.push({ file, ...place, path: path.join('.'), message, remedy });
	};
	const parsed = yaml.data === undefined ? undefined : examine(yaml.data, kinds, add);
	if (found.length === 0 && parsed) return { ok: true, plan: parsed, digest: createHash('sha256').update(text).digest('hex') };
	return { ok: false, mistakes: found.sort((a, b) => a.line - b.line || a.column - b.column) };
}

function examine(data: unknown, kinds: Kinds, add: (one: Explained) => void): Plan | undefined {
	if (!isTree(data)) {
		const message = data === null ? 'the plan is empty' : 'the plan is not made of keys and values';
		add({ path: [], part: 'value', message, remedy: 'begin with the example: npm run plan -- example san-martino' });
		return undefined;
	}
	const { renamed, original } = nameAll(data);
	for (const [section, id] of original.values()) {
		const remedy = 'an id of a–z, 0–9 and hyphens, at most 60';
		add({ path: [section, id], part: 'key', message: `the name "${id.slice(0, 80)}" cannot be used`, remedy });
	}
	/** Paths in the renamed data → paths in the file. */
	const back = (path: Path): Path => {
		const [section, id] = original.get(`${path[0]}/${path[1]}`) ?? [];
		return section === undefined || id === undefined ? path : [section, id, ...path.slice(2)];
	};
	const tell = (one: Explained): void => add({ ...one, path: back(one.path) });
	const parsed = planSchema.safeParse(renamed);
	const root: JsonSchema = parsed.success ? {} : planSchemaOf(new Map());
	for (const one of explainIssues(parsed.error?.issues ?? [], renamed, root)) tell(one);
	for (const one of [...checkReferences(renamed), ...checkTargetList(renamed), ...checkChannelTargets(renamed), ...checkSenders(renamed)])
		tell({ part: 'value', ...one });
	for (const id of Object.keys(isTree(renamed.sources) ? renamed.sources : {})) checkSettings(renamed, id, kinds, tell);
	return parsed.data;
}

/** A name that is no id stops the schema from looking at what it holds; so it looks at a copy with a sound name instead. */
function nameAll(data: Record<string, unknown>): { renamed: Record<string, unknown>; original: Map<string, readonly [string, string]> } {
	const original = new Map<string, readonly [string, string]>();
	const renamed = { ...data };
	for (const section of sections) {
		const held = data[section];
		if (!isTree(held)) continue;
		const entries = Object.entries(held).map(([id, value], index) => {
			if (idPattern.test(id)) return [id, value] as const;
			let name = `unnamed-${index}`;
			while (Object.hasOwn(held, name)) name += 'x';
			original.set(`${section}/${name}`, [section, id]);
			return [name, value] as const;
		});
		renamed[section] = Object.fromEntries(entries);
	}
	return { renamed, original };
}

const settingsJson = (schema: SettingsSchema): JsonSchema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

function checkSettings(data: unknown, id: string, kinds: Kinds, tell: (one: Explained) => void): void {
	const kind = valueAt(data, ['sources', id, 'kind']);
	if (typeof kind !== 'string') return;
	const found = kinds.get(kind);
	if (!found) {
		const remedy = suggest(kind, [...kinds.keys()], 'no connector is there');
		tell({ path: ['sources', id, 'kind'], part: 'value', message: `no connector reads the kind "${kind.slice(0, 80)}"`, remedy });
		return;
	}
	const root = ['sources', id, 'settings'];
	const given = valueAt(data, root);
	if (given !== undefined && !isTree(given)) return;
	const settings = given ?? {};
	const parsed = found.settings.safeParse(settings);
	if (parsed.error) {
		const said = explainIssues(parsed.error.issues, settings, settingsJson(found.settings));
		for (const one of said) tell({ ...one, path: [...root, ...one.path] });
	} else {
		const said = [...checkSubjects(data, id, found.subjects(settings), subjectsOf(data)), ...checkTargets(data, id)];
		for (const one of said) tell({ part: 'value', ...one });
	}
}
