// How far a check runs behind its copy, in time: when was that moved which is now verified?
import type { Points } from './forecast-input.ts';
import { atWork } from './forecast-rate.ts';

/** Null where what is verified was moved before the record begins. */
export function lagAt(moved: Points, checked: readonly [at: number, value: number] | undefined): number | null {
	if (!checked) return null;
	for (let i = moved.length - 1; i > 0; i -= 1) {
		const [to, from] = [moved[i], moved[i - 1]];
		if (!to || !from || from[1] > checked[1] || from[0] > checked[0]) continue;
		const share = to[1] > from[1] ? (checked[1] - from[1]) / (to[1] - from[1]) : 0;
		return Math.max(0, checked[0] - (from[0] + Math.min(1, share) * (to[0] - from[0])));
	}
	return null;
}

const CLOSE_MS = 600_000;
/** Falls behind by less than this share of the time: the wait for a batch, and no slower check. Reports are about a minute apart. */
const FALLS_BEHIND = 0.06;
const REPORTS_MS = 60_000;

/** Whether the check is close behind and stays there. */
export function isClose(moved: Points, verified: Points): boolean {
	const working = atWork(verified);
	const [first, last] = [working[0], working.at(-1)];
	const lag = lagAt(moved, last);
	if (working.length < 2 || !first || !last || lag === null || lag > CLOSE_MS) return false;
	const middle = (first[0] + last[0]) / 2;
	const then = working.find(([at]) => at >= middle);
	const before = lagAt(moved, then);
	return then !== undefined && before !== null && lag - before <= FALLS_BEHIND * (last[0] - then[0]) + REPORTS_MS;
}
