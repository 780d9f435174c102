// Lays words over a line so that none covers another: each tries the lines it may stand on, and is left out where none is free. Pure.

/** `at`: 0–1 along the line; `width`: its share of the line. The more urgent stand first in the list. */
export type Wanted = { readonly id: string; readonly at: number; readonly width: number };
export type Placed = { readonly level: number; readonly left: number };

type Span = { readonly from: number; readonly to: number };
const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/** `taken`: what already stands on each level. */
export function placeLabels(wanted: readonly Wanted[], taken: readonly (readonly Span[])[]): Readonly<Record<string, Placed>> {
	const lines = taken.map((spans) => [...spans]);
	const placed: Record<string, Placed> = {};
	for (const { id, at, width } of wanted) {
		const left = Math.min(Math.max(0, at - width / 2), Math.max(0, 1 - width));
		const mine = { from: left, to: left + width };
		const level = lines.findIndex((spans) => !spans.some((span) => overlaps(span, mine)));
		if (level < 0) continue;
		lines[level]?.push(mine);
		placed[id] = { level, left };
	}
	return placed;
}
