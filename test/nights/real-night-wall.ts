// The wall of a real night in a real browser: signed in by its display token, pictured, and read as its viewers see it.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Browser, Page } from 'playwright-core';

/** One archive's row as it stands on the wall. */
export type WallRow = {
	readonly standing: string | null;
	readonly percent: string;
	readonly isConfirmed: boolean;
	/** Whether the bar claims to know, and whether it shows a verified part. */
	readonly bar: string | null;
	readonly barVerified: boolean;
};

export type WallSight = {
	readonly row: WallRow | null;
	/** The sum over all archives: veiled, and with what mark. */
	readonly sumVeiled: boolean;
	readonly sumConfirmed: boolean;
};

export async function openWall(browser: Browser, url: string, token: string): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'it-IT', timezoneId: 'Europe/Rome' });
	const page = await context.newPage();
	const answer = await context.request.post(`${url}/api/session`, { data: { token } });
	if (answer.status() !== 204) throw new Error(`the display token was answered with ${answer.status()}`);
	await page.goto(`${url}/wall/cutover?display=sala`);
	await page.locator('li[data-subject^="archive/"]').first().waitFor({ timeout: 20_000 });
	return page;
}

export async function picture(page: Page, file: string): Promise<void> {
	mkdirSync(dirname(file), { recursive: true });
	await page.screenshot({ path: file });
}

export const sightOf = (page: Page, archive: string): Promise<WallSight> =>
	page.evaluate((id) => {
		const confirmed = (place: Element | null): boolean => place?.querySelector('[data-shape="confirmed"]') != null;
		const row = document.querySelector(`li[data-subject="archive/${id}"]`);
		const bar = row?.querySelector('[data-bar]') ?? null;
		const sum = document.querySelector('[data-tile="moved"]');
		return {
			row: row && {
				standing: row.getAttribute('data-standing'),
				percent: row.children[3]?.textContent?.trim() ?? '',
				isConfirmed: confirmed(row),
				bar: bar?.getAttribute('data-bar') ?? null,
				barVerified: (bar?.children.length ?? 0) > 1,
			},
			sumVeiled: sum?.hasAttribute('data-veiled') ?? false,
			sumConfirmed: confirmed(sum),
		};
	}, archive);

/** What of a silent archive is still shown as if it were known; empty when nothing is. */
export function shownAsConfirmed({ row, sumVeiled, sumConfirmed }: WallSight): readonly string[] {
	if (row === null) return ['its row is gone from the wall'];
	return [
		row.standing === 'blind' ? '' : `its row stands as ${row.standing}`,
		row.isConfirmed ? 'its row has the mark of what is confirmed' : '',
		row.bar === 'blind' && !row.barVerified ? '' : 'its bar shows a verified part',
		row.percent.startsWith('100') ? 'its row says 100 %' : '',
		sumVeiled ? '' : 'the sum is not veiled',
		sumConfirmed ? 'the sum has the mark of what is confirmed' : '',
	].filter((one) => one !== '');
}
