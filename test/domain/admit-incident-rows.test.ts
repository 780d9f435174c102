// Which marks on incidents, sentences and legal clocks are taken, a row a case; and which of them are armed first.
import { describe, expect, test } from 'vitest';
import { admitMark } from '../../server/domain/admit-mark.ts';
import { armedActOf } from '../../server/domain/gate-arm.ts';
import { boardOf } from '../../server/projections/fold.ts';
import type { Board } from '../../shared/board.ts';
import { markSchema } from '../../shared/mark.ts';
import { markRefusals } from '../../shared/mark-refusal.ts';
import { alarmLiteral, alarmsOf } from '../kit/breakdown-literal.ts';
import { instantAt, play } from './incident-play.ts';

const iso = (minute: number): string => new Date(instantAt(minute)).toISOString();
const NOW = 100;
const incident = (act: string, rest: object = {}, id = 'i'): object => ({ kind: 'incident', incident: id, act, ...rest });
const say = (rest: object = {}): object => ({ kind: 'statement', statement: 'nuova', text: 'Frase', audience: 'public', ...rest });
const claim = (rest: object): object => say({ claims: [rest] });
const clock = (act: string, rest: object = {}, law = 'nis2'): object => ({ kind: 'clock', incident: 'i', law, act, ...rest });

const alarm = 'service-down:service:cup';
/** What stood before: an incident, a sentence, a clock begun at minute 20 whose first report was sent; and an alarm that stands. */
function boardAfter(script: string): Board {
	const board = boardOf(play(`1 open service/cup; 5 say -; 20 clock nis2 20; 60 sent nis2 early 50; ${script}`).facts);
	return { ...board, alarms: { ...board.alarms, active: alarmsOf(alarmLiteral('service-down', 'service/cup', 1, instantAt(0))) } };
}

/** `ok`, or the code of the refusal. */
type Row = readonly [name: string, mark: object, expected: string, before?: string];
const told = (mark: object, board: Board, by = 'altri'): string =>
	admitMark(markSchema.parse(mark), { board, now: instantAt(NOW), by })?.code ?? 'ok';

const openings: readonly Row[] = [
	['an incident of nothing in particular', incident('open', { title: 'Guasto' }, 'nuovo'), 'ok'],
	['of a service', incident('open', { title: 'Guasto', subject: 'service/cup' }, 'nuovo'), 'ok'],
	['from an alarm that stands', incident('open', { title: 'Guasto', alarm }, 'nuovo'), 'ok'],
	['from one that does not', incident('open', { title: 'Guasto', alarm: 'service-down:service:web' }, 'nuovo'), 'unknown-subject'],
	['of what the plan has not', incident('open', { title: 'Guasto', subject: 'service/zz' }, 'nuovo'), 'unknown-subject'],
	['of a prototype', incident('open', { title: 'Guasto', subject: 'service/constructor' }, 'nuovo'), 'unknown-subject'],
	['of what is no subject', incident('open', { title: 'Guasto', subject: 'il cup' }, 'nuovo'), 'unknown-subject'],
	['that began an hour ago', incident('open', { title: 'Guasto', since: iso(40) }, 'nuovo'), 'ok'],
	['that begins now', incident('open', { title: 'Guasto', since: iso(NOW) }, 'nuovo'), 'ok'],
	['that is still to begin', incident('open', { title: 'Guasto', since: iso(NOW + 1) }, 'nuovo'), 'in-the-future'],
	['that began ninety days ago', incident('open', { title: 'Guasto', since: iso(NOW - 90 * 24 * 60) }, 'nuovo'), 'ok'],
	['that began a minute before that', incident('open', { title: 'Guasto', since: iso(NOW - 90 * 24 * 60 - 1) }, 'nuovo'), 'too-long-ago'],
	['that began in 2001', incident('open', { title: 'Guasto', since: '2001-09-09T00:00:00Z' }, 'nuovo'), 'too-long-ago'],
	['under an id that stands', incident('open', { title: 'Guasto' }), 'already'],
	['under one that is closed', incident('open', { title: 'Guasto' }), 'already', '70 cause failure; 71 status closed'],
];

