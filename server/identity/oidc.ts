// The only importer of openid-client: sends people to the provider, takes them back, and asks again about those who are inside.
// The provider may be down at any time, at the start as well. Knows no session and no role.
import { createHash } from 'node:crypto';
import * as client from 'openid-client';
import type { Plan } from '../../shared/plan.ts';

export type OidcSettings = NonNullable<Plan['access']['oidc']>;

/** What is kept of a sign-in to ask again: tokens, and where the groups stand. */
export type Grant = {
	readonly subject: string;
	readonly access: string;
	readonly accessUntil: number;
	readonly refresh: string | null;
	/** The provider's own statement of who came in: shown to it when they go out. */
	readonly idToken?: string | null;
	readonly groupsIn: 'userinfo' | 'id-token';
};
export type Known = { readonly subject: string; readonly name: string; readonly groups: readonly string[]; readonly grant: Grant };

/** What binds an answer to the browser that asked; travels in that browser alone. */
export type Transaction = { readonly state: string; readonly nonce: string; readonly verifier: string };

export type Arrived =
	| { readonly ok: true; readonly known: Known }
	| { readonly ok: false; readonly why: 'provider-down' | 'provider-refused' | 'bad-answer' };
/** `down`: nothing is known, so nothing changes. */
export type AskedAgain =
	| { readonly kind: 'same'; readonly groups: readonly string[]; readonly grant: Grant }
	| { readonly kind: 'refused' }
	| { readonly kind: 'cannot-ask' }
	| { readonly kind: 'down' };

export type Oidc = {
	isDown(): boolean;
	/** When the provider last answered or failed to. */
	askedAt(): number;
	/** Looks whether the provider is there, without a person. */
	probe(): Promise<void>;
	send(transaction: Transaction): Promise<string | null>;
	receive(query: string, transaction: Transaction): Promise<Arrived>;
	askAgain(grant: Grant): Promise<AskedAgain>;
	/** Where the browser ends its session at the provider too; null where the provider announces no such place, or does not answer. */
	leave(grant: Grant | null): Promise<string | null>;
};

const ANSWER_WITHIN_S = 5;
const EARLY_MS = 5000;
/** So that a flood of sign-ins is not a flood at the provider. */
const ANSWER_LASTS_MS = 2000;
const NAME_MAX = 60;
const GROUPS_MAX = 500;

const isLoopback = (address: URL): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(address.hostname);

