// A message feed that has only just begun knows the visits of which it has heard since, not who was there before: whether a site's census
// is still filling. Both the fold and the judging ask here. Pure.
import type { CensusFacts, SiteFacts } from './board-er.ts';
import { minuteNumber } from './er.ts';

/** Where a plan that was kept before says nothing of it. */
export const FILLS_WITHIN_MS = 86_400_000;

/** For so long arrivals and departures are kept minute by minute for a count that figures hang on. */
export const ANCHORED_FOR_MINUTES = 1440;

type FillingOf = Pick<SiteFacts, 'fillsWithinMs' | 'staleAfterMs'> & {
	readonly census: Pick<CensusFacts, 'since' | 'unheardMs' | 'isFull' | 'heardSeen'> | null;
};

/** Until when the census is not to be believed as it stands; null where it is. While nothing is heard, it does not fill. */
export function fillingUntil({ census, fillsWithinMs, staleAfterMs }: FillingOf, now: number): number | null {
	if (census === null || census.isFull) return null;
	const unheardMs = census.unheardMs + Math.max(0, now - census.heardSeen - staleAfterMs);
	const until = census.since + unheardMs + fillsWithinMs;
	return now < until ? until : null;
}

type CarriedOn = Pick<SiteFacts, 'count' | 'dark' | 'staleAfterMs'> & { readonly census: Pick<CensusFacts, 'since'> | null };

/**
 * Whether the last count by hand can be carried on by what the messages tell of the minutes after it. Of a dark they tell all, also where
 * they begin with its end: what was on paper is entered.
 */
export function isCarriedOn({ census, count, dark, staleAfterMs }: CarriedOn, now: number): boolean {
	if (census === null || count === null) return false;
	const isTold = dark !== null && dark.restoredAt !== null && census.since <= dark.restoredAt + staleAfterMs;
	if (count.at < (isTold ? Math.min(census.since, dark.since) : census.since)) return false;
	return minuteNumber(now) - minuteNumber(count.at) <= ANCHORED_FOR_MINUTES;
}
