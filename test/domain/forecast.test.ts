// The forecast by hand: small graphs whose end is plain arithmetic, then what chance must do to them.
import { describe, expect, it } from 'vitest';
import { forecast } from '../../server/domain/forecast.ts';
import type { ForecastArchive, ForecastInput } from '../../server/domain/forecast-input.ts';
import { at, certain, copyOf, evenly, inputOf, MINUTE, start, taskOf } from './forecast-nights.ts';

/** Minutes after the start, to a tenth. */
const minutes = (instant: number | undefined): number | null => (instant === undefined ? null : Math.round((instant - start) / (MINUTE / 10)) / 10);
const tell = (input: ForecastInput) => forecast(input, 1, 50, certain);
const draw = (input: ForecastInput, seed = 1, draws = 2000) => forecast(input, seed, draws);

type Row = readonly [what: string, input: ForecastInput, end: number | null, chain: readonly string[]];
const rows: readonly Row[] = [
	['a chain: 10 + 20 + 30', inputOf(0, [taskOf('a', 10), taskOf('b', 20, { after: ['a'] }), taskOf('c', 30, { after: ['b'] })]), 60, ['a', 'b', 'c']],
	['the longer of two ways', inputOf(0, [taskOf('a', 10), taskOf('b', 50), taskOf('c', 5, { after: ['a', 'b'] })]), 55, ['b', 'c']],
	[
		'what is done is done: only what is left counts',
		inputOf(15, [taskOf('a', 10, { from: 0, to: 10 }), taskOf('b', 20, { after: ['a'] })]),
		35,
		['b'],
	],
	[
		'a skipped task holds nobody up',
		inputOf(5, [taskOf('a', 10, { state: 'skipped', to: 3, from: 3 }), taskOf('b', 20, { after: ['a'] })]),
		25,
		['b'],
	],
	['a running one has what is left of it', inputOf(6, [taskOf('a', 10, { from: 0 }), taskOf('b', 20, { after: ['a'] })]), 30, ['a', 'b']],
	['one that runs before its turn waits for nobody', inputOf(6, [taskOf('a', 60), taskOf('b', 20, { after: ['a'], from: 0 })]), 66, ['a']],
	['not before its fixed time', inputOf(0, [taskOf('a', 10), taskOf('b', 20, { after: ['a'], fixedAt: 90 })]), 110, ['b']],
	['a fixed time that has gone holds nobody', inputOf(95, [taskOf('b', 20, { fixedAt: 90 })]), 115, ['b']],
	['early: the planned hour is not waited for', inputOf(0, [taskOf('a', 10), taskOf('b', 20, { after: ['a'], plannedAt: 120 })]), 30, ['a', 'b']],
	[
		'ready and not begun: it begins now at the earliest',
		inputOf(50, [taskOf('a', 10, { from: 0, to: 10 }), taskOf('b', 20, { plannedAt: 10 })]),
		70,
		['b'],
	],
	['rollback steps do not count', inputOf(0, [taskOf('a', 10), taskOf('r', 90, { kind: 'rollback' })]), 10, ['a']],
	[
		'turned back: only they count, and wait for no forward task',
		inputOf(
			30,
			[taskOf('a', 200), taskOf('r', 40, { kind: 'rollback', after: ['a'] }), taskOf('s', 15, { kind: 'rollback', after: ['r'] })],
			[],
			true,
		),
		85,
		['r', 's'],
	],
	[
		'a failed task blocks, and names itself',
		inputOf(12, [taskOf('a', 10, { state: 'failed', from: 0 }), taskOf('b', 20, { after: ['a'] })]),
		null,
		['a'],
	],
	['nothing planned', inputOf(0, []), null, []],
	['all done: now', inputOf(15, [taskOf('a', 10, { from: 0, to: 10 })]), 15, []],
];

