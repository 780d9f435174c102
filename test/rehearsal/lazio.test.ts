// Lazio's scenario without a server: the same for the same seed and from any moment on, and only figures and marks that can be admitted.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { readPlan } from '../../server/plan-file.ts';
import { loadRehearsals } from '../../server/rehearsal/rehearsals.ts';
import type { Scenario } from '../../server/rehearsal/scenario.ts';
import { feedSchema } from '../../server/web/feed-counts.ts';
import { markSchema } from '../../shared/mark.ts';
import { isMeasure, measureOf } from '../../shared/measures.ts';

const MINUTE_MS = 60_000;
const rehearsal = (await loadRehearsals()).get('lazio');
const read = rehearsal && readPlan(rehearsal.planText, rehearsal.planFile, await loadRegistry());
if (!rehearsal || !read?.ok) throw new Error('Lazio has no plan');
const { plan } = read;
const open = (seed: number): Scenario => rehearsal.open(seed);

const saidAt = (scenario: Scenario, instant: number): unknown => [
	instant,
	scenario.batchesAt(instant),
	scenario.messagesAt?.(instant),
	scenario.countsAt?.(instant),
	scenario.marksAt(instant),
];

function digestOf(scenario: Scenario, from: number, minutes: number): string {
	const hash = createHash('sha256');
	for (let minute = 0; minute < minutes; minute += 1) hash.update(JSON.stringify(saidAt(scenario, from + minute * MINUTE_MS)));
	return hash.digest('hex');
}

describe('Lazio’s three weeks', () => {
	const { start, end } = open(1);

	test('run from 4 July at 18:00 to the presentation, and something is due every minute', () => {
		expect([new Date(start).toISOString(), new Date(end).toISOString()]).toEqual(['2025-07-04T16:00:00.000Z', '2025-07-25T09:00:00.000Z']);
		expect(end).toBe(plan.cutover.window.end);
		const scenario = open(1);
		expect([scenario.due(start - 1), scenario.due(start), scenario.due(start + 1), scenario.due(end)]).toEqual([
			start,
			start + MINUTE_MS,
			start + MINUTE_MS,
			null,
		]);
	});

	test('are the same for the same seed, byte for byte, and others for another', () => {
		expect(digestOf(open(1), start, 90)).toBe(digestOf(open(1), start, 90));
		expect(digestOf(open(2), start, 90)).not.toBe(digestOf(open(1), start, 90));
	});

	test('are the same from any moment on, for one who starts there', () => {
		const whole = open(3);
		// Through the evening of the flood, and on into the night on which one of them is on paper.
		digestOf(whole, start + 22 * 60 * MINUTE_MS, 120);
		const paper = Date.parse('2025-07-06T20:30:00+02:00');
		for (const from of [start + 24 * 60 * MINUTE_MS, paper, paper + 9 * 60 * MINUTE_MS]) {
			expect(digestOf(whole, from, 60)).toBe(digestOf(open(3), from, 60));
		}
	});

	test('say nothing of a later moment, and nothing that could not be admitted', () => {
		const scenario = open(1);
		const paper = Date.parse('2025-07-06T21:00:00+02:00');
		for (const at of [start, start + 360 * MINUTE_MS, paper, paper + 30 * MINUTE_MS, end - 660 * MINUTE_MS]) {
			for (const { source, samples } of scenario.batchesAt(at)) {
				expect(plan.sources[source]?.kind).toBe('push');
				for (const { measure, value, at: told } of samples) {
					const { min, max } = measureOf(isMeasure(measure) ? measure : 'source.beat');
					expect([measure, isMeasure(measure), value >= min && value <= max, Date.parse(told) <= at]).toEqual([measure, true, true, true]);
				}
			}
			for (const { site, count } of scenario.countsAt?.(at) ?? []) expect([site, feedSchema.safeParse(count).error]).toEqual([site, undefined]);
			for (const { mark } of scenario.marksAt(at)) expect(markSchema.safeParse(mark).error).toBeUndefined();
			for (const { source, messages } of scenario.messagesAt?.(at) ?? []) {
				expect(plan.sources[source]?.kind).toBe('mllp');
				const now = new Date(at).toISOString().replace(/[-:T]|\.\d+Z/g, '');
				for (const message of messages) expect((/EVN\|A\d\d\|\d+\+0000\|\|\|\|(\d{14})/.exec(message)?.[1] ?? '9') <= now).toBe(true);
			}
		}
	});
});
