// The runbook's pages in a real browser: three sizes, both themes, both languages.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boardLiteral } from '../kit/board-literal.ts';
import { launchBrowser } from '../kit/browser.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { axeFaults } from './axe.ts';
import { ghostLiteral } from './runbook-plan.ts';
import { appearances, deskSizes, openPage, out, settled, sidewaysScroll, sizes } from './wall-page.ts';

const pages = ['/runbook', '/runbook?view=gantt', '/runbook/amb-11', '/gates', '/since'];

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

const ready = async (page: Page, path: string): Promise<void> => {
	await page.waitForSelector('[data-tile="truth-strip"] [data-stream]');
	await page.waitForSelector(path.startsWith('/since') ? 'form[class*="choose"]' : 'main section');
	await page.evaluate(async () => {
		await document.fonts.ready;
	});
};

/** How far a running task's bar reaches past the line of now: both are laid by the same time. */
const pastNowPx = (page: Page, task: string): Promise<number> =>
	page.evaluate((id) => {
		const bars = [...document.querySelectorAll(`[data-gantt] [data-task="${id}"] rect[class*="actual"]`)];
		const line = document.querySelector('[data-line="nowLine"]');
		return (bars[0]?.getBoundingClientRect().right ?? 0) - (line?.getBoundingClientRect().left ?? 1e6);
	}, task);

describe.each(deskSizes)('at $width × $height', (size) => {
	test.each(pages)('%s: no error, no sideways scroll, PROVA', async (path) => {
		const { page, errors, outside } = await openPage(browser, stage.address, path, size);
		await ready(page, path);
		expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
		expect(await page.textContent('[data-badge="rehearsal"]')).toBe('PROVA');
		if (path.endsWith('gantt')) expect(Math.abs(await pastNowPx(page, 'amb-11'))).toBeLessThan(3);
		await page.screenshot({ path: `${out}/desk${path.replaceAll(/[/?=]/g, '-')}-${size.width}.png`, fullPage: size.width < 500 });
		expect(errors).toEqual([]);
		expect(outside).toEqual([]);
		await page.context().close();
	});
});

test.each(appearances)('axe finds nothing on any page, %s %s', async (lang, theme) => {
	const context = await browser.newContext({ viewport: sizes.desk[1] });
	const page = await context.newPage();
	for (const path of pages) {
		await page.goto(`${stage.address}${path}${path.includes('?') ? '&' : '?'}lang=${lang}&theme=${theme}`);
		await ready(page, path);
		const faults = await axeFaults(page);
		expect([path, faults]).toEqual([path, []]);
		if (lang === 'en') await page.screenshot({ path: `${out}/desk${path.replaceAll(/[/?=]/g, '-')}-${lang}-${theme}.png` });
	}
	await context.close();
});

test('the table opens where the night is, is filtered, and says how many it shows', async () => {
	const { page } = await openPage(browser, stage.address, '/runbook', sizes.desk[1]);
	await settled(page);
	await page.waitForSelector('[data-task="amb-11"]');
	await page.getByLabel('Stato').selectOption('late');
	await page.waitForFunction(() => document.querySelectorAll('[role="grid"] [data-task]').length === 2);
	expect(await page.textContent('[data-tile="runbook"]')).toContain('2 di 94');
	await page.getByLabel('Stato').selectOption('all');
	await page.getByLabel('Cerca').fill('prova di scrittura');
	await page.waitForFunction(() => document.querySelectorAll('[role="grid"] [data-task]').length === 6);
	await page.getByLabel('Filone').selectOption('Ambulatori');
	await page.waitForFunction(() => document.querySelectorAll('[role="grid"] [data-task]').length === 1);
	await page.getByRole('button', { name: 'Diagramma' }).click();
	await page.waitForFunction(() => document.querySelectorAll('[data-gantt] [data-task]').length === 1);
	expect(await page.textContent('[data-gantt]')).toContain('stima');
	await page.context().close();
});

test('a task leads on to what it waits for, and the forecast to its chain', async () => {
	const { page } = await openPage(browser, stage.address, '/runbook', sizes.desk[1]);
	await settled(page);
	await page.locator('[data-tile="forecast"]').getByRole('link', { name: 'Ambulatori: avvio applicativo' }).click();
	await page.getByRole('heading', { name: 'Ambulatori: avvio applicativo' }).waitFor();
	expect(await page.textContent('[data-tile="task"]')).toMatch(/metà delle volte 30 min, quasi sempre entro 40 min.*Rete: configurazione rete/);
	await page.locator('[data-tile="task"]').getByRole('link', { name: 'Rete: configurazione rete' }).click();
	await page.getByRole('heading', { name: 'Rete: configurazione rete' }).waitFor();
	expect(new URL(page.url()).pathname).toBe('/runbook/rete-9');
	await page.context().close();
});

test('the rehearsal lies under an archive’s course and under a task’s bar, at the same T+', async () => {
	const beside = await openStage(boardLiteral({ ghost: ghostLiteral() }));
	const { page, errors } = await openPage(browser, beside.address, '/archives/cce-documenti', sizes.desk[1]);
	await page.waitForSelector('.recharts-line path');
	expect(await page.locator('.recharts-line').count()).toBe(3);
	const band = await page.locator('.recharts-area-area').evaluate((path) => path.getBoundingClientRect().width);
	expect(band).toBeGreaterThan(30);
	expect(await page.textContent('[data-tile="archive-chart"]')).toContain('prova');
	expect(await page.textContent('[data-tile="archive-moved"]')).toMatch(/sulla prova: in (anticipo|ritardo) di/);
	await page.screenshot({ path: `${out}/desk-archive-ghost.png` });
	expect(errors).toEqual([]);
	await page.goto(`${beside.address}/runbook?view=gantt`);
	await page.waitForSelector('[data-gantt] [data-task="amb-11"]');
	await page.screenshot({ path: `${out}/desk-gantt-ghost.png` });
	await page.context().close();
	await beside.close();
});

test('a busy night since its beginning is handed over on one sheet', async () => {
	const { page } = await openPage(browser, stage.address, '/since', sizes.desk[1]);
	const before = boardLiteral({ marks: { count: 0, rows: {} }, gates: {}, forecast: null, tasks: {} });
	await page.route('**/api/board?at=*', (route) => route.fulfill({ json: { facts: before } }));
	await page.reload();
	await page.waitForSelector('[data-tile="since-figures"]');
	expect(await page.textContent('[data-tile="since-tasks"]')).toMatch(/Concluse 67.*non mostrate: 55/);
	await page.screenshot({ path: `${out}/desk-since-busy.png`, fullPage: true });
	const sheet = await page.pdf({ preferCSSPageSize: true, path: `${out}/since-busy.pdf` });
	expect(sheet.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
	await page.emulateMedia({ media: 'print' });
	await page.setViewportSize({ width: 703, height: 1032 });
	await page.screenshot({ path: `${out}/since-busy-print.png` });
	await page.context().close();
});
