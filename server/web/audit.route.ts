// GET /api/audit: who changed what, from where, when and why; a page at a time, or all of it as lines to keep.
import { auditRowActs } from '../../shared/audit.ts';
import { type AuditAsk, instantOf, type Parts, problem, type Reply, type Route } from './route.ts';

const LIMIT_MAX = 500;
const query = {
	from: 'an instant with its offset',
	to: 'an instant with its offset, not included',
	by: 'a part of the name',
	act: `one of ${auditRowActs.join(', ')}`,
} as const;

type Read = AuditAsk | ReturnType<typeof problem>;

function askOf(asked: URLSearchParams): Read {
	const text = (name: string): string | null => asked.get(name) || null;
	const from = text('from') === null ? 0 : instantOf(text('from') ?? '');
	const to = text('to') === null ? Number.MAX_SAFE_INTEGER : instantOf(text('to') ?? '');
	if (Number.isNaN(from) || Number.isNaN(to))
		return problem(400, 'bad-instant', 'Not an instant', 'from and to are instants with their offset, as 2025-10-22T02:13:45+02:00');
	const act = text('act');
	if (act !== null && !(auditRowActs as readonly string[]).includes(act)) return problem(400, 'bad-act', 'No such act', `act is ${query.act}`);
	return { from, to, by: text('by'), act };
}

const whole = (text: string | null, fallback: number, max: number): number | null => {
	if (text === null) return fallback;
	const found = Number(text);
	return /^\d{1,15}$/.test(text) && found >= 1 && found <= max ? found : null;
};

async function* lines(ask: AuditAsk, parts: Parts): AsyncIterable<string> {
	for await (const row of parts.auditRows(ask)) yield `${JSON.stringify({ ...row, at: new Date(row.at).toISOString() })}\n`;
}

async function page(asked: URLSearchParams, parts: Parts): Promise<Reply> {
	const ask = askOf(asked);
	if ('problem' in ask) return ask;
	const limit = whole(asked.get('limit'), 100, LIMIT_MAX);
	const before = whole(asked.get('before'), Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
	if (limit === null || before === null) return problem(400, 'bad-page', 'No such page', `limit is 1 to ${LIMIT_MAX}; before is a seq`);
	const rows = await parts.auditPage(ask, before, limit);
	const next = rows.length === limit ? (rows.at(-1)?.seq ?? null) : null;
	return { status: 200, json: { rows: rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() })), next } };
}

export const routes: readonly Route[] = [
	{
		method: 'GET',
		path: '/api/audit',
		action: 'audit.read',
		summary: 'The audit, newest first: { rows, next }; ?before=next goes on.',
		query: { ...query, before: 'rows below this seq', limit: `1 to ${LIMIT_MAX}, 100 unless told` },
		answers: { '200': '{ rows: [{ seq, at, act, by, from, subject, why, detail }], next }', '400': 'what is wrong with the question' },
		handle: (request, parts) => page(request.query, parts),
	},
	{
		method: 'GET',
		path: '/api/audit.ndjson',
		action: 'audit.read',
		summary: 'The same, oldest first and whole, a row a line.',
		query,
		answers: { '200': 'rows, one a line', '400': 'what is wrong with the question' },
		async handle(request, parts) {
			const ask = askOf(request.query);
			return 'problem' in ask ? ask : { status: 200, stream: lines(ask, parts), type: 'application/x-ndjson' };
		},
	},
];
