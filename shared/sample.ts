// Readings and samples: what a source says, and what Regia admits of it; and the closed codes for what it could not say or was refused.
import type { MeasureName } from './measures.ts';
import type { Subject } from './subject.ts';

/** Why Regia could not look (rule 3). Never a source's own text: that may hold personal data. */
export const blindCodes = [
	'timeout',
	'unreachable',
	'unauthorised',
	'bad-answer',
	'too-large',
	'not-found',
	'not-permitted',
	'observer-blind',
	'stopped',
] as const;
export type BlindCode = (typeof blindCodes)[number];

/** What a source said, not yet checked. `value: null` with `why` is a blind reading: it takes the same road. `at` in ms UTC. */
export type Reading = {
	readonly subject: string;
	readonly measure: string;
	readonly value: number | null;
	readonly unit?: string;
	readonly at: number;
	readonly why?: BlindCode;
};

/** An admitted reading. */
export type Sample = {
	readonly subject: Subject;
	readonly measure: MeasureName;
	readonly value: number | null;
	readonly at: number;
	readonly why?: BlindCode;
};

/**
 * Each code has one rule in domain/admit.ts or domain/order.ts, a row in the tests, and a counter on its source's tile.
 * `truncated`: what a sender says that it left out.
 */
export const refusalCodes = [
	'malformed',
	'unknown-subject',
	'unknown-measure',
	'wrong-subject-kind',
	'not-finite',
	'wrong-unit',
	'out-of-range',
	'future',
	'late',
	'duplicate',
	'not-permitted',
	'truncated',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export type Refusal = { readonly index: number; readonly code: RefusalCode; readonly message: string };