describe('the finish', () => {
	it.each(rows)('%s', (_, input, end, chain) => {
		const told = tell(input);
		expect(minutes(told.finish?.[0])).toBe(end);
		expect(told.finish?.[2]).toBe(told.finish?.[0]);
		expect(told.drivers).toEqual(chain.map((id) => `task/${id}`));
	});

	it('says why it cannot be told', () => {
		expect(tell(inputOf(0, [])).why).toBe('nothing-planned');
		expect(tell(inputOf(0, [taskOf('a', 1, { state: 'failed', from: 0 })])).why).toBe('never-advances');
	});

	it('tells gates, services and tasks apart from it, also behind a failure elsewhere', () => {
		const told = tell(
			inputOf(0, [
				taskOf('a', 10, { state: 'failed', from: 0 }),
				taskOf('b', 20, { restores: 'ps' }),
				taskOf('g', 5, { kind: 'gate', gate: 'go', after: ['b'] }),
			]),
		);
		expect(told.finish).toBeNull();
		expect(minutes(told.services.ps?.[0])).toBe(20);
		expect(minutes(told.gates.go?.[0])).toBe(25);
		expect(told.tasks.g?.map(minutes)).toEqual([20, 25]);
		expect(told.tasks.a).toBeUndefined();
	});

	it('counts absolute time through the doubled hour of 26 October 2025', () => {
		const night = { ...inputOf(0, [taskOf('a', 90), taskOf('b', 45, { after: ['a'] })]), now: Date.parse('2025-10-26T01:30:00+02:00') };
		// 01:30 summer time + 135 minutes = 02:45 winter time, and not 03:45.
		expect(new Date(tell(night).finish?.[0] ?? 0).toISOString()).toBe(new Date('2025-10-26T02:45:00+01:00').toISOString());
	});
});

