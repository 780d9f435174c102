// Admission of marks: each refusal has a row with a cause of its own, and beside it a mark that is taken.
import { expect, test } from 'vitest';
import { admitMark } from '../../server/domain/admit-mark.ts';
import type { Board } from '../../shared/board.ts';
import type { GateFacts, TaskFacts } from '../../shared/board-night.ts';
import type { Mark } from '../../shared/mark.ts';
import { archiveLiteral, boardLiteral, literalNow } from '../kit/board-literal.ts';
import { taskLiteral } from '../kit/night-literal.ts';

const task = (state: TaskFacts['state'], rest: Partial<TaskFacts> = {}) => taskLiteral('T', { state, ...rest });
const gate = (rest: Partial<GateFacts>): GateFacts => ({
	label: 'Varco',
	task: 'varco-1',
	until: null,
	voteHoldsMs: 1_800_000,
	minimum: 1,
	positions: { rete: { label: 'Rete', team: 'ict', role: null } },
	criteria: {
		backup: {
			label: 'Backup',
			subject: null,
			measure: null,
			unit: null,
			of: null,
			atLeast: null,
			atMost: null,
			holdForMs: 0,
			maxAgeMs: 60_000,
			task: 'fatta',
			figure: null,
			ofFigure: null,
			metSince: null,
		},
	},
	votes: {},
	decided: null,
	reopened: null,
	closed: null,
	...rest,
});
const atGo = gate({
	task: 'varco-2',
	votes: { rete: ['go', literalNow - 5000, 'person/anna'] },
	decided: { state: 'go', at: literalNow - 5000, evidence: { backup: [null, 0, true] } },
});

const copied = { label: 'Copia', total: 2, moved: 2 };
const board: Board = boardLiteral({
	archives: {
		verificato: archiveLiteral({ ...copied, verified: 2 }),
		copiato: archiveLiteral({ ...copied, verified: 1.9 }),
		'mai-sentito': { ...archiveLiteral({ ...copied, verified: 2 }), figures: {} },
		muto: archiveLiteral({ ...copied, verified: 2, agoMs: 3_600_000 }),
	},
	tasks: {
		attesa: task('waiting'),
		corso: task('running', { startedAt: literalNow - 60_000 }),
		fatta: task('done', { startedAt: literalNow - 120_000, endedAt: literalNow - 60_000 }),
		saltata: task('skipped'),
		fallita: task('failed'),
		'varco-1': task('waiting', { kind: 'gate', gate: 'uno' }),
		'varco-2': task('waiting', { kind: 'gate', gate: 'due' }),
		'varco-passato': task('done', { kind: 'gate', gate: 'tre' }),
		'dopo-varco': task('waiting', { after: ['fatta', 'varco-1'] }),
		'dopo-passato': task('waiting', { after: ['varco-passato'] }),
		'dopo-corso': task('waiting', { after: ['corso'] }),
		'copia-verificata': task('running', { archive: 'verificato' }),
		'copia-non-verificata': task('running', { archive: 'copiato' }),
		'copia-mai-sentita': task('running', { archive: 'mai-sentito' }),
		'copia-muta': task('running', { archive: 'muto' }),
		'copia-senza-archivio': task('running', { archive: 'altro' }),
		ritorno: task('waiting', { kind: 'rollback' }),
		'ritorno-iniziato': task('running', { kind: 'rollback' }),
	},
	gates: { uno: gate({}), due: atGo, tre: gate({ task: 'varco-passato' }) },
	marks: {
		count: 9,
		rows: {
			10: { at: literalNow - 20_000, by: 'person/anna', mark: { kind: 'task', task: 'saltata', state: 'skipped', reason: 'x' } },
			11: { at: literalNow - 10_000, by: 'person/anna', mark: { kind: 'task', task: 'corso', state: 'started' } },
			12: { at: literalNow - 9000, by: 'person/bruno', mark: { kind: 'task', task: 'fatta', state: 'done' } },
			13: { at: literalNow - 8000, by: 'person/anna', mark: { kind: 'task', task: 'fallita', state: 'started' } },
			14: { at: literalNow - 7000, by: 'person/anna', mark: { kind: 'task', task: 'fallita', state: 'failed', reason: 'x' } },
			15: { at: literalNow - 6000, by: 'person/anna', mark: { kind: 'note', text: 'x' } },
			16: { at: literalNow - 5000, by: 'person/anna', mark: { kind: 'report', team: 'ict' } },
			17: { at: literalNow - 4000, by: 'person/anna', mark: { kind: 'report', team: 'ict' } },
			18: { at: literalNow - 3000, by: 'person/anna', mark: { kind: 'undo', seq: 17 } },
			19: { at: literalNow - 2000, by: 'person/anna', mark: { kind: 'writes', state: 'frozen' } },
			20: { at: literalNow - 1000, by: 'person/anna', mark: { kind: 'phase', phase: 'copia', state: 'reached' } },
			21: { at: literalNow - 900, by: 'person/anna', mark: { kind: 'vote', gate: 'due', position: 'rete', vote: 'go' } },
			22: { at: literalNow - 800, by: 'person/anna', mark: { kind: 'task', task: 'varco-2', state: 'done' } },
			23: { at: literalNow - 700, by: 'person/anna', mark: { kind: 'undo', seq: 22 } },
			24: { at: literalNow - 600, by: 'person/anna', mark: { kind: 'vote', gate: 'uno', position: 'rete', vote: 'hold' } },
		},
	},
});
const mark = (id: string, state: 'started' | 'done' | 'skipped' | 'failed' | 'reopened', reason?: string): Mark => ({
	kind: 'task',
	task: id,
	state,
	...(reason === undefined ? {} : { reason }),
});
const undo = (seq: number): Mark => ({ kind: 'undo', seq });
const night = (rest: Partial<Board['cutovers'][string]>): Board => ({
	...board,
	cutovers: { notte: { ...board.cutovers.notte, ...rest } as Board['cutovers'][string] },
});

