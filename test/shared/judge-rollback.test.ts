// The last moment to go back and what going back costs: rows with their sums written out.
import { describe, expect, it, test } from 'vitest';
import type { RollbackFacts, TaskFacts } from '../../shared/board-night.ts';
import { formatClock, formatCountdown, formatMoment, formatZone } from '../../shared/format.ts';
import { judge } from '../../shared/judge.ts';
import type { ForecastNow } from '../../shared/judge-night.ts';
import { judgeRollback, longestWay } from '../../shared/judge-rollback.ts';
import { archiveLiteral } from '../kit/board-literal.ts';
import { taskLiteral } from '../kit/night-literal.ts';
import { clock, cutover, end, finishing, forecastNow, MINUTE, nightBoard, readAt, start } from './night-board.ts';

const facts = (rest: Partial<RollbackFacts> = {}): RollbackFacts => ({
	durationMs: 102 * MINUTE,
	durationEvidence: 'rehearsed',
	validationMs: 10 * MINUTE,
	validationEvidence: 'assumed',
	marginMs: 10 * MINUTE,
	decider: 'Direzione',
	reverse: null,
	price: [],
	...rest,
});
const step = (p90: number | null, planned: number, after: readonly string[] = [], rest: Partial<TaskFacts> = {}): TaskFacts =>
	taskLiteral('passo', {
		kind: 'rollback',
		rehearsed: p90 === null ? null : [p90 * MINUTE * 0.8, p90 * MINUTE],
		durationMs: planned * MINUTE,
		after,
		...rest,
	});

describe('the last moment', () => {
	// 05:00 is minute 600 of the window.
	test.each([
		// rollback, validation, margin, minute of the window, clock
		[102, 10, 10, 600 - 102 - 10 - 10, '02:58'],
		[80, 20, 22, 600 - 80 - 20 - 22, '02:58'],
		[90, 30, 30, 600 - 90 - 30 - 30, '02:30'],
		[0.5, 0, 0, 600 - 0.5, '04:59'],
		[590, 20, 0, 600 - 590 - 20, '18:50'],
	])('%d + %d + %d minutes before the end is minute %d', (rollback, validation, margin, minute, shown) => {
		const mine = facts({ durationMs: rollback * MINUTE, validationMs: validation * MINUTE, marginMs: margin * MINUTE });
		const now = judgeRollback(nightBoard({ rollback: mine }), finishing(clock('03:00')), start);
		expect(now?.lastMoment).toBe(start + minute * MINUTE);
		expect(formatClock(now?.lastMoment ?? null, 'Europe/Rome')).toBe(shown);
		expect(now?.remainingMs).toBe(minute * MINUTE);
	});

	test.each<[string, Record<string, TaskFacts>, number, string]>([
		['one step', { a: step(40, 30) }, 40, 'rehearsed'],
		['three in a row: 40 + 50 + 12', { a: step(40, 1), b: step(50, 1, ['a']), c: step(12, 1, ['b']) }, 102, 'rehearsed'],
		[
			'two ways that meet: max(40, 25 + 30) + 12',
			{ a: step(40, 1), b: step(25, 1), c: step(30, 1, ['b']), d: step(12, 1, ['a', 'c']) },
			67,
			'rehearsed',
		],
		['an unrehearsed step takes what is planned: 40 + 20', { a: step(40, 1), b: step(null, 20, ['a']) }, 60, 'assumed'],
		['one that is not on the longest way makes it assumed all the same', { a: step(40, 1), b: step(null, 5) }, 40, 'assumed'],
		['a step that waits for the way forward waits for nothing here', { a: step(40, 1, ['avanti']) }, 40, 'rehearsed'],
	])('left out in the plan, it is the longest way through the steps: %s', (_name, steps, minutes, evidence) => {
		const tasks = { avanti: taskLiteral('avanti', { durationMs: 600 * MINUTE, rehearsed: null }), ...steps };
		const now = judgeRollback(nightBoard({ rollback: facts({ durationMs: null }), tasks }), finishing(clock('03:00')), start);
		expect(now?.parts.rollbackMs).toBe(minutes * MINUTE);
		expect(now?.lastMoment).toBe(end - (minutes + 10 + 10) * MINUTE);
		expect(now?.evidence).toEqual({ rollback: evidence, validation: 'assumed' });
	});

	test.each<[string, Record<string, TaskFacts>]>([
		['no steps', {}],
		['steps that take no time', { a: step(null, 0) }],
	])('is not known with %s', (_name, tasks) => {
		const now = judgeRollback(nightBoard({ rollback: facts({ durationMs: null }), tasks }), finishing(clock('03:00')), start);
		expect(now).toMatchObject({ lastMoment: null, remainingMs: null, possible: null, standing: 'blind', reason: 'unknown-duration' });
	});

	it('ends also with a circle that slipped in', () => {
		expect(longestWay({ a: step(10, 1, ['b']), b: step(20, 1, ['a']) })).toBeGreaterThan(0);
	});

	it('is absent where the plan says nothing of it', () => {
		expect(judgeRollback(nightBoard(), forecastNow(), start)).toBeNull();
	});
});

