// @vitest-environment happy-dom
// The inbox: released by a timer, in order, bounded, and honest about what it dropped.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createInbox } from '../../client/link/inbox.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function inbox(limit: number) {
	const released: number[][] = [];
	const dropped: number[] = [];
	const box = createInbox<number>({
		release: (items) => void released.push([...items]),
		overflow: (count) => void dropped.push(count),
		limit,
		everyMs: 50,
	});
	return { box, released, dropped };
}

test('releases what came, in order, together, without an animation frame', () => {
	const { box, released, dropped } = inbox(10);
	for (const one of [1, 2, 3]) box.push(one);
	expect(released).toEqual([]);
	vi.advanceTimersByTime(50);
	box.push(4);
	vi.advanceTimersByTime(50);
	expect(released).toEqual([[1, 2, 3], [4]]);
	expect(dropped).toEqual([]);
});

test('past its limit it drops all it held and says how many', () => {
	const { box, released, dropped } = inbox(3);
	for (const one of [1, 2, 3, 4, 5]) box.push(one);
	vi.advanceTimersByTime(50);
	expect(released).toEqual([]);
	expect(dropped).toEqual([5]);
	box.push(6);
	vi.advanceTimersByTime(50);
	expect(released).toEqual([[6]]);
});
