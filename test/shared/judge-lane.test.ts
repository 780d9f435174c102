// A team's lane at a moment: rows of what it reported, promised and marked, and what is to be said of it.
import { describe, expect, it, test } from 'vitest';
import type { Board } from '../../shared/board.ts';
import type { LaneFacts, TaskFacts } from '../../shared/board-night.ts';
import { judgeLanes } from '../../shared/judge-lane.ts';
import type { LaneNow } from '../../shared/judge-night.ts';
import { judgeRunbook } from '../../shared/judge-runbook.ts';
import { taskLiteral } from '../kit/night-literal.ts';
import { clock, MINUTE, nightBoard, start } from './night-board.ts';

const teams: Board['teams'] = { rete: { label: 'Fornitore Rete', kind: 'vendor' } };
const lane = (rest: Partial<LaneFacts> = {}): LaneFacts => ({ callEveryMs: 45 * MINUTE, lastReport: null, promise: null, promisedAt: null, ...rest });
/** Planned from a minute before its start, so that no row here is late but by its own wish. */
const task = (planned: string, minutes: number, rest: Partial<TaskFacts> = {}): TaskFacts =>
	taskLiteral('Attività', { team: 'rete', plannedStart: clock(planned), durationMs: minutes * MINUTE, ...rest });
const running = (from: string, minutes = 600): TaskFacts => task(from, minutes, { state: 'running', startedAt: clock(from) });
const done = (from: string, to: string): TaskFacts => task(from, 600, { state: 'done', startedAt: clock(from), endedAt: clock(to) });

function laneAt(time: string, facts: LaneFacts, tasks: Record<string, TaskFacts> = {}): LaneNow | undefined {
	const now = time === 'before' ? start - 10 * MINUTE : clock(time);
	const board = nightBoard({ teams, tasks, lanes: { rete: facts } });
	return judgeLanes(board, judgeRunbook(board, now), now).rete;
}

describe('the next call', () => {
	const told = lane({ lastReport: [clock('21:00'), 'rete'] });
	test.each<[string, string, LaneFacts, Record<string, TaskFacts>, Partial<LaneNow>]>([
		['45 minutes after its last report', '21:45', told, {}, { standing: 'good', reason: null, callDueAt: clock('21:45'), ageMs: 45 * MINUTE }],
		['a minute later it is silent', '21:46', told, {}, { standing: 'watch', reason: 'silent', callDueAt: clock('21:45') }],
		[
			'a task of theirs that begins is a word',
			'21:46',
			told,
			{ a: running('21:20') },
			{ reason: null, lastReportAt: clock('21:20'), callDueAt: clock('22:05') },
		],
		['and so is one that ends', '21:46', told, { a: done('20:00', '21:30') }, { reason: null, lastReportAt: clock('21:30') }],
		['a task of others is not', '21:46', told, { a: { ...running('21:20'), team: 'ced' } }, { reason: 'silent', lastReportAt: clock('21:00') }],
		[
			'never heard: counted from the window',
			'19:45',
			lane(),
			{},
			{ standing: 'blind', reason: null, lastReportAt: null, ageMs: null, callDueAt: clock('19:45') },
		],
		['never heard, and it is past', '19:46', lane(), {}, { standing: 'watch', reason: 'silent', ageMs: null }],
		['before the window nobody is to be called', 'before', lane(), {}, { standing: 'blind', reason: null }],
		['no call wanted, never heard: not known', '23:00', lane({ callEveryMs: null }), {}, { standing: 'blind', reason: null, callDueAt: null }],
		['all its work is done: no call any more', '23:00', told, { a: done('19:00', '20:00') }, { standing: 'good', reason: null, callDueAt: null }],
	])('%s (%s)', (_name, time, facts, tasks, expected) => {
		expect(laneAt(time, facts, tasks)).toMatchObject(expected);
	});
});

