// The cookie of a screen that was let in: read by no script, sent to nobody else, and not lost when the screen restarts.
import { COOKIE } from '../domain/may.ts';
import type { Request } from './route.ts';

/** Browsers keep no cookie for longer (400 days); the token behind it may end before. */
const KEPT_S = 400 * 86_400;

export function screenCookie(secret: string, request: Pick<Request, 'header'>): string {
	const isSecure = request.header('origin')?.startsWith('https:') === true;
	return `${COOKIE}=${secret}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${KEPT_S}${isSecure ? '; Secure' : ''}`;
}

/** A browser that says that another site's page asks: a visitor must not be made into somebody else's screen. */
export function isFromElsewhere(request: Pick<Request, 'header'>): boolean {
	const origin = request.header('origin');
	const site = request.header('sec-fetch-site');
	if (site !== null && site !== 'same-origin') return true;
	return origin !== null && origin.replace(/^https?:\/\//, '') !== request.header('host');
}
