// A feed of messages that begins knows nothing of who was there before: until its census is full it is blind, or carries a count on.
import { describe, expect, it, test } from 'vitest';
import { applyEntry, boardOf, emptyFacts, type Facts } from '../../server/projections/fold.ts';
import type { CensusChange } from '../../shared/er.ts';
import type { SiteNow } from '../../shared/er-now.ts';
import { planSchema } from '../../shared/plan.ts';
import { add, arrive, at, boardAt, census, count, figures, type Line, leave, mark, paper, siteAt, sitePlan } from '../projections/site-night.ts';

const site = { label: 'Nuovo', spaces: 60, beds: 500, physicians: 4, arrivalsAMonth: 2000, staleAfter: '30min' };
const rawPlan = {
	programme: { id: 'test', name: 'Test' },
	cutover: { id: 'night', name: 'Night', window: { start: '2025-10-21T19:00:00+02:00', end: '2025-10-22T05:00:00+02:00' } },
	sources: { adt: { kind: 'push', label: 'ADT' } },
};
const planOf = (fillsWithin?: string) => ({
	...planSchema.parse({ ...rawPlan, sites: { nuovo: fillsWithin === undefined ? site : { ...site, fillsWithin } } }),
	cutover: sitePlan.cutover,
});
const planned = (fillsWithin?: string): Line => [0, { kind: 'plan', plan: planOf(fillsWithin), text: '', digest: 'd', by: 'test', rehearsal: true }];
const begun = (...lines: readonly Line[]): Facts => add(emptyFacts(), planned(), ...lines);
const begunWithin = (fillsWithin: string, ...lines: readonly Line[]): Facts => add(emptyFacts(), planned(fillsWithin), ...lines);
const hear = (minutes: number, changes: readonly CensusChange[] = []): Line => census(minutes, 'nuovo', changes);
const counted = (minutes: number, many: number, rest: Parameters<typeof count>[3] = {}): Line => count(minutes, 'nuovo', { '3': many }, rest);
/** Heard every quarter of an hour. */
const quarters = (from: number, to: number): Line[] => Array.from({ length: Math.floor((to - from) / 15) + 1 }, (_, i) => hear(from + i * 15));
const now = (facts: Facts, minutes: number): SiteNow => siteAt(facts, minutes, 'nuovo');
const DAY = 1440;
const three = hear(10, arrive(9, '3', 3));

