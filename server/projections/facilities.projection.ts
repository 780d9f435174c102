// Facilities: what cools and feeds them, how hot they are, and how fast that rises.
import type { Figure } from '../../shared/board.ts';
import type { FacilityFacts, FacilityFigure } from '../../shared/board-breakdown.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { figureName, type SampleContext } from './archives.projection.ts';
import { addToTrend, emptyTrend, figureAfter, type LiveTrend } from './cells.ts';
import { addRecent, type RecentLevels, slopeOf } from './slope.ts';
import { suddenRiseOf } from './sudden-rise.ts';

type Live = { -readonly [K in keyof Omit<FacilityFacts, 'figures' | 'trends'>]: FacilityFacts[K] } & {
	figures: Partial<Record<FacilityFigure, Figure>>;
};
export type FacilityCell = {
	live: Live;
	retired: boolean;
	temperature: LiveTrend;
	recent: RecentLevels;
	/** The most cooling units that ever worked. */
	mostCooling: number;
};
export type FacilityCells = Record<string, FacilityCell>;

/** ASHRAE's recommended and allowable inlet temperatures (class A1), where the plan says nothing. */
const usualTemperature = { watch: 27, limit: 32 };
const usualRuntime = { watchMs: 1_200_000, badMs: 600_000 };

/** Fewer reports, or over a shorter time, say nothing of a rise. */
const CLIMB_POINTS = 3;
const CLIMB_LEAST_MS = 240_000;
/** A sensor sways by a tenth or two: a sudden rise is more. */
const SWAY_DEGREES = 0.3;

export function planFacilities(cells: FacilityCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.facilities[id] === undefined;
	for (const [id, one] of Object.entries(plan.facilities)) {
		const planned = {
			label: one.label,
			side: one.side ?? null,
			needs: one.needs ?? [],
			temperature: one.temperature ?? usualTemperature,
			...(one.temperature === undefined ? {} : { asksTemperature: true as const }),
			coolingUnits: one.coolingUnits ?? null,
			upsRuntime: one.upsRuntime === undefined ? usualRuntime : { watchMs: one.upsRuntime.watch, badMs: one.upsRuntime.bad },
			staleAfterMs: one.staleAfter ?? null,
		};
		const cell = cells[id];
		if (cell) {
			const { asksTemperature: _before, ...kept } = cell.live;
			cell.live = { ...kept, ...planned };
			noteCooling(cell);
		} else {
			const live: Live = { ...planned, figures: {}, climb: null, coolingFailedAt: null };
			cells[id] = { live, retired: false, temperature: emptyTrend(), recent: [], mostCooling: 0 };
		}
	}
}

/** Late samples only fill the trend. */
export function applyFacilitySample(cell: FacilityCell, sample: Sample, { seen, isNews, bucketMs }: SampleContext): void {
	const name = figureName(sample.measure) as FacilityFigure;
	const { value, at } = sample;
	if (value !== null && name === 'temperature') addToTrend(cell.temperature, bucketMs, at, value, isNews);
	if (!isNews) return;
	cell.live.figures[name] = figureAfter(cell.live.figures[name], sample, seen);
	if (value === null) return;
	if (name === 'temperature') {
		addRecent(cell.recent, at, value);
		const steady = slopeOf(cell.recent, CLIMB_POINTS, CLIMB_LEAST_MS);
		// The faster of the two: against heat that begins at once a quarter of an hour's median tells of comfort for minutes.
		const perMinute = steady === null ? null : Math.max(steady, suddenRiseOf(cell.recent, SWAY_DEGREES) ?? steady);
		// In hundredths of a degree an hour: finer is no sensor's word.
		cell.live.climb = perMinute === null ? null : [Math.round(perMinute * 6000) / 100 + 0, at];
	}
	if (name === 'cooling') {
		cell.mostCooling = Math.max(cell.mostCooling, value);
		noteCooling(cell);
	}
}

/** Since when fewer work than it has; a blind report changes nothing of it. */
function noteCooling({ live, mostCooling }: FacilityCell): void {
	const working = live.figures.cooling?.[0] ?? null;
	if (working === null) return;
	const isShort = working < (live.coolingUnits ?? mostCooling);
	live.coolingFailedAt = isShort ? (live.coolingFailedAt ?? live.figures.cooling?.[1] ?? null) : null;
}

export const showFacility = ({ live, temperature }: FacilityCell): FacilityFacts => ({
	...live,
	figures: { ...live.figures },
	trends: { temperature: { ...temperature.points } },
});
