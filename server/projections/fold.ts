// The fold: entries → facts → board. Facts are plain JSON, so that a checkpoint is a copy of them; the journal alone is the truth.
import { type Board, emptyBoard } from '../../shared/board.ts';
import type { BreakdownFacts } from '../../shared/board-breakdown.ts';
import type { CensusDraft, Entry, MarkDraft, PlanDraft, SamplesDraft } from '../../shared/entry.ts';
import { measureOf } from '../../shared/measures.ts';
import { type Plan, withLaterSections } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { cellAt, RECENT_INSTANTS, type Series, type SeriesCell } from '../domain/series.ts';
import { type ArchiveCells, applyArchiveSample, isPosition, planArchives, type SampleContext, showArchive } from './archives.projection.ts';
import { planBodies, withEstate } from './bodies.projection.ts';
import {
	applyBreakdownEntry,
	applyBreakdownMark,
	applyBreakdownSample,
	type BreakdownCells,
	emptyBreakdownCells,
	planBreakdown,
	showBreakdown,
} from './breakdown.projection.ts';
import { TREND_BUCKETS } from './cells.ts';
import { applyGateDecision, applyGateMark, applyGateSample, emptyGates, type GateCells, planGates } from './gates.projection.ts';
import { applyMark, applyPhase, type MarkCells, planCutover } from './marks.projection.ts';
import { applyForecast, applyNightMark, applyNightSample, emptyNight, type NightCells, planNight, showNight } from './night.projection.ts';
import { applyPressMark, emptyPress, type PressCells, showPress } from './press.projection.ts';
import { applyTaskMark, planTasks, type TaskCells } from './runbook.projection.ts';
import { applyServiceMark, applyServiceSample, planServices, type ServiceCells, showService } from './services.projection.ts';
import { noteSheet, unsaySheet } from './sheet-sentences.projection.ts';
import { showAll } from './show-all.ts';
import { applyCensus, applySiteMark, applySiteSample, planSites, type SiteCells, showSite } from './sites.projection.ts';
import { applyBatch, applyMessages, type BatchEffect, planSources, type SourceCells, sourceCell } from './sources.projection.ts';
import { holdBefore, type TakeBackCells, takeBack } from './take-back.ts';
import { withoutUnsaid } from './unsaid.projection.ts';

/** Checkpoints of another version are thrown away: change it with any change of what folds. */
export const FOLD_VERSION = '20';

export type Facts = {
	seq: number;
	/** When the newest entry reached our door. */
	seen: number;
	/** What changes rarely, as it stands on the board. */
	base: Omit<
		Board,
		| 'archives'
		| 'services'
		| 'sources'
		| 'sites'
		| 'marks'
		| 'tasks'
		| 'gates'
		| 'press'
		| keyof NightCells
		| Exclude<keyof BreakdownFacts, 'canaries'>
	>;
	plan: Plan | null;
	series: Series;
	archives: ArchiveCells;
	services: ServiceCells;
	sources: SourceCells;
	sites: SiteCells;
	marks: MarkCells;
	tasks: TaskCells;
	gates: GateCells;
	night: NightCells;
	takeBack: TakeBackCells;
	breakdown: BreakdownCells;
	press: PressCells;
};

export function emptyFacts(): Facts {
	const {
		archives: _a,
		services: _v,
		sources: _s,
		sites: _i,
		marks: _m,
		tasks: _t,
		gates: _g,
		forecast: _f,
		promises: _p,
		rollback: _r,
		lanes: _l,
		facilities: _fa,
		networks: _n,
		dependants: _d,
		flows: _fl,
		alarms: _al,
		incidents: _in,
		statements: _st,
		clocks: _c,
		channels: _ch,
		press: _pr,
		...base
	} = emptyBoard;
	const cells = {
		series: {},
		archives: {},
		services: {},
		sources: {},
		sites: {},
		marks: { count: 0, rows: {} },
		tasks: {},
		gates: emptyGates(),
		night: emptyNight(),
		takeBack: [],
		breakdown: emptyBreakdownCells(),
		press: emptyPress(),
	};
	return { seq: 0, seen: 0, base, plan: null, ...cells };
}

