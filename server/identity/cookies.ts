// The cookies of people, as Set-Cookie lines. The session's is Strict: the page to which a sign-in leads needs no cookie, and all that the page
// then asks is asked from our own address. The transaction's is Lax: the provider sends the browser back from another site.
import { type Credentials, SESSION_COOKIE } from '../domain/may.ts';

export const TRANSACTION_COOKIE = 'regia-sign-in';
const TRANSACTION_S = 600;

const line = (name: string, value: string, isSecure: boolean, sameSite: 'Strict' | 'Lax', maxAge?: number): string =>
	[
		`${isSecure ? '__Host-' : ''}${name}=${value}`,
		'Path=/',
		'HttpOnly',
		`SameSite=${sameSite}`,
		...(isSecure ? ['Secure'] : []),
		...(maxAge === undefined ? [] : [`Max-Age=${maxAge}`]),
	].join('; ');

/** Ends with the browser; the server's own limits end it sooner. */
export const sessionLine = (secret: string, isSecure: boolean): string => line(SESSION_COOKIE, secret, isSecure, 'Strict');
export const transactionLine = (sealed: string, isSecure: boolean): string => line(TRANSACTION_COOKIE, sealed, isSecure, 'Lax', TRANSACTION_S);

export const noSession = (): readonly string[] => [false, true].map((isSecure) => line(SESSION_COOKIE, '', isSecure, 'Strict', 0));
export const noTransaction = (isSecure: boolean): string => line(TRANSACTION_COOKIE, '', isSecure, 'Lax', 0);

export type Shown = { readonly secret: string; readonly isSecure: boolean };

/** The session's secret that a request shows. Under our public https name only the one that no neighbouring host can plant. */
export function shownSession({ session, hostSession, host }: Credentials, publicUrl: string | null): Shown | null {
	const address = publicUrl === null ? null : new URL(publicUrl);
	if (hostSession !== null) return { secret: hostSession, isSecure: true };
	const isPublic = address !== null && address.protocol === 'https:' && address.host === host;
	return session === null || isPublic ? null : { secret: session, isSecure: false };
}
