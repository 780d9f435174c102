// The desk's pages of services in a real browser: worst first, the rule beside the figures, every state in words; three sizes, both themes, both
// languages. The pictures, of invented figures, are for looking at.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AvailabilityMs, Board, ServiceFacts, Trend } from '../../shared/board.ts';
import { noDowntime } from '../../shared/downtime.ts';
import { isFull } from '../faults/kit/scale.ts';
import { boardLiteral, figure, literalNow, serviceLiteral, windowStart } from '../kit/board-literal.ts';
import { alarmLiteral, alarmsOf, dependantLiteral, facilityLiteral } from '../kit/breakdown-literal.ts';
import { launchBrowser } from '../kit/browser.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { axeFaults } from './axe.ts';
import { appearances, deskSizes, openPage, out, settled, sidewaysScroll, sizes } from './wall-page.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const hour = Math.floor(literalNow / HOUR);

/** Answers of about `step` (latency.ts), with a slow tail. */
const latenciesOf = (step: number): ServiceFacts['latencies'] =>
	Object.fromEntries(Array.from({ length: 8 }, (_, i) => [hour - i, { [step]: 300, [step + 6]: 40, [step + 20]: 4 }]));

const trendOf = (top: number): Trend => {
	const points: Record<string, number> = {};
	for (let bucket = Math.floor(windowStart / MINUTE); bucket <= Math.floor(literalNow / MINUTE); bucket += 1) {
		const minute = bucket - Math.floor(windowStart / MINUTE);
		if (minute < 150 || minute > 190) points[bucket] = Math.round(top * (1 + 0.4 * Math.sin(minute / 17) + (minute % 41 === 0 ? 2 : 0)));
	}
	return points;
};

const ledger = (rest: Partial<AvailabilityMs>): AvailabilityMs => ({ planned: 0, overrun: 0, unplanned: 0, unknown: 0, up: 0, ...rest });
const months = {
	'2025-08': ledger({ up: 740 * HOUR, unplanned: 2 * HOUR + 11 * MINUTE, unknown: 109 * MINUTE }),
	'2025-09': ledger({ up: 716 * HOUR, planned: 3 * HOUR + 30 * MINUTE, overrun: 30 * MINUTE }),
	'2025-10': ledger({ up: 480 * HOUR, planned: 6 * HOUR + 12 * MINUTE, unknown: 4 * MINUTE }),
};

const dark = (rest: Partial<ServiceFacts>): Partial<ServiceFacts> => ({
	figures: { upOld: figure(0), upNew: figure(0), writeOld: figure(0), writeNew: figure(0) },
	state: 'down',
	since: windowStart + 25 * MINUTE,
	...rest,
});

/** A service in each state that the pages have words for; every figure is invented. */
const services = (): Record<string, ServiceFacts> => ({
	ps: serviceLiteral('Pronto Soccorso', 1, {
		figures: { upOld: figure(0), upNew: figure(1), writeOld: figure(0), writeNew: figure(1), latencyNew: figure(41), certDays: figure(211) },
		needs: ['service/anagrafe', 'facility/ced', 'network/dorsale'],
		latencies: latenciesOf(69),
		trends: { latency: trendOf(41) },
		months,
		night: ledger({ planned: 6 * HOUR + 12 * MINUTE, up: 31 * MINUTE, unknown: 4 * MINUTE }),
		restoredAt: literalNow - 31 * MINUTE,
	}),
	cce: serviceLiteral(
		'Cartella clinica',
		2,
		dark({ outage: { since: windowStart + 25 * MINUTE, withoutMs: 6 * HOUR + 48 * MINUTE }, tolerableMs: 4 * HOUR }),
	),
	anagrafe: serviceLiteral('Anagrafe assistiti', 1, {
		figures: { upOld: figure(1), upNew: figure(1), writeOld: figure(1), writeNew: figure(1), latencyOld: figure(88), latencyNew: figure(39) },
		latencies: latenciesOf(72),
		planned: [],
	}),
	laboratorio: serviceLiteral('Laboratorio', 2, {
		...dark({ planned: [[windowStart, literalNow - 40 * MINUTE]], tolerableMs: 5 * HOUR }),
		booked: { ...noDowntime, planned: 6 * HOUR + 8 * MINUTE, overrun: 40 * MINUTE },
		months: { '2025-10': ledger({ up: 481 * HOUR, planned: 6 * HOUR + 8 * MINUTE, overrun: 40 * MINUTE }) },
		night: ledger({ up: 25 * MINUTE, planned: 6 * HOUR + 8 * MINUTE, overrun: 40 * MINUTE }),
		restoredAt: null,
	}),
	radiologia: serviceLiteral('Radiologia', 3, {
		figures: { upOld: figure(0), upNew: figure(1), writeOld: figure(0), writeNew: figure(0), latencyNew: figure(640) },
		planned: [],
		latencies: latenciesOf(101),
		restoredAt: literalNow - 60 * MINUTE,
	}),
	ricette: serviceLiteral('Ricetta elettronica', 3, {
		figures: { upOld: figure(1, 22 * MINUTE), upNew: figure(0, 22 * MINUTE), latencyOld: figure(70, 22 * MINUTE) },
		bookedTo: literalNow - 22 * MINUTE,
		planned: [],
		latencies: latenciesOf(75),
	}),
	sala: serviceLiteral('Prenotazioni sala operatoria', 4, dark({ planned: [[windowStart, literalNow + 2 * HOUR]] })),
	mensa: serviceLiteral('Mensa', 9, {
		figures: {},
		state: 'unknown',
		since: null,
		bookedTo: null,
		booked: noDowntime,
		tolerableMs: null,
		planned: [],
	}),
});

