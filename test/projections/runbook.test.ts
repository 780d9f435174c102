// Marks on tasks, phases, services and teams: what they come to, and that taking them back leaves what was before, two in a row too.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admitMark } from '../../server/domain/admit-mark.ts';
import { applyEntry, boardOf, emptyFacts } from '../../server/projections/fold.ts';
import type { Mark } from '../../shared/mark.ts';
import { planSchema } from '../../shared/plan.ts';

const start = Date.parse('2025-10-21T17:00:00Z');
const plan = planSchema.parse({
	programme: { id: 'test', name: 'Test' },
	cutover: {
		id: 'night',
		name: 'Night',
		window: { start: '2025-10-21T19:00:00+02:00', end: '2025-10-22T05:00:00+02:00' },
		phases: [{ id: 'stop', label: 'Stop', at: '2025-10-21T19:30:00+02:00' }],
	},
	teams: { rete: { label: 'Rete' } },
	services: { ps: { label: 'PS', priority: 1 } },
	tasks: {
		a: { label: 'A', team: 'rete', start: '2025-10-21T19:30:00+02:00', duration: '10min', rehearsed: { p50: '8min', p90: '12min' } },
		b: { label: 'B', after: ['a'] },
	},
});

function room() {
	const facts = emptyFacts();
	applyEntry(facts, { v: 1, seq: 1, seen: start, kind: 'plan', plan, text: '', digest: 'd', by: 'test', rehearsal: false });
	return {
		/** Gives the mark's seq. */
		mark(seconds: number, mark: Mark, by = 'person/anna'): number {
			const at = start + seconds * 1000;
			applyEntry(facts, { v: 1, seq: facts.seq + 1, seen: at, kind: 'mark', mark, by, at });
			return facts.seq;
		},
		plan: () => applyEntry(facts, { v: 1, seq: facts.seq + 1, seen: start, kind: 'plan', plan, text: '', digest: 'e', by: 'test', rehearsal: false }),
		board: () => boardOf(facts),
		/** All that marks change but the marks themselves. */
		state: () => {
			const { marks: _marks, ...rest } = boardOf(facts);
			return structuredClone(rest);
		},
	};
}
const task = (state: 'started' | 'done' | 'skipped' | 'failed' | 'reopened', reason?: string): Mark => ({
	kind: 'task',
	task: 'a',
	state,
	...(reason === undefined ? {} : { reason }),
});

test('a task carries what the plan says and what was marked', () => {
	const night = room();
	expect(night.board().tasks.a).toMatchObject({
		stream: 'Rete',
		plannedStart: start + 1_800_000,
		durationMs: 600_000,
		rehearsed: [480_000, 720_000],
	});
	night.mark(10, task('started'));
	expect(night.board().tasks.a).toMatchObject({ state: 'running', startedAt: start + 10_000, endedAt: null, by: 'person/anna' });
	night.mark(20, task('failed', 'disco pieno'), 'person/bruno');
	expect(night.board().tasks.a).toMatchObject({
		state: 'failed',
		startedAt: start + 10_000,
		endedAt: start + 20_000,
		by: 'person/bruno',
		reason: 'disco pieno',
	});
	night.mark(30, task('reopened'));
	expect(night.board().tasks.a).toMatchObject({ state: 'waiting', startedAt: null, endedAt: null, reason: null, reopened: 1 });
	night.mark(40, task('done'));
	expect(night.board().tasks.a).toMatchObject({ state: 'done', startedAt: start + 40_000, endedAt: start + 40_000 });
});

test('what was marked outlives a new plan', () => {
	const night = room();
	night.mark(10, task('started'));
	night.plan();
	expect(night.board().tasks.a).toMatchObject({ state: 'running', startedAt: start + 10_000 });
});

