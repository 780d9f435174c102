// The board at a moment, but for the emergency rooms, which are judged apart: a screen loads their part only where a plan has any.
import type { Board, CutoverFacts, MarkRow } from './board.ts';
import type { AlarmsNow, BreakdownNow, ObserverNow } from './breakdown-now.ts';
import type { ErNow } from './er-now.ts';
import { type ArchiveNow, isOlder, judgeArchive, type Oldest } from './judge-archive.ts';
import { bandAt } from './judge-band.ts';
import type { BreakdownJudge } from './judge-breakdown.ts';
import { gatingOf, judgeConvergence } from './judge-convergence.ts';
import { judgeForecast } from './judge-forecast.ts';
import { judgeGate } from './judge-gate.ts';
import { type GhostNow, judgeGhost } from './judge-ghost.ts';
import { judgeLanes } from './judge-lane.ts';
import { judgeMinute } from './judge-minute.ts';
import type { ConvergenceNow, ForecastNow, GateNow, LaneNow, MinuteNow, RollbackNow, RunbookNow } from './judge-night.ts';
import { judgeObserver } from './judge-observer.ts';
import { judgeRollback } from './judge-rollback.ts';
import { judgeRunbook } from './judge-runbook.ts';
import { judgeService, type ServiceNow } from './judge-service.ts';
import { isOnPaper, judgeSource, type SourceNow } from './judge-source.ts';
import { type Worst, worstFirst } from './judge-worst.ts';
import { type AlarmsJudge, plainAlarms } from './plain-alarms.ts';
import { type Standing, worstOf } from './standing.ts';

export type CutoverNow = CutoverFacts & {
	/** The last phase reached, by the plan's order; null before the first. */
	readonly phase: string | null;
	readonly tPlusMs: number;
	readonly remainingMs: number;
};

/** Sums over the archives that are counted in bytes. `counted` of `of` have a known total and a known position. */
export type Rollup = {
	readonly total: number | null;
	readonly moved: number | null;
	readonly verified: number | null;
	readonly rate: number | null;
	readonly errors: number | null;
	readonly totalGrowing: boolean;
	readonly counted: number;
	readonly of: number;
	readonly done: number;
	readonly standing: Standing;
	readonly ageMs: number | null;
	readonly oldest: Oldest | null;
};

export type BoardNow = {
	readonly now: number;
	readonly rehearsal: boolean;
	readonly plan: Board['plan'];
	readonly cutover: CutoverNow | null;
	readonly archives: Readonly<Record<string, ArchiveNow>>;
	readonly rollup: Rollup;
	readonly services: Readonly<Record<string, ServiceNow>>;
	readonly sources: Readonly<Record<string, SourceNow>>;
	/** Null where the plan has no site. */
	readonly er: ErNow | null;
	/** Null where the plan has nothing of it, or its part is not here yet. */
	readonly breakdown: BreakdownNow | null;
	readonly alarms: AlarmsNow;
	readonly observer: ObserverNow;
	readonly runbook: RunbookNow;
	readonly gates: Readonly<Record<string, GateNow>>;
	readonly forecast: ForecastNow;
	readonly rollback: RollbackNow | null;
	readonly lanes: Readonly<Record<string, LaneNow>>;
	/** Beside the rehearsal at the same T+; null where the plan names none. */
	readonly ghost: GhostNow | null;
	/** By archive, where it reports changes. */
	readonly convergence: Readonly<Record<string, ConvergenceNow>>;
	/** The archive whose backlog would hold the freeze longest. */
	readonly gating: string | null;
	/** The cutover's minutes; null outside them. */
	readonly minute: MinuteNow | null;
	readonly marks: { readonly count: number; readonly last: readonly (MarkRow & { readonly seq: number })[] };
	/** What needs a decision, worst first; empty on a quiet night. */
	readonly worst: readonly Worst[];
};

const mapValues = <A, B>(map: Readonly<Record<string, A>>, turn: (value: A, key: string) => B): Record<string, B> =>
	Object.fromEntries(Object.entries(map).map(([key, value]) => [key, turn(value, key)]));

