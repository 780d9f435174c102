// A figure at a moment: its value while it is fresh and could be read, and how old its last word is. Pure.
import type { Figure } from './board.ts';
import { ageOf } from './freshness.ts';

export type FigureNow = {
	/** Null while it is not known: stale, or Regia could not look. */
	readonly value: number | null;
	/** The last good value and its age, however old; null where it never had one. */
	readonly last: number | null;
	readonly ageMs: number | null;
	/** When it was so, by whichever clock is behind: one that runs ahead gains nothing from it. */
	readonly at: number;
	/** Why it is not known; null while it is. */
	readonly unknown: 'silent' | 'cannot-look' | null;
};

/** Null where it was never reported. */
export function figureNow(figure: Figure | undefined, limitMs: number, now: number): FigureNow | null {
	if (figure === undefined) return null;
	const [last, at, seen, why] = figure;
	const ageMs = last === null ? null : ageOf({ at, seen }, now);
	const unknown = why !== undefined || ageMs === null ? 'cannot-look' : ageMs > limitMs ? 'silent' : null;
	return { value: unknown === null ? last : null, last, ageMs, at: Math.min(at, seen), unknown };
}
