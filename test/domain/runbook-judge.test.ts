// The runbook at a moment: whose turn, who is late, what is counted; and that its marks fold and are taken back exactly.
import { describe, expect, test } from 'vitest';
import type { Board } from '../../shared/board.ts';
import type { TaskFacts } from '../../shared/board-night.ts';
import type { ForecastNow } from '../../shared/judge-night.ts';
import { judgeRunbook } from '../../shared/judge-runbook.ts';
import { boardLiteral, literalNow } from '../kit/board-literal.ts';
import { taskLiteral } from '../kit/night-literal.ts';

const MINUTE = 60_000;
const task = (rest: Partial<TaskFacts>): TaskFacts => taskLiteral('T', { durationMs: 10 * MINUTE, ...rest });
const noForecast: ForecastNow = {
	finish: null,
	reason: 'none',
	standing: 'blind',
	at: null,
	ageMs: null,
	marginMs: null,
	blind: [],
	drivers: [],
	gates: {},
	services: {},
	streams: {},
	promises: { count: 0, rows: [] },
};
const finishAt = (p50: number, ...drivers: string[]): ForecastNow => ({
	...noForecast,
	reason: null,
	finish: { p50, p80: p50, p90: p50 },
	drivers: drivers.map((subject) => ({ subject, label: subject })),
});

function judged(tasks: Record<string, TaskFacts>, { turnedBackAt = null as number | null, forecast = noForecast, rest = {} as Partial<Board> } = {}) {
	const board = boardLiteral({ tasks, ...rest });
	const notte = { ...board.cutovers.notte, turnedBackAt } as Board['cutovers'][string];
	return judgeRunbook({ ...board, cutovers: { notte } }, literalNow, forecast);
}

describe('status', () => {
	test.each([
		['nothing before it', { a: task({}) }, 'ready'],
		['a predecessor that runs', { b: task({ state: 'running' }), a: task({ after: ['b'] }) }, 'waiting'],
		['a predecessor that failed', { b: task({ state: 'failed' }), a: task({ after: ['b'] }) }, 'waiting'],
		['predecessors done and skipped', { b: task({ state: 'done' }), c: task({ state: 'skipped' }), a: task({ after: ['b', 'c'] }) }, 'ready'],
		['a fixed time that is to come', { a: task({ fixed: literalNow + 1 }) }, 'waiting'],
		['a fixed time that has come', { a: task({ fixed: literalNow }) }, 'ready'],
		['a step back on a night that goes on', { a: task({ kind: 'rollback' }) }, 'waiting'],
	] as const)('of a task with %s', (_, tasks, status) => {
		expect(judged(tasks).tasks.a?.status).toBe(status);
	});

	test('turns round with the night', () => {
		const { tasks } = judged({ a: task({}), b: task({ kind: 'rollback' }) }, { turnedBackAt: literalNow - 1 });
		expect([tasks.a?.status, tasks.b?.status]).toEqual(['set-aside', 'ready']);
	});

	test('leaves nothing running on the way that the night no longer goes', () => {
		const tasks = {
			a: task({ state: 'running' }),
			b: task({ kind: 'rollback', state: 'running' }),
			c: task({ state: 'done' }),
			d: task({ state: 'failed' }),
		};
		const statuses = (turnedBackAt: number | null) => Object.values(judged(tasks, { turnedBackAt }).tasks).map((one) => one.status);
		expect(statuses(literalNow - 1)).toEqual(['set-aside', 'running', 'done', 'failed']);
		expect(statuses(null)).toEqual(['running', 'set-aside', 'done', 'failed']);
	});
});

describe('late', () => {
	const begun = (ago: number, rest: Partial<TaskFacts> = {}) => task({ plannedStart: literalNow - ago, ...rest });
	test.each([
		['a start due a minute ago', begun(MINUTE), 0],
		['a start due more than a minute ago', begun(MINUTE + 1), MINUTE + 1],
		['a running one within its time', begun(9 * MINUTE, { state: 'running' }), 0],
		['a running one a minute past its end', begun(11 * MINUTE, { state: 'running' }), 0],
		['a running one further past it', begun(12 * MINUTE, { state: 'running' }), 2 * MINUTE],
		['a done one', begun(60 * MINUTE, { state: 'done', startedAt: literalNow - MINUTE, endedAt: literalNow }), 0],
		['one without a planned time', task({}), 0],
		['one that may not begin before its fixed time', begun(5 * MINUTE, { fixed: literalNow }), 0],
		['a step back on a night that goes on', begun(60 * MINUTE, { kind: 'rollback' }), 0],
	])('%s', (_, one, lateMs) => {
		expect(judged({ a: one }).tasks.a).toMatchObject({ lateMs, isLate: lateMs > 0 });
	});
});

describe('the sums', () => {
	const tasks = {
		a: task({ state: 'done', plannedStart: literalNow - 60 * MINUTE }),
		b: task({ state: 'skipped' }),
		c: task({ state: 'running', plannedStart: literalNow - 20 * MINUTE }),
		d: task({ plannedStart: literalNow + 20 * MINUTE }),
		e: task({ state: 'failed' }),
		r: task({ kind: 'rollback', plannedStart: literalNow + 60 * MINUTE }),
	};
	test('leave the way back out while the night goes on', () => {
		expect(judged(tasks)).toMatchObject({ total: 5, done: 2, running: 1, late: 1, failed: 1, standing: 'bad', aheadMs: null });
	});
	test('leave out what was still open of the way forward once it is turned', () => {
		expect(judged(tasks, { turnedBackAt: literalNow })).toMatchObject({ total: 4, done: 2, running: 0, late: 0, failed: 1 });
	});
	test('stand at watch when somebody is late, at good when nobody is', () => {
		const { e: _failed, ...late } = tasks;
		const { c: _late, ...good } = late;
		expect([judged(late).standing, judged(good).standing]).toEqual(['watch', 'good']);
	});
	test('say how far ahead of the last planned end the finish is', () => {
		expect(judged(tasks, { forecast: finishAt(literalNow + 25 * MINUTE) }).aheadMs).toBe(5 * MINUTE);
		expect(judged(tasks, { turnedBackAt: literalNow, forecast: finishAt(literalNow + 90 * MINUTE) }).aheadMs).toBe(-20 * MINUTE);
	});
});

describe('what is expected', () => {
	const expected = { a: [literalNow - MINUTE, literalNow + 9 * MINUTE], b: [literalNow - 20 * MINUTE, literalNow - 10 * MINUTE] } as const;
	const forecastFacts = { ...(boardLiteral().forecast as NonNullable<Board['forecast']>), tasks: expected };
	const tasks = { a: task({}), b: task({ state: 'running', startedAt: literalNow - 20 * MINUTE }), c: task({ state: 'done' }) };
	test('is never before now, and only of what is open', () => {
		const { tasks: now } = judged(tasks, { forecast: finishAt(literalNow, 'task/b'), rest: { forecast: forecastFacts } });
		expect(now.a?.forecast).toEqual([literalNow, literalNow + 9 * MINUTE]);
		expect(now.b?.forecast).toEqual([literalNow - 20 * MINUTE, literalNow]);
		expect(now.c?.forecast).toBeNull();
		expect([now.a?.isCritical, now.b?.isCritical]).toEqual([false, true]);
	});
	test('is not told by a forecast that does not hold', () => {
		const { tasks: now, aheadMs } = judged(tasks, { forecast: noForecast, rest: { forecast: forecastFacts } });
		expect([now.a?.forecast, now.b?.forecast, aheadMs]).toEqual([null, null, null]);
	});
});
