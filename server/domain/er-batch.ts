// What the messages of one source amount to: the entry that the record keeps of them, and what stands beside it. Pure.
import type { CensusDraft } from '../../shared/entry.ts';
import type { ErRefusalCode } from '../../shared/er.ts';
import type { Taken } from './er-census.ts';
import type { ErEvent } from './er-event.ts';

/** One message as its reader left it: events without a person, or why it was not taken. */
export type ErMessage = {
	/** The plan's source, whose lamps it lights. */
	readonly source: string;
	/** A keyed digest of what makes it the same message (at most 200 characters); null where it can't come twice. */
	readonly message: string | null;
	readonly events: readonly ErEvent[];
	/** One code for each part of it that was refused: a message, a resource of a bundle. A message with any is not remembered: it may be sent again. */
	readonly refused?: readonly ErRefusalCode[];
	/** When it reached our door, ms UTC on the board's clock. */
	readonly heardAt: number;
	/** What its sender is told, and told again when it repeats it: closed words (AA, AE), never a text of its own. */
	readonly answer: string;
	/** Sites of which its source has told all there is by now: heard, also where nothing changed. */
	readonly heard?: readonly string[];
	/** What its connector must know again after a restart; the last one of a batch is kept. */
	readonly memory?: unknown;
};

/** `answer` is the first one's where it is `repeated`. Not ok: nothing of it was kept, and it may be sent again. `busy`: too many wait already. */
export type ErTaken =
	| { readonly ok: true; readonly answer: string; readonly repeated: boolean }
	| { readonly ok: false; readonly code: 'journal-full' | 'journal-failing' | 'closed' | 'busy' };

/** What no message brought: visits that have lapsed. */
export const lapseDraft = (sites: Taken['sites']): CensusDraft => ({ kind: 'census', source: null, messages: 0, sites });

/** As the journal's HeardMessage. */
type Heard = { readonly message: string; readonly answer: string; readonly at: number };

/** Those that are remembered: the others may be sent again and be looked at again. */
export function heardOf(messages: readonly ErMessage[]): Heard[] {
	const heard: Heard[] = [];
	for (const { message, answer, heardAt, refused = [] } of messages) {
		if (message !== null && refused.length === 0) heard.push({ message, answer, at: heardAt });
	}
	return heard;
}

/** A site of which all is told is as old as that telling. */
function heardToo(sites: Taken['sites'], messages: readonly ErMessage[]): Taken['sites'] {
	const heard = new Map<string, number>();
	for (const one of messages) for (const site of one.heard ?? []) heard.set(site, Math.max(one.heardAt, heard.get(site) ?? one.heardAt));
	if (heard.size === 0) return sites;
	const changed = sites.map((one) => {
		const at = heard.get(one.site);
		return at === undefined ? one : { ...one, heardAt: Math.max(one.heardAt ?? at, at) };
	});
	for (const { site } of sites) heard.delete(site);
	return [...changed, ...[...heard].map(([site, heardAt]) => ({ site, heardAt, changes: [] }))];
}

export function censusDraft(source: string, messages: readonly ErMessage[], { sites, late }: Pick<Taken, 'sites' | 'late'>): CensusDraft {
	const refused = new Map<ErRefusalCode, number>();
	let taken = 0;
	let memory: unknown;
	for (const one of messages) {
		for (const code of one.refused ?? []) refused.set(code, (refused.get(code) ?? 0) + 1);
		if (one.events.length > 0 || (one.heard === undefined && (one.refused ?? []).length === 0)) taken += 1;
		if (one.memory !== undefined) memory = one.memory;
	}
	return {
		kind: 'census',
		source,
		messages: taken,
		sites: heardToo(sites, messages),
		...(refused.size > 0 ? { refused: [...refused] } : {}),
		...(late > 0 ? { late } : {}),
		...(memory === undefined ? {} : { memory }),
	};
}
