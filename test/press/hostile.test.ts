// Whatever stands in a field of a sheet: it is laid out within the page and beside all else, or refused with its field and what mends it.
import { describe, expect, it } from 'vitest';
import { checkSheet } from '../../server/press/check-sheet.ts';
import { drawHtml } from '../../server/press/draw-html.ts';
import { drawSvg } from '../../server/press/draw-svg.ts';
import { drawLogo } from '../../server/press/logo.ts';
import { pages } from '../../server/press/page.ts';
import { SheetFault } from '../../server/press/sheet-fault.ts';
import { drawnSheet } from '../../server/press/sheet-texts.ts';
import { type Sheet, type SheetFormat, sheetFormats } from '../../shared/sheet.ts';
import { say, scaled } from '../faults/kit/scale.ts';
import { injections, paths, spoiled, spoilers, textAt } from './hostile-texts.ts';
import { type ShownText, sheetLiteral, shownIn, withText } from './sheet-literal.ts';

const drawable = new Set('svg title rect text path g image defs clipPath polygon'.split(' '));

const overlaps = (one: ShownText, other: ShownText): boolean =>
	Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;

/** What is wrong with what is shown; empty when it may be shown. */
function flaws(svg: string, format: SheetFormat): readonly string[] {
	const { texts, elements, attributes } = shownIn(svg);
	const { width, height } = pages[format];
	const level = texts.filter(({ isAcross }) => !isAcross);
	return [
		...[...elements].filter((name) => !drawable.has(name)).map((name) => `<${name}>`),
		...[...attributes].filter((name) => /^on/i.test(name)).map((name) => `${name}=`),
		...level.filter(({ left, right, top, bottom }) => left < 0 || top < 0 || right > width || bottom > height).map(({ text }) => `outside: ${text}`),
		...level.flatMap((one, i) =>
			level
				.slice(i + 1)
				.filter((other) => overlaps(one, other))
				.map((other) => `${one.text} over ${other.text}`),
		),
	];
}

type Outcome = 'drawn' | readonly string[];

/** As `drawSheet`, without the pictures, which show nothing that the SVG does not. */
async function outcome(given: Sheet, format: SheetFormat): Promise<Outcome> {
	const issues = checkSheet(given);
	if (issues.length > 0) return issues.map(({ path, message }) => `${path} ${message}`);
	const sheet = drawnSheet(given);
	const logo = sheet.look.logo === null ? null : drawLogo(sheet.look.logo);
	if (logo !== null && 'refused' in logo) return [`look.logo logo: ${logo.refused}: SVG o PNG`];
	try {
		expect(flaws(await drawSvg(sheet, format, logo), format)).toEqual([]);
	} catch (error) {
		if (error instanceof SheetFault) return error.issues.map(({ path, message }) => `${path} ${message}`);
		throw error;
	}
	const html = drawHtml(sheet, logo);
	expect(html.match(/<script|<iframe|<object|<foreignObject/i)).toBeNull();
	expect([...html.matchAll(/https?:\/\/[^"'\s<)]+/g)].map(([address]) => address)).toEqual([sheet.footer.address]);
	return 'drawn';
}

/** A refusal names the place, and ends by saying what to do. */
const isClear = (found: Outcome, path: string): boolean =>
	found !== 'drawn' &&
	found.some((issue) => issue.startsWith(path.split('.')[0] ?? '') || issue.startsWith('footer') || issue.startsWith(' foglio')) &&
	found.every((issue) => /: .+/.test(issue));

// A list's rows are alike, and so are their hostile texts: one of each kind is enough where tests are bounded.
const tried = paths.filter((path) => scaled(1, 0) === 1 || !/\.[1-9]\d*\.|\.[1-9]\d*$/.test(path) || path.startsWith('lists.1.rows.0'));

/** Bounded, each field has a third of the texts, and three neighbours have them all. */
function textsFor(path: string): readonly (readonly [name: string, text: string])[] {
	const all = [...injections.map(([name, text]) => [name, text] as const), ...spoilers.map(([name, spoil]) => [name, spoil(textAt(path))] as const)];
	return all.filter((_, i) => scaled(1, 0) === 1 || i % 3 === tried.indexOf(path) % 3);
}

describe('a hostile text', () => {
	it('is tried in every kind of field, in over forty ways', () => {
		const rows = tried.reduce((sum, path) => sum + textsFor(path).length, 0);
		say('hostile texts', `${rows} rows in ${tried.length} fields`);
		expect(rows).toBeGreaterThan(200);
	});

	it.each(tried)('at %s is laid out or refused, never obeyed', async (path) => {
		const unclear: string[] = [];
		for (const [i, [name, text]] of textsFor(path).entries()) {
			const found = await outcome(spoiled(path, text), sheetFormats[i % sheetFormats.length] ?? 'wide');
			if (found !== 'drawn' && !isClear(found, path)) unclear.push(`${name}: ${found.join('; ')}`);
		}
		expect(unclear).toEqual([]);
	});

	it.each(sheetFormats)('ten times too long in every field at once is refused (%s)', async (format) => {
		const all = tried
			.filter((path) => !path.startsWith('look') && path !== 'footer.address' && path !== 'watermark')
			.reduce((sheet, path) => withText(sheet, path, Array.from({ length: 10 }, () => textAt(path)).join(' ')), sheetLiteral());
		expect(await outcome(all, format)).not.toBe('drawn');
	});

	it('that was laid over another would be seen', () => {
		const svg =
			'<svg xmlns="http://www.w3.org/2000/svg"><text x="10" y="30" font-size="20" font-weight="400">uno</text><text x="20" y="34" font-size="20" font-weight="400">due</text><script/></svg>';
		expect(flaws(svg, 'wide')).toEqual(['<script>', 'uno over due']);
		expect(flaws(svg.replace('x="10"', 'x="1915"').replace('<script/>', ''), 'wide')).toEqual(['outside: uno']);
	});
});
