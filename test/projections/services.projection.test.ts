// Services as facts: what a plan changes and what stays booked, a side that falls silent beside one that speaks, whose latencies count.
import { describe, expect, it } from 'vitest';
import { applyEntry, boardOf, emptyFacts, type Facts } from '../../server/projections/fold.ts';
import { toApiBoard } from '../../server/web/api-board.ts';
import type { Draft } from '../../shared/entry.ts';
import { judge } from '../../shared/judge.ts';
import type { MeasureName } from '../../shared/measures.ts';
import { planSchema } from '../../shared/plan.ts';

const start = Date.parse('2025-10-31T20:00:00Z');
const MINUTE = 60;

type Night = { readonly id?: string; readonly from?: string; readonly to?: string; readonly services?: Record<string, object> };
const planOf = ({
	id = 'night',
	from = '20:00',
	to = '23:50',
	services = { ps: { label: 'PS', priority: 1, staleAfter: '60s' } },
}: Night = {}): Draft => {
	const window = { start: `2025-10-31T${from}:00Z`, end: `2025-10-31T${to}:00Z` };
	const plan = planSchema.parse({ programme: { id: 'test', name: 'Test' }, cutover: { id, name: 'Night', window }, services });
	return { kind: 'plan', plan, text: '', digest: 'd', by: 'test', rehearsal: true };
};

/** A night as lines: seconds after its start, and what came. */
function play(...lines: readonly (readonly [seconds: number, draft: Draft])[]): Facts {
	const facts = emptyFacts();
	lines.forEach(([seconds, draft], i) => {
		applyEntry(facts, { v: 1, seq: i + 1, seen: start + seconds * 1000, ...draft });
	});
	return facts;
}

const said = (seconds: number, values: Partial<Record<MeasureName, number | null>>): readonly [number, Draft] => [
	seconds,
	{
		kind: 'samples',
		source: 'one',
		samples: Object.entries(values).map(([measure, value]) => ({
			subject: 'service/ps' as const,
			measure: measure as MeasureName,
			value,
			at: start + seconds * 1000,
			...(value === null ? { why: 'timeout' as const } : {}),
		})),
	},
];
const every30 = (from: number, to: number, values: Partial<Record<MeasureName, number | null>>) =>
	Array.from({ length: (to - from) / 30 }, (_one, i) => said(from + i * 30, values));
const at = (facts: Facts, seconds: number) => judge(boardOf(facts), start + seconds * 1000).services.ps;

describe('a plan', () => {
	const up = every30(0, 10 * MINUTE, { 'service.up': 1 });

	it.each([
		['to begin later still: nothing of the night has been', [{ from: '21:00' }], 0],
		['to have begun within what is booked: the rest of it counts, and goes on', [{ from: '20:04' }], 16],
		['to have ended within what is booked: it goes no further', [{ to: '20:07' }], 7],
		['to end later: all counts', [{ to: '23:55' }], 20],
		['to and fro: all counts again', [{ from: '21:00' }, {}], 20],
		['not at all', [{}], 20],
	] as const)('that moves the window %s', (_name, plans, minutes) => {
		const moved = plans.map((one) => [10 * MINUTE, planOf(one)] as const);
		const facts = play([0, planOf()], ...up, ...moved, ...every30(10 * MINUTE, 20 * MINUTE, { 'service.up': 1 }));
		expect(at(facts, 20 * MINUTE)).toMatchObject({
			night: { up: minutes * 60_000, unknown: 0, unplanned: 0 },
			months: { '2025-10': { up: 1_200_000 } },
		});
	});

	it('that moves the window after more changes than are kept counts what lies before them as unknown', () => {
		const flapping = Array.from({ length: 2400 }, (_one, i) => said(i, { 'service.up': i % 2 }));
		const facts = play([0, planOf()], ...flapping, [2400, planOf({ to: '23:51' })]);
		const night = at(facts, 2400)?.night;
		expect(night).toMatchObject({ unknown: 401_000, up: 1_000_000 });
		expect(Object.values(night ?? {}).reduce((sum, ms) => sum + ms, 0)).toBe(2_400_000);
	});

	it('of another cutover begins another night, and the months go on', () => {
		const facts = play([0, planOf()], ...up, [10 * MINUTE, planOf({ id: 'next' })], ...every30(10 * MINUTE, 15 * MINUTE, { 'service.up': 1 }));
		expect(at(facts, 15 * MINUTE)).toMatchObject({ night: { up: 300_000 }, months: { '2025-10': { up: 900_000 } } });
	});

	it('that makes what was unplanned planned does so from then on', () => {
		const planned = [{ from: '2025-10-31T20:00:00Z', to: '2025-10-31T22:00:00Z' }];
		const later = planOf({ services: { ps: { label: 'PS', priority: 1, staleAfter: '60s', planned } } });
		const facts = play(
			[0, planOf()],
			...every30(0, 10 * MINUTE, { 'service.up': 0 }),
			[10 * MINUTE, later],
			...every30(10 * MINUTE, 15 * MINUTE, { 'service.up': 0 }),
		);
		expect(at(facts, 15 * MINUTE)?.downMs).toEqual({ planned: 300_000, overrun: 0, unplanned: 600_000, unknown: 0 });
	});

	it('without the service leaves it unobserved until a plan names it again', () => {
		const other = planOf({ services: { cce: { label: 'CCE', priority: 2 } } });
		const facts = play(
			[0, planOf()],
			...up,
			[10 * MINUTE, other],
			[20 * MINUTE, planOf()],
			...every30(20 * MINUTE, 25 * MINUTE, { 'service.up': 1 }),
		);
		expect(at(facts, 25 * MINUTE)).toMatchObject({ downMs: { unknown: 9.5 * MINUTE * 1000 }, night: { up: (10.5 + 5) * MINUTE * 1000 } });
	});

	it('is booked by local months: here they end at 23:00 of UTC', () => {
		const facts = play([0, planOf()], ...every30(0, 200 * MINUTE, { 'service.up': 1 }));
		expect(at(facts, 200 * MINUTE)?.months).toMatchObject({ '2025-10': { up: 180 * MINUTE * 1000 }, '2025-11': { up: 20 * MINUTE * 1000 } });
	});
});

