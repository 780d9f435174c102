// A bare night for the judges' rows: a window, and only what a row adds. Every figure in it is invented.
import { type Board, type CutoverFacts, emptyBoard, type Figure } from '../../shared/board.ts';
import type { ForecastNow } from '../../shared/judge-night.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** 21 October 2025, 19:00–05:00 in Genoa. */
export const start = Date.parse('2025-10-21T19:00:00+02:00');
export const end = Date.parse('2025-10-22T05:00:00+02:00');
/** `clock('02:13')`: that night's. */
export const clock = (time: string): number => Date.parse(`2025-10-2${time < '12' ? 2 : 1}T${time}:00+02:00`);

export const cutover = (rest: Partial<CutoverFacts> = {}): CutoverFacts => ({
	id: 'notte',
	name: 'Notte',
	zone: 'Europe/Rome',
	windowStart: start,
	windowEnd: end,
	phases: [],
	reached: {},
	frozenAt: null,
	firstGoodAt: null,
	turnedBackAt: null,
	...rest,
});

export const nightBoard = (rest: Partial<Board> = {}, night: Partial<CutoverFacts> = {}): Board => ({
	...emptyBoard,
	follows: 'notte',
	cutovers: { notte: cutover(night) },
	...rest,
});

export const forecastNow = (rest: Partial<ForecastNow> = {}): ForecastNow => ({
	finish: null,
	reason: null,
	standing: 'good',
	at: start,
	ageMs: 0,
	marginMs: null,
	blind: [],
	drivers: [],
	gates: {},
	services: {},
	streams: {},
	promises: { count: 0, rows: [] },
	...rest,
});

/** Finishing at p50, with p90 an hour later. */
export const finishing = (p50: number, p90 = p50 + HOUR): ForecastNow =>
	forecastNow({ finish: { p50, p80: (p50 + p90) / 2, p90 }, marginMs: end - p50 });

export const readAt = (value: number | null, at: number): Figure => [value, at, at];
