// A transfer's rate as its positions show it: a level that wanders, seen through noise (a local level model, filtered as by Kalman).
import type { Points } from './forecast-input.ts';
import type { Model } from './forecast-model.ts';

/** Logarithms of units a ms: where it stands, how unsure that is, how much it wanders in an hour (variances), and the gain of the mean over the middle. */
export type Rate = { readonly level: number; readonly variance: number; readonly drift: number; readonly lift: number; readonly seen: number };

const HOUR = 3_600_000;
const SHORTEST_MS = 20_000;
/** Readings that the model's own figures are worth when a night's own are estimated. */
const PRIOR_WORTH = 8;
/** A reading of nothing is one of this share of the usual. */
const LEAST_SHARE = 0.1;

type Reading = { readonly log: number; readonly spanMs: number };

/** The part of a position's course in which it was at work: from when it first grew to when it was complete. */
export function atWork(points: Points): Points {
	let first = 0;
	let last = points.length - 1;
	for (let i = 1; i < points.length; i += 1) if ((points[i]?.[1] ?? 0) < (points[i - 1]?.[1] ?? 0)) first = i;
	while (first + 1 < points.length && points[first + 1]?.[1] === points[first]?.[1]) first += 1;
	const end = points.at(-1)?.[1];
	if (last > first && points[last - 1]?.[1] === end && points[last - 2]?.[1] === end) while (last > first && points[last - 1]?.[1] === end) last -= 1;
	return points.slice(first, last + 1);
}

function readingsOf(points: Points): Reading[] {
	const spans: { rate: number; spanMs: number }[] = [];
	let from = points[0];
	for (const to of points.slice(1)) {
		if (!from || to[0] - from[0] < SHORTEST_MS) continue;
		spans.push({ rate: (to[1] - from[1]) / (to[0] - from[0]), spanMs: to[0] - from[0] });
		from = to;
	}
	const usual = spans.reduce((sum, { rate, spanMs }) => sum + rate * spanMs, 0) / spans.reduce((sum, { spanMs }) => sum + spanMs, 0);
	if (!(usual > 0)) return [];
	return spans.map(({ rate, spanMs }) => ({ log: Math.log(Math.max(rate, usual * LEAST_SHARE)), spanMs }));
}

/** `before`: what was believed before any reading, if anything. Null where nothing says anything. */
export function rateOf(points: Points, before: { readonly level: number; readonly variance: number } | null, model: Model): Rate | null {
	const readings = readingsOf(points);
	const first = readings[0];
	if (!first) return before && { ...before, drift: model.rateDrift ** 2, lift: 0, seen: 0 };
	const usualMs = readings.map(({ spanMs }) => spanMs).toSorted((a, b) => a - b)[Math.floor(readings.length / 2)] ?? first.spanMs;
	const { drift, noise } = wanderingOf(readings, usualMs, model);
	let level = before?.level ?? first.log;
	let variance = before?.variance ?? 1;
	for (const { log, spanMs } of readings) {
		variance += (drift * spanMs) / HOUR;
		const gain = variance / (variance + noise * Math.max(0.5, usualMs / spanMs));
		level += gain * (log - level);
		variance *= 1 - gain;
	}
	return { level, variance, drift, lift: noise / 2, seen: readings.length };
}

/** By moments of the differences: the noise of neighbours pulls them apart, wandering does not. */
function wanderingOf(readings: readonly Reading[], usualMs: number, model: Model): { drift: number; noise: number } {
	let squares = 0;
	let products = 0;
	let count = 0;
	let before: number | null = null;
	for (let i = 1; i < readings.length; i += 1) {
		const step = Math.max(-1, Math.min(1, (readings[i]?.log ?? 0) - (readings[i - 1]?.log ?? 0)));
		squares += step * step;
		if (before !== null) products += before * step;
		before = step;
		count += 1;
	}
	const noiseSeen = count > 1 ? Math.max(0, Math.min(squares / count / 2, -products / (count - 1))) : model.rateNoise ** 2;
	const driftSeen = count > 1 ? (Math.max(0, squares / count - 2 * noiseSeen) * HOUR) / usualMs : model.rateDrift ** 2;
	const worth = count / (count + PRIOR_WORTH);
	return {
		noise: worth * noiseSeen + (1 - worth) * model.rateNoise ** 2,
		drift: worth * Math.min(driftSeen, 4 * model.rateDrift ** 2) + (1 - worth) * model.rateDrift ** 2,
	};
}
