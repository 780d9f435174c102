// The words of the runbook's pages, in this screen's language. Apart from the wall's words: they are loaded with the desk.
import { type RunbookWords, runbookWordsOf } from '../../shared/words/runbook-words.ts';
import { usePreferences } from '../store/hooks.ts';

export const useRunbookWords = (): RunbookWords => runbookWordsOf(usePreferences().language);
