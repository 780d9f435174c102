// The words of the emergency rooms, in this screen's language. Imported only by what shows them, so that other walls do not load them.
import { type ErWords, erWordsOf } from '../../shared/words/er-words.ts';
import { usePreferences } from './hooks.ts';

export type { ErWords };
export const useErWords = (): ErWords => erWordsOf(usePreferences().language);
