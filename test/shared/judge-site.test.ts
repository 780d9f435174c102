// A site at a moment: whose word counts, what it tells, how it stands. Null where nobody tells, never 0, and never green on silence.
import { describe, expect, it, test } from 'vitest';
import type { CensusChange, TriageCode } from '../../shared/er.ts';
import type { SiteNow } from '../../shared/er-now.ts';
import {
	add,
	arrive,
	at,
	board,
	census,
	count,
	figures,
	type Line,
	lapse,
	leave,
	MINUTE,
	mark,
	paper,
	play,
	siteAt,
	treat,
} from '../projections/site-night.ts';

const codes = (values: Readonly<Record<string, number>>) => ({ '1': 0, '2': 0, '3': 0, '4': 0, '5': 0, none: 0, ...values });
const figuresOf = (site: SiteNow) => [
	site.present,
	site.byCode,
	site.waiting,
	site.inTreatment,
	site.boarding,
	site.overTarget,
	site.arrivalsLastHour,
];
const oneLess = [
	['treatment', '4', null, -1],
	['lapsed', '4', Math.floor(at(20) / MINUTE), 1],
] as const;
/** In a bay each, since before the night: the census of `n` present who wait for nothing. */
const gone = (minutes: number, code: TriageCode, n: number): CensusChange[] => [['departures', code, Math.floor(at(minutes) / MINUTE), n]];
const inBays = (n: number) => [['treatment', '4', null, n] as const];

