// Which words of a visit stand: what was erased, cancelled or ended under a number that was given up is as if it had never been said.
import { inSaidOrder, isSaidBefore, type Word } from './er-word.ts';

const takesBack: ReadonlySet<Word['act']> = new Set([
	'cancel-transfer',
	'discharge-class',
	'unpend',
	'cancel-leave',
	'erase',
	'merge-visit',
] as const);
const isLife = (word: Word): boolean => word.act !== 'merge-visit' && word.act !== 'erase';
const isLeaving = (word: Word): boolean => word.act === 'leave' || (word.area === 'elsewhere' && (word.act === 'transfer' || word.act === 'admit'));

const takenBackBy: Readonly<Partial<Record<Word['act'], Word['act']>>> = {
	'cancel-leave': 'leave',
	unpend: 'pend',
	'discharge-class': 'admit',
	'cancel-transfer': 'transfer',
};

/** `restored`: the cancelled transfers' cancels, which say no place of their own. */
export type Standing = { readonly words: readonly Word[]; readonly restored: ReadonlySet<Word> };

const nothing: ReadonlySet<Word> = new Set();

/** `words` in any order; those that stand come back in the same. */
export function standingOf(words: readonly Word[]): Standing {
	if (!words.some((word) => takesBack.has(word.act))) return { words, restored: nothing };
	const voided = new Set<Word>();
	const restored = new Set<Word>();
	const said = words.toSorted(inSaidOrder);
	voidByNumber(said, voided);
	voidPairs(said, voided, restored);
	return { words: words.filter((word) => isLife(word) && !voided.has(word)), restored };
}

/**
 * Erased: all that was said under the number until then, and under the numbers that had been merged into it; what is said later stands
 * only behind a new arrival. A number that is given up by a merge while the one that goes on is known takes its own ending with it:
 * closing the double of a visit does not end the visit.
 */
function voidByNumber(said: readonly Word[], voided: Set<Word>): void {
	const sides = new Map<string, Set<string>>();
	const givenUp = new Set<string>();
	const sideOf = (number: string): Set<string> => {
		const side = sides.get(number) ?? new Set([number]);
		sides.set(number, side);
		return side;
	};
	const arrivesAfter = (word: Word, side: ReadonlySet<string>): boolean =>
		said.some((other) => other.act === 'arrive' && side.has(other.number) && !voided.has(other) && !isSaidBefore(other, word));
	for (const word of said) {
		if (word.act === 'erase') {
			const side = givenUp.has(word.number) ? new Set([word.number]) : sideOf(word.number);
			const isBegunAgain = arrivesAfter(word, side);
			for (const other of said) if (isLife(other) && side.has(other.number) && (!isBegunAgain || isSaidBefore(other, word))) voided.add(other);
		}
		if (word.act !== 'merge-visit' || word.into === null) continue;
		const [old, kept] = [sideOf(word.number), sideOf(word.into)];
		if (old === kept) continue;
		const isKnown = said.some(
			(other) => isLife(other) && kept.has(other.number) && !voided.has(other) && (other.act === 'arrive' || isSaidBefore(other, word)),
		);
		if (isKnown) for (const other of said) if (isLeaving(other) && old.has(other.number) && isSaidBefore(other, word)) voided.add(other);
		for (const number of old) {
			kept.add(number);
			sides.set(number, kept);
			givenUp.add(number);
		}
	}
}

/** Each cancel takes back what had been said when it was: all such acts, but of transfers one, that of the same instant or else the last. */
function voidPairs(said: readonly Word[], voided: Set<Word>, restored: Set<Word>): void {
	for (const cancel of said) {
		if (voided.has(cancel)) continue;
		const act = takenBackBy[cancel.act];
		if (act === undefined) continue;
		const acts = said.filter((word) => word.act === act && isSaidBefore(word, cancel));
		if (act !== 'transfer') for (const word of acts) voided.add(word);
		else {
			const same = acts.findLast((word) => word.at === cancel.at);
			const found =
				same ??
				acts
					.filter((word) => !voided.has(word) && word.at < cancel.at)
					.toSorted((a, b) => a.at - b.at)
					.at(-1);
			if (!found) continue;
			voided.add(found);
			restored.add(cancel);
		}
	}
}
