// A secret shown to Regia comes out nowhere: after a run that uses one of every kind, logs, the data folder, frames, answers and recordings
// are searched for each of them, plain and as they travel.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenGrant } from '../../server/domain/token.ts';
import { ask, moved, postSamples } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { openScreen } from '../faults/kit/screen.ts';
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

/** As it may stand somewhere: plain, in base64 with its user, percent-encoded, reversed into a header. */
const shapesOf = (secret: string): readonly string[] => [
	secret,
	Buffer.from(secret).toString('base64').replace(/=+$/, ''),
	Buffer.from(`regia:${secret}`).toString('base64').replace(/=+$/, ''),
	Buffer.from(secret).toString('hex'),
];
/** A token's own part: its id may be told. */
const ownPart = (token: string): string => token.slice(token.indexOf('_', 6) + 1);
const secrets = (): readonly string[] => [...Object.values(tokens).map(ownPart), ...Object.values(environment)].flatMap(shapesOf);
const leaksIn = (bytes: Buffer): readonly string[] =>
	secrets().filter((secret) => bytes.includes(secret) || bytes.includes(Buffer.from(secret, 'utf16le')));

const filesUnder = (folder: string): readonly string[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((one) => one.isFile())
		.map((one) => join(one.parentPath, one.name));
const leakyFiles = (folder: string): readonly string[] =>
	filesUnder(folder).filter((file) => {
		const bytes = readFileSync(file);
		return leaksIn(file.endsWith('.gz') ? gunzipSync(bytes) : bytes).length > 0;
	});

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
		expect(leaksIn(Buffer.from(said.join('\n')))).toEqual([]);
		expect(leakyFiles(regia.data)).toEqual([]);
		expect(await regia.stop()).toBe(0);
		expect(leakyFiles(regia.data)).toEqual([]);
		expect(leaksIn(Buffer.from(regia.output()))).toEqual([]);
		expect(leakyFiles(join(import.meta.dirname, '../recordings'))).toEqual([]);
		console.info(`secrets: ${secrets().length} shapes of ${Object.keys(tokens).length + 3} secrets in ${said.length} pieces of answers: 0 found`);
	});

	test('would be found', async () => {
		const planted = secrets()[0] ?? '';
		expect(leaksIn(Buffer.from(`{"level":30,"url":"/api/push/regia_x_${planted}"}`))).toEqual([planted]);
		const other = await startRegia({ plan: nightPlan() });
		const lead = other.token({ kind: 'person', name: 'turno-1', duties: [{ role: 'commander' }] });
		await ask(`${other.url}/api/marks`, { token: lead, body: JSON.stringify({ kind: 'note', text: `password: ${environment.RCLONE_PASSWORD}` }) });
		await other.stop();
		expect(leakyFiles(other.data)).toHaveLength(1);
	});
});
