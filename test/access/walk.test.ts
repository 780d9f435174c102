// The permission matrix against a running server: every route and every event as every caller, over the real wire.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventActions } from '../../server/domain/may.ts';
import type { TokenGrant } from '../../server/domain/token.ts';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { readRoutes } from '../../server/web/app.ts';
import { audiences } from '../../shared/events.ts';
import { ask } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { audienceMatrix, type Caller, callers, eventMatrix, markMatrix, ownMatrix, routeMatrix } from './matrix.ts';
import { grants, listenAs, mayKnock, nameOfRoute } from './walk.ts';

const routes = await readRoutes();
const plan = `${nightPlan()
	.replace('a0: {', 'a0: { team: casa,')
	.replace('s0: { kind: push,', 's0: { kind: push, team: casa,')
	.replace('s1: { kind: push,', 's1: { kind: push, team: fornitore,')
	.replace('pronto-soccorso: {', 'pronto-soccorso: { team: casa,')
	.replace('cartella: {', 'cartella: { team: fornitore,')}teams:
  casa: { label: Di casa, kind: house }
  fornitore: { label: Fornitore }
gates:
  varco:
    label: Varco
    criteria: { replica: { label: Replica, subject: archive/a0, measure: archive.lag, atMost: 5 } }
    positions:
      casa: { label: Casa, team: casa }
      fornitore: { label: Fornitore, team: fornitore }
      comando: { label: Comando, role: commander }
      capi: { label: I capi, role: team-lead }
alarms:
  rules:
    prova: { label: Prova, subject: archive/a0, measure: archive.errors, above: 0, priority: 2, do: Nulla }
channels:
  sala: { label: Sala, kind: webhook, url: 'http://127.0.0.1:9/' }
access: { targets: [127.0.0.1] }
`;
const events = Object.keys(eventActions);
let asked = 0;

let regia: RunningRegia;
let rehearsal: RunningRegia;
let tokens: Map<Caller, string>;
let sheet = '';

function tokensOf(server: RunningRegia): Map<Caller, string> {
	const made = new Map<Caller, string>();
	for (const [caller, grant] of Object.entries(grants)) made.set(caller as Caller, server.token(grant));
	const store = openTokenStore(server.data);
	const { id, secret } = store.make({ kind: 'person', name: 'uscito', duties: [{ role: 'administrator' }] }, Date.now());
	store.revoke(id, Date.now());
	store.close();
	return made.set('revoked', secret);
}

const send = (path: string, token: string, body: object) => ask(`${regia.url}${path}`, { method: 'POST', token, body: JSON.stringify(body) });

beforeAll(async () => {
	regia = await startRegia({ plan, flags: ['--rhythm', '250'] });
	rehearsal = await startRegia({ flags: ['--rhythm', '250'] });
	tokens = tokensOf(regia);
	const samples = [{ subject: 'archive/a0', measure: 'archive.errors', value: 1, at: new Date().toISOString() }];
	await send('/api/samples', tokens.get('source') ?? '', { samples });
	await send('/api/marks', tokens.get('commander') ?? '', { kind: 'incident', incident: 'guasto', act: 'open', title: 'Prova' });
	const content = {
		template: 'blank',
		title: { it: 'Prova', en: '' },
		heroes: [{ key: 'archives.done', caption: null }],
		chart: null,
		lists: [],
		sentences: [],
		facts: false,
		incident: null,
	};
	sheet = ((await send('/api/press', tokens.get('press-author') ?? '', { content })).json as { id: string }).id;
	const isOn = async (): Promise<boolean> => {
		const { status } = await send('/api/marks', tokens.get('commander') ?? '', { kind: 'alarm', alarm: 'prova:archive:a0', act: 'acknowledge' });
		return status !== 400;
	};
	await until('the alarm of the plan’s own comes on', isOn, 5000);
});
afterAll(async () => {
	console.log(`the walk asked ${asked} times: ${routes.length} routes and ${events.length} events, ${callers.length} callers`);
	await Promise.all([regia?.stop(), rehearsal?.stop()]);
});

const urlFor = (caller: Caller): string => (caller === 'open' ? rehearsal.url : regia.url);

