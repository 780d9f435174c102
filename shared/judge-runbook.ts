// What the runbook amounts to at a moment: whose turn it is, who is late. Pure.
import type { Board } from './board.ts';
import type { TaskFacts } from './board-night.ts';
import { judgeForecast } from './judge-forecast.ts';
import type { ForecastNow, RunbookNow, TaskNow, TaskStatus } from './judge-night.ts';

/** Behind by less than this is on time. */
export const LATE_AFTER_MS = 60_000;

type Night = {
	readonly now: number;
	readonly tasks: Board['tasks'];
	readonly isTurnedBack: boolean;
	/** p50 by task, while the forecast holds. */
	readonly expected: Readonly<Record<string, readonly [start: number, end: number]>>;
	readonly drivers: ReadonlySet<string>;
};

export function judgeRunbook(board: Board, now: number, forecast: ForecastNow = judgeForecast(board, now)): RunbookNow {
	const cutover = board.follows === null ? undefined : board.cutovers[board.follows];
	const holds = forecast.finish !== null;
	const night: Night = {
		now,
		tasks: board.tasks,
		isTurnedBack: typeof cutover?.turnedBackAt === 'number',
		expected: holds ? (board.forecast?.tasks ?? {}) : {},
		drivers: new Set(holds ? forecast.drivers.map((one) => one.subject) : []),
	};
	const tasks: Record<string, TaskNow> = {};
	for (const [id, facts] of Object.entries(board.tasks)) tasks[id] = judgeTask(id, facts, night);
	const counted = Object.values(tasks).filter((one) => isCounted(one, night));
	const late = counted.filter((one) => one.isLate).length;
	const failed = counted.filter((one) => one.status === 'failed').length;
	return {
		total: counted.length,
		done: counted.filter((one) => one.status === 'done' || one.status === 'skipped').length,
		running: counted.filter((one) => one.status === 'running').length,
		late,
		failed,
		aheadMs: aheadOf(counted, forecast),
		standing: failed > 0 ? 'bad' : late > 0 ? 'watch' : 'good',
		tasks,
	};
}

const isOpen = ({ state }: Pick<TaskFacts, 'state'>): boolean => state === 'waiting' || state === 'running';
const isOver = (state: TaskFacts['state'] | undefined): boolean => state === undefined || state === 'done' || state === 'skipped';

/** Which way the night goes: its way back once it is turned, and of the way forward then only what has ended. */
const isCounted = (task: Pick<TaskFacts, 'kind' | 'state'>, { isTurnedBack }: Pick<Night, 'isTurnedBack'>): boolean =>
	isTurnedBack ? task.kind === 'rollback' || !isOpen(task) : task.kind !== 'rollback';

function judgeTask(id: string, facts: TaskFacts, night: Night): TaskNow {
	const start = facts.plannedStart ?? facts.fixed;
	const planned = start === null ? null : ([start, start + facts.durationMs] as const);
	const lateMs = isCounted(facts, night) ? lateOf(facts, planned, night.now) : 0;
	return {
		...facts,
		status: statusOf(facts, night),
		planned,
		forecast: isOpen(facts) && !isSetAside(facts, night) ? expectedOf(facts, night.expected[id], night.now) : null,
		isLate: lateMs > 0,
		lateMs,
		isCritical: night.drivers.has(`task/${id}`),
	};
}

/** The way back that has not begun waits for the turn; all else that is open on the way not gone is nobody's task any more. */
const isSetAside = (facts: TaskFacts, night: Night): boolean =>
	isOpen(facts) && !isCounted(facts, night) && (facts.kind !== 'rollback' || facts.state === 'running');

function statusOf(facts: TaskFacts, night: Night): TaskStatus {
	if (isSetAside(facts, night)) return 'set-aside';
	if (facts.state !== 'waiting') return facts.state;
	const isItsTurn = isCounted(facts, night) && (facts.fixed === null || facts.fixed <= night.now);
	return isItsTurn && facts.after.every((id) => isOver(night.tasks[id]?.state)) ? 'ready' : 'waiting';
}

/** How far behind its planned start (not begun) or end (running); 0 where that is a minute or less, or the plan says no time. */
function lateOf(facts: TaskFacts, planned: readonly [number, number] | null, now: number): number {
	if (planned === null || !isOpen(facts)) return 0;
	const due = facts.state === 'running' ? planned[1] : Math.max(planned[0], facts.fixed ?? planned[0]);
	const behind = now - due;
	return behind > LATE_AFTER_MS ? behind : 0;
}

function expectedOf(facts: TaskFacts, expected: readonly [number, number] | undefined, now: number): readonly [number, number] | null {
	if (expected === undefined) return null;
	const start = facts.startedAt ?? Math.max(expected[0], now);
	return [start, Math.max(expected[1], start, now)];
}

/** By the plan's last task; where no task of the way that the night goes has a planned time, it cannot be told. */
function aheadOf(counted: readonly TaskNow[], { finish }: ForecastNow): number | null {
	const last = counted.reduce<number | null>((end, { planned }) => (planned === null ? end : Math.max(end ?? planned[1], planned[1])), null);
	return last === null || finish === null ? null : last - finish.p50;
}
