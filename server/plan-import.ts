// A spreadsheet into a plan's sections, and a plan's runbook into a spreadsheet: joins files, mapping and words. Writes where it is told, over nothing.
import * as z from 'zod/mini';
import { task } from '../shared/plan-night.ts';
import { mapOf } from '../shared/plan-values.ts';
import { writeZoned } from './domain/zoned-time.ts';
import { importRunbook } from './import/import-runbook.ts';
import { type Mapping, mappingSchema, noMapping } from './import/mapping.ts';
import type { Runbook, Task } from './import/runbook-rows.ts';
import type { SheetFault } from './import/sheet.ts';
import { writeCsv } from './import/write-csv.ts';
import { explainIssues, type JsonSchema } from './plan-issues.ts';
import { readYaml, writeYaml } from './plan-yaml.ts';

export type Told = { readonly out: string; readonly notes: readonly string[] };
export type Outcome = ({ readonly ok: true } & Told) | { readonly ok: false; readonly mistakes: readonly string[] };

/** The language of a place in a sheet; what is wrong there is told in English. */
export type PlaceLanguage = 'it' | 'en';
const places = { it: { sheet: 'foglio', cell: 'cella' }, en: { sheet: 'sheet', cell: 'cell' } } as const;

const describe = (file: string, sheet: string, { cell, message, remedy }: SheetFault, lang: PlaceLanguage): string => {
	const words = places[lang];
	const place = [sheet === '' ? null : `${words.sheet} "${sheet.slice(0, 60)}"`, cell === null ? null : `${words.cell} ${cell}`]
		.filter((one) => one !== null)
		.join(', ');
	return `${file}: ${place === '' ? '' : `${place}: `}${message} — ${remedy}`;
};

export type ImportAsk = {
	readonly file: string;
	readonly bytes: Uint8Array;
	readonly mapping: { readonly file: string; readonly text: string } | null;
	readonly zone: string;
	readonly night: number | null;
	readonly lang?: PlaceLanguage;
};

export async function importPlan({ file, bytes, mapping: given, zone, night, lang = 'en' }: ImportAsk): Promise<Outcome> {
	const mapping = given === null ? { ok: true as const, mapping: noMapping } : readMapping(given.text, given.file);
	if (!mapping.ok) return mapping;
	const read = await importRunbook(bytes, { mapping: mapping.mapping, zone, night });
	if (!read.ok) return { ok: false, mistakes: read.faults.map((fault) => describe(file, read.sheet, fault, lang)) };
	const notes = read.notes.map((note) => describe(file, read.sheet, note, lang));
	if (read.unread.length > 0) notes.push(`${file}: not read: ${read.unread.map((one) => one.slice(0, 40)).join(', ')}`);
	return { ok: true, out: writeSections(read.runbook, zone), notes };
}

type ReadMapping = { readonly ok: true; readonly mapping: Mapping } | { readonly ok: false; readonly mistakes: readonly string[] };

export function readMapping(text: string, file: string): ReadMapping {
	const yaml = readYaml(text);
	const said = yaml.mistakes.map(({ line, column, message, remedy }) => `${file}:${line}:${column}: ${message} — ${remedy}`);
	if (said.length > 0) return { ok: false, mistakes: said };
	const parsed = mappingSchema.safeParse(yaml.data ?? {});
	if (parsed.data) return { ok: true, mapping: parsed.data };
	const root = z.toJSONSchema(mappingSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
	const mistakes = explainIssues(parsed.error.issues, yaml.data, root).map(({ path, part, message, remedy }) => {
		const { line, column } = yaml.placeOf(path, part);
		return `${file}:${line}:${column}: ${path.length === 0 ? '' : `${path.join('.')}: `}${message} — ${remedy}`;
	});
	return { ok: false, mistakes };
}

const units = [
	['d', 86_400_000],
	['h', 3_600_000],
	['min', 60_000],
	['s', 1000],
	['ms', 1],
] as const;

/** 5400000 → 90min: the largest unit of which it is a whole number. */
function lengthOf(ms: number): string {
	if (ms === 0) return '0min';
	const [unit, size] = units.find(([, one]) => ms % one === 0) ?? ['ms', 1];
	return `${ms / size}${unit}`;
}

/** As a plan is written: lengths with their unit, moments with their offset, what is usual left out. */
function written(one: Task, zone: string): Record<string, unknown> {
	const moment = (instant: number): string => (instant % 1000 === 0 ? writeZoned(instant, zone) : new Date(instant).toISOString());
	const { label, kind, stream, team, owner, start, duration, rehearsed, after, fixed, criterion, gate, archive, restores } = one;
	const all = {
		label,
		kind: kind === 'task' ? undefined : kind,
		stream,
		team,
		owner,
		start: start === undefined ? undefined : moment(start),
		duration: duration === 0 ? undefined : lengthOf(duration),
		rehearsed: rehearsed === undefined ? undefined : { p50: lengthOf(rehearsed.p50), p90: lengthOf(rehearsed.p90) },
		after: after.length === 0 ? undefined : after,
		fixed: fixed === undefined ? undefined : moment(fixed),
		criterion,
		gate,
		archive,
		restores,
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

export function writeSections({ tasks, teams }: Runbook, zone: string): string {
	const sections = {
		...(Object.keys(teams).length === 0 ? {} : { teams }),
		tasks: Object.fromEntries(Object.entries(tasks).map(([id, one]) => [id, written(one, zone)])),
	};
	return writeYaml(sections);
}

/** Of a plan only what a runbook needs: a whole plan, or the sections that an import wrote. */
const partial = z.object({
	cutover: z.optional(z.object({ zone: z.optional(z.string()) })),
	teams: z._default(mapOf(z.object({ label: z.string() })), {}),
	tasks: mapOf(task),
});

/** `zone`: told; else the plan's own. */
export function exportRunbook(text: string, file: string, zone: string | null): Outcome {
	const yaml = readYaml(text);
	if (yaml.mistakes.length > 0) {
		return { ok: false, mistakes: yaml.mistakes.map(({ line, column, message, remedy }) => `${file}:${line}:${column}: ${message} — ${remedy}`) };
	}
	const parsed = partial.safeParse(yaml.data ?? {});
	if (!parsed.data) {
		const root = z.toJSONSchema(partial, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
		const mistakes = explainIssues(parsed.error.issues, yaml.data ?? {}, root).map(({ path, part, message, remedy }) => {
			const { line, column } = yaml.placeOf(path, part);
			return `${file}:${line}:${column}: ${path.length === 0 ? '' : `${path.join('.')}: `}${message} — ${remedy}`;
		});
		return { ok: false, mistakes };
	}
	const { tasks, teams, cutover } = parsed.data;
	const count = Object.keys(tasks).length;
	if (count === 0) return { ok: false, mistakes: [`${file}: the plan has no tasks — add them under "tasks"`] };
	return { ok: true, out: writeCsv({ tasks, teams }, zone ?? cutover?.zone ?? 'Europe/Rome'), notes: [] };
}
