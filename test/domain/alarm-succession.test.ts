// One alarm in another's place: what it keeps of the one before, by urgency; and a legal clock's steps, each with an alarm of its own.
import { expect, test } from 'vitest';
import { createAlarmWatch } from '../../server/domain/alarm.ts';
import { applyAlarmMark, applyAlarms, emptyAlarms } from '../../server/projections/alarms.projection.ts';
import type { AlarmFacts } from '../../shared/board-breakdown.ts';
import type { ClockStep } from '../../shared/breakdown.ts';
import type { StepState } from '../../shared/breakdown-now.ts';
import type { AlarmChange } from '../../shared/entry.ts';
import { judge } from '../../shared/judge.ts';
import { openPlay, planOf, START } from './alarm-play.ts';

const on = (rule: string, rest: Partial<Extract<AlarmChange, { to: 'on' }>> = {}): AlarmChange => ({
	to: 'on',
	rule,
	subject: 'service/ps',
	priority: 1,
	latches: false,
	value: null,
	detail: null,
	suppressed: null,
	...rest,
});
const shown = ({ since, acknowledged, shelved, escalatedAt, suppressed }: AlarmFacts): string =>
	[since, acknowledged ? 'seen' : '', shelved ? 'shelved' : '', escalatedAt === null ? '' : `escalated ${escalatedAt}`, suppressed ?? '']
		.filter((one) => one !== '')
		.join(' ');

type Step = readonly [at: number, change: AlarmChange | 'ack' | 'shelve'];
const down = 'service-down:service:ps';
const follows = { follows: down };
const rows: readonly (readonly [name: string, steps: readonly Step[], expected: string])[] = [
	['of one that nobody has seen', [[10, on('service-down')]], '10'],
	[
		'of one that somebody has seen',
		[
			[10, on('service-down')],
			[20, 'ack'],
		],
		'10 seen',
	],
	[
		'of one on its shelf',
		[
			[10, on('service-down')],
			[20, 'shelve'],
		],
		'10 shelved',
	],
	[
		'of one that was escalated',
		[
			[10, on('service-down')],
			[20, { to: 'escalated', alarm: down }],
		],
		'10 escalated 20',
	],
	[
		'of a less urgent one that somebody has seen: it asks',
		[
			[10, on('service-down', { priority: 2 })],
			[20, 'ack'],
		],
		'90',
	],
	[
		'of a less urgent one on its shelf: it asks',
		[
			[10, on('service-down', { priority: 2 })],
			[20, 'shelve'],
		],
		'90',
	],
	['of what was planned: it asks', [[10, on('service-down', { suppressed: 'planned' })]], '90'],
	['of one that is not there', [], '90'],
	[
		'of one that was seen, while its own name’s last end was not',
		[
			[5, on('service-overrun')],
			[6, { to: 'ended', alarm: 'service-overrun:service:ps' }],
			[10, on('service-down')],
			[20, 'ack'],
		],
		'5',
	],
];
test.each(rows)('in place %s', (_name, steps, expected) => {
	const cells = emptyAlarms();
	const entry = (change: AlarmChange, at: number): void => applyAlarms(cells, { kind: 'auto', what: 'alarms', changes: [change] }, at, at);
	for (const [at, what] of steps) {
		const mark = { kind: 'alarm', alarm: down } as const;
		if (what === 'ack') applyAlarmMark(cells, { mark: { ...mark, act: 'acknowledge' }, by: 'sala', at } as never);
		else if (what === 'shelve') applyAlarmMark(cells, { mark: { ...mark, act: 'shelve', until: 1000, reason: 'prova' }, by: 'sala', at } as never);
		else entry(what, at);
	}
	const listed = Object.keys(cells.live.active).includes(down);
	entry(on('service-overrun', follows), 90);
	expect(Object.keys(cells.live.active)).toEqual(['service-overrun:service:ps']);
	expect(shown(cells.live.active['service-overrun:service:ps'] as AlarmFacts)).toBe(expected);
	expect(Object.values(cells.live.cleared).map(({ rule, why }) => `${rule} ${why}`)).toEqual(listed ? ['service-down succeeded'] : []);
});

test('one that goes on under another name came on once', () => {
	const played = openPlay({ plan: planOf({ flood: { from: 2, to: 1, within: '10min' } }) });
	for (const line of ['0 lungo=0', '30 tick', '61 tick']) played.step(line);
	expect([played.board().alarms.count, played.at(61).rates.lastTenMinutes, played.wrote]).toEqual([1, 1, ['on down lungo', 'on beyond lungo']]);
});

type Said = readonly [step: ClockStep, state: StepState];
/** What is said of a clock's alarms while these steps are owed, one a minute; seen after the first where `isSeen`. */
function clockNight(steps: readonly Said[], isSeen = false): { readonly list: string; readonly wrote: readonly string[] } {
	const cells = emptyAlarms();
	const watch = createAlarmWatch(planOf({ escalateAfter: '30s' }));
	const empty = openPlay({ plan: planOf(), make: () => ({ decide: () => null }) }).board();
	const wrote: string[] = [];
	let second = 0;
	const look = (said: Said): void => {
		const now = START + second * 1000;
		const [step, state] = said;
		const board = { ...empty, clocks: { 'i-nis2': {} as never }, alarms: cells.live };
		const judged = judge({ ...empty, alarms: cells.live }, now);
		const clocks = { 'i-nis2': { next: { step, state, due: now } } } as never;
		const breakdown = { facilities: {}, networks: {}, dependants: {}, flows: {}, incidents: {}, statements: [], restoreOrder: [], clocks };
		const draft = watch.decide(board, { ...judged, breakdown }, now);
		if (draft === null) return;
		wrote.push(...draft.changes.map((one) => (one.to === 'on' ? `on ${one.rule} ${one.detail}` : `${one.to} ${one.alarm.split(':')[0]}`)));
		applyAlarms(cells, draft, 1, now);
	};
	for (const [i, said] of steps.entries()) {
		for (let n = 0; n < 60; n += 1) {
			look(said);
			second += 1;
		}
		if (i === 0 && isSeen)
			for (const alarm of Object.keys(cells.live.active))
				applyAlarmMark(cells, { mark: { kind: 'alarm', act: 'acknowledge', alarm }, by: 'sala', at: second } as never);
	}
	const ofClocks = Object.values(cells.live.active).filter(({ rule }) => rule.startsWith('clock-'));
	const list = ofClocks.map(
		(one) => `${one.rule} ${one.detail} since ${(one.since - START) / 1000}${one.acknowledged ? ' seen' : ''}${one.endedAt === null ? '' : ' ended'}`,
	);
	return { list: list.join(', '), wrote: wrote.filter((one) => one.includes('clock-')) };
}

test('a step of a legal clock that is overdue, and then the next: another alarm, which is escalated by itself', () => {
	const { list, wrote } = clockNight([
		['early', 'overdue'],
		['notification', 'overdue'],
	]);
	expect(list).toBe('clock-overdue notification since 60');
	expect(wrote).toEqual(['on clock-overdue early', 'escalated clock-overdue', 'on clock-overdue notification', 'escalated clock-overdue']);
});

test('a step that somebody has seen says nothing of the next one', () => {
	const steps: readonly Said[] = [
		['early', 'overdue'],
		['notification', 'overdue'],
	];
	expect(clockNight(steps, true).list).toBe('clock-overdue notification since 60');
});

test('a step that was sent late unseen, and the next one near its time, much later', () => {
	const { list } = clockNight([
		['early', 'near'],
		['notification', 'running'],
		['notification', 'near'],
	]);
	expect(list).toBe('clock-near notification since 120');
});
