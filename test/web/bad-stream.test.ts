// What may not be on the stream: each bad handshake and event has a cause of its own, is answered with its code, and leaves the server well.

import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { ask, healthOf } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

let regia: RunningRegia;
let open: RunningRegia;
const tokens: Record<string, string> = {};
const sockets: Socket[] = [];

beforeAll(async () => {
	[regia, open] = await Promise.all([
		startRegia({ plan: nightPlan(), flags: ['--rhythm', '250'] }),
		startRegia({ flags: ['--rehearse', 'san-martino', '--open', '--speed', '1'] }),
	]);
	tokens.source = regia.token({ kind: 'source', name: 's0', subjects: ['*'] });
	tokens.viewer = regia.token({ kind: 'person', name: 'osservatore', duties: [{ role: 'viewer' }] });
	tokens.lead = regia.token({ kind: 'person', name: 'turno-1', duties: [{ role: 'team-lead' }] });
	tokens.wall = regia.token({ kind: 'display', name: 'parete', audience: 'wall' });
	tokens.field = regia.token({ kind: 'field', name: 'genova' });
	tokens.revoked = regia.token({ kind: 'person', name: 'uscito', duties: [{ role: 'commander' }] });
	const store = openTokenStore(regia.data);
	for (const row of store.list()) if (row.grant.name === 'uscito') store.revoke(row.id, Date.now());
	store.close();
});
afterAll(() => Promise.all([regia.stop(), open.stop()]));
afterEach(async () => {
	for (const one of sockets.splice(0)) one.close();
	expect(await healthOf(regia.url)).toBe(200);
	expect(regia.output()).not.toMatch(/"level":[56]0/);
});

type Refusal = { code: string; message: string };

/** Knocks with any auth and headers; resolves with how it was refused, or null where it was let in. */
function knock(url: string, auth: object, extraHeaders: Record<string, string> = {}): Promise<Refusal | null> {
	const socket = io(url, { path: '/live', transports: ['websocket'], forceNew: true, reconnection: false, auth, extraHeaders });
	sockets.push(socket);
	return new Promise((resolve) => {
		socket.once('frame', () => resolve(null));
		socket.once('connect_error', (error: Error & { data?: Refusal }) => resolve(error.data ?? { code: error.message, message: '' }));
	});
}

describe('a bad handshake', () => {
	const at = { epoch: 'k7', seq: 1, hash: 'ab' };
	type Row = readonly [cause: string, auth: object, code: string, headers?: Record<string, string>];
	const rows: readonly Row[] = [
		['no audience', { token: '$viewer' }, 'bad-handshake'],
		['an audience that is none', { token: '$viewer', audience: 'tetto' }, 'bad-handshake'],
		['an unknown key', { token: '$viewer', audience: 'wall', role: 'commander' }, 'bad-handshake'],
		['a token that is no text', { token: 7, audience: 'wall' }, 'bad-handshake'],
		['a token of 201 characters', { token: 'x'.repeat(201), audience: 'wall' }, 'bad-handshake'],
		['a position without its hash', { token: '$viewer', audience: 'wall', at: { epoch: 'k7', seq: 1 } }, 'bad-handshake'],
		['a position with a negative seq', { token: '$viewer', audience: 'wall', at: { ...at, seq: -1 } }, 'bad-handshake'],
		['a position with half a seq', { token: '$viewer', audience: 'wall', at: { ...at, seq: 0.5 } }, 'bad-handshake'],
		['a position that is a text', { token: '$viewer', audience: 'wall', at: 'k7/1' }, 'bad-handshake'],
		['no token', { audience: 'wall' }, 'unauthorised'],
		['a token that is none', { token: 'x', audience: 'wall' }, 'unauthorised'],
		['a revoked token', { token: '$revoked', audience: 'wall' }, 'unauthorised'],
		["a source's token", { token: '$source', audience: 'wall' }, 'unauthorised'],
		['a display of another audience', { token: '$wall', audience: 'desk' }, 'not-permitted'],
		['the ward at the desk', { token: '$field', audience: 'desk' }, 'not-permitted'],
		['a cookie from another site', { audience: 'wall' }, 'unauthorised', { cookie: 'regia=$viewer', origin: 'https://altrove.example' }],
		['an expired cookie', { audience: 'wall' }, 'unauthorised', { cookie: 'regia=$revoked' }],
	];
	const filled = <T extends object>(value: T): T =>
		JSON.parse(JSON.stringify(value).replace(/\$(\w+)/g, (_all, name: string) => tokens[name] ?? '')) as T;

	test.each(rows.map(([cause, auth, code, headers = {}]) => [cause, auth, code, headers] as const))(
		'with %s is refused',
		async (_cause, auth, code, headers) => {
			const refusal = await knock(regia.url, filled(auth), filled(headers));
			expect(refusal).toMatchObject({ code });
			expect(JSON.stringify(refusal)).not.toMatch(/node_modules|\/work\/|\.ts:/);
		},
	);

	test.each([
		['another name for this machine', { host: 'regia.altrove.example' }],
		['our name, from another page', { origin: 'https://altrove.example' }],
	] as const)('under %s is refused by an open rehearsal', async (_cause, headers) => {
		expect(await knock(open.url, { audience: 'wall' }, { ...headers })).toMatchObject({ code: 'unauthorised' });
		expect(await knock(open.url, { audience: 'wall' })).toBeNull();
	});

	test('with a position of another record is no fault: a snapshot comes', async () => {
		expect(await knock(regia.url, { token: tokens.viewer, audience: 'wall', at })).toBeNull();
	});

	test('in no shape of the protocol is answered with what is wrong', async () => {
		for (const query of ['EIO=4&transport=carrier-pigeon', 'EIO=2&transport=polling', 'EIO=4&transport=polling&sid=nobody']) {
			const { status, json, text } = await ask(`${regia.url}/live/?${query}`);
			expect(status).toBe(400);
			expect(json).toEqual({ code: expect.any(Number), message: expect.any(String) });
			expect(text).not.toMatch(/node_modules|\/work\/|\.ts:/);
		}
	});
});