describe('while a feed fills', () => {
	type Row = readonly [
		name: string,
		lines: readonly Line[],
		minutes: number,
		expected: readonly [SiteNow['mode'], SiteNow['reason'], number | null, number | null],
	];
	const rows: readonly Row[] = [
		['nobody counted: it is blind, and not three present', [three], 11, ['feed', 'filling', null, 10 + DAY]],
		['nobody counted, an hour before a day', [three, ...quarters(25, 9 + DAY)], 9.9 + DAY, ['feed', 'filling', null, 10 + DAY]],
		['a day has passed', [three, ...quarters(25, 10 + DAY)], 10 + DAY, ['feed', null, 3, null]],
		['counted since it began', [three, counted(12, 60)], 13, ['feed', 'crowded', 60, 10 + DAY]],
		[
			'counted, and more come and go',
			[three, counted(12, 40), hear(14, [...arrive(13, '3', 5), ...leave(14, '3', 60, 2)])],
			15,
			['feed', null, 43, 10 + DAY],
		],
		['counted, and an arrival of before is told', [three, counted(12, 40), hear(14, arrive(11, '3', 5))], 15, ['feed', null, 40, 10 + DAY]],
		['counted in the minute in which it began', [three, counted(10, 40)], 11, ['feed', null, 40, 10 + DAY]],
		['counted just before it began: as on paper', [counted(8, 40), three], 11, ['paper', null, 40, 10 + DAY]],
		['counted just before it began, and too old', [counted(8, 40), three, hear(25)], 28.1, ['feed', 'filling', null, 10 + DAY]],
		[
			'counted hours ago, and heard since',
			[three, counted(12, 40), ...quarters(25, 500), hear(505, arrive(504, '3', 2))],
			506,
			['feed', null, 42, 10 + DAY],
		],
		[
			'counted, and a count that waited in a phone',
			[three, ...quarters(25, 490), hear(500, arrive(60, '3', 2)), counted(30, 40, { sent: 501 })],
			502,
			['feed', null, 42, 10 + DAY],
		],
		['counted, and silent', [three, counted(12, 40)], 41, ['feed', 'silent', null, 11 + DAY]],
		['silent, and counted again', [three, counted(12, 40), counted(50, 33)], 51, ['paper', null, 33, 21 + DAY]],
		['what was not heard does not fill it', [three, hear(100), ...quarters(115, 10 + DAY)], 11 + DAY, ['feed', 'filling', null, 70 + DAY]],
		['and what was heard after it does', [three, hear(100), ...quarters(115, 70 + DAY)], 70 + DAY, ['feed', null, 3, null]],
		['a fresh feed of counts speaks', [three, figures(11, 'nuovo', { present: 31 })], 12, ['feed', null, 31, 10 + DAY]],
		['a feed of counts that is old does not', [figures(1, 'nuovo', { present: 31 }), three, hear(30)], 32, ['feed', 'filling', null, 10 + DAY]],
		[
			'a feed of counts that cannot look does not',
			[three, figures(11, 'nuovo', { present: 31 }), figures(12, 'nuovo', { present: null })],
			13,
			['feed', 'filling', null, 10 + DAY],
		],
		['dark before it was full: the census is no last word', [three, paper(12, 'nuovo', 'on')], 13, ['paper', 'paper-no-count', null, 10 + DAY]],
		['dark, and carried on before', [three, counted(12, 40), hear(14, arrive(13, '3')), paper(15, 'nuovo', 'on')], 16, ['paper', null, 41, 10 + DAY]],
		[
			'a short dark, and not full',
			[three, paper(12, 'nuovo', 'on'), paper(20, 'nuovo', 'off'), hear(21)],
			22,
			['catchup', 'filling', null, 10 + DAY],
		],
		[
			'a short dark, and carried on before',
			[three, counted(11, 40), paper(12, 'nuovo', 'on'), paper(20, 'nuovo', 'off'), hear(21)],
			22,
			['catchup', null, 40, 10 + DAY],
		],
		[
			'dark, caught up, and never full',
			[three, paper(12, 'nuovo', 'on'), counted(60, 40), paper(70, 'nuovo', 'off'), hear(71), paper(72, 'nuovo', 'entered'), hear(73)],
			74,
			['feed', null, 40, 41 + DAY],
		],
		[
			'dark, caught up, never full, never counted',
			[three, paper(12, 'nuovo', 'on'), paper(70, 'nuovo', 'off'), hear(71), paper(72, 'nuovo', 'entered'), hear(73)],
			74,
			['feed', 'filling', null, 41 + DAY],
		],
		[
			'begun with the end of a dark that was counted',
			[paper(5, 'nuovo', 'on'), counted(60, 40), paper(70, 'nuovo', 'off'), hear(71, arrive(65, '3', 2)), paper(72, 'nuovo', 'entered'), hear(73)],
			74,
			['feed', null, 42, 71 + DAY],
		],
		[
			'begun long after a dark that was counted',
			[paper(5, 'nuovo', 'on'), counted(60, 40), paper(70, 'nuovo', 'off'), paper(72, 'nuovo', 'entered'), hear(120), hear(121)],
			122,
			['feed', 'filling', null, 120 + DAY],
		],
	];
	test.each(rows)('%s', (_name, lines, minutes, [mode, reason, present, until]) => {
		const one = now(begun(...lines), minutes);
		expect([one.mode, one.reason, one.present, one.fillingUntil]).toEqual([mode, reason, present, until === null ? null : at(until)]);
		expect(one.standing === 'blind').toBe(present === null);
	});

	it('tells no waits, no surge and no estimate, and is in no sum of them', () => {
		const facts = begun(
			three,
			counted(11, 30, { boarding: 0 }),
			hear(12, arrive(12, '2', 25)),
			mark(12, { kind: 'bedside', site: 'nuovo', respirators: 0, physicians: 4 }),
		);
		expect(now(facts, 40)).toMatchObject({
			standing: 'good',
			reason: null,
			present: 55,
			waiting: null,
			overTarget: null,
			arrivalsLastHour: null,
			nedocs: { value: null },
			edwin: { value: null },
			stay: null,
			unseen: null,
			reconcile: null,
		});
		const { region } = boardAt(facts, 40).er ?? {};
		expect(region).toMatchObject({ present: 55, overTarget: null, waiting: null, arrivalsLastHour: null, reporting: 1 });
	});

	it('draws no trend of what it does not know, and draws what it carries on', () => {
		const steps = (facts: Facts) => Object.values(boardOf(facts).sites.nuovo?.trend ?? {}).map((codes) => codes.reduce((sum, one) => sum + one, 0));
		expect(steps(begun(three))).toEqual([]);
		expect(steps(begun(three, counted(12, 40)))).toEqual([40]);
		expect(steps(begun(three, counted(12, 40), hear(17, arrive(16, '3'))))).toEqual([40, 41]);
	});
});

