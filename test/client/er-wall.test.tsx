// @vitest-environment happy-dom
// The wall of the emergency rooms from literals: every figure, or the word for why there is none; and nothing at all of who is blind.
import type { ReactNode } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { keepPlaces, type Placed } from '../../client/store/keep-places.ts';
import { focusOf } from '../../client/tiles/er-focus.ts';
import { ErGridTile } from '../../client/tiles/er-grid.tile.tsx';
import { gridFor } from '../../client/tiles/er-grid-model.ts';
import { ErLarge } from '../../client/tiles/er-large.tsx';
import { ErSumsTile } from '../../client/tiles/er-sums.tile.tsx';
import { erTrend } from '../../client/tiles/er-trend-model.ts';
import { FootStripTile } from '../../client/tiles/foot-strip.tile.tsx';
import { WallErView } from '../../client/views/wall-er.view.tsx';
import type { ErNow, SiteNow } from '../../shared/er-now.ts';
import type { Language } from '../../shared/format.ts';
import { boardLiteral, literalNow } from '../kit/board-literal.ts';
import { blindSite, catchupSite, counts, erNow, fillingSite, lazioSites, paperSite, silentCensus, siteFacts, siteNow } from '../kit/er-literal.ts';
import { type Staged, stageTile, stateOf } from './stage-tile.tsx';

const MINUTE = 60_000;
let staged: Staged | null = null;
afterEach(() => staged?.close());

/** The literal board with emergency rooms as the judge would tell them. */
function withEr(er: ErNow, board = boardLiteral()) {
	const state = stateOf(board);
	return { ...state, judged: state.judged == null ? null : { ...state.judged, er } };
}

function show(tile: ReactNode, er: ErNow, language: Language = 'it', board = boardLiteral()): string {
	staged?.close();
	staged = stageTile(tile, withEr(er, board), language);
	const walker = document.createTreeWalker(staged.place, NodeFilter.SHOW_TEXT);
	const found: string[] = [];
	for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) found.push(node.textContent ?? '');
	return found.join(' ').replace(/\s+/g, ' ').trim();
}
const tileOf = (id: string): HTMLElement => {
	const found = staged?.place.querySelector<HTMLElement>(`[data-subject="site/${id}"]`);
	if (!found) throw new Error(`no tile of ${id}`);
	return found;
};
const grid = (sites: Readonly<Record<string, SiteNow>>, language: Language = 'it'): string => show(<ErGridTile />, erNow(sites), language);

