// What needs a decision, worst first; and the cutover's minutes, in which every source must beat.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Board } from '../../shared/board.ts';
import { judge } from '../../shared/judge.ts';
import { worstFirst } from '../../shared/judge-worst.ts';
import { byWorst, type Standing, standings } from '../../shared/standing.ts';
import { archiveLiteral, boardLiteral, literalNow, sourceLiteral } from '../kit/board-literal.ts';
import { siteNow } from '../kit/er-literal.ts';
import { forecastLiteral, gateLiteral, lanesLiteral, taskLiteral } from '../kit/night-literal.ts';
import { add, boardAt, census, figures, type Line, mark, paper, play } from '../projections/site-night.ts';
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

type Seen = readonly [standing: Standing, ageMs: number | null, occupancy?: number | null];

/** Archives by capital letters, emergency rooms by small ones. */
function ordered(all: Readonly<Record<string, Seen>>): string[] {
	const site: Record<string, ReturnType<typeof siteNow>> = {};
	const archive: Record<string, { label: string; standing: Standing; ageMs: number | null }> = {};
	for (const [id, [standing, ageMs, occupancy]] of Object.entries(all)) {
		if (id === id.toLowerCase()) site[id] = siteNow(id, { standing, reason: 'crowded', ageMs, occupancy: occupancy ?? null });
		else archive[id] = { label: id, standing, ageMs };
	}
	const night = { cutover: null, forecast: judge(quiet(), literalNow).forecast, gates: {}, tasks: {}, lanes: {}, minute: null };
	return worstFirst({ archive, service: {}, source: {}, site }, night).map(({ label }) => label);
}

describe('among emergency rooms of one standing', () => {
	test.each<[string, Readonly<Record<string, Seen>>, readonly string[]]>([
		['the fullest stands first, however old its figures are', { a: ['bad', 60, 1.13], b: ['bad', 5, 1.55], c: ['bad', 30, 1.2] }, ['b', 'c', 'a']],
		['what is worse stands before what is fuller', { a: ['watch', 60, 1.05], b: ['bad', 5, 1.1] }, ['b', 'a']],
		['of two equally full the older one', { a: ['bad', 5, 1.2], b: ['bad', 60, 1.2] }, ['b', 'a']],
		['of two equal ones the plan’s first', { b: ['bad', 5, 1.2], a: ['bad', 5, 1.2] }, ['b', 'a']],
		['who is blind stands by age, and whoever never reported first', { a: ['blind', 5], b: ['blind', null], c: ['blind', 60] }, ['b', 'c', 'a']],
		['one that nobody knows the spaces of stands by its age', { a: ['watch', 9, 1], b: ['watch', 5], c: ['watch', 60] }, ['c', 'a', 'b']],
		['together they stand where the oldest would', { X: ['bad', 61], Y: ['bad', 30], a: ['bad', 60, 1.1], b: ['bad', 1, 1.9] }, ['X', 'b', 'a', 'Y']],
	])('%s', (_name, all, expected) => {
		expect(ordered(all)).toEqual(expected);
	});

	it('the order is one, whatever order they are told in', () => {
		const one = fc.tuple(fc.constantFrom(...standings), fc.option(fc.integer({ min: 0, max: 9 })), fc.option(fc.integer({ min: 0, max: 9 })));
		fc.assert(
			fc.property(fc.array(one, { maxLength: 12 }), fc.array(one, { maxLength: 4 }), fc.infiniteStream(fc.nat()), (rooms, copies, keys) => {
				// Nothing is equal to another, so that the plan's order decides nothing.
				const all: [string, Seen][] = [
					...rooms.map(([standing, age, full], i): [string, Seen] => [
						`room${i}`,
						[standing, (age ?? 0) + i / 100, standing === 'blind' ? null : full],
					]),
					...copies.map(([standing, age], i): [string, Seen] => [`COPY${i}`, [standing, (age ?? 0) + 0.5 + i / 100]]),
				];
				const keyed = all.map((entry) => [keys.next().value ?? 0, entry] as const).sort(([a], [b]) => a - b);
				const found = ordered(Object.fromEntries(all));
				expect(ordered(Object.fromEntries(keyed.map(([, entry]) => entry)))).toEqual(found);
				const of = new Map(all);
				const shown = found.map((label) => of.get(label) as Seen);
				expect(shown.map(([standing]) => standing)).toEqual(shown.map(([standing]) => standing).sort(byWorst));
				for (const standing of standings) {
					const full = shown.flatMap(([of, , share]) => (of === standing && share != null ? [share] : []));
					expect(full).toEqual([...full].sort((a, b) => b - a));
				}
			}),
			{ seed: 21102025, numRuns: 300 },
		);
	});
});

describe('a source that tells of emergency rooms alone', () => {
	const fed = census(10, 'martino', []);
	const dark = paper(12, 'martino', 'on');
	const word = (more: object): Line => [15, { kind: 'samples', source: 'adt', samples: [], ...more }];
	const estate = word({ samples: [{ subject: 'body/asl', measure: 'body.estateMoved', value: 0.5, at: 0 }] });
	test.each<[string, readonly Line[], string | null, string | null]>([
		['is silent as planned while they are on paper', [fed, dark], 'sites-on-paper', null],
		['is so too where their service is stopped', [fed, mark(12, { kind: 'service', service: 'ps', state: 'stopped' })], 'sites-on-paper', null],
		['is so too where nobody answers it', [fed, dark, word({ why: 'unreachable' })], 'sites-on-paper', null],
		['is news again with the restore', [fed, dark, paper(80, 'martino', 'off')], null, 'silent'],
		['is news again once the paper is taken back', [fed, dark, mark(12.1, { kind: 'undo', seq: 3 })], null, 'silent'],
		['is news while one of them is not on paper', [fed, census(11, 'galliera', []), dark], null, 'silent'],
		['is news where it told of something else as well', [fed, dark, estate], null, 'silent'],
		['is news where it is not let in', [fed, dark, word({ why: 'unauthorised' })], null, 'unauthorised'],
		['is as it should be while it talks', [fed, dark, census(90, 'martino', [])], null, null],
	])('%s', (_name, lines, reason, inWorst) => {
		const now = boardAt(play(...lines), 90);
		expect(now.sources.adt).toMatchObject({ reason, standing: lines.some(([minutes]) => minutes === 90) ? 'good' : 'blind' });
		expect(now.worst.find(({ subject }) => subject === 'source/adt')?.reason ?? null).toBe(inWorst);
	});

	it('is news where nobody ever heard it', () => {
		expect(boardAt(play(dark), 90).worst).toContainEqual(expect.objectContaining({ subject: 'source/adt' }));
	});

	it('is not missed in the cutover’s minutes, and another one is', () => {
		const facts = add(play(fed, figures(11, 'galliera', { present: 3 }), dark), mark(13, { kind: 'writes', state: 'frozen' }));
		expect(boardAt(facts, 30).minute?.silent).toEqual(['feed']);
		expect(boardAt(add(facts, paper(31, 'martino', 'off')), 32).minute?.silent).toEqual(['adt', 'feed']);
	});
});