describe('the voice', () => {
	type Row = readonly [
		name: string,
		lines: readonly Line[],
		minutes: number,
		site: string,
		expected: readonly [SiteNow['mode'], SiteNow['standing'], SiteNow['reason'], number | null, number | null],
	];
	const fed = census(10, 'martino', inBays(20));
	const dark = paper(40, 'martino', 'on');
	const counted = count(55, 'martino', { '3': 25 }, { forms: 3 });
	const back = paper(100, 'martino', 'off');
	const counts = figures(10, 'galliera', { present: 30 });
	const rows: readonly Row[] = [
		['nobody ever spoke', [], 10, 'martino', ['feed', 'blind', 'never-reported', null, null]],
		['messages', [fed], 15, 'martino', ['feed', 'good', null, 20, 5]],
		['messages, at their limit', [fed], 40, 'martino', ['feed', 'good', null, 20, 30]],
		['messages that went silent', [fed], 40.1, 'martino', ['feed', 'blind', 'silent', null, 30.1]],
		['messages, and a visit that lapsed since', [fed, lapse(20, 'martino', oneLess)], 20, 'martino', ['feed', 'good', null, 19, 10]],
		['messages that went silent, and a visit lapses', [fed, lapse(45, 'martino', oneLess)], 45, 'martino', ['feed', 'blind', 'silent', null, 35]],
		[
			'paper without a count, and a visit lapses',
			[fed, dark, lapse(55, 'martino', oneLess)],
			55,
			'martino',
			['paper', 'blind', 'paper-no-count', null, 45],
		],
		[
			'restored, and only a visit lapses',
			[fed, dark, back, lapse(101, 'martino', oneLess)],
			102,
			'martino',
			['catchup', 'blind', 'paper-no-count', null, 92],
		],
		['messages that were made long before they came', [census(50, 'martino', inBays(20), 15)], 50, 'martino', ['feed', 'blind', 'silent', null, 35]],
		['a sender whose clock runs ahead', [census(10, 'martino', inBays(20), 30)], 41, 'martino', ['feed', 'blind', 'silent', null, 31]],
		['a feed of counts', [counts], 12, 'galliera', ['feed', 'good', null, 30, 2]],
		['a feed of counts that went silent', [counts], 41, 'galliera', ['feed', 'blind', 'silent', null, 31]],
		[
			'a feed that cannot be looked at',
			[counts, figures(12, 'galliera', { present: null })],
			13,
			'galliera',
			['feed', 'blind', 'cannot-look', null, 3],
		],
		['a feed that tells all but who is present', [figures(10, 'galliera', { waiting: 9 })], 11, 'galliera', ['feed', 'blind', 'incomplete', null, 1]],
		[
			'a feed that tells no longer who is present',
			[figures(10, 'galliera', { present: 30, waiting: 9 }), figures(41, 'galliera', { waiting: 8 })],
			42,
			'galliera',
			['feed', 'blind', 'incomplete', null, 1],
		],
		['paper, not counted yet: the last census', [census(30, 'martino', inBays(20)), dark], 45, 'martino', ['paper', 'good', null, 20, 15]],
		['paper, not counted for too long', [fed, dark], 55, 'martino', ['paper', 'blind', 'paper-no-count', null, 45]],
		['paper, and nobody ever spoke', [dark], 45, 'martino', ['paper', 'blind', 'paper-no-count', null, null]],
		[
			'paper, not counted, and messages go on: no word of what is in there',
			[census(30, 'martino', inBays(20)), dark, census(54, 'martino', inBays(3)), census(55, 'martino', arrive(55, '2'))],
			55,
			'martino',
			['paper', 'blind', 'paper-no-count', null, 25],
		],
		[
			'paper, not counted, and messages go on: until then what was so when it began',
			[census(30, 'martino', inBays(20)), dark, census(44, 'martino', inBays(3))],
			45,
			'martino',
			['paper', 'good', null, 20, 15],
		],
		[
			'paper on a site that was blind, and messages go on',
			[census(5, 'martino', inBays(20)), dark, census(44, 'martino', inBays(3))],
			45,
			'martino',
			['paper', 'blind', 'paper-no-count', null, 40],
		],
		[
			'paper where nobody ever spoke, and messages begin',
			[dark, census(44, 'martino', inBays(3))],
			45,
			'martino',
			['paper', 'blind', 'paper-no-count', null, null],
		],
		[
			'paper, not counted, and a feed of counts goes on',
			[counts, paper(12, 'galliera', 'on'), figures(40, 'galliera', { present: 8 })],
			41,
			'galliera',
			['paper', 'blind', 'paper-no-count', null, 31],
		],
		[
			'paper said late: what came after it began is none of it',
			[census(50, 'martino', inBays(20)), [50, { kind: 'mark', mark: { kind: 'paper', site: 'martino', state: 'on' }, by: 'person/a', at: at(40) }]],
			60.1,
			'martino',
			['paper', 'blind', 'paper-no-count', null, 20.1],
		],
		[
			'paper, and a count of just before it that waited in a phone',
			[census(30, 'martino', inBays(20)), dark, count(38, 'martino', { '3': 7 }, { sent: 45 })],
			46,
			'martino',
			['paper', 'good', null, 7, 8],
		],
		[
			'back on paper before it was caught up: what was believed then',
			[census(30, 'martino', inBays(20)), dark, paper(50, 'martino', 'off'), census(51, 'martino', inBays(1)), paper(52, 'martino', 'on')],
			60,
			'martino',
			['paper', 'good', null, 21, 9],
		],
		['paper, counted', [fed, dark, counted], 60, 'martino', ['paper', 'good', null, 25, 5]],
		['paper, at its limit', [fed, dark, counted], 75, 'martino', ['paper', 'good', null, 25, 20]],
		['paper, counted too long ago', [fed, dark, counted], 75.1, 'martino', ['paper', 'blind', 'paper-stale', null, 20.1]],
		['paper, counted before the dark only', [count(35, 'martino', { '3': 9 }), dark], 45, 'martino', ['paper', 'good', null, 9, 10]],
		[
			'a count that came late from a phone',
			[dark, count(60, 'martino', { '3': 9 }, { sent: 90 })],
			90,
			'martino',
			['paper', 'blind', 'paper-stale', null, 30],
		],
		['restored, nothing heard yet', [fed, dark, count(95, 'martino', { '3': 25 }), back], 101, 'martino', ['catchup', 'good', null, 25, 6]],
		['restored, and silent', [fed, dark, counted, back], 101, 'martino', ['catchup', 'blind', 'paper-stale', null, 46]],
		['restored, and never counted', [fed, dark, back, census(101, 'martino', [])], 102, 'martino', ['catchup', 'blind', 'paper-no-count', null, 1]],
		[
			'restored before a count was due',
			[census(39, 'martino', inBays(20)), dark, paper(55, 'martino', 'off'), census(56, 'martino', [])],
			57,
			'martino',
			['catchup', 'good', null, 20, 1],
		],
		[
			'restored, with messages',
			[fed, dark, counted, back, census(101, 'martino', arrive(99, '2'))],
			102,
			'martino',
			['catchup', 'good', null, 26, 1],
		],
		[
			'restored, and the messages stop',
			[fed, dark, counted, back, census(101, 'martino', arrive(99, '2'))],
			132,
			'martino',
			['catchup', 'blind', 'silent', null, 31],
		],
		[
			'restored, with a feed of counts',
			[paper(40, 'galliera', 'on'), paper(100, 'galliera', 'off'), figures(101, 'galliera', { present: 28 })],
			102,
			'galliera',
			['catchup', 'good', null, 28, 1],
		],
		[
			'restored a day ago, and nobody said a word of it',
			[fed, dark, back, census(1541, 'martino', [])],
			1542,
			'martino',
			['feed', 'good', null, 20, 1],
		],
		['a ward that counts where no feed ever was', [count(5, 'scassi', { '3': 9 })], 7, 'scassi', ['paper', 'good', null, 9, 2]],
		['and stops counting', [count(5, 'scassi', { '3': 9 })], 26, 'scassi', ['paper', 'blind', 'paper-stale', null, 21]],
		['a ward that counts while the feed is silent', [fed, count(45, 'martino', { '3': 9 })], 46, 'martino', ['paper', 'good', null, 9, 1]],
		['a ward that counts beside the feed', [fed, count(12, 'martino', { '3': 9 })], 13, 'martino', ['feed', 'good', null, 20, 3]],
	];
	test.each(rows)('%s', (_name, lines, minutes, id, [mode, standing, reason, present, age]) => {
		const site = siteAt(play(...lines), minutes, id);
		expect([site.mode, site.standing, site.reason, site.present]).toEqual([mode, standing, reason, present]);
		if (age === null) expect(site.ageMs).toBeNull();
		else expect(site.ageMs).toBeCloseTo(age * MINUTE, 0);
		if (standing === 'blind') expect(figuresOf(site)).toEqual(figuresOf(site).map(() => null));
	});
});

