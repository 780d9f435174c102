// What a flow's facts amount to at a moment: how old its oldest unsent record is against the deadline, and whether it can still be met.
import type { FlowFacts } from './board-breakdown.ts';
import type { FlowNow } from './breakdown-now.ts';

export function judgeFlow({ label, deadlineMs }: FlowFacts, _now: number): FlowNow {
	return {
		label,
		state: 'unknown',
		standing: 'blind',
		deadlineMs,
		oldestAgeMs: null,
		dueAt: null,
		overdueMs: 0,
		backlog: null,
		drainPerMinute: null,
		drainMs: null,
		ageMs: null,
	};
}
