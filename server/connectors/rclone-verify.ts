// Reads what a check run of the plan's own has proved. Pure: never infers that what was copied is right.
import * as z from 'zod/mini';
import type { RcloneStats } from './rclone-answers.ts';

/** `check`: `rclone check` or `operations/check`. `dry-run`: a copy with CheckSum and DryRun, where what differs is counted as a transfer. */
export type VerifyBy = 'check' | 'dry-run';

const count = z.int().check(z.gte(0));
const verifiedSchema = z.object({ items: count, bytes: z.nullable(count) });
export type Verified = z.infer<typeof verifiedSchema>;

export function recallVerified(memory: unknown): Verified | null {
	const parsed = verifiedSchema.safeParse(memory);
	return parsed.success ? parsed.data : null;
}

/** At least so many files were compared and found equal: a difference takes one away even where rclone counted it apart. */
export const provenItems = (by: VerifyBy, stats: RcloneStats): number =>
	Math.max(0, stats.checks - stats.errors - (by === 'dry-run' ? stats.totalTransfers : 0));

/** Nothing under way, everything compared that it knew of. A group that never ran is not one. */
export const hasRun = (stats: RcloneStats): boolean =>
	stats.checks > 0 && stats.checking === 0 && stats.transferring === 0 && stats.checks >= stats.totalChecks;

/** While a later check is under way the earlier proof stands; when it is through, it alone counts. Null: no check has run. */
export function verifiedItems(before: Verified | null, by: VerifyBy, stats: RcloneStats): number | null {
	if (stats.checks + stats.errors + stats.totalTransfers === 0) return before?.items ?? null;
	const proven = provenItems(by, stats);
	return hasRun(stats) ? proven : Math.max(proven, before?.items ?? 0);
}
