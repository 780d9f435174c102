// The scenarios of San Martino: the same for the same seed, sound in every figure, and as worked out by hand.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { readPlan } from '../../server/plan-file.ts';
import { boardOf } from '../../server/projections/fold.ts';
import { loadRehearsals, type Rehearsal } from '../../server/rehearsal/rehearsals.ts';
import type { Scenario } from '../../server/rehearsal/scenario.ts';
import { judge } from '../../shared/judge.ts';
import { markSchema } from '../../shared/mark.ts';
import { isMeasure, measureOf } from '../../shared/measures.ts';
import type { Plan } from '../../shared/plan.ts';
import type { HandMinute } from '../nights/by-hand.ts';
import { checkDowntime, checkNight } from '../nights/check-night.ts';
import { finalTotalByHand, sanMartinoByHand } from '../nights/san-martino-by-hand.ts';
import { rows } from '../nights/san-martino-by-hand-tasks.ts';
import { variantsByHand } from '../nights/san-martino-variants-by-hand.ts';
import { instantsOf, play } from './play.ts';

const rehearsals = await loadRehearsals();
const registry = await loadRegistry();

function open(name: string): { readonly rehearsal: Rehearsal; readonly plan: Plan } {
	const rehearsal = rehearsals.get(name);
	if (!rehearsal) throw new Error(`the scenario ${name} is not found`);
	const read = readPlan(rehearsal.planText, rehearsal.planFile, registry);
	if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
	return { rehearsal, plan: read.plan };
}

const { rehearsal, plan } = open('san-martino');
const nights: readonly (readonly [name: string, minutes: readonly HandMinute[]])[] = [
	['san-martino', sanMartinoByHand],
	...Object.entries(variantsByHand).map(([name, { minutes }]) => [name, minutes] as const),
];

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

	test('has marks that a server reads, and passes its phases in the plan’s order', () => {
		const scenario = rehearsal.open(1);
		const all = [...instantsOf(scenario)].flatMap((at) => scenario.marksAt(at));
		expect(all.filter(({ mark }) => !markSchema.safeParse(mark).success)).toEqual([]);
		expect(all.flatMap(({ mark }) => (mark.kind === 'phase' ? [mark.phase] : []))).toEqual(plan.cutover.phases.map((one) => one.id));
		const voters = all.flatMap(({ mark, by }) => (mark.kind === 'vote' ? [`${mark.gate}/${mark.position} ${by}`] : []));
		expect(new Set(voters).size).toBe(new Set(voters.map((one) => one.split(' ')[0])).size);
	});

	test('follows a plan of 94 tasks, the same as worked with by hand', () => {
		const tasks = Object.entries(plan.tasks);
		expect([tasks.length, tasks.filter(([, one]) => one.kind === 'rollback').length]).toEqual([94, 8]);
		const minute = (at: number | undefined): number => ((at ?? Number.NaN) - plan.cutover.window.start) / 60_000;
		for (const [id, start, duration] of rows) {
			const one = plan.tasks[id];
			expect([id, minute(one?.start), (one?.duration ?? 0) / 60_000]).toEqual([id, start, duration]);
		}
	});
});

describe.each(nights)('%s', (name, minutes) => {
	test.each([1, 42])('shows, once played, what was worked out by hand (seed %i)', (seed) => {
		const { rehearsal: one, plan: its } = open(name);
		const checked: string[] = [];
		for (const { at, facts } of play(one.open(seed), its)) {
			const byHand = minutes.find((minute) => minute.at === at);
			if (!byHand) continue;
			const board = judge(boardOf(facts), at);
			checkNight(board, byHand);
			if (name === 'san-martino' && byHand.clock === '05:00') checkDowntime(board.services);
			checked.push(byHand.clock);
		}
		expect(checked).toEqual(minutes.map((minute) => minute.clock));
	});
});

describe('the night on which the clocks change', () => {
	const moved = open('san-martino-ora-legale').plan;

	test('is the first night four days later, hour for hour', () => {
		const DAYS_MS = 4 * 86_400_000;
		expect(moved.cutover.window).toEqual({ start: plan.cutover.window.start + DAYS_MS, end: plan.cutover.window.end + DAYS_MS });
		for (const [id, { start }] of Object.entries(plan.tasks))
			expect([id, moved.tasks[id]?.start]).toEqual([id, start === undefined ? start : start + DAYS_MS]);
	});

	test('shows each named minute’s time of day as it was worked out', () => {
		const clock = new Intl.DateTimeFormat('it', { timeZone: moved.cutover.zone, hour: '2-digit', minute: '2-digit' });
		for (const [, minutes] of nights) for (const one of minutes) expect(clock.format(one.at)).toBe(one.clock);
	});
});
