// One attempt at a sheet: its words, its page, how large, and what did not fit. Handed through all blocks.
import type { Sheet } from '../../shared/sheet.ts';
import { type Block, type Ink, textBlock } from './element.ts';
import { fitText, type Room, sizesFrom } from './fit-text.ts';
import type { LogoPicture } from './logo.ts';
import type { Page } from './page.ts';
import { issueOf, type SheetIssue, type SheetPlace, type SheetWords } from './sheet-fault.ts';

/** What of the sheet stands on this page; a square says where the rest is. */
export type Parts = {
	readonly sentences: boolean;
	readonly notes: boolean;
	readonly chart: boolean /** How many, from the first. */;
	readonly lists: number;
};

export type Drawing = {
	readonly sheet: Sheet;
	readonly words: SheetWords;
	readonly page: Page;
	readonly parts: Parts;
	readonly logo: LogoPicture | null;
	/** 1 as wished, less where all must be smaller. */
	readonly scale: number;
	readonly placeOf: (path: string) => SheetPlace;
	/** What this attempt could not place; an attempt with any is thrown away. */
	readonly issues: SheetIssue[];
};

export const sized = ({ page, scale }: Drawing, wish: number): number => Math.max(page.floor, Math.round(wish * scale));

export type Setting = Ink & { readonly wish: number; readonly least: number; readonly lines: number; readonly balance?: 'lines' | 'last' };

const room = (drawing: Drawing, { wish, least, ...rest }: Setting): Room => ({
	...rest,
	sizes: sizesFrom(sized(drawing, wish), Math.max(drawing.page.floor, Math.min(least, sized(drawing, wish)))),
});

export function refuse(drawing: Drawing, path: string, text: string): void {
	drawing.issues.push(issueOf(drawing.sheet.language, 'too-long', drawing.placeOf(path), { length: text.length }));
}

/** The size at which it fits, or the floor. */
export function sizeThatFits(drawing: Drawing, text: string, setting: Setting): number {
	const { sizes, ...rest } = room(drawing, setting);
	return fitText(text, { ...rest, sizes })?.size ?? sizes.at(-1) ?? drawing.page.floor;
}

/** A text of the sheet in its room; one that has none is an issue of the drawing. */
export function write(drawing: Drawing, path: string, text: string, setting: Setting): Block {
	const fitted = fitText(text, room(drawing, setting));
	if (fitted === null) refuse(drawing, path, text);
	return textBlock(path, fitted ?? { lines: [], size: drawing.page.floor }, setting);
}
