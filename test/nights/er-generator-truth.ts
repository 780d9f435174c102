// The census of invented visits at a moment, exactly as they went. Independent of the product: imports nothing of it.
import { type Code, MINUTE_MS, type Step, type Visit } from './er-generator.ts';

export type Truth = {
	present: number;
	byCode: Record<Code, number>;
	waiting: number;
	inTreatment: number;
	observation: number;
	boarding: number;
	overTarget: number;
	arrivalsLastHour: number;
};

/** National target times to the first visit, in minutes. */
const targets: Readonly<Record<Code, number>> = { '1': 0, '2': 15, '3': 60, '4': 120, '5': 240, none: Number.POSITIVE_INFINITY };

const empty = (): Truth => ({
	present: 0,
	byCode: { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0, none: 0 },
	waiting: 0,
	inTreatment: 0,
	observation: 0,
	boarding: 0,
	overTarget: 0,
	arrivalsLastHour: 0,
});

const stateAt = (visit: Visit, at: number): Step | null => visit.steps.findLast((one) => one.at <= at) ?? null;

/** `visits` in order of arrival. The last hour: sixty minutes of the clock, the running one among them. */
export function truthAt(visits: readonly Visit[], sites: readonly string[], at: number): Record<string, Truth> {
	const all: Record<string, Truth> = Object.fromEntries(sites.map((site) => [site, empty()]));
	for (const visit of visits) {
		if (visit.arrived > at) break;
		const truth = all[visit.site];
		const state = stateAt(visit, at);
		if (!truth || !state?.exists) continue;
		if (Math.floor(visit.arrived / MINUTE_MS) > Math.floor(at / MINUTE_MS) - 60) truth.arrivalsLastHour += 1;
		if (state.place === null) continue;
		truth.present += 1;
		truth.byCode[state.code] += 1;
		if (state.place === 'treatment') truth.inTreatment += 1;
		else truth[state.place] += 1;
		if (state.place === 'waiting' && at - visit.arrived > targets[state.code] * MINUTE_MS) truth.overTarget += 1;
	}
	return all;
}
