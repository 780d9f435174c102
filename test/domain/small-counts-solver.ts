// What a reader can work out from a published table: tries whole tables one by one, and knows nothing of how the product hides. Slow and sure.
import type { CountTable, PublishedTable, Shown } from '../../server/domain/small-counts-table.ts';

export type Statement = { readonly of: readonly string[]; readonly allows: (sum: number) => boolean; readonly least: number; readonly most: number };
/** Far above every count of the tests: what is above it is never needed to leave a small value open. */
const HIGHEST = 90;

/** What one printed figure says of the sum of its cells. */
export function statementOf(of: readonly string[], shown: Shown, smallest: number, roundTo: number): Statement | null {
	if (shown.is === 'hidden') return null;
	if (shown.is === 'few') return { of, allows: (sum) => sum < smallest, least: 0, most: smallest - 1 };
	if (shown.is === 'withheld') return of.length > 1 ? null : { of, allows: (sum) => sum >= smallest, least: smallest, most: HIGHEST };
	const allowed = Array.from({ length: HIGHEST * 9 }, (_, sum) => sum).filter(
		(sum) => sum >= smallest && Math.round(sum / roundTo) * roundTo === shown.value,
	);
	return { of, allows: (sum) => allowed.includes(sum), least: allowed[0] ?? 1, most: allowed.at(-1) ?? 0 };
}

export const statementsOf = ({ totals }: CountTable, published: PublishedTable, smallest: number, roundTo: number): Statement[] =>
	[
		...Object.entries(published.cells).map(([name, shown]) => statementOf([name], shown, smallest, roundTo)),
		...Object.entries(published.totals).map(([name, shown]) => statementOf(totals[name] ?? [], shown, smallest, roundTo)),
	].filter((one) => one !== null);

type Ranges = Map<string, readonly [least: number, most: number]>;

/** Narrows each cell to what the others leave it, until nothing changes; false where one has nothing left. */
function narrow(ranges: Ranges, statements: readonly Statement[]): boolean {
	for (let changed = true; changed; ) {
		changed = false;
		for (const { of, least, most } of statements) {
			const all = of.map((name) => ranges.get(name) ?? [0, 0]);
			const [low, high] = [all.reduce((sum, [from]) => sum + from, 0), all.reduce((sum, [, to]) => sum + to, 0)];
			for (const name of of) {
				const [from, to] = ranges.get(name) ?? [0, 0];
				const next = [Math.max(from, least - (high - to)), Math.min(to, most - (low - from))] as const;
				if (next[0] > next[1]) return false;
				if (next[0] === from && next[1] === to) continue;
				ranges.set(name, next);
				changed = true;
				break;
			}
		}
	}
	return true;
}

/** Whether a whole table agrees with all the statements: tries every value of every cell. Gives up with an error rather than with a guess. */
export function isPossible(names: readonly string[], statements: readonly Statement[]): boolean {
	let tries = 20_000;
	function fill(ranges: Ranges): boolean {
		tries -= 1;
		if (tries < 0) throw new Error('too large a table for this solver');
		if (!narrow(ranges, statements)) return false;
		const open = [...ranges].filter(([, [from, to]]) => from < to).sort(([, [a, b]], [, [c, d]]) => b - a - (d - c));
		const [next] = open;
		if (next === undefined) return statements.every(({ of, allows }) => allows(of.reduce((sum, one) => sum + (ranges.get(one)?.[0] ?? 0), 0)));
		const [name, [from, to]] = next;
		for (let value = from; value <= to; value += 1) if (fill(new Map(ranges).set(name, [value, value]))) return true;
		return false;
	}
	return fill(new Map(names.map((name) => [name, [0, HIGHEST]])));
}

/**
 * What is hidden for being small, cells and totals, with every value below the smallest that a reader can rule out. `silent`: cells that were in
 * the table once and no longer are, as they were then: readers may take it that they are so still.
 */
export function workedOut(
	table: CountTable,
	published: PublishedTable,
	statements: readonly Statement[],
	smallest: number,
	silent: CountTable['cells'] = {},
): string[] {
	const names = [...Object.keys(table.cells), ...Object.keys(silent)];
	const isSmall = (is: Shown['is'], of: readonly string[]): boolean =>
		is === 'few' || (is === 'hidden' && of.reduce((sum, name) => sum + (table.cells[name] ?? 0), 0) < smallest);
	const small = [
		...Object.entries(published.cells).flatMap(([name, { is }]) => (isSmall(is, [name]) ? [[name, [name]] as const] : [])),
		...Object.entries(published.totals).flatMap(([name, { is }]) =>
			isSmall(is, table.totals[name] ?? []) ? [[name, table.totals[name] ?? []] as const] : [],
		),
	];
	const wereSmall = Object.keys(silent).flatMap((name) => ((silent[name] ?? 0) < smallest ? [[name, [name]] as const] : []));
	return [...small, ...wereSmall].flatMap(([name, of]) =>
		Array.from({ length: smallest }, (_, value) => value)
			.filter((value) => !isPossible(names, [...statements, { of, allows: (sum) => sum === value, least: value, most: value }]))
			.map((value) => `${name} is not ${value}`),
	);
}

export const holdsOf = (table: CountTable, { of, allows }: Statement): boolean => allows(of.reduce((sum, name) => sum + (table.cells[name] ?? 0), 0));
