// Tables of counts of people as they may be published: small counts are not told, and nothing beside them lets them be worked out, from any
// total and over refreshes. What is told leaves every value below the smallest open for every cell that is hidden for being small. Pure.
import { type CountRules, type CountTable, isSameSet, keyOf, type PublishedTable, type Shown, type Told } from './small-counts-table.ts';
import { type Bounds, type Equation, findWitness, type Known } from './small-counts-witness.ts';

export type { PublishedTable } from './small-counts-table.ts';

/** Readers may keep so much in mind; what no longer holds is dropped before. */
const TOLD_AT_MOST = 500;

const few: Shown = { is: 'few' };
const withheld: Shown = { is: 'withheld' };
const hidden: Shown = { is: 'hidden' };

/**
 * `last`: what was published of this table before; null for the first time. Hidden once, a cell or a total stays hidden. A cell that was in the
 * table and no longer is has gone silent: nothing is printed of it, and what was told of it and with it before is taken to hold still.
 */
export function publishTable(table: CountTable, rules: CountRules, last: PublishedTable | null): PublishedTable {
	const desk = new TableDesk(table, rules, last);
	while (desk.protectNext()) {}
	return desk.published();
}

class TableDesk {
	readonly #table: CountTable;
	readonly #rules: CountRules;
	readonly #last: PublishedTable | null;
	/** Those of the table, and those that have gone silent with what they were. */
	readonly #counts: Readonly<Record<string, number>>;
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
		this.#last = last;
		const before = Object.entries(last?.counted ?? {});
		this.#counts = { ...Object.fromEntries(before.map(([name, { count }]) => [name, count])), ...table.cells };
		this.#names = Object.keys(this.#counts);
		const wasHidden = (shown: Shown | undefined): boolean => shown !== undefined && shown.is !== 'told';
		this.#hidden = new Set(this.#names.filter((name) => this.#isSmall(name) || wasHidden(last?.cells[name]) || last?.counted[name]?.isHidden));
		this.#closed = new Set(Object.keys(table.totals).filter((name) => wasHidden(last?.totals[name]) && last?.totals[name]?.is !== 'few'));
		// A reader takes what was said for true until it is seen to have changed: all that still is true counts as known. Nobody sees a silent
		// cell change: what was told with it holds for as long as it holds of the others.
		this.#earlier = (last?.told ?? []).filter(
			({ of, least, most }) => of.every((name) => Object.hasOwn(this.#counts, name)) && this.#sum(of) >= least && this.#sum(of) <= most,
		);
		for (const [name, count] of Object.entries(table.cells)) if (!this.#isPrintable(count)) this.#hidden.add(name);
		for (const [name, of] of Object.entries(table.totals)) if (!this.#isPrintable(this.#sum(of)) && !this.#isFew(of)) this.#closed.add(name);
	}

	/** Whether anything more had to be hidden; false once all that is small is safe. */
	protectNext(): boolean {
		for (const [name, of] of this.#openTotals()) {
			const before = this.#last?.within[name];
			if (before !== undefined && !isSameSet(before, this.#hiddenIn(of))) this.#closed.add(name);
		}
		const known = this.#known();
		const open = this.#goals().find(({ key, goal }) => !this.#lost.has(key) && findWitness(known, goal) === null);
		if (open === undefined) return false;
		if (this.#hideFor(open.goal)) return true;
		if (this.#isMute) this.#lost.add(open.key);
		this.#isMute = true;
		return true;
	}

	published(): PublishedTable {
		const printed = Object.keys(this.#table.cells);
		const totals = Object.entries(this.#table.totals).map(([name, of]) => [name, this.#shownTotal(name, of)] as const);
		const told = new Map<string, Told>();
		for (const one of [...this.#earlier, ...this.#toldNow()]) {
			const { of, least, most } = told.get(keyOf(one.of)) ?? one;
			told.set(keyOf(of), { of, least: Math.max(least, one.least), most: Math.min(most, one.most) });
		}
		const within = this.#saidTotals().flatMap(([name, of]) => (this.#hiddenIn(of).length > 0 ? [[name, this.#hiddenIn(of)] as const] : []));
		return {
			cells: Object.fromEntries(printed.map((name) => [name, this.#shownCell(name)])),
			totals: Object.fromEntries(totals),
			told: [...told.values()].slice(-TOLD_AT_MOST),
			counted: Object.fromEntries(this.#names.map((name) => [name, { count: this.#countOf(name), isHidden: this.#hidden.has(name) }])),
			within: { ...this.#last?.within, ...Object.fromEntries(within) },
		};
	}

	#isSilent(name: string): boolean {
		return !Object.hasOwn(this.#table.cells, name);
	}
	#countOf(name: string): number {
		return this.#counts[name] ?? 0;
	}
	#hiddenIn(of: readonly string[]): string[] {
		return of.filter((name) => this.#hidden.has(name));
	}
	#isSmall(name: string): boolean {
		return this.#countOf(name) < this.#rules.smallest;
	}
	#sum(of: readonly string[]): number {
		return of.reduce((sum, name) => sum + this.#countOf(name), 0);
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
		return { is: 'told', value: this.#round(this.#countOf(name)) };
	}
	#shownTotal(name: string, of: readonly string[]): Shown {
		if (this.#closed.has(name)) return this.#isFew(of) ? hidden : withheld;
		if (this.#isMute && this.#isFew(of)) return hidden;
		return this.#isFew(of) ? few : { is: 'told', value: this.#round(this.#sum(of)) };
	}

	#cellBounds(name: string): Bounds {
		const { smallest } = this.#rules;
		if (this.#isSilent(name)) return [0, Number.MAX_SAFE_INTEGER];
		if (!this.#hidden.has(name)) return this.#boundsOf(this.#countOf(name));
		if (this.#isMute) return [0, Number.MAX_SAFE_INTEGER];
		return this.#isSmall(name) ? [0, smallest - 1] : [smallest, Number.MAX_SAFE_INTEGER];
	}
	#openTotals(): (readonly [name: string, of: readonly string[]])[] {
		return Object.entries(this.#table.totals).filter(([name]) => !this.#closed.has(name));
	}
	/** Of which a word or a number is printed. */
	#saidTotals(): (readonly [name: string, of: readonly string[]])[] {
		return this.#openTotals().filter(([, of]) => !(this.#isMute && this.#isFew(of)));
	}
	#totalsNow(without?: string): Told[] {
		const told = this.#saidTotals().filter(([name]) => name !== without);
		return told.map(([, of]): Told => {
			const [least, most] = this.#isFew(of) ? [0, this.#rules.smallest - 1] : this.#boundsOf(this.#sum(of));
			return { of, least, most };
		});
	}
	#toldNow(): Told[] {
		const cells = Object.keys(this.#table.cells).map((name): Told => {
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
				ifHidden && !this.#isSmall(name) && !this.#isSilent(name) && !this.#isMute
					? [this.#rules.smallest, Number.MAX_SAFE_INTEGER]
					: this.#cellBounds(name);
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
		const truth = this.#names.map((name) => this.#countOf(name));
		// What is hidden or silent already costs nothing; of the rest, small counts are missed least.
		const isFree = (name: string): boolean => this.#hidden.has(name) || this.#isSilent(name);
		return { truth, bounds, equations, cost: this.#names.map((name, i) => (isFree(name) ? 0 : 1 + (truth[i] ?? 0))) };
	}

	/** Every value below the smallest, of every cell and every total that is hidden for being small; a silent one was when it was last heard. */
	#goals(): { readonly key: string; readonly goal: Equation }[] {
		const index = new Map(this.#names.map((name, i) => [name, i]));
		const { smallest } = this.#rules;
		const small = [
			...this.#names.filter((name) => this.#isSmall(name)).map((name) => [name]),
			...Object.values(this.#table.totals).filter((of) => this.#isFew(of)),
			...this.#earlier.flatMap(({ of, most }) => (most < smallest ? [of] : [])),
		];
		const once = new Map(small.map((of) => [keyOf(of), of.map((cell) => index.get(cell) ?? -1)]));
		return [...once].flatMap(([key, of]) =>
			Array.from({ length: smallest }, (_, value) => ({ key: `${key} ${value}`, goal: { of, least: value, most: value } })),
		);
	}

	/** Hides the cells that leave the goal open, or else a total that tells too much of it. False where nothing is left to hide. */
	#hideFor(goal: Equation): boolean {
		const moved = findWitness(this.#known(true), goal)?.map((i) => this.#names[i] ?? '') ?? [];
		const more = moved.filter((name) => !this.#hidden.has(name) && !this.#isSilent(name));
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
