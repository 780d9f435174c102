// Opens a page of the client in a real browser and keeps account of what went wrong on it. Knows no test.
import type { Browser, Page } from 'playwright-core';
import { isFull } from '../faults/kit/scale.ts';

export type Watched = { readonly page: Page; readonly errors: readonly string[]; readonly outside: readonly string[] };
export type Size = { readonly width: number; readonly height: number };

export const sizes = {
	wall: [
		{ width: 1920, height: 1080 },
		{ width: 1440, height: 900 },
	],
	desk: [
		{ width: 1920, height: 1080 },
		{ width: 1440, height: 900 },
		{ width: 390, height: 844 },
	],
} as const;

/** The widest at full scale alone: what fits at 1440 and at 390 fits there. */
export const deskSizes = isFull ? sizes.desk : sizes.desk.slice(1);

const all = [
	['it', 'dark'],
	['en', 'light'],
	['it', 'light'],
	['en', 'dark'],
] as const;
/** Each language and each theme once; at full scale every pair of them. */
export const appearances = isFull ? all : all.slice(0, 2);

export const out = `${import.meta.dirname}/out`;

/** Pictures are for people to look at: nobody looks at those of CI. */
const takesPictures = isFull || process.env.CI !== 'true';

export async function openPage(browser: Browser, address: string, path: string, viewport: Size): Promise<Watched> {
	const context = await browser.newContext({ viewport, locale: 'it-IT', timezoneId: 'Europe/Rome' });
	const page = await context.newPage();
	if (!takesPictures) page.screenshot = async () => Buffer.alloc(0);
	const errors: string[] = [];
	const outside: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
	});
	page.on('pageerror', (error) => errors.push(error.message));
	page.on('request', (request) => {
		if (new URL(request.url()).host !== new URL(address).host) outside.push(request.url());
	});
	await page.goto(address + path);
	return { page, errors, outside };
}

/** Waits until figures stand on the screen. */
export const settled = async (page: Page): Promise<void> => {
	await page.waitForSelector('[data-tile="truth-strip"] [data-stream]');
	await page.waitForSelector('main section, main [data-tile]');
	await page.evaluate(async () => {
		await document.fonts.ready;
	});
};

export const sidewaysScroll = (page: Page): Promise<number> =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Every text that is seen, with its letter size; text for ears only is left out. */
export const lettersOf = (page: Page): Promise<{ readonly text: string; readonly px: number }[]> =>
	page.evaluate(() => {
		const found: { text: string; px: number }[] = [];
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
			const parent = node.parentElement;
			const text = node.textContent?.trim() ?? '';
			if (parent === null || text === '' || parent.closest('.for-ears, noscript, script, .skip') !== null) continue;
			if (parent.getClientRects().length > 0) found.push({ text, px: Number.parseFloat(getComputedStyle(parent).fontSize) });
		}
		return found;
	});

/** Boxes that are cut by the box around them: a wall shows fewer things, never half ones. */
export const cutTexts = (page: Page): Promise<string[]> =>
	page.evaluate(() => {
		const cut: string[] = [];
		for (const box of document.querySelectorAll('[data-tile]')) {
			const frame = box.getBoundingClientRect();
			for (const one of box.querySelectorAll('h1, h2, p, li, strong, b')) {
				if (one.closest('.for-ears') !== null || one.getClientRects().length === 0) continue;
				const mine = one.getBoundingClientRect();
				let around = one.parentElement;
				while (around !== null && around !== box.parentElement) {
					const clip = around.getBoundingClientRect();
					const clips = getComputedStyle(around).overflowY === 'hidden';
					if (clips && mine.height > 0 && (mine.bottom > clip.bottom + 2 || mine.top < clip.top - 2)) cut.push(one.textContent ?? '');
					around = around.parentElement;
				}
				if (mine.bottom > frame.bottom + 2) cut.push(one.textContent ?? '');
			}
		}
		return [...new Set(cut)];
	});
