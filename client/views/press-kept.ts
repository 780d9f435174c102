// The sheet that this screen is writing, kept in the browser at each change until the server has it. Knows no page.
import { type SheetContent, type SheetTemplate, sheetTemplates } from '../../shared/press.ts';

/** `moment`: as it was typed; empty for now. `savedAt`: the board's time. */
export type KeptDraft = { readonly content: SheetContent; readonly moment: string; readonly savedAt: number };
type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'regia.press-draft';

function memory(): Memory | null {
	try {
		return window.localStorage;
	} catch {
		return null;
	}
}

const isTemplate = (value: unknown): value is SheetTemplate => sheetTemplates.some((one) => one === value);
const hasWords = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && 'it' in value && 'en' in value && typeof value.it === 'string' && typeof value.en === 'string';

/** What another version of the page kept is no draft. */
function isContent(value: unknown): value is SheetContent {
	if (typeof value !== 'object' || value === null) return false;
	const { template, title, heroes, lists, sentences } = value as Record<string, unknown>;
	return (
		isTemplate(template) &&
		hasWords(title) &&
		Array.isArray(heroes) &&
		heroes.every((one) => typeof one?.key === 'string' && (one.caption === null || hasWords(one.caption))) &&
		Array.isArray(lists) &&
		lists.every((one) => hasWords(one?.title) && Array.isArray(one.keys)) &&
		Array.isArray(sentences) &&
		sentences.every(hasWords)
	);
}

export function recallDraft(from: Memory | null = memory()): KeptDraft | null {
	try {
		const kept = JSON.parse(from?.getItem(KEY) ?? 'null') as KeptDraft | null;
		return kept !== null && isContent(kept.content) && typeof kept.moment === 'string' && typeof kept.savedAt === 'number' ? kept : null;
	} catch {
		return null;
	}
}

/** Whether it is kept: a browser may have no room, or no memory at all. */
export function keepDraft(draft: KeptDraft | null, into: Memory | null = memory()): boolean {
	try {
		if (into === null) return false;
		if (draft === null) into.removeItem(KEY);
		else into.setItem(KEY, JSON.stringify(draft));
		return true;
	} catch {
		return false;
	}
}
