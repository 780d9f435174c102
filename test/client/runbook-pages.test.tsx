// @vitest-environment happy-dom
// The runbook's pages from board literals: rows, filters, gates with their reasons, the way back, what became of the night.
import { describe, expect, test } from 'vitest';
import { chartRows, valueAt } from '../../client/tiles/charts/chart-rows.ts';
import { bandSpec, type ChartPoint } from '../../client/tiles/charts/chart-spec.ts';
import { ganttSpec } from '../../client/tiles/charts/gantt-model.ts';
import { promisesSpec } from '../../client/tiles/charts/promises-model.ts';
import { shareOf } from '../../client/views/archive-share.ts';
import { dutiesOf, mayMark, mayVote } from '../../client/views/desk-duties.ts';
import { sayRefusal } from '../../client/views/desk-send.ts';
import { gateAhead, gatePanel } from '../../client/views/gates-model.ts';
import { wayBackModel } from '../../client/views/gates-way-back.tsx';
import { actsOf } from '../../client/views/runbook-acts.ts';
import { nextOfClock } from '../../client/views/runbook-clock.ts';
import { forecastModel } from '../../client/views/runbook-forecast-model.ts';
import { lanesModel } from '../../client/views/runbook-lanes.tsx';
import { actualOf, noFilter, type RunbookFilter, runbookModel, sayDelta, spanOf } from '../../client/views/runbook-model.ts';
import { clockOf, fromOf, pastOfClock, twinOf } from '../../client/views/since-from.ts';
import { ABSENCE_MS, lookAgain, readLooked } from '../../client/views/since-memory.ts';
import { sinceModel } from '../../client/views/since-model.ts';
import type { Board } from '../../shared/board.ts';
import { judge } from '../../shared/judge.ts';
import { markRefusals } from '../../shared/mark-refusal.ts';
import type { Me } from '../../shared/me.ts';
import { en } from '../../shared/words/en.ts';
import { it as words } from '../../shared/words/it.ts';
import { runbookWordsOf } from '../../shared/words/runbook-words.ts';

import { boardLiteral, figure, literalNow, windowStart } from '../kit/board-literal.ts';
import { stateOf } from './stage-tile.tsx';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const zone = 'Europe/Rome';
const own = runbookWordsOf('it');
const meAs = (role: string, teams: readonly string[] = []): Pick<Me, 'may' | 'own' | 'duties'> => ({
	may: role === 'viewer' ? [] : ['marks.make', 'gates.vote'],
	own: { ...(role === 'commander' ? {} : { 'marks.make': ['team-lead'] }), 'gates.vote': ['team-lead', 'commander', 'er'] },
	duties: [{ role, teams }],
});
const lead = dutiesOf(meAs('team-lead', ['ict']), 'live');
const rowsOf = (filter: Partial<RunbookFilter> = {}, duties = lead, board: Board = boardLiteral()) =>
	runbookModel({ ...stateOf(board) } as never, { ...noFilter, ...filter }, duties, own, 'it')?.rows ?? [];
const withGate = (rest: object): Board => {
	const board = boardLiteral();
	return { ...board, gates: { ...board.gates, verifica: { ...board.gates.verifica, ...rest } as never } };
};
const panel = (board: Board, now = literalNow) => {
	const found = gatePanel(judge(board, now), 'verifica', own, 'it');
	if (found === null) throw new Error('the literal has this gate');
	return found;
};

