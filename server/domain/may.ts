// Who may do what: the one table that every route, event and button asks. Deny by default.
import type { Audience, EventName } from '../../shared/events.ts';
import { type Duty, roles as everyRole, type Role, type TokenGrant } from './token.ts';

/** `open`: a rehearsal watched without a token, read-only. */
export type Who = TokenGrant | SessionWho | { readonly kind: 'nobody' } | { readonly kind: 'open' };
/** A person who signed in; `session` stays the same over the session's changing ids. */
export type SessionWho = { readonly kind: 'person'; readonly name: string; readonly duties: readonly Duty[]; readonly session: string };
type Thing = Exclude<Who['kind'], 'person'>;

/** `own`: roles that may only where what they act on is of their team or site. */
type Permission = { readonly things: readonly Thing[]; readonly roles: readonly Role[]; readonly own?: readonly Role[] };

const everyone: readonly Thing[] = ['nobody', 'open', 'source', 'display', 'field'];
/** Who belongs to the room and reads what it reads; the auditor does nothing else there. */
const room: readonly Role[] = ['viewer', 'team-lead', 'commander', 'alarm-operator', 'auditor', 'administrator'];

/** A row an action. Who is not named in it may not. */
export const permissions = {
	'page.read': { things: everyone, roles: everyRole },
	'health.read': { things: everyone, roles: everyRole },
	'schema.read': { things: everyone, roles: everyRole },
	'session.make': { things: everyone, roles: everyRole },
	'session.read': { things: everyone, roles: everyRole },
	'session.end': { things: everyone, roles: everyRole },
	/** Shows at its own door whose token it wants: the path's shape leaves no other place for it. */
	'heartbeat.send': { things: everyone, roles: everyRole },
	'stream.watch': { things: ['open', 'display', 'field'], roles: everyRole },
	'board.read': { things: ['open', 'display'], roles: everyRole },
	'series.read': { things: ['open'], roles: room },
	'journal.read': { things: ['open'], roles: room },
	'metrics.read': { things: ['open'], roles: room },
	'samples.send': { things: ['source'], roles: [] },
	/** Words for the record; they decide nothing. */
	'notes.make': { things: [], roles: ['team-lead', 'commander', 'er', 'alarm-operator'] },
	/** The door of all marks; what each needs is asked of its own row (ownership.ts). */
	'marks.send': { things: [], roles: ['team-lead', 'commander', 'er', 'alarm-operator', 'press-author', 'press-releaser', 'administrator'] },
	'marks.make': { things: [], roles: ['commander'], own: ['team-lead'] },
	/** Counts by hand, and what only those beside the beds know: of one's own site. */
	'counts.make': { things: [], roles: ['commander'], own: ['er'] },
	/** The door of counts; a ward and a person are asked for their site, a source for its subjects (count.route.ts). */
	'counts.send': { things: ['source', 'field'], roles: ['commander'], own: ['er'] },
	'counts.read': { things: ['field'], roles: ['commander'], own: ['er'] },
	/** On paper, restored, diverted. */
	'sites.mark': { things: [], roles: ['commander'], own: ['er'] },
	/** Of a gate's positions only those that are one's own; the rank of whoever asks opens no other. */
	'gates.vote': { things: [], roles: [], own: ['team-lead', 'commander', 'er', 'alarm-operator', 'administrator'] },
	/** Acknowledge, shelve, reset. */
	'alarms.mark': { things: [], roles: ['alarm-operator', 'commander'], own: ['team-lead'] },
	/** Open, lead and close an incident. */
	'incidents.mark': { things: [], roles: ['commander', 'alarm-operator'] },
	/** Take the technical part in it or that of communication, and write on its timeline. */
	'incidents.join': { things: [], roles: ['commander', 'alarm-operator', 'team-lead', 'press-author', 'press-releaser'] },
	/** What was said to the public, and to whom. */
	'statements.make': { things: [], roles: ['commander', 'press-author', 'press-releaser'] },
	/** Legal clocks: a decision that is recorded and stands. */
	'clocks.mark': { things: [], roles: ['commander'] },
	'channels.test': { things: [], roles: ['alarm-operator', 'administrator'] },
	/** Sheets before they are released; what is released is everybody's. */
	'press.read': { things: [], roles: ['press-author', 'press-releaser', 'commander'] },
	'press.compose': { things: [], roles: ['press-author'] },
	/** Never of one's own sheet. */
	'press.release': { things: [], roles: ['press-releaser'] },
	'press.withdraw': { things: [], roles: ['press-releaser', 'commander'] },
	'source.exact': { things: [], roles: ['commander'], own: ['team-lead'] },
	'tokens.read': { things: [], roles: ['administrator'] },
	'tokens.make': { things: [], roles: ['administrator'] },
	'tokens.rotate': { things: [], roles: ['administrator'] },
	'tokens.revoke': { things: [], roles: ['administrator'] },
	/** The first half of a dangerous act; the act itself is asked about again. */
	'act.arm': { things: [], roles: ['team-lead', 'commander', 'er', 'alarm-operator', 'press-releaser', 'administrator'] },
	/** A screen that has nothing yet asks for a code, and whether somebody typed it. */
	'pairing.ask': { things: everyone, roles: everyRole },
	'pairing.confirm': { things: [], roles: ['commander', 'administrator'] },
	/** Who did what from where. Not a viewer's to read: that screen hangs in a corridor. */
	'audit.read': { things: [], roles: ['commander', 'auditor', 'administrator'] },
	'rehearsal.speed': { things: [], roles: ['commander', 'administrator'] },
} as const satisfies Record<string, Permission>;
export type Action = keyof typeof permissions;

