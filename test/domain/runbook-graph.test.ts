// The runbook's graph: orders and circles, over random graphs with a fixed seed too; and that two thousand tasks are a matter of ms.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plannedEnds, sortTasks, waitsFor } from '../../server/domain/runbook-graph.ts';

const waitsOf = (lines: Readonly<Record<string, string>>) =>
	new Map(Object.entries(lines).map(([id, after]) => [id, after === '' ? [] : after.split(' ')] as const));

describe('an order', () => {
	test('puts each task after all that it waits for', () => {
		expect(sortTasks(waitsOf({ c: 'a b', b: 'a', a: '' }))).toEqual({ order: ['a', 'b', 'c'], circles: [] });
	});
	test('passes over names that are no task, and names given twice', () => {
		expect(sortTasks(waitsOf({ a: 'zz', b: 'a a' }))).toEqual({ order: ['a', 'b'], circles: [] });
	});

	const graph = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 40 });
	test('is there exactly where there is no circle', () => {
		fc.assert(
			fc.property(graph, fc.boolean(), (rows, isForward) => {
				const waits = new Map(
					rows.map((row, i) => [
						`t${i}`,
						row.map((n) => `t${isForward ? n % (i + 1) : n % rows.length}`).filter((one) => !isForward || one !== `t${i}`),
					]),
				);
				const { order, circles } = sortTasks(waits);
				const place = new Map(order.map((id, i) => [id, i]));
				for (const id of order) for (const one of waits.get(id) ?? []) expect(place.get(one)).toBeLessThan(place.get(id) ?? -1);
				for (const circle of circles) {
					for (const [i, id] of circle.entries()) expect(waits.get(id)).toContain(circle.at(i - 1));
					for (const id of circle) expect(place.has(id)).toBe(false);
				}
				expect(circles.length > 0).toBe(order.length < waits.size);
				if (isForward) expect(circles).toEqual([]);
			}),
			{ seed: 4, numRuns: 500 },
		);
	});
});

describe('a circle', () => {
	test.each([
		['of one', { a: 'a' }, [['a']]],
		['told from the task that stands first', { x: 'c', a: 'c', b: 'a', c: 'b', d: 'c' }, [['a', 'b', 'c']]],
		[
			'beside another',
			{ a: 'b', b: 'a', c: 'd', d: 'c' },
			[
				['a', 'b'],
				['c', 'd'],
			],
		],
		['and what waits behind it', { a: 'b', b: 'a', c: 'b', e: '' }, [['a', 'b']]],
	] as const)('%s', (_, lines, circles) => {
		expect(sortTasks(waitsOf(lines)).circles).toEqual(circles);
	});
});

test('who waits for whom is told through others, and ends in a circle too', () => {
	const waits = waitsOf({ a: '', b: 'a', c: 'b', x: 'y', y: 'x' });
	expect([waitsFor(waits, 'c', 'a'), waitsFor(waits, 'a', 'c'), waitsFor(waits, 'x', 'a')]).toEqual([true, false, false]);
});

test('a task without a start begins when the last before it ends', () => {
	const waits = waitsOf({ a: '', b: '', c: 'a b', d: 'c', e: '' });
	const tasks = new Map([
		['a', { start: 100, durationMs: 10 }],
		['b', { start: 50, durationMs: 100 }],
		['c', { start: null, durationMs: 5 }],
		['d', { start: 300, durationMs: 1 }],
		['e', { start: null, durationMs: 1 }],
	]);
	expect(Object.fromEntries(plannedEnds(['a', 'b', 'c', 'd', 'e'], waits, tasks))).toEqual({ a: 110, b: 150, c: 155, d: 301, e: null });
});

test('two thousand tasks and six thousand waits are sorted in a few ms', () => {
	const waits = new Map(
		Array.from({ length: 2000 }, (_, i) => [`t${i}`, [1, 7, 40].filter((back) => back <= i).map((back) => `t${i - back}`)] as const),
	);
	sortTasks(waits);
	const times = Array.from({ length: 9 }, () => {
		const from = performance.now();
		expect(sortTasks(waits).order).toHaveLength(2000);
		return performance.now() - from;
	});
	console.log(`2000 tasks, ${[...waits.values()].flat().length} waits: sorted in ${times.sort((a, b) => a - b)[4]?.toFixed(1)} ms`);
	expect(times[4]).toBeLessThan(100);
});
