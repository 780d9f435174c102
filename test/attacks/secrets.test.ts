// A secret shown to Regia comes out nowhere: after a run that uses one of every kind, logs, the data folder, frames, answers and recordings
// are searched for each of them, plain and as they travel. What is left by the whole test run is searched at its end (kit/whole-run.ts): here is
// the proof that this search finds.
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenGrant } from '../../server/domain/token.ts';
import { ask, moved, postSamples } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { type KeptSecret, newRunFolder } from '../kit/evidence.ts';
import { filesUnder, findIn, searchFiles, searchRun } from '../kit/secret-search.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { startWebService, type WebService } from '../kit/web-service.ts';

const environment = {
	RCLONE_PASSWORD: 'segreto-rclone-7f3a91',
	POSTGRES_PASSWORD: 'segreto-postgres-19c2d4',
	MISSED_PASSWORD: 'segreto-mai-usato-55e0',
};
const grants: Readonly<Record<string, TokenGrant>> = {
	source: { kind: 'source', name: 's3', subjects: ['*'] },
	display: { kind: 'display', name: 'parete', audience: 'wall' },
	field: { kind: 'field', name: 'genova' },
	person: { kind: 'person', name: 'turno-1', duties: [{ role: 'commander' }] },
	viewer: { kind: 'person', name: 'osservatore', duties: [{ role: 'viewer' }] },
};

let regia: RunningRegia;
let outside: WebService;
const tokens: Record<string, string> = {};
/** What answered, what was framed: everything that left the server. */
const said: string[] = [];

const plan = (port: number): string =>
	`${nightPlan()}  rclone: { kind: rclone, label: Copia, every: 300ms, timeout: 250ms, settings: { archive: a1, url: "http://127.0.0.1:${port}", user: regia, passwordFrom: RCLONE_PASSWORD } }
  postgres:
    kind: postgres
    label: Database
    every: 300ms
    timeout: 250ms
    settings:
      archive: a2
      tables: [visite]
      source: { host: 127.0.0.1, port: ${port}, database: cce, user: regia, passwordFrom: POSTGRES_PASSWORD }
      target: { host: 127.0.0.1, port: ${port}, database: cce, user: regia, passwordFrom: POSTGRES_PASSWORD }
`;

beforeAll(async () => {
	outside = await startWebService();
	// It throws back at its caller what it was shown.
	const shown = Buffer.from(`regia:${environment.RCLONE_PASSWORD}`).toString('base64');
	outside.behave({ kind: 'answer', status: 401, body: `{"error":"wrong password ${environment.RCLONE_PASSWORD} (Basic ${shown})"}` });
	regia = await startRegia({ plan: plan(outside.port), env: { ...environment, REGIA_LOG: 'trace' }, flags: ['--rhythm', '250'] });
	for (const [name, grant] of Object.entries(grants)) tokens[name] = regia.token(grant);
});
afterAll(() => Promise.all([regia.stop(), outside.goDown()]));

/** A token's own part: its id may be told. */
const ownPart = (token: string): string => token.slice(token.indexOf('_', 6) + 1);
const secrets = (): readonly KeptSecret[] => [
	...Object.values(tokens).map((token): KeptSecret => ({ kind: 'token', text: ownPart(token) })),
	...Object.values(environment).map((text): KeptSecret => ({ kind: 'password', text })),
];
const leakyFiles = (folder: string) => searchFiles(secrets(), filesUnder(folder)).leaks;

async function hear(path: string, token?: string, options: Parameters<typeof ask>[1] = {}): Promise<number> {
	const answer = await ask(`${regia.url}${path}`, { ...options, ...(token === undefined ? {} : { token }) });
	said.push(answer.text);
	for (const [name, value] of answer.headers) if (name !== 'set-cookie') said.push(`${name}: ${value}`);
	return answer.status;
}

