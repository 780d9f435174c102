// @vitest-environment happy-dom
// The night's tiles from board literals: every figure or the reason why there is none, in both languages.
import type { ReactNode } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { stickyOrder } from '../../client/store/sticky-order.ts';
import { ArchivesTile } from '../../client/tiles/archives.tile.tsx';
import { FootStripTile } from '../../client/tiles/foot-strip.tile.tsx';
import { GatesTile } from '../../client/tiles/gates.tile.tsx';
import { RollbackTile } from '../../client/tiles/rollback.tile.tsx';
import { ServicesTile } from '../../client/tiles/services.tile.tsx';
import { TasksTile } from '../../client/tiles/tasks.tile.tsx';
import { TimelineTile } from '../../client/tiles/timeline.tile.tsx';
import { timelineModel } from '../../client/tiles/timeline-model.ts';
import { TruthStripTile } from '../../client/tiles/truth-strip.tile.tsx';
import { WindowTile } from '../../client/tiles/window.tile.tsx';
import type { Board } from '../../shared/board.ts';
import type { Language } from '../../shared/format.ts';
import { judge } from '../../shared/judge.ts';
import { boardLiteral, literalNow, sourceLiteral, windowEnd, withSilentArchive } from '../kit/board-literal.ts';
import { forecastLiteral, gateLiteral, minute, rollbackLiteral, taskLiteral, tasksLiteral } from '../kit/night-literal.ts';
import { type Staged, stageTile, stateOf } from './stage-tile.tsx';

const MINUTE = 60_000;
let staged: Staged | null = null;
afterEach(() => staged?.close());

function textOf(tile: ReactNode, board: Board, now = literalNow, language: Language = 'it'): string {
	staged?.close();
	staged = stageTile(tile, stateOf(board, now), language);
	// Each text apart, as it is seen: a title does not run into its figure.
	const walker = document.createTreeWalker(staged.place, NodeFilter.SHOW_TEXT);
	const found: string[] = [];
	for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) found.push(node.textContent ?? '');
	return found.join(' ').replace(/\s+/g, ' ').trim();
}
const standingOf = (): string | null | undefined => staged?.place.querySelector('[data-tile]')?.getAttribute('data-standing');

function atNight(rest: Partial<Board>, night: object): Board {
	const board = boardLiteral(rest);
	const notte = board.cutovers.notte;
	if (notte === undefined) throw new Error('the literal has its night');
	return { ...board, cutovers: { notte: { ...notte, ...night } } };
}

/** All that is left is done, and every archive is verified. */
const finished = (): Board => {
	const board = boardLiteral();
	const tasks = Object.fromEntries(
		Object.entries(tasksLiteral()).map(([id, one]) => [id, { ...one, state: 'done' as const, startedAt: literalNow - MINUTE, endedAt: literalNow }]),
	);
	const archives = { 'ps-db': board.archives['ps-db'] } as Board['archives'];
	return { ...board, tasks, archives };
};

describe('window', () => {
	// 05:00 − 04:20 = 0:40
	test.each<[string, Board, number, string]>([
		['the margin', boardLiteral(), literalNow, 'Fine finestra fra 2:46 margine previsto 0:40'],
		[
			'past the window',
			boardLiteral({ forecast: forecastLiteral({ finish: [windowEnd + 12 * MINUTE, windowEnd + 20 * MINUTE, windowEnd + 30 * MINUTE] }) }),
			literalNow,
			'fine prevista 0:12 oltre',
		],
		['no forecast yet', boardLiteral({ forecast: null }), literalNow, 'nessuna previsione'],
		['an old one', boardLiteral(), literalNow + 7 * MINUTE, 'previsione ferma da 7 min'],
		['a blind one', boardLiteral({ forecast: forecastLiteral({ finish: null, why: 'blind' }) }), literalNow, 'senza previsione: fonti mute'],
		[
			'one that never ends',
			boardLiteral({ forecast: forecastLiteral({ finish: null, why: 'never-advances' }) }),
			literalNow,
			'senza fine: copia ferma',
		],
		['nothing left', finished(), literalNow, 'tutto è concluso'],
	])('%s', (_name, board, now, said) => {
		expect(textOf(<WindowTile />, board, now)).toContain(said);
	});
});

