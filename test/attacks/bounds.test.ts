// What is too much, too deep or too slow: each bound of the limits table, at its edge. The door with small limits, the product with its own.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { defaultLimits, type Limits } from '../../server/domain/limits.ts';
import { createBucket, createRates } from '../../server/domain/rate.ts';
import { watchDoor } from '../../server/domain/watch-door.ts';
import { type Door, openDoor } from '../../server/web/door.ts';
import { nestsDeeper } from '../../server/web/nesting.ts';
import { ask, healthOf, moved, postSamples } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { openScreen, type Screen } from '../faults/kit/screen.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { sendRaw } from '../web/raw-request.ts';

describe('a bucket', () => {
	test('gives its burst, then its rate, and nothing for a clock that goes back', () => {
		const bucket = createBucket({ perSecond: 10, burst: 5 });
		expect([1, 2, 3, 4, 5, 6].map(() => bucket.take(1000))).toEqual([true, true, true, true, true, false]);
		expect(bucket.take(500)).toBe(false);
		expect(bucket.take(1099)).toBe(false);
		expect(bucket.take(1100)).toBe(true);
		expect(bucket.left(99_000)).toBe(5);
	});

	test('a key: strangers without end take no memory without end', () => {
		const rates = createRates({ perSecond: 1, burst: 2 }, 100);
		for (let n = 0; n < 10_000; n += 1) rates.take(`10.0.${n >> 8}.${n & 255}`, n);
		expect(rates.size()).toBeLessThanOrEqual(100);
	});

	test('lets one source push three thousand a second, and more', () => {
		const watch = watchDoor(defaultLimits);
		const source = { kind: 'source', name: 's0', subjects: ['*'] } as const;
		let kept = 0;
		for (let n = 0; n < 60_000; n += 1) if (watch.admits(source, '10.0.0.1', n / 6)) kept += 1;
		expect(kept).toBe(60_000);
	});
});

describe('nesting', () => {
	const deep = (text: string): boolean => nestsDeeper(Buffer.from(text), 3);
	test.each([
		['[[[]]]', false],
		['[[[[]]]]', true],
		['{"a":{"b":{"c":1}}}', false],
		['{"a":{"b":{"c":{}}}}', true],
		['[[[],[],[]],[[]]]', false],
		['["[[[[[["]', false],
		['["\\"[[[[[["]', false],
		['["\\\\",[[[]]]]', true],
		['[[[[', true],
		[']]]][[[[', false],
		['"[[[[', false],
		['', false],
	])('%s → %s', (text, expected) => expect(deep(text)).toBe(expected));

	test('is seen at its beginning, whatever follows', () => {
		const bomb = Buffer.from('['.repeat(4_000_000));
		const flat = Buffer.from(`[${'0,'.repeat(2_000_000)}0]`);
		const timed = (bytes: Buffer): number => {
			const from = performance.now();
			nestsDeeper(bytes, 32);
			return performance.now() - from;
		};
		timed(flat);
		expect(timed(bomb)).toBeLessThan(timed(flat));
	});
});

const small: Limits = {
	...defaultLimits,
	headersWithinMs: 400,
	requestWithinMs: 800,
	unprovenAnAddress: 10,
	connections: 50,
	suspectConnections: { perSecond: 1, burst: 3 },
};

