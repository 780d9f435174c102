// Picks a language's words for the desk's pages of failures.
import type { Language } from '../format.ts';
import { alarmsEn } from './en-alarms.ts';
import { breakdownDeskEn } from './en-breakdown-desk.ts';
import { incidentDeskEn } from './en-incident-desk.ts';
import { alarmsIt } from './it-alarms.ts';
import { breakdownDeskIt } from './it-breakdown-desk.ts';
import { incidentDeskIt } from './it-incident-desk.ts';

const it = {
	...breakdownDeskIt,
	...incidentDeskIt,
	known: { name: alarmsIt.name, remedy: alarmsIt.remedy, clock: alarmsIt.clock, unseen: alarmsIt.strip.unseen },
};
const en = {
	...breakdownDeskEn,
	...incidentDeskEn,
	known: { name: alarmsEn.name, remedy: alarmsEn.remedy, clock: alarmsEn.clock, unseen: alarmsEn.strip.unseen },
};
export type BreakdownDeskWords = typeof en;

export const breakdownDeskWordsOf = (language: Language): BreakdownDeskWords => (language === 'en' ? en : it);
