// The cutover's minutes: from the write freeze to the first good transaction every source must beat. Pure.
import type { Board, CutoverFacts } from './board.ts';
import type { MinuteNow } from './judge-night.ts';

/** Beats of its own rhythm that a source may miss in these minutes; its usual limit may be far longer. */
export const BEATS_MISSED = 3;

export const isMinute = (cutover: CutoverFacts | undefined): boolean =>
	cutover !== undefined && cutover.frozenAt !== null && cutover.firstGoodAt === null;

/** `onPaper`: sources that are silent as planned. */
export function judgeMinute(
	cutover: CutoverFacts | undefined,
	sources: Board['sources'],
	now: number,
	onPaper: readonly string[] = [],
): MinuteNow | null {
	if (cutover === undefined || cutover.frozenAt === null || cutover.firstGoodAt !== null) return null;
	const silent = Object.entries(sources).filter(([id, { why, talkedAt, everyMs, staleAfterMs }]) => {
		if (onPaper.includes(id)) return false;
		const limitMs = Math.min(BEATS_MISSED * everyMs, staleAfterMs);
		return why !== null || talkedAt === null || now - talkedAt > limitMs;
	});
	return { frozenAt: cutover.frozenAt, silent: silent.map(([id]) => id) };
}
