// The night worked in a real browser against a real server: tasks by keyboard, votes held and confirmed, a gate passed, a mark taken
// back, the night turned, and the handover sheet.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Duty } from '../../server/domain/token.ts';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { ask } from '../faults/kit/http.ts';
import { launchBrowser } from '../kit/browser.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { axeFaults } from './axe.ts';
import { runbookPlan } from './runbook-plan.ts';
import { openPage, out, sidewaysScroll, sizes } from './wall-page.ts';

let browser: Browser;
let regia: RunningRegia;
let commander: string;
let lead: string;
let viewer: string;
let source: string;
const started = Date.now();
const desk = sizes.desk[1];

beforeAll(async () => {
	[browser, regia] = await Promise.all([launchBrowser(), startRegia({ plan: runbookPlan(started), flags: ['--rhythm', '250'] })]);
	const person = (name: string, duty: Duty): string => regia.token({ kind: 'person', name, duties: [duty] });
	commander = person('turno-1', { role: 'commander' });
	lead = person('turno-2', { role: 'team-lead', teams: ['reti'] });
	viewer = person('osservatore', { role: 'viewer' });
	source = regia.token({ kind: 'source', name: 'store', subjects: ['archive/*'] });
});
afterAll(async () => {
	await browser?.close();
	await regia?.stop();
});

async function openAs(token: string, path: string, size: { width: number; height: number } = desk) {
	const opened = await openPage(browser, regia.url, '/live-not-here', size);
	await opened.page.context().addCookies([{ name: 'regia', value: token, url: regia.url, httpOnly: true, sameSite: 'Strict' }]);
	await opened.page.goto(regia.url + path);
	await opened.page.waitForSelector('main section');
	return opened;
}

type Facts = {
	readonly tasks: Readonly<Record<string, { readonly state: string; readonly by: string | null; readonly reason: string | null }>>;
	readonly gates: Readonly<Record<string, { readonly votes: Readonly<Record<string, readonly [string, number, string]>> }>>;
	readonly cutovers: Readonly<Record<string, { readonly turnedBackAt: number | null }>>;
};
const facts = async (): Promise<Facts> => ((await ask(`${regia.url}/api/board`, { token: commander })).json as { facts: Facts }).facts;
const stateOf = async (task: string): Promise<string | undefined> => (await facts()).tasks[task]?.state;
const voteOf = async (position: string): Promise<string | undefined> => (await facts()).gates.riapertura?.votes[position]?.[0];
const mark = (body: object, token = commander) =>
	ask(`${regia.url}/api/marks`, { token, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const report = (measure: string, value: number) =>
	ask(`${regia.url}/api/samples`, {
		token: source,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ samples: [{ subject: 'archive/referti', measure, value, at: new Date().toISOString() }] }),
	});

const rowOf = (page: Page, task: string): Locator => page.locator(`[role="row"][data-task="${task}"]`);
const isFocused = (one: Locator): Promise<boolean> => one.evaluate((element) => element === document.activeElement);
const gate = (page: Page): Locator => page.locator('main [data-tile="gate-riapertura"]');
const votesOf = (page: Page, position: string): Locator => gate(page).locator(`[data-votes="${position}"]`);

async function hold(page: Page, button: Locator): Promise<void> {
	await button.scrollIntoViewIfNeeded();
	await button.hover();
	await page.mouse.down();
	await new Promise((resolve) => setTimeout(resolve, 1150));
	await page.mouse.up();
}

/** The ring by which one sees where the focus is. */
const ringPx = (one: Locator): Promise<number> =>
	one.evaluate((element) => (getComputedStyle(element).outlineStyle === 'none' ? 0 : Number.parseFloat(getComputedStyle(element).outlineWidth)));

