// The census by batches: what each changes in the sites' cells, what stands, what is forgotten, and how much is kept.
import { describe, expect, it } from 'vitest';
import { openCensus } from '../../server/domain/er-census.ts';
import { WORDS_A_VISIT } from '../../server/domain/er-compact.ts';
import type { KeptRow } from '../../server/domain/er-row.ts';
import type { CensusChange } from '../../shared/er.ts';
import { addTo, type Cells, cellsTold, censusOf, clock, events, instant, lapsesAfter } from './er-play.ts';

const NOW = instant('24:00');

/** Batches are parted by `|`. */
const batchesOf = (text: string) => text.split('|').map(events);

type Row = readonly [name: string, batches: string, cells: readonly string[]];
const rows: readonly Row[] = [
	['waits by the minute of arrival', 'arrive 10:00:40 3', ['a arrivals 3 10:00', 'a waiting 3 10:00']],
	['in a bay no minute is counted', 'arrive 10:00 3 | transfer 10:20 treatment', ['a arrivals 3 10:00', 'a treatment 3 -']],
	['boards by the minute of the decision', 'arrive 10:00 | admit 12:00', ['a arrivals none 10:00', 'a boarding none 12:00']],
	['a code told later moves the arrival and the place', 'arrive 10:00 | update 10:10 2', ['a arrivals 2 10:00', 'a waiting 2 10:00']],
	[
		'a departure and the length of the stay',
		'arrive 10:00 4 | leave 13:05 home',
		['a arrivals 4 10:00', 'a departures 4 13:05', 'a stays 4 13:05 185min'],
	],
	[
		'left before the visit',
		'arrive 10:00 5 | leave 11:00 unseen',
		['a arrivals 5 10:00', 'a departures 5 11:00', 'a stays 5 11:00 60min', 'a unseen 5 11:00'],
	],
	[
		'a corrected arrival moves the length of the stay',
		'arrive 10:00 | leave 11:00 | update 10:30 began=09:00',
		['a arrivals none 09:00', 'a departures none 11:00', 'a stays none 11:00 120min'],
	],
	['an end taken back', 'arrive 10:00 | leave 11:00 unseen | cancel-leave 11:05', ['a arrivals none 10:00', 'a waiting none 10:00']],
	['erased: nothing of it is left', 'arrive 10:00 2 | leave 11:00 | erase 11:05', []],
	['an end of an unknown visit: a departure, no arrival, no stay', 'leave 11:00 home', ['a departures none 11:00']],
	[
		'an end of an unknown visit that tells its beginning',
		'leave 11:00 home began=10:00',
		['a arrivals none 10:00', 'a departures none 11:00', 'a stays none 11:00 60min'],
	],
	['the arrival comes after the end', 'leave 11:00 home | arrive 10:00 3', ['a arrivals 3 10:00', 'a departures 3 11:00', 'a stays 3 11:00 60min']],
	[
		'from one emergency room to another',
		'arrive 10:00 3 | transfer 11:00 waiting /b',
		['a arrivals 3 10:00', 'a departures 3 11:00', 'a stays 3 11:00 60min', 'b arrivals 3 11:00', 'b waiting 3 11:00'],
	],
	[
		'to a ward that nobody names, told to every site of the sender',
		'arrive 10:00 | transfer 11:00 elsewhere; transfer 11:00 elsewhere /b; transfer 11:00 elsewhere /c',
		['a arrivals none 10:00', 'a departures none 11:00', 'a stays none 11:00 60min'],
	],
	['told to every site, of somebody who was at none', 'transfer 11:00 elsewhere; transfer 11:00 elsewhere /b', []],
	['an update of somebody of whom no arrival was told: present, no arrival', 'update 10:05 3', ['a waiting 3 10:05']],
	['a move of such a one', 'transfer 10:05 treatment', ['a treatment none -']],
	['an admission of such a one', 'admit 10:05', ['a boarding none 10:05']],
	['its end is a departure, and of no known stay', 'update 10:05 3 | leave 11:00 home', ['a departures 3 11:00']],
	['its arrival, told later, counts where it belongs', 'update 10:05 3 | arrive 09:50 sent=10:10', ['a arrivals 3 09:50', 'a waiting 3 09:50']],
	['two visits of one minute', 'arrive 10:00 3; arrive 10:00 3 #B', ['a arrivals 3 10:00 ×2', 'a waiting 3 10:00 ×2']],
	['both present, then merged: one', 'arrive 10:00 | arrive 10:10 #B | merge-visit 10:30 >B', ['a arrivals none 10:00', 'a waiting none 10:00']],
	['merged in the batch that brings both', 'arrive 10:00; arrive 10:10 #B; merge-visit 10:30 >B', ['a arrivals none 10:00', 'a waiting none 10:00']],
	[
		'merged before either is known',
		'merge-visit 10:30 >B | arrive 10:00 | arrive 10:10 #B | leave 11:00 home',
		['a arrivals none 10:00', 'a departures none 11:00', 'a stays none 11:00 60min'],
	],
	[
		'merged twice over, in a circle',
		'arrive 10:00; arrive 10:01 #B; arrive 10:02 #C | merge-visit 10:30 >B | merge-visit 10:31 #B >C | merge-visit 10:32 #C >A',
		['a arrivals none 10:00', 'a waiting none 10:00'],
	],
	['merged into itself: nothing', 'arrive 10:00 | merge-visit 10:30 >A', ['a arrivals none 10:00', 'a waiting none 10:00']],
	[
		'a number made of the person’s goes on under another when the person does',
		'arrive 10:05 @P began=10:00 | merge-patient 10:30 @P >Q | transfer 11:00 treatment #B @Q began=10:00',
		['a arrivals none 10:00', 'a treatment none -'],
	],
	[
		'the same, and the merge comes last',
		'arrive 10:05 @P began=10:00 | leave 11:00 home #B @Q began=10:00 | merge-patient 10:30 @P >Q',
		['a arrivals none 10:00', 'a departures none 11:00', 'a stays none 11:00 60min'],
	],
	[
		'the same, by way of a third',
		'arrive 10:00 @P began=10:00 | arrive 10:00 #B @Q began=10:00 | merge-patient 10:30 @P >R | merge-patient 10:31 @R >Q',
		['a arrivals none 10:00', 'a waiting none 10:00'],
	],
	[
		'persons merged that arrived at different times stay two visits',
		'arrive 10:00 @P began=10:00 | arrive 10:05 #B @Q began=10:05 | merge-patient 10:30 @P >Q',
		['a arrivals none 10:00', 'a arrivals none 10:05', 'a waiting none 10:00', 'a waiting none 10:05'],
	],
	[
		'persons merged that are at different sites stay two visits',
		'arrive 10:00 @P began=10:00 | arrive 10:00 #B @Q began=10:00 /b | merge-patient 10:30 @P >Q',
		['a arrivals none 10:00', 'a waiting none 10:00', 'b arrivals none 10:00', 'b waiting none 10:00'],
	],
	[
		'others of the same instant stay two visits',
		'arrive 10:00 @P began=10:00 | arrive 10:00 #B @Q began=10:00 | merge-patient 10:30 @P >R',
		['a arrivals none 10:00 ×2', 'a waiting none 10:00 ×2'],
	],
	[
		'a patient’s merge moves nobody',
		'arrive 10:00; arrive 10:10 #B | merge-patient 10:30 @Q >P',
		['a arrivals none 10:00', 'a arrivals none 10:10', 'a waiting none 10:00', 'a waiting none 10:10'],
	],
	[
		'merged across sites: it is where it went last',
		'arrive 10:00 | arrive 10:30 #B /b | merge-visit 10:40 >B',
		['a arrivals none 10:00', 'a departures none 10:30', 'a stays none 10:30 30min', 'b arrivals none 10:30', 'b waiting none 10:30'],
	],
];

