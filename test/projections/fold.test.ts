// The fold: entries become facts; standings, ages and sums follow from them at any moment; a checkpoint is as good as the entries.
import { describe, expect, it } from 'vitest';
import { applyEntry, boardOf, emptyFacts, type Facts } from '../../server/projections/fold.ts';
import type { Draft } from '../../shared/entry.ts';
import { judge } from '../../shared/judge.ts';
import type { MeasureName } from '../../shared/measures.ts';
import { planSchema } from '../../shared/plan.ts';
import type { Subject } from '../../shared/subject.ts';

const start = Date.parse('2025-10-21T17:00:00Z');
const plan = planSchema.parse({
	programme: { id: 'test', name: 'Test' },
	cutover: {
		id: 'night',
		name: 'Night',
		window: { start: '2025-10-21T19:00:00+02:00', end: '2025-10-22T05:00:00+02:00' },
		phases: [{ id: 'stop', label: 'Stop', at: '2025-10-21T19:30:00+02:00' }],
	},
	archives: { a: { label: 'A', staleAfter: '60s', advanceWithin: '5min' }, b: { label: 'B', total: '2 kB', staleAfter: '60s' } },
	services: {
		ps: { label: 'PS', priority: 1, staleAfter: '60s', planned: [{ from: '2025-10-21T19:10:00+02:00', to: '2025-10-21T19:20:00+02:00' }] },
	},
	sources: { one: { kind: 'push', label: 'One' } },
});

/** A night as lines: seconds after the start, and what was said. */
function play(...lines: [seconds: number, draft: Draft][]): Facts {
	const facts = emptyFacts();
	const planned: Draft = { kind: 'plan', plan, text: '', digest: 'd', by: 'test', rehearsal: true };
	[[0, planned] as const, ...lines].forEach(([seconds, draft], i) => {
		applyEntry(facts, { v: 1, seq: i + 1, seen: start + seconds * 1000, ...draft });
	});
	return facts;
}

const said = (seconds: number, subject: Subject, values: Partial<Record<MeasureName, number | null>>): [number, Draft] => [
	seconds,
	{
		kind: 'samples',
		source: 'one',
		samples: Object.entries(values).map(([measure, value]) => ({
			subject,
			measure: measure as MeasureName,
			value,
			at: start + seconds * 1000,
			...(value === null ? { why: 'timeout' as const } : {}),
		})),
	},
];
const at = (facts: Facts, seconds: number) => judge(boardOf(facts), start + seconds * 1000);

describe('archives', () => {
	it('are blind until something is reported, with null and never 0', () => {
		expect(at(play(), 1).archives.a).toMatchObject({ moved: null, total: null, standing: 'blind', reason: 'never-reported', ageMs: null });
	});

	it('go blind by silence alone, keep their last position, and lose the figures of the moment', () => {
		const facts = play(
			said(0, 'archive/a', { 'archive.bytesMoved': 0, 'archive.bytesTotal': 1000 }),
			said(10, 'archive/a', { 'archive.bytesMoved': 100, 'archive.bytesTotal': 1000, 'archive.lag': 2 }),
		);
		expect(at(facts, 70).archives.a).toMatchObject({ moved: 100, rate: 10, lag: 2, standing: 'good', ageMs: 60_000 });
		expect(at(facts, 71).archives.a).toMatchObject({ moved: 100, rate: null, lag: null, standing: 'blind', reason: 'silent', ageMs: 61_000 });
	});

	it('that are copied are not done; stuck at 100 % is told in minutes; verified is done', () => {
		const full = { 'archive.bytesMoved': 1000, 'archive.bytesTotal': 1000, 'archive.bytesVerified': 400 };
		const lines = [0, 60, 120, 180, 240, 300, 330].map((second) => said(second, 'archive/a', full));
		expect(at(play(...lines.slice(0, 5)), 250).archives.a).toMatchObject({ done: false, standing: 'good' });
		expect(at(play(...lines), 331).archives.a).toMatchObject({ done: false, standing: 'watch', reason: 'stuck-at-100' });
		expect(at(play(...lines, said(340, 'archive/a', { ...full, 'archive.bytesVerified': 1000 })), 341).archives.a).toMatchObject({
			done: true,
			standing: 'good',
		});
	});

	it('that are done are not shown as done once silent', () => {
		const facts = play(said(0, 'archive/a', { 'archive.bytesMoved': 9, 'archive.bytesTotal': 9, 'archive.bytesVerified': 9 }));
		expect(at(facts, 1).archives.a).toMatchObject({ done: true });
		expect(at(facts, 62).archives.a).toMatchObject({ done: false, standing: 'blind' });
	});

	it('keep their last figure under a blind reading', () => {
		const facts = play(
			said(0, 'archive/a', { 'archive.bytesMoved': 5, 'archive.bytesTotal': 9 }),
			said(1, 'archive/a', { 'archive.bytesMoved': null }),
		);
		expect(at(facts, 2).archives.a).toMatchObject({ moved: 5 });
	});

	it('that moved more than there is are neither done nor good', () => {
		const facts = play(said(0, 'archive/a', { 'archive.bytesMoved': 12, 'archive.bytesTotal': 9, 'archive.bytesVerified': 9 }));
		expect(at(facts, 1).archives.a).toMatchObject({ done: false, standing: 'watch', reason: 'beyond-total' });
		expect(at(facts, 1).rollup.done).toBe(0);
	});

	it('say that a total grows, and for how long', () => {
		const facts = play(
			said(0, 'archive/a', { 'archive.bytesMoved': 1, 'archive.bytesTotal': 5 }),
			said(9, 'archive/a', { 'archive.bytesMoved': 2, 'archive.bytesTotal': 7 }),
		);
		expect(at(facts, 10).archives.a?.totalGrowing).toBe(true);
		expect(at(facts, 400).archives.a?.totalGrowing).toBe(false);
	});
});

