// The elements that satori lays out, and the blocks that know how high they are. Knows no sheet.
import type { Fitted } from './fit-text.ts';
import { LINE, type Weight } from './typeface.ts';

export type Style = Readonly<Record<string, string | number>>;
export type Element = {
	readonly type: 'div';
	readonly key: string;
	readonly props: { readonly style: Style; readonly children?: string | readonly Element[] };
};

/** What a thing takes, and how it is drawn in it. */
export type Block = { readonly height: number; readonly element: Element };

export const box = (key: string, style: Style, children: readonly Element[] = []): Element => ({
	type: 'div',
	key,
	props: { style: { display: 'flex', flexShrink: 0, boxSizing: 'border-box', ...style }, children },
});

export const column = (key: string, style: Style, children: readonly Element[]): Element => box(key, { flexDirection: 'column', ...style }, children);

export const lineHeight = (size: number, line = LINE): number => Math.round(size * line);

export type Ink = {
	readonly weight: Weight;
	readonly colour: string;
	readonly width: number;
	readonly align?: 'left' | 'right';
	readonly line?: number;
};

/** One element a line, so that nothing is left to be broken anew. Their keys begin with `text:`. */
export function textBlock(path: string, { lines, size }: Fitted, { weight, colour, width, align = 'left', line = LINE }: Ink): Block {
	const each = lineHeight(size, line);
	const style = { fontSize: size, fontWeight: weight, color: colour, height: each, lineHeight: `${each}px`, whiteSpace: 'nowrap' };
	const rows = lines.map((text, i) =>
		box(`row:${path}:${i}`, { width, height: each, justifyContent: align === 'right' ? 'flex-end' : 'flex-start' }, [
			{ type: 'div', key: `text:${path}:${i}`, props: { style: { display: 'flex', flexShrink: 0, ...style }, children: text } },
		]),
	);
	return { height: each * lines.length, element: column(`block:${path}`, { width }, rows) };
}

export const gap = (key: string, height: number): Element => box(`gap:${key}`, { height });

/** One above the other, `space` apart. Nothing where there is nothing. */
export function stack(key: string, width: number, blocks: readonly (Block | null)[], space: number): Block {
	const there = blocks.filter((one) => one !== null);
	return {
		height: there.reduce((sum, { height }) => sum + height, 0) + space * Math.max(0, there.length - 1),
		element: column(
			`stack:${key}`,
			{ width },
			there.flatMap(({ element }, i) => (i === 0 ? [element] : [gap(`${key}${i}`, space), element])),
		),
	};
}
