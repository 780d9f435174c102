// Sites: messages, counts and marks become facts; nothing stays that is too old, and nothing counts twice.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { boardOf } from '../../server/projections/fold.ts';
import type { SiteFacts } from '../../shared/board-er.ts';
import { minuteNumber } from '../../shared/er.ts';
import { add, arrive, at, board, census, count, figures, lapse, leave, mark, paper, play, siteAt, treat } from './site-night.ts';

const factsOf = (facts: ReturnType<typeof play>, site = 'martino'): SiteFacts => {
	const found = boardOf(facts).sites[site];
	if (!found) throw new Error(`no ${site}`);
	return found;
};

describe('a census', () => {
	it('counts by code and minute, and leaves no empty cell behind', () => {
		const facts = play(
			census(10, 'martino', arrive(9, '3', 2)),
			census(20, 'martino', treat(9, '3', 2)),
			census(30, 'martino', [...board(29, '3'), ...leave(30, '3', 21)]),
		);
		const { census: kept, sources } = factsOf(facts);
		expect(kept).toMatchObject({ heardAt: at(30), heardSeen: at(30) });
		expect([kept?.waiting, kept?.treatment, kept?.boarding]).toEqual([{}, {}, { 3: { [minuteNumber(at(29))]: 1 } }]);
		expect(kept?.arrivals).toEqual({ 3: { [minuteNumber(at(9))]: 2 } });
		expect(Object.values(kept?.stays ?? {})).toEqual([{ 2: 1 }]);
		expect(sources).toEqual(['adt']);
	});

	it('knows the last wait for a bay as it was told last, and none where that was taken back', () => {
		const bed = (minute: number, lastBed?: readonly [at: number, waitMs: number] | null) => {
			const [when, draft] = census(minute, 'martino', []);
			if (draft.kind !== 'census') throw new Error('no census');
			return [when, { ...draft, sites: draft.sites.map((site) => ({ ...site, ...(lastBed === undefined ? {} : { lastBed }) })) }] as const;
		};
		const lines = [bed(1, [at(0), 60_000]), bed(2), bed(3, [at(-5), 90_000]), bed(4, null)];
		const told = lines.map((_, i) => factsOf(play(...lines.slice(0, i + 1))).census?.lastBed);
		expect(told).toEqual([[at(0), 60_000], [at(0), 60_000], [at(-5), 90_000], null]);
	});

	test.each(['arrivals', 'departures'] as const)('keeps of %s the minutes of six hours', (cell) => {
		const now = 1000;
		const old = minuteNumber(at(now)) - 360;
		const facts = play(
			census(now, 'martino', [
				[cell, '4', old - 1, 1],
				[cell, '4', old, 1],
			]),
		);
		expect(factsOf(facts).census?.[cell]).toEqual({ 4: { [old]: 1 } });
	});

	it('keeps hours for two days and stays for one', () => {
		const now = 60 * 60;
		const hour = Math.floor(minuteNumber(at(now)) / 60);
		const changes = [47, 48, 49].flatMap((ago) => [
			['arrivals', '3', (hour - ago) * 60, 1] as const,
			['unseen', '3', (hour - ago) * 60, 1] as const,
			['lapsed', '3', (hour - ago) * 60, 1] as const,
			['stays', '3', (hour - ago + 24) * 60, 1, 30] as const,
		]);
		const kept = factsOf(play(census(now, 'martino', changes))).census;
		expect(Object.keys(kept?.arrivalsByHour ?? {})).toEqual([`${hour - 48}`, `${hour - 47}`]);
		expect(Object.keys(kept?.unseenByHour ?? {})).toEqual([`${hour - 48}`, `${hour - 47}`]);
		expect(Object.keys(kept?.lapsedByHour ?? {})).toEqual([`${hour - 48}`, `${hour - 47}`]);
		expect(Object.keys(kept?.stays ?? {})).toEqual([`${hour - 24}`, `${hour - 23}`]);
	});

	it('drops a late taking back of what is no longer kept into nothing', () => {
		const facts = play(census(10, 'martino', arrive(10, '5')), census(900, 'martino', [['arrivals', '5', minuteNumber(at(10)), -1]]));
		expect(factsOf(facts).census?.arrivals).toEqual({});
	});

	it('of visits that lapsed moves their cells, and leaves all else as old as it was', () => {
		const lapsed = minuteNumber(at(50));
		const facts = play(census(10, 'martino', arrive(9, '3', 2)));
		const before = boardOf(facts);
		add(
			facts,
			lapse(50, 'martino', [
				['waiting', '3', minuteNumber(at(9)), -2],
				['lapsed', '3', lapsed, 2],
			]),
			lapse(51, 'scassi', [['treatment', '3', null, -1]]),
			lapse(52, 'ignota', [['treatment', '3', null, -1]]),
		);
		const after = boardOf(facts);
		const { martino } = before.sites;
		const given = { ...martino?.census, waiting: {}, lapsedByHour: { [Math.floor(lapsed / 60)]: 2 } };
		expect(after).toEqual({ ...before, sites: { ...before.sites, martino: { ...martino, census: given } } });
		add(
			facts,
			census(60, 'martino', [
				['waiting', '3', minuteNumber(at(9)), 1],
				['lapsed', '3', lapsed, -1],
			]),
		);
		expect(factsOf(facts).census).toMatchObject({
			heardAt: at(60),
			waiting: { 3: { [minuteNumber(at(9))]: 1 } },
			lapsedByHour: { [Math.floor(lapsed / 60)]: 1 },
		});
	});

	it('of a site that the plan does not have changes nothing', () => {
		const facts = play(census(10, 'ignota', arrive(9, '3')));
		expect(Object.keys(boardOf(facts).sites)).toEqual(['martino', 'galliera', 'scassi']);
	});

	it('keeps a quarter of an hour’s present by code, for a day', () => {
		const facts = play(census(1, 'martino', arrive(0, '2')), census(16, 'martino', arrive(16, 'none')));
		const step = Math.floor(at(0) / 900_000);
		expect(factsOf(facts).trend).toEqual({ [step]: [0, 1, 0, 0, 0, 0], [step + 1]: [0, 1, 0, 0, 0, 1] });
		add(facts, census(15 * 96, 'martino', arrive(15 * 96, '1')));
		expect(Object.keys(factsOf(facts).trend)).toEqual([`${step + 1}`, `${step + 96}`]);
	});

	it('is not changed on a board that was shown', () => {
		const facts = play(census(1, 'martino', arrive(0, '2')));
		const before = structuredClone(boardOf(facts).sites);
		const shown = boardOf(facts).sites;
		add(facts, census(2, 'martino', treat(0, '2')), count(3, 'martino', { '2': 1 }));
		expect(shown).toEqual(before);
		expect(boardOf(facts).sites.galliera).toBe(shown.galliera);
	});

	it('folds from a checkpoint as it does from the entries', () => {
		const first = [census(1, 'martino', arrive(0, '2', 3)), paper(40, 'martino', 'on'), count(45, 'martino', { '2': 3 }, { forms: 2 })];
		const then = [paper(60, 'martino', 'off'), census(70, 'martino', [...arrive(50, '3', 2), ...arrive(65, '4')])];
		expect(boardOf(add(structuredClone(play(...first)), ...then))).toEqual(boardOf(play(...first, ...then)));
	});
});

