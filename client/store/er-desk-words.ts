// The words of the desk's pages of emergency rooms, in this screen's language.
import { type ErDeskWords, erDeskWordsOf } from '../../shared/words/er-desk-words.ts';
import { usePreferences } from './hooks.ts';

export type { ErDeskWords };
export const useErDeskWords = (): ErDeskWords => erDeskWordsOf(usePreferences().language);
