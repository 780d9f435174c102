// The plan's sections about the press: what may be told and how it is rounded, the programme's facts, how sheets look, what the public may embed.
import * as z from 'zod/mini';
import { label, mapOf } from './plan-values.ts';

const colour = z.string().check(z.regex(/^#[0-9a-f]{6}$/i, 'a colour, as #003366'));
const words = z.string().check(z.minLength(1), z.maxLength(200, 'at most 200 characters'));
const inBoth = z.strictObject({ it: words, en: z.optional(words) });
const address = z.url({ protocol: /^https?$/, error: 'an address, as https://sala.example.it' });

/** How a measure differs here from the measures table: not told at all, rounded to so much, small counts from so many on. */
const policy = z.strictObject({
	press: z.optional(z.enum(['public', 'internal'])),
	roundTo: z.optional(z.number().check(z.positive())),
	smallest: z.optional(z.int().check(z.gte(0), z.lte(1000))),
});

/** `source`: in Italian alone, or in both. */
const fact = z.strictObject({ label: inBoth, value: inBoth, source: z.union([words, inBoth]) });

/** `figures`: keys of press figures, as archives.done or service.state/recup; `progress`: one that is a share, drawn as a bar. */
const live = z.strictObject({
	title: inBoth,
	figures: z.array(z.string().check(z.maxLength(100))).check(z.minLength(1), z.maxLength(6, 'at most 6 figures')),
	progress: z.optional(z.string().check(z.maxLength(100))),
});

export const press = z.strictObject({
	issuer: z._default(label, 'Regia'),
	/** Under which address the public reaches Regia; printed on sheets. */
	publicUrl: z.optional(address),
	ink: z._default(colour, '#003366'),
	accent: z._default(colour, '#0066cc'),
	/** A .png or .svg beside the plan. */
	logo: z.optional(
		z.strictObject({
			file: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.(png|svg)$/, 'the name of a .png or .svg file beside the plan')),
			alt: label,
		}),
	),
	policy: z._default(z.record(z.string(), policy), {}),
	facts: z._default(z.array(fact).check(z.maxLength(12, 'at most 12 facts')), []),
	/** What subjects are called on English sheets, as `service/recup: RECUP, bookings`; without it by the plan's own label. */
	labels: z.optional(z.record(z.string(), label)),
	live: z._default(mapOf(live), {}),
});
export type PressPlan = z.infer<typeof press>;
export type PressPolicy = z.infer<typeof policy>;
