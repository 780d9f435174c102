// The dark of a site: when its system is off, and when all that was on paper is entered. Both the fold and the judging ask here. Pure.
import type { SiteFacts } from './board-er.ts';
import { MINUTE_MS, minuteNumber } from './er.ts';

/** Forms that are counted as entered may still have a few behind them that were written after the last count: it is quiet first. */
export const CATCH_UP_QUIET_MS = 5 * MINUTE_MS;
/** Nobody said that all is entered: past this the messages are believed alone again. */
export const CATCH_UP_MOST_MS = 1440 * MINUTE_MS;

type DarkOf = Pick<SiteFacts, 'dark' | 'backEntry' | 'count'>;

export const isDark = ({ dark }: Pick<SiteFacts, 'dark'>): boolean => dark !== null && dark.restoredAt === null;

/** Forms on paper as the ward told them in this dark; null where it told none. */
export const formsOf = ({ dark, count }: DarkOf): number | null => (dark !== null && count !== null && count.at >= dark.since ? count.forms : null);

/** When all that was on paper was entered; null before that, and where there was no dark. */
export function caughtUpAt(facts: DarkOf, now: number): number | null {
	const { dark, backEntry } = facts;
	if (dark === null || dark.restoredAt === null) return null;
	if (dark.caughtUpAt !== null) return dark.caughtUpAt;
	const forms = formsOf(facts);
	const quietAt = Math.max(dark.restoredAt, backEntry?.lastSeen ?? 0) + CATCH_UP_QUIET_MS;
	if (forms !== null && (backEntry?.entered ?? 0) >= forms && now >= quietAt) return quietAt;
	const latest = dark.restoredAt + CATCH_UP_MOST_MS;
	return now >= latest ? latest : null;
}

export const isCatchingUp = (facts: DarkOf, now: number): boolean =>
	facts.dark !== null && facts.dark.restoredAt !== null && caughtUpAt(facts, now) === null;

/** Whether an event of this minute lies in the dark; the minute of the restore is the system's again. */
export const isInDark = (minute: number, dark: NonNullable<SiteFacts['dark']>): boolean =>
	minute >= minuteNumber(dark.since) && (dark.restoredAt === null || minute < minuteNumber(dark.restoredAt));