describe('a count by hand', () => {
	it('stands as the last one, and among the last sixty', () => {
		const facts = play(...Array.from({ length: 70 }, (_, i) => count(i + 1, 'martino', { '3': i })));
		const { count: last, counts } = factsOf(facts);
		expect(last).toMatchObject({ at: at(70), seen: at(70), byCode: { '3': 69 }, by: 'field/martino' });
		expect(counts.count).toBe(70);
		expect(Object.keys(counts.rows)).toHaveLength(60);
		expect(Object.values(counts.rows)[0]?.at).toBe(at(11));
	});

	it('is kept once by its own id', () => {
		const facts = play(count(5, 'martino', { '3': 4 }, { id: 'record-one' }), count(6, 'martino', { '3': 9 }, { id: 'record-one' }));
		expect(factsOf(facts)).toMatchObject({ count: { byCode: { '3': 4 } }, counts: { count: 1 } });
	});

	it('that waited in a phone stands in its own time and speaks no more', () => {
		const facts = play(count(30, 'martino', { '3': 4 }), count(15, 'martino', { '3': 9 }, { sent: 31 }));
		expect(factsOf(facts)).toMatchObject({ count: { at: at(30), byCode: { '3': 4 } }, counts: { count: 2 } });
	});

	const step = Math.floor(at(0) / 900_000);
	const now = (n: number) => [0, 0, n, 0, 0, 0];
	test.each([
		['the older one arrives late', [count(8, 'scassi', { '3': 5 }), count(6, 'scassi', { '3': 11 }, { sent: 30 })], { [step]: now(5) }],
		['the newer one arrives late', [count(6, 'scassi', { '3': 11 }), count(8, 'scassi', { '3': 5 }, { sent: 30 })], { [step]: now(5) }],
		['of another quarter', [count(20, 'scassi', { '3': 5 }), count(6, 'scassi', { '3': 11 }, { sent: 30 })], { [step]: now(11), [step + 1]: now(5) }],
		['corrected in its own instant', [count(8, 'scassi', { '3': 5 }), count(8, 'scassi', { '3': 6 }, { id: 'again' })], { [step]: now(6) }],
		[
			'older than what messages told, on paper',
			[census(8, 'martino', arrive(8, '3', 4)), paper(9, 'martino', 'on'), count(7, 'martino', { '3': 11 }, { sent: 12 })],
			{ [step]: now(4) },
		],
	] as const)('in the trend is the newest of its quarter of an hour: %s', (_name, lines, expected) => {
		expect(factsOf(play(...lines), _name.endsWith('paper') ? 'martino' : 'scassi').trend).toEqual(expected);
	});

	it('makes the same trend in whatever order counts arrive', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 20 }), fc.infiniteStream(fc.nat()), (minutes, keys) => {
				const keyed = minutes.map((minute) => [keys.next().value ?? 0, minute] as const);
				const shuffled = keyed.sort(([a], [b]) => a - b).map(([, minute]) => minute);
				const newest: Record<string, number[]> = {};
				for (const minute of [...minutes].sort((a, b) => a - b)) newest[Math.floor(at(minute) / 900_000)] = now(minute);
				const lines = shuffled.map((minute, i) => count(minute, 'scassi', { '3': minute }, { sent: 200 + i }));
				expect(factsOf(play(...lines), 'scassi').trend).toEqual(newest);
			}),
			{ seed: 21102025, numRuns: 200 },
		);
	});

	it('from a clock that runs ahead is of when it came', () => {
		expect(factsOf(play(count(11, 'martino', { '3': 4 }, { sent: 10 }))).count?.at).toBe(at(10));
	});

	it('carries the forms that were told in this dark, and none of an earlier one', () => {
		const facts = play(count(1, 'martino', {}, { forms: 9 }), paper(5, 'martino', 'on'), count(10, 'martino', {}));
		expect(factsOf(facts).count?.forms).toBeNull();
		add(facts, count(20, 'martino', {}, { forms: 3 }), count(30, 'martino', {}));
		expect(factsOf(facts).count?.forms).toBe(3);
	});
});