describe('what messages tell', () => {
	const facts = play(
		census(200, 'martino', [
			...arrive(199, '1'),
			...arrive(185, '2', 2),
			...arrive(184, '2'),
			...arrive(140, '3'),
			...arrive(139, '3', 2),
			...arrive(80, '4'),
			...arrive(79, '4'),
			...arrive(0, 'none', 3),
			...arrive(20, '5', 4),
			...treat(20, '5', 4),
			...board(50, '5', 2),
			...leave(190, '5', 170),
			['observation', '3', null, 5],
		]),
	);
	const site = siteAt(facts, 200);

	it('is who is present, by code and by where they are', () => {
		expect(site).toMatchObject({ present: 20, byCode: codes({ '1': 1, '2': 3, '3': 8, '4': 2, '5': 3, none: 3 }) });
		expect(site).toMatchObject({ waiting: 12, inTreatment: 1, observation: 5, boarding: 2, occupancy: 20 / 60 });
		expect(site.waitingByCode).toEqual(codes({ '1': 1, '2': 3, '3': 3, '4': 2, none: 3 }));
	});

	it('is who waits for longer than the code’s target, strictly, in whole minutes', () => {
		expect(site.overTargetByCode).toEqual(codes({ '1': 1, '2': 1, '3': 2, '4': 1 }));
		expect(site.overTarget).toBe(5);
	});

	it('is how long the longest boarder waits, and who came in the 60 minutes to now', () => {
		expect(site.longestBoardingMs).toBe(150 * MINUTE);
		// From minute 141 to 200: those of 185, 184 and 199.
		expect(site.arrivalsLastHour).toBe(4);
		expect(siteAt(facts, 244).arrivalsLastHour).toBeNull();
		expect(siteAt(facts, 229).arrivalsLastHour).toBe(4);
	});

	it('is how long those stayed who left in a day, by steps of ten minutes', () => {
		const stays = [5, 15, 25, 35, 45, 55, 65, 75, 85, 600];
		const left = stays.flatMap((stay, i) => [...arrive(0, '4'), ...treat(0, '4'), ...leave(100 + i, '4', stay)]);
		const { stay } = siteAt(play(census(120, 'martino', left)), 121);
		expect(stay).toEqual({ p50Ms: 45 * MINUTE, p90Ms: 85 * MINUTE, of: 10 });
	});

	it('is who left unseen in a day, as a share of who came', () => {
		const lines = census(120, 'martino', [...arrive(60, '5', 8), ['waiting', '5', 29_351_040, 0], ['unseen', '5', Math.floor(at(100) / MINUTE), 2]]);
		expect(siteAt(play(lines), 121).unseen).toEqual({ count: 2, share: 0.25 });
		expect(siteAt(play(census(120, 'martino', [])), 121).unseen).toEqual({ count: 0, share: null });
		expect(siteAt(play(census(120, 'martino', [])), 121).stay).toBeNull();
	});
});

