// The stream over real sockets, before boards that the test makes: what comes first, the beat, slow screens, leave-taking, marks and rights.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIdentify } from '../../server/domain/may.ts';
import type { TokenGrant } from '../../server/domain/token.ts';
import { createPublisher } from '../../server/stream/publisher.ts';
import { openStream, type Stream, type StreamParts } from '../../server/stream/socket-server.ts';
import type { Board } from '../../shared/board.ts';
import type { Ack, Audience } from '../../shared/events.ts';
import type { Frame } from '../../shared/frame.ts';
import type { Mark } from '../../shared/mark.ts';
import { openScreen, type Screen } from '../faults/kit/screen.ts';
import { boardLiteral } from '../kit/board-literal.ts';
import { until } from '../kit/until.ts';

const RHYTHM_MS = 50;
const note: Mark = { kind: 'note', text: 'corridoio libero' };

const grants = new Map<string, TokenGrant>([
	['wall', { kind: 'display', name: 'parete', audience: 'wall' }],
	['lead', { kind: 'person', name: 'turno-1', duties: [{ role: 'team-lead' }] }],
	['viewer', { kind: 'person', name: 'osservatore', duties: [{ role: 'viewer' }] }],
	['source', { kind: 'source', name: 's0', subjects: ['*'] }],
	['field', { kind: 'field', name: 'genova' }],
	['press', { kind: 'person', name: 'stampa-1', duties: [{ role: 'press-author' }] }],
]);

type MarkAnswer = (answer: Ack<{ seq: number }>) => void;

let board: Board;
let seq: number;
let revoked: Set<string>;
let marking: MarkAnswer[];
let faults: unknown[];
let stream: Stream;
let http: Server;
let url: string;
let opened: Screen[];

