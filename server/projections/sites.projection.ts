// Sites: what the messages, the feeds and the counts by hand have told of each emergency room, and when its system was dark.
import type { SiteFacts, SiteFigure } from '../../shared/board-er.ts';
import type { CensusDraft, MarkDraft } from '../../shared/entry.ts';
import type { SiteChanges } from '../../shared/er.ts';
import type { Mark } from '../../shared/mark.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { isCatchingUp, isDark, isInDark } from '../../shared/site-dark.ts';
import { FILLS_WITHIN_MS, fillingUntil } from '../../shared/site-filling.ts';
import { figureName, type SampleContext } from './archives.projection.ts';
import { figureAfter } from './cells.ts';
import { applyChanges, emptyCensus, presentIn, prune, showCensus } from './site-census.ts';
import { agree, fillOn } from './site-filling.ts';
import { closeHours, emptyHistory, learned, plannedArrivals, spoil } from './site-history.ts';
import { type LiveSite, markService, markSite, type SiteCell, settle } from './site-marks.ts';
import { addPresent, anchoredPresent, emptyTrend } from './site-trend.ts';

export type SiteCells = Record<string, SiteCell>;

/** What is shown of a cell until it changes: so that a site of which nothing is heard stays the same object. */
const shown = new WeakMap<SiteCell, SiteFacts>();

export function showSite(cell: SiteCell): SiteFacts {
	const known = shown.get(cell);
	if (known) return known;
	const made = { ...cell.live, census: cell.census === null ? null : showCensus(cell.census), trend: { ...cell.trend.steps } };
	shown.set(cell, made);
	return made;
}

export function planSites(cells: SiteCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.sites[id] === undefined;
	for (const [id, one] of Object.entries(plan.sites)) {
		const planned = {
			label: one.label,
			short: one.short ?? one.label,
			kind: one.kind ?? null,
			body: one.body ?? null,
			service: one.service ?? null,
			spaces: one.spaces ?? null,
			beds: one.beds ?? null,
			physicians: one.physicians ?? null,
			staleAfterMs: one.staleAfter,
			fillsWithinMs: one.fillsWithin ?? FILLS_WITHIN_MS,
			paperEveryMs: one.paper.every,
			paperStaleAfterMs: one.paper.staleAfter,
			occupancy: one.occupancy,
			neighbours: one.neighbours,
		};
		cells[id] ??= {
			live: { ...planned, ...unheard() },
			retired: false,
			zone: plan.cutover.zone,
			planned: null,
			census: null,
			history: emptyHistory(),
			trend: emptyTrend(),
			countIds: [],
		};
		const cell = cells[id];
		cell.zone = plan.cutover.zone;
		cell.planned = plannedArrivals(one.arrivalsAMonth, plan.er);
		cell.live = { ...cell.live, ...planned };
		expect(cell);
	}
}

const unheard = () => ({
	expected: null,
	expectedFrom: null,
	figures: {},
	count: null,
	counts: { count: 0, rows: {} },
	dark: null,
	backEntry: null,
	diversion: null,
	respirators: null,
	physiciansOnDuty: null,
	sources: [],
});

/** By what the site's own weeks taught, else by the plan. */
function expect(cell: SiteCell): void {
	const known = learned(cell.history);
	const expected = known ?? cell.planned;
	cell.live = { ...cell.live, expected, expectedFrom: expected === null ? null : known === null ? 'plan' : 'history' };
	shown.delete(cell);
}

export function applyCensus(cells: SiteCells, entry: CensusDraft, seen: number): void {
	for (const changes of entry.sites) {
		const cell = cells[changes.site];
		if (!cell) continue;
		if (entry.source === null) applyLapse(cell, changes, seen);
		else applyToSite(cell, changes, entry.source, seen);
	}
}

/** No word of the site's: it is as old as before, and nothing of its hours is learned or dropped until it is heard again. */
function applyLapse(cell: SiteCell, changes: SiteChanges, seen: number): void {
	if (cell.census === null) return;
	applyChanges(cell.census, { ...changes, heardAt: null }, seen);
	shown.delete(cell);
}

