// However a feed of messages begins while people are there already: what is shown is never wrong by more than what is still on its way.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCensus } from '../../server/domain/er-census.ts';
import type { ErEvent, VisitKey } from '../../server/domain/er-event.ts';
import { boardOf, emptyFacts } from '../../server/projections/fold.ts';
import type { SiteFacts } from '../../shared/board-er.ts';
import { VISIT_LAPSES_MS } from '../../shared/er.ts';
import type { SiteNow } from '../../shared/er-now.ts';
import { judgeSite } from '../../shared/judge-site.ts';
import { add, at, count, type Line, sitePlan } from '../projections/site-night.ts';

/** No stay is longer than the plan lets a feed fill, no message later than the latest. */
const FILLS = 240;
const LATEST = 3;
const END = 640;

const { martino } = sitePlan.sites;
if (!martino) throw new Error('the plan has no San Martino');
const plan = { ...sitePlan, sites: { ...sitePlan.sites, martino: { ...martino, fillsWithin: FILLS * 60_000 } } };

/** Which of its words tell when the visit began; its arrival tells it by being one. */
type Dated = { readonly move: boolean; readonly end: boolean; readonly update: boolean };
type Stay = {
	readonly from: number;
	readonly to: number;
	readonly bed: number;
	readonly lateness: number;
	readonly dated: Dated;
	readonly talks: readonly number[];
};
type Start = { readonly stays: readonly Stay[]; readonly begins: number; readonly counts: readonly (readonly [minute: number, wait: number])[] };

const stayOf = (latest: number, shortest: number) =>
	fc
		.record({
			from: fc.integer({ min: -FILLS + 1, max: latest }),
			lasts: fc.integer({ min: shortest, max: FILLS }),
			bed: fc.double({ min: 0, max: 1, noNaN: true }),
			lateness: fc.integer({ min: 0, max: LATEST }),
			dated: fc.record({ move: fc.boolean(), end: fc.boolean(), update: fc.boolean() }),
			talks: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 3 }),
		})
		.map(
			({ from, lasts, bed, talks, ...rest }): Stay => ({
				from,
				to: from + lasts,
				bed: from + Math.floor(lasts * bed),
				talks: talks.map((share) => from + Math.floor(lasts * share)),
				...rest,
			}),
		);
const begins = fc.integer({ min: 10, max: 120 });
const anyStart: fc.Arbitrary<Start> = fc.record({
	stays: fc.array(stayOf(END - 10, 5), { minLength: 5, maxLength: 120 }),
	begins,
	counts: fc
		.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 8 })), { maxLength: 4 })
		.map((all) => [...all].sort((a, b) => a[0] + a[1] - b[0] - b[1])),
});

/** Most were there already, and are counted once soon after: what is heard of them first is no arrival. */
const crowded: fc.Arbitrary<Start> = fc
	.record({ stays: fc.array(stayOf(60, 150), { minLength: 20, maxLength: 60 }), begins, after: fc.integer({ min: 1, max: 15 }) })
	.map(({ stays, begins, after }) => ({ stays, begins, counts: [[begins + after, 0]] }));
const starts = fc.oneof({ weight: 3, arbitrary: anyStart }, { weight: 1, arbitrary: crowded });

const event = (number: number, act: ErEvent['act'], minute: number, rest: Partial<ErEvent>): ErEvent => ({
	site: 'martino',
	visit: `v${number}` as VisitKey,
	patient: null,
	act,
	at: at(minute),
	sentAt: at(minute),
	area: null,
	triage: '3',
	arrivedAt: null,
	outcome: null,
	into: null,
	...rest,
});

/** What the feed tells from the minute in which it begins, by when it comes. Every ten minutes it is heard, whatever happens. */
function linesOf({ stays, begins, counts }: Start, hear: (events: readonly ErEvent[]) => readonly ErEvent[]): Line[] {
	const events = stays.flatMap(({ from, to, bed, lateness, dated, talks }, i) =>
		(
			[
				[from, event(i, 'arrive', from, { area: 'waiting' })],
				[bed, event(i, 'transfer', bed, { area: 'treatment', arrivedAt: dated.move ? at(from) : null })],
				[to, event(i, 'leave', to, { arrivedAt: dated.end ? at(from) : null })],
				...talks.map((minute) => [minute, event(i, 'update', minute, { arrivedAt: dated.update ? at(from) : null })] as const),
			] as const
		).map(([minute, one]) => ({ minute, comes: minute + lateness, one })),
	);
	const census = openCensus([], () => VISIT_LAPSES_MS);
	const lines: Line[] = counts.map(([minute, wait]) => count(minute, 'martino', { '3': presentAt(stays, minute) }, { sent: minute + wait }));
	for (let minute = begins; minute <= END; minute += 1) {
		const now = events.filter(({ minute: happens, comes }) => happens >= begins && comes === minute).map(({ one }) => one);
		if (now.length === 0 && minute % 10 !== 0) continue;
		const { sites } = census.take(hear(now), at(minute));
		census.keep();
		const changes = sites.flatMap((one) => one.changes);
		lines.push([minute, { kind: 'census', source: 'adt', messages: now.length, sites: [{ site: 'martino', heardAt: at(minute), changes }] }]);
	}
	return lines.sort((a, b) => a[0] - b[0]);
}

