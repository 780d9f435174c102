// @vitest-environment happy-dom
// The desk's pages of emergency rooms from literals: table, sums, one in full, the log of counts by hand, and the marks that are sent.
import { act, type ReactNode } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Ask } from '../../client/store/hooks.ts';
import { BodiesTile } from '../../client/tiles/bodies.tile.tsx';
import { BookingsTile } from '../../client/tiles/bookings.tile.tsx';
import { ErLineTile } from '../../client/tiles/er-line.tile.tsx';
import { MarksTile } from '../../client/tiles/marks.tile.tsx';
import { DeskMarks } from '../../client/views/desk-marks.tsx';
import { ErPage } from '../../client/views/er.page.tsx';
import { missedBetween, paperLines } from '../../client/views/er-paper-model.ts';
import { ErSitePage } from '../../client/views/er-site.page.tsx';
import { arrivalsOf } from '../../client/views/er-site-model.ts';
import type { Board } from '../../shared/board.ts';
import type { CountFacts } from '../../shared/board-er.ts';
import type { Language } from '../../shared/format.ts';
import { judge } from '../../shared/judge.ts';
import type { Me } from '../../shared/me.ts';
import { erDeskWordsOf } from '../../shared/words/er-desk-words.ts';
import { boardLiteral, figure, literalNow, serviceLiteral, sourceLiteral } from '../kit/board-literal.ts';
import { catchingUp, censusLiteral, idOf, lazioBodies, lazioSites, onPaper, silentCensus, siteFacts } from '../kit/er-literal.ts';
import { type Staged, stageTile, stateOf } from './stage-tile.tsx';

// Nothing is laid out here: the charts say that they have no room.
vi.spyOn(console, 'warn').mockImplementation(() => undefined);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let staged: Staged | null = null;
afterEach(() => staged?.close());

const me = (may: readonly string[]): Me => ({
	who: { kind: 'person', name: 'x', isSession: true },
	duties: [{ role: 'commander' }],
	may,
	own: {},
	ways: [],
	providerDown: false,
	unclaimed: false,
});

async function show(
	page: ReactNode,
	board: Board,
	{ language = 'it', may = [], ask }: { language?: Language; may?: readonly string[]; ask?: Ask } = {},
) {
	staged?.close();
	staged = stageTile(<DeskMarks>{page}</DeskMarks>, stateOf(board, literalNow, { me: me(may) }), language, ask);
	await act(() => new Promise((resolve) => setTimeout(resolve, 0)));
	return staged.text();
}
const place = (): HTMLElement => {
	if (staged === null) throw new Error('nothing is shown');
	return staged.place;
};
const rowIds = (): readonly (string | null)[] =>
	[...place().querySelectorAll('[data-tile="er-table"] tbody tr')].map((row) => row.getAttribute('data-subject'));
const press = (element: Element | null | undefined): Promise<void> => act(async () => (element as HTMLElement | null)?.click());
const button = (text: string): HTMLButtonElement | undefined =>
	[...place().querySelectorAll('button')].find((one) => one.textContent?.includes(text));

const region = (): Board =>
	boardLiteral({
		region: 'Lazio',
		bodies: lazioBodies,
		sites: lazioSites((index) => (index === 9 ? silentCensus(30) : index === 24 ? onPaper(32) : index === 3 ? catchingUp(37) : {})),
	});

