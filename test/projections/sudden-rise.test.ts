// How fast a room is said to heat up where the heat begins at once, and where only the sensor moves: a row a course of readings.
import { describe, expect, test } from 'vitest';
import { applyEntry, boardOf, emptyFacts } from '../../server/projections/fold.ts';
import type { FacilityNow } from '../../shared/breakdown-now.ts';
import { judge } from '../../shared/judge.ts';
import { planSchema } from '../../shared/plan.ts';

const MINUTE = 60_000;
const start = Date.parse('2021-08-14T15:00:00Z');
const plan = planSchema.parse({
	programme: { id: 'test', name: 'Test' },
	cutover: { id: 'night', name: 'Night', window: { start: '2021-08-14T17:00:00+02:00', end: '2021-08-15T17:00:00+02:00' } },
	sources: { one: { kind: 'push', label: 'One' } },
	facilities: { ced: { label: 'CED', temperature: { watch: 27, limit: 32 } } },
});

type Course = (minute: number) => number | null;
const tenths = (value: number): number => Math.round(value * 10) / 10;
const degrees = (value: number): number => Math.round(value);
/** Level at 22 °C for a quarter of an hour; then so much a minute. */
const ramp =
	(perMinute: number, step = 0): Course =>
	(minute) =>
		minute < 16 ? 22 : 22 + step + (minute - 16) * perMinute;
const by =
	(course: Course, read: (value: number, minute: number) => number | null): Course =>
	(minute) => {
		const value = course(minute);
		return value === null ? null : read(value, minute);
	};
/** ±0.2 °C that no rule follows, the same on each run. */
const sway = (minute: number): number => 0.4 * ((Math.abs(Math.sin(minute * 127.1) * 43_758.5453) % 1) - 0.5);

/** The room as judged at a minute, of readings so many seconds apart; one that is null never came. */
function roomAt(course: Course, minutes: number, everySeconds: number): FacilityNow {
	const facts = emptyFacts();
	applyEntry(facts, { v: 1, seq: 1, seen: start - MINUTE, kind: 'plan', plan, text: '', digest: 'd', by: 'test', rehearsal: true });
	for (let second = 0; second <= minutes * 60; second += everySeconds) {
		const value = course(second / 60);
		const at = start + second * 1000;
		if (value === null) continue;
		const samples = [{ subject: 'facility/ced' as const, measure: 'facility.temperature' as const, value, at }];
		applyEntry(facts, { v: 1, seq: facts.seq + 1, seen: at, kind: 'samples', source: 'one', samples });
	}
	const room = judge(boardOf(facts), start + minutes * MINUTE).breakdown?.facilities.ced;
	if (!room) throw new Error('the room is on no board');
	return room;
}

type Row = readonly [name: string, course: Course, everySeconds: number, at: number, perHour: readonly [least: number, most: number]];
const rising: readonly Row[] = [
	['a ramp, three minutes in', ramp(0.5), 60, 19, [29, 31]],
	['a ramp, three minutes in, told twice a minute', ramp(0.5), 30, 19, [29, 31]],
	['a ramp, every two minutes, after three of its reports', ramp(0.5), 120, 22, [29, 31]],
	['a step, then a ramp: two minutes after', ramp(0.5, 2), 60, 18, [29, 31]],
	['a step, then a ramp, told twice a minute', ramp(0.5, 2), 30, 18, [20, 31]],
	['a step, then a ramp: four minutes after', ramp(0.5, 2), 60, 20, [29, 31]],
	['a step, then a ramp, eight minutes after', ramp(0.5, 2), 30, 24, [29, 31]],
	['a ramp under a sensor that sways', by(ramp(0.5), (value, minute) => tenths(value + sway(minute))), 60, 20, [18, 42]],
	['a ramp read in whole degrees', by(ramp(0.5), degrees), 60, 21, [14, 31]],
	['a ramp with every third reading missing', by(ramp(0.5), (value, minute) => (minute % 3 === 2 ? null : value)), 60, 21, [25, 31]],
	['a ramp after four minutes of silence', by(ramp(0.5), (value, minute) => (minute > 11 && minute < 16 ? null : value)), 60, 20, [29, 31]],
];
const level: readonly Row[] = [
	['a step alone, two minutes after', ramp(0, 2), 60, 18, [-0.9, 0.9]],
	['a step alone, four minutes after', ramp(0, 2), 30, 20, [-0.9, 0.9]],
	['a spike, while it lasts', (minute) => (minute === 19 ? 31 : 22), 60, 19, [-0.9, 0.9]],
	['a spike, after it', (minute) => (minute === 19 ? 31 : 22), 60, 21, [-0.9, 0.9]],
	['a dip, after it', (minute) => (minute === 19 ? 5 : 22), 60, 21, [-0.9, 0.9]],
	['one tenth up and down', (minute) => (minute % 2 === 0 ? 22 : 22.1), 60, 21, [-0.9, 0.9]],
	['half a degree up and down', (minute) => (minute % 2 === 0 ? 22 : 22.5), 60, 21, [-0.9, 0.9]],
	['whole degrees, at the edge between two', (minute) => (minute % 5 < 2 ? 22 : 23), 60, 22, [-0.9, 0.9]],
	['whole degrees, one up', (minute) => (minute < 20 ? 22 : 23), 60, 22, [-0.9, 0.9]],
	['cooling that hunts, on its way up', (minute) => 22 + Math.abs((minute % 7.5) - 3.75) / 2, 30, 29.5, [-2, 0.9]],
];

describe('a room', () => {
	test.each(rising)('is said to heat up, and when it is too hot: %s', (_name, course, every, at, [least, most]) => {
		const { temperature, degreesPerHour, minutesToLimit } = roomAt(course, at, every);
		expect(degreesPerHour).toBeGreaterThanOrEqual(least);
		expect(degreesPerHour).toBeLessThanOrEqual(most);
		expect(minutesToLimit).toBeCloseTo(((32 - (temperature ?? 0)) / (degreesPerHour ?? 0)) * 60, 6);
	});

	test.each(level)('is not said to heat up: %s', (_name, course, every, at, [least, most]) => {
		const { degreesPerHour, minutesToLimit } = roomAt(course, at, every);
		expect(degreesPerHour).toBeGreaterThanOrEqual(least);
		expect(degreesPerHour).toBeLessThanOrEqual(most);
		expect(minutesToLimit).toBeNull();
	});

	test('is never said to be level from two minutes after it began to heat up on, nor the limit twice as far as it is', () => {
		const course = ramp(0.5, 2);
		for (let minute = 18; minute < 31; minute += 0.5) {
			const { minutesToLimit } = roomAt(course, minute, 30);
			const left = (32 - 24) / 0.5 - (minute - 16);
			expect(minutesToLimit ?? Number.POSITIVE_INFINITY, `at minute ${minute}`).toBeLessThanOrEqual(left * 1.7);
			expect(minutesToLimit, `at minute ${minute}`).toBeGreaterThanOrEqual(left * 0.7);
		}
	});

	test('whose sensor sways is not said to heat up in a day of readings', () => {
		const swaying: Course = (minute) => tenths(22 + sway(minute));
		const told = Array.from({ length: 200 }, (_, n) => roomAt((minute) => swaying(minute + n * 7), 20, 30).degreesPerHour ?? 0);
		expect(Math.max(...told)).toBeLessThan(2);
	});
});
