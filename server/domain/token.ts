// Tokens as data: what one may do, and the port through which they are kept. Hashing and storage belong to the store.
import type { Audience } from '../../shared/events.ts';

export const tokenKinds = ['source', 'display', 'field', 'person'] as const;
export type TokenKind = (typeof tokenKinds)[number];
export const roles = [
	'viewer',
	'team-lead',
	'commander',
	'er',
	'press-author',
	'press-releaser',
	'alarm-operator',
	'auditor',
	'administrator',
] as const;
export type Role = (typeof roles)[number];

/** A role and what it is limited to: a team lead's teams, an ER's site. */
export type Duty = { readonly role: Role; readonly teams?: readonly string[]; readonly site?: string };

/** `name`: the source's id, the display's name, the site's id or the person's script name. `subjects`, `measures`: globs of what a source may speak about; no measures named: all of them. */
export type TokenGrant =
	| { readonly kind: 'source'; readonly name: string; readonly subjects: readonly string[]; readonly measures?: readonly string[] }
	| { readonly kind: 'display'; readonly name: string; readonly audience: Audience }
	| { readonly kind: 'field'; readonly name: string }
	| { readonly kind: 'person'; readonly name: string; readonly duties: readonly Duty[] };

export type TokenRow = {
	readonly id: string;
	readonly grant: TokenGrant;
	readonly madeAt: number;
	/** From then on it is refused; null: until it is revoked. */
	readonly expiresAt: number | null;
	readonly revokedAt: number | null;
	readonly lastUsedAt: number | null;
	/** A rotated token's former secret works until then. */
	readonly formerUntil: number | null;
};

export type TokenState = 'valid' | 'expired' | 'revoked';
export const stateOf = ({ revokedAt, expiresAt }: Pick<TokenRow, 'revokedAt' | 'expiresAt'>, now: number): TokenState =>
	revokedAt !== null ? 'revoked' : expiresAt !== null && expiresAt <= now ? 'expired' : 'valid';

/** Who asked for a change, from where and why: what the record of it will say. A change without one is the server's own (a rehearsal's sources). */
export type Origin = { readonly by: string; readonly from: string; readonly why?: string };

/** A change that the journal has yet to hold; kept beside the tokens, in the same transaction, until it does. */
export type TokenChange = Origin & {
	/** Never given twice, so that telling it again keeps it once. */
	readonly key: string;
	readonly act: 'token-made' | 'token-rotated' | 'token-revoked' | 'link-made';
	readonly at: number;
	readonly subject: string;
	readonly detail: Readonly<Record<string, string | number | boolean>>;
};

export type MakeOptions = { readonly expiresAt?: number | null; readonly origin?: Origin };

/** Kept in the data folder; a revocation by another process takes effect here within a second. */
export type TokenStore = {
	/** Returns the secret once; only its hash is kept. */
	make(grant: TokenGrant, now: number, options?: MakeOptions): { readonly id: string; readonly secret: string };
	/** The grant of a secret that is known, in time and not revoked, compared without leaking time. */
	check(secret: string): { readonly id: string; readonly grant: TokenGrant } | null;
	list(): readonly TokenRow[];
	/** A new secret for the same token; the former one works until `formerUntil`. Null where there is no valid token of that id. */
	rotate(id: string, now: number, formerUntil: number, origin?: Origin): { readonly secret: string } | null;
	/** False where there is no such token, or it was revoked before. */
	revoke(id: string, now: number, origin?: Origin): boolean;
	/** A code that can be exchanged for a token once, until `validUntil`; the token then lives until `expiresAt`. */
	link(
		grant: TokenGrant,
		now: number,
		until: { readonly validUntil: number; readonly expiresAt: number | null },
		origin?: Origin,
	): { readonly code: string };
	/** The token of a link's code, the first time; null at any other. */
	exchange(code: string, now: number, from: string): { readonly id: string; readonly secret: string; readonly grant: TokenGrant } | null;
	/** Changes that nobody has told to the journal yet, oldest first. Answers from memory while no other process has written. */
	untold(): readonly TokenChange[];
	told(key: string): void;
	close(): void;
};
