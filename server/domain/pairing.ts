// Pairing: a wall without a token shows a short code, a person of the room types it, the wall's own secret then fetches its rights.
// The code alone gives nothing. Pure: told time and chance; makes no token.
import type { Audience } from '../../shared/events.ts';

/** No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: read across a room and typed without a doubt. */
export const codeAlphabet = '34679ACDEFGHJKMNPQRTWXY';
export const CODE_LENGTH = 6;
export const codePattern = new RegExp(`^[${codeAlphabet}]{${CODE_LENGTH}}$`);

export const PAIRING_FOR_MS = 300_000;
const OPEN_IN_ALL = 200;
const OPEN_AN_ADDRESS = 4;
const ASKS_A_MINUTE = 12;
const WRONG_CODES_A_MINUTE = 10;
const MINUTE_MS = 60_000;

export type Paired = { readonly name: string; readonly audience: Audience; readonly by: string; readonly expiresAt: number | null };
export type Opened = { readonly code: string; readonly secret: string; readonly validUntil: number };
export type Polled =
	| { readonly kind: 'waiting'; readonly validUntil: number }
	| { readonly kind: 'paired'; readonly as: Paired }
	| { readonly kind: 'unknown' };

export type Pairing = {
	/** Null where this address, or everybody, has asked for too many. */
	open(address: string): Opened | null;
	/** `unknown` also for a code that is over, or already confirmed. `too-many`: this caller has typed too many wrong ones. */
	confirm(
		code: string,
		as: Paired,
		caller: string,
	): { readonly kind: 'confirmed'; readonly from: string } | { readonly kind: 'unknown' } | { readonly kind: 'too-many' };
	/** Takes the confirmed rights away with it: they are handed out once. A wrong secret is answered as an unknown code. */
	poll(code: string, secret: string): Polled;
};

type Open = { readonly secret: string; readonly address: string; readonly until: number; as: Paired | null };
export type PairingPorts = { now(): number; code(): string; secret(): string; isSame(a: string, b: string): boolean };

/** Instants of the last minute, a list a name. */
function lately(now: () => number) {
	const seen = new Map<string, number[]>();
	return {
		count(name: string): number {
			for (const [key, instants] of seen) {
				const left = instants.filter((at) => at > now() - MINUTE_MS);
				if (left.length === 0) seen.delete(key);
				else seen.set(key, left);
			}
			return seen.get(name)?.length ?? 0;
		},
		note(name: string): void {
			seen.set(name, [...(seen.get(name) ?? []), now()]);
		},
	};
}

export function createPairing({ now, code: newCode, secret: newSecret, isSame }: PairingPorts): Pairing {
	const opened = new Map<string, Open>();
	const asks = lately(now);
	const wrong = lately(now);

	function clear(): void {
		for (const [code, { until }] of opened) if (until <= now()) opened.delete(code);
	}

	return {
		open(address) {
			clear();
			const here = [...opened.values()].filter((one) => one.address === address).length;
			if (opened.size >= OPEN_IN_ALL || here >= OPEN_AN_ADDRESS || asks.count(address) >= ASKS_A_MINUTE) return null;
			asks.note(address);
			let code = newCode();
			while (opened.has(code)) code = newCode();
			const validUntil = now() + PAIRING_FOR_MS;
			const secret = newSecret();
			opened.set(code, { secret, address, until: validUntil, as: null });
			return { code, secret, validUntil };
		},
		confirm(code, as, caller) {
			clear();
			if (wrong.count(caller) >= WRONG_CODES_A_MINUTE) return { kind: 'too-many' };
			const found = opened.get(code);
			if (!found || found.as !== null) {
				wrong.note(caller);
				return { kind: 'unknown' };
			}
			found.as = as;
			return { kind: 'confirmed', from: found.address };
		},
		poll(code, secret) {
			clear();
			const found = opened.get(code);
			if (!found || !isSame(found.secret, secret)) return { kind: 'unknown' };
			if (found.as === null) return { kind: 'waiting', validUntil: found.until };
			opened.delete(code);
			return { kind: 'paired', as: found.as };
		},
	};
}
