// The schema of a night's curve as it is exported. Apart from the curve itself: screens draw one and never check one.
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
