// The night in the API's board: the shape of interfaces.md, every instant in ISO, and null where something is not known.
import { expect, test } from 'vitest';
import { toApiBoard } from '../../server/web/api-board.ts';
import { boardLiteral, literalNow, withSilentArchive } from '../kit/board-literal.ts';
import { minute } from '../kit/night-literal.ts';

const position = { epoch: 'k7', seq: 1, hash: '000000000001' };
const iso = (instant: number): string => new Date(instant).toISOString();
// biome-ignore lint/suspicious/noExplicitAny: what the API says is read here as a stranger reads it
const api = (board = boardLiteral(), now = literalNow): any => JSON.parse(JSON.stringify(toApiBoard(board, position, now)));

/** Paths of numbers that lie within the night: instants that were not turned. */
function bareInstants(value: unknown, path: string): string[] {
	if (typeof value === 'number') return value > minute(-60) && value < minute(700) ? [`${path} ${value}`] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, one]) => bareInstants(one, `${path}.${key}`));
}

test('no instant is left as a number, but in the facts', () => {
	const { facts, ...told } = api();
	expect(bareInstants(told, '')).toEqual([]);
	expect(bareInstants(facts, '').length).toBeGreaterThan(100);
});

test('runbook, gates, forecast, way back and lanes stand there as others rely on them', () => {
	const { runbook, gates, forecast, rollback, lanes, archives, minute: minutes } = api();
	expect(runbook).toMatchObject({ total: 94, done: 67, late: 2 });
	expect(runbook.tasks['amb-11']).toMatchObject({
		status: 'running',
		owner: 'team-lead',
		planned: { start: iso(minute(386)), end: iso(minute(418)) },
		actual: { start: iso(minute(386)), end: null },
	});
	expect(gates.verifica).toMatchObject({ state: 'waiting', cast: 3, minimum: 4, until: iso(minute(500)) });
	expect(gates.verifica.criteria.map((one: { met: boolean; reason: string }) => [one.met, one.reason])).toEqual([
		[true, 'met'],
		[true, 'met'],
		[false, 'not-done'],
	]);
	expect(gates.fermo.closed).toEqual({ how: 'passed', at: iso(minute(40)), by: 'comando' });
	expect(forecast.finish).toEqual({ p50: iso(minute(560)), p80: iso(minute(580)), p90: iso(minute(592)) });
	expect(forecast.promises.last.at(-1).p50).toBe(iso(minute(560)));
	// 05:00 − 1:42 − 0:10 − 0:10 = 02:58, minute 478; from 02:13:45 that is 44:15.
	expect(rollback).toMatchObject({ lastMoment: iso(minute(478)), remainingMs: (44 * 60 + 15) * 1000, possible: true });
	expect(rollback.parts).toEqual({ rollbackMs: 102 * 60_000, validationMs: 600_000, marginMs: 600_000 });
	expect(rollback.cost[0]).toEqual({ label: 'Registrazioni PS', value: 47, unit: 'count', ageMs: 20_120, kept: false });
	// Its last word is a task that it began at minute 426; it is called half an hour later.
	expect(lanes['fornitore-a']).toMatchObject({ promise: iso(minute(450)), callDueAt: iso(minute(426 + 30)) });
	expect(archives['amb-referti'].finish).toEqual({ p50: iso(minute(511)), p80: iso(minute(530)), p90: iso(minute(546)) });
	expect(minutes).toBeNull();
});

test('what is not known is null, never 0 nor left from before', () => {
	const silent = api(withSilentArchive(boardLiteral({ forecast: null, rollback: null }), 'amb-referti', 22 * 60_000));
	expect(silent.forecast.finish).toEqual({ p50: null, p80: null, p90: null });
	expect(silent.archives['amb-referti'].finish.p50).toBeNull();
	expect(silent.runbook.aheadMs).toBeNull();
	expect(silent.rollback).toBeNull();
	const old = api(boardLiteral(), literalNow + 10 * 60_000);
	expect(old.forecast).toMatchObject({ reason: 'old', standing: 'blind', finish: { p50: null } });
	expect(old.archives['cce-db'].finish.p50).toBeNull();
	expect(old.rollback.cost[0].value).toBeNull();
});