describe('whether it is still possible', () => {
	const good = finishing(clock('03:30'), clock('04:20'));
	// The last moment is 02:58; amber by itself from 01:58.
	test.each<[string, string, ForecastNow, boolean | null, string, string | null]>([
		['01:57', 'more than an hour before', good, true, 'good', null],
		['01:58', 'an hour before', good, true, 'watch', 'soon'],
		['02:58', 'at the moment itself', good, true, 'watch', 'soon'],
		['02:59', 'a minute after', good, false, 'bad', 'passed'],
		['21:00', 'p90 at the end of the window', finishing(clock('04:00'), end), true, 'good', null],
		['21:00', 'p90 a moment past the window', finishing(clock('04:00'), end + 1), true, 'watch', 'forward-does-not-fit'],
		['21:00', 'the forecast is blind', forecastNow({ reason: 'blind' }), true, 'watch', 'forward-unknown'],
		['21:00', 'the forecast is old', forecastNow({ reason: 'old' }), true, 'watch', 'forward-unknown'],
		['21:00', 'none was made yet', forecastNow({ reason: 'none' }), true, 'watch', 'forward-unknown'],
		['21:00', 'a replication never closes', forecastNow({ reason: 'will-not-converge' }), true, 'watch', 'forward-unknown'],
		['21:00', 'a copy never advances', forecastNow({ reason: 'never-advances' }), true, 'watch', 'forward-unknown'],
		['02:59', 'passed stays passed while the forecast is blind', forecastNow({ reason: 'blind' }), false, 'bad', 'passed'],
		['04:30', 'nothing is left to do', forecastNow({ reason: 'finished' }), null, 'good', 'finished'],
	])('%s, %s', (time, _why, forecast, possible, standing, reason) => {
		expect(judgeRollback(nightBoard({ rollback: facts() }), forecast, clock(time))).toMatchObject({ possible, standing, reason });
	});

	it('says that the night was turned back, before and after the last moment', () => {
		for (const time of ['02:30', '04:30']) {
			const board = nightBoard({ rollback: facts() }, { turnedBackAt: clock('02:20') });
			expect(judgeRollback(board, good, clock(time))).toMatchObject({ possible: null, standing: 'watch', reason: 'turned-back' });
		}
	});
});

