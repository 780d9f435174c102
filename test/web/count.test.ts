// Counts by hand and from a feed, on a running server: whose they are to send, kept once however often, in their own time, each refusal
// with a cause of its own.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { type Answer, ask, healthOf } from '../faults/kit/http.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { sitePlan } from './site-plan.ts';

let regia: RunningRegia;
const tokens: Record<string, string> = {};

beforeAll(async () => {
	regia = await startRegia({ plan: sitePlan, flags: ['--rhythm', '250'] });
	tokens.field = regia.token({ kind: 'field', name: 'centro' });
	tokens.second = regia.token({ kind: 'field', name: 'centro' });
	tokens.levante = regia.token({ kind: 'field', name: 'levante' });
	tokens.nowhere = regia.token({ kind: 'field', name: 'altrove' });
	tokens.prototype = regia.token({ kind: 'field', name: 'constructor' });
	tokens.er = regia.token({ kind: 'person', name: 'reparto', duties: [{ role: 'er', site: 'centro' }] });
	tokens.siteless = regia.token({ kind: 'person', name: 'senza-sede', duties: [{ role: 'er' }] });
	tokens.commander = regia.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
	tokens.viewer = regia.token({ kind: 'person', name: 'osservatore', duties: [{ role: 'viewer' }] });
	tokens.administrator = regia.token({ kind: 'person', name: 'ict', duties: [{ role: 'administrator' }] });
	tokens.source = regia.token({ kind: 'source', name: 'feed', subjects: ['site/*'] });
	tokens.narrow = regia.token({ kind: 'source', name: 'feed', subjects: ['site/levante'] });
	tokens.few = regia.token({ kind: 'source', name: 'feed', subjects: ['site/*'], measures: ['site.boarding'] });
	tokens.display = regia.token({ kind: 'display', name: 'parete', audience: 'wall' });
	const store = openTokenStore(regia.data);
	const revoked = store.make({ kind: 'field', name: 'centro' }, Date.now());
	store.revoke(revoked.id, Date.now());
	tokens.revoked = revoked.secret;
	tokens.expired = store.make({ kind: 'field', name: 'centro' }, Date.now() - 10_000, { expiresAt: Date.now() - 5000 }).secret;
	store.close();
});
afterAll(() => regia.stop());
afterEach(async () => {
	expect(await healthOf(regia.url)).toBe(200);
	expect(regia.output()).not.toMatch(/"level":[56]0/);
});

const path = '/api/er/centro/count';
let made = 0;
const iso = (fromNow = 0): string => new Date(Date.now() + fromNow).toISOString();
const byCode = { '1': 2, '2': 9, '3': 17, '4': 15, '5': 4, none: 1 };
const count = (rest: object = {}): Record<string, unknown> => {
	made += 1;
	return { id: `conteggio-${made}`, at: iso(-60_000), byCode, boarding: 6, ...rest };
};
const send = (body: unknown, token = 'field', to = path): Promise<Answer> =>
	ask(`${regia.url}${to}`, { token: tokens[token] ?? '', body: typeof body === 'string' ? body : JSON.stringify(body) });
const said = ({ status, json }: Answer): unknown => [status, (json as { code?: string } | undefined)?.code ?? null];

type Mark = { seq: number; mark: { kind: string; id: string; site: string; at: number; forms?: number }; by: string };
async function kept(url = regia.url): Promise<Mark[]> {
	const { text } = await ask(`${url}/api/journal?from=0`, { token: tokens.viewer ?? '' });
	const entries = text
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Mark & { kind: string });
	return entries.filter((entry) => entry.kind === 'mark' && entry.mark.kind === 'count');
}
const timesKept = async (id: unknown): Promise<number> => (await kept()).filter(({ mark }) => mark.id === id).length;

