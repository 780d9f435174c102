// Small counts of people in published tables: hidden, and not to be worked out from totals, from several at once, or from one refresh to the next.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publishTable } from '../../server/domain/small-counts.ts';
import { type CountTable, joinTables, type PublishedTable, type Shown } from '../../server/domain/small-counts-table.ts';
import { say, scaled } from '../faults/kit/scale.ts';
import { holdsOf, isPossible, type Statement, statementsOf, workedOut } from './small-counts-solver.ts';

const SMALLEST = 5;
const exact = { smallest: SMALLEST, roundTo: 1 };

/** `3 - 20 | 30`: cells a, b, c …, of which b is silent, and, after the bar, nothing but the word that they have a total. */
function row(text: string): CountTable {
	const [counts = '', total] = text.split('|');
	const cells = Object.fromEntries(
		counts
			.trim()
			.split(/\s+/)
			.flatMap((count, i) => (count === '-' ? [] : [[String.fromCharCode(97 + i), Number(count)]])),
	);
	return { cells, totals: total === undefined ? {} : { all: Object.keys(cells) } };
}
const written = (shown: Shown): string => (shown.is === 'told' ? String(shown.value) : shown.is === 'few' ? '<' : shown.is === 'hidden' ? '?' : '·');
const printed = ({ cells, totals }: PublishedTable): string =>
	`${Object.values(cells).map(written).join(' ')}${Object.keys(totals).length > 0 ? ` | ${Object.values(totals).map(written).join(' ')}` : ''}`;

describe('a row of counts', () => {
	it.each([
		['8 9 20', '8 9 20', 'nothing is small'],
		['8 9 20 | all', '8 9 20 | 37', 'nor beside its total'],
		['3 9 20', '< 9 20', 'no total: nothing beside it tells'],
		['3 9 20 | all', '< · 20 | 32', 'the smallest beside it that leaves all open'],
		['3 5 20 | all', '< · · | 28', 'five beside it would leave four out'],
		['0 9 20 | all', '< · 20 | 29', 'nobody is a small count too'],
		['0 0 20 | all', '< < · | 20', 'two of nobody'],
		['2 2 2 | all', '< < < | 6', 'three that keep one another open'],
		['4 4 20 | all', '< < · | 28', 'two at their highest do not'],
		['3 1 | all', '< < | <', 'a total that is small itself'],
		['3 | all', '< | <', 'one cell and its total are the same'],
	])('%s is published as %s: %s', (table, shown) => {
		expect(printed(publishTable(row(table), exact, null))).toBe(shown);
	});

	it('is rounded, and a rounded total closes less', () => {
		expect(printed(publishTable(row('3 12 27 | all'), { smallest: 5, roundTo: 10 }, null))).toBe('< 10 30 | 40');
		expect(printed(publishTable(row('12 5 | all'), { smallest: 5, roundTo: 20 }, null))).toMatch(/^20 ·|^· ·/);
	});

	it('keeps hidden what was hidden, and hides what a reader knows from before', () => {
		const first = publishTable(row('3 9 20 | all'), exact, null);
		expect(printed(first)).toBe('< · 20 | 32');
		expect(printed(publishTable(row('6 9 20 | all'), exact, first))).toBe('· · 20 | 35');
		// The first one's neighbours are known: only the total can be kept back.
		const open = publishTable(row('6 9 20 | all'), exact, null);
		expect(printed(publishTable(row('4 9 20 | all'), exact, open))).toBe('< 9 20 | ·');
	});

	it.each([
		['a small one goes silent', ['3 14 9 | all', '- 14 9 | all'], ['< 14 · | 26', '14 · | ·']],
		['what hides it goes silent', ['3 14 9 | all', '3 14 - | all'], ['< 14 · | 26', '< 14 | ·']],
		['it had grown before', ['3 14 9 | all', '6 14 9 | all', '- 14 9 | all'], ['< 14 · | 26', '· 14 · | 29', '14 · | ·']],
		['a small one comes', ['- 14 9 | all', '3 14 9 | all'], ['14 9 | 23', '< 14 9 | ·']],
		['it comes back', ['3 14 9 | all', '- 14 9 | all', '3 14 9 | all'], ['< 14 · | 26', '14 · | ·', '< 14 · | ·']],
		['it comes back grown', ['3 14 | x', '- 14 | x', '8 14 | x'], ['< · | 17', '· | ·', '· · | ·']],
		['all do, and come back', ['3 14 9 | all', '- - -', '3 14 9 | all'], ['< 14 · | 26', '', '< 14 · | 26']],
		['one that hides nothing goes, and comes back', ['3 14 9 | x', '3 - 9 | x', '3 15 9 | x'], ['< 14 · | 26', '< · | 12', '< 15 · | 27']],
		['nothing is small', ['7 14 9 | all', '- 14 9 | all', '8 - 9 | all'], ['7 14 9 | 30', '14 9 | 23', '8 9 | 17']],
		['nobody is silent, and another falls', ['3 14 9 11 | x', '3 14 9 4 | x'], ['< 14 · 11 | 37', '< 14 · < | ·']],
		['two are small together', ['1 2 - | all', '1 2 9 | all'], ['< < | <', '< < · | ·']],
	])('where %s: %j', (_, tables, shown) => {
		let last: PublishedTable | null = null;
		expect(
			tables.map((table) => {
				last = publishTable(row(table), exact, last);
				return printed(last);
			}),
		).toEqual(shown);
	});

	it('told with others hidden in it by two that did not know of one another, is told no more', () => {
		const [a, b] = [publishTable(row('3 14 9 | all'), exact, null), publishTable(row('- 3 9 20 | all'), exact, null)];
		const both = joinTables(a, b);
		expect(printed(publishTable(row('8 14 9 20 | all'), exact, both))).toBe('· · · 20 | ·');
		expect(printed(publishTable(row('8 14 9 | all'), exact, joinTables(a, a)))).toBe('· 14 · | 31');
	});
});

