// The desk's pages of failures and the public page in a real browser: every state, three sizes, both themes and languages, keys alone.
// The pictures, of invented figures, are for looking at.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderStatus, statusPolicy } from '../../server/web/status-page.ts';
import { type Published, statusSheetOf } from '../../server/web/status-sheet.ts';
import type { Board } from '../../shared/board.ts';
import { alarmKey } from '../../shared/board-breakdown.ts';
import type { Language } from '../../shared/format.ts';
import { judge } from '../../shared/judge.ts';
import { isFull } from '../faults/kit/scale.ts';
import {
	blindLiteral,
	breakdownLiteral,
	breakdownNow,
	busyAlarmsLiteral,
	firstMinutesNow,
	floodLiteral,
	floodNow,
	quietBoard,
	stormLiteral,
	twoSidesLiteral,
} from '../kit/breakdown-literal.ts';
import { launchBrowser } from '../kit/browser.ts';
import { openStage } from '../kit/stage.ts';
import { axeFaults } from './axe.ts';
import { appearances, openPage, out, settled, sidewaysScroll, sizes } from './wall-page.ts';

const HOUR = 3_600_000;
const commander = {
	who: { kind: 'person', name: 'turno-1', isSession: true },
	duties: [{ role: 'commander' }],
	may: ['alarms.mark', 'incidents.mark', 'incidents.join', 'statements.make', 'clocks.mark', 'channels.test', 'marks.send', 'act.arm'],
	own: {},
	ways: [],
	providerDown: false,
	unclaimed: false,
};

/** The flood is over by its rate, and all of it still stands. */
function afterFlood(): Board {
	const board = floodLiteral();
	return { ...board, alarms: { ...board.alarms, floodSince: null } };
}

/** Its cause is taken, and what nobody has taken stands beneath it. */
function causeTaken(): Board {
	const board = floodLiteral();
	const { 'facility-too-hot:facility:ced-esterno': cause, ...rest } = board.alarms.active;
	if (cause === undefined) throw new Error('the flood has no cause');
	const active = { [alarmKey(cause.rule, cause.subject)]: { ...cause, acknowledged: [firstMinutesNow, 'sala'] as const }, ...rest };
	return { ...board, alarms: { ...board.alarms, active } };
}

type Scene = readonly [name: string, board: () => Board, now: number, path: string, said: readonly string[]];
const scenes: readonly Scene[] = [
	['alarms-quiet', () => quietBoard(), breakdownNow, '/alarms', ['Nessun allarme attivo', 'EEMUA 191']],
	['alarms-busy', busyAlarmsLiteral, breakdownNow, '/alarms', ['Attivi 40', 'Che fare:', 'consegna']],
	['alarms-flood', floodLiteral, firstMinutesNow + HOUR, '/alarms', ['Valanga di allarmi', 'dipendono da questo']],
	['alarms-cause-taken', causeTaken, firstMinutesNow + HOUR, '/alarms', ['il più urgente di questi da prendere in carico', 'di cui 1 P1']],
	['alarms-after-flood', afterFlood, firstMinutesNow + HOUR, '/alarms', ['Attivi 43', '42 dipendono da questo']],
	['alarms-blind', blindLiteral, breakdownNow, '/alarms', ['Regia non vede']],
	['incidents', () => breakdownLiteral(), breakdownNow, '/incidents', ['aperti: 1', 'in ripristino']],
	['incident', () => breakdownLiteral(), breakdownNow, '/incidents/fse', ['condizionamento, data center esterno', 'smentito dai dati', 'NIS2']],
	['facilities', twoSidesLiteral, breakdownNow, '/facilities', ['sede attuale', 'sede nuova', '41,2 °C']],
];

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

const asCommander = (page: Page) => page.route('**/api/me', (route) => route.fulfill({ json: commander }));
const textOf = async (page: Page): Promise<string> => ((await page.textContent('main')) ?? '').replace(/\s+/g, ' ');

/** What a finger has to hit, and is smaller than one. */
const smallButtons = (page: Page): Promise<(string | null)[]> =>
	page.evaluate(() =>
		[...document.querySelectorAll('main [data-tile] button, main [data-tile] input, main [data-tile] select')]
			.filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 31)
			.map((one) => one.textContent),
	);

