// Sensors by MQTT: topics and payloads as the plan names them; what a broker kept is not taken for fresh; and a real Mosquitto that lets in,
// refuses, is killed and comes back. The reader of payloads gets wounded ones.
import type { Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Look, Reader, ReaderContext } from '../../server/connectors/connector.ts';
import { mqttConnector } from '../../server/connectors/mqtt.connector.ts';
import { matchesTopic, readPayload, type TopicRule } from '../../server/connectors/mqtt-rules.ts';
import { startPoller } from '../../server/connectors/poller.ts';
import { openTargets } from '../../server/connectors/targets.ts';
import { assertClean, connectorContract, contextOf, MARKER } from '../contracts/connector-contract.ts';
import { mosquittoPath, startMosquitto, type Tool } from '../kit/facility-tools.ts';
import { until } from '../kit/until.ts';
import { certificate, opensslPath } from '../kit/web-service.ts';
import { chanceOf, startTalker, wound } from './probe-kit.ts';

const CED = 'facility/ced';
const warm = { topic: 'ced/temperatura', subject: CED, measure: 'facility.temperature' };
const settings = (port: number, change: object = {}): Record<string, unknown> => ({ host: '127.0.0.1', port, topics: [warm], ...change });

const CONNACK = Buffer.of(0x20, 2, 0, 0);
/** Answers a CONNECT and a SUBSCRIBE (both shorter than 128 bytes), then says what it is told. */
const broker =
	(connack: Buffer, suback: number, then: readonly Buffer[] = []) =>
	(socket: Socket): void => {
		let rest: Buffer = Buffer.alloc(0);
		socket.on('data', (chunk: Buffer) => {
			rest = Buffer.concat([rest, chunk]);
			while (rest.length >= 2 && rest.length >= 2 + (rest[1] ?? 0)) {
				const packet = rest.subarray(0, 2 + (rest[1] ?? 0));
				rest = rest.subarray(packet.length);
				if (packet[0] === 0x10) socket.write(connack);
				if (packet[0] !== 0x82) continue;
				const codes: number[] = [];
				for (let at = 4; at < packet.length; at += 3 + packet.readUInt16BE(at)) codes.push(suback);
				socket.write(Buffer.of(0x90, 2 + codes.length, packet[2] ?? 0, packet[3] ?? 0, ...codes));
				for (const one of then) socket.write(one);
			}
		});
	};
const published = (topic: string, payload: string, flags = 0): Buffer => {
	const body = Buffer.concat([Buffer.of(0, topic.length), Buffer.from(topic), Buffer.from(payload)]);
	return Buffer.concat([Buffer.of(0x30 | flags, body.length), body]);
};

connectorContract('mqtt', {
	connector: mqttConnector,
	settings,
	mistakes: [
		['no broker', { host: undefined }, 'host'],
		['an address for a host', { host: 'mqtt://broker' }, 'host'],
		['no topic', { topics: [] }, 'topics'],
		['a # in the middle', { topics: [{ ...warm, topic: 'ced/#/t' }] }, 'topics.0.topic'],
		['a + within a level', { topics: [{ ...warm, topic: 'ced/a+' }] }, 'topics.0.topic'],
		['a measure of something else', { topics: [{ ...warm, measure: 'service.up' }] }, 'topics.0.measure'],
		['neither subject nor map', { topics: [{ ...warm, subject: undefined }] }, 'topics.0.subject'],
		['a level without a map', { topics: [{ ...warm, level: 1 }] }, 'topics.0.level'],
		['a path with a blank', { topics: [{ ...warm, path: 'a b' }] }, 'topics.0.path'],
		['words for on alone', { topics: [{ ...warm, on: ['su'] }] }, 'topics.0.off'],
		['a password without a user', { passwordFrom: 'KNOWN_SECRET' }, 'user'],
	],
	faults: { silent: 'timeout', garbage: 'bad-answer', endless: 'too-large', refused: 'unreachable' },
	// A message that announces 256 MB.
	endlessHead: Buffer.concat([CONNACK, Buffer.of(0x30, 0xff, 0xff, 0xff, 0x7f)]),
	healthy: async () => {
		const talker = await startTalker(broker(CONNACK, 0));
		return { settings: settings(talker.port), end: () => talker.end() };
	},
});

