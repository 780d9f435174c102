// Where a figure from outside goes, as plans say it: a measure of a subject, what it is multiplied with, and what tells subjects apart.
// Knows no wire.
import * as z from 'zod/mini';
import { isMeasure, measureOf } from '../../shared/measures.ts';
import { parseSubject } from '../../shared/subject.ts';

const text = z.string().check(z.minLength(1, 'a text that is not empty'), z.maxLength(2000, 'a text of at most 2000 characters'));
const finite = z.number('a number').check(z.refine((one: number) => Number.isFinite(one), 'a finite number'));
const subject = z.string().check(z.refine((one: string) => parseSubject(one).ok, 'a subject of the plan, as facility/ced'));

export const labelName = z.string().check(z.regex(/^[A-Za-z_]\w{0,99}$/, 'the name of a label'));
export const labelText = text;

export const targetFields = {
	/** Whom it is about; or whom each is, by what a label (or a level of a topic) says. */
	subject: z.optional(subject),
	subjects: z.optional(z.record(text, subject)),
	measure: z.string().check(z.refine(isMeasure, 'a measure of the list, as facility.temperature')),
	/** What makes of the value one in the measure's unit: value × scale + offset. */
	scale: z._default(finite.check(z.refine((one: number) => one !== 0, 'a number other than 0')), 1),
	offset: z._default(finite, 0),
};

export type Target = {
	readonly subject?: string | undefined;
	readonly subjects?: Readonly<Record<string, string>> | undefined;
	readonly measure: string;
	readonly scale: number;
	readonly offset: number;
};

export const subjectsIn = (one: Pick<Target, 'subject' | 'subjects'>): readonly string[] =>
	one.subject === undefined ? [...new Set(Object.values(one.subjects ?? {}))] : [one.subject];

/** What holds between the fields; `by` is the field that stands beside `subjects`. */
export const targetChecks = <K extends string>(by: K) => {
	type Written = Pick<Target, 'subject' | 'subjects' | 'measure'> & { readonly [key in K]?: unknown };
	return [
		z.refine<Written>((one) => (one.subject === undefined) !== (one.subjects === undefined), {
			path: ['subject'],
			error: `either subject, or ${by} and subjects (what it says → subject)`,
		}),
		z.refine<Written>((one) => (one[by] === undefined) === (one.subjects === undefined), {
			path: [by],
			error: `${by} beside subjects, and only there`,
		}),
		z.refine<Written>(
			(one) => {
				const kind = isMeasure(one.measure) ? measureOf(one.measure).kind : null;
				return subjectsIn(one).every((about) => kind === null || about.startsWith(`${kind}/`));
			},
			{ path: ['measure'], error: 'a measure of what the subject is: facility.… of a facility' },
		),
	] as const;
};

/** What the map says for this text; never what every object has. */
export const subjectBy = ({ subject: only, subjects }: Pick<Target, 'subject' | 'subjects'>, said: string | undefined): string | undefined =>
	only ?? (said !== undefined && subjects !== undefined && Object.hasOwn(subjects, said) ? subjects[said] : undefined);

/** In the measure's unit; null where it is no finite number. */
export function figureOf(value: number, { scale, offset, measure }: Pick<Target, 'scale' | 'offset' | 'measure'>): number | null {
	// What reckoning adds behind the fifteenth digit is nobody's.
	const reckoned = scale === 1 && offset === 0 ? value : Number((value * scale + offset).toPrecision(15));
	const figure = rounded(reckoned, measure);
	return Number.isFinite(figure) ? figure : null;
}

/** Others count in floating point: a whole measure that is off by that alone is whole. */
export function rounded(value: number, measure: string): number {
	const whole = Math.round(value);
	const isWhole = isMeasure(measure) && ['B', 'count', 'bool'].includes(measureOf(measure).unit);
	return isWhole && Math.abs(value - whole) <= Math.abs(value) * 1e-9 ? whole : value;
}