beforeEach(async () => {
	board = boardLiteral();
	seq = 1;
	revoked = new Set();
	marking = [];
	faults = [];
	opened = [];
	http = createServer();
	const parts: StreamParts = {
		publisher: createPublisher({
			board: () => ({ position: { epoch: 'k7', seq, hash: String(seq).padStart(12, '0') }, board }),
			clock: () => ({ now: Date.now(), real: Date.now(), speed: 1 }),
			journal: () => ({ writes: true, since: 0 }),
			rhythmMs: RHYTHM_MS,
		}),
		identify: createIdentify((secret) => {
			const grant = revoked.has(secret) ? undefined : grants.get(secret);
			return grant ? { grant } : null;
		}, false),
		mark: () => new Promise((resolve) => marking.push(resolve)),
		since: async () => ({ entries: 3, marks: 1 }),
		vitals: () => undefined,
		fault: (error) => faults.push(error),
	};
	stream = openStream(http, parts);
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(async () => {
	for (const one of opened) one.close();
	await stream.close(0);
	expect(faults).toEqual([]);
});

function open(token: string, audience: Audience = 'wall', onFrame?: (frame: Frame) => void): Screen {
	const screen = openScreen({ url, token, audience, ...(onFrame ? { onFrame } : {}) });
	opened.push(screen);
	return screen;
}

/** The next board differs by one label of `bytes` characters. */
function show(bytes = 10): void {
	seq += 1;
	board = { ...board, teams: { ...board.teams, grande: { label: String(seq).padEnd(bytes, '.'), kind: 'house' } } };
}

const hasBoard = (screen: Screen): Promise<unknown> => until('a board', () => screen.state());

describe('a screen', () => {
	test('gets a snapshot first, then deltas', async () => {
		const kinds: string[] = [];
		const screen = open('wall', 'wall', (frame) => kinds.push(frame.kind));
		await hasBoard(screen);
		show();
		await until('the change is there', () => screen.state()?.position.seq === seq);
		expect(kinds[0]).toBe('snapshot');
		expect(kinds.filter((kind) => kind === 'snapshot')).toHaveLength(1);
		expect(screen.state()?.board).toEqual(board);
	});

	test('hears the server also when nothing changes, each time with a later clock', async () => {
		const frames: Frame[] = [];
		open('wall', 'wall', (frame) => frames.push(frame));
		await until('five frames', () => frames.length >= 5);
		expect(new Set(frames.map((frame) => frame.to))).toEqual(new Set([seq]));
		expect(frames.map((frame) => frame.real)).toEqual(frames.map((frame) => frame.real).toSorted((a, b) => a - b));
		expect((frames.at(-1)?.real ?? 0) - (frames[0]?.real ?? 0)).toBeGreaterThanOrEqual(RHYTHM_MS * 2);
	});

	test('that comes back goes on from where it stood, and is told how many frames that one stands for', async () => {
		const screen = open('wall');
		await hasBoard(screen);
		screen.drop();
		await until('the server saw it go', () => stream.clients() === 0);
		const beats = stream.counts.beats;
		for (let n = 1; n <= 4; n += 1) {
			show();
			await until('a beat', () => stream.counts.beats > beats + n);
		}
		screen.comeBack();
		await until('it stands at the head', () => screen.state()?.position.seq === seq);
		expect(screen.counts).toMatchObject({ snapshots: 1, resumes: 1, mergedAway: 1, gaps: 0 });
		expect(screen.state()?.board).toEqual(board);
	});

	test('that is told of the end stops waiting for frames', async () => {
		const screen = open('wall');
		await hasBoard(screen);
		const byes: number[] = [];
		screen.socket.on('bye', ({ retryMs }) => byes.push(retryMs));
		await stream.close(1500);
		await until('the bye', () => byes.length > 0);
		expect(byes).toEqual([1500]);
		await until('the connection ends', () => !screen.socket.connected);
	});

	test('that does not read does not hold up the end', async () => {
		const screen = open('wall');
		await hasBoard(screen);
		screen.stall();
		for (let n = 0; n < 30; n += 1) {
			show(400_000);
			const { beats } = stream.counts;
			await until('a beat', () => stream.counts.beats > beats);
		}
		const from = performance.now();
		await stream.close(0);
		await new Promise<void>((resolve) => http.close(() => resolve()));
		expect(performance.now() - from).toBeLessThan(3000);
		screen.goOn();
	});

	test('whose token is revoked gets no more frames', async () => {
		const screen = open('wall');
		const other = open('viewer');
		await Promise.all([hasBoard(screen), hasBoard(other)]);
		revoked.add('wall');
		await until('it is shown out', () => !screen.socket.connected, 2000);
		await until('it is told why when it comes back', () => screen.refusal()?.code === 'unauthorised');
		expect(other.socket.connected).toBe(true);
	});
});

describe('a screen that does not read', () => {
	const BYTES = 400_000;

	test('is taken out of the beat, delays nobody, and gets one merged frame when it reads again', async () => {
		const arrivals: number[] = [];
		const slow = open('wall');
		const quick = open('viewer', 'wall', () => arrivals.push(performance.now()));
		await Promise.all([hasBoard(slow), hasBoard(quick)]);
		slow.stall();
		const before = slow.counts.frames;
		const from = seq;
		const begun = arrivals.length;
		// 60 × 0.4 MB: more than any kernel keeps for one connection.
		for (let n = 0; n < 60; n += 1) {
			show(BYTES);
			await until('the quick one has it', () => quick.state()?.position.seq === seq, 5000);
		}
		const gaps = arrivals.slice(begun).map((at, i, all) => at - (all[i - 1] ?? at));
		slow.goOn();
		await until('the slow one stands at the head', () => slow.state()?.position.seq === seq, 20_000);
		expect(slow.counts).toMatchObject({ gaps: 0, snapshots: 1 });
		expect(slow.counts.mergedSlow).toBeGreaterThan(0);
		expect(slow.counts.frames - before).toBeLessThan(seq - from);
		expect(slow.state()?.board).toEqual(board);
		expect(quick.counts).toMatchObject({ gaps: 0, mergedSlow: 0 });
		expect(gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]).toBeLessThan(RHYTHM_MS * 4);
		console.info(`slow screen: ${slow.counts.frames - before} frames for ${seq - from} beats, ${slow.counts.mergedSlow} of them merged`);
	});

	test('and asks over and over is not sent more than it can take', async () => {
		const slow = open('wall');
		await hasBoard(slow);
		show(BYTES);
		await until('it stands at the head', () => slow.state()?.position.seq === seq);
		const sent = stream.counts.snapshots;
		slow.stall();
		for (let n = 0; n < 300; n += 1) slow.socket.emit('resume', { epoch: 'k6', seq: 1, hash: '' }, () => undefined);
		const beats = stream.counts.beats;
		await until('the server has heard it', () => stream.counts.beats > beats + 10);
		expect(stream.counts.snapshots - sent).toBeLessThan(100);
		slow.goOn();
		show();
		await until('it stands at the head again', () => slow.state()?.position.seq === seq, 20_000);
	});
});

describe('events', () => {
	test('a mark is acknowledged when it is kept, and not before', async () => {
		const screen = open('lead', 'desk');
		await hasBoard(screen);
		let answer: unknown = null;
		screen.socket.emit('mark', note, (ack) => {
			answer = ack;
		});
		await until('the record has been asked', () => marking.length === 1);
		const { beats } = stream.counts;
		await until('three beats', () => stream.counts.beats >= beats + 3);
		expect(answer).toBeNull();
		marking[0]?.({ ok: true, seq: 9 });
		await until('the answer', () => answer);
		expect(answer).toEqual({ ok: true, seq: 9 });
	});

	test('a mark by someone who may not is refused and never asked for', async () => {
		for (const token of ['viewer', 'wall']) {
			const screen = open(token);
			await hasBoard(screen);
			expect(await screen.socket.emitWithAck('mark', note)).toMatchObject({ ok: false, code: 'not-permitted' });
		}
		expect(marking).toEqual([]);
	});

	test('a mark over a connection whose token is revoked is refused at once', async () => {
		const screen = open('lead', 'desk');
		await hasBoard(screen);
		revoked.add('lead');
		const answer = await Promise.race([
			screen.socket.emitWithAck('mark', note),
			until('it is shown out', () => !screen.socket.connected).then(() => 'shown out' as const),
		]);
		expect(answer === 'shown out' || (!answer.ok && answer.code === 'not-permitted')).toBe(true);
		expect(marking).toEqual([]);
	});

	test('vitals and since are answered', async () => {
		const screen = open('wall');
		await hasBoard(screen);
		expect(await screen.socket.emitWithAck('vitals', { seq, paintMs: 4, heapBytes: null, clockOffsetMs: 0 })).toEqual({ ok: true });
		expect(await screen.socket.emitWithAck('since', { epoch: 'k7', seq: 1, hash: '' })).toEqual({ ok: true, entries: 3, marks: 1 });
	});
});

describe('who may watch', () => {
	test.each([
		['no token', '', 'wall', 'unauthorised'],
		['an unknown token', 'x', 'wall', 'unauthorised'],
		['a source', 'source', 'wall', 'unauthorised'],
		['a display of another audience', 'wall', 'desk', 'not-permitted'],
		['the ward on the wall', 'field', 'wall', 'not-permitted'],
		['the press on the desk', 'press', 'desk', 'not-permitted'],
	] as const)('%s is refused', async (_who, token, audience, code) => {
		const screen = open(token, audience);
		await until('a refusal', () => screen.refusal());
		expect(screen.refusal()).toMatchObject({ code });
		expect(screen.state()).toBeNull();
	});

	test.each([
		['a display', 'wall', 'wall'],
		['the ward', 'field', 'field'],
		['the press', 'press', 'press'],
		['a viewer at the desk', 'viewer', 'desk'],
	] as const)('%s is shown in', async (_who, token, audience) => {
		const screen = open(token, audience);
		await hasBoard(screen);
		expect(screen.refusal()).toBeNull();
	});
});
