// Picks a language's words for the runbook's pages. Apart from words.ts, so that a wall does not load what it never shows.
import type { Language } from '../format.ts';
import { gatesEn } from './en-gates.ts';
import { runbookEn } from './en-runbook.ts';
import { gatesIt } from './it-gates.ts';
import { runbookIt } from './it-runbook.ts';

const it = { ...runbookIt, ...gatesIt };
const en = { ...runbookEn, ...gatesEn };
export type RunbookWords = typeof en;

export const runbookWordsOf = (language: Language): RunbookWords => (language === 'en' ? en : it);