test('a lead starts and finishes a task by keyboard alone, and sees no button for another team', async () => {
	const { page, errors } = await openAs(lead, '/runbook');
	await rowOf(page, 'rete').getByRole('button', { name: 'Inizia: Configura la rete' }).waitFor();
	expect(await rowOf(page, 'copia').getByRole('button', { name: 'Inizia' }).count()).toBe(0);
	const grid = page.getByRole('grid');
	await page.getByLabel('solo le mie').focus();
	for (let steps = 0; steps < 6 && !(await grid.evaluate((one) => one.contains(document.activeElement))); steps += 1)
		await page.keyboard.press('Tab');
	await page.keyboard.press('End');
	await page.keyboard.press('Home');
	await until('the row has the focus', () => isFocused(rowOf(page, 'rete')));
	expect(await ringPx(rowOf(page, 'rete'))).toBeGreaterThanOrEqual(2);
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await until('it runs', async () => (await stateOf('rete')) === 'running');
	await rowOf(page, 'rete').getByRole('button', { name: 'Conclusa: Configura la rete' }).waitFor();
	expect((await facts()).tasks.rete?.by).toBe('person/turno-2');
	expect(await isFocused(rowOf(page, 'rete').getByRole('button', { name: 'Conclusa' }))).toBe(true);
	await page.keyboard.press('Enter');
	await until('it is done', async () => (await stateOf('rete')) === 'done');
	await page.locator('[data-sending="kept"]').last().waitFor();
	await page.screenshot({ path: `${out}/desk-runbook-keyboard.png` });
	expect(errors).toEqual([]);
	await page.context().close();
});

test('a mark is taken back within its seconds, by a mark of its own', async () => {
	const { page } = await openAs(commander, '/runbook/copia');
	await page.locator('[data-tile="task"]').getByRole('button', { name: 'Inizia' }).click();
	const notice = page.locator('[data-sending="kept"]');
	await notice.getByRole('button', { name: 'Annulla' }).click();
	await page.locator('[data-sending="undone"]').waitFor();
	expect(await stateOf('copia')).toBe('waiting');
	await until('the mark stays to be read, struck out', async () => (await page.locator('[data-tile="task"] [data-undone]').count()) === 1);
	await page.context().close();
});

test('a task fails for a reason, kept with it; without one nothing is sent', async () => {
	const { page } = await openAs(commander, '/runbook/copia');
	const tile = page.locator('[data-tile="task"]');
	await tile.getByRole('button', { name: 'Inizia' }).click();
	await tile.getByRole('button', { name: 'Fallita' }).click();
	await page.keyboard.press('Enter');
	expect(await stateOf('copia')).toBe('running');
	await page.keyboard.type('disco pieno');
	await page.keyboard.press('Enter');
	await until('it failed', async () => (await stateOf('copia')) === 'failed');
	expect((await facts()).tasks.copia?.reason).toBe('disco pieno');
	await until('the focus is on its heading', () => isFocused(tile.getByRole('heading', { name: 'Copia i referti' })));
	await tile.getByText('motivo').or(tile.getByText('disco pieno')).first().waitFor();
	await page.context().close();
});

test('what the server refuses is said in the reader’s language, with what to do', async () => {
	const { page } = await openAs(lead, '/runbook/avvio?lang=en');
	await page.locator('[data-tile="task"]').getByRole('button', { name: 'Start' }).click();
	const notice = page.locator('[data-sending="refused"]');
	await notice.waitFor();
	expect(await notice.textContent()).toContain('Pass the gate first');
	expect(await stateOf('avvio')).toBe('waiting');
	await page.context().close();
});

test('go is shut while a criterion is unmet, and says which; hold is voted by holding, not by a click', async () => {
	const { page, errors } = await openAs(commander, '/gates');
	await votesOf(page, 'comando').waitFor();
	expect(await gate(page).textContent()).toContain('«Procedi» non si può dare: Errori di copia, nessun dato ricevuto.');
	expect(await votesOf(page, 'comando').getByRole('button', { name: 'Procedi' }).isDisabled()).toBe(true);
	expect(await votesOf(page, 'reti').count()).toBe(0);
	const wait = votesOf(page, 'comando').getByRole('button', { name: 'Attendi' });
	await wait.click();
	await page.waitForTimeout(300);
	expect(await voteOf('comando')).toBeUndefined();
	await hold(page, wait);
	await until('the vote stands', async () => (await voteOf('comando')) === 'hold');
	await page.waitForSelector('main [data-gate-state="hold"]');
	await page.screenshot({ path: `${out}/desk-gates-hold.png` });
	expect(errors).toEqual([]);
	await page.context().close();
});

