// One emergency room as a small tile shows it: every figure, or the word for why there is none. Pure.
import { type ByCode, type TriageCode, triageCodes } from '../../shared/er.ts';
import type { ByCodeNow, SiteNow } from '../../shared/er-now.ts';
import { formatAge, formatNumber, type Language, UNKNOWN } from '../../shared/format.ts';
import type { Standing } from '../../shared/standing.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ErWords } from '../store/er-words.ts';
import { reasonOf } from '../store/selectors.ts';

export type CodeCount = { readonly code: TriageCode; readonly count: number };

export type SiteTileModel = {
	readonly id: string;
	readonly short: string;
	readonly standing: Standing;
	/** Counted by hand, in whole or in part. */
	readonly isByHand: boolean;
	/** Null while it is blind: then nothing of it is a figure. */
	readonly shown: { readonly present: string; readonly occupancy: string | null; readonly bar: readonly CodeCount[] } | null;
	/** Why there is nothing to be seen; null while there is. */
	readonly blind: string | null;
	/** The same on one line, where something else needs the other. */
	readonly blindShort: string | null;
	/** How it is counted where that is not by its system; this and what the ambulances are told as words, then shorter ones for small tiles. */
	readonly note: readonly string[] | null;
	/** Why it is marked, where how full it is does not say so. */
	readonly why: readonly string[] | null;
	readonly diversion: readonly string[] | null;
	/** Said in whole words, for ears. */
	readonly heard: string;
};

export const percent = (share: number | null, language: Language): string | null =>
	share === null ? null : `${formatNumber(Math.round(share * 100), language)}%`;

/** A figure by hand is minutes old: seconds of it would only wake the screen. */
export const calmAge = (ageMs: number | null, language: Language): string =>
	ageMs === null ? UNKNOWN : ageMs < 60_000 ? '< 1 min' : formatAge(ageMs, language);

export const codeCounts = (byCode: ByCodeNow | ByCode | null): readonly CodeCount[] =>
	byCode === null ? [] : triageCodes.map((code) => ({ code, count: byCode[code] ?? 0 }));

export function noteOf(one: SiteNow, own: ErWords, language: Language): string | null {
	if (one.mode === 'paper') return fill(own.paper, { age: calmAge(one.ageMs, language) });
	if (one.mode === 'feed') return one.fillingUntil === null ? null : own.filling;
	if (one.backEntry === null) return fill(own.catchupOnly, { entered: '' }).trim();
	return fill(one.backEntry.expected === null ? own.catchupOnly : own.catchup, entriesOf(one, language));
}

const entriesOf = ({ backEntry }: SiteNow, language: Language) => ({
	entered: formatNumber(backEntry?.entered ?? null, language),
	expected: formatNumber(backEntry?.expected ?? null, language),
});

export function blindOf({ ageMs, reason }: Pick<SiteNow, 'ageMs' | 'reason'>, own: ErWords, language: Language): string {
	if (reason === 'filling') return own.fillingBlind;
	return ageMs === null ? own.never : fill(own.noData, { age: calmAge(ageMs, language).replace(' ', '\u00a0') });
}

function muteOf({ ageMs, reason }: SiteNow, own: ErWords, language: Language): string {
	if (reason === 'filling') return own.filling;
	return ageMs === null ? own.neverHeard : fill(own.mute, { age: calmAge(ageMs, language) });
}

/** Open is as it should be, and not said. */
export const diversionOf = (one: Pick<SiteNow, 'diversion'>, own: ErWords): string | null =>
	one.diversion === null || one.diversion.state === 'open' ? null : own.diversion[one.diversion.state];

export function siteTile(id: string, one: SiteNow, words: Words, own: ErWords, language: Language): SiteTileModel {
	const isBlind = one.standing === 'blind';
	const diversion = diversionOf(one, own);
	const note = isBlind ? null : noteOf(one, own, language);
	const isShortened = one.mode === 'catchup' && one.backEntry?.expected != null;
	const shown = isBlind
		? null
		: { present: formatNumber(one.present, language), occupancy: percent(one.occupancy, language), bar: codeCounts(one.byCode) };
	const blind = isBlind ? blindOf(one, own, language) : null;
	const why = one.standing === 'good' || isBlind ? null : reasonOf(one, words, language);
	const parts = [
		one.label,
		blind,
		shown === null ? null : `${own.present} ${shown.present}`,
		shown?.occupancy == null ? null : `${own.occupancy} ${shown.occupancy}`,
		note,
		diversion,
		why,
	];
	return {
		id,
		short: one.short,
		standing: one.standing,
		isByHand: (one.mode !== 'feed' || one.fillingUntil !== null) && !isBlind,
		shown,
		blind,
		blindShort: isBlind ? muteOf(one, own, language) : null,
		note: note === null ? null : [note, ...(isShortened ? own.catchupShort.map((text) => fill(text, entriesOf(one, language))) : [])],
		why: isBlind || one.reason === null ? null : (own.whyShort[one.reason] ?? null),
		diversion: diversion === null || one.diversion === null ? null : [diversion, ...own.diversionShort[one.diversion.state]],
		heard: parts.filter((part) => part !== null).join(', '),
	};
}
