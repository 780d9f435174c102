// POST /api/arm: the first half of a dangerous act. The nonce that it gives is good once, for this act and this caller.
import * as z from 'zod/mini';
import { type Mark, markSchema } from '../../shared/mark.ts';
import { admitMark, unknownName } from '../domain/admit-mark.ts';
import type { ArmedAct } from '../domain/arm.ts';
import { armedActOf } from '../domain/gate-arm.ts';
import { type Action, mayDo, nameOf } from '../domain/may.ts';
import { needOf } from '../domain/ownership.ts';
import { readJson } from './read-json.ts';
import { refusedMark } from './refused-mark.ts';
import { type Parts, problem, type Reply, type Request, type Route } from './route.ts';

/** What is armed by its name; marks are armed by themselves. */
const dangerous = ['tokens.revoke', 'tokens.rotate'] as const satisfies readonly Action[];

const tokenActSchema = z.strictObject({
	action: z.enum(dangerous, `one of ${dangerous.join(', ')}`),
	subject: z.string().check(z.regex(/^token\/[0-9a-f]{10}$/, 'as token/0123456789')),
});
const markActSchema = z.strictObject({ mark: markSchema });
const armSchema = z.union([tokenActSchema, markActSchema], {
	error: `an act that is armed: { action: ${dangerous.join('|')}, subject: "token/…" }, or { mark } with the mark that is to be made`,
});

const notPermitted = (): Reply => problem(403, 'not-permitted', 'Not permitted', 'This is not of your role, or not of your team.');

/** What cannot be done is refused here already, so that nobody holds a button for nothing. */
async function actOf(mark: Mark, request: Request, parts: Parts): Promise<Omit<ArmedAct, 'caller'> | { readonly reply: Reply }> {
	const board = await parts.press.boardFor(mark, parts.board().board);
	const unknown = unknownName(mark, board);
	if (unknown) return { reply: refusedMark(unknown) };
	const { action, of } = needOf(mark, board);
	if (!mayDo(request.who, action, of)) return { reply: notPermitted() };
	const refusal = admitMark(mark, { board, now: parts.clock().now, by: nameOf(request.who) });
	if (refusal) return { reply: refusedMark(refusal) };
	const act = armedActOf(mark, board);
	return act ?? { reply: problem(400, 'not-dangerous', 'Nothing to arm', 'this mark is made without a nonce: send it to POST /api/marks') };
}

export const route: Route = {
	method: 'POST',
	path: '/api/arm',
	action: 'act.arm',
	summary:
		'Arms a dangerous act: { action, subject } for a token, or { mark } for a vote, the passing of a gate, a turn, the shelving of a P1, the start or waiver of a legal clock, or the release or withdrawal of a press sheet → a nonce that is good once, for 30 s, for this act and this caller. A nonce for a mark is sent with it: { mark, nonce }.',
	body: z.toJSONSchema(armSchema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
	answers: {
		'200': '{ nonce, validUntil }',
		'400': 'no act that is armed',
		'403': 'not of your role',
		'409': 'the mark cannot be made as the night stands',
	},
	async handle(request, parts) {
		const read = await readJson(request, armSchema);
		if ('problem' in read) return read;
		const asked = read.value;
		const act = 'mark' in asked ? await actOf(asked.mark, request, parts) : asked;
		if ('reply' in act) return act.reply;
		if (!('mark' in asked) && !mayDo(request.who, asked.action)) return notPermitted();
		const { nonce, validUntil } = parts.arms.arm({ action: act.action, subject: act.subject, caller: request.caller });
		return { status: 200, json: { nonce, validUntil: new Date(validUntil).toISOString() } };
	},
};
