// Shares and bookings at a moment: the plain mean of those that report, bookings a minute beside what is expected, and nothing where
// nobody can say. From the fold of samples on; each figure worked out by hand.
import { describe, expect, test } from 'vitest';
import { applyBookings, type BookingCell, emptyBookings, planBookings, showBookings } from '../../server/projections/service-bookings.ts';
import type { Figure } from '../../shared/board.ts';
import { judgeBookings, judgeEstate } from '../../shared/judge-programme.ts';

const MINUTE = 60_000;
const zone = 'Europe/Rome';
const rome = (text: string): number => Date.parse(`2025-07-07T${text}:00+02:00`);
/** Nothing at night, 1000 in each hour of the morning, 3000 in each of the afternoon. */
const hours = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0];

type Told = readonly [time: number, value: number | null];
function told(samples: readonly Told[], expects = true) {
	const cell: BookingCell = emptyBookings();
	planBookings(cell, expects ? { aDay: 16_000, hours } : undefined);
	let bookings: Figure | undefined;
	for (const [at, value] of samples) {
		applyBookings(cell, { subject: 'service/recup', measure: 'service.bookings', at, value });
		bookings = value === null ? [bookings?.[0] ?? null, bookings?.[1] ?? at, bookings?.[2] ?? at, 'timeout', at] : [value, at, at];
	}
	return { bookings: showBookings(cell), figures: bookings === undefined ? {} : { bookings } };
}

describe('bookings', () => {
	test('a minute over the last minutes, beside what the hour expects', () => {
		const facts = told([
			[rome('08:55'), 900],
			[rome('09:25'), 1400],
			[rome('09:30'), 1485],
		]);
		expect(judgeBookings(facts, rome('09:32'), zone)).toMatchObject({
			today: 1485,
			ageMs: 2 * MINUTE,
			perMinute: 17,
			expectedPerMinute: 1000 / 60,
			expectedToday: 1500,
		});
	});

	test.each<[string, readonly Told[], string, { today: number | null; perMinute: number | null; expectedToday: number | null }]>([
		['one report tells no growth', [[rome('09:30'), 1485]], '09:31', { today: 1485, perMinute: null, expectedToday: 1500 }],
		[
			'too old',
			[
				[rome('09:25'), 1400],
				[rome('09:30'), 1485],
			],
			'09:41',
			{ today: null, perMinute: null, expectedToday: null },
		],
		[
			'Regia could not look',
			[
				[rome('09:25'), 1400],
				[rome('09:30'), 1485],
				[rome('09:31'), null],
			],
			'09:32',
			{ today: null, perMinute: null, expectedToday: null },
		],
		[
			'after a silence the growth is not these minutes’',
			[
				[rome('08:00'), 0],
				[rome('09:30'), 1485],
			],
			'09:31',
			{ today: 1485, perMinute: null, expectedToday: 1500 },
		],
		[
			'yesterday’s figure just after midnight is not today’s',
			[
				[rome('00:00') - 10 * MINUTE, 15_800],
				[rome('00:00') - 5 * MINUTE, 15_900],
			],
			'00:02',
			{ today: null, perMinute: 20, expectedToday: null },
		],
		[
			'it begins anew at midnight',
			[
				[rome('00:00') - 5 * MINUTE, 15_900],
				[rome('00:00'), 0],
			],
			'00:01',
			{ today: 0, perMinute: null, expectedToday: 0 },
		],
		['nothing yet', [], '09:00', { today: null, perMinute: null, expectedToday: null }],
	])('%s', (_name, samples, now, shown) => {
		expect(judgeBookings(told(samples), rome(now), zone)).toMatchObject(shown);
	});

	test('hour by hour: what lies between two ends of hours, a gap where an end is not known', () => {
		const facts = told([
			[rome('00:55'), 55],
			[rome('01:05'), 75],
			[rome('01:55'), 120],
			[rome('02:00'), 125],
			[rome('02:20'), 150],
			[rome('03:58'), 600],
			[rome('04:04'), 660],
			[rome('04:59'), 1200],
			[rome('05:01'), 1280],
			[rome('05:10'), 1300],
		]);
		const shown = judgeBookings(facts, rome('05:12'), zone)?.hours ?? [];
		const from = shown.findIndex(({ at }) => at === rome('00:00'));
		expect(shown).toHaveLength(24);
		expect(shown.slice(from).map(({ perMinute }) => perMinute)).toEqual([65 / 60, 1, null, null, 620 / 60]);
		expect(shown.map(({ expected }) => expected).filter((one) => one === 50)).toHaveLength(4);
	});

	test('the last hour of a day ends with what was told before it began anew', () => {
		const facts = told([
			[rome('00:00') - 65 * MINUTE, 15_000],
			[rome('00:00') - 60 * MINUTE, 15_100],
			[rome('00:00') - 5 * MINUTE, 15_700],
			[rome('00:00'), 0],
			[rome('00:55'), 55],
			[rome('01:00'), 60],
		]);
		expect(judgeBookings(facts, rome('01:01'), zone)?.hours.slice(-2)).toMatchObject([{ perMinute: 10 }, { perMinute: 1 }]);
	});

	test('a service that never told of any has none, and one that tells without a plan has no expectation', () => {
		expect(judgeBookings(told([], false), rome('09:00'), zone)).toBeNull();
		const unplanned = judgeBookings(told([[rome('09:00'), 5]], false), rome('09:00'), zone);
		expect([unplanned?.today, unplanned?.expectedPerMinute, unplanned?.expectedToday]).toEqual([5, null, null]);
	});

	test('hours are let go of after a day', () => {
		const many = Array.from({ length: 200 }, (_, i): Told => [rome('00:00') + i * 60 * MINUTE, i]);
		expect(Object.keys(told(many).bookings?.byHour ?? {})).toHaveLength(26);
	});
});

describe('estates', () => {
	const now = rome('12:00');
	const day = 86_400_000;
	const body = (share: number | null, ageMs = 0) => ({
		label: 'x',
		estateMoved: share === null ? null : ([share, now - ageMs, now - ageMs] as Figure),
	});
	test('the mean is plain, of those that report, and says of how many and how old', () => {
		const { mean, reporting, of, ageMs } = judgeEstate({ a: body(0.9, day), b: body(0.4), c: body(null), d: body(1, 8 * day) }, now);
		expect([mean, reporting, of, ageMs]).toEqual([0.65, 2, 4, day]);
	});
	test('nobody reports, nothing is told', () => {
		expect(judgeEstate({ c: body(null), d: body(1, 8 * day) }, now)).toMatchObject({ mean: null, reporting: 0, of: 2, ageMs: null });
	});
});
