// The words of the emergency rooms that this screen has: Italian always, another language once it is asked for. Imported only by what
// shows them, so that other walls do not load them.
import { useEffect, useState } from 'react';
import type { Language } from '../../shared/format.ts';
import type { ErWords } from '../../shared/words/er-words.ts';
import { erIt } from '../../shared/words/it-er.ts';
import { usePreferences } from './hooks.ts';

export type { ErWords };

const known = new Map<Language, ErWords>([['it', erIt]]);

/** Resolves to whether this language is here; where it cannot be had, the Italian words stay. */
export async function learnErWords(language: Language): Promise<boolean> {
	if (known.has(language)) return true;
	try {
		known.set(language, (await import('../../shared/words/en-er.ts')).erEn);
		return true;
	} catch {
		return false;
	}
}

export function useErWords(): ErWords {
	const { language } = usePreferences();
	const [, wake] = useState(0);
	useEffect(() => {
		if (known.has(language)) return;
		let isHere = true;
		void learnErWords(language).then((isLearnt) => {
			if (isLearnt && isHere) wake((times) => times + 1);
		});
		return () => {
			isHere = false;
		};
	}, [language]);
	return known.get(language) ?? erIt;
}
