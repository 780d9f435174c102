// Marks: the last ones and how many there were; and the phases they reached.
import { type CutoverFacts, MARKS_ON_BOARD, type MarkRow } from '../../shared/board.ts';
import type { MarkDraft } from '../../shared/entry.ts';
import type { Plan } from '../../shared/plan.ts';

export type MarkCells = { count: number; rows: Record<string, MarkRow> };

export function applyMark(cells: MarkCells, seq: number, { at, by, mark }: MarkDraft): void {
	cells.count += 1;
	cells.rows[seq] = { at, by, mark };
	const kept = Object.keys(cells.rows);
	if (kept.length > MARKS_ON_BOARD) delete cells.rows[kept[0] ?? ''];
}

export function planCutover(before: CutoverFacts | undefined, plan: Plan): CutoverFacts {
	const { id, name, zone, window, phases } = plan.cutover;
	return {
		id,
		name,
		zone,
		windowStart: window.start,
		windowEnd: window.end,
		phases,
		reached: before?.reached ?? {},
		frozenAt: before?.frozenAt ?? null,
		firstGoodAt: before?.firstGoodAt ?? null,
		turnedBackAt: before?.turnedBackAt ?? null,
	};
}

export function applyPhase(cutover: CutoverFacts, { mark, at }: MarkDraft): CutoverFacts {
	if (mark.kind !== 'phase' || !cutover.phases.some((phase) => phase.id === mark.phase)) return cutover;
	if (mark.state === 'reached') return { ...cutover, reached: { ...cutover.reached, [mark.phase]: at } };
	const { [mark.phase]: _reopened, ...reached } = cutover.reached;
	return { ...cutover, reached };
}
