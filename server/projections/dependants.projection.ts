// Networks, and those who need services: whether their own probes answer, and since when.
import type { Figure } from '../../shared/board.ts';
import type { DependantFacts, DependantFigure, NetworkFacts, NetworkFigure } from '../../shared/board-breakdown.ts';
import { measureOf } from '../../shared/measures.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { figureName, type SampleContext } from './archives.projection.ts';
import { figureAfter } from './cells.ts';

type Named<T, N extends string> = { -readonly [K in keyof Omit<T, 'figures'>]: Omit<T, 'figures'>[K] } & { figures: Partial<Record<N, Figure>> };
/** `heardTo`: up to when its probe has been heard; null before the first report. */
type Probed<L> = { live: L; retired: boolean; heardTo: number | null };
export type NetworkCell = Probed<Named<NetworkFacts, NetworkFigure>>;
export type DependantCell = Probed<Named<DependantFacts, DependantFigure>>;
export type NetworkCells = Record<string, NetworkCell>;
export type DependantCells = Record<string, DependantCell>;

export function planNetworks(cells: NetworkCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.networks[id] === undefined;
	for (const [id, { label, needs = [], staleAfter }] of Object.entries(plan.networks)) {
		const planned = { label, needs, staleAfterMs: staleAfter ?? null };
		cells[id] = { live: { figures: {}, since: null, ...cells[id]?.live, ...planned }, retired: false, heardTo: cells[id]?.heardTo ?? null };
	}
}

export function planDependants(cells: DependantCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.dependants[id] === undefined;
	for (const [id, { label, count, needs = [], operator, staleAfter }] of Object.entries(plan.dependants)) {
		const planned = { label, count: count ?? null, needs, operator: operator ?? null, staleAfterMs: staleAfter ?? null };
		cells[id] = { live: { figures: {}, since: null, ...cells[id]?.live, ...planned }, retired: false, heardTo: cells[id]?.heardTo ?? null };
	}
}

export function applyNetworkSample(cell: NetworkCell, sample: Sample, { seen, isNews }: SampleContext): void {
	if (!isNews) return;
	const name = figureName(sample.measure) as NetworkFigure;
	const before = cell.live.figures[name];
	const after = figureAfter(before, sample, seen);
	cell.live.figures[name] = after;
	if (name === 'up') noteSince(cell, before, after, Math.min(sample.at, seen), measureOf('network.up').staleAfterMs);
}

export function applyDependantSample(cell: DependantCell, sample: Sample, { seen, isNews }: SampleContext): void {
	if (!isNews) return;
	const name = figureName(sample.measure) as DependantFigure;
	const before = cell.live.figures[name];
	const after = figureAfter(before, sample, seen);
	cell.live.figures[name] = after;
	if (name === 'up') noteSince(cell, before, after, Math.min(sample.at, seen), measureOf('dependant.up').staleAfterMs);
}

const said = (figure: Figure | undefined): number | null => (figure === undefined || figure[3] !== undefined ? null : figure[0]);

/** It goes on while the same is said again before the last word is too old; what lies in a gap is not known. */
function noteSince(cell: NetworkCell | DependantCell, before: Figure | undefined, after: Figure, at: number, usualStaleMs: number): void {
	const { live, heardTo } = cell;
	const isHeld = heardTo !== null && at - heardTo <= (live.staleAfterMs ?? usualStaleMs);
	if (!isHeld || said(before) !== said(after)) live.since = at;
	cell.heardTo = at;
}

export const showNetwork = ({ live }: NetworkCell): NetworkFacts => ({ ...live, figures: { ...live.figures } });
export const showDependant = ({ live }: DependantCell): DependantFacts => ({ ...live, figures: { ...live.figures } });
