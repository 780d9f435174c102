// Fills the places of a language's words. The words themselves: it.ts and, with the same shape, en.ts.
export type { Words } from './it.ts';

/** `fill('{done} di {of}', { done: 2, of: 6 })` → `2 di 6`. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
	text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
