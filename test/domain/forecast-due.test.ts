// When a forecast is due, and that its seed is the moment's and the plan's.
import { describe, expect, it } from 'vitest';
import { isForecastDue, seedOf } from '../../server/domain/forecast-due.ts';
import { type Board, emptyBoard, type MarkRow } from '../../shared/board.ts';
import type { ForecastFacts, TaskFacts } from '../../shared/board-night.ts';
import { at, MINUTE, start } from './forecast-nights.ts';

const task = (state: TaskFacts['state']): TaskFacts => ({
	label: 'A',
	kind: 'task',
	stream: '',
	team: null,
	owner: null,
	plannedStart: null,
	durationMs: MINUTE,
	rehearsed: null,
	after: [],
	fixed: null,
	criterion: null,
	gate: null,
	archive: null,
	restores: null,
	state,
	startedAt: null,
	endedAt: null,
	by: null,
	reason: null,
	reopened: 0,
});
const cutover = { id: 'n', name: 'N', zone: 'Europe/Rome', phases: [], reached: {}, frozenAt: null, firstGoodAt: null, turnedBackAt: null };
const board = (state: TaskFacts['state'], marks: readonly MarkRow[] = []): Board => ({
	...emptyBoard,
	plan: { id: 'p', name: 'P', digest: 'd1', seq: 1 },
	follows: 'n',
	cutovers: { n: { ...cutover, windowStart: start, windowEnd: at(600) } },
	tasks: { a: task(state) },
	marks: { count: marks.length, rows: Object.fromEntries(marks.map((row, i) => [i + 2, row])) },
});
const told = (minute: number, tasks: ForecastFacts['tasks'] = { a: [at(minute), at(minute + 1)] }): ForecastFacts => ({
	at: at(minute),
	seed: 1,
	draws: 10,
	finish: [at(minute + 1), at(minute + 2), at(minute + 3)],
	why: null,
	blind: [],
	drivers: [],
	gates: {},
	services: {},
	archives: {},
	tasks,
	streams: {},
});
const done = (minute: number, kind: 'task' | 'note' = 'task'): MarkRow => ({
	at: at(minute),
	by: 'x',
	mark: kind === 'note' ? { kind, text: 'n' } : { kind, task: 'a', state: 'done' },
});

describe('a forecast is due', () => {
	it.each([
		['the first, an hour before the window', null, board('waiting'), -60, true],
		['not earlier', null, board('waiting'), -61, false],
		['a minute after the last', told(10), board('waiting'), 11, true],
		['not within the minute', told(10), board('waiting'), 10.5, false],
		['at once after a task was marked', told(10), board('running', [done(10.2)]), 10.3, true],
		['not after a note', told(10), board('running', [done(10.2, 'note')]), 10.3, false],
		['not after a mark that it knows', told(10), board('running', [done(9)]), 10.3, false],
		['not twice at one moment', told(10), board('running', [done(10)]), 10, false],
		['past the end of the window, while something is open', told(700), board('waiting'), 701, true],
		['one last when all is done', told(10), board('done'), 10.1, true],
		['none after the last', told(11, {}), board('done'), 30, false],
		['none where nothing is planned', null, { ...board('done'), tasks: {} }, 10, false],
		['none without a plan', null, emptyBoard, 10, false],
	] as const)('%s', (_, last, now, minute, due) => {
		expect(isForecastDue(last, now, at(minute))).toBe(due);
	});
});

describe('the seed', () => {
	it('is the same for the same moment of the same plan, and no other', () => {
		const one = board('waiting');
		expect(seedOf(one, 5)).toBe(seedOf(board('done'), 5));
		expect(seedOf(one, 6)).not.toBe(seedOf(one, 5));
		expect(seedOf({ plan: { id: 'p', name: 'P', digest: 'd2', seq: 1 } }, 5)).not.toBe(seedOf(one, 5));
		expect(Number.isInteger(seedOf(one, 5)) && seedOf(one, 5) >= 0).toBe(true);
	});
});
