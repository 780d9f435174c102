// The composer's pure parts: what templates begin with, what stands in the way of sending, orders, what is kept, read and searched.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { learnPressWords } from '../../client/store/press-words.ts';
import { changedSince } from '../../client/views/press-changed.ts';
import { contradictedSheets } from '../../client/views/press-contradicted.ts';
import { addList, captionHero, findingsIn, longest, moveBy, tidied, toggleHero, toggleRow } from '../../client/views/press-draft.ts';
import { keepDraft, recallDraft } from '../../client/views/press-kept.ts';
import { sheetsHere } from '../../client/views/press-list-model.ts';
import { linesOf, previewOf } from '../../client/views/press-preview-model.ts';
import { readFigures, readSheets, readVerdict } from '../../client/views/press-read.ts';
import { foundFigures } from '../../client/views/press-search.ts';
import { contentOf } from '../../client/views/press-templates.ts';
import { isAuthor } from '../../client/views/press-whose.ts';
import { judge } from '../../shared/judge.ts';
import { type SheetContent, sheetTemplates } from '../../shared/press.ts';
import { pressIt } from '../../shared/words/it-press.ts';
import {
	figuresAnswer,
	lazioCourses,
	lazioFacts,
	lazioFigures,
	pressAt,
	pressBoard,
	pressNow,
	releasedFacts,
	sheetContent,
	sheetFacts,
} from '../kit/press-literal.ts';

const room = { figures: lazioFigures, courses: lazioCourses };
const templateRoom = { ...room, hasFacts: true, night: 'Lazio', incident: null };
const keysIn = ({ heroes, lists }: SheetContent): readonly string[] => [...heroes.map(({ key }) => key), ...lists.flatMap(({ keys }) => keys)];
const wrongIn = (content: SheetContent, of: typeof room | null = room): string => findingsIn(content, of, pressIt, 'it').wrong.join(' | ');

describe('a template', () => {
	it.each(sheetTemplates)('%s names only figures that are there', (template) => {
		const content = contentOf(template, templateRoom);
		const known = new Set(lazioFigures.map(({ key }) => key));
		expect(keysIn(content).filter((key) => !known.has(key))).toEqual([]);
		expect(content.heroes.length).toBeLessThanOrEqual(4);
		for (const { title, keys } of content.lists) {
			expect(keys.length).toBeLessThanOrEqual(8);
			expect([title.it, title.en]).not.toContain('');
		}
		for (const { it: italian, en } of content.sentences) expect([italian, en]).not.toContain('');
	});

	it('begins the sheet of Lazio with its four figures, its curve and its services', () => {
		const content = contentOf('milestone', templateRoom);
		expect(content.heroes.map(({ key }) => key)).toEqual(['archives.done', 'archives.moved', 'bodies.moved', 'sites.count']);
		expect(content.chart).toBe('archives.moved');
		expect(content.lists.map(({ keys }) => keys.length)).toEqual([4, 3]);
		expect(content.facts).toBe(true);
	});

	it.each(sheetTemplates.filter((one) => one !== 'blank'))('%s claims nothing by itself: its sentences cannot be sent as they are', (template) => {
		expect(wrongIn(contentOf(template, templateRoom))).toContain('parentesi quadre');
	});

	it('chooses nothing that is not there', () => {
		const content = contentOf('incident', { ...templateRoom, figures: [], courses: [], hasFacts: false });
		expect([keysIn(content), content.chart, content.facts, content.incident]).toEqual([[], null, false, null]);
	});
});

