// The census: turns batches of events about visits into the increments of each site's cells. Pure: told `now`, keeps nothing by itself.
import type { SiteChanges } from '../../shared/er.ts';
import type { ErEvent } from './er-event.ts';

/** A visit's row for the visit log, in the journal's shape (journal.ts, KeptVisit). */
export type KeptRow = { readonly visit: string; readonly state: string; readonly forgetAfter: number | null };

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

/** `kept`: all rows of the visit log. */
export function openCensus(_kept: readonly KeptRow[]): Census {
	throw new Error('the census is not open yet');
}
