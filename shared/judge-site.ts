// How full one emergency room is at a moment, by the voice that is to be believed then: messages, counts of a feed, or paper. Pure.
import type { SiteFacts } from './board-er.ts';
import type { SiteNow } from './er-now.ts';

/** `zone`: where its hours and weekdays are counted. */
export function judgeSite(facts: SiteFacts, _now: number, _zone: string): SiteNow {
	const index = { value: null, band: null, terms: [] };
	return {
		label: facts.label,
		short: facts.short,
		body: facts.body,
		neighbours: facts.neighbours,
		mode: 'feed',
		standing: 'blind',
		reason: 'never-reported',
		present: null,
		byCode: null,
		waiting: null,
		waitingByCode: null,
		inTreatment: null,
		observation: null,
		boarding: null,
		longestBoardingMs: null,
		occupancy: null,
		spaces: facts.spaces,
		overTarget: null,
		overTargetByCode: null,
		arrivalsLastHour: null,
		expectedLastHour: null,
		expectedFrom: facts.expectedFrom,
		stay: null,
		unseen: null,
		nedocs: index,
		edwin: index,
		ageMs: null,
		limitMs: facts.staleAfterMs,
		diversion: facts.diversion,
		dark: null,
		backEntry: null,
		nextCountAt: null,
		reconcile: null,
	};
}
