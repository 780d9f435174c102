// Which conditions hold on a judged board, family by family; what is left as it is; and what a blind Regia says.
import { describe, expect, test } from 'vitest';
import { lookAt } from '../../server/domain/alarm-conditions.ts';
import { alarmPlanOf, priorityOf } from '../../server/domain/alarm-plan.ts';
import { alarmRules, type BuiltInAlarm } from '../../shared/alarm-rules.ts';
import type { Board } from '../../shared/board.ts';
import { emptyBoard } from '../../shared/board.ts';
import { alarmKey } from '../../shared/board-breakdown.ts';
import type { BreakdownNow, ClockNow, FacilityNow, FlowNow, IncidentNow, StatementNow } from '../../shared/breakdown-now.ts';
import { type BoardNow, judge } from '../../shared/judge.ts';
import { planOf, START } from './alarm-play.ts';

const noBreakdown: BreakdownNow = {
	facilities: {},
	networks: {},
	dependants: {},
	flows: {},
	clocks: {},
	incidents: {},
	statements: [],
	restoreOrder: [],
};
const ced: FacilityNow = {
	label: 'CED',
	side: null,
	standing: 'good',
	reason: null,
	temperature: 22,
	lastTemperature: 22,
	watch: 27,
	limit: 32,
	degreesPerHour: 0,
	minutesToLimit: null,
	cooling: { working: 4, of: 4 },
	coolingFailedAt: null,
	ups: { onBattery: false, runtimeMs: 3_600_000, charge: 1 },
	alerts: 0,
	ageMs: 0,
};
const flow: FlowNow = {
	label: 'Ricette',
	state: 'met',
	standing: 'good',
	deadlineMs: 86_400_000,
	oldestAgeMs: 3_600_000,
	dueAt: null,
	overdueMs: 0,
	backlog: 10,
	drainPerMinute: 1,
	drainMs: null,
	ageMs: 0,
};
const network = { label: 'Rete', standing: 'good', up: true, since: null, ageMs: 0 } as const;
const doctors = {
	label: 'Medici',
	count: 9000,
	operator: null,
	state: 'working',
	standing: 'good',
	by: [],
	since: null,
	confirmedBy: null,
	ageMs: 0,
} as const;
const step = { step: 'early', due: START + 5000, state: 'running', remainingMs: 5000, sentAt: null, protocol: null } as const;
const clock = (state: 'running' | 'near' | 'overdue'): ClockNow => ({
	incident: 'caldo',
	law: 'nis2',
	awareAt: START,
	by: 'comando',
	steps: [],
	next: { ...step, state },
	standing: 'good',
});
const incident = (rest: Partial<IncidentNow>): IncidentNow => ({ updateOverdue: false, nextUpdate: START, closedAt: null, ...rest }) as IncidentNow;
const statement = (rest: Partial<StatementNow>): StatementNow => ({
	id: 'stasera',
	at: START,
	by: 'stampa',
	text: 'Ripristino entro stasera.',
	audience: 'public',
	incident: 'caldo',
	verdict: 'holds',
	contradictedAt: null,
	why: null,
	linked: [],
	standing: 'good',
	...rest,
});

const board: Board = {
	...emptyBoard,
	plan: { id: 'prova', name: 'Prova', digest: 'd', seq: 1 },
	facilities: { ced: { ...({} as Board['facilities'][string]), upsRuntime: { watchMs: 1_200_000, badMs: 600_000 } } },
};
const quiet = judge(emptyBoard, START);
const judgedWith = (breakdown: Partial<BreakdownNow>, rest: Partial<BoardNow> = {}): BoardNow => ({
	...quiet,
	breakdown: { ...noBreakdown, ...breakdown },
	...rest,
});
const held = (judged: BoardNow, on: Board = board): string[] => [...lookAt(on, judged, START, []).holding.keys()];

const facility = (rest: Partial<FacilityNow>): Partial<BreakdownNow> => ({ facilities: { ced: { ...ced, ...rest } } });
type Row = readonly [name: string, breakdown: Partial<BreakdownNow>, expected: readonly string[]];

