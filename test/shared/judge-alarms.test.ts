// The alarms at a moment: their order, their groups by the dependency map, and how fast they come.
import { describe, expect, test } from 'vitest';
import { rootsOf } from '../../shared/alarm-roots.ts';
import { type Board, emptyBoard } from '../../shared/board.ts';
import { type AlarmFacts, type AlarmsFacts, alarmKey, noAlarms } from '../../shared/board-breakdown.ts';
import { judgeAlarms } from '../../shared/judge-alarms.ts';
import { hasAlarms, plainAlarms } from '../../shared/plain-alarms.ts';

const T0 = Date.parse('2021-08-14T17:00:00Z');
const HOUR = 3_600_000;

/** `service-down service/ps 1 10 A`: rule, subject, priority, second it came on; A acknowledged, E ended, S shelved, P planned, L latches. */
function alarmsOf(script: string): AlarmsFacts['active'] {
	const rows = script
		.split(';')
		.filter((one) => one.trim() !== '')
		.map((line): [string, AlarmFacts] => {
			const [rule = '', subject = '', priority = '', since = '', flags = ''] = line.trim().split(' ');
			const facts: AlarmFacts = {
				rule,
				subject,
				priority: Number(priority) as 1 | 2 | 3,
				since: T0 + Number(since) * 1000,
				endedAt: flags.includes('E') ? T0 + HOUR : null,
				latches: flags.includes('L'),
				value: null,
				detail: null,
				acknowledged: flags.includes('A') ? [T0 + HOUR, 'sala'] : null,
				shelved: flags.includes('S') ? { until: T0 + 9 * HOUR, by: 'sala', reason: 'prova' } : null,
				suppressed: flags.includes('P') ? 'planned' : null,
				escalatedAt: null,
			};
			return [alarmKey(rule, subject), facts];
		});
	return Object.fromEntries(rows);
}

const needs = (map: Readonly<Record<string, readonly string[]>>): Record<string, never> =>
	Object.fromEntries(Object.entries(map).map(([id, list]) => [id, { label: id.toUpperCase(), needs: list }])) as never;
/** Portal → SISS → CED → power; doctors need the portal, the flow the SISS; `ward` sends for the ER, which needs nothing. */
const map: Board = {
	...emptyBoard,
	facilities: needs({ ced: ['facility/energia'], energia: [] }),
	networks: needs({ rete: [] }),
	services: needs({ siss: ['facility/ced', 'network/rete'], portale: ['service/siss'], ps: [], cup: ['service/siss'] }),
	dependants: needs({ mmg: ['service/portale'] }),
	flows: needs({ ricette: ['service/siss'] }),
	archives: { cce: { label: 'Cartella', service: 'siss' } } as unknown as Board['archives'],
	sites: { galliera: { label: 'Galliera', service: 'ps', sources: ['ward'] } } as unknown as Board['sites'],
	sources: { ward: { label: 'Messaggi', archives: [] }, copia: { label: 'Copia', archives: ['cce'] } } as unknown as Board['sources'],
	incidents: { count: 1, rows: { caldo: { title: 'Caldo al CED', subject: 'service/siss' } } } as unknown as Board['incidents'],
	clocks: { 'caldo-nis2': { incident: 'caldo' } } as unknown as Board['clocks'],
	statements: { count: 1, rows: { stasera: { text: 'Entro stasera.', incident: 'caldo' } } } as unknown as Board['statements'],
};
const boardOf = (script: string, rest: Partial<AlarmsFacts> = {}): Board => ({ ...map, alarms: { ...noAlarms, active: alarmsOf(script), ...rest } });

type Row = readonly [name: string, script: string, expected: string];
const short = (id: string): string => id.replace(/^[^:]*:[^:]*:/, '');
/** `ced=3(energia)`: the root's subject, how many, and after it the first of the group where that is another. */
function groupsOf(script: string): string {
	const { groups } = judgeAlarms(boardOf(script), T0 + HOUR);
	return groups.map(({ root, count, first }) => `${short(root)}=${count}${first === root ? '' : `(${short(first)})`}`).join(' ');
}

