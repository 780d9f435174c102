// What a wall loads before it shows its first board: code and style as they are sent, packed, and fonts apart.
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Board } from '../../shared/board.ts';
import { boardLiteral } from '../kit/board-literal.ts';
import { breakdownLiteral, breakdownNow, fortyServices, quietBoard } from '../kit/breakdown-literal.ts';
import { launchBrowser } from '../kit/browser.ts';
import { lazioBodies, lazioSites, siteFacts } from '../kit/er-literal.ts';
import { openStage } from '../kit/stage.ts';
import { openPage, settled, sizes } from './wall-page.ts';

const CODE_MAX = 120_000;
const FONTS_MAX = 40_000;

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

const region = (): Board => boardLiteral({ region: 'Lazio', bodies: lazioBodies, sites: lazioSites(() => ({})) });
const oneSite = (): Board =>
	boardLiteral({
		sites: {
			'san-martino': siteFacts('San Martino', 58, 64, { neighbours: ['galliera'] }),
			galliera: siteFacts('Galliera', 28, 36),
		},
	});

/** Over https browsers take brotli; `alsoGzip`: within the bound as plain http sends it, too. */
test.each([
	['/wall/cutover', 'a night without emergency rooms', boardLiteral, true],
	['/wall/cutover', 'a night with one', oneSite, false],
	['/wall/er', 'thirty-nine sites', region, false],
	['/wall/er', 'one site', oneSite, false],
	['/wall/incident', 'the third day, with its alarms', breakdownLiteral, false],
	['/wall/incident', 'a quiet night', quietBoard, false],
	['/wall/services', 'forty services', () => quietBoard(breakdownNow, { services: fortyServices() }), false],
] as const)('%s, %s: code and style at most 120 kB, fonts at most 40 kB, no Recharts', async (path, what, board, alsoGzip) => {
	const stage = await openStage(board());
	const { page, outside } = await openPage(browser, stage.address, path, sizes.wall[0]);
	await settled(page);
	// The scene, and the words of the first alarm, come after the strips.
	if (Object.keys(stage.board().alarms.active).length > 0) await page.waitForSelector('[data-alarm]');
	const files = [...new Set(stage.sent.values())];
	const code = files.filter((file) => /\.(js|css)$/.test(file));
	const sizeOf = (all: readonly string[], packed: string): number => all.reduce((sum, file) => sum + readFileSync(`${file}${packed}`).length, 0);
	const brotli = sizeOf(code, '.br');
	const gzip = sizeOf(code, '.gz');
	const fonts = sizeOf(
		files.filter((file) => file.endsWith('.woff2')),
		'',
	);
	const kB = (bytes: number): string => (bytes / 1000).toFixed(1);
	console.log(`${path}, ${what}: ${kB(brotli)} kB code and style as brotli, ${kB(gzip)} as gzip, ${kB(fonts)} kB fonts`);
	for (const file of code) expect(readFileSync(file).includes('recharts'), file).toBe(false);
	expect(brotli).toBeGreaterThan(0);
	expect(alsoGzip ? gzip : brotli).toBeLessThanOrEqual(CODE_MAX);
	expect(fonts).toBeGreaterThan(0);
	expect(fonts).toBeLessThanOrEqual(FONTS_MAX);
	expect(outside).toEqual([]);
	await page.context().close();
	await stage.close();
});
