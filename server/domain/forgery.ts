// Whether a request was made by another site's page in a visitor's browser. A cookie travels with such requests; a bearer token does not.
import type { Credentials } from './may.ts';

const safe: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Asked of every request. One that changes something and shows a cookie must prove that our own page made it. `signsIn`: it would
 * set a cookie, so that it must not come from another site's page even where it shows none, or a visitor is signed in as somebody else.
 */
export function isForged(method: string, { bearer, cookie, session, hostSession, sameOrigin, fetchSite }: Credentials, signsIn: boolean): boolean {
	if (safe.includes(method) || bearer !== null) return false;
	const shows = cookie !== null || session !== null || hostSession !== null;
	const isDenied = sameOrigin === false || (fetchSite !== null && fetchSite !== 'same-origin');
	if (isDenied) return signsIn || shows;
	const isProven = sameOrigin === true || fetchSite === 'same-origin';
	return !isProven && shows;
}
