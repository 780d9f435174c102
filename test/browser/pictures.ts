// Takes the README's pictures from three rehearsals: San Martino's walls, an archive on the desk and the ward's phone, Lazio's wall, and Lombardy's. Says
// what weighs too much to be kept.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { launchBrowser } from '../kit/browser.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

const folder = join(import.meta.dirname, '../pictures');
const LARGEST_BYTES = 200_000;

type Picture = { readonly name: string; readonly path: string; readonly width: number; readonly height: number; readonly ready: string };
type Scene = { readonly at: string; readonly pictures: readonly Picture[]; readonly phone?: string };
const stream = '[data-stream="fresh"]';

const sanMartino: readonly Scene[] = [
	{
		// On paper, counted a minute ago.
		at: '2025-10-21T22:56:00+02:00',
		pictures: [{ name: 'wall-er-one', path: '/wall/er', width: 1600, height: 900, ready: '[data-tile="er-large"] table' }],
		phone: 'san-martino',
	},
	{
		// A source is silent.
		at: '2025-10-21T23:15:40+02:00',
		pictures: [
			{ name: 'wall', path: '/wall/cutover', width: 1440, height: 810, ready: stream },
			{ name: 'desk', path: '/archives/cartella-documenti', width: 1440, height: 900, ready: stream },
		],
	},
];
// One room's line is down.
const lazio: readonly Scene[] = [
	{
		at: '2025-07-04T20:10:00+02:00',
		pictures: [{ name: 'wall-er', path: '/wall/er', width: 1440, height: 900, ready: '[data-tile="er-grid"] [data-standing="blind"]' }],
	},
];

// The second evening: the portal is down for a day, the pharmacies' flow is past its deadline, a sentence is contradicted.
const lombardia: readonly Scene[] = [
	{
		at: '2021-08-15T20:10:00+02:00',
		pictures: [{ name: 'wall-incident', path: '/wall/incident', width: 1440, height: 810, ready: '[data-alarm]' }],
	},
];

const browser = await launchBrowser();

async function shoot(name: string, url: string, { width, height, ready }: Omit<Picture, 'name' | 'path'>): Promise<void> {
	const isPhone = width < 600;
	const context = await browser.newContext({
		viewport: { width, height },
		locale: 'it-IT',
		timezoneId: 'Europe/Rome',
		...(isPhone ? { isMobile: true, hasTouch: true } : {}),
	});
	const page = await context.newPage();
	await page.goto(url);
	await page.waitForSelector(ready);
	await page.evaluate(() => document.fonts.ready);
	await page.waitForTimeout(1500);
	const path = join(folder, `${name}.png`);
	await page.screenshot({ path });
	const { size } = statSync(path);
	console.log(`${name}.png ${Math.round(size / 1000)} kB${size > LARGEST_BYTES ? ', too large to be kept' : ''}`);
	await context.close();
}

/** Into the ward's form by a link, as a phone comes in. */
function linkInto({ data, url }: RunningRegia, site: string): string {
	const store = openTokenStore(data);
	const { code } = store.link({ kind: 'field', name: site }, Date.now(), { validUntil: Date.now() + 60_000, expiresAt: null });
	store.close();
	return `${url}/enter#${code}`;
}

async function take(rehearsal: string, scenes: readonly Scene[]): Promise<void> {
	const regia = await startRegia({ flags: ['--rehearse', rehearsal, '--open', '--speed', '3600'] });
	const commander = regia.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
	const atSpeed = (speed: number) =>
		fetch(`${regia.url}/api/rehearsal/speed?speed=${speed}`, { method: 'POST', headers: { authorization: `Bearer ${commander}` } });
	try {
		for (const { at, pictures, phone } of scenes) {
			await atSpeed(3600);
			await until(
				`the rehearsal comes to ${at}`,
				async () => Date.parse(((await (await fetch(`${regia.url}/api/health`)).json()) as { now: string }).now) >= Date.parse(at),
				60_000,
			);
			await atSpeed(1);
			for (const { name, path, ...rest } of pictures) await shoot(name, `${regia.url}${path}`, rest);
			if (phone !== undefined) await shoot('field', linkInto(regia, phone), { width: 390, height: 844, ready: '[data-door="open"]' });
		}
	} finally {
		await regia.stop();
	}
}

mkdirSync(folder, { recursive: true });
try {
	await take('san-martino', sanMartino);
	await take('lazio', lazio);
	await take('lombardia', lombardia);
} finally {
	await browser.close();
}
console.log(`pictures in ${folder}`);
