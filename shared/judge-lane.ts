// A team's lane: when it last reported, what it promised, when it is to be called. Pure.
import type { Board } from './board.ts';
import type { LaneNow, RunbookNow } from './judge-night.ts';

export function judgeLanes(_board: Board, _runbook: RunbookNow, _now: number): Readonly<Record<string, LaneNow>> {
	return {};
}