describe('what stands in the way', () => {
	const ready = { ...sheetContent };
	it('is nothing where all is said', () => {
		expect(findingsIn(ready, room, pressIt, 'it')).toEqual({ wrong: [], warnings: [] });
	});

	const long = 'x'.repeat(longest.sentence + 3);
	it.each<readonly [string, Partial<SheetContent>, string]>([
		['no title', { title: { it: '  ', en: 'x' } }, pressIt.compose.wrong.title],
		['nothing at all', { heroes: [], lists: [], sentences: [{ it: ' ', en: '' }] }, pressIt.compose.wrong.empty],
		['a figure that is not there', { heroes: [{ key: 'no.such', caption: null }] }, '«no.such» non c’è'],
		['a chart that is not there', { chart: 'no.such' }, '«Grafico» non c’è'],
		['a list without a title', { lists: [{ title: { it: '', en: 'x' }, keys: ['sites.count'] }] }, 'titolo dell’elenco 1'],
		['a list without figures', { lists: [{ title: { it: 'x', en: 'x' }, keys: [] }] }, 'L’elenco 1 non ha cifre'],
		['a sentence that is too long', { sentences: [{ it: long, en: 'x' }] }, 'Frase 1 (Italiano): 3 caratteri di troppo'],
		['an English sentence that is too long', { sentences: [{ it: 'x', en: long }] }, 'Frase 1 (Inglese): 3 caratteri di troppo'],
		['an open bracket in English', { sentences: [{ it: 'x', en: 'at [time]' }] }, 'Frase 1 (Inglese)'],
	])('is %s', (_name, part, said) => {
		expect(wrongIn({ ...ready, ...part })).toContain(said);
	});

	it('is that no figures were read', () => {
		expect(wrongIn(ready, null)).toContain(pressIt.compose.wrong.figures);
	});

	it('is not that English is empty: that is said', () => {
		const silent = { ...ready, title: { it: 'x', en: ' ' } };
		expect(findingsIn(silent, room, pressIt, 'it')).toEqual({ wrong: [], warnings: [pressIt.compose.noEnglish] });
		const part = { ...ready, sentences: [{ it: 'x', en: '' }] };
		expect(findingsIn(part, room, pressIt, 'it').warnings).toEqual([expect.stringContaining('Frase 1')]);
	});
});

describe('choosing', () => {
	it('takes four large figures and no fifth; a second choice leaves it', () => {
		const four = ['a', 'b', 'c', 'd', 'e'].reduce(toggleHero, contentOf('blank', templateRoom));
		expect(four.heroes.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
		expect(toggleHero(four, 'b').heroes.map(({ key }) => key)).toEqual(['a', 'c', 'd']);
	});

	it('takes eight rows and three lists', () => {
		const lists = addList(addList(addList(addList(contentOf('blank', templateRoom)))));
		expect(lists.lists).toHaveLength(3);
		const full = [...'abcdefghij'].reduce((one, key) => toggleRow(one, 1, key), lists);
		expect(full.lists.map(({ keys }) => keys.length)).toEqual([0, 8, 0]);
		expect(toggleRow(full, 7, 'a')).toBe(full);
	});

	it('an emptied caption is none, and the figure’s own label stands again', () => {
		const written = captionHero(sheetContent, 1, 'it', 'x');
		expect(written.heroes[1]?.caption).toEqual({ it: 'x', en: '' });
		expect(captionHero(written, 1, 'it', '').heroes[1]?.caption).toBeNull();
	});

	test('an order keeps every one of them, and there and back is the same', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.string(), { maxLength: 8 }), fc.nat(8), fc.constantFrom(-1 as const, 1 as const), (all, at, by) => {
				const moved = moveBy(all, at, by);
				expect([...moved].sort()).toEqual([...all].sort());
				if (moved !== all) expect(moveBy(moved, at + by, by === 1 ? -1 : 1)).toEqual(all);
			}),
			{ seed: 7, numRuns: 200 },
		);
	});

	it('is sent without what nobody wrote', () => {
		expect(
			tidied({
				...sheetContent,
				sentences: [
					{ it: ' a ', en: '' },
					{ it: ' ', en: '' },
				],
			}).sentences,
		).toEqual([{ it: 'a', en: '' }]);
	});
});

