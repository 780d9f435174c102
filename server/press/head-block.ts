// The head of a sheet: what it is, as of when, whose, and its large figures.
import { type Drawing, sizeThatFits, write } from './drawing.ts';
import { type Block, box, type Element, stack } from './element.ts';
import { tone } from './page.ts';

const LOGO_HEIGHT = 92;
const LOGO_SHARE = 0.24;

export function headBlock(drawing: Drawing, width: number): Block {
	const { sheet, page, logo } = drawing;
	const scaled = logo === null ? 0 : Math.min(LOGO_HEIGHT / logo.height, (width * LOGO_SHARE) / logo.width);
	const logoWidth = logo === null ? 0 : Math.round(logo.width * scaled);
	const logoHeight = logo === null ? 0 : Math.round(logo.height * scaled);
	const textWidth = width - (logo === null ? 0 : logoWidth + 40);
	const words = stack(
		'head',
		textWidth,
		[
			write(drawing, 'title', sheet.title, {
				weight: 700,
				colour: sheet.look.ink,
				width: textWidth,
				wish: page.title,
				least: Math.round(page.title * 0.68),
				lines: 2,
				line: 1.2,
				balance: 'lines',
			}),
			sheet.subtitle === ''
				? null
				: write(drawing, 'subtitle', sheet.subtitle, {
						weight: 400,
						colour: tone.mid,
						width: textWidth,
						wish: page.subtitle,
						least: page.floor,
						lines: 2,
					}),
		],
		6,
	);
	const height = Math.max(words.height, logoHeight);
	const right: readonly Element[] = logo === null ? [] : [box('logo', { width: logoWidth, height: logoHeight })];
	return { height, element: box('head', { width, height, justifyContent: 'space-between' }, [words.element, ...right]) };
}

export const heroesBlock = (drawing: Drawing, width: number): Block | null => {
	const { sheet, page } = drawing;
	const { heroes } = sheet;
	if (heroes.length === 0) return null;
	const inRow = Math.min(page.heroesInRow, Math.max(2, heroes.length));
	const space = Math.round(48 * drawing.scale);
	const each = Math.floor((width - space * (inRow - 1)) / inRow);
	const valueSetting = {
		weight: 600,
		colour: sheet.look.ink,
		width: each,
		wish: page.value,
		least: Math.round(page.value * 0.5),
		lines: 1,
		line: 1.1,
	} as const;
	// All as large as the longest can be: one larger than its neighbour would say that it matters more.
	const size = Math.min(...heroes.map(({ value }) => sizeThatFits(drawing, value, valueSetting)));
	const blocks = heroes.map(({ value, caption, note }, i) =>
		stack(
			`hero${i}`,
			each,
			[
				write(drawing, `heroes.${i}.value`, value, { ...valueSetting, wish: size / drawing.scale, least: size }),
				write(drawing, `heroes.${i}.caption`, caption, {
					weight: 400,
					colour: tone.text,
					width: each,
					wish: page.caption,
					least: page.floor,
					lines: 3,
					balance: 'lines',
				}),
				note === null
					? null
					: write(drawing, `heroes.${i}.note`, note, {
							weight: 400,
							colour: tone.mid,
							width: each,
							wish: page.small,
							least: page.floor,
							lines: 3,
							balance: 'lines',
						}),
			],
			2,
		),
	);
	const rows: Block[] = [];
	for (let from = 0; from < blocks.length; from += inRow) {
		const inThis = blocks.slice(from, from + inRow);
		const height = Math.max(...inThis.map((one) => one.height));
		const cells = inThis.flatMap(({ element }, i) => (i === 0 ? [element] : [box(`between${from + i}`, { width: space }), element]));
		rows.push({ height, element: box(`heroes${from}`, { width, height }, cells) });
	}
	return stack('heroes', width, rows, Math.round(24 * drawing.scale));
};
