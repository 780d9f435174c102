// The first start: nobody is in charge, so Regia keeps to loopback and shows its first administrator the way, once.
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import { CLAIM_LASTS_MS, createClaim } from '../../server/identity/claim.ts';
import type { Me } from '../../shared/me.ts';
import { healthOf } from '../faults/kit/http.ts';
import { CookieJar } from '../kit/cookie-jar.ts';
import { type RunningRegia, startRegia, temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { peoplePlan } from './people-plan.ts';

let regia: RunningRegia | null = null;
afterEach(async () => {
	await regia?.stop();
	regia = null;
});
const start = async (data: string, plan = peoplePlan(), host = '0.0.0.0'): Promise<RunningRegia> => {
	regia = await startRegia({ plan, data, flags: ['--host', host] });
	return regia;
};
const codeIn = ({ output }: RunningRegia): string | null => /\/claim#([\w-]+)/.exec(output())?.[1] ?? null;
const outside = Object.values(networkInterfaces())
	.flat()
	.find((one) => one?.family === 'IPv4' && !one.internal)?.address;
const me = async (jar: CookieJar, url: string): Promise<Me> => JSON.parse((await jar.ask(`${url}/api/me`)).text) as Me;

describe('the first start', () => {
	test('keeps to loopback, prints one link, and the link makes one administrator with a way to come back', async () => {
		const { url, port, output } = await start(temporaryFolder('claim'));
		await until('the link is printed', () => output().includes('/claim#'));
		const code = regia && codeIn(regia);
		expect(code).toMatch(/^[\w-]{43}$/);
		if (outside !== undefined) expect(await healthOf(`http://${outside}:${port}`)).toBeNull();
		const jar = new CookieJar();
		expect((await me(jar, url)).unclaimed).toBe(true);
		expect((await jar.post(`${url}/auth/claim`, { code: 'a'.repeat(43) })).status).toBe(403);
		expect((await jar.post(`${url}/auth/claim`, { code, name: 'Non Un Nome' })).status).toBe(403);
		const made = await jar.post(`${url}/auth/claim`, { code, name: 'turno-1' });
		expect(made.status).toBe(200);
		expect(JSON.parse(made.text)).toMatchObject({ password: expect.stringMatching(/^[\w-]{24}$/), totp: expect.stringMatching(/^otpauth:/) });
		expect(await me(jar, url)).toMatchObject({ who: { name: 'turno-1' }, duties: [{ role: 'administrator' }], unclaimed: false });
		expect((await new CookieJar().post(`${url}/auth/claim`, { code, name: 'turno-2' })).status).toBe(403);
	});

	test('of many who use the link at once, one comes in', async () => {
		const running = await start(temporaryFolder('claim'), peoplePlan(), '127.0.0.1');
		await until('the link is printed', () => running.output().includes('/claim#'));
		const code = codeIn(running);
		const answers = await Promise.all(
			Array.from({ length: 8 }, (_, n) => new CookieJar().post(`${running.url}/auth/claim`, { code, name: `turno-${n}` })),
		);
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
	});

	test('without local accounts it is a session alone', async () => {
		const running = await start(temporaryFolder('claim'), peoplePlan({ breakGlass: false }), '127.0.0.1');
		await until('the link is printed', () => running.output().includes('/claim#'));
		const jar = new CookieJar();
		const made = await jar.post(`${running.url}/auth/claim`, { code: codeIn(running) });
		expect(JSON.parse(made.text)).toEqual({ password: null, totp: null });
		expect((await me(jar, running.url)).who.name).toBe('first-administrator');
	});

	test.each(['a rehearsal', 'a Regia with a token of a person'])('is not shown by %s', async (what) => {
		const data = temporaryFolder('claim');
		regia = await startRegia(what === 'a rehearsal' ? { data, flags: ['--rehearse', 'san-martino'] } : { data, plan: peoplePlan() });
		if (what !== 'a rehearsal') {
			regia.token({ kind: 'person', name: 'turno-1', duties: [{ role: 'administrator' }] });
			await regia.stop();
			regia = await startRegia({ data, plan: peoplePlan() });
		}
		await until('it runs', async () => regia && (await healthOf(regia.url)));
		expect((await me(new CookieJar(), regia.url)).unclaimed).toBe(false);
		expect(codeIn(regia)).toBeNull();
	});

	test.runIf(outside !== undefined)('once claimed, or where the plan says anywhere, it listens where it was told to', async () => {
		const data = temporaryFolder('claim');
		const anywhere = await start(data, peoplePlan({ unclaimed: 'anywhere' }));
		expect(await healthOf(`http://${outside}:${anywhere.port}`)).toBe(200);
		await until('the link is printed', () => anywhere.output().includes('/claim#'));
		expect((await new CookieJar().post(`${anywhere.url}/auth/claim`, { code: codeIn(anywhere) })).status).toBe(200);
		await anywhere.stop();
		const claimed = await start(data);
		expect(await healthOf(`http://${outside}:${claimed.port}`)).toBe(200);
		expect(codeIn(claimed)).toBeNull();
	});

	test('a code is good for an hour, and once', () => {
		let now = 0;
		const claim = createClaim(() => now);
		expect([claim.isGood(claim.code), claim.isGood('')]).toEqual([true, false]);
		now = CLAIM_LASTS_MS - 1;
		expect(claim.isGood(claim.code)).toBe(true);
		now = CLAIM_LASTS_MS;
		expect(claim.isGood(claim.code)).toBe(false);
		now = 0;
		claim.spend();
		expect(claim.isGood(claim.code)).toBe(false);
	});
});
