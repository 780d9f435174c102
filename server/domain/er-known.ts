// What the census knows: visits by each of their numbers, numbers by the persons they were heard of with, and merges of persons.

import { openBeds } from './er-beds.ts';
import { isPresent, type Lapse, spokenOfAt } from './er-lapse.ts';
import { keyOf, type PersonMerge } from './er-persons.ts';
import { type KeptRow, readRow, rowOfMerge, type Visit } from './er-row.ts';

export type Known = {
	readonly visits: ReadonlyMap<string, Visit>;
	readonly numbers: ReadonlyMap<string, ReadonlySet<string>>;
	readonly merges: ReadonlyMap<string, PersonMerge>;
	/** Visits that were put in a bay of a site. */
	bedded(site: string): Iterable<Visit>;
	add(what: Visit | PersonMerge): void;
	/** By the keys of their rows, or by what they are. */
	forget(forgotten: Forgotten): void;
	/** Those of which nothing was said for as long as `after` tells of their site, with the lapse that befalls them now. */
	silent(after: (site: string) => number, now: number): (readonly [visit: Visit, lapse: Lapse])[];
	/** What may be forgotten now. */
	over(now: number): Forgotten;
};

export type Forgotten = { readonly visits: readonly Visit[]; readonly merges: readonly PersonMerge[] };

const hourOf = (instant: number): number => Math.floor(instant / 3_600_000);

export function openKnown(rows: readonly KeptRow[]): Known {
	const visits = new Map<string, Visit>();
	const numbers = new Map<string, Set<string>>();
	const merges = new Map<string, PersonMerge>();
	/** Visits that are over, by the hour from which they may be forgotten: so that only those of hours gone by are looked at. */
	const ending = new Map<number, Set<Visit>>();
	const beds = openBeds<Visit>();
	const unlist = (visit: Visit | undefined): void => {
		if (visit) beds.remove(visit);
		if (!visit || visit.forgetAfter === null) return;
		const hour = hourOf(visit.forgetAfter);
		const listed = ending.get(hour);
		listed?.delete(visit);
		if (listed?.size === 0) ending.delete(hour);
	};
	const list = (visit: Visit): void => {
		beds.add(visit);
		if (visit.forgetAfter === null) return;
		const hour = hourOf(visit.forgetAfter);
		const listed = ending.get(hour);
		if (listed) listed.add(visit);
		else ending.set(hour, new Set([visit]));
	};
	const add = (what: Visit | PersonMerge): void => {
		if ('old' in what) {
			merges.set(keyOf(what), what);
			return;
		}
		for (const number of what.numbers) {
			unlist(visits.get(number));
			visits.set(number, what);
		}
		list(what);
		for (const [number, person] of what.persons) {
			const known = numbers.get(person);
			if (known) known.add(number);
			else numbers.set(person, new Set([number]));
		}
	};
	for (const row of rows) add(readRow(row));
	return {
		visits,
		numbers,
		merges,
		bedded: beds.at,
		add,
		forget: (forgotten) => {
			for (const visit of forgotten.visits) {
				unlist(visit);
				for (const number of visit.numbers) visits.delete(number);
				for (const [number, person] of visit.persons) {
					const known = numbers.get(person);
					known?.delete(number);
					if (known?.size === 0) numbers.delete(person);
				}
			}
			for (const merge of forgotten.merges) merges.delete(keyOf(merge));
		},
		silent: (after, now) =>
			[...new Set(visits.values())].flatMap((visit) => {
				const { site } = visit.state;
				if (site === null || !isPresent(visit.state)) return [];
				const before = now - after(site);
				return spokenOfAt(visit.words) <= before ? [[visit, { at: now, before }] as const] : [];
			}),
		over: (now) => {
			const isOver = (forgetAfter: number | null): boolean => forgetAfter !== null && forgetAfter < now;
			return {
				visits: [...ending].flatMap(([hour, listed]) => (hour > hourOf(now) ? [] : [...listed].filter(({ forgetAfter }) => isOver(forgetAfter)))),
				merges: [...merges.values()].filter((merge) => isOver(rowOfMerge(merge).forgetAfter)),
			};
		},
	};
}
