// Marks about press sheets. A draft's mark is made by composing it: its frozen figures stand beside it in its entry.
import * as z from 'zod/mini';
import { instant } from './plan-values.ts';
import { idPattern } from './subject.ts';

const aboutSheet = { kind: z.literal('press'), sheet: z.string().check(z.regex(idPattern, 'an id of a–z, 0–9 and hyphens')) } as const;

export const pressMark = z.discriminatedUnion('act', [
	z.strictObject({ ...aboutSheet, act: z.literal('draft') }),
	/** By another than its author. `supersedes`: the sheet that it takes the place of. */
	z.strictObject({
		...aboutSheet,
		act: z.literal('release'),
		embargoUntil: z.optional(instant),
		supersedes: z.optional(z.string().check(z.regex(idPattern, 'an id of a–z, 0–9 and hyphens'))),
	}),
	z.strictObject({
		...aboutSheet,
		act: z.literal('withdraw'),
		reason: z.string().check(z.regex(/\S/, 'words, not only spaces'), z.maxLength(300, 'at most 300 characters')),
	}),
]);
