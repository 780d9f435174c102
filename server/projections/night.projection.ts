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
	/** The last mark on each thing, and how that stood before: to be taken back to. Not on the board. */
	marked: Record<string, { readonly seq: number; readonly before: Before }>;
};
type Written = Pick<CutoverFacts, 'frozenAt' | 'firstGoodAt' | 'turnedBackAt'>;
type Before = { readonly lane?: LaneFacts; readonly cutover?: Partial<Written>; readonly bases?: readonly (number | null)[] };

export const emptyNight = (): NightCells => ({ forecast: null, promises: { count: 0, rows: {} }, rollback: null, lanes: {}, marked: {} });

export function planNight(cells: NightCells, plan: Plan): void {
	const before = cells.lanes;
	cells.lanes = Object.fromEntries(
		Object.entries(plan.teams).map(([id, team]) => [
			id,
			{
				callEveryMs: team.callEvery ?? null,
				lastReport: before[id]?.lastReport ?? null,
				promise: before[id]?.promise ?? null,
				promisedAt: before[id]?.promisedAt ?? null,
			},
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

/** What is on the board of these cells. */
export const showNight = ({ forecast, promises, rollback, lanes }: NightCells) => ({
	forecast,
	promises: { count: promises.count, rows: { ...promises.rows } },
	rollback,
	lanes,
});

export function applyNightSample(cells: NightCells, sample: Sample, seen: number, isNews: boolean): void {
	const { rollback } = cells;
	const index = isNews ? (rollback?.price.findIndex((one) => one.subject === sample.subject && one.measure === sample.measure) ?? -1) : -1;
	if (rollback === null || index < 0) return;
	const price = rollback.price.map((one, i) =>
		i === index ? { ...one, figure: figureAfter(one.figure ?? undefined, sample, seen), base: one.base ?? sample.value } : one,
	);
	cells.rollback = { ...rollback, price };
}

/** Gives back what the mark says of the cutover itself. */
export function applyNightMark(cells: NightCells, cutover: CutoverFacts | null, seq: number, { mark, at, by }: MarkDraft): Partial<Written> {
	switch (mark.kind) {
		case 'report': {
			const lane = cells.lanes[mark.team];
			if (lane === undefined) return {};
			cells.marked[`report/${mark.team}`] = { seq, before: { lane } };
			const promised = mark.promise === undefined ? {} : { promise: mark.promise, promisedAt: at };
			cells.lanes = { ...cells.lanes, [mark.team]: { ...lane, lastReport: [at, by], ...promised } };
			return {};
		}
		case 'writes': {
			const { frozenAt = null, firstGoodAt = null } = cutover ?? {};
			const bases = cells.rollback?.price.map(({ base }) => base) ?? [];
			cells.marked.writes = { seq, before: { cutover: { frozenAt, firstGoodAt }, bases } };
			if (mark.state === 'first-good') return { firstGoodAt: at };
			setBases(
				cells,
				cells.rollback?.price.map(({ figure, base }) => figure?.[0] ?? base),
			);
			return { frozenAt: at, firstGoodAt: null };
		}
		case 'turn':
			cells.marked.turn = { seq, before: { cutover: { turnedBackAt: cutover?.turnedBackAt ?? null } } };
			return { turnedBackAt: mark.way === 'back' ? at : null };
		case 'undo':
			return takeBack(cells, mark.seq);
		default:
			return {};
	}
}

function setBases(cells: NightCells, bases: readonly (number | null)[] = []): void {
	if (cells.rollback === null) return;
	const price = cells.rollback.price.map((one, index) => ({ ...one, base: bases[index] ?? null }));
	cells.rollback = { ...cells.rollback, price };
}

/** Only the last mark on a thing is taken back: what was marked since stands. */
function takeBack(cells: NightCells, seq: number): Partial<Written> {
	const found = Object.entries(cells.marked).find(([, one]) => one.seq === seq);
	if (found === undefined) return {};
	const [key, { before }] = found;
	delete cells.marked[key];
	if (before.lane !== undefined) cells.lanes = { ...cells.lanes, [key.slice('report/'.length)]: before.lane };
	if (before.bases !== undefined) setBases(cells, before.bases);
	return before.cutover ?? {};
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
