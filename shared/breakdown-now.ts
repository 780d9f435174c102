// What failures amount to at a moment. The shapes that screens and the API read; judge-breakdown.ts and judge-alarms.ts make them.
import type { AlarmFacts, AlarmPriority, Suppression } from './board-breakdown.ts';
import type { IncidentFacts, LinkedFigure, StatementFacts } from './board-incident.ts';
import type { ClockLaw, ClockStep, StatementAudience, StatementReason } from './breakdown.ts';
import type { Standing } from './standing.ts';

export type FacilityReason =
	| 'never-reported'
	| 'cannot-look'
	| 'silent'
	| 'too-hot'
	| 'hot'
	| 'rising'
	| 'cooling-lost'
	| 'cooling-short'
	| 'battery-low'
	| 'on-battery'
	| 'alerts';
export type FacilityNow = {
	readonly label: string;
	readonly side: 'old' | 'new' | null;
	readonly standing: Standing;
	readonly reason: FacilityReason | null;
	/** °C; null while unknown. `lastTemperature` and its age stay (rule 5). */
	readonly temperature: number | null;
	readonly lastTemperature: number | null;
	readonly watch: number;
	readonly limit: number;
	readonly degreesPerHour: number | null;
	/** At this rate of rise; null where it does not rise, is not known, or takes too long to be told; 0 at or above the limit. */
	readonly minutesToLimit: number | null;
	readonly cooling: { readonly working: number | null; readonly of: number | null } | null;
	readonly coolingFailedAt: number | null;
	readonly ups: { readonly onBattery: boolean | null; readonly runtimeMs: number | null; readonly charge: number | null } | null;
	readonly alerts: number | null;
	/** Of the oldest figure that counts. */
	readonly ageMs: number | null;
};

export type NetworkNow = {
	readonly label: string;
	readonly standing: Standing;
	readonly up: boolean | null;
	readonly since: number | null;
	readonly ageMs: number | null;
};

/** `working` is said only where a probe confirms it (of them, or of all that they need), with its age. */
export type DependantNow = {
	readonly label: string;
	readonly count: number | null;
	readonly operator: string | null;
	readonly state: 'blocked' | 'working' | 'unknown';
	readonly standing: Standing;
	/** Subjects that are down and that they need, the first to fall first; `dependant/…` itself where their own probe says so. */
	readonly by: readonly string[];
	readonly since: number | null;
	/** The subject whose probe says it, and how old its word is: the oldest, where several are needed. */
	readonly confirmedBy: string | null;
	readonly ageMs: number | null;
};

export type FlowState = 'met' | 'near' | 'cannot-be-met' | 'overdue' | 'unknown';
export type FlowNow = {
	readonly label: string;
	readonly state: FlowState;
	readonly standing: Standing;
	readonly deadlineMs: number;
	/** Of the oldest unsent record now: it grows while nobody sends it. Null while unknown. */
	readonly oldestAgeMs: number | null;
	/** When the oldest passes, or passed, its deadline; null where nothing waits or it is not known. */
	readonly dueAt: number | null;
	readonly overdueMs: number;
	readonly backlog: number | null;
	readonly drainPerMinute: number | null;
	/** Until the backlog is gone at this rate; null where it does not shrink. */
	readonly drainMs: number | null;
	readonly ageMs: number | null;
};

export type StepState = 'running' | 'near' | 'overdue' | 'sent' | 'sent-late' | 'waived';
export type StepNow = {
	readonly step: ClockStep;
	readonly due: number;
	readonly state: StepState;
	/** Negative once overdue; of one that was sent: what was left then. */
	readonly remainingMs: number;
	readonly sentAt: number | null;
	readonly protocol: string | null;
};
export type ClockNow = {
	readonly incident: string;
	readonly law: ClockLaw;
	readonly awareAt: number;
	readonly by: string;
	readonly steps: readonly StepNow[];
	/** The first that is still owed. */
	readonly next: StepNow | null;
	readonly standing: Standing;
};

export type IncidentNow = Omit<IncidentFacts, 'lines'> & {
	readonly id: string;
	readonly standing: Standing;
	/** How long it lasts, or lasted. */
	readonly lastsMs: number;
	readonly nextUpdateMs: number | null;
	readonly updateOverdue: boolean;
	readonly clocks: readonly string[];
};

/** `holds`: the data bear it out; `unlinked`: nothing was linked that data could check; `kept`: what it promised came true. */
export type Verdict = 'holds' | 'contradicted' | 'kept' | 'unknown' | 'unlinked';
export type StatementNow = {
	readonly id: string;
	readonly at: number;
	readonly by: string;
	readonly text: string;
	readonly audience: StatementAudience;
	readonly incident: string | null;
	readonly verdict: Verdict;
	/** Null also for the moments until Regia has written it down. */
	readonly contradictedAt: number | null;
	/** A contradiction that a corrected cause ended. */
	readonly corrected?: NonNullable<StatementFacts['corrected']>;
	readonly why: StatementReason | null;
	readonly linked: readonly LinkedFigure[];
	readonly standing: Standing;
};

export type BreakdownNow = {
	readonly facilities: Readonly<Record<string, FacilityNow>>;
	readonly networks: Readonly<Record<string, NetworkNow>>;
	readonly dependants: Readonly<Record<string, DependantNow>>;
	readonly flows: Readonly<Record<string, FlowNow>>;
	readonly clocks: Readonly<Record<string, ClockNow>>;
	readonly incidents: Readonly<Record<string, IncidentNow>>;
	/** The newest first. */
	readonly statements: readonly StatementNow[];
	/** Which lower-priority services were given back while a higher one is still out. */
	readonly restoreOrder: readonly { readonly early: string; readonly waiting: string }[];
};

export type AlarmNow = Omit<AlarmFacts, 'shelved' | 'suppressed'> & {
	readonly id: string;
	/** Whose label it is about, by the board. */
	readonly label: string;
	readonly state: 'unacknowledged' | 'acknowledged' | 'ended-unacknowledged' | 'latched';
	readonly shelvedUntil: number | null;
	readonly suppressed: Suppression | null;
	/** The alarm that explains this one, by the dependency map; null where it stands for itself. */
	readonly root: string | null;
	/** The first of its group to come on. */
	readonly isFirst: boolean;
};
export type AlarmGroup = {
	readonly root: string;
	readonly first: string;
	readonly count: number;
	/** The most urgent that asks for somebody, or, where none does, that still holds; and how urgent that is. */
	readonly worst: string;
	readonly priority: AlarmPriority;
};
export type AlarmRates = {
	readonly lastTenMinutes: number;
	readonly lastHour: number;
	readonly lastDay: number;
	readonly peakTenMinutes: number;
	/** Share of the last 24 hours in flood. */
	readonly inFlood: number;
	/** Standing for more than 24 hours. */
	readonly standing: number;
	/** That came on three times or more within the last hour, or since they stand. */
	readonly chattering: number;
};
export type AlarmsNow = {
	/** What asks for somebody: neither shelved nor suppressed; worst first: unacknowledged before acknowledged, by priority, the oldest first. */
	readonly active: readonly AlarmNow[];
	readonly shelved: readonly AlarmNow[];
	readonly suppressed: readonly AlarmNow[];
	/** Root causes with what hangs on them, worst first; every active alarm is in one. */
	readonly groups: readonly AlarmGroup[];
	readonly floodSince: number | null;
	readonly rates: AlarmRates;
};

/** Regia's own sight: blind while none of its canaries answers. */
export type ObserverNow = { readonly isBlind: boolean; readonly since: number | null };