test.each([
	['a/b', 'a/b', true],
	['a/b', 'a/b/c', false],
	['a/b/c', 'a/b', false],
	['a/+', 'a/b', true],
	['a/+', 'a', false],
	['a/+', 'a/', true],
	['+/+', '/a', true],
	['a/+/c', 'a/b/c', true],
	['a/#', 'a/b/c', true],
	['a/#', 'a', true],
	['#', 'a/b', true],
	['#', '$SYS/uptime', false],
	['+/uptime', '$SYS/uptime', false],
	['$SYS/#', '$SYS/uptime', true],
	['a', 'A', false],
])('the filter %s names the topic %s: %s', (filter, topic, isNamed) => {
	expect(matchesTopic(filter, topic)).toBe(isNamed);
});

const rule = (change: object = {}): TopicRule => ({ scale: 1, offset: 0, ...warm, ...change });
const battery = { measure: 'facility.onBattery' };

describe('a payload', () => {
	test.each<readonly [string, string, object, object]>([
		['a number', '21.5', {}, { value: 21.5 }],
		['a number with blanks and an exponent', ' -2.15e1\n', {}, { value: -21.5 }],
		['a number in another unit', '212', { scale: 5 / 9, offset: -160 / 9 }, { value: 100 }],
		['a number in quotes, in JSON', '{"t":"21.5"}', { path: 't' }, { value: 21.5 }],
		['a number deep in JSON', '{"s":[{"t":1},{"t":{"v":21}}]}', { path: 's.1.t.v' }, { value: 21 }],
		['a switch', 'ON', battery, { value: 1 }],
		['a switch in JSON', '{"b":false}', { ...battery, path: 'b' }, { value: 0 }],
		['a word of the plan', 'Aperto', { ...battery, on: ['aperto'], off: ['chiuso'] }, { value: 1 }],
		['its own time', '{"t":1,"at":"2025-10-26T02:30:00+01:00"}', { path: 't', at: 'at' }, { value: 1, at: Date.parse('2025-10-26T01:30:00Z') }],
		['its own time in seconds', '{"t":1,"at":1760000000.5}', { path: 't', at: 'at' }, { value: 1, at: 1_760_000_000_500 }],
		['its own time in milliseconds', '{"t":1,"at":1760000000500}', { path: 't', at: 'at' }, { value: 1, at: 1_760_000_000_500 }],
		['a time without its offset', '{"t":1,"at":"2025-10-26T02:30:00"}', { path: 't', at: 'at' }, { value: 1, at: null }],
		['no time', '{"t":1}', { path: 't', at: 'at' }, { value: 1, at: null }],
		['words', MARKER, {}, { value: null }],
		['nothing', '', {}, { value: null }],
		['no end', 'Infinity', {}, { value: null }],
		['more than can be counted', '1e999', {}, { value: null }],
		['hexadecimal', '0x10', {}, { value: null }],
		['a comma', '21,5', {}, { value: null }],
		['a word that is none of the plan’s', 'forse', battery, { value: null }],
		['a number where a switch is', '2', battery, { value: null }],
		['no JSON', `{"t":${MARKER}`, { path: 't' }, { value: null }],
		['JSON without it', '{"u":1}', { path: 't' }, { value: null }],
		['what every object has', '{"t":1}', { path: 'constructor' }, { value: null }],
		['an object for a number', '{"t":{}}', { path: 't' }, { value: null }],
		['JSON without an end', '['.repeat(60_000), { path: 't' }, { value: null }],
		['more than a sensor says', `${' '.repeat(70_000)}1`, {}, { value: null }],
	])('with %s', (_what, payload, change, expected) => {
		expect(readPayload(Buffer.from(payload), rule(change))).toEqual(expected);
	});

	test('wounded 40,000 times is a finite figure or none', () => {
		const below = chanceOf(1883);
		const sound = ['{"s":[{"t":21.5,"at":"2025-10-26T02:30:00Z"}],"b":true}', '-21.5e-1', 'ON', '{"s":[{"t":"3","at":1760000000}]}'].map((one) =>
			Buffer.from(one),
		);
		const rules = [rule(), rule({ path: 's.0.t', at: 's.0.at' }), rule({ ...battery, path: 'b' }), rule(battery)];
		const seen = { figures: 0, none: 0, dated: 0 };
		for (let nth = 0; nth < 40_000; nth += 1) {
			const { value, at } = readPayload(wound(sound[below(4)] ?? Buffer.alloc(0), below), rules[below(4)] ?? rule());
			expect(value === null || Number.isFinite(value)).toBe(true);
			expect(at === undefined || at === null || Number.isSafeInteger(at)).toBe(true);
			seen[value === null ? 'none' : 'figures'] += 1;
			if (typeof at === 'number') seen.dated += 1;
		}
		expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
	});
});

