// Asking a FHIR server for what changed: nothing is lost and nothing told for ever, whatever becomes of pages, links, answers and our own record.
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Look, Reader, ReaderContext } from '../../server/connectors/connector.ts';
import { fhirConnector } from '../../server/connectors/fhir.connector.ts';
import { openTargets } from '../../server/connectors/targets.ts';
import type { ErEvent } from '../../server/domain/er-event.ts';
import { assertClean, connectorContract, contextOf, MARKER } from '../contracts/connector-contract.ts';
import { type FhirServer, startFhirServer } from '../kit/fhir-server.ts';
import { encounter, instant, keys, period, settings } from './fhir-visits.ts';

const settingsAt = (port: number): Record<string, unknown> => ({ ...settings, url: `http://127.0.0.1:${port}/r4`, reach: '3650d' });

connectorContract('fhir', {
	connector: fhirConnector,
	settings: settingsAt,
	mistakes: [
		['neither an address nor a push', { url: undefined }, 'url'],
		['a question in the address', { url: 'http://127.0.0.1/r4?x=1' }, 'url'],
		['a secret in the address', { url: 'http://a:b@127.0.0.1/r4' }, 'url'],
		['a secret by its value', { tokenFrom: 'geheim-1' }, 'tokenFrom'],
		['no site', { site: undefined }, 'site'],
		['a site and sites', { sites: { x: 'galliera' } }, 'site'],
		['an area that is none', { areas: { 'Location/1': 'corridor' } }, 'areas.Location/1'],
		['a triage code that is none', { triage: { ROSSO: '6' } }, 'triage.ROSSO'],
		['no class', { classes: [] }, 'classes'],
		['pages of nothing', { count: 0 }, 'count'],
		['a reach without its unit', { reach: 48 }, 'reach'],
	],
	faults: { silent: 'timeout', garbage: 'bad-answer', endless: 'too-large', refused: 'unreachable' },
	endlessHead: 'HTTP/1.1 200 OK\r\ncontent-type: application/fhir+json\r\n\r\n',
	healthy: async () => {
		const server = await startFhirServer();
		server.put(encounter('10:00', 'arrived', { period: period('10:00') }));
		return { settings: settingsAt(server.port), end: () => server.end() };
	},
});

let server: FhirServer;
beforeEach(async () => {
	server = await startFhirServer();
});
afterEach(() => server.end());

/** Of the questions from now on, the nth gets this answer in place of its own. */
const atQuestion = (nth: number, answers: (response: ServerResponse) => unknown): void =>
	server.onAsk((asked, response) => {
		if (asked === nth) answers(response);
		return asked === nth;
	});
const visitOf = (id: number): string => keys.visit('fhir/one', `enc-${id}`);
const put = (id: number, lastUpdated: string, status = 'arrived', more = {}): void =>
	server.put(encounter(lastUpdated, status, { id: `enc-${id}`, period: period('08:00'), ...more }));
const putMany = (many: number, from = 0): void => {
	for (let i = 0; i < many; i += 1) put(from + i, `${9 + Math.floor((from + i) / 60)}:${(from + i) % 60}`);
};

/** A source and its record: `keep: false` is a look that the journal could not keep. */
function sourceOf(more: Record<string, unknown> = {}, extra: Partial<ReaderContext> = {}) {
	let memory: unknown;
	const told = new Map<string, ErEvent[]>();
	const context: ReaderContext = {
		...contextOf(undefined, '5s'),
		...extra,
		get memory() {
			return memory;
		},
	};
	const open = (): Reader => fhirConnector.open({ ...settingsAt(server.port), ...more }, context);
	let reader = open();
	return {
		told,
		restart: () => {
			reader = open();
		},
		async look(keep = true, timeoutMs = 5000): Promise<Look> {
			const look = await reader.read(AbortSignal.timeout(timeoutMs));
			assertClean(look);
			if (!keep || !look.ok) return look;
			if (look.memory !== undefined) memory = JSON.parse(JSON.stringify(look.memory));
			for (const event of look.events ?? []) told.set(event.visit, [...(told.get(event.visit) ?? []), event]);
			return look;
		},
	};
}
const eventsIn = (look: Look): number => (look.ok ? (look.events?.length ?? 0) : -1);
const everyVisit = (many: number): readonly string[] => Array.from({ length: many }, (_, id) => visitOf(id)).sort();