describe('a small tile', () => {
	test.each<[string, SiteNow, readonly string[], readonly string[]]>([
		['as it should be', siteNow('Tivoli'), ['44', '69%'], ['su carta', '▲']],
		['nearly full', siteNow('Gemelli', { standing: 'watch', reason: 'crowded', occupancy: 0.96 }), ['96%', 'quasi pieno'], ['oltre i posti']],
		['full', siteNow('Gemelli', { standing: 'watch', reason: 'crowded', occupancy: 1 }), ['100%', 'oltre i posti'], ['quasi pieno']],
		['crowded', siteNow('Gemelli', { standing: 'watch', reason: 'crowded', occupancy: 1.02 }), ['102%', 'oltre i posti'], ['quasi pieno']],
		[
			'urgent waiting',
			siteNow('Galliera', { standing: 'watch', reason: 'urgent-waiting', occupancy: 0.51 }),
			['51% codici urgenti oltre il tempo'],
			[],
		],
		['a surge', siteNow('Galliera', { standing: 'watch', reason: 'surge', occupancy: 0.51 }), ['51% molti più arrivi del previsto'], []],
		[
			'on paper and limited to ambulances, with room for both',
			paperSite('Anzio', { occupancy: 1.02, diversion: { state: 'limited', at: literalNow, by: 'x' } }),
			['32 102% su carta 6 min · 118'],
			[],
		],
		['overcrowded', siteNow('Rieti', { standing: 'bad', reason: 'overcrowded', occupancy: 1.13 }), ['113%', 'oltre i posti'], []],
		['blind for 22 minutes', blindSite('Vannini'), ['nessun dato da 22 min'], ['%', 'Presenti']],
		['never heard', blindSite('Vannini', null), ['nessun dato ricevuto'], ['%', 'Presenti']],
		['begun, and not counted', fillingSite('Vannini'), ['serve un conteggio'], ['%', 'Presenti', 'nessun dato']],
		['begun, and counted', siteNow('Vannini', { fillingUntil: literalNow + MINUTE }), ['44', '69%', 'si riempie'], ['serve', '▲']],
		['on paper', paperSite('Anzio'), ['32', '79%', 'su carta 6 min'], []],
		['on paper, counted just now', paperSite('Anzio', { ageMs: 9000 }), ['su carta < 1 min'], []],
		['catching up', catchupSite('Anzio'), ['46', 'recupero 12 di 70'], ['▲']],
		['catching up, nothing to enter', catchupSite('Anzio', { backEntry: null }), ['46', 'recupero'], ['▲']],
		[
			'catching up with nobody to say how much',
			catchupSite('Anzio', { backEntry: { entered: 3, expected: null, left: null, isEstimate: false } }),
			['recupero 3'],
			['di'],
		],
		['without spaces', siteNow('Tivoli', { occupancy: null, spaces: null }), ['44'], ['%', 'NaN']],
		['with nobody present', siteNow('Subiaco', { present: 0, byCode: counts(0), occupancy: 0 }), ['0', '0%'], ['NaN']],
		['turned away', siteNow('Pertini', { diversion: { state: 'diverted', at: literalNow, by: 'x' } }), ['118 altrove'], []],
		['open to ambulances', siteNow('Pertini', { diversion: { state: 'open', at: literalNow, by: 'x' } }), ['44'], ['118']],
	])('%s', (_name, site, said, unsaid) => {
		const text = grid({ here: site });
		for (const one of said) expect(text).toContain(one);
		for (const one of unsaid) expect(text).not.toContain(one);
		expect(tileOf('here').dataset.standing).toBe(site.standing);
	});

	test('by shape as well as by colour: ▲, ◆, hatched, and none where all is well', () => {
		grid({ a: siteNow('A'), b: siteNow('B', { standing: 'watch', reason: 'crowded' }), c: siteNow('C', { standing: 'bad', reason: 'overcrowded' }) });
		expect(['a', 'b', 'c'].map((id) => tileOf(id).querySelector('[data-shape]')?.getAttribute('data-shape') ?? null)).toEqual([null, 'watch', 'bad']);
	});

	test('its bar has a part for each code that somebody has, those without a code as the sixth', () => {
		grid({ here: siteNow('Tivoli', { byCode: counts(1, 0, 13, 17, 4, 2) }) });
		expect([...tileOf('here').querySelectorAll('[data-code]')].map((one) => one.getAttribute('data-code'))).toEqual(['1', '3', '4', '5', 'none']);
		expect(tileOf('here').querySelector('[role="img"]')?.getAttribute('aria-label')).toBe(
			'codice 1: 1, codice 3: 13, codice 4: 17, codice 5: 4, senza codice: 2',
		);
	});

	test('of a blind one no figure is anywhere in the page, whatever it last said', () => {
		// Figures that nothing else on the page has, in case the judge or a tile let one through.
		const last = { present: 7171, byCode: counts(7272, 7373), occupancy: 74.74, waiting: 7575, boarding: 7676, arrivalsLastHour: 7777 };
		const figures = /7\.?[1-7]7[1-7]|7\.?474|\b7[1-7]7[1-7]/;
		const small = (site: SiteNow): string => {
			grid({ vannini: site, tivoli: siteNow('Tivoli') });
			return tileOf('vannini').outerHTML;
		};
		const large = (site: SiteNow): string => {
			show(<ErLarge id="vannini" isAlone room="wide" />, erNow({ vannini: site }));
			return tileOf('vannini').outerHTML;
		};
		for (const draw of [small, large]) {
			expect(draw({ ...blindSite('Vannini'), ...last })).not.toMatch(figures);
			// The same figures of one that is not blind are found.
			expect(draw(siteNow('Vannini', last))).toMatch(figures);
		}
		small({ ...blindSite('Vannini'), ...last });
		expect(tileOf('vannini').querySelector('[data-bar]')).toBeNull();
	});

	test('in English', () => {
		expect(grid({ a: blindSite('A'), b: paperSite('B'), c: catchupSite('C') }, 'en')).toMatch(
			/no data for 22 min.*on paper 6 min.*entered 12\/70|back-entry 12 of 70/,
		);
	});
});

