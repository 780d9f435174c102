// The words of the desk's pages of services, in this screen's language.
import { type ServicesWords, servicesWordsOf } from '../../shared/words/services-words.ts';
import { usePreferences } from './hooks.ts';

export type { ServicesWords };
export const useServicesWords = (): ServicesWords => servicesWordsOf(usePreferences().language);
