// What npm run plan says, and its exit status.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planCommand } from '../../server/plan-command.ts';
import { bend, soundPlan } from './sound-plan.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'plan-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(text: string): Promise<string> {
	const path = join(folder, 'notte.yaml');
	await writeFile(path, text);
	return path;
}

test('check sums up a good plan in one line', async () => {
	const said = await planCommand(['check', await file(soundPlan)]);
	expect(said.status).toBe(0);
	expect(said.out.split('\n')).toHaveLength(1);
	expect(said.out).toContain('Notte 1, 2025-10-21T17:00Z to 2025-10-22T03:00Z: 1 archive, 1 service, 0 tasks, 0 gates, 2 sources, 1 display');
});

test('check lists each mistake as file:line:column, with status 2', async () => {
	const path = await file(bend('wave: 2', 'wawe: 2', bend('zone: Europe/Rome', 'zone: Roma')));
	const said = await planCommand(['check', path]);
	expect(said.status).toBe(2);
	expect(said.err).toContain(`${path}:5:9: cutover.zone: `);
	expect(said.err).toContain(`${path}:20:5: archives.cce-db.wawe: unknown key "wawe" — did you mean "wave"?`);
	expect(said.err).toContain(`2 mistakes in ${path}`);
});

test('check says which file it cannot read', async () => {
	const said = await planCommand(['check', join(folder, 'nowhere.yaml')]);
	expect([said.status, said.err]).toEqual([2, expect.stringContaining('nowhere.yaml: cannot be read (ENOENT)')]);
});

test('example prints a plan that check finds good', async () => {
	const example = await planCommand(['example', 'san-martino']);
	expect((await planCommand(['check', await file(example.out)])).status).toBe(0);
	const unknown = await planCommand(['example', 'nessuna']);
	expect([unknown.status, unknown.err]).toEqual([2, expect.stringContaining('san-martino')]);
});

test('schema prints the JSON Schema', async () => {
	const said = await planCommand(['schema']);
	expect(JSON.parse(said.out)).toMatchObject({ title: 'Regia plan', required: expect.arrayContaining(['cutover']) });
});

test.each([[[]], [['check']], [['chek', 'a']], [['check', 'a', 'b']], [['import']]])('%j is answered with status 2 and what to do', async (argv) => {
	const said = await planCommand(argv);
	expect(said.status).toBe(2);
	expect(said.err).toMatch(/npm run plan -- /);
});
