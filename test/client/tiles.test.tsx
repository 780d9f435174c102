// @vitest-environment happy-dom
// Every tile from board literals: all of them draw, none confirms anything that it cannot see.

import type { ComponentType } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { emptyBoard } from '../../shared/board.ts';
import { accessOf, deskOf, nightOf, peopleOf } from '../../shared/words/desk-words.ts';
import { en } from '../../shared/words/en.ts';
import { erDeskWordsOf } from '../../shared/words/er-desk-words.ts';
import { it } from '../../shared/words/it.ts';
import { archiveLiteral, boardLiteral, figure, literalNow, serviceLiteral, windowEnd, withSilentArchive } from '../kit/board-literal.ts';
import { lazioBodies, siteFacts } from '../kit/er-literal.ts';
import { forecastLiteral } from '../kit/night-literal.ts';
import { type Staged, stageTile, stateOf } from './stage-tile.tsx';

const MINUTE = 60_000;
const modules = import.meta.glob<Record<string, unknown>>('../../client/tiles/*.tile.tsx', { eager: true });

const tiles = new Map(
	Object.entries(modules).map(([path, module]) => {
		const name = path.replace(/^.*\/(.*)\.tile\.tsx$/, '$1');
		const wanted = `${name.replace(/(^|-)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase())}Tile`;
		return [name, module[wanted] as ComponentType] as const;
	}),
);

/** The literal with emergency rooms, bodies and bookings, so that every tile has something to tell. */
const whole = boardLiteral({
	region: 'Lazio',
	bodies: lazioBodies,
	sites: { ps: siteFacts('Pronto Soccorso', 40, 50) },
	services: {
		...boardLiteral().services,
		recup: serviceLiteral('RECUP', 4, {
			figures: { up: figure(1), bookings: figure(41_230) },
			bookings: { expected: Array.from({ length: 24 }, () => 3000), growth: [97.2, literalNow - 2000], byHour: {} },
		}),
	},
});

let staged: Staged | null = null;
afterEach(() => staged?.close());

function draw(name: string, ...[state, language]: [Parameters<typeof stageTile>[1], 'it' | 'en'] | [Parameters<typeof stageTile>[1]]): Staged {
	const Tile = tiles.get(name);
	if (Tile === undefined) throw new Error(`no tile ${name} with a component of its name`);
	staged = stageTile(<Tile />, state, language ?? 'it');
	return staged;
}

const confirmed = (place: HTMLElement) => place.querySelectorAll('[data-shape="confirmed"]').length;

describe.each([...tiles.keys()])('tile %s', (name) => {
	test.each(['it', 'en'] as const)('draws the literal in %s', (language) => {
		expect(draw(name, stateOf(whole), language).text()).not.toBe('');
	});

	test('draws an empty board and the time before any board, without an error', () => {
		const { text, show } = draw(name, stateOf(emptyBoard));
		expect(text()).not.toContain(it.tile.failed);
		show({ judged: null, followed: null, pace: null });
		expect(text()).not.toContain(it.tile.failed);
	});

	test('says no word of confirmation after an hour of silence', () => {
		const { place, show } = draw(name, stateOf(whole));
		show(stateOf(whole, literalNow + 60 * MINUTE));
		// The phases of the timeline are marks of people, not readings: they stay reached.
		if (name !== 'timeline') expect(confirmed(place)).toBe(0);
	});
});

test('archives: a silent one is hatched, worded, aged, keeps its last value and loses the teal', () => {
	const { place } = draw('archives', stateOf(withSilentArchive(boardLiteral(), 'amb-db', 22 * MINUTE)));
	const row = place.querySelector('[data-subject="archive/amb-db"]');
	expect(row?.getAttribute('data-standing')).toBe('blind');
	expect(row?.textContent).toContain('nessun dato da 22 min');
	expect(row?.textContent).toContain('2,75 / 2,75 TB');
	expect(row?.textContent).toContain('99 %');
	expect(row?.querySelector('[data-bar="blind"]')).not.toBeNull();
	expect(row?.querySelector('[data-shape="confirmed"]')).toBeNull();
	expect(confirmed(place)).toBe(1);
});

