// What the emergency rooms' facts amount to at a moment: the shapes that screens and the API read. judge-site.ts and judge-er.ts make them.
import type { Diversion } from './board-er.ts';
import type { TriageCode } from './er.ts';
import type { Standing } from './standing.ts';

export type SiteMode = 'feed' | 'paper' | 'catchup';
export type SiteReason =
	| 'never-reported'
	| 'silent'
	| 'cannot-look'
	| 'incomplete'
	| 'filling'
	| 'paper-no-count'
	| 'paper-stale'
	| 'overcrowded'
	| 'crowded'
	| 'urgent-waiting'
	| 'surge';

/** Where a term of an index is from; `missing` and `stale` terms leave the index unknown. */
export type TermFrom = 'counted' | 'plan' | 'person' | 'source' | 'missing' | 'stale';
export type IndexTerm = { readonly name: string; readonly value: number | null; readonly from: TermFrom; readonly ageMs: number | null };
/** An estimate (NEDOCS, EDWIN); `value` null: n.d., as soon as one of its terms is missing or stale. */
export type IndexNow = { readonly value: number | null; readonly band: string | null; readonly terms: readonly IndexTerm[] };

export type ByCodeNow = Readonly<Record<TriageCode, number>>;

export type SiteNow = {
	readonly label: string;
	readonly short: string;
	readonly body: string | null;
	readonly neighbours: readonly string[];
	readonly mode: SiteMode;
	readonly standing: Standing;
	readonly reason: SiteReason | null;
	/** All figures are null while it is blind; and those that its voice does not tell (a count on paper tells no waiting). */
	readonly present: number | null;
	readonly byCode: ByCodeNow | null;
	readonly waiting: number | null;
	readonly waitingByCode: ByCodeNow | null;
	readonly inTreatment: number | null;
	readonly observation: number | null;
	readonly boarding: number | null;
	readonly longestBoardingMs: number | null;
	/** Present over treatment spaces, as a share of 1. */
	readonly occupancy: number | null;
	readonly spaces: number | null;
	/** Waiting for longer than their code's target. */
	readonly overTarget: number | null;
	readonly overTargetByCode: ByCodeNow | null;
	/** In event time, in the 60 minutes to now; and how many are expected in them. */
	readonly arrivalsLastHour: number | null;
	readonly expectedLastHour: number | null;
	readonly expectedFrom: 'history' | 'plan' | null;
	/** Of the departures of the last 24 hours; `of`: how many. */
	readonly stay: { readonly p50Ms: number; readonly p90Ms: number; readonly of: number } | null;
	/** Left before the visit in the last 24 hours, and as a share of the arrivals. */
	readonly unseen: { readonly count: number; readonly share: number | null } | null;
	/** Visits of which nothing was heard for long, taken out of the count in the last 24 hours. */
	readonly lapsed: number | null;
	readonly nedocs: IndexNow;
	readonly edwin: IndexNow;
	/** Of the figures shown; null while it never reported. */
	readonly ageMs: number | null;
	/** The age at which they go blind. */
	readonly limitMs: number;
	readonly diversion: { readonly state: Diversion; readonly at: number; readonly by: string } | null;
	/** Its system is off, or was and is being caught up. */
	readonly dark: { readonly since: number; readonly restoredAt: number | null } | null;
	/** Forms to be entered after the dark; `isEstimate`: by what is expected, for nobody counted the forms. */
	readonly backEntry: {
		readonly entered: number;
		readonly expected: number | null;
		readonly left: number | null;
		readonly isEstimate: boolean;
	} | null;
	/** Its messages have begun and do not yet tell of all who are present: until when, unless a count by hand agrees with them before. */
	readonly fillingUntil: number | null;
	/** When the next count by hand is due, on paper. */
	readonly nextCountAt: number | null;
	/** Last count by hand beside what the system says, once it is caught up and they differ; null otherwise. */
	readonly reconcile: { readonly counted: number; readonly system: number; readonly at: number } | null;
};

/** Sums over the sites that report each figure; `counted` of `sites` for those that not all of the reporting ones tell. */
export type ErSum = {
	readonly label: string;
	readonly present: number | null;
	readonly byCode: ByCodeNow | null;
	readonly waiting: number | null;
	readonly inTreatment: number | null;
	readonly boarding: number | null;
	readonly overTarget: number | null;
	readonly arrivalsLastHour: number | null;
	/** Of the same sites as the arrivals. */
	readonly expectedLastHour: number | null;
	readonly reporting: number;
	readonly sites: number;
	readonly counted: Readonly<Record<'byCode' | 'waiting' | 'inTreatment' | 'boarding' | 'overTarget' | 'arrivalsLastHour', number>>;
	readonly onPaper: number;
	/** The oldest of the figures in the sum. */
	readonly oldest: { readonly site: string; readonly ageMs: number } | null;
};

export type ErNow = {
	readonly region: ErSum;
	readonly bodies: Readonly<Record<string, ErSum>>;
	readonly sites: Readonly<Record<string, SiteNow>>;
};
