// What reports of facilities, networks, dependants and flows become as facts: slopes of the last minutes, since when, and what was passed.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { lookAt } from '../../server/domain/alarm-conditions.ts';
import { applyEntry, boardOf, emptyFacts, type Facts } from '../../server/projections/fold.ts';
import { addRecent, type RecentLevels, slopeOf } from '../../server/projections/slope.ts';
import type { Draft } from '../../shared/entry.ts';
import { judge } from '../../shared/judge.ts';
import type { MeasureName } from '../../shared/measures.ts';
import { measureOf } from '../../shared/measures.ts';
import { type Plan, planSchema } from '../../shared/plan.ts';
import type { Subject } from '../../shared/subject.ts';
import { anyNight, nightStart, playNight } from './breakdown-nights.ts';

const start = Date.parse('2021-08-14T15:00:00Z');
const MINUTE = 60_000;
const planOf = (sections: object): Plan =>
	planSchema.parse({
		programme: { id: 'test', name: 'Test' },
		cutover: { id: 'night', name: 'Night', window: { start: '2021-08-14T17:00:00+02:00', end: '2021-08-17T17:00:00+02:00' } },
		sources: { one: { kind: 'push', label: 'One' } },
		...sections,
	});
const sections = {
	facilities: {
		ced: { label: 'CED', temperature: { watch: 27, limit: 32 }, coolingUnits: 5, side: 'old' },
		sala: { label: 'Sala' },
	},
	networks: { wan: { label: 'WAN' } },
	dependants: { medici: { label: 'Medici', count: 6157, needs: ['network/wan'] } },
	flows: { farmacie: { label: 'Farmacie' } },
};

type Line = readonly [minutes: number, subject: Subject, values: Partial<Record<MeasureName, number | null>>, lateMinutes?: number];
const planned = (plan: Plan): Draft => ({ kind: 'plan', plan, text: '', digest: 'd', by: 'test', rehearsal: true });

function play(lines: readonly (Line | readonly [minutes: number, plan: Plan])[], facts: Facts = emptyFacts()): Facts {
	const add = (minutes: number, draft: Draft): void => applyEntry(facts, { v: 1, seq: facts.seq + 1, seen: start + minutes * MINUTE, ...draft });
	if (facts.seq === 0) add(-1, planned(planOf(sections)));
	for (const line of lines) {
		const [minutes, about] = line;
		if (typeof about !== 'string') {
			add(minutes, planned(about));
			continue;
		}
		const at = start + (minutes - (line[3] ?? 0)) * MINUTE;
		const samples = Object.entries(line[2] ?? {}).map(([measure, value]) => ({
			subject: about,
			measure: measure as MeasureName,
			value,
			at,
			...(value === null ? { why: 'timeout' as const } : {}),
		}));
		add(minutes, { kind: 'samples', source: 'one', samples });
	}
	return facts;
}
const hot = (minutes: number, value: number | null, late = 0): Line => [minutes, 'facility/ced', { 'facility.temperature': value }, late];
const ced = (facts: Facts) => boardOf(facts).facilities.ced;
const now = (facts: Facts, minutes: number) => judge(boardOf(facts), start + minutes * MINUTE).breakdown;

