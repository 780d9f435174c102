// The waits for a bay: of each site the last one that ended, among the visits that are held. Knows no message.
import type { VisitState } from './er-visit.ts';

/** When somebody was put in a bay, and after how long a wait. */
export type Bed = readonly [at: number, waitMs: number];
type Held = { readonly state: VisitState };

/** Who came without a known arrival has waited nobody knows how long: that wait is none. */
export function bedsOf({ site, bedAt, arrivedAt, former }: VisitState): readonly (readonly [site: string, bed: Bed])[] {
	return [...former, { site, bedAt, arrivedAt }].flatMap((stay) =>
		stay.site === null || stay.bedAt === null || stay.arrivedAt === null
			? []
			: [[stay.site, [stay.bedAt, Math.max(0, stay.bedAt - stay.arrivedAt)]] as const],
	);
}

/** Of two at one instant the longer wait. */
const isLater = (one: Bed, other: Bed): boolean => one[0] > other[0] || (one[0] === other[0] && one[1] > other[1]);

export function lastOf(states: Iterable<VisitState>, of: string): Bed | null {
	let last: Bed | null = null;
	for (const state of states) for (const [site, bed] of bedsOf(state)) if (site === of && (last === null || isLater(bed, last))) last = bed;
	return last;
}

/** Visits by the sites where they were put in a bay. */
export type Beds<V extends Held> = {
	add(visit: V): void;
	remove(visit: V): void;
	at(site: string): Iterable<V>;
};

export function openBeds<V extends Held>(): Beds<V> {
	const bySite = new Map<string, Set<V>>();
	return {
		add: (visit) => {
			for (const [site] of bedsOf(visit.state)) {
				const there = bySite.get(site);
				if (there) there.add(visit);
				else bySite.set(site, new Set([visit]));
			}
		},
		remove: (visit) => {
			for (const [site] of bedsOf(visit.state)) bySite.get(site)?.delete(visit);
		},
		at: (site) => bySite.get(site) ?? [],
	};
}
