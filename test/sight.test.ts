// Bad news of a probe and the plan's canaries: who is asked, what their silence means, and that the moment of recovery makes nothing fall.
import { describe, expect, test } from 'vitest';
import type { Look } from '../server/connectors/connector.ts';
import { type Poller, startPoller } from '../server/connectors/poller.ts';
import { watchSight } from '../server/sight.ts';
import { fakeTimers } from './connectors/fake-timers.ts';

const up = (value: number): Look => ({ ok: true, readings: [{ subject: 'service/s', measure: 'service.up', value, at: 1 }] });
const answering = (value: boolean | null): Pick<Poller, 'answersNow'> => ({ answersNow: async () => value });
const sight = (canaries: Readonly<Record<string, Pick<Poller, 'answersNow'>>>, names = Object.keys(canaries)) =>
	watchSight({ canaries: names, pollers: new Map(Object.entries(canaries)), sources: () => ({}), now: () => 0 });

describe('the plan’s canaries', () => {
	test.each([
		['none is named', {}, 'unasked'],
		['one answers', { a: answering(true), b: answering(false) }, true],
		['none answers', { a: answering(false), b: answering(false) }, false],
		['one is reached that is no probe', { a: answering(null) }, true],
	] as const)('%s', async (_what, canaries, expected) => {
		expect(await sight(canaries).canSee('sonda')).toBe(expected);
	});

	test('a canary that asks does not ask itself', async () => {
		expect(await sight({ a: answering(true) }).canSee('a')).toBe(false);
		expect(await sight({ a: answering(true), b: answering(true) }).canSee('a')).toBe(true);
	});

	test.each([
		['heard of lately', { why: null, beat: 1, talkedAt: 95, staleAfterMs: 10 }, true],
		['saying of itself that it is down', { why: null, beat: 0, talkedAt: 95, staleAfterMs: 10 }, false],
		['silent for too long', { why: null, beat: null, talkedAt: 80, staleAfterMs: 10 }, false],
		['failing', { why: 'timeout' as const, beat: null, talkedAt: 95, staleAfterMs: 10 }, false],
		['never heard of', { why: null, beat: null, talkedAt: null, staleAfterMs: 10 }, false],
	])('a canary that speaks to us, %s', async (_what, live, expected) => {
		const pushed = watchSight({ canaries: ['a'], pollers: new Map(), sources: () => ({ a: { live } }), now: () => 100 });
		expect(await pushed.canSee('sonda')).toBe(expected);
	});

	test('the first that answers is enough', async () => {
		const slow: Pick<Poller, 'answersNow'> = { answersNow: () => new Promise(() => undefined) };
		expect(await sight({ a: slow, b: answering(true) }).canSee('sonda')).toBe(true);
	});
});

describe('a probe that finds its target down', () => {
	function start(looks: () => Look, canSee: () => boolean | 'unasked') {
		const timers = fakeTimers();
		const emitted: Look[] = [];
		let reads = 0;
		startPoller({
			reader: {
				async read() {
					reads += 1;
					return looks();
				},
				async close() {},
			},
			source: { every: 5000, timeout: 4000 },
			now: timers.now,
			random: () => 0.5,
			timers,
			async emit(look) {
				emitted.push(look);
			},
			canaryAnswers: canSee,
		});
		return { timers, emitted, reads: () => reads };
	}
	const told = (look: Look | undefined): unknown => (look?.ok ? look.readings[0]?.value : look?.why);

	test('says so where no canary is named', async () => {
		const { timers, emitted, reads } = start(
			() => up(0),
			() => 'unasked',
		);
		await timers.pass(1000);
		expect([emitted.map(told), reads()]).toEqual([[0], 1]);
	});

	test('is blind where none answers, and looks as often as before', async () => {
		const { timers, emitted } = start(
			() => up(0),
			() => false,
		);
		await timers.pass(61_000);
		expect(emitted.length).toBeGreaterThanOrEqual(12);
		expect(new Set(emitted.map(told))).toEqual(new Set(['observer-blind']));
	});

	test('looks once more before it says so for the first time, and then no more', async () => {
		const { timers, emitted, reads } = start(
			() => up(0),
			() => true,
		);
		await timers.pass(11_000);
		expect([emitted.map(told), reads()]).toEqual([[0, 0, 0], 4]);
	});

	test('does not fall at the moment when sight comes back', async () => {
		// Its own look ended before, the canary is asked after.
		let isCut = true;
		const { timers, emitted } = start(
			() => up(isCut ? 0 : 1),
			() => {
				isCut = false;
				return true;
			},
		);
		await timers.pass(1000);
		expect(emitted.map(told)).toEqual([1]);
	});

	test('does not fall at the moment when sight goes', async () => {
		let asked = 0;
		const { timers, emitted } = start(
			() => up(0),
			() => {
				asked += 1;
				return asked === 1;
			},
		);
		await timers.pass(1000);
		expect(emitted.map(told)).toEqual(['observer-blind']);
	});
});