describe('the table', () => {
	test('worst first: known faults, then what is not known, then doubts', async () => {
		await show(<ErPage />, region());
		const standings = [...place().querySelectorAll('[data-tile="er-table"] tbody tr')].map((row) => row.getAttribute('data-standing'));
		expect(standings).toHaveLength(39);
		expect([...new Set(standings)]).toEqual(['bad', 'blind', 'watch', 'good']);
	});

	test('a blind site has no figure in any cell, and says since when', async () => {
		await show(<ErPage />, region());
		const row = place().querySelector('[data-tile="er-table"] [data-subject="site/vannini"]');
		expect([...(row?.querySelectorAll('td') ?? [])].slice(1, -1).map((cell) => cell.textContent)).toEqual(['', '', '', '', '', '']);
		expect(row?.textContent?.replace(/\s+/g, ' ')).toContain('nessun dato da 22 min');
	});

	test('sorted by a figure, and back to worst first by the same heading', async () => {
		await show(<ErPage />, region());
		const worst = rowIds();
		await press(button('Presenti'));
		expect(rowIds()[0]).toBe('site/tarquinia');
		expect(rowIds().at(-1)).toBe('site/vannini');
		expect(place().querySelector('[aria-sort="descending"]')?.textContent).toBe('Presenti');
		await press(button('Presenti'));
		expect(rowIds()).toEqual(worst);
	});

	test('of one body alone', async () => {
		await show(<ErPage />, region());
		const select = [...place().querySelectorAll('select')].at(-1);
		await act(async () => {
			if (select === undefined) return;
			Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')?.set?.call(select, 'asl-province');
			select.dispatchEvent(new Event('change', { bubbles: true }));
		});
		expect(rowIds()).toHaveLength(7);
		expect(staged?.text()).toContain('7 di 39');
	});

	test('sums by body and of all, each saying how many it counts', async () => {
		await show(<ErPage />, region());
		const sums = [...place().querySelectorAll('[data-sum]')].map((row) => row.getAttribute('data-sum'));
		expect(sums).toEqual(['asl-roma-1', 'asl-roma-2', 'asl-province', 'region']);
		expect(place().querySelector('[data-sum="region"]')?.textContent).toContain('38 di 39');
		expect(place().querySelector('[data-sum="asl-province"]')?.textContent).toContain('7 di 7');
		expect(place().querySelector('[data-sum="region"]')?.textContent).toContain('38 di 39, su carta: 1');
	});

	test('a figure that nobody tells says that nobody does', async () => {
		const sites = lazioSites(() => silentCensus(30));
		await show(<ErPage />, boardLiteral({ region: 'Lazio', bodies: lazioBodies, sites }));
		const cells = [...(place().querySelectorAll('[data-sum="region"] td') ?? [])].map((cell) => cell.textContent);
		expect(cells).toEqual(['0 di 39', ...Array.from({ length: 5 }, () => '— (0 di 39)')]);
	});

	test('a plan without sites says so', async () => {
		expect(await show(<ErPage />, boardLiteral())).toContain('Il piano non elenca strutture');
	});
});

const one = (rest: Parameters<typeof siteFacts>[3] = {}): Board =>
	boardLiteral({
		sites: { ps: siteFacts('Pronto Soccorso San Martino', 58, 64, rest) },
		sources: { adt: sourceLiteral('Messaggi ADT', 'hl7') },
	});

