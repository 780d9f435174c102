// POST /api/marks: what a person did. Acknowledged once durable.
import { markJsonSchema, sentMarkSchema } from '../../shared/mark.ts';
import { type MarkRefusal, markRefusals } from '../../shared/mark-refusal.ts';
import { unknownName } from '../domain/admit-mark.ts';
import { mayDo, nameOf } from '../domain/may.ts';
import { needOf } from '../domain/ownership.ts';
import { readJson } from './read-json.ts';
import { refusedMark } from './refused-mark.ts';
import { keyOf, problem, type Route, unwritten } from './route.ts';

export const route: Route = {
	method: 'POST',
	path: '/api/marks',
	action: 'marks.send',
	summary:
		'A mark: { kind: note|phase|service|task|vote|report|writes|turn|undo, … }. Armed ones are sent as { mark, nonce }. Acknowledged once durable. Idempotency-Key makes a repeat harmless.',
	body: markJsonSchema(),
	answers: {
		'202': 'kept: { seq }',
		'400': 'not a mark: problem with the place and what would be right',
		'428': 'a vote, the passing of a gate, a turn or the shelving of a P1 that was not armed: see POST /api/arm',
		'409': `it cannot be as the night stands: ${markRefusals.filter((code) => code !== 'unknown-subject' && code !== 'not-armed').join(', ')}`,
		'507': 'the disk is full',
		'503': 'the journal cannot write',
	},
	async handle(request, parts) {
		const read = await readJson(request, sentMarkSchema);
		if ('problem' in read) return read;
		const { mark } = read.value;
		const unknown = unknownName(mark, await parts.press.boardFor(mark, parts.board().board));
		if (unknown !== null) return problem(400, unknown.code, 'Not in the plan', unknown.message);
		const { action, of } = needOf(mark, parts.board().board);
		if (!mayDo(request.who, action, of)) return problem(403, 'not-permitted', 'Not permitted', 'This is not of your role, or not of your team.');
		const by = nameOf(request.who);
		const key = keyOf(request, by);
		if (typeof key === 'object') return key;
		const outcome = await parts.mark(read.value, { by, caller: request.caller, from: request.from }, key);
		if (outcome.ok) return { status: 202, json: { seq: outcome.seq } };
		return isRefusal(outcome) ? refusedMark(outcome) : unwritten(outcome);
	},
};

const isRefusal = (outcome: { readonly code: string }): outcome is MarkRefusal => (markRefusals as readonly string[]).includes(outcome.code);
