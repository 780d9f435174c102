// The port on the real wire: order, half-open and idle peers, too many of them, slow readers, TLS, and an end in order.
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import type { HandedIn } from '../../server/connectors/mllp-conversation.ts';
import { type MllpListener, type MllpListenerSetup, openMllpListener } from '../../server/connectors/mllp-listener.ts';
import { openSenders } from '../../server/connectors/mllp-sender.ts';
import { until } from '../kit/until.ts';
import { certificate, opensslPath } from '../kit/web-service.ts';
import { expectNoPerson, framed, HEARD_AT, hl7, keys, senders, VT, verdictOf } from './hl7-kit.ts';

const listeners: MllpListener[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
	for (const socket of sockets.splice(0)) socket.destroy();
	await Promise.all(listeners.splice(0).map((one) => one.stop()));
});

async function listen(more: Partial<MllpListenerSetup> = {}): Promise<{ listener: MllpListener; handed: HandedIn[] }> {
	const handed: HandedIn[] = [];
	const listener = await openMllpListener({
		senders,
		keys,
		async take(message) {
			handed.push(message);
			return { ok: true };
		},
		now: () => HEARD_AT,
		host: '127.0.0.1',
		port: 0,
		tls: null,
		isRehearsal: false,
		...more,
	});
	listeners.push(listener);
	return { listener, handed };
}

type Caller = { readonly socket: Socket; heard(): string; verdicts(): string[] };
function callOn(socket: Socket): Caller {
	sockets.push(socket);
	let heard = '';
	socket.on('error', () => undefined);
	socket.on('data', (chunk) => {
		heard += chunk.toString('latin1');
	});
	return {
		socket,
		heard: () => heard,
		verdicts: () =>
			heard
				.split(VT)
				.slice(1)
				.filter((one) => one.endsWith('\x1c\r'))
				.map(verdictOf),
	};
}
const call = ({ port }: MllpListener): Caller => callOn(connect({ host: '127.0.0.1', port }));
const closed = (socket: Socket): Promise<void> =>
	socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once('close', () => resolve()));
const answered = (caller: Caller, many: number): Promise<unknown> => until(`${many} answers`, () => caller.verdicts().length === many);

function gate(): { readonly opened: Promise<void>; open(): void } {
	let open = (): void => undefined;
	const opened = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { opened, open: () => open() };
}

