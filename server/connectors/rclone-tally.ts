// Adds up rclone's counters over its restarts, so that "moved" neither goes back nor counts twice. Pure; knows no address.
import * as z from 'zod/mini';
import type { RcloneStats } from './rclone-answers.ts';

/** Which run is talking: `core/pid`, and the newer versions' own id. The start is worked out from `elapsedTime`. */
export type RcloneRun = { readonly pid: number; readonly executeId: string | null };

const count = z.int().check(z.gte(0));
const tallySchema = z.object({
	v: z.literal(1),
	pid: count,
	executeId: z.nullable(z.string().check(z.regex(/^[0-9a-fA-F-]{8,64}$/))),
	at: count,
	elapsedMs: count,
	/** What earlier runs completed. */
	baseBytes: count,
	baseItems: count,
	/** What this run said last. */
	bytes: count,
	bytesInFlight: count,
	items: count,
	/** The highest that was shown. */
	shownBytes: count,
	shownItems: count,
	shownTotalBytes: count,
	shownTotalItems: count,
});
/** Travels as the connector's memory: figures and process ids only. */
export type RcloneTally = z.infer<typeof tallySchema>;

export function recallTally(memory: unknown): RcloneTally | null {
	const parsed = tallySchema.safeParse(memory);
	return parsed.success ? parsed.data : null;
}

/** Between our clock and the daemon's. */
const CLOCK_SLACK_MS = 2000;

/**
 * `restart`: another run; what it had under way is copied again. `reset`: the same run with its counters set back (core/stats-reset);
 * what it had under way goes on.
 */
function changeSince(before: RcloneTally, run: RcloneRun, stats: RcloneStats, at: number): 'none' | 'restart' | 'reset' {
	if (before.executeId !== null && run.executeId !== null) {
		if (before.executeId !== run.executeId) return 'restart';
	} else if (before.pid !== run.pid) return 'restart';
	// The group was deleted and made anew, or a container's daemon has the same pid again and began after we last saw the old one.
	if (stats.elapsedMs < before.elapsedMs) return 'restart';
	if (run.executeId === null && at - stats.elapsedMs > before.at + CLOCK_SLACK_MS) return 'restart';
	return stats.bytes < before.bytes || stats.transfers < before.items ? 'reset' : 'none';
}

/** A run that has done something and has nothing left to do that it knows of. */
const isSettled = (stats: RcloneStats): boolean =>
	stats.transferring === 0 &&
	stats.checking === 0 &&
	stats.transfers + stats.checks > 0 &&
	stats.bytes >= stats.totalBytes &&
	stats.transfers >= stats.totalTransfers;

/**
 * A re-run skips what is there already, so its total is only what was left: runs add up. What was under way when a run was killed
 * is copied again and leaves the base; the figure shown waits at its height until it is passed.
 */
export function tally(before: RcloneTally | null, run: RcloneRun, stats: RcloneStats, at: number): RcloneTally {
	const change = before ? changeSince(before, run, stats, at) : 'none';
	let { baseBytes, baseItems } = before ?? { baseBytes: 0, baseItems: 0 };
	if (before && change !== 'none') {
		baseBytes += Math.max(0, before.bytes - (change === 'restart' ? before.bytesInFlight : 0));
		baseItems += before.items;
	}
	const shownBytes = Math.max(before?.shownBytes ?? 0, baseBytes + stats.bytes);
	const shownItems = Math.max(before?.shownItems ?? 0, baseItems + stats.transfers);
	// While a re-run still lists, its total is small: the earlier total stands until this run passes it or is through.
	const held = isSettled(stats) ? null : before;
	return {
		v: 1,
		pid: run.pid,
		executeId: run.executeId,
		at,
		elapsedMs: stats.elapsedMs,
		baseBytes,
		baseItems,
		bytes: stats.bytes,
		bytesInFlight: stats.bytesInFlight,
		items: stats.transfers,
		shownBytes,
		shownItems,
		shownTotalBytes: Math.max(shownBytes, baseBytes + stats.totalBytes, baseBytes > 0 ? (held?.shownTotalBytes ?? 0) : 0),
		shownTotalItems: Math.max(shownItems, baseItems + stats.totalTransfers, baseItems > 0 ? (held?.shownTotalItems ?? 0) : 0),
	};
}
