// How far the list of alarms grows, who makes room, what is kept of what left; and which shelf is armed first.
import { expect, test } from 'vitest';
import { createAlarmWatch } from '../../server/domain/alarm.ts';
import { armedActOf } from '../../server/domain/gate-arm.ts';
import { applyAlarms, emptyAlarms } from '../../server/projections/alarms.projection.ts';
import type { Board } from '../../shared/board.ts';
import { ALARMS_CLEARED_ON_BOARD, ALARMS_ON_BOARD, type AlarmFacts } from '../../shared/board-breakdown.ts';
import type { AlarmChange } from '../../shared/entry.ts';
import { judge } from '../../shared/judge.ts';
import type { Mark } from '../../shared/mark.ts';
import { fill, openPlay, planOf, START } from './alarm-play.ts';

const facts = (n: number, rest: Partial<AlarmFacts> = {}): AlarmFacts => ({
	rule: 'service-alerts',
	subject: 'service/ps',
	priority: 3,
	since: START - 1000 + n,
	endedAt: null,
	latches: false,
	value: 1,
	detail: null,
	acknowledged: null,
	shelved: null,
	suppressed: null,
	escalatedAt: null,
	...rest,
});

const plan = planOf({ rules: { fill } });
/** So many that stand, on a board where both sides of ps answer (P1) and an archive has errors (P3). */
function fullBoard(count: number, rest: (n: number) => Partial<AlarmFacts> = () => ({})): Board {
	const played = openPlay({ plan, make: () => ({ decide: () => null }) });
	played.step('0 ps.old=1 ps.new=1');
	played.step('1 x1.errors=1');
	const board = played.board();
	const active = Object.fromEntries(Array.from({ length: count }, (_, n) => [`service-alerts:service:k${n}`, facts(n, rest(n))]));
	return { ...board, alarms: { ...board.alarms, active, floodSince: START } };
}
const decided = (board: Board): readonly AlarmChange[] =>
	createAlarmWatch(plan).decide(board, judge(board, START + 2000), START + 2000)?.changes ?? [];
const said = (changes: readonly AlarmChange[]): string[] =>
	changes.map((one) => (one.to === 'on' ? `on ${one.rule}` : `${one.to} ${one.alarm}${one.to === 'gone' && one.why ? ` ${one.why}` : ''}`));

test('with room for both, both come on', () => {
	expect(said(decided(fullBoard(ALARMS_ON_BOARD - 2)))).toEqual(['on service-both-answer', 'on fill']);
});

test('with room for one, the urgent one comes on', () => {
	expect(said(decided(fullBoard(ALARMS_ON_BOARD - 1)))).toEqual(['on service-both-answer']);
});

test('where there is none, the oldest of the least urgent makes room for it, and the least urgent does not come on', () => {
	expect(said(decided(fullBoard(ALARMS_ON_BOARD)))).toEqual(['gone service-alerts:service:k0 full', 'on service-both-answer']);
});

test('urgent ones are never turned out, and an urgent one comes on all the same', () => {
	expect(said(decided(fullBoard(ALARMS_ON_BOARD, () => ({ priority: 2 }))))).toEqual(['on service-both-answer']);
});

test('what was turned out for want of room is counted, and does not come back while there is none', () => {
	const cells = emptyAlarms();
	const board = fullBoard(ALARMS_ON_BOARD);
	cells.live = board.alarms;
	applyAlarms(cells, { kind: 'auto', what: 'alarms', changes: decided(board) }, 1, START + 2000);
	expect([cells.live.dropped, Object.keys(cells.live.active).length]).toEqual([1, ALARMS_ON_BOARD]);
	expect(decided({ ...board, alarms: cells.live })).toEqual([]);
});

const comingOn = (n: number): AlarmChange => ({
	to: 'on',
	rule: `r${n}`,
	subject: 'service/ps',
	priority: 3,
	latches: false,
	value: null,
	detail: null,
	suppressed: null,
});

test('of what left, the last hundred are kept, the newest last', () => {
	const cells = emptyAlarms();
	for (let n = 0; n < 250; n += 1) {
		applyAlarms(cells, { kind: 'auto', what: 'alarms', changes: [comingOn(n)] }, n, START + n);
		applyAlarms(cells, { kind: 'auto', what: 'alarms', changes: [{ to: 'gone', alarm: `r${n}:service:ps` }] }, n, START + n);
	}
	const rules = Object.values(cells.live.cleared).map((one) => one.rule);
	expect([rules.length, rules[0], rules.at(-1), cells.live.count]).toEqual([ALARMS_CLEARED_ON_BOARD, 'r150', 'r249', 250]);
});

test('rates are kept of the last day', () => {
	const cells = emptyAlarms();
	for (let n = 0; n < 300; n += 1) {
		applyAlarms(cells, { kind: 'auto', what: 'alarms', changes: [comingOn(n)] }, n, START + n * 600_000);
	}
	expect(Object.keys(cells.live.rates)).toHaveLength(144);
});

test.each([
	['a P1', 1, 'shelve', true],
	['a P2', 2, 'shelve', false],
	['a P1, acknowledged', 1, 'acknowledge', false],
	['a P1, unshelved', 1, 'unshelve', false],
] as const)('%s: armed before it is marked, or not', (_name, priority, act, isArmed) => {
	const board = fullBoard(1, () => ({ priority }));
	const alarm = 'service-alerts:service:k0';
	const shelf = { until: START + 600_000, reason: 'prova' };
	const mark = { kind: 'alarm', act, alarm, ...(act === 'shelve' ? shelf : {}) } as Mark;
	expect(armedActOf(mark, board)).toEqual(isArmed ? { action: 'mark.shelve', subject: `alarm/${alarm} ${shelf.until} prova` } : null);
});

test('a nonce for one shelf is for no other', () => {
	const board = fullBoard(1, () => ({ priority: 1 }));
	const shelf = (until: number, reason: string) =>
		armedActOf({ kind: 'alarm', act: 'shelve', alarm: 'service-alerts:service:k0', until, reason }, board)?.subject;
	expect(new Set([shelf(START, 'a'), shelf(START + 1, 'a'), shelf(START, 'b')]).size).toBe(3);
});
