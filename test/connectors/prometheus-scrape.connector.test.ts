// Exporters by themselves: the text format and OpenMetrics as they are written and as they are broken, and what becomes of each series that the
// plan names. Its reader gets wounded text; Regia's own metrics are read as any exporter's.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Gauge, Histogram, Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Look, ReaderContext } from '../../server/connectors/connector.ts';
import { readExposition } from '../../server/connectors/exposition.ts';
import { startPoller } from '../../server/connectors/poller.ts';
import { prometheusScrapeConnector } from '../../server/connectors/prometheus-scrape.connector.ts';
import { openTargets } from '../../server/connectors/targets.ts';
import { assertClean, connectorContract, contextOf, MARKER } from '../contracts/connector-contract.ts';
import { until } from '../kit/until.ts';
import { startWebService } from '../kit/web-service.ts';
import { chanceOf, wound } from './probe-kit.ts';

const CED = 'facility/ced';
const warm = { name: 'room_celsius', labels: { room: 'ced' }, subject: CED, measure: 'facility.temperature' };
const settings = (port: number): Record<string, unknown> => ({ url: `http://127.0.0.1:${port}/metrics`, series: [warm] });

type Handle = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let port = 0;
let handle: Handle = () => undefined;
beforeAll(async () => {
	server = createServer((request, response) => handle(request, response)).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	port = address !== null && typeof address === 'object' ? address.port : 0;
});
afterAll(() => void server.close());

const shows = (text: string, type = 'text/plain; version=0.0.4', status = 200): void => {
	handle = (_request, response) => response.writeHead(status, { 'content-type': type }).end(text);
};
async function look(change: object = {}, context: Partial<ReaderContext> = {}): Promise<Look> {
	const reader = prometheusScrapeConnector.open({ ...settings(port), ...change }, { ...contextOf(undefined, '3s'), ...context });
	const found = await reader.read(AbortSignal.timeout(3000));
	assertClean(found);
	return found;
}
const figures = (found: Look): readonly unknown[] =>
	(found.readings ?? []).filter(({ measure }) => measure !== 'source.beat').map(({ subject, value, why }) => [subject, value ?? why]);

connectorContract('prometheus-scrape', {
	connector: prometheusScrapeConnector,
	settings,
	mistakes: [
		['no address', { url: undefined }, 'url'],
		['a password in the address', { url: 'http://a:b@c/' }, 'url'],
		['no series', { series: [] }, 'series'],
		['a name that is none', { series: [{ ...warm, name: 'a-b' }] }, 'series.0.name'],
		['a measure that is none', { series: [{ ...warm, measure: 'facility.joy' }] }, 'series.0.measure'],
		['a measure of something else', { series: [{ ...warm, measure: 'archive.lag' }] }, 'series.0.measure'],
		['a subject that is none', { series: [{ ...warm, subject: 'CED' }] }, 'series.0.subject'],
		['neither subject nor map', { series: [{ ...warm, subject: undefined }] }, 'series.0.subject'],
		['a label without a map', { series: [{ ...warm, label: 'room' }] }, 'series.0.label'],
		['a scale of 0', { series: [{ ...warm, scale: 0 }] }, 'series.0.scale'],
		['an offset without end', { series: [{ ...warm, offset: Number.POSITIVE_INFINITY }] }, 'series.0.offset'],
	],
	faults: { silent: 'timeout', garbage: 'bad-answer', endless: 'too-large', refused: 'unreachable' },
	endlessHead: 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n',
	healthy: async () => {
		const service = await startWebService();
		service.behave({ kind: 'answer', status: 200, body: `# HELP room_celsius ${MARKER}\nroom_celsius{room="ced",note="${MARKER}"} 21.5\n` });
		return { settings: settings(service.port), end: () => service.goDown() };
	},
});

