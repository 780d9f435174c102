// A frozen sheet and what became of it → the sheet as it is laid out, in one language: every word chosen, nothing left to look up. Pure.
import type { Language } from '../../shared/format.ts';
import type { PressPlan } from '../../shared/plan-press.ts';
import type { FrozenSheet, InBoth, PressCourse, PressFacts, PressFigure, SheetContent } from '../../shared/press.ts';
import type { Sheet, SheetChart, SheetFigure, SheetList, SheetLook } from '../../shared/sheet.ts';
import { sheetList } from '../../shared/sheet-list.ts';
import { clockText, dateText, momentText } from './press-time.ts';
import { levelsOf, levelText, ticksOf } from './sheet-axes.ts';
import { sheetFrameWords } from './sheet-words.ts';

/** How the plan dresses sheets; `publicUrl` without a slash at its end. */
export type SheetDress = { readonly issuer: string; readonly publicUrl: string; readonly look: SheetLook };

/** Two or three lines of a foot. */
const NOTE_LENGTH = 240;

/** `address`: where the public reaches Regia when the plan says nothing of it. `logo`: the file's bytes in base64; null where there is none. */
export function dressOf(press: PressPlan | null, address: string, logo: string | null): SheetDress {
	const named = press?.logo;
	return {
		issuer: press?.issuer ?? 'Regia',
		publicUrl: withoutSlashes(press?.publicUrl ?? address),
		look: {
			ink: press?.ink ?? '#003366',
			accent: press?.accent ?? '#0066cc',
			logo: named && logo !== null ? { kind: named.file.endsWith('.svg') ? 'svg' : 'png', base64: logo, alt: named.alt } : null,
		},
	};
}

function withoutSlashes(address: string): string {
	let end = address.length;
	while (address[end - 1] === '/') end -= 1;
	return address.slice(0, end);
}

/** Null in English where nobody wrote its title in it. Everything else that is not written in English stands as it is in Italian. */
export function sheetOf({ dress, ...facts }: PressFacts & { readonly dress: SheetDress }, language: Language): Sheet | null {
	const { frozen } = facts;
	const { at, zone } = frozen;
	const content = contentOf(frozen, language);
	if (content.title[language].trim() === '') return null;
	const words = sheetFrameWords[language];
	const id = frozen.id.toUpperCase();
	const figures = new Map(frozen.figures.map((one) => [one.key, one]));
	const date = dateText(at, zone)[language];
	const inOther = frozen.form === undefined ? [] : placesInOther(content, language);
	const chart = chartOf(frozen, language);
	return {
		id,
		language,
		rehearsal: frozen.rehearsal,
		title: content.title[language],
		subtitle: words.situation(date, clockText(at, zone)),
		heroes: content.heroes.flatMap(({ key, caption }) => heroOf(figures.get(key), caption, language)),
		chart,
		lists: [
			...content.lists.map(({ title, keys }) => {
				const known = keys.flatMap((key) => figures.get(key) ?? []);
				return sheetList(say(title, language), known, language, frozen.form === undefined);
			}),
			...factsOf(frozen, language),
		].filter(({ rows }) => rows.length > 0),
		sentences: content.sentences.map((one) => say(one, language).trim()),
		notes: notesOf(frozen, chart, language),
		footer: {
			issuer: dress.issuer,
			approved: approvedOf(facts, language),
			verify: `${dress.publicUrl.replace(/^https?:\/\//, '')}/p/${id}`,
			address: `${dress.publicUrl}/p/${id}`,
			digest: facts.digest,
		},
		look: dress.look,
		watermark: facts.state === 'released' ? null : words.watermark[facts.state],
		...(inOther.length === 0 ? {} : { inOther }),
	};
}

const otherOf: Record<Language, Language> = { it: 'en', en: 'it' };

/** In the language that it was written in, where nobody wrote it in this one. */
const say = (words: InBoth, language: Language): string => (words[language].trim() === '' ? words[otherOf[language]] : words[language]);
const isInOther = (words: InBoth, language: Language): boolean => words[language].trim() === '' && words[otherOf[language]].trim() !== '';

const isWritten = ({ it, en }: InBoth): boolean => `${it}${en}`.trim() !== '';

