// The wall in a real browser: readable from where it is seen, true in silence, clean to axe, and marked as a rehearsal.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floorOf } from '../../client/views/display-size.ts';
import { archiveLiteral, boardLiteral, withSilentArchive } from '../kit/board-literal.ts';
import { launchBrowser } from '../kit/browser.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { axeFaults } from './axe.ts';
import { appearances, cutTexts, lettersOf, openPage, out, settled, sidewaysScroll, sizes } from './wall-page.ts';

let browser: Browser;
let stage: Stage;
beforeAll(async () => {
	browser = await launchBrowser();
	stage = await openStage(boardLiteral());
});
afterAll(async () => {
	await browser.close();
	await stage.close();
});

describe.each(sizes.wall)('at $width × $height', (size) => {
	test.each(Object.keys(boardLiteral().displays))('display %s: every text is at its floor or above, nothing is cut, nothing scrolls', async (id) => {
		const { page, errors, outside } = await openPage(browser, stage.address, `/wall/cutover?display=${id}`, size);
		await settled(page);
		const display = boardLiteral().displays[id];
		const floor = display === undefined ? 0 : (floorOf(display) * size.width) / 1920;
		const letters = await lettersOf(page);
		expect(letters.length).toBeGreaterThan(20);
		expect(letters.filter((one) => one.px < floor - 0.01)).toEqual([]);
		expect(await cutTexts(page)).toEqual([]);
		expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
		expect(await page.textContent('[data-badge="rehearsal"]')).toBe('PROVA');
		await page.screenshot({ path: `${out}/wall-${id}-${size.width}.png` });
		expect(errors).toEqual([]);
		expect(outside).toEqual([]);
		await page.close();
	});
});

test.each(appearances)('axe finds nothing, %s %s, with a silent archive', async (lang, theme) => {
	const silent = await openStage(withSilentArchive(boardLiteral(), 'ps-immagini', 22 * 60_000));
	const context = await browser.newContext({ viewport: sizes.wall[0] });
	const page = await context.newPage();
	await page.goto(`${silent.address}/wall/cutover?lang=${lang}&theme=${theme}`);
	await settled(page);
	expect(await page.getAttribute('html', 'lang')).toBe(lang);
	expect(await axeFaults(page)).toEqual([]);
	await page.screenshot({ path: `${out}/wall-silent-${lang}-${theme}.png` });
	await context.close();
	await silent.close();
});

test('silence veils the wall with no message at all, and leaves the last values', async () => {
	// At sixty times the speed a minute of silence passes in a second.
	const fast = await openStage(boardLiteral(), { speed: 60 });
	const { page, errors } = await openPage(browser, fast.address, '/wall/cutover', sizes.wall[0]);
	await settled(page);
	fast.hush();
	await page.waitForSelector('[data-tile="moved"][data-standing="blind"]');
	expect(await page.locator('[data-tile="archives"] [data-standing="blind"]').count()).toBeGreaterThan(0);
	expect(await page.locator('[data-tile="archives"] [data-shape="confirmed"], [data-tile="services"] [data-shape="confirmed"]').count()).toBe(0);
	expect(await page.textContent('[data-tile="moved"]')).toMatch(/32,3.*Cartella documenti, 1 min fa/);
	await page.waitForSelector('[data-stream="late"]');
	expect(await cutTexts(page)).toEqual([]);
	await page.screenshot({ path: `${out}/wall-hushed.png` });
	expect(errors).toEqual([]);
	await page.close();
	await fast.close();
});

test('a lost connection is said, the board stays, and it comes back by itself', async () => {
	const first = await openStage(boardLiteral());
	const { page } = await openPage(browser, first.address, '/wall/cutover', sizes.wall[0]);
	await settled(page);
	const port = Number(new URL(first.address).port);
	await first.close();
	await page.waitForFunction(() => document.querySelector('[data-tile="truth-strip"]')?.textContent?.includes('collegamento perso'));
	expect(await page.textContent('[data-tile="moved"]')).toContain('32,3');
	const second = await openStage(boardLiteral({ rehearsal: false }), { port });
	await page.waitForFunction(() => !document.querySelector('[data-tile="truth-strip"]')?.textContent?.includes('PROVA'), undefined, {
		timeout: 20_000,
	});
	expect(await page.locator('[data-stream="fresh"]').count()).toBe(1);
	await page.close();
	await second.close();
});

test('thirty archives: worst first, fewer rows, and how many are left out', async () => {
	const many = Object.fromEntries(
		Array.from({ length: 30 }, (_, i) => [`archivio-${i}`, archiveLiteral({ label: `Archivio ${i + 1}`, total: 5, moved: 3 + i / 20, verified: 2 })]),
	);
	const crowded = await openStage(withSilentArchive(boardLiteral({ archives: many }), 'archivio-29', 22 * 60_000));
	const { page } = await openPage(browser, crowded.address, '/wall/cutover', sizes.wall[0]);
	await settled(page);
	const shown = await page.locator('[data-tile="archives"] [data-subject]').count();
	expect(shown).toBeGreaterThan(3);
	expect(await page.locator('[data-tile="archives"] [data-subject]').first().getAttribute('data-subject')).toBe('archive/archivio-29');
	expect(await page.textContent('[data-tile="archives"]')).toContain(`non mostrati: ${30 - shown}`);
	expect(await cutTexts(page)).toEqual([]);
	await page.screenshot({ path: `${out}/wall-thirty.png` });
	await page.close();
	await crowded.close();
});

test('a refused screen asks for a token, and a wrong address says so', async () => {
	const shut = await openStage(boardLiteral(), { refuse: true });
	const { page } = await openPage(browser, shut.address, '/wall/cutover', sizes.wall[0]);
	await page.waitForSelector('#sign-in-token');
	expect(await axeFaults(page)).toEqual([]);
	await page.screenshot({ path: `${out}/wall-sign-in.png` });
	await page.goto(`${shut.address}/wall/altro`);
	await page.waitForSelector('h1');
	expect(await page.textContent('h1')).toBe('Pagina non trovata');
	await page.close();
	await shut.close();
});
