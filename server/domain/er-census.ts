// The census: turns batches of events about visits into the increments of each site's cells. Pure: told `now`; what it took stands once kept.
import type { SiteChanges } from '../../shared/er.ts';
import { openTally } from './er-cells.ts';
import { openDraft } from './er-draft.ts';
import type { ErEvent } from './er-event.ts';
import { type Forgotten, openKnown } from './er-known.ts';
import { keyOf, type PersonMerge } from './er-persons.ts';
import { type KeptRow, rowOf, type Visit, visitOf } from './er-row.ts';

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
	/** The visits of which nothing was heard for long leave the sites' present cells. As take(), nothing of it stands until keep(). */
	lapse(now: number): Taken;
	/** The journal has it. */
	keep(): void;
	/** The journal could not keep it: as if it had never been taken. */
	drop(): void;
};

const LATE_MS = 3_600_000;
/** Between two searches for what may be forgotten. */
const SWEEP_MS = 60_000;
const none: Forgotten = { visits: [], merges: [] };

/** `kept`: all rows of the visit log. `lapsesAfter`: for how long nothing may be heard of a visit at a site. */
export function openCensus(kept: readonly KeptRow[], lapsesAfter: (site: string) => number): Census {
	const known = openKnown(kept);
	let sweptAt = Number.NEGATIVE_INFINITY;
	let taken: { readonly made: readonly (Visit | PersonMerge)[]; readonly forgotten: Forgotten; readonly sweptAt: number } | null = null;
	const mustBeFree = (): void => {
		if (taken) throw new Error('the census was asked to take a batch while another was neither kept nor dropped');
	};
	return {
		take: (events, now) => {
			mustBeFree();
			const draft = openDraft(known, lapsesAfter);
			let late = 0;
			for (const event of events) {
				if (now - event.at > LATE_MS) late += 1;
				draft.add(event);
			}
			const { made, replaced, sites, rows, gone } = draft.finish(now);
			const isSweep = now - sweptAt >= SWEEP_MS;
			const { visits, merges } = isSweep ? known.over(now) : none;
			const forgotten = { visits: visits.filter((visit) => !replaced.has(visit)), merges };
			taken = { made, forgotten, sweptAt: isSweep ? now : sweptAt };
			const keys = [...forgotten.visits.map(({ numbers }) => numbers[0] ?? ''), ...merges.map(keyOf)];
			return { sites, visits: rows, gone: [...gone, ...keys], late };
		},
		lapse: (now) => {
			mustBeFree();
			const tally = openTally();
			const made = known.silent(lapsesAfter, now).map(([before, lapse]) => {
				const visit = visitOf(before.numbers, before.words, before.persons, [lapse]);
				tally.add(before.state, -1);
				tally.add(visit.state, 1);
				return visit;
			});
			taken = { made, forgotten: none, sweptAt };
			const sites = [...tally.changes()].map(([site, changes]) => ({ site, heardAt: null, changes }));
			return { sites, visits: made.map(rowOf), gone: [], late: 0 };
		},
		keep: () => {
			if (!taken) return;
			known.forget(taken.forgotten);
			for (const what of taken.made) known.add(what);
			sweptAt = taken.sweptAt;
			taken = null;
		},
		drop: () => {
			taken = null;
		},
	};
}
