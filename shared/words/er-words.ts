// Picks a language's words for the emergency rooms. Apart from words.ts, so that the wall of a cutover does not load what it never shows.
import type { Language } from '../format.ts';
import { erEn } from './en-er.ts';
import type { Shape } from './it.ts';
import { erIt } from './it-er.ts';

export type ErWords = Shape<typeof erIt>;

export const erWordsOf = (language: Language): ErWords => (language === 'en' ? erEn : erIt);
