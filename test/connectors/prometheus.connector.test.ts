// Queries to Prometheus: the real one where it is, else one that answers as told; as old as its own samples, and never its words.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Look, ReaderContext } from '../../server/connectors/connector.ts';
import { prometheusConnector } from '../../server/connectors/prometheus.connector.ts';
import { readPrometheus } from '../../server/connectors/prometheus-answer.ts';
import { openTargets } from '../../server/connectors/targets.ts';
import { assertClean, connectorContract, contextOf, MARKER } from '../contracts/connector-contract.ts';
import { prometheusPath } from '../kit/facility-tools.ts';
import { freePort } from '../kit/free-port.ts';
import { until } from '../kit/until.ts';
import { chanceOf, wound } from './probe-kit.ts';

const AT = 1_760_000_000;
const latency = { query: 'probe_seconds', subject: 'service/ris', measure: 'service.latency', scale: 1000 };
const settings = (port: number): Record<string, unknown> => ({ url: `http://127.0.0.1:${port}/`, queries: [latency] });

type One = readonly [labels: object, value: string];
const vector = (...all: readonly One[]): object => ({
	status: 'success',
	data: {
		resultType: 'vector',
		result: all.map(([metric, value]) => ({ metric: { __name__: 'x', note: MARKER, ...metric }, value: [AT + 60, value] })),
	},
});
const failure = (errorType: string): object => ({ status: 'error', errorType, error: MARKER });

type Fake = { readonly port: number; asked: string[]; say(answers: Readonly<Record<string, object>>, status?: number): void; server: Server };
async function startFake(): Promise<Fake> {
	let answers: Readonly<Record<string, object>> = {};
	let status = 200;
	const fake: Fake = {
		port: await freePort(),
		asked: [],
		say(next, code = 200) {
			[answers, status] = [next, code];
			fake.asked.length = 0;
		},
		server: createServer((request, response) => {
			const query = URL.parse(`http://a${request.url}`)?.searchParams.get('query') ?? '';
			fake.asked.push(query);
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answers[query] ?? vector()));
		}),
	};
	fake.server.listen(fake.port, '127.0.0.1');
	await once(fake.server, 'listening');
	return fake;
}

const look = async (change: object, context: Partial<ReaderContext> = {}): Promise<Look> => {
	const reader = prometheusConnector.open(change, { ...contextOf(undefined, '3s'), ...context });
	const found = await reader.read(AbortSignal.timeout(3000));
	assertClean(found);
	return found;
};
const figures = (found: Look): readonly unknown[] =>
	(found.readings ?? [])
		.filter((one) => one.measure !== 'source.beat')
		.map((one) => [one.subject, one.value ?? one.why, one.value === null ? 0 : one.at]);

connectorContract('prometheus', {
	connector: prometheusConnector,
	settings,
	mistakes: [
		['no address', { url: undefined }, 'url'],
		['a question in the address', { url: 'http://a/?x=1' }, 'url'],
		['no query', { queries: [] }, 'queries'],
		['a measure that is none', { queries: [{ ...latency, measure: 'service.warmth' }] }, 'queries.0.measure'],
		['a measure of something else', { queries: [{ ...latency, measure: 'archive.lag' }] }, 'queries.0.measure'],
		['a subject that is none', { queries: [{ ...latency, subject: 'RIS' }] }, 'queries.0.subject'],
		['neither subject nor map', { queries: [{ ...latency, subject: undefined }] }, 'queries.0.subject'],
		['a label without a map', { queries: [{ ...latency, label: 'job' }] }, 'queries.0.label'],
		['a scale of 0', { queries: [{ ...latency, scale: 0 }] }, 'queries.0.scale'],
	],
	faults: { silent: 'timeout', garbage: 'bad-answer', endless: 'too-large', refused: 'unreachable' },
	endlessHead: 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n',
	healthy: async () => {
		const fake = await startFake();
		fake.say({ probe_seconds: vector([{}, '0.25']), 'timestamp(probe_seconds)': vector([{}, String(AT)]) });
		return { settings: settings(fake.port), end: async () => void fake.server.close() };
	},
});

