// The ward's form as it is drawn: what it shows, says and asks again, in both languages. What it sends is handed on, not sent.
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
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

function show(state: Partial<FieldState>, language: Language = 'it') {
	const store = createFieldStore('san-martino', { known, clock: null });
	store.setState({ door: 'open', ...state });
	const sent: Counted[] = [];
	const place = document.createElement('div');
	document.body.append(place);
	const root = createRoot(place);
	const preferences = createPreferences(null, new URLSearchParams({ lang: language }));
	const field = { store, preferences, opensOffline: true, send: async (counted: Counted) => void sent.push(counted) };
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
