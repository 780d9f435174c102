// Where Regia may be made to look: the plan's list holds against every way of writing an address, and against a name server that lies.
import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectorKind } from '../../server/connectors/connector.ts';
import { httpConnector } from '../../server/connectors/http.connector.ts';
import { postgresConnector } from '../../server/connectors/postgres.connector.ts';
import { rcloneConnector } from '../../server/connectors/rclone.connector.ts';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { openTargets } from '../../server/connectors/targets.ts';
import { tcpConnector } from '../../server/connectors/tcp.connector.ts';
import { tlsConnector } from '../../server/connectors/tls.connector.ts';
import { readPlan } from '../../server/plan-file.ts';
import { contextOf } from '../contracts/connector-contract.ts';
import { startWebService, type WebService } from '../kit/web-service.ts';
import { bend, soundPlan } from '../plan/sound-plan.ts';

const LIST = ['10.0.0.0/8', '192.168.7.9', 'fd00::/8', 'ps.example.it', '*.asl.example.it', 'perché.example.it'];
const targets = openTargets(LIST);

/** As a host of the plan or of an address: `mayBe` is asked before anything is sent. */
const written: readonly (readonly [what: string, host: string, may: boolean])[] = [
	['an address of a listed network', '10.1.2.3', true],
	['a listed address', '192.168.7.9', true],
	['its neighbour', '192.168.7.10', false],
	['this machine', '127.0.0.1', false],
	['this machine as one decimal number', '2130706433', false],
	['this machine in octal', '0177.0.0.1', false],
	['this machine in hexadecimal', '0x7f.0.0.1', false],
	['this machine in short', '127.1', false],
	['this machine with a last dot', '127.0.0.1.', false],
	['this machine by IPv6', '[::1]', false],
	['this machine by IPv6, at length', '0:0:0:0:0:0:0:1', false],
	['this machine mapped into IPv6', '[::ffff:127.0.0.1]', false],
	['this machine mapped, in hexadecimal', '::ffff:7f00:1', false],
	['this machine by NAT64', '64:ff9b::127.0.0.1', false],
	['a listed network mapped into IPv6', '[::ffff:10.1.2.3]', true],
	['a listed network as one decimal number', '167838211', true],
	['nobody in particular', '0.0.0.0', false],
	['nobody, as 0', '0', false],
	['nobody by IPv6', '[::]', false],
	['the metadata address of a cloud', '169.254.169.254', false],
	['the metadata address in hexadecimal', '0xa9fea9fe', false],
	['the metadata address by IPv6', '[fe80::a9fe:a9fe%eth0]', false],
	['a listed IPv6 network', 'fd12:3456::1', true],
	['a listed name', 'ps.example.it', true],
	['a listed name in capitals', 'PS.Example.IT', true],
	['a listed name with a last dot', 'ps.example.it.', true],
	['a name below a wildcard', 'ris.asl.example.it', true],
	['a name of other letters, listed', 'xn--perch-fsa.example.it', true],
];

describe('an address as written', () => {
	test.each(written)('%s: %s → %s', (_what, host, may) => {
		expect(targets.mayBe(host)).toBe(may);
	});

	const onlyNames = openTargets(['ps.example.it', '*.asl.example.it', 'localhost']);
	test.each([
		['the end of a wildcard alone', 'asl.example.it', false],
		['a name that only ends like it', 'falsoasl.example.it', false],
		['a listed name as a beginning', 'ps.example.it.altrove.example', false],
		['a look-alike in Cyrillic', 'рs.example.it', false],
		['localhost, listed', 'localhost', true],
		['an empty name', '', false],
		['a listed name before an @', 'ps.example.it@altrove.example', false],
	])('%s', (_what, host, may) => {
		expect(onlyNames.mayBe(host)).toBe(may);
	});

	test('an address with a name and password in it is judged by its host alone', () => {
		for (const url of ['http://ps.example.it@127.0.0.1/', 'http://127.0.0.1#@ps.example.it/', 'http://127.0.0.1\\@ps.example.it/']) {
			expect(targets.mayBe(URL.parse(url)?.hostname ?? ''), url).toBe(false);
		}
	});

	test('an empty list limits nothing', () => {
		expect(openTargets([]).mayBe('127.0.0.1')).toBe(true);
	});
});