describe('a query', () => {
	let fake: Fake;
	beforeAll(async () => {
		fake = await startFake();
	});
	afterAll(() => void fake.server.close());
	const at = (queries: readonly object[]): object => ({ url: `http://127.0.0.1:${fake.port}`, queries });
	const times = vector([{}, String(AT)]);
	const RIS = 'service/ris';

	test.each([
		['one element, scaled and as old as its sample', { probe_seconds: vector([{}, '0.25']) }, [[RIS, 250, AT * 1000]]],
		[
			'a scalar',
			{
				probe_seconds: { status: 'success', data: { resultType: 'scalar', result: [AT, '2'] } },
				'timestamp(probe_seconds)': { status: 'success', data: { resultType: 'scalar', result: [AT, String(AT)] } },
			},
			[[RIS, 2000, AT * 1000]],
		],
		['none', { probe_seconds: vector() }, [[RIS, 'not-found', 0]]],
		['two', { probe_seconds: vector([{ i: 'a' }, '1'], [{ i: 'b' }, '2']) }, [[RIS, 'bad-answer', 0]]],
		['no number', { probe_seconds: vector([{}, 'NaN']) }, [[RIS, 'bad-answer', 0]]],
		['no end', { probe_seconds: vector([{}, '+Inf']) }, [[RIS, 'bad-answer', 0]]],
		['words', { probe_seconds: vector([{}, MARKER]) }, [[RIS, 'bad-answer', 0]]],
		['a value whose sample nobody dates', { probe_seconds: vector([{ i: 'a' }, '1']) }, [[RIS, 'bad-answer', 0]]],
		['a matrix', { probe_seconds: { status: 'success', data: { resultType: 'matrix', result: [] } } }, [[RIS, 'bad-answer', 0]]],
		['a warning', { probe_seconds: { ...vector([{}, '1']), warnings: [MARKER] } }, [[RIS, 'bad-answer', 0]]],
		['a note only', { probe_seconds: { ...vector([{}, '1']), infos: [MARKER] } }, [[RIS, 1000, AT * 1000]]],
		['that it is wrong', { probe_seconds: failure('bad_data') }, [[RIS, 'bad-answer', 0]]],
		['that it takes too long', { probe_seconds: failure('timeout') }, [[RIS, 'timeout', 0]]],
		['that it cannot now', { probe_seconds: failure('unavailable') }, [[RIS, 'unreachable', 0]]],
		['an error of its own', { probe_seconds: failure('constructor') }, [[RIS, 'bad-answer', 0]]],
	] as const)('that gives %s', async (_what, answers, expected) => {
		fake.say({ 'timestamp(probe_seconds)': times, ...answers });
		expect(figures(await look(at([latency])))).toEqual(expected);
	});

	test('is split by a label, and a subject of the map that is not there is blind', async () => {
		const query = { query: 'up', label: 'job', subjects: { ris: 'service/ris', lis: 'service/lis', cup: 'service/cup' }, measure: 'service.up' };
		const both = (ris: string, lis: string): object => vector([{ job: 'ris' }, ris], [{ job: 'lis' }, lis], [{ job: 'altro' }, '7']);
		fake.say({ up: both('1', '0'), 'timestamp(up)': both(String(AT), String(AT - 30)) });
		expect(figures(await look(at([query])))).toEqual([
			['service/ris', 1, AT * 1000],
			['service/lis', 0, (AT - 30) * 1000],
			['service/cup', 'not-found', 0],
		]);
	});

	test('of an expression is dated by the selector that the plan names', async () => {
		fake.say({ 'max(probe_seconds)': vector([{}, '3']), 'min(timestamp(probe_seconds))': times });
		const query = { ...latency, query: 'max(probe_seconds)', sampledAt: 'min(timestamp(probe_seconds))' };
		expect(figures(await look(at([query])))).toEqual([[RIS, 3000, AT * 1000]]);
		expect(fake.asked).toEqual([query.query, query.sampledAt]);
	});

	test('that fails takes no other with it; a sample that was told is no news', async () => {
		fake.say({ probe_seconds: vector([{}, '1']), 'timestamp(probe_seconds)': times, nonsense: failure('bad_data') });
		const queries = [latency, { ...latency, query: 'nonsense', subject: 'service/lis' }];
		const first = await look(at(queries));
		expect(figures(first)).toEqual([
			[RIS, 1000, AT * 1000],
			['service/lis', 'bad-answer', 0],
		]);
		const memory = first.ok ? first.memory : undefined;
		expect(figures(await look(at(queries), { memory }))).toEqual([['service/lis', 'bad-answer', 0]]);
	});

	test('is not put where Regia is not let in, or may not ask', async () => {
		fake.say({}, 401);
		expect(await look(at([latency]))).toMatchObject({ ok: false, why: 'unauthorised', readings: [{ value: null, why: 'unauthorised' }] });
		fake.say({});
		for (const host of ['127.0.0.1', 'localhost', '127.1']) {
			const url = `http://${host}:${fake.port}`;
			expect(await look({ url, queries: [latency] }, { targets: openTargets(['10.0.0.0/8']) })).toMatchObject({ ok: false, why: 'not-permitted' });
		}
		expect(await look({ ...at([latency]), tokenFrom: 'NOT_SET' })).toMatchObject({ ok: false, why: 'unauthorised' });
		expect(fake.asked).toEqual([]);
		expect(await look({ url: 'http://no-such-host.invalid', queries: [latency] })).toMatchObject({ ok: false, why: 'observer-blind' });
	});
});

