// What a data centre's and a network's facts amount to at a moment: how hot, how fast it rises, how long until the limit, what cools and feeds it.
import type { FacilityFacts, NetworkFacts } from './board-breakdown.ts';
import type { FacilityNow, NetworkNow } from './breakdown-now.ts';

export function judgeFacility(facts: FacilityFacts, _now: number): FacilityNow {
	return {
		label: facts.label,
		side: facts.side,
		standing: 'blind',
		reason: 'never-reported',
		temperature: null,
		lastTemperature: null,
		watch: facts.temperature.watch,
		limit: facts.temperature.limit,
		degreesPerHour: null,
		minutesToLimit: null,
		cooling: null,
		coolingFailedAt: facts.coolingFailedAt,
		ups: null,
		alerts: null,
		ageMs: null,
	};
}

export const judgeNetwork = (facts: NetworkFacts, _now: number): NetworkNow => ({
	label: facts.label,
	standing: 'blind',
	up: null,
	since: facts.since,
	ageMs: null,
});