/** Nothing but words differs where Regia is blind. */
const drawn = isFull ? scenes : scenes.filter(([name]) => name !== 'alarms-blind');

describe.each(drawn)('%s', (name, board, now, path, said) => {
	test('says what it has to at every size, with no error and no sideways scroll', async () => {
		const stage = await openStage(board(), { startAt: now });
		const { page, errors, outside } = await openPage(browser, stage.address, '/sources', sizes.desk[1]);
		await asCommander(page);
		// The middle size has what the largest has, with less room.
		for (const size of isFull ? sizes.desk : sizes.desk.slice(1)) {
			await page.setViewportSize(size);
			await page.goto(stage.address + path);
			await settled(page);
			if (path.includes('alarms')) await page.waitForSelector('[data-tile="alarm-rates"] tbody tr');
			else await page.waitForSelector('[data-incident], [data-tile="incident-timeline"] li, [data-facility]');
			expect(await sidewaysScroll(page), `${size.width}`).toBeLessThanOrEqual(0);
			expect(await smallButtons(page), `${size.width}`).toEqual([]);
			const text = await textOf(page);
			for (const one of said) expect(text, `${size.width}`).toContain(one);
			await page.screenshot({ path: `${out}/failures-${name}-${size.width}.png`, fullPage: size.width < 500 || name === 'incident' });
		}
		expect(errors).toEqual([]);
		expect(outside).toEqual([]);
		await page.context().close();
		await stage.close();
	});
});

/** Between them they have every part of every page. */
const whole = isFull ? scenes : scenes.filter(([name]) => ['alarms-flood', 'incident', 'facilities', 'incidents'].includes(name));
const UNFOLDED = 9;

test.each(appearances)('axe finds nothing on any page, %s %s', async (lang, theme) => {
	const context = await browser.newContext({ viewport: sizes.desk[1] });
	const page = await context.newPage();
	await asCommander(page);
	for (const [name, board, now, path] of whole) {
		const stage = await openStage(board(), { startAt: now });
		// A phone has its own order of the same things.
		for (const size of isFull ? sizes.desk : [lang === 'en' && name !== 'facilities' ? sizes.desk[2] : sizes.desk[1]]) {
			await page.setViewportSize(size);
			await page.goto(`${stage.address}${path}?lang=${lang}&theme=${theme}`);
			await settled(page);
			await page.evaluate((most) => {
				const folded = [...document.querySelectorAll<HTMLElement>('main [data-tile] button[aria-expanded="false"]')];
				for (const one of folded.slice(0, most)) one.click();
			}, UNFOLDED);
			const claim = page.getByRole('button', { name: /Aggiungi affermazione|Add a claim/ });
			if ((await claim.count()) > 0) {
				for (const kind of ['restored', 'figure', 'nature']) {
					await claim.click();
					await page.locator('form fieldset').last().locator('select').first().selectOption(kind);
				}
			}
			const faults = await axeFaults(page);
			expect([name, size.width, faults]).toEqual([name, size.width, []]);
			await page.screenshot({ path: `${out}/failures-${name}-${lang}-${theme}-${size.width}.png`, fullPage: true });
		}
		await stage.close();
	}
	await context.close();
});

