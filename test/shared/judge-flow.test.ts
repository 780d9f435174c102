// A flow against its deadline at a moment: what waits grows older by itself; overdue is said only while somebody says that it still waits.
import { describe, expect, test } from 'vitest';
import type { FlowFacts } from '../../shared/board-breakdown.ts';
import { judgeFlow } from '../../shared/judge-flow.ts';
import { neededUp } from './dependency-line.ts';
import { figuresLine } from './figures-line.ts';

const NOW = Date.UTC(2021, 7, 16, 10);
const HOUR = 3_600_000;

/** `drain`: records a minute, for the newest backlog unless it says how many seconds before it. Figures are invented; the deadline is 24 h. */
type Extra = Partial<Omit<FlowFacts, 'drain'>> & { readonly drain?: readonly [perMinute: number, secondsBefore?: number]; readonly map?: string };

function told(line: string, { drain, map = '', ...rest }: Extra = {}, now = NOW): string {
	const figures = figuresLine(line, NOW);
	const at = figures.backlog?.[1] ?? NOW;
	const facts: FlowFacts = {
		label: 'Farmacie',
		deadlineMs: 24 * HOUR,
		needs: [],
		staleAfterMs: null,
		figures,
		drain: drain === undefined ? null : [drain[0], at - (drain[1] ?? 0) * 1000],
		overdueSince: null,
		...rest,
	};
	const one = judgeFlow(facts, neededUp(map), now);
	const hours = (ms: number | null): string => (ms === null ? '-' : `${Math.round((ms / HOUR) * 100) / 100}`);
	const due = one.dueAt === null ? '-' : hours(one.dueAt - now);
	return `${one.state} ${one.standing} old ${hours(one.oldestAgeMs)} due ${due} over ${hours(one.overdueMs)} drain ${hours(one.drainMs)} age ${one.ageMs === null ? '-' : one.ageMs / 1000}`;
}

/** Hours in seconds. */
const h = (hours: number): number => hours * 3600;
const needs = { needs: ['service/portale', 'network/wan'] };