describe('the dark', () => {
	const stopped = (minutes: number) => mark(minutes, { kind: 'service', service: 'ps', state: 'stopped' });
	const restored = (minutes: number) => mark(minutes, { kind: 'service', service: 'ps', state: 'restored' });
	test.each([
		['begins with paper', [paper(40, 'martino', 'on')], [40, null]],
		['begins with its service', [stopped(40)], [40, null]],
		['begins with whichever comes first', [stopped(40), paper(50, 'martino', 'on')], [40, null]],
		['ends with paper off', [paper(40, 'martino', 'on'), paper(90, 'martino', 'off')], [40, 90]],
		['ends with its service, once', [stopped(40), restored(80), paper(90, 'martino', 'off')], [40, 80]],
		['is not ended by an end without it', [paper(90, 'martino', 'off')], null],
	] as const)('%s', (_name, lines, expected) => {
		const { dark } = factsOf(play(...lines));
		expect(dark && [dark.since, dark.restoredAt]).toEqual(expected && [at(expected[0]), expected[1] === null ? null : at(expected[1])]);
	});

	it('leaves the sites of other services in the light', () => {
		expect(factsOf(play(stopped(40)), 'galliera').dark).toBeNull();
	});

	it('counts as entered what arrived in it and is heard after the restore', () => {
		const facts = play(
			paper(40, 'martino', 'on'),
			census(50, 'martino', arrive(45, '3')),
			paper(100, 'martino', 'off'),
			census(101, 'martino', [...arrive(39, '3'), ...arrive(40, '3', 2), ...arrive(99, '4'), ...arrive(100, '4')]),
			census(103, 'martino', [['arrivals', '3', minuteNumber(at(40)), -1]]),
		);
		expect(factsOf(facts).backEntry).toEqual({ entered: 2, lastSeen: at(103) });
	});

	it('is caught up by a person’s word, and not before the restore', () => {
		const facts = play(paper(40, 'martino', 'on'), paper(50, 'martino', 'entered'));
		expect(factsOf(facts).dark?.caughtUpAt).toBeNull();
		add(facts, paper(60, 'martino', 'off'), paper(70, 'martino', 'entered'), paper(80, 'martino', 'entered'));
		expect(factsOf(facts).dark?.caughtUpAt).toBe(at(70));
	});

	it('is caught up for good once its forms are in and it was quiet, whatever straggles after', () => {
		const facts = play(
			paper(40, 'martino', 'on'),
			count(55, 'martino', { '3': 2 }, { forms: 2 }),
			paper(60, 'martino', 'off'),
			census(61, 'martino', arrive(50, '3', 2)),
			census(70, 'martino', arrive(52, '3')),
		);
		expect(factsOf(facts)).toMatchObject({ dark: { caughtUpAt: at(66) }, backEntry: { entered: 2 } });
	});

	it('that comes back before it was caught up is the same dark; after, a new one', () => {
		const facts = play(paper(40, 'martino', 'on'), paper(60, 'martino', 'off'), census(61, 'martino', arrive(50, '3')), paper(65, 'martino', 'on'));
		expect(factsOf(facts)).toMatchObject({ dark: { since: at(40), restoredAt: null }, backEntry: { entered: 1 } });
		add(facts, paper(80, 'martino', 'off'), paper(90, 'martino', 'entered'), paper(100, 'martino', 'on'));
		expect(factsOf(facts)).toMatchObject({ dark: { since: at(100), restoredAt: null, caughtUpAt: null }, backEntry: null });
	});

	it('keeps the minutes back to the last count for as long as figures hang on it', () => {
		const lines = [paper(1, 'martino', 'on'), count(5, 'martino', { '3': 1 }), paper(10, 'martino', 'off'), census(11, 'martino', arrive(8, '3'))];
		expect(factsOf(play(...lines, census(600, 'martino', arrive(600, '4')))).census?.arrivals['3']).toEqual({ [minuteNumber(at(8))]: 1 });
		expect(factsOf(play(...lines, paper(20, 'martino', 'entered'), census(600, 'martino', arrive(600, '4')))).census?.arrivals['3']).toBeUndefined();
	});
});

