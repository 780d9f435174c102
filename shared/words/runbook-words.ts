// Picks a language's words for the runbook's pages. Apart from words.ts, so that a wall does not load what it never shows.
import type { Language } from '../format.ts';
import { runbookEn } from './en-runbook.ts';
import { runbookIt } from './it-runbook.ts';

export type RunbookWords = typeof runbookEn;

export const runbookWordsOf = (language: Language): RunbookWords => (language === 'en' ? runbookEn : runbookIt);