describe('a line', () => {
	const wants = (name: string): boolean => name === 'm';
	const read = (text: string, isOpenMetrics = false): unknown => {
		const exposition = readExposition(text, wants, isOpenMetrics);
		return exposition.ok ? exposition.samples.map(({ value, at, labels }) => [value, at, labels('a')]) : 'none';
	};
	test.each<readonly [string, string, unknown]>([
		['a name and a value', 'm 1.5\n', [[1.5, null, undefined]]],
		['blanks wherever they may be', '  m { a = "x" , b="y" , }  \t -3e2  17 \n', [[-300, 17, 'x']]],
		['no line break at the end', 'm 1', [[1, null, undefined]]],
		[
			'carriage returns',
			'm 1\r\nm{a="x"} 2\r\n',
			[
				[1, null, undefined],
				[2, null, 'x'],
			],
		],
		['escapes', 'm{a="\\\\ \\" \\n \\t {},=#"} 1\n', [[1, null, '\\ " \n \\t {},=#']]],
		['other letters', `m{a="è 日本 🌡"} 1\n`, [[1, null, 'è 日本 🌡']]],
		[
			'no number, as exporters say it',
			'm NaN\nm +Inf\nm -Inf\n',
			[
				[Number.NaN, null, undefined],
				[Number.POSITIVE_INFINITY, null, undefined],
				[Number.NEGATIVE_INFINITY, null, undefined],
			],
		],
		['comments and empty lines', '# HELP m x\n# TYPE m gauge\n\n#\n# EOF\nm .5\n', [[0.5, null, undefined]]],
		['a name in quotes', '{"m",a="x"} 1\n', [[1, null, 'x']]],
		['other metrics only', 'n{a="x"} 1\nmm 2\n', []],
		['nothing', '', []],
	])('is read with %s', (_what, text, expected) => {
		expect(read(text)).toEqual(expected);
	});

	test.each([
		['a page', '<!doctype html><title>404</title>\n'],
		['JSON', '{"m":1}\n'],
		['a name alone', 'm\n'],
		['a value alone', '1\n'],
		['a word for a value', `m ${MARKER}\n`],
		['hexadecimal', 'm 0x1p3\n'],
		['a comma for a point', 'm 1,5\n'],
		['a time that is none', 'm 1 now\n'],
		['a time without end', 'm 1 Inf\n'],
		['more than a time', 'm 1 2 3\n'],
		['an open quote', 'm{a="x} 1\n'],
		['an escape at its end', 'm{a="x\\\n'],
		['open labels', 'm{a="x" 1\n'],
		['a label without quotes', 'm{a=x} 1\n'],
		['a label twice', 'm{a="x",a="y"} 1\n'],
		['a name twice', 'm{"m"} 1\n'],
		['labels without a comma', 'm{a="x" b="y"} 1\n'],
		['129 labels', `m{${Array.from({ length: 129 }, (_, n) => `l${n}="x"`).join(',')}} 1\n`],
	])('that is %s makes the whole answer none', (_what, line) => {
		expect(read(`m 1\n${line}m 2\n`)).toBe('none');
	});

	test.each<readonly [string, string, unknown]>([
		['seconds, and an end', 'm 1 1760000000.5\n# EOF\n', [[1, 1_760_000_000_500, undefined]]],
		['an exemplar', 'm{a="x"} 1 1760000000 # {trace_id="a b # c"} 0.5 1760000000\n# EOF', [[1, 1_760_000_000_000, 'x']]],
		['no end: it was cut', 'm 1\n', 'none'],
		['more behind its end', 'm 1\n# EOF\nm 2\n', 'none'],
	])('of OpenMetrics has %s', (_what, text, expected) => {
		expect(read(text, true)).toEqual(expected);
	});

	test('of prom-client is read as it was set, plain and as OpenMetrics', async () => {
		for (const type of [Registry.PROMETHEUS_CONTENT_TYPE, Registry.OPENMETRICS_CONTENT_TYPE] as const) {
			const registry = new Registry();
			registry.setContentType(type as typeof Registry.PROMETHEUS_CONTENT_TYPE);
			new Gauge({ name: 'm', help: 'a\nb "c" \\', labelNames: ['a'], registers: [registry] }).set({ a: 'x"\\\n y' }, 2.5);
			new Histogram({ name: 'h', help: 'h', registers: [registry] }).observe(3);
			expect(read(await registry.metrics(), type === Registry.OPENMETRICS_CONTENT_TYPE)).toEqual([[2.5, null, 'x"\\\n y']]);
		}
	});

	test('of 8 MB is read in seconds on a busy machine, and so is one that never ends its quote', () => {
		const many = 'other_metric_of_some_length{instance="10.0.0.1:9100",job="node",cpu="0",mode="idle"} 12345.678 1760000000000\n'.repeat(75_000);
		const long = `m{a="${'\\"'.repeat(4_000_000)}`;
		for (const [text, expected] of [
			[`${many}m 1\n`, [[1, null, undefined]]],
			[long, 'none'],
			['m{'.repeat(4_000_000), 'none'],
			[' '.repeat(8_000_000), []],
		] as const) {
			const began = performance.now();
			expect(read(text)).toEqual(expected);
			expect(performance.now() - began).toBeLessThan(8000);
		}
	});

	test.each(['', 'm ', 'm{', 'm{a="', 'm 1 ', 'm{a="x"} ', 'm 1 # ', '{"'])(
		'that begins with %j takes linear time, whatever a megabyte of it repeats',
		(beginning) => {
			for (const pump of ['0', '1.', 'e', '-', ' ', '\t', '\\', '"', 'a', 'a="b",', '# ', ' # ', '{', '}', ',', 'm 1\n', '\r', 'è']) {
				const text = beginning + pump.repeat(1_000_000 / pump.length);
				for (const isOpenMetrics of [false, true]) {
					const began = performance.now();
					read(text, isOpenMetrics);
					expect(performance.now() - began, JSON.stringify(pump)).toBeLessThan(4000);
				}
			}
		},
	);
});

