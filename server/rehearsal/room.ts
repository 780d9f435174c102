// What a room marks, written short: tasks from their times, votes, reports, phases. Knows no night.
import type { Vote, WireMark } from '../../shared/mark.ts';
import type { RoomMark, TaskTimes } from './night.ts';

type TaskState = Extract<WireMark, { kind: 'task' }>['state'];

export const task = (id: string, state: TaskState, reason?: string): WireMark => ({
	kind: 'task',
	task: id,
	state,
	...(reason === undefined ? {} : { reason }),
});
export const reached = (phase: string): WireMark => ({ kind: 'phase', phase, state: 'reached' });
export const service = (id: string, state: 'stopped' | 'restored'): WireMark => ({ kind: 'service', service: id, state });
export const note = (subject: string, text: string): WireMark => ({ kind: 'note', subject, text });

/** Started and done at its times, but for what `told` says of it in so many words; a gate's task is done by its gate. */
export const taskMarks = (times: TaskTimes, told: readonly string[] = []): RoomMark[] =>
	Object.entries(times).flatMap(([id, [start, end]]): RoomMark[] => {
		if (told.includes(id)) return [];
		return [[start, task(id, 'started')], ...(end === null ? [] : [[end, task(id, 'done')] as const])];
	});

export const votesOf = (gate: string, rows: readonly (readonly [minute: number, position: string, vote: Vote, by: string])[]): RoomMark[] =>
	rows.map(([minute, position, vote, by]) => [minute, { kind: 'vote', gate, position, vote }, by]);

/** A team reports every `every` minutes from `first` to `last`, but for those that it misses. */
export const reportsOf = (
	team: string,
	{ first, last, every, missed = [] }: { first: number; last: number; every: number; missed?: readonly number[] },
): RoomMark[] => {
	const rows: RoomMark[] = [];
	for (let minute = first; minute <= last; minute += every) if (!missed.includes(minute)) rows.push([minute, { kind: 'report', team }, team]);
	return rows;
};

/** What ends comes before what is said of it, and that before what begins. */
const rankOf = ({ kind, ...rest }: WireMark): number => {
	if (kind !== 'task' || !('state' in rest)) return 1;
	return rest.state === 'started' ? 2 : 0;
};

/** In the order in which they are made. */
export const inOrder = (marks: readonly RoomMark[]): readonly RoomMark[] =>
	[...marks].sort(([a, one], [b, other]) => a - b || rankOf(one) - rankOf(other));
