// Visits whose end nobody told: after a long silence they are taken to be over, until they are spoken of again. Knows no site's plan.
import type { VisitState } from './er-visit.ts';
import type { Word } from './er-word.ts';

/** Given up at `at`; a word that was said after `before` takes that back. */
export type Lapse = { readonly at: number; readonly before: number };

/** When a visit was spoken of last. A merge tidies numbers up: it does not say that somebody is still here. */
export const spokenOfAt = (words: readonly Word[]): number =>
	words.reduce((latest, { act, sentAt }) => (act === 'merge-visit' ? latest : Math.max(latest, sentAt)), Number.NEGATIVE_INFINITY);

/** Of what is one visit now, the lapse that stands: the one that would stand the longest, so that the others need not be kept. */
export function standingLapse(words: readonly Word[], lapses: readonly (Lapse | null)[]): Lapse | null {
	const spokenAt = spokenOfAt(words);
	const standing = lapses.filter((lapse): lapse is Lapse => lapse !== null && spokenAt <= lapse.before);
	return standing.toSorted((a, b) => b.before - a.before || b.at - a.at)[0] ?? null;
}

export const isPresent = ({ place }: VisitState): boolean =>
	place === 'waiting' || place === 'treatment' || place === 'observation' || place === 'boarding';

/** Who left, or never was, does not lapse: an end that is told late is a departure all the same. */
export const lapsedState = (state: VisitState, lapse: Lapse | null): VisitState =>
	lapse !== null && isPresent(state) ? { ...state, place: 'lapsed', lapsedAt: lapse.at, boardingSince: null } : state;
