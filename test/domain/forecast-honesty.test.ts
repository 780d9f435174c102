// The forecast keeps its word over invented nights, and this test would notice if it did not: an overconfident one is planted.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forecast } from '../../server/domain/forecast.ts';
import type { ForecastInput } from '../../server/domain/forecast-input.ts';
import { model } from '../../server/domain/forecast-model.ts';
import { type Score, scoreNights } from '../bench/forecast-honesty.ts';
import { type Calibration, calibrate } from '../bench/forecast-table.ts';

/** Two families in eight are misfits: 80 nights leave 60, 680 leave 510. The whole table: `npm run bench -- --only forecast`. */
const nights = process.env.REGIA_SCALE === 'full' ? 680 : 80;
const seeds = Array.from({ length: nights }, (_, i) => 1 + i);
type Forecasting = (input: ForecastInput, seed: number, draws: number) => ReturnType<typeof forecast>;
const play = (by: Forecasting): Score[] => scoreNights({ seeds, draws: 300, by }).filter(({ isMisfit }) => !isMisfit);
const spreadBy =
	(spread: number): Forecasting =>
	(input, seed, draws) =>
		forecast(input, seed, draws, { ...model, spread: model.spread * spread });

/** A night's four moments lean on one another: 60 nights move a cover of 90 % by some 4 points either way, 500 by one. */
const bounds = nights > 500 ? { p90: [0.86, 0.94], p50: [0.42, 0.6] } : { p90: [0.82, 0.98], p50: [0.38, 0.68] };
const within = (share: number, [least = 0, most = 1]: readonly number[]): boolean => share >= least && share <= most;
const isHonest = ({ p50, p90 }: Calibration): boolean => within(p90, bounds.p90) && within(p50, bounds.p50);

describe('the forecast of invented nights', () => {
	const scores = play(forecast);
	const finish = calibrate(scores.filter(({ what }) => what === 'finish'));
	const archives = calibrate(scores.filter(({ what }) => what === 'archive'));

	it('covers the truth as often as it claims', () => {
		expect(finish.count).toBeGreaterThanOrEqual(4 * nights * 0.7);
		expect(finish).toSatisfy(isHonest);
		expect(archives).toSatisfy(isHonest);
		expect(finish.told).toBeGreaterThan(0.95);
	});

	it('is off by at most half of what bytes by rate are off, and by less than the plan', () => {
		expect(finish.naive.count).toBeGreaterThan(nights);
		expect(finish.naive.mine).toBeLessThan(finish.naive.theirs / 2);
		expect(archives.naive.mine).toBeLessThan(archives.naive.theirs / 2);
		expect(finish.plan.mine).toBeLessThan(finish.plan.theirs);
	});

	it('is never before now, and never says done of what is not verified', () => {
		expect(scores.filter(({ isFalse }) => isFalse)).toEqual([]);
	});

	it.each([
		['half as unsure as it should be', 0.5],
		['two and a half times as unsure', 2.5],
	])('would be caught if it were %s', (_, spread) => {
		const planted = calibrate(play(spreadBy(spread)).filter(({ what }) => what === 'finish'));
		expect(planted).not.toSatisfy(isHonest);
	});
});

describe('a forecast that takes moved for verified', () => {
	const credulous: Forecasting = (input, seed, draws) => {
		const archives = input.archives.map((one) => ({
			...one,
			complete: one.complete || (one.moved.at(-1)?.[1] ?? 0) >= (one.total ?? Number.POSITIVE_INFINITY),
		}));
		return forecast({ ...input, archives }, seed, draws);
	};

	it('would be caught', () => {
		expect(play(credulous).some(({ isFalse }) => isFalse)).toBe(true);
	});
});

describe('the invented nights', () => {
	it('know nothing of the server', () => {
		for (const name of ['chance', 'copy', 'families', 'night', 'runbook']) {
			const text = readFileSync(join(import.meta.dirname, `../nights/synthetic-${name}.ts`), 'utf8');
			expect([...text.matchAll(/from '([^']+)'/g)].map((match) => match[1]).filter((from) => from?.includes('server/'))).toEqual([]);
		}
	});
});
