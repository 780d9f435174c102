// Which marks a task takes as it stands, the likeliest first. The server decides; this only leaves out what cannot be.
import type { TaskStatus } from '../../shared/judge-night.ts';
import type { Mark } from '../../shared/mark.ts';

export type TaskAct = Extract<Mark, { kind: 'task' }>['state'];

/** Acts that are sent only with a reason. */
export const needsReason = (act: TaskAct): act is 'skipped' | 'failed' => act === 'skipped' || act === 'failed';

/** A gate's task ends by passing the gate, and is never skipped. */
export function actsOf({ status, gate }: { readonly status: TaskStatus; readonly gate: string | null }): readonly TaskAct[] {
	switch (status) {
		case 'waiting':
		case 'ready':
			return gate === null ? ['started', 'done', 'skipped'] : [];
		case 'running':
			return gate === null ? ['done', 'failed', 'skipped'] : [];
		case 'failed':
			return gate === null ? ['reopened', 'skipped'] : ['reopened'];
		case 'set-aside':
			return [];
		default:
			return ['reopened'];
	}
}
