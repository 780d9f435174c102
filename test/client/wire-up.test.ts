// @vitest-environment happy-dom
// Frames into the store: applied in order, asked for again where one is missing, and nothing cleared on disconnect.
import { expect, test, vi } from 'vitest';
import { createBoardStore, type Pace } from '../../client/store/board-store.ts';
import { sameShape } from '../../client/store/same-shape.ts';
import { RESORT_AFTER_MS, stickyOrder } from '../../client/store/sticky-order.ts';
import { type WirePorts, wireUp } from '../../client/store/wire-up.ts';
import { diff } from '../../shared/delta.ts';
import type { DeltaFrame, Frame } from '../../shared/frame.ts';
import { judgeEr } from '../../shared/judge-er.ts';
import { boardLiteral, literalNow, snapshotOf, sourceLiteral } from '../kit/board-literal.ts';
import { siteFacts } from '../kit/er-literal.ts';

const board = boardLiteral();
const renamed = boardLiteral({ plan: { id: 'san-martino', name: 'Nuovo nome', digest: '1', seq: 2 } });

function wired(rest: Partial<WirePorts> = {}) {
	const store = createBoardStore();
	let pace: Pace | null = null;
	let asked = 0;
	const wire = wireUp(store, {
		hear: ({ frame }) => {
			pace = { now: frame.now, streamAgeMs: 0, skewMs: 0, speed: frame.speed };
		},
		pace: () => pace,
		askAgain: () => {
			asked += 1;
		},
		...rest,
	});
	const receive = (...frames: Frame[]): void => wire.receive(frames.map((frame) => ({ frame, at: { steady: 0, wall: 0 } })));
	const setPace = (next: Pace): void => {
		pace = next;
	};
	return { store, wire, receive, asked: () => asked, setPace };
}

const delta = (from: number, to: number, merged?: number): DeltaFrame => ({
	...snapshotOf(board, { to }),
	kind: 'delta',
	from,
	ops: diff(board, renamed),
	...(merged === undefined ? {} : { merged }),
});

test('a snapshot, then a delta', () => {
	const { store, receive, wire } = wired();
	receive(snapshotOf(board), delta(1, 2));
	expect(store.getState().judged?.plan?.name).toBe('Nuovo nome');
	expect(wire.position()).toEqual({ epoch: 'literal', seq: 2, hash: '000000000000' });
});

test('a frame that does not follow on changes nothing and is asked for again', () => {
	const { store, receive, asked, wire } = wired();
	receive(snapshotOf(board), delta(5, 6));
	expect(asked()).toBe(1);
	expect(wire.position()?.seq).toBe(1);
	expect(store.getState().judged?.plan?.name).toBe('San Martino');
});

test('the board stays on disconnect, and ages by the clock alone', () => {
	const { store, receive, wire, setPace } = wired();
	receive(snapshotOf(board));
	expect(store.getState().judged?.archives['cce-db']?.standing).toBe('good');
	wire.linkIs('offline');
	setPace({ now: literalNow + 120_000, streamAgeMs: 120_000, skewMs: 0, speed: 1 });
	wire.tick();
	expect(store.getState().followed?.board).toEqual(board);
	expect(store.getState().judged?.archives['cce-db']?.standing).toBe('blind');
});

test.each([
	['saw to the last', 0, false, null],
	['was blind already', 40_000, true, 10_000],
])('a screen that loses its link infers nothing about Regia, which %s', (_what, silentMs, isBlind, sinceMs) => {
	const canary = sourceLiteral('Canarino', 'tcp', { talkedAt: literalNow - silentMs, staleAfterMs: 30_000 });
	const { store, receive, wire, setPace } = wired();
	receive(snapshotOf(boardLiteral({ sources: { canarino: canary }, canaries: ['canarino'] })));
	wire.linkIs('offline');
	setPace({ now: literalNow + 72_000, streamAgeMs: 72_000, skewMs: 0, speed: 1 });
	wire.tick();
	const { judged } = store.getState();
	expect(judged?.observer).toEqual({ isBlind, since: sinceMs === null ? null : literalNow - sinceMs });
	expect([judged?.now, judged?.sources.canarino?.standing]).toEqual([literalNow + 72_000, 'blind']);
});

test('a merge is said, and stops being news', () => {
	const { store, receive, wire } = wired();
	receive(snapshotOf(board), delta(1, 2, 7));
	expect(store.getState().merged).toBe(7);
	for (let i = 0; i < 30; i += 1) wire.tick();
	expect(store.getState().merged).toBe(0);
});

test.each([
	[{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, true],
	[{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, false],
	[{ a: undefined }, { b: undefined }, false],
	[[], {}, false],
	[null, {}, false],
])('sameShape(%j, %j) is %s', (a, b, same) => {
	expect(sameShape(a, b)).toBe(same);
});

test('a list re-sorts only when a standing changed, at most once a minute', () => {
	const row = (id: string, standing: 'good' | 'bad', complete: number) => ({ id, standing, complete });
	const first = stickyOrder(null, [row('a', 'good', 0.5), row('b', 'good', 0.2)], 0);
	expect(first.ids).toEqual(['b', 'a']);
	const overtaken = [row('a', 'good', 0.5), row('b', 'good', 0.9)];
	expect(stickyOrder(first, overtaken, 10 * RESORT_AFTER_MS).ids).toEqual(['b', 'a']);
	const broken = [row('a', 'bad', 0.5), row('b', 'good', 0.9)];
	expect(stickyOrder(first, broken, RESORT_AFTER_MS - 1).ids).toEqual(['b', 'a']);
	expect(stickyOrder(first, broken, RESORT_AFTER_MS).ids).toEqual(['a', 'b']);
});

const withSites = () => snapshotOf(boardLiteral({ sites: { ps: siteFacts('PS', 20, 40) } }));

test('a board without emergency rooms never asks for how they are judged', () => {
	const { store, receive } = wired({ loadJudgeEr: () => Promise.reject(new Error('asked')) });
	receive(snapshotOf(board));
	expect(store.getState().judged?.er).toBeNull();
});

test('the first board with emergency rooms is shown once their part is there', async () => {
	const { store, receive } = wired({ loadJudgeEr: async () => judgeEr });
	receive(withSites());
	expect(store.getState().judged).toBeNull();
	await vi.waitFor(() => expect(Object.keys(store.getState().judged?.er?.sites ?? {})).toEqual(['ps']));
});

test('where that part cannot be had the rest is shown after a few ticks, and it is asked for again', async () => {
	let asked = 0;
	const { store, receive, wire } = wired({
		loadJudgeEr: () => {
			asked += 1;
			return asked < 3 ? Promise.reject(new Error('not there')) : Promise.resolve(judgeEr);
		},
	});
	receive(withSites());
	for (let tick = 0; tick < 5; tick += 1) {
		wire.tick();
		await Promise.resolve();
		if (asked < 3) expect(store.getState().judged?.er ?? null).toBeNull();
	}
	await vi.waitFor(() => expect(store.getState().judged?.er).not.toBeNull());
	expect(asked).toBe(3);
});