describe('rows', () => {
	test('stand by their planned start, without the steps of the way back, until the night is turned', () => {
		const rows = rowsOf();
		expect(rows).toHaveLength(94);
		expect(rows[0]?.id).toBe('ps-1');
		const board = boardLiteral();
		const turned = { ...board, cutovers: { notte: { ...board.cutovers.notte, turnedBackAt: literalNow } as never } };
		expect(rowsOf({}, lead, turned).filter(({ kind }) => kind === 'rollback')).toHaveLength(3);
	});

	test.each([
		[{ status: 'late' }, 2],
		[{ status: 'late', stream: 'Ambulatori' }, 2],
		[{ status: 'late', stream: 'Rete' }, 0],
		[{ text: 'PROVA DI SCRITTURA' }, 6],
		[{ text: 'fornitore c' }, 14],
		[{ team: 'fornitore-b' }, 14],
		[{ mine: true }, 38],
	] as const)('%j leaves %i', (filter, count) => {
		expect(rowsOf(filter)).toHaveLength(count);
	});

	test('only one’s own may be marked, and nothing while the link is lost', () => {
		expect(
			new Set(
				rowsOf()
					.filter(({ may }) => may)
					.map(({ team }) => team),
			),
		).toEqual(new Set(['ict']));
		expect(rowsOf({}, dutiesOf(meAs('team-lead', ['ict']), 'offline')).some(({ may }) => may)).toBe(false);
		expect(rowsOf({}, dutiesOf(meAs('viewer'), 'live')).some(({ may }) => may)).toBe(false);
		expect(rowsOf({}, dutiesOf(meAs('commander'), 'live')).every(({ may }) => may)).toBe(true);
	});

	test('a late one says by how much it will end late; one that ended early says so; one not begun says nothing', () => {
		const late = rowsOf({ text: 'Ambulatori: avvio applicativo' })[0];
		expect(late).toMatchObject({ isLate: true, status: 'running', actual: 'dalle 01:26', forecast: '01:26–02:14', delta: '+16 min' });
		const board = boardLiteral();
		const early = { ...board.tasks['rete-1'], endedAt: windowStart + 30 * MINUTE } as never;
		expect(rowsOf({ text: 'Rete: verifica backup' }, lead, { ...board, tasks: { ...board.tasks, 'rete-1': early } })[0]?.delta).toBe('−24 min');
		expect(rowsOf({ text: 'Rete: consegna' }, lead, boardLiteral({ forecast: null }))[0]).toMatchObject({ forecast: '', delta: '' });
	});

	test.each([
		[null, '—'],
		[59_000, '0'],
		[-61_000, '−1 min'],
		[89 * MINUTE, '+89 min'],
		[125 * MINUTE, '+2 h 05'],
	])('a difference of %s reads %s', (ms, told) => {
		expect(sayDelta(ms)).toBe(told);
	});

	test('a gate is not started, ended or skipped from its row', () => {
		expect(actsOf({ status: 'ready', gate: 'verifica' })).toEqual([]);
		expect(actsOf({ status: 'running', gate: null })).toEqual(['done', 'failed', 'skipped']);
		expect(actsOf({ status: 'done', gate: 'verifica' })).toEqual(['reopened']);
	});
});