/** `er`: the same board's emergency rooms at the same moment; `judgeBreakdown`, `judgeAlarms`: null where the board has nothing for them, or they are not here. */
export function judgeBoard(
	board: Board,
	now: number,
	er: ErNow | null,
	judgeBreakdown: BreakdownJudge | null,
	judgeAlarms: AlarmsJudge | null,
): BoardNow {
	const forecast = judgeForecast(board, now);
	const archives = mapValues(board.archives, (facts, id) => {
		const one = judgeArchive(id, facts, now, board.sources);
		return { ...one, finish: finishOf(one, id, board, now) };
	});
	const sites = Object.values(board.sites);
	const onPaper = Object.keys(board.sources).filter((id) => board.sources[id] !== undefined && isOnPaper(id, board.sources[id], sites));
	const sources = mapValues(board.sources, (facts, source) => {
		const fed = facts.archives.map((id) => archives[id]).filter((one) => one !== undefined);
		return judgeSource(facts, fed, now, onPaper.includes(source));
	});
	const cutover = board.follows === null ? undefined : board.cutovers[board.follows];
	const services = mapValues(board.services, (facts) => judgeService(facts, now, cutover));
	const runbook = judgeRunbook(board, now, forecast);
	const gates = mapValues(board.gates, (facts) => judgeGate(facts, board, now));
	const lanes = judgeLanes(board, runbook, now);
	const replicated = Object.entries(board.archives).filter(([, { figures }]) => figures.deltaPending !== undefined || figures.lagBytes !== undefined);
	const convergence = Object.fromEntries(replicated.map(([id, facts]) => [id, judgeConvergence(facts, now)]));
	const minute = judgeMinute(cutover, board.sources, now, onPaper);
	const rows = Object.entries(board.marks.rows).map(([seq, row]) => ({ seq: Number(seq), ...row }));
	const breakdown = judgeBreakdown?.(board, services, now) ?? null;
	return {
		now,
		rehearsal: board.rehearsal,
		plan: board.plan,
		cutover: cutover ? judgeCutover(cutover, now) : null,
		archives,
		rollup: rollUp(archives),
		services,
		sources,
		er,
		breakdown,
		alarms: (judgeAlarms ?? plainAlarms)(board, now, isUnseenIn({ service: services, archive: archives, site: er?.sites, ...kindsOf(breakdown) })),
		observer: judgeObserver(board, now),
		runbook,
		gates,
		forecast,
		rollback: judgeRollback(board, forecast, now),
		lanes,
		ghost: judgeGhost(board, archives, now),
		convergence,
		gating: gatingOf(convergence),
		minute,
		marks: { count: board.marks.count, last: rows.sort((a, b) => b.seq - a.seq) },
		worst: worstFirst(
			{ archive: archives, service: services, source: sources, site: er?.sites ?? {} },
			{ cutover: cutover ?? null, forecast, gates, tasks: runbook.tasks, lanes, minute },
		),
	};
}

type Standings = Readonly<Record<string, { readonly standing: Standing } | undefined>>;
const kindsOf = (one: BreakdownNow | null): Record<string, Standings> =>
	one === null ? {} : { facility: one.facilities, network: one.networks, dependant: one.dependants, flow: one.flows };

/** Whether Regia sees nothing of a subject at the moment. */
const isUnseenIn =
	(kinds: Readonly<Record<string, Standings | undefined>>) =>
	(subject: string): boolean => {
		const slash = subject.indexOf('/');
		return kinds[subject.slice(0, slash)]?.[subject.slice(slash + 1)]?.standing === 'blind';
	};

function judgeCutover(facts: CutoverFacts, now: number): CutoverNow {
	const reached = facts.phases.filter((phase) => facts.reached[phase.id] !== undefined);
	return { ...facts, phase: reached.at(-1)?.id ?? null, tPlusMs: now - facts.windowStart, remainingMs: facts.windowEnd - now };
}

const unknownFinish = { p50: null, p80: null, p90: null };
/** When its copy is verified, by the last forecast; not of an archive that is done, or that nobody hears of any more. */
const finishOf = (one: ArchiveNow, id: string, { forecast }: Board, now: number): ArchiveNow['finish'] =>
	one.done || one.standing === 'blind' ? unknownFinish : (bandAt(forecast, forecast?.archives[id], now) ?? unknownFinish);

const sum = (all: readonly (number | null)[]): number | null => {
	const known = all.filter((one) => one !== null);
	return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
};

/** A rate needs all of its inputs: one unknown makes the sum unknown, for it would be too low and look like news. */
const sumOfAll = (all: readonly (number | null)[]): number | null => (all.some((one) => one === null) ? null : sum(all));

/** Staleness travels: the sum is as old as its oldest input, and names it (product.md, 1). */
export function rollUp(archives: Readonly<Record<string, ArchiveNow>>): Rollup {
	const all = Object.values(archives);
	const inBytes = all.filter((one) => one.unit === 'B');
	const counted = inBytes.filter((one) => one.total !== null && one.moved !== null);
	let oldest: Oldest | null = null;
	for (const [id, one] of Object.entries(archives)) {
		const mine: Oldest = one.oldest ?? { subject: `archive/${id}`, measure: 'archive.bytesMoved', ageMs: null, limitMs: 0 };
		if (oldest === null || isOlder(mine, oldest)) oldest = mine;
	}
	return {
		total: sum(counted.map((one) => one.total)),
		moved: sum(counted.map((one) => one.moved)),
		verified: sum(counted.map((one) => one.verified)),
		rate: sumOfAll(inBytes.filter((one) => !one.done).map((one) => one.rate)) ?? (inBytes.length > 0 && inBytes.every((one) => one.done) ? 0 : null),
		errors: sum(all.map((one) => one.errors)),
		totalGrowing: inBytes.some((one) => one.totalGrowing),
		counted: counted.length,
		of: all.length,
		done: all.filter((one) => one.done).length,
		// One blind input makes the sum unknown, whatever faults are known beside it.
		standing: all.length === 0 || all.some((one) => one.standing === 'blind') ? 'blind' : worstOf(all.map((one) => one.standing)),
		ageMs: oldest?.ageMs ?? null,
		oldest,
	};
}