describe('the matrix', () => {
	test('lists every route of the running router, and no other', () => {
		expect(Object.keys(routeMatrix).toSorted()).toEqual(routes.map(nameOfRoute).toSorted());
	});

	test('lists every event and every audience', () => {
		expect(Object.keys(eventMatrix).toSorted()).toEqual(events.toSorted());
		expect(Object.keys(audienceMatrix).toSorted()).toEqual([...audiences].toSorted());
	});

	test('gives nobody more than a door that is open to everybody', () => {
		const open = Object.entries(routeMatrix).filter(([, who]) => who.includes('nobody'));
		expect(open.map(([, who]) => who.length)).toEqual(open.map(() => callers.length));
	});
});

describe.each(callers)('%s', (caller) => {
	test.each(routes.map((route) => [nameOfRoute(route), route] as const))('%s', async (name, route) => {
		asked += 1;
		expect(await mayKnock(urlFor(caller), route, tokens.get(caller))).toBe((routeMatrix[name] ?? []).includes(caller));
	});

	test('takes its places in the stream, and its events are answered, as the matrix says', async () => {
		const { watched, answered } = await listenAs(urlFor(caller), tokens.get(caller), events);
		asked += audiences.length + Object.keys(answered).length;
		expect(watched).toEqual(audiences.filter((one) => audienceMatrix[one].includes(caller)));
		if (watched.length > 0) expect(answered).toEqual(Object.fromEntries(events.map((one) => [one, eventMatrix[one]?.includes(caller)])));
	});
});

describe.each(markMatrix)('%s', (_name, mark, may) => {
	test.each(callers.filter((caller) => caller !== 'open' && caller !== 'nobody' && caller !== 'revoked'))('by %s', async (caller) => {
		asked += 1;
		const { status } = await send('/api/marks', tokens.get(caller) ?? '', 'sheet' in mark && mark.sheet === '$sheet' ? { ...mark, sheet } : mark);
		expect(status).not.toBe(400);
		expect(status !== 403).toBe(may.includes(caller));
	});
});

test.each(ownMatrix)('a team lead of %j: POST %s %j is let through: %s', async (teams, path, body, may) => {
	asked += 1;
	const token = regia.token({ kind: 'person', name: 'turno-2', duties: [{ role: 'team-lead', teams }] });
	const { status } = await ask(`${regia.url}${path}`, { method: 'POST', token, body: JSON.stringify(body ?? {}) });
	expect(status !== 403).toBe(may);
});

test('a permission that slips into the table is caught, on a route and on an event', async () => {
	const planted = await startRegia({ plan: nightPlan(), env: { NODE_OPTIONS: `--import=${join(import.meta.dirname, 'planted.ts')}` } });
	const leaks: string[] = [];
	for (const [caller, grant] of Object.entries(grants)) {
		if (caller !== 'viewer' && caller !== 'field') continue;
		const token = planted.token(grant);
		for (const route of routes) {
			const name = nameOfRoute(route);
			if ((await mayKnock(planted.url, route, token)) !== (routeMatrix[name] ?? []).includes(caller)) leaks.push(`${caller}: ${name}`);
		}
		const { answered } = await listenAs(planted.url, token, events);
		for (const event of events) if (answered[event] !== eventMatrix[event]?.includes(caller)) leaks.push(`${caller}: ${event}`);
	}
	const [commander, operator] = (['commander', 'alarm-operator'] as const).map((caller) => planted.token(grants[caller] as TokenGrant));
	const mark = (token: string | undefined, body: object) =>
		ask(`${planted.url}/api/marks`, { method: 'POST', token: token ?? '', body: JSON.stringify(body) });
	await mark(commander, { kind: 'incident', incident: 'guasto', act: 'open', title: 'Prova' });
	for (const [name, body, may] of markMatrix.filter(([, { kind }]) => kind === 'incident' || kind === 'clock')) {
		if (((await mark(operator, body)).status !== 403) !== may.includes('alarm-operator')) leaks.push(`alarm-operator: ${name}`);
	}
	await planted.stop();
	const clocks = ['a legal clock is started', 'a legal clock is waived', 'a report is sent'];
	const expected = [...clocks.map((name) => `alarm-operator: ${name}`), 'field: POST /api/marks', 'field: mark', 'viewer: GET /api/tokens'];
	expect(leaks.toSorted()).toEqual(expected.toSorted());
});
