// Access and audit in a real browser against a real server: make, rotate, revoke, pair a wall, follow a link, read the audit.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenGrant } from '../../server/domain/token.ts';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { ask } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { launchBrowser } from '../kit/browser.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { axeFaults } from './axe.ts';
import { openPage, out, sidewaysScroll } from './wall-page.ts';

const sizes = [
	{ width: 1440, height: 900 },
	{ width: 390, height: 844 },
] as const;
const administrator: TokenGrant = { kind: 'person', name: 'turno-1', duties: [{ role: 'administrator' }] };

let browser: Browser;
let regia: RunningRegia;
let secret: string;
beforeAll(async () => {
	[browser, regia] = await Promise.all([launchBrowser(), startRegia({ plan: nightPlan(), flags: ['--rhythm', '250'] })]);
	secret = regia.token(administrator);
});
afterAll(async () => {
	await browser?.close();
	await regia?.stop();
});

async function openAs(token: string | null, path: string, size: { width: number; height: number } = sizes[0]) {
	const opened = await openPage(browser, regia.url, '/live-not-here', size);
	if (token !== null) await opened.page.context().addCookies([{ name: 'regia', value: token, url: regia.url, httpOnly: true, sameSite: 'Strict' }]);
	await opened.page.goto(regia.url + path);
	return opened;
}

const field = (page: Page, tile: string, name: string) => page.locator(`[data-tile="${tile}"] [name="${name}"]`);
const rowOf = (page: Page, name: string) => page.locator('[data-token]').filter({ has: page.locator('h3', { hasText: name }) });

async function make(page: Page, name: string): Promise<string> {
	await field(page, 'make-token', 'name').fill(name);
	await field(page, 'make-token', 'why').fill('notte di prova');
	await page.getByRole('button', { name: 'Crea la chiave' }).click();
	await rowOf(page, name).waitFor();
	return (await page.textContent('[data-secret]')) ?? '';
}

const isValid = async (token: string): Promise<boolean> => (await ask(`${regia.url}/api/samples`, { token, body: '{' })).status === 400;

test('a token is made, its secret shown once, rotated with an overlap, and revoked by holding', async () => {
	const { page } = await openAs(secret, '/access');
	const first = await make(page, 'store-01');
	expect(await isValid(first)).toBe(true);
	await page.getByRole('button', { name: 'L’ho copiata' }).click();
	await page.reload();
	await rowOf(page, 'store-01').waitFor();
	expect(await page.content()).not.toContain(first);

	await page.getByRole('button', { name: 'Rinnova store-01' }).click();
	await page.locator('form[aria-label="Rinnova store-01"] [name="why"]').fill('cambio di turno');
	await page.getByRole('button', { name: 'Rinnova', exact: true }).last().click();
	await page.waitForSelector('[data-secret]');
	const second = (await page.textContent('[data-secret]')) ?? '';
	expect([await isValid(first), await isValid(second), first === second]).toEqual([true, true, false]);

	await page.getByRole('button', { name: 'Revoca store-01' }).click();
	await page.locator('form[aria-label="Revoca store-01"] [name="why"]').fill('fonte spenta');
	const hold = page.getByRole('button', { name: 'Tieni premuto per revocare' });
	await page.screenshot({ path: `${out}/access-revoke.png` });
	await hold.click();
	expect(await rowOf(page, 'store-01').getAttribute('data-state')).toBe('valid');
	await hold.hover();
	await page.mouse.down();
	await page.waitForSelector('[data-token][data-state="revoked"]');
	await page.mouse.up();
	expect([await isValid(first), await isValid(second)]).toEqual([false, false]);
	await page.close();
});

test('the keyboard has its own way to revoke: the name, typed', async () => {
	const { page } = await openAs(secret, '/access');
	const token = await make(page, 'store-02');
	await page.getByRole('button', { name: 'Revoca store-02' }).press('Enter');
	await page.keyboard.type('fonte spenta');
	await page.keyboard.press('Tab');
	await page.keyboard.type('store-0');
	await page.keyboard.press('Enter');
	expect(await isValid(token)).toBe(true);
	await page.keyboard.type('2');
	await page.keyboard.press('Enter');
	await until('it is revoked', async () => (await rowOf(page, 'store-02').getAttribute('data-state')) === 'revoked');
	expect(await isValid(token)).toBe(false);
	await page.close();
});

