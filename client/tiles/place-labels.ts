// Lays words over a line so that none covers another: each tries the lines it may stand on, and is left out where none is free. Pure.

/** `at`: 0–1 along the line; `width`: its share of the line. The more urgent stand first in the list. */
export type Wanted = {
	readonly id: string;
	readonly at: number;
	readonly width: number;
	/** Over its place or nowhere: a word beside it would be taken for another's. */
	readonly isFixed?: boolean;
};
export type Placed = { readonly level: number; readonly left: number; readonly width: number };

type Span = { readonly from: number; readonly to: number };
const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

const parts = [0.5, 0, 1, 0.25, 0.75, 0.125, 0.375, 0.625, 0.875];

/** `taken`: what already stands on each level. */
export function placeLabels(wanted: readonly Wanted[], taken: readonly (readonly Span[])[]): Readonly<Record<string, Placed>> {
	const lines = taken.map((spans) => [...spans]);
	const placed: Record<string, Placed> = {};
	for (const { id, at, width, isFixed = false } of wanted) {
		// Over its place; else beginning there, else ending there, else anywhere between; else the same one row further.
		const spots = (isFixed ? [0.5] : parts).map((part) => at - part * width).map((left) => Math.min(Math.max(0, left), Math.max(0, 1 - width)));
		const found = lines
			.flatMap((spans, level) => spots.map((left) => ({ spans, level, left })))
			.find(({ spans, left }) => !spans.some((span) => overlaps(span, { from: left, to: left + width })));
		if (found === undefined) continue;
		found.spans.push({ from: found.left, to: found.left + width });
		placed[id] = { level: found.level, left: found.left, width };
	}
	return placed;
}
