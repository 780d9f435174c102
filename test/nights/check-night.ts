// Holds a board, judged for a moment, against what was worked out by hand for it. Knows no server.
import { expect } from 'vitest';
import type { BoardNow } from '../../shared/judge.ts';
import { DOWNTIME_TOLERANCE_MS, downtimeByHand, type HandMinute } from './san-martino-by-hand.ts';

type Shown = Pick<BoardNow, 'archives' | 'services' | 'sources' | 'rollup' | 'cutover'>;

const where = <T extends object>(all: Readonly<Record<string, T>>, holds: (one: T) => boolean): string[] =>
	Object.entries(all)
		.filter(([, one]) => holds(one))
		.map(([id]) => id)
		.sort();

const mapOf = <T extends object, V>(all: Readonly<Record<string, T>>, get: (one: T) => V): Record<string, V> =>
	Object.fromEntries(Object.entries(all).map(([id, one]) => [id, get(one)]));

export function checkNight(board: Shown, byHand: HandMinute): void {
	const { clock, tolerance } = byHand;
	for (const sum of ['total', 'moved', 'verified'] as const) {
		expect(Math.abs((board.rollup[sum] ?? Number.NaN) - byHand.sums[sum]), `${clock}: ${sum} in all`).toBeLessThanOrEqual(tolerance);
	}
	for (const [id, moved] of Object.entries(byHand.moved)) {
		expect(Math.abs((board.archives[id]?.moved ?? Number.NaN) - moved), `${clock}: moved of ${id}`).toBeLessThanOrEqual(tolerance);
	}
	expect(
		mapOf(board.archives, (one) => one.standing),
		clock,
	).toEqual(byHand.standings);
	const reasons = Object.fromEntries(Object.entries(mapOf(board.archives, (one) => one.reason)).filter(([, reason]) => reason !== null));
	expect(reasons, clock).toEqual(byHand.reasons);
	expect(
		where(board.archives, (one) => one.done),
		clock,
	).toEqual([...byHand.done].sort());
	expect(board.rollup.totalGrowing, clock).toBe(byHand.totalGrowing);
	expect(
		where(board.sources, (one) => one.standing === 'blind'),
		clock,
	).toEqual(byHand.blindSources);
	expect(
		mapOf(board.services, (one) => one.side),
		clock,
	).toEqual(byHand.sides);
	expect(board.cutover?.phase, clock).toBe(byHand.phase);
	if (clock === '05:00') checkDowntime(board, clock);
}

function checkDowntime(board: Shown, clock: string): void {
	for (const [id, minutes] of Object.entries(downtimeByHand)) {
		const shown = board.services[id]?.downMs;
		for (const heading of ['planned', 'overrun', 'unplanned'] as const) {
			const off = Math.abs((shown?.[heading] ?? Number.NaN) - minutes[heading] * 60_000);
			expect(off, `${clock}: ${heading} of ${id}`).toBeLessThanOrEqual(DOWNTIME_TOLERANCE_MS);
		}
	}
}
