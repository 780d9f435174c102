// Courses: how a quantity goes over a night, as straight lines between knots. Pure; knows no archive.

/** [minutes after the start, value], in order of time. */
export type Knots = readonly (readonly [minute: number, value: number])[];

/** The value at a minute: straight between knots, level before the first and after the last. */
export function courseAt(knots: Knots, minute: number): number {
	const later = knots.findIndex(([at]) => at > minute);
	if (later === -1) return knots.at(-1)?.[1] ?? 0;
	const [t1, v1] = knots[later] ?? [0, 0];
	const [t0, v0] = knots[later - 1] ?? [t1, v1];
	return t1 === t0 ? v1 : v0 + ((v1 - v0) * (minute - t0)) / (t1 - t0);
}

/** The value of the last knot passed: for what comes in steps (errors). */
export const stepAt = (knots: Knots, minute: number): number => knots.findLast(([at]) => at <= minute)?.[1] ?? 0;

export const isWithin = (spans: Knots, minute: number): boolean => spans.some(([from, to]) => minute >= from && minute < to);