test('40,000 wounded answers are samples of what was asked for, or none', () => {
	const below = chanceOf(9100);
	const sound = Buffer.from(`# HELP m x\n# TYPE m gauge\nm{a="x",b="y\\"z\\\\"} 1.5e3 1760000000000\nother{c="d"} 7\nm -2 # {t="1"} 3\n# EOF\n`);
	const seen = { read: 0, none: 0, samples: 0 };
	for (let nth = 0; nth < 40_000; nth += 1) {
		const exposition = readExposition(wound(sound, below).toString('utf8'), (name) => name === 'm', nth % 2 === 0);
		seen[exposition.ok ? 'read' : 'none'] += 1;
		for (const { name, value, at } of exposition.ok ? exposition.samples : []) {
			seen.samples += 1;
			expect([name, typeof value, at === null || Number.isFinite(at)]).toEqual(['m', 'number', true]);
		}
	}
	expect(Math.min(...Object.values(seen))).toBeGreaterThan(1000);
});

describe('a series of the plan', () => {
	const rooms = { name: 'room_celsius', label: 'room', subjects: { ced: CED, nuovo: 'facility/nuovo' }, measure: 'facility.temperature' };
	test.each<readonly [string, object, string, readonly unknown[]]>([
		['alone', warm, 'room_celsius{room="ced"} 23\nroom_celsius{room="altro"} 40\n', [[CED, 23]]],
		['in another unit', { ...warm, scale: 5 / 9, offset: -160 / 9 }, 'room_celsius{room="ced"} 212\n', [[CED, 100]]],
		['a share in per cent', { ...warm, measure: 'facility.humidity', scale: 0.01 }, 'room_celsius{room="ced"} 45\n', [[CED, 0.45]]],
		[
			'split by a label',
			rooms,
			'room_celsius{room="ced"} 23\nroom_celsius{room="nuovo"} 19\nroom_celsius{room="constructor"} 9\n',
			[
				[CED, 23],
				['facility/nuovo', 19],
			],
		],
		[
			'of which one is not there',
			rooms,
			'room_celsius{room="ced"} 23\n',
			[
				[CED, 23],
				['facility/nuovo', 'not-found'],
			],
		],
		['twice', warm, 'room_celsius{room="ced",nth="1"} 23\nroom_celsius{room="ced",nth="2"} 24\n', [[CED, 'bad-answer']]],
		['that is no number', warm, 'room_celsius{room="ced"} NaN\n', [[CED, 'bad-answer']]],
		['without end', warm, 'room_celsius{room="ced"} +Inf\n', [[CED, 'bad-answer']]],
		['of another room', warm, `room_celsius{room="${MARKER}"} 23\n`, [[CED, 'not-found']]],
	])('%s', async (_what, series, text, expected) => {
		shows(text);
		expect(figures(await look({ series: [series] }))).toEqual(expected);
	});

	test('is as old as its exporter says, else of this moment; what was told is no news', async () => {
		const told = 1_760_000_000_000;
		shows(`room_celsius{room="ced"} 23 ${told}\n`);
		const first = await look();
		expect(first.readings?.[0]).toMatchObject({ value: 23, at: told });
		expect(figures(await look({}, { memory: first.ok ? first.memory : undefined }))).toEqual([]);
		shows('room_celsius{room="ced"} 23\n');
		const began = Date.now();
		const second = await look();
		expect(second.readings?.[0]?.at).toBeGreaterThanOrEqual(began);
		expect(second).not.toHaveProperty('memory');
		shows('room_celsius{room="ced"} 23 1760000000.25\n# EOF\n', 'application/openmetrics-text; version=1.0.0; charset=utf-8');
		expect((await look()).readings?.[0]).toMatchObject({ value: 23, at: told + 250 });
	});
});

