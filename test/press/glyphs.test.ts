// No letter is lost on the way to a sheet: what the typeface has is drawn and read back, what it lacks refuses the sheet by name and place.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { checkSheet } from '../../server/press/check-sheet.ts';
import { drawSheet } from '../../server/press/draw-sheet.ts';
import { drawSvg } from '../../server/press/draw-svg.ts';
import type { SheetFault } from '../../server/press/sheet-fault.ts';
import { textsOf } from '../../server/press/sheet-texts.ts';
import { type Sheet, type SheetFormat, sheetFormats } from '../../shared/sheet.ts';
import { findTool } from '../kit/tool.ts';
import { flat, sheetLiteral, shownIn, withText } from './sheet-literal.ts';

const pdftotext = findTool('pdftotext', 'Debian: apt-get install poppler-utils');
const refusal = (sheet: Sheet, format: SheetFormat = 'wide'): Promise<SheetFault> =>
	drawSheet(sheet, format).then(
		() => Promise.reject(new Error('the sheet was drawn')),
		(fault: SheetFault) => fault,
	);

/** Every text of the sheet that a page of this format shows, and that is not among what is read. */
const lost = (sheet: Sheet, read: string): readonly string[] => {
	const here = flat(read);
	return textsOf(sheet)
		.filter(({ place }) => !['digest', 'logoAlt'].includes(place.name))
		.map(({ text }) => flat(String(text)))
		.filter((text) => !here.includes(text));
};
const readPdf = (pdf: Uint8Array, tool: string): string => execFileSync(tool, ['-raw', '-', '-'], { input: pdf }).toString();

const sentence = 'Almeno ≥ 30, al massimo ≤ 60: perché già città; Kovačič, Erdős, Łódź, 5 € “così” l’ora – è l’1,5 ‰ × 2 …';

describe('the letters of a sheet', () => {
	it.each(sheetFormats)('are all in the SVG and, where pdftotext is, in the PDF (%s)', async (format) => {
		const sheet = sheetLiteral({
			sentences: [sentence],
			watermark: 'BOZZA',
			rehearsal: true,
			notes: ['č ő € ≥ ≤', ...sheetLiteral().notes.slice(1)],
		});
		const { svg, pdf } = await drawSheet(sheet, format);
		const shown = shownIn(svg)
			.texts.map(({ text }) => text)
			.join(' ');
		// A square may leave out notes, then words, then lists, and says where they stand.
		const lists = sheet.lists.filter(({ title }) => shown.includes(title));
		const left = shown.includes('Il resto, con note e fonti:')
			? { sentences: [], notes: [], lists }
			: shown.includes('Testo, note e fonti:')
				? { sentences: [], notes: [] }
				: shown.includes('Note e fonti:')
					? { notes: [] }
					: {};
		const expected = { ...sheet, ...(format === 'square' ? left : {}) };
		expect(lost(expected, shown)).toEqual([]);
		if (pdftotext !== null) expect(lost(expected, readPdf(pdf, pdftotext))).toEqual([]);
	});

	it('that a drawing lost are missed by what reads it back', async () => {
		const { svg } = await drawSheet(sheetLiteral(), 'wide');
		const wounded = svg.replace('>Policlinici<', '>Policlinic<');
		const read = shownIn(wounded).texts.map(({ text }) => text);
		expect(lost(sheetLiteral(), read.join(' '))).toEqual(['Policlinici']);
	});

	it.each(['≥', '≤', 'č', 'ő', '€', 'Ł', '½', '−', '×', '“'])('%s is drawn', async (character) => {
		const sheet = withText(sheetLiteral(), 'heroes.0.value', `${character} 30`);
		expect(checkSheet(sheet)).toEqual([]);
		expect(shownIn(await drawSvg(sheet, 'square', null)).texts.map(({ text }) => text)).toContain(`${character} 30`);
	});

	it.each([
		['→', 'U+2192', 'verso'],
		['✓', 'U+2713', 'confermato'],
		['▲', 'U+25B2', 'attenzione'],
		['◆', 'U+25C6', 'fermo'],
		['中', 'U+4E2D', 'a parole'],
		['😀', 'U+1F600', 'a parole'],
		['я', 'U+044F', 'a parole'],
		['ש', 'U+05E9', 'a parole'],
	])('%s is not in the typeface: the sheet is refused with its name, its place and what to write', async (character, code, mend) => {
		const { issues, message } = await refusal(withText(sheetLiteral(), 'lists.1.rows.2.label', `Osp ${character}`));
		expect(issues).toEqual([expect.objectContaining({ code: 'glyph', path: 'lists.1.rows.2.label' })]);
		for (const said of [character, code, mend, 'voce 3 dell’elenco 2', 'posizione 5']) expect(message).toContain(said);
	});

	it.each([
		['a right-to-left override', '\u202e', 'U+202E'],
		['a right-to-left mark', '\u200f', 'U+200F'],
		['an isolate', '\u2067', 'U+2067'],
		['a zero-width space', '\u200b', 'U+200B'],
		['a byte-order mark', '\ufeff', 'U+FEFF'],
		['a soft hyphen', '\u00ad', 'U+00AD'],
		['a null', '\0', 'U+0000'],
		['a line break', '\n', 'U+000A'],
		['an escape', '\u001b', 'U+001B'],
		['a lone surrogate', '\ud83d', 'U+D83D'],
		['a private letter', '\ue000', 'U+E000'],
		['a mark on no letter', 'x\u0489', 'U+0489'],
	])('%s refuses the sheet, in its own language', async (_name, character, code) => {
		const { issues, message } = await refusal(withText(sheetLiteral({}, 'en'), 'title', `Data${character}moved`));
		expect(issues).toEqual([expect.objectContaining({ code: 'unseen', path: 'title' })]);
		expect(message).toContain(`title: the character ${code} at position`);
	});

	it('that come in two parts are drawn as one', async () => {
		const { svg } = await drawSheet(withText(sheetLiteral(), 'subtitle', 'Sanita\u0300 e citta\u0300'), 'wide');
		expect(svg).toContain('>Sanità e città<');
	});
});
