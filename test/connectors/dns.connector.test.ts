// The probe of name servers against one that says what it is told, by datagrams and by TCP; its reader is compared with the system's own
// resolver (c-ares) and given wounded answers.
import { createSocket, type Socket as Datagrams, type RemoteInfo } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dnsConnector } from '../../server/connectors/dns.connector.ts';
import { type DnsQuestion, readAnswer, recordTypes, writeQuestion } from '../../server/connectors/dns-message.ts';
import { connectorContract, MARKER } from '../contracts/connector-contract.ts';
import { freePort } from '../kit/free-port.ts';
import { chanceOf, figuresOf, lookAt, probeRules, startTalker, type Talker, wound } from './probe-kit.ts';

const word = (value: number): Buffer => Buffer.of(value >> 8, value & 255);
const nameOf = (name: string): Buffer =>
	Buffer.concat([...name.split('.').map((one) => Buffer.from(`${String.fromCharCode(one.length)}${one}`)), Buffer.of(0)]);
/** The asked name, by a pointer to where the question has it. */
const ASKED = Buffer.of(0xc0, 12);

type Given = { readonly owner?: string; readonly type: number; readonly data: Buffer };
const record = ({ owner, type, data }: Given): Buffer =>
	Buffer.concat([owner === undefined ? ASKED : nameOf(owner), word(type), word(1), Buffer.alloc(4), word(data.length), data]);

/** The answer to a question as it came: its number and its question, then these. */
function answerTo(question: Buffer, given: readonly Given[], flags = 0x8180): Buffer {
	const asked = question.subarray(12, question.indexOf(0, 12) + 5);
	return Buffer.concat([question.subarray(0, 2), word(flags), word(1), word(given.length), word(0), word(0), asked, ...given.map(record)]);
}

const a = (...bytes: number[]): Given => ({ type: 1, data: Buffer.from(bytes) });
const zone: Readonly<Record<string, readonly Given[]>> = {
	'ps.example.it/1': [a(192, 0, 2, 7), a(192, 0, 2, 8)],
	'ps.example.it/28': [{ type: 28, data: Buffer.from('20010db8000000000000000000000007', 'hex') }],
	'www.example.it/5': [{ type: 5, data: nameOf('ps.example.it') }],
	'www.example.it/1': [
		{ type: 5, data: nameOf('ps.example.it') },
		{ owner: 'ps.example.it', ...a(192, 0, 2, 7) },
	],
	'example.it/15': [
		{ type: 15, data: Buffer.concat([word(10), nameOf('Posta.example.it')]) },
		{ type: 15, data: Buffer.concat([word(20), Buffer.of(5), Buffer.from('mail2'), ASKED]) },
	],
	'example.it/16': [{ type: 16, data: Buffer.concat([Buffer.of(6), Buffer.from('v=spf1'), Buffer.of(5), Buffer.from(' -all')]) }],
	'_ldap._tcp.example.it/33': [{ type: 33, data: Buffer.concat([word(10), word(5), word(389), nameOf('dc.example.it')]) }],
};
const zoneAnswer = (question: Buffer): Buffer => {
	const end = question.indexOf(0, 12);
	const labels: string[] = [];
	for (let at = 12; at < end; at += 1 + (question[at] ?? 0)) labels.push(question.toString('latin1', at + 1, at + 1 + (question[at] ?? 0)));
	const given = zone[`${labels.join('.').toLowerCase()}/${question.readUInt16BE(end + 1)}`];
	return given === undefined ? answerTo(question, [], 0x8183) : answerTo(question, given);
};

/** Null: stays silent. */
type Say = (question: Buffer, nth: number) => readonly Buffer[] | null;

type NameServer = { readonly port: number; asked(): { udp: number; tcp: number }; behave(udp: Say, tcp?: Say): void; end(): Promise<void> };

