// A frozen sheet as it is laid out: titles, figures with their notes, axes as people write them, what became of it in its foot and across it.
import { describe, expect, it } from 'vitest';
import { levelsOf, ticksOf } from '../../server/domain/sheet-axes.ts';
import { dressOf, sheetOf } from '../../server/domain/sheet-of.ts';
import { drawHtml } from '../../server/press/draw-html.ts';
import { drawSheet } from '../../server/press/draw-sheet.ts';
import { press } from '../../shared/plan-press.ts';
import { type FrozenSheet, type PressFacts, type PressFigure, SHEET_FORM } from '../../shared/press.ts';
import { sheetFormats } from '../../shared/sheet.ts';

const HOUR = 3_600_000;
const at = Date.parse('2025-07-25T11:00:00+02:00');
const ROME = 'Europe/Rome';

const figure = (key: string, it: string, rest: Partial<PressFigure> = {}): PressFigure => ({
	key,
	label: { it: `${key} it`, en: `${key} en` },
	text: { it, en: it.replace(',', '.') },
	value: 1,
	share: null,
	method: { it: 'Come si conta.', en: 'How it is counted.' },
	at,
	completeness: null,
	standing: 'good',
	isSuppressed: false,
	note: null,
	...rest,
});

const frozen: FrozenSheet = {
	id: '7f3k-92qd',
	content: {
		template: 'milestone',
		title: { it: 'I dati', en: 'The data' },
		heroes: [
			{ key: 'a', caption: null },
			{ key: 'b', caption: { it: 'di referti', en: '' } },
		],
		chart: null,
		lists: [{ title: { it: 'Servizi', en: 'Services' }, keys: ['b', 'c'] }],
		sentences: [
			{ it: 'Una frase.', en: '' },
			{ it: 'Due frasi.', en: 'Two sentences.' },
		],
		facts: true,
		incident: null,
	},
	at,
	seq: 7,
	hash: 'abc',
	zone: ROME,
	rehearsal: false,
	plan: { id: 'p', name: 'P', digest: 'd' },
	figures: [
		figure('a', '12,4 TB', { note: { it: 'dato di 3 ore fa', en: 'figure from 3 hours ago' } }),
		figure('b', '65 %', { share: 0.65, method: { it: 'Quota.', en: 'Share.' } }),
		figure('c', '—', { value: null, note: { it: 'non noto', en: 'not known' } }),
	],
	course: null,
	facts: [{ label: { it: 'Fondi', en: 'Funds' }, value: { it: '47 milioni', en: '47 million' }, source: 'comunicato' }],
};
const factsOf = (rest: Partial<PressFacts> = {}, sheet: Partial<FrozenSheet> = {}): PressFacts => ({
	frozen: { ...frozen, ...sheet },
	digest: 'ab'.repeat(32),
	state: 'released',
	author: 'autore',
	draftedAt: at,
	number: 3,
	year: 2025,
	releasedBy: 'altro',
	releasedAt: at + 4 * 60_000,
	embargoUntil: null,
	supersededBy: null,
	withdrawn: null,
	statement: null,
	...rest,
});
const dress = dressOf(press.parse({ issuer: 'Regione', publicUrl: 'https://sala.example/' }), 'http://127.0.0.1', null);
const lay = (facts = factsOf(), language: 'it' | 'en' = 'it') => {
	const sheet = sheetOf({ ...facts, dress }, language);
	if (sheet === null) throw new Error('no sheet');
	return sheet;
};

describe('a sheet in Italian', () => {
	const sheet = lay();
	it('says what it is of, and when', () => {
		expect([sheet.id, sheet.title, sheet.subtitle]).toEqual(['7F3K-92QD', 'I dati', 'Situazione al 25 luglio 2025, ore 11:00']);
	});

	it('has each figure with its note: large ones beneath, in rows beside the label', () => {
		expect(sheet.heroes).toEqual([
			{ value: '12,4 TB', caption: 'a it', note: 'dato di 3 ore fa' },
			{ value: '65 %', caption: 'di referti', note: null },
		]);
		expect(sheet.lists[0]?.rows).toEqual([
			{ label: 'b it', value: '65 %', share: 0.65 },
			{ label: 'c it (non noto)', value: '—', share: null },
		]);
	});

	it('has a note that all rows of a list share once, beside its title; on sheets of the first form on each row', () => {
		const note = { it: 'dato di 5 ore fa', en: 'figure from 5 hours ago' };
		const figures = frozen.figures.map((one) => ({ ...one, note }));
		const [list] = lay(factsOf({}, { figures, form: 2 })).lists;
		expect([list?.title, list?.rows.map(({ label }) => label)]).toEqual([`${sheet.lists[0]?.title} (dato di 5 ore fa)`, ['b it', 'c it']]);
		const [old] = lay(factsOf({}, { figures })).lists;
		expect(old?.rows.map(({ label }) => label)).toEqual(['b it (dato di 5 ore fa)', 'c it (dato di 5 ore fa)']);
	});

	it('tells each method once, and facts with their sources', () => {
		expect(sheet.lists[1]).toEqual({ title: 'Il programma', rows: [{ label: 'Fondi', value: '47 milioni', share: null }] });
		expect(sheet.notes).toEqual(['Come si conta. Quota.', 'Dati di programma, non misurati. Fonti: comunicato.']);
	});

	it('is verified at an address of its own', () => {
		expect(sheet.footer).toMatchObject({ issuer: 'Regione', verify: 'sala.example/p/7F3K-92QD', address: 'https://sala.example/p/7F3K-92QD' });
	});
});

