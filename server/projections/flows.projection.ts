// Flows with a deadline: the oldest unsent record, what waits, and how fast that shrinks.
import type { Figure } from '../../shared/board.ts';
import type { FlowFacts, FlowFigure } from '../../shared/board-breakdown.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { figureName, type SampleContext } from './archives.projection.ts';
import { figureAfter } from './cells.ts';
import { addRecent, type RecentLevels, slopeOf } from './slope.ts';

type Live = { -readonly [K in keyof Omit<FlowFacts, 'figures'>]: FlowFacts[K] } & { figures: Partial<Record<FlowFigure, Figure>> };
export type FlowCell = { live: Live; retired: boolean; recent: RecentLevels };
export type FlowCells = Record<string, FlowCell>;

/** Flows are told of every few minutes: two reports are a drain, if they lie apart. */
const DRAIN_POINTS = 2;
const DRAIN_LEAST_MS = 60_000;

export function planFlows(cells: FlowCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.flows[id] === undefined;
	for (const [id, { label, deadline, needs = [], staleAfter }] of Object.entries(plan.flows)) {
		const planned = { label, deadlineMs: deadline, needs, staleAfterMs: staleAfter ?? null };
		const kept = cells[id];
		const cell: FlowCell = {
			live: { figures: {}, drain: null, overdueSince: null, ...kept?.live, ...planned },
			retired: false,
			recent: kept?.recent ?? [],
		};
		cells[id] = cell;
		noteOverdue(cell);
	}
}

export function applyFlowSample(cell: FlowCell, sample: Sample, { seen, isNews }: SampleContext): void {
	if (!isNews) return;
	const name = figureName(sample.measure) as FlowFigure;
	const { live } = cell;
	const { value, at } = sample;
	live.figures[name] = figureAfter(live.figures[name], sample, seen);
	if (value === null) return;
	if (name === 'backlog') {
		addRecent(cell.recent, at, value);
		const growth = slopeOf(cell.recent, DRAIN_POINTS, DRAIN_LEAST_MS);
		live.drain = growth === null ? null : [0 - Math.round(growth * 100) / 100, at];
	}
	if (name !== 'sent') noteOverdue(cell);
}

/** By the last word of its oldest record: when that one passed the deadline, or one before it of the same backlog had. */
function noteOverdue({ live }: FlowCell): void {
	const { oldestAge, backlog } = live.figures;
	const told = oldestAge?.[0] == null ? null : { age: oldestAge[0], at: Math.min(oldestAge[1], oldestAge[2]) };
	const isGone = backlog?.[0] === 0 && (told === null || Math.min(backlog[1], backlog[2]) >= told.at);
	if (isGone) live.overdueSince = null;
	if (isGone || told === null) return;
	const dueAt = told.at - told.age * 1000 + live.deadlineMs;
	if (told.at <= dueAt) live.overdueSince = null;
	else live.overdueSince ??= dueAt;
}

export const showFlow = ({ live }: FlowCell): FlowFacts => ({ ...live, figures: { ...live.figures } });
