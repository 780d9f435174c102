// Whatever is said, in whatever order and in whatever batches, the increments add up to what all of it together comes to. By seed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Census, openCensus, type Taken } from '../../server/domain/er-census.ts';
import type { ErAct, ErEvent, PatientKey, VisitKey } from '../../server/domain/er-event.ts';
import type { KeptRow } from '../../server/domain/er-row.ts';
import { triageCodes } from '../../shared/er.ts';
import { say, scaled } from '../faults/kit/scale.ts';
import { addTo, type Cells, cellsTold, chanceBy, instant, shuffled } from './er-play.ts';
import { type Lapsed, referenceBeds, referenceCells, referenceLapses } from './er-reference.ts';

const RUNS = scaled(40_000, 1_500);
const NOW = instant('24:00');
/** Short, so that visits are spoken of again after they were given up. */
const lapsesAfter = (site: string): number => (site === 'a' ? 10 : 25) * 60_000;
type Open = (kept: readonly KeptRow[]) => Census;
const openAs: Open = (kept) => openCensus(kept, lapsesAfter);

const minute = fc.integer({ min: 0, max: 90 }).map((minutes) => instant('10:00') + minutes * 60_000);
/** Few, so that two visits may have the same. */
const beginning = fc.constantFrom('9:50', '10:00', '10:00:30', '10:20', '11:00').map(instant);
const often = (act: ErAct, weight: number) => ({ weight, arbitrary: fc.constant(act) });
const act = fc.oneof(
	often('arrive', 6),
	often('update', 5),
	often('transfer', 7),
	often('cancel-transfer', 3),
	often('admit', 3),
	often('discharge-class', 2),
	often('pend', 3),
	often('unpend', 2),
	often('leave', 5),
	often('cancel-leave', 2),
	often('erase', 1),
	often('merge-visit', 3),
	often('merge-patient', 2),
);
const number = fc.constantFrom('A', 'B', 'C', 'D', 'E') as fc.Arbitrary<VisitKey>;
const person = fc.constantFrom('P', 'Q', 'R') as fc.Arbitrary<PatientKey>;
/** Null once in `oneIn`. */
const seldom = <T>(all: fc.Arbitrary<T>, oneIn: number) => fc.option(all, { freq: oneIn });
const told: fc.Arbitrary<readonly ErEvent[]> = fc
	.record({
		isToldToBoth: fc.boolean(),
		site: fc.oneof({ weight: 4, arbitrary: fc.constant('a') }, { weight: 1, arbitrary: fc.constant('b') }),
		visit: number,
		patient: seldom(person, 3),
		other: person,
		act,
		at: minute,
		sentAt: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: -5, max: 60 }) }),
		area: seldom(fc.constantFrom('waiting', 'treatment', 'observation', 'elsewhere'), 3),
		triage: seldom(fc.constantFrom(...triageCodes), 2),
		arrivedAt: seldom(beginning, 2),
		outcome: seldom(fc.constantFrom('home', 'unseen', 'left', 'admitted'), 2),
		into: number,
	})
	.map(({ isToldToBoth, other, into, ...event }) => {
		const named = event.act === 'merge-visit' ? into : event.act === 'merge-patient' ? other : null;
		const silent = event.act === 'merge-visit' || event.act === 'merge-patient' ? { area: null, triage: null, arrivedAt: null, outcome: null } : {};
		const one: ErEvent = { ...event, ...silent, sentAt: event.at + event.sentAt * 60_000, into: named };
		return isToldToBoth && one.area === 'elsewhere' ? ['a', 'b'].map((site) => ({ ...one, site })) : [one];
	});

type Night = { readonly said: readonly ErEvent[]; readonly seed: number };
const night: fc.Arbitrary<Night> = fc.record({
	said: fc.array(told, { minLength: 1, maxLength: 28, size: 'max' }).map((all) => all.flat()),
	seed: fc.integer(),
});

type Tally = { dropped: number; repeated: number; reopened: number; batches: number; lapsed: number; reinstated: number };

/** `beds`: of each site the last wait for a bay, as referenceBeds() tells it. */
type Played = { readonly cells: Cells; readonly lapses: readonly Lapsed[]; readonly beds: readonly string[] };

/**
 * Feeds a night in an order and in batches by its seed, some sent twice, some dropped and taken anew, with restarts, and with silent visits
 * given up in between; the cells it adds up to, and which visits those should have been.
 */
