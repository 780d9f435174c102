// Facilities: what cools and feeds them, how hot they are, and how fast that rises.
import type { FacilityFacts } from '../../shared/board-breakdown.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import type { SampleContext } from './archives.projection.ts';

export type FacilityCell = { live: FacilityFacts; retired: boolean };
export type FacilityCells = Record<string, FacilityCell>;

/** ASHRAE's recommended and allowable inlet temperatures (class A1), where the plan says nothing. */
const usualTemperature = { watch: 27, limit: 32 };
const usualRuntime = { watchMs: 1_200_000, badMs: 600_000 };

export function planFacilities(cells: FacilityCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.facilities[id] === undefined;
	for (const [id, one] of Object.entries(plan.facilities)) {
		const planned = {
			label: one.label,
			side: one.side ?? null,
			needs: one.needs ?? [],
			temperature: one.temperature ?? usualTemperature,
			coolingUnits: one.coolingUnits ?? null,
			upsRuntime: one.upsRuntime === undefined ? usualRuntime : { watchMs: one.upsRuntime.watch, badMs: one.upsRuntime.bad },
			staleAfterMs: one.staleAfter ?? null,
		};
		const cell = cells[id];
		if (cell) cell.live = { ...cell.live, ...planned };
		else cells[id] = { live: { ...planned, figures: {}, climb: null, coolingFailedAt: null, trends: { temperature: {} } }, retired: false };
	}
}

export function applyFacilitySample(_cell: FacilityCell, _sample: Sample, _context: SampleContext): void {}

export const showFacility = (cell: FacilityCell): FacilityFacts => cell.live;