describe('an exporter', () => {
	const good = 'room_celsius{room="ced"} 23\n';
	test.each<readonly [string, () => void, string]>([
		['shows a page', () => shows(`<html>${MARKER}</html>\n`), 'bad-answer'],
		['fails', () => shows(MARKER, 'text/plain', 500), 'bad-answer'],
		['sends elsewhere', () => shows(good, 'text/plain', 302), 'bad-answer'],
		['has moved', () => shows(MARKER, 'text/plain', 404), 'not-found'],
		['wants a password', () => shows(MARKER, 'text/plain', 401), 'unauthorised'],
		[
			'breaks off what it announced',
			() => {
				handle = (_request, response) => {
					response.writeHead(200, { 'content-length': 1000 });
					response.write(good, () => response.destroy());
				};
			},
			'bad-answer',
		],
		[
			'breaks off within a number, without a length',
			() => {
				handle = (request) => request.socket.end(`HTTP/1.0 200 OK\r\n\r\nroom_celsius{room="ced"} 2`);
			},
			'bad-answer',
		],
	])('that %s is blind', async (_what, behave, why) => {
		behave();
		const found = await look();
		expect(found).toMatchObject({ ok: false, readings: [{ subject: CED, value: null }] });
		// A connection that breaks is one of two codes, by where it broke.
		expect(found.ok ? null : found.why === 'unreachable' ? 'bad-answer' : found.why).toBe(why);
	});

	test('is read byte by byte, and is shown a token or a name where the plan has one', async () => {
		const seen: (string | undefined)[] = [];
		handle = (request, response) => {
			seen.push(request.headers.authorization);
			response.writeHead(200, { 'content-type': 'text/plain' });
			for (const byte of Buffer.from(good)) response.write(Buffer.of(byte));
			response.end();
		};
		expect(figures(await look({ tokenFrom: 'KNOWN_SECRET' }))).toEqual([[CED, 23]]);
		expect(figures(await look({ user: 'regia', passwordFrom: 'KNOWN_SECRET' }))).toEqual([[CED, 23]]);
		expect(seen).toEqual([`Bearer ${MARKER}`, `Basic ${btoa(`regia:${MARKER}`)}`]);
		expect(await look({ tokenFrom: 'NOT_SET' })).toMatchObject({ ok: false, why: 'unauthorised' });
		expect(seen).toHaveLength(2);
		expect(await look({}, { targets: openTargets(['10.0.0.0/8']) })).toMatchObject({ ok: false, why: 'not-permitted' });
		expect(await look({ url: 'http://no-such-host.invalid/' })).toMatchObject({ ok: false, why: 'observer-blind' });
	});

	test('that goes away is missed, and read when it is back', async () => {
		const service = await startWebService();
		service.behave({ kind: 'answer', status: 200, body: good });
		const context = contextOf();
		const looks: Look[] = [];
		const reader = prometheusScrapeConnector.open(settings(service.port), context);
		const poller = startPoller({
			reader,
			source: { ...context.source, every: 20, timeout: 2000 },
			now: () => Date.now(),
			random: () => 0.5,
			emit: async (one) => void looks.push(one),
		});
		await until('a look', () => looks.at(-1)?.ok);
		await service.goDown();
		await until('it is missed', () => looks.at(-1)?.ok === false);
		expect(looks.at(-1)).toMatchObject({ why: 'unreachable', readings: [{ subject: CED, value: null }] });
		await service.comeBack();
		await until('it is back', () => looks.at(-1)?.ok);
		await poller.stop();
		await service.goDown();
	});
});
