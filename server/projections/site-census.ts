// A site's census as it is kept while messages come in: cells go up and down, empty ones are dropped, and what is too old to be asked for.
import type { CensusFacts, SiteFacts } from '../../shared/board-er.ts';
import { type ByMinute, type CensusChange, minuteNumber, type SiteChanges, type TriageCode, triageCodes } from '../../shared/er.ts';
import { isCatchingUp, isDark } from '../../shared/site-dark.ts';
import { ANCHORED_FOR_MINUTES, fillingUntil } from '../../shared/site-filling.ts';
import { STAY_STEP_MINUTES } from '../../shared/stay.ts';

type Minutes = Record<string, number>;
type Codes = Partial<Record<TriageCode, number>>;
type CodesAndMinutes = Partial<Record<TriageCode, Minutes>>;

/** As CensusFacts, to be changed in place. */
export type LiveCensus = {
	heardAt: number;
	heardSeen: number;
	since: number;
	unheardMs: number;
	isFull: boolean;
	waiting: CodesAndMinutes;
	treatment: Codes;
	observation: Codes;
	boarding: CodesAndMinutes;
	arrivals: CodesAndMinutes;
	departures: CodesAndMinutes;
	arrivalsByHour: Minutes;
	departuresByHour: Minutes;
	unseenByHour: Minutes;
	lapsedByHour: Minutes;
	stays: Record<string, Minutes>;
	lastBed: readonly [at: number, waitMs: number] | null;
};

/** `since`: when its first message came. */
export const emptyCensus = (since: number): LiveCensus => ({
	heardAt: Number.MIN_SAFE_INTEGER,
	heardSeen: since,
	since,
	unheardMs: 0,
	isFull: false,
	waiting: {},
	treatment: {},
	observation: {},
	boarding: {},
	arrivals: {},
	departures: {},
	arrivalsByHour: {},
	departuresByHour: {},
	unseenByHour: {},
	lapsedByHour: {},
	stays: {},
	lastBed: null,
});

export const MINUTES_KEPT = 360;
export const HOURS_KEPT = 48;
export const STAY_HOURS_KEPT = 24;

export function applyChanges(census: LiveCensus, { changes, heardAt, lastBed }: SiteChanges, seen: number): void {
	for (const change of changes) applyChange(census, change);
	if (heardAt === null) return;
	census.heardAt = Math.max(census.heardAt, heardAt);
	census.heardSeen = Math.max(census.heardSeen, seen);
	if (lastBed !== undefined) census.lastBed = lastBed;
}

function applyChange(census: LiveCensus, [cell, code, minute, by, stayMinutes]: CensusChange): void {
	if (cell === 'treatment' || cell === 'observation') add(census[cell] as Minutes, code, by);
	else if (cell === 'unseen') add(census.unseenByHour, hourOf(minute), by);
	else if (cell === 'lapsed') add(census.lapsedByHour, hourOf(minute), by);
	else if (cell === 'stays') addStay(census.stays, hourOf(minute), stayMinutes ?? 0, by);
	else {
		addAt(census[cell], code, minute, by);
		if (cell === 'arrivals') add(census.arrivalsByHour, hourOf(minute), by);
		else if (cell === 'departures') add(census.departuresByHour, hourOf(minute), by);
	}
}

function addStay(stays: Record<string, Minutes>, hour: number, minutes: number, by: number): void {
	stays[hour] ??= {};
	const steps = stays[hour];
	add(steps, Math.floor(minutes / STAY_STEP_MINUTES), by);
	if (isEmpty(steps)) delete stays[hour];
}

const hourOf = (minute: number | null): number => Math.floor((minute ?? 0) / 60);

function add(cells: Minutes, key: string | number, by: number): void {
	const after = (cells[key] ?? 0) + by;
	if (after === 0) delete cells[key];
	else cells[key] = after;
}

function addAt(cells: CodesAndMinutes, code: TriageCode, minute: number | null, by: number): void {
	cells[code] ??= {};
	const minutes = cells[code];
	add(minutes, minute ?? 0, by);
	if (isEmpty(minutes)) delete cells[code];
}

function isEmpty(map: object): boolean {
	for (const _key in map) return false;
	return true;
}

/** Drops the events that are too old at `seen`. Who is present is never too old. */
export function prune(census: LiveCensus, site: AnchoredBy, seen: number): void {
	const minute = minuteNumber(seen);
	const hour = Math.floor(minute / 60);
	const oldest = Math.max(minute - ANCHORED_FOR_MINUTES, Math.min(minute - MINUTES_KEPT, anchorOf(census, site, seen) ?? minute));
	for (const cells of [census.arrivals, census.departures]) {
		for (const code of triageCodes) {
			const minutes = cells[code];
			if (minutes === undefined) continue;
			dropBefore(minutes, oldest);
			if (isEmpty(minutes)) delete cells[code];
		}
	}
	for (const hours of [census.arrivalsByHour, census.departuresByHour, census.unseenByHour, census.lapsedByHour])
		dropBefore(hours, hour - HOURS_KEPT);
	dropBefore(census.stays, hour - STAY_HOURS_KEPT);
}

type AnchoredBy = Pick<SiteFacts, 'dark' | 'count' | 'backEntry' | 'fillsWithinMs' | 'staleAfterMs'>;

/** The minute of the count that figures hang on; while the census fills, one may still come from a phone that waited. */
function anchorOf(census: LiveCensus, site: AnchoredBy, seen: number): number | null {
	if (fillingUntil({ ...site, census }, seen) !== null) return minuteNumber(Math.min(census.since, site.count?.at ?? census.since));
	if (site.count === null || !(isDark(site) || isCatchingUp(site, seen))) return null;
	return minuteNumber(site.count.at);
}

/** Who is present, by code 1 to 5 and none. */
export const presentIn = (census: LiveCensus): number[] =>
	triageCodes.map(
		(code) => sumOf(census.waiting[code]) + sumOf(census.boarding[code]) + (census.treatment[code] ?? 0) + (census.observation[code] ?? 0),
	);

function sumOf(minutes: Minutes | undefined): number {
	let sum = 0;
	for (const key in minutes) sum += minutes[key] ?? 0;
	return sum;
}

/** Keys of minutes and hours are below 2^32, so that they stand in order: the first that is kept ends the search. */
function dropBefore(map: Record<string, unknown>, oldest: number): void {
	for (const key in map) {
		if (Number(key) >= oldest) return;
		delete map[key];
	}
}

/** A copy that later messages do not change. */
export function showCensus(census: LiveCensus): CensusFacts {
	const copied = (cells: CodesAndMinutes): Partial<Record<TriageCode, ByMinute>> =>
		Object.fromEntries(Object.entries(cells).map(([code, minutes]) => [code, { ...minutes }]));
	return {
		...census,
		waiting: copied(census.waiting),
		treatment: { ...census.treatment },
		observation: { ...census.observation },
		boarding: copied(census.boarding),
		arrivals: copied(census.arrivals),
		departures: copied(census.departures),
		arrivalsByHour: { ...census.arrivalsByHour },
		departuresByHour: { ...census.departuresByHour },
		unseenByHour: { ...census.unseenByHour },
		lapsedByHour: { ...census.lapsedByHour },
		stays: Object.fromEntries(Object.entries(census.stays).map(([hour, steps]) => [hour, { ...steps }])),
	};
}