describe('the slope', () => {
	const of = (...points: readonly (readonly [minutes: number, value: number])[]): number | null => {
		const recent: RecentLevels = [];
		for (const [minutes, value] of points) addRecent(recent, minutes * MINUTE, value);
		return slopeOf(recent, 3, 4 * MINUTE);
	};
	test.each([
		['nothing', [], null],
		['one report', [[0, 22]], null],
		[
			'two reports',
			[
				[0, 22],
				[5, 23],
			],
			null,
		],
		[
			'three within less than four minutes',
			[
				[0, 22],
				[2, 23],
				[3.9, 24],
			],
			null,
		],
		[
			'three over four minutes',
			[
				[0, 22],
				[2, 22.5],
				[4, 23],
			],
			0.25,
		],
		[
			'level',
			[
				[0, 22],
				[2, 22],
				[4, 22],
				[6, 22],
			],
			0,
		],
		[
			'falling',
			[
				[0, 26],
				[2, 25],
				[4, 24],
			],
			-0.5,
		],
		[
			'one sensor’s slip',
			[
				[0, 22],
				[1, 22.1],
				[2, 22.2],
				[3, 60],
				[4, 22.4],
				[5, 22.5],
				[6, 22.6],
			],
			0.1,
		],
		[
			'what is older than a quarter of an hour',
			[
				[0, 90],
				[20, 22],
				[22, 23],
				[24, 24],
			],
			0.5,
		],
		[
			'a point at the edge of it',
			[
				[0, 20],
				[5, 21],
				[15, 23],
			],
			0.2,
		],
		[
			'two words of one moment: the later',
			[
				[0, 22],
				[2, 99],
				[2, 23],
				[4, 24],
			],
			0.5,
		],
		['one every second is thinned', Array.from({ length: 600 }, (_, i) => [i / 60, 22 + i / 600] as const), 0.1],
	] as readonly (readonly [string, readonly (readonly [number, number])[], number | null])[])('of %s', (_, points, expected) => {
		const slope = of(...points);
		if (expected === null) expect(slope).toBeNull();
		else expect(slope).toBeCloseTo(expected, 6);
	});

	it('keeps few points of a lively sender, the newest always', () => {
		const recent: RecentLevels = [];
		for (let second = 0; second <= 3600; second += 1) addRecent(recent, second * 1000, second);
		expect(recent.length).toBeLessThanOrEqual(32);
		expect(recent.at(-1)).toEqual([3_600_000, 3600]);
	});
});

describe('a facility', () => {
	const climbing = [0, 1, 2, 3, 4, 5].map((minute) => hot(minute, 24 + minute * 0.1));

	it('rises by the reports of the last quarter of an hour: so many degrees an hour, so many minutes to the limit', () => {
		const facts = play(climbing);
		expect(ced(facts)?.climb).toEqual([6, start + 5 * MINUTE]);
		expect(now(facts, 5)?.facilities.ced).toMatchObject({
			temperature: 24.5,
			degreesPerHour: 6,
			minutesToLimit: 75,
			standing: 'watch',
			reason: 'rising',
		});
	});

	it('is not said to rise by reports that are too few, nor by those of before a long silence', () => {
		expect(ced(play(climbing.slice(0, 4)))?.climb).toBeNull();
		expect(ced(play([...climbing, hot(40, 25)]))?.climb).toBeNull();
	});

	it('keeps its last word while it cannot be looked at, and says since when', () => {
		const facts = play([...climbing, hot(6, null), hot(7, null)]);
		expect(ced(facts)?.figures.temperature?.slice(3)).toEqual(['timeout', start + 6 * MINUTE]);
		expect(now(facts, 7)?.facilities.ced).toMatchObject({ temperature: null, lastTemperature: 24.5, minutesToLimit: null, reason: 'cannot-look' });
	});

	it('takes what comes late for history: into the trend, and nowhere else', () => {
		const facts = play([...climbing, hot(6, 90, 3.5)]);
		expect(ced(facts)?.figures.temperature?.[0]).toBe(24.5);
		expect(ced(facts)?.climb).toEqual([6, start + 5 * MINUTE]);
	});

	it('has a trend that is bounded', () => {
		const { bucketMs } = boardOf(play([]));
		const facts = play(Array.from({ length: 400 }, (_, i) => hot((i * bucketMs) / MINUTE, 22)));
		expect(Object.keys(ced(facts)?.trends.temperature ?? {})).toHaveLength(288);
	});

	const cool = (minutes: number, value: number | null, id = 'ced'): Line => [minutes, `facility/${id}`, { 'facility.cooling': value }];
	const failedAt = (id: 'ced' | 'sala', ...lines: Parameters<typeof play>[0]): number | null => {
		const at = boardOf(play(lines)).facilities[id]?.coolingFailedAt ?? null;
		return at === null ? null : (at - start) / MINUTE;
	};
	test.each([
		['nobody says', 'ced', [], null],
		['all work', 'ced', [cool(0, 5)], null],
		['one fails', 'ced', [cool(0, 5), cool(1, 4)], 1],
		['one fails, then another', 'ced', [cool(0, 5), cool(1, 4), cool(2, 3)], 1],
		['it is whole again', 'ced', [cool(0, 5), cool(1, 4), cool(2, 5)], null],
		['it fails anew', 'ced', [cool(0, 5), cool(1, 4), cool(2, 5), cool(3, 4)], 3],
		['nobody can look while it lasts', 'ced', [cool(0, 5), cool(1, 4), cool(2, null)], 1],
		['it was never whole', 'ced', [cool(0, 4)], 0],
		['the plan does not say how many: the most there were', 'sala', [cool(0, 3, 'sala'), cool(1, 4, 'sala'), cool(2, 3, 'sala')], 2],
		['the plan does not say how many, and none is missing', 'sala', [cool(0, 3, 'sala'), cool(1, 3, 'sala')], null],
		[
			'a new plan says that there are fewer',
			'ced',
			[cool(0, 5), cool(1, 4), [2, planOf({ ...sections, facilities: { ced: { label: 'CED', coolingUnits: 4 } } })]],
			null,
		],
		[
			'a new plan says that there are more',
			'ced',
			[cool(0, 5), [2, planOf({ ...sections, facilities: { ced: { label: 'CED', coolingUnits: 6 } } })]],
			0,
		],
	] as const)('cooling: %s', (_, id, lines, expected) => {
		expect(failedAt(id, ...(lines as unknown as Parameters<typeof play>[0]))).toBe(expected);
	});

	it('is asked for its temperature where the plan gives its limits, as long as it does', () => {
		expect(boardOf(play([])).facilities).toMatchObject({ ced: { asksTemperature: true }, sala: { temperature: { watch: 27, limit: 32 } } });
		expect(boardOf(play([])).facilities.sala).not.toHaveProperty('asksTemperature');
		expect(ced(play([[0, planOf({ ...sections, facilities: { ced: { label: 'CED' } } })]]))).not.toHaveProperty('asksTemperature');
	});

	it('that the plan no longer has is not on the board, and is as it was when it comes back', () => {
		const without = planOf({ ...sections, facilities: {} });
		expect(ced(play([hot(0, 24), [1, without]]))).toBeUndefined();
		expect(ced(play([hot(0, 24), [1, without], [2, planOf(sections)]]))?.figures.temperature?.[0]).toBe(24);
	});
});

