// The emergency rooms as rows of the desk's table: sorted, filtered, and what each cell says. Pure.
import type { ErNow, ErSum, SiteNow } from '../../shared/er-now.ts';
import { formatNumber, type Language, UNKNOWN } from '../../shared/format.ts';
import { byWorst, type Standing } from '../../shared/standing.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ErDeskWords } from '../store/er-desk-words.ts';
import { reasonOf } from '../store/selectors.ts';
import { paperOf } from '../tiles/er-sums-model.ts';
import { blindOf, calmAge, diversionOf, noteOf, percent } from '../tiles/er-tile-model.ts';

export const figureKeys = ['present', 'occupancy', 'waiting', 'overTarget', 'boarding', 'arrivals'] as const;
export type FigureKey = (typeof figureKeys)[number];
export type SortKey = 'worst' | 'plan' | 'name' | FigureKey;
export type ErFilter = { readonly sort: SortKey; readonly body: string };
export const noErFilter: ErFilter = { sort: 'worst', body: '' };

export type ErRow = {
	readonly id: string;
	readonly label: string;
	readonly standing: Standing;
	readonly state: string;
	/** Null while it is blind: then no cell of it is a figure. */
	readonly cells: Readonly<Record<FigureKey, string>> | null;
	readonly age: string;
};

const figureOf = (one: SiteNow, key: FigureKey): number | null => (key === 'arrivals' ? one.arrivalsLastHour : one[key]);

/** How full decides between two that are equally bad; who is not known stands where its standing puts it, and last by a figure. */
function ordered(all: readonly (readonly [string, SiteNow])[], sort: SortKey): readonly (readonly [string, SiteNow])[] {
	if (sort === 'plan') return all;
	const by = (of: (one: SiteNow) => number | null) => (a: readonly [string, SiteNow], b: readonly [string, SiteNow]) =>
		(of(b[1]) ?? -1) - (of(a[1]) ?? -1);
	if (sort === 'name') return [...all].sort(([, a], [, b]) => a.label.localeCompare(b.label, 'it'));
	if (sort === 'worst') return [...all].sort((a, b) => byWorst(a[1].standing, b[1].standing) || by((one) => one.occupancy)(a, b));
	return [...all].sort(by((one) => figureOf(one, sort)));
}

function stateOf(one: SiteNow, words: Words, own: ErDeskWords, language: Language): string {
	if (one.standing === 'blind') return blindOf(one, own, language);
	const parts = [one.standing === 'good' ? null : reasonOf(one, words, language), noteOf(one, own, language), diversionOf(one, own)].filter(
		(part) => part !== null,
	);
	return parts.length === 0 ? words.standing.good : parts.join(' · ');
}

export function erRows(er: ErNow, filter: ErFilter, words: Words, own: ErDeskWords, language: Language): readonly ErRow[] {
	const all = Object.entries(er.sites).filter(([, { body }]) => filter.body === '' || body === filter.body);
	return ordered(all, filter.sort).map(([id, one]) => {
		const isBlind = one.standing === 'blind';
		const number = (value: number | null): string => formatNumber(value, language);
		const expected = one.expectedLastHour === null ? '' : ` (${fill(own.expected, { count: number(Math.round(one.expectedLastHour)) })})`;
		return {
			id,
			label: one.label,
			standing: one.standing,
			state: stateOf(one, words, own, language),
			cells: isBlind
				? null
				: {
						present: number(one.present),
						occupancy: percent(one.occupancy, language) ?? UNKNOWN,
						waiting: number(one.waiting),
						overTarget: number(one.overTarget),
						boarding: number(one.boarding),
						arrivals: one.arrivalsLastHour === null ? UNKNOWN : `${number(one.arrivalsLastHour)}${expected}`,
					},
			age: one.ageMs === null ? own.never : calmAge(one.ageMs, language),
		};
	});
}

export type SumRow = {
	readonly id: string;
	readonly label: string;
	readonly reporting: string;
	readonly cells: Readonly<Record<Exclude<FigureKey, 'occupancy'>, string>>;
};

/** A figure that not all sites of the sum tell says how many do. */
export function sumRow(id: string, er: ErNow, label: string, own: ErDeskWords, language: Language): SumRow {
	const sum: ErSum = er.bodies[id] ?? er.region;
	const paper = paperOf(er, id === '' ? null : id);
	const of = (value: number | null, counted: number): string => {
		const figure = formatNumber(value, language);
		return counted === sum.sites ? figure : `${figure} (${fill(own.countedOf, { counted, sites: sum.sites })})`;
	};
	return {
		id,
		label,
		reporting: [
			fill(own.countedOf, { counted: sum.reporting, sites: sum.sites }),
			...(paper === 0 ? [] : [fill(own.onPaper, { count: paper })]),
		].join(', '),
		cells: {
			present: of(sum.present, sum.reporting),
			waiting: of(sum.waiting, sum.counted.waiting),
			overTarget: of(sum.overTarget, sum.counted.overTarget),
			boarding: of(sum.boarding, sum.counted.boarding),
			arrivals: of(sum.arrivalsLastHour, sum.counted.arrivalsLastHour),
		},
	};
}
