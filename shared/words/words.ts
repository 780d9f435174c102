// Picks a language's words and fills their places.
import type { Language } from '../format.ts';
import { en } from './en.ts';
import { it, type Words } from './it.ts';

export type { Words } from './it.ts';

export const wordsOf = (language: Language): Words => (language === 'en' ? en : it);

/** `fill('{done} di {of}', { done: 2, of: 6 })` → `2 di 6`. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
	text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
