// The write probe of web services against real ones that flap between their sides, between reading and writing, and between up and down.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { httpConnector } from '../../server/connectors/http.connector.ts';
import { httpWriteConnector, UNPLACED_FOR_MS } from '../../server/connectors/http-write.connector.ts';
import { applyServiceSample, planServices, type ServiceCells, showService } from '../../server/projections/services.projection.ts';
import { judgeService } from '../../shared/judge-service.ts';
import { isMeasure } from '../../shared/measures.ts';
import { planSchema } from '../../shared/plan.ts';
import { connectorContract, contextOf, MARKER } from '../contracts/connector-contract.ts';
import { startWebService } from '../kit/web-service.ts';
import { figuresOf, lookAt, probeRules } from './probe-kit.ts';

const settings = (port: number): Record<string, unknown> => ({ service: 'cartella', side: 'new', url: `http://127.0.0.1:${port}/probes` });

connectorContract('http-write', {
	connector: httpWriteConnector,
	settings,
	mistakes: [
		['no side', { side: undefined }, 'side'],
		['no service', { service: undefined }, 'service'],
		['no address', { url: undefined }, 'url'],
		['a password in the address', { url: 'http://me:secret@127.0.0.1/' }, 'url'],
		['a method that writes nothing', { method: 'GET' }, 'method'],
		['a secret among the headers', { headers: { Authorization: 'Bearer secret' } }, 'headers.Authorization'],
		['a token among the headers', { headers: { 'X-Auth-Token': 'secret' } }, 'headers.X-Auth-Token'],
		['a header that frames the request', { headers: { 'Transfer-Encoding': 'chunked' } }, 'headers.Transfer-Encoding'],
		['a header of two lines', { headers: { 'X-One': 'a\r\nX-Two: b' } }, 'headers.X-One'],
		['a name of a header that is none', { headers: { 'X One': 'a' } }, 'headers.X One'],
		['a secret in place of its name', { headersFrom: { Authorization: 'Bearer secret' } }, 'headersFrom.Authorization'],
		['a secret that frames the request', { headersFrom: { 'Content-Length': 'KNOWN_SECRET' } }, 'headersFrom.Content-Length'],
		['a body that is too long', { body: 'x'.repeat(16_385) }, 'body'],
		['a status that is none', { expect: { status: [99] } }, 'expect.status.0'],
		['no status at all', { expect: { refused: [] } }, 'expect.refused'],
		['a way of taking back that is none', { takeBack: { method: 'GET' } }, 'takeBack.method'],
		['a taking back elsewhere', { takeBack: { url: 'http://192.0.2.7/probes' } }, 'takeBack.url'],
		['a change that is taken back by a removal', { method: 'PATCH', takeBack: {} }, 'takeBack.method'],
		['a taking back that nobody knows', { takeBack: { nobodyKnows: 1 } }, 'takeBack'],
	],
	faults: { silent: 'down', garbage: 'down', endless: 'up', refused: 'down' },
	endlessHead: 'HTTP/1.1 200 OK\r\n\r\n',
	healthy: async () => {
		const service = await startWebService();
		return { settings: settings(service.port), end: () => service.goDown() };
	},
});

probeRules('http-write', httpWriteConnector, (port, host) => ({ ...settings(port), url: `http://${host}:${port}/` }));

type Asked = { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };

/** A service with a shelf: a POST puts something on it, a DELETE takes it away. `mode`: what it does with whoever writes. */
type Shelf = {
	readonly port: number;
	readonly asked: Asked[];
	readonly things: Set<string>;
	mode: 'writes' | 'read-only' | 'no-rights' | 'keeps' | 'silent' | 'elsewhere' | 'unnamed';
	goDown(): Promise<void>;
	comeBack(): Promise<void>;
};