const grouping: readonly Row[] = [
	['one for itself', 'service-down service/ps 1 0', 'ps=1'],
	['two that have nothing to do with each other', 'service-down service/ps 1 0; service-down service/siss 1 1', 'ps=1 siss=1'],
	['what it needs fell first', 'facility-too-hot facility/ced 1 0; service-down service/siss 1 60', 'ced=2'],
	[
		'all the way up',
		'facility-too-hot facility/ced 1 0; service-down service/siss 1 60; service-down service/portale 2 70; dependant-blocked dependant/mmg 2 80',
		'ced=4',
	],
	['past one that has no alarm', 'facility-too-hot facility/ced 1 0; dependant-blocked dependant/mmg 2 80', 'ced=2'],
	['the cause is noticed a little later', 'service-down service/siss 1 0; facility-too-hot facility/ced 1 120', 'ced=2(siss)'],
	['too late to be the cause', 'service-down service/siss 1 0; facility-too-hot facility/ced 1 121', 'siss=1 ced=1'],
	['of two causes the first', 'network-down network/rete 1 5; facility-too-hot facility/ced 1 0; service-down service/siss 1 60', 'ced=2 rete=1'],
	[
		'the power took the cooling',
		'facility-on-battery facility/energia 2 0; facility-cooling-lost facility/ced 1 60; service-down service/siss 1 90',
		'energia=3',
	],
	[
		'several of one subject',
		'facility-hot facility/ced 2 0; facility-rising facility/ced 1 10; facility-too-hot facility/ced 1 900; service-down service/siss 1 1000',
		'ced=4(ced)',
	],
	['a certificate explains nothing', 'service-certificate service/siss 3 0; service-down service/portale 2 60', 'portale=1 siss=1'],
	[
		'a certificate beside a fall',
		'service-certificate service/siss 3 0; service-down service/siss 1 100; service-down service/portale 2 160',
		'siss=3(siss)',
	],
	['an archive hangs on its service', 'service-down service/siss 1 0; archive-bad archive/cce 2 60', 'siss=2'],
	['a source on what it feeds', 'service-down service/siss 1 0; source-blind source/copia 3 60', 'siss=2'],
	['a site on its source and its service', 'service-down service/ps 1 0; source-blind source/ward 3 60; site-blind site/galliera 3 90', 'ps=3'],
	[
		'a clock, a sentence and an update are owed by people, whatever fell, and explain nothing',
		'service-down service/siss 1 0; clock-near clock/caldo-nis2 2 60; statement-contradicted statement/stasera 2 70; update-overdue incident/caldo 2 80',
		'siss=1 caldo-nis2=1 stasera=1 caldo=1',
	],
	[
		'a planned stop that lasts too long is no fault of a room, and explains who waits for it',
		'facility-cooling-short facility/ced 2 0; service-overrun service/siss 1 60; dependant-blocked dependant/mmg 2 90',
		'siss=2 ced=1',
	],
	['a flow on its service', 'service-down service/siss 1 0; flow-near flow/ricette 3 60', 'siss=2'],
	[
		'shelved and planned ones are not counted',
		'facility-too-hot facility/ced 1 0 S; service-down service/siss 1 60; service-down service/portale 2 70 P',
		'siss=1',
	],
	['what has ended explains nothing', 'facility-rising facility/ced 1 0 E; service-down service/siss 1 60', 'siss=1 ced=1'],
	[
		'what has ended is explained by what still holds',
		'facility-too-hot facility/ced 1 0; service-down service/siss 1 60 E; service-down service/portale 2 90',
		'ced=3',
	],
	[
		'one fall of several alarms, the first of which has ended',
		'facility-rising facility/ced 1 0 E; service-down service/siss 1 300; facility-too-hot facility/ced 1 1500',
		'ced=3(ced)',
	],
	['one that ended before another fall of the same', 'service-down service/siss 1 -9000 E; service-down service/portale 2 0', 'portale=1 siss=1'],
	['siblings', 'service-down service/portale 2 0; service-down service/cup 2 1', 'portale=1 cup=1'],
	['one that is unknown to the map', 'service-down service/altro 2 0', 'altro=1'],
];

