// Whether a replication catches up: rows with their sums written out, and random ones against a tank that is drained second by second.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { applyArchiveSample, planArchives, showArchive } from '../../server/projections/archives.projection.ts';
import type { ArchiveFacts } from '../../shared/board.ts';
import { gatingOf, judgeConvergence } from '../../shared/judge-convergence.ts';
import type { ConvergenceNow } from '../../shared/judge-night.ts';
import type { MeasureName } from '../../shared/measures.ts';
import { planSchema } from '../../shared/plan.ts';
import { archiveLiteral } from '../kit/board-literal.ts';
import { readAt, start } from './night-board.ts';

const MB = 1e6;
const now = start + 3_600_000;
type Short = { pending?: number | null; pendingAt?: number; change?: number; apply?: number; ratesAt?: number; lagBytes?: number; growth?: number };

function facts({ pending, pendingAt = now - 5000, change, apply, ratesAt = now - 5000, lagBytes, growth }: Short): ArchiveFacts {
	return {
		...archiveLiteral({ label: 'DB', total: 1, moved: 1, verified: 1 }),
		figures: {
			...(pending === undefined ? {} : { deltaPending: readAt(pending, pendingAt) }),
			...(lagBytes === undefined ? {} : { lagBytes: readAt(lagBytes, pendingAt) }),
		},
		replication: change === undefined || apply === undefined ? null : [change, apply, ratesAt],
		pendingRate: growth === undefined ? (change === undefined || apply === undefined ? null : [change - apply, ratesAt]) : [growth, ratesAt],
	};
}

test.each<[string, Short, Partial<ConvergenceNow>]>([
	[
		'600 MB at 5 − 2 MB/s: 200 s; standing still 120 s',
		{ pending: 600 * MB, apply: 5 * MB, change: 2 * MB },
		{ verdict: 'converges', inMs: 200_000, freezeMs: 120_000 },
	],
	['no changes: the freeze is the wait', { pending: 600 * MB, apply: 5 * MB, change: 0 }, { verdict: 'converges', inMs: 120_000, freezeMs: 120_000 }],
	[
		'as fast as they come: never, but a freeze would do',
		{ pending: 600 * MB, apply: 5 * MB, change: 5 * MB },
		{ verdict: 'will-not-converge', inMs: null, freezeMs: 120_000 },
	],
	['slower than they come', { pending: 600 * MB, apply: 5 * MB, change: 6 * MB }, { verdict: 'will-not-converge', inMs: null, freezeMs: 120_000 }],
	['in more than a week is never', { pending: 604_801, apply: 101, change: 100 }, { verdict: 'will-not-converge', inMs: null }],
	['nothing applied, something pending', { pending: 600 * MB, apply: 0, change: 0 }, { verdict: 'will-not-converge', inMs: null, freezeMs: null }],
	['nothing pending', { pending: 0, apply: 0, change: 0 }, { verdict: 'caught-up', inMs: 0, freezeMs: 0 }],
	['five seconds of it: it keeps up', { pending: 25 * MB, apply: 5 * MB, change: 5 * MB }, { verdict: 'caught-up', inMs: 0, freezeMs: 5000 }],
	['a little more than five seconds', { pending: 25 * MB + 6000, apply: 5 * MB, change: 5 * MB }, { verdict: 'will-not-converge', freezeMs: 5002 }],
	[
		'a minute old: still known',
		{ pending: 600 * MB, pendingAt: now - 60_000, apply: 5 * MB, change: 2 * MB },
		{ verdict: 'converges', ageMs: 60_000 },
	],
	[
		'older: nothing is known',
		{ pending: 600 * MB, pendingAt: now - 60_001, apply: 5 * MB, change: 2 * MB },
		{ verdict: 'unknown', pending: null, inMs: null, freezeMs: null, ageMs: 60_001 },
	],
	[
		'rates that are old are none',
		{ pending: 600 * MB, apply: 5 * MB, change: 2 * MB, ratesAt: now - 60_001 },
		{ verdict: 'unknown', applyRate: null, freezeMs: null },
	],
	['no rates yet', { pending: 600 * MB }, { verdict: 'unknown', pending: 600 * MB, inMs: null, freezeMs: null }],
	['never reported', {}, { verdict: 'unknown', pending: null, ageMs: null }],
	[
		'only a backlog that shrinks by 2 MB/s',
		{ lagBytes: 600 * MB, growth: -2 * MB },
		{ verdict: 'converges', inMs: 300_000, freezeMs: null, applyRate: null },
	],
	['only a backlog that grows', { lagBytes: 600 * MB, growth: 1 }, { verdict: 'will-not-converge', inMs: null, freezeMs: null }],
	['only a backlog, of small talk', { lagBytes: 900_000, growth: 1000 }, { verdict: 'caught-up', inMs: 0 }],
])('%s', (_name, short, expected) => {
	expect(judgeConvergence(facts(short), now)).toMatchObject(expected);
});

