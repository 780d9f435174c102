// Bounds what is kept of one visit: beyond the cap, words that no longer change anything go first. Its state stays; its past thins.
import { foldVisit } from './er-visit.ts';
import { inSaidOrder, type Word } from './er-word.ts';

export const WORDS_A_VISIT = 64;
/** Room to grow into, so that a talkative visit is not thinned at each word. */
const KEPT_WORDS = 40;
/** Said too lately to be thinned: a cancel of one of them may be on its way. */
const LAST_WORDS = 16;

/**
 * The oldest said go first: those without which the state is the same, then moves together with their cancels. Only where that is not
 * enough (scores of real moves between sites) the oldest others go, and with them what they counted. From then on words that come late
 * are read against what is left: any order of arrival gives the same state only for visits within the cap.
 */
export function compact(words: readonly Word[]): readonly Word[] {
	if (words.length <= WORDS_A_VISIT) return words;
	const state = JSON.stringify(foldVisit(words));
	let kept: readonly Word[] = words.toSorted(inSaidOrder);
	const tryWithout = (some: readonly Word[]): boolean => {
		const rest = kept.filter((word) => !some.includes(word));
		if (kept.length <= KEPT_WORDS || JSON.stringify(foldVisit(rest)) !== state) return false;
		kept = rest;
		return true;
	};
	for (const word of kept.slice(0, -LAST_WORDS)) if (word.act !== 'merge-visit') tryWithout([word]);
	for (const cancel of kept.slice(0, -LAST_WORDS).filter(({ act }) => act === 'cancel-transfer')) {
		const moved = kept.slice(0, kept.indexOf(cancel)).findLast(({ act }) => act === 'transfer');
		if (moved) tryWithout([moved, cancel]);
	}
	while (kept.length > WORDS_A_VISIT)
		kept = kept.toSpliced(
			Math.max(
				0,
				kept.findIndex(({ act }) => act !== 'merge-visit' && act !== 'arrive'),
			),
			1,
		);
	return kept;
}
