// What a batch comes to for each site: when it was last heard, which cells moved, and the last wait for a bay. Knows no number.
import type { SiteChanges } from '../../shared/er.ts';
import { bedsOf, lastOf } from './er-beds.ts';
import { openTally } from './er-cells.ts';
import type { ErEvent } from './er-event.ts';
import type { Visit } from './er-row.ts';
import type { VisitState } from './er-visit.ts';

export type Hearing = {
	hear(event: ErEvent): void;
	/** A visit stands where those of `from` stood. */
	change(visit: Visit, from: readonly Visit[]): void;
	/** `stateOf`: what is known of a visit by now, by any of its numbers. */
	sites(stateOf: (number: string) => VisitState | undefined, bedded: Bedded): SiteChanges[];
};

/** Those of a site's bays whose visits are as before. */
type Bedded = (site: string) => Iterable<VisitState>;

type Told = { readonly number: string; readonly site: string; readonly sentAt: number };

/** Present at the site, or gone from there. */
const isKnownAt = (state: VisitState | undefined, of: string): boolean =>
	state !== undefined && (state.site === of || state.former.some(({ site }) => site === of));

export function openHearing(): Hearing {
	const tally = openTally();
	const heardAt = new Map<string, number>();
	/** Messages of a place elsewhere: the site that they were told to; null: several, and they tell of none in particular. */
	const elsewhere = new Map<string, Told | null>();
	/** Merges: of numbers that may be a ward's alone. */
	const merged: Told[] = [];
	/** Sites where a wait for a bay came, went or became another one. */
	const moved = new Set<string>();
	const made: Visit[] = [];
	const at = (site: string, sentAt: number): void => void heardAt.set(site, Math.max(heardAt.get(site) ?? 0, sentAt));

	/** A site that changes without having been spoken of is as old as what was said of its visits. */
	const saidAt = (of: string): number =>
		Math.max(0, ...made.flatMap(({ state, words }) => (isKnownAt(state, of) ? words.map(({ sentAt }) => sentAt) : [])));

	return {
		hear: ({ site, sentAt, area, act, visit, at: happenedAt }) => {
			if (act === 'merge-visit' || act === 'merge-patient') return void merged.push({ number: visit, site, sentAt });
			if (area !== 'elsewhere') return at(site, sentAt);
			const key = `${visit} ${act} ${happenedAt} ${sentAt}`;
			const told = elsewhere.get(key);
			elsewhere.set(key, told === undefined || told?.site === site ? { number: visit, site, sentAt } : null);
		},
		change: (visit, from) => {
			made.push(visit);
			for (const { state } of from) tally.add(state, -1);
			tally.add(visit.state, 1);
			const [before, after] = [from.flatMap(({ state }) => bedsOf(state)), bedsOf(visit.state)].map((beds) => beds.map((bed) => bed.join(' ')));
			for (const [some, others] of [
				[before, after],
				[after, before],
			])
				for (const bed of some ?? []) if (!others?.includes(bed)) moved.add(bed.slice(0, bed.indexOf(' ')));
		},
		sites: (stateOf, bedded) => {
			// What a ward says of who was never here does not tell that the emergency room still talks.
			for (const told of [...elsewhere.values(), ...merged]) if (told && isKnownAt(stateOf(told.number), told.site)) at(told.site, told.sentAt);
			const changes = tally.changes();
			return [...new Set([...heardAt.keys(), ...changes.keys(), ...moved])].map((site): SiteChanges => {
				const bed = moved.has(site) ? { lastBed: lastOf([...bedded(site), ...made.map(({ state }) => state)], site) } : {};
				return { site, heardAt: heardAt.get(site) ?? saidAt(site), changes: changes.get(site) ?? [], ...bed };
			});
		},
	};
}
