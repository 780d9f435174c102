// The walls of failures in a real browser: readable at three displays, uncut, true to who knows what, clean to axe. The pictures, of invented
// figures, are for looking at.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floorOf } from '../../client/views/display-size.ts';
import type { Board } from '../../shared/board.ts';
import { isFull } from '../faults/kit/scale.ts';
import { boardLiteral } from '../kit/board-literal.ts';
import {
	blindLiteral,
	breakdownLiteral,
	breakdownNow,
	clockLiteral,
	dependantLiteral,
	firstMinutesLiteral,
	firstMinutesNow,
	floodLiteral,
	floodNow,
	fortyServices,
	incidentLiteral,
	longNamesLiteral,
	migrationLiteral,
	quietBoard,
	stormLiteral,
} from '../kit/breakdown-literal.ts';
import { launchBrowser } from '../kit/browser.ts';
import { openStage } from '../kit/stage.ts';
import { axeFaults } from './axe.ts';
import { appearances, cutTexts, lettersOf, openPage, out, settled, sidewaysScroll } from './wall-page.ts';

const WALL = { width: 1920, height: 1080 };

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

type Scene = readonly [name: string, path: string, board: () => Board, now: number, said: readonly (string | RegExp)[], unsaid: readonly string[]];
const scenes: readonly Scene[] = [
	[
		'third-day',
		'/wall/incident',
		breakdownLiteral,
		breakdownNow,
		[
			'Fascicolo Sanitario · portale non raggiungibile',
			'Fermo da',
			'2 giorni 15:42',
			'non è un attacco',
			'superata da 39:42',
			'fra 8:17',
			'7.812 bloccati',
			'3.010 bloccate',
			/operativi, visti 4\d s fa/,
			'Altro gestore, visto 1 min fa',
			'41,2 °C',
			'ancora vero',
			'smentito dai dati',
			'Avvisare chi riceve il flusso',
		],
		['non si sa'],
	],
	[
		'first-minutes',
		'/wall/incident',
		firstMinutesLiteral,
		firstMinutesNow,
		['Nessun incidente aperto', '30,5 °C', 'limite fra 75 min', '+7,6 °C/h', 'Chiamare il gestore della sala'],
		['bloccati', 'bloccate'],
	],
	['quiet', '/wall/incident', quietBoard, breakdownNow, ['Nessun incidente aperto', '22,4 °C', 'Nessuna segnalazione'], ['bloccati', 'bloccate']],
	[
		'blind',
		'/wall/incident',
		blindLiteral,
		breakdownNow,
		['Regia non vede', 'non si sa, nessun dato da 22 min', 'nessun dato da 22 min', 'Controllare rete e server di Regia'],
		['operativi', 'bloccati', 'bloccate'],
	],
	['flood', '/wall/incident', floodLiteral, floodNow, [/1 causa43 allarmi/, 'CED Milano: temperatura oltre il limite'], []],
	['storm', '/wall/incident', stormLiteral, floodNow, ['5 cause', '9 allarmi'], []],
	['migration', '/wall/incident', migrationLiteral, breakdownNow, ['sede attuale', 'sede nuova'], []],
	['long-names', '/wall/incident', longNamesLiteral, breakdownNow, ['altri aperti'], []],
	[
		'third-day',
		'/wall/services',
		breakdownLiteral,
		breakdownNow,
		['Portale Fascicolo Sanitario', 'fermo da sab 19:00', /63:4[12] di 8:00/, 'nessun dato da 22 min'],
		[],
	],
	['quiet', '/wall/services', quietBoard, breakdownNow, ['Nell’ordine di ripristino', 'regolari 5'], ['guasti']],
	[
		'forty',
		'/wall/services',
		() => quietBoard(breakdownNow, { services: fortyServices() }),
		breakdownNow,
		['guasti 6', 'fermi previsti 1', 'fermo previsto 0:40'],
		[],
	],
	['blind', '/wall/services', blindLiteral, breakdownNow, ['Regia non vede', 'non si sa 5', 'nessun dato da 22 min'], ['risponde']],
	['night', '/wall/services', boardLiteral, 0, ['nuova', 'fermo previsto da'], []],
];

const drawn = async (page: Page, path: string, hasAlarms: boolean): Promise<void> => {
	await page.waitForSelector(path === '/wall/incident' ? '[data-tile="said"] h2' : '[data-tile="services-wall"] h2');
	await page.waitForSelector(hasAlarms ? '[data-alarm]' : '[data-tile="foot-strip"]');
	await settled(page);
};

