// npm run plan: checks a plan file, prints an example or the JSON Schema, takes a runbook from a spreadsheet and gives it back as one.
// Writes only where --out says, and never over a file that is there.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { loadRegistry } from './connectors/registry.ts';
import { nightOf } from './import/cell-values.ts';
import { exportCurve, readCurve } from './plan-curve.ts';
import { describeMistake, planSchemaOf, readPlan } from './plan-file.ts';
import { exportRunbook, importPlan, type Outcome, type PlaceLanguage } from './plan-import.ts';
import { readLogo } from './plan-press.ts';
import { loadRehearsals } from './rehearsal/rehearsals.ts';

const usage = `npm run plan -- check FILE      lists every mistake in a plan, with file, line and what would be right
                example NAME    prints an example plan
                schema          prints the JSON Schema of plans, for editors
                import FILE     prints a runbook (.xlsx or .csv) as the sections of a plan
                                --mapping FILE  which column is what; --zone Europe/Rome
                                --date DAY      on which the night begins, for times without a date
                                --lang it       names places as "cella D14"; else as the system's language has it
                export FILE     prints a plan's runbook as .csv; --zone as well
                                curve --data DIR  prints a past night’s curve, to lay under the next one (cutover.rehearsal.curve)
                --out FILE      writes it there, with all three`;

/** What to print where, and the exit status: 0, or 2 where something is not as it has to be. */
export type Said = { readonly status: 0 | 2; readonly out: string; readonly err: string };

const say = (out: string, err = ''): Said => ({ status: 0, out, err });
const fail = (err: string): Said => ({ status: 2, out: '', err });
const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

async function readBytes(file: string): Promise<{ readonly bytes: Buffer } | { readonly said: Said }> {
	try {
		return { bytes: await readFile(file) };
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
		return { said: fail(`${file}: cannot be read (${code}). Give the path of a file that this user may read.`) };
	}
}

async function check(file: string): Promise<Said> {
	const read = await readBytes(file);
	if ('said' in read) return read.said;
	const plan = readPlan(read.bytes.toString('utf8'), file, await loadRegistry());
	if (!plan.ok) return fail([...plan.mistakes.map(describeMistake), '', `${count(plan.mistakes.length, 'mistake')} in ${file}`].join('\n'));
	const curve = await readCurve(plan.plan, dirname(file));
	if ('mistake' in curve) return fail(`${file}: ${curve.mistake}\n\n1 mistake in ${file}`);
	const logo = await readLogo(plan.plan, dirname(file));
	if ('mistake' in logo) return fail(`${file}: ${logo.mistake}\n\n1 mistake in ${file}`);
	const { cutover, archives, services, tasks, gates, sources, displays } = plan.plan;
	const held = Object.entries({ archive: archives, service: services, task: tasks, gate: gates, source: sources, display: displays });
	const sums = held.map(([word, all]) => count(Object.keys(all).length, word)).join(', ');
	const [start, end] = [cutover.window.start, cutover.window.end].map((one) => new Date(one).toISOString().slice(0, 16));
	return say(`${file}: good. ${cutover.name}, ${start}Z to ${end}Z: ${sums}. Digest ${plan.digest.slice(0, 12)}`);
}

async function example(name: string | undefined): Promise<Said> {
	const rehearsals = await loadRehearsals();
	const found = rehearsals.get(name ?? '');
	// An example stands alone: what lies beside it is not taken along.
	if (found) return say(found.planText.replace(/^( *)(rehearsal: \{ curve: .*)$/m, '$1# $2 # npm run plan -- curve').trimEnd());
	return fail(`${name === undefined ? 'Which example?' : `There is no example "${name}".`} There is: ${[...rehearsals.keys()].join(', ')}`);
}

type Flags = {
	readonly mapping?: string;
	readonly out?: string;
	readonly zone?: string;
	readonly date?: string;
	readonly data?: string;
	readonly lang?: string;
};

/** As the shell has it; the first that is set counts. */
const systemLanguage = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): PlaceLanguage =>
	(LC_ALL || LC_MESSAGES || LANG || '').startsWith('it') ? 'it' : 'en';

