// Who one is to Regia and what one may do, as GET /api/me says it: for buttons. The server asks its own table again at every act.

export type MyDuty = { readonly role: string; readonly teams?: readonly string[]; readonly site?: string };
/** Whose a thing is, by the plan: a team's, a site's, or whoever has a role. */
export type Whose = { readonly team?: string | null; readonly site?: string | null; readonly role?: string | null };
export type SignInWay = 'oidc' | 'break-glass' | 'token';

export type Me = {
	readonly who: { readonly kind: string; readonly name: string | null; readonly isSession: boolean };
	readonly duties: readonly MyDuty[];
	/** Actions, by the server's names. */
	readonly may: readonly string[];
	/** Those of them that one may do only to one's own, each with the roles by which. */
	readonly own: Readonly<Record<string, readonly string[]>>;
	/** How one can come in here. */
	readonly ways: readonly SignInWay[];
	/** The identity provider does not answer: nobody new comes in by it, those inside stay. */
	readonly providerDown: boolean;
	/** Nobody is in charge of this Regia yet. */
	readonly unclaimed: boolean;
};
