// What a schema cannot see of the runbook: that it leads to an end, that its times can be kept, that its names are there.

import { suggest } from './domain/nearest.ts';
import { plannedEnds, sortTasks, type Waits } from './domain/runbook-graph.ts';
import { checkNamed, DAY_MS, durationAt, instantAt, LONGEST_WINDOW_MS, listAt, type Say, textAt, treeAt } from './plan-reading.ts';

const MOST_TASKS = 5000;
/** Preparations before the window, and care after it. */
const AROUND_WINDOW_MS = DAY_MS;

export function waitsIn(data: unknown): Waits {
	return new Map(Object.keys(treeAt(data, 'tasks')).map((id) => [id, listAt(data, 'tasks', id, 'after').filter((one) => typeof one === 'string')]));
}

export function checkTasks(data: unknown, say: Say): void {
	const ids = Object.keys(treeAt(data, 'tasks'));
	if (ids.length > MOST_TASKS) {
		say(['tasks'], `${ids.length} tasks are more than a night can hold`, `at most ${MOST_TASKS} tasks`);
		return;
	}
	for (const id of ids) {
		checkNamed(data, ['tasks', id, 'team'], 'teams', say);
		checkNamed(data, ['tasks', id, 'archive'], 'archives', say);
		checkNamed(data, ['tasks', id, 'restores'], 'services', say);
		checkAfter(data, id, say);
		checkSpans(data, id, say);
	}
	checkGateTasks(data, ids, say);
	const waits = waitsIn(data);
	const { order, circles } = sortTasks(waits);
	for (const circle of circles) {
		const [first = '', last = ''] = [circle[0], circle.at(-1)];
		// A task that waits for itself is told where its line is looked at.
		if (circle.length === 1) continue;
		const message = `the tasks wait for each other: ${[...circle, first].join(' → ').slice(0, 1000)}`;
		say(['tasks', first, 'after', waits.get(first)?.indexOf(last) ?? 0], message, 'take one of these arrows out');
	}
	checkTimes(data, order, waits, say);
}

function checkAfter(data: unknown, id: string, say: Say): void {
	const tasks = treeAt(data, 'tasks');
	const seen = new Set<string>();
	listAt(data, 'tasks', id, 'after').forEach((name, index) => {
		if (typeof name !== 'string') return;
		const path = ['tasks', id, 'after', index];
		if (name === id) say(path, `"${id}" waits for itself`, 'take it out');
		else if (!Object.hasOwn(tasks, name)) {
			const remedy = suggest(name, Object.keys(tasks), 'add it under "tasks", or take it out');
			say(path, `"${name.slice(0, 80)}" is not among the tasks`, remedy);
		} else if (seen.has(name)) say(path, `"${name}" is named twice`, 'take one of the two out');
		else if (textAt(data, 'tasks', name, 'kind') === 'rollback' && textAt(data, 'tasks', id, 'kind') !== 'rollback') {
			say(path, `"${name}" is a step of the way back: while the night goes on, nobody does it`, 'take it out, or make this task a rollback step too');
		}
		seen.add(name);
	});
}

function checkSpans(data: unknown, id: string, say: Say): void {
	const p50 = durationAt(data, 'tasks', id, 'rehearsed', 'p50');
	const p90 = durationAt(data, 'tasks', id, 'rehearsed', 'p90');
	if (p50 !== null && p90 !== null && p90 < p50) {
		say(['tasks', id, 'rehearsed', 'p90'], '"p90" is shorter than "p50"', 'nine rehearsals of ten end within p90: at least p50');
	}
	if ((durationAt(data, 'tasks', id, 'duration') ?? 0) > LONGEST_WINDOW_MS) {
		say(['tasks', id, 'duration'], 'the task takes longer than 7 days', 'at most 7d; mind the unit');
	}
}

/** A gate's task names its gate, no other task does, and no gate stands in two places. */
function checkGateTasks(data: unknown, ids: readonly string[], say: Say): void {
	const placed = new Map<string, string>();
	for (const id of ids) {
		const gate = textAt(data, 'tasks', id, 'gate');
		const isGate = textAt(data, 'tasks', id, 'kind') === 'gate';
		if (gate === null) {
			if (isGate)
				say(['tasks', id, 'kind'], 'this gate of the runbook does not say which gate it is', 'add "gate", with an id of the section "gates"');
			continue;
		}
		checkNamed(data, ['tasks', id, 'gate'], 'gates', say);
		if (!isGate) say(['tasks', id, 'gate'], 'only a task of the kind "gate" has one', 'add kind: gate, or take the line out');
		const other = placed.get(gate);
		if (other !== undefined) say(['tasks', id, 'gate'], `the gate "${gate.slice(0, 80)}" is the task "${other}" already`, 'give each gate one task');
		else placed.set(gate, id);
	}
}

const minutes = (ms: number): string => `${Math.ceil(ms / 60_000)} min`;

/** An instant as the plan would write it, with the offset of a text beside it. */
function asWritten(instant: number, beside: string | null): string {
	const [, sign, hours, rest] = /([+-])(\d\d):(\d\d)$/.exec(beside ?? '') ?? [];
	const offsetMs = sign === undefined ? 0 : (Number(hours) * 60 + Number(rest)) * (sign === '-' ? -60_000 : 60_000);
	return `${new Date(instant + offsetMs).toISOString().slice(0, 19)}${sign === undefined ? 'Z' : `${sign}${hours}:${rest}`}`;
}

function checkTimes(data: unknown, order: readonly string[], waits: Waits, say: Say): void {
	const windowStart = instantAt(data, 'cutover', 'window', 'start');
	const windowEnd = instantAt(data, 'cutover', 'window', 'end');
	const planned = new Map(
		order.map((id) => {
			const start = instantAt(data, 'tasks', id, 'start') ?? instantAt(data, 'tasks', id, 'fixed');
			return [id, { start, durationMs: durationAt(data, 'tasks', id, 'duration') ?? 0 }];
		}),
	);
	const ends = plannedEnds(order, waits, planned);
	for (const id of order) {
		const start = instantAt(data, 'tasks', id, 'start');
		const fixed = instantAt(data, 'tasks', id, 'fixed');
		for (const [key, at] of [['start', start] as const, ['fixed', fixed] as const]) {
			if (at === null) continue;
			const path = ['tasks', id, key];
			if ((windowStart !== null && at < windowStart - AROUND_WINDOW_MS) || (windowEnd !== null && at > windowEnd + AROUND_WINDOW_MS)) {
				say(path, `"${key}" lies more than a day outside the window`, 'a moment of this night; mind the date');
				continue;
			}
			const last = lastBefore(waits.get(id) ?? [], ends);
			if (last === null || at >= last.end) continue;
			const verb = key === 'start' ? 'starts' : 'is fixed';
			const soonest = asWritten(last.end, textAt(data, 'tasks', id, key));
			say(path, `the task ${verb} ${minutes(last.end - at)} before "${last.id}" ends, which it waits for`, `${soonest} or later`);
		}
		if (start !== null && fixed !== null && start < fixed) {
			say(
				['tasks', id, 'start'],
				`the task starts ${minutes(fixed - start)} before its fixed time`,
				'let it start at its fixed time, or take one of the two out',
			);
		}
	}
}

function lastBefore(ids: readonly string[], ends: ReadonlyMap<string, number | null>): { readonly id: string; readonly end: number } | null {
	let last: { id: string; end: number } | null = null;
	for (const id of ids) {
		const end = ends.get(id) ?? null;
		if (end !== null && (last === null || end > last.end)) last = { id, end };
	}
	return last;
}
