// A tiny notation for what messages say of visits, and what they come to: `arrive 10:00 waiting 3; leave 11:00 home`.
import { openCensus } from '../../server/domain/er-census.ts';
import type { ErAct, ErArea, ErEvent, ErOutcome, PatientKey, VisitKey } from '../../server/domain/er-event.ts';
import { erActs } from '../../server/domain/er-event.ts';
import { foldVisit, type VisitState } from '../../server/domain/er-visit.ts';
import type { Word } from '../../server/domain/er-word.ts';
import { type SiteChanges, type TriageCode, triageCodes } from '../../shared/er.ts';

/** An invented day. */
export const day = Date.UTC(2026, 2, 4);
const areas: readonly string[] = ['waiting', 'treatment', 'observation', 'elsewhere'] satisfies ErArea[];
const outcomes: readonly string[] = ['home', 'admitted', 'transferred', 'unseen', 'left', 'died', 'other'] satisfies ErOutcome[];

/** `10:00` of the invented day; `-50:00` is fifty hours before its midnight, `10:00:05` has seconds. */
export function instant(text: string): number {
	const [, sign, hours = '', minutes = '', seconds = '0'] = /^(-?)(\d+):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
	if (hours === '') throw new Error(`“${text}” is no time of day`);
	return day + (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

export const clock = (at: number | null): string => (at === null ? '?' : new Date(at).toISOString().slice(11, at % 60_000 === 0 ? 16 : 19));

/**
 * Words of one event: act, time, then in any order an area, a triage code, an outcome, `sent=10:05` (as the time unless told),
 * `began=09:50`, `#B` (number, A unless told), `/b` (site, a unless told), `>B` (into),
 * `@P` (the person).
 */
export function event(text: string): ErEvent {
	const [act = '', time = '', ...rest] = text.trim().split(/\s+/);
	if (!(erActs as readonly string[]).includes(act)) throw new Error(`“${act}” is no act`);
	const at = instant(time);
	const found = (start: string): string | undefined => rest.find((one) => one.startsWith(start))?.slice(start.length);
	const [sent, began] = [found('sent='), found('began=')];
	const known = (all: readonly string[]): string | null => rest.find((one) => all.includes(one)) ?? null;
	return {
		site: found('/') ?? 'a',
		visit: (found('#') ?? 'A') as VisitKey,
		patient: (found('@') ?? null) as PatientKey | null,
		act: act as ErAct,
		at,
		sentAt: sent === undefined ? at : instant(sent),
		area: known(areas) as ErArea | null,
		triage: known(triageCodes) as TriageCode | null,
		arrivedAt: began === undefined ? null : instant(began),
		outcome: known(outcomes) as ErOutcome | null,
		into: (found('>') ?? null) as VisitKey | PatientKey | null,
	};
}

export const events = (text: string): ErEvent[] =>
	text
		.split(';')
		.filter((one) => one.trim() !== '')
		.map(event);

export const wordOf = ({ visit, act, patient: _, ...rest }: ErEvent): Word => ({ ...rest, number: visit, act: act as Word['act'] });
export const fold = (text: string): VisitState => foldVisit(events(text).map(wordOf));

/** `waiting 3 10:00`, `boarding 3 10:00 since 12:00`, `gone 3 10:00–11:00 home`; `before 10:05` where nobody told the arrival; a wait for a bay as `bay 10:20`. */
export function told({ place, site, triage, arrivedAt, since: from, boardingSince, leftAt, outcome, bedAt, former }: VisitState): string {
	const before = former.map((stay) => `${stay.site}: ${stay.triage} ${clock(stay.arrivedAt)}–${clock(stay.leftAt)} ${stay.outcome}, then `).join('');
	if (site === null) return place;
	const arrived = arrivedAt === null && from !== null ? `before ${clock(from)}` : clock(arrivedAt);
	const times = leftAt === null ? arrived : `${clock(arrivedAt)}–${clock(leftAt)} ${outcome}`;
	const since = boardingSince === null ? '' : ` since ${clock(boardingSince)}`;
	return `${before}${site === 'a' && before === '' ? '' : `${site}: `}${place} ${triage} ${times}${since}${bedAt === null ? '' : ` bay ${clock(bedAt)}`}`;
}

export type Cells = Map<string, number>;

/** Adds what a batch changed; throws where a cell goes below nothing. */
export function addTo(cells: Cells, sites: readonly SiteChanges[]): void {
	for (const { site, changes } of sites)
		for (const [cell, code, minute, by, stay] of changes) {
			const key = [site, cell, code, minute ?? '-', ...(stay === undefined ? [] : [stay])].join(' ');
			const sum = (cells.get(key) ?? 0) + by;
			if (by === 0) throw new Error(`${key} changes by nothing`);
			if (sum < 0) throw new Error(`${key} goes below nothing`);
			if (sum === 0) cells.delete(key);
			else cells.set(key, sum);
		}
}

const minuteOfDay = (minute: string): string => (minute === '-' ? '-' : clock(Number(minute) * 60_000));
/** `a waiting 3 10:00` each, `×2` where there are more, sorted. */
export const cellsTold = (cells: Cells): string[] =>
	[...cells]
		.map(([key, many]) => {
			const [site, cell, code, minute = '-', stay] = key.split(' ');
			return [site, cell, code, minuteOfDay(minute), ...(stay === undefined ? [] : [`${stay}min`]), ...(many > 1 ? [`×${many}`] : [])].join(' ');
		})
		.sort();

/** At site a after 12 hours in which nothing was heard, at w after a week, elsewhere after 36 hours. */
export const lapsesAfter = (site: string): number => (site === 'a' ? 12 : site === 'w' ? 168 : 36) * 3_600_000;

/** What the batches come to, one after the other, each kept. */
export function censusOf(batches: readonly (readonly ErEvent[])[], now = instant('24:00')): Cells {
	const census = openCensus([], lapsesAfter);
	const cells: Cells = new Map();
	for (const batch of batches) {
		addTo(cells, census.take(batch, now).sites);
		census.keep();
	}
	return cells;
}

/** A number in [0, 1) after another, by the seed (mulberry32). */
export function chanceBy(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

export function shuffled<T>(all: readonly T[], chance: () => number): T[] {
	const rest = [...all];
	for (let i = rest.length - 1; i > 0; i -= 1) {
		const j = Math.floor(chance() * (i + 1));
		[rest[i], rest[j]] = [rest[j] as T, rest[i] as T];
	}
	return rest;
}