describe('the grid', () => {
	test('thirty-nine in the plan’s order, whatever their standing; a flood of twenty moves none', () => {
		const ids = Object.keys(lazioSites());
		const calm = Object.fromEntries(ids.map((id) => [id, siteNow(id)]));
		const flood = Object.fromEntries(
			ids.map((id, i) => [id, i % 2 === 0 ? siteNow(id, { standing: 'bad', reason: 'overcrowded', occupancy: 1.4 }) : siteNow(id)]),
		);
		const shown = (): readonly (string | null)[] =>
			[...(staged?.place.querySelectorAll('[data-subject]') ?? [])].map((one) => one.getAttribute('data-subject'));
		grid(calm);
		expect(shown()).toEqual(ids.map((id) => `site/${id}`));
		staged?.show(withEr(erNow(flood)));
		expect(shown()).toEqual(ids.map((id) => `site/${id}`));
		expect(staged?.place.querySelectorAll('[data-standing="bad"]')).toHaveLength(20);
		expect(staged?.place.querySelector('[data-left]')).toBeNull();
	});

	test('says that the plan has none', () => {
		expect(grid({})).toContain('Il piano non elenca strutture');
	});

	// Columns × rows of a box in letters; 39 have room on the wall of 98 inches, and not on that of 55.
	test.each([
		[39, { width: 62.2, height: 23.9 }, 8, 39],
		[39, { width: 51.5, height: 16 }, 6, 17],
		[39, { width: 35, height: 8.7 }, 4, 7],
		[8, { width: 35, height: 8.7 }, 4, 8],
		[9, { width: 62.2, height: 23.9 }, 3, 9],
		[1, { width: 5, height: 2 }, 1, 1],
		[2, { width: 5, height: 2 }, 1, 0],
		[39, null, 8, 39],
	])('%i sites in %j', (many, size, columns, shown) => {
		const found = gridFor(many, size);
		expect([found.columns, found.shown]).toEqual([columns, shown]);
		expect(found.scale).toBeGreaterThanOrEqual(1);
	});
});

describe('places', () => {
	const rows = (text: string): readonly Placed[] =>
		[...text].map((one, i) => ({ id: `s${i}`, standing: ({ '.': 'good', w: 'watch', b: 'bad', '?': 'blind' } as const)[one] ?? 'good' }));

	test.each([
		['all have room: the plan’s order', '.w.b', 4, 's0 s1 s2 s3'],
		['those that need a decision first, in the plan’s order', '..w.b.?', 3, 's2 s4 s6'],
		['known faults before what is not known, before doubts', 'w?b.', 2, 's1 s2'],
		['with none, the first of the plan', '.....', 3, 's0 s1 s2'],
	])('%s', (_name, text, room, ids) => {
		expect(keepPlaces(null, rows(text), room, 0).ids.join(' ')).toBe(ids);
	});

	test('a newcomer takes the place of who left, the others keep theirs; at most once a minute', () => {
		const first = keepPlaces(null, rows('b.b.b..'), 3, 0);
		expect(first.ids).toEqual(['s0', 's2', 's4']);
		const soon = keepPlaces(first, rows('b...b.b'), 3, 59_000);
		expect(soon.ids).toEqual(['s0', 's2', 's4']);
		expect(keepPlaces(soon, rows('b...b.b'), 3, 60_000).ids).toEqual(['s0', 's6', 's4']);
	});

	test('a site that is no longer in the plan leaves at once', () => {
		const first = keepPlaces(null, rows('b.b'), 2, 0);
		expect(keepPlaces(first, rows('b.'), 1, 1000).ids).toEqual(['s0']);
	});
});

