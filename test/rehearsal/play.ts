// Plays a scenario without a server: its samples and marks admitted and folded, its gates decided, moment by moment. No forecast is drawn.
import { admitMark } from '../../server/domain/admit-mark.ts';
import { decideGates } from '../../server/domain/gate.ts';
import { applyEntry, boardOf, emptyFacts, type Facts } from '../../server/projections/fold.ts';
import type { Scenario } from '../../server/rehearsal/scenario.ts';
import { feedSchema, readingsOf } from '../../server/web/feed-counts.ts';
import type { Draft } from '../../shared/entry.ts';
import { markSchema } from '../../shared/mark.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';

export function* instantsOf(scenario: Scenario): Generator<number> {
	for (let at = scenario.due(scenario.start - 1); at !== null; at = scenario.due(at)) yield at;
}

/** Yields after every moment; the facts are the same object all along. Throws where a mark is refused. */
export function* play(scenario: Scenario, plan: Plan): Generator<{ readonly at: number; readonly facts: Facts }> {
	const facts = emptyFacts();
	const append = (seen: number, draft: Draft): void => applyEntry(facts, { v: 1, seq: facts.seq + 1, seen, ...draft });
	append(scenario.start, { kind: 'plan', plan, text: '', digest: 'played', by: 'test', rehearsal: true });
	for (const at of instantsOf(scenario)) {
		for (const { source, samples } of scenario.batchesAt(at)) {
			append(at, { kind: 'samples', source, samples: samples.map((one) => ({ ...one, at: Date.parse(one.at) }) as Sample) });
		}
		// Who was heard, and of which site: visits are counted by the server's own door.
		for (const { source, messages } of scenario.messagesAt?.(at) ?? []) {
			const site = plan.sources[source]?.settings?.site;
			const sites = typeof site === 'string' ? [{ site, heardAt: at, changes: [] }] : [];
			append(at, { kind: 'census', source, messages: messages.length, sites });
		}
		for (const { source, site, count } of scenario.countsAt?.(at) ?? []) {
			append(at, { kind: 'samples', source, samples: readingsOf(site, feedSchema.parse(count)) as Sample[] });
		}
		for (const { mark: sent, by = 'rehearsal' } of scenario.marksAt(at)) {
			decide(at);
			const mark = markSchema.parse(sent);
			const refusal = admitMark(mark, { board: boardOf(facts), now: at, by });
			if (refusal) throw new Error(`${new Date(at).toISOString()} ${JSON.stringify(mark)}: ${refusal.message}`);
			append(at, { kind: 'mark', mark, by, at });
		}
		decide(at);
		yield { at, facts };
	}

	function decide(now: number): void {
		for (let [draft] = decideGates(boardOf(facts), now); draft !== undefined; [draft] = decideGates(boardOf(facts), now)) append(now, draft);
	}
}
