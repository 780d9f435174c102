// What a sheet says below its figures: lists with bars, sentences, and the place of its chart.
import type { SheetList } from '../../shared/sheet.ts';
import { type Drawing, sized, write } from './drawing.ts';
import { type Block, box, column, type Element, stack } from './element.ts';
import { tone } from './page.ts';
import { widthOf } from './typeface.ts';

const BAR_HEIGHT = 16;

/** px above and below a row's text: what is left over goes there. */
export const rowPads = [16, 14, 12, 10, 8, 6, 5, 4] as const;

function listBlock(drawing: Drawing, index: number, { title, rows }: SheetList, width: number, pad: number): Block {
	const { page, sheet } = drawing;
	const path = `lists.${index}`;
	const size = sized(drawing, page.body);
	const space = Math.round(22 * drawing.scale);
	const hasBars = rows.some(({ share }) => share !== null);
	const bar = hasBars ? Math.round(width * 0.28) : 0;
	const widest = Math.max(0, ...rows.map(({ value }) => widthOf(value, 400, size) + 2));
	const valueWidth = Math.ceil(Math.min(widest, width * 0.46));
	const labelWidth = width - (valueWidth === 0 ? 0 : valueWidth + space) - (bar === 0 ? 0 : bar + space);
	const drawnRows = rows.map(({ label, value, share }, i): Block => {
		const setting = { weight: 400, colour: tone.text, wish: page.body, least: page.floor, lines: 2, line: 1.25 } as const;
		const left = write(drawing, `${path}.rows.${i}.label`, label, { ...setting, width: labelWidth });
		const right = value === '' ? null : write(drawing, `${path}.rows.${i}.value`, value, { ...setting, width: valueWidth, align: 'right' });
		const height = Math.max(left.height, right?.height ?? 0) + 2 * pad + 1;
		const track =
			share === null ? [] : [box(`share:${path}.rows.${i}`, { width: Math.round(bar * share), height: BAR_HEIGHT, background: sheet.look.accent })];
		const cells: readonly Element[] = [
			left.element,
			...(bar === 0 ? [] : [box(`track:${i}`, { width: bar, height: BAR_HEIGHT, ...(share === null ? {} : { background: tone.track }) }, track)]),
			...(right === null ? [] : [right.element]),
		];
		const style = {
			width,
			height,
			alignItems: 'center',
			justifyContent: 'space-between',
			borderTop: `1px solid ${tone.line}`,
		};
		return { height, element: box(`line:${path}.${i}`, style, cells) };
	});
	const heading = write(drawing, `${path}.title`, title, { weight: 600, colour: tone.text, width, wish: page.heading, least: page.floor, lines: 2 });
	return stack(path, width, [heading, stack(`${path}.rows`, width, drawnRows, 0)], Math.round(8 * drawing.scale));
}

/** In as many columns as asked, the shortest filled first, in order. */
export function listsBlock(drawing: Drawing, width: number, columns: number, pad: number): Block | null {
	const lists = drawing.sheet.lists.slice(0, drawing.parts.lists);
	if (lists.length === 0) return null;
	const inUse = Math.min(columns, lists.length);
	const space = Math.round(56 * drawing.scale);
	const each = Math.floor((width - space * (inUse - 1)) / inUse);
	const filled: Block[][] = Array.from({ length: inUse }, () => []);
	const heightOf = (blocks: readonly Block[]): number => blocks.reduce((sum, { height }) => sum + height, 0);
	lists.forEach((list, i) => {
		const block = listBlock(drawing, i, list, each, pad);
		filled.toSorted((a, b) => heightOf(a) - heightOf(b))[0]?.push(block);
	});
	const stacks = filled.map((blocks, i) => stack(`lists${i}`, each, blocks, Math.round(30 * drawing.scale)));
	const height = Math.max(...stacks.map((one) => one.height));
	return {
		height,
		element: box(
			'lists',
			{ width, height, justifyContent: 'space-between' },
			stacks.map(({ element }) => element),
		),
	};
}

/** `larger`: where no curve stands beside them, sentences are what is to be read. */
export function sentencesBlock(drawing: Drawing, width: number, larger = 1): Block | null {
	const { sheet, page, parts } = drawing;
	if (!parts.sentences || sheet.sentences.length === 0) return null;
	const paragraphs = sheet.sentences.map((text, i) =>
		write(drawing, `sentences.${i}`, text, {
			weight: 400,
			colour: tone.text,
			width,
			wish: page.body * larger,
			least: page.floor,
			lines: 8,
			line: 1.4,
			balance: 'last',
		}),
	);
	return stack('sentences', width, paragraphs, Math.round(12 * drawing.scale * larger));
}

/** Its title, and a place in which the curve is drawn once it is known where that is. */
export function chartBlock(drawing: Drawing, width: number, plotHeight: number): Block | null {
	const { sheet, page, parts } = drawing;
	if (sheet.chart === null || !parts.chart) return null;
	const title = write(drawing, 'chart.title', sheet.chart.title, {
		weight: 600,
		colour: tone.text,
		width,
		wish: page.heading,
		least: page.floor,
		lines: 2,
	});
	const place = box('plot', { width, height: plotHeight });
	return { height: title.height + 12 + plotHeight, element: column('chart', { width }, [title.element, box('chartgap', { height: 12 }), place]) };
}