describe('batches', () => {
	it.each(rows)('%s', (_, text, cells) => {
		const batches = batchesOf(text);
		const all = batches.flat();
		expect(cellsTold(censusOf(batches))).toEqual(cells);
		expect(cellsTold(censusOf([all]))).toEqual(cells);
		expect(cellsTold(censusOf(all.toReversed().map((one) => [one])))).toEqual(cells);
		expect(cellsTold(censusOf([...batches, all, ...batches]))).toEqual(cells);
	});
});

describe('what stands', () => {
	it('is nothing of a batch that was dropped', () => {
		const census = openCensus([], lapsesAfter);
		const [first, second] = [events('arrive 10:00 3'), events('transfer 10:20 treatment')];
		const before = census.take(first, NOW);
		census.drop();
		expect(census.take(first, NOW)).toEqual(before);
		census.keep();
		const moved = census.take(second, NOW);
		census.drop();
		expect(census.take(second, NOW)).toEqual(moved);
		expect(moved.sites[0]?.changes).toEqual([
			['waiting', '3', instant('10:00') / 60_000, -1],
			['treatment', '3', null, 1],
		] satisfies CensusChange[]);
	});

	it('is decided on before the next batch', () => {
		const census = openCensus([], lapsesAfter);
		census.take(events('arrive 10:00'), NOW);
		expect(() => census.take(events('arrive 10:00'), NOW)).toThrow('neither kept nor dropped');
	});

	it('is said of a site that was heard, also where nothing changed', () => {
		const census = openCensus([], lapsesAfter);
		census.take(events('arrive 10:00 sent=10:01'), NOW);
		census.keep();
		expect(census.take(events('arrive 10:00 sent=10:01; update 10:02 sent=10:07'), NOW).sites).toEqual([
			{ site: 'a', heardAt: instant('10:07'), changes: [] },
		]);
	});

	it('makes no site look heard by a word of a place elsewhere about somebody who was not in it', () => {
		const census = openCensus([], lapsesAfter);
		census.take(events('arrive 10:00'), NOW);
		census.keep();
		const { sites } = census.take(events('transfer 11:00 elsewhere sent=11:02; transfer 11:00 elsewhere sent=11:02 /b'), NOW);
		expect(sites.map(({ site, heardAt }) => `${site} ${clock(heardAt)}`)).toEqual(['a 11:02']);
	});

	it.each([
		['of somebody who was never in it', 'transfer 11:00 elsewhere #W; update 11:05 elsewhere #W', '10:00'],
		['of its end too', 'leave 11:00 elsewhere #W', '10:00'],
		['of numbers that are merged in a ward', 'merge-visit 11:00 #W >V; merge-patient 11:01 #W @P >Q', '10:00'],
		['of somebody who is here', 'update 11:00 elsewhere', '11:00'],
		['of somebody who has left it', 'leave 10:30 home | update 11:00 elsewhere', '11:00'],
		['of somebody who is another’s', 'arrive 10:10 #W /b | update 11:00 elsewhere #W', '10:00'],
		['of somebody who went on to another', 'arrive 10:30 waiting /b | update 11:00 elsewhere', '11:00'],
		['of numbers of which one is here', 'merge-visit 11:00 #W >A', '11:00'],
	])('is as old as the last word of its own: a word from elsewhere %s', (_, text, heard) => {
		const census = openCensus([], lapsesAfter);
		let heardAt = 0;
		for (const batch of batchesOf(`arrive 10:00 | ${text}`)) {
			for (const one of census.take(batch, NOW).sites) if (one.site === 'a') heardAt = Math.max(heardAt, one.heardAt ?? 0);
			census.keep();
		}
		expect(clock(heardAt)).toBe(heard);
	});

	it('writes no row for a repeat', () => {
		const census = openCensus([], lapsesAfter);
		census.take(events('arrive 10:00'), NOW);
		census.keep();
		expect(census.take(events('arrive 10:00'), NOW).visits).toEqual([]);
	});

	it('is one row for merged visits, and the other one goes', () => {
		const census = openCensus([], lapsesAfter);
		census.take(events('arrive 10:00; arrive 10:10 #B'), NOW);
		census.keep();
		const { visits, gone } = census.take(events('merge-visit 10:30 >B'), NOW);
		expect({ visits: visits.map(({ visit }) => visit), gone }).toEqual({ visits: ['B'], gone: ['A'] });
	});

	it('is read again from the rows, with the numbers that were given up', () => {
		const census = openCensus([], lapsesAfter);
		const { visits } = census.take(events('arrive 10:00 3; merge-visit 10:30 >B'), NOW);
		const again = openCensus(visits, lapsesAfter).take(events('leave 11:00 home'), NOW);
		expect(again.sites[0]?.changes.map(([cell, , , by]) => `${cell} ${by}`).sort()).toEqual(['departures 1', 'stays 1', 'waiting -1']);
	});

	it('refuses rows of another version by saying what to do', () => {
		expect(() => openCensus([{ visit: 'A', state: '{"v":99}', forgetAfter: null }], lapsesAfter)).toThrow('version 99');
	});
});

