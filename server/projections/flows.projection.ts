// Flows with a deadline: the oldest unsent record, what waits, and how fast that shrinks.
import type { FlowFacts } from '../../shared/board-breakdown.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import type { SampleContext } from './archives.projection.ts';

export type FlowCell = { live: FlowFacts; retired: boolean };
export type FlowCells = Record<string, FlowCell>;

export function planFlows(cells: FlowCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.flows[id] === undefined;
	for (const [id, { label, deadline, needs = [], staleAfter }] of Object.entries(plan.flows)) {
		const planned = { label, deadlineMs: deadline, needs, staleAfterMs: staleAfter ?? null };
		cells[id] = { live: { figures: {}, drain: null, overdueSince: null, ...cells[id]?.live, ...planned }, retired: false };
	}
}

export function applyFlowSample(_cell: FlowCell, _sample: Sample, _context: SampleContext): void {}

export const showFlow = (cell: FlowCell): FlowFacts => cell.live;
