// A visit as the visit log keeps it: its numbers and words as JSON, and from when on it may go. Knows no journal.
import { foldVisit, type VisitState } from './er-visit.ts';
import type { Word } from './er-word.ts';

/** A visit's row for the visit log, in the journal's shape (journal.ts, KeptVisit). */
export type KeptRow = { readonly visit: string; readonly state: string; readonly forgetAfter: number | null };

/** `numbers`: the one it is kept under first, then those that were merged into it. */
export type Visit = {
	readonly numbers: readonly string[];
	readonly words: readonly Word[];
	readonly state: VisitState;
	readonly forgetAfter: number | null;
};

/** How long a visit is remembered after its end, for what is said of it late; then its hashes go. */
export const REMEMBERED_MS = 48 * 3_600_000;

export function visitOf(numbers: readonly string[], words: readonly Word[]): Visit {
	const state = foldVisit(words);
	const isOver = state.place === 'gone' || state.place === 'erased' || state.place === 'unknown';
	const endedAt = state.leftAt ?? words.reduce((latest, { at }) => Math.max(latest, at), 0);
	return { numbers, words, state, forgetAfter: isOver ? endedAt + REMEMBERED_MS : null };
}

const VERSION = 1;
type WordRow = [
	number: number,
	...rest: [Word['site'], Word['act'], number, number, Word['area'], Word['triage'], number | null, Word['outcome']],
	into: number | null,
];
type VisitRow = { readonly v: number; readonly numbers: readonly string[]; readonly words: readonly WordRow[] };

export function rowOf({ numbers, words, forgetAfter }: Visit): KeptRow {
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
	return { visit: numbers[0] ?? '', state: JSON.stringify({ v: VERSION, numbers, words: rows } satisfies VisitRow), forgetAfter };
}

export function visitOfRow(row: KeptRow): Visit {
	const kept = JSON.parse(row.state) as VisitRow;
	if (kept.v !== VERSION)
		throw new Error(`the visit log holds rows of version ${kept.v}, and this Regia reads ${VERSION}: start it with the Regia that wrote them`);
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
	return visitOf(kept.numbers, words);
}
