// The ward's form as it is drawn: what it shows, says and asks again, in both languages. What it sends is handed on, not sent.
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Draft, Drafts } from '../../client/store/count-draft.ts';
import { type Counted, type CountRecord, newRecord } from '../../client/store/count-queue.ts';
import { createFieldStore, FieldContext, type FieldState } from '../../client/store/field-store.ts';
import { createPreferences } from '../../client/store/preferences.ts';
import { FieldView } from '../../client/views/field.view.tsx';
import type { FieldSite } from '../../shared/field.ts';
import type { Language } from '../../shared/format.ts';
import { fieldWordsOf } from '../../shared/words/field-words.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const at = Date.UTC(2025, 9, 22, 0, 2);
const byCode = { '1': 2, '2': 9, '3': 17, '4': 15, '5': 4, none: 1 };
const known: FieldSite = {
	site: 'san-martino',
	label: 'Pronto Soccorso San Martino',
	short: 'San Martino',
	mode: 'paper',
	rehearsal: false,
	zone: 'Europe/Rome',
	now: new Date(at).toISOString(),
	speed: 1,
	paper: { everyMs: 900_000, staleAfterMs: 1_200_000 },
	last: { at: new Date(at).toISOString(), byCode, present: 48, boarding: 6, forms: null },
};
const record = (id: string, minutes: number, rest: Partial<CountRecord> = {}): CountRecord => ({
	...newRecord({ byCode, boarding: 6 }, 'san-martino', id, at + minutes * 60_000, []),
	...rest,
});

let close = (): void => undefined;
afterEach(() => {
	close();
	vi.useRealTimers();
});

type Kept = { draft: Draft | null };

function show(state: Partial<FieldState>, language: Language = 'it', later: number | (() => number) = 0, kept: Kept = { draft: null }) {
	const store = createFieldStore('san-martino', { known, clock: null });
	store.setState({ door: 'open', ...state });
	const sent: Counted[] = [];
	const place = document.createElement('div');
	document.body.append(place);
	const root = createRoot(place);
	const preferences = createPreferences(null, new URLSearchParams({ lang: language }));
	const drafts: Drafts = {
		recall: () => kept.draft,
		keep(draft) {
			kept.draft = draft;
		},
	};
	const send = async (counted: Counted) => void sent.push(counted);
	const field = { store, preferences, opensOffline: true, send, drafts, now: () => at + (typeof later === 'number' ? later : later()) * 60_000 };
	act(() =>
		root.render(
			<FieldContext value={field}>
				<FieldView />
			</FieldContext>,
		),
	);
	close = () => {
		act(() => root.unmount());
		place.remove();
	};
	const find = (selector: string) => place.querySelector<HTMLElement>(selector);
	return {
		place,
		sent,
		store,
		find,
		text: (selector = 'main') => (find(selector)?.textContent ?? '').replace(/\s+/g, ' '),
		tap: (label: string) => {
			const found = [...place.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label);
			if (!found) throw new Error(`no button "${label}"`);
			return act(async () => found.click());
		},
		type: (row: string, text: string) => {
			const input = find(`[data-row="${row}"] input`) as HTMLInputElement;
			return act(async () => {
				Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
				input.dispatchEvent(new Event('input', { bubbles: true }));
			});
		},
	};
}

test('it starts from the last count, and one thumb sends it on', async () => {
	const { text, tap, sent } = show({});
	expect(text('header')).toBe('Pronto Soccorso San MartinoConteggio su carta · ultimo invio 02:02');
	await tap('Uno in più, codice 1 rosso');
	await tap('Uno in meno, codice 5 bianco');
	await tap('Uno in più, codice 2 arancione');
	await tap('Invia 49 presenti');
	expect(sent).toEqual([{ byCode: { ...byCode, '1': 3, '2': 10, '5': 3 }, boarding: 6 }]);
});

