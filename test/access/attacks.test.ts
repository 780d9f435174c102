// Attacks on tokens, codes and nonces over the real wire: leaks through addresses, replays, other sites' pages. A row an attempt.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenGrant } from '../../server/domain/token.ts';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { type Answer, ask } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { readRecord } from '../faults/kit/record.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

let regia: RunningRegia;
let admin: string;
let admin2: string;
let commander: string;
let viewer: string;
let field: string;
beforeAll(async () => {
	regia = await startRegia({ plan: nightPlan(), flags: ['--rhythm', '250'], env: { REGIA_LOG: 'trace' } });
	const person = (name: string, role: 'administrator' | 'commander' | 'viewer') => regia.token({ kind: 'person', name, duties: [{ role }] });
	admin = person('turno-1', 'administrator');
	admin2 = person('turno-1', 'administrator');
	commander = person('turno-2', 'commander');
	viewer = person('osservatore', 'viewer');
	field = regia.token({ kind: 'field', name: 'genova' });
});
afterAll(() => regia?.stop());

const post = (path: string, body: object, token?: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
	ask(`${regia.url}${path}`, {
		body: JSON.stringify(body),
		headers: { 'content-type': 'application/json', ...headers },
		...(token ? { token } : {}),
	});
const jsonOf = <T>(answer: Answer): T => answer.json as T;
/** Entries but for what Regia itself writes down in its own time. */
const saidByPeople = async (): Promise<number> => (await readRecord(regia.url, admin)).filter(({ kind }) => kind !== 'auto').length;
const idOf = (token: string): string => token.split('_')[1] ?? '';
const newToken = (): string => regia.token({ kind: 'source', name: 's1', subjects: ['archive/*'] });
const isValid = async (token: string): Promise<boolean> => (await ask(`${regia.url}/api/samples`, { token, body: '{' })).status === 400;
const arm = async (subject: string, token = admin, action = 'tokens.revoke'): Promise<string> =>
	jsonOf<{ nonce?: string }>(await post('/api/arm', { action, subject }, token)).nonce ?? '';
const revoke = (id: string, nonce: string, token = admin) => post(`/api/tokens/${id}/revoke`, { why: 'prova di attacco', nonce }, token);
const openCode = async () => jsonOf<{ code: string; secret: string }>(await post('/api/pairing', {}));
const confirm = (code: string, token = commander, name = 'parete-9') => post(`/api/pairing/${code}/confirm`, { name, audience: 'wall' }, token);
function linkFor(grant: TokenGrant, validMs = 60_000): string {
	const store = openTokenStore(regia.data);
	const { code } = store.link(grant, Date.now(), { validUntil: Date.now() + validMs, expiresAt: null }, { by: 'terminal/prova', from: 'terminal' });
	store.close();
	return code;
}

describe('a token in an address', () => {
	const places = (token: string): readonly string[] => [
		`/api/board?token=${token}`,
		`/api/board?access_token=${token}`,
		`/api/board?authorization=Bearer%20${token}`,
		`/api/board?regia=${token}`,
		`/api/board/${token}`,
		`/api/tokens?token=${token}`,
		`/api/audit?token=${token}`,
		`/api/journal?token=${token}`,
		`/api/series?token=${token}`,
		`/metrics?token=${token}`,
		`/live/?EIO=4&transport=polling&token=${token}`,
	];

	test.each(places('T').map((path, n) => [path, n] as const))('opens nothing: %s', async (_path, n) => {
		const { status, text } = await ask(`${regia.url}${places(admin)[n]}`);
		if (_path.startsWith('/live')) expect(text).not.toContain('frame');
		else expect([401, 404]).toContain(status);
		expect(text).not.toContain(admin);
	});

	test.each([
		...places('T'),
		'/',
		'/wall/cutover',
		'/enter',
		'/access',
		'/nowhere/T',
		'/api/nowhere/T',
		'/api/push/T',
		'/auth/sign-in?to=T',
		'/%2e%2e/T',
	])('is in no answer, header or redirect: %s', async (path) => {
		const token = newToken();
		const answer = await fetch(`${regia.url}${path.replaceAll('T', token)}`, { redirect: 'manual' });
		const seen = `${[...answer.headers].flat().join('\n')}\n${await answer.text()}`;
		expect(seen).not.toContain(token.slice(18));
		// The stream's own answers are no pages: nothing follows a link from there.
		if (!path.startsWith('/live')) expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
	});

	test('is in no log, journal or file of the data folder afterwards, nor is any secret of a link or pairing', async () => {
		const { code, secret } = await openCode();
		await confirm(code);
		const paired = await post(`/api/pairing/${code}`, { secret });
		const cookie = /regia=([^;]+)/.exec(paired.headers.get('set-cookie') ?? '')?.[1] ?? 'none';
		const link = linkFor({ kind: 'field', name: 'genova' });
		await post('/api/session', { code: link });
		const made = jsonOf<{ secret: string }>(await post('/api/tokens', { grant: { kind: 'field', name: 'genova' }, why: 'prova' }, admin)).secret;
		const record = JSON.stringify(await readRecord(regia.url, admin));
		const kept = readdirSync(regia.data)
			.map((name) => readFileSync(join(regia.data, name)).toString('latin1'))
			.join('\n');
		for (const one of [admin, viewer, field, secret, cookie, link, made]) {
			const core = one.replace(/^(regia_[0-9a-f]{10}|link)_/, '');
			expect([regia.output().includes(core), record.includes(core), kept.includes(core)]).toEqual([false, false, false]);
		}
		expect(record).toContain('display-paired');
	});
});

describe('a replay', () => {
	const nonceRows: readonly (readonly [string, () => Promise<Answer>])[] = [
		[
			'a nonce used twice',
			async () => {
				const id = idOf(newToken());
				const nonce = await arm(`token/${id}`);
				await revoke(id, nonce);
				return revoke(id, nonce);
			},
		],
		['a nonce for another token', async () => revoke(idOf(newToken()), await arm(`token/${idOf(newToken())}`))],
		[
			'a nonce for another act',
			async () => {
				const id = idOf(newToken());
				return revoke(id, await arm(`token/${id}`, admin, 'tokens.rotate'));
			},
		],
		[
			'a nonce of another caller of the same name',
			async () => {
				const id = idOf(newToken());
				return revoke(id, await arm(`token/${id}`, admin2));
			},
		],
		[
			'a nonce spent by a wrong try',
			async () => {
				const id = idOf(newToken());
				const nonce = await arm(`token/${id}`);
				await revoke(idOf(newToken()), nonce);
				return revoke(id, nonce);
			},
		],
		['a made-up nonce', async () => revoke(idOf(newToken()), randomBytes(24).toString('base64url'))],
		['an empty nonce', async () => revoke(idOf(newToken()), '')],
		['a rotation without overlap and nonce', async () => post(`/api/tokens/${idOf(newToken())}/rotate`, { overlap: '0s', why: 'prova' }, admin)],
		[
			'a rotation with a nonce for revoking',
			async () => {
				const id = idOf(newToken());
				return post(`/api/tokens/${id}/rotate`, { overlap: '0s', why: 'prova', nonce: await arm(`token/${id}`) }, admin);
			},
		],
	];
	test.each(nonceRows)('of %s does nothing', async (_name, attempt) => {
		const answer = await attempt();
		expect([answer.status, jsonOf<{ code: string }>(answer).code]).toEqual([409, 'not-armed']);
	});

	test('of a nonce in a race of ten spends it once', async () => {
		const id = idOf(newToken());
		const nonce = await arm(`token/${id}`);
		const answers = await Promise.all(Array.from({ length: 10 }, () => revoke(id, nonce)));
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
	});

	const codeRows: readonly (readonly [string, () => Promise<Answer>, number])[] = [
		[
			'a link followed again',
			async () => {
				const code = linkFor({ kind: 'field', name: 'genova' });
				await post('/api/session', { code });
				return post('/api/session', { code });
			},
			401,
		],
		['a link that is over', async () => post('/api/session', { code: linkFor({ kind: 'field', name: 'genova' }, -1) }), 401],
		['a link as a token', async () => post('/api/session', { token: linkFor({ kind: 'field', name: 'genova' }) }), 401],
		['a link as a bearer', async () => ask(`${regia.url}/api/board`, { token: linkFor({ kind: 'display', name: 'w', audience: 'wall' }) }), 401],
		[
			'a revoked token for a cookie',
			async () => {
				const token = newToken();
				await revoke(idOf(token), await arm(`token/${idOf(token)}`));
				return post('/api/session', { token });
			},
			401,
		],
		[
			'a rotated secret after its overlap',
			async () => {
				const token = newToken();
				const nonce = await arm(`token/${idOf(token)}`, admin, 'tokens.rotate');
				await post(`/api/tokens/${idOf(token)}/rotate`, { overlap: '0s', why: 'prova', nonce }, admin);
				return ask(`${regia.url}/api/samples`, { token, body: '{' });
			},
			401,
		],
		[
			'a pairing fetched twice',
			async () => {
				const { code, secret } = await openCode();
				await confirm(code);
				await post(`/api/pairing/${code}`, { secret });
				return post(`/api/pairing/${code}`, { secret });
			},
			404,
		],
		[
			'a pairing confirmed twice',
			async () => {
				const { code, secret } = await openCode();
				await confirm(code);
				const again = await confirm(code, admin, 'parete-10');
				await post(`/api/pairing/${code}`, { secret });
				return again;
			},
			404,
		],
		[
			'a confirmed code with a guessed secret',
			async () => {
				const { code, secret } = await openCode();
				await confirm(code);
				const guessed = await post(`/api/pairing/${code}`, { secret: randomBytes(24).toString('base64url') });
				await post(`/api/pairing/${code}`, { secret });
				return guessed;
			},
			404,
		],
	];
	test.each(codeRows)('of %s gives nothing', async (_name, attempt, status) => {
		const answer = await attempt();
		expect(answer.status).toBe(status);
		expect(answer.headers.get('set-cookie')).toBeNull();
	});

	test('of a mark with its key is kept once, and another person’s same key is another mark', async () => {
		const mark = (token: string) => post('/api/marks', { kind: 'note', text: 'una volta' }, token, { 'idempotency-key': 'ripetuta' });
		const lead = regia.token({ kind: 'person', name: 'turno-3', duties: [{ role: 'team-lead' }] });
		const [first, again, others] = [await mark(commander), await mark(commander), await mark(lead)];
		expect(jsonOf<{ seq: number }>(again).seq).toBe(jsonOf<{ seq: number }>(first).seq);
		expect(jsonOf<{ seq: number }>(others).seq).not.toBe(jsonOf<{ seq: number }>(first).seq);
	});

	test('of a link by ten screens at once lets one in', async () => {
		const code = linkFor({ kind: 'field', name: 'genova' });
		const answers = await Promise.all(Array.from({ length: 10 }, () => post('/api/session', { code })));
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
	});

	test('of guessed pairing codes is stopped after ten', async () => {
		const guesser = regia.token({ kind: 'person', name: 'turno-9', duties: [{ role: 'commander' }] });
		const statuses: number[] = [];
		for (let n = 0; n < 14; n += 1) statuses.push((await confirm('AAAAAA', guesser)).status);
		expect(statuses).toEqual([...Array.from({ length: 10 }, () => 404), ...Array.from({ length: 4 }, () => 429)]);
	});
});

describe('another site’s page', () => {
	const elsewhere = 'https://altrove.example';
	const cookieOf = (token: string) => ({ cookie: `regia=${token}` });
	const acts: readonly (readonly [string, object])[] = [
		['/api/tokens', { grant: { kind: 'field', name: 'genova' }, why: 'prova' }],
		['/api/links', { grant: { kind: 'field', name: 'genova' }, why: 'prova' }],
		['/api/arm', { action: 'tokens.revoke', subject: 'token/0123456789' }],
		['/api/marks', { kind: 'note', text: 'altrove' }],
		['/api/rehearsal/speed', {}],
		['/api/pairing/AAAAAA/confirm', { name: 'parete-9', audience: 'wall' }],
		['/api/sources/s0/exact', {}],
	];
	const signs: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
		['its origin', { origin: elsewhere }],
		['a null origin', { origin: 'null' }],
		['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
		['a sibling host', { 'sec-fetch-site': 'same-site' }],
	];
	test.each(acts.flatMap(([path, body]) => signs.map(([sign, headers]) => [path, sign, body, headers] as const)))(
		'does not get %s by a visitor’s cookie, with %s',
		async (path, _sign, body, headers) => {
			const before = await saidByPeople();
			const { status } = await post(path, body, undefined, { ...headers, ...cookieOf(admin), 'content-type': 'text/plain' });
			expect([401, 403]).toContain(status);
			expect(await saidByPeople()).toBe(before);
		},
	);

	test.each(signs)('does not sign a visitor in by a token or a link, with %s', async (_sign, headers) => {
		const code = linkFor({ kind: 'field', name: 'genova' });
		for (const body of [{ token: field }, { code }]) {
			const answer = await post('/api/session', body, undefined, headers);
			expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
		}
		expect((await post('/api/session', { code })).status).toBe(200);
	});

	test.each(signs)('neither opens a pairing nor fetches one, with %s', async (_sign, headers) => {
		expect((await post('/api/pairing', {}, undefined, headers)).status).toBe(403);
		expect((await post('/api/pairing/AAAAAA', { secret: 'x' }, undefined, headers)).status).toBe(403);
	});

	test.each(['/api/board', '/api/journal', '/api/tokens', '/api/audit', '/metrics'])(
		'does not read %s by a field’s or an administrator’s cookie',
		async (path) => {
			for (const token of [field, admin]) {
				const { status, headers } = await ask(`${regia.url}${path}`, { headers: { ...cookieOf(token), origin: elsewhere } });
				expect(status).toBe(401);
				expect(headers.get('access-control-allow-origin')).toBeNull();
			}
		},
	);

	test.each(['wall', 'desk', 'field', 'press'] as const)('takes no place in the stream of the %s by a field’s cookie', async (audience) => {
		const screen = openScreen({ url: regia.url, audience, headers: { ...cookieOf(field), origin: elsewhere } });
		await until('a refusal', () => screen.refusal());
		expect(screen.state()).toBeNull();
		screen.close();
	});

	test.each([
		['/api/tokens', 'GET'],
		['/api/audit', 'GET'],
		['/api/audit.ndjson', 'GET'],
		['/api/journal', 'GET'],
		['/api/board', 'GET'],
		['/metrics', 'GET'],
		['/api/marks', 'POST'],
		['/api/tokens', 'POST'],
		['/api/arm', 'POST'],
		['/api/samples', 'POST'],
	])('is not needed: a field’s own token does not open %s by %s', async (path, method) => {
		expect((await ask(`${regia.url}${path}`, { method, token: field, ...(method === 'POST' ? { body: '{}' } : {}) })).status).toBe(403);
	});
});

test('who reads the record without the audit sees neither who nor from where', async () => {
	await post('/api/marks', { kind: 'note', text: 'corridoio libero' }, commander);
	const forViewer = JSON.stringify(await readRecord(regia.url, viewer));
	const forAdmin = JSON.stringify(await readRecord(regia.url, admin));
	expect([forViewer.includes('127.0.0.1'), forViewer.includes('display-paired')]).toEqual([false, false]);
	expect([forAdmin.includes('127.0.0.1'), forAdmin.includes('display-paired')]).toEqual([true, true]);
	expect(JSON.parse(forViewer) as unknown[]).toHaveLength((JSON.parse(forAdmin) as unknown[]).length);
});

test('a change by another process is in the audit within two seconds, and the revocation holds within one', async () => {
	const token = newToken();
	expect(await isValid(token)).toBe(true);
	const store = openTokenStore(regia.data);
	store.revoke(idOf(token), Date.now(), { by: 'terminal/prova', from: 'terminal', why: 'notte finita' });
	await until('it is refused', async () => !(await isValid(token)), 1000);
	const asked = async () => {
		const { text } = await ask(`${regia.url}/api/audit.ndjson?act=token-revoked&by=terminal`, { token: admin });
		return text.includes('notte finita');
	};
	await until('it is told', asked, 2000);
	expect(store.untold()).toEqual([]);
	store.close();
});
