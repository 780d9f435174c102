// What a forecast amounts to later: old, past, finished, doubtful.
import { describe, expect, it } from 'vitest';
import type { ServiceFacts } from '../../shared/board.ts';
import { type Board, emptyBoard } from '../../shared/board.ts';
import type { ForecastFacts } from '../../shared/board-night.ts';
import { judge } from '../../shared/judge.ts';
import { judgeForecast } from '../../shared/judge-forecast.ts';
import { archiveLiteral, figure, literalNow, serviceLiteral } from '../kit/board-literal.ts';
import { taskLiteral } from '../kit/night-literal.ts';
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

	const old = { ...facts, at: literalNow, services: { ps: [literalNow + 1000, literalNow + 2000, literalNow + 3000] as const } };
	const minutesAgo = (minutes: number): number => literalNow - minutes * 60_000;
	it.each<[what: string, isToCome: boolean, service: Partial<ServiceFacts>, turnedBackAt: number | null]>([
		['down on both sides', true, { figures: { upOld: figure(0), upNew: figure(0) } }, null],
		['up on the old side, not moved yet', true, { figures: { upOld: figure(1), upNew: figure(0) } }, null],
		['up on the new side', false, {}, null],
		['the new side silent', true, { figures: { upOld: figure(0), upNew: figure(1, 60_000) } }, null],
		['marked restored', false, { figures: {}, restoredAt: minutesAgo(5) }, null],
		['stopped again since', true, { figures: {}, restoredAt: minutesAgo(5), stoppedAt: minutesAgo(2) }, null],
		['turned back: up on the new side', true, { restoredAt: minutesAgo(50) }, minutesAgo(9)],
		['turned back: up on the old side', false, { figures: { upOld: figure(1), upNew: figure(0) } }, minutesAgo(9)],
		['turned back: marked restored since', false, { figures: {}, restoredAt: minutesAgo(5) }, minutesAgo(9)],
	])('a restore is to come (%s): %s', (_what, isToCome, service, turnedBackAt) => {
		const services = { ps: serviceLiteral('PS', 1, { stoppedAt: null, ...service }) };
		const cutovers = { n: { ...cutover, turnedBackAt, windowStart: start, windowEnd: at(200) } };
		const told = judgeForecast(board(200, old, { services, cutovers }), literalNow);
		expect(Object.keys(told.services)).toEqual(isToCome ? ['ps'] : []);
	});

	it.each<[what: string, services: Board['services'], reason: string]>([
		['seen up', { ps: serviceLiteral('PS', 1, { figures: { upOld: figure(1), upNew: figure(0) } }) }, 'finished'],
		['seen up by a single probe', { ps: serviceLiteral('PS', 1, { figures: { up: figure(1) } }) }, 'finished'],
		['without a probe', { ps: serviceLiteral('PS', 1, { figures: {} }) }, 'finished'],
		['not in the plan', {}, 'finished'],
		['down', { ps: serviceLiteral('PS', 1, { figures: { upOld: figure(0), upNew: figure(0) } }) }, 'blind'],
		['silent', { ps: serviceLiteral('PS', 1, { figures: { upOld: figure(1, 60_000) } }) }, 'blind'],
	])('a turned night with all marked done and its service %s', (_, services, reason) => {
		const tasks = { r: taskLiteral('R', { kind: 'rollback', restores: 'ps', state: 'done' }), a: taskLiteral('A', { state: 'waiting' }) };
		const cutovers = { n: { ...cutover, turnedBackAt: minutesAgo(9), windowStart: start, windowEnd: at(200) } };
		const told = judgeForecast(board(200, old, { services, cutovers, tasks }), literalNow);
		expect(told).toMatchObject({ reason, finish: null, standing: reason === 'finished' ? 'good' : 'blind' });
		expect(told.blind).toEqual(reason === 'finished' ? [] : ['service/ps']);
	});
});