test('20,000 wounded answers are elements with finite values, or a closed code', () => {
	const below = chanceOf(9090);
	const sound = Buffer.from(JSON.stringify(vector([{ job: 'ris' }, '1.5e3'], [{ job: 'lis' }, '0'])));
	const seen = { read: 0, refused: 0 };
	for (let nth = 0; nth < 20_000; nth++) {
		const answer = readPrometheus(wound(sound, below).toString('utf8'));
		seen[answer.ok ? 'read' : 'refused'] += 1;
		if (answer.ok) for (const { value } of answer.elements) expect(value === null || Number.isFinite(value)).toBe(true);
	}
	expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(100);
});

describe.skipIf(prometheusPath === null)('a real Prometheus', () => {
	let child: ChildProcess | undefined;
	let folder = '';
	let port = 0;
	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'regia-prometheus-'));
		port = await freePort();
		// Rules are reckoned at once; a scrape waits five seconds for its targets.
		const rules = ['self', 'other-one'].map((job) => `{ record: beat, labels: { job: ${job} }, expr: vector(1) }`);
		writeFileSync(join(folder, 'rules.yml'), `groups: [{ name: g, interval: 200ms, rules: [${rules.join(', ')}] }]\n`);
		writeFileSync(join(folder, 'prometheus.yml'), 'rule_files: [rules.yml]\n');
		const flags = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`];
		child = spawn(prometheusPath ?? '', flags, { stdio: 'ignore', cwd: folder });
		const ask = async (): Promise<boolean> => (await (await fetch(`http://127.0.0.1:${port}/api/v1/query?query=beat`)).text()).includes('"1"');
		await until('Prometheus has reckoned', () => ask().catch(() => false), 30_000);
	});
	afterAll(async () => {
		if (child === undefined) return;
		const ended = once(child, 'exit');
		child.kill('SIGKILL');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	});

	test('gives values as old as their samples, closed codes for the rest', async () => {
		const queries = [
			{ query: 'beat{job="self"}', subject: 'service/a', measure: 'service.up' },
			{ query: 'beat', label: 'job', subjects: { self: 'service/b', other: 'service/c' }, measure: 'service.up' },
			{ query: 'beat{job="self"} * 2', sampledAt: 'timestamp(beat)', subject: 'service/d', measure: 'service.latency', scale: 1000 },
			{ query: 'no_such_metric', subject: 'service/e', measure: 'service.up' },
			{ query: `beat{ ${MARKER}`, subject: 'service/f', measure: 'service.up' },
			{ query: 'beat', subject: 'service/g', measure: 'service.latency' },
		];
		const began = Date.now();
		const found = await look({ url: `http://127.0.0.1:${port}`, queries });
		const readings = found.readings ?? [];
		expect(figures(found).map((one) => (one as unknown[]).slice(0, 2))).toEqual([
			['service/a', 1],
			['service/b', 1],
			['service/c', 'not-found'],
			['service/d', 2000],
			['service/e', 'not-found'],
			['service/f', 'bad-answer'],
			['service/g', 'bad-answer'],
		]);
		// Of the sample, not of the question.
		const own = readings.filter((one) => ['service/a', 'service/d'].includes(one.subject)).map((one) => one.at);
		for (const one of own) expect(one).toBeGreaterThan(began - 5000);
		for (const one of own) expect(one).toBeLessThanOrEqual(Date.now());
	});
});
