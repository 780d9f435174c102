// The Lazio sheet of 25 July 2025, in Italian and English, as the tests take it; what it says of itself stands in its notes. And what a sheet's SVG shows.
import { SaxesParser } from 'saxes';
import { type Weight, widthOf } from '../../server/press/typeface.ts';
import type { Language } from '../../shared/format.ts';
import type { Sheet } from '../../shared/sheet.ts';
import { lazioLiteral } from './lazio-literal.ts';

export const sheetLiteral = (rest: Partial<Sheet> = {}, language: Language = 'it'): Sheet => ({ ...lazioLiteral[language], ...rest });

/** The sheet with the text at `path` (as `lists.0.rows.2.label`) replaced. */
export function withText(sheet: Sheet, path: string, text: string): Sheet {
	const copy = structuredClone(sheet) as unknown as Record<string, unknown>;
	const steps = path.split('.');
	const last = steps.pop() ?? '';
	const at = steps.reduce((place, step) => place[step] as Record<string, unknown>, copy);
	at[last] = text;
	return copy as unknown as Sheet;
}

export type ShownText = {
	readonly text: string;
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
	readonly isAcross: boolean;
};

/** Every text that an SVG shows, with its letters' box; and every kind of element in it. Throws where it is not well-formed. */
export function shownIn(svg: string): {
	readonly texts: readonly ShownText[];
	readonly elements: ReadonlySet<string>;
	readonly attributes: ReadonlySet<string>;
} {
	const texts: ShownText[] = [];
	const elements = new Set<string>();
	const attributes = new Set<string>();
	let open: Record<string, string> | null = null;
	let text = '';
	const parser = new SaxesParser();
	parser.on('opentag', (tag) => {
		elements.add(tag.name);
		for (const name of Object.keys(tag.attributes)) attributes.add(name);
		if (tag.name === 'text') [open, text] = [tag.attributes as Record<string, string>, ''];
	});
	parser.on('text', (more) => {
		text += more;
	});
	parser.on('closetag', ({ name }) => {
		if (name !== 'text' || open === null) return;
		const [left, base, size] = [Number(open.x), Number(open.y), Number(open['font-size'])];
		const right = left + widthOf(text, Number(open['font-weight']) as Weight, size);
		texts.push({ text, left, right, top: base - size * 0.75, bottom: base + size * 0.2, isAcross: 'transform' in open });
		open = null;
	});
	parser.write(svg).close();
	return { texts, elements, attributes };
}

/** Words alone: where lines break, and which blank stands between, is the layout's. */
export const flat = (text: string): string => text.replace(/[\s\u00a0]+/g, ' ').trim();
