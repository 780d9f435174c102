// All that may be told to the press of a board at a moment: each figure with how it is counted, its age and its completeness, after policy
// and suppression. Every figure comes from the judged board. Pure.
import { judge } from '../../shared/judge.ts';
import type { PressCourse, PressFigure } from '../../shared/press.ts';
import { archiveFigures, bodyFigures } from './press-archives.ts';
import { breakdownFigures, cutoverFigures } from './press-breakdown.ts';
import { familyOf } from './press-catalogue.ts';
import { pressCoursesOf } from './press-courses.ts';
import type { JudgedView, PressView } from './press-figure.ts';
import { pressRule } from './press-policy.ts';
import { serviceFigures } from './press-services.ts';
import { presentTable, siteFigures } from './press-sites.ts';
import type { PublishedTable } from './small-counts.ts';

export type { PressView } from './press-figure.ts';

/**
 * What is internal is not in it at all. Keys are unique; a course may have the key of a figure. `counts`: to be handed to the next look of a
 * page that is made anew time and again (`PressView.counts`), and to nobody else, for it holds what is hidden; null where nothing is told of people.
 */
export type PressSays = {
	readonly figures: readonly PressFigure[];
	readonly courses: readonly PressCourse[];
	readonly counts: PublishedTable | null;
};

export function pressFigures(view: PressView): PressSays {
	const judged: JudgedView = { ...view, now: judge(view.board, view.at) };
	const all = [archiveFigures, bodyFigures, siteFigures, serviceFigures, breakdownFigures, cutoverFigures].flatMap((of) => of(judged));
	const figures = all.filter(({ key }) => pressRule(familyOf(key)?.family.measure ?? null, view.press).isPublic);
	return { figures, courses: pressCoursesOf(judged, figures), counts: presentTable(judged) };
}