const rows: readonly Row[] = [
	['a quiet facility', facility({}), []],
	['hot', facility({ temperature: 27 }), ['facility-hot:facility:ced']],
	['not yet hot', facility({ temperature: 26.9 }), []],
	['too hot', facility({ temperature: 32 }), ['facility-too-hot:facility:ced', 'facility-hot:facility:ced']],
	['rising, the limit within half an hour', facility({ degreesPerHour: 20, minutesToLimit: 29.9 }), ['facility-rising:facility:ced']],
	['rising, the limit later', facility({ degreesPerHour: 10, minutesToLimit: 30 }), []],
	['no cooling left', facility({ cooling: { working: 0, of: 4 } }), ['facility-cooling-lost:facility:ced']],
	['one unit short', facility({ cooling: { working: 3, of: 4 } }), ['facility-cooling-short:facility:ced']],
	['nobody says how many there are, and as many work as ever did', facility({ cooling: { working: 3, of: null } }), []],
	[
		'nobody says how many there are, and fewer work than ever did',
		facility({ cooling: { working: 3, of: null }, coolingFailedAt: START }),
		['facility-cooling-short:facility:ced'],
	],
	['nobody says how many there are, and none works', facility({ cooling: { working: 0, of: null } }), ['facility-cooling-lost:facility:ced']],
	['there are none, and none works', facility({ cooling: { working: 0, of: 0 } }), []],
	['on battery', facility({ ups: { onBattery: true, runtimeMs: 900_000, charge: 1 } }), ['facility-on-battery:facility:ced']],
	[
		'on battery, and not for long',
		facility({ ups: { onBattery: true, runtimeMs: 599_000, charge: 1 } }),
		['facility-on-battery:facility:ced', 'facility-battery-low:facility:ced'],
	],
	['a short runtime on the mains', facility({ ups: { onBattery: false, runtimeMs: 1000, charge: 1 } }), []],
	['alerts of other systems', facility({ alerts: 3 }), ['facility-alerts:facility:ced']],
	['a network that is down', { networks: { rete: { ...network, up: false } } }, ['network-down:network:rete']],
	['a network that is up', { networks: { rete: network } }, []],
	[
		'dependants that are blocked',
		{ dependants: { mmg: { ...doctors, state: 'blocked', by: ['service/siss'] } } },
		['dependant-blocked:dependant:mmg'],
	],
	['dependants that work', { dependants: { mmg: doctors } }, []],
	['a flow that is near its deadline', { flows: { ricette: { ...flow, state: 'near' } } }, ['flow-near:flow:ricette']],
	['a flow that cannot be met', { flows: { ricette: { ...flow, state: 'cannot-be-met' } } }, ['flow-cannot-be-met:flow:ricette']],
	['a flow that is overdue', { flows: { ricette: { ...flow, state: 'overdue' } } }, ['flow-overdue:flow:ricette']],
	['a clock that runs', { clocks: { 'caldo-nis2': clock('running') } }, []],
	['a clock that is near', { clocks: { 'caldo-nis2': clock('near') } }, ['clock-near:clock:caldo-nis2']],
	['a clock that is overdue', { clocks: { 'caldo-nis2': clock('overdue') } }, ['clock-overdue:clock:caldo-nis2']],
	['a promised update that did not come', { incidents: { caldo: incident({ updateOverdue: true }) } }, ['update-overdue:incident:caldo']],
	['a sentence that holds', { statements: [statement({})] }, []],
	['a sentence that the data contradict', { statements: [statement({ contradictedAt: START + 1 })] }, ['statement-contradicted:statement:stasera']],
	['corrected by another to the same ears', { statements: [statement({ id: 'dopo', at: START + 2 }), statement({ contradictedAt: START + 1 })] }, []],
	[
		'followed by another to other ears',
		{ statements: [statement({ id: 'dopo', at: START + 2, audience: 'staff' }), statement({ contradictedAt: START + 1 })] },
		['statement-contradicted:statement:stasera'],
	],
	[
		'of an incident that is closed',
		{ incidents: { caldo: incident({ closedAt: START }) }, statements: [statement({ contradictedAt: START + 1 })] },
		[],
	],
	['a less urgent service given back first', { restoreOrder: [{ early: 'portale', waiting: 'ps' }] }, ['restore-order:service:ps']],
];

describe('what holds', () => {
	test.each(rows)('%s', (_name, breakdown, expected) => expect(held(judgedWith(breakdown))).toEqual(expected));
	test('a gate that fell, and one that was decided anew', () => {
		const gate = { closed: null, reopened: { times: 1, at: START, why: 'archive/a' }, decided: null };
		const gates = { varco: gate, altro: { ...gate, decided: { at: START + 1, state: 'go', evidence: {} } } } as unknown as BoardNow['gates'];
		expect(held(judgedWith({}, { gates }))).toEqual(['gate-reopened:gate:varco']);
	});
	test('a channel that fails, with its reason', () => {
		const channels = { posta: { failingSince: START, why: 'refused' }, altro: { failingSince: null } } as unknown as Board['channels'];
		expect([...lookAt({ ...board, channels }, judgedWith({}), START, []).holding.values()]).toEqual([
			{ rule: 'channel-failing', subject: 'channel/posta', value: null, detail: 'refused', isPlanned: false },
		]);
	});
	test('an archive that is bad, and one that is watched', () => {
		const archives = {
			a: { standing: 'bad', reason: 'stuck-at-100' },
			b: { standing: 'watch', reason: 'errors' },
		} as unknown as BoardNow['archives'];
		expect(held(judgedWith({}, { archives }))).toEqual(['archive-bad:archive:a']);
	});
	test('every built-in rule has a condition that a test here or among the rows holds', () => {
		const here = new Set(rows.flatMap(([, , expected]) => expected.map((one) => one.split(':')[0])));
		const elsewhere: BuiltInAlarm[] = [
			'observer-blind',
			'gate-reopened',
			'channel-failing',
			'archive-bad',
			'network-alerts',
			'source-blind',
			'site-blind',
		];
		const left = Object.keys(alarmRules).filter((one) => !here.has(one) && !(elsewhere as string[]).includes(one) && !one.startsWith('service-'));
		expect(left).toEqual([]);
	});
});

