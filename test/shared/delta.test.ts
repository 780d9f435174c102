// Deltas: applying a difference gives the other board, whatever the two are; and what did not change keeps its place in memory.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBoard } from '../../shared/board.ts';
import { applyDelta, diff } from '../../shared/delta.ts';
import { judge } from '../../shared/judge.ts';
import { anyNight, nightStart, playNight } from '../projections/breakdown-nights.ts';

const key = fc.constantFrom('a', 'b', 'c', 'cce-db', '17', '1706');
const leaf = fc.oneof(
	fc.integer(),
	fc.double({ noNaN: true }),
	fc.string(),
	fc.boolean(),
	fc.constant(null),
	fc.array(fc.integer(), { maxLength: 4 }),
);
const { tree } = fc.letrec((tie) => ({
	tree: fc.dictionary(key, fc.oneof({ depthSize: 'small' }, leaf, tie('tree')), { maxKeys: 6, noNullPrototype: true }),
}));

describe('diff and applyDelta', () => {
	it('lead from any board to any other', () => {
		fc.assert(
			fc.property(tree, tree, (before, after) => {
				const frozen = structuredClone(before);
				const wire = JSON.parse(JSON.stringify(diff(before as object, after as object)));
				expect(applyDelta(before as object, wire)).toEqual(JSON.parse(JSON.stringify(after)));
				expect(before).toEqual(frozen);
			}),
			{ seed: 20251021, numRuns: 2000 },
		);
	});

	it('find nothing between equal boards', () => {
		expect(diff({ a: { b: [1, [2]] } }, { a: { b: [1, [2]] } })).toEqual([]);
	});

	it('keep untouched branches by reference', () => {
		const before = { a: { x: 1 }, b: { y: 2 } };
		const after = applyDelta(before, [['a/x', 3]]);
		expect(after).toEqual({ a: { x: 3 }, b: { y: 2 } });
		expect(after.b).toBe(before.b);
	});
});

describe('a night with failures', () => {
	const settings = { seed: 20210814, numRuns: 400 };
	const asSent = <T>(value: T): T => JSON.parse(JSON.stringify(value));
	const keysOf = (value: unknown): string[] =>
		typeof value !== 'object' || value === null || Array.isArray(value) ? [] : Object.entries(value).flatMap(([name, one]) => [name, ...keysOf(one)]);

	it('travels board by board, and a screen judges what it was sent as the server judges its own', () => {
		const sections = new Set<string>();
		fc.assert(
			fc.property(anyNight, (night) => {
				let screen: object = asSent(emptyBoard);
				let before: object = emptyBoard;
				for (const [i, board] of playNight(night).entries()) {
					const delta = asSent(diff(before, board));
					for (const [path] of delta) sections.add(path.split('/')[0] ?? '');
					screen = applyDelta(screen, delta);
					before = board;
					expect(screen).toEqual(asSent(board));
					const now = (night[i]?.[0] ?? nightStart) + 30_000;
					if (i === night.length - 1) expect(asSent(judge(screen as typeof board, now))).toEqual(asSent(judge(board, now)));
				}
			}),
			settings,
		);
		// The nights are such that each section about failures changes in some of them.
		const all = ['facilities', 'networks', 'dependants', 'flows', 'alarms', 'incidents', 'statements', 'clocks', 'channels', 'canaries'];
		expect(all.filter((name) => !sections.has(name))).toEqual([]);
	});

	it('has no key with a slash, which would be another place', () => {
		fc.assert(
			fc.property(anyNight, (night) => {
				expect(keysOf(playNight(night).at(-1)).filter((name) => name.includes('/'))).toEqual([]);
			}),
			{ ...settings, numRuns: 150 },
		);
	});

	it('planted: a key with a slash does not arrive', () => {
		const board = { alarms: { active: { 'service-down:service/portale': { since: 1 } } } };
		const before = { alarms: { active: { 'service-down:service/portale': { since: 0 } } } };
		expect(applyDelta(before, diff(before, board))).not.toEqual(board);
		expect(keysOf(board).filter((name) => name.includes('/'))).toHaveLength(1);
	});
});
