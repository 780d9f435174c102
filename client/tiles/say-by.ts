// Who did something, as a screen says it: a site and a team by their labels. Apart from what marks say, so that a wall does not load that.
import type { BoardNow } from '../../shared/judge.ts';
import type { Words } from '../../shared/words/words.ts';

/** Whose word it is: a ward and a team by their names, the rehearsal's own commander as such. */
export function sayBy(by: string, judged: BoardNow, words: Words): string {
	const name = by.replace(/^[a-z]+\//, '');
	if (name === 'rehearsal') return words.rehearsal.toLowerCase();
	return judged.er?.sites[name]?.short ?? judged.lanes[name]?.label ?? name;
}
