// A list of figures on a sheet, as it is laid out and as it is previewed. Pure.
import type { Language } from './format.ts';
import type { PressFigure } from './press.ts';
import type { SheetList, SheetRow } from './sheet.ts';

/**
 * A row has no place of its own for a note: it stands beside the label, where nobody can read the figure without it. A note that all rows
 * share stands once, beside the title; `eachItsOwn` writes it on every row nevertheless.
 */
export function sheetList(title: string, figures: readonly PressFigure[], language: Language, eachItsOwn = false): SheetList {
	const notes = figures.map(({ note }) => note?.[language] ?? null);
	const [first] = notes;
	const isShared = !eachItsOwn && title !== '' && notes.length > 1 && notes.every((note) => note === first);
	return {
		title: isShared ? withNote(title, first) : title,
		rows: figures.map(({ label, text, share }, nth): SheetRow => {
			const name = label[language];
			return { label: isShared ? name : withNote(name, notes[nth]), value: text[language], share };
		}),
	};
}

const withNote = (words: string, note: string | null | undefined): string => (note ? `${words} (${note})` : words);