const readers: Reader[] = [];
afterAll(() => Promise.all(readers.map((one) => one.close())));
const open = (change: Record<string, unknown>, context: Partial<ReaderContext> = {}): Reader => {
	const reader = mqttConnector.open(change, { ...contextOf(undefined, '3s'), ...context });
	readers.push(reader);
	return reader;
};
async function look(reader: Reader, timeoutMs = 3000): Promise<Look> {
	const found = await reader.read(AbortSignal.timeout(timeoutMs));
	assertClean(found);
	return found;
}
const figures = (found: Look): readonly unknown[] =>
	(found.readings ?? []).filter(({ measure }) => measure !== 'source.beat').map(({ subject, value, why }) => [subject, value ?? why]);
/** Looks until as many have come. */
async function heard(reader: Reader, count: number): Promise<readonly unknown[]> {
	const all: unknown[] = [];
	await until(`${count} readings`, async () => {
		all.push(...figures(await look(reader)));
		return all.length >= count;
	});
	return all;
}

describe('a broker', () => {
	test.each<readonly [string, Buffer, number, string]>([
		['does not know the name', Buffer.of(0x20, 2, 0, 5), 0, 'unauthorised'],
		['does not know the password', Buffer.of(0x20, 2, 0, 4), 0, 'unauthorised'],
		['is not ready', Buffer.of(0x20, 2, 0, 3), 0, 'unreachable'],
		['does not speak this version', Buffer.of(0x20, 2, 0, 1), 0, 'bad-answer'],
		['refuses the subscription', CONNACK, 0x80, 'unauthorised'],
	])('that %s is blind', async (_what, connack, suback, why) => {
		const talker = await startTalker(broker(connack, suback));
		expect(await look(open(settings(talker.port)))).toMatchObject({ ok: false, why, readings: [{ subject: CED, value: null, why }] });
		await talker.end();
	});

	test('that takes the connection and never the subscription is blind, and asked again', async () => {
		let deaf = true;
		const talker = await startTalker((socket) => {
			if (deaf) socket.once('data', () => socket.write(CONNACK));
			else broker(CONNACK, 0)(socket);
		});
		const context = contextOf(undefined, '300ms');
		const reader = open(settings(talker.port), { source: context.source });
		expect(await look(reader, 1000)).toMatchObject({ ok: false, why: 'timeout' });
		deaf = false;
		expect(await look(reader, 1000)).toMatchObject({ ok: true });
		await talker.end();
	});

	test('is heard byte by byte; what it kept is passed over, unless it says when it was said', async () => {
		const dated = { topic: 'ced/umidita', subject: CED, measure: 'facility.humidity', path: 'v', at: 't', scale: 0.01 };
		const said = [
			published('ced/temperatura', '99', 1),
			published('ced/umidita', '{"v":41,"t":1760000000}', 1),
			published('ced/umidita', '{"v":42}', 1),
			published('altro', MARKER),
			published('ced/temperatura', '21'),
		];
		const bytes = [...Buffer.concat(said)].map((byte) => Buffer.of(byte));
		const talker = await startTalker(broker(CONNACK, 0, bytes));
		const reader = open(settings(talker.port, { topics: [warm, dated] }));
		expect(await heard(reader, 2)).toEqual([
			[CED, 0.41],
			[CED, 21],
		]);
		await talker.end();
		const missed = await until('it is missed', async () => {
			const found = await look(reader);
			return found.ok ? null : found;
		});
		expect(missed).toMatchObject({ ok: false, why: 'unreachable' });
	});

	test('is not asked where the plan does not permit it, nor without its password', async () => {
		const talker = await startTalker(broker(CONNACK, 0));
		for (const host of ['127.0.0.1', 'localhost', '127.1'])
			expect(await look(open(settings(talker.port, { host }), { targets: openTargets(['10.0.0.0/8']) }))).toMatchObject({
				ok: false,
				why: 'not-permitted',
			});
		expect(await look(open(settings(talker.port, { user: 'regia', passwordFrom: 'NOT_SET' })))).toMatchObject({ ok: false, why: 'unauthorised' });
		expect(talker.connections()).toBe(0);
		await talker.end();
		expect(await look(open(settings(9, { host: 'no-such-host.invalid' })))).toMatchObject({ ok: false, why: 'observer-blind' });
	});

	test('that says more than is kept between two looks is heard to its last word', async () => {
		const said = Array.from({ length: 300 }, (_, nth) => published('ced/temperatura', String(nth / 10)));
		const talker = await startTalker(broker(CONNACK, 0, said));
		const reader = open(settings(talker.port), { now: () => (clock += 1) });
		let clock = 1_760_000_000_000;
		const all: unknown[] = [];
		await until('the last one', async () => {
			const some = figures(await look(reader));
			expect(some.length).toBeLessThanOrEqual(100);
			all.push(...some);
			return JSON.stringify(all.at(-1)) === JSON.stringify([CED, 29.9]);
		});
		await talker.end();
	});
});

