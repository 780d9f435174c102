// GET /api/board: the board as it is, or as it was at a seq or an instant, judged for its moment.
import { audienceOf, mayDo } from '../domain/may.ts';
import { withoutNames } from '../domain/sheet-names.ts';
import { toApiBoard } from './api-board.ts';
import { instantOf, type Parts, problem, type Route } from './route.ts';

export const route: Route = {
	method: 'GET',
	path: '/api/board',
	action: 'board.read',
	summary: 'The board now, or as it stood at ?seq= or ?at=, rebuilt from the journal; with standings and ages for that moment.',
	query: { seq: 'an entry', at: 'an instant with its offset' },
	answers: { '200': 'the board', '400': 'a seq or instant that cannot be', '404': 'nothing was recorded by then' },
	async handle(request, parts) {
		const asked = await momentOf(request.query, parts);
		if ('problem' in asked) return asked;
		const { position, board } = asked.seq === null ? parts.board() : await parts.boardAt(asked.seq);
		const clock = parts.clock();
		const now = asked.now ?? clock.now;
		const audience = audienceOf(request.who);
		const seen = parts.view(audience, board);
		const whole = audience === 'press' ? withoutNames(board.press) : board.press;
		return { status: 200, json: toApiBoard({ ...seen, press: mayDo(request.who, 'press.read') ? whole : seen.press }, position, now) };
	},
};

type Moment = { readonly seq: number | null; readonly now: number | null } | ReturnType<typeof problem>;

async function momentOf(query: URLSearchParams, parts: Parts): Promise<Moment> {
	const seqText = query.get('seq');
	const atText = query.get('at');
	const head = parts.head().seq;
	if (seqText !== null && atText !== null) return problem(400, 'bad-instant', 'Two moments', 'give seq or at, not both');
	if (seqText !== null) {
		const seq = Number(seqText);
		if (!/^\d{1,15}$/.test(seqText) || seq < 1 || seq > head)
			return problem(400, 'bad-seq', 'No such entry', `seq is a whole number from 1 to ${head}`);
		return { seq, now: await parts.seenAt(seq) };
	}
	if (atText === null) return { seq: null, now: null };
	const at = instantOf(atText);
	if (Number.isNaN(at)) return problem(400, 'bad-instant', 'Not an instant', 'at is an instant with its offset, as 2025-10-22T02:13:45+02:00');
	if (at > parts.clock().now) return problem(400, 'future', 'Not yet', 'at is a moment that has passed');
	const seq = await parts.seqAt(at);
	if (seq === 0) return problem(404, 'before-the-record', 'Nothing was recorded by then', 'the record begins later');
	return { seq, now: at };
}
