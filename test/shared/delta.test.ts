// Deltas: applying a difference gives the other board, whatever the two are; and what did not change keeps its place in memory.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDelta, diff } from '../../shared/delta.ts';

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
