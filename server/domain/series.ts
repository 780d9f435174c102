// A series: one measure of one subject. What is known of each, found by subject and then measure, without making a key of both.

/** The last good value and the instants by which repeats are known: the newest, and the last few. */
export type SeriesCell = {
	value: number | null;
	/** When the last good value was so; null before there was one. */
	valueAt: number | null;
	newest: number;
	recent: number[];
	/** The subject's, so that it is cut out once. */
	readonly id: string;
};
export type Series = Record<string, Record<string, SeriesCell>>;

export const RECENT_INSTANTS = 64;

export const seriesAt = (series: Series, subject: string, measure: string): SeriesCell | undefined => series[subject]?.[measure];

/** The series' cell, made where there was none. */
export function cellAt(series: Series, subject: string, measure: string): SeriesCell {
	const known = series[subject]?.[measure];
	if (known !== undefined) return known;
	const cell: SeriesCell = { value: null, valueAt: null, newest: Number.MIN_SAFE_INTEGER, recent: [], id: subject.slice(subject.indexOf('/') + 1) };
	series[subject] ??= {};
	series[subject][measure] = cell;
	return cell;
}

/** Whether the series has a value for this instant. */
export const hasInstant = (cell: SeriesCell, at: number): boolean => at <= cell.newest && cell.recent.includes(at);