test('a figure is typed, never below nothing, and said aloud with the sum', async () => {
	const { find, text, tap, type, sent } = show({});
	await type('none', '3');
	expect(text('[data-spoken]')).toBe('senza codice: 3. Presenti 50.');
	await type('none', '');
	await tap('Uno in meno, senza codice');
	expect((find('[data-row="none"] input') as HTMLInputElement).value).toBe('0');
	await tap('Invia 47 presenti');
	expect(sent[0]?.byCode.none).toBe(0);
});

test('more boarding than present is refused with words', async () => {
	const { find, text, tap, type, sent } = show({});
	await type('boarding', '49');
	await tap('Invia 48 presenti');
	expect(text('[role="alert"]')).toBe('In attesa di letto 49, presenti 48: chi aspetta un letto è fra i presenti. Correggere.');
	expect(sent).toEqual([]);
	expect(document.activeElement).toBe(find('[data-row="boarding"] input'));
	await type('boarding', '48');
	expect(find('[role="alert"]')).toBeNull();
	await tap('Invia 48 presenti');
	expect(sent).toHaveLength(1);
});

test('a leap is asked about once more, and sent or corrected', async () => {
	vi.useFakeTimers();
	const { text, find, tap, type, sent } = show({});
	await type('3', '71');
	await tap('Invia 102 presenti');
	expect(text('[role="alert"]')).toContain('Da 48 a 102 presenti: è giusto?');
	expect([sent.length, document.activeElement?.textContent]).toEqual([0, 'Sì, invia 102']);
	await tap('Correggi');
	expect(find('[role="alert"]')).toBeNull();
	expect(document.activeElement?.textContent).toBe('Invia 102 presenti');
	await tap('Invia 102 presenti');
	// The second tap of two lands where the question has come up.
	await tap('Sì, invia 102');
	expect(sent).toEqual([]);
	await act(async () => void vi.advanceTimersByTime(400));
	await tap('Sì, invia 102');
	expect(sent.map((one) => one.byCode['3'])).toEqual([71]);
});

test('forms are sent where they are told, and only then', async () => {
	const { tap, type, sent } = show({});
	await tap('Uno in più, codice 1 rosso');
	await tap('Invia 49 presenti');
	await type('forms', '31');
	await tap('Invia 48 presenti');
	await type('forms', '31');
	await type('forms', '');
	await tap('Uno in più, codice 2 arancione');
	await tap('Invia 49 presenti');
	expect(sent.map(({ forms }) => forms)).toEqual([undefined, 31, undefined]);
	expect('forms' in (sent[2] ?? {})).toBe(false);
});

test('forms of the last count are told of beside their row, and not sent again by themselves', async () => {
	const { text, find, tap, sent } = show({ known: { ...known, last: { ...(known.last as NonNullable<FieldSite['last']>), forms: 70 } } });
	expect(text('summary')).toBe('Moduli usati l’ultima volta 70');
	expect((find('[data-row="forms"] input') as HTMLInputElement).value).toBe('');
	await tap('Invia 48 presenti');
	expect('forms' in (sent[0] ?? { forms: 70 })).toBe(false);
});

describe('what is no whole number', () => {
	test.each(['3.5', '3,5', '1e3', '-5', '99999', 'tre'])('%j is said to be none, sends nothing and becomes no other', async (typed) => {
		const kept: Kept = { draft: null };
		const { find, text, tap, type, sent } = show({}, 'it', 0, kept);
		// As it comes from the keys, one after the other.
		for (let i = 1; i <= typed.length; i += 1) await type('4', typed.slice(0, i));
		const input = find('[data-row="4"] input') as HTMLInputElement;
		await act(async () => input.blur());
		expect([input.value, text('[data-row="4"] [role="alert"]')]).toEqual([typed, 'Solo un numero intero, da 0 a 999.']);
		expect(kept.draft?.counted.byCode['4']).toBe(15);
		await tap('C’è una cifra da correggere');
		expect([sent.length, document.activeElement]).toEqual([0, input]);
		await type('4', '16');
		await tap('Invia 49 presenti');
		expect(sent.map((one) => one.byCode['4'])).toEqual([16]);
	});

	test('a step goes on from what was there before', async () => {
		const { find, tap, type, sent } = show({});
		await type('4', '3.5');
		await tap('Uno in più, codice 4 verde');
		expect(find('[role="alert"]')).toBeNull();
		await tap('Invia 49 presenti');
		expect(sent.map((one) => one.byCode['4'])).toEqual([16]);
	});

	test('among the forms, their row is opened', async () => {
		const { find, tap, type } = show({});
		await type('forms', '1.5');
		await tap('C’è una cifra da correggere');
		expect([(find('details') as HTMLDetailsElement).open, document.activeElement]).toEqual([true, find('[data-row="forms"] input')]);
	});
});

