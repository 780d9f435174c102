// Marks: what a person did or decided. Corrections are new marks; nothing is edited.
import * as z from 'zod/mini';
import { idPattern } from './subject.ts';

export const NOTE_MAX_CHARACTERS = 500;

const id = z.string().check(z.regex(idPattern, 'an id of a–z, 0–9 and hyphens'));
const text = z
	.string()
	.check(z.regex(/\S/, 'words, not only spaces'), z.minLength(1), z.maxLength(NOTE_MAX_CHARACTERS, `at most ${NOTE_MAX_CHARACTERS} characters`));

export const markSchema = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('note'), subject: z.optional(z.string()), text }),
	z.strictObject({ kind: z.literal('phase'), phase: id, state: z.enum(['reached', 'reopened']) }),
	z.strictObject({ kind: z.literal('service'), service: id, state: z.enum(['stopped', 'restored']) }),
]);
export type Mark = z.infer<typeof markSchema>;

/** JSON Schema (2020-12) of a mark, for the API's description. */
export const markJsonSchema = (): Record<string, unknown> => z.toJSONSchema(markSchema, { io: 'input' }) as Record<string, unknown>;
export type MarkKind = Mark['kind'];
