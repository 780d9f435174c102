// The emergency rooms together: sums over those that report, and the ones left out said so.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardOf } from '../../server/projections/fold.ts';
import { type Board, emptyBoard } from '../../shared/board.ts';
import { digestOf, sumCodes } from '../../shared/census-digest.ts';
import { minuteNumber, type TriageCode } from '../../shared/er.ts';
import type { ErSum, SiteNow } from '../../shared/er-now.ts';
import { judge } from '../../shared/judge.ts';
import { judgeEr } from '../../shared/judge-er.ts';
import { add, arrive, at, board, boardAt, census, count, figures, leave, MINUTE, mark, paper, play, treat } from '../projections/site-night.ts';

const figuresOfSum = ['present', 'waiting', 'inTreatment', 'boarding', 'overTarget', 'arrivalsLastHour'] as const;

/** What a sum must be, by the plainest reading: over those who are not blind and tell the figure. */
function plainSum(sites: readonly SiteNow[], figure: (typeof figuresOfSum)[number]): number | null {
	let sum: number | null = null;
	for (const site of sites) {
		const told = site[figure];
		if (site.standing !== 'blind' && told !== null) sum = (sum ?? 0) + told;
	}
	return sum;
}

function plainCode(sites: readonly SiteNow[], of: TriageCode): number | null {
	let sum: number | null = null;
	for (const { standing, byCode } of sites) if (standing !== 'blind' && byCode !== null) sum = (sum ?? 0) + byCode[of];
	return sum;
}

const disagreements = (sum: ErSum, sites: readonly SiteNow[]): string[] => [
	...figuresOfSum.filter((figure) => sum[figure] !== plainSum(sites, figure)),
	...(['byCode', ...figuresOfSum] as const).flatMap((figure) => {
		if (figure === 'present') return [];
		const telling = sites.filter((one) => one.standing !== 'blind' && one[figure] !== null);
		return sum.counted[figure] === telling.length ? [] : [`${figure} of ${sum.counted[figure]}`];
	}),
	...(codes.every((one) => (sum.byCode?.[one] ?? null) === plainCode(sites, one)) ? [] : ['byCode']),
	...(sum.reporting === sites.filter(({ standing }) => standing !== 'blind').length ? [] : ['reporting']),
	...(sum.sites === sites.length ? [] : ['sites']),
];

describe('a region', () => {
	it('is null where the plan has no site', () => {
		expect(judgeEr(emptyBoard, at(0))).toBeNull();
		expect(judge(emptyBoard, at(0)).er).toBeNull();
	});

	it('sums over the sites that report, leaves the blind one out and says so', () => {
		const facts = play(census(10, 'martino', [...arrive(5, '3', 4), ...treat(5, '3')]), figures(12, 'galliera', { present: 30, boarding: 2 }));
		const { region, bodies } = boardAt(facts, 15).er ?? {};
		expect(region).toMatchObject({ label: 'Liguria', present: 34, waiting: 3, boarding: 2, reporting: 2, sites: 3, onPaper: 0 });
		expect(region?.counted).toEqual({ byCode: 1, waiting: 1, inTreatment: 1, boarding: 2, overTarget: 1, arrivalsLastHour: 1 });
		expect(region?.oldest).toEqual({ site: 'martino', ageMs: 5 * MINUTE });
		expect(bodies?.asl).toMatchObject({ label: 'ASL', present: 34, sites: 2 });
		expect(bodies?.altra).toMatchObject({ label: 'Altra', present: null, byCode: null, reporting: 0, sites: 1, oldest: null });
	});

	it('is null and not 0 where all are blind', () => {
		const { region } = boardAt(play(), 15).er ?? {};
		expect(region).toMatchObject({ present: null, byCode: null, waiting: null, expectedLastHour: null, reporting: 0, sites: 3 });
	});

	it('expects of the same sites as arrive, and of none where one of them has no expectation', () => {
		const one = play(census(60, 'martino', arrive(59, '3')));
		expect(boardAt(one, 60).er?.region.expectedLastHour).toBeCloseTo(8.214, 3);
		const two = add(one, census(60, 'scassi', arrive(59, '3')));
		expect(boardAt(two, 60).er?.region).toMatchObject({ arrivalsLastHour: 2, expectedLastHour: null });
	});

	it('counts those on paper, reporting or not', () => {
		const facts = play(paper(1, 'martino', 'on'), paper(1, 'galliera', 'on'), count(5, 'martino', { '3': 9 }));
		expect(boardAt(facts, 6).er?.region).toMatchObject({ onPaper: 2, reporting: 1, present: 9 });
	});

	it('stands with its sites among what needs a decision', () => {
		const facts = play(census(10, 'martino', [['treatment', '4', null, 90]]));
		const worst = boardAt(facts, 15).worst.filter(({ subject }) => subject.startsWith('site/'));
		expect(worst.map(({ subject, standing, reason }) => [subject, standing, reason])).toEqual([
			['site/martino', 'bad', 'overcrowded'],
			['site/galliera', 'blind', 'never-reported'],
			['site/scassi', 'blind', 'never-reported'],
		]);
	});
});

