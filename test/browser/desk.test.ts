// The desk in a real browser: every page, three sizes, both themes, both languages.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boardLiteral, withSilentArchive } from '../kit/board-literal.ts';
import { launchBrowser } from '../kit/browser.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { axeFaults } from './axe.ts';
import { appearances, deskSizes, openPage, out, settled, sidewaysScroll, sizes } from './wall-page.ts';

const pages = ['/', '/archives', '/archives/cce-documenti', '/services', '/sources'];

let browser: Browser;
let stage: Stage;
beforeAll(async () => {
	browser = await launchBrowser();
	stage = await openStage(withSilentArchive(boardLiteral(), 'ps-immagini', 22 * 60_000));
});
afterAll(async () => {
	await browser.close();
	await stage.close();
});

describe.each(deskSizes)('at $width × $height', (size) => {
	test.each(pages)('%s: no error, no sideways scroll, PROVA', async (path) => {
		const { page, errors, outside } = await openPage(browser, stage.address, path, size);
		await settled(page);
		if (path.startsWith('/archives/')) await page.waitForSelector('.recharts-line path');
		expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
		expect(await page.textContent('[data-badge="rehearsal"]')).toBe('PROVA');
		await page.screenshot({ path: `${out}/desk${path.replaceAll('/', '-')}-${size.width}.png`, fullPage: size.width < 500 });
		expect(errors).toEqual([]);
		expect(outside).toEqual([]);
		await page.close();
	});
});

test('axe sees what is broken', async () => {
	const page = await browser.newPage();
	await page.setContent('<main><img src="/x.png"><p style="color:#999;background:#fff">grigio su bianco</p></main>');
	const found = (await axeFaults(page)).map(([rule]) => rule);
	expect(found).toEqual(expect.arrayContaining(['image-alt', 'color-contrast', 'html-has-lang']));
	await page.close();
});

test.each(appearances)('axe finds nothing on any page, %s %s', async (lang, theme) => {
	const context = await browser.newContext({ viewport: sizes.desk[1] });
	const page = await context.newPage();
	for (const path of pages) {
		await page.goto(`${stage.address}${path}?lang=${lang}&theme=${theme}`);
		await settled(page);
		const faults = await axeFaults(page);
		expect([path, faults]).toEqual([path, []]);
	}
	await context.close();
});

test('language and appearance are switched by keyboard and remembered', async () => {
	const { page } = await openPage(browser, stage.address, '/', sizes.desk[1]);
	await settled(page);
	await page.keyboard.press('Tab');
	expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
	await page.getByRole('button', { name: 'EN' }).press('Enter');
	await page.getByRole('button', { name: 'Light' }).press('Enter');
	await page.reload();
	await settled(page);
	expect(await page.getAttribute('html', 'lang')).toBe('en');
	expect(await page.getAttribute('html', 'data-theme')).toBe('light');
	await page.getByRole('link', { name: 'Archives' }).click();
	await page.getByRole('link', { name: 'Cartella documenti' }).click();
	await page.waitForSelector('.recharts-line path');
	expect(new URL(page.url()).pathname).toBe('/archives/cce-documenti');
	await page.close();
});

test('an archive that is not in the plan, and a page that is not there, are said', async () => {
	const { page } = await openPage(browser, stage.address, '/archives/niente', sizes.desk[1]);
	await page.getByText('Questo archivio non è nel piano.').waitFor();
	await page.goto(`${stage.address}/niente`);
	expect(await page.textContent('h1')).toBe('Pagina non trovata');
	await page.close();
});
