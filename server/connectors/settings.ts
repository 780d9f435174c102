// Pieces that the settings of several connectors share. Knows no connector in particular.
import * as z from 'zod/mini';
import { idPattern } from '../../shared/subject.ts';

export const id = z.string().check(z.regex(idPattern, 'an id of a–z, 0–9 and hyphens, at most 60'));

/** The name of the environment variable that holds a secret; never the secret. */
export const secretName = z
	.string()
	.check(z.regex(/^[A-Z_][A-Z0-9_]{0,99}$/, 'the name of an environment variable that holds the secret, as RCLONE_PASSWORD'));

export const host = z.string().check(z.regex(/^[A-Za-z0-9._:-]{1,253}$/, 'a host name or an address'));
export const port = z.int('a port from 1 to 65535').check(z.gte(1, 'a port from 1 to 65535'), z.lte(65_535, 'a port from 1 to 65535'));

export const webAddress = z.string().check(
	z.refine((text: string) => {
		const url = URL.parse(text);
		return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
	}, 'an http:// or https:// address without a name or password in it (secrets come from environment variables)'),
);
