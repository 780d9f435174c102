// Coming in, staying and going out over the real wire: a real server, a real provider, a jar of cookies, screens on the stream.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeAt } from '../../server/identity/local-accounts.ts';
import type { Entry } from '../../shared/entry.ts';
import type { Me } from '../../shared/me.ts';
import { ask } from '../faults/kit/http.ts';
import { readRecord } from '../faults/kit/record.ts';
import { openScreen, type Screen } from '../faults/kit/screen.ts';
import { CookieJar, signInByProvider, signOutAtProvider } from '../kit/cookie-jar.ts';
import { freePort } from '../kit/free-port.ts';
import { type IdentityProvider, startIdentityProvider } from '../kit/identity-provider.ts';
import { type RunningRegia, startRegia, temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { type PeoplePlan, peoplePlan } from './people-plan.ts';

const root = join(import.meta.dirname, '../..');
const RECHECK_MS = 1000;

let provider: IdentityProvider;
let regia: RunningRegia;
let screens: Screen[];
let port: number;
let data: string;

async function start(plan: PeoplePlan = {}, recheckMs = RECHECK_MS): Promise<void> {
	regia = await startRegia({
		plan: peoplePlan({ issuer: provider.issuer, publicUrl: `http://127.0.0.1:${port}`, ...plan }),
		port,
		data,
		flags: ['--rhythm', '250', '--recheck', String(recheckMs)],
		env: { OIDC_SECRET: provider.clientSecret },
	});
}

async function startProvider(more: { readonly signsOut?: boolean } = {}): Promise<void> {
	provider = await startIdentityProvider({
		redirectUri: `http://127.0.0.1:${port}/auth/callback`,
		groups: { 'turno-1': ['sala', 'regia'], 'turno-2': ['sala'], 'esterno-1': ['altro'] },
		...more,
	});
}

beforeEach(async () => {
	port = await freePort();
	data = temporaryFolder('data');
	screens = [];
	await startProvider();
});
afterEach(async () => {
	for (const screen of screens) screen.close();
	await regia.stop();
	await provider.stop();
});

const account = (...args: string[]): string =>
	execFileSync(process.execPath, [join(root, 'server/account-command.ts'), ...args, '--data', data], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
/** Makes a local account as the command does; the code of any moment follows from what it prints. */
function makeAccount(name: string, role = 'commander'): { name: string; attempt(at?: number): object } {
	const [password = '', otpauth = ''] = account('make', name, '--role', role).trim().split('\n');
	const secret = new URL(otpauth).searchParams.get('secret') ?? '';
	return { name, attempt: (at = Date.now()) => ({ name, password, code: codeAt(secret, at) }) };
}
const me = async (jar: CookieJar): Promise<Me> => JSON.parse((await jar.ask(`${regia.url}/api/me`)).text) as Me;
const note = (jar: CookieJar) => jar.post(`${regia.url}/api/marks`, { kind: 'note', text: 'corridoio libero' });
const enter = async (person: string): Promise<CookieJar> => {
	const jar = new CookieJar();
	const visit = await signInByProvider(jar, regia.url, person);
	expect(visit.location).toBe(`${regia.url}/`);
	return jar;
};
function watch(headers: Record<string, string>, token?: string, audience: 'wall' | 'desk' = 'desk'): Screen {
	const screen = openScreen({ url: regia.url, audience, headers, ...(token === undefined ? {} : { token }) });
	screens.push(screen);
	return screen;
}
const cookieOf = (jar: CookieJar) => ({ cookie: jar.header(regia.url), origin: regia.url });
async function audits(): Promise<readonly (Entry & { kind: 'audit' })[]> {
	const viewer = regia.token({ kind: 'person', name: 'revisore-1', duties: [{ role: 'administrator' }] });
	return (await readRecord(regia.url, viewer)).filter((entry) => entry.kind === 'audit');
}
const told = async (): Promise<readonly string[]> =>
	(await audits()).map(({ act, by, why }) => [act, by, why].filter((one) => one !== undefined).join(' '));

describe('by the provider', () => {
	test('one comes in with the roles of the groups, acts, and goes out', async () => {
		await start();
		const jar = await enter('turno-1');
		const inside = await me(jar);
		expect(inside.who).toEqual({ kind: 'person', name: 'turno-1', isSession: true });
		expect(inside.duties).toEqual([{ role: 'viewer' }, { role: 'commander' }]);
		expect(inside.may).toContain('marks.make');
		expect((await note(jar)).status).toBe(202);
		const before = jar.header(regia.url);
		expect((await jar.post(`${regia.url}/auth/sign-out`)).status).toBe(200);
		expect(jar.header(regia.url)).toBe('');
		expect((await ask(`${regia.url}/api/board`, { headers: { cookie: before } })).status).toBe(401);
		expect(await told()).toEqual(expect.arrayContaining(['signed-in person/turno-1', 'signed-out person/turno-1']));
	});

	test('who is in no listed group, or comes with an answer that is not theirs, stays out', async () => {
		await start();
		const jar = new CookieJar();
		expect((await signInByProvider(jar, regia.url, 'esterno-1')).location).toBe(`${regia.url}/?refused=no-role`);
		expect((await me(jar)).who.kind).toBe('nobody');
		for (const query of ['', '?code=abc&state=def', '?error=access_denied', '?state=x']) {
			expect((await jar.ask(`${regia.url}/auth/callback${query}`)).location).toBe(`${regia.url}/?refused=no-transaction`);
		}
		const begun = await jar.ask(`${regia.url}/auth/sign-in`);
		const state = new URL(begun.location ?? '').searchParams.get('state');
		expect((await jar.ask(`${regia.url}/auth/callback?code=abc&state=altro`)).location).toMatch(/refused=bad-answer$/);
		expect(state).toHaveLength(43);
		expect(await told()).toEqual(
			expect.arrayContaining([
				'sign-in-refused person/esterno-1 no-role',
				'sign-in-refused nobody no-transaction',
				'sign-in-refused nobody bad-answer',
			]),
		);
	});

	test('the way there shows PKCE, state and nonce; the way back is not taken by another browser', async () => {
		await start();
		const jar = new CookieJar();
		const { location } = await jar.ask(`${regia.url}/auth/sign-in?to=//altrove.example`);
		const query = new URL(location ?? '').searchParams;
		expect(query.get('code_challenge_method')).toBe('S256');
		for (const name of ['state', 'nonce', 'code_challenge']) expect(query.get(name)).toMatch(/^[\w-]{43}$/);
		const other = new CookieJar();
		expect((await other.ask(`${regia.url}/auth/callback?code=abc&state=${query.get('state')}`)).location).toMatch(/refused=no-transaction$/);
	});

	test('a session that a browser brought along is ended at sign-in, and its id is worth nothing', async () => {
		await start();
		const jar = await enter('turno-2');
		const planted = jar.header(regia.url);
		await signInByProvider(jar, regia.url, 'turno-1').catch(() => undefined);
		expect(jar.header(regia.url)).not.toBe(planted);
		expect((await ask(`${regia.url}/api/board`, { headers: { cookie: planted } })).status).toBe(401);
		const fixed = new CookieJar();
		fixed.cookies(regia.url).set('regia-session', 'a'.repeat(43));
		await signInByProvider(fixed, regia.url, 'turno-1');
		expect(fixed.cookies(regia.url).get('regia-session')).not.toBe('a'.repeat(43));
		expect((await me(fixed)).who.name).toBe('turno-1');
	});

	test('signing out everywhere ends the other browsers of the same person, and nobody else', async () => {
		await start();
		const [one, two, else_] = [await enter('turno-1'), await enter('turno-1'), await enter('turno-2')];
		await one.post(`${regia.url}/auth/sign-out-everywhere`);
		expect((await me(two)).who.kind).toBe('nobody');
		expect((await me(else_)).who.name).toBe('turno-2');
	});
});

describe('signing out', () => {
	/** Whether the provider still knows this browser: then it sends it back without asking for a name. */
	async function isKnownAtProvider(jar: CookieJar): Promise<boolean> {
		let { location } = await jar.ask(`${regia.url}/auth/sign-in`);
		for (let hop = 0; hop < 5 && location !== null && !location.startsWith(regia.url); hop += 1) {
			if (location.includes('/interaction/')) return false;
			({ location } = await jar.ask(location));
		}
		return true;
	}
	const leave = async (jar: CookieJar, path = '/auth/sign-out'): Promise<{ status: number; to: string | null }> => {
		const { status, text } = await jar.post(`${regia.url}${path}`);
		return { status, to: text === '' ? null : (JSON.parse(text) as { to: string }).to };
	};

	test.each(['/auth/sign-out', '/auth/sign-out-everywhere'])(
		'by %s leads to the provider, which ends its own session and sends back',
		async (path) => {
			await start();
			const jar = await enter('turno-1');
			const { status, to } = await leave(jar, path);
			expect(status).toBe(200);
			const asked = new URL(to ?? '');
			expect(asked.origin).toBe(new URL(provider.issuer).origin);
			expect(asked.searchParams.get('post_logout_redirect_uri')).toBe(`${regia.url}/`);
			expect(asked.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
			expect((await me(jar)).who.kind).toBe('nobody');
			expect(await isKnownAtProvider(jar)).toBe(true);
			expect(await signOutAtProvider(jar, to ?? '')).toBe(`${regia.url}/`);
			expect(await isKnownAtProvider(jar)).toBe(false);
		},
	);

	test('leads there after a restart of Regia too', async () => {
		await start();
		const jar = await enter('turno-1');
		await regia.stop();
		await start();
		const { to } = await leave(jar);
		expect(await signOutAtProvider(jar, to ?? '')).toBe(`${regia.url}/`);
	});

	test('stays here where there is nowhere to go: no such place announced, the provider down, a local account', async () => {
		await start();
		const { attempt } = makeAccount('turno-3');
		const [inside, local] = [await enter('turno-1'), new CookieJar()];
		await local.post(`${regia.url}/auth/break-glass`, attempt());
		expect(await leave(local)).toEqual({ status: 204, to: null });
		await provider.goDown();
		await until('it is known', async () => (await me(inside)).providerDown);
		expect(await leave(inside)).toEqual({ status: 204, to: null });
		await regia.stop();
		await provider.stop();
		await startProvider({ signsOut: false });
		await start();
		expect(await leave(await enter('turno-1'))).toEqual({ status: 204, to: null });
	});
});

describe('while one is inside', () => {
	test('a role that is taken away goes within the interval: the list shrinks, the server refuses, the screen stays', async () => {
		await start();
		const jar = await enter('turno-1');
		const screen = watch(cookieOf(jar));
		await until('a board', () => screen.state());
		provider.setGroups('turno-1', ['sala']);
		await until('the role is gone', async () => !(await me(jar)).may.includes('marks.make'), 5 * RECHECK_MS);
		expect((await note(jar)).status).toBe(403);
		expect((await me(jar)).duties).toEqual([{ role: 'viewer' }]);
		expect(screen.socket.connected).toBe(true);
		expect(await told()).toContain('duties-changed person/turno-1');
	});

	test('who loses every role, or is refused by the provider, is out, and so is the screen', async () => {
		await start();
		const [first, second] = [await enter('turno-1'), await enter('turno-2')];
		const [a, b] = [watch(cookieOf(first)), watch(cookieOf(second))];
		await until('two boards', () => a.state() && b.state());
		provider.setGroups('turno-1', []);
		await provider.shutOut('turno-2');
		await until('both screens closed', () => a.refusal()?.code === 'unauthorised' && b.refusal()?.code === 'unauthorised', 8000);
		expect((await me(first)).who.kind).toBe('nobody');
		expect(await told()).toEqual(
			expect.arrayContaining(['session-ended person/turno-1 no-role', 'session-ended person/turno-2 refused-by-provider']),
		);
	});

	test('an idle session ends with its desk; the wall with its own token stays', async () => {
		await start({ idle: '3s' });
		const jar = await enter('turno-2');
		const token = regia.token({ kind: 'display', name: 'parete-1', audience: 'wall' });
		const desk = watch(cookieOf(jar));
		const wall = watch({}, token, 'wall');
		await until('two boards', () => desk.state() && wall.state());
		for (const end = performance.now() + 4000; performance.now() < end; )
			await until('an act', async () => (await jar.post(`${regia.url}/auth/stay`)).status === 204);
		expect((await me(jar)).who.kind).toBe('person');
		await until('the desk is out', () => desk.refusal()?.code === 'unauthorised', 8000);
		expect(wall.socket.connected).toBe(true);
		const { frames } = wall.counts;
		await until('the wall goes on', () => wall.counts.frames > frames + 2);
		expect((await me(jar)).who.kind).toBe('nobody');
		expect(await told()).toContain('session-ended person/turno-2 idle');
	});

	test('a session outlives a restart of the server, and is still asked about', async () => {
		await start();
		const jar = await enter('turno-1');
		await regia.stop();
		await start();
		expect((await me(jar)).who.name).toBe('turno-1');
		provider.setGroups('turno-1', ['sala']);
		await until('the role is gone', async () => !(await me(jar)).may.includes('marks.make'), 5 * RECHECK_MS);
	});

	test('a session that was away longer than the interval is asked about before it is served', async () => {
		await start();
		const jar = await enter('turno-1');
		await regia.stop();
		provider.setGroups('turno-1', ['sala']);
		await start({}, 30_000);
		expect((await note(jar)).status).toBe(403);
	});
});

describe('when the provider is down', () => {
	test('those inside stay, nobody new comes in but by break-glass, and every frame says so', async () => {
		await start();
		const jar = await enter('turno-1');
		const screen = watch(cookieOf(jar));
		await until('a board', () => screen.state());
		expect(screen.last()?.providerDown).toBeUndefined();
		const { attempt } = makeAccount('turno-3');
		await provider.goDown();
		await until('it is said', () => screen.last()?.providerDown === true);
		expect((await me(jar)).providerDown).toBe(true);
		expect((await note(jar)).status).toBe(202);
		const other = new CookieJar();
		expect((await other.ask(`${regia.url}/auth/sign-in`)).location).toBe(`${regia.url}/?refused=provider-down`);
		expect((await other.post(`${regia.url}/auth/break-glass`, attempt())).status).toBe(204);
		expect((await me(other)).who.name).toBe('turno-3');
		expect((await note(other)).status).toBe(202);
		await provider.comeBack();
		await until('it is said again', () => screen.last()?.providerDown === undefined);
		expect((await me(jar)).who.name).toBe('turno-1');
	});

	test('Regia starts without it', async () => {
		await provider.goDown();
		await start();
		const { attempt } = makeAccount('turno-3');
		const jar = new CookieJar();
		await until('it is said', async () => (await me(jar)).providerDown);
		expect((await jar.post(`${regia.url}/auth/break-glass`, attempt())).status).toBe(204);
		await provider.comeBack();
		await until('it is there', async () => !(await me(new CookieJar())).providerDown);
		await enter('turno-1');
	});
});

describe('break-glass', () => {
	test('is not there unless the plan says so', async () => {
		await start({ breakGlass: false });
		const { attempt } = makeAccount('turno-3');
		const jar = new CookieJar();
		expect((await me(jar)).ways).toEqual(['oidc', 'token']);
		expect((await jar.post(`${regia.url}/auth/break-glass`, attempt())).status).toBe(404);
	});

	test('a refusal keeps no name that is no account, and says nothing of which part was wrong', async () => {
		await start();
		const { attempt } = makeAccount('turno-3');
		const jar = new CookieJar();
		const answers = await Promise.all(
			[
				{ ...attempt(), password: 'sbagliata-davvero' },
				{ ...attempt(), code: '000000' },
				{ ...attempt(), name: 'la-mia-password-segreta' },
			].map((body) => jar.post(`${regia.url}/auth/break-glass`, body)),
		);
		expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
		expect(answers[0]?.status).toBe(401);
		const rows = await audits();
		expect(JSON.stringify(rows)).not.toContain('segreta');
		expect(
			rows
				.filter(({ act }) => act === 'sign-in-refused')
				.map(({ by, why }) => `${by} ${why}`)
				.toSorted(),
		).toEqual(['nobody wrong-credentials', 'person/turno-3 wrong-credentials', 'person/turno-3 wrong-credentials']);
		await until('the account is in the record', async () =>
			(await audits()).some(({ act, subject }) => `${act} ${subject}` === 'account-made account/turno-3'),
		);
	});

	test('a removed account is out within seconds', async () => {
		await start();
		const { attempt } = makeAccount('turno-3');
		const jar = new CookieJar();
		await jar.post(`${regia.url}/auth/break-glass`, attempt());
		expect((await me(jar)).who.name).toBe('turno-3');
		expect(account('list')).toContain('turno-3');
		account('remove', 'turno-3');
		await until('out', async () => (await me(jar)).who.kind === 'nobody', 3000);
	});

	test('no request of another site signs in, out, or acts', async () => {
		await start();
		const { attempt } = makeAccount('turno-3');
		const jar = new CookieJar();
		const forged = { origin: 'https://altrove.example' };
		expect((await jar.ask(`${regia.url}/auth/break-glass`, { body: JSON.stringify(attempt()), headers: forged })).status).toBe(403);
		await jar.post(`${regia.url}/auth/break-glass`, attempt());
		const mark = JSON.stringify({ kind: 'note', text: 'da altrove' });
		for (const headers of [forged, {}, { 'sec-fetch-site': 'same-site' }]) {
			expect((await jar.ask(`${regia.url}/api/marks`, { body: mark, headers })).status).toBe(403);
			expect((await jar.ask(`${regia.url}/auth/sign-out`, { body: '{}', headers })).status).toBe(403);
		}
		expect((await me(jar)).who.name).toBe('turno-3');
		expect((await note(jar)).status).toBe(202);
	});
});