describe('copies', () => {
	const moved = evenly(0, 60, 10);
	type Copied = readonly [what: string, copy: ForecastArchive, least: number, most: number, now: number];
	it.each<Copied>([
		['a check that follows closely ends with the copy', copyOf('x', 1200, moved, evenly(0, 60, 9.7)), 115, 135, 60],
		['a check slower than its copy sets the end', copyOf('x', 1200, moved, evenly(0, 60, 5)), 225, 255, 60],
		// 390 are left to verify at 2.7 a minute: 144 minutes, though the check is about to catch up with the copy.
		['a check that catches up keeps its own pace', copyOf('x', 1800, evenly(0, 300, 1.5, 1200), evenly(0, 300, 2.7, 600)), 434, 455, 300],
		['moved to the last byte and half verified is half done', copyOf('x', 600, moved, evenly(0, 60, 5)), 115, 125, 60],
	])('%s', (_, copy, least, most, now) => {
		const told = tell(inputOf(now, [], [copy]));
		expect(minutes(told.finish?.[0])).toBeGreaterThanOrEqual(least);
		expect(minutes(told.finish?.[0])).toBeLessThanOrEqual(most);
		expect(told.drivers).toEqual(['archive/x']);
	});

	it('is never over while a byte is not verified, and is once all are', () => {
		const open = draw(inputOf(60, [], [copyOf('x', 600, moved, [...evenly(0, 60, 9.9)])]));
		expect(open.archives.x?.[0]).toBeGreaterThan(at(60));
		const done = draw(inputOf(60, [], [copyOf('x', 600, moved, moved)]));
		expect(done).toMatchObject({ finish: [at(60), at(60), at(60)], archives: {}, why: null });
	});

	it('ends the task that names it, and stands in the chain', () => {
		const copy = taskOf('copy', 120, { archive: 'x', from: 0 });
		const told = tell(inputOf(60, [copy, taskOf('b', 20, { after: ['copy'] })], [copyOf('x', 1200, moved, evenly(0, 60, 9.7))]));
		expect(told.drivers).toEqual(['archive/x', 'task/copy', 'task/b']);
		expect((told.finish?.[0] ?? 0) - (told.archives.x?.[0] ?? 0)).toBe(20 * MINUTE);
	});

	it('not begun takes what its task took in rehearsal, from its turn on', () => {
		const told = tell(inputOf(0, [taskOf('a', 10), taskOf('copy', 30, { archive: 'x', after: ['a'] })], [copyOf('x', 1200, [], [])]));
		expect(minutes(told.finish?.[0])).toBe(40);
		expect(minutes(told.archives.x?.[0])).toBe(40);
	});

	it.each([
		['never spoke, its turn still to come', {}, {}, ['archive/x']],
		['never spoke while its task runs', { from: 0 }, {}, ['archive/x']],
		['fell silent at rest, its task running', { from: 0 }, { moved: [[at(-600), 1100]], silentSince: at(-590) }, ['archive/x']],
		['fell silent at rest, before its turn', {}, { moved: [[at(-600), 1100]], silentSince: at(-590) }, []],
		['speaks, nothing moved yet', { from: 0 }, { silentSince: null }, []],
	] as const)('told by its task alone where it %s', (_, run, heard, blind) => {
		const told = tell(inputOf(5, [taskOf('copy', 30, { archive: 'x', ...run })], [{ ...copyOf('x', 1200, [], []), ...heard }]));
		expect(minutes(told.finish?.[0])).toBe('from' in run ? 30 : 35);
		expect(told.blind).toEqual(blind);
	});

	it('brought over in advance and resting takes what its task took in rehearsal', () => {
		const resting = copyOf('x', 1200, [[-600, 1100]], [[-600, 900]], { advancedAt: at(-600) });
		const told = tell(inputOf(0, [taskOf('a', 10), taskOf('copy', 30, { archive: 'x', after: ['a'] })], [resting]));
		expect(minutes(told.finish?.[0])).toBe(40);
	});

	it('verified, its task needs nothing but the mark, however long it has run', () => {
		const told = tell(
			inputOf(200, [taskOf('copy', 30, { archive: 'x', from: 0 }), taskOf('b', 20, { after: ['copy'] })], [copyOf('x', 600, moved, moved)]),
		);
		expect(told.tasks.copy?.map(minutes)).toEqual([0, 200]);
	});

	it('grows later with a total that grows', () => {
		const totals = evenly(0, 60, 3, 1000).map(([minute, value]) => [at(minute), value] as const);
		const still = copyOf('x', 1180, moved, evenly(0, 60, 9.7));
		const growing = { ...still, totals, totalGrewAt: at(60) };
		const later = (tell(inputOf(60, [], [growing])).finish?.[0] ?? 0) - (tell(inputOf(60, [], [still])).finish?.[0] ?? 0);
		expect(later / MINUTE).toBeGreaterThan(10);
	});

	it.each([
		[
			'its total grows faster than it moves',
			'will-not-converge',
			{ totals: evenly(0, 60, 12, 700).map(([m, v]) => [at(m), v] as const), totalGrewAt: at(60) },
			60,
		],
		['changes outrun their application', 'will-not-converge', { outrun: true }, 60],
		['it has stood still three times its limit', 'never-advances', {}, 76],
		['it has been silent for more than half an hour', 'blind', { silentSince: at(60) }, 95],
	] as const)('cannot be told where %s', (_, why, rest, now) => {
		const told = draw(inputOf(now, [], [{ ...copyOf('x', 1420, moved, evenly(0, 60, 9.7)), ...rest }]));
		expect(told).toMatchObject({ finish: null, why, drivers: ['archive/x'] });
		expect(told.archives.x).toBeUndefined();
	});

	it('bridges a silence, names it, and is less sure', () => {
		const seen = copyOf('x', 1800, moved, evenly(0, 60, 9.7));
		const heard = draw(inputOf(60, [], [seen]));
		const silent = draw(inputOf(80, [], [{ ...seen, silentSince: at(60) }]));
		expect(silent.blind).toEqual(['archive/x']);
		const width = ({ finish }: typeof heard) => (finish?.[2] ?? 0) - (finish?.[0] ?? 0);
		expect(width(silent)).toBeGreaterThan(width(heard));
		expect(draw(inputOf(0, [], [copyOf('y', 1, [], [])]))).toMatchObject({ finish: null, why: 'blind', blind: ['archive/y'] });
	});
});

