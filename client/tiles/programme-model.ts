// What reporters tell beside the night itself: how much of each body's estate is moved, and bookings since midnight. Pure.
import type { Figure } from '../../shared/board.ts';
import { formatAge, formatNumber, type Language, UNKNOWN } from '../../shared/format.ts';
import { ageOf } from '../../shared/freshness.ts';
import { type MeasureName, measureOf } from '../../shared/measures.ts';
import type { Standing } from '../../shared/standing.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { silenceOf } from '../store/selectors.ts';

export type ProgrammeRow = {
	readonly id: string;
	readonly label: string;
	readonly standing: Standing;
	/** Null while it is not known: nothing was said, or it is too old. */
	readonly value: number | null;
	readonly told: string;
	readonly age: string;
};

function rowOf(id: string, label: string, figure: Figure | null, measure: MeasureName, now: number, words: Words, language: Language): ProgrammeRow {
	const value = figure?.[0] ?? null;
	const ageMs = figure === null || value === null ? null : ageOf({ at: figure[1], seen: figure[2] }, now);
	const { unit, staleAfterMs } = measureOf(measure);
	if (value === null || ageMs === null || ageMs > staleAfterMs) {
		return { id, label, standing: 'blind', value: null, told: UNKNOWN, age: silenceOf(ageMs, words, language) };
	}
	// Rounded down: nothing is told as moved that is not.
	const told = unit === 'share' ? `${formatNumber(Math.floor(value * 100 + 1e-9), language)} %` : formatNumber(value, language);
	const age = fill(words.age.asOf, { age: ageMs < 60_000 ? '< 1 min' : formatAge(ageMs, language) });
	return { id, label, standing: 'good', value, told, age };
}

export const bodyRows = ({ followed, judged }: ScreenState, words: Words, language: Language): readonly ProgrammeRow[] =>
	Object.entries(followed?.board.bodies ?? {}).map(([id, { label, estateMoved }]) =>
		rowOf(id, label, estateMoved, 'body.estateMoved', judged?.now ?? 0, words, language),
	);

/** Only of services that ever told any. */
export const bookingRows = ({ followed, judged }: ScreenState, words: Words, language: Language): readonly ProgrammeRow[] =>
	Object.entries(followed?.board.services ?? {}).flatMap(([id, { label, figures }]) =>
		figures.bookings === undefined ? [] : [rowOf(id, label, figures.bookings, 'service.bookings', judged?.now ?? 0, words, language)],
	);