describe('a bad event', () => {
	const note = { kind: 'note', text: 'x' };
	test.each([
		['an unknown event', 'dance', [{}], 'unknown-event'],
		['an event by the name of a prototype', 'constructor', [{}], 'unknown-event'],
		["the server's own event", 'frame', [{}], 'unknown-event'],
		['a mark without a payload', 'mark', [], 'malformed'],
		['a mark that is a text', 'mark', ['note'], 'malformed'],
		['a mark of an unknown kind', 'mark', [{ kind: 'dance' }], 'malformed'],
		['a note of 501 characters', 'mark', [{ kind: 'note', text: 'x'.repeat(501) }], 'malformed'],
		['an unknown key of a mark', 'mark', [{ ...note, by: 'altri' }], 'malformed'],
		['bytes for a mark', 'mark', [new Uint8Array([1, 2, 3])], 'malformed'],
		['vitals with a text', 'vitals', [{ seq: 1, paintMs: 'x', heapBytes: null, clockOffsetMs: 0 }], 'malformed'],
		['vitals with a negative seq', 'vitals', [{ seq: -1, paintMs: 1, heapBytes: null, clockOffsetMs: 0 }], 'malformed'],
		['a resume without a position', 'resume', [null], 'malformed'],
		['a resume with half a seq', 'resume', [{ epoch: 'k7', seq: 1.5, hash: '' }], 'malformed'],
		['a since without an epoch', 'since', [{ seq: 1, hash: '' }], 'malformed'],
		['a mark by a viewer', 'mark', [note], 'not-permitted'],
	] as const)('%s is answered with its code', async (_cause, event, payload, code) => {
		const screen = openScreen({ url: regia.url, token: code === 'malformed' ? (tokens.lead ?? '') : (tokens.viewer ?? ''), audience: 'wall' });
		await until('a board', () => screen.state());
		const socket = screen.socket as unknown as { emitWithAck(event: string, ...rest: unknown[]): Promise<unknown> };
		expect(await socket.emitWithAck(event, ...payload)).toEqual({ ok: false, code, message: expect.stringMatching(/./) });
		const { frames } = screen.counts;
		await until('frames go on', () => screen.counts.frames > frames);
		screen.close();
	});

	test('that asks for no answer harms nothing', async () => {
		const screen = openScreen({ url: regia.url, token: tokens.viewer ?? '', audience: 'wall' });
		await until('a board', () => screen.state());
		const socket = screen.socket as unknown as { emit(event: string, ...rest: unknown[]): void };
		for (const event of ['mark', 'resume', 'since', 'dance']) socket.emit(event, { any: 'thing' });
		const { frames } = screen.counts;
		await until('frames go on', () => screen.counts.frames > frames + 1);
		screen.close();
	});

	test('of 100 kB ends its own connection and nobody else’s', async () => {
		const quiet = openScreen({ url: regia.url, token: tokens.viewer ?? '', audience: 'wall' });
		const loud = openScreen({ url: regia.url, token: tokens.viewer ?? '', audience: 'wall' });
		await until('boards', () => quiet.state() && loud.state());
		let ended = '';
		loud.socket.on('disconnect', (reason) => {
			ended = reason;
		});
		(loud.socket as unknown as { emit(event: string, payload: string): void }).emit('mark', 'x'.repeat(100_000));
		await until('its end', () => ended !== '');
		const { frames } = quiet.counts;
		await until('frames go on', () => quiet.counts.frames > frames && quiet.socket.connected);
		quiet.close();
		loud.close();
	});
});