describe('a promise', () => {
	const promised = lane({ callEveryMs: null, lastReport: [clock('21:00'), 'rete'], promise: clock('22:00'), promisedAt: clock('21:00') });
	test.each<[string, string, Record<string, TaskFacts>, LaneNow['reason'], number | null]>([
		['is open until its time', '22:00', { a: running('20:30') }, null, clock('22:00')],
		['is broken while what was under way goes on', '22:01', { a: running('20:30') }, 'promise-broken', clock('22:00')],
		['is kept by its end, whatever began since', '22:01', { a: done('20:30', '21:50'), b: running('21:55') }, null, null],
		['waits for all that was under way', '22:01', { a: done('20:30', '21:50'), b: running('20:40') }, 'promise-broken', clock('22:00')],
		['is no longer broken once it is done at last', '22:30', { a: done('20:30', '22:20') }, null, null],
		['is about what came next, where nothing was under way', '22:01', { a: running('21:10') }, 'promise-broken', clock('22:00')],
		['and is kept by that', '22:01', { a: done('21:10', '21:40'), b: task('23:00', 30) }, null, null],
		['without tasks it waits for a word,', '22:01', {}, 'promise-broken', clock('22:00')],
	])('%s', (_name, time, tasks, reason, promise) => {
		expect(laneAt(time, promised, tasks)).toMatchObject({ reason, promise, standing: reason === null ? 'good' : 'watch' });
	});
});

it('a promise of a team without tasks is kept by a report once its time has come, not by one before', () => {
	const facts = (reportAt: string) =>
		lane({ callEveryMs: null, lastReport: [clock(reportAt), 'rete'], promise: clock('22:00'), promisedAt: clock('21:00') });
	expect(laneAt('22:10', facts('21:50'))?.reason).toBe('promise-broken');
	expect(laneAt('22:10', facts('22:05'))?.reason).toBeNull();
});

it('goes the way back once the night is turned: its steps count, and are words from it', () => {
	const now = clock('03:00');
	const tasks = {
		fatta: done('19:00', '20:00'),
		aperta: running('20:50'),
		rit: task('02:00', 30, { kind: 'rollback', state: 'running', startedAt: clock('02:50') }),
	};
	const board = (turnedBackAt: number | null) =>
		nightBoard({ teams, tasks, lanes: { rete: lane({ lastReport: [clock('20:55'), 'rete'] }) } }, { turnedBackAt });
	const laneOf = (one: Board) => judgeLanes(one, judgeRunbook(one, now), now).rete;
	expect(laneOf(board(null))).toMatchObject({ done: 1, total: 2, running: ['aperta'], lastReportAt: clock('20:55'), reason: 'silent' });
	expect(laneOf(board(clock('02:40')))).toMatchObject({
		done: 1,
		total: 2,
		running: ['rit'],
		lastReportAt: clock('02:50'),
		callDueAt: clock('03:35'),
	});
});

it('counts its own tasks, names those under way, and the one whose turn it is before the one that is planned first', () => {
	const tasks = {
		fatta: done('19:00', '20:00'),
		saltata: task('19:10', 10, { state: 'skipped', endedAt: clock('19:10') }),
		adesso: running('20:50'),
		blocked: task('21:05', 10, { after: ['adesso'] }),
		pronta: task('21:30', 10, { after: ['fatta'] }),
		ritorno: task('21:00', 10, { kind: 'rollback' }),
		altrui: { ...task('21:00', 10), team: 'ced' },
	};
	expect(laneAt('21:00', lane({ lastReport: [clock('20:55'), 'rete'] }), tasks)).toMatchObject({
		label: 'Fornitore Rete',
		done: 2,
		total: 5,
		running: ['adesso'],
		next: 'pronta',
		standing: 'good',
	});
});

test.each<[string, TaskFacts]>([
	['a task behind its time', running('20:00', 30)],
	['a task that failed', task('20:00', 90, { state: 'failed', startedAt: clock('20:00'), endedAt: clock('20:50') })],
])('%s makes its lane late', (_name, one) => {
	expect(laneAt('21:00', lane({ lastReport: [clock('20:55'), 'rete'] }), { one })).toMatchObject({ standing: 'watch', reason: 'late' });
});