describe('who may count', () => {
	test.each([
		['the site’s own link', 'field', path, [202, null]],
		['ER staff of the site', 'er', path, [202, null]],
		['a commander', 'commander', path, [202, null]],
		['a commander, elsewhere', 'commander', '/api/er/levante/count', [202, null]],
		['another site’s link', 'levante', path, [403, 'not-your-site']],
		['the site’s own link, at another site', 'field', '/api/er/levante/count', [403, 'not-your-site']],
		['the site’s own link, at a site that is none', 'field', '/api/er/altrove/count', [403, 'not-your-site']],
		['ER staff of another site', 'er', '/api/er/levante/count', [403, 'not-your-site']],
		['ER staff of no site', 'siteless', path, [403, 'not-your-site']],
		['the link of a site that the plan has not', 'nowhere', '/api/er/altrove/count', [404, 'unknown-site']],
		['the link of a prototype', 'prototype', '/api/er/constructor/count', [404, 'unknown-site']],
		['a viewer', 'viewer', path, [403, 'not-permitted']],
		['an administrator', 'administrator', path, [403, 'not-permitted']],
		['a display', 'display', path, [403, 'not-permitted']],
		['a revoked link', 'revoked', path, [401, 'unauthorised']],
		['a link that is over', 'expired', path, [401, 'unauthorised']],
	] as const)('%s', async (_who, token, to, answer) => {
		const one = count();
		expect(said(await send(one, token, to))).toEqual(answer);
		expect(await timesKept(one.id)).toBe(answer[0] === 202 ? 1 : 0);
	});

	test('a ward’s link does nothing but count: no mark, no sample, no board, no journal, no token', async () => {
		const mark = { kind: 'count', site: 'centro', ...count() };
		expect(said(await send(mark, 'field', '/api/marks'))).toEqual([403, 'not-permitted']);
		expect(said(await send({ samples: [] }, 'field', '/api/samples'))).toEqual([403, 'not-permitted']);
		expect(said(await send({ kind: 'paper', site: 'centro', state: 'off' }, 'field', '/api/marks'))).toEqual([403, 'not-permitted']);
		for (const other of ['/api/board', '/api/journal', '/api/tokens', '/api/audit', '/metrics', '/api/er/levante'])
			expect((await ask(`${regia.url}${other}`, { token: tokens.field ?? '' })).status, other).toBe(403);
	});

	test('over the stream a ward’s link makes no count either, of its own site or another', async () => {
		const screen = openScreen({ url: regia.url, token: tokens.field ?? '', audience: 'field' });
		await until('a board', () => screen.state());
		for (const site of ['centro', 'levante'])
			expect(await screen.socket.emitWithAck('mark', { kind: 'count', site, ...count() } as never)).toMatchObject({
				ok: false,
				code: 'not-permitted',
			});
		screen.close();
	});

	test('a link that is revoked while it is used counts no more', async () => {
		const store = openTokenStore(regia.data);
		const { id, secret } = store.make({ kind: 'field', name: 'centro' }, Date.now());
		const tryIt = () => ask(`${regia.url}${path}`, { token: secret, body: JSON.stringify(count()) });
		expect((await tryIt()).status).toBe(202);
		store.revoke(id, Date.now());
		store.close();
		await until('the refusal', async () => ((await tryIt()).status === 401 ? true : null));
	});
});

describe('a count is kept once', () => {
	test('the same record again is answered the same, by any link of the site, twelve at a time', async () => {
		const one = count();
		const first = await send(one);
		expect(first.json).toEqual({ id: one.id, seq: expect.any(Number), accepted: 1, superseded: false });
		expect((await send(one)).json).toEqual(first.json);
		expect((await send(one, 'second')).json).toEqual(first.json);
		const other = count();
		const all = await Promise.all(Array.from({ length: 12 }, (_, i) => send(other, i % 2 === 0 ? 'field' : 'second')));
		expect(new Set(all.map(({ text }) => text)).size).toBe(1);
		expect(all.map(({ status }) => status)).toEqual(all.map(() => 202));
		expect([await timesKept(one.id), await timesKept(other.id)]).toEqual([1, 1]);
	});

	test('ids are of their site: the same id elsewhere is another count', async () => {
		const one = count();
		const [here, there] = [await send(one, 'commander'), await send(one, 'commander', '/api/er/levante/count')];
		expect((here.json as { seq: number }).seq).not.toBe((there.json as { seq: number }).seq);
		expect(await timesKept(one.id)).toBe(2);
	});

	test('an older one that waited is kept in its own time, and told that a newer one was there, at every repeat', async () => {
		const newer = count({ at: iso(-5000) });
		const older = count({ at: iso(-3_600_000), forms: 12 });
		expect((await send(newer)).json).toMatchObject({ superseded: false });
		const first = (await send(older)).json;
		expect(first).toMatchObject({ id: older.id, superseded: true });
		expect((await send(count({ at: iso(-1000) }))).json).toMatchObject({ superseded: false });
		expect((await send(older)).json).toEqual(first);
		expect((await send(newer)).json).toMatchObject({ superseded: false });
		const mark = (await kept()).find(({ mark }) => mark.id === older.id)?.mark;
		expect(mark).toMatchObject({ at: Date.parse(String(older.at)), forms: 12 });
	});
});

