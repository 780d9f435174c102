// Tables of counts of people, as they are and as they were published, with all that has to be kept in mind of a publication for the next one. Pure.

/** Whole counts by cell; totals by name, each the sum of the cells that it lists. */
export type CountTable = { readonly cells: Readonly<Record<string, number>>; readonly totals: Readonly<Record<string, readonly string[]>> };
/** `roundTo`: 1 for none. */
export type CountRules = { readonly smallest: number; readonly roundTo: number };

/** `few`: below the smallest; `withheld`: not below it, and hidden so that another cannot be worked out; `hidden`: nothing is said of it. */
export type Shown =
	| { readonly is: 'told'; readonly value: number }
	| { readonly is: 'few' }
	| { readonly is: 'withheld' }
	| { readonly is: 'hidden' };
/** What readers know by now: the sum of these cells lies within these bounds. */
export type Told = { readonly of: readonly string[]; readonly least: number; readonly most: number };
/** `cells`, `totals`: as they are printed. All of it goes into the next publication of the same table: what was said once stays known. */
export type PublishedTable = {
	readonly cells: Readonly<Record<string, Shown>>;
	readonly totals: Readonly<Record<string, Shown>>;
	readonly told: readonly Told[];
	/** Every cell that ever was in the table, also those that have gone silent: its true count when it was last in it. Never printed. */
	readonly counted: Readonly<Record<string, { readonly count: number; readonly isHidden: boolean }>>;
	/** Which hidden cells were in a total that was told: with one more or one fewer of them, two totals differ by what is hidden. */
	readonly within: Readonly<Record<string, readonly string[]>>;
};

/** Two publications as one that was made of both: hidden in either is hidden, and all that was told is known. */
export function joinTables(a: PublishedTable, b: PublishedTable): PublishedTable {
	const join = (one: PublishedTable['cells'], other: PublishedTable['cells']): PublishedTable['cells'] => ({
		...one,
		...Object.fromEntries(Object.entries(other).filter(([name, { is }]) => is !== 'told' || one[name] === undefined)),
	});
	// Told once with these hidden cells in it and once with others, a total has said too much already to be told again.
	const closed = Object.entries(b.within).filter(([name, of]) => a.within[name] !== undefined && !isSameSet(a.within[name], of));
	const counted = Object.entries(b.counted).map(([name, { count, isHidden }]) => [
		name,
		{ count, isHidden: isHidden || a.counted[name]?.isHidden === true },
	]);
	return {
		cells: join(a.cells, b.cells),
		totals: { ...join(a.totals, b.totals), ...Object.fromEntries(closed.map(([name]) => [name, { is: 'withheld' } as const])) },
		told: [...a.told, ...b.told],
		counted: { ...a.counted, ...Object.fromEntries(counted) },
		within: { ...a.within, ...b.within },
	};
}

export const isSameSet = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one) => b.includes(one));
/** The same for the same cells, however they come. */
export const keyOf = (of: readonly string[]): string => of.toSorted().join(' ');