describe('a gate', () => {
	test('says who voted, by when, each criterion, and why go cannot be voted', () => {
		const gate = panel(boardLiteral());
		expect(gate.votesLine).toBe('Votano 3 di 4 · scade 03:20');
		expect(gate.criteria.map(({ told }) => told)).toEqual(['100 %, 2,1 s fa', '2,1 s, 2,1 s fa', 'non ancora conclusa']);
		expect(gate.whyNoGo).toBe('«Procedi» non si può dare: Prova di accesso ambulatori, non ancora conclusa.');
		expect(gateAhead(judge(boardLiteral(), literalNow))).toBe('verifica');
	});

	test.each([
		['stale', { figure: figure(2.1, 22 * MINUTE) }, 'nessun dato da 22 min'],
		['not long enough', { metSince: literalNow - 40_000, holdForMs: 2 * MINUTE }, '2,1 s, da 40 s, servono 2 min'],
		['outside', { figure: figure(7.5), metSince: null }, '7,5 s, serve al più 5,0 s'],
		['never reported', { figure: null, metSince: null }, 'nessun dato ricevuto'],
		[
			'never 100 % before all of it',
			{ unit: 'share', of: null, atMost: null, atLeast: 1, figure: figure(0.9999), metSince: null },
			'99 %, serve 100 %',
		],
	])('%s', (_name, rest, told) => {
		const criteria: Readonly<Record<string, object>> = boardLiteral().gates.verifica?.criteria ?? {};
		const changed = { ...criteria, 'replica-ferma': { ...criteria['replica-ferma'], ...rest } };
		expect(panel(withGate({ criteria: changed })).criteria.find(({ id }) => id === 'replica-ferma')).toMatchObject({ told, met: false });
	});

	test('says how often it was reopened, when last and by what; and keeps what a go was given on', () => {
		const evidence = { 'ps-verificato': [1, 3000, true], 'replica-ferma': [2.1, 1000, true], 'prova-accesso': [null, null, true] };
		const board = withGate({
			reopened: [2, windowStart + 4 * HOUR + 6 * MINUTE, 'replica-ferma'],
			decided: { state: 'go', at: literalNow - 10 * MINUTE, evidence },
		});
		const gate = panel(board);
		expect(gate.reopened).toBe('riaperto 2 volte, l’ultima alle 23:06: Replica entro 5 s');
		expect(gate.decided?.evidence.map(({ told }) => told)).toEqual(['100 %, 3,0 s', '2,1 s, 1,0 s', 'conclusa']);
		expect(panel(withGate({ reopened: [1, literalNow, 'vote/ict'] })).reopened).toContain('voto di ICT scaduto');
	});

	test('is voted for one’s own position alone', () => {
		const { votes } = panel(boardLiteral());
		const held = (duties: typeof lead): readonly string[] => votes.filter((one) => mayVote(duties, one)).map(({ position }) => position);
		expect(held(lead)).toEqual(['ict']);
		expect(held(dutiesOf(meAs('commander'), 'live'))).toEqual(['direzione']);
		expect(held(dutiesOf(meAs('commander'), 'offline'))).toEqual([]);
		expect(mayMark(lead, {})).toBe(false);
	});
});

test('the way back is reckoned before one’s eyes, and a price that is not known is never 0', () => {
	const model = wayBackModel(judge(boardLiteral(), literalNow), own, 'it');
	expect(model?.parts.map(([, value]) => value)).toEqual(['05:00', '− 1 h 42', '− 10 min', '− 10 min', '02:58']);
	expect(model?.said).toBe('Ritorno possibile per 0:44');
	expect(wayBackModel(judge(boardLiteral(), literalNow + HOUR), own, 'it')?.said).toBe('il ritorno non rientra più');
	const silent = wayBackModel(judge(boardLiteral(), literalNow + 10 * HOUR), own, 'it');
	expect(silent?.cost.every(({ isBlind, told }) => isBlind && told.startsWith('—, nessun dato da'))).toBe(true);
});

test('a night that is finished says when it ended', () => {
	const board = boardLiteral();
	const ended = (id: string): number => literalNow - (id === 'rete-1' ? 3 : 5) * MINUTE;
	const tasks = Object.fromEntries(Object.entries(board.tasks).map(([id, task]) => [id, { ...task, state: 'done' as const, endedAt: ended(id) }]));
	const done = forecastModel(judge({ ...board, tasks, archives: {} }, literalNow), own, 'it');
	expect(done).toMatchObject({ isFinished: true, figure: '02:10', why: 'finita alle 02:10' });
	expect(forecastModel(judge(board, literalNow), own, 'it').isFinished).toBe(false);
	// And there is nothing left to go back from, so no price for it.
	expect(wayBackModel(judge({ ...board, tasks, archives: {} }, literalNow), own, 'it')).toMatchObject({
		said: 'la notte è conclusa',
		hasPrice: false,
	});
	expect(wayBackModel(judge(board, literalNow), own, 'it')?.hasPrice).toBe(true);
});

test('a silent team is amber, with the call that is due', () => {
	const later = lanesModel(judge(boardLiteral(), literalNow + 3 * HOUR), own, 'it');
	expect(later.filter(({ isDue }) => isDue).map(({ call }) => call)).toContain('chiamare adesso');
});

test('each refusal of a mark has words of its own in both languages', () => {
	for (const language of ['it', 'en'] as const) {
		for (const code of markRefusals) {
			expect(sayRefusal({ ok: false, code, detail: 'DETAIL' }, language === 'en' ? en : words, runbookWordsOf(language)), code).not.toContain(
				'DETAIL',
			);
		}
	}
	expect(sayRefusal({ ok: false, code: 'new-one', detail: 'DETAIL' }, words, own)).toContain('DETAIL');
});

