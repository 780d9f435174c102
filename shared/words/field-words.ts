// Picks a language's words for the ward's form. Apart from words.ts, so that a wall does not load what it never shows.
import type { Language } from '../format.ts';
import { fieldEn } from './en-field.ts';
import { fieldIt } from './it-field.ts';

export type FieldWords = typeof fieldIt;

export const fieldWordsOf = (language: Language): FieldWords => (language === 'en' ? fieldEn : fieldIt);