describe('what is taken back', () => {
	const undo = (minutes: number, seq: number) => mark(minutes, { kind: 'undo', seq });
	test.each([
		['paper', paper(10, 'martino', 'on')],
		['the stop of its service', mark(10, { kind: 'service', service: 'ps', state: 'stopped' })],
		['its state for the 118', mark(10, { kind: 'diversion', site: 'martino', state: 'diverted' })],
		['what was said at the bedside', mark(10, { kind: 'bedside', site: 'martino', respirators: 3, physicians: 2 })],
	])('leaves no trace: %s', (_name, line) => {
		const facts = play(census(1, 'martino', arrive(0, '2')), line);
		expect(factsOf(facts)).not.toEqual(factsOf(play(census(1, 'martino', arrive(0, '2')))));
		expect(factsOf(add(facts, undo(10.1, 3)))).toEqual(factsOf(play(census(1, 'martino', arrive(0, '2')))));
	});

	it('is not a count: a new one corrects it', () => {
		expect(factsOf(play(count(10, 'martino', { '3': 4 }), undo(10.1, 2))).count).not.toBeNull();
	});
});

describe('figures of a feed', () => {
	it('stand by name with who said them, and keep the last good one while it cannot be looked at', () => {
		const facts = play(figures(1, 'galliera', { present: 30, waiting: 12 }), figures(2, 'galliera', { present: null }));
		expect(factsOf(facts, 'galliera').figures).toEqual({ present: [30, at(1), at(1), 'timeout', at(2)], waiting: [12, at(1), at(1)] });
		expect(factsOf(facts, 'galliera').sources).toEqual(['feed']);
	});

	it('of bodies tell what is moved of their estate', () => {
		const line = [
			5,
			{ kind: 'samples', source: 'feed', samples: [{ subject: 'body/asl', measure: 'body.estateMoved', value: 0.65, at: at(5) }] },
		] as const;
		expect(boardOf(play(line)).bodies).toEqual({
			asl: { label: 'ASL', estateMoved: [0.65, at(5), at(5)] },
			altra: { label: 'Altra', estateMoved: null },
		});
	});
});

