// The ward's form on a phone in a real browser against a real server that is stopped and killed: nothing is lost, nothing doubled, what is
// unsent stays in sight; with the thumb, the keyboard and a screen reader.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { ask } from '../faults/kit/http.ts';
import { launchBrowser } from '../kit/browser.ts';
import { freePort } from '../kit/free-port.ts';
import { type RunningRegia, startRegia, temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { sitePlan } from '../web/site-plan.ts';
import { axeFaults } from './axe.ts';
import { out, sidewaysScroll } from './wall-page.ts';

const phone = { width: 390, height: 844 };
/** Texts of the picture that the form was drawn after; the figures are invented. */
const first = { '1': 2, '2': 9, '3': 17, '4': 15, '5': 4, none: 1 };

let browser: Browser;
let regia: RunningRegia;
let viewer = '';
let port = 0;
const data = temporaryFolder('field');

const plan = sitePlan.replace('sources:', '  ponente: { label: Pronto Soccorso Ponente, short: Ponente, spaces: 30 }\nsources:');
const start = () => startRegia({ plan, data, port, flags: ['--rhythm', '250'] });

beforeAll(async () => {
	port = await freePort();
	[browser, regia] = await Promise.all([launchBrowser(), start()]);
	viewer = regia.token({ kind: 'person', name: 'osservatore', duties: [{ role: 'viewer' }] });
});
afterAll(async () => {
	await browser?.close();
	await regia?.stop();
});

function linkFor(site: string): string {
	const store = openTokenStore(data);
	const { code } = store.link({ kind: 'field', name: site }, Date.now(), { validUntil: Date.now() + 60_000, expiresAt: null });
	store.close();
	return `${regia.url}/enter#${code}`;
}

async function newPhone(): Promise<BrowserContext> {
	const context = await browser.newContext({ viewport: phone, locale: 'it-IT', timezoneId: 'Europe/Rome', hasTouch: true, isMobile: true });
	context.setDefaultTimeout(10_000);
	return context;
}

async function openLink(site: string): Promise<Page> {
	const page = await (await newPhone()).newPage();
	await page.goto(linkFor(site));
	await page.waitForURL(`**/field/${site}`);
	await page.locator('[data-door="open"]').waitFor();
	return page;
}

const figure = (page: Page, row: string) => page.locator(`[data-row="${row}"] input`);
const sendButton = (page: Page) => page.locator('form > button[type="submit"]');
const states = (page: Page) =>
	page.locator('[data-record]').evaluateAll((rows) => rows.map((row) => [row.getAttribute('data-state'), row.textContent]));
const unsent = async (page: Page): Promise<number> => Number(await page.locator('[data-unsent]').getAttribute('data-unsent'));

type Count = { id: string; site: string; at: number; byCode: Record<string, number>; boarding: number; forms?: number };
async function journalled(site: string): Promise<Count[]> {
	const { text } = await ask(`${regia.url}/api/journal?from=0`, { token: viewer });
	const entries = text
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as { kind: string; mark: Count & { kind: string } });
	return entries.filter(({ kind, mark }) => kind === 'mark' && mark.kind === 'count' && mark.site === site).map(({ mark }) => mark);
}

