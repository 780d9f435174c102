// Tables of counts of people as they may be published: small counts are not told, and nothing beside them lets them be worked out, from any
// total and over refreshes. What is told leaves every value below the smallest open for every cell that is hidden for being small. Pure.
import { type Bounds, type Equation, findWitness, type Known } from './small-counts-witness.ts';

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
/** `told` goes into the next publication of the same table: what was said once stays known. */
export type PublishedTable = {
	readonly cells: Readonly<Record<string, Shown>>;
	readonly totals: Readonly<Record<string, Shown>>;
	readonly told: readonly Told[];
};

/** Readers may keep so much in mind; what no longer holds is dropped before. */
const TOLD_AT_MOST = 500;

const few: Shown = { is: 'few' };
const withheld: Shown = { is: 'withheld' };
const hidden: Shown = { is: 'hidden' };

/** `last`: what was published of this table before; null for the first time. Hidden once, a cell or a total stays hidden. */
export function publishTable(table: CountTable, rules: CountRules, last: PublishedTable | null): PublishedTable {
	const desk = new TableDesk(table, rules, last);
	while (desk.protectNext()) {}
	return desk.published();
}

/** Two publications as one that was made of both: hidden in either is hidden, and all that was told is known. */
export function joinTables(a: PublishedTable, b: PublishedTable): PublishedTable {
	const join = (one: PublishedTable['cells'], other: PublishedTable['cells']): PublishedTable['cells'] => ({
		...one,
		...Object.fromEntries(Object.entries(other).filter(([name, { is }]) => is !== 'told' || one[name] === undefined)),
	});
	return { cells: join(a.cells, b.cells), totals: join(a.totals, b.totals), told: [...a.told, ...b.told] };
}

class TableDesk {
	readonly #table: CountTable;
	readonly #rules: CountRules;
	readonly #names: readonly string[];
	readonly #hidden: Set<string>;
	readonly #closed: Set<string>;
	readonly #earlier: readonly Told[];
	/** Of what is hidden not even that it is small is said: that one was, and is no longer, can be one word too many. */
	#isMute = false;
	/** Goals that what was said before has closed already: nothing that is hidden now can open them again. */
	readonly #lost = new Set<string>();