describe('one in full', () => {
	test('its figures, load, sources and both estimates with where each term is from', async () => {
		const text = await show(<ErSitePage id="ps" />, one({ respirators: [2, literalNow - 12 * MINUTE] }));
		expect(text).toContain('91% di 64 posti');
		expect(text).toContain('Messaggi ADT');
		expect(place().querySelector('[data-index="nedocs"]')?.textContent).toMatch(/NEDOCS · stimato [0-9]+/);
		expect(place().querySelector('[data-index="nedocs"]')?.textContent).toMatch(/ventilatori2detto a voce, 12 min fa/);
		expect(place().querySelector('[data-index="nedocs"]')?.textContent).toMatch(/letti dell’ospedale420piano/);
	});

	test('its neighbours beside it, each a way to its page, the blind one without a figure', async () => {
		const board = one({ neighbours: ['galliera', 'gaslini', 'gone'] });
		const sites = { ...board.sites, galliera: siteFacts('Galliera', 31, 40), gaslini: siteFacts('Gaslini', 22, 30, silentCensus(22)) };
		await show(<ErSitePage id="ps" />, { ...board, sites });
		const rows = [...place().querySelectorAll('[data-tile="er-neighbours"] [data-subject]')].map((row) => [
			row.querySelector('a')?.getAttribute('href'),
			row.getAttribute('data-standing') === 'blind',
			row.textContent?.replace(/\s+/g, ' ').trim(),
		]);
		expect(rows).toEqual([
			['/er/galliera', false, expect.stringMatching(/^Galliera.*31/)],
			['/er/gaslini', true, expect.stringMatching(/^Gaslini.*— nessun dato da/)],
		]);
		await show(<ErSitePage id="ps" />, one());
		expect(place().querySelector('[data-tile="er-neighbours"]')).toBeNull();
	});

	test('without a word on respirators there is no NEDOCS, and an old word is none', async () => {
		for (const respirators of [null, [2, literalNow - 2 * HOUR] as const]) {
			await show(<ErSitePage id="ps" />, one({ respirators }));
			const index = place().querySelector('[data-index="nedocs"]');
			expect(index?.textContent).toContain('n.d.');
			expect(index?.querySelector('[data-lacking]')?.textContent).toMatch(respirators === null ? /ventilatori—manca/ : /ventilatori—scaduto/);
		}
	});

	test('nothing moves when it goes blind: the same tiles in the same order', async () => {
		const names = async (board: Board): Promise<readonly (string | null)[]> => {
			await show(<ErSitePage id="ps" />, board);
			return [...place().querySelectorAll('[data-tile]')].map((tile) => tile.getAttribute('data-tile'));
		};
		expect(await names(one(silentCensus(58)))).toEqual(await names(one()));
	});

	test('blind: its state, and no figure in any place', async () => {
		const text = await show(<ErSitePage id="ps" />, one(silentCensus(58)));
		expect(text).toContain('nessun dato da 22 min');
		for (const name of ['present', 'waiting', 'boarding', 'arrivals']) {
			expect(place().querySelector(`[data-tile="er-${name}"][data-veiled] strong`)?.textContent, name).toBe('—');
		}
		const cells = [...place().querySelectorAll('[data-code-row] td:not(:nth-child(4)), [data-tile="er-load"] dd')].map((one) => one.textContent);
		expect(cells.length).toBeGreaterThan(20);
		expect([...new Set(cells)]).toEqual(['—']);
	});

	test('on paper: the counts, the one that was missed as a gap, when the next is due', async () => {
		const text = await show(<ErSitePage id="ps" />, one(onPaper(58)));
		expect(text).toContain('prossimo conteggio 02:22');
		const log = [...place().querySelectorAll('[data-tile="er-paper"] li')].map((line) => [
			line.textContent?.slice(0, 5),
			line.hasAttribute('data-missed'),
		]);
		expect(log).toEqual([
			['02:07', false],
			['01:52', false],
			['01:37', true],
			['01:22', false],
			['01:07', false],
			['00:52', false],
		]);
	});

	test('catching up: entered and left', async () => {
		expect(await show(<ErSitePage id="ps" />, one(catchingUp(58)))).toContain('registrati 12 di 70');
	});

	test.each([
		[0, 'it', null],
		[2, 'it', 'Visite senza notizie, tolte dal conteggio2 in 24 ore'],
		[2, 'en', 'Visits never heard of again, taken out of the count2 in 24 hours'],
	] as const)('%i visits that lapsed, in %s: %s', async (many, language, line) => {
		const lapsedByHour = { [Math.floor(literalNow / (60 * MINUTE))]: many };
		const text = await show(<ErSitePage id="ps" />, one({ census: censusLiteral(58, { lapsedByHour }) }), { language });
		if (line === null) expect(text).not.toContain('tolte dal conteggio');
		else expect(text).toContain(line);
	});

	test('one that the plan does not have, and in English', async () => {
		expect(await show(<ErSitePage id="niente" />, one())).toContain('Questa struttura non è nel piano.');
		expect(await show(<ErSitePage id="ps" />, one(), { language: 'en' })).toMatch(/Present58.*Estimated indices/);
	});
});

