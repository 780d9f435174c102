// The board as the API gives it: judged for a moment, with ISO instants. The shape of interfaces.md.
import type { Board } from '../../shared/board.ts';
import type { Position } from '../../shared/entry.ts';
import { judge } from '../../shared/judge.ts';
import { toApiBreakdown } from './api-breakdown.ts';
import { toApiEr } from './api-er.ts';
import { iso, isoFinish, mapValues, toApiNight } from './api-night.ts';
import { toApiPress } from './api-press.ts';

export function toApiBoard(board: Board, position: Position, now: number): Record<string, unknown> {
	const judged = judge(board, now);
	const { cutover } = judged;
	return {
		...position,
		now: iso(now),
		rehearsal: judged.rehearsal,
		plan: judged.plan,
		cutover: cutover && {
			id: cutover.id,
			name: cutover.name,
			zone: cutover.zone,
			windowStart: iso(cutover.windowStart),
			windowEnd: iso(cutover.windowEnd),
			phase: cutover.phase,
			phases: cutover.phases.map((phase) => ({ ...phase, at: iso(phase.at), reachedAt: iso(cutover.reached[phase.id] ?? null) })),
			tPlusMs: cutover.tPlusMs,
			remainingMs: cutover.remainingMs,
			frozenAt: iso(cutover.frozenAt),
			firstGoodAt: iso(cutover.firstGoodAt),
			turnedBackAt: iso(cutover.turnedBackAt),
		},
		archives: mapValues(judged.archives, (one) => ({ ...one, finish: isoFinish(one.finish) })),
		rollup: judged.rollup,
		services: mapValues(judged.services, (one) => ({
			...one,
			since: iso(one.since),
			outage: one.outage && { ...one.outage, since: iso(one.outage.since) },
			stoppedAt: iso(one.stoppedAt),
			restoredAt: iso(one.restoredAt),
		})),
		sources: judged.sources,
		...toApiEr(judged),
		...toApiNight(judged),
		...toApiBreakdown(judged, board),
		press: toApiPress(board),
		ghost: judged.ghost,
		marks: { count: judged.marks.count, last: judged.marks.last.map((mark) => ({ ...mark, at: iso(mark.at) })) },
		worst: judged.worst,
		facts: board,
	};
}