describe('visits that lapsed', () => {
	const DAY = 1440;
	const lapsedAt = (minutes: number) => ['lapsed', '4', Math.floor(at(minutes) / MINUTE), 2] as const;
	const facts = play(census(0, 'martino', inBays(20)), lapse(30, 'martino', [['treatment', '4', null, -2], lapsedAt(30)]));

	it('are told for 24 hours, in whole hours, and were no departures', () => {
		expect(siteAt(facts, 30)).toMatchObject({ present: 18, lapsed: 2, stay: null });
		expect(siteAt(add(facts, census(DAY - 1, 'martino', [])), DAY - 1).lapsed).toBe(2);
		expect(siteAt(add(facts, census(DAY, 'martino', [])), DAY).lapsed).toBe(0);
	});

	it('are not known while the site is blind, or on paper', () => {
		expect(siteAt(facts, DAY + 31).lapsed).toBeNull();
		expect(siteAt(add(facts, paper(DAY + 32, 'martino', 'on')), DAY + 33).lapsed).toBeNull();
	});
});

describe('what counts of a feed tell', () => {
	it('is what they name, and null for the rest', () => {
		const site = siteAt(play(figures(10, 'galliera', { present: 30, boarding: 4 })), 11, 'galliera');
		expect(figuresOf(site)).toEqual([30, null, null, null, 4, null, null]);
	});

	it('adds up only with those who have no code', () => {
		const five = { present1: 1, present2: 2, present3: 3, present4: 4, present5: 5 };
		expect(siteAt(play(figures(10, 'galliera', five)), 11, 'galliera')).toMatchObject({ standing: 'blind', present: null });
		expect(siteAt(play(figures(10, 'galliera', { ...five, presentNone: 6 })), 11, 'galliera')).toMatchObject({
			present: 21,
			byCode: codes({ '1': 1, '2': 2, '3': 3, '4': 4, '5': 5, none: 6 }),
		});
	});

	it('adds up of where they are only when all four are told', () => {
		expect(siteAt(play(figures(10, 'galliera', { waiting: 5, treatment: 9, observation: 2, boarding: 4 })), 11, 'galliera').present).toBe(20);
		expect(siteAt(play(figures(10, 'galliera', { waiting: 5, treatment: 9, observation: 2 })), 11, 'galliera').present).toBeNull();
	});

	it('leaves out the one figure that is old, and is as old as the oldest that it shows', () => {
		const facts = play(figures(5, 'galliera', { waiting: 9 }), figures(20, 'galliera', { present: 30 }));
		expect(siteAt(facts, 30, 'galliera')).toMatchObject({ waiting: 9, present: 30, ageMs: 25 * MINUTE });
		expect(siteAt(facts, 36, 'galliera')).toMatchObject({ waiting: null, present: 30, ageMs: 16 * MINUTE });
	});
});