const pairs: readonly (readonly [string, Mark, Mark])[] = [
	['tasks', task('started'), task('done')],
	['tasks, reopened,', task('done'), task('reopened')],
	['phases', { kind: 'phase', phase: 'stop', state: 'reached' }, { kind: 'phase', phase: 'stop', state: 'reopened' }],
	['phases, reached twice,', { kind: 'phase', phase: 'stop', state: 'reached' }, { kind: 'phase', phase: 'stop', state: 'reached' }],
	['services', { kind: 'service', service: 'ps', state: 'stopped' }, { kind: 'service', service: 'ps', state: 'restored' }],
	['reports', { kind: 'report', team: 'rete', promise: start + 9_000_000 }, { kind: 'report', team: 'rete' }],
];

test.each(pairs)('two marks on %s are taken back one after the other', (_, one, two) => {
	const night = room();
	const before = night.state();
	const first = night.mark(1, one);
	const between = night.state();
	expect(between).not.toEqual(before);
	const second = night.mark(2, two);
	expect(night.state()).not.toEqual(between);
	night.mark(3, { kind: 'undo', seq: second });
	expect(night.state()).toEqual(between);
	night.mark(4, { kind: 'undo', seq: first });
	expect(night.state()).toEqual(before);
});

test('taking back touches nothing else, and an older mark not at all', () => {
	const night = room();
	const first = night.mark(1, task('started'));
	night.mark(2, task('done'));
	night.mark(3, { kind: 'task', task: 'b', state: 'started' });
	const before = night.state();
	night.mark(4, { kind: 'undo', seq: first });
	night.mark(5, { kind: 'undo', seq: 4711 });
	expect(night.state()).toEqual(before);
});

test('only the last seconds are kept for it', () => {
	const night = room();
	const first = night.mark(1, task('started'));
	for (let n = 0; n < 300; n += 1) night.mark(20 + n * 20, n % 2 === 0 ? task('reopened') : task('started'));
	const before = night.state();
	night.mark(7000, { kind: 'undo', seq: first });
	expect(night.state()).toEqual(before);
});

const any = fc.oneof(
	{ weight: 2, arbitrary: fc.constant('undo' as const) },
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('task' as const),
			task: fc.constantFrom('a', 'b'),
			state: fc.constantFrom('started', 'done', 'skipped', 'failed', 'reopened'),
			reason: fc.constant('x'),
		}),
	},
	fc.record({ kind: fc.constant('phase' as const), phase: fc.constant('stop'), state: fc.constantFrom('reached', 'reopened') }),
	fc.record({ kind: fc.constant('service' as const), service: fc.constant('ps'), state: fc.constantFrom('stopped', 'restored') }),
	fc.record({ kind: fc.constant('report' as const), team: fc.constant('rete'), promise: fc.constantFrom(start + 9e6, start + 8e6) }),
);

test('whatever is marked and taken back, the night stands as if what was taken back had never been', () => {
	const seen = { undone: 0, overlaid: 0, late: 0 };
	fc.assert(
		fc.property(fc.array(fc.tuple(any, fc.integer({ min: 0, max: 6 })), { maxLength: 40 }), (steps) => {
			const night = room();
			const standing: [seconds: number, seq: number, mark: Mark][] = [];
			let seconds = 0;
			for (const [step, pause] of steps) {
				seconds += pause;
				const candidate = step === 'undo' ? standing.at(-(1 + (pause % 2))) : undefined;
				const one: Mark | null = step === 'undo' ? (candidate ? { kind: 'undo', seq: candidate[1] } : null) : (step as Mark);
				if (one === null) continue;
				const refusal = admitMark(one, { board: night.board(), now: start + seconds * 1000, by: 'person/anna' });
				if (refusal?.code === 'overlaid') seen.overlaid += 1;
				if (refusal?.code === 'too-late') seen.late += 1;
				if (refusal !== null) continue;
				const seq = night.mark(seconds, one);
				if (one.kind !== 'undo') standing.push([seconds, seq, one]);
				else {
					seen.undone += 1;
					standing.splice(
						standing.findIndex((row) => row[1] === one.seq),
						1,
					);
				}
			}
			const twin = room();
			for (const [when, , one] of standing) twin.mark(when, one);
			expect(night.state()).toEqual(twin.state());
		}),
		{ seed: 4, numRuns: 3000 },
	);
	expect(Math.min(seen.undone, seen.overlaid, seen.late), JSON.stringify(seen)).toBeGreaterThan(50);
});
