// A service at a moment as tables: sides and writes, standing and reason, the present outage against what it can bear, what is planned still.
import { describe, expect, it } from 'vitest';
import { bookTo } from '../../shared/availability.ts';
import type { Figure, ServiceFacts, ServiceFigure } from '../../shared/board.ts';
import { noAvailability, noDowntime, plannedWithin } from '../../shared/downtime.ts';
import { judgeService } from '../../shared/judge-service.ts';
import { boardLiteral, figure, literalNow, serviceLiteral, windowEnd, windowStart } from '../kit/board-literal.ts';

const MINUTE = 60_000;
const night = boardLiteral().cutovers.notte;
const now = literalNow;

/** `upOld=1 writeOld=0` said 2 s ago; `writeOld=1!` is stale, `writeOld=?` could not be looked at. */
function figures(notation: string): ServiceFacts['figures'] {
	const found: Partial<Record<ServiceFigure, Figure>> = {};
	for (const one of notation.split(' ').filter((part) => part !== '')) {
		const [name = '', value = ''] = one.split('=');
		const [last, at, seen] = figure(Number(value[0]), value.endsWith('!') ? 50_000 : 2000);
		found[name as ServiceFigure] = value === '?' ? [1, at, seen, 'timeout', at] : [last, at, seen];
	}
	return found;
}
const facts = (notation: string, rest: Partial<ServiceFacts> = {}): ServiceFacts =>
	serviceLiteral('One', 1, { figures: figures(notation), planned: [], booked: noDowntime, tolerableMs: null, ...rest });
const judged = (notation: string, rest: Partial<ServiceFacts> = {}) => judgeService(facts(notation, rest), now, night);

describe('who accepts writes', () => {
	it.each([
		['', 'unknown'],
		['writeOld=1', 'old'],
		['writeOld=0', 'none'],
		['writeNew=1', 'new'],
		['writeOld=0 writeNew=1', 'new'],
		['writeOld=1 writeNew=1', 'both'],
		['writeOld=0 writeNew=0', 'none'],
		['writeOld=1! writeNew=1', 'unknown'],
		['writeOld=? writeNew=0', 'unknown'],
		['writeOld=0!', 'unknown'],
	])('%s: %s', (notation, writes) => {
		expect(judged(`upOld=1 upNew=0 ${notation}`).writes).toBe(writes);
	});
});

const planned = [[now - 60 * MINUTE, now + 60 * MINUTE]] as const;
const past = [[now - 60 * MINUTE, now - 10 * MINUTE]] as const;
const down = { state: 'down' as const, since: now - 30 * MINUTE };

describe('standing and reason', () => {
	it.each<[string, Partial<ServiceFacts>, string, string | null]>([
		['upOld=1 upNew=0', {}, 'good', null],
		['upOld=1 upNew=0 writeOld=1 writeNew=0', {}, 'good', null],
		['upOld=1 upNew=0 writeOld=1 writeNew=1', {}, 'bad', 'both-write'],
		['upOld=1 upNew=1 writeOld=1 writeNew=1', {}, 'bad', 'both-write'],
		['upOld=1 upNew=1 writeOld=0 writeNew=1', {}, 'bad', 'both-sides'],
		['upOld=0 upNew=0 writeOld=1 writeNew=1', { planned }, 'bad', 'both-write'],
		['upOld=0 upNew=1 writeOld=0 writeNew=0', {}, 'bad', 'no-writes'],
		['upOld=0 upNew=1 writeOld=0 writeNew=0', { planned }, 'good', 'no-writes'],
		['upOld=0 upNew=1 writeOld=0! writeNew=0', {}, 'bad', 'no-writes'],
		['upOld=0 upNew=1 writeOld=0 writeNew=0!', {}, 'good', null],
		['upOld=0 upNew=1 writeOld=0', {}, 'good', null],
		['upOld=0 upNew=1 writeNew=0', {}, 'bad', 'no-writes'],
		['up=1 writeOld=0 writeNew=0', {}, 'bad', 'no-writes'],
		['upOld=0 upNew=0', down, 'bad', 'none-answers'],
		['upOld=0 upNew=0', { ...down, planned }, 'good', 'down-planned'],
		['upOld=0 upNew=0', { ...down, planned: past }, 'bad', 'overrun'],
		['upOld=0', down, 'bad', 'down'],
		['up=0', down, 'bad', 'down'],
		['up=0', { ...down, planned, tolerableMs: 20 * MINUTE }, 'watch', 'beyond-tolerable'],
		['upOld=1! upNew=0', {}, 'blind', 'silent'],
		['upOld=? upNew=0', {}, 'blind', 'cannot-look'],
		['writeOld=1', {}, 'blind', 'never-reported'],
		['up=1 certDays=3', {}, 'watch', 'certificate'],
	])('%s %j: %s, %s', (notation, rest, standing, reason) => {
		expect(judged(notation, rest)).toMatchObject({ standing, reason });
	});
});