describe('the door', () => {
	let door: Door;
	let port = 0;
	const watch = watchDoor(small);
	const sockets: Socket[] = [];
	beforeAll(async () => {
		door = openDoor({ limits: small, watch, tls: null, isProxy: () => false, told: () => {} });
		door.http.on('request', (request, response) => {
			if (request.headers.authorization) door.known(request.socket);
			request.resume().on('end', () => response.end('well'));
		});
		door.http.listen(0, '127.0.0.1');
		await once(door.http, 'listening');
		const address = door.http.address();
		port = typeof address === 'object' && address !== null ? address.port : 0;
	});
	afterEach(async () => {
		for (const socket of sockets.splice(0)) socket.destroy();
		await until('all have left', () => new Promise((resolve) => door.http.getConnections((_error, count) => resolve(count === 0))));
	});
	afterAll(() => {
		door.close();
		door.http.close();
	});

	/** Resolves with what came before the end, once the other side ends it. */
	function open(...pieces: readonly string[]): { readonly socket: Socket; readonly ended: Promise<string>; isOpen(): boolean } {
		const socket = connect(port, '127.0.0.1');
		sockets.push(socket);
		let got = '';
		let isOpen = true;
		const ended = new Promise<string>((resolve) => {
			socket.on('data', (chunk) => {
				got += chunk.toString();
			});
			socket.on('error', () => {});
			socket.on('close', () => {
				isOpen = false;
				resolve(got);
			});
		});
		for (const piece of pieces) socket.write(piece);
		return { socket, ended, isOpen: () => isOpen };
	}

	test.each([
		['headers that never end', 'GET / HTTP/1.1\r\nHost: x\r\n', /^HTTP\/1\.1 408 /],
		['nothing but a method', 'GET', /^HTTP\/1\.1 408 /],
		['nothing at all', '', /^$|^HTTP\/1\.1 408 /],
		['a body that never ends', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab', /^HTTP\/1\.1 408 /],
		['chunks that never end', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n', /^HTTP\/1\.1 408 /],
	])('ends %s', async (_what, piece, expected) => {
		expect(await open(piece).ended).toMatch(expected);
	});

	test('ends who gives a byte at a time', async () => {
		const slow = open('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
		const timer = setInterval(() => slow.socket.write('a'), 50);
		expect(await slow.ended).toMatch(/^HTTP\/1\.1 408 /);
		clearInterval(timer);
	});

	test('holds no more strangers of an address than it may; who has shown a token keeps its place', async () => {
		const hello = 'GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n';
		const friends = Array.from({ length: 15 }, () => open(hello));
		await Promise.all(friends.map(({ socket }) => once(socket, 'data')));
		const strangers = Array.from({ length: 25 }, () => open());
		await until('the rest was cut', () => strangers.filter((one) => one.isOpen()).length <= 10);
		expect(friends.every((one) => one.isOpen())).toBe(true);
		const late = open(hello);
		await until('room is made for a newcomer, or it comes again', async () => late.isOpen() || (await late.ended) === '');
		expect(friends.every((one) => one.isOpen())).toBe(true);
	});

	test('takes no more connections than it may in all', async () => {
		const hello = 'GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n';
		const open50: ReturnType<typeof open>[] = [];
		for (let n = 0; n < 50; n += 1) {
			const one = open(hello);
			await once(one.socket, 'data');
			open50.push(one);
		}
		expect(await open(hello).ended).toBe('');
		expect(open50.every((one) => one.isOpen())).toBe(true);
	});

	test('makes an address wait that was refused often, and no other', () => {
		const mine = watchDoor(small);
		for (let n = 0; n < 200; n += 1) mine.refused('10.0.0.1', n);
		expect([1, 2, 3, 4, 5].map(() => mine.connects('10.0.0.1', 200))).toEqual([true, true, true, false, false]);
		expect([1, 2, 3, 4, 5].every(() => mine.connects('10.0.0.2', 200))).toBe(true);
		expect(mine.isShut('10.0.0.1', 200)).toBe(false);
		for (let n = 0; n < 200; n += 1) mine.refused('10.0.0.1', 200);
		expect(mine.isShut('10.0.0.1', 200)).toBe(true);
		expect(mine.isShut('10.0.0.1', 1500)).toBe(false);
	});
});

describe('the server', () => {
	let regia: RunningRegia;
	let source = '';
	let lead = '';
	beforeAll(async () => {
		regia = await startRegia({ plan: nightPlan(), flags: ['--rhythm', '250'] });
		source = regia.token({ kind: 'source', name: 's0', subjects: ['*'] });
		lead = regia.token({ kind: 'person', name: 'turno-1', duties: [{ role: 'commander' }] });
	});
	afterAll(() => regia.stop());
	afterEach(async () => expect(await healthOf(regia.url)).toBe(200));

	const head = (headers: number): string =>
		`GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${Array.from({ length: headers - 2 }, (_, n) => `x-${n}: 1\r\n`).join('')}\r\n`;
	test.each([
		[100, 200],
		[101, 431],
		[500, 431],
	])('reads %i headers: %i', async (count, status) => {
		expect((await sendRaw(regia.port, head(count))).status).toBe(status);
	});

	const nested = (depth: number, open: string, close: string): string => `${open.repeat(depth)}1${close.repeat(depth)}`;
	const bodies: readonly (readonly [what: string, path: string, body: string | Uint8Array<ArrayBuffer>, status: number])[] = [
		['lists, 33 deep', '/api/samples', nested(33, '[', ']'), 400],
		['objects, 33 deep', '/api/samples', nested(33, '{"a":', '}'), 400],
		['lists, 100,000 deep', '/api/samples', nested(100_000, '[', ']'), 400],
		['objects, 500,000 deep and torn', '/api/samples', '{"a":'.repeat(500_000), 400],
		['deep below samples', '/api/samples', `{"samples":[${nested(40, '[', ']')}]}`, 400],
		['a deep mark', '/api/marks', `{"kind":"note","text":${nested(40, '[', ']')}}`, 400],
		['a deep session', '/api/session', nested(200, '[', ']'), 401],
		['deep, packed', '/api/samples', new Uint8Array(gzipSync(nested(100_000, '[', ']'))), 400],
		['a stranger with 70 kB', '/api/session', ' '.repeat(70_000), 413],
		['5 MB', '/api/samples', ' '.repeat(5_000_000), 413],
		['5 MB as a mark', '/api/marks', ' '.repeat(5_000_000), 413],
		['17 MB, packed', '/api/samples', new Uint8Array(gzipSync(Buffer.alloc(17_000_000, 0x20))), 413],
		['one text of 3 MB', '/api/marks', JSON.stringify({ kind: 'note', text: 'x'.repeat(3_000_000) }), 400],
		[
			'a number of 100,000 digits',
			'/api/samples',
			`{"samples":[{"subject":"archive/a0","measure":"archive.errors","value":${'9'.repeat(100_000)},"at":"2025-10-22T00:00:00Z"}]}`,
			400,
		],
		['100,000 keys', '/api/marks', `{${Array.from({ length: 100_000 }, (_, n) => `"k${n}":1`).join(',')}}`, 400],
		['a key of 1 MB', '/api/marks', `{"${'k'.repeat(1_000_000)}":1}`, 400],
		['one key 100,000 times', '/api/marks', `{${'"kind":"note",'.repeat(100_000)}"a":1}`, 400],
		['5,001 rows', '/api/samples', `{"samples":[${'{},'.repeat(5000)}{}]}`, 413],
		['5,000 rows that are none', '/api/samples', `{"samples":[${'{},'.repeat(4999)}{}]}`, 400],
		['a million empty lines', '/api/samples', '\n'.repeat(1_000_000), 400],
	];
	test.each(bodies)('%s → %s', async (_what, path, body, status) => {
		const headers = typeof body === 'string' ? {} : { 'content-encoding': 'gzip' };
		const token = path === '/api/samples' ? { token: source } : path === '/api/marks' ? { token: lead } : {};
		const answer = await ask(`${regia.url}${path}`, { ...token, headers, body });
		expect(answer.status).toBe(status);
		expect(answer.text.length).toBeLessThan(1_500_000);
	});

	test('a line nested deep takes no good line with it', async () => {
		const body = `${nested(1000, '[', ']')}\n${JSON.stringify(moved('a0', 1, Date.now()))}`;
		const answer = await ask(`${regia.url}/api/samples`, { token: source, body, headers: { 'content-type': 'application/x-ndjson' } });
		expect(answer.json).toMatchObject({ accepted: 1, refused: [{ index: 0, code: 'malformed' }] });
	});

	test('many refusals shut the door to strangers, and to nobody who shows a token', async () => {
		const statuses = new Set<number>();
		for (let n = 0; n < 400; n += 1) statuses.add((await ask(`${regia.url}/api/board`, { token: `regia_${n}` }).catch(() => ({ status: 0 }))).status);
		expect(statuses.has(401)).toBe(true);
		expect(statuses.has(429)).toBe(true);
		// The address may have to knock again, now that it is suspect.
		const isAnswered = async (): Promise<boolean> => (await ask(`${regia.url}/api/board`, { token: lead }).catch(() => null)) !== null;
		await until('a connection', isAnswered);
		expect((await postSamples(regia.url, source, [moved('a1', 1, Date.now())])).status).toBe(202);
		expect((await ask(`${regia.url}/api/board`, { token: lead })).status).toBe(200);
		expect((await ask(`${regia.url}/api/push/${source}?status=up`)).status).not.toBe(429);
		// The bound fills again with time: a stranger's heartbeats meet it once more, however slow this machine is.
		const beats = new Set<number>();
		for (let n = 0; n < 400 && !beats.has(429); n += 1)
			beats.add((await ask(`${regia.url}/api/push/xyz?status=up`).catch(() => ({ status: 0 }))).status);
		expect(beats.has(429)).toBe(true);
	});

	const events = (screen: Screen) =>
		screen.socket as unknown as { emitWithAck(name: string, ...rest: unknown[]): Promise<{ ok: boolean; code?: string }> };

	test('a screen that asks without end is told so, and goes on after', async () => {
		const screen = openScreen({ url: regia.url, token: lead, audience: 'desk' });
		await until('a board', () => screen.state());
		const codes = new Set<string | undefined>();
		for (let batch = 0; batch < 10; batch += 1) {
			const answers = await Promise.all(Array.from({ length: 500 }, () => events(screen).emitWithAck('vitals', {})));
			for (const { code } of answers) codes.add(code);
		}
		expect(codes).toEqual(new Set(['malformed', 'too-many']));
		await until('it may ask again', async () => (await events(screen).emitWithAck('vitals', {})).code === 'malformed');
		screen.close();
	});

	test('a screen that asks without end and never reads is shown out', async () => {
		const screen = openScreen({ url: regia.url, token: lead, audience: 'desk' });
		await until('a board', () => screen.state());
		const before = await clients(regia.url);
		screen.stall();
		const long = 'x'.repeat(60_000);
		for (let n = 0; n < 8000; n += 1)
			events(screen)
				.emitWithAck(n % 100 === 0 ? long.slice(0, 20) : 'resume', {})
				.catch(() => undefined);
		await until('it is gone', async () => (await clients(regia.url)) < before, 20_000).finally(() => screen.close());
	});
});

async function clients(url: string): Promise<number> {
	return ((await ask(`${url}/api/health`)).json as { clients: number }).clients;
}
