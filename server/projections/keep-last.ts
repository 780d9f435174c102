// A bounded list of things with ids that are never used twice: the last ones on the board, of those before them the ids alone. Pure.

type Kept<T> = { readonly count: number; readonly rows: Readonly<Record<string, T>>; readonly past?: Readonly<Record<string, number>> };
type List<T> = { readonly all: Kept<T>; readonly order: readonly string[]; readonly most: number };

/** What is its own: an id may be the name of something that every object has. */
export const ownOf = <T>(map: Readonly<Record<string, T>>, id: string): T | undefined => (Object.hasOwn(map, id) ? map[id] : undefined);

/** Whether such an id was ever taken. */
export const isTaken = ({ rows, past = {} }: Kept<unknown>, id: string): boolean => Object.hasOwn(rows, id) || Object.hasOwn(past, id);

/** `order`: the ids on the board, the oldest first; `beganAt`: of one that leaves it. What may not leave stays, and there are more than `most`. */
export function keepLast<T>(
	{ all, order, most }: List<T>,
	id: string,
	one: T,
	beganAt: (left: T) => number,
	mayLeave: (id: string, left: T) => boolean = () => true,
): { all: Kept<T>; order: readonly string[] } {
	const rows: Record<string, T> = { ...all.rows, [id]: one };
	let surplus = order.length + 1 - most;
	let past = all.past;
	const stays = (oldest: string): boolean => {
		const left = rows[oldest];
		if (surplus <= 0 || (left !== undefined && !mayLeave(oldest, left))) return true;
		surplus -= 1;
		if (left !== undefined) past = { ...past, [oldest]: beganAt(left) };
		delete rows[oldest];
		return false;
	};
	const kept = [...order.filter(stays), id];
	return { all: { count: all.count + 1, rows, ...(past === undefined ? {} : { past }) }, order: kept };
}
