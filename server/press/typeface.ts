// Titillium Web as the sheets use it: the full faces for drawing and measuring, the small ones for pages. Knows no sheet.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

export type Weight = 400 | 600 | 700;
export const FAMILY = 'Titillium Web';
export const weights: readonly Weight[] = [400, 600, 700];

/** Of the size: from a line's top to where its letters stand, when the line is as high as LINE. */
export const LINE = 1.3;

const locate = createRequire(import.meta.url).resolve;
const cuts: Record<Weight, string> = { 400: '400Regular', 600: '600SemiBold', 700: '700Bold' };

export const faceFiles: Record<Weight, string> = {
	400: faceFile(400),
	600: faceFile(600),
	700: faceFile(700),
};

function faceFile(weight: Weight): string {
	return locate(`@expo-google-fonts/titillium-web/${cuts[weight]}/TitilliumWeb_${cuts[weight]}.ttf`);
}

const read = (weight: Weight): { readonly data: Buffer; readonly font: Font } => {
	const data = readFileSync(faceFiles[weight]);
	return { data, font: create(data) as Font };
};
const faces: Record<Weight, ReturnType<typeof read>> = { 400: read(400), 600: read(600), 700: read(700) };

export const faceData = (weight: Weight): Buffer => faces[weight].data;

/** Whether every weight can draw it: what is bold in one place is plain in another. */
export const hasGlyph = (codePoint: number): boolean => weights.every((weight) => faces[weight].font.hasGlyphForCodePoint(codePoint));

const widths = new Map<string, number>();
const REMEMBERED = 20_000;

/** In px at `size` px, with kerning, as both renderers draw it. */
export function widthOf(text: string, weight: Weight, size: number): number {
	const key = `${weight}${text}`;
	let width = widths.get(key);
	if (width === undefined) {
		const { font } = faces[weight];
		width = font.layout(text).advanceWidth / font.unitsPerEm;
		if (widths.size > REMEMBERED) widths.clear();
		widths.set(key, width);
	}
	return width * size;
}

type PageFace = { readonly weight: Weight; readonly range: string; readonly base64: string };

const smallFile = (subset: string, weight: Weight): string =>
	locate(`@fontsource/titillium-web/files/titillium-web-${subset}-${weight}-normal.woff2`);
const subsets = ['latin', 'latin-ext'] as const;
const held = new Map<string, ReadonlySet<number>>();

function charactersOf(subset: string): ReadonlySet<number> {
	const known = held.get(subset);
	if (known !== undefined) return known;
	const characters = new Set((create(readFileSync(smallFile(subset, 400))) as Font).characterSet);
	held.set(subset, characters);
	return characters;
}

/** The faces that a page with this text embeds, as WOFF2: the second subset only where a letter of it is used. */
export function pageFaces(text: string): readonly PageFace[] {
	const used = new Set([...text].map((one) => one.codePointAt(0) ?? 0));
	const first = charactersOf('latin');
	return subsets.flatMap((subset) => {
		const characters = charactersOf(subset);
		const needed = subset === 'latin' || [...used].some((one) => characters.has(one) && !first.has(one));
		const range =
			subset === 'latin'
				? 'U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2000-206F,U+20AC,U+2122,U+2212'
				: 'U+100-130,U+132-151,U+154-2BA,U+1E00-1E9F,U+20A0-20AB,U+2113';
		return needed ? weights.map((weight) => ({ weight, range, base64: readFileSync(smallFile(subset, weight)).toString('base64') })) : [];
	});
}
