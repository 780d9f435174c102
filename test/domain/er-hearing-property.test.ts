// Whom the census takes up of those who came long ago, and what makes a site heard: against the naive reference, by seed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCensus } from '../../server/domain/er-census.ts';
import type { ErAct, ErArea, ErEvent, VisitKey } from '../../server/domain/er-event.ts';
import { addTo, type Cells, cellsTold, instant } from './er-play.ts';
import { referenceCells, referenceHeard, referenceMade } from './er-reference.ts';

const NOW = instant('24:00');
const HOUR_MS = 3_600_000;
const week = (): number => 144 * HOUR_MS;

const ago = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most }).map((hours) => NOW - hours * HOUR_MS);
const act = fc.constantFrom<ErAct>('arrive', 'arrive', 'update', 'update', 'transfer', 'admit', 'leave', 'cancel-leave');
const area = fc.constantFrom<ErArea | null>('waiting', 'treatment', 'observation', 'elsewhere', null, null);
const oldWord = fc.record({
	act,
	area,
	at: fc.oneof(ago(240), ago(50)),
	after: fc.constantFrom(0, 30, 60, 1_000, 1_000),
	began: fc.option(ago(240), { freq: 2 }),
	isEnd: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
});
const bare = { site: 'a', patient: null, triage: null, into: null } as const;
/** Each visit's words, told in one batch. */
const olds: fc.Arbitrary<ErEvent[][]> = fc.array(fc.array(oldWord, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 }).map((visits) =>
	visits.map((words, i) =>
		words.map(({ after, began, isEnd, ...word }) => ({
			...bare,
			...word,
			visit: `v${i}` as VisitKey,
			sentAt: Math.min(NOW, word.at + after * HOUR_MS),
			arrivedAt: began === null ? null : Math.min(began, word.at),
			outcome: isEnd ? ('home' as const) : null,
		})),
	),
);

type Alter = (event: ErEvent) => ErEvent;
const asTold: Alter = (event) => event;

function holdOld(alter: Alter, lapsesAfter: () => number, counted: { taken: number; left: number } = { taken: 0, left: 0 }): void {
	fc.assert(
		fc.property(olds, (visits) => {
			const census = openCensus([], lapsesAfter);
			const cells: Cells = new Map();
			for (const words of visits) {
				addTo(cells, census.take(words.map(alter), NOW).sites);
				census.keep();
			}
			const made = referenceMade(visits.flat(), NOW, week);
			const isOld = (one: ErEvent): boolean => one.at < NOW - 48 * HOUR_MS;
			counted.taken += visits.filter((its) => its.every(isOld) && made.some(({ visit }) => visit === its[0]?.visit)).length;
			counted.left += visits.flat().length - made.length;
			expect(cellsTold(cells)).toEqual(cellsTold(referenceCells(made)));
		}),
		{ numRuns: 1_000, seed: 48 },
	);
}

describe('who came long ago', () => {
	it('is known where the reference says so, and nobody else', () => {
		const counted = { taken: 0, left: 0 };
		holdOld(asTold, week, counted);
		expect(Math.min(counted.taken, counted.left)).toBeGreaterThan(100);
	});

	it.each<[name: string, alter: Alter, lapsesAfter: () => number]>([
		['nobody from before two days ago is taken up', asTold, () => 0],
		['whoever began ever so long ago is', asTold, () => 1_000 * HOUR_MS],
		['when it was said counts for nothing', (event) => ({ ...event, sentAt: NOW }), week],
		['an end that an update tells counts for nothing', (event) => ({ ...event, outcome: event.act === 'update' ? null : event.outcome }), week],
	])('would be caught if %s', (_, alter, lapsesAfter) => {
		expect(() => holdOld(alter, lapsesAfter)).toThrow();
	});
});

const minute = fc.integer({ min: 0, max: 90 }).map((minutes) => instant('10:00') + minutes * 60_000);
const words = fc.array(
	fc
		.record({
			site: fc.constantFrom('a', 'a', 'b'),
			visit: fc.constantFrom('A', 'B', 'W', 'X') as fc.Arbitrary<VisitKey>,
			act: fc.constantFrom<ErAct>('arrive', 'update', 'update', 'transfer', 'admit', 'leave', 'merge-visit', 'erase'),
			area: fc.constantFrom<ErArea | null>('elsewhere', 'elsewhere', 'elsewhere', 'waiting', null),
			at: minute,
			into: fc.constantFrom('A', 'B', 'W', 'X') as fc.Arbitrary<VisitKey>,
		})
		.map(({ into, area: place, ...one }): ErEvent => {
			const isMerge = one.act === 'merge-visit' && into !== one.visit;
			const what = one.act === 'merge-visit' && !isMerge ? 'update' : one.act;
			return {
				...bare,
				...one,
				act: what,
				area: isMerge ? null : place,
				sentAt: one.at,
				arrivedAt: null,
				outcome: null,
				into: isMerge ? into : null,
			};
		}),
	{ minLength: 1, maxLength: 12 },
);

/** `makesHeard`: sites that look heard by a word besides those that the census says. */
function holdHeard(makesHeard: (event: ErEvent) => boolean): number {
	let silent = 0;
	fc.assert(
		fc.property(words, (said) => {
			const census = openCensus([], week);
			said.forEach((event, i) => {
				const { sites } = census.take([event], NOW);
				census.keep();
				const told = new Map(sites.map(({ site, heardAt }) => [site, heardAt ?? 0]));
				if (makesHeard(event)) told.set(event.site, event.sentAt);
				for (const [site, heardAt] of told) expect(heardAt).toBeLessThanOrEqual(referenceHeard(said.slice(0, i + 1), site));
				const isOwn = event.area !== 'elsewhere' && event.act !== 'merge-visit';
				if (isOwn) expect(told.get(event.site)).toBeGreaterThanOrEqual(event.sentAt);
				else if (!told.has(event.site)) silent += 1;
			});
		}),
		{ numRuns: 500, seed: 20 },
	);
	return silent;
}

describe('a site', () => {
	it('is heard by its own words and by those of visits that it knows, and by no others', () => {
		expect(holdHeard(() => false)).toBeGreaterThan(500);
	});

	it.each<[name: string, makesHeard: (event: ErEvent) => boolean]>([
		['any word from elsewhere makes it heard', ({ area: place }) => place === 'elsewhere'],
		['any merge does', ({ act: what }) => what === 'merge-visit'],
	])('would be caught if %s', (_, makesHeard) => {
		expect(() => holdHeard(makesHeard)).toThrow();
	});
});
