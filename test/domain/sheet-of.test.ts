// A frozen sheet as it is laid out: titles, figures with their notes, axes as people write them, what became of it in its foot and across it.
import { describe, expect, it } from 'vitest';
import { levelsOf, ticksOf } from '../../server/domain/sheet-axes.ts';
import { dressOf, sheetOf } from '../../server/domain/sheet-of.ts';
import { press } from '../../shared/plan-press.ts';
import type { FrozenSheet, PressFacts, PressFigure } from '../../shared/press.ts';

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
		// The night on which the clocks go back.
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