test('a reading that Regia could not take makes it unknown', () => {
	const one = facts({ pending: 600 * MB, apply: 5 * MB, change: 2 * MB });
	const blind = { ...one, figures: { deltaPending: [600 * MB, now - 5000, now - 5000, 'timeout', now - 1000] as const } };
	expect(judgeConvergence(blind, now)).toMatchObject({ verdict: 'unknown', pending: null, freezeMs: null });
});

test('the largest freeze gates the cutover, and one that is not known gates nothing', () => {
	const all = {
		a: judgeConvergence(facts({ pending: 600 * MB, apply: 5 * MB, change: 2 * MB }), now), // 120 s
		b: judgeConvergence(facts({ pending: 900 * MB, apply: 10 * MB, change: 11 * MB }), now), // 90 s
		c: judgeConvergence(facts({ pending: 9000 * MB }), now),
	};
	expect(gatingOf(all)).toBe('a');
	expect(gatingOf({ c: all.c })).toBeNull();
	expect(gatingOf({})).toBeNull();
});

const plan = planSchema.parse({
	programme: { id: 'test', name: 'Test' },
	cutover: { id: 'night', name: 'Night', window: { start: '2025-10-21T19:00:00+02:00', end: '2025-10-22T05:00:00+02:00' } },
	archives: { db: { label: 'DB' } },
});

/** What a source that reports each `every` seconds makes of it: both figures, folded. */
function fold(seconds: number, every: number, moved: (second: number) => number, pending: (second: number) => number): ArchiveFacts {
	const cells = {};
	planArchives(cells, plan);
	const cell = (cells as Record<string, Parameters<typeof showArchive>[0]>).db;
	if (cell === undefined) throw new Error('the plan has the archive');
	for (let second = 0; second <= seconds; second += every) {
		const at = start + second * 1000;
		const context = { source: 's', seen: at, isNews: true, bucketMs: 60_000 };
		const say = (measure: MeasureName, value: number) => applyArchiveSample(cell, { subject: 'archive/db', measure, value, at }, context);
		say('archive.deltaMoved', moved(second));
		say('archive.deltaPending', pending(second));
	}
	return showArchive(cell);
}

describe('the rates, from what a source reports', () => {
	it('are the slope of what was applied, and that plus the slope of what is pending', () => {
		// 10 minutes: 3 MB/s applied, pending falls by 1 MB/s from 2000 MB: 2 MB/s come in; 2000 − 600 = 1400 MB are left.
		const shown = fold(
			600,
			10,
			(s) => s * 3 * MB,
			(s) => 2000 * MB - s * MB,
		);
		expect(shown.replication).toEqual([2 * MB, 3 * MB, start + 600_000]);
		// 1400 MB at 1 MB/s: 1400 s; standing still 1400 / 3 = 466.667 s.
		expect(judgeConvergence(shown, start + 600_000)).toMatchObject({ verdict: 'converges', inMs: 1_400_000, freezeMs: 466_667 });
	});

	it('forget what was more than five minutes ago', () => {
		const shown = fold(
			900,
			10,
			(s) => (s <= 600 ? s * MB : 600 * MB + (s - 600) * 4 * MB),
			() => 500 * MB,
		);
		expect(shown.replication).toEqual([4 * MB, 4 * MB, start + 900_000]);
	});

	it('are gone when what was applied begins anew', () => {
		const shown = fold(
			300,
			10,
			(s) => (s < 300 ? s * MB : 0),
			() => 500 * MB,
		);
		expect(shown.replication).toBeNull();
		// What is pending is still seen not to shrink; how long a freeze would take is not.
		expect(judgeConvergence(shown, start + 300_000)).toMatchObject({
			verdict: 'will-not-converge',
			applyRate: null,
			changeRate: null,
			freezeMs: null,
		});
	});

	it('judge as a tank does that is filled and drained second by second', () => {
		let converging = 0;
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 300, max: 20_000 }), (apply, change, left) => {
				// In MB and MB/s. What was pending when the reports began, so that `left` is left after 300 s.
				const first = left + (apply - change) * 300;
				if (first < 0) return;
				const judged = judgeConvergence(
					fold(
						300,
						15,
						(s) => s * apply * MB,
						(s) => (first + (change - apply) * s) * MB,
					),
					start + 300_000,
				);
				let tank = left;
				let seconds = 0;
				while (tank > 0 && seconds < 100_000) {
					tank += change - apply;
					seconds += 1;
				}
				let frozen = 0;
				for (let rest = left; rest > 0; rest -= apply) frozen += 1;
				expect(Math.abs((judged.freezeMs ?? Number.NaN) / 1000 - frozen)).toBeLessThanOrEqual(1);
				if (left <= 5 * apply) expect(judged.verdict).toBe('caught-up');
				else if (change >= apply) expect(judged).toMatchObject({ verdict: 'will-not-converge', inMs: null });
				else {
					converging += 1;
					expect(judged.verdict).toBe('converges');
					expect(Math.abs((judged.inMs ?? Number.NaN) / 1000 - seconds)).toBeLessThanOrEqual(1);
				}
			}),
			{ seed: 20251021, numRuns: 300 },
		);
		expect(converging).toBeGreaterThan(50);
	});
});
