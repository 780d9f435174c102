// Admission: which readings become samples. Pure: told the time and the known subjects; each refusal code here has one rule.
import { isMeasure, type Measure, type MeasureName, measureOf } from '../../shared/measures.ts';
import type { Reading, Refusal, RefusalCode, Sample } from '../../shared/sample.ts';
import { matchesGlob, type Subject, type SubjectKind } from '../../shared/subject.ts';

/** A source whose clock runs ahead is forgiven this much; past it, its readings are refused (decision 5). */
export const FUTURE_LIMIT_MS = 5000;
/** Older than this is no part of the night; a buffer that comes back after hours of a cut line still is. */
export const LATE_LIMIT_MS = 86_400_000;

export type AdmissionContext = {
	readonly now: number;
	/** The kind of a subject that the plan knows; null of any other. */
	kindOf(subject: string): SubjectKind | null;
	/** What the sender may speak about, as globs of subjects. */
	readonly may: readonly string[];
	/** And with which measures, as globs; absent: all. */
	readonly measures?: readonly string[];
};

export type Admitted = { readonly sample: Sample; readonly index: number };

/**
 * Readings in, samples and refusals out; `indexes` gives each reading's place in what was sent, where rows before it were malformed.
 * A bad row never takes a good one with it.
 */
export function admit(
	readings: readonly Reading[],
	context: AdmissionContext,
	indexes?: readonly number[],
): { readonly admitted: readonly Admitted[]; readonly refused: readonly Refusal[] } {
	const admitted: Admitted[] = [];
	const refused: Refusal[] = [];
	let about: About | null = null;
	for (let i = 0; i < readings.length; i += 1) {
		const reading = readings[i] as Reading;
		const index = indexes?.[i] ?? i;
		if (about?.subject !== reading.subject) about = aboutOf(reading.subject, context);
		const code = refusalOf(reading, about, context);
		if (code !== null) refused.push({ index, code, message: explain(code, reading, context) });
		else admitted.push({ index, sample: toSample(reading) });
	}
	return { admitted, refused };
}

/** What holds for every reading of a subject. A batch tells subject after subject, so the last one's is kept. */
type About = { readonly subject: string; readonly kind: SubjectKind | null; readonly isPermitted: boolean };

const aboutOf = (subject: string, context: AdmissionContext): About => ({
	subject,
	kind: context.kindOf(subject),
	isPermitted: context.may.some((glob) => matchesGlob(glob, subject)),
});

function toSample(reading: Reading): Sample {
	const subject = reading.subject as Subject;
	const measure = reading.measure as MeasureName;
	// The usual reading is a sample already.
	if (reading.unit === undefined && Number.isInteger(reading.at)) return reading as Sample;
	const base = { subject, measure, value: reading.value, at: Math.round(reading.at) };
	return reading.why === undefined ? base : { ...base, why: reading.why };
}

function refusalOf(reading: Reading, { kind, isPermitted }: About, context: AdmissionContext): RefusalCode | null {
	if (!isMeasure(reading.measure)) return 'unknown-measure';
	const measure = measureOf(reading.measure);
	if (kind === null) return 'unknown-subject';
	if (kind !== measure.kind) return 'wrong-subject-kind';
	if (!isPermitted) return 'not-permitted';
	if (context.measures && !context.measures.some((glob) => matchesGlob(glob, reading.measure))) return 'not-permitted';
	if (!Number.isFinite(reading.at)) return 'malformed';
	if (reading.unit !== undefined && reading.unit !== measure.unit) return 'wrong-unit';
	if (reading.value === null) {
		if (reading.why === undefined) return 'malformed';
	} else {
		const fault = faultOf(reading.value, measure);
		if (fault !== null) return fault;
	}
	if (reading.at > context.now + FUTURE_LIMIT_MS) return 'future';
	if (reading.at < context.now - LATE_LIMIT_MS) return 'late';
	return null;
}

const WHOLE: ReadonlySet<Measure['unit']> = new Set(['B', 'count', 'bool']);

function faultOf(value: number, measure: Measure): RefusalCode | null {
	if (!Number.isFinite(value)) return 'not-finite';
	if (value < measure.min || value > measure.max) return 'out-of-range';
	return WHOLE.has(measure.unit) && !Number.isInteger(value) ? 'out-of-range' : null;
}

/** What would be right. Echoes only names that are ours, never the sender's text. */
function explain(code: RefusalCode, reading: Reading, context: AdmissionContext): string {
	const measure = isMeasure(reading.measure) ? measureOf(reading.measure) : null;
	switch (code) {
		case 'unknown-measure':
			return 'no such measure; the list is in /api/openapi.json';
		case 'unknown-subject':
			return 'the plan has no such subject; give kind/id as the plan names it';
		case 'wrong-subject-kind':
			return `this measure speaks of a subject of kind ${measure?.kind}`;
		case 'not-permitted':
			return `this token may speak about ${context.may.join(', ') || 'nothing'}${context.measures ? `, with ${context.measures.join(', ')}` : ''}`;
		case 'wrong-unit':
			return `this measure is given in ${measure?.unit}`;
		case 'not-finite':
			return 'the value must be a finite number';
		case 'out-of-range':
			return `the value must be ${measure && WHOLE.has(measure.unit) ? 'a whole number ' : ''}between ${measure?.min} and ${measure?.max}`;
		case 'future':
			return `dated more than ${FUTURE_LIMIT_MS / 1000} s ahead of this server: set the source's clock (NTP)`;
		case 'late':
			return `older than ${LATE_LIMIT_MS / 3_600_000} h`;
		default:
			return 'a reading is subject, measure, a value, and at: an instant with its offset';
	}
}
