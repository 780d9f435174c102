// The night's own facts: writes frozen and begun again, the night turned, what teams reported, what it would cost; and each taken back.
import { describe, expect, it } from 'vitest';
import { applyEntry, boardOf, emptyFacts } from '../../server/projections/fold.ts';
import type { CutoverFacts } from '../../shared/board.ts';
import type { Draft } from '../../shared/entry.ts';
import type { Mark } from '../../shared/mark.ts';
import type { MeasureName } from '../../shared/measures.ts';
import { planSchema } from '../../shared/plan.ts';

const start = Date.parse('2025-10-21T19:00:00+02:00');
const plan = planSchema.parse({
	programme: { id: 'test', name: 'Test' },
	cutover: {
		id: 'night',
		name: 'Night',
		window: { start: '2025-10-21T19:00:00+02:00', end: '2025-10-22T05:00:00+02:00' },
		rollback: {
			duration: { p90: '80min', evidence: 'rehearsed' },
			price: [{ label: 'Registrazioni', subject: 'service/ps', measure: 'service.recordsNew' }],
		},
	},
	teams: { rete: { label: 'Rete', callEvery: '45min' } },
	services: { ps: { label: 'PS', priority: 1 } },
	sources: { one: { kind: 'push', label: 'One' } },
});

/** One entry a line, from seq 2 on, ten seconds apart. */
function play(...drafts: readonly Draft[]) {
	const facts = emptyFacts();
	const all: Draft[] = [{ kind: 'plan', plan, text: '', digest: 'd', by: 'test', rehearsal: true }, ...drafts];
	for (const [i, draft] of all.entries()) applyEntry(facts, { v: 1, seq: i + 1, seen: at(i + 1), ...draft });
	const board = boardOf(facts);
	return { ...board, night: board.cutovers.night as CutoverFacts, price: board.rollback?.price[0] };
}
const at = (seq: number): number => start + seq * 10_000;
const mark = (seq: number, one: Mark): Draft => ({ kind: 'mark', mark: one, by: 'rete-turno', at: at(seq) });
const written = (seq: number, value: number | null): Draft => ({
	kind: 'samples',
	source: 'one',
	samples: [
		{
			subject: 'service/ps',
			measure: 'service.recordsNew' as MeasureName,
			value,
			at: at(seq),
			...(value === null ? { why: 'timeout' as const } : {}),
		},
	],
});
const frozen: Mark = { kind: 'writes', state: 'frozen' };
const firstGood: Mark = { kind: 'writes', state: 'first-good' };

describe('writes', () => {
	it('stand still from the freeze to the first good transaction, and anew with a second freeze', () => {
		expect(play(mark(2, frozen)).night).toMatchObject({ frozenAt: at(2), firstGoodAt: null });
		expect(play(mark(2, frozen), mark(3, firstGood)).night).toMatchObject({ frozenAt: at(2), firstGoodAt: at(3) });
		expect(play(mark(2, frozen), mark(3, firstGood), mark(4, frozen)).night).toMatchObject({ frozenAt: at(4), firstGoodAt: null });
	});

	it('are taken back to what stood before, once, and only the last of them', () => {
		expect(play(mark(2, frozen), mark(3, { kind: 'undo', seq: 2 })).night).toMatchObject({ frozenAt: null, firstGoodAt: null });
		expect(play(mark(2, frozen), mark(3, firstGood), mark(4, { kind: 'undo', seq: 3 })).night).toMatchObject({ frozenAt: at(2), firstGoodAt: null });
		expect(play(mark(2, frozen), mark(3, firstGood), mark(4, { kind: 'undo', seq: 2 })).night).toMatchObject({ frozenAt: at(2), firstGoodAt: at(3) });
		expect(play(mark(2, frozen), mark(3, { kind: 'undo', seq: 2 }), mark(4, frozen), mark(5, { kind: 'undo', seq: 2 })).night.frozenAt).toBe(at(4));
	});
});

describe('the price of going back', () => {
	it('counts from the freeze; without one from the first reading', () => {
		expect(play(written(2, 100), written(3, 130)).price).toMatchObject({ base: 100, figure: [130, at(3), at(3)] });
		expect(play(written(2, 100), mark(3, frozen), written(4, 130)).price).toMatchObject({ base: 100 });
		expect(play(written(2, 100), written(3, 120), mark(4, frozen), written(5, 130)).price).toMatchObject({ base: 120, figure: [130, at(5), at(5)] });
	});

	it('is not known before a reading, and a freeze makes no nought of it', () => {
		expect(play(mark(2, frozen)).price).toMatchObject({ base: null, figure: null });
		expect(play(mark(2, frozen), written(3, 7)).price).toMatchObject({ base: 7 });
	});

	it('keeps its last figure when Regia cannot look, and says since when', () => {
		expect(play(written(2, 100), written(3, null)).price?.figure).toEqual([100, at(2), at(2), 'timeout', at(3)]);
	});

	it('has its base back when the freeze is taken back', () => {
		expect(play(written(2, 100), written(3, 120), mark(4, frozen), mark(5, { kind: 'undo', seq: 4 })).price?.base).toBe(100);
	});
});

describe('the turn', () => {
	it('stands until it is turned again, or taken back', () => {
		const back: Mark = { kind: 'turn', way: 'back', reason: 'la copia non avanza' };
		expect(play(mark(2, back)).night.turnedBackAt).toBe(at(2));
		expect(play(mark(2, back), mark(3, { kind: 'turn', way: 'on' })).night.turnedBackAt).toBeNull();
		expect(play(mark(2, back), mark(3, { kind: 'undo', seq: 2 })).night.turnedBackAt).toBeNull();
		expect(play(mark(2, back), mark(3, { kind: 'turn', way: 'on' }), mark(4, { kind: 'undo', seq: 3 })).night.turnedBackAt).toBe(at(2));
	});
});

describe('reports', () => {
	const report = (seq: number, promise?: number): Draft => mark(seq, { kind: 'report', team: 'rete', ...(promise === undefined ? {} : { promise }) });

	it('keep when and by whom, and a promise with when it was given', () => {
		expect(play(report(2, start + 3_600_000)).lanes.rete).toEqual({
			callEveryMs: 2_700_000,
			lastReport: [at(2), 'rete-turno'],
			promise: start + 3_600_000,
			promisedAt: at(2),
		});
	});

	it('without a promise leave the one that was given', () => {
		expect(play(report(2, start + 3_600_000), report(3)).lanes.rete).toMatchObject({
			lastReport: [at(3), 'rete-turno'],
			promise: start + 3_600_000,
			promisedAt: at(2),
		});
	});

	it('are taken back', () => {
		expect(play(report(2, start + 3_600_000), mark(3, { kind: 'undo', seq: 2 })).lanes.rete).toMatchObject({
			lastReport: null,
			promise: null,
			promisedAt: null,
		});
	});

	it('of a team that the plan does not have change nothing', () => {
		expect(play(mark(2, { kind: 'report', team: 'altri' })).lanes).toEqual(play().lanes);
	});

	it('outlive a new version of the plan', () => {
		const again: Draft = { kind: 'plan', plan, text: '', digest: 'e', by: 'test', rehearsal: true };
		expect(play(report(2, start + 3_600_000), again).lanes.rete).toMatchObject({ lastReport: [at(2), 'rete-turno'], promisedAt: at(2) });
	});
});

it('what is kept to be taken back to is no part of the board', () => {
	expect(Object.keys(play(mark(2, frozen)))).not.toContain('marked');
});
