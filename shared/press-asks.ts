// What is sent to compose, release and withdraw a press sheet, and the form that its words and choices have. Shapes for both ends.
import * as z from 'zod/mini';
import { instant } from './plan-values.ts';
import { sheetTemplates } from './press.ts';
import { idPattern } from './subject.ts';

const id = z.string().check(z.regex(idPattern, 'an id of a–z, 0–9 and hyphens'));
const key = z
	.string()
	.check(z.regex(/^[a-z]+(?:\.[A-Za-z]+)?(?:\/[a-z0-9-]{1,60})?$/, 'the key of a figure, as archives.moved or service.bookings/recup'));
const words = (most: number) => z.string().check(z.maxLength(most, `at most ${most} characters`));
/** Both may be empty where the sheet can do without. */
const inBoth = (most: number) => z.strictObject({ it: words(most), en: words(most) });

/** `SheetContent`, as it is written. */
export const sheetContentSchema = z.strictObject({
	template: z.enum(sheetTemplates),
	title: inBoth(200),
	heroes: z.array(z.strictObject({ key, caption: z.nullable(inBoth(120)) })).check(z.maxLength(4, 'at most 4 figures in large digits')),
	chart: z.nullable(key),
	lists: z
		.array(z.strictObject({ title: inBoth(120), keys: z.array(key).check(z.minLength(1), z.maxLength(8, 'at most 8 figures in a list')) }))
		.check(z.maxLength(3, 'at most 3 lists')),
	sentences: z.array(inBoth(500)).check(z.maxLength(6, 'at most 6 sentences')),
	facts: z.boolean(),
	incident: z.nullable(id),
});

/** `seq` or `at`, not both; neither: now. */
export const composeSchema = z.strictObject({
	content: sheetContentSchema,
	seq: z.optional(z.int().check(z.positive())),
	at: z.optional(instant),
});

const nonce = z.optional(z.string().check(z.minLength(1), z.maxLength(64)));
export const releaseSchema = z.strictObject({ embargoUntil: z.optional(instant), supersedes: z.optional(id), nonce });
export const withdrawSchema = z.strictObject({
	reason: z.string().check(z.regex(/\S/, 'words, not only spaces'), z.maxLength(300, 'at most 300 characters')),
	nonce,
});
