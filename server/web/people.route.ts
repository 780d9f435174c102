// /auth and GET /api/me: people coming in and going out. What they show is checked behind Parts.people; here are only the shapes.
import * as z from 'zod/mini';
import type { Me } from '../../shared/me.ts';
import { type Action, actions, COOKIE, mayDo, type Who } from '../domain/may.ts';
import type { Door, RefusalReason } from '../domain/people.ts';
import { type Problem, problem, type Reply, type Request, type Route } from './route.ts';

const text = (max: number) => z.string().check(z.maxLength(max));
const breakGlassSchema = z.strictObject({ name: text(60), password: text(200), code: text(10) });
const claimSchema = z.strictObject({ code: text(100), name: z._default(text(60), '') });

/** A page under https says so in its Origin; only there does a browser keep a Secure cookie. */
const doorOf = ({ from, credentials, header }: Request): Door => ({
	from,
	credentials,
	isSecure: header('origin')?.startsWith('https:') ?? false,
});

const redirect = (to: string, cookies: readonly string[]): Reply => ({
	status: 303,
	text: '',
	type: 'text/plain',
	headers: { Location: to },
	cookies,
});
/** The page that says why, in the reader's language; `why` is one of ours, never what another site sent. */
const backToSignIn = (why: RefusalReason, cookies: readonly string[]): Reply => redirect(`/?refused=${why}`, cookies);

async function read<T extends z.ZodMiniType>(
	request: Request,
	schema: T,
): Promise<{ ok: true; value: z.infer<T> } | { ok: false; problem: Problem }> {
	const body = await request.body();
	if (!Buffer.isBuffer(body)) return { ok: false, problem: body };
	let raw: unknown;
	try {
		raw = JSON.parse(body.toString('utf8'));
	} catch {
		raw = undefined;
	}
	const parsed = schema.safeParse(raw);
	if (parsed.success) return { ok: true, value: parsed.data };
	return { ok: false, ...problem(400, 'malformed', 'Not understood', 'the body is JSON with the members that /api/openapi.json names') };
}

function refused(why: RefusalReason): Reply {
	if (why === 'too-many')
		return { ...problem(429, 'too-many', 'Too many attempts', 'Wait five minutes, then try again.'), headers: { 'Retry-After': '300' } };
	if (why === 'not-offered') return problem(404, 'not-offered', 'Not offered', 'The plan does not offer this way in (access.breakGlass).');
	if (why === 'bad-code')
		return problem(403, 'bad-code', 'The link is not valid', 'It was used, or is older than an hour. Start Regia again: it prints a new one.');
	return problem(401, 'refused', 'Not let in', 'Name, password or code is wrong. A code is good once: wait for the next one.');
}

/** Actions that are one's own things' only, with the roles by which: what a button must know beyond yes and no. */
function ownActions(who: Who): Me['own'] {
	if (who.kind !== 'person') return {};
	const by = (action: Action): readonly string[] => who.duties.filter((duty) => mayDo({ ...who, duties: [duty] }, action)).map(({ role }) => role);
	return Object.fromEntries(actions.filter((action) => mayDo(who, action) && !mayDo(who, action, {})).map((action) => [action, by(action)]));
}

const signedOut = { '200': 'ended here: { to }, where the provider ends its own', '204': 'ended' };
const signOut = (everywhere: boolean) => async (request: Request, parts: Parameters<Route['handle']>[1]) => {
	const { cookies: gone, to } = await parts.people.signOut(doorOf(request), everywhere);
	const byToken = request.who.kind === 'person' && !('session' in request.who);
	const noToken = `${COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;
	const cookies = byToken ? [...gone, noToken] : gone;
	return to === null ? { status: 204, text: '', type: 'text/plain', cookies } : { status: 200, json: { to }, cookies };
};

export const routes: readonly Route[] = [
	{
		method: 'GET',
		path: '/auth/sign-in',
		action: 'session.make',
		summary: 'Sends the browser to the identity provider.',
		query: { to: 'the path to come back to' },
		answers: { '303': 'to the provider, or back to the sign-in page with the reason' },
		async handle({ query, from }, { people }) {
			const way = await people.toProvider(query.get('to'), from);
			return way.ok ? redirect(way.address, [way.cookie]) : backToSignIn(way.why, []);
		},
	},
	{
		method: 'GET',
		path: '/auth/callback',
		action: 'session.make',
		summary: 'Where the identity provider sends the browser back to.',
		answers: { '303': 'inside, or back to the sign-in page with the reason' },
		async handle(request, { people }) {
			const arrived = await people.fromProvider(request.query.toString(), request.header('cookie') ?? '', doorOf(request));
			return arrived.ok ? redirect(arrived.to, arrived.cookies) : backToSignIn(arrived.why, arrived.cookies);
		},
	},
	{
		method: 'POST',
		path: '/auth/break-glass',
		action: 'session.make',
		summary: 'Signs in with a local account: { name, password, code }.',
		answers: { '204': 'inside', '401': 'name, password or code is wrong', '404': 'not offered by the plan', '429': 'too many attempts' },
		async handle(request, { people }) {
			const attempt = await read(request, breakGlassSchema);
			if (!attempt.ok) return attempt;
			const arrived = await people.breakGlass(attempt.value, doorOf(request));
			return arrived.ok ? { status: 204, text: '', type: 'text/plain', cookies: arrived.cookies } : refused(arrived.why);
		},
	},
	{
		method: 'POST',
		path: '/auth/claim',
		action: 'session.make',
		summary: "Makes the first administrator by the code on the server's own terminal: { code, name }.",
		answers: { '200': '{ password, totp }: the local account, shown once; null where the plan has none', '403': 'the code is not valid' },
		async handle(request, { people }) {
			const given = await read(request, claimSchema);
			if (!given.ok) return given;
			const arrived = await people.claim(given.value.code, given.value.name, doorOf(request));
			if (!arrived.ok) return refused(arrived.why);
			return { status: 200, json: { password: arrived.password, totp: arrived.totp }, cookies: arrived.cookies };
		},
	},
	{
		method: 'POST',
		path: '/auth/stay',
		action: 'session.read',
		summary: 'Says that somebody is at the screen, so that the session is not idle.',
		answers: { '204': 'heard' },
		handle: async () => ({ status: 204, text: '', type: 'text/plain' }),
	},
	{
		method: 'POST',
		path: '/auth/sign-out',
		action: 'session.end',
		summary: 'Ends this session.',
		answers: signedOut,
		handle: signOut(false),
	},
	{
		method: 'POST',
		path: '/auth/sign-out-everywhere',
		action: 'session.end',
		summary: 'Ends every session of this person.',
		answers: signedOut,
		handle: signOut(true),
	},
	{
		method: 'GET',
		path: '/api/me',
		action: 'session.read',
		summary: 'Who one is, what one may do, and how one can come in.',
		answers: { '200': '{ who, duties, may, ways, providerDown, unclaimed }' },
		async handle({ who }, { people }) {
			const me: Me = {
				who: { kind: who.kind, name: 'name' in who ? who.name : null, isSession: 'session' in who },
				duties: who.kind === 'person' ? who.duties : [],
				may: actions.filter((action) => mayDo(who, action)),
				own: ownActions(who),
				ways: people.ways,
				providerDown: people.isProviderDown(),
				unclaimed: people.isUnclaimed(),
			};
			return { status: 200, json: me };
		},
	},
];
