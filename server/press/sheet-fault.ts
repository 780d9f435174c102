// Why a sheet is not drawn: each thing with its place and what mends it, in the sheet's language. Knows no layout.
import type { Language } from '../../shared/format.ts';
import { pressSheetEn } from '../../shared/words/en-press-sheet.ts';
import { pressSheetIt } from '../../shared/words/it-press-sheet.ts';
import { fill } from '../../shared/words/words.ts';

export type SheetWords = typeof pressSheetIt;
export const sheetWords = (language: Language): SheetWords => (language === 'en' ? pressSheetEn : pressSheetIt);

export type SheetIssueCode = keyof SheetWords['issue'];

/** `name` picks the words; `path` is where it stands in the sheet, as `lists.0.rows.2.label`. */
export type SheetPlace = { readonly path: string; readonly name: keyof SheetWords['field']; readonly n?: number; readonly list?: number };

export type SheetIssue = { readonly code: SheetIssueCode; readonly path: string; readonly message: string };

/** A sheet that is refused; nothing of it was drawn. `issues` is never empty. */
export class SheetFault extends Error {
	readonly code = 'refused';
	readonly issues: readonly SheetIssue[];
	constructor(issues: readonly SheetIssue[], language: Language) {
		super(fill(sheetWords(language).refused, { issues: issues.map(({ message }) => message).join(' ') }));
		this.issues = issues;
	}
}

export function issueOf(
	language: Language,
	code: SheetIssueCode,
	place: SheetPlace,
	values: Readonly<Record<string, string | number>> = {},
): SheetIssue {
	const words = sheetWords(language);
	const field = fill(words.field[place.name], { n: place.n ?? 0, list: place.list ?? 0 });
	return { code, path: place.path, message: fill(words.issue[code], { ...values, field }) };
}
