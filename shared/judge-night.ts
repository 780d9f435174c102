// What the night's facts amount to at a moment: the shapes that screens and the API read. Each has its judge in a file of its own.
import type { Band, Evidence, TaskFacts } from './board-night.ts';
import type { Vote } from './mark.ts';
import type { Unit } from './measures.ts';
import type { Standing } from './standing.ts';

/** `ready`: all that it waits for is done. `set-aside`: not ended, and on the way that the night no longer goes. */
export type TaskStatus = 'waiting' | 'ready' | 'running' | 'done' | 'skipped' | 'failed' | 'set-aside';

export type TaskNow = TaskFacts & {
	readonly status: TaskStatus;
	/** By the plan; null where it gives no start. */
	readonly planned: readonly [start: number, end: number] | null;
	/** p50 of start and end while it is open; null where it cannot be told. Never before now. */
	readonly forecast: readonly [start: number, end: number] | null;
	/** Behind its planned start or end by more than a minute. */
	readonly isLate: boolean;
	readonly lateMs: number;
	/** The finish hangs on it. */
	readonly isCritical: boolean;
};

/** Rollback steps are not counted until the night is turned back. */
export type RunbookNow = {
	readonly total: number;
	/** Skipped ones among them. */
	readonly done: number;
	readonly running: number;
	readonly late: number;
	readonly failed: number;
	/** The finish's p50 beside the planned end of the last task; positive: ahead. Null where it cannot be told. */
	readonly aheadMs: number | null;
	readonly standing: Standing;
	readonly tasks: Readonly<Record<string, TaskNow>>;
};

export type CriterionReason = 'met' | 'outside' | 'not-long-enough' | 'stale' | 'cannot-look' | 'never-reported' | 'not-done';
export type CriterionNow = {
	readonly id: string;
	readonly label: string;
	readonly met: boolean;
	readonly reason: CriterionReason;
	/** As compared with the bounds: in `unit`, or a share of 1. Null as soon as it is stale. */
	readonly value: number | null;
	readonly unit: Unit | 'share' | null;
	readonly atLeast: number | null;
	readonly atMost: number | null;
	readonly ageMs: number | null;
	/** How long it has been met, and for how long it must be. */
	readonly metForMs: number | null;
	readonly holdForMs: number;
};
export type VoteNow = {
	readonly position: string;
	readonly label: string;
	readonly team: string | null;
	readonly role: string | null;
	/** Null: none, or aged out. */
	readonly vote: Vote | null;
	readonly at: number | null;
	readonly by: string | null;
	readonly runsOutInMs: number | null;
};
export type GateState = 'waiting' | 'go' | 'hold' | 'back' | 'closed';
export type GateNow = {
	readonly label: string;
	readonly task: string | null;
	readonly state: GateState;
	/** Never `go` while a criterion is unmet or unknown, whatever was decided before. */
	readonly standing: Standing;
	readonly criteria: readonly CriterionNow[];
	/** Whether a go may be voted now: every criterion is met. */
	readonly canGo: boolean;
	readonly votes: readonly VoteNow[];
	readonly cast: number;
	readonly minimum: number;
	readonly until: number | null;
	readonly remainingMs: number | null;
	readonly decided: { readonly state: Vote; readonly at: number; readonly evidence: Readonly<Record<string, Evidence>> } | null;
	readonly reopened: { readonly times: number; readonly at: number; readonly why: string } | null;
	readonly closed: { readonly how: 'passed' | 'expired'; readonly at: number; readonly by: string } | null;
};

export type ForecastNow = {
	/** Null as soon as the forecast is old or could not be told. Never before now. */
	readonly finish: { readonly p50: number; readonly p80: number; readonly p90: number } | null;
	readonly reason: 'none' | 'old' | 'nothing-planned' | 'blind' | 'will-not-converge' | 'never-advances' | 'finished' | null;
	readonly standing: Standing;
	readonly at: number | null;
	readonly ageMs: number | null;
	/** End of the window − p50; negative: past it. */
	readonly marginMs: number | null;
	readonly blind: readonly string[];
	readonly drivers: readonly { readonly subject: string; readonly label: string }[];
	readonly gates: Readonly<Record<string, Band>>;
	readonly services: Readonly<Record<string, Band>>;
	readonly streams: Readonly<Record<string, { readonly factor: number; readonly aheadMs: number }>>;
	readonly promises: { readonly count: number; readonly rows: readonly (readonly [at: number, p50: number, p80: number, p90: number])[] };
};

export type RollbackNow = {
	readonly lastMoment: number | null;
	readonly remainingMs: number | null;
	/** Null where it cannot be told, or nothing is left to go back from. */
	readonly possible: boolean | null;
	readonly standing: Standing;
	readonly reason: 'unknown-duration' | 'passed' | 'forward-does-not-fit' | 'forward-unknown' | 'soon' | 'turned-back' | 'finished' | null;
	readonly parts: { readonly rollbackMs: number | null; readonly validationMs: number; readonly marginMs: number };
	readonly evidence: { readonly rollback: 'rehearsed' | 'assumed'; readonly validation: 'rehearsed' | 'assumed' };
	readonly decider: string | null;
	/** What going back now would lose. `value` null: not known. Nothing is lost while the reverse replication is healthy (`kept`). */
	readonly cost: readonly {
		readonly label: string;
		readonly value: number | null;
		readonly unit: Unit;
		readonly ageMs: number | null;
		readonly kept: boolean;
	}[];
};

export type LaneNow = {
	readonly label: string;
	readonly kind: 'vendor' | 'house';
	readonly lastReportAt: number | null;
	/** Null: never heard. */
	readonly ageMs: number | null;
	readonly promise: number | null;
	readonly callDueAt: number | null;
	readonly standing: Standing;
	readonly reason: 'silent' | 'promise-broken' | 'late' | null;
	readonly running: readonly string[];
	readonly next: string | null;
	readonly done: number;
	readonly total: number;
};

export type ConvergenceNow = {
	readonly verdict: 'converges' | 'will-not-converge' | 'caught-up' | 'unknown';
	readonly changeRate: number | null;
	readonly applyRate: number | null;
	readonly pending: number | null;
	/** Until nothing is pending while changes still come in; null where it never is or cannot be told. */
	readonly inMs: number | null;
	/** How long writes would have to stand still now for all pending to be applied. */
	readonly freezeMs: number | null;
	readonly ageMs: number | null;
};

/** The cutover's minutes: `frozen` from the write freeze to the first good transaction; every source must beat then. */
export type MinuteNow = { readonly frozenAt: number; readonly silent: readonly string[] };