describe('a sheet in English', () => {
	it('speaks English where it was written, and Italian elsewhere', () => {
		const sheet = lay(factsOf(), 'en');
		expect([sheet.subtitle, sheet.heroes[1]?.caption, sheet.sentences]).toEqual(['As of 25 July 2025, 11:00', 'di referti', ['Two sentences.']]);
	});

	it('is none where its title is not', () => {
		const content = { ...frozen.content, title: { it: 'I dati', en: ' ' } };
		expect(sheetOf({ ...factsOf({}, { content }), dress }, 'en')).toBeNull();
	});
});

describe('words that nobody wrote in the language of the sheet', () => {
	const words = { it: 'Solo in italiano.', en: '' };
	const content = {
		...frozen.content,
		heroes: [{ key: 'b', caption: { it: 'di referti', en: ' ' } }],
		lists: [{ title: { it: 'Servizi', en: '' }, keys: ['b'] }],
		sentences: [words, { it: 'Due frasi.', en: 'Two sentences.' }, { it: ' ', en: '' }, { it: '', en: 'English only.' }],
	};
	const facts = factsOf({}, { content, form: SHEET_FORM });

	it('stand there in the other one, none lost, each marked', () => {
		const [italian, english] = [lay(facts), lay(facts, 'en')];
		expect(italian.sentences).toEqual(['Solo in italiano.', 'Due frasi.', 'English only.']);
		expect(english.sentences).toEqual(['Solo in italiano.', 'Two sentences.', 'English only.']);
		expect([english.heroes[0]?.caption, english.lists[0]?.title]).toEqual(['di referti', 'Servizi']);
		expect(italian.inOther).toEqual(['sentences.2']);
		expect(english.inOther).toEqual(['heroes.0.caption', 'lists.0.title', 'sentences.0']);
	});

	it('are said to be so on the page', () => {
		const html = drawHtml(lay(facts, 'en'), null);
		expect(html).toContain('<p lang="it">Solo in italiano.</p>');
		expect(html).toContain('<p lang="it">di referti</p>');
		expect(html).toContain('<caption lang="it">Servizi</caption>');
		expect(html.match(/ lang="it"/g)).toHaveLength(3);
	});

	it('stay away from a sheet of the first form, which was published without them', () => {
		const old = lay(factsOf({}, { content }), 'en');
		expect([old.sentences, old.inOther]).toEqual([['Two sentences.', 'English only.'], undefined]);
	});
});

describe('a chart', () => {
	const [from, to] = [at - 5 * 60_000, at - 60_000];
	const course = {
		key: 'archives.moved',
		label: { it: 'Dati trasferiti', en: 'Data moved' },
		points: [
			[from - 60_000, null],
			[from, 3e11],
			[to, 9e11],
			[at, null],
		],
		method: { it: 'Byte copiati.', en: 'Bytes copied.' },
		at: to,
		completeness: { counted: 1, of: 4 },
		note: { it: '1 di 4 archivi', en: '1 of 4 archives' },
	} as const;
	const alone = { ...frozen.content, heroes: [], lists: [], facts: false };
	const sheet = { content: alone, figures: [], facts: [], course, form: SHEET_FORM };

	it('alone has its note beside its title, how it is counted, and its ends in words', () => {
		expect(lay(factsOf({}, sheet)).chart?.title).toBe('Dati trasferiti (1 di 4 archivi)');
		expect(lay(factsOf({}, sheet)).notes).toEqual([
			'Byte copiati.',
			'Grafico, Dati trasferiti (1 di 4 archivi): da 300\u00a0GB (25 lug, 10:55) a 900\u00a0GB (25 lug, 10:59).',
		]);
		expect(lay(factsOf({}, sheet), 'en').notes[1]).toBe(
			'Chart, Data moved (1 of 4 archives): from 300\u00a0GB (25 Jul, 10:55) to 900\u00a0GB (25 Jul, 10:59).',
		);
	});

	it('says so in every output', async () => {
		for (const format of sheetFormats) {
			const { svg, html, text } = await drawSheet(lay(factsOf({}, sheet)), format);
			const said = [svg, html, text].map((one) => one.replace(/<[^>]*>/g, ' ').replace(/[\s\u00a0]+/g, ' '));
			for (const one of said) expect([format, one.includes('1 di 4 archivi')]).toEqual([format, true]);
			for (const one of said.slice(1)) expect(one).toContain('da 300 GB (25 lug, 10:55) a 900 GB');
		}
	});

	it('of the first form is drawn as it was: no note, no words, no minutes', () => {
		const { key, label, points } = course;
		const { form: _form, ...old } = sheet;
		const { chart, notes } = lay(factsOf({}, { ...old, course: { key, label, points } }));
		expect([chart?.title, chart?.ticks, notes]).toEqual(['Dati trasferiti', [{ at, label: '11:00' }], []]);
	});
});

