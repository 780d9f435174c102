// Counts the rows of one side of a move, by the server's counters or one by one. Asks; judges nothing.
import { setTimeout as pause } from 'node:timers/promises';
import { exactQuery, quoted, writersQuery } from './postgres-queries.ts';
import { type Counters, type Side, sideOf } from './postgres-reckoning.ts';
import { type CountersRow, countersRow, type ExactRow, exactRow, writersRow } from './postgres-rows.ts';
import type { Session, Told } from './postgres-session.ts';

/** What a session may wait before it reports its changes. */
const REPORT_WITHIN_MS = 11_000;
const ASK_AGAIN_MS = 500;

export const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** What arrived of each table, never more than the table holds: rows too many in one make up for none that are missing in another. */
export const arrived = (here: readonly number[], there: readonly number[]): number => sum(here.map((rows, i) => Math.min(rows, there[i] ?? 0)));

export async function readCounters(session: Session, query: string, tables: readonly string[]): Promise<Told<CountersRow>> {
	const told = await session.ask(query, [tables.map(quoted)], countersRow);
	return told.ok && told.value.missing > 0 ? { ok: false, why: 'not-found' } : told;
}

/** Table after table: one heavy statement at a time on a server that is at work. */
async function countEach(session: Session, tables: readonly string[]): Promise<Told<readonly ExactRow[]>> {
	const counts: ExactRow[] = [];
	for (const one of tables) {
		const count = await session.ask(exactQuery(one), [[quoted(one)]], exactRow);
		if (!count.ok) return count;
		counts.push(count.value);
	}
	return { ok: true, value: counts };
}

export async function countRows(session: Session, tables: readonly string[]): Promise<Told<readonly number[]>> {
	const counts = await countEach(session, tables);
	return counts.ok ? { ok: true, value: counts.value.map(({ rows }) => rows) } : counts;
}

export type Counted = {
	readonly rows: readonly number[];
	readonly copying: number;
	/** What later looks reckon on from; null where the counters can't be relied on, or changed their meaning meanwhile. */
	readonly side: (rows: number) => Side | null;
};

/** Each table's counters are those of the moment of its count. */
export async function countSide(session: Session, query: string, tables: readonly string[]): Promise<Told<Counted>> {
	const before = await readCounters(session, query, tables);
	if (!before.ok) return before;
	const counts = await countEach(session, tables);
	if (!counts.ok) return counts;
	const after = await readCounters(session, query, tables);
	if (!after.ok) return after;
	const all = (pick: (one: ExactRow) => number): number => sum(counts.value.map(pick));
	const counters: Counters = {
		stamp: before.value.stamp === after.value.stamp ? after.value.stamp : null,
		inserted: all((one) => one.inserted),
		deleted: all((one) => one.deleted),
		live: all((one) => one.live),
		upkeep: all((one) => one.upkeep),
	};
	return {
		ok: true,
		value: {
			rows: counts.value.map(({ rows }) => rows),
			copying: Math.min(before.value.copying, after.value.copying),
			side: (rows) => sideOf(rows, counters),
		},
	};
}

/** Waits until what was written before now is in the counters: else it would count a second time, as written since. */
export async function settle(session: Session, signal: AbortSignal): Promise<void> {
	const until = performance.now() + REPORT_WITHIN_MS;
	while (performance.now() < until) {
		const told = await session.ask(writersQuery, [], writersRow);
		if (!told.ok || !told.value) return;
		await pause(ASK_AGAIN_MS, undefined, { signal }).catch(() => {});
	}
}
