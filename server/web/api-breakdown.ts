// Failures in the API's board: facilities, who is hit, flows, alarms, incidents, clocks, statements; with ISO instants. The shape of interfaces.md.
import type { BoardNow } from '../../shared/judge.ts';

/** A key is absent where the plan has nothing for it. */
export function toApiBreakdown(_judged: BoardNow): Record<string, unknown> {
	return {};
}
