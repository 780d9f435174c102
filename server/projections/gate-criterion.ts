// One criterion of a gate: as planned, and after each reading of what it is about. Knows no vote.
import type { CriterionFacts } from '../../shared/board-night.ts';
import { comparedValue, figureAge, isWithin } from '../../shared/judge-criterion.ts';
import { isMeasure, type MeasureName, measureOf } from '../../shared/measures.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { parseSubject } from '../../shared/subject.ts';
import { figureAfter } from './cells.ts';

type Planned = Plan['gates'][string]['criteria'][string];

const measureIn = (name: string | undefined): MeasureName | null => (name !== undefined && isMeasure(name) ? name : null);

/** What was read stays where it is about the same; how long it has been met is known only within the same bounds. */
export function planCriterion(before: CriterionFacts | undefined, one: Planned, plan: Plan): CriterionFacts {
	const measure = measureIn(one.measure);
	const of = measureIn(one.of);
	const subject = one.subject ?? null;
	const isUnknownShare = one.of !== undefined && of === null;
	const planned = {
		label: one.label,
		subject,
		measure: isUnknownShare ? null : measure,
		unit: of !== null ? ('share' as const) : measure === null ? null : measureOf(measure).unit,
		of,
		atLeast: one.atLeast ?? null,
		atMost: one.atMost ?? null,
		holdForMs: one.holdFor,
		maxAgeMs: one.maxAge ?? staleAfter(subject, measure, plan),
		...(of === null ? {} : { ofMaxAgeMs: one.maxAge ?? staleAfter(subject, of, plan) }),
		task: one.task ?? null,
	};
	const isSame = (key: keyof typeof planned): boolean => before?.[key] === planned[key];
	if (!before || !isSame('subject') || !isSame('measure') || !isSame('of')) return { ...planned, figure: null, ofFigure: null, metSince: null };
	const isSameRule = isSame('atLeast') && isSame('atMost') && isSame('maxAgeMs') && isSame('ofMaxAgeMs');
	return { ...planned, figure: before.figure, ofFigure: before.ofFigure, metSince: isSameRule ? before.metSince : null };
}

/** The limit that the subject's own tile goes blind by. */
function staleAfter(subject: string | null, measure: MeasureName | null, plan: Plan): number {
	if (measure === null) return 0;
	const parts = parseSubject(subject ?? '');
	const { kind, id } = parts.ok ? parts.value : { kind: null, id: '' };
	const archive = kind === 'archive' ? plan.archives[id] : undefined;
	const ofArchive = measure.endsWith('Verified') ? archive?.verifiedStaleAfter : archive?.staleAfter;
	const ofService = kind === 'service' ? plan.services[id]?.staleAfter : undefined;
	return ofArchive ?? ofService ?? measureOf(measure).staleAfterMs;
}

export function criterionAfter(before: CriterionFacts, sample: Sample, seen: number, isNews: boolean): CriterionFacts {
	const isWhole = before.of === sample.measure && before.measure !== sample.measure;
	if (!isNews) return afterHistory(before, sample, isWhole, seen);
	const figure = isWhole ? before.figure : figureAfter(before.figure ?? undefined, sample, seen);
	const ofFigure = isWhole || before.of === before.measure ? figureAfter(before.ofFigure ?? undefined, sample, seen) : before.ofFigure;
	const isBlind = figure?.[3] !== undefined || (before.of !== null && ofFigure?.[3] !== undefined);
	const value = isBlind ? null : comparedValue(before.of, figure?.[0] ?? null, ofFigure?.[0] ?? null);
	// Counted on our own clock: a source whose clock is behind gains no duration from it.
	const metSince = !isWithin(before, value) ? null : hasGap(before, seen) ? seen : (before.metSince ?? seen);
	return { ...before, figure, ofFigure: before.of === null ? null : ofFigure, metSince };
}

/** Whether what was known had gone stale by the time that the next reading came. */
function hasGap({ figure, ofFigure, of, maxAgeMs, ofMaxAgeMs = maxAgeMs }: CriterionFacts, seen: number): boolean {
	if (figure !== null && figureAge(figure, seen) > maxAgeMs) return true;
	return of !== null && ofFigure !== null && figureAge(ofFigure, seen) > ofMaxAgeMs;
}

/** A late reading is never the current value; but one from within the span that lies outside the bounds shows that it was not met all along. */
function afterHistory(before: CriterionFacts, sample: Sample, isWhole: boolean, seen: number): CriterionFacts {
	if (before.metSince === null || sample.at < before.metSince) return before;
	const value = isWhole
		? comparedValue(before.of, before.figure?.[0] ?? null, sample.value)
		: comparedValue(before.of, sample.value, before.ofFigure?.[0] ?? null);
	return isWithin(before, value) ? before : { ...before, metSince: seen };
}
