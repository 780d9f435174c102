// What a reader of a sheet's PDF meets, in order: which lines belong together, and whether they are its title, a heading or a paragraph.
import type { DrawnParts } from './draw-svg.ts';

/** `alt`: of what is looked at and not read. */
export type PdfPart = { readonly tag: 'H1' | 'H2' | 'P' | 'Figure'; readonly alt: string | null; readonly svg: string };

const tagOf = (path: string): PdfPart['tag'] => (path === 'title' ? 'H1' : path === 'chart.title' || /^lists\.\d+\.title$/.test(path) ? 'H2' : 'P');

/** A figure with its caption and its note is one paragraph, and so is a row of a list with its value. */
const wholeOf = (path: string): string => /^(?:heroes\.\d+|lists\.\d+\.rows\.\d+)/.exec(path)?.[0] ?? path;

/** Where a line ends, a word does: what is read aloud has no lines. */
const spaced = (svg: string): string => svg.replace('<text ', '<text xml:space="preserve" ').replace('</text>', ' </text>');

/** The curve follows its title, the logo what it stands beside. */
export function pdfParts({ lines, chart, logo }: DrawnParts, said: { readonly chart: string; readonly logo: string }): readonly PdfPart[] {
	const parts: PdfPart[] = [];
	let last: string | null = null;
	for (const [i, { path, svg }] of lines.entries()) {
		const whole = wholeOf(path);
		const next = lines[i + 1];
		const isGoingOn = next !== undefined && wholeOf(next.path) === whole;
		const drawn = isGoingOn ? spaced(svg) : svg;
		const before = whole === last ? parts.pop() : undefined;
		parts.push({ tag: tagOf(path), alt: null, svg: (before?.svg ?? '') + drawn });
		last = whole;
		if (isGoingOn) continue;
		if (path === 'chart.title') parts.push({ tag: 'Figure', alt: said.chart, svg: chart });
	}
	return logo === '' ? parts : [{ tag: 'Figure', alt: said.logo, svg: logo }, ...parts];
}
