// Legal clocks, a row a case: until when each report is owed, and how it stands. Hours are absolute time, also where Rome's clocks jump.
import { describe, expect, test } from 'vitest';
import type { ClockFacts } from '../../shared/board-incident.ts';
import type { ClockLaw, ClockStep } from '../../shared/breakdown.ts';
import { judgeClock, judgeClocks, monthAfter } from '../../shared/judge-clock.ts';

const HOUR = 3_600_000;
const aware = Date.parse('2021-08-14T22:40:00+02:00');

type Literal = { readonly law?: ClockLaw; readonly awareAt?: number; readonly sent?: Partial<Record<ClockStep, number>>; readonly waived?: boolean };
function clock({ law = 'nis2', awareAt = aware, sent = {}, waived = false }: Literal = {}): ClockFacts {
	const reports = Object.entries(sent).map(([step, at]) => [step, { at, protocol: `P-${step}`, by: 'sala' }] as const);
	return {
		incident: 'fse',
		law,
		awareAt,
		decidedAt: awareAt + HOUR,
		by: 'direzione',
		sent: Object.fromEntries(reports),
		waived: waived ? { at: awareAt + HOUR, by: 'direzione', reason: 'prova' } : null,
	};
}
const hoursOn = (hours: number): number => aware + hours * HOUR;
const told = (facts: ClockFacts, now: number): string => {
	const { steps, next, standing } = judgeClock(facts, now);
	return `${steps.map(({ step, state }) => `${step}=${state}`).join(' ')} next=${next?.step ?? '-'} ${standing}`;
};

