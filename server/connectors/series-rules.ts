// Which series of Prometheus are which measure of which subject, as a plan says it. Knows no format in which series come.
import * as z from 'zod/mini';
import { labelName, labelText, subjectBy, type Target, targetChecks, targetFields } from './figure-target.ts';

const seriesRule = z
	.strictObject({
		/** The metric's name. */
		name: z.string().check(z.regex(/^[A-Za-z_:][\w:]{0,199}$/, 'the name of a metric')),
		/** Labels that it must have, with just these values. */
		labels: z._default(z.record(labelName, labelText), {}),
		/** The label that tells the subjects apart. */
		label: z.optional(labelName),
		...targetFields,
	})
	.check(...targetChecks('label'));

export const seriesRules = z.array(seriesRule).check(z.minLength(1, 'at least one series'), z.maxLength(200, 'at most 200 series'));
export type SeriesRule = z.infer<typeof seriesRule>;

export type Labels = (name: string) => string | undefined;
export type Meant = { readonly rule: Target; readonly subject: string; readonly nth: number };

export type SeriesIndex = {
	wants(name: string): boolean;
	/** What a series is to the plan: mostly nothing, or one thing; `nth` is the rule's place. */
	meant(name: string, labels: Labels): readonly Meant[];
};

export function indexSeries(rules: readonly SeriesRule[]): SeriesIndex {
	const byName = new Map<string, { readonly rule: SeriesRule; readonly nth: number }[]>();
	for (const [nth, rule] of rules.entries()) byName.set(rule.name, [...(byName.get(rule.name) ?? []), { rule, nth }]);
	return {
		wants: (name) => byName.has(name),
		meant(name, labels) {
			return (byName.get(name) ?? []).flatMap(({ rule, nth }) => {
				const fits = Object.entries(rule.labels).every(([label, value]) => labels(label) === value);
				const subject = fits ? subjectBy(rule, rule.label === undefined ? undefined : labels(rule.label)) : undefined;
				return subject === undefined ? [] : [{ rule, subject, nth }];
			});
		},
	};
}
