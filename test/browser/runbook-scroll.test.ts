// Two thousand tasks that scroll, in a real browser: as a table and as a Gantt chart, beside an empty page's frames.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { scaled } from '../faults/kit/scale.ts';
import { launchBrowser } from '../kit/browser.ts';
import { openStage } from '../kit/stage.ts';
import { longBoard } from './runbook-plan.ts';
import { openPage, out, settled, sizes } from './wall-page.ts';

const TASKS = 2000;
const FRAMES = scaled(300, 100);

type Scrolled = { readonly frames: number; readonly long: number; readonly worstMs: number; readonly seconds: number; readonly rowsAtMost: number };

/** Scrolls an element from its top to its end, a step a frame, and keeps account of the frames. */
const scrollThrough = (page: Page, selector: string, rows: string, frames: number): Promise<Scrolled> =>
	page.evaluate(
		async ({ selector, rows, frames }) => {
			const box = document.querySelector(selector);
			if (box === null) throw new Error(`nothing at ${selector}`);
			const gaps: number[] = [];
			let rowsAtMost = 0;
			let last = performance.now();
			const from = last;
			for (let frame = 0; frame <= frames; frame += 1) {
				box.scrollTop = ((box.scrollHeight - box.clientHeight) * frame) / frames;
				await new Promise((resolve) => requestAnimationFrame(resolve));
				const now = performance.now();
				gaps.push(now - last);
				last = now;
				rowsAtMost = Math.max(rowsAtMost, document.querySelectorAll(rows).length);
			}
			const long = gaps.filter((gap) => gap > 34).length;
			return { frames: gaps.length, long, worstMs: Math.round(Math.max(...gaps)), seconds: (last - from) / 1000, rowsAtMost };
		},
		{ selector, rows, frames },
	);

const told = ({ frames, long, worstMs, seconds, rowsAtMost }: Scrolled): string =>
	`${(frames / seconds).toFixed(1)} frames a second, ${long} of ${frames} longer than two frames, the longest ${worstMs} ms, at most ${rowsAtMost} rows drawn`;

test(`${TASKS} tasks scroll: only the rows in sight are drawn, and frames are hardly longer than on an empty page`, async () => {
	const browser = await launchBrowser();
	const long = await openStage(longBoard(TASKS));
	const { page } = await openPage(browser, long.address, '/runbook', sizes.desk[1]);
	const scrollEmpty = async (): Promise<Scrolled> => {
		await page.setContent('<div id="box" style="height:400px;overflow:auto"><div style="height:80000px"></div></div>');
		return scrollThrough(page, '#box', '.none', FRAMES);
	};
	const empty = await scrollEmpty();
	await page.goto(`${long.address}/runbook`);
	await settled(page);
	await page.waitForSelector('[role="grid"] [data-task]');
	const table = await scrollThrough(page, '[role="grid"]', '[role="grid"] [data-task]', FRAMES);
	expect(await page.getAttribute('[role="grid"]', 'aria-rowcount')).toBe(String(TASKS + 1));
	await page.waitForSelector(`[role="grid"] [data-task="t-${TASKS - 1}"]`);
	await page.screenshot({ path: `${out}/desk-runbook-long.png` });
	await page.goto(`${long.address}/runbook?view=gantt`);
	await page.waitForSelector('[data-gantt] [data-task]');
	const gantt = await scrollThrough(page, '[data-gantt]', '[data-gantt] [data-task]', FRAMES);
	await page.waitForSelector(`[data-gantt] [data-task="t-${TASKS - 1}"]`);
	await page.screenshot({ path: `${out}/desk-gantt-long.png` });
	const emptyAgain = await scrollEmpty();
	console.log(
		`an empty page: ${told(empty)}; again: ${told(emptyAgain)}\n${TASKS} tasks as a table: ${told(table)}\n${TASKS} tasks as a Gantt chart: ${told(gantt)}`,
	);
	expect(table.rowsAtMost).toBeGreaterThan(5);
	expect(table.rowsAtMost).toBeLessThan(80);
	expect(gantt.rowsAtMost).toBeGreaterThan(5);
	expect(gantt.rowsAtMost).toBeLessThan(80);
	// Beside the empty page's own: a machine that is busy is busy for both.
	const allowed = Math.max(empty.long, emptyAgain.long) + FRAMES * 0.15;
	expect(table.long).toBeLessThanOrEqual(allowed);
	expect(gantt.long).toBeLessThanOrEqual(allowed);
	await browser.close();
	await long.close();
});