describe('what became of it', () => {
	const draft = { state: 'draft', number: null, year: null, releasedAt: null, releasedBy: null } as const;
	it.each([
		['released', {}, 'n. 3/2025 · approvato da due responsabili alle 11:04', null],
		['released the day after', { releasedAt: at + 22 * HOUR }, 'n. 3/2025 · approvato da due responsabili il 26 luglio 2025 alle 09:00', null],
		[
			'under embargo',
			{ embargoUntil: at + HOUR },
			'n. 3/2025 · approvato da due responsabili alle 11:04 · non pubblicare prima del 25 lug, 12:00',
			null,
		],
		['a draft', draft, 'bozza, non approvata', 'BOZZA'],
		['superseded', { state: 'superseded' }, 'n. 3/2025 · approvato da due responsabili alle 11:04', 'SOSTITUITO'],
		['withdrawn', { state: 'withdrawn' }, 'n. 3/2025 · approvato da due responsabili alle 11:04', 'RITIRATO'],
	] as const)('%s', (_, rest, approved, watermark) => {
		const sheet = lay(factsOf(rest));
		expect([sheet.footer.approved, sheet.watermark]).toEqual([approved, watermark]);
	});

	it('is marked as a rehearsal whatever became of it', () => {
		for (const state of ['draft', 'released', 'superseded', 'withdrawn'] as const)
			expect(lay(factsOf({ state }, { rehearsal: true })).rehearsal).toBe(true);
	});
});

describe('axes', () => {
	it.each([
		[150e12, '50\u00a0TB 100\u00a0TB 150\u00a0TB'],
		[149.2e12, '50\u00a0TB 100\u00a0TB 150\u00a0TB'],
		[12.4e12, '5\u00a0TB 10\u00a0TB 15\u00a0TB'],
		[1.8e12, '500\u00a0GB 1\u00a0TB 1,5\u00a0TB 2\u00a0TB'],
		[0, ''],
	])('up to %d bytes has the levels %s', (top, levels) => {
		expect(
			levelsOf('archives.moved', [0, top], 'it')
				.map(({ label }) => label)
				.join(' '),
		).toBe(levels);
	});

	it('in degrees', () =>
		expect(levelsOf('facility.temperature/ced', [22, 42.5], 'it').map(({ label }) => label)).toEqual(['20\u00a0°C', '40\u00a0°C', '60\u00a0°C']));

	it.each([
		['2025-01-10T00:00:00+01:00', '2025-07-25T11:00:00+02:00', 'mar mag lug'],
		['2025-07-04T18:00:00+02:00', '2025-07-25T11:00:00+02:00', '5 lug 9 lug 13 lug 17 lug 21 lug 25 lug'],
		['2025-10-21T19:00:00+02:00', '2025-10-22T05:00:00+02:00', '20:00 22:00 00:00 02:00 04:00'],
		['2025-10-21T19:02:30+02:00', '2025-10-21T19:08:10+02:00', '19:03 19:04 19:05 19:06 19:07 19:08'],
		['2025-10-21T19:02:00+02:00', '2025-10-21T19:40:00+02:00', '19:10 19:20 19:30 19:40'],
		['2025-10-21T19:10:00+02:00', '2025-10-21T21:05:00+02:00', '19:20 19:40 20:00 20:20 20:40 21:00'],
		['2025-10-21T19:02:10+02:00', '2025-10-21T19:02:50+02:00', '19:02'],
		// The night on which the clocks go back.
		['2025-10-26T02:50:00+02:00', '2025-10-26T02:12:00+01:00', '02:50 CEST 02:55 CEST 02:00 CET 02:05 CET 02:10 CET'],
		['2025-10-25T22:00:00+02:00', '2025-10-26T06:00:00+01:00', '22:00 00:00 02:00 CEST 04:00 06:00'],
		// Hours over more than a day: midnights say of which.
		['2025-07-05T06:00:00+02:00', '2025-07-07T06:00:00+02:00', '12:00 6 lug 12:00 7 lug'],
		['2025-10-24T12:00:00+02:00', '2025-10-28T12:00:00+01:00', '25 ott 26 ott 27 ott 28 ott'],
	])('from %s to %s has the marks %s', (from, to, marks) => {
		const ticks = ticksOf(Date.parse(from), Date.parse(to), ROME, 'it');
		expect(ticks.map(({ label }) => label).join(' ')).toBe(marks);
		expect(ticks.every((tick) => tick.at >= Date.parse(from) && tick.at <= Date.parse(to))).toBe(true);
	});
});
