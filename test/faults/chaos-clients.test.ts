// Fifty screens that drop, come back and stall, while senders post, the server restarts and an older record is put back:
// in the end every board equals the record's, and no frame failed to follow on.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chance } from '../../server/rehearsal/chance.ts';
import type { Board } from '../../shared/board.ts';
import { type Audience, audiences } from '../../shared/events.ts';
import { judge } from '../../shared/judge.ts';
import { freePort } from '../kit/free-port.ts';
import { type RunningRegia, startRegia, temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { ask } from './kit/http.ts';
import { nightPlan } from './kit/night-plan.ts';
import { say, scaled } from './kit/scale.ts';
import { openScreen, type Screen, type ScreenCounts } from './kit/screen.ts';
import { type Sender, startSender } from './kit/sender.ts';

const SCREENS = 50;
const SEED = 82;
const lastsMs = scaled(60_000, 12_000);
const ARCHIVES = scaled(240, 24);
const stallsForMs = scaled(14_000, 3500);

const data = temporaryFolder('chaos');
const copy = join(temporaryFolder('copy'), 'journal.db');
let port = 0;
let regia: RunningRegia;
const tokens: Partial<Record<Audience, string>> = {};

const start = (): Promise<RunningRegia> => startRegia({ plan: nightPlan({ archives: ARCHIVES }), data, port, flags: ['--rhythm', '250'] });
const open = (audience: Audience): Screen => openScreen({ url: regia.url, token: tokens[audience] ?? '', audience });

beforeAll(async () => {
	port = await freePort();
	regia = await start();
	for (const audience of audiences) tokens[audience] = regia.token({ kind: 'display', name: audience, audience });
});
afterAll(async () => {
	await regia.stop();
	rmSync(data, { recursive: true, force: true });
});

/** Drops, returns and stalls at moments that the seed gives, until the end. */
async function misbehave(screen: Screen, n: number, end: number): Promise<void> {
	for (let step = 0; performance.now() < end; step += 1) {
		const roll = chance(SEED, `what-${n}`, step);
		await pause(Math.min(200 + chance(SEED, `when-${n}`, step) * 2500, Math.max(0, end - performance.now())));
		if (roll < 0.5) {
			screen.drop();
			await pause(100 + chance(SEED, `away-${n}`, step) * 1500);
			screen.comeBack();
		} else if (roll < 0.8) {
			screen.stall();
			await pause(500 + chance(SEED, `stalled-${n}`, step) * stallsForMs);
			screen.goOn();
		}
	}
	screen.goOn();
	if (!screen.socket.connected) screen.comeBack();
}

/** Stops the server, does something to its folder, and starts it again. */
async function restart(meanwhile: () => void): Promise<void> {
	expect(await regia.stop()).toBe(0);
	meanwhile();
	regia = await start();
}

function startSenders(): Sender[] {
	return [0, 1, 2].map((n) => {
		const archives = Array.from({ length: ARCHIVES / 3 }, (_, i) => `a${n * (ARCHIVES / 3) + i}`);
		const token = regia.token({ kind: 'source', name: `s${n}`, subjects: ['archive/*'] });
		return startSender({ url: regia.url, token, archives, rowsABatch: 1, from: Date.now() - 3_600_000, everyMs: 40 });
	});
}

async function headOf(): Promise<number> {
	const { json } = await ask(`${regia.url}/api/health`);
	return (json as { journal: { head: { seq: number } } }).journal.head.seq;
}

/** Waits until every screen stands at the record's end, which Regia's own entries may move; then each must hold the board that the record gives there. */
async function compareAll(screens: readonly { screen: Screen; audience: Audience }[]): Promise<number> {
	const standing = (): (number | undefined)[] => screens.map(({ screen }) => (screen.socket.connected ? screen.state()?.position.seq : undefined));
	const held = await until(
		'every screen stands at the head',
		async () => {
			const head = await headOf();
			return standing().every((seq) => seq === head) ? { head, states: screens.map(({ screen }) => screen.state()) } : null;
		},
		30_000,
	).catch((error: unknown) => {
		throw new Error(`screens stand at ${standing().map((seq) => seq ?? 'none')}`, { cause: error });
	});
	const now = Date.now();
	for (const audience of audiences) {
		const { json } = await ask(`${regia.url}/api/board?seq=${held.head}`, { token: tokens[audience] ?? '' });
		const truth = json as { facts: Board; epoch: string; hash: string; seq: number };
		for (const state of held.states.filter((_, nth) => screens[nth]?.audience === audience)) {
			if (!state) throw new Error('a screen has no board');
			expect(state.position).toEqual({ epoch: truth.epoch, seq: truth.seq, hash: truth.hash });
			expect(state.board).toEqual(truth.facts);
			expect(judge(state.board, now)).toEqual(judge(truth.facts, now));
		}
	}
	return held.head;
}

const sumOf = (screens: readonly { screen: Screen }[], name: keyof ScreenCounts): number =>
	screens.reduce((sum, { screen }) => sum + screen.counts[name], 0);

describe('fifty screens in trouble', () => {
	test(`hold the record's board after ${lastsMs / 1000} s of it`, async () => {
		const screens = Array.from({ length: SCREENS }, (_, n) => {
			const audience = (['wall', 'desk', 'wall', 'desk', 'wall', 'desk', 'wall', 'desk', 'field', 'press'] as const)[n % 10] ?? 'wall';
			return { screen: open(audience), audience };
		});
		await until('every screen has a board', () => screens.every(({ screen }) => screen.state() !== null));
		let senders = startSenders();
		const begun = performance.now();
		const end = begun + lastsMs;
		const trouble = screens.map(({ screen }, n) => misbehave(screen, n, end));

		await pause(lastsMs * 0.35);
		await restart(() => copyFileSync(join(data, 'journal.db'), copy));
		await pause(lastsMs * 0.25);
		// Senders are told to stop, for an older record makes what they had acknowledged unknown again.
		await Promise.all(senders.map((one) => one.stop()));
		await restart(() => {
			for (const rest of ['-wal', '-shm']) rmSync(join(data, `journal.db${rest}`), { force: true });
			copyFileSync(copy, join(data, 'journal.db'));
		});
		senders = startSenders();
		await Promise.all(trouble);
		await Promise.all(senders.map((one) => one.stop()));

		const head = await compareAll(screens);
		const names = ['frames', 'resumes', 'snapshots', 'mergedAway', 'mergedSlow', 'epochs', 'gaps', 'backward'] as const;
		say('chaos', `${SCREENS} screens to entry ${head}: ${names.map((name) => `${name} ${sumOf(screens, name)}`).join(', ')}`);
		expect(sumOf(screens, 'gaps')).toBe(0);
		expect(sumOf(screens, 'backward')).toBe(0);
		for (const name of ['resumes', 'snapshots', 'mergedAway', 'epochs'] as const) expect(sumOf(screens, name), name).toBeGreaterThan(0);
		for (const { screen } of screens) screen.close();
	});

	test('a screen that loses one frame silently is found out, and asks again', async () => {
		const screen = open('wall');
		await until('it has a board', () => screen.state() !== null);
		screen.loseOne();
		const senders = startSenders();
		await until('the gap is seen', () => screen.counts.gaps > 0);
		await Promise.all(senders.map((one) => one.stop()));
		await compareAll([{ screen, audience: 'wall' }]);
		expect(screen.counts).toMatchObject({ gaps: 1, resumes: 1 });
		screen.close();
	});
});