describe('arrivals by hour', () => {
	// 02:13 in Rome; hours are told backwards from this one: 02, 01, 00, 23, 22, 21, 20.
	const hour = Math.floor(literalNow / HOUR);
	const at = (ago: number, minute: number): number => (hour - ago) * HOUR + minute * MINUTE;
	const arrivals = (ago: readonly number[]) => Object.fromEntries(ago.map((one) => [hour - one, 5]));
	const told = (facts: Parameters<typeof siteFacts>[3]): string => {
		const all = siteFacts('A', 58, 64, facts);
		const site = judge(boardLiteral({ sites: { a: all } }), literalNow).er?.sites.a;
		if (site === undefined) throw new Error('no site');
		return (arrivalsOf(all, site, literalNow, 'Europe/Rome') ?? [])
			.slice(-7)
			.map(({ arrived, known }) => `${arrived ?? '—'}${known === 'part' ? '?' : ''}`)
			.join(' ');
	};
	const dark = (since: number, restoredAt: number | null) => ({ since, restoredAt, caughtUpAt: null });
	const before = [30, 6, 5];

	test.each<[string, Parameters<typeof siteFacts>[3], string]>([
		[
			'all heard; an hour without arrivals is 0',
			{ census: censusLiteral(58, { arrivalsByHour: arrivals([30, 6, 5, 4, 2, 1, 0]) }) },
			'5 5 5 0 5 5 5',
		],
		[
			'off since 21:40: the hour it went is a part, those after it are not known',
			{ census: censusLiteral(58, { heardAt: at(5, 39), arrivalsByHour: arrivals(before) }), dark: dark(at(5, 40), null) },
			'5 5? — — — — —',
		],
		[
			'back at 01:20: what is entered of the dark is a part until all is',
			{ census: censusLiteral(58, { arrivalsByHour: arrivals([...before, 4, 3, 1, 0]) }), dark: dark(at(5, 40), at(1, 20)) },
			'5 5? 5? 5? — 5? 5',
		],
		[
			'all is entered',
			{
				census: censusLiteral(58, { arrivalsByHour: arrivals([...before, 4, 3, 2, 1, 0]) }),
				dark: { ...dark(at(5, 40), at(1, 20)), caughtUpAt: at(0, 1) },
			},
			'5 5 5 5 5 5 5',
		],
		[
			'silent since 23:30, nobody said why',
			{ census: censusLiteral(58, { heardAt: at(3, 30), heardSeen: at(3, 30), arrivalsByHour: arrivals([...before, 4, 3]) }) },
			'5 5 5 5? — — —',
		],
		['heard for the first time at 00', { census: censusLiteral(58, { arrivalsByHour: arrivals([2, 1, 0]) }) }, '— — — — 5 5 5'],
	])('%s', (_name, facts, line) => {
		expect(told(facts)).toBe(line);
	});

	test('what is not known is hatched, and said', async () => {
		const text = await show(<ErSitePage id="ps" />, one(onPaper(58)));
		expect(text).toContain('a tratteggio le ore di cui non si sa nulla');
		expect(await show(<ErSitePage id="ps" />, one({ census: censusLiteral(58, { arrivalsByHour: arrivals([30, 1, 0]) }) }))).not.toContain(
			'a tratteggio le ore',
		);
	});
});