const changes: readonly Row[] = [
	['one that there is not', incident('status', { status: 'closed' }, 'zz'), 'unknown-subject'],
	['forward', incident('status', { status: 'restoring' }), 'ok'],
	['back', incident('status', { status: 'detected' }), 'ok', '70 status observing'],
	['as it is', incident('status', { status: 'detected' }), 'already'],
	['its cause is known, before anybody recorded one', incident('status', { status: 'cause-known' }), 'cause-missing'],
	['closed before anybody recorded one', incident('status', { status: 'closed' }), 'cause-missing'],
	['closed with one', incident('status', { status: 'closed' }), 'ok', '70 cause human-error'],
	['reopened', incident('status', { status: 'observing' }), 'ok', '70 cause failure; 71 status closed'],
	['a cause', incident('cause', { nature: 'attack' }), 'ok'],
	['the same cause again', incident('cause', { nature: 'failure' }), 'already', '70 cause failure'],
	['the same in other words', incident('cause', { nature: 'failure', text: 'pompe' }), 'ok', '70 cause failure'],
	['that it is not known, as a first word', incident('cause', { nature: 'unknown' }), 'ok'],
	['that it is no longer known', incident('cause', { nature: 'unknown' }), 'ok', '70 cause failure'],
	[
		'that it is no longer known, of one whose status says so',
		incident('cause', { nature: 'unknown' }),
		'cause-missing',
		'70 cause failure; 71 status cause-known',
	],
	[
		'that it is no longer known, of one that is closed',
		incident('cause', { nature: 'unknown' }),
		'cause-missing',
		'70 cause failure; 71 status closed',
	],
	['another cause after it is closed', incident('cause', { nature: 'attack' }), 'ok', '70 cause failure; 71 status closed'],
	['a role', incident('role', { role: 'lead' }), 'ok'],
	['a role that somebody else has', incident('role', { role: 'lead' }), 'ok', '70 role lead'],
	['a role after it is closed', incident('role', { role: 'lead' }), 'incident-closed', '70 cause failure; 71 status closed'],
	['a note after it is closed', incident('note', { text: 'prova' }), 'ok', '70 cause failure; 71 status closed'],
	['the next update within the hour', incident('next-update', { due: iso(NOW + 60) }), 'ok'],
	['the next update now', incident('next-update', { due: iso(NOW) }), 'promise-past'],
	['in 48 hours', incident('next-update', { due: iso(NOW + 48 * 60) }), 'ok'],
	['in more', incident('next-update', { due: iso(NOW + 48 * 60 + 1) }), 'update-far'],
	['after it is closed', incident('next-update', { due: iso(NOW + 60) }), 'incident-closed', '70 cause failure; 71 status closed'],
];

