// Networks, and those who need services: whether their own probes answer, and since when.
import type { DependantFacts, NetworkFacts } from '../../shared/board-breakdown.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import type { SampleContext } from './archives.projection.ts';

export type NetworkCell = { live: NetworkFacts; retired: boolean };
export type DependantCell = { live: DependantFacts; retired: boolean };
export type NetworkCells = Record<string, NetworkCell>;
export type DependantCells = Record<string, DependantCell>;

export function planNetworks(cells: NetworkCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.networks[id] === undefined;
	for (const [id, { label, needs = [], staleAfter }] of Object.entries(plan.networks)) {
		const planned = { label, needs, staleAfterMs: staleAfter ?? null };
		cells[id] = { live: { figures: {}, since: null, ...cells[id]?.live, ...planned }, retired: false };
	}
}

export function planDependants(cells: DependantCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.dependants[id] === undefined;
	for (const [id, { label, count, needs = [], operator, staleAfter }] of Object.entries(plan.dependants)) {
		const planned = { label, count: count ?? null, needs, operator: operator ?? null, staleAfterMs: staleAfter ?? null };
		cells[id] = { live: { figures: {}, since: null, ...cells[id]?.live, ...planned }, retired: false };
	}
}

export function applyNetworkSample(_cell: NetworkCell, _sample: Sample, _context: SampleContext): void {}
export function applyDependantSample(_cell: DependantCell, _sample: Sample, _context: SampleContext): void {}

export const showNetwork = (cell: NetworkCell): NetworkFacts => cell.live;
export const showDependant = (cell: DependantCell): DependantFacts => cell.live;
