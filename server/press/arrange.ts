// Puts the blocks of a sheet on a page: tries as wished, then smaller, then (square only) with less of the words; then says what does not fit.
import type { Sheet, SheetFormat } from '../../shared/sheet.ts';
import { chartBlock, listsBlock, rowPads, sentencesBlock } from './body-blocks.ts';
import type { Drawing, Parts } from './drawing.ts';
import { type Block, box, column, type Element, gap, stack } from './element.ts';
import { footBlock } from './foot-block.ts';
import { headBlock, heroesBlock } from './head-block.ts';
import type { LogoPicture } from './logo.ts';
import { type Page, pages } from './page.ts';
import { issueOf, SheetFault, type SheetIssue, sheetWords } from './sheet-fault.ts';
import { textsOf } from './sheet-texts.ts';
import { statusMargins } from './status-bands.ts';

const magnified = [1.6, 1.45, 1.3, 1.15, 1] as const;
const scales = [1, 0.94, 0.88, 0.82, 0.76, 0.7] as const;
/** A square is looked at on a telephone: rather less of it than smaller. */
const LEGIBLE = 0.82;
/** px of a plot: below the first nobody can read it, past the second it is only large. */
const plotRange: Record<SheetFormat, readonly [least: number, most: number]> = { wide: [170, 520], square: [170, 460], a4: [240, 480] };

/** A square leaves out notes, then words, then lists from the last, then the curve; never a figure. What is left out stands on the other pages. */
function partsOf({ lists, chart, heroes }: Sheet, format: SheetFormat): readonly Parts[] {
	const all: Parts = { sentences: true, notes: true, chart: true, lists: lists.length };
	if (format !== 'square') return [all];
	const worded = [all, { ...all, notes: false }];
	if (heroes.length + lists.length === 0 && chart === null) return worded;
	const bare = { ...all, notes: false, sentences: false };
	const fewer = lists.map((_, i) => ({ ...bare, lists: lists.length - 1 - i }));
	return [
		...worded,
		bare,
		...(heroes.length > 0 || chart !== null ? fewer : []),
		...(heroes.length > 0 && chart !== null ? [{ ...bare, chart: false, lists: 0 }] : []),
	];
}

/** In the height that is there; null where it does not fit. */
type Filling = (drawing: Drawing, width: number, height: number) => Block | null;

/** The largest of `from` that fits; drawing anew is cheap, and what an attempt refused is its own. */
function largest<T>(from: readonly T[], draw: (one: T) => Block | null, height: number): Block | null {
	for (const one of from) {
		const block = draw(one);
		if (block === null || block.height <= height) return block;
	}
	return null;
}

const besides = (drawing: Drawing, width: number, left: Block, right: Block, height: number): Block => ({
	height,
	element: box(`both${drawing.scale}`, { width, height, justifyContent: 'space-between' }, [left.element, right.element]),
});

const fillWide: Filling = (drawing, width, height) => {
	const { sheet } = drawing;
	const [least, most] = plotRange.wide;
	const has = { chart: sheet.chart !== null, lists: sheet.lists.length > 0, words: sheet.sentences.length > 0 };
	const isSplit = has.lists ? has.chart || has.words : has.chart && has.words;
	const leftWidth = isSplit ? Math.round(width * 0.51) : width;
	const rightWidth = isSplit ? width - leftWidth - 96 : width;
	const space = Math.round(26 * drawing.scale);
	const lists = has.lists ? largest(rowPads, (pad) => listsBlock(drawing, rightWidth, isSplit ? 1 : 2, pad), height) : null;
	if (has.lists && lists === null) return null;
	const wordsWidth = has.lists || !has.chart ? leftWidth : rightWidth;
	const words = largest(has.chart ? [1] : magnified, (larger) => sentencesBlock(drawing, wordsWidth, larger), height);
	const chartRoom = height - (has.lists && words !== null ? words.height + space : 0);
	const bare = chartBlock(drawing, leftWidth, 0);
	const plot = Math.min(most, chartRoom - (bare?.height ?? 0));
	if (bare !== null && plot < least) return null;
	const chart = chartBlock(drawing, leftWidth, plot);
	const left = stack('left', leftWidth, has.lists ? [chart, words] : [chart ?? words], space);
	const right = lists ?? (has.chart ? words : null);
	if (left.height > height || (right?.height ?? 0) > height) return null;
	if (!isSplit) return stack('one', width, [chart, lists, chart === null && lists === null ? words : null], space);
	return right === null ? left : besides(drawing, width, left, right, Math.max(left.height, right.height));
};

