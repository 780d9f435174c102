// How a site's census fills: what was not heard does not fill it, and a count by hand that agrees with it ends that. Facts alone.
import type { SiteFacts } from '../../shared/board-er.ts';
import { sumCodes } from '../../shared/census-digest.ts';
import { MINUTE_MS, minuteNumber, triageCodes } from '../../shared/er.ts';
import { isCatchingUp, isDark } from '../../shared/site-dark.ts';
import { fillingUntil, isCarriedOn } from '../../shared/site-filling.ts';
import { type LiveCensus, presentIn } from './site-census.ts';

type SiteOf = Pick<SiteFacts, 'fillsWithinMs' | 'staleAfterMs' | 'dark' | 'count' | 'backEntry'>;

/** Before what is heard at `seen` is taken in. */
export function fillOn(census: LiveCensus, site: SiteOf, seen: number): void {
	if (census.isFull) return;
	if (fillingUntil({ ...site, census }, seen) === null) census.isFull = true;
	else census.unheardMs += Math.max(0, seen - census.heardSeen - site.staleAfterMs);
}

/** What happened before a count may be told a little after it: until then agreement may be chance. */
const AGREES_AFTER_MS = 5 * MINUTE_MS;

/** Once the messages are well past a count: where they come to what was counted, nobody is left of whom they do not know. */
export function agree(census: LiveCensus, site: SiteOf, seen: number): void {
	const { count } = site;
	if (census.isFull || count === null || isDark(site) || isCatchingUp(site, seen)) return;
	if (!isCarriedOn({ ...site, census }, seen) || census.heardAt < count.at + AGREES_AFTER_MS) return;
	if (presentAt(census, minuteNumber(count.at)) === sumCodes(count.byCode)) census.isFull = true;
}

/** Who was present at the end of a minute, by what was heard until now. */
function presentAt(census: LiveCensus, minute: number): number {
	let present = presentIn(census).reduce((sum, one) => sum + one, 0);
	for (const code of triageCodes) present += after(census.departures[code], minute) - after(census.arrivals[code], minute);
	return present;
}

function after(minutes: Readonly<Record<string, number>> | undefined, minute: number): number {
	let sum = 0;
	for (const key in minutes) if (Number(key) > minute) sum += minutes[key] ?? 0;
	return sum;
}