const presentAt = (stays: readonly Stay[], minute: number): number => stays.filter(({ from, to }) => from <= minute && to > minute).length;
const movesBetween = (stays: readonly Stay[], after: number, to: number): number =>
	stays.flatMap(({ from, to: left }) => [from, left]).filter((minute) => minute > after && minute <= to).length;

type Judge = (facts: SiteFacts, now: number) => SiteNow;
const judged: Judge = (facts, now) => judgeSite(facts, now, 'Europe/Rome');
const seen = { blind: 0, carriedOn: 0, onPaper: 0, early: 0, full: 0 };

/** What is wrong with what is told while a feed begins; null where nothing is. */
function wrongOf(start: Start, judge: Judge, hear: Parameters<typeof linesOf>[1] = (events) => events): string | null {
	const { stays, counts } = start;
	const facts = add(emptyFacts(), [0, { kind: 'plan', plan, text: '', digest: 'd', by: 'test', rehearsal: true }]);
	const lines = linesOf(start, hear);
	let next = 0;
	for (let minute = 0; minute <= END; minute += 1) {
		for (let line = lines[next]; line !== undefined && line[0] <= minute; line = lines[next]) {
			add(facts, line);
			next += 1;
		}
		const site = boardOf(facts).sites.martino;
		if (!site) throw new Error('the board has no San Martino');
		const { mode, present, reason, fillingUntil } = judge(site, at(minute));
		const since = site.census?.since ?? Number.POSITIVE_INFINITY;
		const last = Math.max(Number.NEGATIVE_INFINITY, ...counts.filter(([one, wait]) => one + wait <= minute).map(([one]) => one));
		const isCounted = at(last) >= since;
		if (present === null) {
			if (reason === 'filling') seen.blind += 1;
			if (reason === 'filling' && isCounted) return `blind at ${minute}, though counted at ${last}`;
			continue;
		}
		const isFull = fillingUntil === null;
		if (mode === 'feed' && !isFull && !isCounted) return `${present} at ${minute}, though nobody counted since the feed began`;
		if (mode === 'paper') seen.onPaper += 1;
		else if (!isFull) seen.carriedOn += 1;
		else if (at(minute) < since + FILLS * 60_000) seen.early += 1;
		else seen.full += 1;
		const bound = movesBetween(stays, mode === 'paper' ? last : minute - LATEST, minute);
		const truth = presentAt(stays, minute);
		if (Math.abs(present - truth) > bound) return `${present} for ${truth} at ${minute} (${mode}): more than the ${bound} that may be on their way`;
	}
	return null;
}

describe('a feed that begins while people are there', () => {
	it('is blind until there is a word to carry on, and is then never wrong by more than what is on its way', () => {
		fc.assert(
			fc.property(starts, (start) => {
				expect(wrongOf(start, judged)).toBeNull();
			}),
			{ seed: 1806, numRuns: 60 },
		);
		console.log(`60 feeds begun: ${JSON.stringify(seen)}`);
		for (const many of Object.values(seen)) expect(many).toBeGreaterThan(300);
	});

	it('would be found wrong where its census is believed at once, or its count forgets who came', () => {
		const believing: Judge = (facts, now) => judged({ ...facts, fillsWithinMs: 0 }, now);
		const forgetting: Judge = (facts, now) => judged({ ...facts, census: facts.census && { ...facts.census, arrivals: {} } }, now);
		for (const [planted, least] of [
			[believing, 30],
			[forgetting, 3],
		] as const) {
			const found = fc.sample(starts, { seed: 1806, numRuns: 60 }).filter((start) => wrongOf(start, planted) !== null);
			expect(found.length).toBeGreaterThan(least);
		}
	});

	it('would be found wrong where the first word of somebody who was there already is an arrival', () => {
		const arriving = () => {
			const known = new Set<string>();
			return (events: readonly ErEvent[]) =>
				events.map((one) => {
					const isFirst = !known.has(one.visit);
					known.add(one.visit);
					return isFirst && one.act !== 'leave' ? { ...one, arrivedAt: one.arrivedAt ?? one.at } : one;
				});
		};
		const found = fc.sample(crowded, { seed: 1806, numRuns: 20 }).filter((start) => wrongOf(start, judged, arriving()) !== null);
		expect(found.length).toBeGreaterThan(3);
	});
});
