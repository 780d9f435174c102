// A sheet as it is being written: what changes it, and what stands in the way of sending it. Figures are chosen, never typed. Pure.
import type { Language } from '../../shared/format.ts';
import type { InBoth, PressCourse, PressFigure, SheetContent } from '../../shared/press.ts';
import { fill } from '../../shared/words/words.ts';
import type { PressWords } from '../store/press-words.ts';
import { LARGE_MOST, LISTS_MOST, ROWS_MOST } from './press-templates.ts';

export const SENTENCES_MOST = 6;
/** Characters. */
export const longest = { title: 90, sentence: 300, caption: 90, list: 40 } as const;
export type Field = keyof typeof longest;

export function moveBy<T>(all: readonly T[], at: number, by: -1 | 1): readonly T[] {
	const to = at + by;
	const one = all[at];
	const other = all[to];
	if (one === undefined || other === undefined) return all;
	return all.map((each, i) => (i === at ? other : i === to ? one : each));
}

const without = <T>(all: readonly T[], at: number): readonly T[] => all.filter((_one, i) => i !== at);
const change = <T>(all: readonly T[], at: number, one: T): readonly T[] => all.map((each, i) => (i === at ? one : each));
export const inBoth = (words: InBoth, language: Language, text: string): InBoth => ({ ...words, [language]: text });
export const emptyWords: InBoth = { it: '', en: '' };

/** A large figure is chosen or left: at most four. */
export function toggleHero(content: SheetContent, key: string): SheetContent {
	const at = content.heroes.findIndex((one) => one.key === key);
	if (at >= 0) return { ...content, heroes: without(content.heroes, at) };
	return content.heroes.length >= LARGE_MOST ? content : { ...content, heroes: [...content.heroes, { key, caption: null }] };
}

export function toggleRow(content: SheetContent, list: number, key: string): SheetContent {
	const one = content.lists[list];
	if (one === undefined) return content;
	const at = one.keys.indexOf(key);
	const keys = at >= 0 ? without(one.keys, at) : one.keys.length >= ROWS_MOST ? one.keys : [...one.keys, key];
	return { ...content, lists: change(content.lists, list, { ...one, keys }) };
}

export const addList = (content: SheetContent): SheetContent =>
	content.lists.length >= LISTS_MOST ? content : { ...content, lists: [...content.lists, { title: emptyWords, keys: [] }] };
export const removeList = (content: SheetContent, at: number): SheetContent => ({ ...content, lists: without(content.lists, at) });
export const moveHero = (content: SheetContent, at: number, by: -1 | 1): SheetContent => ({ ...content, heroes: moveBy(content.heroes, at, by) });

export function moveRow(content: SheetContent, list: number, at: number, by: -1 | 1): SheetContent {
	const one = content.lists[list];
	return one === undefined ? content : { ...content, lists: change(content.lists, list, { ...one, keys: moveBy(one.keys, at, by) }) };
}

export function captionHero(content: SheetContent, at: number, language: Language, text: string): SheetContent {
	const one = content.heroes[at];
	if (one === undefined) return content;
	const caption = inBoth(one.caption ?? emptyWords, language, text);
	const isEmpty = caption.it === '' && caption.en === '';
	return { ...content, heroes: change(content.heroes, at, { ...one, caption: isEmpty ? null : caption }) };
}

export function titleList(content: SheetContent, at: number, language: Language, text: string): SheetContent {
	const one = content.lists[at];
	return one === undefined ? content : { ...content, lists: change(content.lists, at, { ...one, title: inBoth(one.title, language, text) }) };
}

export function writeSentence(content: SheetContent, at: number, language: Language, text: string): SheetContent {
	const one = content.sentences[at];
	return one === undefined ? content : { ...content, sentences: change(content.sentences, at, inBoth(one, language, text)) };
}
export const addSentence = (content: SheetContent): SheetContent =>
	content.sentences.length >= SENTENCES_MOST ? content : { ...content, sentences: [...content.sentences, emptyWords] };
