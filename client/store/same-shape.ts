// Structural equality of plain data, so that a tile wakes only when what it shows has changed. Knows no state.

type Tree = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

export function sameShape(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
	const keys = Object.keys(a);
	return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameShape(a[key], b[key]));
}