describe('paging', () => {
	test('asks for emergency Encounters in the order of their change, follows the pages, and tells the same once', async () => {
		putMany(25);
		const source = sourceOf({ count: 10, tokenFrom: 'KNOWN_SECRET' });
		const look = await source.look();
		expect([...source.told.keys()].sort()).toEqual(everyVisit(25));
		expect(look).toMatchObject({
			ok: true,
			readings: [{ subject: 'source/one', measure: 'source.beat', value: 1 }],
			memory: { since: Date.parse(instant('9:24')) },
		});
		const first = new URL(server.asked[0]?.url ?? '', server.url).searchParams;
		expect(Object.fromEntries(first)).toMatchObject({ class: 'EMER', _sort: '_lastUpdated', _count: '10' });
		expect(server.asked.map(({ authorization }) => authorization)).toEqual(Array.from({ length: 3 }, () => `Bearer ${MARKER}`));
		const again = await source.look();
		expect(again).toEqual({ ok: true, readings: expect.anything() });
		expect(new URL(server.asked[3]?.url ?? '', server.url).searchParams.get('_lastUpdated')).toBe(`ge${instant('9:22')}`);
	});

	test('tells a new version, and no other, where one changes', async () => {
		putMany(5);
		const source = sourceOf();
		await source.look();
		put(3, '09:30', 'in-progress');
		const look = await source.look();
		expect(look.ok && new Set(look.events?.map(({ visit }) => visit))).toEqual(new Set([visitOf(3)]));
	});

	test('loses nothing where Encounters change between two pages', async () => {
		putMany(30);
		const source = sourceOf({ count: 10 });
		server.onAsk((nth) => {
			if (nth === 2) put(2, '10:10', 'in-progress');
			if (nth === 3) put(15, '10:11', 'in-progress');
			return false;
		});
		await source.look();
		server.onAsk(null);
		await source.look();
		expect([...source.told.keys()].sort()).toEqual(everyVisit(30));
		for (const id of [2, 15]) expect(source.told.get(visitOf(id))?.at(-1)?.sentAt).toBe(Date.parse(instant(id === 2 ? '10:10' : '10:11')));
	});

	test.each([
		['and goes on where it was', false],
		['and after a restart', true],
	])('that dies half-way through a page loses nothing %s', async (_, isRestarted) => {
		putMany(50);
		const source = sourceOf({ count: 10 });
		server.onAsk((nth, response) => {
			if (nth !== 3) return false;
			response.writeHead(200, { 'content-length': '5000' });
			response.write('{"resourceType":"Bundle","type":"searchset","entry":[');
			response.socket?.resetAndDestroy();
			return true;
		});
		expect(eventsIn(await source.look())).toBeGreaterThan(0);
		expect(source.told.size).toBe(20);
		server.onAsk(null);
		if (isRestarted) source.restart();
		await source.look();
		expect([...source.told.keys()].sort()).toEqual(everyVisit(50));
	});

	test('that is cut by the time-out hands on what it had, and goes on', async () => {
		putMany(30);
		const source = sourceOf({ count: 10 });
		server.onAsk((nth) => nth === 2);
		expect(eventsIn(await source.look(true, 300))).toBeGreaterThan(0);
		server.onAsk(null);
		await source.look();
		expect([...source.told.keys()].sort()).toEqual(everyVisit(30));
	});

	test('tells again what the record could not keep', async () => {
		putMany(15);
		const source = sourceOf({ count: 10 });
		expect(eventsIn(await source.look(false))).toBeGreaterThan(0);
		expect(source.told.size).toBe(0);
		await source.look();
		expect([...source.told.keys()].sort()).toEqual(everyVisit(15));
		putMany(5, 15);
		await source.look(false);
		await source.look();
		expect([...source.told.keys()].sort()).toEqual(everyVisit(20));
	});

	test('starts over where a page has expired', async () => {
		putMany(40);
		const source = sourceOf({ count: 10 });
		atQuestion(3, (response) => response.destroy());
		await source.look();
		server.expirePages();
		server.onAsk(null);
		await source.look();
		expect([...source.told.keys()].sort()).toEqual(everyVisit(40));
	});

	test('of a server that does not sort counts as done only at its end', async () => {
		server.isSorted = false;
		for (const id of [5, 4, 3, 2, 1, 0]) put(id, `9:0${id}`);
		const source = sourceOf({ count: 2 });
		atQuestion(2, (response) => response.destroy());
		const look = await source.look();
		expect(source.told.size).toBe(2);
		expect(look.ok && (look.memory as { since: number }).since).toBeLessThan(Date.parse(instant('9:00')));
		server.onAsk(null);
		source.restart();
		await source.look();
		expect([...source.told.keys()].sort()).toEqual(everyVisit(6));
	});

	test('of very many takes several looks, each with its share', async () => {
		putMany(130);
		const source = sourceOf({ count: 10 });
		await source.look();
		expect(source.told.size).toBe(100);
		await source.look();
		expect([...source.told.keys()].sort()).toEqual(everyVisit(130));
	});

	test('follows no link to another origin, and loses nothing by it', async () => {
		const other = await startFhirServer();
		putMany(20);
		server.linkBase = other.url;
		const source = sourceOf({ count: 10 });
		expect(await source.look()).toEqual({ ok: false, why: 'not-permitted' });
		expect(other.asked).toEqual([]);
		server.linkBase = null;
		await source.look();
		expect([...source.told.keys()].sort()).toEqual(everyVisit(20));
		await other.end();
	});
});

