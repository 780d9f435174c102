// The reckoning alone: counters that rise, fall and mean something else; a COPY whose rows land late.
import { describe, expect, test } from 'vitest';
import { landing, lower, proceed, proceedProof, recall, sideOf } from '../../server/connectors/postgres-reckoning.ts';

const stamp = 'a'.repeat(64);
const counters = { stamp, inserted: 500, deleted: 20, live: 470, upkeep: 3 };
const side = sideOf(1000, counters);
if (side === null) throw new Error('the counters are good');

describe('rows since a count', () => {
	test.each([
		['nothing', {}, 1000],
		['inserts', { inserted: 507, live: 477 }, 1007],
		['deletes', { deleted: 25, live: 465 }, 995],
		['inserts that were rolled back', { inserted: 507 }, 1000],
		['an analyze that finds more', { live: 9000, upkeep: 4 }, 1000],
		['an analyze that finds less, and inserts', { inserted: 507, live: 3, upkeep: 4 }, 1007],
		['deletes of more than the estimate held', { deleted: 520, live: 0 }, 500],
	])('are reckoned after %s', (_, change, rows) => {
		expect(proceed(side, { ...counters, ...change })?.rows).toBe(rows);
	});

	test.each([
		['other statistics', { stamp: 'b'.repeat(64) }],
		['none', { stamp: null }],
		['fewer inserts', { inserted: 499 }],
		['fewer deletes', { deleted: 19 }],
		['less upkeep', { upkeep: 2 }],
	])('are not known with %s', (_, change) => {
		expect(proceed(side, { ...counters, ...change })).toBeNull();
	});

	test('are reckoned from look to look, so that an analyze counts once', () => {
		const later = proceed(side, { ...counters, inserted: 510, live: 7, upkeep: 4 });
		expect(later && proceed(later, { ...counters, inserted: 515, live: 12, upkeep: 4 })?.rows).toBe(1015);
	});
});

describe('a proof', () => {
	const proof = { verified: 1000, lowered: false, source: side, target: side };
	test('stands while nothing is deleted, and is never raised again', () => {
		expect(proceedProof(proof, counters, { ...counters, inserted: 600, live: 570 }, false)).toMatchObject({ verified: 1000, lowered: false });
		const less = proceedProof(proof, { ...counters, deleted: 22, live: 468 }, { ...counters, deleted: 21, live: 469 }, false);
		expect(less).toMatchObject({ verified: 996, lowered: true });
		expect(less && lower(less, 2000)).toBe(less);
		expect(lower(proof, -5).verified).toBe(0);
	});

	test('without counters stands only beside looks that count', () => {
		const blind = { ...proof, target: null };
		expect(proceedProof(blind, counters, counters, true)).toBe(blind);
		expect(proceedProof(blind, counters, counters, false)).toBeNull();
	});

	test('travels as memory; what cannot be read may have claimed anything', () => {
		const memory = { v: 1, moved: 7, claimed: true, proof };
		expect(recall(JSON.parse(JSON.stringify(memory)))).toEqual(memory);
		expect(recall(undefined)).toEqual({ v: 1, moved: 0, claimed: false, proof: null });
		expect(recall({ ...memory, moved: -1 })).toEqual({ v: 1, moved: 0, claimed: true, proof: null });
	});
});

test.each([
	[
		'that lands at once',
		[
			[0, 50],
			[80, 0],
		],
		[50, 80],
	],
	[
		'that lands late',
		[
			[0, 50],
			[0, 0],
			[0, 0],
			[60, 0],
		],
		[50, 50, 50, 60],
	],
	[
		'that fails',
		[
			[0, 50],
			[0, 0],
			[0, 0],
			[0, 0],
			[0, 0],
		],
		[50, 50, 50, 50, 0],
	],
	[
		'before rows are deleted',
		[
			[0, 50],
			[60, 0],
			[55, 0],
		],
		[50, 60, 55],
	],
] as const)('a COPY %s moves the position as it should', (_, looks, shown) => {
	const landed = landing();
	expect(looks.map(([committed, copying]) => landed.next(committed, copying))).toEqual(shown);
});
