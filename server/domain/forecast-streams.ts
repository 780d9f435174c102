// What is shown of single tasks and of streams: teams begin by the plan, so no gain is told before a planned start. Draws nothing.
import type { Graph } from './forecast-graph.ts';
import { type ForecastInput, isCounted } from './forecast-input.ts';

export type Span = readonly [start: number, end: number];

/** Begun earlier than planned by less than this is on time. */
const EARLY_AFTER_MS = 300_000;

/** The streams whose last begun task began before its planned hour: their teams do not wait for the plan tonight. */
export function earlyStreams({ tasks, turnedBack }: ForecastInput): ReadonlySet<string> {
	const last = new Map<string, { at: number; early: number }>();
	for (const { kind, stream, startedAt, plannedStart } of tasks) {
		if (startedAt === null || plannedStart === null || !isCounted({ kind }, turnedBack)) continue;
		if (startedAt >= (last.get(stream)?.at ?? Number.NEGATIVE_INFINITY)) last.set(stream, { at: startedAt, early: plannedStart - startedAt });
	}
	return new Set([...last].filter(([, { early }]) => early > EARLY_AFTER_MS).map(([stream]) => stream));
}

/** `drawn` by node; what waits for its planned hour holds up what waits for it. Null: it has no end. */
export function shownSpans(input: ForecastInput, { tasks, from, waitsFor, copies }: Graph, drawn: readonly (Span | null)[]): (Span | null)[] {
	const early = earlyStreams(input);
	const shown: (Span | null)[] = [];
	drawn.forEach((span, i) => {
		const task = tasks[i] ?? null;
		let start = span?.[0] ?? 0;
		// Its copy runs already: it has begun, marked or not.
		if (span !== null && task?.state === 'waiting' && copies[i] !== 1) {
			if (!early.has(task.stream)) start = Math.max(start, task.plannedStart ?? start);
			for (let edge = from[i] as number; edge < (from[i + 1] as number); edge += 1) {
				start = Math.max(start, shown[waitsFor[edge] as number]?.[1] ?? start);
			}
		}
		shown.push(span && [start, span[1] + start - span[0]]);
	});
	return shown;
}

/** How far ahead of the plan a stream stands: by its worst open task, or by its last one that ended. Positive: ahead. Null: one has no end, and none is late yet. */
export function aheadOf({ tasks, turnedBack, now }: ForecastInput, stream: string, spans: Readonly<Record<string, Span>>): number | null {
	let open: number | null = null;
	let done: { planned: number; ahead: number } | null = null;
	let isTold = true;
	for (const task of tasks) {
		if (task.stream !== stream || task.plannedStart === null || !isCounted(task, turnedBack) || task.state === 'skipped') continue;
		const planned = task.plannedStart + task.durationMs;
		if (task.state === 'done') {
			if (task.endedAt !== null && (done === null || planned > done.planned)) done = { planned, ahead: planned - task.endedAt };
			continue;
		}
		const span = spans[task.id];
		if (span === undefined) isTold = false;
		// Without an end it is at least not over yet; not begun, it is no further ahead than its start is.
		const most = span === undefined ? 0 : task.state === 'waiting' ? task.plannedStart - span[0] : Number.POSITIVE_INFINITY;
		open = Math.min(open ?? Number.POSITIVE_INFINITY, planned - (span?.[1] ?? now), most);
	}
	return isTold || (open ?? 0) < 0 ? Math.round(open ?? done?.ahead ?? 0) : null;
}