/** Changes `facts` in place; entries must come in order, each once. */
export function applyEntry(facts: Facts, entry: Entry): void {
	if (entry.seq !== facts.seq + 1) throw new Error(`the fold stands at ${facts.seq} and was given entry ${entry.seq}`);
	facts.seq = entry.seq;
	facts.seen = entry.seen;
	if (entry.kind === 'samples') applySamples(facts, entry, entry.seen);
	else if (entry.kind === 'census') applyCensusEntry(facts, entry);
	else if (entry.kind === 'mark') applyMarkEntry(facts, entry);
	else if (entry.kind === 'plan') applyPlan(facts, entry);
	else if (entry.kind === 'auto') applyAuto(facts, entry);
}

function applyCensusEntry(facts: Facts, entry: Entry & CensusDraft): void {
	applyCensus(facts.sites, entry, entry.seen);
	if (entry.source !== null) applyMessages(sourceCell(facts.sources, entry.source), entry, entry.seen);
}

function applyAuto(facts: Facts, entry: Extract<Entry, { kind: 'auto' }>): void {
	if (entry.what === 'started') facts.base = { ...facts.base, startedAt: entry.seen };
	else if (entry.what === 'gate') applyGateDecision(facts.gates, entry, entry.seen);
	else if (entry.what === 'forecast') applyForecast(facts.night, entry.seq, entry.forecast);
	else if (entry.what !== 'stopped') applyBreakdownEntry(facts.breakdown, entry);
}

function applyMarkEntry(facts: Facts, entry: Entry & MarkDraft): void {
	holdBefore(facts.takeBack, facts, entry);
	if (entry.mark.kind === 'undo') takeBack(facts.takeBack, facts, entry.mark.seq, entry);
	applyMark(facts.marks, entry.seq, entry);
	applyTaskMark(facts.tasks, entry.seq, entry);
	applyGateMark(facts.gates, entry.seq, entry);
	const followed = facts.base.follows === null ? undefined : facts.base.cutovers[facts.base.follows];
	const turned = applyNightMark(facts.night, followed ?? null, entry.seq, entry);
	if (followed) {
		facts.base = { ...facts.base, cutovers: { ...facts.base.cutovers, [followed.id]: { ...applyPhase(followed, entry), ...turned } } };
	}
	const service = entry.mark.kind === 'service' ? facts.services[entry.mark.service] : undefined;
	if (entry.mark.kind === 'service' && service) applyServiceMark(service, entry.mark, entry.at);
	applySiteMark(facts.sites, entry.seq, entry, entry.seen);
	const said = applyPressMark(facts.press, entry);
	unsaySheet(facts.breakdown.incidents, entry);
	applyBreakdownMark(facts.breakdown, said === null ? entry : { ...entry, mark: said }, facts.series);
	if (said !== null) noteSheet(facts.breakdown.incidents, entry);
}

function applyPlan(facts: Facts, { plan: kept, digest, rehearsal, curve, seq }: Entry & PlanDraft): void {
	const plan = withLaterSections(kept);
	facts.plan = plan;
	facts.base = {
		...facts.base,
		rehearsal,
		plan: { id: plan.programme.id, name: plan.programme.name, digest, seq },
		follows: plan.cutover.id,
		cutovers: { ...facts.base.cutovers, [plan.cutover.id]: planCutover(facts.base.cutovers[plan.cutover.id], plan) },
		bucketMs: bucketFor(plan.cutover.window.end - plan.cutover.window.start),
		teams: plan.teams,
		displays: plan.displays,
		bodies: planBodies(facts.base.bodies, plan),
		region: plan.er.region ?? null,
		ghost: curve ?? null,
		canaries: plan.observer.canaries,
	};
	planArchives(facts.archives, plan);
	planServices(facts.services, plan, facts.seen);
	planSources(facts.sources, plan);
	planSites(facts.sites, plan);
	planTasks(facts.tasks, plan);
	planGates(facts.gates, plan);
	planNight(facts.night, plan);
	planBreakdown(facts.breakdown, plan, rehearsal);
}