function play({ said, seed }: Night, open: Open, tally: Tally): Played {
	const chance = chanceBy(seed);
	const order = shuffled(said, chance).flatMap((event) => (chance() < 0.1 ? [event, event] : [event]));
	tally.repeated += order.length - said.length;
	const rows = new Map<string, KeptRow>();
	const cells: Cells = new Map();
	let census = open([]);
	const lapses: Lapsed[] = [];
	let clock = instant('10:20');
	const beds = new Map<string, string>();
	const stands = ({ sites, visits, gone }: Taken): void => {
		addTo(cells, sites);
		for (const { site, lastBed } of sites) {
			if (lastBed) beds.set(site, `${site} ${lastBed.join(' ')}`);
			else if (lastBed === null) beds.delete(site);
		}
		for (const key of gone) rows.delete(key);
		for (const row of visits) rows.set(row.visit, row);
		census.keep();
	};
	for (let i = 0; i < order.length; ) {
		const batch = order.slice(i, i + 1 + Math.floor(chance() * 5));
		tally.batches += 1;
		const taken = census.take(batch, NOW);
		if (chance() < 0.2) {
			census.drop();
			tally.dropped += 1;
			continue;
		}
		stands(taken);
		if (chance() < 0.1) {
			census = open([...rows.values()]);
			tally.reopened += 1;
		}
		i += batch.length;
		if (chance() < 0.35) {
			clock += chance() * 45 * 60_000;
			const given = census.lapse(clock);
			if (chance() < 0.2) census.drop();
			else {
				stands(given);
				lapses.push(...referenceLapses(order.slice(0, i), lapses, clock, lapsesAfter));
			}
		}
	}
	tally.lapsed += lapses.length;
	tally.reinstated += lapses.length - [...cells].filter(([key]) => key.includes(' lapsed ')).reduce((sum, [, many]) => sum + many, 0);
	return { cells, lapses, beds: [...beds.values()].sort() };
}

/** Throws at the first night that does not add up. */
function hold(open: Open, runs: number): Tally {
	const tally = { dropped: 0, repeated: 0, reopened: 0, batches: 0, lapsed: 0, reinstated: 0 };
	fc.assert(
		fc.property(night, (one) => {
			const { cells, lapses, beds } = play(one, open, tally);
			expect(cellsTold(cells)).toEqual(cellsTold(referenceCells(one.said, lapses)));
			expect(beds).toEqual(referenceBeds(one.said));
		}),
		{ numRuns: runs, seed: 20_251_021 },
	);
	return tally;
}

const over =
	(alter: (census: Census) => Partial<Census>): Open =>
	(kept) => {
		const census = openAs(kept);
		return { ...census, ...alter(census) };
	};

const without = (left: ErAct): Open =>
	over((census) => ({
		take: (events, now) =>
			census.take(
				events.filter((event) => event.act !== left),
				now,
			),
	}));

const faults: readonly (readonly [name: string, open: Open])[] = [
	['a merge leaves both', without('merge-visit')],
	['a merge of persons leaves both', without('merge-patient')],
	['an erased visit goes on', without('erase')],
	[
		'what is late is left out',
		(kept) => {
			const newest = new Map<string, number>();
			return over((census) => ({
				take: (events, now) =>
					census.take(
						events.filter(({ visit, at }) => {
							const isNews = at >= (newest.get(visit) ?? 0);
							newest.set(visit, Math.max(at, newest.get(visit) ?? 0));
							return isNews;
						}),
						now,
					),
			}))(kept);
		},
	],
	[
		'when a word was said counts for nothing',
		over((census) => ({
			take: (events, now) =>
				census.take(
					events.map((event) => ({ ...event, sentAt: event.at })),
					now,
				),
		})),
	],
	[
		'a merge forgets the old row only after a restart',
		(kept) => openAs(kept.map((row) => ({ ...row, state: row.state.replace(/"numbers":\["(.)".*?\]/, '"numbers":["$1"]') }))),
	],
	[
		'a wait for a bay is never taken back',
		over((census) => ({
			take: (events, now) => {
				const taken = census.take(events, now);
				return { ...taken, sites: taken.sites.map(({ lastBed, ...site }) => (lastBed ? { ...site, lastBed } : site)) };
			},
		})),
	],
	['nobody is given up', over((census) => ({ lapse: () => census.lapse(0) }))],
	['who is given up is not said', over((census) => ({ lapse: (now) => ({ ...census.lapse(now), sites: [] }) }))],
	['who is given up is forgotten by a restart', (kept) => openAs(kept.map((row) => ({ ...row, state: row.state.replace(/,"lapse":{.*?}/, '') })))],
	[
		'who is given up stays so whatever is said',
		(kept) => openAs(kept.map((row) => ({ ...row, state: row.state.replace(/"before":\d+(\.\d+)?/, `"before":${NOW}`) }))),
	],
	['a visit is given up while it is spoken of', (kept) => openCensus(kept, (site) => lapsesAfter(site) / 2)],
	['what is dropped stands', over((census) => ({ drop: () => census.keep() }))],
	['what is kept does not stand', over((census) => ({ keep: () => census.drop() }))],
	[
		'a repeat counts again',
		(kept) => {
			let times = 0;
			return over((census) => ({
				take: (events, now) => {
					times += 1;
					return census.take(
						events.map((event) => ({ ...event, visit: (event.act === 'arrive' ? `${event.visit}${times}` : event.visit) as VisitKey })),
						now,
					);
				},
			}))(kept);
		},
	],
];

describe('the census', () => {
	it('adds up to what all that was said comes to, in any order, in any batches, through drops, repeats and restarts', () => {
		const tally = hold(openAs, RUNS);
		say(
			'census',
			`${RUNS} nights, ${tally.batches} batches: ${tally.repeated} repeats, ${tally.dropped} dropped and taken anew, ${tally.reopened} restarts, ${tally.lapsed} visits given up, ${tally.reinstated} of them taken back`,
		);
		expect(Math.min(tally.dropped, tally.repeated, tally.reopened, tally.lapsed, tally.reinstated)).toBeGreaterThan(RUNS / 10);
	});

	it.each(faults)('would be caught if %s', (_, open) => {
		expect(() => hold(open, 1_500)).toThrow();
	});
});
