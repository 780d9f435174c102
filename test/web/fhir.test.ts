// Encounters pushed to and polled by a running server: acknowledged once durable, kept once however often, each refused one by its place,
// and what comes of them on the board.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MARKER } from '../contracts/connector-contract.ts';
import { type Answer, ask, healthOf } from '../faults/kit/http.ts';
import { type FhirServer, startFhirServer } from '../kit/fhir-server.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

const plan = (url: string): string => `programme: { id: prova, name: Prova FHIR }
cutover:
  id: notte
  name: Notte
  window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 }
sites:
  centro: { label: Pronto Soccorso Centro, short: Centro, spaces: 40, fillsWithin: 0s }
  levante: { label: Pronto Soccorso Levante, short: Levante, spaces: 20, fillsWithin: 0s }
sources:
  cce: { kind: fhir, label: Cartella, settings: { push: true, sites: { Organization/1: centro, Organization/2: levante }, areas: { Location/sala: treatment } } }
  muta: { kind: fhir, label: Solo letta, every: 300ms, timeout: 250ms, settings: { url: "${url}", site: levante } }
  feed: { kind: push, label: Feed }
`;

let outside: FhirServer;
let regia: RunningRegia;
const tokens: Record<string, string> = {};
beforeAll(async () => {
	outside = await startFhirServer();
	regia = await startRegia({ plan: plan(outside.url), flags: ['--rhythm', '250'], env: { REGIA_LOG: 'trace' } });
	tokens.source = regia.token({ kind: 'source', name: 'cce', subjects: ['site/*'] });
	tokens.narrow = regia.token({ kind: 'source', name: 'cce', subjects: ['site/levante'] });
	tokens.polled = regia.token({ kind: 'source', name: 'muta', subjects: ['site/*'] });
	tokens.feed = regia.token({ kind: 'source', name: 'feed', subjects: ['site/*'] });
	tokens.stranger = regia.token({ kind: 'source', name: 'constructor', subjects: ['*'] });
	tokens.commander = regia.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
});
afterAll(async () => {
	await regia.stop();
	await outside.end();
});
afterEach(async () => expect(await healthOf(regia.url)).toBe(200));