describe('rollback', () => {
	const back = (rest = {}) => boardLiteral({ rollback: rollbackLiteral(rest) });
	test.each<[string, Board, number, string, string]>([
		['possible: 02:58 − 02:13:45', boardLiteral(), literalNow, 'watch', 'Ritorno possibile per 0:44 dura 1:42 misurata · decide: Direzione'],
		['assumed where the plan says so', back({ durationMs: 102 * MINUTE }), literalNow, 'watch', 'dura 1:42 stimata'],
		[
			'the way forward may not fit',
			boardLiteral({ forecast: forecastLiteral({ finish: [minute(560), minute(590), windowEnd + 1] }) }),
			literalNow,
			'watch',
			'0:44 andata a rischio · dura 1:42',
		],
		[
			'the forecast is blind',
			boardLiteral({ forecast: forecastLiteral({ finish: null, why: 'blind' }) }),
			literalNow,
			'watch',
			'0:44 fine non nota · dura 1:42',
		],
		['passed', boardLiteral(), minute(479), 'bad', 'Il ritorno non rientra più dalle 02:58 · dura 1:42 misurata'],
		['passed for good', boardLiteral(), minute(570), 'bad', 'non rientra più'],
		['not needed', finished(), literalNow, 'good', 'Il ritorno non serve più tutto è concluso'],
		[
			'turned back at 02:03:45, and 1:42 from there',
			atNight({ forecast: null }, { turnedBackAt: literalNow - 10 * MINUTE }),
			literalNow,
			'watch',
			'Si torna indietro da 0:10 fino alle 03:45 · dura 1:42',
		],
		['not known', back({ durationMs: null, validationMs: 0 }), literalNow, 'watch', '1:42'],
		['not planned', boardLiteral({ rollback: null }), literalNow, 'good', '— il piano non dice come tornare'],
	])('%s', (_name, board, now, standing, said) => {
		expect(textOf(<RollbackTile />, board, now)).toContain(said);
		expect(standingOf()).toBe(standing);
	});

	test('a duration that nobody gave is not known, and no figure is shown', () => {
		const tasks = { avanti: taskLiteral('Avanti', { plannedStart: minute(500) }) };
		expect(textOf(<RollbackTile />, boardLiteral({ tasks }))).toContain('— durata del ritorno non nota');
		expect(standingOf()).toBe('blind');
	});
});

describe('tasks', () => {
	test.each<[string, Board, number, string]>([
		['two late, six minutes behind: 04:14 − 04:20', boardLiteral(), literalNow, '67 di 94 2 in ritardo · −6 min'],
		['no forecast: no lead', boardLiteral({ forecast: null }), literalNow, '2 in ritardo · — anticipo non noto'],
		['none planned', boardLiteral({ tasks: {} }), literalNow, '— piano senza scaletta'],
		['all done', finished(), literalNow, '94 di 94 tutto è concluso'],
		[
			'one failed',
			boardLiteral({
				tasks: { ...tasksLiteral(), 'amb-11': taskLiteral('Prova', { state: 'failed', startedAt: literalNow - MINUTE, endedAt: literalNow }) },
			}),
			literalNow,
			'fallite: 1',
		],
	])('%s', (_name, board, now, said) => {
		expect(textOf(<TasksTile />, board, now)).toContain(said);
	});
});

