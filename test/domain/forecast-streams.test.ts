// What is shown of tasks and streams: no start before its planned hour, and no gain that nobody has made.
import { describe, expect, it } from 'vitest';
import { forecast } from '../../server/domain/forecast.ts';
import type { ForecastInput } from '../../server/domain/forecast-input.ts';
import { at, certain, copyOf, evenly, inputOf, MINUTE, start, taskOf } from './forecast-nights.ts';

const minutes = (instant: number): number => (instant - start) / MINUTE;
const tell = (input: ForecastInput) => forecast(input, 1, 50, certain);

describe('what is shown of tasks and streams', () => {
	const done = (plannedAt: number, from: number, to: number, stream = 'uno') => taskOf('a', 30, { from, to, plannedAt, stream });

	it('is ready and waits for its planned hour, and what follows waits with it; the finish does not', () => {
		const told = tell(
			inputOf(40, [done(-10, -10, 20), taskOf('b', 30, { after: ['a'], plannedAt: 60 }), taskOf('c', 10, { after: ['b'], stream: 'due' })]),
		);
		expect(told.tasks.b?.map(minutes)).toEqual([60, 90]);
		expect(told.tasks.c?.map(minutes)).toEqual([90, 100]);
		expect(told.finish?.[0]).toBe(at(80));
	});

	it('is its turn where the stream has begun before its planned hours tonight', () => {
		const told = tell(inputOf(40, [done(30, 10, 40), taskOf('b', 30, { after: ['a'], plannedAt: 60 })]));
		expect(told.tasks.b?.map(minutes)).toEqual([40, 70]);
		expect(told.streams.uno?.aheadMs).toBe(20 * MINUTE);
	});

	it('does not put off a copy that runs already, marked or not', () => {
		const copy = copyOf('x', 1200, evenly(0, 60, 10), evenly(0, 60, 9.7));
		const told = tell(inputOf(60, [taskOf('copy', 120, { archive: 'x', plannedAt: 90 })], [copy]));
		expect(told.tasks.copy?.[1]).toBe(told.archives.x?.[0]);
	});

	type Standing = readonly [what: string, ahead: number | null, now: number, tasks: readonly ReturnType<typeof taskOf>[]];
	it.each<Standing>([
		['no gain before a planned start', 0, 40, [done(0, 0, 20), taskOf('b', 30, { after: ['a'], plannedAt: 60 })]],
		['nor by a plan that gives more time than the rehearsal took', 0, 40, [taskOf('b', 30, { plannedAt: 60, durationMs: 50 * MINUTE })]],
		['not begun in time', -50, 90, [taskOf('b', 30, { plannedAt: 40 })]],
		['a running task that will end early', 10, 40, [taskOf('b', 30, { from: 30, plannedAt: 40 })]],
		['the worst of the open ones', -25, 40, [taskOf('b', 30, { from: 30, plannedAt: 40 }), taskOf('c', 10, { from: 35, plannedAt: 10 })]],
		['a failed task is late once its end has gone', -20, 60, [taskOf('b', 30, { from: 10, state: 'failed', plannedAt: 10 })]],
		['not told while a failed task holds it up and nothing is late', null, 30, [taskOf('b', 30, { from: 10, state: 'failed', plannedAt: 10 })]],
		['all done: by the last one', 10, 60, [done(0, 0, 20)]],
	])('%s', (_, ahead, now, tasks) => {
		expect(tell(inputOf(now, tasks)).streams.uno?.aheadMs).toBe(ahead === null ? undefined : ahead * MINUTE);
	});
});