type Shape = { readonly names: readonly string[]; readonly totals: Readonly<Record<string, readonly string[]>> };

/** All margins of a table of one to three dimensions: every subset of dimensions summed away, but for the cells themselves. */
function shapeOf(sizes: readonly number[]): Shape {
	let all: readonly (readonly number[])[] = [[]];
	for (const size of sizes) all = all.flatMap((one) => Array.from({ length: size }, (_, i) => [...one, i]));
	const totals: Record<string, string[]> = {};
	for (let kept = 0; kept < 2 ** sizes.length - 1; kept += 1) {
		for (const cell of all) {
			const name = cell.map((at, dimension) => ((kept >> dimension) & 1 ? at : '*')).join('.');
			totals[name] = [...(totals[name] ?? []), cell.join('.')];
		}
	}
	return { names: all.map((cell) => cell.join('.')), totals };
}

const sizes = fc.oneof(
	fc.tuple(fc.integer({ min: 1, max: 6 })),
	fc.tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 })),
	fc.constant([2, 2, 2]),
);
const count = fc.oneof(
	fc.integer({ min: 0, max: 4 }),
	fc.integer({ min: 5, max: 9 }),
	fc.integer({ min: 5, max: 40 }),
	fc.integer({ min: 5, max: 40 }),
);
/** Some of the margins are published, some are not. */
const someTable = sizes.chain((one) => {
	const { names, totals } = shapeOf(one);
	return fc
		.record({
			counts: fc.array(count, { minLength: names.length, maxLength: names.length }),
			told: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: Object.keys(totals).length, maxLength: Object.keys(totals).length }),
		})
		.map(
			({ counts, told }): CountTable => ({
				cells: Object.fromEntries(names.map((name, i) => [name, counts[i] ?? 0])),
				totals: Object.fromEntries(Object.entries(totals).filter((_, i) => told[i] !== 0)),
			}),
		);
});
const roundTo = fc.constantFrom(1, 1, 1, 2, 5);

type Publish = typeof publishTable;
const ruledOut = (publish: Publish, table: CountTable, step: number): string[] => {
	const published = publish(table, { smallest: SMALLEST, roundTo: step }, null);
	return workedOut(table, published, statementsOf(table, published, SMALLEST, step), SMALLEST);
};

/** A first publication and some refreshes of it, in which some cells change, go silent and come back. What was said before counts where it still
 * is true, and of silent cells where it was true of what they last were. */
function ruledOutByRefresh(publish: Publish, tables: readonly CountTable[]): string[] {
	let last: PublishedTable | null = null;
	let said: Statement[] = [];
	let heard: CountTable['cells'] = {};
	const found: string[] = [];
	for (const table of tables) {
		const published: PublishedTable = publish(table, exact, last);
		heard = { ...heard, ...table.cells };
		const all: CountTable = { cells: heard, totals: table.totals };
		const silent = Object.fromEntries(Object.entries(heard).filter(([name]) => table.cells[name] === undefined));
		const earlier = said.filter((one) => holdsOf(all, one));
		const now = statementsOf(table, published, SMALLEST, 1);
		const names = Object.keys(heard);
		// What was known before anything new was said cannot be hidden again: readers need no refresh for it.
		const small: Statement[] = Object.entries(published.cells).flatMap(([name, { is }]) =>
			is === 'few' || (is === 'hidden' && (table.cells[name] ?? 0) < SMALLEST)
				? [{ of: [name], allows: (sum: number) => sum < SMALLEST, least: 0, most: SMALLEST - 1 }]
				: [],
		);
		for (const out of workedOut(table, published, [...earlier, ...now], SMALLEST, silent)) {
			const [, name = '', value = ''] = /^(.+) is not (\d)$/.exec(out) ?? [];
			const of = table.totals[name] ?? [name];
			const goal: Statement = { of, allows: (sum) => sum === Number(value), least: Number(value), most: Number(value) };
			if (isPossible(names, [...earlier, ...small, goal])) found.push(out);
		}
		said = [...earlier, ...now];
		last = published;
	}
	return found;
}

