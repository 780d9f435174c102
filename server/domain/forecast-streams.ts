// How far ahead of the plan a stream stands: by its next task to end, or its last one that did. Positive: ahead.
import { type ForecastInput, isCounted } from './forecast-input.ts';

export function aheadOf({ tasks, turnedBack }: ForecastInput, stream: string, ends: Readonly<Record<string, readonly [number, number]>>): number {
	let open: { planned: number; ahead: number } | null = null;
	let done: { planned: number; ahead: number } | null = null;
	for (const task of tasks) {
		if (task.stream !== stream || task.plannedStart === null || !isCounted(task, turnedBack)) continue;
		const planned = task.plannedStart + task.durationMs;
		const end = ends[task.id]?.[1];
		if (end !== undefined) {
			if (open === null || planned < open.planned) open = { planned, ahead: planned - end };
		} else if (task.state === 'done' && task.endedAt !== null && (done === null || planned > done.planned))
			done = { planned, ahead: planned - task.endedAt };
	}
	return Math.round((open ?? done)?.ahead ?? 0);
}
