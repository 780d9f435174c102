// Hours of the week on a zone's clocks, through both nights on which they are set; and what chance brings.
import { describe, expect, it, test } from 'vitest';
import { clockAt } from '../../server/domain/zoned-time.ts';
import { chanceOfAtLeast, isBeyondChance } from '../../shared/poisson.ts';
import { expectedBetween, expectedTo, HOUR_MS, hourOfWeek, minuteOfWeek } from '../../shared/zone-hour.ts';

const rome = 'Europe/Rome';
const at = (text: string): number => Date.parse(text);
const slot = (day: number, hour: number): number => day * 24 + hour;

describe('the hour of the week', () => {
	test.each([
		['Monday midnight', '2025-10-20T00:00:00+02:00', slot(0, 0)],
		['the last minute of Sunday', '2025-10-19T23:59:59+02:00', slot(6, 23)],
		['02:30 of the doubled hour, first', '2025-10-26T02:30:00+02:00', slot(6, 2)],
		['02:30 of the doubled hour, again', '2025-10-26T02:30:00+01:00', slot(6, 2)],
		['after it', '2025-10-26T03:00:00+01:00', slot(6, 3)],
		['before the skipped hour', '2026-03-29T01:59:59+01:00', slot(6, 1)],
		['after the skipped hour', '2026-03-29T03:00:00+02:00', slot(6, 3)],
	])('%s', (_name, text, expected) => {
		expect(hourOfWeek(at(text), rome)).toBe(expected);
	});

	it.each([rome, 'UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe'])(
		'is the clock’s own in %s, all the year',
		(zone) => {
			for (let instant = at('2025-01-01T00:07:00Z'); instant < at('2026-01-01T00:00:00Z'); instant += 37 * 60_000 * 11) {
				const clock = new Date(clockAt(instant, zone));
				const minute = (((clock.getUTCDay() + 6) % 7) * 24 + clock.getUTCHours()) * 60 + clock.getUTCMinutes();
				expect(minuteOfWeek(instant, zone)).toBe(minute);
			}
		},
	);
});

describe('what is expected', () => {
	const byHour = Array.from({ length: 168 }, (_, hour) => hour);

	test.each([
		['a whole hour', '2025-10-21T20:00:00+02:00', slot(1, 19)],
		['a quarter of this hour and three of the last', '2025-10-21T20:15:00+02:00', slot(1, 20) * 0.25 + slot(1, 19) * 0.75],
		['over midnight from Sunday on', '2025-10-20T00:30:00+02:00', slot(0, 0) * 0.5 + slot(6, 23) * 0.5],
		['into the doubled hour, for the second time', '2025-10-26T02:30:00+01:00', slot(6, 2)],
		['over the skipped hour', '2026-03-29T03:30:00+02:00', slot(6, 3) * 0.5 + slot(6, 1) * 0.5],
	])('in the hour to now: %s', (_name, text, expected) => {
		expect(expectedTo(at(text), byHour, rome)).toBeCloseTo(expected, 9);
	});

	it('between two moments is each hour by its part, and counts the doubled one twice', () => {
		expect(expectedBetween(at('2025-10-21T19:40:00+02:00'), at('2025-10-21T21:15:00+02:00'), byHour, rome)).toBeCloseTo(
			(slot(1, 19) * 20) / 60 + slot(1, 20) + (slot(1, 21) * 15) / 60,
			9,
		);
		const ones = byHour.map(() => 1);
		expect(expectedBetween(at('2025-10-26T00:00:00+02:00'), at('2025-10-27T00:00:00+01:00'), ones, rome)).toBeCloseTo(25, 9);
		expect(expectedBetween(at('2025-10-26T01:00:00Z'), at('2025-10-26T01:00:00Z') - HOUR_MS, ones, rome)).toBe(0);
	});
});

describe('chance', () => {
	// Tables of the Poisson law.
	test.each([
		[0, 3, 1],
		[1, 2, 0.8647],
		[5, 2, 0.0527],
		[10, 5, 0.0318],
		[20, 10, 0.0035],
		[1, 0, 0],
	])('of at least %d where %d are expected', (count, mean, chance) => {
		expect(chanceOfAtLeast(count, mean)).toBeCloseTo(chance, 4);
	});

	it('never falls below 0, and is beyond one in a thousand only past it', () => {
		expect(chanceOfAtLeast(400, 10)).toBeGreaterThanOrEqual(0);
		expect(isBeyondChance(21, 10)).toBe(false);
		expect(isBeyondChance(22, 10)).toBe(true);
	});
});