async function startNameServer(): Promise<NameServer> {
	const zoneAlone: Say = (question) => [zoneAnswer(question)];
	let [byDatagram, byStream] = [zoneAlone, zoneAlone];
	let asked = { udp: 0, tcp: 0 };
	const talker: Talker = await startTalker((socket: Socket) => {
		socket.on('data', (chunk: Buffer) => {
			for (const one of byStream(chunk.subarray(2), asked.tcp++) ?? []) socket.write(Buffer.concat([word(one.length), one]));
		});
	});
	const datagrams: Datagrams = createSocket('udp4');
	datagrams.on('message', (question: Buffer, from: RemoteInfo) => {
		for (const one of byDatagram(question, asked.udp++) ?? []) datagrams.send(one, from.port, from.address);
	});
	datagrams.bind(talker.port, '127.0.0.1');
	await once(datagrams, 'listening');
	return {
		port: talker.port,
		asked: () => asked,
		behave(udp, tcp = zoneAlone) {
			[byDatagram, byStream, asked] = [udp, tcp, { udp: 0, tcp: 0 }];
		},
		async end() {
			datagrams.close();
			await talker.end();
		},
	};
}

const settings = (port: number): Record<string, unknown> => ({ service: 'nomi', host: '127.0.0.1', port, name: 'ps.example.it' });
const byTcp = (port: number): Record<string, unknown> => ({ ...settings(port), transport: 'tcp' });

connectorContract('dns', {
	connector: dnsConnector,
	settings: byTcp,
	mistakes: [
		['no name', { name: undefined }, 'name'],
		['a name that is none', { name: 'a..b' }, 'name'],
		['a name that is too long', { name: `${'a'.repeat(60)}.`.repeat(5) }, 'name'],
		['a type that is not read', { type: 'ANY' }, 'type'],
		['an answer of another type', { expect: { answers: ['ps.example.it'] } }, 'expect.answers'],
		['only, of nothing', { expect: { only: true } }, 'expect.only'],
		['no answer at all', { expect: { answers: [] } }, 'expect.answers'],
	],
	faults: { silent: 'down', garbage: 'down', endless: 'down', refused: 'down' },
	endlessHead: '',
	healthy: async () => {
		const server = await startNameServer();
		return { settings: settings(server.port), end: () => server.end() };
	},
});

probeRules('dns', dnsConnector, (port, host) => ({ ...settings(port), host }));
probeRules('dns by TCP', dnsConnector, (port, host) => ({ ...byTcp(port), host }));