describe('paper and the catch-up after it', () => {
	const facts = play(
		census(30, 'martino', inBays(40)),
		paper(40, 'martino', 'on'),
		count(90, 'martino', { '2': 4, '3': 20, '5': 1 }, { boarding: 3, forms: 10 }),
		paper(100, 'martino', 'off'),
		census(101, 'martino', [...arrive(50, '3', 4), ...arrive(90, '2'), ...arrive(91, '4', 2)]),
		census(105, 'martino', [...treat(50, '3', 3), ...leave(95, '3', 45, 3), ['departures', '5', Math.floor(at(96) / MINUTE), 2]]),
	);

	it('carries the last count on by what came and went in the minutes after it', () => {
		const site = siteAt(facts, 106);
		// More left at code 5 than were counted under it: the codes do not add up to the total, which does.
		expect(site).toMatchObject({ mode: 'catchup', present: 25 + 2 - 5, byCode: null, boarding: 3, waiting: null });
		expect(site.backEntry).toEqual({ entered: 7, expected: 10, left: 3, isEstimate: false });
		expect(site.reconcile).toBeNull();
	});

	test.each([
		['who came and went under what was counted', [...arrive(95, '3', 2), ...gone(96, '3', 5)], 22, { '2': 4, '3': 17, '5': 1 }],
		['a code of which the last one left', gone(96, '5', 1), 24, { '2': 4, '3': 20 }],
		['a code of which more left than were counted', gone(96, '5', 2), 23, null],
		['a code of which nobody was counted', gone(96, '1', 1), 24, null],
		['no more than were counted, of all codes', gone(96, '3', 20), 5, { '2': 4, '5': 1 }],
		['more than were counted, of all codes', gone(96, '3', 30), 0, null],
	] as const)('by code after %s', (_name, changes, present, byCode) => {
		const entered = play(
			paper(40, 'martino', 'on'),
			count(90, 'martino', { '2': 4, '3': 20, '5': 1 }),
			paper(100, 'martino', 'off'),
			census(101, 'martino', changes),
		);
		expect(siteAt(entered, 102)).toMatchObject({ mode: 'catchup', present, byCode: byCode && codes(byCode) });
	});

	it('gives way to the messages once all is entered and it is quiet, and then tells the difference', () => {
		const all = add(structuredClone(facts), census(110, 'martino', arrive(60, '5', 3)));
		expect(siteAt(all, 114.9)).toMatchObject({ mode: 'catchup', backEntry: { left: 0 }, present: 22 });
		expect(siteAt(all, 115)).toMatchObject({ mode: 'feed', backEntry: null, dark: null });
		// 40 in bays and 10 entered, 2 of them after the count; 3 left, and 2 more are told to have left.
		expect(siteAt(all, 115).reconcile).toEqual({ counted: 25, system: 40 + 10 - 3 - 2 + 5, at: at(90) });
	});

	it('gives way to a person’s word as well', () => {
		const said = add(structuredClone(facts), paper(107, 'martino', 'entered'));
		expect(siteAt(said, 108).mode).toBe('feed');
		expect(siteAt(said, 108).reconcile?.counted).toBe(25);
	});

	it('says nothing of a difference where there is none', () => {
		const even = play(
			census(30, 'martino', inBays(5)),
			paper(40, 'martino', 'on'),
			count(50, 'martino', { '4': 5 }),
			paper(55, 'martino', 'off'),
			paper(56, 'martino', 'entered'),
			census(57, 'martino', arrive(57, '1')),
		);
		expect(siteAt(even, 58)).toMatchObject({ mode: 'feed', present: 6, reconcile: null });
	});

	it('estimates the forms by what was to be expected, and says so', () => {
		const site = siteAt(play(paper(0, 'martino', 'on')), 120);
		expect(site.backEntry).toEqual({ entered: 0, expected: 16, left: 16, isEstimate: true });
		expect(siteAt(play(paper(0, 'scassi', 'on')), 120, 'scassi').backEntry).toMatchObject({ expected: null, left: null, isEstimate: false });
	});

	it('has nothing to enter of a dark in which nobody was to be expected, and nobody came', () => {
		const short = play(census(1, 'martino', inBays(9)), paper(2, 'martino', 'on'), paper(4, 'martino', 'off'));
		expect(siteAt(short, 5)).toMatchObject({ mode: 'catchup', present: 9, backEntry: null });
		expect(siteAt(add(structuredClone(short), census(5, 'martino', arrive(3, '3'))), 6).backEntry).toMatchObject({
			entered: 1,
			expected: 0,
			left: 0,
		});
		const told = play(census(1, 'martino', []), paper(2, 'martino', 'on'), count(3, 'martino', {}, { forms: 0 }), paper(4, 'martino', 'off'));
		expect(siteAt(told, 5).backEntry).toEqual({ entered: 0, expected: 0, left: 0, isEstimate: false });
	});

	it('says when the next count is due, from the last one or from the beginning', () => {
		expect(siteAt(play(paper(40, 'martino', 'on')), 41).nextCountAt).toBe(at(55));
		expect(siteAt(play(paper(40, 'martino', 'on'), count(52, 'martino', {})), 53).nextCountAt).toBe(at(67));
		expect(siteAt(facts, 106).nextCountAt).toBeNull();
	});

	it('has no number for an hour that reaches into what is not all entered', () => {
		expect(siteAt(facts, 106).arrivalsLastHour).toBeNull();
		const later = add(structuredClone(facts), census(165, 'martino', arrive(164, '3', 2)));
		expect(siteAt(later, 166)).toMatchObject({ mode: 'catchup', arrivalsLastHour: 2 });
	});
});