/** What each event of the stream needs before its payload is looked at; a mark needs more (ownership.ts). */
export const eventActions = {
	vitals: 'stream.watch',
	resume: 'stream.watch',
	since: 'board.read',
	mark: 'marks.send',
} as const satisfies Record<EventName, Action>;

export const actions = Object.keys(permissions) as readonly Action[];

/** Whose the thing acted on is, by the plan; null where it is nobody's in particular. */
export type Ownership = { readonly team?: string | null; readonly site?: string | null; readonly role?: string | null };

/** A team is its lead's own; whoever else belongs to it does not speak for it. */
const isOwn = (duty: Duty, of: Ownership): boolean =>
	(typeof of.team === 'string' && duty.role === 'team-lead' && (duty.teams ?? []).includes(of.team)) ||
	(typeof of.site === 'string' && duty.site === of.site) ||
	(typeof of.role === 'string' && duty.role === of.role);

/**
 * Without `of`: whether one may do it to anything at all (what a door or a button asks first). With it: whether to this thing.
 */
export function mayDo(who: Who, action: Action, of?: Ownership): boolean {
	const permission: Permission = permissions[action];
	if (who.kind !== 'person') return permission.things.includes(who.kind);
	return who.duties.some(
		(duty) => permission.roles.includes(duty.role) || (permission.own?.includes(duty.role) === true && (of === undefined || isOwn(duty, of))),
	);
}

const rolesAt = (who: Who): readonly Role[] => (who.kind === 'person' ? who.duties.map((duty) => duty.role) : []);

/** The one reduced board that this caller may see where it names none: a display its own, the ward the ward's, the press the press's. */
export function audienceOf(who: Who): Audience {
	if (who.kind === 'display') return who.audience;
	if (who.kind === 'field') return 'field';
	const roles = rolesAt(who);
	if (roles.length === 0 || roles.some((role) => room.includes(role))) return 'desk';
	return roles.includes('er') ? 'field' : 'press';
}

/** The audiences whose frames one may receive. Who belongs to the room may look at all of them. */
export function mayWatch(who: Who, audience: Audience): boolean {
	if (!mayDo(who, 'stream.watch')) return false;
	if (who.kind === 'open' || rolesAt(who).some((role) => room.includes(role))) return true;
	return audienceOf(who) === audience || (audience === 'press' && rolesAt(who).some((role) => role.startsWith('press-')));
}

/** How one is named in the record. */
export const nameOf = (who: Who): string => ('name' in who ? `${who.kind}/${who.name}` : who.kind);

/** What a request or a handshake shows of itself. `sameOrigin` is null where it named no origin (no browser). */
export type Credentials = {
	readonly bearer: string | null;
	readonly cookie: string | null;
	readonly sameOrigin: boolean | null;
	readonly loopbackHost: boolean;
	/** The session's cookies: plain, and under the prefix that browsers keep for https and this very host. */
	readonly session: string | null;
	readonly hostSession: string | null;
	readonly host: string;
	/** `Sec-Fetch-Site`: what the browser says of where the request was made. */
	readonly fetchSite: string | null;
	/** Set inside for a standing connection, whose cookie may have been replaced since; never read from the wire. */
	readonly family?: string;
};

export type Identify = (credentials: Credentials) => Who;

/**
 * A bearer token speaks for itself. A cookie only from our own pages, a person's session before a screen's token. An open
 * rehearsal only under a loopback name, so that no other site's page can read it through a visitor's browser.
 */
export function createIdentify(
	check: (secret: string) => { readonly grant: TokenGrant } | null,
	open: boolean,
	sessionOf: (credentials: Credentials) => SessionWho | null = () => null,
): Identify {
	return (credentials) => {
		const { bearer, cookie, sameOrigin, loopbackHost, family } = credentials;
		if (bearer !== null) return check(bearer)?.grant ?? { kind: 'nobody' };
		if (sameOrigin === false) return { kind: 'nobody' };
		const person = sessionOf(credentials);
		if (person || family !== undefined) return person ?? { kind: 'nobody' };
		const known = cookie === null ? null : check(cookie);
		if (known) return known.grant;
		return open && loopbackHost ? { kind: 'open' } : { kind: 'nobody' };
	};
}

export const COOKIE = 'regia';
export const SESSION_COOKIE = 'regia-session';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;
const one = (value: string | readonly string[] | undefined): string | null => (typeof value === 'string' ? value : (value?.[0] ?? null));

/** Reads credentials from HTTP headers; the same for a request and for a stream's handshake. */
export function credentialsOf(headers: Headers, token: string | null = null): Credentials {
	const host = one(headers.host) ?? '';
	const origin = one(headers.origin);
	const bearer = /^Bearer +(\S+)$/i.exec(one(headers.authorization) ?? '')?.[1] ?? null;
	const cookies = one(headers.cookie) ?? '';
	return {
		bearer: token ?? bearer,
		cookie: cookieIn(cookies, COOKIE),
		sameOrigin: origin === null ? null : origin.replace(/^https?:\/\//, '') === host,
		loopbackHost: /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host),
		session: cookieIn(cookies, SESSION_COOKIE),
		hostSession: cookieIn(cookies, `__Host-${SESSION_COOKIE}`),
		host,
		fetchSite: one(headers['sec-fetch-site']),
	};
}

/** Null also where a name comes twice with different values: another page on this host may have planted one of them. */
export function cookieIn(header: string, name: string): string | null {
	const values = new Set(
		header
			.split(';')
			.map((pair) => pair.trim())
			.filter((pair) => pair.startsWith(`${name}=`))
			.map((pair) => pair.slice(name.length + 1)),
	);
	const [only] = values;
	return values.size === 1 && only !== undefined && only !== '' ? only : null;
}