describe('since you left', () => {
	const before = judge(boardLiteral({ marks: { count: 0, rows: {} }, gates: {}, promises: { count: 0, rows: {} } }), windowStart + 4.2 * HOUR);
	test('names what was decided, passed and marked since, and figures then and now', () => {
		const now = judge(boardLiteral(), literalNow);
		const model = sinceModel(before, now, words, own, 'it');
		expect(model.gates.map(({ text, time }) => `${time} ${text}`)).toEqual(['23:30 Copia: passato']);
		expect(model.decisions.map(({ text }) => text)).toEqual(['Fase raggiunta: Copia', 'Pronto Soccorso: ripristinato']);
		expect(model.alarms.length).toBe(now.worst.length);
		expect(model.figures.map(({ label }) => label)).toContain('Attività concluse');
	});

	const figuresNow = (board: Board, at = literalNow, was = before) =>
		Object.fromEntries(sinceModel(was, judge(board, at), words, own, 'it').figures.map((one) => [one.label, one]));

	test('a gate fell by a criterion of then: how that stands now is not said of it', () => {
		const reopened = (times: number) =>
			sinceModel(
				judge(boardLiteral({ gates: {} }), windowStart),
				judge(withGate({ reopened: [times, literalNow - HOUR, 'replica-ferma'] }), literalNow),
				words,
				own,
				'it',
			).gates.find(({ key }) => key === 'verifica-reopened')?.text;
		expect(reopened(1)).toBe('Verifica: riaperto (Replica entro 5 s)');
		expect(reopened(2)).toBe('Verifica: riaperto 2 volte, l’ultima per Replica entro 5 s');
	});

	test('the way back says that it is over, never a time below zero', () => {
		const label = own.sinceLeft.wayBack;
		const board = boardLiteral();
		expect(figuresNow(board)[label]?.now).toBe('0:44');
		expect(figuresNow(board, literalNow + 2 * HOUR)[label]?.now).toBe('non rientra più');
		const turned = { ...board, cutovers: { notte: { ...board.cutovers.notte, turnedBackAt: literalNow } as never } };
		expect(figuresNow(turned, literalNow + 2 * HOUR)[label]?.now).toBe('si è tornati indietro');
	});

	test('all moved is told as what of it is verified; bytes that did not change are unchanged', () => {
		const share = (moved: number, verified: number, done = false) => shareOf({ moved, verified, total: 200, done }, words).told;
		expect([share(150, 10), share(199.9, 10), share(200, 193), share(200, 199.9), share(200, 200, true)]).toEqual([
			'75 %',
			'99 %',
			'verificati 96 %',
			'verificati 99 %',
			'100 %',
		]);
		expect(shareOf({ moved: 200, verified: null, total: 200, done: false }, words).told).toBe('verificati —');
		expect(figuresNow(boardLiteral(), literalNow, judge(boardLiteral(), literalNow - 1000))[words.moved]?.change).toBe('invariato');
	});

	test('a figure that is not known on either side has no difference', () => {
		const now = judge(boardLiteral({ forecast: null }), literalNow);
		const last = sinceModel(before, now, words, own, 'it').figures.at(-1);
		expect(last).toMatchObject({ now: '—', change: '—' });
	});

	test('an absence is longer than a reload, and a memory from another night is forgotten', () => {
		const at = literalNow;
		const looked = (leftAt: number | null, lookedAt: number, realAt = 0) => ({ leftAt, lookedAt, realAt });
		expect(lookAgain(null, at, 7)).toEqual(looked(null, at, 7));
		expect(lookAgain(looked(5, at - 60_000), at, 60_000)).toEqual(looked(5, at, 60_000));
		expect(lookAgain(looked(5, at - 60_000), at, ABSENCE_MS + 1)).toEqual(looked(at - 60_000, at, ABSENCE_MS + 1));
		// A rehearsal at six hundred times the speed: hours of the night in seconds are no absence.
		expect(lookAgain(looked(null, at - 2 * HOUR), at, 12_000)).toEqual(looked(null, at, 12_000));
		expect(lookAgain(looked(5, at + ABSENCE_MS + 1), at, 1)).toEqual(looked(null, at, 1));
		expect(readLooked({ getItem: () => '{"lookedAt":"x"}', setItem: () => undefined })).toBeNull();
	});

	test('the address goes before the memory, and the memory before the window', () => {
		expect(fromOf('2025-10-21T21:00:00Z', 1, 2)).toBe(Date.UTC(2025, 9, 21, 21));
		expect([fromOf('gibberish', 1, 2), fromOf(null, null, 2), fromOf(null, null, null)]).toEqual([1, 2, null]);
	});
});