describe('how it stands', () => {
	const crowd = (n: number, ...rest: ReturnType<typeof arrive>) => siteAt(play(census(60, 'martino', [...inBays(n), ...rest])), 60);
	test.each<[string, SiteNow, SiteNow['standing'], SiteNow['reason']]>([
		['with room', crowd(56), 'good', null],
		['near its spaces', crowd(57), 'watch', 'crowded'],
		['one below too full', crowd(65), 'watch', 'crowded'],
		['too full', crowd(66), 'bad', 'overcrowded'],
		['a red in the grace', crowd(5, ...arrive(55, '1')), 'good', null],
		['a red past it', crowd(5, ...arrive(54, '1')), 'watch', 'urgent-waiting'],
		['an orange in the grace', crowd(5, ...arrive(40, '2')), 'good', null],
		['an orange past it', crowd(5, ...arrive(39, '2')), 'watch', 'urgent-waiting'],
		['urgent and too full', crowd(70, ...arrive(39, '2')), 'bad', 'overcrowded'],
		['others over their target', crowd(5, ...arrive(0, '3', 1)), 'good', null],
	])('%s', (_name, site, standing, reason) => {
		expect([site.standing, site.reason]).toEqual([standing, reason]);
	});

	it('on paper by the count', () => {
		expect(siteAt(play(paper(1, 'martino', 'on'), count(5, 'martino', { '3': 70 })), 6)).toMatchObject({ standing: 'bad', reason: 'overcrowded' });
	});

	it('is not crowded where nobody knows its spaces', () => {
		expect(siteAt(play(census(60, 'scassi', inBays(500))), 60, 'scassi')).toMatchObject({ occupancy: null, standing: 'good' });
	});
});

describe('a surge', () => {
	// 8.214 are expected in an hour: P(X ≥ 18) = 0.0023, P(X ≥ 19) = 0.0010, P(X ≥ 20) = 0.0004.
	const flood = (n: number) => census(60, 'martino', [...arrive(50, '4', n), ...treat(50, '4', n)]);
	test.each([
		[8, null],
		[18, null],
		[20, 'surge'],
	])('of %d arrivals in an hour is %s', (n, reason) => {
		expect(siteAt(play(flood(n)), 60).reason).toBe(reason);
	});

	it('is none on paper, and none of what is entered after it, in the catch-up and for an hour after that', () => {
		const facts = play(paper(30, 'martino', 'on'), count(35, 'martino', { '4': 10 }, { forms: 40 }), flood(40));
		expect(siteAt(facts, 61).reason).toBe('paper-stale');
		add(facts, count(62, 'martino', { '4': 10 }, { forms: 40 }), paper(63, 'martino', 'off'), census(64, 'martino', arrive(45, '5', 40)));
		expect(siteAt(facts, 65)).toMatchObject({ mode: 'catchup', standing: 'good', reason: null });
		expect(siteAt(facts, 70)).toMatchObject({ mode: 'feed', arrivalsLastHour: 80, reason: 'overcrowded' });
		add(facts, census(71, 'martino', leave(71, '4', 20, 40)), census(72, 'martino', [...treat(45, '5', 40), ...leave(72, '5', 20, 40)]));
		expect(siteAt(facts, 73)).toMatchObject({ mode: 'feed', arrivalsLastHour: 80, standing: 'good', reason: null });
		// Who is entered as if just arrived would be one.
		add(facts, census(120, 'martino', [...arrive(119, '5', 30), ...treat(119, '5', 30)]));
		expect(siteAt(facts, 121)).toMatchObject({ arrivalsLastHour: 30, reason: null });
		add(facts, census(180, 'martino', [...arrive(179, '5', 20), ...treat(179, '5', 20)]));
		expect(siteAt(facts, 181)).toMatchObject({ reason: 'surge' });
	});

	it('is none in a catch-up that needed no count, for as long as it lasts', () => {
		const facts = play(census(1, 'martino', []), paper(2, 'martino', 'on'), paper(10, 'martino', 'off'), census(100, 'martino', []));
		add(facts, census(120, 'martino', [...arrive(110, '4', 40), ...treat(110, '4', 40)]));
		expect(siteAt(facts, 121)).toMatchObject({ mode: 'catchup', arrivalsLastHour: 40, standing: 'good', stay: null, unseen: null });
	});

	it('is none where nobody knows what is expected', () => {
		expect(siteAt(play(census(60, 'scassi', [...arrive(50, '4', 90), ...treat(50, '4', 90)])), 60, 'scassi').reason).toBeNull();
	});
});

