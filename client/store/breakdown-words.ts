// The words of failures that this screen has: who is blocked, deadlines, what was said. Imported only by what shows them.
import type { BreakdownWords } from '../../shared/words/breakdown-words.ts';
import { breakdownIt } from '../../shared/words/it-breakdown.ts';
import { laterWords } from './later-words.ts';

export type { BreakdownWords };

export const { learn: learnBreakdownWords, use: useBreakdownWords } = laterWords<BreakdownWords>(
	breakdownIt,
	async () => (await import('../../shared/words/en-breakdown.ts')).breakdownEn,
);
