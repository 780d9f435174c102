// The desk's pages for the press in a real browser: a sheet is composed by keys alone and kept through a lost link, released by another
// person, and every page is looked at in three sizes, both themes and languages. The figures are invented where the releases say nothing.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dressOf, sheetOf } from '../../server/domain/sheet-of.ts';
import { openPresses } from '../../server/press/presses.ts';
import type { PressFacts, SheetContent } from '../../shared/press.ts';
import { isFull } from '../faults/kit/scale.ts';
import { launchBrowser } from '../kit/browser.ts';
import { figuresAnswer, pressAt, pressBoard, pressNow, releasedFacts, sheetContent, sheetFacts } from '../kit/press-literal.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { axeFaults } from './axe.ts';
import { appearances, openPage, out, settled, sidewaysScroll, sizes } from './wall-page.ts';

const person = (name: string, role: string, may: readonly string[]) => ({
	who: { kind: 'person', name, isSession: true },
	duties: [{ role }],
	may: ['press.read', 'marks.send', 'act.arm', ...may],
	own: {},
	ways: [],
	providerDown: false,
	unclaimed: false,
});
const author = person('ufficio-stampa', 'press-author', ['press.compose']);
const releaser = person('direzione', 'press-releaser', ['press.release', 'press.withdraw']);
const both = person('ufficio-stampa', 'press-releaser', ['press.compose', 'press.release', 'press.withdraw']);

type Asked = { readonly path: string; readonly body: Record<string, unknown>; readonly key: string | undefined };

let browser: Browser;
let stage: Stage;
let drawn: readonly (readonly [path: string, png: Uint8Array])[];
beforeAll(async () => {
	const presses = openPresses();
	const draw = async (facts: PressFacts) => {
		const sheet = sheetOf({ ...facts, dress: dressOf(null, 'https://sala.example', null) }, 'it');
		if (sheet === null) throw new Error('the sheet has no Italian title');
		return [`/api/press/${facts.frozen.id}/preview`, (await presses.render(sheet, 'wide')).png] as const;
	};
	[browser, stage, drawn] = await Promise.all([
		launchBrowser(),
		openStage(pressBoard(), { startAt: pressNow }),
		Promise.all([draw(sheetFacts('7f3k-92qd')), draw(releasedFacts('4h8m-11xz', 12))]),
	]);
	await presses.close();
});
afterAll(async () => {
	await stage?.close();
	await browser?.close();
});

/** The server's answers; `isLost`: none comes to what is sent. */
async function openAs(me: object, path: string, { isLost = (): boolean => false, size = sizes.desk[1] as { width: number; height: number } } = {}) {
	const opened = await openPage(browser, stage.address, '/favicon-not-here.svg', size);
	const { page } = opened;
	const asked: Asked[] = [];
	const figures: string[] = [];
	await page.route('**/api/**', async (route) => {
		const request = route.request();
		const { pathname, search } = new URL(request.url());
		if (pathname === '/api/me') return route.fulfill({ json: me });
		if (request.method() === 'POST') {
			asked.push({ path: pathname, body: request.postDataJSON() as Record<string, unknown>, key: request.headers()['idempotency-key'] });
			if (isLost()) return route.abort();
			if (pathname === '/api/arm') return route.fulfill({ json: { nonce: 'n1', validUntil: new Date().toISOString() } });
			if (pathname === '/api/press') return route.fulfill({ status: 201, json: { seq: 88_591, id: '7f3k-92qd', digest: 'd', frozen: {} } });
			return route.fulfill({ status: 202, json: { seq: 88_600, sheet: null } });
		}
		if (pathname === '/api/press') return route.fulfill({ json: { count: 5, sheets: [] } });
		if (pathname === '/api/press/figures') {
			figures.push(search);
			const at = new URLSearchParams(search).get('at');
			return route.fulfill({ json: figuresAnswer(at === null ? pressNow : Date.parse(at)) });
		}
		if (pathname.endsWith('/preview'))
			return route.fulfill({ contentType: 'image/png', body: Buffer.from(drawn.find(([one]) => one === pathname)?.[1] ?? []) });
		if (pathname.endsWith('/verify')) return route.fulfill({ json: { same: true, differs: [], digestHolds: true, recordHolds: true } });
		return route.fulfill({ status: 404, json: {} });
	});
	await page.goto(stage.address + path);
	await page.waitForSelector('[data-tile^="press"]');
	await settled(page);
	return { ...opened, asked, figures };
}

