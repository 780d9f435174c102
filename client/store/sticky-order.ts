// The order of a wall's list: worst first, but taken anew only when a standing changed, at most once a minute, and never while it is locked. Told the time.
import { byWorst, type Standing } from '../../shared/standing.ts';

export type Ranked = { readonly id: string; readonly standing: Standing; readonly complete: number };
export type StickyOrder = { readonly ids: readonly string[]; readonly key: string; readonly at: number };

export const RESORT_AFTER_MS = 60_000;

const worstFirst = (a: Ranked, b: Ranked): number => byWorst(a.standing, b.standing) || a.complete - b.complete || (a.id < b.id ? -1 : 1);

export function stickyOrder(last: StickyOrder | null, rows: readonly Ranked[], realNow: number, isLocked = false): StickyOrder {
	const key = rows.map((row) => `${row.id}:${row.standing}:${row.complete >= 1}`).join(' ');
	if (last?.key === key) return last;
	const isDue = last === null || realNow - last.at >= RESORT_AFTER_MS;
	const isSameSet = last !== null && last.ids.length === rows.length && rows.every((row) => last.ids.includes(row.id));
	if ((!isDue || isLocked) && isSameSet) return last;
	return { ids: [...rows].sort(worstFirst).map((row) => row.id), key, at: realNow };
}
