// What the wall of services has room for: the words of both sides whole, and a strip above that stays as high as it is while the link is lost.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServiceFacts } from '../../shared/board.ts';
import { blindLiteral, breakdownNow, quietBoard, upService } from '../kit/breakdown-literal.ts';
import { launchBrowser } from '../kit/browser.ts';
import { openStage } from '../kit/stage.ts';
import { openPage, out, settled, sizes } from './wall-page.ts';

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

const seen = (value: 0 | 1) => [value, breakdownNow - 2000, breakdownNow - 2000] as const;
const figures = (upOld: 0 | 1, upNew: 0 | 1, writeOld: 0 | 1, writeNew: 0 | 1): ServiceFacts['figures'] => ({
	upOld: seen(upOld),
	upNew: seen(upNew),
	writeOld: seen(writeOld),
	writeNew: seen(writeNew),
});

test.each(sizes.wall)('the state and the writes of each service are whole at $width', async (size) => {
	const services = {
		ps: upService('Pronto Soccorso', 1, breakdownNow, { figures: figures(1, 1, 1, 1) }),
		cce: upService('Cartella clinica elettronica', 2, breakdownNow, { figures: figures(0, 1, 0, 0) }),
		anagrafe: upService('Anagrafe assistiti', 3, breakdownNow, { figures: figures(1, 1, 0, 1) }),
		ricetta: upService('Ricetta dematerializzata', 4, breakdownNow, { figures: figures(0, 1, 0, 1) }),
	};
	const stage = await openStage(quietBoard(breakdownNow, { services }), { startAt: breakdownNow });
	const { page } = await openPage(browser, stage.address, '/wall/services', size);
	await settled(page);
	await page.waitForSelector('main tbody tr');
	await page.screenshot({ path: `${out}/wall-services-sides-${size.width}.png` });
	const text = await page.textContent('main table');
	for (const said of ['entrambe le sedi accettano scritture', 'risponde ma non accetta scritture', 'non accetta']) expect(text).toContain(said);
	const cut = await page.$$eval('main tbody :is(td, th)', (all) =>
		all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent),
	);
	expect(cut).toEqual([]);
	await page.context().close();
	await stage.close();
});

test.each([
	...sizes.wall.map(({ width, height }) => ['/wall/services', width, height] as const),
	...sizes.desk.map(({ width, height }) => ['/services', width, height] as const),
])('of a Regia that does not see, %s at %i says so on two lines at most once its link is lost, and moves nothing', async (path, width, height) => {
	const stage = await openStage(blindLiteral(), { startAt: breakdownNow });
	const { page } = await openPage(browser, stage.address, path, { width, height });
	await page.waitForSelector('[data-observer="blind"]');
	const strip = () =>
		page.$eval('[data-tile="truth-strip"]', (header) => {
			const blind = header.querySelector('[data-observer]') as HTMLElement;
			const { top, bottom, height } = blind.getBoundingClientRect();
			const around = header.getBoundingClientRect();
			const lines = height / Number.parseFloat(getComputedStyle(blind).lineHeight);
			return { lines: Math.round(lines), isInside: top >= around.top && bottom <= around.bottom, height: around.height };
		});
	const before = await strip();
	await stage.close();
	await page.waitForSelector('[data-stream="late"]');
	const after = await strip();
	expect(after).toMatchObject({ lines: 2, isInside: true });
	expect(after.height).toBeLessThanOrEqual(before.height);
	expect(await page.textContent('[data-observer]')).toContain('Regia non vede: nessun controllo risponde da 22 min');
	await page.context().close();
});