describe('figures of hours ago', () => {
	const old = (place: HTMLElement) => [...place.querySelectorAll('[data-old]')].map((row) => row.getAttribute('data-row'));
	const every = ['1', '2', '3', '4', '5', 'none', 'boarding'];

	test('say so, and are asked about before they are sent as of now', async () => {
		vi.useFakeTimers();
		const { text, find, tap, sent, place } = show({}, 'it', 145);
		expect(text('[data-old-of]')).toContain('Dal conteggio delle 02:02: ricontrolla ogni cifra.');
		expect(old(place)).toEqual(every);
		await tap('Invia 48 presenti');
		expect([text('[role="alert"]'), sent.length]).toEqual(['Sono le cifre delle 02:02. Valgono anche adesso?Sì, invia 48Correggi', 0]);
		await tap('Correggi');
		expect(find('[role="alert"]')).toBeNull();
		await tap('Invia 48 presenti');
		await act(async () => void vi.advanceTimersByTime(400));
		await tap('Sì, invia 48');
		expect(sent).toEqual([{ byCode, boarding: 6 }]);
	});

	test('are not asked about once something was changed; the rows that were not stay marked', async () => {
		const { text, tap, sent, place } = show({}, 'it', 145);
		await tap('Uno in più, codice 1 rosso');
		expect(text('[data-old-of]')).toContain('In grigio le cifre delle 02:02: ricontrollale.');
		expect(old(place)).toEqual(every.slice(1));
		await tap('Invia 49 presenti');
		expect(sent).toHaveLength(1);
	});

	test('of another day are told with it, in the head as well', () => {
		const { text } = show({}, 'it', 24 * 60);
		expect(text('header')).toContain('ultimo invio 02:02 del 22/10');
		expect(text('[data-old-of]')).toContain('Dal conteggio delle 02:02 del 22/10');
	});

	test('within the plan’s limit nothing is said', () => {
		expect(show({}, 'it', 20).find('[data-old-of], [data-old]')).toBeNull();
	});

	test('grow old while the page lies open', async () => {
		vi.useFakeTimers();
		let minutes = 0;
		const { find } = show({}, 'it', () => minutes);
		minutes = 21;
		await act(async () => void vi.advanceTimersByTime(10_000));
		expect(find('[data-old-of="count"]')).not.toBeNull();
	});
});

describe('a count half typed', () => {
	test('is there again after the page was left, and gone once it is sent', async () => {
		const kept: Kept = { draft: null };
		await show({}, 'it', 0, kept).type('4', '12');
		close();
		const { find, tap, sent } = show({}, 'it', 5, kept);
		expect((find('[data-row="4"] input') as HTMLInputElement).value).toBe('12');
		await tap('Invia 45 presenti');
		expect([sent.map((one) => one.byCode['4']), kept.draft]).toEqual([[12], null]);
	});

	test('that lay there is asked about, or left for the last count', async () => {
		const kept: Kept = { draft: null };
		await show({}, 'it', 1, kept).type('4', '12');
		close();
		const { text, find, tap, sent } = show({}, 'it', 40, kept);
		expect(text('[data-old-of]')).toContain('Cifre delle 02:03, non inviate: ricontrollale.');
		await tap('Invia 45 presenti');
		expect([text('[role="alert"]'), sent.length]).toEqual(['Sono le cifre delle 02:03. Valgono anche adesso?Sì, invia 45Correggi', 0]);
		await tap('Riparti dall’ultimo conteggio');
		expect([(find('[data-row="4"] input') as HTMLInputElement).value, kept.draft, find('[role="alert"]')]).toEqual(['15', null, null]);
	});
});

