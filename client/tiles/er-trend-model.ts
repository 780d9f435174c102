// Who was present by code over the last hours, a column every quarter of an hour; a quarter without data is a gap. Pure.
import { triageCodes } from '../../shared/er.ts';

export const QUARTER_MS = 900_000;

/** `byCode`: 1–5 and none; null where nothing was known. */
export type TrendColumn = { readonly at: number; readonly byCode: readonly number[] | null };
export type ErTrend = { readonly columns: readonly TrendColumn[]; readonly top: number };

/** Null where no quarter of them has any data. */
export function erTrend(trend: Readonly<Record<string, readonly number[]>>, now: number, hours = 12): ErTrend | null {
	const last = Math.floor(now / QUARTER_MS);
	const columns: TrendColumn[] = [];
	for (let bucket = last - hours * 4 + 1; bucket <= last; bucket += 1) {
		const here = trend[bucket];
		columns.push({ at: bucket * QUARTER_MS, byCode: here === undefined ? null : Array.from({ length: triageCodes.length }, (_, i) => here[i] ?? 0) });
	}
	const sums = columns.map(({ byCode }) => byCode?.reduce((sum, one) => sum + one, 0) ?? 0);
	return columns.every(({ byCode }) => byCode === null) ? null : { columns, top: Math.max(1, ...sums) };
}
