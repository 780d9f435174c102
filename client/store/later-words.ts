// Words that only some screens need: Italian comes with what shows them, another language once it is asked for. Knows no words.
import { useEffect, useState } from 'react';
import type { Language } from '../../shared/format.ts';
import { usePreferences } from './hooks.ts';

export type LaterWords<T> = {
	/** Resolves to whether this language is here; where it cannot be had, the Italian words stay. */
	learn(language: Language): Promise<boolean>;
	use(): T;
};

export function laterWords<T>(it: T, load: () => Promise<T>): LaterWords<T> {
	const known = new Map<Language, T>([['it', it]]);

	async function learn(language: Language): Promise<boolean> {
		if (known.has(language)) return true;
		try {
			known.set(language, await load());
			return true;
		} catch {
			return false;
		}
	}

	function useHere(): T {
		const { language } = usePreferences();
		const [, wake] = useState(0);
		useEffect(() => {
			if (known.has(language)) return;
			let isHere = true;
			void learn(language).then((isLearnt) => {
				if (isLearnt && isHere) wake((times) => times + 1);
			});
			return () => {
				isHere = false;
			};
		}, [language]);
		return known.get(language) ?? it;
	}

	return { learn, use: useHere };
}
