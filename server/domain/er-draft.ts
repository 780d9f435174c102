// A batch on its way into the census: the visits it speaks of with its words added and its merges made, and what that changes. Alters no visit.
import type { SiteChanges } from '../../shared/er.ts';
import { compact } from './er-compact.ts';
import type { ErEvent } from './er-event.ts';
import { openHearing } from './er-hearing.ts';
import type { Known } from './er-known.ts';
import { isPresent } from './er-lapse.ts';
import { doublesOf, type Heard, keyOf, type PersonMerge, sameAs } from './er-persons.ts';
import { type KeptRow, REMEMBERED_MS, rowOf, rowOfMerge, type Visit, visitOf } from './er-row.ts';
import { foldVisit } from './er-visit.ts';
import { ANYWHERE, isSame, isToldToSeveral, timeOf, type Word } from './er-word.ts';

type Drafted = {
	readonly made: readonly (Visit | PersonMerge)[];
	readonly replaced: ReadonlySet<Visit>;
	readonly rows: readonly KeptRow[];
	/** Keys of rows whose visit goes on under another number. */
	readonly gone: readonly string[];
	readonly sites: readonly SiteChanges[];
};

/** A beginning that is told from further back is another visit's, or a mistake: it counts as not told. */
const LONGEST_VISIT_MS = 30 * 86_400_000;

type Draft = { readonly numbers: string[]; readonly words: Word[]; readonly persons: Heard[]; readonly from: Visit[]; isChanged: boolean };

