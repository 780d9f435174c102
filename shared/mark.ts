// Marks: what a person did or decided. Corrections are new marks; nothing is edited.
import * as z from 'zod/mini';
import { alarmMark, channelMark, clockMark, incidentMark, statementMark } from './mark-breakdown.ts';
import { pressMark } from './mark-press.ts';
import { instant } from './plan-values.ts';
import { idPattern } from './subject.ts';

export const NOTE_MAX_CHARACTERS = 500;
/** A wrong mark is taken back within this long, by a mark of its own, by whoever made it. */
export const UNDO_WITHIN_MS = 10_000;

const id = z.string().check(z.regex(idPattern, 'an id of a–z, 0–9 and hyphens'));
const text = z
	.string()
	.check(z.regex(/\S/, 'words, not only spaces'), z.minLength(1), z.maxLength(NOTE_MAX_CHARACTERS, `at most ${NOTE_MAX_CHARACTERS} characters`));

const heads = z.int().check(z.nonnegative(), z.lte(9999));

/** Who is present, counted by hand: `id` is the record's own, so that it is kept once however often it is sent; `at` when it was counted. */
const countFields = {
	id: z.string().check(z.regex(/^[A-Za-z0-9-]{8,64}$/, 'an id of 8 to 64 letters, digits and hyphens')),
	at: instant,
	byCode: z.strictObject({ '1': heads, '2': heads, '3': heads, '4': heads, '5': heads, none: heads }),
	/** Of those present. */
	boarding: heads,
	/** Paper forms filled in since the dark began. */
	forms: z.optional(heads),
};
/** As a ward sends it; its site stands in the path. */
export const countSchema = z.strictObject(countFields);

export const votes = ['go', 'hold', 'back'] as const;
export type Vote = (typeof votes)[number];

export const markSchema = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('note'), subject: z.optional(z.string()), text }),
	z.strictObject({ kind: z.literal('phase'), phase: id, state: z.enum(['reached', 'reopened']) }),
	z.strictObject({ kind: z.literal('service'), service: id, state: z.enum(['stopped', 'restored']) }),
	/** `skipped` and `failed` need a reason. A gate's task is done by passing the gate, and only while that stands at go. */
	z.strictObject({
		kind: z.literal('task'),
		task: id,
		state: z.enum(['started', 'done', 'skipped', 'failed', 'reopened']),
		reason: z.optional(text),
	}),
	z.strictObject({ kind: z.literal('vote'), gate: id, position: id, vote: z.enum(votes) }),
	/** A team's word: all well, or when it will be done. */
	z.strictObject({ kind: z.literal('report'), team: id, promise: z.optional(instant), text: z.optional(text) }),
	/** From the moment nothing may be written any more to the first good transaction on the new side: the cutover's minutes. */
	z.strictObject({ kind: z.literal('writes'), state: z.enum(['frozen', 'first-good']) }),
	/** The commander turns the night back, or on again. */
	z.strictObject({ kind: z.literal('turn'), way: z.enum(['back', 'on']), reason: z.optional(text) }),
	z.strictObject({ kind: z.literal('count'), site: id, ...countFields }),
	/** Its system is off and the ward counts on paper; it is back; all that was on paper is entered. */
	z.strictObject({ kind: z.literal('paper'), site: id, state: z.enum(['on', 'off', 'entered']) }),
	/** What the 118 is told of a site. */
	z.strictObject({ kind: z.literal('diversion'), site: id, state: z.enum(['open', 'limited', 'diverted']) }),
	/** What no feed tells of a site, and two estimates need. */
	z.strictObject({ kind: z.literal('bedside'), site: id, respirators: z.optional(heads), physicians: z.optional(heads) }),
	alarmMark,
	incidentMark,
	statementMark,
	clockMark,
	channelMark,
	pressMark,
	z.strictObject({ kind: z.literal('undo'), seq: z.int().check(z.positive()) }),
]);
export type Mark = z.infer<typeof markSchema>;
/** As senders write it: moments in ISO 8601. */
export type WireMark = z.input<typeof markSchema>;

/** The nonce of an armed act (decision 12) travels beside its mark and is never kept. */
const nonceSchema = z.string().check(z.minLength(1), z.maxLength(64));

/** How a mark is sent, over HTTP and over the stream alike: as it is, or as `{ mark, nonce }` where it was armed. */
export const sentMarkSchema = z.pipe(
	z.transform((raw: unknown) => (typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'mark') ? raw : { mark: raw })),
	z.strictObject({ mark: markSchema, nonce: z.optional(nonceSchema) }),
);
export type SentMark = z.infer<typeof sentMarkSchema>;

/** JSON Schema (2020-12) of a mark as it is sent, for the API's description. */
export function markJsonSchema(): Record<string, unknown> {
	const mark = z.toJSONSchema(markSchema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
	const nonce = z.toJSONSchema(nonceSchema);
	return { anyOf: [mark, { type: 'object', properties: { mark, nonce }, required: ['mark'], additionalProperties: false }] };
}
export type MarkKind = Mark['kind'];