const fillTall: Filling = (drawing, width, height) => {
	const { sheet, page, parts } = drawing;
	const hasChart = sheet.chart !== null && parts.chart;
	const [least, most] = plotRange[page.format];
	const space = Math.round(42 * drawing.scale);
	const isLast = page.format === 'square';
	const drawAs = (pad: number, plot: number, larger: number): Block => {
		const words = sentencesBlock(drawing, width, larger);
		const figures = [chartBlock(drawing, width, plot), listsBlock(drawing, width, 2, pad)];
		return stack('tall', width, isLast ? [...figures, words] : [words, ...figures], space);
	};
	const bare = largest(rowPads.slice(1), (pad) => drawAs(pad, least, 1), height);
	if (bare === null) return null;
	const pad = rowPads.slice(1).find((one) => drawAs(one, least, 1).height <= height) ?? 4;
	if (!hasChart) return largest(magnified, (larger) => drawAs(pad, 0, larger), height);
	return drawAs(pad, Math.min(most, least + height - bare.height), 1);
};

function attempt(drawing: Drawing): Element | null {
	const { page } = drawing;
	const width = page.width - 2 * page.side;
	const foot = footBlock(drawing, width);
	const top = [headBlock(drawing, width), heroesBlock(drawing, width)].filter((one) => one !== null);
	const margins = statusMargins(drawing);
	const least = Math.round(30 * drawing.scale);
	const fixed = page.above + page.below + foot.height + top.reduce((sum, { height }) => sum + height, 0);
	const free = page.height - fixed - least * (top.length + 1);
	if (free < 0) return null;
	const filled = page.format === 'wide' ? fillWide : fillTall;
	// Air between the parts before a larger curve, where both can be had.
	const main = filled(drawing, width, free - Math.round(least * 0.35 * (top.length + 1))) ?? filled(drawing, width, free);
	if (main === null || main.height > free) return null;
	// What nothing needs goes between the parts first, then stays above the foot.
	const between = Math.min(Math.round(least * 1.9), least + Math.floor((free - main.height) / (top.length + 1)));
	const blocks = [...top, main];
	const used = fixed + main.height + between * top.length;
	return column('page', { width: page.width, height: page.height, fontFamily: 'Titillium Web' }, [
		margins.above,
		column('content', { marginLeft: page.side, width }, [
			...blocks.flatMap(({ element }, i) => (i === 0 ? [element] : [gap(`part${i}`, between), element])),
			gap('foot', page.height - used),
			foot.element,
		]),
		margins.below,
	]);
}

export type Arranged = { readonly page: Page; readonly drawing: Drawing; readonly root: Element };

/** Throws `SheetFault` with what to mend when no attempt fits. The sheet is one that was checked. */
export function arrange(sheet: Sheet, format: SheetFormat, logo: LogoPicture | null): Arranged {
	const page = pages[format];
	const words = sheetWords(sheet.language);
	const places = new Map(textsOf(sheet).map(({ place }) => [place.path, place]));
	let last: readonly SheetIssue[] = [];
	const ladder = partsOf(sheet, format);
	for (const [step, parts] of ladder.entries()) {
		const isLast = step === ladder.length - 1;
		for (const scale of scales.filter((one) => isLast || one >= LEGIBLE)) {
			const issues: SheetIssue[] = [];
			const drawing: Drawing = { sheet, words, page, parts, logo, scale, issues, placeOf: (path) => places.get(path) ?? { path, name: 'whole' } };
			const root = attempt(drawing);
			if (root !== null && issues.length === 0) return { page, drawing, root };
			last = [...new Map(issues.map((issue) => [issue.path, issue])).values()];
		}
	}
	throw new SheetFault(
		last.length > 0 ? last : [issueOf(sheet.language, 'crowded', { path: '', name: 'whole' }, { format: `${page.width} × ${page.height}` })],
		sheet.language,
	);
}
