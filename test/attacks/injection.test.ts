// What outsiders write stays data: paths do not climb, headers and log lines do not break, keys set no prototype. Against a real server.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { readPlan } from '../../server/plan-file.ts';
import { applyDelta, type Delta } from '../../shared/delta.ts';
import { type Answer, ask, healthOf, moved } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { soundPlan } from '../plan/sound-plan.ts';
import { sendRaw } from '../web/raw-request.ts';

let regia: RunningRegia;
let source = '';
let lead = '';
let viewer = '';

beforeAll(async () => {
	regia = await startRegia({ plan: nightPlan(), env: { REGIA_LOG: 'trace' } });
	source = regia.token({ kind: 'source', name: 's3', subjects: ['*'] });
	lead = regia.token({ kind: 'person', name: 'turno-1', duties: [{ role: 'commander' }] });
	viewer = regia.token({ kind: 'person', name: 'osservatore', duties: [{ role: 'viewer' }] });
});
afterAll(() => regia.stop());
afterEach(async () => expect(await healthOf(regia.url)).toBe(200));

const get = (path: string, headers = ''): string => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${headers}\r\n`;
const OUTSIDE = /root:.*:0:0|"name": "regia"|SQLite format|REGIA_|PRIVATE KEY|import .* from/;

describe('a path that climbs shows nothing of the machine', () => {
	const up = '../'.repeat(8);
	const paths = [
		`/${up}etc/passwd`,
		`/api/${up}etc/passwd`,
		`/assets/${up}etc/passwd`,
		'/assets/../../../package.json',
		'/assets/..%2f..%2f..%2fpackage.json',
		'/assets/..%2F..%2F..%2Fpackage.json',
		'/assets/%2e%2e/%2e%2e/%2e%2e/package.json',
		'/assets/%252e%252e%252fpackage.json',
		'/assets/..%5c..%5c..%5cpackage.json',
		'/assets/..\\..\\..\\package.json',
		'/assets/....//....//package.json',
		'/assets/..;/..;/package.json',
		'/assets/%c0%ae%c0%ae/package.json',
		'/assets/%u002e%u002e/package.json',
		'/assets/.%00./package.json',
		'/package.json',
		'/server/main.ts',
		'/client/main.tsx',
		'/../server/main.ts',
		'/.git/config',
		'/.regia/data/tokens.db',
		'/journal.db',
		'//etc/passwd',
		'/file:///etc/passwd',
		'/assets/C:%5cWindows%5cwin.ini',
		`/api/push/${encodeURIComponent(`${up}etc/passwd`)}`,
		`/api/v1/endpoints/${encodeURIComponent(`${up}etc/passwd`)}/external`,
		`/api/sources/${encodeURIComponent(`${up}etc/passwd`)}/exact`,
		'http://127.0.0.1/../../etc/passwd',
	];
	test.each(paths)('%s', async (path) => {
		const answer = await sendRaw(regia.port, get(path, 'Accept: application/json\r\n'));
		expect(answer.status).toBeGreaterThanOrEqual(300);
		expect(answer.text).not.toMatch(OUTSIDE);
		const page = await sendRaw(regia.port, get(path, 'Accept: text/html\r\n'));
		expect(page.text).not.toMatch(OUTSIDE);
	});

	test('nor does a data folder hold what a sender named', () => {
		for (const name of ['etc', 'passwd', '..%2f']) expect(existsSync(join(regia.data, name))).toBe(false);
	});
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f\u0080-\u009f]/;
const INJECTED = /x-injected|set-cookie: *evil|"level":60,"evil"/i;

describe('what breaks lines, or speaks to terminals, breaks none', () => {
	const texts: readonly (readonly [name: string, text: string])[] = [
		['a line break', 'a\r\nX-Injected: 1'],
		['two line breaks and a body', 'a\r\n\r\n<script>1</script>'],
		['a bare line feed', 'a\nX-Injected: 1'],
		['a bare carriage return', 'a\rX-Injected: 1'],
		['a cookie', 'a\r\nSet-Cookie: evil=1'],
		['a log line of its own', 'a\n{"level":60,"evil":true}'],
		['a terminal colour', '\u001b[31mred'],
		['a cleared screen', '\u001b[2J\u001b[H'],
		['a terminal title', '\u001b]0;evil\u0007'],
		['a C1 sequence', '\u009b31m'],
		['a backspace', 'abc\b\b\bevil'],
		['a bell', '\u0007'],
		['a zero byte', 'a\u0000b'],
		['a Unicode line', 'a\u2028X-Injected: 1'],
		['a Unicode paragraph', 'a\u2029X-Injected: 1'],
		['a next line', 'a\u0085X-Injected: 1'],
		['a reversed text', '\u202egnp.exe'],
		['half a surrogate', '\ud800'],
		['what a template would read', `$\{process.env.HOME} {{7*7}} %s %d %o`],
		['a byte order mark', '\ufeff{"a":1}'],
		['an overlong mix', '\u001b[1;31m\r\n'.repeat(200)],
	];
	const encoded = (text: string): string => encodeURIComponent(text.replace('\ud800', '\ufffd'));

	test.each(texts)('%s', async (_name, text) => {
		const query = encoded(text);
		const answers: Answer[] = [
			await ask(`${regia.url}/api/series?subject=${query}&measure=${query}&from=${query}`, { token: viewer }),
			await ask(`${regia.url}/api/board?at=${query}&seq=${query}`, { token: viewer }),
			await ask(`${regia.url}/api/push/${query}?status=${query}&msg=${query}`),
			await ask(`${regia.url}/api/push/${source}?status=${query}&msg=${query}`),
			await ask(`${regia.url}/api/v1/endpoints/${query}/external?success=${query}`, { token: source, method: 'POST' }),
			await ask(`${regia.url}/api/sources/${query}/exact`, { token: lead, method: 'POST' }),
			await ask(`${regia.url}/${query}`, { headers: { accept: 'application/json' } }),
			await ask(`${regia.url}/api/samples`, {
				token: source,
				body: JSON.stringify({ samples: [{ ...moved('a0', 1, Date.now()), subject: text, unit: text }] }),
			}),
			await ask(`${regia.url}/api/marks`, { token: lead, body: JSON.stringify({ kind: text, phase: text }) }),
			await ask(`${regia.url}/api/session`, { body: JSON.stringify({ token: text }) }),
		];
		for (const answer of answers) {
			for (const [header, value] of answer.headers) expect(`${header}: ${value}`).not.toMatch(INJECTED);
			expect(answer.text).not.toMatch(CONTROL);
			expect(answer.text).not.toContain('<script>');
		}
		const raw = await sendRaw(regia.port, get('/api/board', `Authorization: Bearer ${text}\r\nUser-Agent: ${text}\r\nX-Forwarded-For: ${text}\r\n`));
		for (const [header, value] of raw.headers) expect(`${header}: ${value}`).not.toMatch(INJECTED);
	});

	test('in any line of the log', async () => {
		const log = regia.output().replace(/^Regia · [\s\S]*?(?=\n\{|$)/, '');
		expect(log).not.toMatch(CONTROL);
		for (const line of log.split('\n')) if (line.startsWith('{')) expect(() => JSON.parse(line)).not.toThrow();
		expect(log).not.toMatch(/"evil"|X-Injected/);
	});

	test('and a note keeps its words as data: one entry, one line', async () => {
		const text = 'a\r\n{"seq":1}\n\u001b[31m';
		expect((await ask(`${regia.url}/api/marks`, { token: lead, body: JSON.stringify({ kind: 'note', text }) })).status).toBe(202);
		const { text: journal } = await ask(`${regia.url}/api/journal`, { token: viewer });
		expect(journal).not.toMatch(CONTROL);
		for (const line of journal.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('seq');
	});
});

const polluted = (): readonly string[] => {
	const found: string[] = [];
	for (const key in {}) found.push(key);
	if (({} as Record<string, unknown>).polluted !== undefined) found.push('polluted');
	if (([] as unknown as Record<string, unknown>).polluted !== undefined) found.push('[].polluted');
	if ((Object as unknown as Record<string, unknown>).polluted !== undefined) found.push('Object.polluted');
	return found;
};

describe('no key sets a prototype', () => {
	const value = { polluted: true, isAdmin: true };
	const bodies: readonly (readonly [name: string, path: string, body: string])[] = [
		['a batch with __proto__', '/api/samples', '{"samples":[],"__proto__":{"polluted":true}}'],
		['a row with __proto__', '/api/samples', '{"samples":[{"__proto__":{"subject":"archive/a0"},"measure":"archive.errors","value":1}]}'],
		['a row with constructor.prototype', '/api/samples', '{"samples":[{"constructor":{"prototype":{"polluted":true}}}]}'],
		['a subject __proto__', '/api/samples', JSON.stringify({ samples: [{ ...moved('a0', 1, Date.now()), subject: 'archive/__proto__' }] })],
		['a subject constructor', '/api/samples', JSON.stringify({ samples: [{ ...moved('a0', 1, Date.now()), subject: 'archive/constructor' }] })],
		['a kind __proto__', '/api/samples', JSON.stringify({ samples: [{ ...moved('a0', 1, Date.now()), subject: '__proto__/a0' }] })],
		['a measure __proto__', '/api/samples', JSON.stringify({ samples: [{ ...moved('a0', 1, Date.now()), measure: '__proto__' }] })],
		['a measure toString', '/api/samples', JSON.stringify({ samples: [{ ...moved('a0', 1, Date.now()), measure: 'toString' }] })],
		['a mark of the kind __proto__', '/api/marks', '{"kind":"__proto__"}'],
		['a mark with __proto__', '/api/marks', '{"kind":"note","text":"x","__proto__":{"polluted":true}}'],
		['a phase __proto__', '/api/marks', '{"kind":"phase","phase":"__proto__","state":"reached"}'],
		['a service constructor', '/api/marks', '{"kind":"service","service":"constructor","state":"stopped"}'],
		['a service hasOwnProperty', '/api/marks', '{"kind":"service","service":"hasOwnProperty","state":"stopped"}'],
		['a session with __proto__', '/api/session', '{"__proto__":{"token":"x"}}'],
	];
	test.each(bodies)('%s', async (_name, path, body) => {
		const token = path === '/api/samples' ? source : lead;
		const answer = await ask(`${regia.url}${path}`, { token, body });
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expect(answer.status).toBeLessThan(500);
	});

	test.each([
		'__proto__[polluted]=1&status=up',
		'__proto__.polluted=1&status=up',
		'constructor[prototype][polluted]=1&status=up',
		'status[__proto__]=up',
		'status=__proto__',
		'status=up&__proto__=up&constructor=1',
	])('a query %s', async (query) => {
		const answer = await ask(`${regia.url}/api/push/${source}?${query}`);
		expect([200, 404]).toContain(answer.status);
		const board = await ask(`${regia.url}/api/board?${query}`, { token: viewer });
		expect(board.json).not.toHaveProperty('polluted');
	});

	test.each(['__proto__', 'constructor', 'prototype', 'toString'])('an event by the name %s', async (name) => {
		const screen = openScreen({ url: regia.url, token: lead, audience: 'desk' });
		await until('a board', () => screen.state());
		const events = screen.socket as unknown as { emitWithAck(event: string, ...rest: unknown[]): Promise<unknown> };
		expect(await events.emitWithAck(name, JSON.parse('{"__proto__":{"polluted":true}}'))).toMatchObject({ ok: false });
		screen.close();
	});

	test.each([
		'__proto__: { polluted: true }',
		'constructor: { prototype: { polluted: true } }',
		'archives: { __proto__: { polluted: true } }',
		'sources: { x: { kind: __proto__, label: X } }',
		'sources: { x: { kind: constructor, label: X } }',
		'sources: { x: { kind: push, label: X, settings: { __proto__: { polluted: true } } } }',
		'teams: { toString: { label: X } }',
		'teams: { x: { label: X, __proto__: { kind: house } } }',
		'? !!js/object {}\n: 1',
		'a: !!js/function "function(){}"',
	])('a plan with %s', async (text) => {
		const read = readPlan(`${soundPlan.replace(/^(teams|sources):/gm, '$1x:')}${text}\n`, 'piano.yaml', await loadRegistry());
		expect(read.ok).toBe(false);
		expect(polluted()).toEqual([]);
	});

	const deltas: readonly Delta[] = [
		[['__proto__/polluted', true]],
		[['__proto__', value]],
		[['archives/__proto__/polluted', true]],
		[['archives/__proto__', value]],
		[['constructor/prototype/polluted', true]],
		[['archives/constructor/prototype/polluted', true]],
		[['archives/a/constructor/__proto__/polluted', true]],
		[['toString/polluted', true]],
		[['hasOwnProperty/polluted', true]],
		[['__proto__/polluted']],
		[['__proto__']],
		[['archives/toString']],
		[['', value]],
		[['/__proto__/polluted', true]],
		[['__proto__/__proto__/polluted', true]],
		[['archives/a/__proto__/__proto__', value]],
	];
	test.each(deltas.map((delta) => [JSON.stringify(delta), delta] as const))('a delta %s', (_name, delta) => {
		const board = { archives: { a: { label: 'A' } } };
		const next = applyDelta(board, delta) as Record<string, unknown>;
		expect(polluted()).toEqual([]);
		expect(Object.getPrototypeOf(next)).toBe(Object.prototype);
		expect(Object.getPrototypeOf(next.archives)).toBe(Object.prototype);
		expect(next.archives).toMatchObject({ a: { label: 'A' } });
		expect((next as { isAdmin?: unknown }).isAdmin).toBeUndefined();
		expect((next.archives as { isAdmin?: unknown }).isAdmin).toBeUndefined();
		expect(Object.prototype.toString.call({})).toBe('[object Object]');
		expect(board).toEqual({ archives: { a: { label: 'A' } } });
	});

	test('is caught where it would be', () => {
		const victim = Object.create({ polluted: 1 }) as Record<string, unknown>;
		expect(Object.getPrototypeOf(victim)).not.toBe(Object.prototype);
		Object.defineProperty(Object.prototype, 'polluted', { value: 1, enumerable: true, configurable: true });
		const caught = polluted();
		Reflect.deleteProperty(Object.prototype, 'polluted');
		expect(caught).toContain('polluted');
		expect(polluted()).toEqual([]);
	});
});
