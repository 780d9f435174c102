// Looks that failed, or whose bad news is in doubt: how they are written. Knows no source and no clock.
import type { BlindCode, Reading } from '../../shared/sample.ts';
import type { Look } from './connector.ts';

/** Whether something answers, or accepts writes: what a failure to look would make bad news of. */
const isUp = ({ measure }: Reading): boolean => measure.startsWith('service.up') || measure.startsWith('service.write');

/** Whether the target of a look answers; null where the look is no probe's. A failure to look is no answer. */
export function answersIn(look: Look): boolean | null {
	if (!look.ok) return false;
	const ups = look.readings.filter(isUp);
	return ups.length === 0 ? null : ups.every((one) => one.value === 1);
}

/** Carries a blind reading for each series that the last good look spoke of, so that every one of them says why it is silent. */
export function blindLook(why: BlindCode, given?: readonly Reading[], last?: Look | null, at = 0): Look {
	if (given && given.length > 0) return { ok: false, why, readings: given };
	const known = last?.ok ? last.readings : [];
	if (known.length === 0) return { ok: false, why };
	return { ok: false, why, readings: known.map(({ subject, measure }) => ({ subject, measure, value: null, at, why })) };
}

/** A probe says "down" while its canary doesn't answer: then it is Regia that can't see (rule 3). */
export function doubtLook(look: Extract<Look, { ok: true }>, at: number): Look {
	return {
		ok: false,
		why: 'observer-blind',
		readings: look.readings.filter(isUp).map((one) => ({ ...one, value: null, at, why: 'observer-blind' })),
	};
}
