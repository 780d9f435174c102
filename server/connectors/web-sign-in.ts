// How a connector shows itself to a web server: a bearer token or a name with a password, whose secrets the environment holds.
import * as z from 'zod/mini';
import type { ReaderContext } from './connector.ts';
import { secretName } from './settings.ts';

export const signInFields = {
	tokenFrom: z.optional(secretName),
	user: z.optional(z.string().check(z.regex(/^[^:\p{Cc}]{1,100}$/u, 'a name without a colon'))),
	passwordFrom: z.optional(secretName),
};

type SignIn = { readonly tokenFrom?: string | undefined; readonly user?: string | undefined; readonly passwordFrom?: string | undefined };

/** The Authorization header; null: none is needed. Undefined: a secret is not set. */
export function authorizationOf({ tokenFrom, user, passwordFrom }: SignIn, { secret }: Pick<ReaderContext, 'secret'>): string | null | undefined {
	if (tokenFrom !== undefined) {
		const token = secret(tokenFrom);
		return token === undefined ? undefined : `Bearer ${token}`;
	}
	if (user === undefined) return null;
	const password = passwordFrom === undefined ? '' : secret(passwordFrom);
	return password === undefined ? undefined : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
