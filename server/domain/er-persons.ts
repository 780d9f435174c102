// Visits whose number was made of the person's: after a merge of persons they go on under another one. Finds such doubles; knows keys only.
import { isSame, type Word } from './er-word.ts';

/** The person `old` is known as `into` from now on. */
export type PersonMerge = { readonly old: string; readonly into: string; readonly at: number; readonly sentAt: number };
export const keyOf = ({ old, into }: PersonMerge): string => `person ${old} ${into}`;

/** A number under which a person was heard of; one may be heard of under several. */
export type Heard = readonly [number: string, person: string];

/** Everyone who is the same person as these, by the merges. */
export function sameAs(persons: Iterable<string>, merges: Iterable<PersonMerge>): Set<string> {
	const same = new Set(persons);
	const all = [...merges];
	for (let size = -1; size !== same.size; ) {
		size = same.size;
		for (const { old, into } of all) {
			if (same.has(old)) same.add(into);
			if (same.has(into)) same.add(old);
		}
	}
	return same;
}

/** When and where a number's visit is told to have begun. */
const beginningsOf = (number: string, words: readonly Word[]): Set<string> =>
	new Set(
		words.flatMap((word) =>
			word.number === number && word.arrivedAt !== null && word.area !== 'elsewhere' ? [`${word.site} ${word.arrivedAt}`] : [],
		),
	);

/**
 * Nobody arrives twice at one instant at one place: two numbers of persons who are one, with the same beginning, are one visit, and the
 * one of the person who goes on is what it goes on under. As words that merge them, each with the instant of the persons' merge.
 */
export function doublesOf(heard: readonly Heard[], wordsOf: (number: string) => readonly Word[], merges: Iterable<PersonMerge>): Word[] {
	const byOld = [...merges].toSorted((a, b) => a.sentAt - b.sentAt || (keyOf(a) < keyOf(b) ? -1 : 1));
	const beginnings = new Map<string, Heard[]>();
	for (const one of heard)
		for (const beginning of beginningsOf(one[0], wordsOf(one[0]))) beginnings.set(beginning, [...(beginnings.get(beginning) ?? []), one]);
	const doubles: Word[] = [];
	for (const [beginning, all] of beginnings)
		for (const [number, person] of all) {
			const merge = byOld.find(({ old }) => old === person);
			if (!merge) continue;
			for (const [into, other] of all) {
				if (other === person || into === number) continue;
				const { at, sentAt } = merge;
				const site = beginning.slice(0, beginning.lastIndexOf(' '));
				const word: Word = { number, site, act: 'merge-visit', at, sentAt, area: null, triage: null, arrivedAt: null, outcome: null, into };
				if (!doubles.some((known) => isSame(known, word))) doubles.push(word);
			}
		}
	return doubles;
}