describe('the sum', () => {
	it('takes the worst age of its inputs and names the input', () => {
		const facts = play(
			said(0, 'archive/b', { 'archive.bytesMoved': 5 }),
			said(30, 'archive/a', { 'archive.bytesMoved': 100, 'archive.bytesTotal': 1000 }),
		);
		const { rollup } = at(facts, 40);
		expect(rollup).toMatchObject({
			moved: 105,
			total: 3000,
			counted: 2,
			of: 2,
			ageMs: 40_000,
			oldest: { subject: 'archive/b', measure: 'archive.bytesMoved' },
		});
		expect(at(facts, 61).rollup).toMatchObject({ standing: 'blind', rate: null, moved: 105 });
	});

	it('counts what never reported as older than any age', () => {
		const facts = play(said(0, 'archive/a', { 'archive.bytesMoved': 1, 'archive.bytesTotal': 5 }));
		expect(at(facts, 1).rollup).toMatchObject({ standing: 'blind', counted: 1, of: 2, oldest: { subject: 'archive/b', ageMs: null } });
	});
});

describe('services', () => {
	const minute = 60;
	const every30 = (from: number, to: number, up: 0 | 1) =>
		Array.from({ length: (to - from) / 30 }, (_one, i) => said(from + i * 30, 'service/ps', { 'service.up': up }));

	it('book planned, overrun, unplanned and unknown minutes apart', () => {
		const facts = play(
			...every30(0, 10 * minute, 1),
			...every30(10 * minute, 25 * minute, 0),
			...every30(25 * minute, 30 * minute, 1),
			...every30(30 * minute, 32 * minute, 0),
			said(32 * minute, 'service/ps', { 'service.up': 1 }),
		);
		const { downMs } = at(facts, 40 * minute).services.ps ?? {};
		expect(downMs).toEqual({ planned: 600_000, overrun: 300_000, unplanned: 120_000, unknown: 7 * 60_000 });
	});

	it('that nobody has looked at are unobserved since the window began', () => {
		expect(at(play(), 90).services.ps?.downMs).toEqual({ planned: 0, overrun: 0, unplanned: 0, unknown: 90_000 });
	});

	it('tell who answers, and both answering is bad', () => {
		const say = (old: number, fresh: number) => at(play(said(0, 'service/ps', { 'service.upOld': old, 'service.upNew': fresh })), 1).services.ps;
		expect(say(1, 0)).toMatchObject({ side: 'old', standing: 'good' });
		expect(say(0, 1)).toMatchObject({ side: 'new', standing: 'good' });
		expect(say(1, 1)).toMatchObject({ side: 'both', standing: 'bad' });
		expect(say(0, 0)).toMatchObject({ side: 'none', standing: 'bad' });
	});

	it('are blind, not bad, where Regia could not look', () => {
		const facts = play(said(0, 'service/ps', { 'service.up': 1 }), said(30, 'service/ps', { 'service.up': null }));
		expect(at(facts, 31).services.ps).toMatchObject({ standing: 'blind', reason: 'cannot-look', up: null });
	});
});

