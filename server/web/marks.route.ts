// POST /api/marks: what a person did. Acknowledged once durable.
import { markJsonSchema, markSchema } from '../../shared/mark.ts';
import { mayDo, nameOf } from '../domain/may.ts';
import { needOf } from '../domain/ownership.ts';
import { readJson } from './read-json.ts';
import { keyOf, problem, type Route, unwritten } from './route.ts';

export const route: Route = {
	method: 'POST',
	path: '/api/marks',
	action: 'notes.make',
	summary: 'A mark: { kind: note|phase|service, … }. Acknowledged once durable. Idempotency-Key makes a repeat harmless.',
	body: markJsonSchema(),
	answers: {
		'202': 'kept: { seq }',
		'400': 'not a mark: problem with the place and what would be right',
		'507': 'the disk is full',
		'503': 'the journal cannot write',
	},
	async handle(request, parts) {
		const read = await readJson(request, markSchema);
		if ('problem' in read) return read;
		const mark = read.value;
		const unknown = unknownName(mark, parts.board().board);
		if (unknown !== null) return problem(400, 'unknown-subject', 'Not in the plan', unknown);
		const { action, of } = needOf(mark, parts.board().board);
		if (!mayDo(request.who, action, of)) return problem(403, 'not-permitted', 'Not permitted', 'This is not of your role, or not of your team.');
		const by = nameOf(request.who);
		const key = keyOf(request, by);
		if (typeof key === 'object') return key;
		const outcome = await parts.mark(mark, by, key, request.from);
		return outcome.ok ? { status: 202, json: { seq: outcome.seq } } : unwritten(outcome);
	},
};

type Marked = ReturnType<typeof markSchema.parse>;
type Known = ReturnType<Parameters<Route['handle']>[1]['board']>['board'];

function unknownName(mark: Marked, board: Known): string | null {
	const phases = (board.follows === null ? undefined : board.cutovers[board.follows])?.phases ?? [];
	if (mark.kind === 'phase' && !phases.some((one) => one.id === mark.phase))
		return `phase: the plan has ${phases.map((one) => one.id).join(', ') || 'no phases'}`;
	if (mark.kind === 'service' && !Object.hasOwn(board.services, mark.service)) {
		return `service: the plan has ${Object.keys(board.services).join(', ') || 'no services'}`;
	}
	return null;
}
