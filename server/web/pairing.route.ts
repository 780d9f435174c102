// Pairing of a wall that has no token: it asks for a code, a person of the room confirms it, the wall's own secret fetches the cookie.
import * as z from 'zod/mini';
import { audiences } from '../../shared/events.ts';
import { idPattern } from '../../shared/subject.ts';
import { mayWatch, nameOf } from '../domain/may.ts';
import { codePattern } from '../domain/pairing.ts';
import { lifeSchema, whySchema } from '../domain/token-ask.ts';
import { readJson } from './read-json.ts';
import { type Parts, problem, type Reply, type Request, type Route } from './route.ts';
import { isFromElsewhere, screenCookie } from './screen-cookie.ts';

const pollSchema = z.strictObject({ secret: z.string().check(z.regex(/^[\w-]{32}$/, 'the secret that came with the code')) });
const confirmSchema = z.strictObject({
	name: z.string().check(z.regex(idPattern, 'a name of a–z, 0–9 and hyphens, as wall-1')),
	audience: z.enum(audiences, `one of ${audiences.join(', ')}`),
	expires: z.optional(z.nullable(lifeSchema)),
	why: z.optional(whySchema),
});

const elsewhere = (): Reply => problem(403, 'not-permitted', 'Not permitted', 'A screen is paired from its own page alone.');
const unknownCode = (): Reply =>
	problem(404, 'no-such-code', 'No such code', 'the code is not known or is over: codes last 5 minutes, read the one that the wall shows now');
const codeOf = ({ params }: Request): string => (params.code ?? '').toUpperCase();

async function poll(request: Request, parts: Parts): Promise<Reply> {
	if (isFromElsewhere(request)) return elsewhere();
	const read = await readJson(request, pollSchema);
	if ('problem' in read) return read;
	const code = codeOf(request);
	const polled = codePattern.test(code) ? parts.pairing.poll(code, read.value.secret) : ({ kind: 'unknown' } as const);
	if (polled.kind === 'unknown') return unknownCode();
	if (polled.kind === 'waiting') return { status: 202, json: { validUntil: new Date(polled.validUntil).toISOString() } };
	const { name, audience, by, expiresAt } = polled.as;
	const { secret } = parts.tokens.make({ kind: 'display', name, audience }, Date.now(), {
		expiresAt,
		origin: { by, from: request.from, why: 'paired' },
	});
	await parts.tellChanges();
	return { status: 200, json: { name, audience }, headers: { 'Set-Cookie': screenCookie(secret, request) } };
}

async function confirm(request: Request, parts: Parts): Promise<Reply> {
	const read = await readJson(request, confirmSchema);
	if ('problem' in read) return read;
	const { name, audience, expires, why } = read.value;
	if (!mayWatch(request.who, audience)) return problem(403, 'not-permitted', 'Not permitted', 'Nobody gives what he may not see himself.');
	const code = codeOf(request);
	const by = nameOf(request.who);
	const expiresAt = typeof expires === 'number' ? Date.now() + expires : null;
	const confirmed = codePattern.test(code)
		? parts.pairing.confirm(code, { name, audience, by, expiresAt }, request.caller)
		: { kind: 'unknown' as const };
	if (confirmed.kind === 'too-many')
		return {
			...problem(429, 'too-many', 'Too many wrong codes', 'Wait a minute, then type the code that the wall shows.'),
			headers: { 'Retry-After': '60' },
		};
	if (confirmed.kind === 'unknown') return unknownCode();
	await parts.audit({
		act: 'display-paired',
		by,
		from: request.from,
		subject: `display/${name}`,
		...(why === undefined ? {} : { why }),
		detail: { audience, screen: confirmed.from },
	});
	return { status: 200, json: { name, audience } };
}

export const routes: readonly Route[] = [
	{
		method: 'POST',
		path: '/api/pairing',
		action: 'pairing.ask',
		summary: 'A screen without a token asks for a short code to show, and a secret of its own to fetch its rights with.',
		answers: { '201': '{ code, secret, validUntil }', '429': 'too many codes are open' },
		async handle(request, parts) {
			if (isFromElsewhere(request)) return elsewhere();
			const opened = parts.pairing.open(request.from);
			if (!opened)
				return { ...problem(429, 'too-many', 'Too many codes', 'Too many codes are open: wait a minute.'), headers: { 'Retry-After': '60' } };
			return { status: 201, json: { ...opened, validUntil: new Date(opened.validUntil).toISOString() } };
		},
	},
	{
		method: 'POST',
		path: '/api/pairing/:code',
		action: 'pairing.ask',
		summary: 'The screen asks, with { secret }, whether its code was confirmed; the answer then sets an httpOnly cookie, once.',
		answers: { '202': 'not yet: { validUntil }', '200': 'paired: { name, audience }, with the cookie', '404': 'no such code, or not this secret' },
		handle: poll,
	},
	{
		method: 'POST',
		path: '/api/pairing/:code/confirm',
		action: 'pairing.confirm',
		summary: 'A person of the room confirms the code that a wall shows: { name, audience, expires, why }.',
		answers: { '200': '{ name, audience }', '404': 'no such code', '429': 'too many wrong codes' },
		handle: confirm,
	},
];
