// Signing in and out in a real browser, before a real provider: the desk with its buttons, the wall that stays, the night when the provider is down.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeAt } from '../../server/identity/local-accounts.ts';
import { type PeoplePlan, peoplePlan } from '../identity/people-plan.ts';
import { launchBrowser } from '../kit/browser.ts';
import { freePort } from '../kit/free-port.ts';
import { type IdentityProvider, startIdentityProvider } from '../kit/identity-provider.ts';
import { type RunningRegia, startRegia, temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { axeFaults } from './axe.ts';

const root = join(import.meta.dirname, '../..');
let browser: Browser;
let provider: IdentityProvider;
let regia: RunningRegia;
let data: string;
let port: number;
let contexts: BrowserContext[];
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
	contexts = [];
	data = temporaryFolder('data');
	port = await freePort();
	provider = await startIdentityProvider({
		redirectUri: `http://127.0.0.1:${port}/auth/callback`,
		groups: { 'turno-1': ['sala', 'regia'], 'turno-2': ['sala'] },
	});
});
afterEach(async () => {
	for (const context of contexts) await context.close();
	await regia.stop();
	await provider.stop();
});

async function start(plan: PeoplePlan = {}): Promise<void> {
	const text = peoplePlan({ issuer: provider.issuer, publicUrl: `http://127.0.0.1:${port}`, ...plan });
	regia = await startRegia({ plan: text, port, data, flags: ['--rhythm', '250', '--recheck', '1000'], env: { OIDC_SECRET: provider.clientSecret } });
}
async function open(path = '/'): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	contexts.push(context);
	const page = await context.newPage();
	await page.goto(`${regia.url}${path}`);
	return page;
}
async function enter(page: Page, person: string): Promise<void> {
	await page.getByRole('link', { name: 'Entra con le credenziali aziendali' }).click();
	await page.getByLabel('Nome').fill(person);
	await page.getByRole('button', { name: 'Avanti' }).click();
	await page.locator(`[data-who="${person}"]`).waitFor();
}
const roles = (page: Page): Promise<string | null> => page.textContent('[data-roles]');
const streamOf = (page: Page): Promise<string | null> => page.getAttribute('[data-stream]', 'data-stream');

describe('the desk', () => {
	test('lets in by the provider, says who is there, and lets out; the way back shows nothing', async () => {
		await start();
		const page = await open();
		await page.getByRole('link', { name: 'Entra con le credenziali aziendali' }).waitFor();
		const faults = await axeFaults(page);
		expect(faults).toEqual([]);
		await enter(page, 'turno-1');
		expect(new URL(page.url()).pathname).toBe('/');
		expect(await roles(page)).toBe('osservatore, comando');
		await page.getByRole('link', { name: 'Registro accessi' }).waitFor();
		const cookies = await page.context().cookies(regia.url);
		const kept = cookies.find(({ name }) => name === 'regia-session');
		expect(kept).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
		expect(cookies.map(({ name }) => name)).not.toContain('regia-sign-in');
		expect(await page.evaluate(() => document.cookie)).toBe('');
		await page.getByRole('button', { name: 'Esci', exact: true }).click();
		// The provider asks as well, ends its own session and sends back.
		await page.getByRole('button', { name: 'Esci dal servizio' }).click();
		await page.getByRole('link', { name: 'Entra con le credenziali aziendali' }).waitFor();
		expect((await page.context().cookies(regia.url)).map(({ name }) => name)).not.toContain('regia-session');
		expect(await page.locator('[data-who]').count()).toBe(0);
	});

	test('loses the buttons of a role that is taken away, without a reload, and the server refuses', async () => {
		await start();
		const page = await open();
		await enter(page, 'turno-1');
		await page.getByRole('link', { name: 'Registro accessi' }).waitFor();
		provider.setGroups('turno-1', ['sala']);
		await until('the role is gone', async () => (await roles(page)) === 'osservatore', 60_000);
		expect(await page.getByRole('link', { name: 'Registro accessi' }).count()).toBe(0);
		const status = await page.evaluate(async () => (await fetch('/api/marks', { method: 'POST', body: '{"kind":"note","text":"prova"}' })).status);
		expect(status).toBe(403);
		expect(await streamOf(page)).toBe('fresh');
	});

	test('a session that is over closes the desk; a wall with its own token stays', async () => {
		await start({ idle: '4s' });
		const page = await open();
		await enter(page, 'turno-2');
		const secret = regia.token({ kind: 'display', name: 'parete-1', audience: 'wall' });
		const wall = await open('/niente');
		await wall.evaluate((token) => fetch('/api/session', { method: 'POST', body: JSON.stringify({ token }) }), secret);
		await wall.goto(`${regia.url}/wall/cutover`);
		await until('the wall is fresh', async () => (await streamOf(wall)) === 'fresh');
		await page.getByRole('link', { name: 'Entra con le credenziali aziendali' }).waitFor({ timeout: 15_000 });
		await until('the desk knows', async () => (await page.locator('[data-who]').count()) === 0);
		expect(await streamOf(page)).not.toBe('fresh');
		expect(await streamOf(wall)).toBe('fresh');
	});
});