describe('the phone is told of its site', () => {
	test('its name, its rhythm, the newest count, server time', async () => {
		const newest = count({ at: iso(-100), byCode: { ...byCode, '1': 3 }, forms: 31 });
		await send(newest);
		await send(count({ at: iso(-50_000) }));
		const { status, json } = await ask(`${regia.url}/api/er/centro`, { token: tokens.field ?? '' });
		expect(status).toBe(200);
		const last = { at: newest.at, byCode: newest.byCode, present: 49, boarding: 6, forms: 31 };
		const paper = { everyMs: 900_000, staleAfterMs: 1_200_000 };
		expect(json).toMatchObject({ site: 'centro', label: 'Pronto Soccorso Centro', rehearsal: false, zone: 'Europe/Rome', speed: 1, paper, last });
		expect(Math.abs(Date.parse((json as { now: string }).now) - Date.now())).toBeLessThan(5000);
	});

	test.each([
		['levante', '/api/er/centro', [403, 'not-your-site']],
		['field', '/api/er/levante', [403, 'not-your-site']],
		['nowhere', '/api/er/altrove', [404, 'unknown-site']],
		['viewer', '/api/er/centro', [403, 'not-permitted']],
		['source', '/api/er/centro', [403, 'not-permitted']],
		['revoked', '/api/er/centro', [401, 'unauthorised']],
	] as const)('%s at %s is not', async (token, to, answer) => {
		expect(said(await ask(`${regia.url}${to}`, { token: tokens[token] ?? '' }))).toEqual(answer);
	});
});

describe('a count that cannot be is refused, and says why', () => {
	const without = (key: string): object => {
		const { [key]: _gone, ...rest } = count();
		return rest;
	};
	type Cause = readonly [cause: string, body: () => unknown, status: number, code: string];
	const causes: readonly Cause[] = [
		['no JSON', () => 'ciao', 400, 'malformed'],
		['half a body', () => '{"id":', 400, 'malformed'],
		['an empty body', () => '', 400, 'malformed'],
		['a list', () => [count()], 400, 'malformed'],
		['no id', () => without('id'), 400, 'malformed'],
		['an id of seven', () => count({ id: 'abcdefg' }), 400, 'malformed'],
		['an id of 65', () => count({ id: 'a'.repeat(65) }), 400, 'malformed'],
		['an id with a name’s letters in it', () => count({ id: 'Niccolò Rossi' }), 400, 'malformed'],
		['no moment', () => without('at'), 400, 'malformed'],
		['a moment without its offset', () => count({ at: '2025-10-26T02:30:00' }), 400, 'malformed'],
		['a moment that is none', () => count({ at: '2025-13-45T99:00:00Z' }), 400, 'malformed'],
		['a moment as a number', () => count({ at: Date.now() }), 400, 'malformed'],
		['three minutes ahead', () => count({ at: iso(180_000) }), 409, 'count-future'],
		['older than a day', () => count({ at: iso(-86_460_000) }), 409, 'count-late'],
		['no codes', () => without('byCode'), 400, 'malformed'],
		['a code left out', () => count({ byCode: { '1': 1, '2': 1, '3': 1, '4': 1, '5': 1 } }), 400, 'malformed'],
		['a sixth code', () => count({ byCode: { ...byCode, '6': 1 } }), 400, 'malformed'],
		['a negative figure', () => count({ byCode: { ...byCode, '1': -1 } }), 400, 'malformed'],
		['half a patient', () => count({ byCode: { ...byCode, '1': 0.5 } }), 400, 'malformed'],
		['a figure as text', () => count({ byCode: { ...byCode, '1': '2' } }), 400, 'malformed'],
		['a figure that is no figure', () => count({ byCode: { ...byCode, '1': null } }), 400, 'malformed'],
		['ten thousand of a code', () => count({ byCode: { ...byCode, '1': 10_000 } }), 400, 'malformed'],
		['no boarding', () => without('boarding'), 400, 'malformed'],
		['more boarding than present', () => count({ boarding: 49 }), 409, 'boarding-above-present'],
		['forms below nothing', () => count({ forms: -1 }), 400, 'malformed'],
		['an unknown key', () => count({ note: 'x' }), 400, 'malformed'],
		['another site in the body', () => count({ site: 'levante' }), 400, 'malformed'],
		['a figure too large for a number', () => JSON.stringify(count()).replace('"boarding":6', '"boarding":1e999'), 400, 'malformed'],
	];
	test.each(causes)('%s', async (_cause, body, status, code) => {
		const before = (await kept()).length;
		const answer = await send(body());
		expect(said(answer)).toEqual([status, code]);
		expect(answer.json).toMatchObject({ title: expect.stringMatching(/./), detail: expect.stringMatching(/./) });
		expect(answer.text).not.toMatch(/Rossi|ciao|\/work\/|\.ts:\d/);
		expect((await kept()).length).toBe(before);
	});

	test('two minutes ahead, a day old and all of them boarding are taken', async () => {
		for (const rest of [{ at: iso(115_000) }, { at: iso(-86_340_000) }, { boarding: 48 }]) expect(said(await send(count(rest)))).toEqual([202, null]);
	});
});

