// Holds a board, judged for a moment, against what was worked out by hand for it. Knows no server.
import { expect } from 'vitest';
import type { BoardNow } from '../../shared/judge.ts';
import type { HandMinute } from './by-hand.ts';
import { downtimeByHand } from './san-martino-by-hand.ts';

/** A moment as the judge gives it, or as the API writes it. */
type Instant = number | string | null;
export type Shown = Pick<BoardNow, 'archives' | 'services' | 'sources' | 'rollup' | 'runbook' | 'minute'> & {
	readonly cutover: { readonly phase: string | null; readonly tPlusMs: number; readonly remainingMs: number } | null;
	readonly gates: Readonly<Record<string, { readonly state: string; readonly reopened: { readonly times: number; readonly why: string } | null }>>;
	readonly lanes: Readonly<Record<string, { readonly reason: string | null }>>;
	readonly rollback: {
		readonly lastMoment: Instant;
		readonly remainingMs: number | null;
		readonly possible: boolean | null;
		readonly cost: readonly { readonly label: string; readonly value: number | null }[];
	} | null;
};

const DOWNTIME_TOLERANCE_MS = 40_000;
export const msOf = (instant: Instant): number => (instant === null ? Number.NaN : typeof instant === 'string' ? Date.parse(instant) : instant);

const where = <T extends object>(all: Readonly<Record<string, T>>, holds: (one: T) => boolean): string[] =>
	Object.entries(all)
		.filter(([, one]) => holds(one))
		.map(([id]) => id)
		.sort();

const mapOf = <T extends object, V>(all: Readonly<Record<string, T>>, get: (one: T) => V): Record<string, V> =>
	Object.fromEntries(Object.entries(all).map(([id, one]) => [id, get(one)]));

export function checkNight(board: Shown, byHand: HandMinute): void {
	checkCopies(board, byHand);
	checkRoom(board, byHand);
	checkWayBack(board, byHand);
}

function checkCopies(board: Shown, byHand: HandMinute): void {
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
}

function checkRoom(board: Shown, byHand: HandMinute): void {
	const { clock } = byHand;
	const { phase, tPlusMs, remainingMs } = board.cutover ?? {};
	expect({ phase, tPlusMs, remainingMs }, clock).toEqual({ phase: byHand.phase, tPlusMs: byHand.tPlusMs, remainingMs: byHand.windowLeftMs });
	const { total, done, running, late, failed } = board.runbook;
	expect({ total, done, running, late, failed }, clock).toEqual(byHand.runbook);
	expect(
		mapOf(board.gates, (one) => one.state),
		clock,
	).toEqual(byHand.gates);
	const fallen = Object.entries(board.gates).flatMap(([gate, { reopened }]) =>
		reopened === null ? [] : [{ gate, by: reopened.why, times: reopened.times }],
	);
	expect(fallen, clock).toEqual(byHand.fallen === null ? [] : [{ ...byHand.fallen, times: 1 }]);
	for (const [reason, teams] of [
		['silent', byHand.silentTeams],
		['promise-broken', byHand.brokenPromises],
	] as const) {
		expect(
			where(board.lanes, (one) => one.reason === reason),
			`${clock}: ${reason}`,
		).toEqual([...teams].sort());
	}
	expect(board.minute === null ? null : board.minute.silent, `${clock}: the cutover's minutes`).toEqual(
		byHand.isFrozen ? byHand.missedSources : null,
	);
}

function checkWayBack({ rollback }: Shown, byHand: HandMinute): void {
	const { clock } = byHand;
	const { remainingMs, possible } = rollback ?? {};
	const shown = { lastMoment: msOf(rollback?.lastMoment ?? null), remainingMs, possible };
	expect(shown, clock).toEqual(byHand.rollback);
	for (const [label, bounds] of Object.entries(byHand.price)) {
		const value = rollback?.cost.find((one) => one.label === label)?.value;
		if (bounds === null) expect(value, `${clock}: ${label}`).toBeNull();
		else expect(value !== null && value !== undefined && value >= bounds[0] && value <= bounds[1], `${clock}: ${label}, ${value}`).toBe(true);
	}
}

/** Of the first night, at its end. */
export function checkDowntime(services: Shown['services']): void {
	for (const [id, minutes] of Object.entries(downtimeByHand)) {
		const shown = services[id]?.downMs;
		for (const heading of ['planned', 'overrun', 'unplanned'] as const) {
			const off = Math.abs((shown?.[heading] ?? Number.NaN) - minutes[heading] * 60_000);
			expect(off, `${heading} of ${id}`).toBeLessThanOrEqual(DOWNTIME_TOLERANCE_MS);
		}
	}
}
