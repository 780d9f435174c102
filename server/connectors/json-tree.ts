// Looks into JSON of which nothing is known: what is not there, or of another sort, is undefined. Keeps and changes nothing.

export type Tree = Readonly<Record<string, unknown>>;

export const treeOf = (value: unknown): Tree | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : undefined;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** One key after the other; never what an object has from its kind (`constructor`, `__proto__`). */
export function valueIn(value: unknown, ...keys: readonly string[]): unknown {
	let here = value;
	for (const key of keys) {
		if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
		here = (here as Record<string, unknown>)[key];
	}
	return here;
}

export const textIn = (value: unknown, ...keys: readonly string[]): string | undefined => textOf(valueIn(value, ...keys));

/** The tree of a text, or undefined where it is no JSON. */
export function parseTree(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