/** The foot's words are whole: its names, what to do, and how many. */
const cutFoot = (): (string | null)[] =>
	[...document.querySelectorAll('[data-tile="foot-strip"] p')]
		.filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible')
		.map((one) => one.textContent);

/** No word of a list is cut at its side, but for a sentence that was said. */
const cutRows = (): (string | null)[] =>
	[...document.querySelectorAll<HTMLElement>('main li > span, main th > span, main td > span, main [class*="figure"], main [class*="line"]')]
		.filter(
			(one) =>
				one.closest('[data-statement], [data-people], .for-ears, svg') === null && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0,
		)
		.filter(
			(one) =>
				getComputedStyle(one).overflowX !== 'visible' ||
				one.getBoundingClientRect().right > (one.closest('[data-tile]')?.getBoundingClientRect().right ?? 0),
		)
		.map((one) => one.textContent);

/** Words beside one another that run into each other. */
const overlapping = (): string[] => {
	const boxes = [
		...document.querySelectorAll('main li > span, main td > span, main th > span, [data-tile="temperature"] span, header h1, header span, footer p'),
	]
		.filter(
			(one) => one.closest('.for-ears') === null && one.textContent !== '' && one.getClientRects().length > 0 && one.querySelector('span') === null,
		)
		.map((one) => ({ one, at: one.getBoundingClientRect(), clip: one.parentElement?.getBoundingClientRect() }))
		// What has dropped below its line's edge is not seen.
		.filter(({ at, clip }) => clip === undefined || at.top < clip.bottom - 2);
	const found = boxes.filter(({ at }) => at.right > window.innerWidth + 1 || at.left < -1).map(({ one }) => `out: ${one.textContent}`);
	for (const [i, a] of boxes.entries())
		for (const b of boxes.slice(i + 1)) {
			if (a.one.contains(b.one) || b.one.contains(a.one)) continue;
			const across = Math.min(a.at.right, b.at.right) - Math.max(a.at.left, b.at.left);
			const down = Math.min(a.at.bottom, b.at.bottom) - Math.max(a.at.top, b.at.top);
			if (across > 2 && down > Math.min(a.at.height, b.at.height) / 2) found.push(`${a.one.textContent} / ${b.one.textContent}`);
		}
	return found;
};

const displays = Object.entries(boardLiteral().displays);
/** On every display at full scale; else on all of them where words are most crowded, and on the largest the rest. */
const everywhere = ['third-day', 'forty'];

describe.each(scenes)('%s %s', (name, path, board, now, said, unsaid) => {
	const here = displays.filter(([id]) => isFull || id === 'sala' || everywhere.includes(name));
	test(`on ${here.map(([id]) => id).join(', ')}: readable, whole, nothing over anything, no scroll, no error`, async () => {
		const stage = await openStage(board(), now === 0 ? {} : { startAt: now });
		const { page, errors, outside } = await openPage(browser, stage.address, `${path}?display=${here[0]?.[0]}`, WALL);
		const found: string[] = [];
		for (const [id, display] of here) {
			if (id !== here[0]?.[0]) await page.goto(`${stage.address}${path}?display=${id}`);
			await drawn(page, path, Object.keys(stage.board().alarms.active).length > 0);
			await page.screenshot({ path: `${out}/wall-${path.split('/').at(-1)}-${name}-${id}.png` });
			const letters = await lettersOf(page);
			const floor = (floorOf(display) * WALL.width) / 1920;
			expect(letters.length).toBeGreaterThan(8);
			const mayCut = name === 'long-names';
			found.push(
				...Object.entries({
					small: letters.filter((one) => one.px < floor - 0.01).map(({ text }) => text),
					cut: await cutTexts(page),
					rows: mayCut ? [] : await page.evaluate(cutRows),
					foot: mayCut || name === 'night' ? [] : await page.evaluate(cutFoot),
					over: await page.evaluate(overlapping),
					scrolls:
						(await sidewaysScroll(page)) > 0 || (await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight))
							? ['scrolls']
							: [],
				}).flatMap(([what, all]) => all.map((text) => `${id} ${what}: ${text}`)),
			);
			expect(await page.textContent('[data-badge="rehearsal"]')).toBe('PROVA');
			if (id !== 'sala') continue;
			const text = ((await page.textContent('body')) ?? '').replace(/\s+/g, ' ');
			for (const one of said) expect(text).toMatch(one);
			const main = (await page.textContent('main')) ?? '';
			for (const one of unsaid) expect(main).not.toContain(one);
		}
		expect(found).toEqual([]);
		expect(errors).toEqual([]);
		expect(outside).toEqual([]);
		await page.context().close();
		await stage.close();
	});
});