describe('a time of day', () => {
	const autumn = Date.UTC(2025, 9, 26, 0, 10);
	test('is the next one ahead, or the last one behind; of 02:30 twice, the nearer', () => {
		expect(nextOfClock('03:00', literalNow, zone)).toBe(Date.UTC(2025, 9, 22, 1));
		expect(pastOfClock('23:10', literalNow, zone)).toBe(Date.UTC(2025, 9, 21, 21, 10));
		// 02:10 in summer time: 02:30 comes in 20 minutes and again an hour later.
		expect(nextOfClock('02:30', autumn, zone)).toBe(autumn + 20 * MINUTE);
		expect(pastOfClock('02:30', autumn + 3 * HOUR, zone)).toBe(autumn + 80 * MINUTE);
	});
	test('of the doubled hour is found with its zone, and without it is the later one, which says its twin', () => {
		const summer = Date.UTC(2025, 9, 26, 0, 30);
		const now = autumn + 3 * HOUR;
		expect(pastOfClock('02:30 CEST', now, zone)).toBe(summer);
		expect(pastOfClock('2.30 cet', now, zone)).toBe(summer + HOUR);
		expect(pastOfClock('02:30', summer + 50 * MINUTE, zone)).toBe(summer);
		expect(clockOf(pastOfClock('02:30', now, zone), zone)).toBe('02:30 CET');
		expect([twinOf(summer + HOUR, now, zone), twinOf(summer, now, zone), twinOf(summer, summer + MINUTE, zone)]).toEqual([
			summer,
			summer + HOUR,
			null,
		]);
		expect(twinOf(literalNow, literalNow, zone)).toBeNull();
		for (const wrong of ['', 'ieri', '02:30 XYZ', '25:00', '0230']) expect(pastOfClock(wrong, now, zone), wrong).toBeNull();
	});
	test('in the doubled hour says its zone: the way back, a task’s course, a decision', () => {
		const board = boardLiteral();
		const later = 4 * 24 * HOUR;
		const { notte } = board.cutovers;
		const moved = { ...board, cutovers: { notte: { ...notte, windowEnd: (notte?.windowEnd ?? 0) + later } as never } };
		expect(wayBackModel(judge(moved, autumn), own, 'it')?.lastMoment).toBe('02:58 CEST');
		expect(wayBackModel(judge(board, literalNow), own, 'it')?.lastMoment).toBe('02:58');
		expect(spanOf([autumn, autumn + 3 * HOUR], zone)).toBe('02:10 CEST–04:10');
		expect(actualOf({ startedAt: autumn + 20 * MINUTE, endedAt: autumn + 80 * MINUTE } as never, zone, own)).toBe('02:30 CEST–02:30 CET');
		const passed = withGate({ closed: ['passed', autumn + HOUR, 'person/turno-1'] });
		expect(gatePanel(judge(passed, autumn + 2 * HOUR), 'verifica', own, 'it')?.closed).toBe('passato alle 02:10 CET, turno-1');
	});
	test('that no clock shows that night is none', () => {
		const spring = Date.UTC(2026, 2, 29, 0, 30);
		expect(nextOfClock('02:30', spring, zone)).toBe(spring + 24 * HOUR);
		expect(nextOfClock('25:00', spring, zone)).toBeNull();
	});
});

