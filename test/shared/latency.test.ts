// Latency in steps: percentiles close to those of every single answer, bounded, and nothing where nobody answered.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLatency, type Latencies, percentiles, stepOf } from '../../shared/latency.ts';

const HOUR = 3_600_000;
const now = Date.parse('2021-08-14T20:24:00Z');
const of = (...answers: readonly (readonly [agoMs: number, ms: number])[]): Latencies =>
	answers.reduce<Latencies>((all, [agoMs, ms]) => addLatency(all, now - agoMs, ms), {});

/** The rank-th smallest, by sorting them all. */
const exact = (all: readonly number[], share: number): number => all.toSorted((a, b) => a - b)[Math.ceil(share * all.length) - 1] ?? Number.NaN;

describe('a percentile', () => {
	it('is within 4.5 % of the one among all single answers', () => {
		fc.assert(
			fc.property(fc.array(fc.double({ min: 0.2, max: 90_000, noNaN: true }), { minLength: 1, maxLength: 300 }), (all) => {
				const told = percentiles(of(...all.map((ms) => [60_000, ms] as const)), now, 2);
				for (const [name, share] of [
					['p50', 0.5],
					['p95', 0.95],
					['p99', 0.99],
				] as const) {
					const truth = exact(all, share);
					expect(Math.abs((told?.[name] ?? Number.NaN) - truth) / truth).toBeLessThanOrEqual(0.0475);
				}
				expect(told?.count).toBe(all.length);
			}),
			{ numRuns: 300, seed: 7 },
		);
	});

	it.each([
		['nobody answered', [], 2, null],
		[
			'answers of this hour',
			[
				[0, 40],
				[60_000, 40],
			],
			2,
			{ count: 2, overMs: HOUR + 24 * 60_000 },
		],
		['answers of the hour before', [[HOUR, 40]], 2, { count: 1 }],
		['older answers', [[2 * HOUR, 40]], 2, null],
		[
			'the same over a day',
			[
				[2 * HOUR, 40],
				[22 * HOUR, 900],
			],
			24,
			{ count: 2, p99: 900 },
		],
	] as const)('of %s', (_what, answers, hours, found) => {
		const told = percentiles(of(...answers), now, hours);
		if (found === null) expect(told).toBeNull();
		else if ('p99' in found) {
			expect(told?.count).toBe(found.count);
			expect(told?.p99).toBeGreaterThan(860);
		} else expect(told).toMatchObject(found);
	});
});

describe('what is kept', () => {
	it('is 24 hours by the newest, and what comes later than that is not taken', () => {
		const day = of([23 * HOUR, 5], [0, 5]);
		expect(Object.keys(day)).toHaveLength(2);
		expect(Object.keys(addLatency(day, now + HOUR, 5))).toHaveLength(2);
		expect(addLatency(day, now - 25 * HOUR, 5)).toEqual(day);
	});

	it('has few steps, whatever the figure', () => {
		expect([0, 0.1, 0.2, 1, 1000, 1e11].map(stepOf)).toEqual([0, 0, 8, 26, 106, 318]);
	});
});
