// What the last forecast amounts to at a moment: never before now, never when it is old. Pure.
import type { Board } from './board.ts';
import type { ForecastNow } from './judge-night.ts';

export function judgeForecast(_board: Board, _now: number): ForecastNow {
	const promises = { count: 0, rows: [] };
	const known = { finish: null, reason: 'none', standing: 'blind', at: null, ageMs: null, marginMs: null } as const;
	return { ...known, blind: [], drivers: [], gates: {}, services: {}, streams: {}, promises };
}