type Row = readonly [cause: string, mark: Mark, code: string | null, on?: Board];
const rows: readonly Row[] = [
	['a note', { kind: 'note', text: 'x' }, null],
	['a task that the plan has not', mark('altra', 'started'), 'unknown-subject'],
	['a task by the name of an object’s own', mark('constructor', 'started'), 'unknown-subject'],
	['a gate that the plan has not', { kind: 'vote', gate: 'altro', position: 'rete', vote: 'hold' }, 'unknown-subject'],
	['a position that the gate has not', { kind: 'vote', gate: 'uno', position: 'altra', vote: 'hold' }, 'unknown-subject'],
	['a team that the plan has not', { kind: 'report', team: 'altra' }, 'unknown-subject'],
	['a phase that the plan has not', { kind: 'phase', phase: 'altra', state: 'reached' }, 'unknown-subject'],
	['a service that the plan has not', { kind: 'service', service: 'altro', state: 'stopped' }, 'unknown-subject'],
	['a start of what waits', mark('attesa', 'started'), null],
	['a start of what runs', mark('corso', 'started'), 'already'],
	['a start of what is done', mark('fatta', 'started'), 'already'],
	['an end of what runs', mark('corso', 'done'), null],
	['an end without a start', mark('attesa', 'done'), null],
	['an end of what is done', mark('fatta', 'done'), 'already'],
	['an end of what was skipped', mark('saltata', 'done'), 'already'],
	['an end of what failed', mark('fallita', 'done'), 'already'],
	['a skip with a reason', mark('attesa', 'skipped', 'non serve'), null],
	['a skip of what failed', mark('fallita', 'skipped', 'non serve'), null],
	['a skip without a reason', mark('attesa', 'skipped'), 'reason-missing'],
	['a skip of what is done', mark('fatta', 'skipped', 'x'), 'already'],
	['a failure with a reason', mark('corso', 'failed', 'disco'), null],
	['a failure without a reason', mark('corso', 'failed'), 'reason-missing'],
	['a failure of what is done', mark('fatta', 'failed', 'x'), 'already'],
	['a reopening of what is done', mark('fatta', 'reopened'), null],
	['a reopening of what runs by mistake', mark('corso', 'reopened'), null],
	['a reopening of what waits', mark('attesa', 'reopened'), 'not-begun'],
	['a start behind a gate that is shut', mark('dopo-varco', 'started'), 'gate-not-passed'],
	['an end behind a gate that is shut', mark('dopo-varco', 'done'), 'gate-not-passed'],
	['a skip behind a gate that is shut', mark('dopo-varco', 'skipped', 'x'), null],
	['a start behind a gate that was passed', mark('dopo-passato', 'started'), null],
	['a start ahead of a predecessor that is no gate', mark('dopo-corso', 'started'), null],
	['a passing while the gate does not stand at go', mark('varco-1', 'done'), 'gate-not-go'],
	['a passing while it stands at go', mark('varco-2', 'done'), null],
	['a gate that is skipped', mark('varco-2', 'skipped', 'x'), 'gate-not-go'],
	['a gate’s task that begins', mark('varco-1', 'started'), null],
	['an end of a copy that is verified', mark('copia-verificata', 'done'), null],
	['an end of a copy that is moved and not yet verified', mark('copia-non-verificata', 'done'), 'not-verified'],
	['an end of a copy that nobody ever reported', mark('copia-mai-sentita', 'done'), 'not-verified'],
	['an end of a copy whose figures are old', mark('copia-muta', 'done'), 'not-verified'],
	['an end of a copy of no archive of the plan', mark('copia-senza-archivio', 'done'), 'not-verified'],
	['a skip of a copy that is not verified', mark('copia-non-verificata', 'skipped', 'si rifà domani'), null],
	['a failure of a copy that is not verified', mark('copia-non-verificata', 'failed', 'disco'), null],
	['a step of the way back on a night that goes on', mark('ritorno', 'started'), 'not-turned'],
	['an end of a step of the way back that never began', mark('ritorno', 'done'), 'not-turned'],
	['a failure of a step of the way back that never began', mark('ritorno', 'failed', 'x'), 'not-turned'],
	['a skip of a step of the way back', mark('ritorno', 'skipped', 'non serve'), null],
	['an end of a step of the way back that began before the night went on again', mark('ritorno-iniziato', 'done'), null],
	['a step of the way back once it is turned', mark('ritorno', 'started'), null, night({ turnedBackAt: 1 })],
	['a report', { kind: 'report', team: 'ict' }, null],
	['a promise ahead', { kind: 'report', team: 'ict', promise: literalNow + 1 }, null],
	['a promise for now', { kind: 'report', team: 'ict', promise: literalNow }, 'promise-past'],
	['a freeze', { kind: 'writes', state: 'frozen' }, null],
	['a second freeze', { kind: 'writes', state: 'frozen' }, 'already', night({ frozenAt: literalNow - 1 })],
	['a freeze after one that ended', { kind: 'writes', state: 'frozen' }, null, night({ frozenAt: 1, firstGoodAt: 2 })],
	['a first good transaction without a freeze', { kind: 'writes', state: 'first-good' }, 'not-begun'],
	['a first good transaction', { kind: 'writes', state: 'first-good' }, null, night({ frozenAt: 1 })],
	['a turn back', { kind: 'turn', way: 'back' }, null],
	['a second turn back', { kind: 'turn', way: 'back' }, 'already', night({ turnedBackAt: 1 })],
	['a turn on without one back', { kind: 'turn', way: 'on' }, 'not-begun'],
	['a turn on', { kind: 'turn', way: 'on' }, null, night({ turnedBackAt: 1 })],
	['an undo at the tenth second', undo(11), null],
	['an undo after it', undo(10), 'too-late'],
	['an undo of somebody else’s', undo(12), 'not-yours'],
	['an undo of what was marked over', undo(13), 'overlaid'],
	['an undo of the one over it', undo(14), null],
	['an undo of a note', undo(15), 'nothing-to-undo'],
	['an undo of what is under one that was taken back', undo(16), null],
	['an undo of what is taken back', undo(17), 'nothing-to-undo'],
	['an undo of an undo', undo(18), 'nothing-to-undo'],
	['an undo of a freeze', undo(19), 'nothing-to-undo'],
	['an undo of a phase', undo(20), null],
	['an undo of what never was', undo(999), 'nothing-to-undo'],
	['an undo of a vote', undo(24), null],
	['an undo of a vote on which the gate was passed, though that is taken back', undo(21), 'overlaid'],
];

test.each(rows.map(([cause, given, code, on = board]) => [cause, given, code, on] as const))('%s', (_, given, code, on) => {
	const refusal = admitMark(given, { board: on, now: literalNow, by: 'person/anna' });
	expect(refusal?.code ?? null).toBe(code);
	if (refusal !== null) expect(refusal.message).toMatch(/^[\w"].{15,}/);
});

test('each row has a cause of its own', () => {
	expect(new Set(rows.map(([cause]) => cause)).size).toBe(rows.length);
});