describe('the last wait for a bay', () => {
	it.each([
		['arrive 10:00 | transfer 10:25 treatment', 'a 10:25 25'],
		['arrive 10:00; transfer 10:25 treatment; arrive 10:10 #B; transfer 10:20 treatment #B', 'a 10:25 25'],
		['arrive 10:00 treatment', ''],
		['arrive 10:00; transfer 10:25 treatment | update 10:30 3', ''],
		['arrive 10:00; transfer 10:25 treatment | update 10:30 began=09:55', 'a 10:25 30'],
		['arrive 10:00; transfer 10:25 treatment | cancel-transfer 10:30 waiting', 'a none'],
		['arrive 10:00; transfer 10:25 treatment; arrive 10:10 #B; transfer 10:20 treatment #B | cancel-transfer 10:30 waiting', 'a 10:20 10'],
		['arrive 10:00; transfer 10:25 treatment | arrive 10:10 #B | transfer 10:40 treatment #B | erase 10:45 #B', 'a 10:25 25'],
		['arrive 10:00; transfer 10:25 treatment | transfer 10:40 waiting', ''],
		['arrive 10:00; transfer 10:25 treatment | transfer 10:40 treatment /b', ''],
		['arrive 10:00; transfer 10:25 treatment | leave 10:40 home', ''],
		['transfer 10:25 treatment', ''],
		['update 10:05; transfer 10:25 treatment | arrive 10:00 sent=10:30', 'a 10:25 25'],
		['arrive 10:00; transfer 10:25 treatment; arrive 10:10 #B; transfer 10:30 treatment #B | merge-visit 10:40 #B >A', 'a 10:25 25'],
	])('%s → %s', (text, bed) => {
		const census = openCensus([], lapsesAfter);
		let last = '';
		for (const batch of batchesOf(text)) {
			last = census
				.take(batch, NOW)
				.sites.flatMap(({ site, lastBed }) => {
					if (lastBed === undefined) return [];
					return [`${site} ${lastBed === null ? 'none' : `${clock(lastBed[0])} ${lastBed[1] / 60_000}`}`];
				})
				.join();
			census.keep();
		}
		expect(last).toBe(bed);
	});
});