test('archives: what needs a decision stands first, and the done are counted', () => {
	const { place, text } = draw('archives', stateOf(withSilentArchive(boardLiteral(), 'ps-immagini', 22 * MINUTE)));
	const order = [...place.querySelectorAll('[data-subject]')].map((row) => row.getAttribute('data-subject'));
	expect(order.slice(0, 2)).toEqual(['archive/ps-immagini', 'archive/amb-referti']);
	expect(text()).toContain('2 di 6 già verificati');
});

test('moved: a whole total has no decimals', () => {
	const board = boardLiteral();
	const one = archiveLiteral({ label: 'Uno', total: 150, moved: 100.3, verified: 55.2 });
	expect(draw('moved', stateOf({ ...board, archives: { one } })).text()).toMatch(/100,3 di 150 TB ?verificati 55,2/);
});

test('moved: one silent input veils the sum and is named', () => {
	const { place, text } = draw('moved', stateOf(withSilentArchive(boardLiteral(), 'ps-immagini', 22 * MINUTE)));
	expect(place.querySelector('[data-tile="moved"]')?.getAttribute('data-standing')).toBe('blind');
	expect(text()).toContain('Immagini PS, 22 min fa');
	expect(text()).toContain('32,3');
});

test('moved: what never reported is not 0, and is said not to be counted', () => {
	const board = boardLiteral();
	const silent = { ...board.archives['cce-db'], figures: {}, rate: null };
	const { text } = draw('moved', stateOf({ ...board, archives: { ...board.archives, 'cce-db': silent as never } }));
	expect(text()).toContain('5 di 6 contati');
	expect(text()).toContain('mai letto');
});

test('services: ✓ only where given back by a person and answering on the new side', () => {
	const services = {
		given: serviceLiteral('Ridato', 1, { restoredAt: literalNow - MINUTE }),
		answering: serviceLiteral('Risponde', 2),
		planned: serviceLiteral('Previsto', 4, { figures: { up: [0, literalNow - 2000, literalNow - 2000] }, state: 'down' }),
		silent: serviceLiteral('Muto', 3, {
			restoredAt: literalNow - MINUTE,
			figures: { up: [1, literalNow - 22 * MINUTE, literalNow - 22 * MINUTE] },
		}),
	};
	const { place } = draw('services', stateOf(boardLiteral({ services })));
	expect(confirmed(place)).toBe(1);
	expect(place.querySelector('[data-subject="service/silent"]')?.textContent).toContain('nessun dato da 22 min');
	expect(place.querySelector('[data-subject="service/planned"]')?.textContent).toContain('fermo previsto');
	expect(place.querySelector('[data-subject="service/given"]')?.textContent).toContain('ripristinato 02:12');
});

test('sources: a source that does not answer leaves its other lamps unknown, and says why', () => {
	const board = boardLiteral();
	const rclone = board.sources.rclone;
	const { place } = draw('sources', stateOf({ ...board, sources: { rclone: { ...rclone, why: 'timeout', failingSince: literalNow } as never } }));
	expect([...place.querySelectorAll('[data-lamp]')].map((lamp) => lamp.getAttribute('data-lamp'))).toEqual(['no', 'unknown', 'unknown']);
	expect(place.textContent).toContain('tempo scaduto');
});

test.each([
	['says that it is down', { beat: 0 as const }, 'dice di non funzionare'],
	['does not advance', { advancedAt: literalNow - 3_600_000 }, 'non avanza'],
])('sources: one that answers and %s says why it is not well', (_what, rest, said) => {
	const board = boardLiteral();
	const { place } = draw('sources', stateOf({ ...board, sources: { rclone: { ...board.sources.rclone, ...rest } as never } }));
	const row = place.querySelector('[data-subject="source/rclone"]');
	expect(row?.getAttribute('data-standing')).not.toBe('good');
	expect(row?.querySelector('[data-lamp]')?.getAttribute('data-lamp')).toBe('yes');
	expect(row?.textContent).toContain(said);
});

