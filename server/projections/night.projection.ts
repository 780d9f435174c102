// The night as a whole: when writes stopped and began again, whether it was turned back, what teams reported, what was promised.
import type { CutoverFacts } from '../../shared/board.ts';
import { type ForecastFacts, type LaneFacts, PROMISES_ON_BOARD, type PromiseFacts, type RollbackFacts } from '../../shared/board-night.ts';
import type { MarkDraft } from '../../shared/entry.ts';
import { isMeasure } from '../../shared/measures.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { figureAfter } from './cells.ts';

export type NightCells = {
	forecast: ForecastFacts | null;
	promises: { count: number; rows: Record<string, PromiseFacts['rows'][string]> };
	rollback: RollbackFacts | null;
	lanes: Record<string, LaneFacts>;
};

export const emptyNight = (): NightCells => ({ forecast: null, promises: { count: 0, rows: {} }, rollback: null, lanes: {} });

export function planNight(cells: NightCells, plan: Plan): void {
	const before = cells.lanes;
	cells.lanes = Object.fromEntries(
		Object.entries(plan.teams).map(([id, team]) => [
			id,
			{ callEveryMs: team.callEvery ?? null, lastReport: before[id]?.lastReport ?? null, promise: before[id]?.promise ?? null },
		]),
	);
	cells.rollback = planRollback(cells.rollback, plan);
}

function planRollback(before: RollbackFacts | null, { cutover: { rollback } }: Plan): RollbackFacts | null {
	if (rollback === undefined) return null;
	return {
		durationMs: rollback.duration?.p90 ?? null,
		durationEvidence: rollback.duration?.evidence ?? 'assumed',
		validationMs: rollback.validation.p90,
		validationEvidence: rollback.validation.evidence,
		marginMs: rollback.margin,
		decider: rollback.decider ?? null,
		reverse: rollback.reverse ?? null,
		price: rollback.price.flatMap(({ label, subject, measure }) => {
			if (!isMeasure(measure)) return [];
			const known = before?.price.find((one) => one.subject === subject && one.measure === measure);
			return [{ label, subject, measure, figure: known?.figure ?? null, base: known?.base ?? null }];
		}),
	};
}

export function applyNightSample(cells: NightCells, sample: Sample, seen: number, isNews: boolean): void {
	const { rollback } = cells;
	const index = isNews ? (rollback?.price.findIndex((one) => one.subject === sample.subject && one.measure === sample.measure) ?? -1) : -1;
	if (rollback === null || index < 0) return;
	const price = rollback.price.map((one, i) =>
		i === index ? { ...one, figure: figureAfter(one.figure ?? undefined, sample, seen), base: one.base ?? sample.value } : one,
	);
	cells.rollback = { ...rollback, price };
}

export function applyNightMark(cells: NightCells, { mark, at, by }: MarkDraft): void {
	if (mark.kind === 'report' && cells.lanes[mark.team]) {
		const lane = cells.lanes[mark.team] as LaneFacts;
		cells.lanes = { ...cells.lanes, [mark.team]: { ...lane, lastReport: [at, by], promise: mark.promise ?? lane.promise } };
	}
	if (mark.kind === 'writes' && mark.state === 'frozen' && cells.rollback !== null) {
		const price = cells.rollback.price.map((one) => ({ ...one, base: one.figure?.[0] ?? one.base }));
		cells.rollback = { ...cells.rollback, price };
	}
}

export function applyForecast(cells: NightCells, seq: number, forecast: ForecastFacts): void {
	cells.forecast = forecast;
	if (forecast.finish === null) return;
	const { promises } = cells;
	promises.count += 1;
	promises.rows[seq] = [forecast.at, ...forecast.finish];
	const kept = Object.keys(promises.rows);
	if (kept.length > PROMISES_ON_BOARD) delete promises.rows[kept[0] ?? ''];
}

/** What a mark says of the cutover itself. */
export function turnCutover(cutover: CutoverFacts, { mark, at }: MarkDraft): CutoverFacts {
	if (mark.kind === 'writes') return mark.state === 'frozen' ? { ...cutover, frozenAt: at, firstGoodAt: null } : { ...cutover, firstGoodAt: at };
	if (mark.kind === 'turn') return { ...cutover, turnedBackAt: mark.way === 'back' ? at : null };
	return cutover;
}
