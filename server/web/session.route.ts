// POST /api/session: a token becomes an httpOnly cookie, so that a screen's page never holds it.
import { COOKIE } from '../domain/may.ts';
import { problem, type Route } from './route.ts';

export const route: Route = {
	method: 'POST',
	path: '/api/session',
	action: 'session.make',
	summary: 'Exchanges { token } for an httpOnly cookie of the same rights.',
	answers: { '204': 'the cookie is set', '401': 'the token is not valid or was revoked' },
	async handle(request, parts) {
		const body = await request.body();
		if (!Buffer.isBuffer(body)) return { problem: body };
		const token = tokenIn(body);
		if (token === null || parts.tokens.check(token) === null) {
			return problem(
				401,
				'unauthorised',
				'The token is not valid',
				'The token is not known here, or was revoked. Ask whoever runs Regia for a new one.',
			);
		}
		return { status: 204, text: '', type: 'text/plain', headers: { 'Set-Cookie': `${COOKIE}=${token}; HttpOnly; SameSite=Strict; Path=/` } };
	},
};

function tokenIn(body: Buffer): string | null {
	try {
		const raw: unknown = JSON.parse(body.toString('utf8'));
		const token = typeof raw === 'object' && raw !== null && 'token' in raw ? raw.token : null;
		return typeof token === 'string' && /^[\w-]{1,200}$/.test(token) ? token : null;
	} catch {
		return null;
	}
}