describe('truth strip', () => {
	test('rehearsal, T+ and the zone stand there', () => {
		const { text } = draw('truth-strip', stateOf(boardLiteral()));
		for (const part of ['San Martino', 'PROVA', 'T+7:13:45', '02:13:45', 'CEST', '0,4 s']) expect(text()).toContain(part);
	});

	test('lost link, wrong clock, merged updates and a journal that cannot write are said', () => {
		const state = stateOf(boardLiteral(), literalNow, {
			link: 'offline',
			merged: 12,
			journal: { writes: false, since: 0 },
			pace: { now: literalNow, streamAgeMs: 42_000, skewMs: -8200, speed: 60 },
		});
		const { text } = draw('truth-strip', state);
		for (const part of ['collegamento perso 42 s', '8 s di differenza', '12 aggiornamenti uniti', it.strip.journal, 'velocità ×60'])
			expect(text()).toContain(part);
	});

	test('before any board nothing is called fresh, and nothing quiet', () => {
		const before = { judged: null, followed: null, pace: null };
		const strip = draw('truth-strip', before);
		expect(strip.place.querySelector('[data-stream="fresh"]')).toBeNull();
		expect(strip.text()).toContain(it.strip.connecting);
		strip.close();
		expect(draw('foot-strip', before).text()).toBe('—');
	});

	test('a live night carries no badge', () => {
		expect(draw('truth-strip', stateOf(boardLiteral({ rehearsal: false }))).text()).not.toContain('PROVA');
	});
});

test('foot strip: quiet when there is nothing, else the worst with its word and count', () => {
	const quiet = boardLiteral({ archives: {}, services: {}, sources: {}, tasks: {}, gates: {}, lanes: {} });
	const { text, show } = draw('foot-strip', stateOf(quiet));
	expect(text()).toBe(it.worst.nothing);
	show(stateOf(withSilentArchive(boardLiteral(), 'ps-immagini', 22 * MINUTE)));
	expect(text()).toContain('Immagini PS: nessun dato da 22 min');
	// The silent archive; the slow one, and the two tasks that its stream is late with.
	expect(text()).toContain('1 di 4 segnalazioni');
});

test('foot strip: what the night asks is critical, not broken; what is read is', () => {
	const quiet = { archives: {}, services: {}, sources: {}, tasks: {}, gates: {}, lanes: {} };
	const late: [number, number, number] = [windowEnd + 12 * MINUTE, windowEnd + 20 * MINUTE, windowEnd + 30 * MINUTE];
	const { text, show } = draw('foot-strip', stateOf(boardLiteral({ ...quiet, forecast: forecastLiteral({ finish: late }) })));
	expect(text()).toMatch(/critico.*la fine prevista è oltre la finestra/);
	const down = serviceLiteral('CUP', 1, { figures: { up: figure(0) }, planned: [] });
	show(stateOf(boardLiteral({ ...quiet, services: { down } })));
	expect(text()).toMatch(/guasto ?CUP: /);
});

test('no tile leaves a place of its words unfilled', () => {
	for (const name of tiles.keys()) {
		const { text, close } = draw(name, stateOf(whole), 'en');
		expect(text()).not.toMatch(/\{\w+\}/);
		close();
	}
	staged = null;
});

test('both languages have the same places in the same sentences', () => {
	const places = (words: object): string =>
		JSON.stringify(words, (_key, value) =>
			typeof value === 'string'
				? (value
						.match(/(?<=\{)\w+(?=\})/g)
						?.sort()
						.join(' ') ?? '')
				: value,
		);
	expect(places(en)).toBe(places(it));
	expect(places(deskOf({ tag: 'en' }))).toBe(places(deskOf({ tag: 'it' })));
	expect(places(accessOf({ tag: 'en' }))).toBe(places(accessOf({ tag: 'it' })));
	expect(places(nightOf({ tag: 'en' }))).toBe(places(nightOf({ tag: 'it' })));
	expect(places(peopleOf({ tag: 'en' }))).toBe(places(peopleOf({ tag: 'it' })));
	expect(places(erDeskWordsOf('en'))).toBe(places(erDeskWordsOf('it')));
});
