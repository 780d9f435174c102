// The last moment to go back = end of the window − rollback (p90) − validation − margin (domain.md, 6), and what going back would cost. Pure.
import type { Board } from './board.ts';
import type { ForecastNow, RollbackNow } from './judge-night.ts';

export function judgeRollback(_board: Board, _forecast: ForecastNow, _now: number): RollbackNow | null {
	return null;
}
