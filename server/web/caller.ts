// Who a caller is, by its credentials: what an armed act is bound to, over HTTP and over the stream alike. Never shown.
import { hash } from 'node:crypto';
import { type Credentials, nameOf, type Who } from '../domain/may.ts';

/** A name may be borne by two tokens; what one of them armed the other may not spend. */
export function callerOf(who: Who, { bearer, cookie }: Pick<Credentials, 'bearer' | 'cookie'>): string {
	if (who.kind === 'person' && 'session' in who) return `${nameOf(who)} ${who.session}`;
	return `${nameOf(who)} ${hash('sha256', bearer ?? cookie ?? '')}`;
}
