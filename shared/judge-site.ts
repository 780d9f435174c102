// How full one emergency room is at a moment, by the voice that is to be believed then: messages, counts of a feed, or paper. Pure.
import type { SiteFacts } from './board-er.ts';
import { digestOf, sumCodes, sumWithin } from './census-digest.ts';
import { MINUTE_MS } from './er.ts';
import type { SiteNow, SiteReason } from './er-now.ts';
import { judgeEdwin, judgeNedocs } from './judge-index.ts';
import { type Load, loadOf, sinceCount, untold } from './judge-site-load.ts';
import { type Voice, voiceOf } from './judge-site-voice.ts';
import { isBeyondChance } from './poisson.ts';
import { caughtUpAt, formsOf, isCatchingUp, isDark } from './site-dark.ts';
import { fillingUntil } from './site-filling.ts';
import type { Standing } from './standing.ts';
import { stayOf } from './stay.ts';
import { expectedBetween, expectedTo, HOUR_MS } from './zone-hour.ts';

/** A count stays beside what the system says for as long as its minutes are kept. */
const RECONCILED_FOR_MS = 6 * HOUR_MS;
/** Fewer than this above what is expected are no surge, however small a room is. */
const SURGE_LEAST = 5;

/** `zone`: where its hours and weekdays are counted. */
export function judgeSite(facts: SiteFacts, now: number, zone: string): SiteNow {
	const voice = voiceOf(facts, now);
	const heard = voice.blind === null ? loadOf(facts, voice, now) : untold;
	// Who is present is the least that a voice has to say.
	const blind = voice.blind ?? (heard.present === null ? (isUnseen(facts) ? 'cannot-look' : 'incomplete') : null);
	const load = blind === null ? heard : untold;
	const { present } = load;
	const occupancy = present === null || facts.spaces === null || facts.spaces === 0 ? null : present / facts.spaces;
	const expectedLastHour = facts.expected === null ? null : expectedTo(now, facts.expected, zone);
	const arrivalsLastHour = arrivalsOf(facts, load, now);
	const isCounted = voice.mode === 'feed' && voice.from === 'census' && blind === null;
	const surge = isCounted && isSettled(facts, now) && isSurge(arrivalsLastHour, expectedLastHour);
	const ageMs = load.oldestMs ?? voice.ageMs;
	const filling = fillingUntil(facts, now);
	// An estimate weighs who waits for how long, and with what: a count that messages carry on does not tell.
	const isPartly = filling !== null && voice.from === 'anchor';
	const counted = { load: isPartly ? untold : load, ageMs, isBlind: blind !== null };
	const { standing, reason } = stand(facts, blind, { occupancy, urgent: load.urgent ?? 0, surge });
	const { waiting, waitingByCode, inTreatment, observation, boarding, longestBoardingMs, byCode, overTargetByCode } = load;
	return {
		label: facts.label,
		short: facts.short,
		body: facts.body,
		neighbours: facts.neighbours,
		mode: voice.mode,
		standing,
		reason,
		present,
		byCode,
		waiting,
		waitingByCode,
		inTreatment,
		observation,
		boarding,
		longestBoardingMs,
		occupancy,
		spaces: facts.spaces,
		overTarget: overTargetByCode && sumCodes(overTargetByCode),
		overTargetByCode,
		arrivalsLastHour,
		expectedLastHour,
		expectedFrom: facts.expectedFrom,
		stay: isCounted && facts.census !== null ? stayOf(digestOf(facts.census), now) : null,
		unseen: isCounted ? unseenOf(facts, now) : null,
		lapsed: isCounted ? lapsedOf(facts, now) : null,
		nedocs: judgeNedocs(facts, counted, now),
		edwin: judgeEdwin(facts, counted, now),
		ageMs,
		limitMs: voice.limitMs,
		diversion: facts.diversion,
		dark: isDark(facts) || isCatchingUp(facts, now) ? darkOf(facts) : null,
		backEntry: backEntryOf(facts, now, zone),
		fillingUntil: filling,
		nextCountAt: nextCountAt(facts, voice),
		reconcile: isCounted ? reconcile(facts, now) : null,
	};
}

const isUnseen = ({ figures }: SiteFacts): boolean => figures.present?.[3] !== undefined;