describe('charts', () => {
	test('the Gantt chart lays bars, the present and the last moment on one line', () => {
		const judged = judge(boardLiteral(), literalNow);
		const spec = ganttSpec(judged, Object.entries(judged.runbook.tasks), { hours: null }, zone);
		const row = spec.rows.find(({ id }) => id === 'amb-11');
		expect(row?.isCritical).toBe(true);
		expect(row?.actual?.[1]).toBeCloseTo(spec.now?.at ?? -1, 3);
		expect(row?.forecast?.[0]).toBeCloseTo(spec.now?.at ?? -1, 3);
		expect([spec.back?.time, spec.end?.time]).toEqual(['02:58', '05:00']);
		const near = ganttSpec(judged, Object.entries(judged.runbook.tasks), { hours: 2 }, zone);
		expect(near.rows.find(({ id }) => id === 'ps-1')?.planned).toBeNull();
	});

	test('promises are drawn from the first to the last', () => {
		const spec = promisesSpec(judge(boardLiteral(), literalNow), zone);
		expect(spec?.points).toHaveLength(15);
		expect(spec?.told).toMatchObject({ count: 15, p50: '04:20' });
		expect(spec?.points.every(({ p50, p90 }) => p50 >= p90)).toBe(true);
		expect(promisesSpec(judge(boardLiteral({ promises: { count: 0, rows: {} } }), literalNow), zone)).toBeNull();
	});

	test('a band opens at what is verified now and closes at the total; none without both', () => {
		const finish = { p50: literalNow + HOUR, p90: literalNow + 2 * HOUR };
		expect(bandSpec(50, 100, literalNow, finish)).toEqual([
			{ at: literalNow, low: 50, high: 50 },
			{ at: literalNow + HOUR, low: 75, high: 100 },
			{ at: literalNow + 2 * HOUR, low: 100, high: 100 },
		]);
		expect(bandSpec(null, 100, literalNow, finish)).toEqual([]);
		expect(bandSpec(50, 100, literalNow, { p50: null, p90: null })).toEqual([]);
	});

	test('the rehearsal is drawn at the same T+, past the present, with its gaps as gaps', () => {
		const ghost: readonly ChartPoint[] = [0, 10, null, 30, 40].map((value, i) => ({ at: i * 100, value }));
		expect([valueAt(ghost, 50), valueAt(ghost, 150), valueAt(ghost, 350), valueAt(ghost, 401), valueAt(ghost, -1)]).toEqual([
			5,
			null,
			35,
			null,
			null,
		]);
		const moved = { points: [0, 50, 100].map((at) => ({ at, value: at })), stepMs: 50 };
		const rows = chartRows({ moved, verified: moved, band: [], ghost }, 300);
		expect(rows.map(({ at, ghost: value }) => [at, value])).toEqual([
			[0, 0],
			[50, 5],
			[100, 10],
			[150, null],
			[200, null],
			[250, null],
			[300, 30],
		]);
		expect(rows.at(-1)?.moved).toBeNull();
	});

	test('neither the rehearsal nor tonight cuts the band, and one expected already begins as wide as it is', () => {
		const moved = { points: [0, 50, 100].map((at) => ({ at, value: at })), stepMs: 50 };
		const band = [
			{ at: 100, low: 40, high: 40 },
			{ at: 180, low: 80, high: 100 },
			{ at: 220, low: 100, high: 100 },
		];
		const ghost = [0, 300].map((at) => ({ at, value: at }));
		const rows = chartRows({ moved, verified: moved, band, ghost }, 300);
		expect(rows.filter(({ at }) => at >= 100 && at <= 220).map(({ at, band: one }) => [at, one])).toEqual([
			[100, [40, 40]],
			[150, [65, 77.5]],
			[180, [80, 100]],
			[200, [90, 100]],
			[220, [100, 100]],
		]);
		expect(rows.filter(({ at }) => at < 100 || at > 220).every(({ band: one }) => one === null)).toBe(true);
		expect(bandSpec(50, 100, literalNow, { p50: literalNow, p90: literalNow + MINUTE })).toEqual([
			{ at: literalNow, low: 50, high: 100 },
			{ at: literalNow + MINUTE, low: 100, high: 100 },
		]);
	});
});