/** Each secret is shown where it belongs, and where it does not. */
async function aNight(): Promise<void> {
	const { source = '', person = '', viewer = '' } = tokens;
	const screens = (['display', 'field', 'person'] as const).map((name) =>
		openScreen({
			url: regia.url,
			token: tokens[name] ?? '',
			audience: name === 'display' ? 'wall' : name === 'field' ? 'field' : 'desk',
			onFrame: (frame) => said.push(JSON.stringify(frame)),
		}),
	);
	await until('every screen has a board', () => screens.every((one) => one.state()));
	expect((await postSamples(regia.url, source, [moved('a0', 1, Date.now())])).status).toBe(202);
	expect(await hear(`/api/push/${source}?status=up&msg=${source}&ping=3`)).toBe(200);
	await hear(`/api/push/${person}?status=up`);
	await hear(`/api/push/${source}x?status=up`);
	await hear(`/api/push/${source}?status=${source}&ping=${source}`);
	for (const token of Object.values(tokens)) {
		await hear('/api/session', undefined, { body: JSON.stringify({ token }) });
		await hear('/api/session', undefined, { body: `{"token":"${token}` });
		await hear('/api/board', token);
		await hear('/api/samples', token, { body: JSON.stringify({ samples: [{ ...moved('a0', 2, Date.now()), subject: token, unit: token }] }) });
		await hear('/api/samples', token, { body: token, headers: { 'idempotency-key': token } });
		await hear('/api/marks', token, { body: JSON.stringify({ kind: token, [token]: token }) });
		await hear(`/api/board?token=${token}&at=${token}&seq=${token}`, viewer);
		await hear(`/api/series?subject=${token}&measure=${token}&from=${token}`, viewer);
		await hear(`/api/${token}`);
		await hear(`/${token}`, undefined, { headers: { accept: 'application/json' } });
		await hear('/api/board', undefined, { headers: { cookie: `regia=${token}`, referer: `http://127.0.0.1/?t=${token}`, 'user-agent': token } });
		await hear('/api/board', undefined, { headers: { authorization: `Basic ${token}` } });
		await hear(`/api/v1/endpoints/${token}/external?success=${token}&error=${token}`, source, { method: 'POST' });
		await hear(`/api/sources/${token}/exact`, person, { method: 'POST' });
		const intruder = openScreen({ url: regia.url, token: `${token}x`, audience: 'wall' });
		said.push(JSON.stringify(await until('a refusal', () => intruder.refusal())));
		intruder.close();
	}
	await until('the outside was asked', () => outside.asked() > 3);
	await until('every source is blind', async () => {
		const { blindSources } = (await ask(`${regia.url}/api/health`)).json as { blindSources: readonly string[] };
		return blindSources.includes('rclone') && blindSources.includes('postgres');
	});
	for (const path of ['/api/health', '/api/board', '/api/journal', '/metrics', '/api/openapi.json', '/api/plan.schema.json'])
		await hear(path, viewer);
	for (const one of screens) one.close();
}

describe('secrets', () => {
	test('of every kind are in no answer, frame, log, file or recording', async () => {
		await aNight();
		expect(said.length).toBeGreaterThan(150);
		expect(findIn(secrets(), Buffer.from(said.join('\n')))).toEqual([]);
		expect(leakyFiles(regia.data)).toEqual([]);
		expect(await regia.stop()).toBe(0);
		expect(leakyFiles(regia.data)).toEqual([]);
		expect(findIn(secrets(), Buffer.from(regia.output()))).toEqual([]);
		expect(leakyFiles(join(import.meta.dirname, '../recordings'))).toEqual([]);
		console.info(`secrets: ${secrets().length} of them, in ${said.length} pieces of answers: 0 found`);
	});
});

/** A run's folder with a leak in it, beside the one that this test belongs to. */
function plantedRun(plant: (folders: { readonly said: string; readonly data: string }) => void): string {
	const run = newRunFolder();
	const folders = { said: join(run, 'said'), data: join(run, 'folders', 'data-x') };
	for (const one of [join(run, 'secrets'), folders.said, folders.data]) mkdirSync(one, { recursive: true });
	const known: readonly KeptSecret[] = [
		{ kind: 'token', text: TOKEN },
		{ kind: 'password', text: 'segreto "con virgolette"' },
		{ kind: 'short', text: '491702' },
		{ kind: 'seed', text: SEED },
	];
	writeFileSync(join(run, 'secrets', '1-secrets'), known.map((one) => `${JSON.stringify(one)}\n`).join(''));
	plant(folders);
	return run;
}
const TOKEN = 'Kq3v-x8Zt0LbW_y2RjN5mPfDsQ7aHgE4cUoI6kTnVwX';
const SEED = 'JBSWY3DPEHPK3PXPJBSWY3DP';