describe('sums', () => {
	test('say how many sites they count where not all do', () => {
		const text = show(<ErSumsTile />, erNow({ a: siteNow('A'), b: siteNow('B'), c: paperSite('C'), d: blindSite('D') }));
		// 44 + 44 + 32; 18 + 18; 3 + 3; 7 + 7 + 6; 6 + 6, expected 5.4 + 5.4
		expect(text).toContain('Presenti 120 3 di 4');
		expect(text).toContain('In attesa di visita 36 2 di 4');
		expect(text).toContain('Oltre il tempo 6 2 di 4');
		expect(text).toContain('In attesa di letto 20 3 di 4');
		expect(text).toContain('Arrivi in un’ora 12 attesi 11 2 di 4');
	});

	test('by code say how many sites they count, who may be fewer than report', () => {
		const said = (er: ErNow): string | undefined => {
			show(<ErSumsTile />, er);
			return staged?.place.querySelector('[data-code-sum="counted"] dd')?.textContent ?? undefined;
		};
		const er = erNow({ a: siteNow('A'), b: siteNow('B', { byCode: null }), c: siteNow('C'), d: blindSite('D') });
		expect(said(er)).toBe('2 di 4');
		expect(said(erNow({ a: blindSite('A'), b: blindSite('B') }))).toBe('0 di 2');
		expect(said(erNow({ a: siteNow('A'), b: siteNow('B') }))).toBeUndefined();
	});

	test('say nothing of it where all count', () => {
		expect(show(<ErSumsTile />, erNow({ a: siteNow('A'), b: siteNow('B') }))).not.toContain(' di 2');
	});

	test('by code, the sixth without a number', () => {
		show(<ErSumsTile />, erNow({ a: siteNow('A'), b: siteNow('B') }));
		const found = [...(staged?.place.querySelectorAll('[data-code-sum]') ?? [])].map((one) => (one.textContent ?? '').replace(/\s+/g, ' '));
		expect(found).toEqual(['12', '216', '326', '434', '58', 'senza codice2']);
	});

	test('with all blind there is no figure, not even 0', () => {
		const text = show(<ErSumsTile />, erNow({ a: blindSite('A'), b: blindSite('B') }));
		expect(text).toContain('Presenti — 0 di 2');
		expect(text.replaceAll('0 di 2', '').replace(/\b[1-5] —/g, '')).not.toMatch(/[0-9]/);
	});
});

