// The wall and the desk of the emergency rooms in a real browser: readable at three displays, uncut, true to who reports, clean to axe, light.
// The pictures, of invented figures, are for looking at.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floorOf } from '../../client/views/display-size.ts';
import type { Board } from '../../shared/board.ts';
import type { SiteFacts } from '../../shared/board-er.ts';
import { isFull } from '../faults/kit/scale.ts';
import { archiveLiteral, boardLiteral, figure, literalNow, serviceLiteral, sourceLiteral } from '../kit/board-literal.ts';
import { launchBrowser } from '../kit/browser.ts';
import { catchingUp, censusLiteral, filling, lazioBodies, lazioSites, onPaper, silentCensus, siteFacts } from '../kit/er-literal.ts';
import { openStage } from '../kit/stage.ts';
import { axeFaults } from './axe.ts';
import { appearances, cutTexts, lettersOf, openPage, out, settled, sidewaysScroll } from './wall-page.ts';

const WALL = { width: 1920, height: 1080 };
const HOUR = 3_600_000;

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

const region = (change: (index: number) => Partial<SiteFacts> = () => ({})): Board =>
	boardLiteral({ region: 'Lazio', bodies: lazioBodies, sites: lazioSites(change) });

/** San Martino, whose system is moved, with its neighbours. */
const genoa = (rest: Partial<SiteFacts> = {}): Board =>
	boardLiteral({
		sites: {
			'san-martino': siteFacts('Pronto Soccorso San Martino', 58, 64, {
				short: 'San Martino',
				service: 'ps',
				neighbours: ['villa-scassi', 'galliera', 'gaslini'],
				...rest,
			}),
			'villa-scassi': siteFacts('Villa Scassi', 41, 36),
			galliera: siteFacts('Galliera', 28, 36),
			gaslini: siteFacts('Gaslini', 12, 20, silentCensus(12)),
		},
	});

/** One of each kind at once, so that every word finds its room. */
const mixed = (): Board =>
	region((index) =>
		index === 10
			? { census: censusLiteral(142), spaces: 120 }
			: index === 3
				? catchingUp(37)
				: index === 7
					? { diversion: { state: 'diverted', at: literalNow - HOUR, by: 'x' } }
					: index === 9
						? { ...silentCensus(30), diversion: { state: 'limited', at: literalNow - HOUR, by: 'x' } }
						: index === 24
							? onPaper(32)
							: index === 30
								? { ...onPaper(32), diversion: { state: 'limited', at: literalNow - HOUR, by: 'x' } }
								: index === 13
									? filling(9)
									: index === 14
										? filling(9, 41)
										: index === 15
											? { ...filling(9), diversion: { state: 'limited', at: literalNow - HOUR, by: 'x' } }
											: {},
	);

type Scene = readonly [name: string, board: Board, said: readonly string[], tiles: number];
const scenes: readonly Scene[] = [
	['39', region(), ['39 di 39'], 39],
	['one-blind', region((index) => (index === 9 ? silentCensus(30) : {})), ['38 di 39', 'nessun dato da 22 min'], 39],
	['one-on-paper', region((index) => (index === 24 ? onPaper(32) : {})), ['su carta 6 min', '38 di 39'], 39],
	['flood', region((index) => (index % 2 === 0 ? { spaces: 25, census: censusLiteral(38) } : { spaces: 90 })), ['1 di'], 39],
	['mixed', mixed(), ['36 di 39', 'si riempie', '118 altrove', 'recup'], 39],
	['all-blind', region(() => silentCensus(30)), ['0 di 39', 'nessun dato da 22 min'], 39],
	['one', genoa(), ['San Martino', 'oltre il tempo', 'Villa Scassi', 'nessun dato da 22 min'], 0],
	['one-paper', genoa(onPaper(58)), ['su carta dalle 22:13', 'prossimo conteggio 02:22', 'n.d.'], 0],
	['one-catch-up', genoa(catchingUp(58)), ['registrati 12 di 70'], 0],
	['one-blind-alone', genoa(silentCensus(58)), ['nessun dato da 22 min'], 0],
	[
		'three',
		boardLiteral({ region: 'Lazio', sites: Object.fromEntries(Object.entries(lazioSites((i) => (i === 1 ? onPaper(33) : {}))).slice(0, 3)) }),
		['su carta'],
		0,
	],
];

/** The scene comes after the strips. */
const drawn = async (page: Page): Promise<void> => {
	await page.waitForSelector('[data-tile="er-grid"] li, [data-tile="er-large"] h2');
	await settled(page);
};