test('a wall without a token shows a code; typed on the desk, it comes in by itself, and holds no token', async () => {
	const wall = await openAs(null, '/wall/cutover');
	await wall.page.waitForSelector('[data-code]');
	await wall.page.screenshot({ path: `${out}/wall-pairing.png` });
	const code = (await wall.page.getAttribute('[data-code]', 'data-code')) ?? '';
	const desk = await openAs(secret, '/access');
	await field(desk.page, 'pair', 'code').fill(`${code.slice(0, 3)} ${code.slice(3).toLowerCase()}`);
	await field(desk.page, 'pair', 'name').fill('parete-1');
	await desk.page.getByRole('button', { name: 'Abbina lo schermo' }).click();
	await desk.page.getByText('Schermo parete-1 abbinato').waitFor();
	await wall.page.waitForSelector('[data-tile="archives"]');
	expect(await wall.page.evaluate(() => document.cookie + JSON.stringify(localStorage))).not.toContain('regia_');
	expect(wall.page.url()).toBe(`${regia.url}/wall/cutover`);
	await desk.page.reload();
	await rowOf(desk.page, 'parete-1').waitFor();
	await Promise.all([wall.page.close(), desk.page.close()]);
});

test('a link lets a screen in once, and its code leaves the address', async () => {
	const store = openTokenStore(regia.data);
	const { code } = store.link({ kind: 'display', name: 'parete-2', audience: 'wall' }, Date.now(), {
		validUntil: Date.now() + 60_000,
		expiresAt: null,
	});
	store.close();
	const { page } = await openAs(null, `/enter#${code}`);
	await page.waitForSelector('[data-tile="archives"]');
	expect(page.url()).toBe(`${regia.url}/wall/cutover`);
	const again = await openAs(null, `/enter#${code}`);
	await again.page.getByText('già stato usato').waitFor();
	expect(again.page.url()).toBe(`${regia.url}/enter`);
	await Promise.all([page.close(), again.page.close()]);
});

test('the audit says who did what and why, is filtered, and is exported whole', async () => {
	const { page } = await openAs(secret, '/audit');
	await page.waitForSelector('[data-act="display-paired"]');
	expect(await page.locator('[data-act="token-revoked"]').first().textContent()).toContain('fonte spenta');
	await page.selectOption('[name="act"]', 'token-rotated');
	await page.getByRole('button', { name: 'Mostra', exact: true }).click();
	await until('only those', async () => (await page.locator('[data-act]').count()) === 1);
	expect(await page.locator('[data-act]').first().textContent()).toContain('cambio di turno');
	const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Esporta' }).click()]);
	expect(download.suggestedFilename()).toBe('audit.ndjson');
	await page.close();
});

test('who may not is told so, and sees no way there', async () => {
	const viewer = regia.token({ kind: 'person', name: 'osservatore', duties: [{ role: 'viewer' }] });
	const { page } = await openAs(viewer, '/access');
	await page.getByText('Questa pagina è di chi amministra Regia.').waitFor();
	expect(await page.locator('nav a[href="/access"], nav a[href="/audit"]').count()).toBe(0);
	await page.goto(`${regia.url}/audit`);
	await page.getByText('Questa pagina è di chi amministra Regia.').waitFor();
	await page.close();
});

test('the commander pairs walls there, and sees no tokens', async () => {
	const commander = regia.token({ kind: 'person', name: 'turno-2', duties: [{ role: 'commander' }] });
	const { page } = await openAs(commander, '/');
	await page.locator('nav a[href="/access"]').click();
	await page.waitForSelector('[data-tile="pair"]');
	expect(await page.locator('[data-tile="tokens"], [data-tile="make-token"]').count()).toBe(0);
	await page.close();
});

describe.each(sizes)('at $width × $height', (size) => {
	test.each(['/access', '/audit'])('%s: axe finds nothing, nothing scrolls sideways, no error', async (path) => {
		const { page, errors, outside } = await openAs(secret, path, size);
		await page.waitForSelector('[data-token], [data-act]');
		await page.locator(`nav a[href="${path}"]`).waitFor();
		for (const theme of ['dark', 'light']) {
			await page.goto(`${regia.url}${path}?theme=${theme}`);
			await page.waitForSelector('[data-token], [data-act]');
			if (path === '/access') await page.locator('[data-token] button').last().click();
			expect(await axeFaults(page)).toEqual([]);
			expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
		}
		await page.screenshot({ path: `${out}${path}-${size.width}.png`, fullPage: true });
		expect(errors.filter((text) => !/40[14]/.test(text))).toEqual([]);
		expect(outside).toEqual([]);
		await page.close();
	});
});
