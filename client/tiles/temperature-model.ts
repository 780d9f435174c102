// A room's temperature as a drawing: the line with its gaps, the lines it is held against, and when the cooling failed. Pure.
import type { Trend } from '../../shared/board.ts';
import type { FacilityFacts } from '../../shared/board-breakdown.ts';
import type { FacilityNow } from '../../shared/breakdown-now.ts';
import { byWorst } from '../../shared/standing.ts';

const HOUR_MS = 3_600_000;
const CALM_HOURS = 24;
/** At least so much is shown of what was before a failure. */
const BEFORE_MS = 3 * HOUR_MS;
const POINTS_AT_MOST = 180;
const MARGIN = 1.5;

export type Drawing = {
	readonly from: number;
	readonly to: number;
	/** In a box of 0–1 by 0–1, y downwards. Null at a gap. */
	readonly points: readonly ({ readonly x: number; readonly y: number } | null)[];
	readonly watch: number;
	/** Null where it is too far above to be drawn. */
	readonly limit: number | null;
	/** When the cooling failed; null where that is before the drawing, or never. */
	readonly failed: number | null;
	readonly least: number;
	readonly most: number;
};

function extent(trend: Trend, bucketMs: number, failedAt: number | null, now: number): number {
	const wished = failedAt === null ? now - CALM_HOURS * HOUR_MS : failedAt - Math.max(BEFORE_MS, (now - failedAt) / 4);
	const first = Math.min(...Object.keys(trend).map(Number)) * bucketMs;
	return Math.max(wished, first);
}

/** Null where nothing was ever measured. */
export function temperatureDrawing({ trends, temperature, coolingFailedAt }: FacilityFacts, bucketMs: number, now: number): Drawing | null {
	const trend = trends.temperature;
	if (Object.keys(trend).length === 0) return null;
	const from = extent(trend, bucketMs, coolingFailedAt, now);
	const [first, last] = [Math.floor(from / bucketMs), Math.floor(now / bucketMs)];
	const each = Math.max(1, Math.ceil((last - first + 1) / POINTS_AT_MOST));
	const values: (readonly [at: number, value: number] | null)[] = [];
	for (let bucket = first; bucket <= last; bucket += each) {
		const here = Array.from({ length: Math.min(each, last - bucket + 1) }, (_, i) => trend[bucket + i]).filter((one) => one !== undefined);
		// The running bucket may not have been told of yet, and is no gap; a bucket without a word in between is.
		if (here.length > 0) values.push([Math.min(now, (bucket + each) * bucketMs), Math.max(...here)]);
		else if (bucket + each <= last) values.push(null);
	}
	const known = values.filter((one) => one !== null).map(([, value]) => value);
	if (known.length === 0) return null;
	const [least, most] = [Math.min(...known), Math.max(...known)];
	const hasLimit = most >= temperature.watch - MARGIN;
	const bottom = Math.min(least, temperature.watch) - MARGIN;
	const top = Math.max(most, temperature.watch, hasLimit ? temperature.limit : 0) + MARGIN;
	const span = Math.max(1, now - from);
	const x = (at: number): number => Math.min(1, Math.max(0, (at - from) / span));
	const y = (value: number): number => 1 - (value - bottom) / (top - bottom);
	return {
		from,
		to: now,
		points: values.map((one) => (one === null ? null : { x: x(one[0]), y: y(one[1]) })),
		watch: y(temperature.watch),
		limit: hasLimit ? y(temperature.limit) : null,
		failed: coolingFailedAt === null || coolingFailedAt < from ? null : x(coolingFailedAt),
		least,
		most,
	};
}

/** The path in a box of width × height; a gap is a gap, and a point between two gaps a short stroke. */
export function pathOfDrawing({ points }: Pick<Drawing, 'points'>, width: number, height: number): string {
	let path = '';
	let isDrawing = false;
	for (const [index, point] of points.entries()) {
		if (point === null) {
			isDrawing = false;
			continue;
		}
		const at = `${(point.x * width).toFixed(1)} ${(point.y * height).toFixed(1)}`;
		path += isDrawing ? `L${at}` : `M${at}${points[index + 1] == null ? `h1` : ''}`;
		isDrawing = true;
	}
	return path;
}

type Facilities = Readonly<Record<string, FacilityNow>>;

/** Old and new side by side where the plan has both; else the one that asks most, of those that the incident's subject needs if any. */
export function facilitiesShown(facilities: Facilities, needed: readonly string[], room: number): readonly string[] {
	const ids = Object.keys(facilities);
	const side = (which: 'old' | 'new'): string | undefined => ids.find((id) => facilities[id]?.side === which);
	const [old, fresh] = [side('old'), side('new')];
	if (old !== undefined && fresh !== undefined && room > 1) return [old, fresh];
	const standing = (id: string) => facilities[id]?.standing ?? 'good';
	const worst = ids.toSorted(
		(a, b) => Number(needed.includes(b)) - Number(needed.includes(a)) || byWorst(standing(a), standing(b)) || ids.indexOf(a) - ids.indexOf(b),
	);
	return worst.slice(0, 1);
}

/** Facilities that a subject rests on, however far down. `needs`: subject → what it needs. */
export function facilitiesUnder(subject: string | null, needs: (subject: string) => readonly string[]): readonly string[] {
	const found = new Set<string>();
	const walk = (one: string): void => {
		if (found.has(one)) return;
		found.add(one);
		for (const next of needs(one)) walk(next);
	};
	if (subject !== null) walk(subject);
	return [...found].filter((one) => one.startsWith('facility/')).map((one) => one.slice('facility/'.length));
}