describe('the log of counts', () => {
	const count = (at: number): CountFacts => ({ at, seen: at + 1000, byCode: { '3': 10, none: 2 }, boarding: 1, forms: null, by: 'field/reparto' });
	const log = (minutes: readonly number[], all = minutes.length, restoredAt: number | null = null): readonly string[] => {
		const rows = Object.fromEntries(minutes.map((minute, i) => [String(i + 1), count(literalNow - minute * MINUTE)]));
		const dark = { since: literalNow - 60 * MINUTE, restoredAt, caughtUpAt: null };
		return paperLines({ counts: { count: all, rows }, dark, paperEveryMs: 15 * MINUTE }, literalNow, 'Europe/Rome', erDeskWordsOf('it'), 'it').map(
			({ kind, time }) => `${kind} ${time}`,
		);
	};

	test.each<[string, readonly number[], number, number | null, readonly string[]]>([
		['every one came', [45, 30, 15], 3, null, ['count 01:58', 'count 01:43', 'count 01:28']],
		['one was missed', [45, 15], 2, null, ['count 01:58', 'missed 01:43', 'count 01:28']],
		['seven minutes late is not missed', [43, 21], 2, null, ['count 01:52', 'count 01:30']],
		['none came', [], 0, null, ['missed 01:58', 'missed 01:43', 'missed 01:28']],
		['the last ones did not come', [45], 1, null, ['missed 01:58', 'missed 01:43', 'count 01:28']],
		['the first ones are no longer on the board', [15], 4, null, ['count 01:58']],
		['nothing is due once the system is back', [45], 1, literalNow - 40 * MINUTE, ['count 01:28']],
	])('%s', (_name, minutes, all, restoredAt, lines) => {
		expect(log(minutes, all, restoredAt)).toEqual(lines);
	});

	test('by whom, how many, and of them waiting for a bed', () => {
		const rows = { 7: count(literalNow - MINUTE) };
		const [line] = paperLines(
			{ counts: { count: 1, rows }, dark: null, paperEveryMs: 15 * MINUTE },
			literalNow,
			'Europe/Rome',
			erDeskWordsOf('it'),
			'it',
		);
		expect(line).toMatchObject({ kind: 'count', present: '12', told: 'in attesa di letto 1', by: 'reparto' });
		expect(missedBetween(0, 10 * MINUTE, 15 * MINUTE)).toEqual([]);
	});
});

describe('marks from here', () => {
	const sent: unknown[] = [];
	const ask: Ask = async (_method, _path, body) => {
		sent.push(body);
		return { status: 202, json: { seq: 9 } };
	};
	const may = ['sites.mark', 'counts.make'];

	test.each<[string, Parameters<typeof siteFacts>[3], string, object]>([
		['to paper', {}, 'Si passa alla carta', { kind: 'paper', site: 'ps', state: 'on' }],
		['the system is back', onPaper(58), 'Il sistema è tornato', { kind: 'paper', site: 'ps', state: 'off' }],
		['all is entered', catchingUp(58), 'La carta è tutta registrata', { kind: 'paper', site: 'ps', state: 'entered' }],
		['ambulances elsewhere', {}, 'Manda il 118 altrove', { kind: 'diversion', site: 'ps', state: 'diverted' }],
	])('%s', async (_name, rest, text, mark) => {
		sent.length = 0;
		await show(<ErSitePage id="ps" />, one(rest), { may, ask });
		await press(button(text));
		expect(sent).toEqual([mark]);
	});

	test('what the ambulances are told already is not sent again', async () => {
		await show(<ErSitePage id="ps" />, one({ diversion: { state: 'limited', at: literalNow, by: 'x' } }), { may, ask });
		expect(button('Riduci il 118')?.disabled).toBe(true);
		expect(button('Apri al 118')?.disabled).toBe(false);
	});

	test.each<[string, string, readonly object[], boolean]>([
		['2', '', [{ kind: 'bedside', site: 'ps', respirators: 2 }], false],
		['0', '6', [{ kind: 'bedside', site: 'ps', respirators: 0, physicians: 6 }], false],
		['', '', [], true],
		['due', '6', [], true],
		['-1', '', [], true],
	])('at the bedside: "%s" on a respirator, "%s" on duty', async (respirators, physicians, marks, isRefused) => {
		sent.length = 0;
		await show(<ErSitePage id="ps" />, one(), { may, ask });
		const set = (name: string, value: string): void => {
			const input = place().querySelector<HTMLInputElement>(`input[name="${name}"]`);
			if (input) input.value = value;
		};
		set('respirators', respirators);
		set('physicians', physicians);
		await act(async () =>
			place()
				.querySelector('[data-tile="er-acts"] form')
				?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })),
		);
		expect(sent).toEqual(marks);
		expect(staged?.text().includes('almeno uno dei due numeri')).toBe(isRefused);
	});

	test('nothing for those who may not', async () => {
		await show(<ErSitePage id="ps" />, one(), { may: ['marks.make'], ask });
		expect(place().querySelector('[data-tile="er-acts"]')).toBeNull();
	});
});

