// Finds figures by words of their labels, in either language, or of their keys: every word somewhere, accents aside. Pure.
import type { PressFigure } from '../../shared/press.ts';

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export function foundFigures(figures: readonly PressFigure[], asked: string): readonly PressFigure[] {
	const words = plain(asked).split(/\s+/).filter(Boolean);
	if (words.length === 0) return figures;
	return figures.filter(({ key, label }) => {
		const text = plain(`${label.it} ${label.en} ${key}`);
		return words.every((one) => text.includes(one));
	});
}