describe('what is not taken', () => {
	test('is counted by its code, once; other classes and what came along are none', async () => {
		put(0, '09:00');
		put(1, '09:01', 'arrived', { meta: {} });
		put(2, '09:02', 'in-progress', { class: { code: 'AMB' } });
		server.onAsk((_, response) => {
			const entry = [
				{ resource: encounter('09:00', 'arrived') },
				{ resource: encounter('09:01', 'arrived', { id: 'x', meta: {} }) },
				{ resource: encounter('09:01', 'arrived', { id: 'y', class: { code: 'AMB' } }) },
				{ resource: { resourceType: 'Patient', name: [{ family: MARKER }] }, search: { mode: 'include' } },
				{ resource: { resourceType: 'OperationOutcome', issue: [{ diagnostics: MARKER }] }, search: { mode: 'outcome' } },
				{ fullUrl: MARKER },
			];
			response.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry }));
			return true;
		});
		const source = sourceOf();
		expect(await source.look()).toMatchObject({ refused: ['no-time', 'malformed'] });
		expect(eventsIn(await source.look())).toBe(0);
	});

	test('for now, being from the future, is told when its time has come', async () => {
		let now = Date.parse(instant('09:00'));
		put(0, '09:10');
		const source = sourceOf({}, { now: () => now });
		expect(await source.look()).toMatchObject({ refused: ['future'], events: [] });
		expect(eventsIn(await source.look())).toBe(0);
		now = Date.parse(instant('09:05'));
		expect(eventsIn(await source.look())).toBeGreaterThan(0);
	});
});

