// A recorded storm: 5,000 events in ten minutes through the public interface, on a real server with a wall beside it. Every P1 reaches the
// wall within two rhythms of its commit, the strip stays a few lines, what floods is grouped, memory is bounded. Bounded: the ten minutes
// in ten seconds, at a fast rhythm; REGIA_SCALE=full: at their own pace.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { footAlarms } from '../../client/tiles/foot-alarms-model.ts';
import { openSqliteJournal } from '../../server/journal/sqlite-journal.ts';
import { alarmKey } from '../../shared/board-breakdown.ts';
import { judge } from '../../shared/judge.ts';
import { alarmsIt } from '../../shared/words/it-alarms.ts';
import { postSamples } from '../faults/kit/http.ts';
import { say, scaled } from '../faults/kit/scale.ts';
import { openScreen, type Screen } from '../faults/kit/screen.ts';
import { EVENTS, HANGING, SOURCES, STORM_MS, type StormEvent, stormOf, UNRELATED } from '../kit/alarm-storm.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

const SEED = 14_081_600;
const RHYTHM_MS = scaled(1000, 500);
const PACE = scaled(1, 60);
/** Each source sends what has gathered so often. */
const SEND_EVERY_MS = scaled(1000, 100);
const STRIP_LINES = 3;
const GROUPS_AT_MOST = 30;
/** The server's heap may not grow beyond this: it would end. */
const HEAP_AT_MOST_MB = 256;

const storm = stormOf(SEED);
const ruleOf = (subject: string): string =>
	subject.startsWith('facility/') ? 'facility-too-hot' : subject.startsWith('network/') ? 'network-down' : 'service-down';

type Seen = { readonly at: number; readonly frame: number };
/** What the wall had by then, frame by frame. */
type Watched = { readonly to: number; readonly at: number };

let regia: RunningRegia;
let wall: Screen;
const frames: Watched[] = [];
/** Alarm → when the wall first had it. */
const reached = new Map<string, Seen>();
const most = { lines: 0, groups: 0, active: 0, linesBeforeFlood: 0 };
let floodAt: number | null = null;
/** Urgent subject → the entry that its fall is in. */
const fellIn = new Map<string, number>();
const memory = { before: 0, most: 0 };

