// npm run plan -- import and export, as they are typed.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { planCommand } from '../../server/plan-command.ts';
import { runbookPlan } from '../plan/runbook-plan.ts';
import { folder as fixtures } from './read-fixture.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'import-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('import prints what can be put into a plan, which check then finds good', async () => {
	const said = await planCommand(['import', join(fixtures, 'libreoffice-cutover.xlsx')]);
	expect([said.status, said.err]).toEqual([0, expect.stringContaining('not read: Custom Fields')]);
	const head = runbookPlan.slice(0, runbookPlan.indexOf('  rollback:'));
	const gate = `gates:\n  t-4:\n    label: Go\n    criteria: { a: { label: A, task: t-3 } }\n    positions: { a: { label: A, team: dba } }\n`;
	const plan = join(folder, 'notte.yaml');
	await writeFile(plan, `${head}${said.out}\n${gate}`);
	const checked = await planCommand(['check', plan]);
	expect([checked.err, checked.out]).toEqual(['', expect.stringContaining('6 tasks, 1 gate')]);
});

test('import reads with a mapping and a day', async () => {
	const file = join(fixtures, 'excel-italiano.csv');
	const said = await planCommand([
		'import',
		file,
		'--mapping',
		join(fixtures, 'excel-italiano.mapping.yaml'),
		'--date',
		'2025-10-21',
		'--zone',
		'UTC',
	]);
	expect(said.out).toContain('start: 2025-10-22T01:03:00+00:00');
	const without = await planCommand(['import', file, '--mapping', join(fixtures, 'excel-italiano.mapping.yaml')]);
	expect([without.status, without.out]).toEqual([2, '']);
	expect(without.err).toContain('cell F2: the time has no date');
	expect(without.err).toContain('4 mistakes');
});

test('a place is named in the language asked for, or in the system’s', async () => {
	const ask = ['import', join(fixtures, 'excel-italiano.csv'), '--mapping', join(fixtures, 'excel-italiano.mapping.yaml')];
	const err = async (...more: string[]): Promise<string> => (await planCommand([...ask, ...more])).err;
	vi.stubEnv('LC_ALL', 'it_IT.UTF-8');
	expect(await err()).toContain('.csv: cella F2: the time has no date');
	expect(await err('--lang', 'en')).toContain('.csv: cell F2: the time has no date');
	vi.stubEnv('LC_ALL', 'C.UTF-8');
	expect(await err()).toContain('.csv: cell F2: the time has no date');
	expect(await err('--lang', 'it')).toContain('.csv: cella F2: the time has no date');
	vi.unstubAllEnvs();
});

test('--out writes a new file, and never over one that is there', async () => {
	const out = join(folder, 'tasks.yaml');
	const once = await planCommand(['import', join(fixtures, 'excel-1904.xlsx'), '--out', out]);
	expect([once.status, once.out]).toEqual([0, `${out}: written.`]);
	const text = await readFile(out, 'utf8');
	const twice = await planCommand(['import', join(fixtures, 'excel-template.xlsx'), '--out', out]);
	expect([twice.status, twice.err]).toEqual([2, `${out}: is there already. Give a new name.`]);
	expect(await readFile(out, 'utf8')).toBe(text);
});

test('a whole plan’s runbook goes out, and comes in as it was', async () => {
	const plan = join(folder, 'plan.yaml');
	const csv = join(folder, 'runbook.csv');
	await writeFile(plan, runbookPlan);
	expect((await planCommand(['export', plan, '--out', csv])).status).toBe(0);
	const back = await planCommand(['import', csv]);
	const sections = join(folder, 'back.yaml');
	await writeFile(sections, back.out);
	const again = await planCommand(['export', sections]);
	expect(again.out).toBe((await readFile(csv, 'utf8')).trimEnd());
});

test.each([
	[['import', 'a.xlsx', '--zone', 'Europe/Genova'], 'Europe/Genova: is no time zone'],
	[['import', join(fixtures, 'excel-1904.xlsx'), '--date', '21/10/2025'], 'is no day'],
	[['import', join(fixtures, 'excel-1904.xlsx'), '--lang', 'xx'], 'is no language here'],
	[['import', join(fixtures, 'excel-1904.xlsx'), '--maping', 'x'], "Unknown option '--maping'"],
	[['import', join(fixtures, 'nowhere.xlsx')], 'cannot be read (ENOENT)'],
	[['import', join(fixtures, 'excel-1904.xlsx'), '--mapping', 'nowhere.yaml'], 'nowhere.yaml: cannot be read'],
	[['export', join(fixtures, 'excel-1904.xlsx')], ':1:'],
	[['export'], 'Which file?'],
	[['check', 'a.yaml', '--zone', 'UTC'], "Unknown option '--zone'"],
])('%j is answered with status 2 and why', async (argv, why) => {
	const said = await planCommand(argv);
	expect([said.status, said.out]).toEqual([2, '']);
	expect(said.err).toContain(why);
});