test('a link opens the form, a count is sent, the server stops and is killed, and each count arrives once, in order', async () => {
	const page = await openLink('centro');
	const errors: string[] = [];
	page.on('pageerror', (error) => errors.push(error.message));
	expect(await page.locator('h1').textContent()).toBe('Pronto Soccorso Centro');
	for (const [code, value] of Object.entries({ ...first, boarding: 6 })) await figure(page, code).fill(String(value));
	expect(await sendButton(page).textContent()).toBe('Invia 48 presenti');
	await sendButton(page).tap();
	await page.locator('[data-record][data-state="received"]').waitFor();
	expect((await states(page))[0]?.[1]).toMatch(/^\d\d:\d\d · 48 presenti ricevuto \d\d:\d\d$/);
	expect(await page.locator('header').textContent()).toMatch(/ultimo invio \d\d:\d\d/);
	// Half typed, and the page is loaded anew.
	await figure(page, '4').fill('12');
	await page.reload();
	await page.getByRole('button', { name: 'Invia 45 presenti' }).waitFor();
	expect(await figure(page, '4').inputValue()).toBe('12');
	await figure(page, '4').fill('15');
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		await document.fonts.ready;
	});
	const devtools = await page.context().newCDPSession(page);
	const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
	expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);

	// The server drains; two counts wait here, and say so.
	await regia.stop();
	for (const many of [1, 2]) {
		await page.getByRole('button', { name: 'Uno in più, codice 2 arancione' }).tap();
		await sendButton(page).tap();
		await sendButton(page).tap();
		await page.locator(`[data-unsent="${many}"]`).waitFor();
	}
	await page.locator('[data-door="offline"]').waitFor();
	expect((await states(page)).map(([state]) => state)).toEqual(['unsent', 'unsent', 'received']);
	expect(await page.locator('[data-unsent]').textContent()).toMatch(/2 conteggi da inviare.*restano su questo telefono/);
	await page.screenshot({ path: `${out}/field-offline.png` });

	// The page is left and opened anew without any server: the form and what is unsent are there.
	await page.goto('about:blank');
	await page.goto(`http://127.0.0.1:${port}/field/`);
	await page.waitForURL('**/field/centro');
	await page.locator('[data-unsent="2"]').waitFor();
	expect(await page.locator('h1').textContent()).toBe('Pronto Soccorso Centro');
	expect(await figure(page, '2').inputValue()).toBe('11');
	expect((await states(page)).map(([state]) => state)).toEqual(['unsent', 'unsent', 'received']);
	const second = await page.context().newPage();
	await second.goto(`http://127.0.0.1:${port}/field/centro`);
	await second.locator('[data-unsent="2"]').waitFor();
	await figure(page, '5').fill('1');
	await sendButton(page).tap();
	await second.locator('[data-unsent="3"]').waitFor();

	// It is back, and killed as soon as one has come in; the answer to that one may be lost.
	regia = await start();
	await until('the first of them in the journal', async () => ((await journalled('centro')).length > 1 ? true : null));
	await regia.kill();
	regia = await start();
	await until('nothing unsent, in both tabs', async () => ((await unsent(page)) + (await unsent(second)) === 0 ? true : null), 30_000);
	const counts = await journalled('centro');
	expect(counts.map(({ byCode }) => byCode)).toEqual([first, { ...first, '2': 10 }, { ...first, '2': 11 }, { ...first, '2': 11, '5': 1 }]);
	expect(counts.map(({ boarding }) => boarding)).toEqual([6, 6, 6, 6]);
	expect(new Set(counts.map(({ id }) => id)).size).toBe(4);
	expect(counts.map(({ at }) => at)).toEqual(counts.map(({ at }) => at).toSorted((a, b) => a - b));
	expect((await states(page)).map(([state]) => state)).toEqual(['received', 'received', 'received', 'received']);
	await page.locator('[data-door="open"]').waitFor();
	await page.screenshot({ path: `${out}/field-phone.png` });
	expect(errors).toEqual([]);
	await page.context().close();
});

/** Everything that a thumb may want, with its size. */
const targets = (page: Page) =>
	page.locator('button, input, summary, a[href]').evaluateAll((all) =>
		all
			.filter((one) => one.checkVisibility())
			.map((one) => ({ what: one.getAttribute('aria-label') ?? one.textContent, box: one.getBoundingClientRect() }))
			.map(({ what, box }) => ({ what, width: box.width, height: box.height })),
	);
async function expectFits(page: Page): Promise<void> {
	expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
	const all = await targets(page);
	expect(all.length).toBeGreaterThan(20);
	expect(all.filter(({ width, height }) => width < 44 || height < 44)).toEqual([]);
}
async function expectSound(page: Page): Promise<void> {
	expect(await axeFaults(page)).toEqual([]);
	await expectFits(page);
}