describe('a large panel', () => {
	const large = (site: SiteNow, others: Readonly<Record<string, SiteNow>> = {}, language: Language = 'it'): string =>
		show(<ErLarge id="here" isAlone room="wide" />, erNow({ here: site, ...others }), language);

	test('who is present, who waits and for how long, by code against its target', () => {
		const text = large(siteNow('San Martino', { spaces: 64 }));
		expect(text).toContain('Presenti 44 69% di 64 posti');
		expect(text).toContain('In attesa di visita 18 oltre il tempo 3');
		expect(text).toContain('In attesa di letto 7 il più lungo 5:20');
		expect(text).toContain('Arrivi in un’ora 6 attesi 5');
		const rows = [...(staged?.place.querySelectorAll('[data-code-row]') ?? [])].map((one) =>
			[...one.querySelectorAll('td')].map((cell) => cell.textContent),
		);
		expect(rows).toEqual([
			['1', '0', 'subito', '0'],
			['8', '2', '15 min', '1'],
			['13', '5', '60 min', '1'],
			['17', '8', '120 min', '1'],
			['4', '2', '240 min', '0'],
			['1', '1', '—', '—'],
		]);
	});

	test('an estimate without all of its terms is n.d. and says which', () => {
		const terms = [
			{ name: 'respirators', value: null, from: 'missing', ageMs: null },
			{ name: 'beds', value: null, from: 'missing', ageMs: null },
		] as const;
		expect(large(siteNow('A', { nedocs: { value: null, band: null, terms } }))).toContain('NEDOCS · stimato n.d. mancano 2 valori');
		const stale = { value: null, band: null, terms: [{ name: 'physicians', value: null, from: 'stale', ageMs: 9e7 }] as const };
		expect(large(siteNow('A', { edwin: stale }))).toContain('EDWIN · stimato n.d. scaduto: medici in turno');
		const told = { value: 159.92, band: 'severely', terms: [] };
		expect(large(siteNow('A', { nedocs: told }))).toContain('NEDOCS · stimato 160 gravemente sovraffollato');
	});

	test('on paper: since when, how old, when the next count is due; what a count does not tell is no figure', () => {
		const text = large(paperSite('San Martino'));
		expect(text).toContain('su carta dalle 22:13 contati 6 min fa prossimo conteggio 02:22');
		expect(text).toContain('In attesa di visita — non nel conteggio');
		expect(large(paperSite('San Martino', { nextCountAt: literalNow - MINUTE }))).toContain('conteggio atteso alle 02:12');
	});

	test('while the feed fills: what is needed, or what is shown, and until when', () => {
		const text = large(fillingSite('San Martino'));
		expect(text).toContain('Il flusso si sta riempiendo serve un conteggio a mano completo dalle 08:43, fra 6:30');
		expect(text).toContain('In attesa di visita — ');
		expect(text).not.toContain('nessun dato');
		const counted = large(siteNow('A', { waiting: null, overTarget: null, fillingUntil: literalNow + 390 * MINUTE }));
		expect(counted).toContain('ultimo conteggio più arrivi meno uscite completo dalle 08:43, fra 6:30');
		expect(counted).toContain('In attesa di visita — non nel conteggio');
		expect(large(siteNow('A'))).not.toContain('riempi');
	});

	test('catching up: how much is entered and how much is left', () => {
		expect(large(catchupSite('San Martino'))).toContain('sistema tornato alle 01:58 registrati 12 di 70 moduli da registrare 58 di 70');
		expect(large(catchupSite('A', { backEntry: null }))).toMatch(/sistema tornato alle 01:58(?!.*registrati)/);
		const guessed = catchupSite('A', { backEntry: { entered: 12, expected: 70, left: 58, isEstimate: true } });
		expect(large(guessed)).toContain('stima dagli arrivi attesi');
	});

	test('its neighbours, in the plan’s order, the blind one without a figure', () => {
		const text = large(siteNow('San Martino', { neighbours: ['b', 'a', 'gone'] }), {
			a: blindSite('Gaslini'),
			b: siteNow('Galliera', { present: 28, occupancy: 0.78 }),
		});
		expect(text).toContain('Strutture vicine Galliera 28 78% Gaslini — nessun dato da 22 min');
	});

	test('its own system, as the night’s services have it', () => {
		const board = boardLiteral({ sites: { here: siteFacts('San Martino', 44, 64, { service: 'ps' }) } });
		expect(show(<ErLarge id="here" isAlone room="wide" />, erNow({ here: siteNow('San Martino') }), 'it', board)).toContain(
			'Sistema Pronto Soccorso ripristinato 01:42',
		);
	});

	test('nothing moves when it goes blind: the same figures, codes and trend in the same places', () => {
		const places = (site: SiteNow): readonly (string | undefined)[] => {
			large(site, { b: siteNow('Galliera') });
			return [...tileOf('here').querySelectorAll<HTMLElement>('[data-figure], [data-code-row], h3, [data-subject]')].map(
				(one) => one.dataset.figure ?? one.dataset.codeRow ?? one.dataset.subject ?? one.textContent ?? undefined,
			);
		};
		const near = { neighbours: ['b'] };
		expect(places(blindSite('San Martino', 22 * MINUTE, near))).toEqual(places(siteNow('San Martino', near)));
		expect([...tileOf('here').querySelectorAll('[data-figure] strong')].map((one) => one.textContent)).toHaveLength(6);
	});

	test('in English', () => {
		expect(large(paperSite('San Martino'), {}, 'en')).toContain('on paper since 22:13 counted 6 min ago next count 02:22');
	});
});

