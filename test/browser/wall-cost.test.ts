// What the wall costs: script a second of live updates (measured and told, not asserted on absolute time).
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Board, Figure } from '../../shared/board.ts';
import { archiveLiteral, boardLiteral } from '../kit/board-literal.ts';
import { launchBrowser } from '../kit/browser.ts';
import { openStage } from '../kit/stage.ts';
import { openPage, settled, sizes } from './wall-page.ts';

const SCRIPT_GOAL_MS = 50;
const SECONDS = 10;

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Every archive moved on, as a busy second of the night brings it. */
function movedOn(board: Board, now: number): Board {
	const archives = Object.entries(board.archives).map(([id, one]) => {
		const figures = Object.entries(one.figures).map(([name, figure]) => {
			const grows = name === 'bytesMoved' || name === 'bytesVerified';
			return [name, [(figure[0] ?? 0) + (grows ? 12e9 : 0), now - 150, now - 100] satisfies Figure];
		});
		return [id, { ...one, figures: Object.fromEntries(figures), advancedAt: now - 100, rate: [1.1e9 + (now % 97) * 1e6, now] as const }];
	});
	return { ...board, archives: Object.fromEntries(archives) };
}

test('script a second of live updates, thirty archives all moving', async () => {
	const many = Object.fromEntries(
		Array.from({ length: 30 }, (_, i) => [`archivio-${i}`, archiveLiteral({ label: `Archivio ${i + 1}`, total: 5, moved: 2 + i / 30, verified: 1 })]),
	);
	const stage = await openStage(boardLiteral({ archives: many }));
	const { page } = await openPage(browser, stage.address, '/wall/cutover', sizes.wall[0]);
	await settled(page);
	const before = await page.textContent('[data-tile="archives"]');
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable');
	const measure = async (): Promise<Record<string, number>> =>
		Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map((one) => [one.name, one.value]));
	const live = setInterval(() => stage.show(movedOn(stage.board(), stage.now())), 1000);
	await page.waitForTimeout(2000);
	const from = await measure();
	await page.waitForTimeout(SECONDS * 1000);
	const to = await measure();
	clearInterval(live);
	const perSecond = (name: string): number => (((to[name] ?? 0) - (from[name] ?? 0)) * 1000) / SECONDS;
	console.log(
		`wall, a second of live updates: ${perSecond('ScriptDuration').toFixed(1)} ms script (goal ${SCRIPT_GOAL_MS}), ` +
			`${perSecond('TaskDuration').toFixed(1)} ms main thread, ${perSecond('LayoutDuration').toFixed(1)} ms layout; heap ${((to.JSHeapUsedSize ?? 0) / 1e6).toFixed(1)} MB`,
	);
	expect(await page.textContent('[data-tile="archives"]')).not.toBe(before);
	await page.close();
	await stage.close();
});
