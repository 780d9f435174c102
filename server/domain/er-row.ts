// A visit as the visit log keeps it: its numbers and words as JSON, and from when on it may go. Knows no journal.
import { isPresent, type Lapse, lapsedState, standingLapse } from './er-lapse.ts';
import { type Heard, keyOf, type PersonMerge } from './er-persons.ts';
import { foldVisit, type VisitState } from './er-visit.ts';
import type { Word } from './er-word.ts';

/** A visit's row for the visit log, in the journal's shape (journal.ts, KeptVisit). */
export type KeptRow = { readonly visit: string; readonly state: string; readonly forgetAfter: number | null };

/** `numbers`: the one it is kept under first, then those that were merged into it. */
export type Visit = {
	readonly numbers: readonly string[];
	readonly words: readonly Word[];
	readonly persons: readonly Heard[];
	readonly state: VisitState;
	/** Kept for as long as no newer word takes it back. */
	readonly lapse: Lapse | null;
	readonly forgetAfter: number | null;
};

/** How long a visit is remembered after its end or its lapse, for what is said of it late; then its hashes go. */
export const REMEMBERED_MS = 48 * 3_600_000;

/** A merge of persons matters as long as a visit of theirs may last, and is remembered: the longest stay by the guidelines is 44 hours. */
const PERSONS_MS = 44 * 3_600_000 + REMEMBERED_MS;

/** `lapses`: of those that this visit was until now. */
export function visitOf(
	numbers: readonly string[],
	words: readonly Word[],
	persons: readonly Heard[],
	lapses: readonly (Lapse | null)[] = [],
): Visit {
	const lapse = standingLapse(words, lapses);
	const state = lapsedState(foldVisit(words), lapse);
	const isOver = !isPresent(state);
	const endedAt = state.leftAt ?? state.lapsedAt ?? words.reduce((latest, { at }) => Math.max(latest, at), 0);
	return { numbers, words, persons, state, lapse, forgetAfter: isOver ? endedAt + REMEMBERED_MS : null };
}

const VERSION = 1;
type WordRow = [
	number: number,
	...rest: [Word['site'], Word['act'], number, number, Word['area'], Word['triage'], number | null, Word['outcome']],
	into: number | null,
];
type VisitRow = {
	readonly v: number;
	readonly numbers: readonly string[];
	readonly words: readonly WordRow[];
	readonly persons: readonly (readonly [number: number, person: string])[];
	readonly lapse?: Lapse;
};
type PersonRow = { readonly v: number; readonly merge: PersonMerge };

export function rowOf({ numbers, words, persons, lapse, forgetAfter }: Visit): KeptRow {
	const placeOf = (number: string): number => numbers.indexOf(number);
	const rows = words.map(
		({ number, site, act, at, sentAt, area, triage, arrivedAt, outcome, into }): WordRow => [
			placeOf(number),
			site,
			act,
			at,
			sentAt,
			area,
			triage,
			arrivedAt,
			outcome,
			into === null ? null : placeOf(into),
		],
	);
	const heard = persons.map(([number, person]) => [placeOf(number), person] as const);
	const row: VisitRow = { v: VERSION, numbers, words: rows, persons: heard, ...(lapse ? { lapse } : {}) };
	return { visit: numbers[0] ?? '', state: JSON.stringify(row), forgetAfter };
}

export function rowOfMerge(merge: PersonMerge): KeptRow {
	return { visit: keyOf(merge), state: JSON.stringify({ v: VERSION, merge } satisfies PersonRow), forgetAfter: merge.at + PERSONS_MS };
}

/** What a row holds: a visit, or a merge of persons. */
export function readRow(row: KeptRow): Visit | PersonMerge {
	const kept = JSON.parse(row.state) as VisitRow | PersonRow;
	if (kept.v !== VERSION)
		throw new Error(`the visit log holds rows of version ${kept.v}, and this Regia reads ${VERSION}: start it with the Regia that wrote them`);
	if ('merge' in kept) return kept.merge;
	const numberAt = (place: number): string => kept.numbers[place] ?? row.visit;
	const words = kept.words.map(
		([number, site, act, at, sentAt, area, triage, arrivedAt, outcome, into]): Word => ({
			number: numberAt(number),
			site,
			act,
			at,
			sentAt,
			area,
			triage,
			arrivedAt,
			outcome,
			into: into === null ? null : numberAt(into),
		}),
	);
	return visitOf(
		kept.numbers,
		words,
		kept.persons.map(([number, person]) => [numberAt(number), person]),
		[kept.lapse ?? null],
	);
}
