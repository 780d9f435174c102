// What a sheet carries beside its figures: that it is a rehearsal, that it no longer holds, who answers for it, and the code to check it by.
import { execFileSync } from 'node:child_process';
import { Resvg } from '@resvg/resvg-js';
import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { drawSheet } from '../../server/press/draw-sheet.ts';
import { pages } from '../../server/press/page.ts';
import { type SheetFiles, sheetFormats } from '../../shared/sheet.ts';
import { findTool } from '../kit/tool.ts';
import { flat, sheetLiteral, shownIn } from './sheet-literal.ts';

const remedy = 'Debian: apt-get install poppler-utils';
const [pdftotext, pdfinfo] = [findTool('pdftotext', remedy), findTool('pdfinfo', remedy)];
const run = (tool: string, args: readonly string[], pdf: Uint8Array): string => execFileSync(tool, [...args], { input: pdf }).toString();

/** Every output as a reader or a machine has it: what each of them says. */
function saidBy({ svg, pdf, html, text }: SheetFiles): Readonly<Record<string, string>> {
	return {
		svg: shownIn(svg)
			.texts.map((one) => one.text)
			.join('\n'),
		html: html.replace(/<style>.*<\/style>/s, ''),
		text,
		...(pdftotext === null ? {} : { pdf: run(pdftotext, ['-raw', '-', '-'], pdf) }),
	};
}