	constructor(table: CountTable, rules: CountRules, last: PublishedTable | null) {
		this.#table = table;
		this.#rules = rules;
		this.#names = Object.keys(table.cells);
		const wasHidden = (shown: Shown | undefined): boolean => shown !== undefined && shown.is !== 'told';
		this.#hidden = new Set(this.#names.filter((name) => this.#isSmall(name) || wasHidden(last?.cells[name])));
		this.#closed = new Set(Object.keys(table.totals).filter((name) => wasHidden(last?.totals[name]) && last?.totals[name]?.is !== 'few'));
		// A reader takes what was said for true until it is seen to have changed: all that still is true counts as known.
		this.#earlier = (last?.told ?? []).filter(
			({ of, least, most }) => of.every((name) => Object.hasOwn(table.cells, name)) && this.#sum(of) >= least && this.#sum(of) <= most,
		);
		for (const name of this.#names) if (!this.#isPrintable(table.cells[name] ?? 0)) this.#hidden.add(name);
		for (const [name, of] of Object.entries(table.totals)) if (!this.#isPrintable(this.#sum(of)) && !this.#isFew(of)) this.#closed.add(name);
	}

	/** Whether anything more had to be hidden; false once all that is small is safe. */
	protectNext(): boolean {
		const known = this.#known();
		const open = this.#goals().find(({ key, goal }) => !this.#lost.has(key) && findWitness(known, goal) === null);
		if (open === undefined) return false;
		if (this.#hideFor(open.goal)) return true;
		if (this.#isMute) this.#lost.add(open.key);
		this.#isMute = true;
		return true;
	}

	published(): PublishedTable {
		const cells = Object.fromEntries(this.#names.map((name) => [name, this.#shownCell(name)]));
		const totals = Object.fromEntries(Object.entries(this.#table.totals).map(([name, of]) => [name, this.#shownTotal(name, of)]));
		const byCells = new Map([...this.#earlier, ...this.#toldNow()].map((one) => [one.of.toSorted().join(' '), one]));
		return { cells, totals, told: [...byCells.values()].slice(-TOLD_AT_MOST) };
	}

	#isSmall(name: string): boolean {
		return (this.#table.cells[name] ?? 0) < this.#rules.smallest;
	}
	#sum(of: readonly string[]): number {
		return of.reduce((sum, name) => sum + (this.#table.cells[name] ?? 0), 0);
	}
	#isFew(of: readonly string[]): boolean {
		return this.#sum(of) < this.#rules.smallest;
	}
	#round(count: number): number {
		return Math.round(count / this.#rules.roundTo) * this.#rules.roundTo;
	}
	/** Rounded below the smallest it would look like a small count. */
	#isPrintable(count: number): boolean {
		return count < this.#rules.smallest || this.#round(count) >= this.#rules.smallest;
	}
	/** All counts that are printed as this one is. */
	#boundsOf(count: number): Bounds {
		const { roundTo, smallest } = this.#rules;
		const printed = this.#round(count);
		return [Math.max(smallest, Math.ceil(printed - roundTo / 2)), Math.ceil(printed + roundTo / 2) - 1];
	}

	#shownCell(name: string): Shown {
		if (this.#hidden.has(name)) return this.#isMute ? hidden : this.#isSmall(name) ? few : withheld;
		return { is: 'told', value: this.#round(this.#table.cells[name] ?? 0) };
	}
	#shownTotal(name: string, of: readonly string[]): Shown {
		if (this.#closed.has(name)) return withheld;
		if (this.#isMute && this.#isFew(of)) return hidden;
		return this.#isFew(of) ? few : { is: 'told', value: this.#round(this.#sum(of)) };
	}

	#cellBounds(name: string): Bounds {
		const { smallest } = this.#rules;
		if (!this.#hidden.has(name)) return this.#boundsOf(this.#table.cells[name] ?? 0);
		if (this.#isMute) return [0, Number.MAX_SAFE_INTEGER];
		return this.#isSmall(name) ? [0, smallest - 1] : [smallest, Number.MAX_SAFE_INTEGER];
	}
	#openTotals(): (readonly [name: string, of: readonly string[]])[] {
		return Object.entries(this.#table.totals).filter(([name]) => !this.#closed.has(name));
	}
	#totalsNow(without?: string): Told[] {
		const told = this.#openTotals().filter(([name, of]) => name !== without && !(this.#isMute && this.#isFew(of)));
		return told.map(([, of]): Told => {
			const [least, most] = this.#isFew(of) ? [0, this.#rules.smallest - 1] : this.#boundsOf(this.#sum(of));
			return { of, least, most };
		});
	}
	#toldNow(): Told[] {
		const cells = this.#names.map((name): Told => {
			const [least, most] = this.#cellBounds(name);
			return { of: [name], least, most };
		});
		return [...cells, ...this.#totalsNow()];
	}

	/** `ifHidden`: what readers would know if every cell that they do not know already were hidden; `without`: and this total. */
	#known(ifHidden = false, without?: string): Known {
		const index = new Map(this.#names.map((name, i) => [name, i]));
		const bounds = this.#names.map((name): [number, number] => {
			const [least, most] =
				ifHidden && !this.#isSmall(name) && !this.#isMute ? [this.#rules.smallest, Number.MAX_SAFE_INTEGER] : this.#cellBounds(name);
			return [least, most];
		});
		const equations: Equation[] = [];
		for (const { of, least, most } of [...this.#earlier, ...this.#totalsNow(without)]) {
			const cells = of.map((name) => index.get(name) ?? -1);
			const one = cells.length === 1 ? bounds[cells[0] ?? -1] : undefined;
			if (one === undefined) equations.push({ of: cells, least, most });
			else {
				one[0] = Math.max(one[0], least);
				one[1] = Math.min(one[1], most);
			}
		}
		const truth = this.#names.map((name) => this.#table.cells[name] ?? 0);
		// What is hidden already costs nothing; of the rest, small counts are missed least.
		return { truth, bounds, equations, cost: this.#names.map((name, i) => (this.#hidden.has(name) ? 0 : 1 + (truth[i] ?? 0))) };
	}

	/** Every value below the smallest, of every cell and every total that is hidden for being small. */
	#goals(): { readonly key: string; readonly goal: Equation }[] {
		const index = new Map(this.#names.map((name, i) => [name, i]));
		const small = [
			...this.#names.filter((name) => this.#isSmall(name)).map((name) => [name, [name]] as const),
			...this.#openTotals().filter(([, of]) => this.#isFew(of)),
		];
		return small.flatMap(([name, of]) =>
			Array.from({ length: this.#rules.smallest }, (_, value) => ({
				key: `${name} ${of.length} ${value}`,
				goal: { of: of.map((cell) => index.get(cell) ?? -1), least: value, most: value },
			})),
		);
	}

	/** Hides the cells that leave the goal open, or else a total that tells too much of it. False where nothing is left to hide. */
	#hideFor(goal: Equation): boolean {
		const moved = findWitness(this.#known(true), goal)?.map((i) => this.#names[i] ?? '') ?? [];
		const more = moved.filter((name) => !this.#hidden.has(name));
		for (const name of more) this.#hidden.add(name);
		if (more.length > 0) return true;
		const cells = new Set(goal.of.map((i) => this.#names[i] ?? ''));
		const touches = (of: readonly string[]): number => (of.some((name) => cells.has(name)) ? 0 : 1);
		// The smallest tells most; one far off may bind as well, through cells that it has in common with the others.
		const totals = this.#openTotals().toSorted(([, a], [, b]) => touches(a) - touches(b) || a.length - b.length);
		const first = totals.find(([name]) => findWitness(this.#known(true, name), goal) !== null) ?? totals[0];
		if (first !== undefined) this.#closed.add(first[0]);
		return first !== undefined;
	}
}
