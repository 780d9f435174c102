// The beat: at the rhythm that is told, at once faster when the rhythm shortens, silent once stopped. On the real clock.
import { expect, test } from 'vitest';
import { startHeart } from '../../server/stream/heart.ts';
import { createPublisher } from '../../server/stream/publisher.ts';
import type { Board } from '../../shared/board.ts';
import { boardLiteral, literalNow } from '../kit/board-literal.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('beats at its rhythm, faster from the next second on when it shortens, and no more once stopped', async () => {
	let rhythmMs = 5000;
	let beats = 0;
	const stop = startHeart(
		() => rhythmMs,
		() => {
			beats += 1;
		},
	);
	await wait(1500);
	expect(beats).toBe(0);
	rhythmMs = 100;
	await wait(1600);
	// Noticed within a second; then ten a second.
	expect(beats).toBeGreaterThanOrEqual(4);
	expect(beats).toBeLessThanOrEqual(17);
	stop();
	const last = beats;
	await wait(400);
	expect(beats).toBe(last);
});

test('one that is stopped from within its beat is stopped', async () => {
	let beats = 0;
	const stop = startHeart(
		() => 20,
		() => {
			beats += 1;
			stop();
		},
	);
	await wait(200);
	expect(beats).toBe(1);
});

test.each([
	['outside the cutover’s minutes as configured', 5000, null, null, 5000],
	['in them a second', 5000, literalNow, null, 1000],
	['in them as configured, where that is faster', 250, literalNow, null, 250],
	['after them as configured again', 5000, literalNow, literalNow + 1, 5000],
])('the rhythm is %s', (_name, configured, frozenAt, firstGoodAt, rhythmMs) => {
	const board: Board = boardLiteral();
	const notte = board.cutovers.notte;
	if (notte === undefined) throw new Error('the literal has its night');
	const now = { ...board, cutovers: { notte: { ...notte, frozenAt, firstGoodAt } } };
	const publisher = createPublisher({
		board: () => ({ position: { epoch: 'k7', seq: 1, hash: '000000000001' }, board: now }),
		clock: () => ({ now: literalNow, real: literalNow, speed: 1 }),
		journal: () => ({ writes: true, since: 0 }),
		rhythmMs: configured,
	});
	expect(publisher.rhythmMs()).toBe(rhythmMs);
	expect(publisher.beat('wall').rhythmMs).toBe(rhythmMs);
});