/** Whole seconds, so that the window fills the chart and bucket numbers stay below 2^32. */
function bucketFor(windowMs: number): number {
	return Math.max(1000, Math.ceil(windowMs / (TREND_BUCKETS * 0.8) / 1000) * 1000);
}

function applySamples(facts: Facts, batch: SamplesDraft, seen: number): void {
	const effect: BatchEffect = { moved: false, advanced: false, wentBack: 0, aheadMs: 0, archives: [], tellsOfMore: false, newest: seen, beat: null };
	if (batch.samples.length > 0) effect.newest = Number.NEGATIVE_INFINITY;
	for (const sample of batch.samples) {
		const cell = cellAt(facts.series, sample.subject, sample.measure);
		const isNews = applySeries(cell, sample, effect);
		effect.aheadMs = Math.max(effect.aheadMs, sample.at - seen);
		effect.newest = Math.max(effect.newest, sample.at);
		const context: SampleContext = { source: batch.source, seen, isNews, bucketMs: facts.base.bucketMs };
		const { kind } = measureOf(sample.measure);
		if (kind !== 'site' && kind !== 'source') effect.tellsOfMore = true;
		const archive = kind === 'archive' ? facts.archives[cell.id] : undefined;
		if (archive) {
			applyArchiveSample(archive, sample, context);
			if (isPosition(sample.measure) && !effect.archives.includes(cell.id)) effect.archives.push(cell.id);
		}
		if (sample.measure === 'source.beat' && isNews) effect.beat = sample.value;
		const service = kind === 'service' ? facts.services[cell.id] : undefined;
		if (service) applyServiceSample(service, sample, context);
		const site = kind === 'site' ? facts.sites[cell.id] : undefined;
		if (site) applySiteSample(site, sample, context);
		applyBreakdownSample(facts.breakdown, cell.id, sample, context);
		if (sample.measure === 'body.estateMoved' && isNews) facts.base = { ...facts.base, bodies: withEstate(facts.base.bodies, cell.id, sample, seen) };
		applyGateSample(facts.gates, sample, seen, isNews);
		applyNightSample(facts.night, sample, seen, isNews);
	}
	applyBatch(sourceCell(facts.sources, batch.source), batch, seen, effect);
}

/** Takes a sample into its series; says whether it is the newest, and notes on `effect` what it did to the source's lamps. */
function applySeries(cell: SeriesCell, sample: Sample, effect: BatchEffect): boolean {
	cell.recent.push(sample.at);
	if (cell.recent.length > RECENT_INSTANTS) cell.recent.shift();
	if (sample.at < cell.newest) return false;
	cell.newest = sample.at;
	if (sample.value === null) return true;
	if (cell.value === null || cell.value !== sample.value) effect.moved = true;
	if (isPosition(sample.measure)) {
		if (cell.value === null || sample.value > cell.value) effect.advanced = true;
		else if (sample.value < cell.value) effect.wentBack += 1;
	}
	cell.value = sample.value;
	cell.valueAt = sample.at;
	return true;
}

/** A board that later entries do not change. */
export function boardOf(facts: Facts): Board {
	return {
		...facts.base,
		archives: showAll(facts.archives, showArchive),
		services: showAll(facts.services, showService),
		sources: showAll(facts.sources, (cell) => cell.live),
		sites: showAll(facts.sites, showSite),
		tasks: showAll(facts.tasks, (cell) => cell.live),
		gates: showAll(facts.gates.cells, (cell) => cell.live),
		...showNight(facts.night),
		...withoutUnsaid(showBreakdown(facts.breakdown), facts.seen),
		press: showPress(facts.press),
		marks: { count: facts.marks.count, rows: { ...facts.marks.rows } },
	};
}
