// A night's script as a scenario: every 15 s the sources speak, and the room marks. Knows no night in particular.
import { batchesOf } from './figures.ts';
import { NIGHT_MINUTES, type Night } from './night.ts';
import type { ScenarioKind } from './scenario.ts';

const MINUTE_MS = 60_000;
export const RHYTHM_MS = 15_000;

export type NightSetup = Pick<ScenarioKind, 'id' | 'planFile'> & {
	/** When the window opens, ms UTC. */
	readonly start: number;
	readonly night: Night;
};

export function nightScenario({ id, planFile, start, night }: NightSetup): ScenarioKind {
	const end = start + NIGHT_MINUTES * MINUTE_MS;
	const isDue = (instant: number): boolean => instant >= start && instant <= end && (instant - start) % RHYTHM_MS === 0;
	const marks = [...night.marks, ...(night.er?.marks ?? [])];
	const odd = marks.find(([minute]) => !isDue(start + minute * MINUTE_MS));
	if (odd) throw new Error(`${id}: minute ${odd[0]} is not a moment at which anything is due`);
	return {
		id,
		planFile,
		open: (seed) => ({
			id,
			planFile,
			start,
			end,
			due(after) {
				const next = after < start ? start : start + (Math.floor((after - start) / RHYTHM_MS) + 1) * RHYTHM_MS;
				return next > end ? null : next;
			},
			batchesAt: (instant) => (isDue(instant) ? batchesOf(night, { seed, start, at: instant }) : []),
			...(night.er ? { messagesAt: night.er.messagesAt, countsAt: night.er.countsAt } : {}),
			marksAt: (instant) =>
				marks.filter(([minute]) => start + minute * MINUTE_MS === instant).map(([, mark, by]) => ({ mark, ...(by === undefined ? {} : { by }) })),
		}),
	};
}