describe('how it stands', () => {
	test.each<readonly [name: string, facts: ClockFacts, hours: number, expected: string]>([
		['at its start', clock(), 0, 'early=running notification=running final=running next=early good'],
		['with a quarter of the day left', clock(), 18, 'early=running notification=running final=running next=early good'],
		['with less than a quarter left', clock(), 18.01, 'early=near notification=running final=running next=early watch'],
		['at the very end of 24 hours', clock(), 24, 'early=near notification=running final=running next=early watch'],
		['a second after them', clock(), 24 + 1 / 3600, 'early=overdue notification=running final=running next=early bad'],
		[
			'with less than a quarter of 72 hours left, the first still unsent',
			clock(),
			54.5,
			'early=overdue notification=near final=running next=early bad',
		],
		['a second after 72 hours', clock(), 72 + 1 / 3600, 'early=overdue notification=overdue final=running next=early bad'],
		['the first sent in time', clock({ sent: { early: hoursOn(20) } }), 30, 'early=sent notification=running final=running next=notification good'],
		[
			'the first sent at the very end',
			clock({ sent: { early: hoursOn(24) } }),
			30,
			'early=sent notification=running final=running next=notification good',
		],
		['the first sent late', clock({ sent: { early: hoursOn(25) } }), 30, 'early=sent-late notification=running final=running next=notification good'],
		[
			'the second sent before the first',
			clock({ sent: { notification: hoursOn(10) } }),
			12,
			'early=running notification=sent final=running next=early good',
		],
		[
			'both sent',
			clock({ sent: { early: hoursOn(20), notification: hoursOn(70) } }),
			80,
			'early=sent notification=sent final=running next=final good',
		],
		[
			'a month after the second, less a week',
			clock({ sent: { early: hoursOn(20), notification: hoursOn(70) } }),
			70 + 24 * 24,
			'early=sent notification=sent final=near next=final watch',
		],
		[
			'more than a month after the second',
			clock({ sent: { early: hoursOn(20), notification: hoursOn(70) } }),
			70 + 24 * 32,
			'early=sent notification=sent final=overdue next=final bad',
		],
		[
			'all sent',
			clock({ sent: { early: hoursOn(20), notification: hoursOn(70), final: hoursOn(400) } }),
			1000,
			'early=sent notification=sent final=sent next=- good',
		],
		[
			'the last sent late',
			clock({ sent: { early: hoursOn(20), notification: hoursOn(70), final: hoursOn(1000) } }),
			1001,
			'early=sent notification=sent final=sent-late next=- good',
		],
		['waived with nothing sent', clock({ waived: true }), 30, 'early=waived notification=waived final=waived next=- good'],
		[
			'waived after the first',
			clock({ sent: { early: hoursOn(30) }, waived: true }),
			200,
			'early=sent-late notification=waived final=waived next=- good',
		],
		['L. 90/2024 asks for two', clock({ law: 'l90' }), 1, 'early=running notification=running next=early good'],
		[
			'L. 90/2024, both sent',
			clock({ law: 'l90', sent: { early: hoursOn(2), notification: hoursOn(3) } }),
			4,
			'early=sent notification=sent next=- good',
		],
		['GDPR asks for one', clock({ law: 'gdpr' }), 1, 'notification=running next=notification good'],
		['GDPR, with 18 hours left', clock({ law: 'gdpr' }), 54, 'notification=running next=notification good'],
		['GDPR, with fewer', clock({ law: 'gdpr' }), 54.01, 'notification=near next=notification watch'],
		['GDPR, overdue', clock({ law: 'gdpr' }), 73, 'notification=overdue next=notification bad'],
	])('%s', (_name, facts, hours, expected) => {
		expect(told(facts, hoursOn(hours))).toBe(expected);
	});

	test('what is left grows no less than nothing: it says by how much it is over', () => {
		const [early] = judgeClock(clock(), hoursOn(25)).steps;
		expect(early).toMatchObject({ due: hoursOn(24), remainingMs: -HOUR, sentAt: null, protocol: null });
	});

	test('of what was sent it says what was left then, and under which number', () => {
		const [early] = judgeClock(clock({ sent: { early: hoursOn(20) } }), hoursOn(200)).steps;
		expect(early).toMatchObject({ remainingMs: 4 * HOUR, sentAt: hoursOn(20), protocol: 'P-early' });
	});

	test('all of the board stand under their own keys', () => {
		const clocks = { 'fse-nis2': clock(), 'fse-gdpr': clock({ law: 'gdpr' }) };
		expect(Object.keys(judgeClocks({ clocks }, aware))).toEqual(['fse-nis2', 'fse-gdpr']);
	});
});

describe('until when', () => {
	const dueOf = (law: ClockLaw, step: ClockStep, awareAt: string, sent?: Literal['sent']): string => {
		const facts = clock({ law, awareAt: Date.parse(awareAt), ...(sent ? { sent } : {}) });
		const due = judgeClock(facts, facts.awareAt).steps.find((one) => one.step === step)?.due;
		return due === undefined ? '-' : new Date(due).toISOString();
	};
	test.each<readonly [name: string, law: ClockLaw, step: ClockStep, awareAt: string, expected: string]>([
		['24 hours', 'nis2', 'early', '2021-08-14T22:40:00+02:00', '2021-08-15T20:40:00.000Z'],
		['72 hours', 'nis2', 'notification', '2021-08-14T22:40:00+02:00', '2021-08-17T20:40:00.000Z'],
		['24 hours over the spring change end an hour later on the clock', 'nis2', 'early', '2026-03-28T12:00:00+01:00', '2026-03-29T13:00:00+02:00'],
		['72 hours over the spring change', 'gdpr', 'notification', '2026-03-27T12:00:00+01:00', '2026-03-30T13:00:00+02:00'],
		['24 hours over the autumn change end an hour earlier', 'l90', 'early', '2025-10-25T12:00:00+02:00', '2025-10-26T11:00:00+01:00'],
		['72 hours over the autumn change', 'l90', 'notification', '2025-10-24T12:00:00+02:00', '2025-10-27T11:00:00+01:00'],
		['from the first 02:30 of the doubled hour', 'nis2', 'early', '2025-10-26T02:30:00+02:00', '2025-10-27T01:30:00+01:00'],
		['from the second 02:30 of it', 'nis2', 'early', '2025-10-26T02:30:00+01:00', '2025-10-27T02:30:00+01:00'],
		['a month after the notification is due, while it is unsent', 'nis2', 'final', '2021-08-14T22:40:00+02:00', '2021-09-17T22:40:00+02:00'],
		['L. 90/2024 has no final report', 'l90', 'final', '2021-08-14T22:40:00+02:00', '-'],
		['GDPR has no first warning', 'gdpr', 'early', '2021-08-14T22:40:00+02:00', '-'],
	])('%s', (_name, law, step, awareAt, expected) => {
		expect(dueOf(law, step, awareAt)).toBe(expected === '-' ? '-' : new Date(expected).toISOString());
	});

	test('a month after the notification was sent, once it was', () => {
		const sent = { notification: Date.parse('2021-08-16T10:00:00+02:00') };
		expect(dueOf('nis2', 'final', '2021-08-14T22:40:00+02:00', sent)).toBe(new Date('2021-09-16T10:00:00+02:00').toISOString());
	});
});

