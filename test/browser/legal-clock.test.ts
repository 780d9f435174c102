// A legal clock in a real browser against a real server: started by holding, a report marked as sent, the rest waived by holding.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { launchBrowser } from '../kit/browser.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { openPage, out, sizes } from './wall-page.ts';

let browser: Browser;
let regia: RunningRegia;
let token: string;
beforeAll(async () => {
	[browser, regia] = await Promise.all([launchBrowser(), startRegia({ plan: nightPlan(), flags: ['--rhythm', '250'] })]);
	token = regia.token({ kind: 'person', name: 'turno-1', duties: [{ role: 'commander' }] });
	const mark = { kind: 'incident', incident: 'guasto', act: 'open', title: 'Guasto di prova' };
	expect((await ask(`${regia.url}/api/marks`, { token, body: JSON.stringify(mark) })).status).toBe(202);
});
afterAll(async () => {
	await browser?.close();
	await regia?.stop();
});

test('is started, answered and waived, each step as the server asks for it', async () => {
	const { page, errors } = await openPage(browser, regia.url, '/live-not-here', sizes.desk[1]);
	await page.context().addCookies([{ name: 'regia', value: token, url: regia.url, httpOnly: true, sameSite: 'Strict' }]);
	await page.goto(`${regia.url}/incidents/guasto`);
	const tile = page.locator('[data-tile="clocks"]');
	const stepIn = (name: string) => tile.locator(`[data-clock="guasto-nis2"] [data-step="${name}"]`);

	await tile.getByRole('button', { name: /^Avvia/ }).hover();
	await page.mouse.down();
	await stepIn('early').waitFor();
	await page.mouse.up();

	await stepIn('early')
		.getByRole('button', { name: /Segna inviata/ })
		.click();
	await stepIn('early').locator('[name="protocol"]').fill('PROVA-1');
	await stepIn('early').getByRole('button', { name: 'Segna inviata', exact: true }).last().click();
	await stepIn('early').getByText('PROVA-1').waitFor();

	await tile
		.getByRole('button', { name: /^Nulla più dovuto: NIS2/ })
		.first()
		.click();
	const waive = tile.locator('fieldset', { hasText: 'Perché non è più dovuto nulla' });
	const hold = waive.getByRole('button', { name: /Nulla più dovuto/ });
	await waive.locator('textarea').fill('Non è un incidente significativo');
	await tile.screenshot({ path: `${out}/legal-clock-waive.png` });
	await hold.click();
	expect(await tile.getByText('Nulla più dovuto, per decisione di').count()).toBe(0);
	await hold.hover();
	await page.mouse.down();
	await tile.getByText('Nulla più dovuto, per decisione di').waitFor();
	await page.mouse.up();
	await tile.screenshot({ path: `${out}/legal-clock-waived.png` });

	const { json } = await ask(`${regia.url}/api/board`, { token });
	const { clocks } = json as { clocks: Readonly<Record<string, { standing: string; steps: readonly { step: string; state: string }[] }>> };
	expect(clocks['guasto-nis2']?.steps.map(({ step, state }) => `${step} ${state}`)).toEqual(['early sent', 'notification waived', 'final waived']);
	expect(errors.filter((one) => !one.includes('404'))).toEqual([]);
	await page.close();
});
