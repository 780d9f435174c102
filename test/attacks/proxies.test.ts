// Addresses that a request claims for itself: believed from a proxy that the plan lists, and from nobody else; in the record and in the limits.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { readPlan } from '../../server/plan-file.ts';
import { openClientAddresses } from '../../server/web/client-address.ts';
import type { Entry } from '../../shared/entry.ts';
import { type Answer, ask } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { readRecord } from '../faults/kit/record.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

const PROXY = '10.0.0.5';
const proxies = [PROXY, '10.1.0.0/16', 'fd00:1::/32'];

describe('with the proxies 10.0.0.5, 10.1.0.0/16 and fd00:1::/32', () => {
	const { of } = openClientAddresses(proxies);
	test.each([
		// From a stranger nothing counts but where it comes from.
		['203.0.113.9', '198.51.100.7', '203.0.113.9'],
		['203.0.113.9', PROXY, '203.0.113.9'],
		['203.0.113.9', '127.0.0.1', '203.0.113.9'],
		['203.0.113.9', '', '203.0.113.9'],
		['10.0.0.6', '198.51.100.7', '10.0.0.6'],
		['10.2.0.1', '198.51.100.7', '10.2.0.1'],
		['127.0.0.1', '198.51.100.7', '127.0.0.1'],
		['::1', '198.51.100.7', '::1'],
		// From a proxy, the address that it added: the last one that is no proxy's.
		[PROXY, undefined, PROXY],
		[PROXY, '', PROXY],
		[PROXY, '198.51.100.7', '198.51.100.7'],
		[`::ffff:${PROXY}`, '198.51.100.7', '198.51.100.7'],
		[PROXY, '127.0.0.1, 198.51.100.7', '198.51.100.7'],
		[PROXY, '10.1.2.3, 198.51.100.7', '198.51.100.7'],
		[PROXY, '198.51.100.7, 10.1.2.3', '198.51.100.7'],
		[PROXY, '192.0.2.1,198.51.100.7 ,10.1.2.3, 10.0.0.5', '198.51.100.7'],
		['10.1.255.255', '198.51.100.7', '198.51.100.7'],
		['fd00:1::9', '2001:db8::7', '2001:db8::7'],
		[PROXY, '2001:DB8:0:0::7', '2001:db8::7'],
		[PROXY, '[2001:db8::7]:4711', '2001:db8::7'],
		[PROXY, '198.51.100.7:4711', '198.51.100.7'],
		[PROXY, '::ffff:198.51.100.7', '198.51.100.7'],
		// What is no address was not written by a proxy of ours: who handed it on is the last that is known.
		[PROXY, 'unknown', PROXY],
		[PROXY, 'localhost', PROXY],
		[PROXY, '198.51.100.7, <script>', PROXY],
		[PROXY, '198.51.100.7, unknown, 10.1.2.3', '10.1.2.3'],
		[PROXY, '198.51.100.7,', PROXY],
		[PROXY, '198.51.100.300', PROXY],
		[PROXY, '0x7f.1', PROXY],
		[PROXY, '2130706433', PROXY],
		[PROXY, 'fe80::1%eth0', PROXY],
		[PROXY, '1.2.3.4\u0000', PROXY],
		[PROXY, `${'10.1.0.1, '.repeat(5000)}10.1.0.1`, '10.1.0.1'],
	])('%s, which says %j, is %s', (peer, forwarded, client) => {
		const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
		expect(of({ socket: { remoteAddress: peer }, headers })).toBe(client);
	});

	test('other headers of the kind are not looked at', () => {
		const headers = { 'x-real-ip': '198.51.100.7', forwarded: 'for=198.51.100.7', 'client-ip': '198.51.100.7', 'x-client-ip': '198.51.100.7' };
		expect(of({ socket: { remoteAddress: PROXY }, headers })).toBe(PROXY);
	});
});

test.each([
	['10.0.0.5', true],
	['10.1.0.0/16', true],
	['fd00::/8', true],
	['10.1.0.0/33', false],
	['proxy.example.it', false],
	['*', false],
])('the plan takes %s as a proxy: %s', async (one, isTaken) => {
	const text = `${nightPlan()}access: { trustedProxies: ["${one}"] }\n`;
	expect(readPlan(text, 'p.yaml', await loadRegistry()).ok).toBe(isTaken);
});

const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
const note = (regia: RunningRegia, token: string, headers: Record<string, string>): Promise<Answer> =>
	ask(`${regia.url}/api/marks`, { token, headers, body: JSON.stringify({ kind: 'note', text: 'corridoio libero' }) });
const originsIn = (entries: readonly Entry[]): readonly string[] =>
	entries.flatMap((entry) => ('from' in entry && typeof entry.from === 'string' && entry.from !== 'server' ? [entry.from] : []));

describe.each([
	['no proxy is listed', '', '127.0.0.1'],
	['the proxy is listed', 'access: { trustedProxies: [127.0.0.1] }\n', '198.51.100.7'],
])('where %s', (_where, access, origin) => {
	let regia: RunningRegia;
	let commander = '';
	let administrator = '';
	beforeAll(async () => {
		regia = await startRegia({ plan: `${nightPlan()}${access}`, flags: ['--rhythm', '250'] });
		commander = regia.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
		administrator = regia.token({ kind: 'person', name: 'revisore', duties: [{ role: 'administrator' }] });
	});
	afterAll(() => regia.stop());

	test(`a mark, a mark over the stream and a change of access stand in the record as from ${origin}`, async () => {
		expect((await note(regia, commander, from('198.51.100.7'))).status).toBe(202);
		const screen = openScreen({ url: regia.url, token: commander, audience: 'desk', headers: from('198.51.100.7') });
		await until('a board', () => screen.state());
		await screen.socket.emitWithAck('mark', { kind: 'note', text: 'ingresso libero' });
		screen.close();
		const grant = { kind: 'display', name: 'parete', audience: 'wall' };
		const made = await ask(`${regia.url}/api/tokens`, {
			token: administrator,
			headers: from('198.51.100.7'),
			body: JSON.stringify({ grant, expires: '1d', why: 'prova' }),
		});
		expect(made.status).toBe(201);
		const origins = originsIn(await readRecord(regia.url, administrator));
		expect(origins.length).toBeGreaterThanOrEqual(3);
		expect(new Set(origins)).toEqual(new Set([origin]));
	});

	test('who is refused too often is shut out by that address, and not by what is claimed', async () => {
		const statuses = async (address: (n: number) => string, many: number): Promise<readonly number[]> => {
			const all: number[] = [];
			for (let n = 0; n < many; n += 1) all.push((await ask(`${regia.url}/api/board`, { headers: from(address(n)) })).status);
			return all;
		};
		const isListed = origin !== '127.0.0.1';
		const turning = await statuses((n) => `192.0.2.${n % 250}`, 320);
		expect(turning.includes(429)).toBe(!isListed);
		if (!isListed) return;
		expect(await statuses(() => '203.0.113.9', 320)).toContain(429);
		expect(await statuses(() => '203.0.113.10', 1)).toEqual([401]);
		// Only the last address is the proxy's word.
		expect(await statuses((n) => `192.0.2.${n}, 203.0.113.9`, 5)).toEqual([429, 429, 429, 429, 429]);
	});
});