export function openDraft(
	known: Pick<Known, 'visits' | 'numbers' | 'merges' | 'bedded'>,
	lapsesAfter: (site: string) => number,
): { add(event: ErEvent): void; finish(now: number): Drafted } {
	const drafts = new Map<string, Draft>();
	const merges = new Map<string, PersonMerge>();
	const hearing = openHearing();

	function draftOf(number: string): Draft {
		const drafted = drafts.get(number);
		if (drafted) return drafted;
		const visit = known.visits.get(number);
		const draft: Draft = visit
			? { numbers: [...visit.numbers], words: [...visit.words], persons: [...visit.persons], from: [visit], isChanged: false }
			: { numbers: [number], words: [], persons: [], from: [], isChanged: false };
		for (const one of draft.numbers) drafts.set(one, draft);
		return draft;
	}

	function join(old: Draft, kept: Draft): void {
		kept.numbers.push(...old.numbers);
		kept.words.push(...old.words);
		kept.persons.push(...old.persons);
		kept.from.push(...old.from);
		for (const number of old.numbers) drafts.set(number, kept);
	}

	function addWord(word: Word): Draft {
		let draft = draftOf(word.number);
		if (word.into !== null) {
			const kept = draftOf(word.into);
			if (kept !== draft) join(draft, kept);
			draft = kept;
		}
		const { words } = draft;
		if (words.some((other) => isSame(other, word) || (other.site === ANYWHERE && isToldToSeveral(other, word)))) return draft;
		const told = word.area === 'elsewhere' ? words.findIndex((other) => isToldToSeveral(other, word)) : -1;
		if (told < 0) words.push(word);
		else words[told] = { ...word, site: ANYWHERE };
		draft.isChanged = true;
		return draft;
	}

	/** A merge of persons moves nobody; but a number that was made of the person's goes on under another. */
	function joinDoubles(): void {
		if (known.merges.size + merges.size === 0) return;
		const all = [...new Map([...known.merges, ...merges]).values()];
		const spokenOf = [...merges.values()].flatMap(({ old, into }) => [old, into]);
		for (const draft of drafts.values()) if (draft.isChanged) spokenOf.push(...draft.persons.map(([, person]) => person));
		const merged = new Set(all.flatMap(({ old, into }) => [old, into]));
		const persons = sameAs(
			spokenOf.filter((person) => merged.has(person)),
			all,
		);
		if (persons.size === 0) return;
		const heard = new Map<string, Heard>();
		for (const person of persons) for (const number of known.numbers.get(person) ?? []) heard.set(`${number} ${person}`, [number, person]);
		for (const draft of drafts.values()) for (const one of draft.persons) if (persons.has(one[1])) heard.set(one.join(' '), one);
		const wordsOf = (number: string): readonly Word[] => (drafts.get(number) ?? known.visits.get(number))?.words ?? [];
		for (const word of doublesOf([...heard.values()], wordsOf, all)) addWord(word);
	}

	return {
		add: (event) => {
			hearing.hear(event);
			const { act, visit: number, patient, into, site, at, sentAt, area, triage, arrivedAt, outcome } = event;
			if (act === 'merge-patient') {
				if (patient === null || into === null || into === patient) return;
				const merge = { old: patient, into, at, sentAt };
				// Told again, it counts from when it was said first.
				const before = merges.get(keyOf(merge)) ?? known.merges.get(keyOf(merge));
				if (!before || sentAt < before.sentAt) merges.set(keyOf(merge), merge);
				return;
			}
			if (act === 'merge-visit' && (into === null || into === number)) return;
			const began = arrivedAt !== null && at - arrivedAt > LONGEST_VISIT_MS ? null : arrivedAt;
			const draft = addWord({ number, site, act, at, sentAt, area, triage, arrivedAt: began, outcome, into: act === 'merge-visit' ? into : null });
			if (patient === null || act === 'merge-visit' || draft.persons.some(([of, person]) => of === number && person === patient)) return;
			draft.persons.push([number, patient]);
			draft.isChanged = true;
		},
		finish: (now) => {
			joinDoubles();
			const made: Visit[] = [];
			const replaced = new Set<Visit>();
			const gone: string[] = [];
			for (const { numbers, words, persons, from, isChanged } of new Set(drafts.values())) {
				if (!isChanged || (from.length === 0 && isOver(words, now, lapsesAfter))) continue;
				const visit = visitOf(
					numbers,
					compact(words),
					persons,
					from.map(({ lapse }) => lapse),
				);
				made.push(visit);
				hearing.change(visit, from);
				for (const old of from) {
					replaced.add(old);
					if (old.numbers[0] !== numbers[0]) gone.push(old.numbers[0] ?? '');
				}
			}
			const numbered = new Map(made.flatMap((visit) => visit.numbers.map((number) => [number, visit.state] as const)));
			const stateOf = (number: string) => numbered.get(number) ?? known.visits.get(number)?.state;
			const rows = [...made.map(rowOf), ...[...merges.values()].map(rowOfMerge)];
			return {
				made: [...made, ...merges.values()],
				replaced,
				rows,
				gone,
				sites: hearing.sites(stateOf, (site) => [...known.bedded(site)].filter((visit) => !replaced.has(visit)).map(({ state }) => state)),
			};
		},
	};
}

/**
 * What is said of an unknown visit from before the time that ended ones are remembered for makes no visit; nor does a mere update of one
 * that began before it: records are tidied up long after a visit's end.
 */
const isHistory = ({ act, at, arrivedAt }: Word, now: number): boolean =>
	at < now - REMEMBERED_MS || (act === 'update' && arrivedAt !== null && arrivedAt < now - REMEMBERED_MS);

/**
 * Unless it goes on: no end is told of it, and what is said was said while an end would still be remembered. It makes a visit where that
 * began no longer ago than visits of its site may be silent for.
 */
function isOver(words: readonly Word[], now: number, lapsesAfter: (site: string) => number): boolean {
	if (!words.every((word) => isHistory(word, now))) return false;
	const state = foldVisit(words);
	const { site } = state;
	if (site === null || !isPresent(state) || words.some(({ act, outcome }) => act === 'update' && outcome !== null)) return true;
	const began = now - lapsesAfter(site);
	return !words.some((word) => word.sentAt >= now - REMEMBERED_MS && Math.min(timeOf(word), word.arrivedAt ?? word.at) >= began);
}
