// San Martino's other nights through the whole server: over at midnight, turned back, and on the night the clocks change.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isFull } from '../faults/kit/scale.ts';
import { chainEnd, MINUTE_MS } from './by-hand.ts';
import { checkNight } from './check-night.ts';
import { type ApiBoard, NIGHT_LIMIT_MS, type PlayedNight, playNight } from './played-night.ts';
import { variantsByHand } from './san-martino-variants-by-hand.ts';

/** Played to its end without a server in test/rehearsal; here as far as tells the nights apart. */
const SERVED_UNTIL = 520;
/** The night that is over at midnight has nothing of its own for a server: at full scale alone. */
const names = Object.entries(variantsByHand).filter(([name]) => isFull || name !== 'san-martino-mezzanotte');
const served = names.map(([name, { night, minutes }]) => {
	return [name, { night, minutes: minutes.filter(({ minute }) => minute <= SERVED_UNTIL) }] as const;
});
const nights = new Map<string, PlayedNight>();

// Side by side: each waits most of the time for its own server.
beforeAll(async () => {
	const playing = served.map(async ([name, { minutes }]) => {
		nights.set(name, await playNight(name, Math.max(...minutes.map((one) => one.at))));
	});
	await Promise.all(playing);
}, NIGHT_LIMIT_MS + 30_000);
afterAll(() => Promise.all([...nights.values()].map((one) => one.stop())));

describe.each(served)('%s', (name, { night, minutes }) => {
	const boardAt = (instant: number): Promise<ApiBoard> => {
		const played = nights.get(name);
		if (!played) throw new Error(`${name} was not played`);
		return played.boardAt(instant);
	};
	const at = (minute: number): Promise<ApiBoard> => boardAt(night.windowStart + minute * MINUTE_MS);

	test('has at least six named minutes', () => {
		expect(minutes.length).toBeGreaterThanOrEqual(6);
	});

	test.each(minutes.map((one) => [one.clock, one] as const))('at %s the board shows what was worked out by hand', async (_, byHand) => {
		const board = await boardAt(byHand.at);
		expect(board.rehearsal).toBe(true);
		checkNight(board, byHand);
	});

	if (name === 'san-martino-mezzanotte') {
		test('an early finish is told well before, and never before now', async () => {
			const { finish } = (await at(230)).forecast;
			const minute = (iso: string | null): number => (Date.parse(iso ?? '') - night.windowStart) / MINUTE_MS;
			expect(minute(finish.p50)).toBeGreaterThanOrEqual(230);
			// The bulletin of midnight is fixed: nothing that is planned ends before it has ended.
			expect(minute(finish.p50)).toBeLessThan(340);
			expect((await at(301)).forecast.reason).toBe('finished');
		});
	}

	if (name === 'san-martino-ritorno') {
		test('before it is turned, the way forward no longer fits and the way back still does', async () => {
			const { rollback } = await at(452);
			expect([rollback.possible, rollback.standing, rollback.reason]).toEqual([true, 'watch', 'forward-does-not-fit']);
			expect((await at(456)).rollback.reason).toBe('turned-back');
			const finish = (await at(452)).forecast.finish.p90;
			expect(Date.parse(finish ?? '')).toBeGreaterThan(night.windowStart + night.windowMinutes * MINUTE_MS);
		});

		test('once it is turned, what is forecast is the way back', async () => {
			// Stop, database, addresses, and the three services one after the other: by the rehearsals' p50 and p90.
			const [least, most] = chainEnd(456, [
				['stop', 4, 6],
				['database of the ER', 12, 18],
				['addresses', 8, 12],
				['ER', 10, 16],
				['record', 12, 16],
				['outpatients', 9, 12],
			]);
			const { finish, drivers } = (await at(456)).forecast;
			const minute = (Date.parse(finish.p50 ?? '') - night.windowStart) / MINUTE_MS;
			expect(minute >= least && minute <= most, `p50 at minute ${minute}, by hand from ${least} to ${most}`).toBe(true);
			expect(drivers.every(({ subject }) => subject.startsWith('task/rit-'))).toBe(true);
		});
	}
});
