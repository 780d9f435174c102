// Tokens as data: what one may do, and the port through which they are kept. Hashing and storage belong to the store.
import type { Audience } from '../../shared/events.ts';

export const tokenKinds = ['source', 'display', 'field', 'person'] as const;
export type TokenKind = (typeof tokenKinds)[number];
export const roles = ['viewer', 'team-lead', 'commander', 'er', 'press-author', 'press-releaser', 'alarm-operator', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** A role and what it is limited to: a team lead's teams, an ER's site. */
export type Duty = { readonly role: Role; readonly teams?: readonly string[]; readonly site?: string };

/** `name`: the source's id, the display's name, the site's id or the person's script name. `subjects`: globs a source may speak about. */
export type TokenGrant =
	| { readonly kind: 'source'; readonly name: string; readonly subjects: readonly string[] }
	| { readonly kind: 'display'; readonly name: string; readonly audience: Audience }
	| { readonly kind: 'field'; readonly name: string }
	| { readonly kind: 'person'; readonly name: string; readonly duties: readonly Duty[] };

export type TokenRow = {
	readonly id: string;
	readonly grant: TokenGrant;
	readonly madeAt: number;
	readonly revokedAt: number | null;
	readonly lastUsedAt: number | null;
};

/** Kept in the data folder; a revocation by another process takes effect here within a second. */
export type TokenStore = {
	/** Returns the secret once; only its hash is kept. */
	make(grant: TokenGrant, now: number): { readonly id: string; readonly secret: string };
	/** The grant of a secret that is known and not revoked, compared without leaking time. */
	check(secret: string): { readonly id: string; readonly grant: TokenGrant } | null;
	list(): readonly TokenRow[];
	/** False where there is no such token, or it was revoked before. */
	revoke(id: string, now: number): boolean;
	close(): void;
};
