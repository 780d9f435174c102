// Each bad runbook has a cause of its own; the mistake stands on the line marked "# here", alone, and says what would be right.
import { describe, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { readPlan } from '../../server/plan-file.ts';
import { bendRunbook as bend, runbookPlan } from './runbook-plan.ts';

const kinds = await loadRegistry();

type Row = readonly [cause: string, text: string, path: string, message: string, remedy: string];
const rows: readonly Row[] = [
	[
		'a circle of three',
		bend('    label: Fermo applicativo', '    label: Fermo applicativo\n    after: [riavvio] # here'),
		'tasks.fermo.after.0',
		'fermo → copia → varco-riavvio → riavvio → fermo',
		'take one of these arrows out',
	],
	[
		'a circle of two rollback steps',
		bend(
			'  ritorno-dati: { label: Dati indietro, kind: rollback, ',
			'  ritorno-dati: { label: Dati indietro, kind: rollback, after: [ritorno-prova], ',
		).replace('duration: 40min }', 'duration: 40min } # here'),
		'tasks.ritorno-dati.after.0',
		'ritorno-dati → ritorno-prova → ritorno-dati',
		'arrows',
	],
	['a task that waits for itself', bend('after: [fermo]', 'after: [fermo, copia] # here'), 'tasks.copia.after.1', 'waits for itself', 'take it out'],
	['a mistyped task', bend('after: [fermo]', 'after: [fremo] # here'), 'tasks.copia.after.0', 'not among the tasks', 'did you mean "fermo"?'],
	['a task named twice', bend('after: [fermo]', 'after: [fermo, fermo] # here'), 'tasks.copia.after.1', 'named twice', 'take one'],
	[
		'a task behind a step of the way back',
		bend('after: [varco-riavvio]', 'after: [varco-riavvio, ritorno-dati] # here'),
		'tasks.riavvio.after.1',
		'a step of the way back',
		'make this task a rollback step',
	],
	['a mistyped team', bend('    team: rete', '    team: rette # here'), 'tasks.fermo.team', 'not among the teams', 'did you mean "rete"?'],
	[
		'a mistyped archive',
		bend('archive: cce-db', 'archive: cce-bd # here'),
		'tasks.copia.archive',
		'not among the archives',
		'did you mean "cce-db"?',
	],
	['a mistyped service', bend('restores: cup', 'restores: cap # here'), 'tasks.riavvio.restores', 'not among the services', 'did you mean "cup"?'],
	['a mistyped gate', bend('gate: riavvio', 'gate: riavio # here'), 'tasks.varco-riavvio.gate', 'not among the gates', 'did you mean "riavvio"?'],
	[
		'a gate’s task that names none',
		bend('    kind: gate\n    gate: riavvio', '    kind: gate # here'),
		'tasks.varco-riavvio.kind',
		'which gate',
		'add "gate"',
	],
	[
		'a gate on a task that is none',
		bend('    kind: gate\n    gate: riavvio', '    gate: riavvio # here'),
		'tasks.varco-riavvio.gate',
		'only a task of the kind "gate"',
		'kind: gate',
	],
	[
		'a gate in two places',
		bend('gates:\n', 'gates: # gates\n').replace(
			'  ritorno-dati:',
			'  ancora: { label: Ancora, kind: gate, after: [riavvio], gate: riavvio } # here\n  ritorno-dati:',
		),
		'tasks.ancora.gate',
		'is the task "varco-riavvio" already',
		'one task',
	],
	[
		'a start before what it waits for ends',
		bend('start: 2025-10-21T22:00:00+02:00', 'start: 2025-10-21T21:48:00+02:00 # here'),
		'tasks.varco-riavvio.start',
		'starts 12 min before "copia" ends',
		'2025-10-21T22:00:00+02:00 or later',
	],
	[
		'a fixed time before what it waits for ends',
		bend('fixed: 2025-10-21T22:10:00+02:00', 'fixed: 2025-10-21T20:09:00Z # here'),
		'tasks.riavvio.fixed',
		'is fixed 1 min before "varco-riavvio" ends',
		'2025-10-21T20:10:00Z or later',
	],
	[
		'a start before its own fixed time',
		bend('    fixed: 2025-10-21T22:10:00+02:00', '    start: 2025-10-21T22:10:00+02:00 # here\n    fixed: 2025-10-21T22:30:00+02:00'),
		'tasks.riavvio.start',
		'20 min before its fixed time',
		'at its fixed time',
	],
	[
		'a start of another day',
		bend('start: 2025-10-21T19:30', 'start: 2025-11-21T19:30')
			.replace('    duration: 30min', '    duration: 30min #')
			.replace('2025-11-21T19:30:00+02:00', '2025-10-20T18:59:59+02:00 # here'),
		'tasks.fermo.start',
		'outside the window',
		'mind the date',
	],
	[
		'a fixed time of another day',
		bend('fixed: 2025-10-21T22:10:00+02:00', 'fixed: 2025-10-23T05:00:01+02:00 # here'),
		'tasks.riavvio.fixed',
		'outside the window',
		'mind the date',
	],
	[
		'rehearsals that contradict each other',
		bend('p90: 40min }', 'p90: 20min } # here'),
		'tasks.fermo.rehearsed.p90',
		'shorter than "p50"',
		'at least p50',
	],
	['a task of eight days', bend('duration: 20min\n', 'duration: 8d # here\n'), 'tasks.riavvio.duration', 'longer than 7 days', 'mind the unit'],
	[
		'a task without a title',
		bend('    label: Riavvio\n    after', '    label: "" # here\n    after'),
		'tasks.riavvio.label',
		'',
		'a title that is not empty',
	],
	['an id with capitals', bend('  ritorno-prova:', '  Ritorno-prova: # here\n   '), 'tasks.Ritorno-prova', 'cannot be used', 'an id of a–z'],
	[
		'a gate with a name that is no id',
		bend(
			'gates:\n  riavvio:',
			'gates:\n  Altro: { label: A, criteria: { a: { label: A, task: fermo } }, positions: { a: { label: A, team: rete } } } # here\n  riavvio:',
		),
		'gates.Altro',
		'cannot be used',
		'an id of a–z',
	],
	[
		'a criterion about nothing',
		bend('{ label: Fermo, task: fermo }', '{ label: Fermo } # here'),
		'gates.riavvio.criteria.fermo',
		'what it is about',
		'"subject" and "measure"',
	],
	[
		'a criterion about a mistyped task',
		bend('{ label: Fermo, task: fermo }', '{ label: Fermo, task: ferno } # here'),
		'gates.riavvio.criteria.fermo.task',
		'not among the tasks',
		'did you mean "fermo"?',
	],
	[
		'a criterion about the gate’s own task',
		bend('task: fermo }', 'task: varco-riavvio } # here'),
		'gates.riavvio.criteria.fermo.task',
		'the gate’s own task',
		'before the gate',
	],
	[
		'a criterion about a task behind the gate',
		bend('task: fermo }', 'task: riavvio } # here'),
		'gates.riavvio.criteria.fermo.task',
		'comes after the gate',
		'before the gate',
	],
	[
		'a criterion about a task with bounds',
		bend('task: fermo }', 'task: fermo, atLeast: 1 } # here'),
		'gates.riavvio.criteria.fermo.atLeast',
		'not both',
		'take the one or the other out',
	],
	[
		'a criterion without bounds',
		bend(', atMost: 5, holdFor: 5min, maxAge: 2min }', ' } # here'),
		'gates.riavvio.criteria.ritardo',
		'no bounds',
		'"atLeast" or "atMost"',
	],
	[
		'bounds that leave nothing',
		bend('atMost: 5, holdFor', 'atLeast: 6, atMost: 5, holdFor').replace('maxAge: 2min }', 'maxAge: 2min } # here'),
		'gates.riavvio.criteria.ritardo.atLeast',
		'nothing at all',
		'not above',
	],
	[
		'a bound that no value reaches',
		bend('atMost: 5, holdFor: 5min, maxAge: 2min }', 'atMost: -1 } # here'),
		'gates.riavvio.criteria.ritardo.atMost',
		'never that low',
		'at least 0',
	],
	[
		'a mistyped measure',
		bend('measure: archive.lag, atMost: 5, holdFor: 5min, maxAge: 2min }', 'measure: archive.lga, atMost: 5 } # here'),
		'gates.riavvio.criteria.ritardo.measure',
		'no measure',
		'did you mean "archive.lag"?',
	],
	[
		'a measure of another kind of subject',
		bend('measure: archive.lag, atMost: 5, holdFor: 5min, maxAge: 2min }', 'measure: service.up, atLeast: 1 } # here'),
		'gates.riavvio.criteria.ritardo.measure',
		'of the kind service',
		'archive.lag',
	],
	[
		'a subject that is not there',
		bend(
			'subject: archive/cce-db, measure: archive.lag, atMost: 5, holdFor: 5min, maxAge: 2min }',
			'subject: archive/cce-dv, measure: archive.lag, atMost: 5 } # here',
		),
		'gates.riavvio.criteria.ritardo.subject',
		'not in the plan',
		'did you mean "archive/cce-db"?',
	],
	[
		'a share of another unit',
		bend('of: archive.bytesTotal, atLeast: 1 }', 'of: archive.itemsTotal, atLeast: 1 } # here'),
		'gates.riavvio.criteria.verificato.of',
		'a share of count',
		'same unit',
	],
	[
		'a share of itself',
		bend('of: archive.bytesTotal, atLeast: 1 }', 'of: archive.bytesVerified, atLeast: 1 } # here'),
		'gates.riavvio.criteria.verificato.of',
		'whole of itself',
		'measure of the whole',
	],
	[
		'a share of a mistyped measure',
		bend('of: archive.bytesTotal, atLeast: 1 }', 'of: archive.bytesTotl, atLeast: 1 } # here'),
		'gates.riavvio.criteria.verificato.of',
		'no measure',
		'did you mean "archive.bytesTotal"?',
	],
	['evidence of no age', bend('maxAge: 2min }', 'maxAge: 0s } # here'), 'gates.riavvio.criteria.ritardo.maxAge', 'no time at all', 'more than 0'],
	['more votes than positions', bend('minimum: 2', 'minimum: 3 # here'), 'gates.riavvio.minimum', '3 votes', 'at most 2'],
	[
		'a position of a mistyped team',
		bend('rete: { label: Rete, team: rete }', 'rete: { label: Rete, team: rette } # here'),
		'gates.riavvio.positions.rete.team',
		'not among the teams',
		'did you mean "rete"?',
	],
	[
		'a position that nobody holds',
		bend('rete: { label: Rete, team: rete }', 'rete: { label: Rete } # here'),
		'gates.riavvio.positions.rete',
		'nobody holds',
		'"team" or "role"',
	],
	[
		'a gate without criteria',
		bend(runbookPlan.slice(runbookPlan.indexOf('    criteria:\n'), runbookPlan.indexOf('    positions:')), '    criteria: {} # here\n'),
		'gates.riavvio.criteria',
		'no criteria',
		'at least one',
	],
	['votes that hold for no time', bend('voteHolds: 30min', 'voteHolds: 0min # here'), 'gates.riavvio.voteHolds', 'no time at all', 'more than 0'],
	[
		'a limit before the window',
		bend('until: 2025-10-22T03:00', 'until: 2025-10-21T03:00').replace('2025-10-21T03:00:00+02:00', '2025-10-21T03:00:00+02:00 # here'),
		'gates.riavvio.until',
		'outside the window',
		'mind the date',
	],
	[
		'a price of a mistyped service',
		bend('subject: service/cup, measure: service.recordsNew }', 'subject: service/cap, measure: service.recordsNew } # here'),
		'cutover.rollback.price.0.subject',
		'not in the plan',
		'did you mean "service/cup"?',
	],
	[
		'a price by a figure of the moment',
		bend('measure: service.recordsNew }', 'measure: service.latency } # here'),
		'cutover.rollback.price.0.measure',
		'a figure of the moment',
		'counts up',
	],
	[
		'a price counted twice',
		bend('    reverse: cce-db', '      - { label: Di nuovo, subject: service/cup, measure: service.recordsNew } # here\n    reverse: cce-db'),
		'cutover.rollback.price.1',
		'counted already',
		'take one',
	],
	[
		'a mistyped reverse replication',
		bend('reverse: cce-db', 'reverse: cce-bd # here'),
		'cutover.rollback.reverse',
		'not among the archives',
		'did you mean "cce-db"?',
	],
	[
		'a way back longer than the window',
		bend('p90: 100min, evidence: rehearsed }', 'p90: 11h, evidence: rehearsed } # here'),
		'cutover.rollback.duration.p90',
		'longer than the window',
		'a shorter way back',
	],
	[
		'a team to be called all the time',
		bend('callEvery: 30min }', 'callEvery: 0min } # here'),
		'teams.rete.callEvery',
		'no time at all',
		'more than 0',
	],
];

describe('a runbook', () => {
	test('that is sound is taken', () => {
		const read = readPlan(runbookPlan, 'notte.yaml', kinds);
		expect(read.ok ? [] : read.mistakes).toEqual([]);
	});

	test('has a cause of its own in each row', () => {
		expect(rows.length).toBeGreaterThanOrEqual(30);
		expect(new Set(rows.map(([cause]) => cause)).size).toBe(rows.length);
	});

	test.each(rows)('with %s is told by line and remedy, and by that alone', (_, text, path, message, remedy) => {
		const read = readPlan(text, 'notte.yaml', kinds);
		const line = text.split('\n').findIndex((one) => one.includes('# here')) + 1;
		expect(read.ok ? [] : read.mistakes.map((one) => [one.line, one.path])).toEqual([[line, path]]);
		const [mistake] = read.ok ? [] : read.mistakes;
		expect(mistake?.message).toContain(message);
		expect(mistake?.remedy).toContain(remedy);
	});
});