/** Silent, or back as it was before. */
const turn = 'turn';
const refreshed = fc
	.tuple(
		someTable,
		fc.array(fc.array(fc.tuple(fc.nat(8), fc.oneof(count, count, fc.constant(turn))), { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
	)
	.map(([first, changes]) => {
		const [names, heard, silent] = [Object.keys(first.cells), { ...first.cells } as Record<string, number>, new Set<string>()];
		const next = changes.map((change): CountTable => {
			for (const [which, to] of change) {
				const name = names[which % names.length] ?? '';
				if (to === turn && !silent.has(name)) silent.add(name);
				else silent.delete(name);
				if (to !== turn) heard[name] = to;
			}
			const cells = Object.fromEntries(Object.entries(heard).filter(([name]) => !silent.has(name)));
			const totals = Object.entries(first.totals).map(([name, of]) => [name, of.filter((cell) => !silent.has(cell))] as const);
			return { cells, totals: Object.fromEntries(totals.filter(([, of]) => of.length > 0)) };
		});
		return [first, ...next];
	});

const RUNS = scaled(30_000, 2000);
const REFRESHES = scaled(10_000, 700);

describe('a table that is published', { timeout: scaled(300_000, 20_000) }, () => {
	it('leaves every small value open for every count that is hidden for being small', () => {
		let hidden = 0;
		let told = 0;
		fc.assert(
			fc.property(someTable, roundTo, (table, step) => {
				const published = publishTable(table, { smallest: SMALLEST, roundTo: step }, null);
				for (const { is } of [...Object.values(published.cells), ...Object.values(published.totals)]) is === 'told' ? told++ : hidden++;
				expect(ruledOut(publishTable, table, step)).toEqual([]);
			}),
			{ numRuns: RUNS, seed: 7 },
		);
		say('small counts', `${RUNS} tables, ${told} figures told and ${hidden} hidden, nothing worked out`);
		expect(told).toBeGreaterThan(hidden / 4);
	});

	it('says nothing at all of what is hidden where the words themselves would tell', () => {
		const tables = [row('3 5 5 5 2 | all'), row('5 5 5 5 0 | all'), row('5 5 5 5 0 | all')];
		expect(ruledOutByRefresh(publishTable, tables)).toEqual([]);
	});

	it('does so from one refresh to the next, for whoever remembers all of them', () => {
		fc.assert(
			fc.property(refreshed, (tables) => {
				expect(ruledOutByRefresh(publishTable, tables)).toEqual([]);
			}),
			{ numRuns: REFRESHES, seed: 11 },
		);
	});
});

/** Publishers with a fault each, which the same checks must find. */
const onlySmall: Publish = (table, rules) => {
	const told = (value: number): Shown =>
		value < rules.smallest ? { is: 'few' } : { is: 'told', value: Math.round(value / rules.roundTo) * rules.roundTo };
	const sum = (of: readonly string[]): number => of.reduce((all, name) => all + (table.cells[name] ?? 0), 0);
	return {
		cells: Object.fromEntries(Object.entries(table.cells).map(([name, value]) => [name, told(value)])),
		totals: Object.fromEntries(Object.entries(table.totals).map(([name, of]) => [name, told(sum(of))])),
		told: [],
		counted: {},
		within: {},
	};
};
const totalOpen: Publish = (table, rules, last) => {
	const sound = publishTable(table, rules, last);
	return { ...sound, totals: onlySmall(table, rules, last).totals };
};
const forgetful: Publish = (table, rules) => publishTable(table, rules, null);
/** As if a cell that is not in the table had never been in it. */
const forgetsSilent: Publish = (table, rules, last) =>
	publishTable(
		table,
		rules,
		last && { ...last, counted: Object.fromEntries(Object.entries(last.counted).filter(([name]) => table.cells[name] !== undefined)), within: {} },
	);

describe('a fault', () => {
	it.each([
		['nothing hidden beside a small count', onlySmall],
		['every total told', totalOpen],
	])('is found: %s', (_, publish) => {
		const run = fc.check(
			fc.property(someTable, (table) => ruledOut(publish, table, 1).length === 0),
			{ numRuns: 300, seed: 7 },
		);
		expect(run.failed).toBe(true);
	});

	it('is found: a total shown beside one hidden cell', () => {
		expect(ruledOut(onlySmall, row('3 9 20 | all'), 1)).toEqual(['a is not 0', 'a is not 1', 'a is not 2', 'a is not 4']);
	});

	it('is found: a refresh that forgets who has gone silent', () => {
		expect(ruledOutByRefresh(forgetsSilent, [row('3 14 9 | all'), row('- 14 9 | all')])).toEqual([0, 1, 2, 4].map((value) => `a is not ${value}`));
		expect(
			fc.check(
				fc.property(refreshed, (tables) => ruledOutByRefresh(forgetsSilent, tables).length === 0),
				{ numRuns: 700, seed: 11 },
			).failed,
		).toBe(true);
	});

	it('is found: a refresh that forgets what it hid', () => {
		expect(ruledOutByRefresh(forgetful, [row('6 9 20 | all'), row('4 9 20 | all')])).toContain('a is not 0');
		expect(
			fc.check(
				fc.property(refreshed, (tables) => ruledOutByRefresh(forgetful, tables).length === 0),
				{ numRuns: 300, seed: 11 },
			).failed,
		).toBe(true);
	});
});