/** Words that would run over one another, or out of their own box. */
const overlapping = (page: Page): Promise<string[]> =>
	page.evaluate(() => {
		const boxes = [
			...document.querySelectorAll(
				'[data-tile="er-sums"] dt, [data-tile="er-sums"] dd, [data-tile="truth-strip"] h1, [data-tile="truth-strip"] span',
			),
		]
			.filter((one) => one.closest('.for-ears') === null && one.textContent !== '' && one.getClientRects().length > 0)
			.map((one) => ({ one, at: one.getBoundingClientRect() }));
		const found = boxes.filter(({ at }) => at.right > window.innerWidth + 1 || at.left < -1).map(({ one }) => `out: ${one.textContent}`);
		for (const [i, a] of boxes.entries())
			for (const b of boxes.slice(i + 1)) {
				if (a.one.contains(b.one) || b.one.contains(a.one)) continue;
				const across = Math.min(a.at.right, b.at.right) - Math.max(a.at.left, b.at.left);
				const down = Math.min(a.at.bottom, b.at.bottom) - Math.max(a.at.top, b.at.top);
				if (across > 2 && down > a.at.height / 2) found.push(`${a.one.textContent} / ${b.one.textContent}`);
			}
		return found;
	});

/** The scene's name is whole, whatever stands beside it. */
const titleCut = (): boolean => {
	const title = document.querySelector('[data-tile="truth-strip"] h1');
	return title === null || title.scrollWidth > title.clientWidth;
};

/** What is cut at the side must not be cut below: the tail of a letter is a part of it. */
const tailsCut = (): (string | null)[] =>
	[...document.querySelectorAll('[data-tile="er-grid"] li > span:not(.for-ears)')]
		.filter((one) => one.scrollHeight > one.clientHeight && getComputedStyle(one).overflowY !== 'visible')
		.map((one) => one.textContent);

/** A tile's short name may be cut, for the plan chose it; no figure and no word of its state is. */
const cutInTiles = (page: Page): Promise<string[]> =>
	page.evaluate(() =>
		[...document.querySelectorAll<HTMLElement>('[data-tile="er-grid"] li')].flatMap((tile) =>
			[...tile.querySelectorAll<HTMLElement>('span:not(.for-ears)')]
				.filter((one, index) => {
					const isWide = index > 0 && one.clientWidth > 0 && one.scrollWidth > one.clientWidth;
					return isWide || one.getBoundingClientRect().bottom > tile.getBoundingClientRect().bottom || (index === 0 && one.clientHeight < 16);
				})
				.map((one) => `${tile.dataset.subject}: ${one.textContent}`),
		),
	);

const displays = Object.entries(boardLiteral().displays);
/** On every display at full scale; else on all of them where words are most crowded, and on the largest the rest. */
const everywhere = ['mixed', 'one-paper', 'all-blind'];

describe.each(scenes)('%s', (name, board, said, tiles) => {
	const here = displays.filter(([id]) => isFull || id === 'sala' || everywhere.includes(name));
	test(`on ${here.map(([id]) => id).join(', ')}: readable, whole, nothing over anything, no scroll, no error`, async () => {
		const stage = await openStage(board);
		const { page, errors, outside } = await openPage(browser, stage.address, `/wall/er?display=${here[0]?.[0]}`, WALL);
		for (const [id, display] of here) {
			if (id !== here[0]?.[0]) await page.goto(`${stage.address}/wall/er?display=${id}`);
			await drawn(page);
			const floor = (floorOf(display) * WALL.width) / 1920;
			const letters = await lettersOf(page);
			expect(letters.length).toBeGreaterThan(8);
			expect(
				letters.filter((one) => one.px < floor - 0.01),
				id,
			).toEqual([]);
			expect(await cutTexts(page), id).toEqual([]);
			expect(await overlapping(page), id).toEqual([]);
			expect(await cutInTiles(page), id).toEqual([]);
			expect(await page.evaluate(titleCut), id).toBe(false);
			expect(await page.evaluate(tailsCut), id).toEqual([]);
			expect(await sidewaysScroll(page), id).toBeLessThanOrEqual(0);
			expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight), id).toBeLessThanOrEqual(0);
			expect(await page.textContent('[data-badge="rehearsal"]')).toBe('PROVA');
			await page.screenshot({ path: `${out}/wall-er-${name}-${id}.png` });
			if (tiles > 0) {
				const shown = await page.locator('[data-tile="er-grid"] [data-subject]').count();
				const left = Number((await page.locator('[data-left]').count()) === 0 ? 0 : await page.locator('[data-left]').getAttribute('data-left'));
				expect(shown + left, id).toBe(tiles);
				if (id === 'sala') expect(left).toBe(0);
			}
			if (id !== 'sala') continue;
			const text = ((await page.textContent('body')) ?? '').replace(/\s+/g, ' ');
			for (const one of said) expect(text).toContain(one);
		}
		expect(errors).toEqual([]);
		expect(outside).toEqual([]);
		await page.context().close();
		await stage.close();
	});
});

test.each(appearances)('axe finds nothing on either wall nor on the desk’s pages, %s %s', async (lang, theme) => {
	for (const [board, paths] of [
		[mixed(), isFull || lang === 'it' ? ['/wall/er', '/er/anzio'] : ['/er']],
		[genoa(onPaper(58)), isFull || lang === 'en' ? ['/wall/er'] : []],
	] as const) {
		if (paths.length === 0) continue;
		const stage = await openStage(board);
		const context = await browser.newContext({ viewport: WALL });
		const page = await context.newPage();
		for (const path of paths) {
			await page.goto(`${stage.address}${path}?lang=${lang}&theme=${theme}`);
			await (path === '/wall/er' ? drawn(page) : settled(page));
			const faults = await axeFaults(page);
			expect([path, faults]).toEqual([path, []]);
			if (path === '/wall/er') {
				expect(await overlapping(page), `${lang} ${theme}`).toEqual([]);
				await page.screenshot({ path: `${out}/wall-er-${Object.keys(board.sites).length}-${lang}-${theme}.png` });
			}
		}
		await context.close();
		await stage.close();
	}
});

