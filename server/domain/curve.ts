// A night's curve from its board: the trends as they stand, and when tasks began and ended, by T+. Pure.
import type { ArchiveFacts, Board, Trend } from '../../shared/board.ts';
import type { Curve } from '../../shared/curve.ts';

/** Enough for a chart, and few enough bytes. */
const DIGITS = 5;

/** Null where the board follows no cutover. */
export function curveOf(board: Board): Curve | null {
	const cutover = board.follows === null ? undefined : board.cutovers[board.follows];
	if (cutover === undefined || board.plan === null) return null;
	const { windowStart, windowEnd } = cutover;
	const first = Math.floor(windowStart / board.bucketMs);
	const last = Math.ceil(windowEnd / board.bucketMs);
	const tPlus = (at: number | null): number | null => (at === null ? null : at - windowStart);
	return {
		kind: 'regia-curve',
		v: 1,
		cutover: cutover.id,
		digest: board.plan.digest,
		rehearsal: board.rehearsal,
		// A bucket keeps its last value: that of its end.
		fromMs: (first + 1) * board.bucketMs - windowStart,
		stepMs: board.bucketMs,
		archives: Object.fromEntries(Object.entries(board.archives).map(([id, facts]) => [id, archiveCurve(facts, first, last)])),
		tasks: Object.fromEntries(
			Object.entries(board.tasks)
				.filter(([, one]) => one.startedAt !== null || one.endedAt !== null)
				.map(([id, one]) => [id, [tPlus(one.startedAt), tPlus(one.endedAt)] as const]),
		) as Curve['tasks'],
	};
}

function archiveCurve({ figures, trends }: ArchiveFacts, first: number, last: number): Curve['archives'][string] {
	const unit = figures.bytesMoved || !figures.itemsMoved ? 'B' : 'items';
	const most = Math.max(1, ...Object.values(trends.moved), ...Object.values(trends.verified));
	const scale = 10 ** Math.max(0, Math.ceil(Math.log10(most)) - DIGITS);
	return { unit, scale, moved: pointsOf(trends.moved, first, last, scale), verified: pointsOf(trends.verified, first, last, scale) };
}

/** Up to the last change: after it, the last value stands. */
function pointsOf(trend: Trend, first: number, last: number, scale: number): (number | null)[] {
	const points: (number | null)[] = [];
	for (let bucket = first; bucket <= last; bucket += 1) {
		const value = trend[bucket];
		points.push(value === undefined ? null : Math.floor(value / scale));
	}
	while (points.length > 1 && (points.at(-1) === null || points.at(-1) === points.at(-2))) points.pop();
	return points;
}
