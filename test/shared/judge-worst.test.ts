// What needs a decision, worst first; and the cutover's minutes, in which every source must beat.
import { describe, expect, it, test } from 'vitest';
import type { Board } from '../../shared/board.ts';
import { judge } from '../../shared/judge.ts';
import { archiveLiteral, boardLiteral, literalNow, sourceLiteral } from '../kit/board-literal.ts';
import { forecastLiteral, gateLiteral, lanesLiteral, taskLiteral } from '../kit/night-literal.ts';
import { MINUTE } from './night-board.ts';

/** The literal without what is wrong in it: its slow archive and the stream that waits for it. */
const quiet = (rest: Partial<Board> = {}): Board => boardLiteral({ archives: {}, services: {}, sources: {}, tasks: {}, gates: {}, ...rest });
const worstOf = (board: Board, now = literalNow) => judge(board, now).worst.map(({ subject, standing, reason }) => [subject, standing, reason]);
const end = boardLiteral().cutovers.notte?.windowEnd ?? 0;
const finish = (p50: number, p90: number) => forecastLiteral({ finish: [p50, (p50 + p90) / 2, p90], drivers: ['task/lenta'] });
const lanes = (agoMs: number) => ({
	...lanesLiteral(),
	'fornitore-b': { callEveryMs: 30 * MINUTE, lastReport: [literalNow - agoMs, 'b'] as const, promise: null, promisedAt: null },
});
const late = taskLiteral('Lenta', {
	state: 'running',
	startedAt: literalNow - 60 * MINUTE,
	plannedStart: literalNow - 60 * MINUTE,
	durationMs: 30 * MINUTE,
});
const failed = taskLiteral('Fallita', { state: 'failed', startedAt: literalNow - MINUTE, endedAt: literalNow });
const passed = gateLiteral('Passato', { closed: ['passed', literalNow - MINUTE, 'comando'], until: literalNow - MINUTE });

test.each<[string, Partial<Board>, readonly (readonly string[])[]]>([
	['a quiet night', { gates: { passed } }, []],
	['the finish may pass the window', { forecast: finish(end - MINUTE, end + MINUTE) }, [['cutover/notte', 'watch', 'finish-may-pass-window']]],
	['the finish is past it', { forecast: finish(end + 1, end + MINUTE) }, [['cutover/notte', 'bad', 'finish-past-window']]],
	['a task that failed', { tasks: { failed } }, [['task/failed', 'bad', 'task-failed']]],
	[
		'a late one that the finish hangs on',
		{ tasks: { lenta: late }, forecast: finish(end - 9 * MINUTE, end) },
		[['task/lenta', 'watch', 'task-late']],
	],
	['a late one that it does not hang on', { tasks: { altra: late }, forecast: finish(end - 9 * MINUTE, end) }, []],
	['a gate that ran out of time', { gates: { g: gateLiteral('G', { until: literalNow - MINUTE }) } }, [['gate/g', 'bad', 'gate-expired']]],
	['a team at its half hour', { lanes: lanes(30 * MINUTE) }, []],
	['a team past it', { lanes: lanes(31 * MINUTE) }, [['team/fornitore-b', 'watch', 'lane-silent']]],
])('%s', (_name, rest, expected) => {
	expect(worstOf(quiet(rest))).toEqual(expected);
});

it('puts what is bad before what is blind, and that before a doubt', () => {
	const sources = { muta: sourceLiteral('Muta', 'push', { talkedAt: literalNow - 10 * MINUTE }) };
	expect(worstOf(quiet({ tasks: { failed }, lanes: lanes(31 * MINUTE), sources })).map(([subject]) => subject)).toEqual([
		'task/failed',
		'source/muta',
		'team/fornitore-b',
	]);
});

it('asks nothing more of the way forward once the night is turned back', () => {
	const board = quiet({
		tasks: { lenta: late },
		forecast: finish(end + 1, end + MINUTE),
		gates: { g: gateLiteral('G', { until: literalNow - MINUTE }) },
	});
	const notte = board.cutovers.notte;
	if (notte === undefined) throw new Error('the literal has its night');
	expect(worstOf(board)).not.toEqual([]);
	expect(worstOf({ ...board, cutovers: { notte: { ...notte, turnedBackAt: literalNow - MINUTE } } })).toEqual([]);
});

test.each([
	['talks and moves, and does not advance', { movedAt: literalNow, advancedAt: literalNow - 60 * MINUTE }, 'watch', 'not-advancing'],
	['went back', { wentBack: 1 }, 'watch', 'went-back'],
	['says that it is down', { beat: 0 as const, advancedAt: literalNow - 60 * MINUTE }, 'bad', 'says-down'],
	['talks no more', { talkedAt: literalNow - 60 * MINUTE, advancedAt: literalNow - 60 * MINUTE }, 'blind', 'silent'],
])('a source that %s is called by that', (_name, rest, standing, reason) => {
	const archives = { a: archiveLiteral({ label: 'A', total: 2, moved: 1, verified: 0.5 }) };
	const sources = { s: sourceLiteral('S', 'push', { archives: ['a'], ...rest }) };
	expect(worstOf(quiet({ archives, sources }))).toContainEqual(['source/s', standing, reason]);
});

describe('the cutover’s minutes', () => {
	const minuteAt = (frozenAt: number | null, firstGoodAt: number | null, source = {}) => {
		const board = quiet({ sources: { s: sourceLiteral('S', 'push', { everyMs: 5000, staleAfterMs: 60_000, ...source }) } });
		const notte = board.cutovers.notte;
		if (notte === undefined) throw new Error('the literal has its night');
		return judge({ ...board, cutovers: { notte: { ...notte, frozenAt, firstGoodAt } } }, literalNow);
	};
	const frozen = literalNow - 3 * MINUTE;

	it('last from the write freeze to the first good transaction', () => {
		expect(minuteAt(null, null).minute).toBeNull();
		expect(minuteAt(frozen, null).minute).toEqual({ frozenAt: frozen, silent: [] });
		expect(minuteAt(frozen, frozen + MINUTE).minute).toBeNull();
	});

	test.each([
		['three beats ago: 3 × 5 s', { talkedAt: literalNow - 15_000 }, false],
		['a moment more', { talkedAt: literalNow - 15_001 }, true],
		['its own limit, where that is shorter', { talkedAt: literalNow - 10_001, staleAfterMs: 10_000 }, true],
		['that cannot be read', { why: 'timeout' as const }, true],
		['never heard', { talkedAt: null }, true],
	])('a source heard %s', (_name, source, isSilent) => {
		const now = minuteAt(frozen, null, source);
		expect(now.minute?.silent).toEqual(isSilent ? ['s'] : []);
		expect(now.worst.some(({ subject, standing }) => subject === 'source/s' && standing === 'blind')).toBe(isSilent);
	});

	it('a source that missed three beats is no news outside them', () => {
		expect(minuteAt(null, null, { talkedAt: literalNow - 15_001 }).worst).toEqual([]);
	});
});