describe('which are shown large', () => {
	const site = (service: string | null, ...neighbours: string[]) => ({ service, neighbours });
	test.each<[string, Readonly<Record<string, ReturnType<typeof site>>>, string | null, readonly string[] | null]>([
		['one', { a: site(null) }, null, ['a']],
		['three', { a: site(null), b: site(null), c: site(null) }, null, ['a', 'b', 'c']],
		['four', { a: site(null), b: site(null), c: site(null), d: site(null) }, null, null],
		[
			'the one that is moved, with its neighbours beside it',
			{ a: site('ps', 'b', 'c', 'd', 'e'), b: site(null), c: site(null), d: site(null), e: site(null) },
			null,
			['a'],
		],
		[
			'the only one that has neighbours, though the plan names no system of its own',
			{ a: site(null, 'b', 'c', 'd'), b: site(null), c: site(null), d: site(null) },
			null,
			['a'],
		],
		[
			'two that have neighbours and no system of their own',
			{ a: site(null, 'b', 'c', 'd'), b: site(null, 'a'), c: site(null), d: site(null) },
			null,
			null,
		],
		['a moved one among strangers', { a: site('ps', 'b'), b: site(null), c: site(null), d: site(null) }, null, null],
		['one that was asked for', { a: site(null), b: site(null), c: site(null), d: site(null) }, 'c', ['c']],
		['one that was asked for and is not there', { a: site(null), b: site(null), c: site(null), d: site(null) }, 'x', null],
		['none', {}, null, null],
	])('%s', (_name, sites, wished, focus) => {
		expect(focusOf(sites, wished)).toEqual(focus);
	});
});

test('a quarter of an hour without data is a gap in the trend, and no data at all is no trend', () => {
	const last = Math.floor(literalNow / 900_000);
	const found = erTrend({ [last]: [1, 2, 3, 4, 5, 6], [last - 2]: [0, 1] }, literalNow, 1);
	expect(found?.columns.map(({ byCode }) => byCode)).toEqual([null, [0, 1, 0, 0, 0, 0], null, [1, 2, 3, 4, 5, 6]]);
	expect(found?.top).toBe(21);
	expect(erTrend({ [last - 4]: [9] }, literalNow, 1)).toBeNull();
});

describe('the whole wall', () => {
	test('of those who report says how many are on paper; a count that is too old is none', () => {
		const old = paperSite('B', { standing: 'blind', reason: 'paper-stale', present: null });
		const told = (site: SiteNow): string => show(<WallErView />, erNow({ a: siteNow('A'), b: site, c: siteNow('C'), d: siteNow('D') }));
		expect(told(paperSite('B'))).toMatch(/^Pronto Soccorso · Lazio 4 di 4 strutture danno dati di cui su carta: 1 PROVA/);
		expect(told(old)).toMatch(/^Pronto Soccorso · Lazio 3 di 4 strutture danno dati PROVA/);
	});

	test('says whose rooms, how many report, the time, and PROVA', () => {
		const text = show(<WallErView />, erNow({ a: siteNow('A'), b: blindSite('B'), c: siteNow('C'), d: paperSite('D') }));
		expect(text).toMatch(/^Pronto Soccorso · Lazio 3 di 4( strutture danno dati di cui su carta: 1)? PROVA T\+7:13:45 02:13:45 CEST/);
	});

	test('a plan without sites says so', () => {
		staged = stageTile(<WallErView />, stateOf(boardLiteral()));
		expect(staged.text()).toContain('Il piano non elenca strutture di Pronto Soccorso');
	});

	test('silence of the facts themselves makes all blind: every tile hatched, no sum', () => {
		const board = boardLiteral({ sites: lazioSites(() => silentCensus(30)), region: 'Lazio' });
		staged = stageTile(<WallErView />, stateOf(board));
		expect(staged.place.querySelectorAll('[data-tile="er-grid"] [data-standing="blind"]')).toHaveLength(39);
		expect(staged.text()).toContain('0 di 39');
		expect(staged.place.querySelectorAll('[data-tile="er-grid"] [data-bar]')).toHaveLength(0);
	});

	test('an emergency room that is too full is not called broken', () => {
		const board = boardLiteral({ sites: { a: siteFacts('Pronto Soccorso A', 60, 40) } });
		staged = stageTile(<FootStripTile />, stateOf(board));
		expect(staged.text()).toMatch(/critico ?Pronto Soccorso A: oltre i posti/);
	});
});
