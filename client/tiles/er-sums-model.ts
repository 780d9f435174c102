// The sums over emergency rooms as a screen shows them: each figure, and how many sites it counts where not all do. Pure.
import type { ErNow, ErSum } from '../../shared/er-now.ts';
import { formatNumber, type Language } from '../../shared/format.ts';
import { fill } from '../../shared/words/words.ts';
import type { ErWords } from '../store/er-words.ts';
import { type CodeCount, codeCounts } from './er-tile-model.ts';

export const sumNames = ['present', 'waiting', 'overTarget', 'boarding', 'arrivals'] as const;
export type SumName = (typeof sumNames)[number];

export type SumFigure = { readonly name: SumName; readonly figure: string; readonly rest: readonly string[] };
export type SumsModel = { readonly figures: readonly SumFigure[]; readonly codes: readonly CodeCount[] | null; readonly codesOf: readonly string[] };

/** Of those that report, how many are counted by hand: one whose count is too old reports nothing. `body` null: of all. */
export const paperOf = ({ sites }: ErNow, body: string | null = null): number =>
	Object.values(sites).filter((one) => one.mode === 'paper' && one.standing !== 'blind' && (body === null || one.body === body)).length;

export function sumsModel(sum: ErSum, own: ErWords, language: Language, isShort = false): SumsModel {
	const counted = (many: number): readonly string[] =>
		many === sum.sites
			? []
			: [fill(isShort ? own.countedShort : own.countedOf, { counted: formatNumber(many, language), sites: formatNumber(sum.sites, language) })];
	const expected = sum.expectedLastHour === null ? [] : [fill(own.expected, { count: formatNumber(Math.round(sum.expectedLastHour), language) })];
	const rows: readonly (readonly [SumName, number | null, readonly string[]])[] = [
		['present', sum.present, counted(sum.reporting)],
		['waiting', sum.waiting, counted(sum.counted.waiting)],
		['overTarget', sum.overTarget, counted(sum.counted.overTarget)],
		['boarding', sum.boarding, counted(sum.counted.boarding)],
		['arrivals', sum.arrivalsLastHour, [...expected, ...counted(sum.counted.arrivalsLastHour)]],
	];
	return {
		figures: rows.map(([name, value, rest]) => ({ name, figure: formatNumber(value, language), rest })),
		codes: sum.byCode === null ? null : codeCounts(sum.byCode),
		codesOf: counted(sum.counted.byCode),
	};
}