async function takeRunbook(file: string, flags: Flags): Promise<Said> {
	const read = await readBytes(file);
	if ('said' in read) return read.said;
	const map = flags.mapping === undefined ? null : await readBytes(flags.mapping);
	if (map !== null && 'said' in map) return map.said;
	const night = flags.date === undefined ? null : nightOf(flags.date);
	if (flags.date !== undefined && night === null) return fail(`--date ${flags.date}: is no day. Give it as 2025-10-21.`);
	if (flags.lang !== undefined && flags.lang !== 'it' && flags.lang !== 'en')
		return fail(`--lang ${flags.lang}: is no language here. Give it or en.`);
	const lang = flags.lang ?? systemLanguage(process.env);
	const mapping = map === null ? null : { file: flags.mapping ?? '', text: map.bytes.toString('utf8') };
	return tell(file, await importPlan({ file, bytes: read.bytes, mapping, zone: flags.zone ?? 'Europe/Rome', night, lang }), flags.out);
}

async function giveRunbook(file: string, flags: Flags): Promise<Said> {
	const read = await readBytes(file);
	return 'said' in read ? read.said : tell(file, exportRunbook(read.bytes.toString('utf8'), file, flags.zone ?? null), flags.out);
}

async function giveCurve({ data, out }: Flags): Promise<Said> {
	if (data === undefined) return fail(`Which night? Give its data folder with --data.\n\n${usage}`);
	const found = await exportCurve(data);
	return 'mistake' in found ? fail(found.mistake) : tell(data, { ok: true, out: found.text, notes: [] }, out);
}

async function tell(file: string, outcome: Outcome, out: string | undefined): Promise<Said> {
	if (!outcome.ok) return fail([...outcome.mistakes, '', `${count(outcome.mistakes.length, 'mistake')} in ${file}; nothing was written`].join('\n'));
	const notes = outcome.notes.join('\n');
	if (out === undefined) return say(outcome.out.trimEnd(), notes);
	try {
		await writeFile(out, outcome.out, { flag: 'wx' });
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unwritable';
		return fail(
			`${out}: ${code === 'EEXIST' ? 'is there already. Give a new name' : `cannot be written (${code}). Give a path that this user may write`}.`,
		);
	}
	return say(`${out}: written.`, notes);
}

const isZone = (name: string): boolean => {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
	} catch {
		return false;
	}
};

const flagsOf: Readonly<Record<string, readonly string[]>> = {
	import: ['mapping', 'out', 'zone', 'date', 'lang'],
	export: ['out', 'zone'],
	curve: ['data', 'out'],
};

export async function planCommand(argv: readonly string[]): Promise<Said> {
	if (argv.includes('--help') || argv[0] === 'help') return say(usage);
	const known = flagsOf[argv[0] ?? ''] ?? [];
	let parsed: { values: Record<string, unknown>; positionals: string[] };
	try {
		const options = Object.fromEntries(known.map((name) => [name, { type: 'string' as const }]));
		parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
	} catch (error) {
		return fail(`${error instanceof Error ? error.message : 'not understood'}\n\n${usage}`);
	}
	const [verb, argument, ...rest] = parsed.positionals;
	const flags = parsed.values as Flags;
	if (rest.length > 0) return fail(`One thing at a time: "${rest[0]}" is too much.\n\n${usage}`);
	if (flags.zone !== undefined && !isZone(flags.zone)) return fail(`--zone ${flags.zone}: is no time zone. Give its IANA name, as Europe/Rome.`);
	if (verb === 'check' && argument !== undefined) return check(argument);
	if (verb === 'example') return example(argument);
	if (verb === 'schema') return say(JSON.stringify(planSchemaOf(await loadRegistry()), null, 2));
	if (verb === 'import' && argument !== undefined) return takeRunbook(argument, flags);
	if (verb === 'export' && argument !== undefined) return giveRunbook(argument, flags);
	if (verb === 'curve' && argument === undefined) return giveCurve(flags);
	const lacks = verb === 'check' || verb === 'import' || verb === 'export';
	return fail(`${verb === undefined ? 'What to do?' : lacks ? 'Which file?' : `"${verb}" is not known.`}\n\n${usage}`);
}

if (import.meta.main) {
	const { status, out, err } = await planCommand(process.argv.slice(2));
	if (out) process.stdout.write(`${out}\n`);
	if (err) process.stderr.write(`${err}\n`);
	process.exitCode = status;
}