const answer = (status: number, body: string, headers: Record<string, string> = {}) => ({ status, body, headers });
describe('a bad answer', () => {
	test.each([
		['no JSON', answer(200, `{"resourceType":"Bundle" ${MARKER}`), 'bad-answer'],
		['a page of HTML', answer(200, `<html>${MARKER}</html>`), 'bad-answer'],
		['nothing', answer(200, ''), 'bad-answer'],
		['an OperationOutcome', answer(200, JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ diagnostics: MARKER }] })), 'bad-answer'],
		['a Bundle of another type', answer(200, '{"resourceType":"Bundle","type":"history"}'), 'bad-answer'],
		['a question that is refused', answer(400, JSON.stringify({ resourceType: 'OperationOutcome' })), 'bad-answer'],
		['no valid token', answer(401, MARKER, { 'www-authenticate': MARKER }), 'unauthorised'],
		['a token that may not', answer(403, MARKER), 'unauthorised'],
		['nothing at this address', answer(404, MARKER), 'not-found'],
		['a redirect', answer(302, '', { location: `http://${MARKER}.invalid/` }), 'bad-answer'],
		['a fault of its own', answer(500, MARKER), 'bad-answer'],
		['too much at once', answer(429, ''), 'unreachable'],
		['a pause', answer(503, ''), 'unreachable'],
		['a page that is too large', answer(200, ' '.repeat(8_400_000)), 'too-large'],
	])('with %s is blind, by a closed code', async (_, { status, body, headers }, why) => {
		server.onAsk((_nth, response) => {
			response.writeHead(status, headers).end(body);
			return true;
		});
		expect(await sourceOf().look()).toEqual({ ok: false, why });
		expect(server.asked).toHaveLength(1);
	});

	test('without entries is an answer: nothing has changed, and its sites are heard of, once a minute', async () => {
		let now = Date.parse(instant('12:00'));
		const source = sourceOf({}, { now: () => now });
		expect(await source.look()).toEqual({ ok: true, readings: expect.anything(), heard: ['san-martino'] });
		now += 59_000;
		expect(await source.look()).toEqual({ ok: true, readings: expect.anything() });
		now += 1000;
		expect(await source.look()).toMatchObject({ heard: ['san-martino'] });
	});

	test('of which a part is missing yet has told nobody all', async () => {
		putMany(30);
		const source = sourceOf({ count: 10 });
		atQuestion(2, (response) => response.destroy());
		expect(await source.look()).not.toHaveProperty('heard');
		server.onAsk(null);
		expect(await source.look()).toMatchObject({ heard: ['san-martino'] });
	});

	test('that says when to come again is not asked before', async () => {
		putMany(1);
		let now = Date.parse(instant('12:00'));
		atQuestion(1, (response) => response.writeHead(429, { 'retry-after': '120' }).end());
		const source = sourceOf({}, { now: () => now });
		expect(await source.look()).toEqual({ ok: false, why: 'unreachable' });
		now += 119_000;
		expect(await source.look()).toEqual({ ok: false, why: 'unreachable' });
		expect(server.asked).toHaveLength(1);
		now += 2000;
		expect(eventsIn(await source.look())).toBeGreaterThan(0);
	});

	test('that is too large is asked for in smaller pages', async () => {
		putMany(20);
		const source = sourceOf({ count: 40 });
		atQuestion(1, (response) => response.end(' '.repeat(8_400_000)));
		await source.look();
		await source.look();
		expect(new URL(server.asked[1]?.url ?? '', server.url).searchParams.get('_count')).toBe('20');
		expect(source.told.size).toBe(20);
	});

	test('is not even asked for without the secret, or beyond the targets', async () => {
		expect(await sourceOf({ tokenFrom: 'MISSING_SECRET' }).look()).toEqual({ ok: false, why: 'unauthorised' });
		expect(await sourceOf({}, { targets: openTargets(['10.0.0.0/8']) }).look()).toEqual({ ok: false, why: 'not-permitted' });
		expect(server.asked).toEqual([]);
	});
});

test('a source that pushes only is not polled', () => {
	expect(fhirConnector.isPolled?.({ site: 'san-martino', push: true })).toBe(false);
	expect(fhirConnector.isPolled?.(settingsAt(1))).toBe(true);
});
