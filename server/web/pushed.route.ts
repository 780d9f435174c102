// What Prometheus and Alertmanager push in their own formats. Answered as they expect: 2xx once durable, 5xx where it is to be sent again,
// 4xx where it never will be taken, so that they drop it.
import type { Refusal, RefusalCode } from '../../shared/sample.ts';
import { type Problem, problem, type Reply, type Request, type Route, type TakenPush, unwritten } from './route.ts';

const ANOTHER_PROTOCOL = /;\s*proto\s*=\s*"?(?!prometheus\.WriteRequest\b)/i;

/** Of rows that no later sending would help: it is the token that has to change. */
const lasting: ReadonlySet<RefusalCode> = new Set(['not-permitted', 'unknown-measure', 'wrong-subject-kind', 'wrong-unit']);

const statuses = { 'not-such-a-source': 403, malformed: 400, 'too-large': 413 } as const;

/** The reply where it was not taken, or null. */
function refusalOf(taken: TakenPush): Reply | null {
	if (!taken.ok) return problem(statuses[taken.code], taken.code, 'The body cannot be taken', taken.message);
	const { outcome } = taken;
	if (!outcome.ok) return unwritten(outcome);
	const { accepted, seq, refused } = outcome;
	const isInVain = accepted <= taken.beats && refused.length > 0 && refused.every(({ code }) => lasting.has(code));
	return isInVain
		? problem(400, 'nothing-accepted', 'No row could be accepted', 'see the codes', { accepted, seq, refused: codesOf(refused) })
		: null;
}

/** How many of each code: a list of thousands would say no more. */
function codesOf(refused: readonly Refusal[]): Readonly<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const { code } of refused) counts[code] = (counts[code] ?? 0) + 1;
	return counts;
}

type Pushed = { readonly body: Buffer; readonly pusher: Parameters<Parameters<Route['handle']>[1]['pushed']['alerts']>[1] };

async function read(request: Request): Promise<Pushed | { readonly problem: Problem }> {
	if (request.who.kind !== 'source') return problem(403, 'not-permitted', 'Not a source', 'this is sent with a source token');
	const { name: source, subjects, measures } = request.who;
	const body = await request.body();
	return Buffer.isBuffer(body) ? { body, pusher: { source, subjects, measures } } : { problem: body };
}

export const routes: readonly Route[] = [
	{
		method: 'POST',
		path: '/api/prometheus/write',
		action: 'samples.send',
		summary:
			'Prometheus remote-write 1.0, from a source of kind prometheus-write: the series that the plan names are taken, all others passed over. Late and repeated samples are counted, never an error.',
		body: { type: 'string', format: 'binary', description: 'prometheus.WriteRequest in the block format of Snappy' },
		bodyType: 'application/x-protobuf',
		packing: 'snappy',
		answers: {
			'204': 'what the plan names is durable',
			'400': 'can never be taken: drop it',
			'403': 'no source of kind prometheus-write in the plan',
			'413': 'too large, as sent or unpacked: drop it',
			'415': 'not snappy, or another version of the protocol',
			'507': 'the disk is full: nothing kept, send again',
			'503': 'the journal cannot write: nothing kept, send again',
		},
		async handle(request, parts) {
			const isSnappy = (request.header('content-encoding') ?? '').toLowerCase() === 'snappy';
			if (!isSnappy || ANOTHER_PROTOCOL.test(request.header('content-type') ?? ''))
				return problem(415, 'unsupported-encoding', 'Not remote-write 1.0', 'send prometheus.WriteRequest with Content-Encoding: snappy');
			const pushed = await read(request);
			if ('problem' in pushed) return pushed;
			return refusalOf(await parts.pushed.prometheus(pushed.body, pushed.pusher)) ?? { status: 204, text: '', type: 'text/plain' };
		},
	},
	{
		method: 'POST',
		path: '/api/alertmanager',
		action: 'samples.send',
		summary:
			"Alertmanager's webhook (version 4; Grafana's alike), from a source of kind alertmanager: how many alerts fire on each subject of the plan. Names, labels and texts are not kept.",
		body: {
			type: 'object',
			required: ['version', 'groupKey', 'alerts'],
			properties: {
				version: { type: 'string', enum: ['4', '1'] },
				groupKey: { type: 'string' },
				alerts: { type: 'array', items: { type: 'object' } },
			},
		},
		answers: {
			'200': 'durable: { accepted, seq, refused: { code: how many } }',
			'400': 'can never be taken: drop it',
			'403': 'no source of kind alertmanager in the plan',
			'413': 'too large: drop it',
			'507': 'the disk is full: nothing kept, send again',
			'503': 'the journal cannot write: nothing kept, send again',
		},
		async handle(request, parts) {
			const pushed = await read(request);
			if ('problem' in pushed) return pushed;
			const taken = await parts.pushed.alerts(pushed.body.toString('utf8'), pushed.pusher);
			const refusal = refusalOf(taken);
			if (refusal !== null || !taken.ok || !taken.outcome.ok) return refusal ?? problem(500, 'internal', 'The server could not answer', 'Try again.');
			const { accepted, seq, refused } = taken.outcome;
			return { status: 200, json: { accepted, seq, refused: codesOf(refused) } };
		},
	},
];