describe('since when', () => {
	const wan = (minutes: number, value: number | null): Line => [minutes, 'network/wan', { 'network.up': value }];
	const up = (minutes: number, value: number | null): Line => [minutes, 'dependant/medici', { 'dependant.up': value }];
	const since = (...lines: readonly Line[]): number | null => {
		const { networks, dependants } = boardOf(play(lines));
		const at = networks.wan?.since ?? dependants.medici?.since ?? null;
		return at === null ? null : (at - start) / MINUTE;
	};
	test.each([
		['never heard of', [], null],
		['the first word', [wan(1, 1)], 1],
		['the same again', [wan(1, 1), wan(1.5, 1)], 1],
		['another', [wan(1, 1), wan(1.5, 0)], 1.5],
		['the same after a gap: what lay in it is not known', [wan(1, 1), wan(9, 1)], 9],
		['nobody could look in between', [wan(1, 0), wan(1.5, null), wan(2, 0)], 2],
		['nobody can look', [wan(1, 0), wan(1.5, null), wan(2, null)], 1.5],
		['a warning changes nothing of it', [wan(1, 1), [1.2, 'network/wan', { 'network.alerts': 2 }], wan(1.5, 1)], 1],
		['who needs it, by their own probe', [up(1, 1), up(4, 1), up(5, 0), up(9, 0)], 5],
		['who needs it, after a gap', [up(1, 1), up(6.1, 1)], 6.1],
	] as readonly (readonly [string, readonly Line[], number | null])[])('%s', (_, lines, expected) => {
		expect(since(...lines)).toBe(expected);
	});

	it('is told of who is blocked: by what fell first', () => {
		const facts = play([wan(1, 1), up(1, 1), wan(1.5, 0), up(3, 0), wan(2, 0), wan(2.5, 0), wan(3, 0)]);
		expect(now(facts, 3.1)?.dependants.medici).toMatchObject({
			state: 'blocked',
			by: ['network/wan', 'dependant/medici'],
			since: start + 1.5 * MINUTE,
			count: 6157,
		});
	});
});