describe('a side', () => {
	it('that fell silent is not up for ever beside one that says no', () => {
		const facts = play([0, planOf()], said(0, { 'service.upOld': 1, 'service.upNew': 0 }), ...every30(30, 10 * MINUTE, { 'service.upNew': 0 }));
		expect(at(facts, 10 * MINUTE)).toMatchObject({ standing: 'blind', up: null, night: { up: 60_000, unknown: 540_000, unplanned: 0 } });
	});

	it('whose answers fail has no latency, and neither has what is slow to fail', () => {
		const facts = play(
			[0, planOf()],
			said(0, { 'service.upOld': 0, 'service.latencyOld': 2, 'service.upNew': 1, 'service.latencyNew': 40 }),
			said(30, { 'service.up': 0, 'service.latency': 9000 }),
			said(40, { 'service.upNew': 1, 'service.latencyNew': 42 }),
		);
		const latency = at(facts, 41)?.latency;
		expect(latency?.day?.count).toBe(2);
		expect(latency?.day?.p99).toBeLessThan(45);
	});

	it('accepts writes or not, whatever answers', () => {
		const facts = play([0, planOf()], said(0, { 'service.upOld': 1, 'service.upNew': 0, 'service.writeOld': 0, 'service.writeNew': 0 }));
		expect(at(facts, 1)).toMatchObject({ writes: 'none', standing: 'bad', reason: 'no-writes', side: 'old' });
		expect(at(facts, 61)).toMatchObject({ writes: 'unknown', standing: 'blind' });
	});
});

describe('facts', () => {
	const lines = [
		[0, planOf()] as const,
		...every30(0, 10 * MINUTE, { 'service.up': 0, 'service.latency': 30 }),
		...every30(12 * MINUTE, 15 * MINUTE, { 'service.up': 0 }),
	];

	it('are the same from any checkpoint on', () => {
		const whole = play(...lines);
		for (const cut of [1, 5, 20, lines.length - 1]) {
			const facts = JSON.parse(JSON.stringify(play(...lines.slice(0, cut)))) as Facts;
			lines.slice(cut).forEach(([seconds, draft], i) => {
				applyEntry(facts, { v: 1, seq: cut + i + 1, seen: start + seconds * 1000, ...draft });
			});
			expect(boardOf(facts)).toEqual(boardOf(whole));
		}
	});

	it('shown are not changed by later entries', () => {
		const facts = play(...lines.slice(0, 8));
		const board = boardOf(facts);
		const kept = JSON.stringify(board);
		lines.slice(8).forEach(([seconds, draft], i) => {
			applyEntry(facts, { v: 1, seq: 9 + i, seen: start + seconds * 1000, ...draft });
		});
		expect(JSON.stringify(board)).toBe(kept);
	});

	it('go to the API with instants as such', () => {
		const api = toApiBoard(boardOf(play(...lines)), { epoch: 'e', seq: 1, hash: 'h' }, start + 15 * MINUTE * 1000) as {
			services: Record<string, unknown>;
		};
		expect(api.services.ps).toMatchObject({
			outage: { since: '2025-10-31T20:00:00.000Z', withoutMs: 13.5 * MINUTE * 1000 },
			night: { unplanned: 13.5 * MINUTE * 1000, unknown: 1.5 * MINUTE * 1000, up: 0 },
			plannedLeftMs: { night: 0, month: 0 },
			writes: 'unknown',
		});
	});
});