export const removeSentence = (content: SheetContent, at: number): SheetContent => ({ ...content, sentences: without(content.sentences, at) });

/** As it is sent: without spaces at the ends, without sentences that nobody wrote. */
export function tidied(content: SheetContent): SheetContent {
	const trim = ({ it, en }: InBoth): InBoth => ({ it: it.trim(), en: en.trim() });
	return {
		...content,
		title: trim(content.title),
		heroes: content.heroes.map(({ key, caption }) => ({ key, caption: caption && trim(caption) })),
		lists: content.lists.map(({ title, keys }) => ({ title: trim(title), keys })),
		sentences: content.sentences.map(trim).filter(({ it, en }) => it !== '' || en !== ''),
	};
}

type Written = readonly [name: string, field: Field, words: InBoth];
function writtenIn(
	{ title, heroes, lists, sentences }: SheetContent,
	labelOf: (key: string) => string,
	{ compose: w }: PressWords,
): readonly Written[] {
	return [
		[w.titleField, 'title', title],
		...heroes.flatMap(({ key, caption }): Written[] => (caption === null ? [] : [[`${w.caption} «${labelOf(key)}»`, 'caption', caption]])),
		...lists.map(({ title: words }, i): Written => [fill(w.listTitle, { n: i + 1 }), 'list', words]),
		...sentences.map((words, i): Written => [fill(w.sentence, { n: i + 1 }), 'sentence', words]),
	];
}

export type Findings = { readonly wrong: readonly string[]; readonly warnings: readonly string[] };

/** `wrong`: what must be mended before it is sent. `warnings`: what one should know. */
export function findingsIn(
	content: SheetContent,
	room: { readonly figures: readonly PressFigure[]; readonly courses: readonly Pick<PressCourse, 'key'>[] } | null,
	words: PressWords,
	language: Language,
): Findings {
	const { compose: w } = words;
	const labelOf = (key: string): string => room?.figures.find((one) => one.key === key)?.label[language] ?? key;
	const written = writtenIn(content, labelOf, words);
	const keys = [...new Set([...content.heroes.map(({ key }) => key), ...content.lists.flatMap((one) => one.keys)])];
	const gone = room === null ? [] : keys.filter((key) => !room.figures.some((one) => one.key === key));
	const isChartGone = room !== null && content.chart !== null && !room.courses.some(({ key }) => key === content.chart);
	const wrong = [
		...(room === null ? [w.wrong.figures] : []),
		...(content.title.it.trim() === '' ? [w.wrong.title] : []),
		...(keys.length === 0 && content.sentences.every(({ it }) => it.trim() === '') ? [w.wrong.empty] : []),
		...gone.map((key) => fill(w.wrong.gone, { what: key })),
		...(isChartGone ? [fill(w.wrong.gone, { what: w.chart })] : []),
		...content.lists.flatMap(({ title, keys: rows }, i) => [
			...(title.it.trim() === '' ? [fill(w.wrong.list, { n: i + 1 })] : []),
			...(rows.length === 0 ? [fill(w.wrong.rows, { n: i + 1 })] : []),
		]),
		...written.flatMap(([name, field, text]) =>
			(['it', 'en'] as const).flatMap((one) => {
				const what = `${name} (${w.inLanguage[one]})`;
				const over = text[one].trim().length - longest[field];
				return [...(/\[[^\]]*\]/.test(text[one]) ? [fill(w.wrong.blank, { what })] : []), ...(over > 0 ? [fill(w.wrong.long, { what, over })] : [])];
			}),
		),
	];
	if (content.title.en.trim() === '') return { wrong, warnings: [w.noEnglish] };
	const missing = written.filter(([, , { it, en }]) => it.trim() !== '' && en.trim() === '').map(([name]) => name);
	return { wrong, warnings: missing.length === 0 ? [] : [fill(w.partEnglish, { what: missing.join(', ') })] };
}
