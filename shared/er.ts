// The emergency room's classes, its target times, and the cells that its census is counted in. Knows counts only, never a visit.

/** National triage codes 1–5 (Accordo Stato-Regioni, 1 August 2019); `none`: not triaged yet, a class of its own. */
export const triageCodes = ['1', '2', '3', '4', '5', 'none'] as const;
export type TriageCode = (typeof triageCodes)[number];

/** Longest wait to the first visit by code, in minutes (same source). Who has no code has no target. */
export const targetMinutes: Readonly<Record<TriageCode, number | null>> = { '1': 0, '2': 15, '3': 60, '4': 120, '5': 240, none: null };

/** How many, by code; a code without a key is 0. */
export type ByCode = Readonly<Partial<Record<TriageCode, number>>>;
/** Minutes since 1970 UTC → how many; a minute without a key is 0. */
export type ByMinute = Readonly<Record<string, number>>;
export type ByCodeAndMinute = Readonly<Partial<Record<TriageCode, ByMinute>>>;

export const MINUTE_MS = 60_000;
export const minuteNumber = (instant: number): number => Math.floor(instant / MINUTE_MS);

/**
 * Where a visit is counted. The first four exclude one another, and together they are who is present:
 * `waiting` (by the minute of arrival), `treatment`, `observation` (OBI), `boarding` (a bed elsewhere is decided on; by the minute of
 * that decision). The rest are events: `arrivals` and `departures` by their minute, `unseen` (left before the visit) by the minute of
 * leaving, `stays`: a departure by its minute, with how long the visit had lasted in whole minutes in `stayMinutes`, `lapsed`: one whose
 * end nobody told, by the minute in which it was given up waiting for; no departure, and not present.
 */
export const censusCells = ['waiting', 'treatment', 'observation', 'boarding', 'arrivals', 'departures', 'unseen', 'stays', 'lapsed'] as const;
export type CensusCell = (typeof censusCells)[number];
export const presentCells = ['waiting', 'treatment', 'observation', 'boarding'] as const satisfies readonly CensusCell[];
export type PresentCell = (typeof presentCells)[number];

/** One cell went up or down by `by`. `minute` is null where the cell has none (treatment, observation). */
export type CensusChange = readonly [cell: CensusCell, code: TriageCode, minute: number | null, by: number, stayMinutes?: number];

/** What a batch of messages changed in one site's census. */
export type SiteChanges = {
	readonly site: string;
	/** When the newest of its messages was made, ms UTC: what the census is as old as. Null: no message came, and it is no younger for this. */
	readonly heardAt: number | null;
	readonly changes: readonly CensusChange[];
	/**
	 * The wait of the last patient who was put in a bay: when, and how long it had lasted; absent: as it was. Null: what was told of it
	 * has been taken back, and no other is known.
	 */
	readonly lastBed?: readonly [at: number, waitMs: number] | null;
};

/** A visit of which nothing was heard for this long lapses, where the plan says nothing else: boarding lasts for days. */
export const VISIT_LAPSES_MS = 7 * 86_400_000;

/** Why a message was not taken into the census; closed codes, counted by source. */
export const messageRefusalCodes = [
	'malformed',
	'not-permitted',
	'unknown-type',
	'unknown-site',
	'no-visit',
	'no-time',
	'batch',
	'too-large',
	'not-production',
	'bad-charset',
	'future',
] as const;
export type MessageRefusalCode = (typeof messageRefusalCodes)[number];

/** And what a feed of counts does not tell of a facility, or tells so that it can't be believed. */
export const erRefusalCodes = [...messageRefusalCodes, 'facility-missing', 'facility-twice', 'sums-disagree', 'incomplete'] as const;
export type ErRefusalCode = (typeof erRefusalCodes)[number];
