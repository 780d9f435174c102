// The tokens of things and scripts: listed, made, rotated, revoked. A secret is in one answer, once; every change is in the audit.
import * as z from 'zod/mini';
import { type Action, nameOf } from '../domain/may.ts';
import { stateOf, type TokenRow } from '../domain/token.ts';
import { grantSchema, lifeSchema, makeSchema, revokeSchema, rotateSchema, toGrant, whySchema } from '../domain/token-ask.ts';
import { readJson } from './read-json.ts';
import { type Parts, problem, type Reply, type Request, type Route } from './route.ts';

const idPattern = /^[0-9a-f]{10}$/;
const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString());

const LINK_VALID_MS = 86_400_000;
const linkSchema = z.strictObject({
	grant: grantSchema,
	validFor: z.optional(lifeSchema),
	expires: z.optional(z.nullable(lifeSchema)),
	why: whySchema,
});

const shown = (row: TokenRow, now: number) => ({
	id: row.id,
	...row.grant,
	state: stateOf(row, now),
	madeAt: iso(row.madeAt),
	expiresAt: iso(row.expiresAt),
	lastUsedAt: iso(row.lastUsedAt),
	revokedAt: iso(row.revokedAt),
	formerUntil: row.formerUntil !== null && row.formerUntil > now ? iso(row.formerUntil) : null,
});

const originOf = ({ who, from }: Request, why: string) => ({ by: nameOf(who), from, why });
const noSuchToken = (): Reply => problem(404, 'no-such-token', 'No such token', 'there is no valid token of this id: see GET /api/tokens');
const notArmed = (): Reply =>
	problem(
		409,
		'not-armed',
		'This act was not armed',
		'Ask POST /api/arm for a nonce, and send it within 30 seconds: it is good once, for this act, this token and this caller.',
	);

const isArmed = (request: Request, parts: Parts, action: Action, id: string, nonce: string): boolean =>
	parts.arms.spend(nonce, { action, subject: `token/${id}`, caller: request.caller });

async function rotate(request: Request, parts: Parts): Promise<Reply> {
	const id = request.params.id ?? '';
	const read = await readJson(request, rotateSchema);
	if ('problem' in read) return read;
	const { overlap, why, nonce } = read.value;
	if (!idPattern.test(id)) return noSuchToken();
	// Without an overlap whoever holds the former secret is cut off at once: as dangerous as a revocation.
	if (overlap === 0 && !isArmed(request, parts, 'tokens.rotate', id, nonce ?? '')) return notArmed();
	const now = Date.now();
	const rotated = parts.tokens.rotate(id, now, now + overlap, originOf(request, why));
	if (!rotated) return noSuchToken();
	await parts.tellChanges();
	return { status: 200, json: { id, secret: rotated.secret, formerUntil: iso(now + overlap) } };
}

async function revoke(request: Request, parts: Parts): Promise<Reply> {
	const id = request.params.id ?? '';
	const read = await readJson(request, revokeSchema);
	if ('problem' in read) return read;
	if (!idPattern.test(id)) return noSuchToken();
	if (!isArmed(request, parts, 'tokens.revoke', id, read.value.nonce)) return notArmed();
	if (!parts.tokens.revoke(id, Date.now(), originOf(request, read.value.why))) return noSuchToken();
	await parts.tellChanges();
	return { status: 200, json: { id, state: 'revoked' } };
}

export const routes: readonly Route[] = [
	{
		method: 'GET',
		path: '/api/tokens',
		action: 'tokens.read',
		summary: 'Every token with its kind, scope, expiry, last use and state; never a secret.',
		answers: { '200': '{ tokens: [{ id, kind, name, …, state, madeAt, expiresAt, lastUsedAt, revokedAt, formerUntil }] }' },
		async handle(_request, parts) {
			const now = Date.now();
			return { status: 200, json: { tokens: parts.tokens.list().map((row) => shown(row, now)) } };
		},
	},
	{
		method: 'POST',
		path: '/api/tokens',
		action: 'tokens.make',
		summary: 'Makes a token: { grant: { kind, name, … }, expires: "30d" or null, why }. Its secret is in this answer and nowhere else.',
		answers: { '201': '{ id, secret, expiresAt }', '400': 'what is wrong with it' },
		async handle(request, parts) {
			const read = await readJson(request, makeSchema);
			if ('problem' in read) return read;
			const { grant, expires, why } = read.value;
			const now = Date.now();
			const expiresAt = typeof expires === 'number' ? now + expires : null;
			const made = parts.tokens.make(toGrant(grant), now, { expiresAt, origin: originOf(request, why) });
			await parts.tellChanges();
			return { status: 201, json: { ...made, expiresAt: iso(expiresAt) } };
		},
	},
	{
		method: 'POST',
		path: '/api/tokens/:id/rotate',
		action: 'tokens.rotate',
		summary:
			'A new secret for a token: { overlap: "1h", why, nonce }; the former works until then. Without an overlap it needs a nonce of POST /api/arm.',
		answers: { '200': '{ id, secret, formerUntil }', '404': 'no valid token of this id', '409': 'not armed' },
		handle: rotate,
	},
	{
		method: 'POST',
		path: '/api/tokens/:id/revoke',
		action: 'tokens.revoke',
		summary: 'Ends a token: { why, nonce }, with a nonce of POST /api/arm.',
		answers: { '200': '{ id, state }', '404': 'no valid token of this id', '409': 'not armed' },
		handle: revoke,
	},
	{
		method: 'POST',
		path: '/api/links',
		action: 'tokens.make',
		summary:
			'A one-time link for a ward or a display: { grant, validFor: "1d", expires, why }. Its code stands in the fragment and is exchanged once.',
		answers: { '201': '{ path: "/enter#…", validUntil }', '400': 'what is wrong with it' },
		async handle(request, parts) {
			const read = await readJson(request, linkSchema);
			if ('problem' in read) return read;
			const { grant, validFor, expires, why } = read.value;
			if (grant.kind !== 'field' && grant.kind !== 'display') return problem(400, 'malformed', 'Not a link', 'a link is for a field or a display');
			const now = Date.now();
			const until = { validUntil: now + (validFor ?? LINK_VALID_MS), expiresAt: typeof expires === 'number' ? now + expires : null };
			const { code } = parts.tokens.link(toGrant(grant), now, until, originOf(request, why));
			await parts.tellChanges();
			return { status: 201, json: { path: `/enter#${code}`, validUntil: iso(until.validUntil) } };
		},
	},
];