test('on a phone what is to be confirmed is never under the strip at the foot, and Escape gives the focus back', async () => {
	const { page } = await openAs(commander, '/gates', sizes.desk[2]);
	const wait = votesOf(page, 'comando').getByRole('button', { name: 'Attendi' });
	await wait.waitFor();
	// So that the confirmation would come to rest just where the strip is.
	await wait.evaluate((button) => window.scrollBy(0, button.getBoundingClientRect().bottom - window.innerHeight + 148));
	await wait.evaluate((button) => button.focus({ preventScroll: true }));
	await page.keyboard.press('Enter');
	const confirm = gate(page).getByRole('button', { name: 'Conferma' });
	await confirm.waitFor();
	const isOnTop = (): Promise<boolean> =>
		confirm.evaluate((button) => {
			const { left, right, top, bottom } = button.getBoundingClientRect();
			return [top + 2, bottom - 2].every((y) => button.contains(document.elementFromPoint((left + right) / 2, y)));
		});
	expect(await isFocused(confirm)).toBe(true);
	expect(await isOnTop()).toBe(true);
	await page.screenshot({ path: `${out}/desk-gates-confirm-390.png` });
	await page.keyboard.press('Escape');
	await until('the panel has the focus', () => isFocused(gate(page).locator('h2')));
	expect(await confirm.count()).toBe(0);
	await page.context().close();
});

test('a lead votes by keyboard: the key arms, a second press confirms; the commander passes the gate', async () => {
	expect((await report('archive.errors', 0)).status).toBe(202);
	const { page } = await openAs(lead, '/gates');
	const go = votesOf(page, 'reti').getByRole('button', { name: 'Procedi' });
	await until('go is open', () => go.isEnabled());
	await go.focus();
	expect(await ringPx(go)).toBeGreaterThanOrEqual(2);
	await page.keyboard.press('Enter');
	const confirm = gate(page).getByRole('button', { name: 'Conferma' });
	await confirm.waitFor();
	expect(await isFocused(confirm)).toBe(true);
	expect(await voteOf('reti')).toBeUndefined();
	await page.screenshot({ path: `${out}/desk-gates-confirm.png` });
	await page.keyboard.press('Enter');
	await until('the vote stands', async () => (await voteOf('reti')) === 'go');
	await until('the panel has the focus', () => isFocused(gate(page).locator('h2')));

	const other = await openAs(commander, '/gates');
	await hold(other.page, votesOf(other.page, 'comando').getByRole('button', { name: 'Procedi' }));
	await other.page.waitForSelector('main [data-gate-state="go"]');
	expect(await gate(other.page).textContent()).toMatch(/procedi alle \d\d:\d\d con:.*Errori di copia0/);
	expect(await axeFaults(other.page)).toEqual([]);
	await other.page.screenshot({ path: `${out}/desk-gates-go.png` });
	await hold(other.page, gate(other.page).getByRole('button', { name: 'Passa il varco' }));
	await until('it is passed', async () => (await stateOf('varco')) === 'done');
	await other.page.waitForSelector('main [data-gate-state="closed"]');
	expect(await gate(other.page).locator('[data-votes]').count()).toBe(0);
	await until('its buttons went with it here too', async () => (await gate(page).locator('[data-votes]').count()) === 0);
	await Promise.all([page.context().close(), other.page.context().close()]);
});

test('a lead reports with a promise; whoever only looks on has no button', async () => {
	const { page } = await openAs(lead, '/runbook');
	const lane = page.locator('[data-team="reti"]');
	await lane.getByRole('button', { name: 'Riferisci per Squadra reti' }).click();
	const soon = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Rome' }).format(Date.now() + 45 * 60_000);
	await lane.locator('[name="promise"]').fill(soon);
	await lane.getByRole('button', { name: 'Invia' }).click();
	await until('it stands in the lane', async () => ((await lane.textContent()) ?? '').includes(soon));
	expect(await page.locator('[data-team="fornitore-a"]').getByRole('button').count()).toBe(0);
	const other = await openAs(viewer, '/runbook');
	await other.page.waitForSelector('[data-task="avvio"]');
	expect(await other.page.locator('[data-action="marks.make"], [data-action="gates.vote"]').count()).toBe(0);
	await Promise.all([page.context().close(), other.page.context().close()]);
});

