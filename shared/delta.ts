// Deltas: keyed set and delete on the board. `applyDelta(a, diff(a, b))` equals b, and keeps what did not change by reference.

/** `['archives/cce-db/rate', value]` sets, `['archives/cce-db/rate']` deletes. Keys never hold a slash. */
export type DeltaOp = readonly [path: string, value: unknown] | readonly [path: string];
export type Delta = readonly DeltaOp[];

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

function sameLeaf(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
	return a.every((one, i) => {
		const other: unknown = b[i];
		return isTree(one) && isTree(other) ? diff(one, other).length === 0 : sameLeaf(one, other);
	});
}

/** Arrays are leaves: they are sent whole. Objects are descended into. `undefined` counts as absent. */
export function diff(before: object, after: object): Delta {
	const ops: DeltaOp[] = [];
	collect(before as Tree, after as Tree, '', ops);
	return ops;
}

function collect(before: Tree, after: Tree, prefix: string, ops: DeltaOp[]): void {
	if (before === after) return;
	for (const key in before) {
		if (before[key] !== undefined && after[key] === undefined) ops.push([prefix + key]);
	}
	for (const key in after) {
		const was = before[key];
		const is = after[key];
		if (is === undefined || was === is) continue;
		if (isTree(was) && isTree(is)) collect(was, is, `${prefix}${key}/`, ops);
		else if (!sameLeaf(was, is)) ops.push([prefix + key, is]);
	}
}

/** Never a board's key: what it would set is the prototype. Other inherited names (`constructor`) are keys like any other, never followed. */
const PROTOTYPE = '__proto__';

/** Copies only the branches it touches, each once. */
export function applyDelta<T extends object>(board: T, delta: Delta): T {
	if (delta.length === 0) return board;
	const fresh = new Set<Tree>();
	const copy = (tree: Tree): Tree => {
		if (fresh.has(tree)) return tree;
		const mine = { ...tree };
		fresh.add(mine);
		return mine;
	};
	const root = copy(board as Tree);
	for (const [path, ...rest] of delta) {
		const keys = path.split('/');
		if (keys.includes(PROTOTYPE)) continue;
		const last = keys.pop() ?? '';
		let branch = root;
		for (const key of keys) {
			const next = Object.hasOwn(branch, key) ? branch[key] : undefined;
			const mine = copy(isTree(next) ? next : {});
			branch[key] = mine;
			branch = mine;
		}
		if (rest.length === 0) delete branch[last];
		else branch[last] = rest[0];
	}
	return root as T;
}