it('accepts no writes while the night is frozen, and that is as it should be', () => {
	if (!night) throw new Error('the literal has no night');
	const one = facts('upOld=1 upNew=0 writeOld=0 writeNew=0');
	expect(judgeService(one, now, { ...night, frozenAt: now - MINUTE, firstGoodAt: null })).toMatchObject({ standing: 'good', reason: 'no-writes' });
	expect(judgeService(one, now, { ...night, frozenAt: now - MINUTE, firstGoodAt: now })).toMatchObject({ standing: 'bad', reason: 'no-writes' });
});

describe('the present outage', () => {
	it('lasts through a gap, and the gap is no part of it', () => {
		const dark = { ...down, outage: { since: now - 300 * MINUTE, withoutMs: 200 * MINUTE }, since: now - 5 * MINUTE, bookedTo: now - 2000 };
		expect(judged('up=0', dark).outage).toEqual({ since: now - 300 * MINUTE, withoutMs: 200 * MINUTE + 2000 });
		expect(judged('up=0!', { ...dark, bookedTo: now - 50_120 }).outage).toEqual({ since: now - 300 * MINUTE, withoutMs: 200 * MINUTE + 45_000 });
	});

	it('is over with the first answer, and was none where nobody saw it', () => {
		expect(judged('up=1', { outage: { since: 1, withoutMs: 2 } }).outage).toBeNull();
		expect(judged('').outage).toBeNull();
	});
});

describe('latency', () => {
	const hour = Math.floor(now / 3_600_000);
	const latencies = { [hour - 20]: { 70: 5 }, [hour]: { 70: 5 } };
	it('is told for the hour while it is fresh, and for the day', () => {
		const { latency } = judged('up=1 latency=4', { latencies });
		expect([latency.hour?.count, latency.day?.count]).toEqual([5, 10]);
	});
	it.each(['up=1', 'up=1 latency=4!', 'up=? latency=?'])('is none of the hour where it is not: %s', (notation) => {
		expect(judged(notation, { latencies })).toMatchObject({ latencyMs: null, latency: { hour: null, day: { count: 10 } } });
	});
});

describe('what is planned still', () => {
	it('counts spans that overlap once, from now to the end of the month and of the night', () => {
		const spans = [
			[now - MINUTE, now + 10 * MINUTE],
			[now + 5 * MINUTE, now + 20 * MINUTE],
			[windowEnd + MINUTE, windowEnd + 6 * MINUTE],
		] as const;
		expect(judged('up=1', { planned: spans }).plannedLeftMs).toEqual({ night: 20 * MINUTE, month: 25 * MINUTE });
	});
	it.each([
		[[], 0],
		[[[0, 10]], 10],
		[[[20, 90]], 30],
		[
			[
				[0, 30],
				[10, 20],
			],
			30,
		],
		[
			[
				[40, 60],
				[0, 10],
				[45, 48],
			],
			20,
		],
		[[[10, 5]], 0],
	] as const)('%j within 0 to 50: %i', (spans, ms) => {
		expect(plannedWithin(spans, 0, 50)).toBe(ms);
	});
});

describe('the ledger', () => {
	const terms = { planned: [], staleAfterMs: 45_000, zone: 'Europe/Rome', window: [windowStart, windowEnd] as const };
	const empty = { state: 'unknown' as const, since: null, booked: noDowntime, bookedTo: null, outage: null, months: {}, night: noAvailability };

	it('keeps the last twelve months that had anything', () => {
		const booked = bookTo({ ...empty, bookedTo: Date.parse('2023-05-20T00:00Z') }, {}, terms, Date.parse('2025-02-02T00:00Z'));
		expect(Object.keys(booked.months).sort()).toEqual([
			'2024-03',
			'2024-04',
			'2024-05',
			'2024-06',
			'2024-07',
			'2024-08',
			'2024-09',
			'2024-10',
			'2024-11',
			'2024-12',
			'2025-01',
			'2025-02',
		]);
		expect(booked.months['2024-06']?.unknown).toBe(30 * 24 * 60 * MINUTE);
		expect(booked.booked.unknown).toBe(Date.parse('2025-02-02T00:00Z') - Date.parse('2023-05-20T00:00Z'));
	});

	it('never goes back, and begins with the night where nothing was heard', () => {
		expect(bookTo({ ...empty, bookedTo: now }, {}, terms, now - MINUTE).bookedTo).toBe(now);
		expect(bookTo(empty, {}, terms, windowStart + MINUTE)).toMatchObject({
			booked: { ...noDowntime, unknown: MINUTE },
			bookedTo: windowStart + MINUTE,
		});
		expect(bookTo(empty, {}, terms, windowStart - MINUTE).booked).toEqual(noDowntime);
	});
});
