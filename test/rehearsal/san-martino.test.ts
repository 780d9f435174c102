// The scenario of San Martino: the same for the same seed, sound in every figure, and as worked out by hand.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { readPlan } from '../../server/plan-file.ts';
import { applyEntry, boardOf, emptyFacts } from '../../server/projections/fold.ts';
import { loadRehearsals } from '../../server/rehearsal/rehearsals.ts';
import type { Scenario } from '../../server/rehearsal/scenario.ts';
import { judge } from '../../shared/judge.ts';
import { markSchema } from '../../shared/mark.ts';
import { isMeasure, measureOf } from '../../shared/measures.ts';
import type { Sample } from '../../shared/sample.ts';
import { checkNight } from '../nights/check-night.ts';
import { finalTotalByHand, marksByHand, sanMartinoByHand } from '../nights/san-martino-by-hand.ts';

const rehearsals = await loadRehearsals();
const rehearsal = rehearsals.get('san-martino');
if (!rehearsal) throw new Error('the scenario is not found');
const read = readPlan(rehearsal.planText, rehearsal.planFile, await loadRegistry());
if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
const { plan } = read;

function* instantsOf(scenario: Scenario): Generator<number> {
	for (let at = scenario.due(scenario.start - 1); at !== null; at = scenario.due(at)) yield at;
}

function digestOf(scenario: Scenario): string {
	const hash = createHash('sha256');
	for (const at of instantsOf(scenario)) hash.update(JSON.stringify([at, scenario.batchesAt(at), scenario.marksAt(at)]));
	return hash.digest('hex');
}

describe('San Martino’s night', () => {
	test('is the same for the same seed, byte for byte, and another for another', () => {
		expect(digestOf(rehearsal.open(1))).toBe(digestOf(rehearsal.open(1)));
		expect(digestOf(rehearsal.open(2))).not.toBe(digestOf(rehearsal.open(1)));
	});

	test('is the same from the middle on, for one who starts there', () => {
		const [one, other] = [rehearsal.open(7), rehearsal.open(7)];
		const middle = one.start + 5 * 3_600_000;
		for (const at of instantsOf(one)) if (at < middle) one.batchesAt(at);
		expect(JSON.stringify(other.batchesAt(middle))).toBe(JSON.stringify(one.batchesAt(middle)));
	});

	test('has a next instant, always later, from the window’s start to its end', () => {
		const scenario = rehearsal.open(1);
		const instants = [...instantsOf(scenario)];
		expect([instants[0], instants.at(-1), instants.length]).toEqual([scenario.start, scenario.end, 2401]);
		expect([scenario.start, scenario.end]).toEqual([plan.cutover.window.start, plan.cutover.window.end]);
		for (let after = scenario.start - 20_000; after < scenario.start + 60_000; after += 777) expect(scenario.due(after) ?? 0).toBeGreaterThan(after);
		expect(scenario.due(scenario.end)).toBeNull();
		expect(scenario.batchesAt(scenario.start + 1)).toEqual([]);
	});

	test.each([1, 2, 20251021])('has only figures that can be admitted, and positions that never fall (seed %i)', (seed) => {
		const scenario = rehearsal.open(seed);
		const last = new Map<string, number>();
		const newest = new Map<string, number>();
		for (const at of instantsOf(scenario)) {
			for (const { source, samples } of scenario.batchesAt(at)) {
				if (!(source in plan.sources)) throw new Error(`${source} is not in the plan`);
				for (const { subject, measure, value, at: wireAt } of samples) {
					if (!isMeasure(measure)) throw new Error(measure);
					const { min, max, role, unit } = measureOf(measure);
					const series = `${subject} ${measure}`;
					const sentAt = Date.parse(wireAt);
					const isSound =
						value >= min &&
						value <= max &&
						(role === 'gauge' || value >= (last.get(series) ?? 0)) &&
						(unit !== 'B' || Number.isInteger(value)) &&
						sentAt <= at &&
						sentAt > (newest.get(series) ?? 0);
					if (!isSound) throw new Error(`${series} is ${value} at ${wireAt}, after ${last.get(series)}`);
					last.set(series, value);
					newest.set(series, sentAt);
				}
				const one = (name: string, subject: string): number => last.get(`archive/${subject} archive.bytes${name}`) ?? 0;
				for (const id of Object.keys(plan.archives)) {
					expect(one('Verified', id) <= one('Moved', id) && one('Moved', id) <= one('Total', id), `${id} at ${at}`).toBe(true);
				}
			}
		}
	});

	test('comes to the end of every archive, which is what the plan says it weighs', () => {
		const scenario = rehearsal.open(3);
		const ends = scenario.batchesAt(scenario.end).flatMap((one) => one.samples);
		let sum = 0;
		for (const [id, { total }] of Object.entries(plan.archives)) {
			for (const name of ['Total', 'Moved', 'Verified']) {
				expect(ends.find((one) => one.subject === `archive/${id}` && one.measure === `archive.bytes${name}`)?.value).toBe(total);
			}
			sum += total ?? 0;
		}
		expect(sum).toBe(finalTotalByHand);
	});

	test('has marks that the plan knows', () => {
		const scenario = rehearsal.open(1);
		const all = [...instantsOf(scenario)].flatMap((at) => scenario.marksAt(at).map(({ mark }) => mark));
		expect(all).toHaveLength(marksByHand);
		const phases = plan.cutover.phases.map((one) => one.id);
		for (const mark of all) {
			expect(markSchema.safeParse(mark).success).toBe(true);
			if (mark.kind === 'phase') expect(phases).toContain(mark.phase);
			if (mark.kind === 'service') expect(Object.keys(plan.services)).toContain(mark.service);
		}
		expect(all.flatMap((one) => (one.kind === 'phase' ? [one.phase] : []))).toEqual(phases);
	});

	test.each([1, 42])('shows, once folded, what was worked out by hand (seed %i)', (seed) => {
		const scenario = rehearsal.open(seed);
		const facts = emptyFacts();
		const seen = { v: 1, seen: scenario.start } as const;
		applyEntry(facts, { ...seen, seq: 1, kind: 'plan', plan, text: rehearsal.planText, digest: read.digest, by: 'test', rehearsal: true });
		let seq = 1;
		const checked: string[] = [];
		for (const at of instantsOf(scenario)) {
			for (const { source, samples } of scenario.batchesAt(at)) {
				const admitted = samples.map((one) => ({ ...one, at: Date.parse(one.at) }) as Sample);
				applyEntry(facts, { v: 1, seen: at, seq: ++seq, kind: 'samples', source, samples: admitted });
			}
			for (const { mark } of scenario.marksAt(at)) applyEntry(facts, { v: 1, seen: at, seq: ++seq, kind: 'mark', mark, by: 'test', at });
			const byHand = sanMartinoByHand.find((one) => one.at === at);
			if (!byHand) continue;
			checkNight(judge(boardOf(facts), at), byHand);
			checked.push(byHand.clock);
		}
		expect(checked).toEqual(sanMartinoByHand.map((one) => one.clock));
	});
});