test.each(appearances)('axe finds nothing, %s %s', async (lang, theme) => {
	const other = lang === 'it' ? ([blindLiteral(), '/wall/incident'] as const) : ([breakdownLiteral(), '/wall/services'] as const);
	for (const [board, path] of [[breakdownLiteral(), '/wall/incident'], other] as const) {
		const stage = await openStage(board, { startAt: breakdownNow });
		const context = await browser.newContext({ viewport: WALL });
		const page = await context.newPage();
		await page.goto(`${stage.address}${path}?lang=${lang}&theme=${theme}`);
		await drawn(page, path, true);
		const faults = await axeFaults(page);
		expect([path, faults]).toEqual([path, []]);
		expect(await page.evaluate(overlapping), `${path} ${lang} ${theme}`).toEqual([]);
		await page.screenshot({ path: `${out}/wall-${path.split('/').at(-1)}-${lang}-${theme}.png` });
		await context.close();
		await stage.close();
	}
});

/** What must be whole on the strip at the top, and is not. */
const cutStrip = (): (string | null)[] =>
	['[data-stream]', '[class*="clock"]', '[data-badge]']
		.map((one) => document.querySelector<HTMLElement>(`[data-tile="truth-strip"] ${one}`))
		.filter((one) => one !== null)
		.filter((one) => {
			const { left, right } = one.getBoundingClientRect();
			return left < 0 || right > window.innerWidth - 4 || one.scrollWidth > one.clientWidth + 1;
		})
		.map((one) => one.textContent);

/** In letters of the smallest size: so much of a title still tells which incident it is. */
const TITLE_LEAST_REM = 4;

test.each([
	['it', 1920, 1080, ['sala', 'corridoio'], 'Fascicolo Sanitario · portale non raggiungibile'],
	['it', 1440, 900, ['direzione'], 'Fascicolo Sanitario Elettronico e accesso al SISS: i portali non rispondono da sabato sera'],
	['en', 1440, 900, ['sala', 'corridoio'], 'Fascicolo Sanitario · portale non raggiungibile'],
] as const)('clock, age and link are whole whatever else the strip has to say, %s, %i × %i, on %s', async (lang, width, height, on, title) => {
	const found: string[] = [];
	for (const display of isFull ? displays.map(([id]) => id) : on) {
		const board = breakdownLiteral({ incidents: { count: 1, rows: { fse: incidentLiteral(title) } } });
		const stage = await openStage(board, { startAt: breakdownNow, speed: 36_000 });
		const context = await browser.newContext({ viewport: { width, height } });
		await context.addInitScript(() => {
			class Waiting {
				state = 'suspended';
				resume(): Promise<void> {
					return Promise.resolve();
				}
			}
			Object.assign(window, { AudioContext: Waiting });
		});
		const page = await context.newPage();
		const look = async (what: string): Promise<void> => {
			const texts = [...(await page.evaluate(cutStrip)), ...(await page.evaluate(overlapping))];
			found.push(...texts.map((text) => `${display} ${what}: ${text}`));
			const rem = await page.evaluate(() => {
				const wide = document.querySelector('[data-tile="truth-strip"] h1')?.getBoundingClientRect().width ?? 0;
				return wide / Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
			});
			if (rem < TITLE_LEAST_REM) found.push(`${display} ${what}: of the title ${rem.toFixed(1)} rem`);
			await page.screenshot({ path: `${out}/wall-strip-${what}-${lang}-${width}-${title.length}-${display}.png` });
		};
		await page.goto(`${stage.address}/wall/incident?lang=${lang}&display=${display}`);
		await drawn(page, '/wall/incident', true);
		// The first key brings the sound; this one may not sound even so.
		await page.keyboard.press('Shift');
		await page.waitForSelector('[data-sound]');
		await look('waits');
		await stage.close();
		await page.waitForSelector('[data-stream="late"]');
		await look('lost');
		await context.close();
	}
	expect(found).toEqual([]);
});

