// The wall's states over a night, in a real browser: readable, uncut, clean to axe; what is passed, unknown or turned is said.
// Its pictures, of the literal's invented night, are for looking at.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultDisplay, floorOf } from '../../client/views/display-size.ts';
import type { Board, CutoverFacts } from '../../shared/board.ts';
import { archiveLiteral, boardLiteral, literalNow, sourceLiteral, withSilentArchive } from '../kit/board-literal.ts';
import { launchBrowser } from '../kit/browser.ts';
import { forecastLiteral, minute, rollbackLiteral } from '../kit/night-literal.ts';
import { openStage } from '../kit/stage.ts';
import { axeFaults } from './axe.ts';
import { cutTexts, lettersOf, openPage, out, settled, sidewaysScroll, sizes } from './wall-page.ts';

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

function atNight(night: Partial<CutoverFacts>, rest: Partial<Board> = {}): Board {
	const board = boardLiteral(rest);
	const notte = board.cutovers.notte;
	if (notte === undefined) throw new Error('the literal has its night');
	return { ...board, cutovers: { notte: { ...notte, ...night } } };
}

/** The literal as it would be heard at another moment: nothing silent, nothing old. */
function heardAt(board: Board, now: number): Board {
	const later = now - literalNow;
	const moved = JSON.stringify(board, (key, value) =>
		typeof value === 'number' && value > literalNow - 10 * 60_000 && value <= literalNow && key !== 'at' ? value + later : value,
	);
	const next = JSON.parse(moved) as Board;
	return { ...next, forecast: board.forecast && { ...board.forecast, at: now - 12_000 } };
}

const states: readonly (readonly [name: string, board: Board, startAt: number, said: readonly string[], unsaid: readonly string[]])[] = [
	['passed', heardAt(boardLiteral(), minute(480)), minute(480), ['non rientra più', 'ritorno scaduto 02:58'], ['Ritorno possibile per']],
	['turned', atNight({ turnedBackAt: literalNow - 600_000 }), literalNow, ['Si torna indietro da', '0:10'], ['ritorno entro']],
	[
		'no-forecast',
		boardLiteral({ forecast: forecastLiteral({ finish: null, why: 'blind' }) }),
		literalNow,
		['senza previsione: fonti mute', 'fine non nota'],
		['margine previsto'],
	],
	[
		'minute',
		atNight({ frozenAt: literalNow - 42_000 }, { sources: { s: sourceLiteral('Replica', 'postgres', { talkedAt: literalNow - 30_000 }) } }),
		literalNow,
		['Minuti di passaggio', 'non si sente: Replica'],
		[],
	],
	[
		'bare',
		boardLiteral({ tasks: {}, gates: {}, forecast: null, rollback: null, lanes: {} }),
		literalNow,
		['piano senza scaletta', 'il piano non dice come tornare', 'nessuna previsione'],
		['NaN', 'null'],
	],
];

test.each(states.flatMap((state) => sizes.wall.map((size) => [...state, size] as const)))(
	'%s: all is said, readable and whole',
	async (name, board, startAt, said, unsaid, size) => {
		const stage = await openStage(board, { startAt });
		const { page, errors } = await openPage(browser, stage.address, '/wall/cutover', size);
		await settled(page);
		const text = ((await page.textContent('body')) ?? '').replace(/\s+/g, ' ');
		for (const one of said) expect(text).toContain(one);
		for (const one of unsaid) expect(text).not.toContain(one);
		const floor = (floorOf(defaultDisplay) * size.width) / 1920;
		expect((await lettersOf(page)).filter((one) => one.px < floor - 0.01)).toEqual([]);
		expect(await cutTexts(page)).toEqual([]);
		expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
		await page.screenshot({ path: `${out}/wall-night-${name}-${size.width}.png` });
		expect(errors).toEqual([]);
		await page.close();
		await stage.close();
	},
);

test.each(['it', 'en'])('axe finds nothing on a wall whose way back has passed, %s', async (lang) => {
	const stage = await openStage(heardAt(boardLiteral(), minute(480)), { startAt: minute(480) });
	const context = await browser.newContext({ viewport: sizes.wall[0] });
	const page = await context.newPage();
	await page.goto(`${stage.address}/wall/cutover?lang=${lang}`);
	await settled(page);
	expect(await page.textContent('[data-tile="rollback"]')).toContain(lang === 'it' ? 'non rientra più' : 'no longer fits');
	expect(await axeFaults(page)).toEqual([]);
	await context.close();
	await stage.close();
});

const done = { state: 'done', startedAt: literalNow - 60_000, endedAt: literalNow - 1000 } as const;
const endedTasks = (tasks: Board['tasks'], isEnded: (kind: string) => boolean): Board['tasks'] =>
	Object.fromEntries(Object.entries(tasks).map(([id, one]) => [id, isEnded(one.kind) ? { ...one, ...done } : one]));
const unheard = { label: 'Mai sentito', total: 1, moved: 0, verified: 0 };
const heroes: readonly (readonly [name: string, board: Board])[] = [
	['the literal', boardLiteral()],
	['all done', boardLiteral({ archives: {}, tasks: endedTasks(boardLiteral().tasks, (kind) => kind !== 'rollback') })],
	[
		'turned back and there',
		atNight({ turnedBackAt: literalNow - 600_000 }, { archives: {}, tasks: endedTasks(boardLiteral().tasks, (kind) => kind === 'rollback') }),
	],
	['turned back', atNight({ turnedBackAt: literalNow - 600_000 })],
	['a long decider', boardLiteral({ rollback: { ...rollbackLiteral(), decider: 'la direzione sanitaria di presidio' } })],
	['a blind archive', withSilentArchive(boardLiteral(), 'amb-referti', 22 * 60_000)],
	['an archive that was never heard', boardLiteral({ archives: { ...boardLiteral().archives, mai: { ...archiveLiteral(unheard), figures: {} } } })],
];

test.each(heroes)('no word of a hero is left out for want of room: %s', async (_name, board) => {
	const stage = await openStage(board);
	for (const size of sizes.wall) {
		const { page } = await openPage(browser, stage.address, '/wall/cutover', size);
		await settled(page);
		const elided = await page.evaluate(() =>
			[
				...document.querySelectorAll<HTMLElement>(
					['window', 'rollback', 'tasks', 'moved'].flatMap((one) => ['div', 'h2', 'p', 'span'].map((tag) => `[data-tile="${one}"] ${tag}`)).join(),
				),
			]
				// A part that has no room lies whole below its line's edge, and is not seen.
				.filter((one) => one.getBoundingClientRect().top < (one.parentElement?.getBoundingClientRect().bottom ?? 0) - 1)
				.filter((one) => one.closest('.for-ears') === null && one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1)
				.map((one) => one.textContent),
		);
		expect(elided, `${size.width}`).toEqual([]);
		await page.close();
	}
	await stage.close();
});