describe('the search at the end of a run', () => {
	test.each<readonly [string, number, Parameters<typeof plantedRun>[0]]>([
		['in a log', 1, ({ said }) => writeFileSync(join(said, '1-log'), `{"level":30,"url":"/api/push/regia_0123456789_${TOKEN}"}`)],
		['in a frame', 1, ({ said }) => writeFileSync(join(said, '1-frame'), `42["frame",{"board":{"x":"${TOKEN}"}}]`)],
		['in a refusal', 1, ({ said }) => writeFileSync(join(said, '1-answer'), JSON.stringify({ detail: 'segreto "con virgolette"' }))],
		['as a header of base64', 1, ({ data }) => writeFileSync(join(data, 'x'), Buffer.from(`regia:${TOKEN}:x`).toString('base64'))],
		['in hexadecimal', 1, ({ data }) => writeFileSync(join(data, 'x'), Buffer.from(TOKEN).toString('hex'))],
		['in two bytes a letter', 1, ({ data }) => writeFileSync(join(data, 'x'), Buffer.from(TOKEN, 'utf16le'))],
		['in an address', 1, ({ data }) => writeFileSync(join(data, 'x'), `?p=${encodeURIComponent('segreto "con virgolette"')}`)],
		['over two pages of a file', 1, ({ data }) => writeFileSync(join(data, 'x'), `${TOKEN.slice(0, 30)}\0\0\0${TOKEN.slice(30)}`)],
		['over two pieces of the search', 1, ({ data }) => writeFileSync(join(data, 'x'), `${'x'.repeat((8 << 20) - 10)}${TOKEN.slice(0, 21)}`)],
		['in a packed recording', 1, ({ data }) => writeFileSync(join(data, 'x.gz'), gzipSync(TOKEN))],
		['as a short code by itself', 1, ({ said }) => writeFileSync(join(said, '1-answer'), '{"code":"491702"}')],
		['not as digits of a number', 0, ({ data }) => writeFileSync(join(data, 'x'), '{"bytes":7491702,"at":491702}')],
		['as a seed in the record', 1, ({ data }) => writeFileSync(join(data, 'journal.db'), SEED)],
		['not as a seed where it is checked', 0, ({ data }) => writeFileSync(join(data, 'people.db-wal'), SEED)],
	])('finds a secret %s', (_where, many, plant) => {
		const run = plantedRun(plant);
		expect(searchRun(run).leaks).toHaveLength(many);
		rmSync(run, { recursive: true });
	});

	test('finds what somebody wrote into the record of a real server', async () => {
		const run = plantedRun(() => undefined);
		const other = await startRegia({ plan: nightPlan(), data: join(run, 'folders', 'data-x') });
		const lead = other.token({ kind: 'person', name: 'turno-1', duties: [{ role: 'commander' }] });
		await ask(`${other.url}/api/marks`, { token: lead, body: JSON.stringify({ kind: 'note', text: TOKEN }) });
		await other.kill();
		expect(searchRun(run).leaks.map(({ secret }) => secret)).toContain(TOKEN);
		rmSync(run, { recursive: true });
	});

	test('fails the run', async () => {
		const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
		const run = promisify(execFile)(process.execPath, [vitest, 'run', 'test/attacks/planted-leak.test.ts'], {
			env: { ...process.env, REGIA_PLANTED_LEAK: 'yes' },
		});
		await expect(run).rejects.toMatchObject({
			code: 1,
			stdout: expect.stringMatching(/1 passed[\s\S]*1 found/),
			stderr: expect.stringContaining('came out of Regia'),
		});
	});
});