function pixelsOf(png: Uint8Array): { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number } {
	const [width, height] = [Buffer.from(png).readUInt32BE(16), Buffer.from(png).readUInt32BE(20)];
	const wrapped = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image href="data:image/png;base64,${Buffer.from(png).toString('base64')}" width="${width}" height="${height}"/></svg>`;
	return { data: new Uint8ClampedArray(new Resvg(wrapped).render().pixels), width, height };
}

describe('a sheet', () => {
	it.each(sheetFormats)('says PROVA in words and across on every output of a rehearsal (%s)', async (format) => {
		const files = await drawSheet(sheetLiteral({ rehearsal: true }), format);
		for (const [output, said] of Object.entries(saidBy(files))) expect(said.match(/PROVA/g)?.length, output).toBeGreaterThanOrEqual(2);
		for (const said of Object.values(saidBy(files))) expect(said).toContain('le cifre di questo foglio non sono vere');
		expect(shownIn(files.svg).texts.filter(({ isAcross }) => isAcross)).toEqual([expect.objectContaining({ text: 'PROVA' })]);
		const [red = 0, green = 0, blue = 0] = pixelsOf(files.png).data;
		expect([red, green, blue]).toEqual([0x8a, 0x5a, 0x00]);
	});

	it('says it of an English rehearsal that no longer holds, too', async () => {
		const said = saidBy(await drawSheet(sheetLiteral({ rehearsal: true, watermark: 'WITHDRAWN' }, 'en'), 'square'));
		for (const [output, text] of Object.entries(said)) {
			expect(text, output).toContain('PROVA');
			expect(text, output).toContain('WITHDRAWN');
		}
	});

	it.each(sheetFormats)('says nothing of the kind when it holds (%s)', async (format) => {
		for (const said of Object.values(saidBy(await drawSheet(sheetLiteral(), format)))) expect(said).not.toMatch(/PROVA|BOZZA|RITIRATO/);
	});

	it.each(sheetFormats)('keeps every letter in its place when it is withdrawn, and so can always be drawn again (%s)', async (format) => {
		const [before, after] = await Promise.all(
			[sheetLiteral({}, 'en'), sheetLiteral({ rehearsal: true, watermark: 'WITHDRAWN on 26 July 2025' }, 'en')].map(async (sheet) => {
				const { svg } = await drawSheet(sheet, format);
				return shownIn(svg).texts.filter(({ text }) => !/WITHDRAWN|PROVA/.test(text));
			}),
		);
		expect(after).toEqual(before);
	});

	it.each(['BOZZA', 'RITIRATO', 'SOSTITUITO dal n. 12/2025'])('%s lies across it, beneath all figures, and stands in words', async (watermark) => {
		const { svg, text } = await drawSheet(sheetLiteral({ watermark }), 'wide');
		const { texts } = shownIn(svg);
		expect(texts.filter((one) => one.text === watermark)).toHaveLength(2);
		expect(texts[0]).toMatchObject({ text: watermark, isAcross: true });
		expect(text).toContain(`[${watermark}]`);
	});

	it.each(sheetFormats)('has a code that leads to its address (%s)', async (format) => {
		const { png } = await drawSheet(sheetLiteral({ watermark: 'RITIRATO', rehearsal: true }), format);
		const { data, width, height } = pixelsOf(png);
		expect([width, height]).toEqual([pages[format].width, pages[format].height]);
		const read = (jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr;
		expect(read(data, width, height)?.data).toBe('https://sala.example/p/7F3K-92QD');
	});
});

describe.skipIf(pdfinfo === null || pdftotext === null)('a PDF', () => {
	it.each([
		['it', 'wide', '960 x 540 pts'],
		['it', 'a4', '595.28 x 841.89 pts (A4)'],
		['en', 'square', '540 x 540 pts'],
	] as const)('says its title, its issuer and its page, and no moment of making (%s, %s)', async (language, format, size) => {
		const sheet = sheetLiteral({ title: 'Dati & “cifre” <1> (2) \\ è', subtitle: ') >> /JavaScript' }, language);
		const { pdf } = await drawSheet(sheet, format);
		const info = run(pdfinfo ?? '', ['-'], pdf);
		for (const line of [
			`Title: ${sheet.title}`,
			`Author: ${sheet.footer.issuer}`,
			`Page size: ${size}`,
			'Pages: 1',
			'Tagged: yes',
			'JavaScript: no',
		]) {
			expect(flat(info)).toContain(line);
		}
		expect(info).toContain(sheet.footer.digest);
		expect(info).not.toMatch(/CreationDate|ModDate/);
		expect(Buffer.from(pdf).toString('latin1')).toContain(`/Lang (${language})`);
	});

	it.each(sheetFormats)('is read in order, under headings, a figure with its caption, and its curve described (%s)', async (format) => {
		const sheet = sheetLiteral();
		const { pdf } = await drawSheet(sheet, format);
		const read = run(pdfinfo ?? '', ['-struct-text', '-'], pdf)
			.split('\n')
			.map((line) => line.trim());
		const saidAs = (tag: string): string[] => read.flatMap((line, i) => (line.startsWith(tag) ? [read[i + 1]?.slice(1, -1) ?? ''] : []));
		expect(saidAs('H1').map(flat)).toEqual([flat(sheet.title)]);
		const lists = format === 'square' ? saidAs('H2').length - 1 : sheet.lists.length;
		const headings = sheet.lists.slice(0, lists).map(({ title }) => flat(title));
		expect(saidAs('H2').map(flat).toSorted()).toEqual([flat(sheet.chart?.title ?? ''), ...headings].toSorted());
		const paragraphs = saidAs('P').map(flat);
		for (const { value, caption, note } of sheet.heroes) expect(paragraphs).toContain(flat(`${value} ${caption} ${note ?? ''}`).trim());
		const [first] = sheet.lists[0]?.rows ?? [];
		if (lists > 0) expect(paragraphs).toContain(flat(`${first?.label} ${first?.value}`));
		// Its letters stand with it, not after all else.
		expect(read.indexOf('Figure')).toBe(read.findIndex((line) => flat(line.slice(1, -1)) === flat(sheet.chart?.title ?? '')) + 1);
		expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/S \/Figure\n\/Alt \(/);
	});

	it('has every sentence as text that can be searched', async () => {
		for (const language of ['it', 'en'] as const) {
			for (const format of ['wide', 'a4'] as const) {
				const sheet = sheetLiteral({}, language);
				const said = flat(run(pdftotext ?? '', ['-raw', '-', '-'], (await drawSheet(sheet, format)).pdf));
				for (const text of [sheet.title, ...sheet.heroes.map(({ value }) => value), ...sheet.sentences, ...sheet.notes])
					expect(said).toContain(flat(text));
			}
		}
	});
});
