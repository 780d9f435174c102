// What a mark that is not taken is on the wire.
import type { MarkRefusal } from '../../shared/mark-refusal.ts';
import { problem, type Reply } from './route.ts';

export function refusedMark({ code, message }: MarkRefusal): Reply {
	if (code === 'unknown-subject') return problem(400, code, 'Not in the plan', message);
	if (code === 'not-armed') return problem(428, code, 'This act was not armed', message);
	return problem(409, code, 'Not as the night stands', message);
}
