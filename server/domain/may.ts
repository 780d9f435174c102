// Who may do what: the one table that every route, event and button asks. Deny by default.
import type { TokenGrant } from './token.ts';

export const actions = [
	'page.read',
	'health.read',
	'schema.read',
	'session.make',
	'board.read',
	'series.read',
	'journal.read',
	'metrics.read',
	'stream.watch',
	'samples.send',
	'marks.make',
	'source.exact',
	'rehearsal.speed',
] as const;
export type Action = (typeof actions)[number];

/** `open`: a rehearsal watched without a token, read-only. */
export type Who = TokenGrant | { readonly kind: 'nobody' } | { readonly kind: 'open' };

const forAll: readonly Action[] = ['page.read', 'health.read', 'schema.read', 'session.make'];
const looking: readonly Action[] = ['board.read', 'series.read', 'stream.watch'];
const inspecting: readonly Action[] = [...looking, 'journal.read', 'metrics.read'];

function allowed(who: Who): readonly Action[] {
	switch (who.kind) {
		case 'nobody':
			return [];
		case 'open':
			return inspecting;
		case 'source':
			return ['samples.send'];
		case 'display':
			return looking;
		case 'field':
			return ['stream.watch'];
		case 'person':
			return personActions[who.role];
	}
}

const personActions: Readonly<Record<Extract<TokenGrant, { kind: 'person' }>['role'], readonly Action[]>> = {
	viewer: inspecting,
	'team-lead': [...inspecting, 'marks.make', 'source.exact'],
	commander: [...inspecting, 'marks.make', 'source.exact', 'rehearsal.speed'],
	'press-author': looking,
	'press-releaser': looking,
	'alarm-operator': inspecting,
	administrator: [...inspecting, 'rehearsal.speed'],
};

export const mayDo = (who: Who, action: Action): boolean => forAll.includes(action) || allowed(who).includes(action);

/** The audiences whose frames one may receive: a display only its own, the ward only the ward's. */
export function mayWatch(who: Who, audience: string): boolean {
	if (!mayDo(who, 'stream.watch')) return false;
	if (who.kind === 'display') return who.audience === audience;
	if (who.kind === 'field') return audience === 'field';
	if (who.kind === 'person' && who.role.startsWith('press-')) return audience === 'press';
	return true;
}

/** How one is named in the record. */
export const nameOf = (who: Who): string => ('name' in who ? `${who.kind}/${who.name}` : who.kind);

/** What a request or a handshake shows of itself. `sameOrigin` is null where it named no origin (no browser). */
export type Credentials = {
	readonly bearer: string | null;
	readonly cookie: string | null;
	readonly sameOrigin: boolean | null;
	readonly loopbackHost: boolean;
};

export type Identify = (credentials: Credentials) => Who;

/**
 * A bearer token speaks for itself. A cookie only from our own pages. An open rehearsal only under a loopback name, so that
 * no other site's page can read it through a visitor's browser.
 */
export function createIdentify(check: (secret: string) => { readonly grant: TokenGrant } | null, open: boolean): Identify {
	return ({ bearer, cookie, sameOrigin, loopbackHost }) => {
		if (bearer !== null) return check(bearer)?.grant ?? { kind: 'nobody' };
		if (sameOrigin === false) return { kind: 'nobody' };
		const known = cookie === null ? null : check(cookie);
		if (known) return known.grant;
		return open && loopbackHost ? { kind: 'open' } : { kind: 'nobody' };
	};
}

export const COOKIE = 'regia';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;
const one = (value: string | readonly string[] | undefined): string | null => (typeof value === 'string' ? value : (value?.[0] ?? null));

/** Reads credentials from HTTP headers; the same for a request and for a stream's handshake. */
export function credentialsOf(headers: Headers, token: string | null = null): Credentials {
	const host = one(headers.host) ?? '';
	const origin = one(headers.origin);
	const bearer = /^Bearer +(\S+)$/i.exec(one(headers.authorization) ?? '')?.[1] ?? null;
	const cookie = (one(headers.cookie) ?? '').split(/; */).find((pair) => pair.startsWith(`${COOKIE}=`));
	return {
		bearer: token ?? bearer,
		cookie: cookie?.slice(COOKIE.length + 1) ?? null,
		sameOrigin: origin === null ? null : origin.replace(/^https?:\/\//, '') === host,
		loopbackHost: /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host),
	};
}