describe('what is old', () => {
	it.each([
		['more than an hour ago is late', 'arrive 22:59; arrive 23:01 #B', 1],
		['what comes from the minutes ahead is not', 'arrive 24:05', 0],
	])('%s', (_, text, late) => {
		expect(openCensus([], lapsesAfter).take(events(text), NOW).late).toBe(late);
	});

	it.each([
		['a beginning of years ago is a mistake, and not told', 'arrive 23:00 began=-70000:00', ['a arrivals none 23:00', 'a waiting none 23:00']],
		['an unknown visit of more than 48 hours ago is not made', 'arrive -25:00', []],
		['one of less than 48 hours ago is', 'arrive -23:00', ['a arrivals none 01:00', 'a waiting none 01:00']],
		[
			'its arrival counts where a later word shows that it goes on',
			'arrive -25:00; transfer 23:00 treatment',
			['a arrivals none 23:00', 'a treatment none -'],
		],
		['a record tidied up long after its visit brings nobody', 'update 23:00 treatment began=-40:00', []],
		[
			'a late end of one that began long ago is a departure',
			'leave 23:00 home began=-40:00',
			['a arrivals none 08:00', 'a departures none 23:00', 'a stays none 23:00 3780min'],
		],
		['who came six days ago and is told of now is present', 'arrive -120:00 waiting 3 sent=23:59 /w', ['w arrivals 3 00:00', 'w waiting 3 00:00']],
		['told by an update too', 'update 23:59 treatment 3 began=-120:00 /w', ['w arrivals 3 00:00', 'w treatment 3 -']],
		['by a move of then as well', 'transfer -100:00 treatment sent=23:00 /w', ['w treatment none -']],
		['said so long ago that its end may be forgotten, it is not', 'arrive -120:00 waiting 3 sent=-25:00 /w', []],
		['said while its end would be remembered, it is', 'arrive -120:00 waiting 3 sent=-23:00 /w', ['w arrivals 3 00:00', 'w waiting 3 00:00']],
		['nor where it is told to have ended', 'update 23:59 treatment home began=-120:00 /w', []],
		['nor where its end comes with it', 'arrive -120:00 sent=23:58 /w; leave -110:00 home sent=23:59 /w', []],
		['nor where it began longer ago than a visit may be silent for', 'arrive -145:00 sent=23:59 /w', []],
		['nor by an update of such a one', 'update 23:59 treatment began=-145:00 /w', []],
	])('%s', (name, text, cells) => {
		expect(cellsTold(censusOf([events(text)])), name).toEqual(cells);
	});

	it('is kept until 48 hours after the departure, and then forgotten with no change of a cell', () => {
		const census = openCensus([], lapsesAfter);
		const { visits } = census.take(events('arrive 10:00; leave 11:00 home; arrive 10:00 #B'), NOW);
		expect(visits.map(({ visit, forgetAfter }) => [visit, forgetAfter])).toEqual([
			['A', instant('11:00') + 48 * 3_600_000],
			['B', null],
		]);
		census.keep();
		const before = census.take([], instant('59:00'));
		expect(before.gone).toEqual([]);
		census.keep();
		const after = census.take([], instant('59:02'));
		expect({ gone: after.gone, sites: after.sites }).toEqual({ gone: ['A'], sites: [] });
		census.keep();
		expect(census.take([], instant('60:00')).gone).toEqual([]);
	});

	it('is not made again by what was said before its end and comes after it is forgotten', () => {
		const census = openCensus([], lapsesAfter);
		census.take(events('arrive 10:00 /w; leave 11:00 home /w'), NOW);
		census.keep();
		const late = instant('59:02');
		expect(census.take([], late).gone).toEqual(['A']);
		census.keep();
		expect(census.take(events('transfer 10:20 treatment sent=10:59 /w; arrive 10:00 sent=10:58 /w'), late).visits).toEqual([]);
	});

	it('stays while it is spoken of', () => {
		const census = openCensus([], lapsesAfter);
		census.take(events('arrive 10:00; leave 11:00 home'), NOW);
		census.keep();
		expect(census.take(events('cancel-leave 59:00'), instant('59:01')).gone).toEqual([]);
	});

	it('is not forgotten by a batch that was dropped', () => {
		const census = openCensus([], lapsesAfter);
		census.take(events('arrive 10:00; leave 11:00 home'), NOW);
		census.keep();
		expect(census.take([], instant('60:00')).gone).toEqual(['A']);
		census.drop();
		expect(census.take([], instant('60:00')).gone).toEqual(['A']);
	});

	it.each([
		['erased', 'arrive 10:00; erase 10:30', '10:30'],
		['never known but by a merge', 'merge-visit 10:30 >B', '10:30'],
		['never here', 'transfer 10:30 elsewhere', '10:30'],
	])('goes too where it is %s', (_, text, from) => {
		expect(openCensus([], lapsesAfter).take(events(text), NOW).visits[0]?.forgetAfter).toBe(instant(from) + 48 * 3_600_000);
	});
});

