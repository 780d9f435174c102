// A team's lane: when it last reported, what it promised, when it is to be called. A team that is silent is a sensor that is silent. Pure.
import type { Board } from './board.ts';
import type { LaneFacts } from './board-night.ts';
import type { LaneNow, RunbookNow, TaskNow } from './judge-night.ts';

type Own = readonly (readonly [id: string, task: TaskNow])[];

export function judgeLanes(board: Board, runbook: RunbookNow, now: number): Readonly<Record<string, LaneNow>> {
	const cutover = board.follows === null ? undefined : board.cutovers[board.follows];
	const start = cutover?.windowStart ?? null;
	const isTurnedBack = typeof cutover?.turnedBackAt === 'number';
	return Object.fromEntries(
		Object.entries(board.lanes).map(([team, facts]) => {
			const own: Own = Object.entries(runbook.tasks).filter(([, one]) => one.team === team && isOnWay(one, isTurnedBack));
			const { label = team, kind = 'vendor' } = board.teams[team] ?? {};
			return [team, { label, kind, ...judgeLane(facts, own, start, now) }];
		}),
	);
}

/** The way back is nobody's task until the night is turned; then what is still open of the way forward is none any more. */
const isOnWay = (task: TaskNow, isTurnedBack: boolean): boolean => (task.kind === 'rollback' ? isTurnedBack : !isTurnedBack || task.endedAt !== null);

const isOver = (task: TaskNow): boolean => task.status === 'done' || task.status === 'skipped';

function judgeLane(facts: LaneFacts, own: Own, windowStart: number | null, now: number): Omit<LaneNow, 'label' | 'kind'> {
	const done = own.filter(([, task]) => isOver(task)).length;
	const isAllDone = own.length > 0 && done === own.length;
	// A mark on a task of theirs is a word from them as well.
	const heard = own.flatMap(([, { startedAt, endedAt }]) => [startedAt, endedAt]).filter((one) => one !== null);
	const lastReportAt = [facts.lastReport?.[0] ?? null, ...heard].reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
	const since = lastReportAt ?? windowStart;
	const callDueAt = isAllDone || facts.callEveryMs === null || since === null ? null : since + facts.callEveryMs;
	const promise = openPromise(facts, own);
	const lane = {
		lastReportAt,
		ageMs: lastReportAt === null ? null : Math.max(0, now - lastReportAt),
		promise,
		callDueAt,
		running: own.filter(([, task]) => task.status === 'running').map(([id]) => id),
		next: nextOf(own),
		done,
		total: own.length,
	};
	if (callDueAt !== null && now > callDueAt) return { ...lane, standing: 'watch', reason: 'silent' };
	if (promise !== null && now > promise) return { ...lane, standing: 'watch', reason: 'promise-broken' };
	if (own.some(([, task]) => task.isLate || task.status === 'failed')) return { ...lane, standing: 'watch', reason: 'late' };
	return { ...lane, standing: lastReportAt === null ? 'blind' : 'good', reason: null };
}

/** A promise is about what was under way when it was made, or else about what came next; kept once all of that is done. */
function openPromise({ promise, promisedAt, lastReport }: LaneFacts, own: Own): number | null {
	if (promise === null || promisedAt === null) return null;
	const open = own.map(([, task]) => task).filter((task) => !isOver(task) || (task.endedAt ?? 0) > promisedAt);
	const underWay = open.filter((task) => task.startedAt !== null && task.startedAt <= promisedAt);
	const about = underWay.length > 0 ? underWay : open.sort(byStart).slice(0, 1);
	// A team without tasks keeps it by its word, once the time has come.
	if (about.length === 0) return lastReport !== null && lastReport[0] >= promise ? null : promise;
	return about.every(isOver) ? null : promise;
}

const startOf = (task: TaskNow): number => task.startedAt ?? task.planned?.[0] ?? Number.MAX_VALUE;
const byStart = (a: TaskNow, b: TaskNow): number => startOf(a) - startOf(b);

function nextOf(own: Own): string | null {
	const waiting = own.filter(([, task]) => task.status === 'ready' || task.status === 'waiting');
	const [first] = waiting.sort(([, a], [, b]) => (a.status === b.status ? byStart(a, b) : a.status === 'ready' ? -1 : 1));
	return first?.[0] ?? null;
}
