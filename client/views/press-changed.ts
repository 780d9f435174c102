// The figures of a frozen sheet beside the same figures now. Pure.
import type { Language } from '../../shared/format.ts';
import type { PressFigure } from '../../shared/press.ts';

export type ChangedFigure = {
	readonly key: string;
	readonly label: string;
	readonly before: string;
	readonly note: string | null;
	readonly now: string | null;
	/** `unknown`: what it is now was not to be had. */
	readonly change: 'same' | 'other' | 'gone' | 'unknown';
};

export function changedSince(frozen: readonly PressFigure[], now: readonly PressFigure[] | null, language: Language): readonly ChangedFigure[] {
	return frozen.map(({ key, label, text, note }) => {
		const one = now?.find((figure) => figure.key === key)?.text[language] ?? null;
		const change = now === null ? 'unknown' : one === null ? 'gone' : one === text[language] ? 'same' : 'other';
		return { key, label: label[language], before: text[language], note: note?.[language] ?? null, now: one, change };
	});
}