describe('the two indices', () => {
	const bed = (facts: ReturnType<typeof play>) =>
		add(facts, [
			60,
			{ kind: 'census', source: 'adt', messages: 1, sites: [{ site: 'martino', heardAt: at(60), changes: [], lastBed: [at(58), 90 * MINUTE] }] },
		]);
	const said = mark(50, { kind: 'bedside', site: 'martino', respirators: 2, physicians: 3 });
	const facts = () => bed(play(census(60, 'martino', [...inBays(60), ...board(0, '4', 8)]), said));

	it('are worked from what is counted, planned and said, with the provenance of each term', () => {
		const { nedocs, edwin } = siteAt(facts(), 60);
		// −20 + 85.8·60/60 + 600·8/1000 + 13.4·2 + 0.93·1 + 5.64·1.5 = 106.79.
		expect(nedocs.value).toBeCloseTo(106.79, 2);
		expect(nedocs.band).toBe('overcrowded');
		expect(nedocs.terms.map(({ name, from }) => `${name} ${from}`)).toEqual([
			'patients counted',
			'spaces plan',
			'admitted counted',
			'beds plan',
			'respirators person',
			'longestBoardingHours counted',
			'lastBedHours counted',
		]);
		// 60 greens weigh 120; 3 physicians, 60 − 8 bays: 120 / 156.
		expect(edwin.value).toBeCloseTo(120 / 156, 6);
	});

	it('are not known once a term is too old: respirators after an hour, those on duty after a shift, then by the plan', () => {
		const later = add(facts(), census(111, 'martino', []));
		expect(siteAt(later, 110.1).nedocs).toMatchObject({ value: null, band: null });
		expect(siteAt(later, 111).nedocs.terms.find(({ name }) => name === 'respirators')).toMatchObject({ from: 'stale', value: null });
		const next = add(later, census(775, 'martino', []));
		expect(siteAt(next, 770).edwin.terms.find(({ name }) => name === 'physicians')).toMatchObject({ from: 'person', value: 3 });
		expect(siteAt(next, 775).edwin.terms.find(({ name }) => name === 'physicians')).toMatchObject({ from: 'plan', value: 4 });
	});

	it.each([
		['nobody said how many are on a respirator', [census(60, 'martino', inBays(9))], 61, 'nedocs', 'respirators', 'missing'],
		['nobody has ever been put in a bay', [census(60, 'martino', inBays(9)), said], 61, 'nedocs', 'lastBedHours', 'missing'],
		['the feed is silent', [census(60, 'martino', inBays(9)), said], 95, 'nedocs', 'patients', 'stale'],
		[
			'it is on paper',
			[said, paper(60, 'martino', 'on'), count(61, 'martino', { '3': 9 }, { boarding: 2 })],
			62,
			'nedocs',
			'longestBoardingHours',
			'missing',
		],
		['one has no code yet', [census(60, 'martino', [...inBays(9), ...arrive(60, 'none')])], 61, 'edwin', 'acuity', 'missing'],
	] as const)('are not known where %s', (_name, lines, minutes, index, term, from) => {
		const found = siteAt(play(...lines), minutes)[index];
		expect(found.value).toBeNull();
		expect(found.terms.find(({ name }) => name === term)).toMatchObject({ value: null, from });
	});

	it('take the word of a source where that is the newest', () => {
		const newer = add(facts(), figures(70, 'martino', { respirators: 5, physicians: 6 }), census(71, 'martino', []));
		expect(siteAt(newer, 71).nedocs.terms.find(({ name }) => name === 'respirators')).toMatchObject({ value: 5, from: 'source' });
	});
});
