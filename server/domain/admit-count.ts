// Which counts by hand may be taken. Pure: told the time. An older one that waited in a phone is taken under its own time.
import type { Mark } from '../../shared/mark.ts';
import type { MarkRefusal, MarkRefusalCode } from '../../shared/mark-refusal.ts';

/** A phone's clock that runs ahead is forgiven this much. */
export const COUNT_AHEAD_MS = 120_000;
/** What is older is no part of the night: it is said, and not kept. */
export const COUNT_LATE_MS = 86_400_000;

export type Count = Extract<Mark, { kind: 'count' }>;

export const presentOf = (byCode: Count['byCode']): number => Object.values(byCode).reduce((sum, one) => sum + one, 0);

const refuse = (code: MarkRefusalCode, message: string): MarkRefusal => ({ ok: false, code, message });

export function admitCount({ at, byCode, boarding }: Count, now: number): MarkRefusal | null {
	if (at > now + COUNT_AHEAD_MS)
		return refuse(
			'count-future',
			`The count is dated more than ${COUNT_AHEAD_MS / 60_000} min ahead of this server: set the clock, and count again.`,
		);
	if (at < now - COUNT_LATE_MS) return refuse('count-late', `The count is older than ${COUNT_LATE_MS / 3_600_000} h: count again.`);
	const present = presentOf(byCode);
	if (boarding <= present) return null;
	return refuse('boarding-above-present', `${boarding} wait for a bed and ${present} are present: those who wait are among those present.`);
}
