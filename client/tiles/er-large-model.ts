// One emergency room in full, as its large panel shows it: figures with their context, the codes, the way it is counted. Pure.
import { type TriageCode, targetMinutes, triageCodes } from '../../shared/er.ts';
import type { IndexNow, SiteNow } from '../../shared/er-now.ts';
import { formatCountdown, formatMoment, formatNumber, type Language, UNKNOWN } from '../../shared/format.ts';
import type { Standing } from '../../shared/standing.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ErWords } from '../store/er-words.ts';
import { reasonOf } from '../store/selectors.ts';
import { blindOf, calmAge, diversionOf, noteOf, percent } from './er-tile-model.ts';

export type LargeFigure = { readonly name: string; readonly title: string; readonly figure: string; readonly context: readonly string[] };
export type CodeRow = {
	readonly code: TriageCode;
	readonly name: string;
	readonly present: string;
	readonly waiting: string;
	readonly within: string;
	readonly over: string;
	readonly isOver: boolean;
};
/** What is said of counting by hand, and of entering it afterwards. */
export type Banner = { readonly title: string; readonly parts: readonly string[]; readonly share: number | null };

export type LargeModel = {
	readonly id: string;
	readonly label: string;
	readonly short: string;
	readonly standing: Standing;
	readonly reason: string | null;
	readonly blind: string | null;
	readonly figures: readonly LargeFigure[];
	readonly codes: readonly CodeRow[] | null;
	readonly banner: Banner | null;
	readonly diversion: string | null;
};

export type Told = { readonly now: number; readonly zone: string; readonly words: Words; readonly own: ErWords; readonly language: Language };

export function largeModel(id: string, one: SiteNow, told: Told): LargeModel {
	const { words, own, language } = told;
	const isBlind = one.standing === 'blind';
	return {
		id,
		label: one.label,
		short: one.short,
		standing: one.standing,
		reason: one.standing === 'good' || isBlind ? null : reasonOf(one, words, language),
		blind: isBlind ? blindOf(one, own, language) : null,
		// A blind one keeps its places, and nothing stands in them.
		figures: isBlind ? figuresOf(one, own, language).map((figure) => ({ ...figure, figure: UNKNOWN, context: [] })) : figuresOf(one, own, language),
		codes: isBlind ? noCodes(own) : codesOf(one, own, language),
		banner: bannerOf(one, told),
		diversion:
			one.diversion === null
				? null
				: fill(own.diversionSince, { state: diversionOf(one, own) ?? own.diversion.open, time: formatMoment(one.diversion.at, told.zone) }),
	};
}

function figuresOf(one: SiteNow, own: ErWords, language: Language): readonly LargeFigure[] {
	const number = (value: number | null): string => formatNumber(value, language);
	const share = percent(one.occupancy, language);
	const spaces = share === null || one.spaces === null ? own.noSpaces : fill(own.spaces, { percent: share, spaces: number(one.spaces) });
	// A count by hand tells who is present and who waits for a bed, and no more.
	const notCounted = one.mode === 'feed' && one.fillingUntil === null ? [] : [own.notCounted];
	return [
		{ name: 'present', title: own.present, figure: number(one.present), context: [spaces] },
		{
			name: 'waiting',
			title: own.waiting,
			figure: number(one.waiting),
			context: one.overTarget === null ? notCounted : [fill(own.over, { count: number(one.overTarget) })],
		},
		{
			name: 'boarding',
			title: own.boarding,
			figure: number(one.boarding),
			context:
				one.longestBoardingMs === null
					? one.boarding === null
						? notCounted
						: []
					: [fill(own.longest, { time: formatCountdown(one.longestBoardingMs) })],
		},
		{
			name: 'arrivals',
			title: own.arrivals,
			figure: number(one.arrivalsLastHour),
			context:
				one.expectedLastHour === null
					? one.arrivalsLastHour === null
						? notCounted
						: []
					: [fill(own.expected, { count: number(Math.round(one.expectedLastHour)) })],
		},
		indexFigure('nedocs', one.nedocs, own, language),
		indexFigure('edwin', one.edwin, own, language),
	];
}

const DECIMALS = { nedocs: 0, edwin: 2 } as const;

/** Why an index cannot be told: the terms that nobody gives, then those that are too old. */
export function whyUnknown({ terms }: IndexNow, own: ErWords): string {
	const w = own.index;
	for (const [from, one, many] of [
		['missing', w.missing, w.missingMany],
		['stale', w.stale, w.staleMany],
	] as const) {
		const [first, ...rest] = terms.filter((term) => term.from === from);
		if (first === undefined) continue;
		return rest.length === 0 ? fill(one, { names: w.terms[first.name] ?? first.name }) : fill(many, { count: rest.length + 1 });
	}
	return w.meaningless;
}

