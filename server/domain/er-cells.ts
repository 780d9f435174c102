// What a visit's state counts as in the cells of the sites it was at, and what a change of it adds and takes. Knows no message.
import { type CensusCell, type CensusChange, MINUTE_MS, minuteNumber, type TriageCode } from '../../shared/er.ts';
import type { ErOutcome } from './er-event.ts';
import type { VisitState } from './er-visit.ts';

type Told = { readonly site: string; readonly change: CensusChange };

/** Each with `by` 1. A departure whose arrival nobody told has no length of stay, and counts as no arrival. */
function cellsOf(state: VisitState): Told[] {
	const cells: Told[] = [];
	const add = (site: string, cell: CensusCell, code: TriageCode, instant: number | null, stayMinutes?: number): void => {
		const minute = instant === null ? null : minuteNumber(instant);
		cells.push({ site, change: stayMinutes === undefined ? [cell, code, minute, 1] : [cell, code, minute, 1, stayMinutes] });
	};
	const addEnd = (site: string, code: TriageCode, arrivedAt: number | null, leftAt: number, outcome: ErOutcome | null): void => {
		add(site, 'departures', code, leftAt);
		if (outcome === 'unseen') add(site, 'unseen', code, leftAt);
		if (arrivedAt !== null) add(site, 'stays', code, leftAt, Math.floor((leftAt - arrivedAt) / MINUTE_MS));
	};
	for (const { site, triage, arrivedAt, leftAt, outcome } of state.former) {
		if (arrivedAt !== null) add(site, 'arrivals', triage, arrivedAt);
		addEnd(site, triage, arrivedAt, leftAt, outcome);
	}
	const { site, place, triage, arrivedAt, since, leftAt, lapsedAt, boardingSince, outcome } = state;
	if (site === null) return cells;
	if (arrivedAt !== null) add(site, 'arrivals', triage, arrivedAt);
	if (leftAt !== null) addEnd(site, triage, arrivedAt, leftAt, outcome);
	else if (place === 'lapsed') add(site, place, triage, lapsedAt);
	else if (place === 'waiting') add(site, place, triage, since);
	else if (place === 'boarding') add(site, place, triage, boardingSince);
	else if (place === 'treatment' || place === 'observation') add(site, place, triage, null);
	return cells;
}

/** Sums what states gain and lose, by site and cell, so that what cancels out within a batch is not said. */
export type Tally = {
	/** `by`: 1 for a state that stands now, -1 for one that stood. */
	add(state: VisitState, by: 1 | -1): void;
	/** What is left of it, site by site. */
	changes(): ReadonlyMap<string, readonly CensusChange[]>;
};

export function openTally(): Tally {
	const sums = new Map<string, { readonly told: Told; by: number }>();
	return {
		add: (state, by) => {
			for (const told of cellsOf(state)) {
				const [cell, code, minute, , stayMinutes] = told.change;
				const key = `${told.site}|${cell}|${code}|${minute}|${stayMinutes}`;
				const sum = sums.get(key);
				if (sum) sum.by += by;
				else sums.set(key, { told, by });
			}
		},
		changes: () => {
			const bySite = new Map<string, CensusChange[]>();
			for (const { told, by } of sums.values()) {
				if (by === 0) continue;
				const [cell, code, minute, , stayMinutes] = told.change;
				const changes = bySite.get(told.site) ?? [];
				bySite.set(told.site, changes);
				changes.push(stayMinutes === undefined ? [cell, code, minute, by] : [cell, code, minute, by, stayMinutes]);
			}
			return bySite;
		},
	};
}
