// What the forecast needs of a board, as plain data that can be posted to another thread. No chance, no durations drawn here.
import type { ArchiveFacts, Board, Trend } from '../../shared/board.ts';
import type { TaskFacts } from '../../shared/board-night.ts';
import { judgeArchive } from '../../shared/judge-archive.ts';

export type ForecastTask = Pick<
	TaskFacts,
	| 'kind'
	| 'stream'
	| 'plannedStart'
	| 'durationMs'
	| 'rehearsed'
	| 'after'
	| 'fixed'
	| 'gate'
	| 'archive'
	| 'restores'
	| 'state'
	| 'startedAt'
	| 'endedAt'
> & { readonly id: string };

/** Instant and value, in order of time. */
export type Points = readonly (readonly [at: number, value: number])[];

export type ForecastArchive = {
	readonly id: string;
	/** Verified to the last byte, by fresh evidence or by old. */
	readonly complete: boolean;
	/** Null while it reports; else since when it is silent, or 0 where it never spoke. */
	readonly silentSince: number | null;
	readonly total: number | null;
	readonly totalGrewAt: number | null;
	readonly advancedAt: number | null;
	readonly advanceWithinMs: number;
	/** Growth a second over the last minutes of reports. */
	readonly rate: number | null;
	readonly moved: Points;
	readonly verified: Points;
	readonly totals: Points;
	readonly largestPending: number | null;
	readonly transferring: number | null;
	/** Changes come in at least as fast as they are applied, and nothing stops them. */
	readonly outrun: boolean;
};

export type ForecastInput = {
	readonly now: number;
	readonly windowStart: number;
	readonly turnedBack: boolean;
	readonly tasks: readonly ForecastTask[];
	readonly archives: readonly ForecastArchive[];
};

/** The rollback steps count once the night is turned back, all others until then. */
export const isCounted = (task: Pick<TaskFacts, 'kind'>, turnedBack: boolean): boolean => (task.kind === 'rollback') === turnedBack;

export function forecastInputOf(board: Board, now: number): ForecastInput {
	const cutover = board.follows === null ? undefined : board.cutovers[board.follows];
	const windowStart = cutover?.windowStart ?? now;
	const frozen = cutover !== undefined && cutover.frozenAt !== null && cutover.firstGoodAt === null;
	const tasks = Object.entries(board.tasks).map(([id, facts]): ForecastTask => {
		const { kind, stream, plannedStart, durationMs, rehearsed, after, fixed, gate, archive, restores, state, startedAt, endedAt } = facts;
		return { id, kind, stream, plannedStart, durationMs, rehearsed, after, fixed, gate, archive, restores, state, startedAt, endedAt };
	});
	return {
		now,
		windowStart,
		turnedBack: (cutover?.turnedBackAt ?? null) !== null,
		tasks,
		archives: Object.entries(board.archives).map(([id, facts]) => archiveInput(id, facts, { bucketMs: board.bucketMs, windowStart, frozen, now })),
	};
}

type Moment = { readonly bucketMs: number; readonly windowStart: number; readonly frozen: boolean; readonly now: number };

function archiveInput(id: string, facts: ArchiveFacts, { bucketMs, windowStart, frozen, now }: Moment): ForecastArchive {
	const judged = judgeArchive(id, facts, now);
	const inItems = judged.unit === 'items';
	const { figures, replication } = facts;
	const position = inItems ? figures.itemsMoved : figures.bytesMoved;
	const proved = inItems ? figures.itemsVerified : figures.bytesVerified;
	const totalled = inItems ? figures.itemsTotal : figures.bytesTotal;
	// Items have no trend: what is known is where they stand, and that they stood at nothing when the window opened.
	const first: Points = inItems && (judged.moved ?? 0) > 0 ? [[windowStart, 0]] : [];
	return {
		id,
		complete: judged.total !== null && judged.total > 0 && (judged.moved ?? 0) >= judged.total && (judged.verified ?? 0) >= judged.total,
		silentSince: judged.standing === 'blind' ? (position?.[0] === null || !position ? 0 : Math.min(position[1], position[2])) : null,
		total: judged.total,
		totalGrewAt: facts.totalGrewAt,
		advancedAt: facts.advancedAt,
		advanceWithinMs: facts.advanceWithinMs,
		rate: facts.rate?.[0] ?? null,
		moved: pointsOf(inItems ? {} : facts.trends.moved, bucketMs, position, first),
		verified: pointsOf(inItems ? {} : facts.trends.verified, bucketMs, proved, []),
		totals: pointsOf(inItems ? {} : facts.trends.total, bucketMs, totalled, []),
		largestPending: judged.largestPending,
		transferring: judged.transferring,
		outrun:
			!frozen && replication !== null && replication[0] >= replication[1] && replication[0] > 0 && (judged.delta.pending ?? judged.lagBytes ?? 0) > 0,
	};
}

/** A bucket's last value was reached about when the bucket ended. */
function pointsOf(trend: Trend, bucketMs: number, newest: ArchiveFacts['figures']['bytesMoved'], before: Points): Points {
	const points: (readonly [number, number])[] = [...before];
	const last = newest?.[0] === null || newest === undefined ? null : Math.min(newest[1], newest[2]);
	for (const [bucket, value] of Object.entries(trend)) {
		const at = (Number(bucket) + 1) * bucketMs;
		if (last === null || at < last) points.push([at, value]);
	}
	if (last !== null && newest?.[0] !== null && newest !== undefined) points.push([last, newest[0]]);
	return points.sort((a, b) => a[0] - b[0]);
}
