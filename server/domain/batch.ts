// A batch on its way into the record, and what became of it: the words between whoever received it and the recorder.
import type { BlindCode, Reading, Refusal } from '../../shared/sample.ts';

export type Batch = {
	readonly source: string;
	readonly readings: readonly Reading[];
	/** Each reading's place in what was sent, and the rows that could not even be read. */
	readonly indexes?: readonly number[];
	readonly malformed?: readonly Refusal[];
	/** Globs of the subjects that the sender may speak about. */
	readonly may: readonly string[];
	/** Globs of the measures that it may give; absent: all. */
	readonly measures?: readonly string[];
	readonly key?: string;
	readonly why?: BlindCode;
	readonly memory?: unknown;
};

/** `repeated`: the key was already there, and this is the answer that it got then. */
export type BatchOutcome =
	| { readonly ok: true; readonly accepted: number; readonly seq: number; readonly refused: readonly Refusal[]; readonly repeated: boolean }
	| { readonly ok: false; readonly code: 'journal-full' | 'journal-failing' | 'closed'; readonly message: string };
