// What a gate's criterion amounts to at a moment. One that can't be evaluated is not met (rule 8). Pure; knows no vote.
import type { Board, Figure } from './board.ts';
import type { CriterionFacts } from './board-night.ts';
import { ageOf } from './freshness.ts';
import type { CriterionNow, CriterionReason } from './judge-night.ts';

export const figureAge = (figure: Figure, now: number): number => ageOf({ at: figure[1], seen: figure[2] }, now);

/** As compared with the bounds; null where it is not known, or a share of nothing. */
export function comparedValue(of: CriterionFacts['of'], value: number | null, whole: number | null): number | null {
	if (of === null || value === null) return value;
	return whole === null || whole <= 0 ? null : value / whole;
}

/** A criterion without bounds says nothing: nothing lies within it. */
export function isWithin({ atLeast, atMost }: Pick<CriterionFacts, 'atLeast' | 'atMost'>, value: number | null): boolean {
	if (value === null || (atLeast === null && atMost === null)) return false;
	return (atLeast === null || value >= atLeast) && (atMost === null || value <= atMost);
}

type Read = { readonly reason: CriterionReason; readonly value: number | null; readonly ageMs: number | null };

export function judgeCriterion(id: string, facts: CriterionFacts, tasks: Board['tasks'], now: number): CriterionNow {
	const { label, unit, atLeast, atMost, holdForMs, metSince } = facts;
	const { reason, value, ageMs } = facts.task === null ? readFigures(facts, now) : readTask(tasks[facts.task]?.state);
	const metForMs = value === null || metSince === null ? null : Math.max(0, now - metSince);
	return { id, label, met: reason === 'met', reason, value, unit, atLeast, atMost, ageMs, metForMs, holdForMs };
}

const readTask = (state: string | undefined): Read => ({
	reason: state === 'done' || state === 'skipped' ? 'met' : 'not-done',
	value: null,
	ageMs: null,
});

function readFigures(facts: CriterionFacts, now: number): Read {
	const { figure, ofFigure, of, maxAgeMs, ofMaxAgeMs = maxAgeMs } = facts;
	const figures = of === null ? [figure] : [figure, ofFigure];
	const known = figures.filter((one) => one !== null);
	if (known.length < figures.length) return { reason: 'never-reported', value: null, ageMs: null };
	// As old as its oldest input.
	const ages = known.map((one) => figureAge(one, now));
	const ageMs = known.some((one) => one[0] === null) ? null : Math.max(...ages);
	if (known.some((one) => one[3] !== undefined)) return { reason: 'cannot-look', value: null, ageMs };
	if (ages.some((age, i) => age > (i === 0 ? maxAgeMs : ofMaxAgeMs))) return { reason: 'stale', value: null, ageMs };
	const value = comparedValue(of, figure?.[0] ?? null, ofFigure?.[0] ?? null);
	if (value === null) return { reason: 'cannot-look', value, ageMs };
	if (!isWithin(facts, value)) return { reason: 'outside', value, ageMs };
	return { reason: hasLasted(facts, now) ? 'met' : 'not-long-enough', value, ageMs };
}

const hasLasted = ({ holdForMs, metSince }: CriterionFacts, now: number): boolean => metSince !== null && now - metSince >= holdForMs;

/** Whether it has been met all along since then, whoever looked: a flip and back between two looks is a flip. */
export function hasBeenMetSince({ task, metSince }: CriterionFacts, tasks: Board['tasks'], since: number): boolean {
	const last = task === null ? metSince : (tasks[task]?.endedAt ?? null);
	return last !== null && last <= since;
}