const board = (): Board =>
	boardLiteral({
		services: services(),
		facilities: { ced: facilityLiteral('Centro dati', literalNow) },
		dependants: { 'ps-spoke': dependantLiteral('Ospedali periferici', literalNow, { count: 9, needs: ['service/ps', 'service/anagrafe'] }) },
		alarms: {
			...boardLiteral().alarms,
			active: alarmsOf(
				alarmLiteral('service-both-write', 'service/anagrafe', 1, literalNow - 3 * MINUTE),
				alarmLiteral('service-overrun', 'service/laboratorio', 1, literalNow - 40 * MINUTE),
			),
		},
	});

const all = ['/services', '/services/ps', '/services/laboratorio', '/services/ricette', '/services/anagrafe', '/services/cce', '/services/mensa'];
const pages = isFull ? all : all.slice(0, 3);

let browser: Browser;
let stage: Stage;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());
// A stage's time runs on, and what is fresh at its beginning would not be for the last test.
beforeEach(async () => {
	stage = await openStage(board());
});
afterEach(() => stage.close());

describe.each(deskSizes)('at $width × $height', (size) => {
	test.each(pages)('%s: no error, no sideways scroll, the rule beside the minutes', async (path) => {
		const { page, errors, outside } = await openPage(browser, stage.address, path, size);
		await settled(page);
		await page.waitForSelector('main table');
		if (path === '/services/ps') await page.waitForSelector('.recharts-line path');
		expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
		expect(await page.textContent('[data-rule]')).toMatch(/^Regola: ogni momento conta una volta sola/);
		await page.screenshot({ path: `${out}/${path.slice(1).replaceAll('/', '-')}-${size.width}.png`, fullPage: true });
		expect(errors).toEqual([]);
		expect(outside).toEqual([]);
		await page.close();
	});
});

test('worst first: faults, then what nobody sees, then the rest by the share of what each can bear', async () => {
	const { page } = await openPage(browser, stage.address, '/services', sizes.desk[0]);
	await page.waitForSelector('main table');
	const rows = await page.$$eval('main tbody tr', (all) => all.map((row) => [row.getAttribute('data-subject'), row.getAttribute('data-standing')]));
	expect(rows.map(([subject, standing]) => `${subject?.slice('service/'.length)} ${standing}`)).toEqual([
		'laboratorio bad',
		'anagrafe bad',
		'radiologia bad',
		'ricette blind',
		'mensa blind',
		'cce watch',
		'sala good',
		'ps good',
	]);
	const told = (await page.textContent('main table')) ?? '';
	for (const words of [
		'entrambe le sedi accettano scritture',
		'fermo oltre il previsto',
		'risponde ma non accetta scritture',
		'nessun dato da 22 min',
		'di 4:00 tollerabili',
	]) {
		expect(told).toContain(words);
	}
	await page.getByRole('link', { name: 'Laboratorio' }).click();
	await page.waitForSelector('[data-tile="service-ledger"]');
	expect(new URL(page.url()).pathname).toBe('/services/laboratorio');
	expect(await page.textContent('[data-restore-order]')).toContain('Radiologia');
	expect(await page.textContent('[data-tile="service-alarms"]')).toContain('fermo oltre il previsto');
	await page.close();
});

test('what is stale is told as unknown, in every figure of the moment', async () => {
	const { page } = await openPage(browser, stage.address, '/services/ricette', sizes.desk[1]);
	await page.waitForSelector('[data-tile="service-sides"]');
	expect(await page.textContent('[data-tile="service-sides"] tbody tr:first-child')).toMatch(/attuale\s*non si sa/);
	expect(await page.textContent('[data-tile="service-latency"]')).toContain('—');
	expect(await page.getAttribute('[data-tile="service-answers"]', 'data-standing')).toBe('blind');
	await page.goto(`${stage.address}/services/niente`);
	await page.getByText('Questo servizio non è nel piano.').waitFor();
	await page.close();
});

test.each(appearances)('axe finds nothing on any page, %s %s', async (lang, theme) => {
	const context = await browser.newContext({ viewport: sizes.desk[1] });
	const page = await context.newPage();
	for (const path of pages) {
		await page.goto(`${stage.address}${path}?lang=${lang}&theme=${theme}`);
		await settled(page);
		await page.waitForSelector('main table');
		if (lang === 'en') expect(await page.textContent('[data-rule]')).toMatch(/^Rule: each moment counts once/);
		const faults = await axeFaults(page);
		expect([path, faults]).toEqual([path, []]);
		await page.screenshot({ path: `${out}/${path.slice(1).replaceAll('/', '-')}-${lang}-${theme}.png`, fullPage: true });
	}
	await context.close();
});
