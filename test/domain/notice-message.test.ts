// What a message says of alarms in a flood and of legal clocks: from a board's list as it stands when the message leaves.
import { expect, test } from 'vitest';
import { composeNotice } from '../../server/domain/notice-message.ts';
import type { Board } from '../../shared/board.ts';
import { type AlarmFacts, alarmKey, type NoticeFacts, noAlarms } from '../../shared/board-breakdown.ts';
import { boardLiteral } from '../kit/board-literal.ts';
import { alarmLiteral, alarmsOf } from '../kit/breakdown-literal.ts';

const AT = Date.UTC(2021, 7, 14, 17);
const boardOf = (active: readonly AlarmFacts[], left: readonly AlarmFacts[] = []): Board => ({
	...boardLiteral({ rehearsal: false }),
	alarms: {
		...noAlarms,
		active: alarmsOf(...active),
		cleared: Object.fromEntries(left.map((one, n) => [n + 1, { ...one, clearedAt: AT + 9 }])),
	},
});
const noticeOf = ({ rule, subject, priority, since }: AlarmFacts, rest: Partial<NoticeFacts> = {}): NoticeFacts => ({
	kind: 'flood',
	alarm: alarmKey(rule, subject),
	rule,
	subject,
	priority,
	at: AT,
	since,
	notBefore: null,
	count: 1,
	...rest,
});
const say = (board: Board, notice: NoticeFacts) => composeNotice({ channel: 'sala', key: 'k', notice, board, link: null, language: 'it' });

const down = (service: string, rest: Partial<AlarmFacts> = {}) => alarmLiteral('service-down', `service/${service}`, 1, AT, rest);
const ended = { endedAt: AT + 1 };

test.each([
	['one is no flood', [down('ps')], [], {}, '[P1] Durante la raffica di allarmi: Pronto Soccorso: non risponde'],
	['one that is over says so', [down('ps', ended)], [], {}, '[P1] Durante la raffica di allarmi: Pronto Soccorso: non risponde (rientrato)'],
	['also once it was seen', [], [down('ps', ended)], {}, '[P1] Durante la raffica di allarmi: Pronto Soccorso: non risponde (rientrato)'],
	[
		'one whose outage goes on by another name is not over',
		[alarmLiteral('service-beyond-tolerable', 'service/ps', 1, AT)],
		[{ ...down('ps'), why: 'succeeded' as const }],
		{},
		'[P1] Durante la raffica di allarmi: Pronto Soccorso: non risponde',
	],
	[
		'nor one that nobody watches any more',
		[],
		[{ ...down('ps'), why: 'unwatched' as const }],
		{},
		'[P1] Durante la raffica di allarmi: Pronto Soccorso: non risponde',
	],
	['several', [down('ps')], [], { count: 4 }, '[P1] 4 ALLARMI INSIEME, causa probabile: Pronto Soccorso: non risponde'],
	[
		'one that nobody took in time, and is over',
		[down('ps', ended)],
		[],
		{ kind: 'escalated' as const },
		'[P1] NESSUNO HA PRESO IN CARICO: Pronto Soccorso: non risponde (rientrato)',
	],
	['its end says it once', [down('ps', ended)], [], { kind: 'off' as const }, '[P1] RIENTRATO: Pronto Soccorso: non risponde'],
])('%s', (_name, active, left, rest, title) => {
	expect(say(boardOf(active, left), noticeOf(down('ps'), rest)).title).toBe(title);
});

test('P1 that are counted are named, and those that are over say so; what is over asks for nothing new', () => {
	const board = boardOf([down('ps'), down('lis'), down('ris', ended)]);
	const { lines } = say(board, noticeOf(down('ps'), { count: 3, names: ['service-down:service:ris', 'service-down:service:lis'] }));
	expect(lines).toContainEqual(expect.stringMatching(/^Di priorità 1 tra questi: .*: non risponde \(rientrato\); [^;(]*: non risponde$/));
	expect(say(board, noticeOf(down('ris'))).lines).toContainEqual(expect.stringMatching(/^Che fare: niente di nuovo/));
});

test('two steps of one legal clock, and two laws, are told apart: by the law and the step that it came on with', () => {
	const clock = (law: string, detail: string, since: number) => alarmLiteral('clock-overdue', `clock/i1-${law}`, 1, since, { detail });
	const [early, next, other] = [clock('l90', 'early', AT), clock('l90', 'notification', AT + 5), clock('nis2', 'notification', AT)];
	const board = boardOf([next, other], [early]);
	expect([early, next, other].map((one) => say(board, noticeOf(one, { kind: 'on', count: null })).title)).toEqual([
		'[P1] L. 90/2024, prima segnalazione (i1): termine di legge superato',
		'[P1] L. 90/2024, notifica (i1): termine di legge superato',
		'[P1] NIS2, notifica (i1): termine di legge superato',
	]);
});
