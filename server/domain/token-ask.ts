// What may be asked for when a token is made: one schema for the desk, the API and the command line. Pure.
import * as z from 'zod/mini';
import { audiences } from '../../shared/events.ts';
import { duration } from '../../shared/plan-values.ts';
import { idPattern } from '../../shared/subject.ts';
import { roles, type TokenGrant } from './token.ts';

const name = z.string().check(z.regex(idPattern, 'a name of a–z, 0–9 and hyphens, at most 60'));
const glob = z.string().check(z.regex(/^[a-zA-Z0-9./*-]{1,120}$/, 'a name with * for any run of characters, as archive/*'));
const globs = z.array(glob).check(z.minLength(1, 'at least one'), z.maxLength(20, 'at most 20'));

export const grantSchema = z.discriminatedUnion(
	'kind',
	[
		z.strictObject({ kind: z.literal('source'), name, subjects: globs, measures: z.optional(globs) }),
		z.strictObject({ kind: z.literal('display'), name, audience: z.enum(audiences, `one of ${audiences.join(', ')}`) }),
		z.strictObject({ kind: z.literal('field'), name }),
		z.strictObject({
			kind: z.literal('person'),
			name,
			duties: z
				.array(z.strictObject({ role: z.enum(roles, `one of ${roles.join(', ')}`), teams: z.optional(z.array(name)), site: z.optional(name) }))
				.check(z.minLength(1), z.maxLength(8)),
		}),
	],
	'a token is for a source, display, field or person',
);

export const WHY_MAX = 200;
/** Asked of whoever changes access; the words stand in the record. */
export const whySchema = z
	.string()
	.check(z.trim(), z.minLength(3, 'the reason, in 3 to 200 characters'), z.maxLength(WHY_MAX, `at most ${WHY_MAX} characters`));

export const YEAR_MS = 366 * 86_400_000;
/** `30d` → ms. */
export const lifeSchema = duration.check(z.refine((ms: number) => ms >= 60_000 && ms <= YEAR_MS, 'from 1min to 366d'));
export const OVERLAP_MAX_MS = 7 * 86_400_000;
export const overlapSchema = duration.check(z.refine((ms: number) => ms >= 0 && ms <= OVERLAP_MAX_MS, 'from 0s to 7d'));

export const makeSchema = z.strictObject({ grant: grantSchema, expires: z.optional(z.nullable(lifeSchema)), why: whySchema }).check(
	z.refine(({ grant, expires }) => grant.kind !== 'person' || typeof expires === 'number', {
		error: 'a person’s token has an end, as 30d',
		path: ['expires'],
	}),
);
export const rotateSchema = z.strictObject({ overlap: z.prefault(overlapSchema, '1h'), why: whySchema, nonce: z.optional(z.string()) });
export const revokeSchema = z.strictObject({ why: whySchema, nonce: z.string('an act like this is armed first: POST /api/arm') });

/** As read, in the store's own type. */
export function toGrant(grant: z.infer<typeof grantSchema>): TokenGrant {
	if (grant.kind === 'source') {
		const { kind, name, subjects, measures } = grant;
		return { kind, name, subjects, ...(measures === undefined ? {} : { measures }) };
	}
	if (grant.kind !== 'person') return grant;
	const duties = grant.duties.map(({ role, teams, site }) => ({
		role,
		...(teams === undefined ? {} : { teams }),
		...(site === undefined ? {} : { site }),
	}));
	return { ...grant, duties };
}
