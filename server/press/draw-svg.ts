// A sheet on a page as one SVG with real text. The only place that knows satori; lays nothing over another, and loses no letter.
import satori from 'satori';
import type { Sheet, SheetFormat } from '../../shared/sheet.ts';
import { arrange } from './arrange.ts';
import type { LogoPicture } from './logo.ts';
import { issueOf, SheetFault } from './sheet-fault.ts';
import { replaceElements } from './svg-elements.ts';
import { acrossMark, chartMark, codeMark, escaped, logoMark, type Place, px, svgText } from './svg-marks.ts';
import { FAMILY, faceData, type Weight, weights } from './typeface.ts';

type SatoriTree = Parameters<typeof satori>[0];

const fonts = weights.map((weight) => ({ name: FAMILY, data: faceData(weight), weight, style: 'normal' as const }));
const entity: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#x27;': "'" };
const plain = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|#39|#x27);/g, (one) => entity[one] ?? one);

/** `path`: which text of the sheet it is of, as `heroes.0.caption`. */
type Line = { readonly text: string; readonly place: Place; readonly path: string };

/** A sheet's SVG, and the same in the parts that a reader meets one by one: its lines in their order, its curve, its logo, and what is neither read nor looked at. */
export type DrawnParts = {
	readonly svg: string;
	readonly lines: readonly { readonly path: string; readonly svg: string }[];
	readonly chart: string;
	readonly logo: string;
	readonly backdrop: string;
	/** Around any of them. */
	readonly head: string;
};

/** satori draws a text piece by piece. Joined to its lines again it can be searched and read, and a lost piece is found out. */
function joinLines(svg: string, lines: readonly Line[]): { readonly svg: string; readonly texts: readonly string[]; readonly rest: string } {
	const texts: string[] = [];
	let next = 0;
	let joined = '';
	let first: string | null = null;
	const bare = replaceElements(svg, 'mask', () => '');
	const out = replaceElements(bare, 'text', (attributes, content) => {
		first ??= attributes;
		joined += plain(content);
		const wanted = lines[next]?.text;
		if (wanted === undefined || !wanted.startsWith(joined)) throw new Error(`a line was drawn as "${joined}" and not as "${wanted}"`);
		if (joined !== wanted) return '';
		const of = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(first ?? '')?.[1] ?? '';
		const text = svgText(joined, Number(of('x')), Number(of('y')), Number(of('font-size')), Number(of('font-weight')) as Weight, of('fill'));
		next += 1;
		joined = '';
		first = null;
		texts.push(text);
		return text;
	});
	if (next !== lines.length || joined !== '') throw new Error(`${lines.length - next} lines of the sheet were not drawn`);
	return { svg: inside(out), texts, rest: inside(replaceElements(bare, 'text', () => '')) };
}

const inside = (svg: string): string => svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '');

const meets = (one: Place, other: Place): boolean =>
	one.left + one.width > other.left + 1 &&
	other.left + other.width > one.left + 1 &&
	one.top + one.height > other.top + 1 &&
	other.top + other.height > one.top + 1;

const isWithin = (one: Place, width: number, height: number): boolean =>
	one.left >= 0 && one.top >= 0 && one.left + one.width <= width && one.top + one.height <= height;

/** Throws `SheetFault` with what to mend. The sheet is one that was checked. */
export const drawSvg = async (sheet: Sheet, format: SheetFormat, logo: LogoPicture | null): Promise<string> =>
	(await drawParts(sheet, format, logo)).svg;

/** As `drawSvg`. */
export async function drawParts(sheet: Sheet, format: SheetFormat, logo: LogoPicture | null): Promise<DrawnParts> {
	const { page, drawing, root } = arrange(sheet, format, logo);
	const lines: Line[] = [];
	const places = new Map<string, Place>();
	const svg = await satori(root as unknown as SatoriTree, {
		width: page.width,
		height: page.height,
		fonts,
		embedFont: false,
		loadAdditionalAsset: (_language, segment) => Promise.reject(new Error(`the typeface lacks "${segment}"`)),
		onStyleError: (error) => {
			throw error;
		},
		onNodeDetected: ({ key, left, top, width, height, textContent }) => {
			const name = String(key ?? '');
			places.set(name, { left, top, width, height });
			if (name.startsWith('text:')) lines.push({ text: textContent ?? '', place: { left, top, width, height }, path: pathOf(name) });
		},
	});
	const at = (name: string): Place | null => places.get(name) ?? null;
	const [plot, code, corner] = [at('plot'), at('code'), at('logo')];
	const chart = plot === null ? { svg: '', texts: [] } : chartMark(drawing, plot);
	const across = acrossMark(drawing, page);
	if (drawing.issues.length > 0) throw new SheetFault(drawing.issues, sheet.language);
	const taken = [...lines.map(({ place }) => place), ...chart.texts, ...[code, corner].filter((one) => one !== null)];
	const isCrowded = taken.some((one, i) => !isWithin(one, page.width, page.height) || taken.some((other, j) => j > i && meets(one, other)));
	if (isCrowded) {
		throw new SheetFault(
			[issueOf(sheet.language, 'crowded', { path: '', name: 'whole' }, { format: `${page.width} × ${page.height}` })],
			sheet.language,
		);
	}
	const inner = joinLines(svg, lines);
	const head = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${page.width}" height="${page.height}" viewBox="0 0 ${page.width} ${page.height}" font-family="${FAMILY}" xml:lang="${sheet.language}" role="img">`;
	const paper = `<rect width="${px(page.width)}" height="${px(page.height)}" fill="#ffffff"/>`;
	const codeDrawn = code === null ? '' : codeMark(sheet.footer.address, code);
	const logoDrawn = logo === null || corner === null ? '' : logoMark(logo, corner);
	const title = `<title>${escaped(sheet.title)}</title>`;
	return {
		svg: [head, title, paper, across, inner.svg, chart.svg, codeDrawn, logoDrawn, '</svg>'].join(''),
		lines: lines.map(({ path }, i) => ({ path, svg: inner.texts[i] ?? '' })),
		chart: chart.svg,
		logo: logoDrawn,
		backdrop: [paper, across, inner.rest, codeDrawn].join(''),
		head,
	};
}

/** `text:heroes.0.caption:1` is its second line. */
const pathOf = (key: string): string => key.slice('text:'.length, key.lastIndexOf(':'));