test('a thumb that taps twice sends once', async () => {
	const { tap, sent } = show({});
	await tap('Uno in più, codice 1 rosso');
	await tap('Invia 49 presenti');
	await tap('Invia 48 presenti');
	expect(sent).toHaveLength(1);
});

describe('the queue', () => {
	const records = [
		record('conteggio-1', 0, { at, state: 'received', receivedAt: at + 60_000 }),
		record('conteggio-2', 15, { state: 'refused', why: 'count-future', at: at + 900_000 }),
		record('conteggio-3', 30),
		record('conteggio-4', 5, { at: at + 300_000, state: 'received', receivedAt: at + 2_000_000, superseded: true }),
	];
	test('says of each what became of it, newest first, in its site’s time', () => {
		const { text, place } = show({ records, door: 'offline' });
		const lines = [...place.querySelectorAll('[data-record]')].map((one) => (one.textContent ?? '').replace(/\s+/g, ' '));
		expect(lines).toEqual([
			'02:32 · 48 presenti da inviare',
			'02:17 · 48 presenti non accettatoL’orologio del telefono è avanti: correggerlo e inviare di nuovo.',
			'02:07 · 48 presenti ricevuto 02:35, dopo uno più recente',
			'02:02 · 48 presenti ricevuto 02:03',
		]);
		expect(text('[data-door]')).toBe(
			' 1 conteggio da inviareSenza rete, o il server è fermo. I conteggi restano su questo telefono e partono da soli.',
		);
	});

	test('a count that is received is said aloud', async () => {
		const { store, text } = show({ records: [record('conteggio-9', 15)] });
		await act(async () =>
			store.setState({ records: [record('conteggio-9', 15, { at: at + 900_000, state: 'received', receivedAt: at + 960_000 })] }),
		);
		expect(text('[data-spoken]')).toBe('Conteggio delle 02:17 ricevuto: 48 presenti.');
	});
});

describe('what stands in the way', () => {
	const doors = ['offline', 'not-writing', 'over', 'other-site', 'unknown-site'] as const;
	test.each(doors.flatMap((door) => [[door, 'it'] as const, [door, 'en'] as const]))('%s is said in %s, and the form stays', (door, language) => {
		const { text, find } = show({ door, records: [record('conteggio-3', 30)] }, language);
		expect(text('[data-door]')).toContain(fieldWordsOf(language).door[door]);
		expect(find('[data-door]')?.getAttribute('role')).toBe('status');
		expect(find('form button[type="submit"]')).not.toBeNull();
	});

	test('who never had a link is told what is needed, and sees no form', () => {
		const { text, find } = show({ known: null, door: 'over' });
		expect(text()).toBe('Per contare serve il QR di questo Pronto Soccorso: chiederlo a chi gestisce Regia.');
		expect(find('form')).toBeNull();
	});

	test('a phone that keeps nothing says so', () => {
		expect(show({ isKept: false }).text('[data-door]')).toContain('Questo browser non conserva i conteggi');
	});
});

test('a rehearsal is marked on the form', () => {
	expect(show({}).text('header')).not.toContain('PROVA');
	close();
	expect(show({ known: { ...known, rehearsal: true } }).text('header')).toContain('PROVA');
});

test('it speaks English where that is asked for, and one button changes it', async () => {
	const { text, tap } = show({}, 'en');
	expect(text('header')).toContain('Counting on paper · last sent 02:02');
	expect(text('form button[type="submit"]')).toBe('Send 48 present');
	expect(document.documentElement.lang).toBe('en');
	await tap('Italiano');
	expect([text('form button[type="submit"]'), document.documentElement.lang]).toEqual(['Invia 48 presenti', 'it']);
});