const megabytes = (): number => {
	const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${regia.pid}/status`, 'utf8'))?.[1];
	return Number(line ?? 0) / 1024;
};

function watch(): void {
	wall = openScreen({
		url: regia.url,
		token: regia.token({ kind: 'display', name: 'parete', audience: 'wall' }),
		audience: 'wall',
		onFrame: (frame, followed) => {
			const at = Date.now();
			frames.push({ to: frame.to, at });
			if (followed === null) return;
			const { alarms } = followed.board;
			for (const key in alarms.active) if (!reached.has(key)) reached.set(key, { at, frame: frames.length - 1 });
			look(judge(followed.board, frame.now), frame.now);
		},
	});
}

function look({ alarms }: ReturnType<typeof judge>, now: number): void {
	const strip = footAlarms(alarms, { says: { rules: {}, remedies: {} }, own: alarmsIt, language: 'it', now, nameOf: (by) => by });
	most.lines = Math.max(most.lines, strip?.lines.length ?? 0);
	most.active = Math.max(most.active, alarms.active.length);
	if (alarms.floodSince === null) return;
	floodAt ??= alarms.floodSince;
	most.groups = Math.max(most.groups, alarms.groups.length);
}

/** What one source has to say, as it gathers; sent again by nobody, for it is all taken. */
async function sendAs(source: string, token: string, from: number): Promise<void> {
	const mine = storm.events.filter((one) => one.source === source);
	for (let next = 0; next < mine.length; ) {
		const due = (performance.now() - from) * PACE;
		const batch: StormEvent[] = [];
		for (let one = mine[next]; one !== undefined && one.at <= due; one = mine[++next]) batch.push(one);
		if (batch.length > 0) {
			const { status, json } = await postSamples(regia.url, token, rowsOf(batch));
			const { accepted, seq } = json as { accepted: number; seq: number };
			if (status !== 202 || accepted !== batch.length) throw new Error(`${status}: ${JSON.stringify(json)}`);
			for (const one of batch) if (storm.urgent.get(one.subject) === one) fellIn.set(one.subject, seq);
		}
		memory.most = Math.max(memory.most, megabytes());
		await pause(SEND_EVERY_MS);
	}
}

/** Several of one subject in one batch are a millisecond apart, so that none is taken for a repeat. */
function rowsOf(batch: readonly Omit<StormEvent, 'at'>[]): object[] {
	const now = Date.now() - batch.length;
	return batch.map(({ subject, measure, value }, n) => ({ subject, measure, value, at: new Date(now + n).toISOString() }));
}

beforeAll(
	async () => {
		const start = Date.now() - 60_000;
		const plan = storm.plan(new Date(start).toISOString(), new Date(start + 8 * 3_600_000).toISOString());
		regia = await startRegia({ plan, flags: ['--rhythm', String(RHYTHM_MS)], env: { NODE_OPTIONS: `--max-old-space-size=${HEAP_AT_MOST_MB}` } });
		const sources = Array.from({ length: SOURCES }, (_, n) => `s${n}`);
		const tokens = new Map(sources.map((name) => [name, regia.token({ kind: 'source', name, subjects: ['*'] })]));
		for (const [source, token] of tokens) await postSamples(regia.url, token, rowsOf(storm.calm.filter((one) => one.source === source)));
		watch();
		await until('the wall to have the calm board', async () => Object.keys(wall.state()?.board.services ?? {}).length > HANGING, 10_000);
		await pause(4 * RHYTHM_MS);
		expect(Object.keys(wall.state()?.board.alarms.active ?? {})).toEqual([]);
		memory.before = megabytes();
		const from = performance.now();
		await Promise.all(sources.map((source) => sendAs(source, tokens.get(source) ?? '', from)));
		await pause(4 * RHYTHM_MS);
	},
	STORM_MS / PACE + 60_000,
);
afterAll(async () => {
	wall?.close();
	await regia?.stop();
});

describe('a storm', () => {
	test('is what it says: 5,000 events, 600 that hang on three causes, twenty that hang on none', () => {
		expect([storm.events.length, new Set(storm.events.map((one) => one.subject)).size]).toEqual([EVENTS, HANGING + UNRELATED + 3]);
		expect(storm.urgent.size).toBe(HANGING / 40 + UNRELATED + 3);
		expect(stormOf(SEED).events).toEqual(storm.events);
	});

	test('every P1 reaches the wall within two rhythms of its commit', async () => {
		const seenAt = new Map<number, number>();
		const { data } = regia;
		await regia.stop();
		const journal = await openSqliteJournal(data);
		for await (const { seq, seen } of journal.read(0)) seenAt.set(seq, seen);
		await journal.close();
		const late: string[] = [];
		const took: number[] = [];
		const rhythms: number[] = [];
		for (const subject of storm.urgent.keys()) {
			const seq = fellIn.get(subject) ?? 0;
			const at = reached.get(alarmKey(ruleOf(subject), subject));
			// Frames since its commit, up to the one that brought the alarm.
			const before = frames.findLastIndex((one) => one.to < seq);
			const count = at === undefined ? Number.POSITIVE_INFINITY : at.frame - before;
			took.push(at === undefined ? Number.POSITIVE_INFINITY : at.at - (seenAt.get(seq) ?? 0));
			rhythms.push(count);
			if (count > 2) late.push(`${subject}: ${count} frames, ${took.at(-1)} ms`);
		}
		took.sort((a, b) => a - b);
		const beats = [1, 2].map((n) => rhythms.filter((one) => one === n).length);
		say(
			'alarm storm',
			`${took.length} P1s on the wall: ${beats[0]} in the first frame since their commit, ${beats[1]} in the second; ${took[Math.floor(took.length / 2)]} ms in the middle, ${took.at(-1)} ms at most, at a rhythm of ${RHYTHM_MS} ms`,
		);
		expect(late).toEqual([]);
	});

	test('floods, is grouped by its causes, and the strip stays a few lines', () => {
		const peers = storm.events.length;
		say(
			'alarm storm',
			`${peers} events: as peers show them ${peers} lines; here at most ${most.active} alarms in ${most.groups} groups, ${most.lines} lines on the strip`,
		);
		expect(floodAt).not.toBeNull();
		expect(most.groups).toBeLessThanOrEqual(GROUPS_AT_MOST);
		expect(most.lines).toBeLessThanOrEqual(STRIP_LINES);
		expect(most.active).toBeGreaterThan(HANGING / 2);
		const { groups, active } = judge(wall.state()?.board ?? never(), wall.last()?.now ?? 0).alarms;
		const counts = groups.map((one) => one.count);
		// The three causes stand first with all but the unrelated behind them.
		expect(
			groups
				.slice(0, 3)
				.map((one) => one.root)
				.sort(),
		).toEqual(['facility-too-hot:facility:ced-nord', 'network-down:network:rete-est', 'service-down:service:accesso']);
		expect(counts.slice(0, 3).reduce((a, b) => a + b, 0)).toBe(active.length - UNRELATED);
		expect(groups).toHaveLength(3 + UNRELATED);
	});

	test('does not fill the memory', () => {
		say(
			'alarm storm',
			`with a heap of ${HEAP_AT_MOST_MB} MB at most the server took all of it: ${Math.round(memory.before)} MB resident before, ${Math.round(memory.most)} MB at most`,
		);
		expect(fellIn.size).toBe(storm.urgent.size);
		expect(memory.most).toBeGreaterThan(memory.before);
	});

	test('and a wall that is told of single alarms alone would be caught', () => {
		const board = wall.state()?.board ?? never();
		const single = { ...board, alarms: { ...board.alarms, floodSince: null } };
		expect(judge(single, 0).alarms.active.length).toBeGreaterThan(GROUPS_AT_MOST);
		const unmapped = { ...board, services: Object.fromEntries(Object.entries(board.services).map(([id, one]) => [id, { ...one, needs: [] }])) };
		expect(judge(unmapped, 0).alarms.groups.length).toBeGreaterThan(GROUPS_AT_MOST);
	});
});

function never(): never {
	throw new Error('the wall has no board');
}