let made = 0;
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const encounter = (status = 'arrived', more: Record<string, unknown> = {}): Record<string, unknown> => {
	made += 1;
	return {
		resourceType: 'Encounter',
		id: `visita-${made}`,
		meta: { lastUpdated: ago(1) },
		status,
		class: { code: 'EMER' },
		subject: { reference: `Patient/${MARKER}`, display: MARKER },
		serviceProvider: { reference: 'Organization/1', display: MARKER },
		period: { start: ago(30) },
		...more,
	};
};
const bundle = (entries: readonly unknown[], type = 'collection'): unknown => ({
	resourceType: 'Bundle',
	type,
	entry: entries.map((resource) => ({ resource })),
});
async function push(body: unknown, token = 'source', key?: string): Promise<Answer> {
	const answer = await ask(`${regia.url}/api/er/fhir`, {
		token: tokens[token] ?? '',
		body: typeof body === 'string' ? body : JSON.stringify(body),
		headers: { 'content-type': 'application/fhir+json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
	});
	expect(answer.text).not.toContain(MARKER);
	return answer;
}
type Site = { readonly present: number | null; readonly inTreatment: number | null; readonly waiting: number | null };
async function siteOf(id: string): Promise<Site | undefined> {
	const { json } = await ask(`${regia.url}/api/board`, { token: tokens.commander ?? '' });
	return (json as { er?: { sites: Record<string, Site> } }).er?.sites[id];
}

describe('a push', () => {
	test('of one Encounter is on the board once it is acknowledged', async () => {
		const one = encounter();
		expect(await push(one)).toMatchObject({ status: 202, json: { accepted: 1, refused: [] } });
		expect(await siteOf('centro')).toMatchObject({ present: 1, waiting: 1 });
		expect((await push({ ...one, status: 'finished', meta: { lastUpdated: ago(0) }, period: { start: ago(30), end: ago(1) } })).status).toBe(202);
		expect(await siteOf('centro')).toMatchObject({ present: 0 });
		// An older version that comes late takes nothing back.
		await push(one);
		expect(await siteOf('centro')).toMatchObject({ present: 0 });
	});

	test('sent twice counts once, by its key or without one', async () => {
		const one = encounter('in-progress', { location: [{ location: { reference: 'Location/sala' }, period: { start: ago(10) } }] });
		const { present: before } = (await siteOf('centro')) ?? { present: null };
		for (const key of [undefined, undefined, 'k-1', 'k-1']) expect((await push(one, 'source', key)).status).toBe(202);
		expect((await push(one, 'source', 'k-1')).json).toEqual({ accepted: 1, refused: [], repeated: true });
		expect(await siteOf('centro')).toMatchObject({ present: (before ?? 0) + 1, inTreatment: 1 });
	});

	test('names what it refuses by its place, and keeps the rest', async () => {
		const answer = await push(
			bundle([
				encounter(),
				{ resourceType: 'Patient', name: [{ family: MARKER }] },
				encounter('arrived', { serviceProvider: { reference: `Organization/${MARKER}` } }),
				encounter('arrived', { meta: {} }),
				encounter('arrived', { id: `${MARKER} 1` }),
				encounter('arrived', { class: { code: 'AMB' } }),
				encounter('arrived', { meta: { lastUpdated: ago(-10) } }),
				null,
			]),
		);
		expect(answer.status).toBe(202);
		const { accepted, refused } = answer.json as { accepted: number; refused: readonly { index: number; code: string; message: string }[] };
		expect(accepted).toBe(1);
		expect(refused.map(({ index, code }) => [index, code])).toEqual([
			[1, 'unknown-type'],
			[2, 'unknown-site'],
			[3, 'no-time'],
			[4, 'no-visit'],
			[5, 'unknown-type'],
			[6, 'future'],
			[7, 'malformed'],
		]);
		expect(new Set(refused.map(({ message }) => message)).size).toBeGreaterThan(5);
		const { json } = await ask(`${regia.url}/api/board`, { token: tokens.commander ?? '' });
		expect((json as { sources: Record<string, { refused: Record<string, number> }> }).sources.cce?.refused).toMatchObject({
			'unknown-type': 2,
			'no-time': 1,
		});
	});

	test('that a token may not send is refused, as is one where nothing is good', async () => {
		expect(await push(encounter(), 'narrow')).toMatchObject({ status: 400, json: { refused: [{ index: 0, code: 'not-permitted' }] } });
		expect((await push(encounter('arrived', { serviceProvider: { reference: 'Organization/2' } }), 'narrow')).status).toBe(202);
	});

	test.each([
		['polled', encounter(), 403, 'not-a-fhir-source'],
		['feed', encounter(), 403, 'not-a-fhir-source'],
		['stranger', encounter(), 403, 'not-a-fhir-source'],
		['commander', encounter(), 403, 'not-permitted'],
		['source', `{"resourceType":"Encounter" ${MARKER}`, 400, 'malformed'],
		['source', `"${MARKER}"`, 400, 'malformed'],
		['source', { resourceType: 'Patient', id: MARKER }, 400, 'malformed'],
		['source', { resourceType: 'Bundle', type: MARKER, entry: [] }, 400, 'malformed'],
		['source', bundle([]), 400, 'malformed'],
		['source', bundle(Array.from({ length: 2001 }, () => 1)), 400, 'malformed'],
		['source', `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`, 400, 'malformed'],
	])('by %s with such a body: %#', async (token, body, status, code) => {
		expect(await push(body, token)).toMatchObject({ status, json: { code } });
	});
});

describe('a subscription', () => {
	const notice = (type: string, events: number, resources: readonly unknown[] = []): unknown =>
		bundle(
			[
				{
					resourceType: 'Parameters',
					parameter: [
						{ name: 'type', valueCode: type },
						{ name: 'events-since-subscription-start', valueString: String(events) },
						...resources.map((_, n) => ({ name: 'notification-event', part: [{ name: 'event-number', valueString: String(events - n) }] })),
					],
				},
				...resources,
			],
			'history',
		);

	test('that only beats says that its source talks; what was missed is told', async () => {
		expect(await push(notice('heartbeat', 4))).toMatchObject({ status: 202, json: { accepted: 0, refused: [] } });
		expect((await push(notice('event-notification', 5, [encounter()]))).json).toEqual({ accepted: 1, refused: [] });
		expect((await push(notice('event-notification', 8, [encounter()]))).json).toEqual({ accepted: 1, refused: [], missed: 2 });
		expect((await push(notice('heartbeat', 9))).json).toEqual({ accepted: 0, refused: [], missed: 1 });
		const { json } = await ask(`${regia.url}/api/board`, { token: tokens.commander ?? '' });
		expect((json as { sources: Record<string, { talks: boolean }> }).sources.cce?.talks).toBe(true);
	});
});

describe('a poll', () => {
	test('that is answered with nothing is heard: the site is known to be empty, and not blind', async () => {
		type Row = { readonly kind: string; readonly source?: string; readonly messages?: number; readonly sites?: unknown };
		const { text } = await ask(`${regia.url}/api/journal`, { token: tokens.commander ?? '' });
		const rows = text
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as Row);
		const heard = rows.find(({ kind, source }) => kind === 'census' && source === 'muta');
		expect(heard).toMatchObject({ messages: 0, sites: [{ site: 'levante', changes: [] }] });
	});

	test('brings a server’s Encounters onto the board, and goes on after a restart', async () => {
		const { present } = (await siteOf('levante')) ?? { present: 0 };
		const before = present ?? 0;
		for (let i = 0; i < 5; i += 1) outside.put(encounter());
		await until('five more are there', async () => (await siteOf('levante'))?.present === before + 5);
		const { port, data } = regia;
		await regia.kill();
		outside.put(encounter());
		regia = await startRegia({ plan: plan(outside.url), data, port, flags: ['--rhythm', '250'] });
		await until('the sixth is there', async () => (await siteOf('levante'))?.present === before + 6);
		const journal = await ask(`${regia.url}/api/journal`, { token: tokens.commander ?? '' });
		expect(journal.text).not.toMatch(new RegExp(`${MARKER}|visita-`, 'i'));
	});
});