test.skipIf(opensslPath === null)('a broker by TLS is heard where its certificate is trusted, and told nothing where it is not', async () => {
	const tls = certificate(2);
	let greeted = 0;
	const talker = await startTalker((socket) => {
		socket.once('data', () => (greeted += 1));
		broker(CONNACK, 0, [published('ced/temperatura', '21')])(socket);
	}, tls);
	const byTls = settings(talker.port, { tls: 'on', user: 'regia', passwordFrom: 'KNOWN_SECRET' });
	expect(await look(open(byTls))).toMatchObject({ ok: false, why: 'unreachable' });
	expect(greeted).toBe(0);
	setDefaultCACertificates([...getCACertificates('default'), tls.cert.toString()]);
	expect(await heard(open(byTls), 1)).toEqual([[CED, 21]]);
	expect(await look(open({ ...byTls, tls: 'off' }), 500)).toMatchObject({ ok: false });
	await talker.end();
});

test('300 brokers that speak wounded MQTT are heard or blind, and nothing else happens', async () => {
	const below = chanceOf(4);
	const said = Buffer.concat([published('ced/temperatura', '21'), published('ced/temperatura', MARKER), Buffer.of(0xd0, 0)]);
	const seen = { heard: 0, blind: 0 };
	const one = async (): Promise<void> => {
		const greeting = below(3) === 0 ? wound(CONNACK, below) : CONNACK;
		const talker = await startTalker(broker(greeting, 0, [wound(said, below)]));
		const reader = open(settings(talker.port));
		for (let nth = 0; nth < 2; nth += 1) {
			const found = await look(reader, 150);
			seen[found.ok ? 'heard' : 'blind'] += 1;
			for (const { value } of found.readings ?? []) expect(value === null || Number.isFinite(value)).toBe(true);
		}
		await reader.close();
		await talker.end();
	};
	for (let nth = 0; nth < 10; nth += 1) await Promise.all(Array.from({ length: 30 }, one));
	expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
});