describe('groups', () => {
	test.each(grouping)('%s', (_name, script, expected) => expect(groupsOf(script)).toBe(expected));
	test('every alarm says what explains it, and the first of its group is marked', () => {
		const { active } = judgeAlarms(
			boardOf('service-down service/siss 1 0; facility-too-hot facility/ced 1 100; service-down service/ps 1 5'),
			T0 + HOUR,
		);
		expect(active.map(({ id, root, isFirst }) => [short(id), root && short(root), isFirst])).toEqual([
			['siss', 'ced', true],
			['ps', null, true],
			['ced', null, false],
		]);
	});
	test.each([
		['the most urgent of its alarms', 'facility-hot facility/ced 2 0; facility-too-hot facility/ced 1 900', 'facility-too-hot'],
		['one that stands before one that has ended', 'facility-too-hot facility/ced 1 0 E; facility-hot facility/ced 2 900', 'facility-hot'],
		['one that says it fails before one that does not', 'service-both-answer service/siss 1 0; service-down service/siss 2 100', 'service-down'],
		['of two alike the first', 'facility-too-hot facility/ced 1 60; facility-cooling-lost facility/ced 1 0', 'facility-cooling-lost'],
	])('%s speaks for a subject', (_name, script, rule) => {
		expect(judgeAlarms(boardOf(script), T0 + HOUR).groups.map(({ root }) => root.split(':')[0])).toEqual([rule]);
	});
	/** `rule:subject` of what explains each, in the order of the script; `-`: it is its own root. */
	const rootsIn = (script: string): string => {
		const { active } = judgeAlarms(boardOf(script), T0 + 2 * HOUR);
		const order = Object.keys(alarmsOf(script));
		return order.map((key) => active.find(({ id }) => id === key)?.root?.replace(/:[a-z]+:/, ' ') ?? '-').join('; ');
	};
	test.each([
		['cooling explains heat', 'facility-cooling-short facility/ced 2 0; facility-too-hot facility/ced 1 300', '-; facility-cooling-short ced'],
		[
			'also where it is noticed after it',
			'facility-too-hot facility/ced 1 0; facility-cooling-short facility/ced 2 100',
			'facility-cooling-short ced; -',
		],
		[
			'power explains cooling, and what it cools',
			'facility-too-hot facility/ced 1 200; facility-cooling-lost facility/ced 1 100; facility-on-battery facility/ced 2 0',
			'facility-on-battery ced; facility-on-battery ced; -',
		],
		['heat never explains cooling: too late', 'facility-too-hot facility/ced 1 0; facility-cooling-short facility/ced 2 5000', '-; -'],
		['heat never explains cooling: over', 'facility-cooling-short facility/ced 2 0 E; facility-too-hot facility/ced 1 900', '-; -'],
		[
			'a cause that comes on again much later does not take the place of what stands',
			'facility-too-hot facility/ced 1 0; service-down service/siss 1 60; facility-cooling-short facility/ced 2 5000',
			'-; facility-too-hot ced; -',
		],
		['what is over explains nothing of the same either', 'facility-too-hot facility/ced 1 0 E; facility-hot facility/ced 2 10 E', '-; -'],
		['a certificate of last week is not explained by a fall', 'service-certificate service/siss 3 -9000; service-down service/siss 1 0', '-; -'],
	])('%s', (_name, script, expected) => expect(rootsIn(script)).toBe(expected));

	test.each([
		'',
		'dependant-blocked dependant/mmg 2 400',
		'flow-near flow/ricette 3 900; service-down service/cup 2 30',
		'network-down network/rete 1 700',
	])('a root does not change while it stands, whatever comes on after it: %s', (later) => {
		const before = 'facility-cooling-short facility/ced 2 0; facility-too-hot facility/ced 1 30; service-down service/siss 1 60';
		expect(rootsIn(`${before}; ${later}`).split('; ').slice(0, 3)).toEqual(['-', 'facility-cooling-short ced', 'facility-cooling-short ced']);
	});

	test('a circle in an old plan has an end', () => {
		const circle: Board = { ...map, services: needs({ a: ['service/b'], b: ['service/a'] }) };
		const active = alarmsOf('service-down service/a 1 0; service-down service/b 1 1');
		expect(new Set(rootsOf(Object.entries(active), circle).values()).size).toBe(1);
	});
});

test('the list is in order of what asks first', () => {
	const script =
		'a service/ps 3 0; b service/ps 1 50 A; c service/ps 2 10; d service/ps 1 30; e service/ps 1 20; f service/ps 2 5 E; g service/ps 1 0 S; h service/ps 1 0 P';
	const { active, shelved, suppressed } = judgeAlarms(boardOf(script), T0 + HOUR);
	expect([active, shelved, suppressed].map((list) => list.map((one) => one.rule).join(''))).toEqual(['edcabf', 'g', 'h']);
	expect(active.find((one) => one.rule === 'f')?.state).toBe('ended-unacknowledged');
	expect(shelved[0]?.shelvedUntil).toBe(T0 + 9 * HOUR);
});

test.each([
	['an ended P1 stands after all that hold', 'a service/ps 1 0 E; b service/siss 3 0; c service/altro 3 0 A', 'bca'],
	['of the ended the unacknowledged first', 'a service/ps 1 0 EAL; b service/siss 3 0 E; c service/cup 2 0 E', 'cba'],
	['one that latches and nobody has seen stands as if it held', 'a service/ps 1 0 EL; b service/siss 3 0', 'ab'],
	['and no longer once it was seen', 'a service/ps 1 0 ELA; b service/siss 3 0', 'ba'],
])('%s', (_name, script, expected) => {
	const board = boardOf(script);
	const { active, groups } = judgeAlarms(board, T0 + HOUR);
	expect(active.map(({ rule }) => rule).join('')).toBe(expected);
	// The groups are in the same order, and what is over does not make one urgent.
	expect(groups.map(({ root }) => root.split(':')[0]).join('')).toBe(expected);
});

