// The night's part of the API's board: runbook, gates, forecast, way back and lanes, with ISO instants. The shape of interfaces.md.
import type { Band } from '../../shared/board-night.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { ForecastNow, GateNow, LaneNow, RollbackNow, RunbookNow, TaskNow } from '../../shared/judge-night.ts';

export const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString());

export const mapValues = <A, B>(map: Readonly<Record<string, A>>, turn: (value: A) => B): Record<string, B> =>
	Object.fromEntries(Object.entries(map).map(([key, value]) => [key, turn(value)]));

type Points = { readonly p50: number | null; readonly p80: number | null; readonly p90: number | null };
export const isoFinish = ({ p50, p80, p90 }: Points) => ({ p50: iso(p50), p80: iso(p80), p90: iso(p90) });
const isoBand = ([p50, p80, p90]: Band) => isoFinish({ p50, p80, p90 });
const isoSpan = (span: readonly [number | null, number | null] | null) => span && { start: iso(span[0]), end: iso(span[1]) };

export function toApiNight(judged: BoardNow): Record<string, unknown> {
	return {
		runbook: isoRunbook(judged.runbook),
		forecast: isoForecast(judged.forecast),
		rollback: judged.rollback && isoRollback(judged.rollback),
		gates: mapValues(judged.gates, isoGate),
		lanes: mapValues(judged.lanes, isoLane),
		convergence: judged.convergence,
		gating: judged.gating,
		minute: judged.minute && { ...judged.minute, frozenAt: iso(judged.minute.frozenAt) },
	};
}

const isoRunbook = ({ tasks, ...sums }: RunbookNow) => ({ ...sums, tasks: mapValues(tasks, isoTask) });

function isoTask({ plannedStart: _p, startedAt, endedAt, planned, forecast, fixed, state: _s, ...task }: TaskNow) {
	const actual = startedAt === null && endedAt === null ? null : isoSpan([startedAt, endedAt]);
	return { ...task, fixed: iso(fixed), planned: isoSpan(planned), actual, forecast: isoSpan(forecast) };
}

const isoForecast = ({ finish, at, gates, services, promises, ...rest }: ForecastNow) => ({
	finish: isoFinish(finish ?? { p50: null, p80: null, p90: null }),
	at: iso(at),
	...rest,
	gates: mapValues(gates, isoBand),
	services: mapValues(services, isoBand),
	promises: {
		count: promises.count,
		last: promises.rows.map(([promised, p50, p80, p90]) => ({ at: iso(promised), ...isoFinish({ p50, p80, p90 }) })),
	},
});

const isoRollback = ({ lastMoment, ...rest }: RollbackNow) => ({ lastMoment: iso(lastMoment), ...rest });

const isoGate = ({ until, votes, decided, reopened, closed, ...gate }: GateNow) => ({
	...gate,
	until: iso(until),
	votes: votes.map((vote) => ({ ...vote, at: iso(vote.at) })),
	decided: decided && { ...decided, at: iso(decided.at) },
	reopened: reopened && { ...reopened, at: iso(reopened.at) },
	closed: closed && { ...closed, at: iso(closed.at) },
});

const isoLane = ({ lastReportAt, promise, callDueAt, ...lane }: LaneNow) => ({
	...lane,
	lastReportAt: iso(lastReportAt),
	promise: iso(promise),
	callDueAt: iso(callDueAt),
});