test('by keyboard alone: figures, a leap that is asked about, boarding that cannot be; sound in each state and both languages', async () => {
	const page = await openLink('levante');
	const press = async (...keys: string[]): Promise<void> => {
		for (const key of keys) await page.keyboard.press(key);
	};
	const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
	await press('Tab', 'Tab');
	expect(await focused()).toBe('codice 1 rosso');
	expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe('solid');
	await press('4', 'Tab', 'Enter', 'Enter');
	expect([await focused(), await figure(page, '1').inputValue()]).toEqual(['Uno in più, codice 1 rosso', '6']);
	await press('Tab', 'Tab', 'ArrowUp', 'PageUp');
	expect([await focused(), await figure(page, '2').inputValue()]).toEqual(['codice 2 arancione', '11']);
	// Enter in a figure sends; the first count is asked about by nobody.
	await press('Enter');
	await page.locator('[data-state="received"]').waitFor();
	expect(await page.locator('[data-spoken]').textContent()).toMatch(/^Conteggio delle \d\d:\d\d ricevuto: 17 presenti\.$/);
	await figure(page, '2').focus();
	await press('ArrowDown', 'PageDown', 'Enter');
	await page.getByRole('alert').getByText('Da 17 a 6 presenti: è giusto?').waitFor();
	expect(await focused()).toBe('Sì, invia 6');
	await expectSound(page);
	await press('Tab', 'Enter');
	expect(await focused()).toBe('Invia 6 presenti');
	await press('Enter');
	await page.locator('[data-seen="true"]').waitFor();
	await press('Enter');
	await page.locator('[data-state="received"]').nth(1).waitFor();
	await figure(page, 'boarding').fill('7');
	await figure(page, 'boarding').press('Enter');
	await page.getByRole('alert').getByText('In attesa di letto 7, presenti 6').waitFor();
	expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-describedby'))).toBe('too-many');
	await figure(page, 'boarding').fill('2');
	await page.locator('summary').focus();
	await press('Enter');
	await figure(page, 'forms').fill('31');
	await expectSound(page);
	await figure(page, 'forms').press('Enter');
	await page.locator('[data-state="received"]').nth(2).waitFor();
	await page.goto(`${regia.url}/field/levante?lang=en`);
	await page.getByRole('button', { name: 'Send 6 present' }).waitFor();
	await expectSound(page);
	await page.setViewportSize({ width: 320, height: 640 });
	await expectFits(page);
	expect((await journalled('levante')).map(({ byCode, boarding, forms }) => [byCode['1'], byCode['2'], boarding, forms])).toEqual([
		[6, 11, 0, undefined],
		[6, 0, 0, undefined],
		[6, 0, 2, 31],
	]);
	await page.context().close();
});

test('figures of an hour ago are told as such and asked about; what is no whole number is said to be none', async () => {
	const at = Date.now() - 3_600_000;
	const field = regia.token({ kind: 'field', name: 'ponente' });
	const count = { id: 'conteggio-vecchio', at: new Date(at).toISOString(), byCode: first, boarding: 6, forms: 70 };
	const { status } = await ask(`${regia.url}/api/er/ponente/count`, { method: 'POST', token: field, body: JSON.stringify(count) });
	expect(status).toBe(202);
	const page = await openLink('ponente');
	await page.locator('[data-old-of="count"]').getByText('ricontrolla ogni cifra').waitFor();
	expect(await page.locator('summary').textContent()).toContain('l’ultima volta 70');
	await expectSound(page);
	await page.screenshot({ path: `${out}/field-old.png`, fullPage: true });
	await sendButton(page).tap();
	await page.getByRole('alert').getByText('Valgono anche adesso?').waitFor();
	await expectSound(page);
	await page.screenshot({ path: `${out}/field-old-asked.png`, fullPage: true });
	await page.getByRole('button', { name: 'Correggi' }).tap();
	await figure(page, '1').focus();
	await page.keyboard.type('3.5');
	expect(await figure(page, '1').inputValue()).toBe('3.5');
	await sendButton(page).tap();
	expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-describedby'))).toBe('wrong-1');
	await expectSound(page);
	await page.screenshot({ path: `${out}/field-wrong.png`, fullPage: true });
	await page.setViewportSize({ width: 320, height: 640 });
	await expectFits(page);
	await figure(page, '1').fill('3');
	await sendButton(page).tap();
	await page.locator('[data-state="received"]').waitFor();
	expect((await journalled('ponente')).map(({ byCode, forms }) => [byCode['1'], forms])).toEqual([
		[2, 70],
		[3, undefined],
	]);
	await page.context().close();
});