const codes: readonly TriageCode[] = ['1', '2', '3', '4', '5', 'none'];
const code = fc.constantFrom(...codes);
const site = fc.constantFrom('martino', 'galliera', 'scassi');
const said = fc.oneof(
	fc.record({ what: fc.constant('arrive' as const), site, code, many: fc.integer({ min: 1, max: 9 }) }),
	fc.record({ what: fc.constant('bays' as const), site, code, many: fc.integer({ min: 1, max: 30 }) }),
	fc.record({ what: fc.constant('count' as const), site, code, many: fc.integer({ min: 0, max: 60 }) }),
	fc.record({ what: fc.constant('figures' as const), site, code, many: fc.integer({ min: 0, max: 60 }) }),
	fc.record({ what: fc.constant('paper' as const), site, code, many: fc.integer({ min: 0, max: 2 }) }),
);
type Said = typeof said extends fc.Arbitrary<infer T> ? T : never;

function tell(minutes: number, { what, site: id, code: of, many }: Said) {
	switch (what) {
		case 'arrive':
			return census(minutes, id, arrive(minutes, of, many));
		case 'bays':
			return census(minutes, id, [['treatment', of, null, many]]);
		case 'count':
			return count(minutes, id, { [of]: many });
		case 'figures':
			return figures(minutes, id, { present: many, ...(many % 2 === 0 ? { waiting: many } : {}) });
		default:
			return paper(minutes, id, (['on', 'off', 'entered'] as const)[many] ?? 'on');
	}
}

describe('in any night', () => {
	const night = fc.array(fc.tuple(fc.integer({ min: 1, max: 25 }), said), { minLength: 1, maxLength: 40 });
	const play1 = (steps: readonly (readonly [number, Said])[]) => {
		const facts = play();
		let minutes = 0;
		for (const [after, one] of steps) {
			minutes += after;
			add(facts, tell(minutes, one));
		}
		return { facts, minutes };
	};

	it('a sum is what its reporting sites add up to, and a blind one tells nothing', () => {
		let blind = 0;
		let uncounted = 0;
		let planned = 0;
		fc.assert(
			fc.property(night, fc.integer({ min: 0, max: 40 }), (steps, later) => {
				const { facts, minutes } = play1(steps);
				const er = boardAt(facts, minutes + later).er;
				const all = Object.values(er?.sites ?? {});
				expect(er && disagreements(er.region, all)).toEqual([]);
				for (const [id, sum] of Object.entries(er?.bodies ?? {}))
					expect(
						disagreements(
							sum,
							all.filter(({ body }) => body === id),
						),
					).toEqual([]);
				for (const one of all.filter(({ standing }) => standing === 'blind')) {
					blind += 1;
					expect([...figuresOfSum.map((figure) => one[figure]), one.byCode, one.nedocs.value, one.edwin.value]).toEqual(
						Array.from({ length: 9 }, () => null),
					);
				}
				const judged = boardAt(facts, minutes + later);
				const { sites } = boardOf(facts);
				const inWorst = judged.worst.map(({ subject }) => subject);
				for (const [id, one] of Object.entries(judged.sources)) {
					if (one.standing !== 'blind') continue;
					const fed = Object.values(sites).filter(({ sources }) => sources.includes(id));
					const isPlanned = fed.length > 0 && fed.every(({ dark }) => dark?.restoredAt === null);
					planned += isPlanned ? 1 : 0;
					expect([one.reason === 'sites-on-paper', inWorst.includes(`source/${id}`)]).toEqual([isPlanned, !isPlanned]);
				}
				for (const [id, { dark, count: last, paperStaleAfterMs }] of Object.entries(boardOf(facts).sites)) {
					if (dark === null || dark.restoredAt !== null || at(minutes + later) - dark.since <= paperStaleAfterMs) continue;
					if (last !== null && last.at >= dark.since) continue;
					uncounted += 1;
					expect(er?.sites[id]).toMatchObject({ mode: 'paper', standing: 'blind', reason: 'paper-no-count' });
				}
				for (const one of all.filter(({ standing }) => standing !== 'blind')) expect(one.ageMs).toBeLessThanOrEqual(one.limitMs);
			}),
			{ seed: 21102025, numRuns: 300 },
		);
		expect(blind).toBeGreaterThan(100);
		expect(uncounted).toBeGreaterThan(50);
		expect(planned).toBeGreaterThan(20);
	});

	it('would show a blind site that is summed as 0', () => {
		const { region, sites } = boardAt(play(census(10, 'martino', arrive(9, '3'))), 15).er ?? {};
		if (!region || !sites) throw new Error('no sites');
		const planted = { ...region, present: (region.present ?? 0) + 0, reporting: 3 };
		expect(disagreements(planted, Object.values(sites))).toEqual(['reporting']);
		const dark = boardAt(play(), 15).er;
		expect(dark && disagreements({ ...dark.region, present: 0 }, Object.values(dark.sites))).toEqual(['present']);
	});
});

