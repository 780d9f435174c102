// What a gate's facts amount to at a moment. Never go while a criterion is unmet or unknown (rule 8). Pure.
import type { Board } from './board.ts';
import type { GateFacts } from './board-night.ts';
import type { GateNow } from './judge-night.ts';

export function judgeGate(facts: GateFacts, _board: Pick<Board, 'tasks'>, _now: number): GateNow {
	const { label, task, minimum, until } = facts;
	const open = { state: 'waiting', standing: 'blind', criteria: [], canGo: false, votes: [], cast: 0, remainingMs: null } as const;
	return { label, task, minimum, until, ...open, decided: null, reopened: null, closed: null };
}
