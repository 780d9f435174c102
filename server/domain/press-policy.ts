// What may be told of a measure, how it is rounded, and from how many on: the measures table, and what the plan says against it. Pure.
import { isMeasure, type MeasureName, measureOf } from '../../shared/measures.ts';
import type { PressPlan } from '../../shared/plan-press.ts';

export type PressRule = { readonly isPublic: boolean; readonly roundTo: number | null; readonly smallest: number };

/** Null: of the plan itself, which is public. */
export function pressRule(measure: MeasureName | null, press: Pick<PressPlan, 'policy'> | null): PressRule {
	if (measure === null) return { isPublic: true, roundTo: null, smallest: 0 };
	const row = measureOf(measure);
	const own = press !== null && isMeasure(measure) && Object.hasOwn(press.policy, measure) ? press.policy[measure] : undefined;
	return {
		isPublic: (own?.press ?? row.press) === 'public',
		roundTo: own?.roundTo ?? row.roundTo ?? null,
		smallest: own?.smallest ?? row.smallest,
	};
}

/** To the nearest step; positions and bytes downwards, for they never say more than is reached. */
export const roundBy = (value: number, roundTo: number | null, way: 'down' | 'nearest' = 'nearest'): number => {
	if (roundTo === null) return value;
	const steps = value / roundTo;
	const whole = way === 'down' ? Math.floor(steps + 1e-9) : Math.round(steps);
	return Math.round(whole * roundTo * 1e9) / 1e9;
};
