// Turns the judged archives into the rows that lists show. Pure: told language and words; knows neither React nor the order of a wall.
import { type ByteUnit, byteUnitFor, formatBytesIn, formatMoment, formatNumber, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { ArchiveNow } from '../../shared/judge-archive.ts';
import type { Standing } from '../../shared/standing.ts';
import type { Words } from '../../shared/words/words.ts';
import { percentOf, reasonOf, zoneOf } from '../store/selectors.ts';

export type ArchiveRow = {
	readonly id: string;
	readonly label: string;
	readonly standing: Standing;
	/** Between 0 and 1; only a verified archive is at 1. Orders equals. */
	readonly complete: number;
	readonly isDone: boolean;
	readonly bar: { readonly moved: number | null; readonly verified: number | null; readonly total: number | null };
	readonly figures: string;
	readonly unit: string;
	readonly percent: string;
	/** When it is verified, by the forecast; null where that is not known. `isLate`: the finish hangs on it and is behind. */
	readonly finish: { readonly time: string; readonly isLate: boolean } | null;
	/** What is wrong, in words; null on a quiet row. */
	readonly reason: string | null;
};

const inUnit = (value: number | null, unit: ByteUnit | null, language: Language): string =>
	unit === null ? formatNumber(value, language) : formatBytesIn(value, unit, language);

export function archiveRow(id: string, one: ArchiveNow, judged: BoardNow, words: Words, language: Language): ArchiveRow {
	const unit = one.unit === 'B' ? byteUnitFor(one.total ?? one.moved ?? 0) : null;
	const percent = percentOf(one.moved, one.total, one.done);
	const step = (value: number | null): number | null =>
		value === null || one.total === null || one.total <= 0 ? value : Math.round((value / one.total) * 1000);
	return {
		id,
		label: one.label,
		standing: one.standing,
		complete: one.done ? 1 : (percent ?? -1) / 100,
		isDone: one.done,
		bar: { moved: step(one.moved), verified: step(one.verified), total: one.total === null || one.total <= 0 ? null : 1000 },
		figures: `${inUnit(one.moved, unit, language)} / ${inUnit(one.total, unit, language)}`,
		unit: unit ?? '',
		percent: percent === null ? UNKNOWN : `${percent} %`,
		finish: one.finish.p50 === null ? null : { time: formatMoment(one.finish.p50, zoneOf(judged)), isLate: delaysFinish(id, judged) },
		reason: one.standing === 'good' ? null : reasonOf(one, words, language),
	};
}

const LATE_AFTER_MS = 60_000;

/** The finish hangs on it, and is later than planned or may pass the window. */
function delaysFinish(id: string, { forecast, runbook }: BoardNow): boolean {
	const isBehind = (runbook.aheadMs !== null && runbook.aheadMs < -LATE_AFTER_MS) || forecast.standing === 'bad' || forecast.standing === 'watch';
	return isBehind && forecast.drivers.some(({ subject }) => subject === `archive/${id}`);
}
