// What is drawn into the places that the layout kept free, and beneath it: the curve, the code, the logo, the text laid across. As SVG.

import { plotOf } from './chart-paths.ts';
import { type Drawing, refuse, sized } from './drawing.ts';
import type { LogoPicture } from './logo.ts';
import { type Page, tone } from './page.ts';
import { qrPath } from './qr.ts';
import { type Weight, widthOf } from './typeface.ts';

export type Place = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
/** SVG, and where its letters are, so that they can be held against all others. */
export type Mark = { readonly svg: string; readonly texts: readonly Place[] };

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => entities[one] ?? '');

/** px, to a hundredth: finer is noise in the bytes. */
export const px = (value: number): string => String(Math.round(value * 100) / 100);

export const svgText = (text: string, x: number, y: number, size: number, weight: Weight, colour: string, more = ''): string =>
	`<text x="${px(x)}" y="${px(y)}" font-size="${px(size)}" font-weight="${weight}" fill="${colour}"${more}>${escaped(text)}</text>`;

/** Levels stand beside the plot, never under the curve. */
export function chartMark(drawing: Drawing, { left, top, width, height }: Place): Mark {
	const { sheet, page } = drawing;
	const { chart, look } = sheet;
	if (chart === null) return { svg: '', texts: [] };
	const size = sized(drawing, page.small);
	const gutter = chart.levels.length === 0 ? 0 : Math.ceil(Math.max(...chart.levels.map(({ label }) => widthOf(label, 400, size)))) + 14;
	if (gutter > width / 3)
		refuse(drawing, 'chart.levels.0.label', chart.levels.map(({ label }) => label).toSorted((a, b) => b.length - a.length)[0] ?? '');
	const foot = chart.ticks.length === 0 ? 8 : Math.round(size * 1.6);
	const head = Math.round(size * 0.6);
	const [plotLeft, plotTop, plotWidth, plotHeight] = [left + gutter, top + head, width - gutter - 4, height - foot - head];
	const plot = plotOf(chart, plotWidth, plotHeight);
	const texts: Place[] = [];
	const rules = [...chart.levels.filter(({ value }) => value !== 0).map(({ value }) => plot.y(value)), plot.y(0)].map(
		(y, i, every) =>
			`<path d="M${px(plotLeft)} ${px(plotTop + y)}H${px(plotLeft + plotWidth)}" stroke="${i === every.length - 1 ? tone.mid : tone.line}" stroke-width="1"/>`,
	);
	let lowest = Number.POSITIVE_INFINITY;
	const levels = chart.levels
		.map((level, i) => ({ ...level, i }))
		.toSorted((a, b) => a.value - b.value)
		.map(({ value, label, i }) => {
			const y = plotTop + plot.y(value);
			// Closer than a line's height, one would stand in the other.
			if (lowest - y < size) refuse(drawing, `chart.levels.${i}.label`, label);
			lowest = y;
			const wide = widthOf(label, 400, size);
			texts.push({ left: plotLeft - 14 - wide, top: y - size * 0.45, width: wide, height: size * 0.9 });
			return svgText(label, plotLeft - 14 - wide, y + size * 0.33, size, 400, tone.mid);
		});
	let taken = left - size;
	const ticks = chart.ticks
		.map((tick, i) => ({ ...tick, i }))
		.toSorted((a, b) => a.at - b.at)
		.map(({ at, label, i }) => {
			const wide = widthOf(label, 400, size);
			const centre = plotLeft + Math.min(plotWidth, Math.max(0, plot.x(at)));
			const x = Math.min(Math.max(left, centre - wide / 2), left + width - wide);
			if (x < taken + size * 0.5 || wide > width) refuse(drawing, `chart.ticks.${i}.label`, label);
			taken = x + wide;
			texts.push({ left: x, top: top + height - size * 1.1, width: wide, height: size });
			return svgText(label, x, top + height - size * 0.25, size, 400, tone.mid);
		});
	const curve =
		`<g transform="translate(${px(plotLeft)} ${px(plotTop)})"><path d="${plot.area}" fill="${look.accent}" fill-opacity="0.13"/>` +
		`<path d="${plot.line}" fill="none" stroke="${look.accent}" stroke-width="5" stroke-linejoin="round" stroke-linecap="round"/></g>`;
	return { svg: [...rules, curve, ...levels, ...ticks].join(''), texts };
}

export function codeMark(address: string, { left, top, width }: Place): string {
	const { size, path } = qrPath(address);
	return `<path transform="translate(${px(left)} ${px(top)}) scale(${px(width / size)})" d="${path}" fill="#000000" shape-rendering="crispEdges"/>`;
}

export const logoMark = ({ base64 }: LogoPicture, { left, top, width, height }: Place): string =>
	`<image x="${px(left)}" y="${px(top)}" width="${px(width)}" height="${px(height)}" href="data:image/png;base64,${base64}" xlink:href="data:image/png;base64,${base64}"/>`;

/** Beneath all else and pale, so that no figure is hid; as large as it can be, so that nobody crops it away. */
export function acrossMark(drawing: Drawing, page: Page): string {
	const { sheet, words } = drawing;
	const text = sheet.watermark ?? (sheet.rehearsal ? words.rehearsal : null);
	if (text === null) return '';
	const angle = Math.atan2(page.height, page.width) * 0.8;
	const reach = 0.74 * Math.hypot(page.width, page.height);
	const size = Math.min(page.height * 0.26, reach / widthOf(text, 700, 1));
	if (size < page.title) refuse(drawing, 'watermark', text);
	const turn = ` transform="translate(${px(page.width / 2)} ${px(page.height / 2)}) rotate(${px((-angle * 180) / Math.PI)})"`;
	return svgText(text, -widthOf(text, 700, size) / 2, size * 0.34, size, 700, sheet.watermark === null ? '#f7ecd8' : '#f9e2e2', turn);
}
