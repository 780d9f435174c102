// The first administrator's one-time code: printed on the server's own terminal, good once and for an hour. Kept nowhere but here.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export const CLAIM_LASTS_MS = 3_600_000;
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export type Claim = { readonly code: string; isGood(code: string): boolean; spend(): void };

export function createClaim(now: () => number): Claim {
	const code = randomBytes(32).toString('base64url');
	const expected = digest(code);
	const until = now() + CLAIM_LASTS_MS;
	let isSpent = false;
	return {
		code,
		isGood: (given) => timingSafeEqual(digest(given), expected) && !isSpent && now() < until,
		spend() {
			isSpent = true;
		},
	};
}