const press = async (page: Page, name: string | RegExp, key = 'Enter'): Promise<void> =>
	page
		.getByRole('button', { name, exact: typeof name === 'string' })
		.first()
		.press(key);
const kept = (page: Page): Promise<{ content: SheetContent; moment: string } | null> =>
	page.evaluate(() => JSON.parse(localStorage.getItem('regia.press-draft') ?? 'null'));
const contentOf = async (page: Page): Promise<SheetContent> => {
	const draft = await kept(page);
	if (draft === null) throw new Error('nothing is kept');
	return draft.content;
};
const focusedLabel = (page: Page): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
/** What a finger has to hit, and is smaller than one. */
const smallButtons = (page: Page): Promise<(string | null)[]> =>
	page.evaluate(() =>
		[...document.querySelectorAll('main [data-tile] button, main [data-tile] select, main [data-tile] input:not([type=radio]):not([type=checkbox])')]
			.filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 31)
			.map((one) => one.textContent),
	);

/** By keys alone, from the template to a sheet that says what Lazio said on 25 July. */
async function compose(page: Page): Promise<void> {
	await page.getByRole('radio', { name: 'Tappa del programma' }).press('Space');
	await page.locator('[data-hero="archives.done"]').waitFor();
	const title = page.getByLabel('Titolo · Italiano', { exact: true });
	await title.focus();
	await page.keyboard.press('Control+A');
	await page.keyboard.insertText(sheetContent.title.it);
	await page.keyboard.press('Tab');
	await page.keyboard.press('Control+A');
	await page.keyboard.insertText(sheetContent.title.en);
	await page.keyboard.press('Tab');
	for (const words of Object.values(sheetContent.sentences[0] ?? {})) {
		await page.keyboard.press('Control+A');
		await page.keyboard.insertText(words);
		await page.keyboard.press('Tab');
	}
}