describe('what was marked last', () => {
	const marks = (at: number, by: string) => ({ count: 1, rows: { 7: { at, by, mark: { kind: 'note' as const, text: 'Nota' } } } });

	test.each([
		['today', literalNow - HOUR, 'person/anna', '01:13Notaanna'],
		['the day before, with its day', literalNow - 5 * HOUR, 'person/anna', '21/10 21:13Notaanna'],
		['by the rehearsal', literalNow, 'rehearsal', '02:13Notaprova'],
		['by a ward', literalNow, 'field/ps', '02:13NotaSan Martino'],
	])('%s', async (_name, at, by, said) => {
		const sites = { ps: siteFacts('Pronto Soccorso San Martino', 58, 64, { short: 'San Martino' }) };
		await show(<MarksTile />, boardLiteral({ sites, marks: marks(at, by) }));
		expect(place().querySelector('li')?.textContent).toBe(said);
	});
});

describe('beside the night', () => {
	test('one line of all rooms on the first page, and nothing where the plan has none', async () => {
		const text = await show(<ErLineTile>x</ErLineTile>, region());
		expect(text).toMatch(/Pronto Soccorso · Lazio.*38 di 39 strutture danno dati · di cui su carta: 1 6 critico.*Presenti1\.[0-9]{3} 38 di 39/);
		expect(await show(<ErLineTile />, boardLiteral())).toBe('');
	});

	test('bodies: the share that is moved, rounded down; what was never said is not known', async () => {
		const text = await show(<BodiesTile />, region());
		expect(text).toContain('ASL Roma 165 %');
		expect(text).toContain('ASL Roma 258 %');
		expect(text).toContain('ASL delle province— nessun dato ricevuto');
		expect(await show(<BodiesTile />, boardLiteral())).toBe('');
	});

	test('all bodies together: the plain mean of those that report, and how many they are', async () => {
		await show(<BodiesTile />, region());
		const all = place().querySelector('[data-row="all"]');
		expect(all?.textContent).toContain('Nel complesso61 %');
		expect(all?.textContent).toContain('media semplice di 2 enti su 3 · il più vecchio 2 g fa');
		const silent = { 'asl-province': lazioBodies['asl-province'] };
		await show(<BodiesTile />, boardLiteral({ bodies: silent }));
		expect(place().querySelector('[data-row="all"]')?.textContent).toContain('—');
		expect(place().querySelector('[data-row="all"]')?.getAttribute('data-standing')).toBe('blind');
		expect(await show(<BodiesTile />, region(), { language: 'en' })).toContain('Overall61 %');
	});

	test.each([
		[60_000, 'RECUP 97 al minuto attese 50 oggi 41.230, attese 6.600 1 min fa'],
		[11 * MINUTE, 'RECUP — al minuto attese 50 oggi — nessun dato da 11 min'],
	])('bookings a minute and of the day beside what is expected, %i ms old', async (agoMs, said) => {
		const expected = Array.from({ length: 24 }, () => 3000);
		const today = figure(41_230, agoMs);
		const bookings = { expected, growth: [97.2, today[1]] as const, byHour: {} };
		const recup = serviceLiteral('RECUP', 4, { figures: { up: figure(1), bookings: today }, bookings });
		const board = boardLiteral({ services: { recup } });
		expect((await show(<BookingsTile />, board)).replace(/\s+/g, ' ')).toContain(said);
		expect(place().textContent).toContain('ora per ora');
		expect(await show(<BookingsTile isBrief />, board)).not.toContain('ora per ora');
		expect(await show(<BookingsTile />, boardLiteral())).toBe('');
	});
});

test('the literal’s sites have ids as the plan’s', () => {
	expect(idOf('B. Gesù Palidoro')).toBe('b-gesu-palidoro');
	expect(censusLiteral(40).heardAt).toBeLessThan(literalNow);
});