describe('a feed is full', () => {
	test.each([
		['at once where its sender tells of all', begunWithin('0s', three), 11, 3],
		['after the time that the plan gives', begunWithin('20min', three), 30, 3],
		['not a moment before', begunWithin('20min', three), 29.9, null],
		['once a count agrees and messages are well past it', begun(three, counted(12, 3), hear(17)), 18, 3],
		['once those who were there have been told of', begun(three, counted(12, 5), hear(13), hear(20, arrive(2, '4', 2))), 21, 5],
		[
			'once an end was told of one who was counted',
			begun(three, counted(12, 4), hear(20, [['departures', '3', Math.floor(at(15) / 60_000), 1]])),
			21,
			3,
		],
	] as const)('%s', (_name, facts, minutes, present) => {
		const one = now(facts, minutes);
		expect([one.present, one.fillingUntil === null]).toEqual([present, present !== null]);
	});

	test.each([
		['the messages are not past it', begun(three, counted(12, 3)), 13],
		['they have just passed it', begun(three, counted(12, 3), hear(16.9)), 17],
		['it differs', begun(three, counted(12, 4), hear(18)), 19],
		['it was made before the first message', begun(counted(9, 3), three, hear(18)), 19],
		['it comes to the same in a dark', begun(three, paper(11, 'nuovo', 'on'), counted(12, 3), hear(18)), 19],
		[
			'it comes to the same while the dark is entered',
			begun(three, paper(11, 'nuovo', 'on'), counted(12, 3), paper(14, 'nuovo', 'off'), hear(18)),
			19,
		],
	] as const)('not by a count where %s', (_name, facts, minutes) => {
		expect(now(facts, minutes).fillingUntil).not.toBeNull();
	});

	it('for good: a later silence, or a plan that says longer, does not open it again', () => {
		const facts = begunWithin('20min', three, hear(30, arrive(29, '3')), hear(200));
		expect(now(facts, 201)).toMatchObject({ present: 4, fillingUntil: null });
		expect(now(add(facts, [202, planned('24h')[1]], hear(203)), 204)).toMatchObject({ present: 4, fillingUntil: null });
	});

	it('also where the time ended just before it fell silent', () => {
		expect(now(begunWithin('20min', three, hear(100)), 101)).toMatchObject({ present: 3, fillingUntil: null });
	});

	it('by the same facts from any checkpoint on', () => {
		const lines = [planned(), three, counted(12, 5), hear(13), hear(60), hear(65, arrive(2, '4', 2)), hear(70, arrive(69, '1'))];
		const whole = add(emptyFacts(), ...lines);
		for (let cut = 1; cut < lines.length; cut += 1) {
			const kept = JSON.parse(JSON.stringify(add(emptyFacts(), ...lines.slice(0, cut)))) as Facts;
			for (const [minutes, draft] of lines.slice(cut)) applyEntry(kept, { v: 1, seq: kept.seq + 1, seen: at(minutes), ...draft });
			expect(boardOf(kept).sites).toEqual(boardOf(whole).sites);
		}
		expect(boardOf(whole).sites.nuovo?.census).toMatchObject({ since: at(10), isFull: true, unheardMs: 17 * 60_000 });
	});
});
