// The last moment to go back = end of the window − rollback (p90) − validation − margin (domain.md, 6), and what going back would cost. Pure.
import type { Board, Figure } from './board.ts';
import type { RollbackFacts, TaskFacts } from './board-night.ts';
import { ageOf } from './freshness.ts';
import { judgeArchive } from './judge-archive.ts';
import type { ForecastNow, RollbackNow } from './judge-night.ts';
import { type MeasureName, measureOf } from './measures.ts';

/** This long before the last moment it is amber by itself: a decision takes people. */
export const ROLLBACK_SOON_MS = 3_600_000;
/** Nearer than this the old side holds what was written on the new one. */
export const REVERSE_LAG_MAX_SECONDS = 30;

export function judgeRollback(board: Board, forecast: ForecastNow, now: number): RollbackNow | null {
	const facts = board.rollback;
	const cutover = board.follows === null ? undefined : board.cutovers[board.follows];
	if (facts === null || cutover === undefined) return null;
	const { validationMs, marginMs, decider } = facts;
	const { rollbackMs, rehearsed } = durationOf(facts, board.tasks);
	const lastMoment = rollbackMs === null ? null : cutover.windowEnd - rollbackMs - validationMs - marginMs;
	const remainingMs = lastMoment === null ? null : lastMoment - now;
	const isFinished = forecast.reason === 'finished';
	return {
		lastMoment,
		remainingMs,
		...stand({ remainingMs, isFinished, isTurnedBack: cutover.turnedBackAt !== null, windowEnd: cutover.windowEnd, forecast }),
		parts: { rollbackMs, validationMs, marginMs },
		evidence: { rollback: rehearsed ? 'rehearsed' : 'assumed', validation: facts.validationEvidence },
		decider,
		cost: costOf(facts, board, now),
	};
}

type Situation = {
	readonly remainingMs: number | null;
	readonly isFinished: boolean;
	readonly isTurnedBack: boolean;
	readonly windowEnd: number;
	readonly forecast: ForecastNow;
};

function stand({ remainingMs, isFinished, isTurnedBack, windowEnd, forecast }: Situation): Pick<RollbackNow, 'possible' | 'standing' | 'reason'> {
	if (isTurnedBack) return { possible: null, standing: isFinished ? 'good' : 'watch', reason: 'turned-back' };
	if (isFinished) return { possible: null, standing: 'good', reason: 'finished' };
	if (remainingMs === null) return { possible: null, standing: 'blind', reason: 'unknown-duration' };
	if (remainingMs < 0) return { possible: false, standing: 'bad', reason: 'passed' };
	const { finish } = forecast;
	// Also where the forecast knows why it has no end: no p90, no word on where it falls.
	if (finish === null) return { possible: true, standing: 'watch', reason: 'forward-unknown' };
	if (finish.p90 > windowEnd) return { possible: true, standing: 'watch', reason: 'forward-does-not-fit' };
	if (remainingMs <= ROLLBACK_SOON_MS) return { possible: true, standing: 'watch', reason: 'soon' };
	return { possible: true, standing: 'good', reason: null };
}

/** As the plan says; else the longest way through its rollback steps. No steps, or steps that take no time, are not an answer. */
function durationOf(facts: RollbackFacts, tasks: Board['tasks']): { rollbackMs: number | null; rehearsed: boolean } {
	if (facts.durationMs !== null) return { rollbackMs: facts.durationMs, rehearsed: facts.durationEvidence === 'rehearsed' };
	const steps = Object.fromEntries(Object.entries(tasks).filter(([, one]) => one.kind === 'rollback'));
	const longest = longestWay(steps);
	// One step that nobody has timed may be what the longest way hangs on.
	const rehearsed = Object.values(steps).every((one) => one.rehearsed !== null);
	return longest > 0 ? { rollbackMs: longest, rehearsed } : { rollbackMs: null, rehearsed: false };
}

/** By p90, or as planned where a step was not rehearsed; along what each waits for among `steps`. */
export function longestWay(steps: Readonly<Record<string, TaskFacts>>): number {
	const ends = new Map<string, number>();
	const endOf = (id: string): number => {
		const known = ends.get(id);
		const one = steps[id];
		if (known !== undefined || one === undefined) return known ?? 0;
		// A circle is refused with the plan; here it must only not be walked for ever.
		ends.set(id, 0);
		const end = Math.max(0, ...one.after.map(endOf)) + (one.rehearsed?.[1] ?? one.durationMs);
		ends.set(id, end);
		return end;
	};
	return Math.max(0, ...Object.keys(steps).map(endOf));
}

function costOf(facts: RollbackFacts, board: Board, now: number): RollbackNow['cost'] {
	const keptAgeMs = reverseAge(facts, board, now);
	return facts.price.map(({ label, measure, figure, base }) => {
		const { unit } = measureOf(measure);
		if (keptAgeMs !== null) return { label, unit, value: 0, ageMs: keptAgeMs, kept: true };
		const value = freshOf(figure, measure, now);
		// A counter that fell below where it began is another counter: what was written is not known.
		const written = value === null || base === null || value < base ? null : value - base;
		const ageMs = figure === null || figure[0] === null ? null : ageOf({ at: figure[1], seen: figure[2] }, now);
		return { label, unit, value: written, ageMs, kept: false };
	});
}

function freshOf(figure: Figure | null, measure: MeasureName, now: number): number | null {
	if (figure === null || figure[3] !== undefined) return null;
	return ageOf({ at: figure[1], seen: figure[2] }, now) > measureOf(measure).staleAfterMs ? null : figure[0];
}

/** The age of the word that the reverse replication is healthy; null where it is not, or is not known to be. */
function reverseAge({ reverse }: RollbackFacts, { archives, sources }: Board, now: number): number | null {
	const archive = reverse === null ? undefined : archives[reverse];
	const figure = archive?.figures.reverseLag;
	if (reverse === null || archive === undefined || figure === undefined) return null;
	const lag = freshOf(figure, 'archive.reverseLag', now);
	if (lag === null || lag > REVERSE_LAG_MAX_SECONDS || judgeArchive(reverse, archive, now, sources).standing !== 'good') return null;
	return ageOf({ at: figure[1], seen: figure[2] }, now);
}