const left: readonly (readonly [name: string, breakdown: Partial<BreakdownNow>, rule: string, subject: string, stands: boolean])[] = [
	['no temperature', facility({ temperature: null }), 'facility-hot', 'facility/ced', true],
	['a temperature, no rate of rise', facility({ degreesPerHour: null }), 'facility-rising', 'facility/ced', true],
	['a temperature, no rate of rise: how hot is known', facility({ degreesPerHour: null }), 'facility-hot', 'facility/ced', false],
	['no word of the cooling', facility({ cooling: null }), 'facility-cooling-lost', 'facility/ced', true],
	['no word of the batteries', facility({ ups: null }), 'facility-on-battery', 'facility/ced', true],
	['no word of alerts', facility({ alerts: null }), 'facility-alerts', 'facility/ced', true],
	['a network of which nothing is known', { networks: { rete: { ...network, up: null } } }, 'network-down', 'network/rete', true],
	['dependants of whom nothing is known', { dependants: { mmg: { ...doctors, state: 'unknown' } } }, 'dependant-blocked', 'dependant/mmg', true],
	['a flow of which nothing is known', { flows: { ricette: { ...flow, state: 'unknown' } } }, 'flow-overdue', 'flow/ricette', true],
	['a flow that is met', { flows: { ricette: flow } }, 'flow-overdue', 'flow/ricette', false],
];
test.each(left)('what is not seen does not end: %s', (_name, breakdown, rule, subject, stands) => {
	const active = { one: { subject } } as unknown as Board['alarms']['active'];
	expect(
		lookAt({ ...board, alarms: { ...board.alarms, active } }, judgedWith(breakdown), START, []).stands(alarmKey(rule, subject), rule, subject),
	).toBe(stands);
});

test('while Regia is blind only that comes on; what people owe goes on, and nothing about probes ends', () => {
	const breakdown = { ...facility({ temperature: 40 }), clocks: { 'caldo-nis2': clock('overdue') } };
	const look = lookAt(board, judgedWith(breakdown, { observer: { isBlind: true, since: START } }), START, []);
	expect([...look.holding.keys()]).toEqual(['clock-overdue:clock:caldo-nis2', 'observer-blind:programme:prova']);
	expect(look.stands('service-down:service:ps', 'service-down', 'service/ps')).toBe(true);
	expect(look.stands('lag:archive:a', 'lag', 'archive/a')).toBe(true);
	expect(look.stands('update-overdue:incident:caldo', 'update-overdue', 'incident/caldo')).toBe(false);
});

test.each([
	['watch', true],
	['bad', false],
] as const)('dependants that are blocked and stand at %s: as planned is %s', (standing, isPlanned) => {
	const judged = judgedWith({ dependants: { mmg: { ...doctors, state: 'blocked', standing, by: ['service/siss'] } } });
	expect(lookAt(board, judged, START, []).holding.get('dependant-blocked:dependant:mmg')?.isPlanned).toBe(isPlanned);
});

test('a plan changes a built-in rule, switches one off, and a service’s place gives its priority', () => {
	const { rules } = alarmPlanOf(planOf({ builtIn: { 'facility-hot': { priority: 1, onDelay: '5min', latches: true }, 'flow-near': { off: true } } }));
	expect(rules.get('facility-hot')).toEqual({ priority: 1, onDelayMs: 300_000, offDelayMs: 300_000, latches: true });
	expect(rules.has('flow-near')).toBe(false);
	const down = rules.get('service-down');
	const services = { a: { priority: 1 }, b: { priority: 2 }, c: { priority: 3 }, d: { priority: 4 } } as unknown as Board['services'];
	expect(['a', 'b', 'c', 'd', 'gone'].map((id) => down && priorityOf(down, `service/${id}`, { services }))).toEqual([1, 2, 2, 3, 3]);
});
