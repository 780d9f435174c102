// Takes the README's two pictures from the San Martino rehearsal: the wall while a source is silent, and an archive on the desk.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../kit/browser.ts';
import { startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

const folder = join(import.meta.dirname, '../pictures');
const silent = Date.parse('2025-10-21T23:15:40+02:00');
const pictures = [
	{ name: 'wall', path: '/wall/cutover', width: 1920, height: 1080 },
	{ name: 'desk', path: '/archives/cartella-documenti', width: 1440, height: 900 },
];

mkdirSync(folder, { recursive: true });
const regia = await startRegia({ flags: ['--rehearse', 'san-martino', '--open', '--speed', '3600'] });
const commander = regia.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
const browser = await launchBrowser();
try {
	await until(
		'the source is silent',
		async () => Date.parse(((await (await fetch(`${regia.url}/api/health`)).json()) as { now: string }).now) >= silent,
		60_000,
	);
	await fetch(`${regia.url}/api/rehearsal/speed?speed=1`, { method: 'POST', headers: { authorization: `Bearer ${commander}` } });
	for (const { name, path, width, height } of pictures) {
		const page = await browser.newPage({ viewport: { width, height } });
		await page.goto(`${regia.url}${path}`);
		await page.waitForSelector('[data-stream="fresh"]');
		await page.waitForTimeout(1500);
		await page.screenshot({ path: join(folder, `${name}.png`) });
	}
} finally {
	await browser.close();
	await regia.stop();
}
console.log(`pictures in ${folder}`);
