// What a data centre's and a network's facts amount to at a moment: how hot, how fast it rises, how long until the limit, what cools and feeds it.
import type { FacilityFacts, FacilityFigure, NetworkFacts } from './board-breakdown.ts';
import type { FacilityNow, FacilityReason, NetworkNow } from './breakdown-now.ts';
import { type FigureNow, figureNow } from './figure-now.ts';
import { measureOf, STEADY_DEGREES_PER_HOUR } from './measures.ts';
import type { Standing } from './standing.ts';

/** A rate of these minutes says nothing of what is further away. */
export const HORIZON_MINUTES = 240;
const RISING_BAD_MINUTES = 30;
const RISING_WATCH_MINUTES = 120;

/** The figures whose silence keeps a facility from being good. Humidity, charge and load say more of what these say. */
const decisive = ['temperature', 'cooling', 'onBattery', 'upsRuntime'] as const;
type Decisive = Readonly<Record<(typeof decisive)[number] | 'upsCharge' | 'alerts', FigureNow | null>>;
type Verdict = { readonly standing: Standing; readonly reason: FacilityReason | null };

export function judgeFacility(facts: FacilityFacts, now: number): FacilityNow {
	// Other systems say anew what they warn of in a rhythm of their own, whatever the plan says of the sensors.
	const look = (name: FacilityFigure, ownMs: number | null = facts.staleAfterMs): FigureNow | null =>
		figureNow(facts.figures[name], ownMs ?? measureOf(`facility.${name}`).staleAfterMs, now);
	const seen: Decisive = {
		temperature: look('temperature'),
		cooling: look('cooling'),
		onBattery: look('onBattery'),
		upsRuntime: look('upsRuntime'),
		upsCharge: look('upsCharge'),
		alerts: look('alerts', null),
	};
	const temperature = seen.temperature?.value ?? null;
	const degreesPerHour = temperature === null ? null : rateOf(facts);
	const minutesToLimit = minutesLeft(temperature, facts.temperature.limit, degreesPerHour);
	const ages = decisive.map((name) => seen[name]?.ageMs ?? null).filter((age) => age !== null);
	return {
		label: facts.label,
		side: facts.side,
		...stand(facts, seen, minutesToLimit),
		temperature,
		lastTemperature: seen.temperature?.last ?? null,
		watch: facts.temperature.watch,
		limit: facts.temperature.limit,
		degreesPerHour,
		minutesToLimit,
		cooling: seen.cooling === null ? null : { working: seen.cooling.value, of: facts.coolingUnits },
		coolingFailedAt: facts.coolingFailedAt,
		ups: upsOf(seen),
		alerts: seen.alerts?.value ?? null,
		ageMs: ages.length === 0 ? null : Math.max(...ages),
	};
}

/** A rate holds for the report that it ends with, and for no later one. */
function rateOf({ climb, figures }: FacilityFacts): number | null {
	return climb !== null && climb[1] >= (figures.temperature?.[1] ?? 0) ? climb[0] : null;
}

function minutesLeft(temperature: number | null, limit: number, degreesPerHour: number | null): number | null {
	if (temperature === null) return null;
	if (temperature >= limit) return 0;
	if (degreesPerHour === null || degreesPerHour < STEADY_DEGREES_PER_HOUR) return null;
	const minutes = ((limit - temperature) / degreesPerHour) * 60;
	return minutes > HORIZON_MINUTES ? null : minutes;
}

function upsOf({ onBattery, upsRuntime, upsCharge }: Decisive): FacilityNow['ups'] {
	if (onBattery === null && upsRuntime === null && upsCharge === null) return null;
	const seconds = upsRuntime?.value ?? null;
	const isOn = onBattery?.value ?? null;
	return { onBattery: isOn === null ? null : isOn === 1, runtimeMs: seconds === null ? null : seconds * 1000, charge: upsCharge?.value ?? null };
}

/** A known fault is said first; then that the temperature is not known, which no other figure makes up for; then a doubt. */
function stand(facts: FacilityFacts, seen: Decisive, minutesToLimit: number | null): Verdict {
	const bad = badOf(facts, seen, minutesToLimit);
	if (bad !== null) return { standing: 'bad', reason: bad };
	if (decisive.every((name) => seen[name] === null)) return { standing: 'blind', reason: 'never-reported' };
	if (seen.temperature === null && facts.asksTemperature) return { standing: 'blind', reason: 'never-reported' };
	if (seen.temperature?.unknown) return { standing: 'blind', reason: seen.temperature.unknown };
	const watch = watchOf(facts, seen, minutesToLimit);
	if (watch !== null) return { standing: 'watch', reason: watch };
	// Never green on silence: who told of cooling or power, and does so no longer, is not known to be well.
	const silent = decisive.map((name) => seen[name]?.unknown).find((unknown) => unknown);
	return silent ? { standing: 'blind', reason: silent } : { standing: 'good', reason: null };
}

const isBelow = (value: number | null | undefined, limit: number): boolean => value != null && value < limit;

function badOf({ temperature, coolingUnits, upsRuntime }: FacilityFacts, seen: Decisive, minutesToLimit: number | null): FacilityReason | null {
	if (seen.temperature?.value != null && seen.temperature.value >= temperature.limit) return 'too-hot';
	if (seen.cooling?.value === 0 && coolingUnits !== 0) return 'cooling-lost';
	// On the mains a short runtime is a matter for the next day.
	if (seen.onBattery?.value !== 0 && isBelow(seen.upsRuntime?.value, upsRuntime.badMs / 1000)) return 'battery-low';
	return isBelow(minutesToLimit, RISING_BAD_MINUTES) ? 'rising' : null;
}

function watchOf(facts: FacilityFacts, seen: Decisive, minutesToLimit: number | null): FacilityReason | null {
	if (seen.temperature?.value != null && seen.temperature.value >= facts.temperature.watch) return 'hot';
	if (isBelow(minutesToLimit, RISING_WATCH_MINUTES)) return 'rising';
	// Where the plan does not say how many there are, the most that ever worked is the measure, and the fold has kept it.
	const isShort = facts.coolingUnits === null ? facts.coolingFailedAt !== null : isBelow(seen.cooling?.value, facts.coolingUnits);
	if (seen.cooling?.value != null && isShort) return 'cooling-short';
	if (seen.onBattery?.value === 1) return 'on-battery';
	if (isBelow(seen.upsRuntime?.value, facts.upsRuntime.watchMs / 1000)) return 'battery-low';
	return (seen.alerts?.value ?? 0) > 0 ? 'alerts' : null;
}

export function judgeNetwork(facts: NetworkFacts, now: number): NetworkNow {
	const seen = figureNow(facts.figures.up, facts.staleAfterMs ?? measureOf('network.up').staleAfterMs, now);
	const up = upOf(seen);
	return {
		label: facts.label,
		standing: up === null ? 'blind' : up ? 'good' : 'bad',
		up,
		since: up === null ? null : facts.since,
		ageMs: seen?.ageMs ?? null,
	};
}

/** Yes, no, or not known: a share of an answer is none. */
export const upOf = (seen: FigureNow | null): boolean | null => (seen?.value === 1 ? true : seen?.value === 0 ? false : null);
