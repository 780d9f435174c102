// The words of the wall of services that this screen has. Imported only by what shows it.
import type { Shape } from '../../shared/words/it.ts';
import { servicesWallIt } from '../../shared/words/it-services-wall.ts';
import { laterWords } from './later-words.ts';

export type ServicesWallWords = Shape<typeof servicesWallIt>;

export const { learn: learnServicesWallWords, use: useServicesWallWords } = laterWords<ServicesWallWords>(
	servicesWallIt,
	async () => (await import('../../shared/words/en-services-wall.ts')).servicesWallEn,
);