describe('the port', () => {
	test('answers a hundred messages said without waiting, in their order', async () => {
		const { listener, handed } = await listen({ limits: { unanswered: 4 } });
		const caller = call(listener);
		caller.socket.write(Buffer.concat(Array.from({ length: 100 }, (_, index) => framed(hl7({ 'MSH-10': `N${index}` })))));
		await answered(caller, 100);
		const numbers = [...caller.heard().matchAll(/MSA\|AA\|(N\d+)/g)].map((match) => match[1]);
		expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => `N${index}`));
		expect(handed).toHaveLength(100);
	});

	test('answers a peer that has said all and closed its side, then closes its own', async () => {
		const { listener } = await listen();
		const caller = call(listener);
		caller.socket.end(framed(hl7()));
		await closed(caller.socket);
		expect(caller.verdicts()).toEqual(['AA']);
	});

	test('loses none of the good messages around bad ones', async () => {
		const { listener, handed } = await listen();
		const caller = call(listener);
		const bad = [hl7({ PV1: null }), 'sciocchezze', hl7({ 'MSH-9': 'ORM^O01' }), hl7({ 'MSH-11': 'T' })];
		for (const one of bad) caller.socket.write(Buffer.concat([framed(hl7()), framed(one)]));
		await answered(caller, 8);
		expect(caller.verdicts()).toEqual(['AA', 'AE no-visit', 'AA', 'AE malformed', 'AA', 'AR unknown-type', 'AA', 'AR not-production']);
		expectNoPerson(caller.heard() + JSON.stringify(handed));
	});

	test('lets go of a peer in silence, and of one in the middle of a frame', async () => {
		const { listener } = await listen({ limits: { idleMs: 80, frameMs: 40 } });
		const [idle, half] = [call(listener), call(listener)];
		half.socket.write(framed(hl7()).subarray(0, 50));
		await Promise.all([closed(idle.socket), closed(half.socket)]);
		expect(listener.counts()).toMatchObject({ idled: 2 });
		const next = call(listener);
		next.socket.write(framed(hl7()));
		await answered(next, 1);
	});

	test('does not take a peer for idle that waits for its answer', async () => {
		const kept = gate();
		let taken = 0;
		const take = async () => {
			taken += 1;
			await kept.opened;
			return { ok: true } as const;
		};
		// Long enough for a busy machine to read what was written at once.
		const { listener } = await listen({ limits: { idleMs: 600 }, take });
		const caller = call(listener);
		caller.socket.write(framed(hl7()));
		await until('the message is taken', () => taken === 1);
		const idle = call(listener);
		await closed(idle.socket);
		expect(caller.socket.destroyed).toBe(false);
		kept.open();
		await answered(caller, 1);
	});

	test('tells of those that it does not let in, once a minute at most and how many', async () => {
		const told: string[] = [];
		let now = HEARD_AT;
		const { listener } = await listen({ limits: { connections: 1 }, told: (message) => void told.push(message), now: () => now });
		call(listener);
		await until('one is connected', () => listener.counts().connections === 1);
		for (const pause of [0, 20_000, 39_999, 1]) {
			now += pause;
			await closed(call(listener).socket);
		}
		expect(listener.counts().turnedAway).toBe(4);
		expect(told.map((line) => line.replace(/: let senders.*/, ''))).toEqual([
			'the HL7 port closed 1 connection without a word; the last one because the 1 connections that it holds are all open',
			'the HL7 port closed 3 connections without a word; the last one because the 1 connections that it holds are all open',
		]);
	});

	test('has a bound on how many are connected, and lets others in once they are gone', async () => {
		const { listener } = await listen({ limits: { connections: 2 } });
		const [first, second] = [call(listener), call(listener)];
		await until('two are connected', () => listener.counts().connections === 2);
		const third = call(listener);
		await closed(third.socket);
		expect(listener.counts().turnedAway).toBe(1);
		first.socket.destroy();
		await until('one is left', () => listener.counts().connections === 1);
		const fourth = call(listener);
		fourth.socket.write(framed(hl7()));
		await answered(fourth, 1);
		expect(second.socket.destroyed).toBe(false);
	});

	test('reads no further of who does not read its answers', async () => {
		const { listener } = await listen();
		const caller = call(listener);
		caller.socket.pause();
		// Small frames with long answers.
		const many = 150_000;
		caller.socket.write(Buffer.concat(Array.from({ length: many }, () => framed('x'))));
		const heard = (): number => listener.counts().unknownSender;
		let [still, before] = [0, -1];
		await until('the sender is held up', () => {
			still = heard() === before ? still + 1 : 0;
			before = heard();
			return still === 15;
		});
		expect(heard()).toBeLessThan(many);
		caller.socket.resume();
		await until('it goes on', () => heard() > before);
	});

	test('turns away who may not speak from there, at the door or by name', async () => {
		const far = { site: 'san-martino', facility: 'HSM', addresses: ['192.0.2.1'] };
		const { listener } = await listen({ senders: openSenders({ far }) });
		await closed(call(listener).socket);
		const mixed = await listen({ senders: openSenders({ far, near: { site: 'galliera', facility: 'HGA' } }) });
		const caller = call(mixed.listener);
		caller.socket.write(framed(hl7()));
		await answered(caller, 1);
		expect(caller.verdicts()).toEqual(['AR not-permitted']);
		expect(mixed.handed.map(({ source, refused }) => [source, refused])).toEqual([['far', ['not-permitted']]]);
	});

	test('ends in order: what it has heard is answered, and nothing more is heard', async () => {
		const kept = gate();
		let taken = 0;
		const { listener } = await listen({
			async take() {
				taken++;
				await kept.opened;
				return { ok: true };
			},
		});
		const caller = call(listener);
		caller.socket.write(framed(hl7()));
		await until('a message is taken', () => taken === 1);
		const stopped = listener.stop();
		kept.open();
		await Promise.all([stopped, closed(caller.socket)]);
		expect(caller.verdicts()).toEqual(['AA']);
		const late = call(listener);
		await closed(late.socket);
		expect(late.verdicts()).toEqual([]);
	});

	test('says so where it cannot listen', async () => {
		const { listener } = await listen();
		await expect(listen({ port: listener.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
	});
});

describe.skipIf(opensslPath === null)('by TLS', () => {
	test('messages are taken, plain ones are not, and a renewed certificate is shown', async () => {
		const [first, second] = [certificate(3), certificate(5)];
		const { listener } = await listen({ tls: first });
		const callTls = (ca: Buffer): Caller => callOn(connectTls({ host: '127.0.0.1', port: listener.port, ca }));
		const caller = callTls(first.cert);
		caller.socket.write(framed(hl7()));
		await answered(caller, 1);
		expect(caller.verdicts()).toEqual(['AA']);
		const plain = call(listener);
		plain.socket.write(framed(hl7()));
		await closed(plain.socket);
		expect(plain.verdicts()).toEqual([]);
		listener.renew(second);
		const renewed = callTls(second.cert);
		renewed.socket.write(framed(hl7({ 'MSH-10': 'M2' })));
		await answered(renewed, 1);
	});

	test('a peer without a certificate is not heard where one is asked for', async () => {
		const { key, cert } = certificate(3);
		const { listener, handed } = await listen({ tls: { key, cert, ca: cert } });
		const nameless = callOn(connectTls({ host: '127.0.0.1', port: listener.port, ca: cert }));
		nameless.socket.write(framed(hl7()));
		await closed(nameless.socket);
		expect(handed).toEqual([]);
		const known = callOn(connectTls({ host: '127.0.0.1', port: listener.port, ca: cert, key, cert }));
		known.socket.write(framed(hl7()));
		await answered(known, 1);
	});
});