describe('the preview', () => {
	const shown = (content: SheetContent, language: 'it' | 'en' = 'it') =>
		previewOf({ content, figures: lazioFigures, courses: lazioCourses, facts: lazioFacts, at: pressAt, zone: 'Europe/Rome' }, language);

	it('carries the note of every figure that has one, as a large figure and in a list', () => {
		const stale = lazioFigures.filter(({ note }) => note !== null).map(({ key }) => key);
		expect(stale.length).toBeGreaterThan(2);
		for (const key of stale) {
			const note = lazioFigures.find((one) => one.key === key)?.note?.it ?? '';
			expect(shown({ ...sheetContent, heroes: [{ key, caption: { it: 'altro', en: '' } }] })?.heroes[0]?.note).toBe(note);
			const rows = shown({ ...sheetContent, lists: [{ title: { it: 'x', en: '' }, keys: [key] }] })?.lists[0]?.rows;
			expect(rows?.[0]?.label).toContain(note);
		}
	});

	it('says the moment and the figures in its own language, and is none without a title in it', () => {
		expect(shown(sheetContent)?.subtitle).toBe('Situazione al 25 luglio 2025, ore 11:00');
		expect(shown(sheetContent, 'en')?.heroes[0]).toEqual({ value: '30 of 30', caption: 'central archives moved and verified', note: null });
		expect(shown({ ...sheetContent, title: { it: 'x', en: '' } }, 'en')).toBeNull();
	});

	it('carries the note of its chart beside its title, and how it is counted', () => {
		const [course] = lazioCourses;
		if (course === undefined) throw new Error('no course');
		const told = { ...course, method: { it: 'Byte copiati.', en: 'Bytes copied.' }, note: { it: '1 di 4 archivi', en: '1 of 4 archives' } };
		const read = readFigures({ ...figuresAnswer(), courses: [told] });
		const content = { ...sheetContent, heroes: [], lists: [] };
		const room = { content, figures: lazioFigures, courses: read?.courses ?? [], facts: [], at: pressAt, zone: 'Europe/Rome' };
		expect(previewOf(room, 'it')).toMatchObject({ chart: { title: 'Dati trasferiti (1 di 4 archivi)' }, notes: ['Byte copiati.'] });
		const short = { ...told, points: told.points.slice(-2).map(([, value], i): [number, number | null] => [pressAt - (1 - i) * 300_000, value]) };
		expect(previewOf({ ...room, courses: [short] }, 'en')?.chart).toMatchObject({ from: '10:55', to: '11:00' });
	});

	it('shows words in the language that they were written in, as the sheet does', () => {
		const sentences = [
			{ it: 'Solo in italiano.', en: '' },
			{ it: '', en: 'English only.' },
		];
		expect(shown({ ...sheetContent, sentences }, 'en')?.sentences).toEqual(['Solo in italiano.', 'English only.']);
		expect(shown({ ...sheetContent, sentences })?.sentences).toEqual(['Solo in italiano.', 'English only.']);
	});

	it('draws a gap as one, and nothing of a course without points', () => {
		expect(
			linesOf([
				[0, 0],
				[1, 5],
				[2, null],
				[3, 8],
				[4, 10],
			]),
		).toEqual(['0,40 25,20', '75,8 100,0']);
		expect(linesOf([])).toEqual([]);
		expect(shown({ ...sheetContent, chart: 'no.such' })?.chart).toBeNull();
	});
});

describe('what is kept on this screen', () => {
	const memory = () => {
		const kept = new Map<string, string>();
		return {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, text: string) => void kept.set(key, text),
			removeItem: (key: string) => void kept.delete(key),
		};
	};

	it('comes back as it was written, and is gone once it is sent', () => {
		const here = memory();
		const draft = { content: sheetContent, moment: '25/07/2025 11:00', savedAt: pressNow };
		expect(keepDraft(draft, here)).toBe(true);
		expect(recallDraft(here)).toEqual(draft);
		keepDraft(null, here);
		expect(recallDraft(here)).toBeNull();
	});

	it.each(['', '{', '7', '{"content":{"template":"no"},"moment":"","savedAt":1}', '{"moment":"","savedAt":1}'])('%j is no draft', (text) => {
		const here = memory();
		here.setItem('regia.press-draft', text);
		expect(recallDraft(here)).toBeNull();
	});

	it('says when there is no room', () => {
		const full = {
			...memory(),
			setItem: () => {
				throw new Error('quota');
			},
		};
		expect(keepDraft({ content: sheetContent, moment: '', savedAt: 1 }, full)).toBe(false);
		expect(keepDraft(null, null)).toBe(false);
	});
});

