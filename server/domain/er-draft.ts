// A batch on its way into the census: the visits it speaks of with its words added and its merges made, and what that changes. Alters no visit.
import type { SiteChanges } from '../../shared/er.ts';
import { openTally } from './er-cells.ts';
import { compact } from './er-compact.ts';
import type { ErEvent } from './er-event.ts';
import { type KeptRow, REMEMBERED_MS, rowOf, type Visit, visitOf } from './er-row.ts';
import type { VisitState } from './er-visit.ts';
import { ANYWHERE, isSame, isToldToSeveral, type Word } from './er-word.ts';

type Drafted = {
	readonly made: readonly Visit[];
	readonly replaced: ReadonlySet<Visit>;
	readonly rows: readonly KeptRow[];
	/** Keys of rows whose visit goes on under another number. */
	readonly gone: readonly string[];
	readonly sites: readonly SiteChanges[];
};

type Draft = { numbers: string[]; words: Word[]; from: Visit[]; isChanged: boolean };

export function openDraft(visits: ReadonlyMap<string, Visit>): { add(event: ErEvent): void; finish(now: number): Drafted } {
	const drafts = new Map<string, Draft>();
	const heardAt = new Map<string, number>();

	function draftOf(number: string): Draft {
		const known = drafts.get(number);
		if (known) return known;
		const visit = visits.get(number);
		const draft: Draft = visit
			? { numbers: [...visit.numbers], words: [...visit.words], from: [visit], isChanged: false }
			: { numbers: [number], words: [], from: [], isChanged: false };
		for (const one of draft.numbers) drafts.set(one, draft);
		return draft;
	}

	function join(old: Draft, kept: Draft): void {
		kept.numbers.push(...old.numbers);
		kept.words.push(...old.words);
		kept.from.push(...old.from);
		for (const number of old.numbers) drafts.set(number, kept);
	}

	return {
		add: (event) => {
			// What is said of a place elsewhere tells of a site only if somebody was there: see saidAt.
			if (event.area !== 'elsewhere') heardAt.set(event.site, Math.max(heardAt.get(event.site) ?? 0, event.sentAt));
			const { act, visit: number, into } = event;
			// Whose a visit is counts nothing: under whatever key the person goes, the visit stays the same one.
			if (act === 'merge-patient' || (act === 'merge-visit' && (into === null || into === number))) return;
			const { site, at, sentAt, area, triage, arrivedAt, outcome } = event;
			const word: Word = { number, site, act, at, sentAt, area, triage, arrivedAt, outcome, into: act === 'merge-visit' ? into : null };
			let draft = draftOf(number);
			if (word.into !== null) {
				const kept = draftOf(word.into);
				if (kept !== draft) join(draft, kept);
				draft = kept;
			}
			if (draft.words.some((known) => isSame(known, word) || (known.site === ANYWHERE && isToldToSeveral(known, word)))) return;
			const told = word.area === 'elsewhere' ? draft.words.findIndex((known) => isToldToSeveral(known, word)) : -1;
			if (told < 0) draft.words.push(word);
			else draft.words[told] = { ...word, site: ANYWHERE };
			draft.isChanged = true;
		},
		finish: (now) => {
			const tally = openTally();
			const made: Visit[] = [];
			const replaced = new Set<Visit>();
			const lastBed = new Map<string, [at: number, waitMs: number]>();
			const gone: string[] = [];
			for (const { numbers, words, from, isChanged } of new Set(drafts.values())) {
				if (!isChanged || (from.length === 0 && words.every((word) => isHistory(word, now)))) continue;
				const visit = visitOf(numbers, compact(words));
				made.push(visit);
				for (const old of from) {
					replaced.add(old);
					tally.add(old.state, -1);
					if (old.numbers[0] !== numbers[0]) gone.push(old.numbers[0] ?? '');
				}
				tally.add(visit.state, 1);
				const { site, bedAt, arrivedAt } = visit.state;
				const isNewBed = bedAt !== null && !from.some(({ state }) => state.bedAt === bedAt && state.arrivedAt === arrivedAt);
				if (site !== null && isNewBed && bedAt >= (lastBed.get(site)?.[0] ?? bedAt))
					lastBed.set(site, [bedAt, Math.max(0, bedAt - (arrivedAt ?? bedAt))]);
			}
			const changes = tally.changes();
			/** A site that the batch changes without having spoken of a place in it is as old as what was said of its visits. */
			const saidAt = (site: string): number =>
				Math.max(0, ...made.flatMap(({ state, words }) => (isOf(state, site) ? words.map((word) => word.sentAt) : [])));
			const sites = [...new Set([...heardAt.keys(), ...changes.keys()])].map((site): SiteChanges => {
				const bed = lastBed.get(site);
				return { site, heardAt: heardAt.get(site) ?? saidAt(site), changes: changes.get(site) ?? [], ...(bed ? { lastBed: bed } : {}) };
			});
			return { made, replaced, rows: made.map(rowOf), gone, sites };
		},
	};
}

const isOf = ({ site, former }: VisitState, of: string): boolean => site === of || former.some((stay) => stay.site === of);

/**
 * What is said of an unknown visit from before the time that ended ones are remembered for makes no visit; nor does a mere update of one
 * that began before it: records are tidied up long after a visit's end.
 */
const isHistory = ({ act, at, arrivedAt }: Word, now: number): boolean =>
	at < now - REMEMBERED_MS || (act === 'update' && arrivedAt !== null && arrivedAt < now - REMEMBERED_MS);
