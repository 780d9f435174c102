// A facility's temperature tile in words: the figure with its shape, how fast it rises, how long until the limit, what cools and feeds it. Pure.
import type { FacilityFacts } from '../../shared/board-breakdown.ts';
import type { FacilityNow } from '../../shared/breakdown-now.ts';
import { formatNumber, type Language } from '../../shared/format.ts';
import { STEADY_DEGREES_PER_HOUR } from '../../shared/measures.ts';
import type { Standing } from '../../shared/standing.ts';
import type { BreakdownWords } from '../../shared/words/breakdown-words.ts';
import { fill } from '../../shared/words/words.ts';
import { dayOf, momentOf } from './incident-model.ts';
import { type Drawing, temperatureDrawing } from './temperature-model.ts';

/** From here on hours say more than minutes. */
const IN_HOURS_FROM = 90;

export type FacilityTile = {
	readonly title: string;
	readonly standing: Standing;
	readonly value: string;
	/** What stands for the value alone: a hot room with a fan that works is hot by its shape too. */
	readonly valueStanding: Standing;
	readonly isBlind: boolean;
	readonly ageMs: number | null;
	readonly facts: readonly string[];
	readonly drawing: Drawing | null;
	readonly texts: {
		readonly label: string;
		readonly watch: string;
		readonly limit: string;
		readonly failed: string;
		readonly from: string;
		readonly now: string;
	};
};

type Here = {
	readonly now: number;
	readonly zone: string;
	readonly language: Language;
	readonly bucketMs: number;
	readonly own: BreakdownWords /** Two stand side by side: in fewer words. */;
	readonly isBeside: boolean;
};

const degrees = (value: number | null, language: Language, decimals = 1): string => `${formatNumber(value, language, decimals)} °C`;

export function facilityTile(one: FacilityNow, facts: FacilityFacts, { now, zone, language, bucketMs, own, isBeside }: Here): FacilityTile {
	const w = own.facility;
	const drawing = temperatureDrawing(facts, bucketMs, now);
	const from = drawing === null ? now - 1 : drawing.from;
	const shown = one.temperature ?? one.lastTemperature;
	return {
		title: isBeside ? one.label : fill(w.title, { label: one.label }),
		standing: one.standing,
		value: degrees(shown, language),
		valueStanding: one.temperature === null ? 'blind' : one.temperature >= one.limit ? 'bad' : one.temperature >= one.watch ? 'watch' : 'good',
		isBlind: one.temperature === null,
		ageMs: one.ageMs,
		facts: isBeside ? withSide(one, factsOf(one, w, language), w) : factsOf(one, w, language),
		drawing,
		texts: {
			label: fill(w.chart, {
				label: one.label,
				from: momentOf(from, now, zone, language),
				least: formatNumber(drawing?.least ?? null, language, 1),
				most: formatNumber(drawing?.most ?? null, language, 1),
				watch: formatNumber(one.watch, language),
			}),
			watch: degrees(one.watch, language, Number.isInteger(one.watch) ? 0 : 1),
			limit: degrees(one.limit, language, Number.isInteger(one.limit) ? 0 : 1),
			failed:
				one.coolingFailedAt === null ? '' : fill(isBeside ? w.failed : w.failedLong, { time: momentOf(one.coolingFailedAt, now, zone, language) }),
			from: now - from > 22 * 3_600_000 ? dayOf(from, zone, language) : momentOf(from, now, zone, language),
			now: w.now,
		},
	};
}

type Words = BreakdownWords['facility'];

/** Which of the two it is stands behind its reason, where it has one: beside another there is room for little more. */
function withSide({ side, standing }: FacilityNow, facts: readonly string[], w: Words): readonly string[] {
	if (side === null) return facts;
	const reasons = standing === 'good' ? 0 : 1;
	return [...facts.slice(0, reasons), w[side], ...facts.slice(reasons)];
}

/** What makes it other than good stands first: a shape without its reason helps nobody. */
function factsOf(one: FacilityNow, w: Words, language: Language): readonly string[] {
	const [rate, power, cooling] = [rateOf(one, w, language), powerOf(one, w), coolingOf(one, w)];
	const { reason, standing, temperature } = one;
	if (standing === 'blind' && temperature !== null) return [w.partSilent, ...rate, ...power, ...cooling];
	if (reason === 'alerts') return [countWord(one.alerts ?? 0, w.alerts), ...rate, ...power, ...cooling];
	if (reason === 'cooling-lost' || reason === 'cooling-short') return [...cooling, ...rate, ...power];
	return reason === 'on-battery' || reason === 'battery-low' ? [...power, ...rate, ...cooling] : [...rate, ...power, ...cooling];
}

const countWord = (count: number, { one, many }: { readonly one: string; readonly many: string }): string =>
	count === 1 ? one : fill(many, { count });

function coolingOf({ cooling, reason }: FacilityNow, w: Words): readonly string[] {
	if (cooling === null || cooling.working === null) return [];
	const { working, of } = cooling;
	if (working === 0) return [w.coolingOff];
	if (of !== null) return [fill(w.cooling, { working, of })];
	return [fill(reason === 'cooling-short' ? w.coolingShort : w.coolingOn, { working })];
}

function rateOf({ degreesPerHour, minutesToLimit, temperature, limit }: FacilityNow, w: Words, language: Language): readonly string[] {
	const isOver = temperature !== null && temperature >= limit;
	const rate =
		degreesPerHour === null || Math.abs(degreesPerHour) < STEADY_DEGREES_PER_HOUR
			? []
			: [fill(w.rate, { sign: degreesPerHour > 0 ? '+' : '−', degrees: formatNumber(Math.abs(degreesPerHour), language, 1) })];
	if (isOver) return [w.atLimit, ...rate];
	if (minutesToLimit === null) return rate;
	const minutes = Math.floor(minutesToLimit);
	return minutes < IN_HOURS_FROM
		? [fill(w.toLimit, { minutes }), ...rate]
		: [fill(w.toLimitHours, { hours: Math.floor(minutes / 60), minutes: minutes % 60 }), ...rate];
}

function powerOf({ ups, reason }: FacilityNow, w: Words): readonly string[] {
	const minutes = ups?.runtimeMs == null ? null : Math.floor(ups.runtimeMs / 60_000);
	if (ups?.onBattery === true) return [minutes === null ? w.onBatteryUnknown : fill(w.onBattery, { minutes })];
	return reason === 'battery-low' && minutes !== null ? [fill(w.batteryLow, { minutes })] : [];
}