describe('chance', () => {
	const chain = (from?: number) => [taskOf('a', 10, from === undefined ? {} : { from }), taskOf('b', 20, { after: ['a'] })];

	it('is told again by its seed', () => {
		expect(draw(inputOf(0, chain()), 7, 300)).toEqual(draw(inputOf(0, chain()), 7, 300));
		expect(draw(inputOf(0, chain()), 8, 300).finish).not.toEqual(draw(inputOf(0, chain()), 7, 300).finish);
	});

	it('gives p50 ≤ p80 ≤ p90, none before now', () => {
		const { finish } = draw(inputOf(300, chain(0)));
		expect(finish?.[0]).toBeGreaterThanOrEqual(at(300));
		expect(finish?.[1]).toBeGreaterThanOrEqual(finish?.[0] ?? 0);
		expect(finish?.[2]).toBeGreaterThanOrEqual(finish?.[1] ?? 0);
	});

	it('does not say "any moment now" of a task that has run past its p90', () => {
		const late = { ...taskOf('a', 10, { from: 0 }), rehearsed: [10 * MINUTE, 14 * MINUTE] as const };
		const left = (now: number) => ((draw(inputOf(now, [late])).tasks.a?.[1] ?? 0) - at(now)) / MINUTE;
		expect(left(15)).toBeGreaterThan(1);
		expect(left(30)).toBeGreaterThan(left(15));
	});

	it('is wider without a rehearsal than with one', () => {
		const width = (tasks: ReturnType<typeof chain>) => {
			const { finish } = draw(inputOf(0, tasks));
			return (finish?.[2] ?? 0) - (finish?.[0] ?? 0);
		};
		expect(width(chain().map((task) => ({ ...task, rehearsed: null })))).toBeGreaterThan(1.5 * width(chain()));
	});

	it('learns the pace of the night by stream: one late task little, eight much', () => {
		const slow = (count: number) => Array.from({ length: count }, (_, i) => taskOf(`d${i}`, 10, { from: 20 * i, to: 20 * i + 16, stream: 'lenta' }));
		const factors = (count: number) =>
			draw(inputOf(200, [...slow(count), taskOf('x', 10, { stream: 'lenta' }), taskOf('y', 10, { stream: 'altra' })])).streams;
		expect(factors(0).lenta?.factor).toBe(1);
		expect(factors(1).lenta?.factor).toBeGreaterThan(1.05);
		expect(factors(1).lenta?.factor).toBeLessThan(1.5);
		expect(factors(8).lenta?.factor).toBeGreaterThan(factors(1).lenta?.factor ?? 9);
		// It is this night as a whole, too: the other stream is believed to be slower, but less so.
		expect(factors(8).altra?.factor).toBeGreaterThan(1.05);
		expect(factors(8).altra?.factor).toBeLessThan(factors(8).lenta?.factor ?? 0);
	});

	it('is less sure on a night whose tasks scatter more than they did in rehearsal', () => {
		const widthAfter = (took: readonly number[]) => {
			const done = took.map((minutes, i) => taskOf(`d${i}`, 10, { from: 30 * i, to: 30 * i + minutes }));
			const { finish } = draw(inputOf(300, [...done, taskOf('a', 60), taskOf('b', 60, { after: ['a'] })]));
			return (finish?.[2] ?? 0) - (finish?.[0] ?? 0);
		};
		expect(widthAfter([5, 20, 5, 20, 5, 20, 5, 20])).toBeGreaterThan(1.3 * widthAfter([10, 10, 10, 10, 10, 10, 10, 10]));
	});
});