const sentences: readonly Row[] = [
	['plain', say(), 'ok'],
	['said before', say({ saidAt: iso(10) }), 'ok'],
	['said seven days ago', say({ saidAt: iso(NOW - 7 * 24 * 60) }), 'ok'],
	['said before them', say({ saidAt: iso(NOW - 7 * 24 * 60 - 1) }), 'said-too-early'],
	['said in 1970', say({ saidAt: '1970-01-01T00:00:00Z' }), 'said-too-early'],
	['said in 1970 about an incident', say({ saidAt: '1970-01-01T00:00:00Z', incident: 'i' }), 'said-too-early'],
	['said in a minute', say({ saidAt: iso(NOW + 1) }), 'in-the-future'],
	['under an id that stands', say({ statement: 's1' }), 'already'],
	['about an incident that there is not', say({ incident: 'zz' }), 'unknown-subject'],
	['it works', claim({ kind: 'working', subject: 'service/cup' }), 'ok'],
	['they are not hit', claim({ kind: 'working', subject: 'dependant/osp' }), 'ok'],
	['the plan has it not', claim({ kind: 'working', subject: 'service/zz' }), 'unknown-subject'],
	['a room works: nothing says so', claim({ kind: 'working', subject: 'facility/ced' }), 'claim-empty'],
	['restored by this evening', claim({ kind: 'restored', subject: 'service/cup', by: iso(NOW + 600) }), 'ok'],
	['restored by now', claim({ kind: 'restored', subject: 'service/cup', by: iso(NOW) }), 'promise-past'],
	['restored by an hour after it was said', say({ saidAt: iso(10), claims: [{ kind: 'restored', subject: 'service/cup', by: iso(70) }] }), 'ok'],
	['a figure within bounds', claim({ kind: 'figure', subject: 'facility/ced', measure: 'facility.temperature', atMost: 30 }), 'ok'],
	['without bounds', claim({ kind: 'figure', subject: 'facility/ced', measure: 'facility.temperature' }), 'claim-empty'],
	[
		'within bounds that nothing meets',
		claim({ kind: 'figure', subject: 'facility/ced', measure: 'facility.temperature', atLeast: 2, atMost: 1 }),
		'claim-empty',
	],
	['of another kind’s measure', claim({ kind: 'figure', subject: 'facility/ced', measure: 'archive.lag', atMost: 30 }), 'unknown-figure'],
	[
		'of a measure by the name of a prototype',
		claim({ kind: 'figure', subject: 'facility/ced', measure: 'constructor', atMost: 30 }),
		'unknown-figure',
	],
	['of a subject that is none', claim({ kind: 'figure', subject: 'facility/zz', measure: 'facility.temperature', atMost: 30 }), 'unknown-subject'],
	[
		'of a figure that is not held against sentences',
		claim({ kind: 'figure', subject: 'source/one', measure: 'source.beat', atLeast: 1 }),
		'claim-empty',
	],
	['no attack', claim({ kind: 'nature', incident: 'i', isNot: 'attack' }), 'ok'],
	['neither is nor is not', claim({ kind: 'nature', incident: 'i' }), 'claim-empty'],
	['is unknown', claim({ kind: 'nature', incident: 'i', is: 'unknown' }), 'claim-empty'],
	['is and is not the same', claim({ kind: 'nature', incident: 'i', is: 'attack', isNot: 'attack' }), 'claim-empty'],
	['of an incident that there is not', claim({ kind: 'nature', incident: 'zz', is: 'attack' }), 'unknown-subject'],
	[
		'the second of two claims is wrong',
		say({
			claims: [
				{ kind: 'working', subject: 'service/cup' },
				{ kind: 'nature', incident: 'i' },
			],
		}),
		'claim-empty',
	],
	['a linked figure', say({ linked: [{ subject: 'source/one', measure: 'source.beat' }] }), 'ok'],
	['a linked figure that there is not', say({ linked: [{ subject: 'service/cup', measure: 'service.joy' }] }), 'unknown-figure'],
	['a linked figure of what there is not', say({ linked: [{ subject: 'service/zz', measure: 'service.up' }] }), 'unknown-subject'],
];