describe('what is expected', () => {
	it('is the plan’s arrivals a month, spread evenly where it gives no weights', () => {
		const { expected, expectedFrom } = factsOf(play());
		expect(expectedFrom).toBe('plan');
		expect(expected).toHaveLength(168);
		// 6000 a month of 365.25/12 days of 24 hours: 8.214 an hour.
		expect(new Set(expected)).toEqual(new Set([8.214]));
		expect(factsOf(play(), 'galliera')).toMatchObject({ expected: null, expectedFrom: null });
	});

	it('is of the site’s own weeks once there are four', () => {
		// Two an hour by night and six by day in Genoa, and a wave that came on paper once, which is not learned.
		const facts = play();
		const hours = 24 * 33;
		for (let hour = 0; hour < hours; hour += 1) {
			const clock = (19 + hour) % 24;
			const minutes = hour * 60;
			if (hour === 24 * 10) add(facts, paper(minutes, 'scassi', 'on'));
			const many = hour > 24 * 10 && hour < 24 * 10 + 8 ? 90 : clock >= 8 && clock < 20 ? 6 : 2;
			for (const part of [0, 20, 40]) add(facts, census(minutes + part, 'scassi', part === 20 ? arrive(minutes + 20, '3', many) : []));
			if (hour === 24 * 10 + 8) add(facts, paper(minutes, 'scassi', 'off'), paper(minutes, 'scassi', 'entered'));
			if (hour === 24 * 20) expect(factsOf(facts, 'scassi').expected).toBeNull();
		}
		const { expected, expectedFrom } = factsOf(facts, 'scassi');
		expect(expectedFrom).toBe('history');
		// The clocks went back one hour on the fifth night: hours before it are learned at their own clock time.
		expect(expected?.[24 * 2 + 12]).toBeCloseTo(6, 0);
		expect(expected?.[24 * 2 + 3]).toBeCloseTo(2, 0);
		expect(Math.max(...(expected ?? []))).toBeLessThanOrEqual(6);
		expect(siteAt(facts, hours * 60 - 20, 'scassi').expectedFrom).toBe('history');
	});

	it('learns nothing of a dark so short that no message was missed, nor of the hours in which it is caught up', () => {
		const facts = play();
		for (let hour = 0; hour < 24 * 40; hour += 1) {
			const isWave = hour === 24 * 9 || hour === 24 * 12 + 1;
			if (hour === 24 * 12)
				add(facts, paper(hour * 60, 'scassi', 'on'), count(hour * 60, 'scassi', {}, { forms: 500 }), paper(hour * 60, 'scassi', 'off'));
			for (const part of hour === 24 * 9 ? [5, 35, 50] : [5, 20, 35, 50]) {
				if (hour === 24 * 9 && part === 35)
					add(
						facts,
						...(
							[
								['on', 6],
								['off', 33],
								['entered', 34],
							] as const
						).map(([state, minute]) => paper(hour * 60 + minute, 'scassi', state)),
					);
				add(facts, census(hour * 60 + part, 'scassi', part === 50 ? arrive(hour * 60 + 50, '3', isWave ? 90 : 4) : []));
			}
			if (hour === 24 * 12 + 1) add(facts, paper(hour * 60 + 51, 'scassi', 'entered'));
		}
		expect(new Set(factsOf(facts, 'scassi').expected)).toEqual(new Set([4]));
	});

	it('learns nothing of hours in which nobody was heard', () => {
		const facts = play();
		for (let hour = 0; hour < 24 * 40; hour += 1) {
			const isSilent = hour >= 24 * 20 && hour < 24 * 24;
			if (!isSilent) for (const part of [0, 20, 40]) add(facts, census(hour * 60 + part, 'scassi', part === 0 ? arrive(hour * 60, '3', 4) : []));
		}
		expect(new Set(factsOf(facts, 'scassi').expected)).toEqual(new Set([4]));
	});
});