test('old and new side by side: what each sign stands for is whole', async () => {
	const { facilities } = migrationLiteral();
	const read = (value: number) => [value, breakdownNow - 2000, breakdownNow - 2000] as const;
	const figures = { temperature: read(23), cooling: read(3), onBattery: read(0), upsRuntime: read(2700) };
	const trends = facilities.nuovo?.trends ?? { temperature: {} };
	const said: Readonly<Record<string, string>> = { 'ced-esterno': 'su batteria, 8 min', nuovo: 'raffreddamento 3 di 5' };
	const both = Object.entries(facilities).map(([id, one]) => {
		const own = id === 'nuovo' ? figures : { ...figures, cooling: read(5), onBattery: read(1), upsRuntime: read(480) };
		return [id, { ...one, trends, climb: null, coolingFailedAt: null, figures: own }] as const;
	});
	const stage = await openStage(quietBoard(breakdownNow, { facilities: Object.fromEntries(both) }), { startAt: breakdownNow });
	const { page } = await openPage(browser, stage.address, '/wall/incident', WALL);
	for (const [display] of displays.filter(([id]) => id !== 'corridoio')) {
		await page.goto(`${stage.address}/wall/incident?display=${display}`);
		await drawn(page, '/wall/incident', false);
		await page.screenshot({ path: `${out}/wall-incident-both-rooms-${display}.png` });
		const first = await page.$$eval('[data-tile="temperature"] [class*="facts"] > span:first-child', (all) =>
			all.map((one) => [one.textContent, one.getBoundingClientRect().right <= (one.parentElement?.getBoundingClientRect().right ?? 0)]),
		);
		expect(first).toEqual(Object.keys(facilities).map((id) => [said[id], true]));
	}
	await page.context().close();
	await stage.close();
});

test('seven who depend on services: those with no line of their own are summed, confirmed and with their age; what is due has its room', async () => {
	const working = (label: string) => dependantLiteral(label, breakdownNow, { seenAgoMs: 40_000 });
	const base = breakdownLiteral();
	const dependants = { ...base.dependants, cup: working('Sportelli'), emergenza: working('Emergenza urgenza') };
	const clocks = { ...base.clocks, 'fse-l90': clockLiteral('l90'), 'altro-nis2': clockLiteral('nis2', { incident: 'altro', sent: {} }) };
	const incidents = {
		count: 2,
		rows: { ...base.incidents.rows, altro: incidentLiteral('Posta interna ferma', { status: 'closed', closedAt: breakdownNow - 1000 }) },
	};
	const stage = await openStage({ ...base, dependants, clocks, incidents }, { startAt: breakdownNow });
	for (const [width, height] of [
		[1920, 1080],
		[1440, 900],
	] as const) {
		const { page } = await openPage(browser, stage.address, '/wall/incident', { width, height });
		await drawn(page, '/wall/incident', true);
		await page.screenshot({ path: `${out}/wall-incident-seven-${width}.png` });
		const text = ((await page.textContent('[data-tile="dependants"]')) ?? '').replace(/\s+/g, ' ');
		const lines = await page.locator('[data-tile="dependants"] [data-subject]').count();
		expect(text).not.toContain('non mostrati');
		if (lines < 7) expect(text).toMatch(new RegExp(`${7 - lines} operativi, visti (\\d+ s|1 min) fa`));
		for (const label of ['Medici di base', 'Ospedali', 'Prenotazioni vaccini', 'Sportelli']) expect(text).toContain(label);
		expect(await cutTexts(page)).toEqual([]);
		expect(await page.evaluate(overlapping)).toEqual([]);
		await page.context().close();
	}
	await stage.close();
});

test('the wall says what it needs to sound, M mutes it, and it remembers; on the smallest display too', async () => {
	const stage = await openStage(breakdownLiteral(), { startAt: breakdownNow });
	const context = await browser.newContext({ viewport: WALL });
	// What steers a page counts as a touch: a context that waits for one is put in its place.
	await context.addInitScript(() => {
		class Waiting {
			state = 'suspended';
			resume(): Promise<void> {
				this.state = 'running';
				return Promise.resolve();
			}
		}
		Object.assign(window, { AudioContext: Waiting });
	});
	const page = await context.newPage();
	const errors: string[] = [];
	page.on('pageerror', (error) => errors.push(error.message));
	await page.goto(`${stage.address}/wall/incident?display=corridoio`);
	await page.waitForSelector('[data-sound]');
	expect(await page.getAttribute('[data-sound]', 'title')).toBe('audio: premi un tasto');
	expect(await page.locator('[data-control="sound"]').count()).toBe(0);
	await page.screenshot({ path: `${out}/wall-sound-waits.png` });
	expect(await page.evaluate(overlapping)).toEqual([]);
	await page.keyboard.press('m');
	await page.waitForFunction(() => document.querySelector('[data-sound]')?.getAttribute('title') === 'audio muto');
	await page.waitForSelector('[data-control="sound"]');
	expect(await axeFaults(page)).toEqual([]);
	await page.screenshot({ path: `${out}/wall-sound-control.png` });
	await page.reload();
	await page.waitForFunction(() => document.querySelector('[data-sound]')?.getAttribute('title') === 'audio muto');
	await page.keyboard.press('m');
	await page.waitForFunction(() => document.querySelector('[data-sound]') === null);
	expect(errors).toEqual([]);
	await context.close();
	await stage.close();
});
