// POST /api/er/fhir: Encounters that a source pushes. 202 after commit; a refused resource is named and never takes a good one with it.
import { keyOf, problem, type Route, unwritten } from './route.ts';

const failures = {
	'journal-full': 'The disk that holds the journal is full. Nothing of this was kept: free space there and send it again.',
	'journal-failing': 'The journal cannot be written. Nothing of this was kept: see the server log, then send it again.',
	closed: 'The server is stopping. Nothing of this was kept: send it again when it is back.',
	busy: 'Too many messages wait already. Nothing of this was kept: send it again.',
} as const;

export const route: Route = {
	method: 'POST',
	path: '/api/er/fhir',
	action: 'samples.send',
	summary:
		'FHIR R4: an Encounter, a Bundle of them, or a subscription notification, from a source of kind fhir with push: true; acknowledged once durable. Of the person nothing is kept. Idempotency-Key makes a repeat harmless.',
	body: {
		type: 'object',
		required: ['resourceType'],
		properties: { resourceType: { type: 'string', enum: ['Encounter', 'Bundle'] } },
	},
	answers: {
		'202':
			'durable: { accepted, refused: [{ index, code, message }], missed? }; index: of the entry in its Bundle; missed: notifications that never came',
		'400': 'not readable, or no resource of it could be accepted: problem with refused',
		'403': 'no source of kind fhir with push: true in the plan',
		'507': 'the disk is full: nothing kept, send again',
		'503': 'the journal cannot write, or too much waits: nothing kept, send again',
	},
	async handle(request, parts) {
		if (request.who.kind !== 'source') return problem(403, 'not-permitted', 'Not a source', 'Encounters are sent with a source token');
		const { name: source, subjects } = request.who;
		const key = keyOf(request, source);
		if (typeof key === 'object') return key;
		const body = await request.body();
		if (!Buffer.isBuffer(body)) return { problem: body };
		const read = parts.readEncounters(body.toString('utf8'), { source, subjects, key });
		if (!read.ok) return problem(read.code === 'not-a-fhir-source' ? 403 : 400, read.code, 'The body cannot be taken', read.message);
		const { events, accepted, refused, message, missed } = read;
		const { now } = parts.clock();
		if (accepted + refused.length === 0) {
			const beat = { subject: `source/${source}`, measure: 'source.beat', value: 1, at: now };
			const outcome = await parts.submit({ source, readings: [beat], may: [beat.subject] });
			return outcome.ok ? { status: 202, json: { accepted, refused, ...(missed > 0 ? { missed } : {}) } } : unwritten(outcome);
		}
		// Only what was taken whole is remembered: how many it held is all there is to say again.
		const answer = String(accepted);
		const taken = await parts.er.take({ source, message, events, refused: refused.map(({ code }) => code), heardAt: now, answer });
		if (!taken.ok) {
			const full = taken.code === 'journal-full';
			return { ...problem(full ? 507 : 503, taken.code, 'Nothing was kept', failures[taken.code]), headers: { 'Retry-After': '2' } };
		}
		if (taken.repeated) return { status: 202, json: { accepted: Number(taken.answer), refused: [], repeated: true } };
		if (accepted === 0)
			return problem(400, 'nothing-accepted', 'No resource could be accepted', 'each refused resource is listed by its index and reason', {
				accepted,
				refused,
			});
		return { status: 202, json: { accepted, refused, ...(missed > 0 ? { missed } : {}) } };
	},
};
