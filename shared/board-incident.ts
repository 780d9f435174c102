// What the board holds of incidents, of what was said, and of legal clocks, as facts. Instants only, as in board-breakdown.ts.
import type {
	ClockLaw,
	ClockStep,
	IncidentLineKind,
	IncidentNature,
	IncidentRole,
	IncidentStatus,
	StatementAudience,
	StatementReason,
} from './breakdown.ts';
import type { Claim } from './mark-breakdown.ts';
import type { MeasureName } from './measures.ts';

export type IncidentLine = {
	readonly at: number;
	/** Null where Regia noticed it. */
	readonly by: string | null;
	readonly what: IncidentLineKind;
	/** What a person wrote: a title, a cause, a note, a sentence, a protocol number, a reason. */
	readonly text: string | null;
	/** A closed word beside it: the status, nature or role; an alarm's rule; `nis2` or `nis2.early` of a legal clock; why a sentence is contradicted. */
	readonly detail?: string;
	/** What an alarm or a sentence (`statement/…`) is about. */
	readonly subject?: string;
	/** Until when the next update is promised, or from when a legal clock counts. */
	readonly until?: number;
};
export const INCIDENT_LINES_ON_BOARD = 200;
export const INCIDENTS_ON_BOARD = 200;
export const STATEMENTS_ON_BOARD = 200;
export type IncidentFacts = {
	readonly title: string;
	/** What fell, and since when; the subjects that its automatic facts are about. */
	readonly subject: string | null;
	readonly alarm: string | null;
	readonly openedAt: number;
	readonly openedBy: string;
	/** When it began, which may be before anybody knew. */
	readonly since: number;
	readonly status: IncidentStatus;
	readonly statusAt: number;
	readonly nature: IncidentNature;
	readonly cause: string | null;
	readonly causeAt: number | null;
	readonly roles: Readonly<Partial<Record<IncidentRole, string>>>;
	/** When the next update is due; null where none was promised. Stays while it is closed, and holds again once it is reopened. */
	readonly nextUpdate: number | null;
	readonly closedAt: number | null;
	/** By seq (and a letter where one entry says several things): what people marked and what Regia noticed; the last 200, and how many there were. */
	readonly lines: { readonly count: number; readonly rows: Readonly<Record<string, IncidentLine>> };
};

/** A figure as it stood when a sentence was said. */
export type LinkedFigure = { readonly subject: string; readonly measure: MeasureName; readonly value: number | null; readonly at: number | null };
export type StatementFacts = {
	readonly at: number;
	readonly by: string;
	readonly text: string;
	readonly audience: StatementAudience;
	readonly incident: string | null;
	readonly claims: readonly Claim[];
	readonly linked: readonly LinkedFigure[];
	/** Since when the data contradict it, and which claim; stays, also when the data turn again, but for a cause that is corrected. Null while not. */
	readonly contradicted: { readonly at: number; readonly claim: number; readonly why: StatementReason } | null;
	/** From when until when a cause contradicted it that was not the last: the newest such time. Absent where there was none. */
	readonly corrected?: { readonly from: number; readonly until: number };
	/** When each of its promises came true, by the claim's place; and all of them, null while one is open or it made none. */
	readonly kept: Readonly<Record<string, number>>;
	readonly keptAt: number | null;
	/** Where it is under embargo: before it nothing tells of it. */
	readonly notBefore?: number;
	/** When the sheet that it is was withdrawn; absent while it stands. */
	readonly withdrawnAt?: number;
	/** The press sheet that it is, and which other took its place; absent where it is none. */
	readonly sheet?: { readonly id: string; readonly supersededBy: string | null };
};

export const clockKey = (incident: string, law: ClockLaw): string => `${incident}-${law}`;

/** A legal clock: started by a person's recorded decision. Keyed by `clockKey`. */
export type ClockFacts = {
	readonly incident: string;
	readonly law: ClockLaw;
	/** From when it counts, and when and by whom that was decided. */
	readonly awareAt: number;
	readonly decidedAt: number;
	readonly by: string;
	readonly sent: Readonly<Partial<Record<ClockStep, { readonly at: number; readonly protocol: string; readonly by: string }>>>;
	/** Who decided that no more is owed, and why. */
	readonly waived: { readonly at: number; readonly by: string; readonly reason: string } | null;
};