const clocks: readonly Row[] = [
	['of another law', clock('start', { awareAt: iso(20) }, 'gdpr'), 'ok'],
	['from now', clock('start', { awareAt: iso(NOW) }, 'gdpr'), 'ok'],
	['from a minute that is to come', clock('start', { awareAt: iso(NOW + 1) }, 'gdpr'), 'in-the-future'],
	['from seven days before its incident began', clock('start', { awareAt: iso(1 - 7 * 24 * 60) }, 'gdpr'), 'ok'],
	['from a minute before that', clock('start', { awareAt: iso(-7 * 24 * 60) }, 'gdpr'), 'too-long-ago'],
	['from 1971', clock('start', { awareAt: '1971-01-01T00:00:00Z' }, 'gdpr'), 'too-long-ago'],
	['a second time', clock('start', { awareAt: iso(20) }), 'already'],
	['a second time from another moment', clock('start', { awareAt: iso(90) }), 'already'],
	['a second time after it was waived', clock('start', { awareAt: iso(20) }), 'already', '70 waive nis2'],
	['of an incident that there is not', { kind: 'clock', incident: 'zz', law: 'nis2', act: 'start', awareAt: iso(20) }, 'unknown-subject'],
	['of one that is closed', clock('start', { awareAt: iso(20) }, 'gdpr'), 'ok', '70 cause failure; 71 status closed'],
	['sent', clock('sent', { step: 'notification', protocol: 'P-2', at: iso(90) }), 'ok'],
	['sent at the moment of knowing', clock('sent', { step: 'notification', protocol: 'P-2', at: iso(20) }), 'ok'],
	['sent before it', clock('sent', { step: 'notification', protocol: 'P-2', at: iso(19) }), 'before-start'],
	['sent in a minute', clock('sent', { step: 'notification', protocol: 'P-2', at: iso(NOW + 1) }), 'in-the-future'],
	['sent a second time', clock('sent', { step: 'early', protocol: 'P-2', at: iso(90) }), 'already'],
	['sent of a clock that was not started', clock('sent', { step: 'notification', protocol: 'P-2', at: iso(90) }, 'gdpr'), 'not-begun'],
	['a final report of L. 90/2024', clock('sent', { step: 'final', protocol: 'P-2', at: iso(90) }, 'l90'), 'not-of-law', '70 clock l90 20'],
	['a first warning of GDPR', clock('sent', { step: 'early', protocol: 'P-2', at: iso(90) }, 'gdpr'), 'not-of-law', '70 clock gdpr 20'],
	['sent after it was waived all the same', clock('sent', { step: 'notification', protocol: 'P-2', at: iso(90) }), 'ok', '70 waive nis2'],
	['waived', clock('waive', { reason: 'prova' }), 'ok'],
	['waived twice', clock('waive', { reason: 'prova' }), 'already', '70 waive nis2'],
	['waived with all sent', clock('waive', { reason: 'prova' }, 'gdpr'), 'already', '70 clock gdpr 20; 71 sent gdpr notification 71'],
	['waived before it was started', clock('waive', { reason: 'prova' }, 'gdpr'), 'not-begun'],
];

const sections: Readonly<Record<string, readonly Row[]>> = {
	'an opening': openings,
	'a change': changes,
	'a sentence': sentences,
	'a legal clock': clocks,
};
describe.each(Object.entries(sections))('%s', (_section, rows) => {
	test.each(rows.map(([name, mark, expected, before = '99 tick']) => [name, mark, expected, before] as const))(
		'%s',
		(_name, mark, expected, before) => {
			expect(told(mark, boardAfter(before))).toBe(expected);
		},
	);
});

test('one’s own role is not taken again', () => {
	const mark = incident('role', { role: 'lead' });
	expect(told(mark, boardAfter('70 role lead'), 'sala')).toBe('already');
});

test('each refusal of these marks has a row', () => {
	const met = new Set(Object.values(sections).flatMap((rows) => rows.map(([, , expected]) => expected)));
	const own = [
		'in-the-future',
		'too-long-ago',
		'update-far',
		'cause-missing',
		'incident-closed',
		'before-start',
		'said-too-early',
		'not-of-law',
		'claim-empty',
		'unknown-figure',
	];
	expect(own.filter((code) => !met.has(code))).toEqual([]);
	expect(own.filter((code) => !markRefusals.some((one) => one === code))).toEqual([]);
});

describe('what is armed', () => {
	const board = boardAfter('99 tick');
	const armed = (mark: object): string | null => {
		const act = armedActOf(markSchema.parse(mark), board);
		return act && `${act.action} ${act.subject}`;
	};
	test.each<readonly [name: string, mark: object, expected: string | null]>([
		['the start of a clock, with all that it says', clock('start', { awareAt: iso(20) }), `mark.clock incident/i nis2 start ${instantAt(20)}`],
		['its waiver, with the reason', clock('waive', { reason: 'prova' }), 'mark.clock incident/i nis2 waive prova'],
		['not that a report was sent', clock('sent', { step: 'early', protocol: 'P', at: iso(50) }), null],
		['not an incident', incident('status', { status: 'closed' }), null],
		['not a sentence', say(), null],
	])('%s', (_name, mark, expected) => {
		expect(armed(mark)).toBe(expected);
	});
});
