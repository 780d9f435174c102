// Visits whose end nobody tells: when they are given up, what brings them back, and how long they are remembered.
import { describe, expect, it, test } from 'vitest';
import { openCensus, type Taken } from '../../server/domain/er-census.ts';
import type { ErEvent } from '../../server/domain/er-event.ts';
import type { KeptRow } from '../../server/domain/er-row.ts';
import { addTo, type Cells, cellsTold, events, instant, lapsesAfter } from './er-play.ts';

const NOW = instant('24:00');

describe('a visit whose end nobody tells', () => {
	const HOUR = 3_600_000;
	type Step = readonly ErEvent[] | { readonly lapse: number };
	/** `at 22:00` is the look for who is silent; of site a it takes 12 hours, elsewhere 36. */
	const stepsOf = (text: string): Step[] =>
		text.split('|').map((step) => (step.trim().startsWith('at ') ? { lapse: instant(step.trim().slice(3)) } : events(step)));

	/** Each step twice: dropped, then taken anew and kept; with a restart after each where it is told to. */
	function after(text: string, isRestarting: boolean) {
		const rows = new Map<string, KeptRow>();
		const cells: Cells = new Map();
		let census = openCensus([], lapsesAfter);
		for (const step of stepsOf(text)) {
			const said = (): Taken => ('lapse' in step ? census.lapse(step.lapse) : census.take(step, NOW));
			const dropped = said();
			census.drop();
			const { sites, visits, gone } = said();
			expect({ sites, visits, gone }).toEqual({ sites: dropped.sites, visits: dropped.visits, gone: dropped.gone });
			census.keep();
			addTo(cells, sites);
			for (const key of gone) rows.delete(key);
			for (const row of visits) rows.set(row.visit, row);
			if (isRestarting) census = openCensus([...rows.values()], lapsesAfter);
		}
		return { cells: cellsTold(cells), rows: [...rows.values()].map(({ visit, forgetAfter }) => [visit, forgetAfter]) };
	}

	const forgotten = instant('22:00') + 48 * HOUR;
	test.each<readonly [name: string, text: string, cells: readonly string[], forgetAfter: readonly (number | null)[]]>([
		['stays for as long as it may be silent', 'arrive 10:00 3 | at 21:59', ['a arrivals 3 10:00', 'a waiting 3 10:00'], [null]],
		['lapses then: no departure, no stay', 'arrive 10:00 3 | at 22:00', ['a arrivals 3 10:00', 'a lapsed 3 22:00'], [forgotten]],
		['lapses from a bay', 'arrive 10:00; transfer 10:00 treatment | at 22:00', ['a arrivals none 10:00', 'a lapsed none 22:00'], [forgotten]],
		['lapses from observation', 'arrive 10:00; transfer 10:00 observation | at 22:00', ['a arrivals none 10:00', 'a lapsed none 22:00'], [forgotten]],
		['lapses while it boards', 'arrive 9:00; pend 10:00 | at 22:00', ['a arrivals none 09:00', 'a lapsed none 22:00'], [forgotten]],
		['is as old as its newest word', 'arrive 10:00; update 10:01 2 | at 22:00', ['a arrivals 2 10:00', 'a waiting 2 10:00'], [null]],
		['is as old as when that was said', 'arrive 10:00 sent=10:30 | at 22:00', ['a arrivals none 10:00', 'a waiting none 10:00'], [null]],
		['lapses once', 'arrive 10:00 | at 22:00 | at 23:00', ['a arrivals none 10:00', 'a lapsed none 22:00'], [forgotten]],
		['lapses by its own site', 'arrive 10:00 /b | at 45:59', ['b arrivals none 10:00', 'b waiting none 10:00'], [null]],
		[
			'does not where it has left',
			'arrive 10:00; leave 10:30 | at 60:00',
			['a arrivals none 10:00', 'a departures none 10:30', 'a stays none 10:30 30min'],
			[instant('58:30')],
		],
		['does not where it never was', 'arrive 10:00; erase 10:30 | at 60:00', [], [instant('58:30')]],
		['is back with a later word', 'arrive 10:00 | at 22:00 | transfer 22:30 treatment', ['a arrivals none 10:00', 'a treatment none -'], [null]],
		[
			'is back with a later word that changes no place',
			'arrive 10:00 | at 22:00 | update 22:30',
			['a arrivals none 10:00', 'a waiting none 10:00'],
			[null],
		],
		['is not back with a repeat', 'arrive 10:00 | at 22:00 | arrive 10:00', ['a arrivals none 10:00', 'a lapsed none 22:00'], [forgotten]],
		[
			'is not back with what was said before, but as it tells',
			'arrive 10:00 | at 23:00 | update 10:20 2',
			['a arrivals 2 10:00', 'a lapsed 2 23:00'],
			[instant('23:00') + 48 * HOUR],
		],
		[
			'lapses again',
			'arrive 10:00 | at 22:00 | update 22:30 | at 34:30',
			['a arrivals none 10:00', 'a lapsed none 10:30'],
			[instant('34:30') + 48 * HOUR],
		],
		[
			'leaves when it left, where its end is told late',
			'arrive 10:00 | at 22:00 | leave 11:00 sent=23:00 home',
			['a arrivals none 10:00', 'a departures none 11:00', 'a stays none 11:00 60min'],
			[instant('59:00')],
		],
		[
			'leaves also by an end that was under way',
			'arrive 9:00; update 10:00 | at 22:00 | leave 9:30 home',
			['a arrivals none 09:00', 'a departures none 09:30', 'a stays none 09:30 30min'],
			[instant('57:30')],
		],
		['never was, where that is told late', 'arrive 10:00 | at 22:00 | erase 23:00', [], [instant('71:00')]],
		[
			'is back where the late end is taken back',
			'arrive 10:00 | at 22:00 | leave 11:00 sent=23:00 | cancel-leave 23:05',
			['a arrivals none 10:00', 'a waiting none 10:00'],
			[null],
		],
		[
			'a double goes with the visit that it is merged into',
			'arrive 10:00; arrive 21:00 #B | at 22:00 | merge-visit 22:30 >B',
			['a arrivals none 10:00', 'a waiting none 10:00'],
			[null],
		],
		[
			'merged, two that lapsed are one that lapsed',
			'arrive 10:00; arrive 10:00 #B | at 22:00 | merge-visit 22:30 >B',
			['a arrivals none 10:00', 'a lapsed none 22:00'],
			[forgotten],
		],
		[
			'of two silences that are one visit’s now, the one that needs the newer word to end it stands',
			'arrive 10:00; arrive 10:00 #B /b | at 46:00 | merge-visit 10:30 >B | update 20:00',
			['a arrivals none 10:00', 'a departures none 10:00', 'a stays none 10:00 0min', 'b arrivals none 10:00', 'b lapsed none 22:00'],
			[instant('46:00') + 48 * HOUR],
		],
		[
			'a merge says of nobody that he is still here',
			'arrive 10:00; merge-visit 12:00 >B | at 22:00',
			['a arrivals none 10:00', 'a lapsed none 22:00'],
			[forgotten],
		],
		[
			'a number that was given up brings it back',
			'arrive 10:00; merge-visit 10:00 >B | at 22:00 | transfer 22:30 treatment',
			['a arrivals none 10:00', 'a treatment none -'],
			[null],
		],
		[
			'the stay before it, elsewhere, was a departure',
			'arrive 9:00 /b; transfer 10:00 waiting | at 22:00',
			['a arrivals none 10:00', 'a lapsed none 22:00', 'b arrivals none 09:00', 'b departures none 10:00', 'b stays none 10:00 60min'],
			[forgotten],
		],
	])('%s', (_, text, cells, forgetAfter) => {
		for (const isRestarting of [false, true]) {
			const found = after(text, isRestarting);
			expect(found.cells).toEqual(cells);
			expect(found.rows.map(([, at]) => at)).toEqual(forgetAfter);
		}
	});

	it('is no word of its site: its changes are as old as nothing', () => {
		const census = openCensus([], lapsesAfter);
		census.take(events('arrive 10:00 3'), NOW);
		census.keep();
		expect(census.lapse(instant('22:00:30')).sites).toEqual([
			{
				site: 'a',
				heardAt: null,
				changes: [
					['waiting', '3', instant('10:00') / 60_000, -1],
					['lapsed', '3', instant('22:00') / 60_000, 1],
				],
			},
		]);
	});

	it('is forgotten 48 hours after it lapsed, with no change of a cell', () => {
		const census = openCensus([], lapsesAfter);
		census.take(events('arrive 10:00'), NOW);
		census.keep();
		census.lapse(instant('22:00'));
		census.keep();
		expect(census.take([], instant('70:00')).gone).toEqual([]);
		census.keep();
		expect(census.take([], instant('70:02'))).toMatchObject({ gone: ['A'], sites: [] });
	});

	it('is decided on before the next batch', () => {
		const census = openCensus([], lapsesAfter);
		census.lapse(NOW);
		expect(() => census.take(events('arrive 10:00'), NOW)).toThrow('neither kept nor dropped');
	});
});