test('by keys alone: acknowledge goes on to the next row, all of a cause are acknowledged, one is shelved with a reason', async () => {
	const stage = await openStage(floodLiteral(), { startAt: firstMinutesNow + HOUR });
	const { page } = await openPage(browser, stage.address, '/sources', sizes.desk[1]);
	await asCommander(page);
	const sent: { act: string; alarm: string; reason?: string; until?: string }[] = [];
	await page.route('**/api/marks', async (route) => {
		const body = route.request().postDataJSON();
		const mark = body.mark ?? body;
		sent.push(mark);
		const board = stage.board();
		const one = board.alarms.active[mark.alarm];
		if (mark.act === 'acknowledge' && one) {
			const active = { ...board.alarms.active, [mark.alarm]: { ...one, acknowledged: [stage.now(), 'turno-1'] as const } };
			stage.show({ ...board, alarms: { ...board.alarms, active } });
		}
		await route.fulfill({ status: 202, json: { seq: 1000 + sent.length } });
	});
	await page.goto(`${stage.address}/alarms`);
	await settled(page);
	const list = page.locator('[data-list="active"]');
	await list.getByRole('button', { name: 'Mostra', exact: false }).first().press('Enter');
	await list.locator('[data-row] [data-row]').getByRole('button', { name: 'Prendi in carico' }).first().press('Enter');
	await expect.poll(() => sent.map(({ act }) => act)).toEqual(['acknowledge']);
	await page.waitForFunction(() => document.querySelectorAll('[data-list="active"] [data-waiting]').length === 42);
	await page.waitForFunction(() => document.activeElement?.closest('[data-row] [data-row]') !== null);
	await list.getByRole('button', { name: /Prendi in carico tutti/ }).press('Enter');
	await page.waitForFunction(() => document.querySelectorAll('[data-list="active"] [data-waiting]').length === 0);
	expect(new Set(sent.map(({ alarm }) => alarm)).size).toBe(43);
	// A P2 is shelved at once, with its reason and its end.
	const row = list.locator('[data-alarm="dependant-blocked:dependant:medici"]');
	await row.getByRole('button', { name: /^Sospendi/ }).press('Enter');
	expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT');
	await page.keyboard.press('Tab');
	await page.keyboard.type('Avvisati per telefono');
	await page.keyboard.press('Enter');
	await expect.poll(() => sent.at(-1)).toMatchObject({ act: 'shelve', reason: 'Avvisati per telefono' });
	expect(Date.parse(sent.at(-1)?.until ?? '') - stage.now()).toBeGreaterThan(14 * 60_000);
	// A P1 is not: its nonce comes first.
	const worst = list.locator('[data-alarm="facility-too-hot:facility:ced-esterno"]').first();
	await page.route('**/api/arm', (route) => route.fulfill({ json: { nonce: 'n1', validUntil: new Date().toISOString() } }));
	await worst
		.getByRole('button', { name: /^Sospendi/ })
		.first()
		.press('Enter');
	await page.keyboard.press('Tab');
	await page.keyboard.type('Il gestore lavora');
	const before = sent.length;
	await page.keyboard.press('Enter');
	expect(sent.length).toBe(before);
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.getByRole('alertdialog').waitFor();
	expect(sent.length).toBe(before);
	await page.keyboard.press('Enter');
	await expect.poll(() => sent.at(-1)).toMatchObject({ act: 'shelve', reason: 'Il gestore lavora' });
	await page.context().close();
	await stage.close();
});

test.each([
	['many', busyAlarmsLiteral, breakdownNow],
	['a flood of five causes', stormLiteral, floodNow],
] as const)('on a phone with %s the words of the strip have its width, and the notice of an act lies above it', async (_name, board, now) => {
	const stage = await openStage(board(), { startAt: now });
	const { page } = await openPage(browser, stage.address, '/sources', sizes.desk[2]);
	await asCommander(page);
	await page.route('**/api/marks', (route) => route.fulfill({ status: 202, json: { seq: 1001 } }));
	await page.goto(`${stage.address}/alarms`);
	await page.waitForSelector('footer [data-alarm]');
	await page
		.getByRole('button', { name: /^Prendi in carico/ })
		.first()
		.click();
	await page.waitForSelector('[data-sending="kept"]');
	const words = await page.$$eval('footer [data-alarm]', (all) => all.map((one) => one.getBoundingClientRect().width));
	expect(Math.min(...words)).toBeGreaterThan(sizes.desk[2].width * 0.7);
	const top = await page.$eval('footer', (foot) => foot.getBoundingClientRect().top);
	expect(await page.$eval('[data-sending]', (notice) => notice.getBoundingClientRect().bottom)).toBeLessThanOrEqual(top);
	await page.screenshot({ path: `${out}/failures-phone-notice-${now}.png` });
	await page.context().close();
	await stage.close();
});

