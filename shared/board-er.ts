// What the board holds of emergency rooms, as facts: counts and instants. How full one is at a moment is judge-site.ts's to say.
import type { Figure } from './board.ts';
import type { ByCode, ByCodeAndMinute, ByMinute, TriageCode } from './er.ts';
import type { MeasureName } from './measures.ts';

type NamesOf<K extends string> = MeasureName extends infer M ? (M extends `${K}.${infer N}` ? N : never) : never;
export type SiteFigure = NamesOf<'site'>;

/** Counted from messages, visit by visit, in event time. */
export type CensusFacts = {
	/** When the newest message was made, and when it reached our door. */
	readonly heardAt: number;
	readonly heardSeen: number;
	/** When its first message reached us, and for how long nothing was heard of it since then while it filled. */
	readonly since: number;
	readonly unheardMs: number;
	/** All who are present are in it: so much time has passed, or a count by hand agreed. */
	readonly isFull: boolean;
	readonly waiting: ByCodeAndMinute;
	readonly treatment: ByCode;
	readonly observation: ByCode;
	readonly boarding: ByCodeAndMinute;
	/** Of the last six hours. */
	readonly arrivals: ByCodeAndMinute;
	readonly departures: ByCodeAndMinute;
	/** Hours since 1970 UTC → how many, of the last 48. */
	readonly arrivalsByHour: ByMinute;
	readonly departuresByHour: ByMinute;
	readonly unseenByHour: ByMinute;
	readonly lapsedByHour: ByMinute;
	/** Hour of departure → length of stay in steps of ten minutes → how many; of the last 24 hours. */
	readonly stays: Readonly<Record<string, ByMinute>>;
	readonly lastBed: readonly [at: number, waitMs: number] | null;
};

/** A count by hand: who is present, by code. */
export type CountFacts = {
	readonly at: number;
	readonly seen: number;
	readonly byCode: ByCode;
	readonly boarding: number;
	/** Paper forms filled in since the dark began, where the ward says: one that tells none keeps those that were told last in this dark. */
	readonly forms: number | null;
	readonly by: string;
};

/** `at`: how old it was by then; `present` is null where the site was blind already. */
export type LastWord = {
	readonly at: number;
	readonly present: number | null;
	readonly byCode: Readonly<Record<TriageCode, number>> | null;
	readonly boarding: number | null;
};

export const COUNTS_ON_BOARD = 60;

export type Diversion = 'open' | 'limited' | 'diverted';

export type SiteFacts = {
	readonly label: string;
	readonly short: string;
	readonly kind: 'PS' | 'DEA I' | 'DEA II' | null;
	readonly body: string | null;
	readonly service: string | null;
	readonly spaces: number | null;
	readonly beds: number | null;
	readonly physicians: number | null;
	readonly staleAfterMs: number;
	/** For how long a feed of messages that begins does not know who was there before it. */
	readonly fillsWithinMs: number;
	readonly paperEveryMs: number;
	readonly paperStaleAfterMs: number;
	readonly occupancy: { readonly watch: number; readonly bad: number };
	readonly neighbours: readonly string[];
	/** Arrivals an hour for each hour of the week from Monday 00:00 in the plan's zone, and where that is from. */
	readonly expected: readonly number[] | null;
	readonly expectedFrom: 'history' | 'plan' | null;
	readonly census: CensusFacts | null;
	/** From feeds that send counts, not messages; and what is reported of beds and staff. */
	readonly figures: Readonly<Partial<Record<SiteFigure, Figure>>>;
	readonly count: CountFacts | null;
	/** The last counts by hand by seq, and how many there ever were. */
	readonly counts: { readonly count: number; readonly rows: Readonly<Record<string, CountFacts>> };
	/** Its system is off from `since` to `restoredAt`; `caughtUpAt`: all that was on paper is entered. Null while it never was. */
	readonly dark: {
		readonly since: number;
		readonly restoredAt: number | null;
		readonly caughtUpAt: number | null;
		/** What was believed of it when it went dark, until somebody counts; left out where nobody had ever spoken. */
		readonly last?: LastWord;
	} | null;
	/** Arrivals whose event time lies in the dark, entered after the restore; and when the last of them came in. */
	readonly backEntry: { readonly entered: number; readonly lastSeen: number } | null;
	readonly diversion: { readonly state: Diversion; readonly at: number; readonly by: string } | null;
	/** By a person's word. */
	readonly respirators: readonly [value: number, at: number] | null;
	readonly physiciansOnDuty: readonly [value: number, at: number] | null;
	readonly sources: readonly string[];
	/** Bucket of 15 minutes (instant / 900000, rounded down) → present by code 1–5 and none; of the last 24 hours. */
	readonly trend: Readonly<Record<string, readonly number[]>>;
};