type Row = readonly [name: string, line: string, extra: Extra, expected: string];
const rows: readonly Row[] = [
	['nobody ever told', '', {}, 'unknown blind old - due - over 0 drain - age -'],
	['it never could be asked', 'oldestAge -@20', {}, 'unknown blind old - due - over 0 drain - age -'],
	['a backlog, and nobody says how old', 'backlog 12@20', {}, 'unknown blind old - due - over 0 drain - age -'],
	['nothing waits, by age', 'oldestAge 0@20', {}, 'met good old 0 due - over 0 drain - age 20'],
	['nothing waits, by count', 'backlog 0@20', {}, 'met good old 0 due - over 0 drain 0 age 20'],
	['nothing waits any more: the newer word counts', `oldestAge ${h(30)}@300 backlog 0@20`, {}, 'met good old 0 due - over 0 drain 0 age 20'],
	['nothing waited, and now something does', `oldestAge ${h(2)}@20 backlog 0@300`, {}, 'met good old 2.01 due 21.99 over 0 drain 0 age 20'],
	['both in one report: nothing waits', `oldestAge ${h(30)}@20 backlog 0@20`, {}, 'met good old 0 due - over 0 drain 0 age 20'],
	['nothing waited, and something came since', 'oldestAge 0@720 backlog 3@20', {}, 'met good old 0.2 due 23.8 over 0 drain - age 720'],
	['nothing waits, at the edge of staleness', 'backlog 0@900', {}, 'met good old 0 due - over 0 drain 0 age 900'],
	['nothing waited, a moment past it', 'backlog 0@900.001', {}, 'unknown blind old - due - over 0 drain - age 900.001'],
	['an hour old', `oldestAge ${h(1)}@0`, {}, 'met good old 1 due 23 over 0 drain - age 0'],
	['it grows older by itself', `oldestAge ${h(1)}@720`, {}, 'met good old 1.2 due 22.8 over 0 drain - age 720'],
	['a quarter is left', `oldestAge ${h(18)}@0`, {}, 'met good old 18 due 6 over 0 drain - age 0'],
	['less than a quarter is left', `oldestAge ${h(18) + 1}@0`, {}, 'near watch old 18 due 6 over 0 drain - age 0'],
	['near by itself since it was told', `oldestAge ${h(17.9)}@720`, {}, 'near watch old 18.1 due 5.9 over 0 drain - age 720'],
	['due this moment', `oldestAge ${h(24)}@0`, {}, 'near watch old 24 due 0 over 0 drain - age 0'],
	['overdue', `oldestAge ${h(24) + 36}@0`, {}, 'overdue bad old 24.01 due -0.01 over 0.01 drain - age 0'],
	['overdue since it was told', `oldestAge ${h(23.9)}@720`, {}, 'overdue bad old 24.1 due -0.1 over 0.1 drain - age 720'],
	['overdue, at the edge of staleness', `oldestAge ${h(39)}@900`, {}, 'overdue bad old 39.25 due -15.25 over 15.25 drain - age 900'],
	['it was overdue, a moment past it', `oldestAge ${h(39)}@900.001`, {}, 'unknown blind old - due -15.25 over 0 drain - age 900.001'],
	['it passed the deadline in silence', `oldestAge ${h(23)}@5400`, {}, 'unknown blind old - due -0.5 over 0 drain - age 5400'],
	['it could not be asked any more', `oldestAge ${h(2)}@20?`, {}, 'unknown blind old - due 21.99 over 0 drain - age 20'],
	['only its age is silent', `oldestAge ${h(2)}@1000 backlog 900@20`, {}, 'unknown blind old - due 21.72 over 0 drain - age 1000'],
	['within a limit of the plan’s own', `oldestAge ${h(1)}@3600`, { staleAfterMs: HOUR }, 'met good old 2 due 22 over 0 drain - age 3600'],
	['past a limit of the plan’s own', `oldestAge ${h(1)}@61`, { staleAfterMs: 60_000 }, 'unknown blind old - due 22.98 over 0 drain - age 61'],
	['its clock runs ahead: no younger for that', `oldestAge ${h(1)}@0+1800`, {}, 'met good old 1 due 23 over 0 drain - age 0'],
	['its clock runs behind: as old as it says', `oldestAge ${h(1)}@0-360`, {}, 'met good old 1.1 due 22.9 over 0 drain - age 360'],
	['another deadline', `oldestAge ${h(1)}@0`, { deadlineMs: HOUR / 2 }, 'overdue bad old 1 due -0.5 over 0.5 drain - age 0'],
	[
		'what it needs answers',
		`oldestAge ${h(1)}@0`,
		{ ...needs, map: 'service/portale up, network/wan up' },
		'met good old 1 due 23 over 0 drain - age 0',
	],
	[
		'what it needs is down',
		`oldestAge ${h(1)}@0`,
		{ ...needs, map: 'service/portale down, network/wan up' },
		'cannot-be-met bad old 1 due 23 over 0 drain - age 0',
	],
	[
		'the network that it needs is down',
		`oldestAge ${h(1)}@0`,
		{ ...needs, map: 'service/portale up, network/wan down' },
		'cannot-be-met bad old 1 due 23 over 0 drain - age 0',
	],
	['what it needs is down, and nothing waits', 'backlog 0@0', { ...needs, map: 'service/portale down' }, 'met good old 0 due - over 0 drain 0 age 0'],
	[
		'what it needs is down, and it is late already',
		`oldestAge ${h(25)}@0`,
		{ ...needs, map: 'service/portale down' },
		'overdue bad old 25 due -1 over 1 drain - age 0',
	],
	[
		'what it needs is down as planned',
		`oldestAge ${h(1)}@0`,
		{ ...needs, map: 'service/portale planned' },
		'met good old 1 due 23 over 0 drain - age 0',
	],
	['what it needs is not known', `oldestAge ${h(1)}@0`, { ...needs, map: 'service/portale blind' }, 'met good old 1 due 23 over 0 drain - age 0'],
	[
		'what it needs is down, and nobody tells of it',
		`oldestAge ${h(1)}@901`,
		{ ...needs, map: 'service/portale down' },
		'unknown blind old - due 22.75 over 0 drain - age 901',
	],
	['it drains in time', `oldestAge ${h(20)}@0 backlog 24000@0`, { drain: [100] }, 'near watch old 20 due 4 over 0 drain 4 age 0'],
	['it drains too slowly', `oldestAge ${h(20)}@0 backlog 24001@0`, { drain: [100] }, 'cannot-be-met bad old 20 due 4 over 0 drain 4 age 0'],
	[
		'it drains too slowly, and hangs since a quarter of its time',
		`oldestAge ${h(6)}@0 backlog 180000@0`,
		{ drain: [100] },
		'cannot-be-met bad old 6 due 18 over 0 drain 30 age 0',
	],
	[
		'in step: a slow drain of young records',
		'oldestAge 300@0 backlog 400@0',
		{ drain: [0.1] },
		'met good old 0.08 due 23.92 over 0 drain 66.67 age 0',
	],
	['it grows', `oldestAge ${h(20)}@0 backlog 24001@0`, { drain: [-100] }, 'near watch old 20 due 4 over 0 drain - age 0'],
	['it stands', `oldestAge ${h(20)}@0 backlog 24001@0`, { drain: [0] }, 'near watch old 20 due 4 over 0 drain - age 0'],
	['a drain of an older report', `oldestAge ${h(20)}@0 backlog 24001@0`, { drain: [100, 60] }, 'near watch old 20 due 4 over 0 drain - age 0'],
	['a drain of a stale backlog', `oldestAge ${h(20)}@0 backlog 24001@901`, { drain: [100] }, 'near watch old 20 due 4 over 0 drain - age 0'],
];

describe('a flow', () => {
	test.each(rows)('%s', (_, line, extra, expected) => {
		expect(told(line, extra)).toBe(expected);
	});

	test('has a row for each state', () => {
		expect(rows.length).toBeGreaterThanOrEqual(25);
		expect(new Set(rows.map(([, , , expected]) => expected.split(' ')[0]))).toEqual(new Set(['met', 'near', 'cannot-be-met', 'overdue', 'unknown']));
	});

	test('that nobody tells of any more turns from near to unknown, and never to overdue', () => {
		const states = Array.from({ length: 5 }, (_one, i) => told(`oldestAge ${h(23.6)}@0`, {}, NOW + i * 450_000).split(' ')[0]);
		expect(states).toEqual(['near', 'near', 'near', 'unknown', 'unknown']);
	});

	test('that is told of in rhythm turns overdue in the moment after its deadline', () => {
		const at = (ms: number): string => told(`oldestAge ${h(23.9)}@0`, {}, NOW + 360_000 + ms).split(' ')[0] ?? '';
		expect([at(0), at(1)]).toEqual(['near', 'overdue']);
	});

	test('planted: an age that stands still is caught by these rows', () => {
		const older = rows.filter(([name]) => name.includes('itself') || name.includes('since it was told'));
		const frozen = older.filter(([, line, extra, expected]) => told(line.replace(/@\d+/g, '@0'), extra) !== expected);
		expect(older.length).toBeGreaterThanOrEqual(3);
		expect(frozen).toHaveLength(older.length);
	});
});
