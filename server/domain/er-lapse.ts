// Visits whose end nobody told: after a long silence they are taken to be over, until they are spoken of again. Knows no site's plan.
import type { VisitState } from './er-visit.ts';
import type { Word } from './er-word.ts';

/** Given up at `at`; a word that was said after `before` takes that back. */
export type Lapse = { readonly at: number; readonly before: number };

/** When a visit was spoken of last. A merge tidies numbers up: it does not say that somebody is still here. */
export const spokenOfAt = (words: readonly Word[]): number =>
	words.reduce((latest, { act, sentAt }) => (act === 'merge-visit' ? latest : Math.max(latest, sentAt)), Number.NEGATIVE_INFINITY);

/** Of what is one visit now, the lapse that stands: the latest. */
export function standingLapse(words: readonly Word[], lapses: readonly (Lapse | null)[]): Lapse | null {
	const spokenAt = spokenOfAt(words);
	let standing: Lapse | null = null;
	for (const lapse of lapses) if (lapse && spokenAt <= lapse.before && (standing === null || lapse.at > standing.at)) standing = lapse;
	return standing;
}

export const isPresent = ({ place }: VisitState): boolean =>
	place === 'waiting' || place === 'treatment' || place === 'observation' || place === 'boarding';

/** Who left, or never was, does not lapse: an end that is told late is a departure all the same. */
export const lapsedState = (state: VisitState, lapse: Lapse | null): VisitState =>
	lapse !== null && isPresent(state) ? { ...state, place: 'lapsed', lapsedAt: lapse.at, boardingSince: null } : state;