test('a group is as urgent as what of it still holds', () => {
	const { groups } = judgeAlarms(
		boardOf('facility-hot facility/ced 2 0; service-down service/siss 1 60 E; service-down service/ps 1 90 A'),
		T0 + HOUR,
	);
	expect(groups.map(({ root, priority, count }) => [short(root), priority, count])).toEqual([
		['ced', 2, 2],
		['ps', 1, 1],
	]);
});

test.each([
	[
		'a P1 beneath a P2 that nobody has taken',
		'facility-hot facility/ced 2 0; service-down service/siss 1 60; service-down service/portale 3 70',
		'siss 1',
	],
	['a P1 beneath a P2 that is taken', 'facility-hot facility/ced 2 0 A; service-down service/siss 1 60; service-down service/portale 3 70', 'siss 1'],
	['what is taken says nothing of how urgent the rest is', 'facility-too-hot facility/ced 1 0 A; service-down service/portale 3 70', 'portale 3'],
	['of what is taken all the same the most urgent', 'facility-hot facility/ced 2 0 A; service-down service/siss 1 60 A', 'siss 1'],
])('a group is as urgent as what of it asks for somebody: %s', (_name, script, expected) => {
	const [group] = judgeAlarms(boardOf(script), T0 + HOUR).groups;
	expect(group && `${short(group.worst)} ${group.priority}`).toBe(expected);
});

test('one that latches is latched once somebody has seen it', () => {
	const states = (flags: string) => judgeAlarms(boardOf(`a service/ps 1 0 ${flags}`), T0 + HOUR).active[0]?.state;
	expect(['L', 'LA', 'LE', 'LEA'].map(states)).toEqual(['unacknowledged', 'acknowledged', 'ended-unacknowledged', 'latched']);
});

test('labels are the board’s, by subject', () => {
	const script = [
		'service/ps',
		'facility/ced',
		'network/rete',
		'dependant/mmg',
		'flow/ricette',
		'incident/caldo',
		'clock/caldo-nis2',
		'statement/stasera',
		'site/galliera',
		'source/ward',
		'service/altro',
	];
	const { active } = judgeAlarms(boardOf(script.map((subject, n) => `a ${subject} 1 ${n}`).join(';')), T0 + HOUR);
	expect(active.map(({ label }) => label)).toEqual([
		'PS',
		'CED',
		'RETE',
		'MMG',
		'RICETTE',
		'Caldo al CED',
		'Caldo al CED',
		'Entro stasera.',
		'Galliera',
		'Messaggi',
		'service/altro',
	]);
});

test('what stands unseen says so, and what has ended does not', () => {
	const isUnseen = (subject: string): boolean => subject !== 'service/cup';
	const { active } = judgeAlarms(
		boardOf('service-down service/ps 1 0; service-down service/siss 1 1 E; service-down service/cup 1 2; source-blind source/ward 3 3'),
		T0 + HOUR,
		isUnseen,
	);
	expect(active.map(({ detail }) => detail)).toEqual(['unseen', null, null, null]);
});

test('rates are of the last day, and of what stands', () => {
	const bucket = Math.floor(T0 / 600_000);
	const rates = { [bucket]: 4, [bucket - 5]: 3, [bucket - 6]: 20, [bucket - 143]: 1, [bucket - 144]: 99 };
	const floods = [
		[T0 - 30 * HOUR, T0 - 23 * HOUR],
		[T0 - 5 * HOUR, T0 - 4 * HOUR],
	] as const;
	const board = boardOf('a service/ps 3 -90000; b service/ps 3 -10', { rates, floods, floodSince: T0 - HOUR });
	expect(judgeAlarms(board, T0).rates).toEqual({
		lastTenMinutes: 4,
		lastHour: 7,
		lastDay: 28,
		peakTenMinutes: 20,
		inFlood: 3 / 24,
		standing: 1,
		chattering: 0,
	});
});

test('without this file a screen hides no alarm, and shows none where there is none', () => {
	const board = boardOf(
		'service-down service/siss 2 60; facility-too-hot facility/ced 1 0; service-down service/ps 1 0 S; service-down service/cup 1 0 P',
		{ floodSince: T0 },
	);
	const plain = plainAlarms(board);
	const judged = judgeAlarms(board, T0);
	for (const list of ['active', 'shelved', 'suppressed'] as const) expect(plain[list].map(({ id }) => id)).toEqual(judged[list].map(({ id }) => id));
	expect([plain.groups.length, plain.floodSince, hasAlarms(board)]).toEqual([2, T0, true]);
	expect([plainAlarms(map), hasAlarms(map)]).toEqual([judgeAlarms(map, T0), false]);
});