type Found = { readonly address: string; readonly family: number };
const dns = (answers: Readonly<Record<string, readonly string[]>>): LookupFunction =>
	((host: string, _options: object, give: (error: Error | null, found: readonly Found[]) => void) => {
		give(
			null,
			(answers[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
		);
	}) as unknown as LookupFunction;

const resolved = (list: readonly string[], host: string, addresses: readonly string[]): Promise<readonly string[] | string> =>
	new Promise((resolve) => {
		openTargets(list, dns({ [host]: addresses })).lookup(host, { all: true }, (error, found) => {
			resolve(error ? String(error.code) : (found as unknown as readonly Found[]).map((one) => one.address));
		});
	});

describe('a name that leads somewhere', () => {
	const REFUSED = 'REGIA_NOT_PERMITTED';
	test.each([
		['a listed name, elsewhere', 'ps.example.it', ['203.0.113.7'], ['203.0.113.7']],
		['a listed name, to this machine', 'ps.example.it', ['127.0.0.1'], REFUSED],
		['a listed name, to this machine by IPv6', 'ps.example.it', ['::1'], REFUSED],
		['a listed name, to this machine mapped', 'ps.example.it', ['::ffff:127.0.0.1'], REFUSED],
		['a listed name, to the metadata address', 'ps.example.it', ['169.254.169.254'], REFUSED],
		['a listed name, to the link by IPv6', 'ps.example.it', ['fe80::1'], REFUSED],
		['a listed name, to nobody', 'ps.example.it', ['0.0.0.0'], REFUSED],
		['a listed name, to everybody', 'ps.example.it', ['239.1.1.1'], REFUSED],
		['a listed name, here and elsewhere: only elsewhere', 'ps.example.it', ['127.0.0.1', '203.0.113.7'], ['203.0.113.7']],
		['another name, into a listed network', 'altro.example', ['10.9.9.9'], ['10.9.9.9']],
		['another name, out of the listed networks', 'altro.example', ['203.0.113.7'], REFUSED],
		['another name, in and out: only in', 'altro.example', ['203.0.113.7', '10.9.9.9'], ['10.9.9.9']],
		['a name that is a number', '2130706433', ['127.0.0.1'], REFUSED],
		['a name without an address', 'ps.example.it', [], REFUSED],
	] as const)('%s', async (_what, host, addresses, expected) => {
		expect(await resolved(LIST, host, addresses)).toEqual(expected);
	});

	test('and then somewhere else is asked again at each connection', async () => {
		let turn = 0;
		const lying: LookupFunction = ((_host: string, _options: object, give: (error: null, found: readonly Found[]) => void) => {
			turn += 1;
			give(null, [{ address: turn === 1 ? '10.0.0.1' : '127.0.0.1', family: 4 }]);
		}) as unknown as LookupFunction;
		const { lookup } = openTargets(['10.0.0.0/8'], lying);
		const ask = (): Promise<string> =>
			new Promise((resolve) => lookup('doppio.example', {}, (error, found) => resolve(error ? 'refused' : String(found))));
		expect([await ask(), await ask()]).toEqual(['10.0.0.1', 'refused']);
	});
});

describe('connectors', () => {
	let service: WebService;
	beforeAll(async () => {
		service = await startWebService();
	});
	afterAll(() => service.goDown());

	const hostPort = (host: string) => ({ service: 'ris', host, port: service.port });
	const side = (host: string) => ({ host, port: service.port, database: 'd', user: 'u' });
	const rows: readonly (readonly [ConnectorKind, (host: string) => object])[] = [
		[httpConnector, (host) => ({ service: 'ris', url: `http://${host}:${service.port}/` })],
		[tcpConnector, hostPort],
		[tlsConnector, hostPort],
		[rcloneConnector, (host) => ({ archive: 'a', url: `http://${host}:${service.port}` })],
		[postgresConnector, (host) => ({ archive: 'a', tables: ['t'], source: side(host), target: side(host) })],
	];
	test.each(rows)('$kind says not-permitted, and asks nobody', async (kind, settings) => {
		const before = service.asked();
		for (const host of ['127.0.0.1', 'localhost', '127.1']) {
			const reader = kind.open(settings(host), { ...contextOf(), targets: openTargets(['10.0.0.0/8']) });
			expect(await reader.read(AbortSignal.timeout(2000)), host).toMatchObject({ ok: false, why: 'not-permitted' });
			await reader.close();
		}
		expect(service.asked()).toBe(before);
	});

	test('a probe asks what is listed', async () => {
		for (const list of [['127.0.0.0/8'], ['127.0.0.1'], []]) {
			const reader = httpConnector.open({ service: 'ris', url: service.url }, { ...contextOf(), targets: openTargets(list) });
			expect(await reader.read(AbortSignal.timeout(2000))).toMatchObject({ ok: true });
		}
	});
});

describe('a plan', () => {
	const withTargets = (list: string): string => `${soundPlan}access: { targets: [${list}] }\n`;
	const mistakesIn = async (text: string): Promise<readonly string[]> => {
		const read = readPlan(text, 'piano.yaml', await loadRegistry());
		return read.ok ? [] : read.mistakes.map((one) => `${one.path}: ${one.message}`);
	};

	test.each([
		['a host outside the list', withTargets('10.0.0.0/8'), ['sources.porta.settings.host: "127.0.0.1" is not among the permitted targets']],
		['a host inside it', withTargets('127.0.0.0/8'), []],
		['no list', soundPlan, []],
		['a name that no entry can mean', bend('host: 127.0.0.1', 'host: ps.altrove.example', withTargets('"*.example.it"')), 1],
		['a name that a network may hold', bend('host: 127.0.0.1', 'host: ps.altrove.example', withTargets('10.0.0.0/8')), []],
		['a network of 40 bits', withTargets('127.0.0.0/8, 10.0.0.0/40'), ['access.targets.1: "10.0.0.0/40" is neither a host nor a network']],
		['a network that is none', withTargets('127.0.0.0/8, "a b"'), ['access.targets.1: "a b" is neither a host nor a network']],
	] as const)('with %s', async (_what, text, expected) => {
		const mistakes = await mistakesIn(text);
		if (typeof expected === 'number') expect(mistakes).toHaveLength(expected);
		else expect(mistakes).toEqual(expected);
	});
});
