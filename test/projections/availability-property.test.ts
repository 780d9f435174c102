// The ledger of availability against a count of every minute: over reports, gaps, planned windows, changes of plan and both changes of the clock.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AvailabilityMs } from '../../shared/board.ts';
import { say, scaled } from '../faults/kit/scale.ts';
import { anyHistory, count, type History, play, type Shown } from './availability-play.ts';

const SEED = 20_251_026;
const numRuns = scaled(20_000, 1500);

const sumOf = (ledger: AvailabilityMs): number => Object.values(ledger).reduce((sum, ms) => sum + ms, 0);

test(
	'every moment is booked once, as a count minute by minute has it: in all, by month, in the night, in the outage',
	() => {
		let minutes = 0;
		const met = { months: 0, overrun: 0, unknown: 0, outages: 0, plans: 0, nights: 0 };
		fc.assert(
			fc.property(anyHistory, (history) => {
				const told = play(history);
				for (const [i, asked] of history.asked.entries()) expect(told[i]).toEqual(count(history, asked));
				const end = told.at(-1);
				if (end === undefined) throw new Error('nothing was asked');
				const all = Object.values(end.months).reduce((sum, month) => sum + sumOf(month), 0);
				const { overrun, unknown } = end.downMs;
				minutes += all / 60_000;
				if (Object.keys(end.months).length > 1) met.months += 1;
				if (overrun > 0) met.overrun += 1;
				if (unknown > 0) met.unknown += 1;
				if (end.outage !== null) met.outages += 1;
				if (history.plans.length > 1) met.plans += 1;
				if (sumOf(end.night) > 0) met.nights += 1;
			}),
			{ numRuns, seed: SEED },
		);
		say(
			'availability',
			`${numRuns} histories, ${Math.round(minutes)} minutes; ${Object.entries(met)
				.map(([what, many]) => `${what} ${many}`)
				.join(', ')}`,
		);
		for (const [what, many] of Object.entries(met)) expect(many, what).toBeGreaterThan(numRuns / 20);
	},
	scaled(600_000, 60_000),
);

const gapIsUp = (one: AvailabilityMs): AvailabilityMs => ({ ...one, up: one.up + one.unknown, unknown: 0 });
const overrunIsPlanned = <H extends { planned: number; overrun: number }>(one: H): H => ({ ...one, planned: one.planned + one.overrun, overrun: 0 });
const everyMonth = (shown: Shown, change: (one: AvailabilityMs) => AvailabilityMs): Shown => ({
	...shown,
	months: Object.fromEntries(Object.entries(shown.months).map(([key, one]) => [key, change(one)])),
	night: change(shown.night),
});

const faults: readonly (readonly [what: string, play: (history: History) => readonly Shown[]])[] = [
	['a gap that counts as up', (history) => play(history).map((one) => everyMonth(one, gapIsUp))],
	['a report that speaks a minute longer', (history) => play({ ...history, plans: history.plans.map((one) => ({ ...one, stale: one.stale + 1 })) })],
	['a month that ends at midnight of UTC', (history) => play(history, 'UTC')],
	[
		'overrun that counts as planned',
		(history) => play(history).map((one) => ({ ...everyMonth(one, overrunIsPlanned), downMs: overrunIsPlanned(one.downMs) })),
	],
];

test.each(faults)('%s is caught', (_what, faulty) => {
	const histories = fc.sample(anyHistory, { numRuns: 400, seed: SEED });
	const caught = histories.filter((history) => JSON.stringify(faulty(history).at(-1)) !== JSON.stringify(play(history).at(-1)));
	const seen = caught.filter((history) => {
		const [told, counted] = [faulty(history).at(-1), count(history, history.asked.at(-1) ?? 0)];
		try {
			expect(told).toEqual(counted);
			return false;
		} catch {
			return true;
		}
	});
	expect(seen.length).toBeGreaterThan(10);
	expect(seen.length).toBe(caught.length);
});