describe('timeline', () => {
	test('gates stand where they were passed or are expected, with the finish and the last moment', () => {
		const text = textOf(<TimelineTile />, boardLiteral());
		for (const said of [
			'ritorno entro 02:58',
			'04:20–04:52',
			'fine prevista fra 04:20 e 04:52',
			'Verifica , prevista 02:58',
			'Fermo , raggiunta 19:40',
		]) {
			expect(text).toContain(said);
		}
		const states = [...(staged?.place.querySelectorAll('[data-mark^="gate/"]') ?? [])].map((one) => one.getAttribute('data-state'));
		expect(states).toEqual(['reached', 'reached', 'coming', 'coming', 'coming']);
	});

	test('a gate that ran out of time is no passed one', () => {
		const gates = { verifica: gateLiteral('Verifica', { until: minute(420) }) };
		expect(textOf(<TimelineTile />, boardLiteral({ gates }))).toContain('scaduto 02:00');
		expect(staged?.place.querySelector('[data-mark="gate/verifica"]')?.getAttribute('data-state')).toBe('expired');
		expect(staged?.place.querySelector('[data-mark="gate/verifica"] [data-shape="confirmed"]')).toBeNull();
	});

	test('the way back is said to be over once it is, and is not drawn where there is none', () => {
		expect(textOf(<TimelineTile />, boardLiteral(), minute(480))).toContain('ritorno scaduto 02:58');
		for (const board of [boardLiteral({ rollback: null }), finished(), atNight({}, { turnedBackAt: literalNow })]) {
			expect(textOf(<TimelineTile />, board)).not.toContain('ritorno');
		}
	});

	test('without a forecast there is no band, and no old one', () => {
		expect(textOf(<TimelineTile />, boardLiteral(), literalNow + 7 * MINUTE)).not.toContain('–');
		expect(staged?.place.querySelector('[data-finish]')).toBeNull();
	});

	test('a finish past the window lengthens the line, by a quarter at most', () => {
		const late = (p90: number) =>
			timelineModel(judge(boardLiteral({ forecast: forecastLiteral({ finish: [minute(590), minute(595), p90] }) }), literalNow));
		// 600 of 660 + 4 %: 600 / 686.4
		expect(late(minute(660))?.end).toBeCloseTo(600 / 686.4, 3);
		// 600 of 750 + 4 %: 600 / 780
		expect(late(minute(6000))?.end).toBeCloseTo(600 / 780, 3);
		expect(late(minute(6000))?.finish?.to).toBe(1);
	});
});

describe('lists', () => {
	test('an archive says when it is verified, and which one delays the finish', () => {
		expect(textOf(<ArchivesTile />, boardLiteral())).toContain('03:31 verificato alle 03:31, previsione , ritarda la fine');
		const rows = [...(staged?.place.querySelectorAll('[data-subject]') ?? [])].filter((row) => row.textContent?.includes('ritarda la fine'));
		expect(rows.map((row) => row.getAttribute('data-subject'))).toEqual(['archive/amb-referti']);
	});

	test('one that nobody hears of has no finish: how far it was stays', () => {
		textOf(<ArchivesTile />, withSilentArchive(boardLiteral(), 'ps-immagini', 22 * MINUTE));
		const row = staged?.place.querySelector('[data-subject="archive/ps-immagini"]')?.textContent ?? '';
		expect(row).toContain('89 %');
		expect(row).not.toContain('02:37');
	});

	test('a service says when it is expected back; one that is back says when it was', () => {
		const text = textOf(<ServicesTile />, boardLiteral());
		expect(text).toContain('ripristinato 01:42');
		expect(text).toContain('Cartella clinica atteso 03:20');
		expect(text).toContain('Ambulatori atteso 03:50');
		expect(textOf(<ServicesTile />, boardLiteral({ forecast: null }))).not.toContain('atteso');
	});

	test('in the cutover’s minutes nothing changes its place', () => {
		const rows = (bad: string) => ['a', 'b', 'c'].map((id) => ({ id, standing: id === bad ? ('bad' as const) : ('good' as const), complete: 0.5 }));
		const first = stickyOrder(null, rows('a'), 0);
		expect(stickyOrder(first, rows('c'), 120_000, true).ids).toEqual(['a', 'b', 'c']);
		expect(stickyOrder(first, rows('c'), 120_000, false).ids).toEqual(['c', 'a', 'b']);
		// A row that is new has to be shown all the same.
		expect(stickyOrder(first, [...rows('c'), { id: 'd', standing: 'good', complete: 0.5 }], 120_000, true).ids).toEqual(['c', 'a', 'b', 'd']);
	});
});

