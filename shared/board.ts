// The board: all projections, as facts. It travels and is stored as written here: instants only, never ages or standings
// (judge.ts derives those for a moment, on both ends). Times are ms since 1970 UTC, durations end in Ms, bytes are whole.
import { type BreakdownFacts, emptyBreakdown } from './board-breakdown.ts';
import type { SiteFacts } from './board-er.ts';
import type { ForecastFacts, GateFacts, LaneFacts, PromiseFacts, Replication, RollbackFacts, TaskFacts } from './board-night.ts';
import type { Curve } from './curve.ts';
import type { ErRefusalCode } from './er.ts';
import type { Mark } from './mark.ts';
import type { MeasureName } from './measures.ts';
import type { PressFacts } from './press.ts';
import type { BlindCode, RefusalCode } from './sample.ts';

/**
 * The newest value of one series. An array, so that a change is one operation on the wire.
 * `why` and `blindSince` are set while the newest reading says that Regia could not look; value, at and seen are then the last good ones.
 */
export type Figure = readonly [value: number | null, at: number, seen: number, why?: BlindCode, blindSince?: number];

type NamesOf<K extends string> = MeasureName extends infer M ? (M extends `${K}.${infer N}` ? N : never) : never;
export type ArchiveFigure = NamesOf<'archive'>;
export type ServiceFigure = NamesOf<'service'>;

/** Bucket number (instant / bucketMs, rounded down) → last value in it; a bucket without a key is a gap. Bounded. */
export type Trend = Readonly<Record<string, number>>;

export type ArchiveFacts = {
	readonly label: string;
	readonly wave: number | null;
	readonly team: string | null;
	readonly service: string | null;
	readonly items: 'files' | 'rows' | 'studies' | 'records';
	readonly verifiedBy: string | null;
	/** What the plan says it weighs; used in sums until a source reports a total. */
	readonly plannedTotal: number | null;
	/** Override the measures' own limits where the plan gives them: one for what a check proved, one for all else. */
	readonly staleAfterMs: number | null;
	readonly verifiedStaleAfterMs: number | null;
	readonly advanceWithinMs: number;
	readonly figures: Readonly<Partial<Record<ArchiveFigure, Figure>>>;
	/** Bytes a second over the last minutes of reports, and the instant it holds for. */
	readonly rate: readonly [bytesPerSecond: number, at: number] | null;
	/** Changes and their application, where it reports both. */
	readonly replication: Replication | null;
	/** How fast what is still to be applied grows (negative: shrinks), in bytes a second, and the instant it holds for. */
	readonly pendingRate: readonly [bytesPerSecond: number, at: number] | null;
	/** When a position (moved, verified, delta) last grew; when the total last grew; both null while they never did. */
	readonly advancedAt: number | null;
	readonly totalGrewAt: number | null;
	/** The sources that report on it. */
	readonly sources: readonly string[];
	/** `total` has a point only where it changed. */
	readonly trends: { readonly moved: Trend; readonly verified: Trend; readonly total: Trend };
};

export type DowntimeMs = { readonly planned: number; readonly overrun: number; readonly unplanned: number; readonly unknown: number };
/** With the time that it was known to answer: the five are all of the time observed. */
export type AvailabilityMs = DowntimeMs & { readonly up: number };
export type UpState = 'up' | 'down' | 'unknown';

/** What a service tells of its bookings since midnight. */
export type BookingFacts = {
	/** How many the plan expects in each of a day's 24 hours; null where it says nothing. */
	readonly expected: readonly number[] | null;
	/** Over the last minutes of reports, and the instant it holds for. */
	readonly growth: readonly [perMinute: number, at: number] | null;
	/** Hour (instant / hour, rounded down) → the figure at its end; an hour without a key is a gap. Bounded. */
	readonly byHour: Readonly<Record<string, number>>;
};

