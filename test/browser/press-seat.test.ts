// The press's seat at the desk in a real browser against a real server: in with the press's board and pages, and nothing of the room's.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../server/domain/token.ts';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { launchBrowser } from '../kit/browser.ts';
import { pressPlan } from '../kit/press-desk.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { openPage, out } from './wall-page.ts';

let browser: Browser;
let regia: RunningRegia;
beforeAll(async () => {
	[browser, regia] = await Promise.all([launchBrowser(), startRegia({ plan: pressPlan(), flags: ['--rhythm', '250', '--recheck', '500'] })]);
});
afterAll(async () => {
	await browser?.close();
	await regia?.stop();
});

const tokenOf = (...roles: readonly Role[]): string =>
	regia.token({ kind: 'person', name: `turno-${roles.join('-')}`, duties: roles.map((role) => ({ role })) });

async function openAs(token: string, path: string) {
	const opened = await openPage(browser, regia.url, '/live-not-here', { width: 1440, height: 900 });
	await opened.page.context().addCookies([{ name: 'regia', value: token, url: regia.url, httpOnly: true, sameSite: 'Strict' }]);
	await opened.page.goto(regia.url + path);
	return opened;
}
const menu = (page: Page): Promise<string[]> => page.locator('nav ul a').allTextContents();
const sitsAtPress = async (page: Page): Promise<void> => {
	await page.waitForURL(`${regia.url}/press`, { timeout: 8000 });
	await page.locator('main h1').waitFor({ state: 'attached', timeout: 8000 });
};

test.each([
	['who writes', ['press-author'], '/'],
	['who releases', ['press-releaser'], '/press'],
	['who does both, on a page of the room', ['press-author', 'press-releaser'], '/alarms'],
] as const)('%s comes in, to the pages of the press alone', async (_who, roles, path) => {
	const { page } = await openAs(tokenOf(...roles), path);
	await sitsAtPress(page);
	expect(await menu(page)).toEqual(['Stampa']);
	// Its board has no alarms and no gates: nothing may say that there are none.
	expect(await page.locator('[data-tile="foot-strip"], aside, input[name="token"]').count()).toBe(0);
	await page.screenshot({ path: `${out}/press-seat-${roles.join('-')}.png` });
	await page.context().close();
});

test('who comes in after the press at the same screen sees the room’s board', async () => {
	const store = openTokenStore(regia.data);
	const { id, secret } = store.make({ kind: 'person', name: 'turno-9', duties: [{ role: 'press-author' }] }, Date.now());
	const { page } = await openAs(secret, '/');
	await sitsAtPress(page);
	store.revoke(id, Date.now());
	store.close();
	await page.locator('input[name="token"]').fill(tokenOf('commander'));
	await page.keyboard.press('Enter');
	await page.getByRole('link', { name: 'Allarmi' }).waitFor();
	expect(await page.locator('[data-tile="foot-strip"]').count()).toBe(1);
	await page.context().close();
});

test('who belongs to the room too has the room’s desk', async () => {
	const { page } = await openAs(tokenOf('press-author', 'viewer'), '/');
	await page.getByRole('link', { name: 'Allarmi' }).waitFor();
	await page.locator('[data-tile="foot-strip"]').waitFor();
	expect(await menu(page)).toContain('Varchi');
	await page.context().close();
});