describe('a visit that is spoken of without end', () => {
	const minutes = (many: number, word: (i: number, at: string) => string): string =>
		Array.from({ length: many }, (_, i) => word(i, `${10 + Math.floor(i / 60)}:${String(i % 60).padStart(2, '0')}`)).join(';');
	const wordsIn = (row: KeptRow | undefined): number => (JSON.parse(row?.state ?? '{"words":[]}') as { words: unknown[] }).words.length;

	it.each([
		['updates', minutes(160, (i, at) => `update ${at} ${1 + (i % 5)}`), 'a arrivals 5 10:00|a treatment 5 -'],
		['moves', minutes(160, (i, at) => `transfer ${at} ${i % 2 ? 'treatment' : 'waiting'}`), 'a arrivals none 10:00|a treatment none -'],
		[
			'moves that are cancelled',
			minutes(160, (i, at) => (i % 2 ? `cancel-transfer ${at}` : `transfer ${at} observation`)),
			'a arrivals none 10:00|a treatment none -',
		],
		['beds', minutes(160, (i, at) => `${i % 2 ? 'unpend' : 'pend'} ${at}`), 'a arrivals none 10:00|a treatment none -'],
		['ends taken back', minutes(160, (i, at) => `${i % 2 ? 'cancel-leave' : 'leave'} ${at}`), 'a arrivals none 10:00|a treatment none -'],
	])('keeps its state and at most 64 words: %s', (_, text, cells) => {
		const census = openCensus([], lapsesAfter);
		const sums: Cells = new Map();
		let most = 0;
		for (const event of events(`arrive 10:00 treatment;${text}`)) {
			const { sites, visits } = census.take([event], NOW);
			addTo(sums, sites);
			most = Math.max(most, ...visits.map(wordsIn));
			census.keep();
		}
		expect(cellsTold(sums).join('|')).toBe(cells);
		expect(most).toBeLessThanOrEqual(WORDS_A_VISIT);
	});

	it('takes back the last move also where it had moved nobody', () => {
		const talk = minutes(80, (i, at) => `update ${at} ${1 + (i % 5)}`);
		const cells = censusOf(
			events(`arrive 10:00; transfer 10:01 treatment; ${talk}; transfer 11:30 treatment; cancel-transfer 11:31`).map((one) => [one]),
		);
		expect(cellsTold(cells).join('|')).toBe('a arrivals 5 10:00|a treatment 5 -');
	});

	it('loses its oldest stays where even that is not enough, and no cell goes below nothing', () => {
		const census = openCensus([], lapsesAfter);
		const sums: Cells = new Map();
		for (const event of events(`arrive 10:00;${minutes(300, (i, at) => `transfer ${at} waiting /${i % 2 ? 'a' : 'b'}`)}`)) {
			const { sites, visits } = census.take([event], NOW);
			addTo(sums, sites);
			expect(wordsIn(visits[0])).toBeLessThanOrEqual(WORDS_A_VISIT);
			census.keep();
		}
		expect(cellsTold(sums).filter((one) => one.includes('waiting'))).toEqual(['a waiting none 14:59']);
	});
});
