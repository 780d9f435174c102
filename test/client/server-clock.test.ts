// @vitest-environment happy-dom
// The server's time as a screen reads it: jitter, rehearsal speed, sleep, skew.
import { expect, test } from 'vitest';
import { hear, readClock, type ServerClock } from '../../client/link/server-clock.ts';

const at = (ms: number, wall = ms): { steady: number; wall: number } => ({ steady: ms, wall: 1_000_000 + wall });
const frame = (now: number, real: number, speed = 1) => ({ now, real: 1_000_000 + real, speed, rhythmMs: 1000 });

test('runs on between frames', () => {
	const clock = hear(null, frame(5000, 0), at(0));
	expect(readClock(clock, at(500))).toMatchObject({ now: 5500, streamAgeMs: 500, speed: 1 });
});

test('in a rehearsal moves as told, for the speed is a ceiling, and runs on once frames stay out', () => {
	const clock = hear(null, frame(5000, 0, 60), at(0));
	expect(readClock(clock, at(1900))).toMatchObject({ now: 5000, streamAgeMs: 1900, speed: 60 });
	expect(readClock(clock, at(2500))).toMatchObject({ now: 35_000 });
});

test('is never ahead of a rehearsal that is slower than its speed', () => {
	let clock: ServerClock | null = null;
	for (let second = 0; second < 20; second += 1) {
		const board = second * 200_000;
		clock = hear(clock, frame(board, second * 1000, 600), at(second * 1000));
		expect(readClock(clock, at(second * 1000 + 999)).now).toBe(board);
	}
});

test('stands still once the rehearsal is over, while the stream ages', () => {
	const clock = hear(null, frame(5000, 0, 0), at(0));
	expect(readClock(clock, at(9000))).toMatchObject({ now: 5000, streamAgeMs: 9000 });
});

test('never runs backwards for a jitter, and follows a real step back', () => {
	let clock: ServerClock = hear(null, frame(10_000, 0), at(0));
	clock = hear(clock, frame(10_900, 900), at(1000));
	expect(readClock(clock, at(1000)).now).toBe(11_000);
	expect(readClock(clock, at(2000)).now).toBe(11_900);
	clock = hear(clock, frame(2000, 3000), at(3000));
	expect(readClock(clock, at(3000)).now).toBe(2000);
});

test('tells the skew of this screen by the frame that travelled least', () => {
	let clock: ServerClock | null = null;
	for (const [i, delay] of [400, 30, 250, 90].entries()) clock = hear(clock, frame(i * 1000, i * 1000), at(i * 1000, i * 1000 + 8000 + delay));
	expect(clock && readClock(clock, at(4000)).skewMs).toBe(8030);
});

test('takes the time of day when the steady clock slept with the machine', () => {
	const clock = hear(null, frame(0, 0), at(0));
	expect(readClock(clock, at(1000, 600_000)).streamAgeMs).toBe(600_000);
});
