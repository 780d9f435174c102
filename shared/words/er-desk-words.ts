// Picks a language's words for the desk's pages of emergency rooms, the walls' among them.
import type { Language } from '../format.ts';
import { erEn } from './en-er.ts';
import { erDeskEn } from './en-er-desk.ts';
import { erIt } from './it-er.ts';
import { erDeskIt } from './it-er-desk.ts';

const it = { ...erIt, ...erDeskIt };
const en = { ...erEn, ...erDeskEn };
export type ErDeskWords = typeof en;

export const erDeskWordsOf = (language: Language): ErDeskWords => (language === 'en' ? en : it);
