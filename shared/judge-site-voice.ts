// Which voice speaks for a site at a moment: its messages, a feed of counts, paper, or paper carried on by messages after a restore. Pure.
import type { Figure } from './board.ts';
import type { SiteFacts, SiteFigure } from './board-er.ts';
import type { SiteMode, SiteReason } from './er-now.ts';
import { ageOf } from './freshness.ts';
import { isCatchingUp, isDark } from './site-dark.ts';
import { fillingUntil, isCarriedOn } from './site-filling.ts';

/**
 * `anchor`: the last count by hand, with what the messages say came and went after it. `last`: what was believed when the dark began.
 */
export type Voice = {
	readonly mode: SiteMode;
	readonly from: 'census' | 'figures' | 'count' | 'anchor' | 'last' | null;
	/** Of what it says last; null where nobody ever spoke. */
	readonly ageMs: number | null;
	readonly limitMs: number;
	/** Why it is not to be believed now; null while it is. */
	readonly blind: SiteReason | null;
};

type Said = { readonly from: 'census' | 'figures' | 'count'; readonly ageMs: number };

/** As old as its newest message. */
const censusAge = ({ census }: SiteFacts, now: number): number | null =>
	census === null ? null : ageOf({ at: census.heardAt, seen: census.heardSeen }, now);

/** The newest word of a feed of counts; what is reported of beds and staff is none. */
function headline({ figures }: SiteFacts): Figure | undefined {
	let newest: Figure | undefined;
	for (const name in figures) {
		const figure = figures[name as SiteFigure];
		if (figure && name !== 'respirators' && name !== 'physicians' && (newest === undefined || lookedAt(figure) > lookedAt(newest))) newest = figure;
	}
	return newest;
}

const lookedAt = (figure: Figure): number => figure[4] ?? figure[1];

function figuresAge(facts: SiteFacts, now: number): number | null {
	const figure = headline(facts);
	return figure === undefined || figure[0] === null ? null : ageOf({ at: figure[1], seen: figure[2] }, now);
}

const countAge = ({ count }: SiteFacts, now: number): number | null => (count === null ? null : ageOf(count, now));

/** All that was ever said of the site, newest first; of two equally old the messages. */
function saidOf(facts: SiteFacts, now: number): Said[] {
	const all = [
		{ from: 'census', ageMs: censusAge(facts, now) },
		{ from: 'figures', ageMs: figuresAge(facts, now) },
		{ from: 'count', ageMs: countAge(facts, now) },
	] as const;
	return all.flatMap(({ from, ageMs }) => (ageMs === null ? [] : [{ from, ageMs }])).sort((a, b) => a.ageMs - b.ageMs);
}

export function voiceOf(facts: SiteFacts, now: number): Voice {
	if (facts.dark !== null && isDark(facts)) return onPaper(facts, facts.dark, now);
	if (facts.dark !== null && isCatchingUp(facts, now)) return catchingUp(facts, facts.dark, now);
	return onFeed(facts, now);
}

/** Only a count made in the dark tells how it is in there: messages and feeds still speak, but of whatever is left of a system. */
function onPaper(facts: SiteFacts, dark: NonNullable<SiteFacts['dark']>, now: number): Voice {
	const limitMs = facts.paperStaleAfterMs;
	const counted = countAge(facts, now);
	if (facts.count !== null && counted !== null && facts.count.at >= dark.since) {
		return { mode: 'paper', from: 'count', ageMs: counted, limitMs, blind: counted > limitMs ? 'paper-stale' : null };
	}
	const { last } = dark;
	const lastMs = last === undefined ? null : Math.max(0, now - last.at);
	// A count of just before the dark may have waited in a phone until after it began.
	const isByHand = counted !== null && (last === undefined || last.present === null || lastMs === null || counted < lastMs);
	const ageMs = isByHand ? counted : lastMs;
	const isKnown = ageMs !== null && ageMs <= limitMs && (isByHand || last?.present !== null);
	if (!isKnown) return { mode: 'paper', from: null, ageMs, limitMs, blind: 'paper-no-count' };
	return { mode: 'paper', from: isByHand ? 'count' : 'last', ageMs, limitMs, blind: null };
}