export function indexFigure(name: 'nedocs' | 'edwin', index: IndexNow, own: ErWords, language: Language): LargeFigure {
	const title = `${own.index[name]} · ${own.index.estimated}`;
	if (index.value === null) return { name, title, figure: own.index.unknown, context: [whyUnknown(index, own)] };
	const band = index.band === null ? [] : [own.index.band[index.band] ?? index.band];
	return { name, title, figure: formatNumber(index.value, language, DECIMALS[name]), context: band };
}

const withinOf = (code: TriageCode, own: ErWords): string => {
	const minutes = targetMinutes[code];
	return minutes === null ? own.table.noTarget : minutes === 0 ? own.table.at0 : fill(own.table.minutes, { minutes });
};

const noCodes = (own: ErWords): readonly CodeRow[] =>
	triageCodes.map((code) => ({
		code,
		name: own.code[code],
		present: UNKNOWN,
		waiting: UNKNOWN,
		within: withinOf(code, own),
		over: UNKNOWN,
		isOver: false,
	}));

export function codesOf(one: SiteNow, own: ErWords, language: Language): readonly CodeRow[] | null {
	const { byCode } = one;
	if (byCode === null) return null;
	return triageCodes.map((code) => {
		const over = one.overTargetByCode?.[code] ?? null;
		return {
			code,
			name: own.code[code],
			present: formatNumber(byCode[code], language),
			waiting: formatNumber(one.waitingByCode?.[code] ?? null, language),
			within: withinOf(code, own),
			over: targetMinutes[code] === null ? own.table.noTarget : formatNumber(over, language),
			isOver: over !== null && over > 0,
		};
	});
}

export function bannerOf(one: SiteNow, { now, zone, own, language }: Told): Banner | null {
	const w = own.banner;
	const number = (value: number | null): string => formatNumber(value, language);
	if (one.mode === 'paper') {
		const next = one.nextCountAt;
		const parts = [
			one.dark === null ? null : fill(w.paper, { time: formatMoment(one.dark.since, zone) }),
			one.ageMs === null ? w.never : fill(w.counted, { age: calmAge(one.ageMs, language) }),
			next === null ? null : fill(next < now ? w.late : w.next, { time: formatMoment(next, zone) }),
		];
		return { title: own.mode.paper, parts: parts.filter((part) => part !== null), share: null };
	}
	if (one.mode === 'feed' && one.fillingUntil !== null) {
		const until = fill(w.fillingUntil, { time: formatMoment(one.fillingUntil, zone), left: formatCountdown(one.fillingUntil - now) });
		return { title: own.mode.filling, parts: [one.standing === 'blind' ? w.fillingBlind : w.fillingCounted, until], share: null };
	}
	if (one.mode !== 'catchup') return null;
	const { entered, expected, left, isEstimate } = one.backEntry ?? { entered: 0, expected: null, left: null, isEstimate: false };
	const restored = one.dark?.restoredAt ?? null;
	const known = expected !== null && left !== null;
	const parts = [
		restored === null ? null : fill(w.restored, { time: formatMoment(restored, zone) }),
		known ? fill(w.entered, { entered: number(entered), expected: number(expected) }) : null,
		known || one.backEntry === null ? null : fill(w.enteredOnly, { entered: number(entered) }),
		known ? fill(w.left, { left: number(left), expected: number(expected) }) : null,
		isEstimate ? w.estimate : null,
	];
	const share = expected === null || expected === 0 ? null : Math.min(1, entered / expected);
	return { title: own.mode.catchup, parts: parts.filter((part) => part !== null), share };
}

/** A neighbour in one line: how full it is, or that nothing is known. */
export type NeighbourRow = {
	readonly id: string;
	readonly label: string;
	readonly standing: Standing;
	readonly figure: string;
	readonly context: string;
};

export function neighbourRows(one: SiteNow, sites: Readonly<Record<string, SiteNow>>, own: ErWords, language: Language): readonly NeighbourRow[] {
	return one.neighbours.flatMap((id) => {
		const near = sites[id];
		if (near === undefined) return [];
		const isBlind = near.standing === 'blind';
		const share = percent(near.occupancy, language);
		const told = [share, noteOf(near, own, language), diversionOf(near, own)].filter((part) => part !== null);
		const figure = isBlind ? UNKNOWN : formatNumber(near.present, language);
		return [{ id, label: near.label, standing: near.standing, figure, context: isBlind ? blindOf(near, own, language) : told.join(' · ') }];
	});
}
