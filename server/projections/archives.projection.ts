// Archives: the newest figures of each, when its position last advanced, its rate and its trends.
import type { ArchiveFacts, ArchiveFigure, Figure } from '../../shared/board.ts';
import { type MeasureName, measureOf, measures } from '../../shared/measures.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { addLevel, addPosition, addToTrend, emptyTrend, figureAfter, type LiveTrend, type RecentPositions, rateOf } from './cells.ts';

type Live = Omit<ArchiveFacts, 'figures' | 'rate' | 'replication' | 'pendingRate' | 'trends' | 'sources' | 'advancedAt' | 'totalGrewAt'> & {
	figures: Partial<Record<ArchiveFigure, Figure>>;
	rate: ArchiveFacts['rate'];
	replication: ArchiveFacts['replication'];
	pendingRate: ArchiveFacts['pendingRate'];
	sources: string[];
	advancedAt: number | null;
	totalGrewAt: number | null;
};
export type ArchiveCell = {
	live: Live;
	retired: boolean;
	recent: RecentPositions;
	applied: RecentPositions;
	pending: RecentPositions;
	moved: LiveTrend;
	verified: LiveTrend;
	total: LiveTrend;
};
export type ArchiveCells = Record<string, ArchiveCell>;

export function planArchives(cells: ArchiveCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.archives[id] === undefined;
	for (const [id, one] of Object.entries(plan.archives)) {
		const planned = {
			label: one.label,
			wave: one.wave ?? null,
			team: one.team ?? null,
			service: one.service ?? null,
			items: one.items,
			verifiedBy: one.verifiedBy ?? null,
			plannedTotal: one.total ?? null,
			staleAfterMs: one.staleAfter ?? null,
			verifiedStaleAfterMs: one.verifiedStaleAfter ?? null,
			advanceWithinMs: one.advanceWithin,
		};
		const cell = cells[id];
		if (cell) cell.live = { ...cell.live, ...planned };
		else {
			const unheard = { figures: {}, rate: null, replication: null, pendingRate: null, sources: [], advancedAt: null, totalGrewAt: null };
			const live: Live = { ...planned, ...unheard };
			cells[id] = { live, retired: false, recent: [], applied: [], pending: [], moved: emptyTrend(), verified: emptyTrend(), total: emptyTrend() };
		}
	}
}

/** One admitted sample of an archive. `previous` is the series' last good value; late ones only fill the trend. */
export function applyArchiveSample(cell: ArchiveCell, sample: Sample, at: SampleContext): void {
	const name = figureName(sample.measure) as ArchiveFigure;
	const { live } = cell;
	if (sample.value !== null && name === 'bytesMoved') addToTrend(cell.moved, at.bucketMs, sample.at, sample.value, at.isNews);
	if (sample.value !== null && name === 'bytesVerified') addToTrend(cell.verified, at.bucketMs, sample.at, sample.value, at.isNews);
	if (!at.isNews) return;
	const before = live.figures[name]?.[0] ?? null;
	if (name === 'bytesTotal' && sample.value !== null && sample.value !== before) addToTrend(cell.total, at.bucketMs, sample.at, sample.value, true);
	live.figures[name] = figureAfter(live.figures[name], sample, at.seen);
	if (!live.sources.includes(at.source)) live.sources = [...live.sources, at.source];
	if (sample.value === null) return;
	if (name === 'bytesMoved') {
		addPosition(cell.recent, sample.at, sample.value);
		const rate = rateOf(cell.recent);
		live.rate = rate === null ? live.rate : [Math.max(0, rate), sample.at];
	}
	if (name === 'deltaMoved' || name === 'deltaPending' || name === 'lagBytes') replicate(cell, name, sample.at, sample.value);
	if (isPosition(sample.measure) && (before === null ? live.advancedAt === null : sample.value > before)) live.advancedAt = sample.at;
	if ((name === 'bytesTotal' || name === 'itemsTotal') && before !== null && sample.value > before) live.totalGrewAt = sample.at;
}

/** What was applied, and what came in meanwhile: what was applied and what is pending have grown by just that. */
function replicate(cell: ArchiveCell, name: 'deltaMoved' | 'deltaPending' | 'lagBytes', at: number, value: number): void {
	const { live } = cell;
	if (name === 'deltaMoved') addPosition(cell.applied, at, value);
	// A backlog in the replication's own measure counts only where changes to move are not told.
	else if (name === 'deltaPending' || !live.figures.deltaPending) addLevel(cell.pending, at, value);
	const growth = rateOf(cell.pending);
	const applyRate = rateOf(cell.applied);
	live.pendingRate = growth === null ? null : [growth, cell.pending.at(-1)?.[0] ?? at];
	const known = applyRate !== null && growth !== null;
	live.replication = known
		? [Math.max(0, applyRate + growth), applyRate, Math.min(cell.applied.at(-1)?.[0] ?? at, cell.pending.at(-1)?.[0] ?? at)]
		: null;
}

export type SampleContext = { readonly source: string; readonly seen: number; readonly isNews: boolean; readonly bucketMs: number };

/** `archive.bytesMoved` → `bytesMoved`, cut out once. */
const figureNames = new Map(Object.keys(measures).map((measure) => [measure, measure.slice(measure.indexOf('.') + 1)]));
export const figureName = (measure: MeasureName): string => figureNames.get(measure) ?? measure;

export const isPosition = (measure: MeasureName): boolean => measureOf(measure).role === 'position';

export function showArchive(cell: ArchiveCell): ArchiveFacts {
	const trends = { moved: { ...cell.moved.points }, verified: { ...cell.verified.points }, total: { ...cell.total.points } };
	return { ...cell.live, figures: { ...cell.live.figures }, trends };
}
