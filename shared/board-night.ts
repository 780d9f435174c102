// The board's facts about the night itself: runbook, gates, forecast, way back, vendor lanes. Instants only, never ages or standings.
import type { Figure } from './board.ts';
import type { Vote } from './mark.ts';
import type { MeasureName, Unit } from './measures.ts';

export type TaskKind = 'task' | 'gate' | 'communication' | 'rollback';
export type TaskState = 'waiting' | 'running' | 'done' | 'skipped' | 'failed';

export type TaskFacts = {
	readonly label: string;
	readonly kind: TaskKind;
	/** Left out in the plan: the team's own. */
	readonly stream: string;
	readonly team: string | null;
	readonly owner: string | null;
	readonly plannedStart: number | null;
	readonly durationMs: number;
	readonly rehearsed: readonly [p50Ms: number, p90Ms: number] | null;
	readonly after: readonly string[];
	readonly fixed: number | null;
	readonly criterion: string | null;
	readonly gate: string | null;
	readonly archive: string | null;
	readonly restores: string | null;
	readonly state: TaskState;
	readonly startedAt: number | null;
	readonly endedAt: number | null;
	/** Who made the last mark on it, and the reason that came with it. */
	readonly by: string | null;
	readonly reason: string | null;
	/** Times it was opened again. */
	readonly reopened: number;
};

export type CriterionFacts = {
	readonly label: string;
	readonly subject: string | null;
	readonly measure: MeasureName | null;
	readonly unit: Unit | 'share' | null;
	readonly of: MeasureName | null;
	readonly atLeast: number | null;
	readonly atMost: number | null;
	readonly holdForMs: number;
	readonly maxAgeMs: number;
	/** The limit of `of`, where it has one of its own. */
	readonly ofMaxAgeMs?: number;
	readonly task: string | null;
	readonly figure: Figure | null;
	readonly ofFigure: Figure | null;
	/** Since when every reading has lain within the bounds, none older than `maxAgeMs` when the next came; null: it does not, or is not known to. */
	readonly metSince: number | null;
};

/** The value that a decision was given on: as compared (a share, where it is one), its age then, and whether it was met. */
export type Evidence = readonly [value: number | null, ageMs: number | null, met: boolean];
export type GateDecision = Vote;

export type GateFacts = {
	readonly label: string;
	/** Its place in the runbook. */
	readonly task: string | null;
	readonly until: number | null;
	readonly voteHoldsMs: number;
	readonly minimum: number;
	readonly positions: Readonly<Record<string, { readonly label: string; readonly team: string | null; readonly role: string | null }>>;
	readonly criteria: Readonly<Record<string, CriterionFacts>>;
	readonly votes: Readonly<Record<string, readonly [vote: Vote, at: number, by: string]>>;
	/** What the votes came to, written by Regia itself when they did, with what it was given on. */
	readonly decided: { readonly state: GateDecision; readonly at: number; readonly evidence: Readonly<Record<string, Evidence>> } | null;
	/** How often a decision fell by itself; when last, and why: a criterion's id or `vote/<position>`. */
	readonly reopened: readonly [times: number, at: number, why: string] | null;
	/** Passed by a person at go, or run out of time. */
	readonly closed: readonly [how: 'passed' | 'expired', at: number, by: string] | null;
};

/** Instants of the finish, by share of the draws that end before them. */
export type Band = readonly [p50: number, p80: number, p90: number];

/** What the finish hangs on, first to last: `task/<id>` or `archive/<id>`. */
export type ForecastFacts = {
	readonly at: number;
	readonly seed: number;
	readonly draws: number;
	/** Null where it cannot be told; `why` then says what is missing. */
	readonly finish: Band | null;
	readonly why: ForecastGap | null;
	/** Subjects whose silence it had to bridge, so that it is wider, or could not be told. */
	readonly blind: readonly string[];
	readonly drivers: readonly string[];
	readonly gates: Readonly<Record<string, Band>>;
	readonly services: Readonly<Record<string, Band>>;
	readonly archives: Readonly<Record<string, Band>>;
	/** p50 of each open task's start and end. */
	readonly tasks: Readonly<Record<string, readonly [start: number, end: number]>>;
	/** How long tonight's work takes beside the rehearsal's (1: as long), and how far ahead of the plan a stream is (negative: behind). */
	readonly streams: Readonly<Record<string, { readonly factor: number; readonly aheadMs: number }>>;
};
export type ForecastGap = 'nothing-planned' | 'blind' | 'will-not-converge' | 'never-advances';

export const PROMISES_ON_BOARD = 200;
/** The finish times that were ever promised: the last 200 by seq, and how many there were. */
export type PromiseFacts = {
	readonly count: number;
	readonly rows: Readonly<Record<string, readonly [at: number, p50: number, p80: number, p90: number]>>;
};

export type RollbackFacts = {
	readonly durationMs: number | null;
	readonly durationEvidence: 'rehearsed' | 'assumed';
	readonly validationMs: number;
	readonly validationEvidence: 'rehearsed' | 'assumed';
	readonly marginMs: number;
	readonly decider: string | null;
	readonly reverse: string | null;
	/** `base`: what the counter stood at when the writes were frozen or, failing that, at its first reading. */
	readonly price: readonly {
		readonly label: string;
		readonly subject: string;
		readonly measure: MeasureName;
		readonly figure: Figure | null;
		readonly base: number | null;
	}[];
};

export type LaneFacts = {
	readonly callEveryMs: number | null;
	readonly lastReport: readonly [at: number, by: string] | null;
	/** By when, and when that was said. */
	readonly promise: number | null;
	readonly promisedAt: number | null;
};

/** How fast changes come in at an archive and how fast they are applied, in bytes a second over the last minutes of reports. */
export type Replication = readonly [changeRate: number, applyRate: number, at: number];
