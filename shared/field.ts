// What a ward's phone and the server say to each other: the site as GET /api/er/:site tells it, and what a count is answered.
import type { Mark } from './mark.ts';

export type Count = Omit<Extract<Mark, { kind: 'count' }>, 'kind' | 'site'>;
/** A count on the wire: its moment in ISO 8601. */
export type WireCount = Omit<Count, 'at'> & { readonly at: string };

/** Instants in ISO 8601. */
export type FieldSite = {
	readonly site: string;
	readonly label: string;
	readonly short: string;
	readonly mode: 'feed' | 'paper' | 'catchup';
	readonly rehearsal: boolean;
	/** Where its hours are counted. */
	readonly zone: string;
	/** Server time, and how fast it runs: a rehearsal's may run faster than the phone's. */
	readonly now: string;
	readonly speed: number;
	readonly paper: { readonly everyMs: number; readonly staleAfterMs: number };
	/** The newest count by hand that was taken. */
	readonly last: {
		readonly at: string;
		readonly byCode: Count['byCode'];
		readonly present: number;
		readonly boarding: number;
		readonly forms: number | null;
	} | null;
};

/** `id` is the record's own: it is acknowledged by name. `superseded`: kept, but a newer one was there before it. */
export type CountAnswer = {
	readonly id: string;
	readonly seq: number;
	readonly accepted: number;
	readonly superseded: boolean;
};
