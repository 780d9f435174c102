// A feed's counts of one site as they are sent, and as readings. A class that is not given is unknown, and so is the sum then.
import * as z from 'zod/mini';
import { triageCodes } from '../../shared/er.ts';
import type { MeasureName } from '../../shared/measures.ts';
import { instant } from '../../shared/plan-values.ts';
import type { Reading } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';

const heads = z.int().check(z.nonnegative(), z.lte(9999));
const one = z.optional(heads);
const byCode = z
	.strictObject({ '1': one, '2': one, '3': one, '4': one, '5': one, none: one })
	.check(z.refine((given) => Object.keys(given).length > 0, 'at least one code'));
const headsOrByCode = z.optional(z.union([heads, byCode], 'a whole number from 0 to 9999, or such numbers by code 1, 2, 3, 4, 5, none'));

export const feedSchema = z
	.strictObject({
		at: instant,
		present: headsOrByCode,
		waiting: headsOrByCode,
		treatment: headsOrByCode,
		observation: one,
		boarding: one,
		arrivalsLastHour: one,
	})
	.check(z.refine((given) => Object.keys(given).length > 1, 'at least one figure beside "at"'));
export type FeedCounts = z.infer<typeof feedSchema>;

export function readingsOf(site: string, { at, present, waiting, treatment, observation, boarding, arrivalsLastHour }: FeedCounts): Reading[] {
	const subject = subjectOf('site', site);
	const read = (measure: MeasureName, value: number | undefined): Reading[] => (value === undefined ? [] : [{ subject, measure, value, at }]);
	const group = (name: 'present' | 'waiting' | 'treatment', given: FeedCounts['present']): Reading[] => {
		if (typeof given !== 'object') return read(`site.${name}`, given);
		const figures = triageCodes.map((code) => given[code]);
		const total = figures.every((figure) => figure !== undefined) ? figures.reduce((sum, figure) => sum + figure, 0) : undefined;
		return [
			...read(`site.${name}`, total),
			...triageCodes.flatMap((code) => read(code === 'none' ? `site.${name}None` : `site.${name}${code}`, given[code])),
		];
	};
	return [
		...group('present', present),
		...group('waiting', waiting),
		...group('treatment', treatment),
		...read('site.observation', observation),
		...read('site.boarding', boarding),
		...read('site.arrivalsLastHour', arrivalsLastHour),
	];
}
