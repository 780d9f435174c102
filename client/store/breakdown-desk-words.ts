// The words of the desk's pages of failures, in this screen's language.
import { type BreakdownDeskWords, breakdownDeskWordsOf } from '../../shared/words/breakdown-desk-words.ts';
import { usePreferences } from './hooks.ts';

export type { BreakdownDeskWords };
export const useBreakdownDeskWords = (): BreakdownDeskWords => breakdownDeskWordsOf(usePreferences().language);
