// Picks a language's words for the desk's pages of services, with what alarms are called.
import type { Language } from '../format.ts';
import { alarmsEn } from './en-alarms.ts';
import { servicesEn } from './en-services.ts';
import type { Shape } from './it.ts';
import { alarmsIt } from './it-alarms.ts';
import { servicesIt } from './it-services.ts';

export type ServicesWords = Shape<typeof servicesIt> & { readonly known: Pick<typeof alarmsIt, 'name' | 'remedy'> & { readonly unseen: string } };

const it: ServicesWords = { ...servicesIt, known: { name: alarmsIt.name, remedy: alarmsIt.remedy, unseen: alarmsIt.strip.unseen } };
const en: ServicesWords = { ...servicesEn, known: { name: alarmsEn.name, remedy: alarmsEn.remedy, unseen: alarmsEn.strip.unseen } };

export const servicesWordsOf = (language: Language): ServicesWords => (language === 'en' ? en : it);
