// npm run plan: checks a plan file, prints an example, prints the JSON Schema. Reads, and changes nothing.
import { readFile } from 'node:fs/promises';
import { loadRegistry } from './connectors/registry.ts';
import { describeMistake, planSchemaOf, readPlan } from './plan-file.ts';
import { loadRehearsals } from './rehearsal/rehearsals.ts';

const usage = `npm run plan -- check FILE      lists every mistake in a plan, with file, line and what would be right
                example NAME    prints an example plan
                schema          prints the JSON Schema of plans, for editors`;

/** What to print where, and the exit status: 0, or 2 where something is not as it has to be. */
export type Said = { readonly status: 0 | 2; readonly out: string; readonly err: string };

const say = (out: string): Said => ({ status: 0, out, err: '' });
const fail = (err: string): Said => ({ status: 2, out: '', err });
const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

async function check(file: string): Promise<Said> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
		return fail(`${file}: cannot be read (${code}). Give the path of a plan file that this user may read.`);
	}
	const read = readPlan(text, file, await loadRegistry());
	if (!read.ok) return fail([...read.mistakes.map(describeMistake), '', `${count(read.mistakes.length, 'mistake')} in ${file}`].join('\n'));
	const { cutover, archives, services, sources, displays } = read.plan;
	const held = Object.entries({ archive: archives, service: services, source: sources, display: displays });
	const sums = held.map(([word, all]) => count(Object.keys(all).length, word)).join(', ');
	const [start, end] = [cutover.window.start, cutover.window.end].map((one) => new Date(one).toISOString().slice(0, 16));
	return say(`${file}: good. ${cutover.name}, ${start}Z to ${end}Z: ${sums}. Digest ${read.digest.slice(0, 12)}`);
}

async function example(name: string | undefined): Promise<Said> {
	const rehearsals = await loadRehearsals();
	const found = rehearsals.get(name ?? '');
	if (found) return say(found.planText.trimEnd());
	return fail(`${name === undefined ? 'Which example?' : `There is no example "${name}".`} There is: ${[...rehearsals.keys()].join(', ')}`);
}

export async function planCommand(argv: readonly string[]): Promise<Said> {
	const [verb, argument, ...rest] = argv;
	if (rest.length > 0) return fail(`One thing at a time: "${rest[0]}" is too much.\n\n${usage}`);
	if (verb === 'check' && argument !== undefined) return check(argument);
	if (verb === 'example') return example(argument);
	if (verb === 'schema') return say(JSON.stringify(planSchemaOf(await loadRegistry()), null, 2));
	if (verb === 'import') return fail('import is not available yet: write the plan by hand, beginning with npm run plan -- example san-martino');
	if (verb === '--help' || verb === 'help') return say(usage);
	return fail(`${verb === undefined ? 'What to do?' : verb === 'check' ? 'Which file?' : `"${verb}" is not known.`}\n\n${usage}`);
}

if (import.meta.main) {
	const { status, out, err } = await planCommand(process.argv.slice(2));
	if (out) process.stdout.write(`${out}\n`);
	if (err) process.stderr.write(`${err}\n`);
	process.exitCode = status;
}
