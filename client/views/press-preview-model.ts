// A sheet as it is being written → what its preview shows in one language: the same choices as on the sheet itself. Pure.
import { formatMoment, type Language } from '../../shared/format.ts';
import type { FrozenSheet, InBoth, PressCourse, PressFigure, SheetContent } from '../../shared/press.ts';
import type { SheetFigure, SheetList } from '../../shared/sheet.ts';
import { sheetList } from '../../shared/sheet-list.ts';
import { pressPreviewWords } from '../../shared/words/press-preview-words.ts';
import { fill } from '../../shared/words/words.ts';

export type PreviewSheet = {
	readonly title: string;
	readonly subtitle: string;
	readonly heroes: readonly SheetFigure[];
	readonly chart: {
		readonly title: string;
		readonly from: string;
		readonly to: string;
		readonly top: string;
		readonly lines: readonly string[];
	} | null;
	readonly lists: readonly SheetList[];
	readonly sentences: readonly string[];
	readonly notes: readonly string[];
};

export type PreviewRoom = {
	readonly content: SheetContent;
	readonly figures: readonly PressFigure[];
	readonly courses: readonly PressCourse[];
	readonly facts: FrozenSheet['facts'];
	readonly at: number;
	readonly zone: string;
};

/** A chart's lines are drawn in a box of so many units. */
export const CHART = { width: 100, height: 40 } as const;

const A_DAY_MS = 86_400_000;
const locale: Record<Language, string> = { it: 'it-IT', en: 'en-GB' };
const otherOf: Record<Language, Language> = { it: 'en', en: 'it' };
/** In the language that it was written in, where nobody wrote it in this one. */
const say = (words: InBoth, language: Language): string => (words[language].trim() === '' ? words[otherOf[language]] : words[language]).trim();

/** Null where nobody wrote a title in that language: then there is no sheet in it. */
export function previewOf({ content, figures, courses, facts, at, zone }: PreviewRoom, language: Language): PreviewSheet | null {
	const w = pressPreviewWords[language];
	const title = content.title[language].trim();
	if (title === '') return null;
	const figureOf = (key: string): readonly PressFigure[] => figures.filter((one) => one.key === key);
	const date = new Intl.DateTimeFormat(locale[language], { timeZone: zone, day: 'numeric', month: 'long', year: 'numeric' }).format(at);
	const course = courses.find(({ key }) => key === content.chart);
	const counted = [...content.heroes.flatMap(({ key }) => figureOf(key)), ...content.lists.flatMap(({ keys }) => keys.flatMap(figureOf))].map(
		({ method }) => method,
	);
	return {
		title,
		subtitle: fill(w.situation, { date, clock: formatMoment(at, zone) }),
		heroes: content.heroes.flatMap(({ key, caption }) =>
			figureOf(key).map((one) => ({
				value: one.text[language],
				caption: say(caption === null || say(caption, language) === '' ? one.label : caption, language),
				note: one.note?.[language] ?? null,
			})),
		),
		chart: chartOf(course, language, zone, figures.find(({ key }) => key === content.chart)?.text[language] ?? ''),
		lists: [
			...content.lists.map(({ title: words, keys }) => sheetList(say(words, language), keys.flatMap(figureOf), language)),
			...(content.facts && facts.length > 0
				? [{ title: w.programme, rows: facts.map(({ label, value }) => ({ label: say(label, language), value: say(value, language), share: null })) }]
				: []),
		].filter(({ rows }) => rows.length > 0),
		sentences: content.sentences.map((one) => say(one, language)).filter((one) => one !== ''),
		notes: [...new Set([...counted, ...(course?.method === undefined ? [] : [course.method])].map((method) => method[language]))],
	};
}

function chartOf(course: PressCourse | undefined, language: Language, zone: string, top: string): PreviewSheet['chart'] {
	if (course === undefined) return null;
	const [first, last] = [course.points[0]?.[0], course.points.at(-1)?.[0]];
	const isShort = first !== undefined && last !== undefined && last - first < A_DAY_MS;
	const written = (at: number | undefined): string =>
		at === undefined
			? ''
			: isShort
				? formatMoment(at, zone)
				: new Intl.DateTimeFormat(locale[language], { timeZone: zone, day: 'numeric', month: 'short' }).format(at);
	return {
		title: course.note ? `${course.label[language]} (${course.note[language]})` : course.label[language],
		from: written(first),
		to: written(last),
		top,
		lines: linesOf(course.points),
	};
}

/** Points for polylines, one a stretch without a gap; from zero up to the largest value. */
export function linesOf(points: PressCourse['points']): readonly string[] {
	const [from, to] = [points[0]?.[0], points.at(-1)?.[0]];
	const largest = Math.max(0, ...points.flatMap(([, value]) => (value === null ? [] : [value])));
	if (from === undefined || to === undefined || to <= from || largest === 0) return [];
	const round = (value: number): number => Math.round(value * 100) / 100;
	const stretches: string[][] = [[]];
	for (const [at, value] of points) {
		if (value === null) stretches.push([]);
		else stretches.at(-1)?.push(`${round(((at - from) / (to - from)) * CHART.width)},${round(CHART.height * (1 - value / largest))}`);
	}
	return stretches.filter((one) => one.length > 1).map((one) => one.join(' '));
}
