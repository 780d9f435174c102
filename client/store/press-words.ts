// The words of the desk's pages for the press, in this screen's language: they are loaded with those pages, English once it is asked for.

import type { Shape } from '../../shared/words/it.ts';
import { type PressTexts, pressIt } from '../../shared/words/it-press.ts';
import { laterWords } from './later-words.ts';

export type PressWords = Shape<PressTexts>;
const words = laterWords<PressWords>(pressIt, async () => (await import('../../shared/words/en-press.ts')).pressEn);

export const learnPressWords = words.learn;
export const usePressWords = words.use;
