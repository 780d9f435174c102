// What a polled source tells of visits, on its way into the record: its memory commits with its events, and neither without the other.
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type Collection, collect } from '../server/collect.ts';
import type { ConnectorKind, Look } from '../server/connectors/connector.ts';
import { createVisitKeys } from '../server/connectors/visit-keys.ts';
import type { ErEvent, VisitKey } from '../server/domain/er-event.ts';
import { openErDoor } from '../server/er-door.ts';
import { JournalError } from '../server/journal/journal.ts';
import { openMemoryJournal } from '../server/journal/memory-journal.ts';
import { readPlan } from '../server/plan-file.ts';
import { openRecorder } from '../server/recorder.ts';
import type { Entry } from '../shared/entry.ts';
import { VISIT_LAPSES_MS } from '../shared/er.ts';
import { until } from './kit/until.ts';

const text = `programme: { id: visite, name: Visite }
cutover: { id: notte, name: Notte, window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 } }
sites: { centro: { label: Centro } }
sources: { ps: { kind: told, label: PS, every: 250ms, timeout: 200ms, settings: {} } }
`;

let collection: Collection | undefined;
afterEach(() => collection?.stop());

const eventOf = (n: number): ErEvent => {
	const at = Date.now() - 60_000;
	const visit = `v${n}` as VisitKey;
	return {
		site: 'centro',
		visit,
		patient: null,
		act: 'arrive',
		at,
		sentAt: at,
		area: 'waiting',
		triage: null,
		arrivedAt: at,
		outcome: null,
		into: null,
	};
};

test('keeps the events of a look with its memory, and asks again from there after a failure', async () => {
	const asked: unknown[] = [];
	const kind: ConnectorKind = {
		kind: 'told',
		polled: true,
		settings: z.strictObject({}),
		subjects: () => ['site/centro'],
		open: (_, context) => ({
			async read(): Promise<Look> {
				const { page = 0 } = (context.memory ?? {}) as { page?: number };
				asked.push(page);
				return { ok: true, readings: [], events: [eventOf(page)], refused: page === 1 ? ['no-time'] : [], memory: { page: page + 1 } };
			},
			close: async () => undefined,
		}),
	};
	const kinds = new Map([[kind.kind, kind]]);
	const read = readPlan(text, 'visite.yaml', kinds);
	if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
	const journal = openMemoryJournal();
	let failures = 2;
	const append: typeof journal.append = async (draft, ...rest) => {
		const isThird = draft.kind === 'census' && JSON.stringify(draft.memory) === '{"page":3}';
		if (isThird && failures-- > 0) throw new JournalError('full', 'no room');
		return journal.append(draft, ...rest);
	};
	const recorder = await openRecorder({ ...journal, append }, Date.now);
	await recorder.append({ kind: 'plan', plan: read.plan, text, digest: read.digest, by: 'test', rehearsal: false });
	const er = openErDoor({
		recorder,
		journal,
		lapsesAfter: () => VISIT_LAPSES_MS,
		now: Date.now,
		fault: (error) => expect.unreachable(String(error)),
	});
	collection = collect({ plan: read.plan, kinds, recorder, er, visitKeys: createVisitKeys(new Uint8Array(32)), now: Date.now });
	await until('four pages are kept', () => (recorder.facts().sources.ps?.memory as { page: number } | undefined)?.page === 4);
	await collection.stop();

	expect(asked.slice(0, 6)).toEqual([0, 1, 2, 2, 2, 3]);
	const entries: Entry[] = [];
	for await (const entry of journal.read(1)) entries.push(entry);
	expect(
		entries.slice(0, 4).map((entry) => (entry.kind === 'census' ? [entry.source, entry.messages, entry.refused, entry.memory] : entry.kind)),
	).toEqual([
		['ps', 1, undefined, { page: 1 }],
		['ps', 1, [['no-time', 1]], { page: 2 }],
		['ps', 1, undefined, { page: 3 }],
		['ps', 1, undefined, { page: 4 }],
	]);
	expect((await journal.visits()).map(({ visit }) => visit).slice(0, 4)).toEqual(['v0', 'v1', 'v2', 'v3']);
	expect(recorder.board().board.sources.ps).toMatchObject({
		why: null,
		refused: { 'no-time': 1 },
		accepted: recorder.facts().sources.ps?.live.accepted,
	});
});