describe('a month of the Italian calendar', () => {
	test.each([
		['an ordinary one', '2025-06-15T10:00:00+02:00', '2025-07-15T10:00:00+02:00'],
		['31 January of a common year', '2025-01-31T10:00:00+01:00', '2025-02-28T10:00:00+01:00'],
		['31 January of a leap year', '2024-01-31T10:00:00+01:00', '2024-02-29T10:00:00+01:00'],
		['30 January of a common year', '2025-01-30T10:00:00+01:00', '2025-02-28T10:00:00+01:00'],
		['29 January of a leap year', '2024-01-29T10:00:00+01:00', '2024-02-29T10:00:00+01:00'],
		['28 February', '2025-02-28T10:00:00+01:00', '2025-03-28T10:00:00+01:00'],
		['31 March', '2025-03-31T10:00:00+02:00', '2025-04-30T10:00:00+02:00'],
		['31 December', '2025-12-31T10:00:00+01:00', '2026-01-31T10:00:00+01:00'],
		['over the spring change, the same time of day', '2026-03-10T13:00:00+01:00', '2026-04-10T13:00:00+02:00'],
		['over the autumn change, the same time of day', '2025-10-10T13:00:00+02:00', '2025-11-10T13:00:00+01:00'],
		['31 January in Milan, still the 30th in UTC', '2025-01-31T00:30:00+01:00', '2025-02-28T00:30:00+01:00'],
		['1 March in Milan, still February in UTC', '2025-03-01T00:30:00+01:00', '2025-04-01T00:30:00+02:00'],
		['to a time that comes twice: the first', '2025-09-26T02:30:00+02:00', '2025-10-26T02:30:00+02:00'],
		['to a time that no clock shows: the hour before', '2027-02-28T02:30:00+01:00', '2027-03-28T01:30:00+01:00'],
	])('%s', (_name, from, expected) => {
		expect(new Date(monthAfter(Date.parse(from))).toISOString()).toBe(new Date(expected).toISOString());
	});

	test('thirty days, or a month of UTC, are caught by these rows', () => {
		const thirtyDays = (at: number): number => at + 30 * 24 * HOUR;
		const utcMonth = (at: number): number => {
			const next = new Date(at);
			return next.setUTCMonth(next.getUTCMonth() + 1);
		};
		for (const planted of [thirtyDays, utcMonth]) {
			expect(planted(Date.parse('2025-01-31T10:00:00+01:00'))).not.toBe(monthAfter(Date.parse('2025-01-31T10:00:00+01:00')));
			expect(planted(Date.parse('2026-03-10T13:00:00+01:00'))).not.toBe(monthAfter(Date.parse('2026-03-10T13:00:00+01:00')));
		}
	});
});