describe('a name server', () => {
	let server: NameServer;
	beforeAll(async () => {
		server = await startNameServer();
	});
	afterAll(() => server.end());
	const look = (change: object, timeoutMs = 2000) => figuresOf(dnsConnector, { ...settings(server.port), ...change }, timeoutMs);

	test.each([
		['an address', {}, { up: 1 }],
		['the addresses, in any order', { expect: { answers: ['192.0.2.8', '192.0.2.7'], only: true } }, { up: 1 }],
		['one address of two', { expect: { answers: ['192.0.2.8'] } }, { up: 1 }],
		['one address of two, and only that', { expect: { answers: ['192.0.2.8'], only: true } }, { up: 0, code: 'bad-answer' }],
		['another address', { expect: { answers: ['192.0.2.9'] } }, { up: 0, code: 'bad-answer' }],
		['an IPv6 address in another spelling', { type: 'AAAA', expect: { answers: ['2001:DB8:0:0::7'] } }, { up: 1 }],
		['an alias', { name: 'www.example.it', type: 'CNAME', expect: { answers: ['PS.example.it.'] } }, { up: 1 }],
		['the address behind an alias', { name: 'www.example.it', expect: { answers: ['192.0.2.7'] } }, { up: 1 }],
		['mail servers', { name: 'example.it', type: 'MX', expect: { answers: ['10 posta.example.it', '20 mail2.example.it'], only: true } }, { up: 1 }],
		['a mail server of another rank', { name: 'example.it', type: 'MX', expect: { answers: ['20 posta.example.it'] } }, { up: 0 }],
		['a text in two pieces', { name: 'example.it', type: 'TXT', expect: { answers: ['v=spf1 -all'] } }, { up: 1 }],
		['a place of a service', { name: '_ldap._tcp.example.it', type: 'SRV', expect: { answers: ['10 5 389 dc.example.it'] } }, { up: 1 }],
		['a name in capitals with its last dot', { name: 'PS.Example.IT.' }, { up: 1 }],
		['a name that is not there', { name: 'no.example.it' }, { up: 0, code: 'not-found' }],
		['slower than allowed', { expect: { maxLatency: '0ms' } }, { up: 0 }],
	] as const)('tells %s, by datagrams and by TCP', async (_what, change, found) => {
		server.behave((question) => [zoneAnswer(question)]);
		expect(await look(change)).toMatchObject(found);
		expect(await look({ ...change, transport: 'tcp' })).toMatchObject(found);
		expect(server.asked()).toEqual({ udp: 1, tcp: 1 });
	});

	const own =
		(given: readonly Given[], flags?: number): Say =>
		(question) => [answerTo(question, given, flags)];
	test.each([
		['fails', own([], 0x8182), 'unreachable'],
		['does not answer Regia', own([], 0x8185), 'unauthorised'],
		['has the name, and none of the type', own([]), 'not-found'],
		['tells of another name', own([{ owner: 'altro.example.it', ...a(192, 0, 2, 7) }]), 'not-found'],
		[
			'leads an alias in a circle',
			own([
				{ type: 5, data: nameOf('b.it') },
				{ owner: 'b.it', type: 5, data: nameOf('ps.example.it') },
			]),
			'not-found',
		],
		['cannot read the question', ((question) => [Buffer.concat([question.subarray(0, 2), word(0x8181), Buffer.alloc(8)])]) as Say, 'unreachable'],
	] as const)('that %s is down, and why', async (_what, say, code) => {
		server.behave(say);
		expect(await look({})).toMatchObject({ up: 0, code });
	});

	test.each([
		['nothing', () => null],
		['garbage', () => [Buffer.from(MARKER)]],
		['half of it', (question: Buffer) => [zoneAnswer(question).subarray(0, 40)]],
		[
			'an answer to another question',
			(question: Buffer) => [zoneAnswer(Buffer.concat([question.subarray(0, 12), nameOf('www.example.it'), word(1), word(1)]))],
		],
		['an answer of another number', (question: Buffer) => [Buffer.concat([word(question.readUInt16BE(0) ^ 1), zoneAnswer(question).subarray(2)])]],
		['its own question', (question: Buffer) => [question]],
	] as const)('that says %s is down when time is up', async (_what, say: Say) => {
		server.behave(say);
		expect(await look({}, 150)).toMatchObject({ up: 0, code: 'timeout' });
	});

	test('is believed after a forged answer of another number', async () => {
		server.behave((question) => [
			Buffer.concat([word(question.readUInt16BE(0) ^ 1), answerTo(question, [a(203, 0, 113, 66)]).subarray(2)]),
			zoneAnswer(question),
		]);
		expect(await look({ expect: { answers: ['192.0.2.7', '192.0.2.8'], only: true } })).toMatchObject({ up: 1 });
	});

	test('is asked again where a datagram is lost', async () => {
		server.behave((question, nth) => (nth === 0 ? null : [zoneAnswer(question)]));
		const found = await look({});
		expect(found).toMatchObject({ up: 1 });
		expect(server.asked().udp).toBe(2);
	});

	test('is asked by TCP where its answer is too long for a datagram', async () => {
		server.behave((question) => [answerTo(question, [], 0x8380)]);
		expect(await look({ expect: { answers: ['192.0.2.7'] } })).toMatchObject({ up: 1 });
		expect(server.asked()).toEqual({ udp: 1, tcp: 1 });
		server.behave(own([], 0x8380), own([], 0x8380));
		expect(await look({})).toEqual({ why: 'too-large', up: null });
	});

	test('that breaks off its answer by TCP is down', async () => {
		const half = (end: boolean) => (socket: Socket) => {
			socket.once('data', () => (end ? socket.end(Buffer.of(0, 99, 1)) : socket.write(Buffer.of(0, 99, 1))));
		};
		expect(await lookAt(dnsConnector, byTcp, half(true))).toMatchObject({ up: 0, code: 'unreachable' });
		expect(await lookAt(dnsConnector, byTcp, half(false), { timeoutMs: 150 })).toMatchObject({ up: 0, code: 'timeout' });
	});

	test('that nobody holds refuses datagrams too', async () => {
		expect(await figuresOf(dnsConnector, settings(await freePort()))).toMatchObject({ up: 0, code: 'unreachable' });
	});

	test('tells the system’s own resolver the same', async () => {
		server.behave((question) => [zoneAnswer(question)]);
		const resolver = new Resolver({ tries: 1, timeout: 2000 });
		resolver.setServers([`127.0.0.1:${server.port}`]);
		const theirs: Readonly<Record<string, () => Promise<readonly string[]>>> = {
			'ps.example.it A': () => resolver.resolve4('ps.example.it'),
			'www.example.it A': () => resolver.resolve4('www.example.it'),
			'ps.example.it AAAA': () => resolver.resolve6('ps.example.it'),
			'www.example.it CNAME': () => resolver.resolveCname('www.example.it'),
			'example.it MX': async () => (await resolver.resolveMx('example.it')).map((one) => `${one.priority} ${one.exchange}`),
			'example.it TXT': async () => (await resolver.resolveTxt('example.it')).map((one) => one.join('')),
			'_ldap._tcp.example.it SRV': async () =>
				(await resolver.resolveSrv('_ldap._tcp.example.it')).map((one) => [one.priority, one.weight, one.port, one.name].join(' ')),
		};
		for (const [what, ask] of Object.entries(theirs)) {
			const [name = '', type = ''] = what.split(' ');
			const answers = await ask();
			expect(answers.length, what).toBeGreaterThan(0);
			expect(await look({ name, type, expect: { answers, only: true } }), what).toMatchObject({ up: 1 });
		}
	});
});