describe('what going back now costs', () => {
	const now = clock('03:00');
	const price = (figure: RollbackFacts['price'][number]['figure'], base: number | null) =>
		facts({ price: [{ label: 'Registrazioni', subject: 'service/ps', measure: 'service.recordsNew', figure, base }] });
	const costOf = (rollback: RollbackFacts, rest = {}) => judgeRollback(nightBoard({ rollback, ...rest }), finishing(clock('04:00')), now)?.cost[0];

	test.each([
		['147 − 100 at the freeze', readAt(147, now - 20_000), 100, 47, 20_000],
		['nothing written yet', readAt(100, now - 20_000), 100, 0, 20_000],
		['at the limit of two minutes', readAt(147, now - 120_000), 100, 47, 120_000],
		['a moment older: not known', readAt(147, now - 120_001), 100, null, 120_001],
		['Regia cannot look', [147, now - 30_000, now - 30_000, 'timeout', now - 10_000] as const, 100, null, 30_000],
		['never reported', null, null, null, null],
		['a counter that began anew', readAt(3, now - 1000), 100, null, 1000],
	])('%s', (_name, figure, base, value, ageMs) => {
		expect(costOf(price(figure, base))).toEqual({ label: 'Registrazioni', unit: 'count', value, ageMs, kept: false });
	});

	const archive = (lag: number | null, lagAt: number) => {
		const one = archiveLiteral({ label: 'PS', total: 1, moved: 1, verified: 1 });
		const figures = Object.fromEntries(Object.entries(one.figures).map(([name, [value]]) => [name, readAt(value, now - 2000)]));
		return { archives: { ps: { ...one, figures: { ...figures, reverseLag: readAt(lag, lagAt) }, advancedAt: now } } };
	};
	const mine = { ...price(readAt(147, now - 20_000), 100), reverse: 'ps' };
	test.each<[string, ReturnType<typeof archive> | object, number | null, number | null, boolean]>([
		['its lag is small and fresh', archive(4, now - 3000), 0, 3000, true],
		['its lag is at its limit', archive(30, now - 3000), 0, 3000, true],
		['its lag is too large', archive(31, now - 3000), 47, 20_000, false],
		['its word is old', archive(4, now - 60_001), 47, 20_000, false],
		[
			'its archive is silent otherwise',
			{ archives: { ps: { ...archive(4, now - 3000).archives.ps, figures: { reverseLag: readAt(4, now - 3000) } } } },
			47,
			20_000,
			false,
		],
		['nobody knows its archive', {}, 47, 20_000, false],
	])('is nothing while the reverse replication is healthy: %s', (_name, rest, value, ageMs, kept) => {
		expect(costOf(mine, rest)).toMatchObject({ value, ageMs, kept });
	});
});

test('the night of 26 October: the doubled hour moves no countdown', () => {
	// 22:00 CEST to 06:00 CET: nine hours, though the clocks say eight. 9:00 − 1:30 − 0:20 − 0:10 = T+7:00, which is 04:00 CET.
	const from = Date.parse('2025-10-25T22:00:00+02:00');
	const to = Date.parse('2025-10-26T06:00:00+01:00');
	const rollback = facts({ durationMs: 90 * MINUTE, validationMs: 20 * MINUTE, marginMs: 10 * MINUTE });
	const board = { ...nightBoard({ rollback }), cutovers: { notte: cutover({ windowStart: from, windowEnd: to }) } };
	const rows = [
		// the same 02:30 on the clock, an hour apart
		['2025-10-26T02:30:00+02:00', '02:30', 'CEST', '4:30', '4:30', '2:30'],
		['2025-10-26T02:30:00+01:00', '02:30', 'CET', '5:30', '3:30', '1:30'],
		['2025-10-26T04:01:00+01:00', '04:01', 'CET', '7:01', '1:59', '−0:01'],
	] as const;
	for (const [instant, shown, zone, tPlus, left, back] of rows) {
		expect(formatZone(Date.parse(instant), 'Europe/Rome')).toBe(zone === 'CET' ? 'CET' : 'CEST');
		// Only in the doubled hour a clock needs its zone.
		expect(formatMoment(Date.parse(instant), 'Europe/Rome')).toBe(shown === '02:30' ? `02:30 ${zone}` : shown);
		const now = judge(board, Date.parse(instant));
		expect(formatClock(now.now, 'Europe/Rome')).toBe(shown);
		expect(formatCountdown(now.cutover?.tPlusMs ?? null)).toBe(tPlus);
		expect(formatCountdown(now.cutover?.remainingMs ?? null)).toBe(left);
		expect(formatCountdown(now.rollback?.remainingMs ?? null)).toBe(back);
		expect(formatClock(now.rollback?.lastMoment ?? null, 'Europe/Rome')).toBe('04:00');
	}
});