/** An hour that reaches into what is not all entered yet has no number: it would be too low. */
function arrivalsOf(facts: SiteFacts, load: Load, now: number): number | null {
	const { dark, census } = facts;
	if (load.present === null) return null;
	if (fillingUntil(facts, now) !== null) return load.arrivalsLastHour;
	if (!isCatchingUp(facts, now) || dark === null) return load.arrivalsLastHour;
	if (census === null || now - HOUR_MS < (dark.restoredAt ?? now)) return null;
	return loadOf(facts, { mode: 'feed', from: 'census', limitMs: facts.staleAfterMs }, now).arrivalsLastHour;
}

/** For an hour after all was entered, some of it may have been entered as if it had just come. */
function isSettled(facts: SiteFacts, now: number): boolean {
	const at = caughtUpAt(facts, now);
	return at === null || now - at >= HOUR_MS;
}

const isSurge = (arrivals: number | null, expected: number | null): boolean =>
	arrivals !== null && expected !== null && arrivals - expected >= SURGE_LEAST && isBeyondChance(arrivals, expected);

type Seen = { readonly occupancy: number | null; readonly urgent: number; readonly surge: boolean };

function stand(facts: SiteFacts, blind: SiteReason | null, seen: Seen): { readonly standing: Standing; readonly reason: SiteReason | null } {
	const { occupancy, urgent, surge } = seen;
	if (blind !== null) return { standing: 'blind', reason: blind };
	if (occupancy !== null && occupancy >= facts.occupancy.bad) return { standing: 'bad', reason: 'overcrowded' };
	if (urgent > 0) return { standing: 'watch', reason: 'urgent-waiting' };
	if (occupancy !== null && occupancy >= facts.occupancy.watch) return { standing: 'watch', reason: 'crowded' };
	return surge ? { standing: 'watch', reason: 'surge' } : { standing: 'good', reason: null };
}

const darkOf = ({ dark }: SiteFacts): SiteNow['dark'] => dark && { since: dark.since, restoredAt: dark.restoredAt };

function unseenOf({ census }: SiteFacts, now: number): SiteNow['unseen'] {
	if (census === null) return null;
	const { unseenByHour, arrivalsByHour } = digestOf(census);
	const hour = Math.floor(now / HOUR_MS);
	const count = sumWithin(unseenByHour, hour - 24, hour);
	const arrivals = sumWithin(arrivalsByHour, hour - 24, hour);
	return { count, share: arrivals === 0 ? null : count / arrivals };
}

function lapsedOf({ census }: SiteFacts, now: number): number | null {
	const hour = Math.floor(now / HOUR_MS);
	return census === null ? null : sumWithin(digestOf(census).lapsedByHour, hour - 24, hour);
}

/** By the forms that the ward told; where it told none, by how many arrivals were to be expected. */
function backEntryOf(facts: SiteFacts, now: number, zone: string): SiteNow['backEntry'] {
	const { dark, backEntry, expected } = facts;
	if (dark === null || !(isDark(facts) || isCatchingUp(facts, now))) return null;
	const entered = backEntry?.entered ?? 0;
	const forms = formsOf(facts);
	const estimate = expected === null ? null : Math.round(expectedBetween(dark.since, dark.restoredAt ?? now, expected, zone));
	const all = forms ?? estimate;
	// A dark so short that nobody was to be expected has nothing to enter, unless somebody says so.
	if (forms === null && estimate === 0 && entered === 0) return null;
	return { entered, expected: all, left: all === null ? null : Math.max(0, all - entered), isEstimate: forms === null && estimate !== null };
}

function nextCountAt(facts: SiteFacts, voice: Voice): number | null {
	if (voice.mode !== 'paper') return null;
	const since = facts.dark !== null && isDark(facts) ? facts.dark.since : 0;
	const last = facts.count === null ? since : Math.max(facts.count.at, since);
	return last === 0 ? null : last + facts.paperEveryMs;
}

/** The last count of the dark beside what the messages say was so in its minute. */
function reconcile({ count, census, dark }: SiteFacts, now: number): SiteNow['reconcile'] {
	if (count === null || census === null || dark === null || count.at < dark.since || now - count.at > RECONCILED_FOR_MS) return null;
	const { arrivals, departures } = sinceCount(census, count.at);
	const counted = sumCodes(count.byCode);
	const system = digestOf(census).present - sumCodes(arrivals) + sumCodes(departures);
	return counted === system ? null : { counted, system, at: Math.floor(count.at / MINUTE_MS) * MINUTE_MS };
}