/** No sentence is lost, in whichever language it was written. Sheets of the first form lost those that nobody wrote in theirs, and stay so. */
function contentOf({ content, form }: FrozenSheet, language: Language): SheetContent {
	if (form !== undefined) return { ...content, sentences: content.sentences.filter(isWritten) };
	return {
		...content,
		heroes: content.heroes.map(({ key, caption }) => ({ key, caption: caption?.it.trim() === '' ? null : caption })),
		sentences: content.sentences.filter((one) => one[language].trim() !== ''),
	};
}

const placesInOther = ({ heroes, lists, sentences }: SheetContent, language: Language): readonly string[] => [
	...heroes.flatMap(({ caption }, i) => (caption !== null && isInOther(caption, language) ? [`heroes.${i}.caption`] : [])),
	...lists.flatMap(({ title }, i) => (isInOther(title, language) ? [`lists.${i}.title`] : [])),
	...sentences.flatMap((one, i) => (isInOther(one, language) ? [`sentences.${i}`] : [])),
];

function heroOf(figure: PressFigure | undefined, caption: InBoth | null, language: Language): SheetFigure[] {
	if (figure === undefined) return [];
	const own = caption === null || !isWritten(caption) ? figure.label : caption;
	return [{ value: figure.text[language], caption: say(own, language), note: figure.note?.[language] ?? null }];
}

const factsOf = ({ facts }: FrozenSheet, language: Language): SheetList[] =>
	facts.length === 0
		? []
		: [
				{
					title: sheetFrameWords[language].facts,
					rows: facts.map(({ label, value }) => ({ label: label[language], value: value[language], share: null })),
				},
			];

/** As in a row: its note stands beside its title. */
function chartOf({ course, zone, form = 1 }: FrozenSheet, language: Language): SheetChart | null {
	if (course === null) return null;
	const values = course.points.map(([, value]) => value).filter((value) => value !== null);
	const [from, to] = [course.points[0]?.[0], course.points.at(-1)?.[0]];
	if (values.length === 0 || from === undefined || to === undefined) return null;
	return {
		title: course.note ? `${course.label[language]} (${course.note[language]})` : course.label[language],
		points: course.points,
		levels: levelsOf(course.key, values, language),
		ticks: ticksOf(from, to, zone, language, form),
	};
}

/** Each way of counting once, for whichever figures it is in use, as running text; the chart in words; and the sources of facts. */
function notesOf({ figures, course, facts, zone }: FrozenSheet, chart: SheetChart | null, language: Language): readonly string[] {
	const words = sheetFrameWords[language];
	const counted = chart === null || course?.method === undefined ? [] : [course.method];
	const methods = [...new Set([...figures.map(({ method }) => method), ...counted].map((method) => method[language]))];
	const sources = [...new Set(facts.map(({ source, sourceEn }) => (language === 'en' ? (sourceEn ?? source) : source)))];
	const told: string[] = [];
	for (const method of methods) {
		const last = told.at(-1);
		if (last !== undefined && last.length + method.length < NOTE_LENGTH) told[told.length - 1] = `${last} ${method}`;
		else told.push(method);
	}
	const inWords = chart === null || course?.method === undefined ? [] : [chartWords(course, chart, zone, language)];
	return [...told, ...inWords, ...(sources.length === 0 ? [] : [words.sources(sources.join('; '))])];
}

function chartWords({ key }: PressCourse, { title, points }: SheetChart, zone: string, language: Language): string {
	const [first, last] = [points.find(([, value]) => value !== null), points.findLast(([, value]) => value !== null)].map((point) => ({
		value: levelText(key, point?.[1] ?? 0, language),
		moment: momentText(point?.[0] ?? 0, zone)[language],
	}));
	return first && last ? sheetFrameWords[language].chart(title, first, last) : title;
}

/** The day of its release is told where it is another than the one that the sheet speaks of. */
function approvedOf({ frozen, releasedAt, number, year, embargoUntil }: PressFacts, language: Language): string {
	const words = sheetFrameWords[language];
	if (releasedAt === null) return words.draft;
	const { at, zone } = frozen;
	const date = dateText(releasedAt, zone)[language];
	const isSameDay = date === dateText(at, zone)[language];
	const parts = [
		number === null || year === null ? null : words.number(number, year),
		words.approved(clockText(releasedAt, zone), isSameDay ? null : date),
		embargoUntil === null ? null : words.embargo(momentText(embargoUntil, zone)[language]),
	];
	return parts.filter((one) => one !== null).join(' · ');
}