test('the title is whole beside the speed of a rehearsal too', async () => {
	for (const board of [region((index) => (index === 24 ? onPaper(32) : {})), genoa(onPaper(58))]) {
		const fast = await openStage(board, { speed: 60 });
		const { page } = await openPage(browser, fast.address, '/wall/er', WALL);
		for (const size of [WALL, { width: 1440, height: 900 }]) {
			await page.setViewportSize(size);
			await drawn(page);
			expect(await page.textContent('[data-tile="truth-strip"]')).toContain('×60');
			expect(await page.evaluate(titleCut)).toBe(false);
			expect(await overlapping(page)).toEqual([]);
		}
		await page.context().close();
		await fast.close();
	}
});

test('silence makes the wall blind by itself, tile by tile, with no message at all', async () => {
	const fast = await openStage(region(), { speed: 900 });
	const { page, errors } = await openPage(browser, fast.address, '/wall/er', WALL);
	await drawn(page);
	fast.hush();
	await page.waitForFunction(() => document.querySelectorAll('[data-tile="er-grid"] [data-standing="blind"]').length === 39);
	expect(await page.locator('[data-tile="er-grid"] [data-bar]').count()).toBe(0);
	expect(await page.textContent('[data-sum="present"] strong')).toBe('—');
	expect(errors).toEqual([]);
	await page.context().close();
	await fast.close();
});

/** Names that differ at their end alone are read to their end; so is what the foot says. */
const cutNames = (): (string | null)[] =>
	[...document.querySelectorAll('[data-tile="archives"] li > span:first-child, [data-tile="foot-strip"] p')]
		.filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible')
		.map((one) => one.textContent);

const commander = {
	who: { kind: 'person', name: 'x', isSession: true },
	duties: [{ role: 'commander' }],
	may: ['sites.mark', 'counts.make', 'marks.make'],
	own: {},
	ways: [],
	providerDown: false,
	unclaimed: false,
};

test.each([
	{ width: 1440, height: 900 },
	{ width: 390, height: 844 },
])('the desk at $width × $height: no error, no sideways scroll, every button large enough for a finger', async (size) => {
	const board = mixed();
	const today = figure(41_230, 60_000);
	const bookings = {
		expected: Array.from({ length: 24 }, (_, hour) => (hour < 7 || hour > 18 ? 0 : 5833)),
		growth: [97.2, today[1]] as const,
		byHour: Object.fromEntries(
			Array.from({ length: 25 }, (_, i) => [Math.floor(literalNow / 3_600_000) - 25 + i, i < 22 ? 2000 * i : 150 * (i - 21)]),
		),
	};
	const recup = serviceLiteral('RECUP', 4, { figures: { up: figure(1), bookings: today }, bookings, planned: [], stoppedAt: null });
	const archives = Object.fromEntries(
		[1, 2, 3].map((one) => [`cup-${one}`, archiveLiteral({ label: `Prenotazioni ASL Roma ${one}`, total: 50, moved: 25, verified: 20 })]),
	);
	const adt = sourceLiteral('Messaggi ADT', 'hl7');
	const stage = await openStage({ ...board, archives, services: { ...board.services, recup }, sources: { ...board.sources, adt } });
	const { page, errors } = await openPage(browser, stage.address, '/services', size);
	await page.route('**/api/me', (route) => route.fulfill({ json: commander }));
	for (const path of ['/er', '/er/anzio', '/er/pertini', '/', '/services', ...(isFull ? ['/er/vannini', '/er/san-giovanni'] : [])]) {
		await page.goto(stage.address + path);
		await settled(page);
		if (path.startsWith('/er/')) await page.waitForSelector('[data-tile="er-acts"] button');
		if (path.startsWith('/er/')) await page.waitForSelector('[data-tile="er-trend"] .recharts-bar path');
		expect(await sidewaysScroll(page), path).toBeLessThanOrEqual(0);
		expect(await page.evaluate(cutNames), path).toEqual([]);
		expect(
			await page.evaluate(
				() =>
					[...document.querySelectorAll('[data-tile^="er-"] table')].filter((one) => one.scrollWidth > (one.parentElement?.clientWidth ?? 0) + 1)
						.length,
			),
			path,
		).toBe(0);
		const small = await page
			.locator('[data-tile="er-acts"] button, [data-tile="er-acts"] input')
			.evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 39).length);
		expect(small, path).toBe(0);
		await page.screenshot({ path: `${out}/desk-er${path.replaceAll('/', '-')}-${size.width}.png`, fullPage: true });
	}
	expect(errors).toEqual([]);
	await page.context().close();
	await stage.close();
});
