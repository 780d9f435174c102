// The board at a moment: standings and ages, derived from the facts by this one function on both ends (decision 1).
import type { Board, CutoverFacts, MarkRow } from './board.ts';
import { type ArchiveNow, isOlder, judgeArchive, type Oldest } from './judge-archive.ts';
import { judgeConvergence } from './judge-convergence.ts';
import { judgeForecast } from './judge-forecast.ts';
import { judgeGate } from './judge-gate.ts';
import { judgeLanes } from './judge-lane.ts';
import type { ConvergenceNow, ForecastNow, GateNow, LaneNow, MinuteNow, RollbackNow, RunbookNow } from './judge-night.ts';
import { judgeRollback } from './judge-rollback.ts';
import { judgeRunbook } from './judge-runbook.ts';
import { judgeService, type ServiceNow } from './judge-service.ts';
import { judgeSource, type SourceNow } from './judge-source.ts';
import { byWorst, type Standing, worstOf } from './standing.ts';

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

export type Worst = {
	readonly subject: string;
	readonly label: string;
	readonly standing: Standing;
	readonly reason: string;
	readonly ageMs: number | null;
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
	readonly runbook: RunbookNow;
	readonly gates: Readonly<Record<string, GateNow>>;
	readonly forecast: ForecastNow;
	readonly rollback: RollbackNow | null;
	readonly lanes: Readonly<Record<string, LaneNow>>;
	/** By archive, where it reports changes. */
	readonly convergence: Readonly<Record<string, ConvergenceNow>>;
	/** The cutover's minutes; null outside them. */
	readonly minute: MinuteNow | null;
	readonly marks: { readonly count: number; readonly last: readonly (MarkRow & { readonly seq: number })[] };
	/** What needs a decision, worst first; empty on a quiet night. */
	readonly worst: readonly Worst[];
};

const mapValues = <A, B>(map: Readonly<Record<string, A>>, turn: (value: A, key: string) => B): Record<string, B> =>
	Object.fromEntries(Object.entries(map).map(([key, value]) => [key, turn(value, key)]));

export function judge(board: Board, now: number): BoardNow {
	const archives = mapValues(board.archives, (facts, id) => judgeArchive(id, facts, now, board.sources));
	const sources = mapValues(board.sources, (facts) =>
		judgeSource(
			facts,
			facts.archives.map((id) => archives[id]).filter((one) => one !== undefined),
			now,
		),
	);
	const cutover = board.follows === null ? undefined : board.cutovers[board.follows];
	const services = mapValues(board.services, (facts) => judgeService(facts, now, cutover?.windowStart));
	const forecast = judgeForecast(board, now);
	const runbook = judgeRunbook(board, now, forecast);
	const replicated = Object.fromEntries(Object.entries(board.archives).filter(([, facts]) => facts.replication !== null));
	const rows = Object.entries(board.marks.rows).map(([seq, row]) => ({ seq: Number(seq), ...row }));
	return {
		now,
		rehearsal: board.rehearsal,
		plan: board.plan,
		cutover: cutover ? judgeCutover(cutover, now) : null,
		archives,
		rollup: rollUp(archives),
		services,
		sources,
		runbook,
		gates: mapValues(board.gates, (facts) => judgeGate(facts, board, now)),
		forecast,
		rollback: judgeRollback(board, forecast, now),
		lanes: judgeLanes(board, runbook, now),
		convergence: mapValues(replicated, (facts) => judgeConvergence(facts, now)),
		minute: minuteOf(cutover, sources),
		marks: { count: board.marks.count, last: rows.sort((a, b) => b.seq - a.seq) },
		worst: worstFirst({ archive: archives, service: services, source: sources }),
	};
}

function judgeCutover(facts: CutoverFacts, now: number): CutoverNow {
	const reached = facts.phases.filter((phase) => facts.reached[phase.id] !== undefined);
	return { ...facts, phase: reached.at(-1)?.id ?? null, tPlusMs: now - facts.windowStart, remainingMs: facts.windowEnd - now };
}

function minuteOf(cutover: CutoverFacts | undefined, sources: BoardNow['sources']): MinuteNow | null {
	if (cutover === undefined || cutover.frozenAt === null || cutover.firstGoodAt !== null) return null;
	const silent = Object.keys(sources).filter((id) => sources[id]?.standing === 'blind');
	return { frozenAt: cutover.frozenAt, silent };
}

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

type Judged = {
	readonly label: string;
	readonly standing: Standing;
	readonly ageMs: number | null;
	readonly reason?: string | null;
	readonly why?: string | null;
};

function worstFirst(kinds: Readonly<Record<string, Readonly<Record<string, Judged>>>>): Worst[] {
	const found: Worst[] = [];
	for (const [kind, all] of Object.entries(kinds)) {
		for (const [id, one] of Object.entries(all)) {
			if (one.standing === 'good') continue;
			found.push({ subject: `${kind}/${id}`, label: one.label, standing: one.standing, reason: one.reason ?? one.why ?? 'silent', ageMs: one.ageMs });
		}
	}
	return found.sort((a, b) => byWorst(a.standing, b.standing) || (b.ageMs ?? Number.MAX_VALUE) - (a.ageMs ?? Number.MAX_VALUE));
}
