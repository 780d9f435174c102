// What a forecast amounts to later: old, past, finished, doubtful.
import { describe, expect, it } from 'vitest';
import { type Board, emptyBoard } from '../../shared/board.ts';
import type { ForecastFacts } from '../../shared/board-night.ts';
import { judge } from '../../shared/judge.ts';
import { judgeForecast } from '../../shared/judge-forecast.ts';
import { archiveLiteral, literalNow } from '../kit/board-literal.ts';
import { at, start } from './forecast-nights.ts';

const facts: ForecastFacts = {
	at: at(0),
	seed: 1,
	draws: 10,
	finish: [at(100), at(130), at(150)],
	why: null,
	blind: [],
	drivers: ['archive/x', 'task/gone'],
	gates: { g: [at(2), at(3), at(4)] },
	services: { ps: [at(50), at(60), at(70)] },
	archives: {},
	tasks: {},
	streams: { reti: { factor: 1.1, aheadMs: 5 } },
};
const cutover = { id: 'n', name: 'N', zone: 'Europe/Rome', phases: [], reached: {}, frozenAt: null, firstGoodAt: null, turnedBackAt: null };
const board = (windowEnd: number, forecast: ForecastFacts | null, rest: Partial<Board> = {}): Board => ({
	...emptyBoard,
	follows: 'n',
	cutovers: { n: { ...cutover, windowStart: start, windowEnd: at(windowEnd) } },
	archives: { x: archiveLiteral({ label: 'Immagini', total: 1, moved: 0.5, verified: 0.4 }) },
	promises: { count: 3, rows: { 9: [at(2), 1, 2, 3], 10: [at(1), 4, 5, 6] } },
	forecast,
	...rest,
});

describe('a forecast at a moment', () => {
	it.each([
		['none', null, 1, { finish: null, reason: 'none', standing: 'blind', at: null }],
		['old past five minutes', facts, 5.1, { finish: null, reason: 'old', standing: 'blind', marginMs: null, gates: {} }],
		['good while p90 is within the window', facts, 5, { standing: 'good', reason: null, marginMs: 100 * 60_000 }],
		['not told', { ...facts, finish: null, why: 'blind' }, 1, { finish: null, reason: 'blind', standing: 'blind', marginMs: null }],
		['never green on a silence that it bridges', { ...facts, blind: ['archive/x'] }, 1, { standing: 'watch', blind: ['archive/x'] }],
	] as const)('%s', (_, forecast, minute, expected) => {
		expect(judgeForecast(board(200, forecast as ForecastFacts | null), at(minute))).toMatchObject(expected);
	});

	it.each([
		[151, 'good'],
		[149, 'watch'],
		[99, 'bad'],
	] as const)('with a window to minute %i stands at %s', (end, standing) => {
		expect(judgeForecast(board(end, facts), at(1)).standing).toBe(standing);
	});

	it('is never before now, names what drives it, and sorts its promises', () => {
		const told = judgeForecast(board(200, facts), at(3));
		expect(told.gates.g).toEqual([at(3), at(3), at(4)]);
		expect(told.drivers).toEqual([
			{ subject: 'archive/x', label: 'Immagini' },
			{ subject: 'task/gone', label: 'task/gone' },
		]);
		expect(told.promises.rows.map(([made]) => made)).toEqual([at(1), at(2)]);
		expect(told.promises.count).toBe(3);
	});

	it('is finished by the facts, and an archive counts once verified by fresh evidence', () => {
		const verified = { x: archiveLiteral({ label: 'X', total: 1, moved: 1, verified: 1 }) };
		const over = (now: number, archives: Board['archives']) => judgeForecast(board(200, null, { archives }), now).reason;
		expect(over(literalNow, verified)).toBe('finished');
		expect(over(literalNow, { x: archiveLiteral({ label: 'X', total: 1, moved: 1, verified: 0.99 }) })).toBe('none');
		expect(over(literalNow + 3_600_000, verified)).toBe('none');
	});

	it('gives an archive its own finish, clamped to now, gone when it is old', () => {
		const mine = { ...facts, at: literalNow, archives: { x: [literalNow + 1000, literalNow + 9000, literalNow + 9000] as const } };
		const finish = (now: number) => judge(board(200, mine), now).archives.x?.finish;
		expect(finish(literalNow + 5000)).toEqual({ p50: literalNow + 5000, p80: literalNow + 9000, p90: literalNow + 9000 });
		expect(finish(literalNow + 301_000)).toEqual({ p50: null, p80: null, p90: null });
	});
});
