// What a night's script holds: invented courses of archives and services, and what the room marks, in minutes after the window opens.
// Knows no date, no rhythm and no chance.
import type { WireMark } from '../../shared/mark.ts';
import type { Knots } from './course.ts';
import type { MessageBatch, SiteCount } from './scenario.ts';

/** Quantities in GB. */
export type Archive = {
	readonly id: string;
	readonly source: string;
	/** At every minute verified ≤ moved ≤ total, and all three end equal. */
	readonly total: Knots;
	readonly moved: Knots;
	readonly verified: Knots;
	readonly bytesAnItem?: number;
	/** What changed since the seed copy, apart from it. */
	readonly delta?: { readonly moved: Knots; readonly pending: Knots };
	readonly lags?: boolean;
	readonly errors?: Knots;
};

export type Service = {
	readonly id: string;
	/** Spans [from, to) in which each side answers. */
	readonly answers: { readonly Old: Knots; readonly New: Knots };
	readonly latencyMs: { readonly Old: number; readonly New: number };
	/** What is written on the new side while it answers, from this minute on; read with the probes as soon as it answers. */
	readonly writes: { readonly from: number; readonly recordsAMinute: number; readonly bytesAMinute: number };
};

/** `by`: whose mark it is, where not the rehearsal's own commander's. */
export type RoomMark = readonly [minute: number, mark: WireMark, by?: string];

/** A task's start and end; `null`: it does not come to it. */
export type TaskTimes = Readonly<Record<string, readonly [start: number, end: number | null]>>;

/** What emergency rooms say through the night; instants in ms UTC, marks in minutes. */
export type NightEr = {
	messagesAt(instant: number): readonly MessageBatch[];
	countsAt(instant: number): readonly SiteCount[];
	readonly marks: readonly RoomMark[];
};

export type Night = {
	readonly archives: readonly Archive[];
	readonly services: readonly Service[];
	/** The source that looks at the services. */
	readonly probedBy: string;
	/** In the order in which they speak. */
	readonly sources: readonly string[];
	/** Spans [from, to) in which a source says nothing while its work goes on. */
	readonly silent: Readonly<Partial<Record<string, Knots>>>;
	readonly marks: readonly RoomMark[];
	readonly er?: NightEr;
};

/** The window is open for this long; nothing is due after it. */
export const NIGHT_MINUTES = 600;