describe('sources', () => {
	it('show talks, moves and advances as three lamps', () => {
		const same = { 'archive.bytesMoved': 100, 'archive.bytesTotal': 1000 };
		const lines = Array.from({ length: 12 }, (_one, i) => said(i * 30, 'archive/a', { ...same, 'archive.checks': i < 6 ? i : 6 }));
		expect(at(play(...lines), 331).sources.one).toMatchObject({ talks: true, moves: false, advances: false, standing: 'watch' });
		expect(at(play(...lines), 400).sources.one).toMatchObject({ talks: false, standing: 'blind' });
	});

	it('that say of themselves that they are down are bad, though they talk', () => {
		const beat = (seconds: number, value: number) => said(seconds, 'source/one', { 'source.beat': value });
		expect(at(play(beat(0, 1), beat(10, 0)), 11).sources.one).toMatchObject({ talks: true, standing: 'bad', reason: 'says-down' });
		expect(at(play(beat(0, 0), beat(10, 1)), 11).sources.one).toMatchObject({ standing: 'good', reason: null });
	});

	it('count refusals by code, and show a failure to look at once', () => {
		const facts = play([
			5,
			{
				kind: 'samples',
				source: 'one',
				samples: [],
				refused: [
					[0, 'future'],
					[1, 'future'],
					[2, 'duplicate'],
				],
				why: 'timeout',
			},
		]);
		expect(at(facts, 6).sources.one).toMatchObject({ refused: { future: 2, duplicate: 1 }, why: 'timeout', standing: 'blind' });
	});
});

describe('the fold', () => {
	it('takes late samples into the trend, never into the current value', () => {
		const facts = play(said(100, 'archive/a', { 'archive.bytesMoved': 50 }));
		applyEntry(facts, {
			v: 1,
			seq: 3,
			seen: start + 101_000,
			kind: 'samples',
			source: 'one',
			late: 1,
			samples: [{ subject: 'archive/a', measure: 'archive.bytesMoved', value: 20, at: start }],
		});
		const board = boardOf(facts);
		expect(board.archives.a?.figures.bytesMoved?.[0]).toBe(50);
		expect(Object.values(board.archives.a?.trends.moved ?? {})).toContain(20);
	});

	it('follows phases by marks, also reopened ones', () => {
		const reached: Draft = { kind: 'mark', mark: { kind: 'phase', phase: 'stop', state: 'reached' }, by: 'x', at: start };
		expect(at(play([1, reached]), 2).cutover?.phase).toBe('stop');
		expect(at(play([1, reached], [2, { ...reached, mark: { kind: 'phase', phase: 'stop', state: 'reopened' } }]), 3).cutover?.phase).toBeNull();
	});

	it('goes on from a checkpoint as from the entries', () => {
		const lines = [said(0, 'archive/a', { 'archive.bytesMoved': 1, 'archive.bytesTotal': 9 }), said(5, 'service/ps', { 'service.up': 1 })] as const;
		const whole = play(...lines, said(9, 'archive/a', { 'archive.bytesMoved': 4 }));
		const restored = JSON.parse(JSON.stringify(play(...lines))) as Facts;
		const [seconds, draft] = said(9, 'archive/a', { 'archive.bytesMoved': 4 });
		applyEntry(restored, { v: 1, seq: 4, seen: start + seconds * 1000, ...draft });
		expect(boardOf(restored)).toEqual(boardOf(whole));
	});

	it('refuses an entry out of order', () => {
		const facts = play();
		expect(() => applyEntry(facts, { v: 1, seq: 9, seen: start, kind: 'auto', what: 'started' })).toThrow('stands at 1');
	});

	it('gives a board that later entries do not change', () => {
		const facts = play(said(0, 'archive/a', { 'archive.bytesMoved': 1 }));
		const board = boardOf(facts);
		const before = structuredClone(board);
		const [seconds, draft] = said(400, 'archive/a', { 'archive.bytesMoved': 4 });
		applyEntry(facts, { v: 1, seq: 3, seen: start + seconds * 1000, ...draft });
		expect(board).toEqual(before);
	});
});
