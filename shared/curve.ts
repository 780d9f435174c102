// A night's curve: what of a past night is laid under tonight's at the same T+. Small: a few points an archive, two instants a task.
import type { Curve } from './curve-schema.ts';

export type { Curve } from './curve-schema.ts';
export type CurveName = 'moved' | 'verified';

export type CurvePoint = { readonly at: number; readonly value: number | null };

/** Laid under the night whose window begins at `windowStart`: instants and whole bytes (or items), as a chart draws them. */
export function curvePoints(curve: Curve, archive: string, name: CurveName, windowStart: number): readonly CurvePoint[] {
	const one = Object.hasOwn(curve.archives, archive) ? curve.archives[archive] : undefined;
	if (one === undefined) return [];
	return one[name].map((value, i) => ({
		at: windowStart + curve.fromMs + i * curve.stepMs,
		value: value === null ? null : value * one.scale,
	}));
}

/** When a task was begun and ended then, as instants of tonight. */
export function curveTask(curve: Curve, task: string, windowStart: number): readonly [start: number | null, end: number | null] {
	const [start, end] = (Object.hasOwn(curve.tasks, task) ? curve.tasks[task] : undefined) ?? [null, null];
	return [start === null ? null : windowStart + start, end === null ? null : windowStart + end];
}

/** The T+ at which the curve first came to `value`, straight between points; null where it never did, or began beyond it. */
export function reachedAt(curve: Curve, archive: string, name: CurveName, value: number): number | null {
	let before: CurvePoint | null = null;
	for (const { at, value: here } of curvePoints(curve, archive, name, 0)) {
		if (here === null) continue;
		if (here >= value) {
			if (before?.value == null) return here === value ? at : null;
			return before.at + ((at - before.at) * (value - before.value)) / (here - before.value);
		}
		before = { at, value: here };
	}
	return null;
}