test('a sheet is composed by keys alone, ordered, kept while the link is lost, and sent once', async () => {
	let isLost = true;
	const { page, asked, errors } = await openAs(author, '/press', { isLost: () => isLost });
	await page.getByRole('link', { name: 'Componi un foglio' }).press('Enter');
	await page.waitForSelector('[data-figure]');
	await compose(page);
	expect((await contentOf(page)).heroes.map(({ key }) => key)).toEqual(['archives.done', 'archives.moved', 'bodies.moved', 'sites.count']);

	// The order, with the focus where it was.
	await press(page, 'Dati trasferiti: più su');
	expect((await contentOf(page)).heroes.map(({ key }) => key).slice(0, 2)).toEqual(['archives.moved', 'archives.done']);
	expect(await focusedLabel(page)).toBe('Dati trasferiti: più su');
	await press(page, 'Dati trasferiti: più giù');
	expect(await focusedLabel(page)).toBe('Dati trasferiti: più giù');
	await press(page, 'RECUP, prenotazioni: più giù');
	expect((await contentOf(page)).lists[0]?.keys.slice(0, 2)).toEqual(['service.state/referti', 'service.state/recup']);
	expect(await focusedLabel(page)).toBe('RECUP, prenotazioni: più giù');
	await press(page, 'RECUP, prenotazioni: più su');

	// A figure from the catalogue; a fifth large one has no room.
	await page.getByLabel('Cerca una cifra').focus();
	await page.keyboard.type('disponibilita');
	await expect.poll(() => page.locator('[data-figure]').count()).toBe(1);
	expect(await page.getByRole('button', { name: 'Cifra grande: Disponibilità dei servizi' }).getAttribute('aria-disabled')).toBe('true');
	await press(page, 'Elenco 1: Disponibilità dei servizi');
	expect((await contentOf(page)).lists[0]?.keys.at(-1)).toBe('services.availability');
	await press(page, 'Elenco 1: Disponibilità dei servizi');
	await page.getByLabel('Cerca una cifra').fill('');

	// What is stale or incomplete carries its note onto the sheet by itself.
	const preview = page.locator('[data-preview]');
	expect(await preview.textContent()).toContain('dato di 2 giorni fa; 14 di 16 aziende');
	await page.screenshot({ path: `${out}/press-compose.png` });
	await page.screenshot({ path: `${out}/press-compose-full.png`, fullPage: true });
	for (const [format, ratio] of [
		['Quadrato', 1],
		['A4', 210 / 297],
		['16:9', 16 / 9],
	] as const) {
		await press(page, format);
		const box = await preview.boundingBox();
		expect((box?.width ?? 0) / (box?.height ?? 1), format).toBeCloseTo(ratio, 1);
		await page.locator('[data-tile="press-preview"]').screenshot({ path: `${out}/press-preview-${format.replace(':', '-')}.png` });
	}
	await press(page, 'Inglese');
	expect(await preview.textContent()).toContain('As of 25 July 2025, 11:06');

	await press(page, 'Invia la bozza a chi la rilascia');
	await page.getByText('Il server non risponde: la bozza resta qui').waitFor();
	await page.reload();
	await page.getByText('Bozza ripresa').waitFor();
	expect((await contentOf(page)).title).toEqual(sheetContent.title);
	isLost = false;
	await page.waitForSelector('[data-figure]');
	await press(page, 'Invia la bozza a chi la rilascia');
	await page.waitForURL('**/press/7f3k-92qd');
	const sent = asked.filter(({ path }) => path === '/api/press');
	expect(sent.at(-1)?.body).toMatchObject({ seq: 88_590, content: { title: sheetContent.title, template: 'milestone', facts: true } });
	// No figure is on the wire: only which ones.
	expect(JSON.stringify(sent.at(-1)?.body)).not.toMatch(/30 su 30|150.TB|70\.412/);
	expect(sent.every(({ key }) => key !== undefined)).toBe(true);
	expect(await kept(page)).toBeNull();
	expect(errors.filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
	await page.context().close();
});

test('a past moment is typed in the plan’s zone; one to come, one that no clock shows and open brackets stand in the way', async () => {
	const { page, figures, asked } = await openAs(author, '/press/new');
	await page.waitForSelector('[data-figure]');
	await page.getByRole('radio', { name: 'Tappa del programma' }).press('Space');
	const wrong = page.locator('[data-wrong]');
	await expect.poll(() => wrong.allTextContents()).toContainEqual(expect.stringContaining('parentesi quadre'));
	await page.getByRole('radio', { name: 'Un momento passato' }).press('Space');
	const moment = page.getByLabel(/^Giorno e ora/);
	for (const [typed, said] of [
		['31/12/2030 10:00', 'deve ancora venire'],
		['31/02/2025 10:00', 'quest’ora non c’è'],
	] as const) {
		await moment.fill(typed);
		await moment.press('Enter');
		await page.getByText(said).waitFor();
	}
	await moment.fill('25/07/2025 11:00');
	await moment.press('Enter');
	await expect.poll(() => figures.at(-1)).toBe(`?at=${encodeURIComponent(new Date(pressAt).toISOString())}`);
	await page.getByText('Cifre al 25/07/2025 11:00 · voce 88590 del registro').waitFor();
	await press(page, 'Invia la bozza a chi la rilascia');
	expect(asked).toEqual([]);
	await page.getByLabel('Titolo · Inglese', { exact: true }).fill('');
	await page.getByText('non ci sarà un foglio in inglese').waitFor();
	await page.context().close();
});

test('its author finds no button to release it, whatever else they may, and is told why; another holds it, or confirms by key', async () => {
	const own = await openAs(both, '/press/7f3k-92qd');
	await own.page.getByText('L’ha scritto lei').waitFor();
	expect(await own.page.getByRole('button', { name: /Rilascia/ }).count()).toBe(0);
	await own.page.context().close();

	const { page, asked } = await openAs(releaser, '/press/7f3k-92qd');
	await page.getByLabel(/^Embargo fino a/).fill('25/07/2025 12:30');
	await page.getByLabel('Sostituisce').selectOption({ label: 'il foglio n. 12/2025' });
	await press(page, /^Rilascia il foglio/);
	await page.getByRole('alertdialog').waitFor();
	expect(asked.map(({ path }) => path)).toEqual(['/api/arm']);
	await page.keyboard.press('Enter');
	await expect
		.poll(() => asked.at(-1))
		.toMatchObject({
			path: '/api/press/7f3k-92qd/release',
			body: { nonce: 'n1', embargoUntil: '2025-07-25T10:30:00.000Z', supersedes: '4h8m-11xz' },
		});
	await page.getByText('Foglio stampa 7F3K-92QD: rilasciato').waitFor();
	// Withdrawn by holding, with a reason.
	const withdraw = page.getByRole('button', { name: /^Ritira il foglio/ });
	expect(await withdraw.isDisabled()).toBe(true);
	await page.getByLabel('Perché si ritira').fill('Una fonte contava due volte');
	await withdraw.hover();
	await page.mouse.down();
	await expect.poll(() => asked.at(-1)?.path, { timeout: 4000 }).toBe('/api/press/7f3k-92qd/withdraw');
	await page.mouse.up();
	expect(asked.at(-1)?.body).toEqual({ nonce: 'n1', reason: 'Una fonte contava due volte' });
	await page.context().close();
});

test('on a telephone the preview and the way to send are one touch away from whatever is being written', async () => {
	const size = sizes.desk[2] as { width: number; height: number };
	const { page } = await openAs(author, '/press/new', { size });
	await page.waitForSelector('[data-figure]');
	await page.getByRole('radio', { name: 'Tappa del programma' }).press('Space');
	await page.locator('[data-hero="archives.done"]').waitFor();
	const bar = page.getByRole('navigation', { name: 'Parti del foglio' });
	const top = async (tile: string): Promise<number> => (await page.locator(`[data-tile="${tile}"]`).boundingBox())?.y ?? Number.NaN;
	for (const [name, tile] of [
		['Anteprima', 'press-preview'],
		['Testi', 'press-texts'],
		['Invia', 'press-send'],
	] as const) {
		const button = bar.getByRole('button', { name });
		const box = await button.boundingBox();
		expect([(box?.y ?? 0) + (box?.height ?? 0) <= size.height, (box?.height ?? 0) >= 44], name).toEqual([true, true]);
		await button.click();
		await expect.poll(() => top(tile), { message: name }).toBeGreaterThanOrEqual(0);
		// It begins at the top, or all of it is seen: what stands last cannot be brought to the top.
		const [panel, foot] = [await page.locator(`[data-tile="${tile}"]`).boundingBox(), await bar.boundingBox()];
		expect((panel?.y ?? 0) <= 20 || (panel?.y ?? 0) + (panel?.height ?? 0) <= (foot?.y ?? 0), name).toBe(true);
		await page.screenshot({ path: `${out}/press-telephone-${tile}.png` });
	}
	expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(6000);
	expect(await axeFaults(page)).toEqual([]);
	await page.setViewportSize(sizes.desk[1] as { width: number; height: number });
	expect(await bar.count()).toBe(0);
	await page.context().close();
});

const pages = [
	['list', '/press', author],
	['compose', '/press/new', author],
	['draft', '/press/7f3k-92qd', releaser],
	['released', '/press/4h8m-11xz', releaser],
] as const;

test('a sheet that the data contradict is said on the list, on its page and in the menu', async () => {
	const { page } = await openAs(author, '/press');
	await page.getByText('Fogli smentiti dai dati: 1').waitFor();
	expect(await page.locator('[data-sheet="4h8m-11xz"]').textContent()).toContain('smentiscono');
	expect(await page.locator('nav a[href="/press"] [data-worst="bad"]').count()).toBe(1);
	await page.goto(`${stage.address}/press/4h8m-11xz`);
	await page.getByText('I dati ora smentiscono questo foglio').waitFor();
	await page.context().close();
});

describe.each(pages)('%s', (name, path, me) => {
	test('clean to axe, no sideways scroll, at three sizes, both themes and languages', async () => {
		const { page, errors, outside } = await openAs(me, path);
		await page.evaluate(
			(draft) => localStorage.setItem('regia.press-draft', draft),
			JSON.stringify({ content: sheetContent, moment: '', savedAt: pressNow }),
		);
		for (const [lang, theme] of appearances) {
			// Each size once; at full scale in every appearance.
			for (const size of isFull ? sizes.desk : lang === 'it' ? sizes.desk.slice(name === 'compose' ? 0 : 1, 2) : sizes.desk.slice(2)) {
				await page.setViewportSize(size);
				await page.goto(`${stage.address}${path}?lang=${lang}&theme=${theme}`);
				await page.waitForSelector('[data-tile^="press"]');
				await settled(page);
				if (name === 'compose') await page.waitForSelector('[data-figure]');
				expect(await axeFaults(page), `${lang} ${theme} ${size.width}`).toEqual([]);
				expect(await sidewaysScroll(page), `${lang} ${size.width}`).toBeLessThanOrEqual(0);
				expect(await smallButtons(page), `${lang} ${size.width}`).toEqual([]);
				await page.screenshot({ path: `${out}/press-${name}-${lang}-${theme}-${size.width}.png`, fullPage: size.width < 500 });
			}
		}
		expect(errors).toEqual([]);
		expect(outside).toEqual([]);
		await page.context().close();
	});
});