test('with the link lost no button stays', async () => {
	const { page } = await openAs(lead, '/runbook');
	await page.locator('[data-action="marks.make"]').first().waitFor();
	await page.context().setOffline(true);
	await page.evaluate(() => window.dispatchEvent(new Event('offline')));
	await until('the buttons are gone', async () => (await page.locator('[data-action="marks.make"]').count()) === 0);
	await page.context().close();
});

test('with the session over no button stays', async () => {
	const short = regia.token({ kind: 'person', name: 'turno-3', duties: [{ role: 'team-lead', teams: ['reti'] }] });
	const { page } = await openAs(short, '/runbook');
	await page.locator('[data-action="marks.make"]').first().waitFor();
	const store = openTokenStore(regia.data);
	store.revoke(short.split('_')[1] ?? '', Date.now(), { by: 'terminal/prova', from: 'terminal' });
	store.close();
	await until('the buttons are gone', async () => (await page.locator('[data-action="marks.make"]').count()) === 0);
	await page.context().close();
});

test('only the commander turns the night back, by holding, with the reason in the record', async () => {
	const other = await openAs(lead, '/gates');
	await other.page.waitForSelector('[data-tile="way-back"]');
	expect(await other.page.locator('[data-tile="way-back"] button').count()).toBe(0);
	await other.page.context().close();
	const { page } = await openAs(commander, '/gates');
	const card = page.locator('[data-tile="way-back"]');
	expect(await card.textContent()).toMatch(/ritorno \(p90\)− 60 min misurata/);
	await card.getByRole('textbox').fill('prova del ritorno');
	await hold(page, card.getByRole('button', { name: /Volta la notte/ }));
	await until('the night is turned', async () => typeof (await facts()).cutovers.notte?.turnedBackAt === 'number');
	await card.getByText('la notte è stata voltata indietro').waitFor();
	await page.screenshot({ path: `${out}/desk-gates-turned.png` });
	await page.context().close();
});

test('since you left: what became of the night, on the screen and on one sheet of paper', async () => {
	await mark({ kind: 'note', text: 'Cambio di turno alle sei.' });
	const from = new Date(started + 1).toISOString();
	const { page, errors } = await openAs(viewer, '/');
	await page.goto(`${regia.url}/since?from=${from}`);
	await page.waitForSelector('[data-tile="since-figures"], [role="alert"]');
	const first = await page.textContent('main');
	// The record may begin a moment later than the clock of this test.
	if (first?.includes('Il registro comincia')) {
		const begun = ((await ask(`${regia.url}/api/board?seq=2`, { token: commander })).json as { now: string }).now;
		await page.goto(`${regia.url}/since?from=${begun}`);
		await page.waitForSelector('[data-tile="since-figures"]');
	}
	const text = (await page.textContent('main')) ?? '';
	for (const part of [
		'Configura la rete',
		'Copia i referti (motivo: disco pieno)',
		'Riapertura: passato',
		'Si torna indietro',
		'Cambio di turno alle sei.',
	])
		expect(text).toContain(part);
	expect(await axeFaults(page)).toEqual([]);
	for (const size of sizes.desk) {
		await page.setViewportSize(size);
		expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
		await page.screenshot({ path: `${out}/desk-since-${size.width}.png`, fullPage: size.width < 500 });
	}
	await page.setViewportSize(desk);
	const sheet = await page.pdf({ path: `${out}/since.pdf`, preferCSSPageSize: true });
	expect(sheet.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
	await page.emulateMedia({ media: 'print' });
	expect(await page.evaluate(() => getComputedStyle(document.body.parentElement as Element).backgroundColor)).toBe('rgb(255, 255, 255)');
	await page.screenshot({ path: `${out}/since-print.png`, fullPage: true });
	expect(errors.filter((one) => !/404|400/.test(one))).toEqual([]);
	await page.context().close();
});

test('the side remembers since when this browser was away', async () => {
	const { page } = await openAs(viewer, '/');
	await page.getByText('Prima visita da questo browser.').waitFor();
	const at = Date.now() - 6 * 60_000;
	await page.evaluate((lookedAt) => localStorage.setItem('regia.looked', JSON.stringify({ leftAt: null, lookedAt, realAt: lookedAt })), at);
	await page.reload();
	const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Rome' }).format(at);
	await page.getByRole('heading', { name: `Da quando manchi (${clock})` }).waitFor();
	await page.context().close();
});