export type ServiceFacts = {
	readonly label: string;
	readonly priority: number;
	readonly team: string | null;
	readonly tolerableMs: number | null;
	readonly planned: readonly (readonly [from: number, to: number])[];
	readonly staleAfterMs: number;
	readonly figures: Readonly<Partial<Record<ServiceFigure, Figure>>>;
	/** What it was up to `bookedTo`, since when it was so, and what is booked until there (availability.ts; judge.ts books the rest). */
	readonly state: UpState;
	readonly since: number | null;
	readonly booked: DowntimeMs;
	readonly bookedTo: number | null;
	/** Since it was last known to answer: when it went down, and the time that it was known to be; null where it has not. */
	readonly outage: { readonly since: number; readonly withoutMs: number } | null;
	readonly stoppedAt: number | null;
	readonly restoredAt: number | null;
	/** Null where it never told of any and none are expected. */
	readonly bookings: BookingFacts | null;
	readonly trends: { readonly latency: Trend };
	/** Subjects without which it fails. */
	readonly needs: readonly string[];
	/** Month in the plan's zone (`2021-08`) → what was booked in it up to `bookedTo`; of the last twelve that had any. */
	readonly months: Readonly<Record<string, AvailabilityMs>>;
	/** The same within the cutover's window. */
	readonly night: AvailabilityMs;
	/** Hour (instant / hour, rounded down) → step of latency (latency.ts) → how many answers took it; of the last 24 hours. */
	readonly latencies: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

export type SourceFacts = {
	readonly label: string;
	readonly kind: string;
	readonly team: string | null;
	readonly everyMs: number;
	readonly staleAfterMs: number;
	readonly moveWithinMs: number;
	readonly advanceWithinMs: number;
	/** Talks: when it last answered. Moves: when any figure of it last changed. Advances: when a position of it last grew. */
	readonly talkedAt: number | null;
	readonly movedAt: number | null;
	readonly advancedAt: number | null;
	/** Why it could not be read last time, and since when; null while it answers. */
	readonly why: BlindCode | null;
	readonly failingSince: number | null;
	readonly accepted: number;
	readonly late: number;
	readonly refused: Readonly<Partial<Record<RefusalCode | ErRefusalCode, number>>>;
	/** How far its clock runs ahead of ours (ms), by its newest report; negative figures are travel time and not kept. */
	readonly aheadMs: number;
	/** Times a position of it fell. */
	readonly wentBack: number;
	/** What its last heartbeat said of itself: 1 up, 0 down; null where it sends none. */
	readonly beat: number | null;
	/** Since when its heartbeats say down; absent while they do not. */
	readonly downSince?: number;
	/** Archives it feeds positions for. */
	readonly archives: readonly string[];
	/** It told of something else than emergency rooms and itself. */
	readonly tellsOfMore?: true;
};

export type CutoverFacts = {
	readonly id: string;
	readonly name: string;
	readonly zone: string;
	readonly windowStart: number;
	readonly windowEnd: number;
	readonly phases: readonly { readonly id: string; readonly label: string; readonly at: number }[];
	readonly reached: Readonly<Record<string, number>>;
	/** The cutover's minutes: nothing is written from here, to the first good transaction on the new side. */
	readonly frozenAt: number | null;
	readonly firstGoodAt: number | null;
	readonly turnedBackAt: number | null;
};

export type MarkRow = { readonly at: number; readonly by: string; readonly mark: Mark };

/** A health authority; the share of its systems that is moved, as it reports it. */
export type BodyFacts = { readonly label: string; readonly estateMoved: Figure | null };

export type Board = BreakdownFacts & {
	readonly rehearsal: boolean;
	readonly plan: { readonly id: string; readonly name: string; readonly digest: string; readonly seq: number } | null;
	/** The cutover that a screen follows unless it says otherwise. */
	readonly follows: string | null;
	readonly cutovers: Readonly<Record<string, CutoverFacts>>;
	readonly bucketMs: number;
	readonly teams: Readonly<Record<string, { readonly label: string; readonly kind: 'vendor' | 'house' }>>;
	readonly archives: Readonly<Record<string, ArchiveFacts>>;
	readonly services: Readonly<Record<string, ServiceFacts>>;
	readonly sources: Readonly<Record<string, SourceFacts>>;
	readonly sites: Readonly<Record<string, SiteFacts>>;
	readonly bodies: Readonly<Record<string, BodyFacts>>;
	/** What the sums of all sites are called. */
	readonly region: string | null;
	/** Empty or null where the plan has none. */
	readonly tasks: Readonly<Record<string, TaskFacts>>;
	readonly gates: Readonly<Record<string, GateFacts>>;
	readonly forecast: ForecastFacts | null;
	readonly promises: PromiseFacts;
	readonly rollback: RollbackFacts | null;
	readonly lanes: Readonly<Record<string, LaneFacts>>;
	/** The past night that lies under this one; null where the plan names none. */
	readonly ghost: Curve | null;
	/** The last 200 by seq, and how many there ever were. */
	readonly marks: { readonly count: number; readonly rows: Readonly<Record<string, MarkRow>> };
	readonly displays: Readonly<Record<string, { readonly diagonalInches: number; readonly resolution: string; readonly distanceMetres: number }>>;
	/** Sheets for the press by id, the last of them, and how many there ever were. */
	readonly press: { readonly count: number; readonly rows: Readonly<Record<string, PressFacts>> };
	/** When this server process took over the record. */
	readonly startedAt: number | null;
};

export const MARKS_ON_BOARD = 200;

export const emptyBoard: Board = {
	...emptyBreakdown,
	rehearsal: false,
	plan: null,
	follows: null,
	cutovers: {},
	bucketMs: 60_000,
	teams: {},
	archives: {},
	services: {},
	sources: {},
	sites: {},
	bodies: {},
	region: null,
	tasks: {},
	gates: {},
	forecast: null,
	promises: { count: 0, rows: {} },
	rollback: null,
	lanes: {},
	ghost: null,
	marks: { count: 0, rows: {} },
	displays: {},
	press: { count: 0, rows: {} },
	startedAt: null,
};