/** Throws where tokens would travel in the clear: a mistake of the plan, to be told at the start. */
export function createOidc(settings: OidcSettings, secret: string | null, now: () => number): Oidc {
	const issuer = new URL(settings.issuer);
	const isPlain = issuer.protocol === 'http:';
	if (isPlain && !isLoopback(issuer)) throw new Error(`access.oidc.issuer is ${settings.issuer}: give an https address`);
	const callback = callbackOf(settings);
	let configuration: client.Configuration | null = null;
	let isDown = false;
	let askedAt = 0;

	const note = (down: boolean): void => {
		isDown = down;
		askedAt = now();
	};

	const discover = (): Promise<client.Configuration> =>
		client.discovery(issuer, settings.clientId, secret ?? undefined, secret === null ? client.None() : undefined, {
			timeout: ANSWER_WITHIN_S,
			...(isPlain ? { execute: [client.allowInsecureRequests] } : {}),
		});

	async function ready(): Promise<client.Configuration> {
		configuration ??= await discover();
		return configuration;
	}

	const groupsOf = (claims: Readonly<Record<string, unknown>> | undefined): readonly string[] | null => {
		const found = claims?.[settings.groupsClaim];
		if (typeof found === 'string') return [found];
		return Array.isArray(found) ? found.filter((one): one is string => typeof one === 'string').slice(0, GROUPS_MAX) : null;
	};

	const grantOf = (tokens: Tokens, subject: string, groupsIn: Grant['groupsIn'], before: Grant | null): Grant => ({
		subject,
		access: tokens.access_token,
		accessUntil: now() + (tokens.expiresIn() ?? 300) * 1000,
		refresh: tokens.refresh_token ?? before?.refresh ?? null,
		idToken: tokens.id_token ?? before?.idToken ?? null,
		groupsIn,
	});

	async function refreshed(config: client.Configuration, grant: Grant): Promise<{ readonly tokens: Tokens; readonly grant: Grant } | null> {
		if (grant.refresh === null) return null;
		const tokens = await client.refreshTokenGrant(config, grant.refresh);
		return { tokens, grant: grantOf(tokens, grant.subject, grant.groupsIn, grant) };
	}

	return {
		isDown: () => isDown,
		askedAt: () => askedAt,
		async probe() {
			try {
				await discover();
				note(false);
			} catch {
				note(true);
			}
		},
		async send({ state, nonce, verifier }) {
			try {
				if (now() - askedAt < ANSWER_LASTS_MS && isDown) return null;
				// Asked anew: whoever is sent to a provider that is down lands on a page that is not ours.
				if (now() - askedAt >= ANSWER_LASTS_MS || configuration === null) configuration = await discover();
				note(false);
				const challenge = createHash('sha256').update(verifier).digest('base64url');
				return client.buildAuthorizationUrl(configuration, {
					redirect_uri: callback,
					scope: settings.scopes,
					state,
					nonce,
					code_challenge: challenge,
					code_challenge_method: 'S256',
					...(settings.scopes.includes('offline_access') ? { prompt: 'consent' } : {}),
				}).href;
			} catch {
				note(true);
				return null;
			}
		},
		async receive(query, { state, nonce, verifier }) {
			try {
				const config = await ready();
				const address = new URL(callback);
				address.search = query;
				const tokens = await client.authorizationCodeGrant(config, address, {
					pkceCodeVerifier: verifier,
					expectedState: state,
					expectedNonce: nonce,
					idTokenExpected: true,
				});
				const claims = tokens.claims();
				if (!claims) return { ok: false, why: 'bad-answer' };
				const info = await client.fetchUserInfo(config, tokens.access_token, claims.sub).catch((error: unknown) => {
					if (outcomeOf(error) === 'down') throw error;
					return null;
				});
				note(false);
				const inInfo = groupsOf(info ?? undefined);
				const groups = inInfo ?? groupsOf(claims) ?? [];
				const grant = grantOf(tokens, claims.sub, inInfo === null ? 'id-token' : 'userinfo', null);
				return { ok: true, known: { subject: claims.sub, name: nameIn({ ...claims, ...info }), groups, grant } };
			} catch (error) {
				if (error instanceof client.AuthorizationResponseError) return { ok: false, why: 'provider-refused' };
				const isGone = !(error instanceof client.ResponseBodyError) && !(error instanceof client.ClientError && doesNotHold(error));
				if (isGone) note(true);
				return { ok: false, why: isGone ? 'provider-down' : 'bad-answer' };
			}
		},
		async askAgain(before) {
			try {
				const config = await ready();
				let grant = before;
				let claims: Readonly<Record<string, unknown>> | undefined;
				if (grant.groupsIn === 'id-token' || grant.accessUntil - EARLY_MS <= now()) {
					const next = await refreshed(config, grant);
					if (next === null) return { kind: 'cannot-ask' };
					grant = next.grant;
					claims = next.tokens.claims();
				}
				if (grant.groupsIn === 'userinfo') claims = await client.fetchUserInfo(config, grant.access, grant.subject);
				note(false);
				return { kind: 'same', groups: groupsOf(claims) ?? [], grant };
			} catch (error) {
				const outcome = outcomeOf(error);
				note(outcome === 'down');
				return { kind: outcome };
			}
		},
		async leave(grant) {
			if (isDown) return null;
			try {
				const config = await ready();
				if (config.serverMetadata().end_session_endpoint === undefined) return null;
				const hint = grant?.idToken;
				return client.buildEndSessionUrl(config, { post_logout_redirect_uri: homeOf(settings), ...(hint ? { id_token_hint: hint } : {}) }).href;
			} catch {
				return null;
			}
		},
	};
}

type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

/** Where the provider sends people back to once they are out, and once they are in; both are registered there. */
const homeOf = ({ publicUrl }: OidcSettings): string => new URL('/', publicUrl).href;
export const callbackOf = ({ publicUrl }: OidcSettings): string => new URL('/auth/callback', publicUrl).href;

/** The provider says no about this person; all else, its own troubles included, says nothing about them. */
function outcomeOf(error: unknown): 'refused' | 'down' {
	if (error instanceof client.ResponseBodyError) return error.error === 'invalid_grant' ? 'refused' : 'down';
	if (error instanceof client.WWWAuthenticateChallengeError) return error.status === 401 || error.status === 403 ? 'refused' : 'down';
	return error instanceof client.ClientError && error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED' ? 'refused' : 'down';
}

/** An answer that is there and does not hold: wrong state, nonce, signature. The provider is not down for that. */
const doesNotHold = (error: client.ClientError): boolean =>
	!['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(error.code ?? '');

/** How the record names a person: what they type to sign in, else the provider's own key of them. */
function nameIn(claims: Readonly<Record<string, unknown>>): string {
	const found = [claims.preferred_username, claims.sub].find((one): one is string => typeof one === 'string' && /^[\p{L}\p{N}._@+|:-]+$/u.test(one));
	return (found ?? 'person').slice(0, NAME_MAX);
}
