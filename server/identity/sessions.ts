// Sessions: made, checked, given a new id, ended. An id is 256 random bits in a cookie, and only its SHA-256 is kept.
// Told the time; knows neither provider nor password.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import type { SessionRow, SessionStore } from '../domain/people.ts';

export type SessionLimits = { readonly idle: number; readonly absolute: number };

export const ROTATE_EVERY_MS = 15 * 60_000;
/** How long an id that was replaced stays good once its successor was seen: for requests that were on their way. */
export const OVERLAP_MS = 30_000;
/** Writing a session's last act more often than this tells nothing. */
const NOTE_ACT_EVERY_MS = 1000;

const secretPattern = /^[A-Za-z0-9_-]{43}$/;
const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const newSecret = (): string => randomBytes(32).toString('base64url');
const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);

export type NewSession = Pick<SessionRow, 'way' | 'subject' | 'name' | 'groups'> & { readonly kept: string | null };
export type Ended = 'idle' | 'absolute';

export type Sessions = {
	/** Always a new id: nothing that a browser showed before is taken over. */
	start(session: NewSession, now: number): { readonly row: SessionRow; readonly secret: string };
	check(secret: string, now: number): SessionRow | null;
	ofFamily(family: string, now: number): SessionRow | null;
	/** A new id, where one is due; the old one stays good until the new one was seen, and a moment longer. */
	turn(secret: string, now: number): string | null;
	act(family: string, now: number): void;
	keep(family: string, secret: string, kept: string): void;
	/** What was kept for the provider; only the session's own secret opens it. */
	kept(row: SessionRow, secret: string): string | null;
	setGroups(family: string, groups: readonly string[]): void;
	end(family: string): SessionRow | null;
	all(): readonly SessionRow[];
	/** Why it is over, or null. */
	over(row: SessionRow, now: number): Ended | null;
};

export function createSessions(store: SessionStore, { idle, absolute }: SessionLimits): Sessions {
	const over = (row: SessionRow, now: number): Ended | null => {
		if (now - row.startedAt >= absolute) return 'absolute';
		return now - row.seenAt >= idle ? 'idle' : null;
	};

	const check = (secret: string, now: number): SessionRow | null => {
		if (!secretPattern.test(secret)) return null;
		const hash = digest(secret);
		const row = store.byHash(hash);
		if (row === null || over(row, now) !== null) return null;
		if (isSame(row.hash, hash)) {
			if (row.previousHash === null || row.previousUntil !== null) return row;
			const seen = { ...row, previousUntil: now + OVERLAP_MS };
			store.update(seen);
			return seen;
		}
		return row.previousUntil === null || now < row.previousUntil ? row : null;
	};

	return {
		start({ kept, ...rest }, now) {
			const secret = newSecret();
			const row: SessionRow = {
				...rest,
				family: randomUUID(),
				hash: digest(secret),
				previousHash: null,
				previousUntil: null,
				startedAt: now,
				seenAt: now,
				turnedAt: now,
				sealed: kept === null ? null : seal(kept, secret),
			};
			store.insert(row);
			return { row, secret };
		},
		check,
		ofFamily(family, now) {
			const row = store.byFamily(family);
			return row === null || over(row, now) !== null ? null : row;
		},
		turn(secret, now) {
			const row = check(secret, now);
			if (row === null) return null;
			const hash = digest(secret);
			// The answer that brought the new id may have been lost: after a moment the old one is given another.
			const wasLost = !isSame(row.hash, hash) && row.previousUntil === null && now - row.turnedAt >= OVERLAP_MS;
			const isDue = isSame(row.hash, hash) && now - row.turnedAt >= ROTATE_EVERY_MS;
			if (!wasLost && !isDue) return null;
			const next = newSecret();
			const kept = row.sealed === null ? null : unseal(row.sealed, secret);
			const sealed = kept === null ? row.sealed : seal(kept, next);
			store.update({ ...row, hash: digest(next), previousHash: hash, previousUntil: null, turnedAt: now, sealed });
			return next;
		},
		act(family, now) {
			const row = store.byFamily(family);
			if (row && now - row.seenAt >= NOTE_ACT_EVERY_MS && over(row, now) === null) store.update({ ...row, seenAt: now });
		},
		keep(family, secret, kept) {
			const row = store.byFamily(family);
			if (row && isSame(row.hash, digest(secret))) store.update({ ...row, sealed: seal(kept, secret) });
		},
		kept: (row, secret) => (row.sealed === null ? null : unseal(row.sealed, secret)),
		setGroups(family, groups) {
			const row = store.byFamily(family);
			if (row) store.update({ ...row, groups });
		},
		end(family) {
			const row = store.byFamily(family);
			return row && store.remove(family) ? row : null;
		},
		all: () => store.all(),
		over,
	};
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const keyOf = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'regia sealed', 32));

/** AES-256-GCM under a key that only the holder of `secret` can make. */
export function seal(text: string, secret: string): string {
	const nonce = randomBytes(NONCE_BYTES);
	const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
	const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** Null where it was sealed with another secret, or changed. */
export function unseal(sealed: string, secret: string): string | null {
	try {
		const bytes = Buffer.from(sealed, 'base64url');
		const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, NONCE_BYTES));
		decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
		return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
	} catch {
		return null;
	}
}
