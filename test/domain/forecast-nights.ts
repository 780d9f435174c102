// Small nights as literals for the forecast's tables: a task a line, in minutes after the start; a copy a line, by its points.
import type { ForecastArchive, ForecastInput, ForecastTask, Points } from '../../server/domain/forecast-input.ts';
import { type Model, model } from '../../server/domain/forecast-model.ts';

export const MINUTE = 60_000;
export const start = Date.UTC(2025, 9, 21, 17);
export const at = (minutes: number): number => start + minutes * MINUTE;
/** Everything at its middle: what comes out is arithmetic. */
export const certain: Model = { ...model, spread: 0 };

type Short = Partial<Omit<ForecastTask, 'id' | 'after' | 'fixed' | 'startedAt' | 'endedAt'>> & {
	readonly after?: readonly string[];
	/** Minutes: started, ended, fixed, planned start. */
	readonly from?: number;
	readonly to?: number;
	readonly fixedAt?: number;
	readonly plannedAt?: number;
};

/** p50 = p90 = `minutes`, as rehearsed. */
export function taskOf(id: string, minutes: number, { from, to, fixedAt, plannedAt, ...rest }: Short = {}): ForecastTask {
	return {
		id,
		kind: 'task',
		stream: 'uno',
		plannedStart: plannedAt === undefined ? null : at(plannedAt),
		durationMs: minutes * MINUTE,
		rehearsed: [minutes * MINUTE, minutes * MINUTE],
		after: [],
		fixed: fixedAt === undefined ? null : at(fixedAt),
		gate: null,
		archive: null,
		restores: null,
		state: to !== undefined ? 'done' : from !== undefined ? 'running' : 'waiting',
		startedAt: from === undefined ? null : at(from),
		endedAt: to === undefined ? null : at(to),
		...rest,
	};
}

export const inputOf = (
	now: number,
	tasks: readonly ForecastTask[],
	archives: readonly ForecastArchive[] = [],
	turnedBack = false,
): ForecastInput => ({
	now: at(now),
	windowStart: start,
	turnedBack,
	tasks,
	archives,
});

const pointsOf = (points: readonly (readonly [minute: number, value: number])[]): Points =>
	points.map(([minute, value]) => [at(minute), value] as const);

/** A copy of `total`, its positions by the minute. */
export function copyOf(
	id: string,
	total: number,
	moved: readonly (readonly [number, number])[],
	verified: readonly (readonly [number, number])[],
	rest: Partial<ForecastArchive> = {},
): ForecastArchive {
	const last = Math.max(0, ...[...moved, ...verified].map(([minute]) => minute));
	return {
		id,
		complete: (moved.at(-1)?.[1] ?? 0) >= total && (verified.at(-1)?.[1] ?? 0) >= total,
		silentSince: moved.length === 0 ? 0 : null,
		total,
		totalGrewAt: null,
		advancedAt: moved.length === 0 ? null : at(last),
		advanceWithinMs: 5 * MINUTE,
		rate: null,
		moved: pointsOf(moved),
		verified: pointsOf(verified),
		totals: [],
		largestPending: null,
		transferring: null,
		outrun: false,
		...rest,
	};
}

/** A position that grows evenly: a point every three minutes. */
export const evenly = (from: number, to: number, perMinute: number, first = 0): (readonly [number, number])[] =>
	Array.from({ length: Math.floor((to - from) / 3) + 1 }, (_, i) => [from + 3 * i, first + 3 * i * perMinute] as const);
