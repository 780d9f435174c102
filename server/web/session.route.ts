// POST /api/session: a token, or a link's one-time code, becomes an httpOnly cookie, so that a screen's page never holds it.
import * as z from 'zod/mini';
import { readJson } from './read-json.ts';
import { problem, type Route } from './route.ts';
import { screenCookie } from './screen-cookie.ts';

const secret = z.string().check(z.regex(/^[\w-]{1,200}$/));
const bodySchema = z.union([z.strictObject({ token: secret }), z.strictObject({ code: secret })]);

const notValid = problem(
	401,
	'unauthorised',
	'The token is not valid',
	'The token or link is not known here, was used before, is over or was revoked. Ask whoever runs Regia for a new one.',
);

export const route: Route = {
	method: 'POST',
	path: '/api/session',
	action: 'session.make',
	summary: 'Exchanges { token } for an httpOnly cookie of the same rights; { code } of a link, once, for the cookie of its field or display.',
	answers: { '204': 'the cookie is set', '200': 'the cookie is set: { kind, name, audience }', '401': 'not valid, used before, over or revoked' },
	async handle(request, parts) {
		const read = await readJson(request, bodySchema);
		if ('problem' in read) return read.problem.status === 400 ? notValid : read;
		const asked = read.value;
		if ('token' in asked) {
			if (parts.tokens.check(asked.token) === null) return notValid;
			return { status: 204, text: '', type: 'text/plain', headers: { 'Set-Cookie': screenCookie(asked.token, request) } };
		}
		const entered = parts.tokens.exchange(asked.code, Date.now(), request.from);
		if (!entered) return notValid;
		await parts.tellChanges();
		const { grant } = entered;
		const audience = grant.kind === 'display' ? grant.audience : null;
		return { status: 200, json: { kind: grant.kind, name: grant.name, audience }, headers: { 'Set-Cookie': screenCookie(entered.secret, request) } };
	},
};
