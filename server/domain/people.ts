// People as data: sessions, local accounts, and the ports through which they are kept and asked. Knows no provider, hash or storage.
import type { AuditDraft } from '../../shared/entry.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Credentials } from './may.ts';
import type { Duty } from './token.ts';

/** How somebody came in. `claim`: as the first administrator, by the link on the server's own terminal. */
export type Way = 'oidc' | 'break-glass' | 'claim';

/** Why a session ended, or nobody came in: closed words, for the record. */
export type EndReason =
	| 'idle'
	| 'absolute'
	| 'refused-by-provider'
	| 'cannot-be-asked-again'
	| 'no-role'
	| 'account-removed'
	| 'everywhere'
	| 'replaced';
export type RefusalReason =
	| 'no-transaction'
	| 'provider-down'
	| 'provider-refused'
	| 'bad-answer'
	| 'no-role'
	| 'wrong-credentials'
	| 'too-many'
	| 'not-offered'
	| 'bad-code';

/** One sign-in, over all the ids that it is given. `previousHash` stays good for a moment after `hash` was first used. */
export type SessionRow = {
	readonly family: string;
	readonly hash: Uint8Array;
	readonly previousHash: Uint8Array | null;
	readonly previousUntil: number | null;
	readonly way: Way;
	/** The provider's subject or the account's name. */
	readonly subject: string;
	readonly name: string;
	readonly groups: readonly string[];
	readonly startedAt: number;
	readonly seenAt: number;
	readonly turnedAt: number;
	/** What the provider must be shown to be asked again, sealed with the session's secret, which is kept nowhere. */
	readonly sealed: string | null;
};

export type SessionStore = {
	insert(row: SessionRow): void;
	/** By its hash or its previous one. */
	byHash(hash: Uint8Array): SessionRow | null;
	byFamily(family: string): SessionRow | null;
	update(row: SessionRow): void;
	/** False where it was gone before. */
	remove(family: string): boolean;
	all(): readonly SessionRow[];
	close(): void;
};

export type Account = {
	readonly name: string;
	readonly duties: readonly Duty[];
	/** argon2id, in its own text form. */
	readonly passwordHash: string;
	/** Base32. Must be readable to be checked: the file that holds it is the server's alone. */
	readonly totpSecret: string;
	/** The last time step that was accepted, so that a code is good once. */
	readonly lastStep: number;
	readonly madeAt: number;
};

/** What a command did while the server ran, waiting to be entered into the record. */
export type Pending = Pick<AuditDraft, 'act' | 'subject' | 'at'>;

export type AccountStore = {
	make(account: Account): void;
	get(name: string): Account | null;
	list(): readonly Account[];
	/** Keeps the step where it is later than the last one; false where it is not. */
	takeStep(name: string, step: number): boolean;
	remove(name: string, now: number): boolean;
	/** Whether anybody has ever come in or been let in by a command. */
	isClaimed(): boolean;
	claim(): void;
	/** Hands over what commands did, each once. */
	takePending(): readonly Pending[];
	close(): void;
};

/** The roles that the plan gives to groups. Who is in no listed group has none. */
export function dutiesOf(groups: readonly string[], { groups: rows }: Pick<Plan['access'], 'groups'>): readonly Duty[] {
	return rows
		.filter((row) => groups.includes(row.group))
		.map(({ role, teams, site }) => ({ role, ...(teams === undefined ? {} : { teams }), ...(site === undefined ? {} : { site }) }));
}

export type SignedIn = { readonly ok: true; readonly cookies: readonly string[]; readonly to: string };
export type NotIn = { readonly ok: false; readonly why: RefusalReason };

export type Door = { readonly from: string; readonly isSecure: boolean; readonly credentials: Credentials };

/** What the web may ask of the people's side of the server. Sets-cookie lines are finished texts. */
export type People = {
	readonly ways: readonly ('oidc' | 'break-glass' | 'token')[];
	isProviderDown(): boolean;
	isUnclaimed(): boolean;
	/** Waits where the provider was not asked for too long about this session. */
	settle(credentials: Credentials): Promise<void>;
	/** After a request: notes a person's act, and gives the cookie of a new id where the old one is due. */
	renew(credentials: Credentials, isAct: boolean): string | null;
	toProvider(to: string | null, from: string): Promise<{ readonly ok: true; readonly address: string; readonly cookie: string } | NotIn>;
	/** `query`: as the provider wrote it into the address. */
	fromProvider(query: string, cookies: string, door: Door): Promise<SignedIn | (NotIn & { readonly cookies: readonly string[] })>;
	breakGlass(attempt: { readonly name: string; readonly password: string; readonly code: string }, door: Door): Promise<SignedIn | NotIn>;
	claim(code: string, name: string, door: Door): Promise<(SignedIn & { readonly password: string | null; readonly totp: string | null }) | NotIn>;
	/** `to`: where the browser goes to end its session at the provider too; null where there is none. */
	signOut(door: Door, everywhere: boolean): Promise<{ readonly cookies: readonly string[]; readonly to: string | null }>;
};