describe('a flow', () => {
	const told = (minutes: number, oldestHours: number | null, backlog?: number, late = 0): Line => [
		minutes,
		'flow/farmacie',
		{
			...(oldestHours === null ? {} : { 'flow.oldestAge': oldestHours * 3600 }),
			...(backlog === undefined ? {} : { 'flow.backlog': backlog }),
		},
		late,
	];
	const flow = (lines: Parameters<typeof play>[0]) => boardOf(play(lines)).flows.farmacie;
	const overdueSince = (...lines: Parameters<typeof play>[0]): number | null => {
		const at = flow(lines)?.overdueSince ?? null;
		return at === null ? null : (at - start) / MINUTE;
	};

	test.each([
		['young', [told(0, 1)], null],
		['at the deadline', [told(0, 24)], null],
		['past it: since it passed, not since it was told', [told(0, 24.5)], -30],
		['past it between two reports', [told(0, 23.9), told(12, 24.1)], 6],
		['the next oldest is past it too: since the first', [told(0, 25), told(30, 24.2)], -60],
		['what remains is young', [told(0, 25), told(30, 2)], null],
		['nothing waits, by age', [told(0, 25), told(30, 0)], null],
		['nothing waits, by count', [told(0, 25), told(30, null, 0)], null],
		['nothing waits, by count in the same report', [told(0, 25, 0)], null],
		['nothing waited, and something old is found', [told(0, null, 0), told(5, 24.5)], -25],
		['overdue anew', [told(0, 25), told(10, 0), told(2000, 24.5)], 1970],
		['what comes late is no news', [told(0, 1), told(1, 30, undefined, 2)], null],
		['a new plan gives it more time', [told(0, 25), [1, planOf({ ...sections, flows: { farmacie: { label: 'F', deadline: '48h' } } })]], null],
		['a new plan gives it less', [told(0, 2), [1, planOf({ ...sections, flows: { farmacie: { label: 'F', deadline: '1h' } } })]], -60],
	] as const)('overdue: %s', (_, lines, expected) => {
		expect(overdueSince(...(lines as unknown as Parameters<typeof play>[0]))).toBe(expected);
	});

	it('drains by the backlogs of the last quarter of an hour', () => {
		expect(flow([told(0, null, 9000)])?.drain).toBeNull();
		expect(flow([told(0, null, 9000), told(5, null, 8500)])?.drain).toEqual([100, start + 5 * MINUTE]);
		expect(flow([told(0, null, 9000), told(5, null, 9500)])?.drain).toEqual([-100, start + 5 * MINUTE]);
		expect(flow([told(0, null, 9000), told(5, null, 9000)])?.drain).toEqual([0, start + 5 * MINUTE]);
		expect(flow([told(0, null, 90_000), told(30, null, 9000)])?.drain).toBeNull();
	});

	it('is judged by what folded: late, then sent', () => {
		const lines = [told(0, 23.9, 4000), told(5, 23.98, 4100), told(10, 24.07, 4200)];
		expect(now(play(lines), 10)?.flows.farmacie).toMatchObject({ state: 'overdue', backlog: 4200, drainPerMinute: -20, drainMs: null });
		const sent = [...lines, told(15, 1, 800), told(20, 0.1, 0)];
		expect(now(play(sent), 20)?.flows.farmacie).toMatchObject({ state: 'met', oldestAgeMs: 0, dueAt: null, drainMs: 0 });
	});
});

describe('the facts', () => {
	const night = () =>
		play([
			...[0, 1, 2, 3, 4, 5].map((minute) => hot(minute, 24 + minute / 3)),
			[5, 'facility/ced', { 'facility.cooling': 3, 'facility.onBattery': 1, 'facility.upsRuntime': 1500 }],
			[6, 'network/wan', { 'network.up': 0 }],
			[6, 'dependant/medici', { 'dependant.up': null }],
			[7, 'flow/farmacie', { 'flow.oldestAge': 90_000, 'flow.backlog': 12 }],
		]);

	it('are plain JSON, and go on from a copy as from themselves', () => {
		const more: Line[] = [hot(8, 27), [9, 'network/wan', { 'network.up': 1 }], [10, 'flow/farmacie', { 'flow.backlog': 0 }]];
		const copy = JSON.parse(JSON.stringify(night())) as Facts;
		expect(copy).toEqual(night());
		expect(boardOf(play(more, copy))).toEqual(boardOf(play(more, night())));
	});

	it('of a board are not changed by what comes later', () => {
		const facts = night();
		const before = boardOf(facts);
		const frozen = structuredClone(before);
		play(
			[
				hot(8, 31),
				[8, 'network/wan', { 'network.up': 1 }],
				[8, 'flow/farmacie', { 'flow.backlog': 0 }],
				[8, 'dependant/medici', { 'dependant.up': 1 }],
			],
			facts,
		);
		expect(before).toEqual(frozen);
	});

	it('have no key with a slash in it', () => {
		const keys: string[] = [];
		JSON.parse(JSON.stringify(boardOf(night())), (key, value) => {
			keys.push(key);
			return value;
		});
		expect(keys.filter((key) => key.includes('/'))).toEqual([]);
	});

	it('age into blindness by themselves, each at its own limit', () => {
		const facts = night();
		const at = (minutes: number) => {
			const told = now(facts, minutes);
			return [told?.facilities.ced?.standing, told?.networks.wan?.standing, told?.flows.farmacie?.standing];
		};
		const edge = 6 + measureOf('network.up').staleAfterMs / MINUTE;
		expect([7, edge, 8, 8.01, 22, 22.01].map((minutes) => at(minutes).join(' '))).toEqual([
			'bad blind bad',
			'bad bad bad',
			'bad blind bad',
			'blind blind bad',
			'blind blind bad',
			'blind blind blind',
		]);
	});
});