describe('gates', () => {
	test.each<[string, Board, string]>([
		['the next one, its votes, what is missing', boardLiteral(), 'Prossimo varco Verifica voti 3 di 4 criteri mancanti: 1'],
		['all passed', boardLiteral({ gates: { g: gateLiteral('G', { closed: ['passed', literalNow, 'x'] }) } }), 'nessun varco da passare'],
		[
			'one that ran out stands before those to come',
			boardLiteral({ gates: { z: gateLiteral('Zeta', { until: minute(420) }), a: gateLiteral('Alfa', { until: minute(500) }) } }),
			'Zeta scaduto 02:00',
		],
	])('%s', (_name, board, said) => {
		expect(textOf(<GatesTile />, board)).toContain(said);
	});

	test('once the night is turned back there is none to pass, and none ahead on the line', () => {
		const board = atNight({}, { turnedBackAt: literalNow - MINUTE });
		expect(textOf(<GatesTile />, board)).toContain('si torna indietro: nessun varco da passare');
		expect(textOf(<TasksTile />, board)).not.toContain('min');
		textOf(<TimelineTile />, board);
		expect(staged?.place.querySelectorAll('[data-mark^="gate/"]')).toHaveLength(2);
	});

	test('a way back that is done counts no time any more, and no gate is spoken of', () => {
		const ended = { running: null, done: literalNow - MINUTE };
		const back = (state: 'running' | 'done') =>
			Object.fromEntries(
				Object.entries(tasksLiteral()).map(([id, one]) => [id, one.kind === 'rollback' ? { ...one, state, endedAt: ended[state] } : one]),
			);
		const turned = (state: 'running' | 'done') => atNight({ tasks: back(state), archives: {} }, { turnedBackAt: literalNow - 10 * MINUTE });
		expect(textOf(<RollbackTile />, turned('running'))).toContain('Si torna indietro da 0:10');
		expect(textOf(<RollbackTile />, turned('done'))).toBe('Il ritorno Tornati indietro tutto è concluso');
		expect(standingOf()).toBe('good');
		expect(textOf(<GatesTile />, turned('running'))).toContain('nessun varco da passare');
		expect(textOf(<GatesTile />, turned('done'))).toBe('');
	});

	test('a plan without gates has no line', () => {
		expect(textOf(<GatesTile />, boardLiteral({ gates: {} }))).toBe('');
	});
});

test('truth strip: in the cutover’s minutes it says how long they last, and names who does not beat', () => {
	const sources = { s: sourceLiteral('Replica', 'postgres', { everyMs: 5000, talkedAt: literalNow - 16_000 }), t: sourceLiteral('Sonde', 'http') };
	const frozen = { frozenAt: literalNow - 42_000, firstGoodAt: null };
	const text = textOf(<TruthStripTile />, atNight({ sources }, frozen));
	expect(text).toContain('Minuti di passaggio 0:42');
	expect(text).toContain('non si sente: Replica');
	expect(text).not.toContain('Sonde');
	expect(textOf(<TruthStripTile />, atNight({ sources }, { ...frozen, firstGoodAt: literalNow }))).not.toContain('passaggio');
});

test('foot strip: a task, a team and a gate are named, and carry no age of a reading', () => {
	const quiet = { archives: {}, services: {}, sources: {}, tasks: {}, lanes: {}, gates: {} };
	expect(textOf(<FootStripTile />, boardLiteral({ ...quiet, gates: { g: gateLiteral('Verifica', { until: minute(420) }) } }))).toContain(
		'Verifica: varco scaduto senza decisione',
	);
	const lanes = {
		'fornitore-a': { callEveryMs: 30 * MINUTE, lastReport: [literalNow - 41 * MINUTE, 'x'] as const, promise: null, promisedAt: null },
	};
	const text = textOf(<FootStripTile />, boardLiteral({ ...quiet, lanes }));
	expect(text).toContain('Fornitore A: non riferisce da 41 min');
	expect(text).not.toContain('ultimo dato');
});

test.each([
	['window', <WindowTile key="w" />, 'expected margin 0:40'],
	['rollback', <RollbackTile key="r" />, '1:42 measured · decides: Direzione'],
	['tasks', <TasksTile key="t" />, '2 late · −6 min'],
	['timeline', <TimelineTile key="l" />, 'rollback by 02:58'],
	['services', <ServicesTile key="s" />, 'expected 03:20'],
	['gates', <GatesTile key="g" />, 'criteria missing: 1'],
])('%s speaks English', (_name, tile, said) => {
	expect(textOf(tile, boardLiteral(), literalNow, 'en')).toContain(said);
});