describe('the reader of answers', () => {
	const questions = Object.keys(zone).map((key): DnsQuestion => {
		const [name = '', type] = key.split('/');
		const found = Object.entries(recordTypes).find(([, number]) => number === Number(type));
		return { id: 4711, name, type: (found?.[0] ?? 'A') as DnsQuestion['type'], isRecursive: true };
	});

	test.each([
		['a pointer to itself', Buffer.of(0xc0, 31)],
		['a pointer ahead', Buffer.of(0xc0, 60)],
		['a pointer out of the message', Buffer.of(0xff, 0xff)],
		['a label that is too long', Buffer.concat([Buffer.of(64), Buffer.alloc(64, 97), Buffer.of(0)])],
		[
			'a name that is too long',
			Buffer.concat([...Array.from({ length: 5 }, () => Buffer.concat([Buffer.of(60), Buffer.alloc(60, 97)])), Buffer.of(0)]),
		],
		['a name without an end', Buffer.of(3, 97, 97)],
	])('does not read %s', (_what, owner) => {
		const question: DnsQuestion = { id: 1, name: 'ps.example.it', type: 'A', isRecursive: true };
		const head = answerTo(writeQuestion(question), []);
		head.writeUInt16BE(1, 6);
		expect(readAnswer(Buffer.concat([head, owner, word(1), word(1), Buffer.alloc(4), word(4), Buffer.alloc(4)]), question)).toBeNull();
	});

	test('stands 30,000 wounded answers, and believes none with another number or question', () => {
		const below = chanceOf(53);
		const seen = { read: 0, none: 0 };
		for (let nth = 0; nth < 30_000; nth++) {
			const question = questions[below(questions.length)] ?? questions[0];
			if (question === undefined) break;
			const bytes = wound(zoneAnswer(writeQuestion(question)), below);
			const answer = readAnswer(bytes, question);
			seen[answer === null ? 'none' : 'read'] += 1;
			if (answer === null) continue;
			expect(bytes.readUInt16BE(0)).toBe(4711);
			expect(answer.answers.length).toBeLessThanOrEqual(500);
			expect(readAnswer(bytes, { ...question, id: 4712 })).toBeNull();
			expect(readAnswer(bytes, { ...question, name: 'altro.example.it' })?.answers ?? []).toEqual([]);
		}
		expect(Math.min(seen.read, seen.none)).toBeGreaterThan(1000);
	});
});