test('while the provider is down those inside stay, a local account comes in, and the strip says it', async () => {
	await start();
	const command = ['make', 'turno-3', '--role', 'commander', '--data', data];
	const made = execFileSync(process.execPath, [join(root, 'server/account-command.ts'), ...command], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [password = '', otpauth = ''] = made.trim().split('\n');
	const secret = new URL(otpauth).searchParams.get('secret') ?? '';
	const inside = await open();
	await enter(inside, 'turno-2');
	await provider.goDown();
	await inside.getByText('provider non raggiungibile').waitFor();
	expect(await inside.textContent('[data-who]')).toBe('turno-2');
	const outside = await open();
	await outside.getByRole('link', { name: 'Entra con le credenziali aziendali' }).click();
	await outside.getByText('Il servizio di identità non risponde').waitFor();
	await outside.getByLabel('Nome').fill('turno-3');
	await outside.getByLabel('Password').fill(password);
	await outside.getByLabel('Codice a sei cifre').fill('000000');
	const form = outside.locator('[data-form="break-glass"]');
	await form.getByRole('button').click();
	await outside.getByText('Nome, password o codice non validi').waitFor();
	await outside.getByLabel('Codice a sei cifre').fill(codeAt(secret, Date.now()));
	await form.getByRole('button').click();
	await outside.locator('[data-who="turno-3"]').waitFor();
	expect(await roles(outside)).toBe('comando');
	await provider.comeBack();
	await inside.getByText('provider non raggiungibile').waitFor({ state: 'detached' });
	expect(await inside.textContent('[data-who]')).toBe('turno-2');
});

test('the first link makes the first administrator, once, and leaves the address', async () => {
	await start();
	const link = await until('the link', () => /\/claim#[\w-]+/.exec(regia.output())?.[0]);
	const page = await open(link);
	await page.getByLabel('Nome').fill('turno-1');
	expect(page.url()).not.toContain('#');
	await page.getByRole('button', { name: 'Crea' }).click();
	expect(await page.locator('[data-secret="password"]').textContent()).toHaveLength(24);
	expect(await page.locator('[data-secret="totp"]').textContent()).toMatch(/^otpauth:\/\/totp\/Regia:turno-1/);
	await page.getByRole('link', { name: 'Vai a Regia' }).click();
	await page.locator('[data-who="turno-1"]').waitFor();
	expect(await roles(page)).toBe('amministratore');
	const late = await open(link);
	await late.getByLabel('Nome').fill('turno-2');
	await late.getByRole('button', { name: 'Crea' }).click();
	await late.getByText('Il collegamento non è valido').waitFor();
});
