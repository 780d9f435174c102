// What the tests of the single probes share: servers that talk as they are told, the figures of a look, targets, the canary, wounded bytes.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, test } from 'vitest';
import type { ConnectorKind, Look } from '../../server/connectors/connector.ts';
import { startPoller } from '../../server/connectors/poller.ts';
import { openTargets } from '../../server/connectors/targets.ts';
import { assertClean, contextOf } from '../contracts/connector-contract.ts';
import { freePort } from '../kit/free-port.ts';
import { until } from '../kit/until.ts';
import type { certificate } from '../kit/web-service.ts';

export type Talker = { readonly port: number; connections(): number; end(): Promise<void> };

/** A server that does with each connection what it is told. */
export async function startTalker(talk: (socket: Socket) => void, tls?: ReturnType<typeof certificate>): Promise<Talker> {
	const sockets = new Set<Socket>();
	let connections = 0;
	const greet = (socket: Socket): void => {
		socket.on('error', () => {});
		talk(socket);
	};
	const server = tls === undefined ? createServer(greet) : createTlsServer(tls, greet);
	server.on('connection', (socket: Socket) => {
		connections += 1;
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('tlsClientError', () => {});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	return {
		port: address !== null && typeof address === 'object' ? address.port : 0,
		connections: () => connections,
		async end() {
			const closed = once(server, 'close');
			server.close();
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}

export type Figures = Readonly<Record<string, number | null | string>>;

/** What one look says of its service; `why`: of a blind one, `code`: of one that is down. */
export async function figuresOf(connector: ConnectorKind, settings: Record<string, unknown>, timeoutMs = 3000): Promise<Figures> {
	const reader = connector.open(settings, contextOf(undefined, '3s'));
	const look = await reader.read(AbortSignal.timeout(timeoutMs));
	await reader.close();
	assertClean(look);
	const found: Record<string, number | null | string> = look.ok ? {} : { why: look.why };
	for (const { measure, value, why } of look.readings ?? []) {
		found[measure.slice('service.'.length)] = value;
		if (look.ok && why !== undefined) found.code = why;
	}
	return found;
}

/** A look at what `talk` says to each connection. */
export async function lookAt(
	connector: ConnectorKind,
	settings: (port: number) => Record<string, unknown>,
	talk: (socket: Socket) => void,
	{ timeoutMs = 3000, tls }: { readonly timeoutMs?: number; readonly tls?: ReturnType<typeof certificate> } = {},
): Promise<Figures> {
	const talker = await startTalker(talk, tls);
	try {
		return await figuresOf(connector, settings(talker.port), timeoutMs);
	} finally {
		await talker.end();
	}
}

/** What holds for every probe: whom it may ask, and that a failure to look is not the target's. `settings` are of something that does not answer. */
export function probeRules(name: string, connector: ConnectorKind, settings: (port: number, host: string) => Record<string, unknown>): void {
	describe(`${name} keeps to the rules of probes`, () => {
		test('says not-permitted of what the plan does not list, and asks nobody', async () => {
			const talker = await startTalker((socket) => socket.resume());
			for (const host of ['127.0.0.1', 'localhost', '127.1']) {
				const reader = connector.open(settings(talker.port, host), { ...contextOf(), targets: openTargets(['10.0.0.0/8']) });
				expect(await reader.read(AbortSignal.timeout(2000)), host).toMatchObject({ ok: false, why: 'not-permitted' });
			}
			expect(talker.connections()).toBe(0);
			await talker.end();
		});

		test('is blind, not bad, where this machine cannot find the name', async () => {
			const found = await figuresOf(connector, settings(9, 'no-such-host.invalid'));
			expect(found).toMatchObject({ why: 'observer-blind' });
		});

		test.each([
			[true, { ok: true }, 0],
			[false, { ok: false, why: 'observer-blind' }, null],
		] as const)('says down while its canary answers, else that Regia cannot see: %s', async (answers, kind, up) => {
			const context = contextOf();
			const reader = connector.open(settings(await freePort(), '127.0.0.1'), context);
			const looks: Look[] = [];
			const poller = startPoller({
				reader,
				source: { ...context.source, every: 20, timeout: 2000, canary: 'gateway' },
				now: () => Date.now(),
				random: () => 0,
				emit: async (look) => void looks.push(look),
				canaryAnswers: () => answers,
			});
			const look = await until('a look', () => looks[0]);
			await poller.stop();
			expect(look).toMatchObject(kind);
			expect(look.readings?.find((one) => /^service\.(up|write)/.test(one.measure))?.value).toBe(up);
		});
	});
}

/** Mulberry32. */
export function chanceOf(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

/** One to four wounds: a byte changed, some cut out, doubled or turned, the end lost. */
export function wound(sound: Buffer, below: (most: number) => number): Buffer {
	let bytes: Buffer = Buffer.from(sound);
	for (let wounds = 1 + below(4); wounds > 0; wounds--) {
		const at = below(bytes.length + 1);
		const [before, behind] = [bytes.subarray(0, at), bytes.subarray(at)];
		const kind = below(5);
		if (kind === 0 && at < bytes.length) bytes[at] = below(256);
		else if (kind === 1) bytes = Buffer.concat([before, behind.subarray(below(20))]);
		else if (kind === 2) bytes = Buffer.concat([before, before.subarray(-below(20)), behind]);
		else if (kind === 3) bytes = Buffer.from(before);
		else bytes = Buffer.concat([behind, before]);
	}
	return bytes;
}
