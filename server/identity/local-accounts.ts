// Local accounts for the night when the provider is down: password (argon2id) and a time-based code, both asked, each code good once.
// The rate limit stands before the hashing, which is dear on purpose. Knows no session.
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Secret, TOTP } from 'otpauth';
import type { Account, AccountStore } from '../domain/people.ts';
import type { Duty } from '../domain/token.ts';

export const PASSWORD_MIN = 15;
const PASSWORD_MAX = 200;
const STEP_MS = 30_000;
/** argon2id with 64 MiB and three passes: above OWASP's least. Two at a time bound what guessing can cost. */
const argon = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 };
const HASHES_AT_ONCE = 2;
const HASHES_WAITING = 8;
/** By address and not by name: nobody far away can lock an account for those who sit in the room. */
const ATTEMPTS = { windowMs: 5 * 60_000, perAddress: 10 };
const ADDRESSES_KEPT = 10_000;

export type Attempt = { readonly name: string; readonly password: string; readonly code: string };
export type Checked =
	| { readonly ok: true; readonly account: Account }
	| { readonly ok: false; readonly why: 'wrong-credentials' | 'too-many'; readonly isFirst: boolean };

const totpOf = (name: string, secret: string): TOTP =>
	new TOTP({ issuer: 'Regia', label: name, algorithm: 'SHA1', digits: 6, period: STEP_MS / 1000, secret: Secret.fromBase32(secret) });

/** A new account with its password and code secret, both to be shown once. */
export async function newAccount(name: string, duties: readonly Duty[], now: number, chosen: string | null = null) {
	const password = chosen ?? randomBytes(18).toString('base64url');
	const totpSecret = new Secret({ size: 20 }).base32;
	const passwordHash = await hash(password, argon);
	const account: Account = { name, duties, passwordHash, totpSecret, lastStep: 0, madeAt: now };
	return { account, password, otpauth: totpOf(name, totpSecret).toString() };
}

/** The code of a secret at an instant; for tests and for whoever writes an authenticator. */
export const codeAt = (secret: string, at: number): string => totpOf('', secret).generate({ timestamp: at });

export type LocalAccounts = { check(attempt: Attempt, from: string): Promise<Checked> };

export function createLocalAccounts(store: Pick<AccountStore, 'get' | 'takeStep'>, now: () => number): LocalAccounts {
	const counts = new Map<string, { from: number; count: number }>();
	let running = 0;
	const waiting: (() => void)[] = [];
	let nobodysHash: Promise<string> | null = null;

	/** How many there were in the window, this one counted. */
	const count = (key: string): number => {
		const at = now();
		let entry = counts.get(key);
		if (entry === undefined || at - entry.from >= ATTEMPTS.windowMs) entry = { from: at, count: 0 };
		entry.count += 1;
		counts.delete(key);
		counts.set(key, entry);
		for (const oldest of counts.keys()) {
			if (counts.size <= ADDRESSES_KEPT) break;
			counts.delete(oldest);
		}
		return entry.count;
	};

	async function inTurn<T>(work: () => Promise<T>): Promise<T> {
		if (running >= HASHES_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
		else running += 1;
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else running -= 1;
		}
	}

	return {
		async check({ name, password, code }, from) {
			const byAddress = count(from);
			if (byAddress > ATTEMPTS.perAddress) return { ok: false, why: 'too-many', isFirst: byAddress === ATTEMPTS.perAddress + 1 };
			if (waiting.length >= HASHES_WAITING) return { ok: false, why: 'too-many', isFirst: false };
			const wrong = { ok: false, why: 'wrong-credentials', isFirst: true } as const;
			if (password.length > PASSWORD_MAX) return wrong;
			const account = store.get(name);
			nobodysHash ??= hash(randomBytes(18).toString('base64url'), argon);
			// An unknown name takes as long as a known one.
			const expected = account?.passwordHash ?? (await nobodysHash);
			const isRight = await inTurn(() => verify(expected, password).catch(() => false));
			if (!account || !isRight || !/^\d{6}$/.test(code)) return wrong;
			const delta = totpOf(name, account.totpSecret).validate({ token: code, timestamp: now(), window: 1 });
			if (delta === null) return wrong;
			if (!store.takeStep(name, Math.floor(now() / STEP_MS) + delta)) return wrong;
			counts.delete(from);
			return { ok: true, account };
		},
	};
}
