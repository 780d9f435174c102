// The plan's sections about emergency rooms: the sites, and how their arrivals swing over the day and the week.
import * as z from 'zod/mini';
import { duration, id, label } from './plan-values.ts';

const count = z.int().check(z.nonnegative());
const share = z.number().check(z.positive(), z.lte(5));

export const site = z.strictObject({
	label,
	/** For small tiles. */
	short: z.optional(z.string().check(z.minLength(1), z.maxLength(24, 'a short name of at most 24 characters'))),
	/** As the national guidelines rank it. */
	kind: z.optional(z.enum(['PS', 'DEA I', 'DEA II'])),
	body: z.optional(id),
	/** The service whose stop leaves this site in the dark, and whose restore ends that. */
	service: z.optional(id),
	/** Staffed treatment spaces, beds of the whole hospital, physicians on duty where nobody says otherwise. */
	spaces: z.optional(count),
	beds: z.optional(count),
	physicians: z.optional(count),
	/** Expected arrivals a month, while there is no history. */
	arrivalsAMonth: z.optional(z.number().check(z.nonnegative())),
	/** A feed that has said nothing for this long is blind. */
	staleAfter: z.prefault(duration, '30min'),
	fillsWithin: z.prefault(duration, '24h').check(
		z.meta({
			description:
				'A message feed that begins knows nothing of who was there before: for this long its census is not believed without a count by hand. 0s where the sender tells of all who are present when it begins.',
		}),
	),
	/** A visit of which nothing was heard for this long is no longer counted as present: nobody told its end. */
	visitLapses: z.prefault(duration, '7d'),
	/** On paper: how often it is counted, and how old a count may be before the site is blind. */
	paper: z.prefault(z.strictObject({ every: z.prefault(duration, '15min'), staleAfter: z.prefault(duration, '20min') }), {}),
	/** Share of the spaces from which it is to be watched, and from which it is too full. */
	occupancy: z.prefault(z.strictObject({ watch: z.prefault(share, 0.95), bad: z.prefault(share, 1.1) }), {}),
	neighbours: z._default(z.array(id), []),
});

export const weights = (many: number, what: string) => z.array(z.number().check(z.nonnegative())).check(z.length(many, what));

/** Weights of the hours of a day and of the days of a week from Monday; only their proportions count. */
export const er = z.strictObject({
	region: z.optional(label),
	hours: z.optional(weights(24, '24 weights, from midnight on')),
	weekdays: z.optional(weights(7, '7 weights, from Monday on')),
});