function applyToSite(cell: SiteCell, changes: SiteChanges, source: string, seen: number): void {
	settle(cell.live, seen);
	const { live, history } = cell;
	const before = cell.census?.heardSeen ?? null;
	cell.census ??= emptyCensus(seen);
	fillOn(cell.census, live, seen);
	applyChanges(cell.census, changes, seen);
	hear(cell, source);
	enterBack(live, changes, seen);
	if (before !== null && seen - before > live.staleAfterMs) spoil(history, before, seen);
	if (isDark(live) || isCatchingUp(live, seen)) spoil(history, seen, seen);
	const isDayDone = closeHours(history, cell.census.arrivalsByHour, seen, cell.zone);
	prune(cell.census, live, seen);
	shown.delete(cell);
	if (isDayDone) expect(cell);
	if (isDark(live)) return;
	agree(cell.census, live, seen);
	const isFilling = fillingUntil({ ...live, census: cell.census }, seen) !== null;
	const present = isFilling || isCatchingUp(live, seen) ? anchoredPresent(showSite(cell), seen) : presentIn(cell.census);
	if (present !== null) addPresent(cell.trend, Math.min(seen, cell.census.heardAt), present);
	shown.delete(cell);
}

/** Arrivals whose minute lies in the dark, and that are heard of after the restore, are forms that were entered. */
function enterBack(live: LiveSite, { changes }: SiteChanges, seen: number): void {
	const { dark } = live;
	if (dark === null || dark.restoredAt === null || dark.caughtUpAt !== null || seen < dark.restoredAt) return;
	let entered = 0;
	for (const [cell, , minute, by] of changes) if (cell === 'arrivals' && minute !== null && isInDark(minute, dark)) entered += by;
	if (entered !== 0) live.backEntry = { entered: Math.max(0, (live.backEntry?.entered ?? 0) + entered), lastSeen: seen };
}

function hear({ live }: SiteCell, source: string): void {
	if (!live.sources.includes(source)) live.sources = [...live.sources, source];
}

const presentFigures: readonly SiteFigure[] = ['present1', 'present2', 'present3', 'present4', 'present5', 'presentNone'];

export function applySiteSample(cell: SiteCell, sample: Sample, { source, seen, isNews }: SampleContext): void {
	if (!isNews) return;
	const name = figureName(sample.measure) as SiteFigure;
	const { live } = cell;
	live.figures = { ...live.figures, [name]: figureAfter(live.figures[name], sample, seen) };
	hear(cell, source);
	shown.delete(cell);
	if (!presentFigures.includes(name) || cell.census !== null || isDark(live)) return;
	const present = presentFigures.map((one) => live.figures[one]?.[0] ?? null);
	if (present.every((one) => one !== null)) addPresent(cell.trend, Math.min(sample.at, seen), present);
}

/** Marks of sites, and of the services whose stop leaves them in the dark. */
export function applySiteMark(cells: SiteCells, seq: number, entry: MarkDraft, seen: number): void {
	const { mark } = entry;
	for (const cell of sitesOf(cells, mark)) {
		if (mark.kind === 'service') markService(cell, mark, entry.at);
		else markSite(cell, seq, entry, seen);
		shown.delete(cell);
	}
}

/** The sites that a mark may change. */
function sitesOf(cells: SiteCells, mark: Mark): SiteCell[] {
	if (mark.kind === 'service') return Object.values(cells).filter(({ live }) => live.service === mark.service);
	const cell = 'site' in mark ? cells[mark.site] : undefined;
	return cell ? [cell] : [];
}

export type SiteBefore = Pick<SiteFacts, 'dark' | 'backEntry' | 'diversion' | 'respirators' | 'physiciansOnDuty'>;

/** What the mark may change of its sites and taking it back restores: of counts nothing, they are corrected by a new one. */
export function sitesBefore(cells: SiteCells, mark: Mark): Record<string, SiteBefore> {
	if (mark.kind === 'count') return {};
	const touched = sitesOf(cells, mark);
	return Object.fromEntries(
		Object.entries(cells).flatMap(([id, cell]) => {
			if (!touched.includes(cell)) return [];
			const { dark, backEntry, diversion, respirators, physiciansOnDuty } = cell.live;
			return [[id, { dark, backEntry, diversion, respirators, physiciansOnDuty }]];
		}),
	);
}

export function sitesAsBefore(cells: SiteCells, was: Readonly<Record<string, SiteBefore>>): void {
	for (const [id, before] of Object.entries(was)) {
		const cell = cells[id];
		if (!cell) continue;
		cell.live = { ...cell.live, ...before };
		shown.delete(cell);
	}
}
