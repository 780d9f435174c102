// The sections of the words that only a desk, or a screen that comes in, shows. Apart from words.ts, so that a wall does not load them first.
import { accessEn } from './en-access.ts';
import { breakdownMarksEn } from './en-breakdown-marks.ts';
import { deskEn } from './en-desk.ts';
import { nightEn } from './en-night.ts';
import { peopleEn } from './en-people.ts';
import type { Shape, Words } from './it.ts';
import { accessIt } from './it-access.ts';
import { breakdownMarksIt } from './it-breakdown-marks.ts';
import { deskIt } from './it-desk.ts';
import { nightIt } from './it-night.ts';
import { peopleIt } from './it-people.ts';

/** `words`: tells the language. */
const pick =
	<T>(it: T, en: T) =>
	({ tag }: Pick<Words, 'tag'>): T =>
		tag === 'en' ? en : it;

export const accessOf = pick<Shape<typeof accessIt>>(accessIt, accessEn);
export const breakdownMarksOf = pick<Shape<typeof breakdownMarksIt>>(breakdownMarksIt, breakdownMarksEn);
export const nightOf = pick<Shape<typeof nightIt>>(nightIt, nightEn);
export const peopleOf = pick<Shape<typeof peopleIt>>(peopleIt, peopleEn);
export type DeskWords = Shape<typeof deskIt>;
export const deskOf = pick<DeskWords>(deskIt, deskEn);
