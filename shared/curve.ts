// A night's curve: what of a past night is laid under tonight's at the same T+. Small: a few points an archive, two instants a task.
import * as z from 'zod/mini';
import { id } from './plan-values.ts';

/** Longer nights have wider steps, not more points. */
const POINTS_MAX = 400;
const whole = z.int().check(z.nonnegative());
const points = z.array(z.nullable(whole)).check(z.maxLength(POINTS_MAX, `at most ${POINTS_MAX} points`));
/** Times of a task may lie before the window. */
const tPlus = z.nullable(z.int());

export const curveSchema = z.strictObject({
	kind: z.literal('regia-curve'),
	v: z.literal(1),
	/** Of which night, by its plan's digest. */
	cutover: id,
	digest: z.string().check(z.maxLength(160)),
	rehearsal: z.boolean(),
	/** The points' T+: the first one's, and how far apart they are. */
	fromMs: z.int(),
	stepMs: z.int().check(z.positive()),
	/** What stood at each point, in units of `scale` bytes (or items); null where nothing was heard. After the last point it is over. */
	archives: z.record(id, z.strictObject({ unit: z.enum(['B', 'items']), scale: z.int().check(z.positive()), moved: points, verified: points })),
	/** [start, end], T+ in ms; null: it did not come to that. */
	tasks: z.record(id, z.tuple([tPlus, tPlus])),
});
export type Curve = z.infer<typeof curveSchema>;
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