type Event = readonly [minute: number, comes: boolean];
type Night = { readonly events: readonly Event[]; readonly counts: readonly number[]; readonly restore: number; readonly entries: readonly number[] };

/**
 * A dark of two hours from minute 30, with everybody on paper: who truly is there, and what the board is told of it. After the
 * restore each event is entered some minutes later, in any order.
 */
function paperNight({ events, counts, restore, entries }: Night) {
	const before = 30;
	const truth = (minute: number) => before + events.filter(([when]) => when <= minute).reduce((sum, [, comes]) => sum + (comes ? 1 : -1), 0);
	const facts = play(census(29, 'martino', [['treatment', '4', null, before]]), paper(30, 'martino', 'on'));
	const told = [
		...counts.map((minute) => ({ minute, line: count(minute, 'martino', { '4': truth(minute) }) })),
		{ minute: restore, line: paper(restore, 'martino', 'off') },
		...events.map(([when, comes], i) => {
			const minute = Math.max(restore, when) + (entries[i % entries.length] ?? 1);
			const changes = comes ? [...arrive(when, '4'), ...treat(when, '4')] : leave(when, '4');
			return { minute, line: census(minute, 'martino', changes) };
		}),
	].sort((a, b) => a.minute - b.minute);
	return { facts, told, truth };
}

/** At most `most` leave, so that nobody leaves who was not there. */
function leavingOnes(events: readonly Event[], most: number): Event[] {
	let left = most;
	return events.filter(([, comes]) => {
		if (!comes) left -= 1;
		return comes || left >= 0;
	});
}

