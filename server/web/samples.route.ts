// POST /api/samples: what sources push. 202 after commit; a bad row is named and never takes a good one with it.
import { keyOf, problem, type Route, unwritten } from './route.ts';

export const route: Route = {
	method: 'POST',
	path: '/api/samples',
	action: 'samples.send',
	summary: 'Samples as JSON {"samples":[…]} or NDJSON, gzip accepted; acknowledged once durable. Idempotency-Key makes a repeat harmless.',
	body: {
		type: 'object',
		required: ['samples'],
		additionalProperties: false,
		properties: {
			samples: {
				type: 'array',
				maxItems: 5000,
				items: {
					type: 'object',
					required: ['subject', 'measure', 'value', 'at'],
					additionalProperties: false,
					properties: {
						subject: { type: 'string', description: 'kind/id, as the plan names it' },
						measure: { type: 'string', description: 'a name of x-measures' },
						value: { type: 'number' },
						unit: { type: 'string', description: "the measure's own unit, where it is given" },
						at: { type: 'string', format: 'date-time' },
					},
				},
			},
		},
	},
	answers: {
		'202': 'accepted and durable: { accepted, seq, refused: [{ index, code, message }] }',
		'400': 'nothing could be accepted: problem with refused rows',
		'507': 'the disk is full: nothing kept, send again',
		'503': 'the journal cannot write: nothing kept, send again',
	},
	async handle(request, parts) {
		if (request.who.kind !== 'source') return problem(403, 'not-permitted', 'Not a source', 'samples are sent with a source token');
		const { name, subjects, measures } = request.who;
		const key = keyOf(request, name);
		if (typeof key === 'object') return key;
		const body = await request.body();
		if (!Buffer.isBuffer(body)) return { problem: body };
		const format = /ndjson|jsonl/.test(request.header('content-type') ?? '') ? 'ndjson' : 'json';
		const parsed = parts.readSamples(body.toString('utf8'), format);
		if (!parsed.ok) return problem(parsed.code === 'too-large' ? 413 : 400, parsed.code, 'The body cannot be read', parsed.message);
		const readings = parsed.rows.map((row) => row.reading);
		const indexes = parsed.rows.map((row) => row.index);
		const outcome = await parts.submit({
			source: name,
			readings,
			indexes,
			malformed: parsed.malformed,
			may: subjects,
			...(measures === undefined ? {} : { measures }),
			...(key === undefined ? {} : { key }),
		});
		if (!outcome.ok) return unwritten(outcome);
		const { accepted, seq, refused } = outcome;
		if (accepted === 0 && refused.length > 0) {
			return problem(400, 'nothing-accepted', 'No row could be accepted', 'each refused row is listed by its index and reason', {
				accepted,
				seq,
				refused,
			});
		}
		return { status: 202, json: { accepted, seq, refused } };
	},
};