test('a link that is revoked says so and keeps what is unsent; a new one on the same phone sends it; a link is good once', async () => {
	const link = linkFor('levante');
	const page = await (await newPhone()).newPage();
	await page.goto(link);
	await page.locator('[data-door="open"]').waitFor();
	const store = openTokenStore(data);
	const mine = store.list().filter(({ grant, revokedAt }) => grant.kind === 'field' && grant.name === 'levante' && revokedAt === null);
	for (const { id } of mine) store.revoke(id, Date.now());
	store.close();
	const before = (await journalled('levante')).length;
	await until('the revocation', async () => (await page.context().request.get(`${regia.url}/api/er/levante`)).status() === 401);
	await figure(page, '4').fill('1');
	await sendButton(page).tap();
	await page.locator('[data-door="over"]').waitFor();
	expect(await page.locator('[data-door]').textContent()).toMatch(/1 conteggio da inviare.*non vale più.*chiedere un nuovo QR/);
	await expectSound(page);
	const other = await (await newPhone()).newPage();
	await other.goto(link);
	await other.getByText('già stato usato o è scaduto').waitFor();
	// Only the fragment changes: the tab loads nothing, and the good link is not called used.
	await other.goto(linkFor('centro'));
	await other.waitForURL('**/field/centro');
	await other.context().clearCookies();
	await other.goto(`${regia.url}/field/levante`);
	await other.getByText('Per contare serve il QR').waitFor();
	await page.goto(linkFor('levante'));
	await page.locator('[data-unsent="0"]').waitFor();
	expect((await journalled('levante')).length).toBe(before + 1);
	await Promise.all([page.context().close(), other.context().close()]);
});

test('who has a ward’s role enters at the desk’s door, is told where to count, and counts', async () => {
	const page = await (await newPhone()).newPage();
	await page.goto(regia.url);
	await page.locator('input[name="token"]').fill(regia.token({ kind: 'person', name: 'reparto', duties: [{ role: 'er', site: 'ponente' }] }));
	await page.locator('input[name="token"]').press('Enter');
	const way = page.getByRole('link', { name: 'Conta i presenti: Pronto Soccorso Ponente' });
	await way.waitFor();
	expect(await page.locator('input[name="token"]').count()).toBe(0);
	expect(await axeFaults(page)).toEqual([]);
	await page.screenshot({ path: `${out}/field-way-in.png` });
	await way.tap();
	await page.waitForURL('**/field/ponente');
	await page.locator('[data-door="open"]').waitFor();
	await page.context().close();
});

test('an administrator makes a QR code for a site: good once, said so, printed without its address; a phone that follows it counts', async () => {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'it-IT', timezoneId: 'Europe/Rome' });
	const page = await context.newPage();
	const secret = regia.token({ kind: 'person', name: 'ict', duties: [{ role: 'administrator' }] });
	await context.addCookies([{ name: 'regia', value: secret, url: regia.url }]);
	await page.goto(`${regia.url}/access`);
	const tile = page.locator('[data-tile="field-link"]');
	await tile.getByText('Questo indirizzo funziona solo su questo computer').waitFor();
	await tile.locator('select[name="site"]').selectOption('levante');
	await tile.locator('input[name="why"]').fill('turno di notte');
	await tile.getByRole('button', { name: 'Crea il QR' }).click();
	const sheet = page.locator('[data-sheet="levante"]');
	await sheet.getByText('Vale una volta sola, per un telefono').waitFor();
	expect(await sheet.locator('path').getAttribute('d')).toMatch(/^(M\d+ \d+h1v1h-1z){200,}$/);
	const address = (await sheet.locator('code').textContent()) ?? '';
	expect(await axeFaults(page)).toEqual([]);
	await sheet.screenshot({ path: `${out}/field-qr.png` });
	await page.emulateMedia({ media: 'print' });
	expect(await sheet.locator('code').isVisible()).toBe(false);
	expect(await page.locator('[data-tile="tokens"]').isVisible()).toBe(false);
	expect(await sheet.locator('svg').isVisible()).toBe(true);
	await page.screenshot({ path: `${out}/field-qr-print.png` });
	await page.emulateMedia({ media: 'screen' });
	await tile.locator('input[name="why"]').fill('un altro telefono');
	await tile.getByRole('button', { name: 'Crea un altro QR' }).click();
	await until('another address', async () => (await sheet.locator('code').textContent()) !== address);
	const nurse = await (await newPhone()).newPage();
	await nurse.goto(address);
	await nurse.locator('[data-door="open"]').waitFor();
	expect([new URL(nurse.url()).pathname, await nurse.locator('h1').textContent()]).toEqual(['/field/levante', 'Pronto Soccorso Levante']);
	await Promise.all([context.close(), nurse.context().close()]);
});