async function startShelf(): Promise<Shelf> {
	let count = 0;
	const server: Server = createServer((request, response) => {
		const { method = '', url: path = '', headers } = request;
		let body = '';
		request.on('data', (chunk) => {
			body += chunk;
		});
		request.on('end', () => {
			shelf.asked.push({ method, path, headers, body });
			if (method === 'GET') return response.writeHead(200).end('well');
			if (shelf.mode === 'silent') return;
			if (shelf.mode === 'read-only') return response.writeHead(503).end(`${MARKER} is read-only`);
			if (shelf.mode === 'no-rights') return response.writeHead(403).end();
			if (method === 'DELETE') {
				if (shelf.mode === 'keeps') return response.writeHead(500).end();
				return response.writeHead(shelf.things.delete(path) ? 204 : 404).end();
			}
			count += 1;
			const place = `/probes/${count}`;
			shelf.things.add(place);
			if (shelf.mode === 'unnamed') return response.writeHead(200).end(MARKER);
			const location = shelf.mode === 'elsewhere' ? `http://192.0.2.7${place}` : place;
			return response.writeHead(201, { location }).end(MARKER);
		});
	});
	const listen = async (port: number): Promise<number> => {
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
		return (server.address() as AddressInfo).port;
	};
	const port = await listen(0);
	const shelf: Shelf = {
		port,
		asked: [],
		things: new Set(),
		mode: 'writes',
		async goDown() {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
		async comeBack() {
			await listen(port);
		},
	};
	return shelf;
}

let shelf: Shelf;
beforeAll(async () => {
	shelf = await startShelf();
});
afterEach(() => {
	shelf.mode = 'writes';
	shelf.asked.length = 0;
	shelf.things.clear();
});
afterAll(() => shelf.goDown());

describe('a service', () => {
	const look = (change: object = {}, timeoutMs = 2000) => figuresOf(httpWriteConnector, { ...settings(shelf.port), ...change }, timeoutMs);
	const takeBack = {};

	test.each([
		['accepts writes', 'writes', {}, { writeNew: 1 }],
		['accepts them on the old side', 'writes', { side: 'old' }, { writeOld: 1 }],
		['answers otherwise than with what the plan expects', 'writes', { expect: { status: [200] } }, { writeNew: 0, code: 'bad-answer' }],
		['answers as the plan expects', 'writes', { expect: { status: [200, 201] } }, { writeNew: 1 }],
		['is read-only', 'read-only', {}, { writeNew: 0, code: 'bad-answer' }],
		['gives Regia no right: that says nothing of it', 'no-rights', {}, { writeNew: null, why: 'unauthorised' }],
		['refuses by the status that the plan names', 'no-rights', { expect: { refused: [403] } }, { writeNew: 0, code: 'bad-answer' }],
		['cannot be asked without the secret', 'writes', { headersFrom: { Authorization: 'NOT_SET' } }, { writeNew: null, why: 'unauthorised' }],
		['does not answer in time', 'silent', {}, { writeNew: 0, code: 'timeout' }],
	] as const)('%s', async (_what, mode, change, found) => {
		shelf.mode = mode;
		expect(await look(change, 400)).toEqual(found);
	});

	test('is written to as the plan describes, with the secret, and what it says comes out nowhere', async () => {
		const described = {
			method: 'PUT',
			headers: { 'Content-Type': 'application/fhir+json' },
			headersFrom: { Authorization: 'KNOWN_SECRET' },
			body: '{"resourceType":"Basic"}',
		};
		// That no reading holds the secret is looked at with every look (its value is the marker).
		expect(await look(described)).toEqual({ writeNew: 1 });
		const [asked] = shelf.asked;
		expect(asked).toMatchObject({ method: 'PUT', path: '/probes', body: described.body });
		expect(asked?.headers).toMatchObject({ authorization: MARKER, 'content-type': 'application/fhir+json', 'user-agent': 'regia' });
		expect(JSON.stringify(described)).not.toContain(MARKER);
	});

	test('is left as it was: what is written is taken back from where it stands', async () => {
		for (let i = 0; i < 3; i += 1) expect(await look({ takeBack })).toEqual({ writeNew: 1 });
		expect(shelf.asked.map(({ method }) => method)).toEqual(['POST', 'DELETE', 'POST', 'DELETE', 'POST', 'DELETE']);
		expect([...shelf.things]).toEqual([]);
	});

	test('is never asked to take back on another host', async () => {
		shelf.mode = 'elsewhere';
		expect(await look({ takeBack })).toEqual({ writeNew: null, why: 'bad-answer' });
		expect(shelf.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /probes']);
	});

	test.each<readonly [what: string, change: { readonly at?: string; readonly method?: string }, asked: readonly string[]]>([
		['a POST: nothing, for nobody knows where', {}, ['POST /probes', 'POST /probes', 'DELETE /probes/1']],
		['a POST of which the plan says where: that', { at: '/one' }, ['POST /probes', 'DELETE /one', 'POST /probes', 'DELETE /one']],
		['a PUT: where it was put', { method: 'PUT' }, ['PUT /probes', 'DELETE /probes', 'PUT /probes', 'DELETE /probes']],
	])('without an answer is asked to take back, of %s', async (_what, { at, method }, asked) => {
		const place = at === undefined ? {} : { url: `http://127.0.0.1:${shelf.port}${at}` };
		const written = { ...settings(shelf.port), takeBack: place, ...(method === undefined ? {} : { method }) };
		const reader = httpWriteConnector.open(written, contextOf());
		shelf.mode = 'silent';
		await reader.read(AbortSignal.timeout(200));
		shelf.mode = 'writes';
		await reader.read(AbortSignal.timeout(2000));
		expect(shelf.asked.map((one) => `${one.method} ${one.path}`.replace(/probes\/\d+/, 'probes/1'))).toEqual(asked);
		await reader.close();
	});

	test('that says of no write where it stands is not filled: it is tried again a quarter of an hour later', async () => {
		let now = 1_000_000;
		const reader = httpWriteConnector.open({ ...settings(shelf.port), takeBack }, { ...contextOf(), now: () => now });
		const found = async () => (await reader.read(AbortSignal.timeout(2000))).readings?.map(({ value, why }) => [value, why]);
		shelf.mode = 'unnamed';
		expect([await found(), await found()]).toEqual([[[null, 'bad-answer']], [[null, 'bad-answer']]]);
		expect(shelf.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /probes']);
		shelf.mode = 'writes';
		now += UNPLACED_FOR_MS;
		expect(await found()).toEqual([[1, undefined]]);
		expect(shelf.asked.map(({ method }) => method)).toEqual(['POST', 'POST', 'DELETE']);
		await reader.close();
	});

	test('that takes nothing back accepts no writes, and nothing more is written until it does', async () => {
		const reader = httpWriteConnector.open({ ...settings(shelf.port), takeBack }, contextOf());
		const value = async (timeoutMs = 2000) => (await reader.read(AbortSignal.timeout(timeoutMs))).readings?.[0]?.value;
		shelf.mode = 'keeps';
		expect([await value(), await value(), await value()]).toEqual([0, 0, 0]);
		expect(shelf.asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
		shelf.mode = 'writes';
		expect(await value()).toBe(1);
		expect([...shelf.things]).toEqual([]);
		shelf.mode = 'silent';
		expect(await value(200)).toBe(0);
		shelf.mode = 'writes';
		expect(await value()).toBe(1);
		expect([...shelf.things]).toEqual([]);
		await reader.close();
	});

	test('that sends Regia elsewhere is not followed', async () => {
		const redirect = Buffer.from('HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n');
		expect(await lookAt(httpWriteConnector, settings, (socket) => void socket.once('data', () => socket.end(redirect)))).toEqual({
			writeNew: 0,
			code: 'bad-answer',
		});
	});
});

describe('twin probes on two services that flap', () => {
	test('say who answers and who accepts writes, in every state of both', async () => {
		const [old, young] = [await startShelf(), await startShelf()];
		const plan = planSchema.parse({
			programme: { id: 'p', name: 'P' },
			cutover: { id: 'n', name: 'N', window: { start: '2025-10-21T19:00:00+02:00', end: '2025-10-22T07:00:00+02:00' } },
			services: { cartella: { label: 'Cartella', priority: 1 } },
		});
		const cells: ServiceCells = {};
		planServices(cells, plan, 0);
		const readers = (['old', 'new'] as const).flatMap((side) => {
			const url = `http://127.0.0.1:${(side === 'old' ? old : young).port}/probes`;
			return [
				httpConnector.open({ service: 'cartella', side, url }, contextOf()),
				httpWriteConnector.open({ service: 'cartella', side, url, takeBack: {} }, contextOf()),
			];
		});
		let now = Date.parse('2025-10-21T19:00:00Z');
		const judged = async () => {
			now += 10_000;
			for (const look of await Promise.all(readers.map((one) => one.read(AbortSignal.timeout(1500))))) {
				for (const { measure, value, why } of look.readings ?? []) {
					if (!isMeasure(measure) || !cells.cartella) throw new Error(measure);
					const sample = { subject: 'service/cartella' as const, measure, value, at: now, ...(why === undefined ? {} : { why }) };
					applyServiceSample(cells.cartella, sample, { source: 's', seen: now, isNews: true, bucketMs: 1000 });
				}
			}
			if (!cells.cartella) throw new Error('no cell');
			return judgeService(showService(cells.cartella), now);
		};
		const states: readonly (readonly [(typeof old)['mode'] | 'down', (typeof old)['mode'] | 'down', string, string, string | null])[] = [
			['writes', 'down', 'old', 'old', null],
			['read-only', 'down', 'old', 'none', 'no-writes'],
			['read-only', 'read-only', 'both', 'none', 'both-sides'],
			['writes', 'writes', 'both', 'both', 'both-write'],
			['down', 'read-only', 'new', 'none', 'no-writes'],
			['down', 'writes', 'new', 'new', null],
			['down', 'down', 'none', 'none', 'none-answers'],
			['down', 'no-rights', 'new', 'unknown', null],
			['writes', 'down', 'old', 'old', null],
		];
		const isDown = { old: false, new: false };
		for (const [oldMode, newMode, side, writes, reason] of states) {
			for (const [name, one, mode] of [
				['old', old, oldMode],
				['new', young, newMode],
			] as const) {
				if (mode === 'down' && !isDown[name]) await one.goDown();
				if (mode !== 'down' && isDown[name]) await one.comeBack();
				isDown[name] = mode === 'down';
				if (mode !== 'down') one.mode = mode;
			}
			expect(await judged(), `${oldMode}, ${newMode}`).toMatchObject({ side, writes, reason });
		}
		expect([...old.things, ...young.things]).toEqual([]);
		await Promise.all(readers.map((one) => one.close()));
		if (!isDown.old) await old.goDown();
		if (!isDown.new) await young.goDown();
	});
});
