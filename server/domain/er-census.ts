// The census: turns batches of events about visits into the increments of each site's cells. Pure: told `now`; what it took stands once kept.
import type { SiteChanges } from '../../shared/er.ts';
import { openDraft } from './er-draft.ts';
import type { ErEvent } from './er-event.ts';
import { type KeptRow, type Visit, visitOfRow } from './er-row.ts';

export type { KeptRow } from './er-row.ts';

export type Taken = {
	/** A site is there when it was heard, also where nothing changed. */
	readonly sites: readonly SiteChanges[];
	/** Rows that replace what is kept under their key, and keys of rows to delete: for the journal's Beside. */
	readonly visits: readonly KeptRow[];
	readonly gone: readonly string[];
	/** Events that were more than an hour old. */
	readonly late: number;
};

export type Census = {
	/** Nothing of it stands until keep(). A second take before keep() or drop() throws. */
	take(events: readonly ErEvent[], now: number): Taken;
	/** The journal has it. */
	keep(): void;
	/** The journal could not keep it: as if it had never been taken. */
	drop(): void;
};

const LATE_MS = 3_600_000;
/** Between two searches for visits that may be forgotten. */
const SWEEP_MS = 60_000;

/** `kept`: all rows of the visit log. */
export function openCensus(kept: readonly KeptRow[]): Census {
	/** Each of a visit's numbers leads to it. */
	const visits = new Map<string, Visit>();
	for (const row of kept) {
		const visit = visitOfRow(row);
		for (const number of visit.numbers) visits.set(number, visit);
	}
	let sweptAt = Number.NEGATIVE_INFINITY;
	let taken: { readonly made: readonly Visit[]; readonly forgotten: readonly Visit[]; readonly sweptAt: number } | null = null;

	const forgettable = (now: number): Visit[] =>
		now - sweptAt < SWEEP_MS ? [] : [...new Set(visits.values())].filter(({ forgetAfter }) => forgetAfter !== null && forgetAfter < now);

	return {
		take: (events, now) => {
			if (taken) throw new Error('the census was asked to take a batch while another was neither kept nor dropped');
			const draft = openDraft(visits);
			let late = 0;
			for (const event of events) {
				if (now - event.at > LATE_MS) late += 1;
				draft.add(event);
			}
			const drafted = draft.finish(now);
			const old = forgettable(now);
			const forgotten = old.filter((visit) => !drafted.replaced.has(visit));
			taken = { made: drafted.made, forgotten, sweptAt: old.length > 0 || now - sweptAt >= SWEEP_MS ? now : sweptAt };
			return { sites: drafted.sites, visits: drafted.rows, gone: [...drafted.gone, ...forgotten.map(({ numbers }) => numbers[0] ?? '')], late };
		},
		keep: () => {
			for (const { numbers } of taken?.forgotten ?? []) for (const number of numbers) visits.delete(number);
			for (const visit of taken?.made ?? []) for (const number of visit.numbers) visits.set(number, visit);
			sweptAt = taken?.sweptAt ?? sweptAt;
			taken = null;
		},
		drop: () => {
			taken = null;
		},
	};
}