describe.skipIf(mosquittoPath === null)('a real Mosquitto', () => {
	let tool: Tool;
	let client: MqttClient;
	beforeAll(async () => {
		tool = await startMosquitto(undefined, 'topic readwrite ced/#\ntopic readwrite nuovo/#\n');
		client = await connectAsync({ host: '127.0.0.1', port: tool.port });
	}, 40_000);
	afterAll(async () => {
		client?.end(true);
		await tool?.end();
	});
	const rooms = { topic: '+/sensori/temperatura', level: 1, subjects: { ced: CED, nuovo: 'facility/nuovo' }, measure: 'facility.temperature' };

	test('is heard by wildcards from the moment of the subscription on', async () => {
		await client.publishAsync('ced/sensori/temperatura', '77', { retain: true });
		const reader = open(settings(tool.port, { topics: [rooms, { ...warm, topic: 'ced/json/#', path: 't' }] }));
		expect(figures(await look(reader))).toEqual([]);
		await client.publishAsync('ced/sensori/temperatura', '23.5', { retain: true });
		await client.publishAsync(`nuovo/sensori/${MARKER}`, MARKER);
		await client.publishAsync('nuovo/sensori/temperatura', '19');
		await client.publishAsync('ced/json/a/b', JSON.stringify({ t: 31, note: MARKER }));
		expect(await heard(reader, 2)).toEqual([
			[CED, 23.5],
			['facility/nuovo', 19],
		]);
		await client.publishAsync('nuovo/sensori/temperatura', MARKER);
		expect(await heard(reader, 1)).toEqual([['facility/nuovo', 'bad-answer']]);
		await client.publishAsync('ced/sensori/temperatura', '', { retain: true });
	});

	test('of two sensors under one rule the first is heard, not both in turn', async () => {
		const reader = open(settings(tool.port, { topics: [{ ...warm, topic: 'ced/doppio/+' }] }));
		await look(reader);
		for (const [topic, payload] of [
			['a', '20'],
			['b', '30'],
			['a', '21'],
			['b', '31'],
			['a', '22'],
		] as const)
			await client.publishAsync(`ced/doppio/${topic}`, payload);
		const all = await heard(reader, 1);
		await until(
			'the last of the first',
			async () => JSON.stringify([...all, ...figures(await look(reader))].at(-1)).includes('22') || all.length > 0,
		);
		expect(JSON.stringify(all)).not.toMatch(/3[01]/);
	});

	test('that is killed is missed, and heard again by itself once it is back', async () => {
		const context = contextOf();
		const looks: Look[] = [];
		const poller = startPoller({
			reader: open(settings(tool.port)),
			source: { ...context.source, every: 100, timeout: 2000 },
			now: () => Date.now(),
			random: () => 0.5,
			emit: async (one) => void looks.push(one),
		});
		await until('a look', () => looks.at(-1)?.ok);
		await tool.kill();
		await until('it is missed', () => looks.at(-1)?.ok === false);
		expect(looks.at(-1)).toMatchObject({ why: 'unreachable', readings: [{ subject: CED, value: null }] });
		await tool.start();
		await until('it is back', () => looks.at(-1)?.ok, 20_000);
		await until('the other client is back', () => client.connected);
		await client.publishAsync('ced/temperatura', '24');
		await until('it is heard', () => looks.flatMap(figures).some((one) => JSON.stringify(one) === JSON.stringify([CED, 24])));
		await poller.stop();
		for (const one of looks) assertClean(one);
	}, 30_000);

	test('lets nobody in without the password, where it wants one', async () => {
		// The hash of "parola" as mosquitto_passwd makes it: PBKDF2-SHA512, 101 rounds, an invented salt of twelve bytes.
		const { pbkdf2Sync } = await import('node:crypto');
		const salt = Buffer.from('sale inventa');
		const hash = pbkdf2Sync(MARKER, salt, 101, 64, 'sha512').toString('base64');
		const shut = await startMosquitto(`regia:$7$101$${salt.toString('base64')}$${hash}\n`, 'user regia\ntopic read ced/#\n');
		try {
			expect(await look(open(settings(shut.port)))).toMatchObject({ ok: false, why: 'unauthorised' });
			expect(await look(open(settings(shut.port, { user: 'altri', passwordFrom: 'KNOWN_SECRET' })))).toMatchObject({
				ok: false,
				why: 'unauthorised',
			});
			expect(await look(open(settings(shut.port, { user: 'regia', passwordFrom: 'KNOWN_SECRET' })))).toMatchObject({ ok: true });
		} finally {
			await shut.end();
		}
	});
});
