// A sheet's page in a real browser: nothing in it runs or reaches outside, it is read in order, fits a telephone, and is clean to axe.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawHtml } from '../../server/press/draw-html.ts';
import { drawSheet } from '../../server/press/draw-sheet.ts';
import { drawnSheet } from '../../server/press/sheet-texts.ts';
import type { Sheet } from '../../shared/sheet.ts';
import { launchBrowser } from '../kit/browser.ts';
import { everywhere, injections } from '../press/hostile-texts.ts';
import { flat, sheetLiteral } from '../press/sheet-literal.ts';
import { axeFaults } from './axe.ts';
import { out } from './wall-page.ts';

let browser: Browser;
let page: Page;
const asked: string[] = [];
const noise: string[] = [];
const ORIGIN = 'http://sheet.invalid/';

beforeAll(async () => {
	browser = await launchBrowser();
	page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
	page.on('request', (request) => {
		if (!request.url().startsWith('data:') && request.url() !== ORIGIN) asked.push(request.url());
	});
	page.on('console', (message) => noise.push(message.text()));
	page.on('dialog', (dialog) => dialog.dismiss());
});
afterAll(() => browser.close());

async function open(html: string): Promise<void> {
	await page.unroute(ORIGIN);
	await page.route(ORIGIN, (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
	await page.goto(ORIGIN);
	await page.evaluate(() => document.fonts.ready);
}

const hasRun = (): Promise<boolean> => page.evaluate(() => 'ran' in globalThis);
const full = sheetLiteral({ rehearsal: true, watermark: 'SOSTITUITO' });

describe('a sheet’s page', () => {
	it('shows an injection in every field as the letters that it is, and runs none', async () => {
		for (const [name, text] of injections) {
			// The page as it is written, without the check of what fits that would have refused most of these.
			const html = drawHtml(drawnSheet(everywhere(text)), null);
			await open(html);
			await page.locator('svg').first().click({ force: true });
			expect(await hasRun(), name).toBe(false);
			expect(await page.locator('h1').textContent(), name).toBe(flat(text));
			expect(await page.evaluate(() => document.querySelectorAll('script, iframe, object, embed, foreignObject, form, link').length), name).toBe(0);
		}
		expect([asked, noise]).toEqual([[], []]);
	});

	it('stops a script that got into it all the same', async () => {
		const { html } = await drawSheet(sheetLiteral(), 'wide');
		await open(
			html.replace('</body>', '<script>globalThis.ran=1</script><img src="https://elsewhere.example/x.png" onerror="globalThis.ran=1"></body>'),
		);
		expect(await hasRun()).toBe(false);
		expect(noise.splice(0).join()).toContain('Content Security Policy');
		asked.length = 0;
	});

	it.each([
		['it', sheetLiteral()],
		['en', sheetLiteral({}, 'en')],
		['rehearsed', full],
	] satisfies [string, Sheet][])('is clean to axe and asks for nothing (%s)', async (name, sheet) => {
		const { html } = await drawSheet(sheet, 'wide');
		expect(Buffer.byteLength(html)).toBeLessThan(150_000);
		await open(html);
		expect(await page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').length)).toBeGreaterThanOrEqual(3);
		await page.screenshot({ path: `${out}/press-${name}.png`, fullPage: true });
		const faults = await axeFaults(page);
		expect(faults).toEqual([]);
		expect(asked).toEqual([]);
	});

	it('is read in order: that it is a rehearsal, what it is, figures, words, curve, lists, who says it', async () => {
		await open((await drawSheet(full, 'wide')).html);
		const said = flat(await page.locator('body').innerText());
		const order = [
			'PROVA ·',
			'SOSTITUITO',
			full.title,
			full.subtitle,
			...full.heroes.flatMap(({ value, caption, note }) => [value, caption, note ?? '']),
			...full.sentences,
			'Dati trasferiti',
			...full.lists.flatMap(({ title, rows }) => [title, ...rows.map(({ label }) => label)]),
			full.footer.issuer,
			full.footer.verify,
			full.footer.digest,
			...full.notes,
		].map(flat);
		let from = 0;
		for (const text of order) {
			const at = said.indexOf(text, from);
			expect(at, text).toBeGreaterThanOrEqual(from);
			from = at;
		}
		expect(await page.evaluate(() => document.documentElement.lang)).toBe('it');
		expect(await page.locator('h1').count()).toBe(1);
		expect(await page.getByRole('table').count()).toBe(2);
		expect(await page.getByRole('rowheader', { name: 'Telemedicina e immagini condivise' }).count()).toBe(1);
		expect(await page.getByRole('img', { name: /Grafico: Dati trasferiti/ }).count()).toBe(1);
	});

	it('fits a telephone and a sheet of paper', async () => {
		await open((await drawSheet(full, 'wide')).html);
		await page.setViewportSize({ width: 360, height: 780 });
		await page.screenshot({ path: `${out}/press-phone.png`, fullPage: true });
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
		await page.setViewportSize({ width: 1280, height: 900 });
		const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
		expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(2);
	});
});