test('an incident is closed by a held button after a second step, and the notice of an act lies on no button of a row', async () => {
	const stage = await openStage(breakdownLiteral(), { startAt: breakdownNow });
	const { page } = await openPage(browser, stage.address, '/sources', sizes.desk[1]);
	await asCommander(page);
	const sent: unknown[] = [];
	await page.route('**/api/marks', async (route) => {
		sent.push(route.request().postDataJSON());
		await route.fulfill({ status: 202, json: { seq: 1000 + sent.length } });
	});
	await page.goto(`${stage.address}/incidents/fse`);
	await settled(page);
	const status = page.locator('[data-tile="incident-status"]');
	await status.getByRole('button', { name: 'Passa a «chiuso»' }).press('Enter');
	await status.getByText('NIS2, notifica: ancora dovuta').waitFor();
	const hold = status.getByRole('button', { name: /^Chiudi l’incidente/ });
	await hold.click();
	expect(sent).toEqual([]);
	await hold.hover();
	await page.mouse.down();
	await expect.poll(() => sent, { timeout: 10_000 }).toEqual([{ kind: 'incident', incident: 'fse', act: 'status', status: 'closed' }]);
	await page.mouse.up();
	await page.goto(`${stage.address}/alarms`);
	await settled(page);
	await page
		.locator('[data-list="active"]')
		.getByRole('button', { name: /^Prendi in carico/ })
		.first()
		.click();
	await page.locator('[data-sending="kept"]').waitFor();
	const over = await page.evaluate(() => {
		const notice = document.querySelector('[data-sending]')?.getBoundingClientRect();
		const buttons = [...document.querySelectorAll('[data-row] button, [data-row] a')].map((one) => one.getBoundingClientRect());
		return notice === undefined ? null : buttons.filter((one) => one.right > notice.left && one.left < notice.right).length;
	});
	expect(over).toBe(0);
	await page.context().close();
	await stage.close();
});

describe('/status', () => {
	const published: Published = {
		title: 'Fascicolo Sanitario e ricette: come va',
		services: ['portale-fse', 'ricetta', 'accesso', 'anagrafe', 'referti'],
		dependants: ['medici', 'farmacie', 'ospedali'],
		contact: 'numero verde 800 000 000 (inventato)',
	};
	const serve = async (board: Board, language: Language, change = (html: string): string => html) => {
		const sheet = statusSheetOf(published, { board, judged: judge(board, breakdownNow), journal: { writes: true, since: 0 } });
		const http = createServer((_request, response) => {
			response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': statusPolicy });
			response.end(change(renderStatus(sheet, language)));
		});
		await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready));
		return { address: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, close: () => http.close() };
	};

	test.each([
		['it', 'dark', 390],
		['it', 'light', 1440],
		['en', 'light', 390],
		['en', 'dark', 1440],
	] as const)('%s %s at %i: no script, no sideways scroll, clean to axe', async (language, colorScheme, width) => {
		const { address, close } = await serve(breakdownLiteral(), language);
		const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: false });
		const page = await context.newPage();
		const blocked: string[] = [];
		page.on('console', (message) => message.type() === 'error' && !message.text().includes('favicon') && blocked.push(message.text()));
		await page.goto(`${address}/status`);
		expect(await page.evaluate(() => getComputedStyle(document.querySelector('.row') ?? document.body).display)).toBe('flex');
		expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
		await page.screenshot({ path: `${out}/status-${language}-${colorScheme}-${width}.png`, fullPage: true });
		const faults = await axeFaults(page);
		expect(faults).toEqual([]);
		await page.getByRole('link', { name: language === 'it' ? 'Aggiorna la pagina' : 'Refresh the page' }).press('Enter');
		await page.waitForURL(`${address}/status?lang=${language}`);
		expect(blocked).toEqual([]);
		await context.close();
		close();
	});

	test('its policy lets in no style, script or picture but its own style as it is', async () => {
		const planted = (html: string): string =>
			html.replace('.row{display:flex', '.row{display:grid').replace('</main>', '<script>document.title = "x"</script><img src="/x" alt=""></main>');
		const { address, close } = await serve(breakdownLiteral(), 'it', planted);
		const page = await browser.newPage();
		const asked: string[] = [];
		page.on('requestfinished', (request) => asked.push(new URL(request.url()).pathname));
		await page.goto(`${address}/status`);
		expect(await page.evaluate(() => getComputedStyle(document.querySelector('.row') ?? document.body).display)).toBe('list-item');
		expect(await page.title()).toBe(published.title);
		expect(asked).not.toContain('/x');
		await page.context().close();
		close();
	});
});
