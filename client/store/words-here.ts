// The words that this screen has: Italian always, another language once it is asked for. Knows no screen.
import type { Language } from '../../shared/format.ts';
import { it, type Words } from '../../shared/words/it.ts';

const known = new Map<Language, Words>([['it', it]]);

/** Resolves to whether there are new words; where they cannot be had, the Italian ones stay. */
export async function learnWords(language: Language): Promise<boolean> {
	if (known.has(language)) return false;
	try {
		known.set(language, (await import('../../shared/words/en.ts')).en);
		return true;
	} catch {
		return false;
	}
}

export const wordsHere = (language: Language): Words => known.get(language) ?? it;