describe('a canary that pushes', () => {
	const watched = planOf({
		services: { ps: { label: 'PS', priority: 1, staleAfter: '30m' } },
		sources: { one: { kind: 'push', label: 'One', staleAfter: '30m' } },
		observer: { canaries: ['one'] },
	});
	const beats = (...values: readonly number[]): Facts =>
		play(
			values.map((value, n): Line => [n, 'source/one', { 'source.beat': value }]),
			play([[0, watched]]),
		);
	const seen = (facts: Facts, minutes: number) => judge(boardOf(facts), start + minutes * MINUTE).observer;

	it('says down: Regia does not see, since it first said so and until it says otherwise', () => {
		expect(seen(beats(1), 0).isBlind).toBe(false);
		expect(seen(beats(1, 0), 1)).toEqual({ isBlind: true, since: start + MINUTE });
		expect(seen(beats(1, 0, 0, 0), 4)).toEqual({ isBlind: true, since: start + MINUTE });
		expect(seen(beats(1, 0, 0, 1), 4).isBlind).toBe(false);
		expect(seen(beats(1, 0, 1, 0), 4)).toEqual({ isBlind: true, since: start + 3 * MINUTE });
	});

	it('says down, and a service is reported down: one alarm, and it is of Regia', () => {
		const down: Line = [3, 'service/ps', { 'service.upOld': 0, 'service.upNew': 0 }];
		const alarmsOf = (facts: Facts): string[] => {
			const board = boardOf(facts);
			const at = start + 4 * MINUTE;
			return [...lookAt(board, judge(board, at), at, []).holding.keys()];
		};
		expect(alarmsOf(play([down], beats(1, 1, 1)))).toContain('service-none:service:ps');
		expect(alarmsOf(play([down], beats(1, 0, 0)))).toEqual(['observer-blind:programme:test']);
	});
});

describe('any night', () => {
	const settings = { seed: 20210814, numRuns: 300 };
	const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value));

	it('goes on from a checkpoint as from its entries, and changes no board of before', () => {
		fc.assert(
			fc.property(anyNight, fc.nat(40), (night, cut) => {
				const [first, rest] = [night.slice(0, cut), night.slice(cut)];
				const facts = emptyFacts();
				const boards = playNight(first, facts);
				const frozen = copyOf(boards);
				const checkpoint = copyOf(facts);
				const live = playNight(rest, facts);
				expect(copyOf(boards)).toEqual(frozen);
				if (first.length > 0) expect(copyOf(playNight(rest, checkpoint))).toEqual(copyOf(live));
			}),
			settings,
		);
	});

	/** Subjects that are said to be well, to work, or to be overdue: claims that somebody's fresh word has to bear out. */
	const claims = (board: Parameters<typeof judge>[0], at: number): string[] => {
		const { facilities = {}, networks = {}, dependants = {}, flows = {} } = judge(board, at).breakdown ?? {};
		const told = Object.entries({ ...facilities, ...networks, ...dependants, ...flows });
		return told.filter(([, one]) => one.standing === 'good' || ('state' in one && one.state === 'overdue')).map(([id]) => id);
	};

	it('that falls silent leaves nothing that is said to be well, nor to be overdue', () => {
		let before = 0;
		fc.assert(
			fc.property(anyNight, (night) => {
				const board = playNight(night).at(-1);
				const last = night.at(-1)?.[0] ?? nightStart;
				if (board === undefined) return;
				before += claims(board, last).length;
				expect(claims(board, last + 900_001)).toEqual([]);
			}),
			settings,
		);
		expect(before).toBeGreaterThan(100);
	});
});
