// How fast a figure changes over its last minutes of reports: robust against a sensor that errs now and then.
// Pure; keeps its points thinned, so that a lively sender costs no more than a slow one.

/** The last minutes of a figure, a point each spacing; the newest point is always the last report. */
export type RecentLevels = [at: number, value: number][];

const WINDOW_MS = 900_000;
const SPACING_MS = 30_000;

/** `at` never goes back; a second word of the same moment is taken for the first. */
export function addRecent(recent: RecentLevels, at: number, value: number): void {
	const last = recent.at(-1);
	const before = recent.at(-2);
	if (last && (last[0] === at || (before && last[0] - before[0] < SPACING_MS))) recent.pop();
	recent.push([at, value]);
	while (at - (recent[0]?.[0] ?? at) > WINDOW_MS) recent.shift();
}

/**
 * Change a minute as the median of the slopes between all pairs (Theil 1950; Sen, J. Am. Stat. Assoc. 63, 1968, 1379–1389): up to 29 % of the
 * points may err. Null below `leastPoints` points or `leastMs` between the first and the last.
 */
export function slopeOf(recent: RecentLevels, leastPoints: number, leastMs: number): number | null {
	const span = (recent.at(-1)?.[0] ?? 0) - (recent[0]?.[0] ?? 0);
	if (recent.length < leastPoints || span < leastMs) return null;
	const slopes: number[] = [];
	for (const [i, [at, value]] of recent.entries()) {
		for (const [later, reached] of recent.slice(i + 1)) slopes.push(((reached - value) * 60_000) / (later - at));
	}
	slopes.sort((a, b) => a - b);
	const middle = slopes.length / 2;
	const [low, high] = [slopes[Math.ceil(middle) - 1], slopes[Math.floor(middle)]];
	return low === undefined || high === undefined ? null : (low + high) / 2;
}
