// A night of emergency rooms as lines: minutes after 19:00 in Genoa, and what was said. Every figure is invented.
import { applyEntry, boardOf, emptyFacts, type Facts } from '../../server/projections/fold.ts';
import type { Draft } from '../../shared/entry.ts';
import { type ByCode, type CensusChange, minuteNumber, type TriageCode } from '../../shared/er.ts';
import type { SiteNow } from '../../shared/er-now.ts';
import { judge } from '../../shared/judge.ts';
import type { Mark } from '../../shared/mark.ts';
import type { MeasureName } from '../../shared/measures.ts';
import { planSchema } from '../../shared/plan.ts';

export const MINUTE = 60_000;
export const start = Date.parse('2025-10-21T17:00:00Z');
export const at = (minutes: number): number => start + minutes * MINUTE;

export const sitePlan = planSchema.parse({
	programme: { id: 'test', name: 'Test' },
	cutover: { id: 'night', name: 'Night', window: { start: '2025-10-21T19:00:00+02:00', end: '2025-10-22T05:00:00+02:00' } },
	bodies: { asl: { label: 'ASL' }, altra: { label: 'Altra' } },
	services: { ps: { label: 'PS', priority: 1 } },
	sites: {
		martino: {
			label: 'San Martino',
			service: 'ps',
			body: 'asl',
			spaces: 60,
			beds: 1000,
			physicians: 4,
			arrivalsAMonth: 6000,
			fillsWithin: '0s',
			neighbours: ['galliera'],
		},
		galliera: { label: 'Galliera', body: 'asl', spaces: 40, fillsWithin: '0s' },
		scassi: { label: 'Villa Scassi', body: 'altra', fillsWithin: '0s' },
	},
	er: { region: 'Liguria' },
	sources: { adt: { kind: 'push', label: 'ADT' } },
});

export type Line = readonly [minutes: number, draft: Draft];

export function play(...lines: readonly Line[]): Facts {
	const facts = emptyFacts();
	add(facts, [0, { kind: 'plan', plan: sitePlan, text: '', digest: 'd', by: 'test', rehearsal: true }], ...lines);
	return facts;
}

export function add(facts: Facts, ...lines: readonly Line[]): Facts {
	for (const [minutes, draft] of lines) applyEntry(facts, { v: 1, seq: facts.seq + 1, seen: at(minutes), ...draft });
	return facts;
}

/** A census entry of one site; `heard` where its newest message was made at another moment. */
export const census = (minutes: number, site: string, changes: readonly CensusChange[], heard = minutes): Line => [
	minutes,
	{ kind: 'census', source: 'adt', messages: changes.length, sites: [{ site, heardAt: at(heard), changes }] },
];

/** Visits of one site of which nothing was heard for long: nobody's entry. */
export const lapse = (minutes: number, site: string, changes: readonly CensusChange[]): Line => [
	minutes,
	{ kind: 'census', source: null, messages: 0, sites: [{ site, heardAt: null, changes }] },
];

const minuteAt = (minutes: number): number => minuteNumber(at(minutes));

/** So many arrive and wait, in one minute. */
export const arrive = (minutes: number, code: TriageCode, many = 1): CensusChange[] => [
	['arrivals', code, minuteAt(minutes), many],
	['waiting', code, minuteAt(minutes), many],
];
/** Who came at `arrived` is put in a bay. */
export const treat = (arrived: number, code: TriageCode, many = 1): CensusChange[] => [
	['waiting', code, minuteAt(arrived), -many],
	['treatment', code, null, many],
];
export const board = (minutes: number, code: TriageCode, many = 1): CensusChange[] => [
	['treatment', code, null, -many],
	['boarding', code, minuteAt(minutes), many],
];
/** Leaves from treatment. */
export const leave = (minutes: number, code: TriageCode, stayMinutes = 120, many = 1): CensusChange[] => [
	['treatment', code, null, -many],
	['departures', code, minuteAt(minutes), many],
	['stays', code, minuteAt(minutes), many, stayMinutes],
];

const none = { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0, none: 0 };

export const mark = (minutes: number, one: Mark, by = 'person/a'): Line => [minutes, { kind: 'mark', mark: one, by, at: at(minutes) }];

export const count = (
	minutes: number,
	site: string,
	byCode: ByCode,
	rest: { sent?: number; boarding?: number; forms?: number; id?: string } = {},
): Line => {
	const { sent = minutes, boarding = 0, forms, id = `record-${site}-${minutes}` } = rest;
	const one: Mark = { kind: 'count', site, id, at: at(minutes), byCode: { ...none, ...byCode }, boarding, ...(forms === undefined ? {} : { forms }) };
	return mark(sent, one, `field/${site}`);
};

export const paper = (minutes: number, site: string, state: 'on' | 'off' | 'entered'): Line => mark(minutes, { kind: 'paper', site, state });

export const figures = (minutes: number, site: string, values: Readonly<Record<string, number | null>>): Line => [
	minutes,
	{
		kind: 'samples',
		source: 'feed',
		samples: Object.entries(values).map(([name, value]) => ({
			subject: `site/${site}` as const,
			measure: `site.${name}` as MeasureName,
			value,
			at: at(minutes),
			...(value === null ? { why: 'timeout' as const } : {}),
		})),
	},
];

export const boardAt = (facts: Facts, minutes: number) => judge(boardOf(facts), at(minutes));

export function siteAt(facts: Facts, minutes: number, site = 'martino'): SiteNow {
	const found = boardAt(facts, minutes).er?.sites[site];
	if (!found) throw new Error(`the board has no site ${site}`);
	return found;
}
