// GET /api/journal: the record itself, as NDJSON to the head, or followed as server-sent events.
import { withoutOrigin, withoutSheet } from '../../shared/audit.ts';
import type { Entry } from '../../shared/entry.ts';
import { mayDo } from '../domain/may.ts';
import type { Parts, Route } from './route.ts';
import { problem } from './route.ts';

export const route: Route = {
	method: 'GET',
	path: '/api/journal',
	action: 'journal.read',
	summary: 'Entries after ?from= as NDJSON; Accept: text/event-stream goes on with what is new.',
	query: { from: 'the last seq already known, 0 for all' },
	answers: { '200': 'entries, one a line', '400': 'a from that cannot be' },
	async handle(request, parts) {
		const text = request.query.get('from') ?? '0';
		if (!/^\d{1,15}$/.test(text)) return problem(400, 'bad-seq', 'No such entry', 'from is a whole number');
		const from = Number(text);
		const [readsAudit, readsSheets] = [mayDo(request.who, 'audit.read'), mayDo(request.who, 'press.read')];
		const shown: Shown = (entry) => {
			const open = readsSheets ? entry : withoutSheet(entry);
			return readsAudit ? open : withoutOrigin(open);
		};
		if (request.header('accept')?.includes('text/event-stream'))
			return { status: 200, stream: follow(parts, from, request.signal, shown), type: 'text/event-stream' };
		return { status: 200, stream: lines(parts, from, parts.head().seq, shown), type: 'application/x-ndjson' };
	},
};

/** Who and from where stand only before those who may read the audit; what a press sheet says, before those who may read drafts. */
type Shown = (entry: Entry) => unknown;

async function* lines(parts: Parts, from: number, until: number, shown: Shown): AsyncIterable<string> {
	for await (const entry of parts.entries(from, until)) yield `${JSON.stringify(shown(entry))}\n`;
}

async function* follow(parts: Parts, from: number, signal: AbortSignal, shown: Shown): AsyncIterable<string> {
	let last = from;
	while (!signal.aborted) {
		for await (const entry of parts.entries(last)) {
			last = entry.seq;
			yield `id: ${entry.seq}\ndata: ${JSON.stringify(shown(entry))}\n\n`;
			if (signal.aborted) return;
		}
		await parts.grown(last, signal);
	}
}