describe('what the server says', () => {
	it('is read with instants as numbers or written out, as sheets on the board or in brief', () => {
		const { frozen, ...rest } = releasedFacts('4h8m-11xz', 12);
		const [brief] = readSheets({ count: 1, sheets: [{ id: '4h8m-11xz', ...rest, frozen }] }) ?? [];
		expect(brief).toMatchObject({ id: '4h8m-11xz', title: sheetContent.title, at: pressAt, number: 12, figures: frozen.figures });
		const [flat] = readSheets({ sheets: [{ id: 'a', state: 'draft', title: 'T', at: '2025-07-25T09:00:00Z', author: 'person/x' }] }) ?? [];
		expect(flat).toMatchObject({ title: { it: 'T', en: 'T' }, at: pressAt, releasedAt: null, figures: [] });
		expect(readFigures(figuresAnswer())?.figures).toEqual(lazioFigures);
		expect(readVerdict({ same: false, differs: ['archives.done', 7] })).toEqual({ same: false, differs: ['archives.done'] });
	});

	it.each([null, 'x', 7, [], {}, { sheets: 1 }, { figures: [], at: 'no', seq: 1 }])('%j is no answer', (json) => {
		expect([readSheets(json), readFigures(json), readVerdict(json)]).toEqual([null, null, null]);
	});
});

describe('the list', () => {
	it('goes by what the board says where both know a sheet, the newest first', () => {
		const older = readSheets({
			sheets: [
				{ id: 'x', state: 'draft', title: 'T', at: pressAt },
				{ id: 'a', state: 'draft', title: 'T', at: pressAt - 1 },
			],
		});
		const here = sheetsHere(older, { press: { count: 1, rows: { x: releasedFacts('x', 3) } } });
		expect(here.map(({ id, state }) => [id, state])).toEqual([
			['x', 'released'],
			['a', 'draft'],
		]);
	});

	it('a released sheet that the data contradict is known by its sentence; a superseded one no longer asks for anybody', () => {
		const board = pressBoard();
		expect([...contradictedSheets(board, judge(board, pressNow), pressNow).keys()]).toEqual(['4h8m-11xz']);
		const past = pressBoard({ press: { count: 1, rows: { '4h8m-11xz': { ...releasedFacts('4h8m-11xz', 12), state: 'superseded' } } } });
		expect(contradictedSheets(past, judge(past, pressNow), pressNow).size).toBe(0);
	});

	it.each([
		['person/ufficio-stampa', 'ufficio-stampa', true],
		['ufficio-stampa', 'person/ufficio-stampa', true],
		['person/ufficio-stampa', 'ufficio', false],
		['person/ufficio-stampa', null, false],
	] as const)('%s is %s: %s', (author, name, own) => {
		expect(isAuthor(author, name)).toBe(own);
	});
});

describe('figures', () => {
	it.each([
		['', lazioFigures.length],
		['disponibilita', 1],
		['RECUP ieri', 1],
		['estate moved', 1],
		['bodies.moved/', 3],
		['nulla di simile', 0],
	])('%j finds %i', (asked, count) => {
		expect(foundFigures(lazioFigures, asked)).toHaveLength(count);
	});

	it('are compared with what they are now', () => {
		const { figures } = sheetFacts('a').frozen;
		const now = lazioFigures
			.filter(({ key }) => key !== 'sites.count')
			.map((one) => (one.key === 'archives.done' ? { ...one, text: { it: '29 su 30', en: '29 of 30' } } : one));
		const found = Object.fromEntries(changedSince(figures, now, 'it').map(({ key, change }) => [key, change]));
		expect(found).toMatchObject({ 'archives.done': 'other', 'archives.moved': 'same', 'sites.count': 'gone' });
		expect(new Set(changedSince(figures, null, 'it').map(({ change }) => change))).toEqual(new Set(['unknown']));
	});
});

test('the English words have every place that the Italian ones fill', async () => {
	expect(await learnPressWords('en')).toBe(true);
	const { pressEn } = await import('../../shared/words/en-press.ts');
	const places = (value: unknown, path = ''): string[] =>
		typeof value === 'string'
			? [...value.matchAll(/\{\w+\}/g)].map(([one]) => `${path} ${one}`)
			: Object.entries(value as object).flatMap(([key, one]) => places(one, `${path}.${key}`));
	expect(places(pressEn).sort()).toEqual(places(pressIt).sort());
});