describe('through the dark', () => {
	const nights: fc.Arbitrary<Night> = fc
		.record({
			events: fc.array(fc.tuple(fc.integer({ min: 31, max: 200 }), fc.boolean()), { maxLength: 60 }).map((all) =>
				leavingOnes(
					[...all].sort((a, b) => a[0] - b[0]),
					30,
				),
			),
			counts: fc.uniqueArray(fc.integer({ min: 31, max: 149 }), { minLength: 1, maxLength: 9 }).map((all) => [...all].sort((a, b) => a - b)),
			restore: fc.constant(150),
			entries: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }),
		})
		// Somebody comes in each counted minute: whether the count has them is where an anchor is easily wrong.
		.map((night) => ({ ...night, events: [...night.events, ...night.counts.map((minute) => [minute, true] as const)].sort((a, b) => a[0] - b[0]) }));

	type Tell = (board: Board, minute: number) => number | null;
	const judged: Tell = (board, minute) => judge(board, at(minute)).er?.sites.martino?.present ?? null;
	const seen = { shown: 0, caughtUp: 0 };

	/** What is wrong with what is told in a night; null where nothing is. */
	function wrongOf(night: Night, tell: Tell): string | null {
		const { facts, told, truth } = paperNight(night);
		let next = 0;
		for (let minute = 31; minute <= 245; minute += 1) {
			for (let one = told[next]; one !== undefined && one.minute <= minute; one = told[next]) {
				add(facts, one.line);
				next += 1;
			}
			const present = tell(boardOf(facts), minute);
			if (present === null) continue;
			seen.shown += 1;
			const last = night.counts.filter((one) => one <= minute).at(-1) ?? 30;
			const since = night.events.filter(([when]) => when > last && when <= minute).length;
			const wrong = Math.abs(present - truth(minute));
			if (wrong > since) return `${present} for ${truth(minute)} at ${minute}: more than the ${since} since ${last}`;
			if (night.counts.includes(minute) && wrong > 0) return `${present} for ${truth(minute)} as it was counted at ${minute}`;
			if (minute === 245) {
				seen.caughtUp += 1;
				if (wrong > 0) return `${present} for ${truth(minute)} once all is entered`;
			}
		}
		return null;
	}

	it('the board is never wrong by more than came and went since the last count, is exact at each count, and is once all is entered', () => {
		fc.assert(
			fc.property(nights, (night) => {
				expect(wrongOf(night, judged)).toBeNull();
			}),
			{ seed: 1940, numRuns: 120 },
		);
		console.log(`120 nights on paper: ${seen.shown} figures shown, ${seen.caughtUp} nights seen to their end`);
		expect(seen.shown).toBeGreaterThan(5000);
		expect(seen.caughtUp).toBeGreaterThan(20);
	});

	it.each<[string, Tell]>([
		['messages alone, while not all is entered', (board) => (board.sites.martino?.census ? digestOf(board.sites.martino.census).present : null)],
		['nothing known, said as 0', (board, minute) => judged(board, minute) ?? 0],
		['the last count, not carried on', (board) => (board.sites.martino?.count ? sumCodes(board.sites.martino.count.byCode) : null)],
		[
			'what came in the counted minute, counted again',
			(board, minute) => {
				const { count: last, census: heard, dark } = board.sites.martino ?? {};
				const present = judged(board, minute);
				if (!last || !heard || dark?.restoredAt === null || present === null) return present;
				return present + (heard.arrivals['4']?.[minuteNumber(last.at)] ?? 0);
			},
		],
	])('would catch %s', (_name, tell) => {
		const wrong = fc.sample(nights, { seed: 1940, numRuns: 120 }).map((night) => wrongOf(night, tell));
		expect(wrong.filter((one) => one !== null).length).toBeGreaterThan(0);
	});
});

it('of 39 sites is judged in about half a millisecond', () => {
	const facts = play();
	const one = boardOf(
		add(
			facts,
			...Array.from({ length: 180 }, (_, i) =>
				census(i, 'martino', [
					...arrive(i, codes[i % 6] ?? '3'),
					...(i % 3 === 0 ? treat(i, codes[i % 6] ?? '3') : []),
					...(i % 9 === 0 ? board(i, codes[i % 6] ?? '3') : []),
				]),
			),
			mark(180, { kind: 'bedside', site: 'martino', respirators: 1 }),
		),
	);
	const martino = one.sites.martino;
	if (!martino) throw new Error('no site');
	const sites = Object.fromEntries(Array.from({ length: 39 }, (_, i) => [`s${i}`, structuredClone(martino)]));
	const lazio = { ...one, sites };
	judgeEr(lazio, at(180));
	const times = Array.from({ length: 51 }, (_, i) => {
		const from = performance.now();
		judgeEr(lazio, at(180) + i * 1000);
		return performance.now() - from;
	}).sort((a, b) => a - b);
	console.log(`39 sites: judged in ${times[25]?.toFixed(3)} ms (median of 51)`);
	// Once a second on both ends: a bound that only a slip in its order of work would pass.
	expect(times[25]).toBeLessThan(10);
});