function catchingUp(facts: SiteFacts, dark: NonNullable<SiteFacts['dark']>, now: number): Voice {
	const restoredAt = dark.restoredAt ?? now;
	const isFilling = fillingUntil(facts, now) !== null;
	const isCounted = facts.count !== null && facts.count.at >= dark.since;
	const counted = isCounted ? countAge(facts, now) : null;
	const heard = facts.census !== null && facts.census.heardSeen >= restoredAt ? censusAge(facts, now) : null;
	const mode = 'catchup';
	if (counted !== null && heard !== null) {
		const isByHand = counted < heard;
		const limitMs = isByHand ? facts.paperStaleAfterMs : facts.staleAfterMs;
		const ageMs = Math.min(counted, heard);
		return { mode, from: 'anchor', ageMs, limitMs, blind: ageMs > limitMs ? 'silent' : null };
	}
	const limitMs = facts.staleAfterMs;
	// A feed of counts is not entered form by form: it is heard again as soon as it speaks after the restore.
	const figure = headline(facts);
	const fed = figure !== undefined && figure[2] >= restoredAt ? figuresAge(facts, now) : null;
	if ((facts.census === null || isFilling) && fed !== null && fed <= limitMs && (counted === null || fed < counted)) {
		return { mode, from: 'figures', ageMs: fed, limitMs, blind: null };
	}
	if (counted !== null) {
		const isOld = counted > facts.paperStaleAfterMs;
		return { mode, from: 'count', ageMs: counted, limitMs: facts.paperStaleAfterMs, blind: isOld ? 'paper-stale' : null };
	}
	// A dark that was shorter than a count may be old hid no more than one that is not yet due.
	const wasShort = restoredAt - dark.since <= facts.paperStaleAfterMs;
	const ageMs = censusAge(facts, now);
	if (!wasShort || ageMs === null) return { mode, from: null, ageMs, limitMs: facts.paperStaleAfterMs, blind: 'paper-no-count' };
	if (ageMs > limitMs) return { mode, from: null, ageMs, limitMs, blind: 'silent' };
	if (!isFilling) return { mode, from: 'census', ageMs, limitMs, blind: null };
	return isCarriedOn(facts, now) ? { mode, from: 'anchor', ageMs, limitMs, blind: null } : { mode, from: null, ageMs, limitMs, blind: 'filling' };
}

/** Where the feed is silent and the ward counts all the same, its count speaks: nobody has to declare the dark first. */
function onFeed(facts: SiteFacts, now: number): Voice {
	const limitMs = facts.staleAfterMs;
	const census = censusAge(facts, now);
	if (census !== null && census <= limitMs) {
		if (fillingUntil(facts, now) !== null) return whileFilling(facts, census, now);
		return { mode: 'feed', from: 'census', ageMs: census, limitMs, blind: null };
	}
	const figure = headline(facts);
	const fed = figuresAge(facts, now);
	if (fed !== null && fed <= limitMs && figure?.[3] === undefined) return { mode: 'feed', from: 'figures', ageMs: fed, limitMs, blind: null };
	const counted = countAge(facts, now);
	const last = saidOf(facts, now)[0];
	if (counted !== null && last?.from === 'count') {
		const isOld = counted > facts.paperStaleAfterMs;
		const hasFeed = facts.census !== null || figure !== undefined;
		if (!isOld || !hasFeed) {
			return { mode: 'paper', from: 'count', ageMs: counted, limitMs: facts.paperStaleAfterMs, blind: isOld ? 'paper-stale' : null };
		}
	}
	if (census === null && figure?.[3] !== undefined) return { mode: 'feed', from: null, ageMs: fed, limitMs, blind: 'cannot-look' };
	return { mode: 'feed', from: null, ageMs: last?.ageMs ?? null, limitMs, blind: last === undefined ? 'never-reported' : 'silent' };
}

/** Messages that do not yet tell of all who are present: what they say came and went is right, how many there are another must have told. */
function whileFilling(facts: SiteFacts, censusMs: number, now: number): Voice {
	const limitMs = facts.staleAfterMs;
	const fed = figuresAge(facts, now);
	if (fed !== null && fed <= limitMs && headline(facts)?.[3] === undefined)
		return { mode: 'feed', from: 'figures', ageMs: fed, limitMs, blind: null };
	const counted = countAge(facts, now);
	if (counted !== null && isCarriedOn(facts, now)) return { mode: 'feed', from: 'anchor', ageMs: Math.min(counted, censusMs), limitMs, blind: null };
	// A count from before the first message speaks for as long as it would on paper alone.
	if (counted !== null && counted <= facts.paperStaleAfterMs)
		return { mode: 'paper', from: 'count', ageMs: counted, limitMs: facts.paperStaleAfterMs, blind: null };
	return { mode: 'feed', from: null, ageMs: censusMs, limitMs, blind: 'filling' };
}