describe('a feed of counts', () => {
	let ticks = 0;
	/** Each with an instant of its own. */
	const feed = (rest: object): object => {
		ticks += 1;
		return { at: iso(-30_000 + ticks), ...rest };
	};
	const refusedOf = (answer: Answer) => ((answer.json as { refused?: { code: string }[] }).refused ?? []).map(({ code }) => code);

	test('is kept as readings of the site, with a sum only where every code is told', async () => {
		const answer = await send(feed({ present: 48, waiting: byCode, treatment: { '1': 2 }, observation: 3, boarding: 6 }), 'source');
		expect(answer).toMatchObject({ status: 202, json: { accepted: 1 + 7 + 1 + 1 + 1, refused: [] } });
		const { text } = await ask(`${regia.url}/api/journal?from=${(answer.json as { seq: number }).seq - 1}`, { token: tokens.viewer ?? '' });
		const { samples } = JSON.parse(text.split('\n')[0] ?? '') as { samples: { measure: string; value: number }[] };
		const told = Object.fromEntries(samples.map(({ measure, value }) => [measure, value]));
		expect(told).toMatchObject({ 'site.present': 48, 'site.waiting': 48, 'site.waitingNone': 1, 'site.treatment1': 2, 'site.boarding': 6 });
		expect(told).not.toHaveProperty('site.treatment');
	});

	test('is harmless when repeated under its key', async () => {
		const body = JSON.stringify(feed({ present: 40 }));
		const once = () => ask(`${regia.url}${path}`, { token: tokens.source ?? '', body, headers: { 'Idempotency-Key': 'feed-1' } });
		const [first, second] = [await once(), await once()];
		expect([first.status, second.text]).toEqual([202, first.text]);
	});

	test.each([
		['no figure', 'source', feed({}), 400, 'malformed'],
		['no moment', 'source', { present: 3 }, 400, 'malformed'],
		['no code', 'source', feed({ waiting: {} }), 400, 'malformed'],
		['a sixth code', 'source', feed({ waiting: { '6': 1 } }), 400, 'malformed'],
		['half a patient', 'source', feed({ present: 1.5 }), 400, 'malformed'],
		['a count by hand', 'source', { id: 'conteggio-0', at: iso(), byCode, boarding: 0 }, 400, 'malformed'],
		['subjects of another site', 'narrow', feed({ present: 3 }), 403, 'not-your-site'],
		['measures that it may not tell', 'few', feed({ present: 3 }), 400, 'nothing-accepted'],
		['the future', 'source', { at: iso(60_000), present: 3 }, 400, 'nothing-accepted'],
	] as const)('with %s is refused', async (_cause, token, body, status, code) => {
		expect(said(await send(body, token))).toEqual([status, code]);
	});

	test('of which some figures may not be told names them, and keeps the others', async () => {
		const answer = await send(feed({ present: 3, boarding: 1 }), 'few');
		expect(answer).toMatchObject({ status: 202, json: { accepted: 1 } });
		expect(refusedOf(answer)).toEqual(['not-permitted']);
	});
});

test('after a kill every count that was answered is there, and the same record again is answered as before', async () => {
	const before = await startRegia({ plan: sitePlan });
	tokens.viewer = before.token({ kind: 'person', name: 'osservatore', duties: [{ role: 'viewer' }] });
	const token = before.token({ kind: 'field', name: 'centro' });
	const post = (url: string, one: object) => ask(`${url}${path}`, { token, body: JSON.stringify(one) });
	const counts = Array.from({ length: 10 }, (_, i) => count({ at: iso(-60_000 + i) }));
	const answers = await Promise.all(counts.map((one) => post(before.url, one)));
	await before.kill();
	const after = await startRegia({ plan: sitePlan, data: before.data });
	expect((await Promise.all(counts.map((one) => post(after.url, one)))).map(({ text }) => text)).toEqual(answers.map(({ text }) => text));
	expect((await kept(after.url)).map(({ mark }) => mark.id).toSorted()).toEqual(counts.map(({ id }) => id).toSorted());
	await after.stop();
});
