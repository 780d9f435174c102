// Whether what was told still leaves a value open: looks for whole numbers that agree with all of it and have that value. Pure.
// A witness that is found proves it; one that is not found within the steps allowed proves nothing, and is taken as a no.

/** The sum of the cells named lies within these bounds. */
export type Equation = { readonly of: readonly number[]; readonly least: number; readonly most: number };
export type Bounds = readonly [least: number, most: number];

/** `truth` satisfies all of it: the search begins there. `cost`: which cells it would rather not move. */
export type Known = {
	readonly truth: readonly number[];
	readonly bounds: readonly Bounds[];
	readonly equations: readonly Equation[];
	readonly cost: readonly number[];
};

const STEPS = 400;

/** The cells that differ from the truth in a witness; null where none was found. `goal`: one more equation that has to hold, as that a cell is 3. */
export function findWitness({ truth, bounds, equations, cost }: Known, goal: Equation): readonly number[] | null {
	const all = [...equations, goal];
	const holding = truth.map((_, cell) => all.flatMap((one, i) => (one.of.includes(cell) ? [i] : [])));
	const values = [...truth];
	const sums = all.map(({ of }) => of.reduce((sum, cell) => sum + (truth[cell] ?? 0), 0));
	const locked = new Set<number>();
	let steps = STEPS;

	const missing = (i: number): number => {
		const [sum, one] = [sums[i] ?? 0, all[i]];
		if (one === undefined) return 0;
		return sum < one.least ? one.least - sum : sum > one.most ? one.most - sum : 0;
	};
	const move = (cell: number, by: number): void => {
		values[cell] = (values[cell] ?? 0) + by;
		for (const i of holding[cell] ?? []) sums[i] = (sums[i] ?? 0) + by;
	};
	/** How far a cell can go towards what is missing. */
	const roomOf = (cell: number, by: number): number => {
		const [least, most] = bounds[cell] ?? [0, 0];
		const value = values[cell] ?? 0;
		return by > 0 ? Math.min(by, most - value) : Math.max(by, least - value);
	};

	function repair(): boolean {
		steps -= 1;
		if (steps < 0) return false;
		// The goal's own is mended first, then whichever broke by it.
		let broken = -1;
		for (let i = all.length - 1; i >= 0 && broken < 0; i -= 1) if (missing(i) !== 0) broken = i;
		if (broken < 0) return true;
		const by = missing(broken);
		const movable = (all[broken]?.of ?? []).filter((cell) => !locked.has(cell) && roomOf(cell, by) !== 0);
		const rank = (cell: number): number => (cost[cell] ?? 0) - (Math.abs(roomOf(cell, by)) === Math.abs(by) ? 0.5 : 0);
		movable.sort((a, b) => rank(a) - rank(b) || (holding[a]?.length ?? 0) - (holding[b]?.length ?? 0));
		for (const cell of movable) {
			const room = roomOf(cell, by);
			locked.add(cell);
			move(cell, room);
			if (repair()) return true;
			move(cell, -room);
			locked.delete(cell);
		}
		return false;
	}
	return repair() ? [...locked] : null;
}
