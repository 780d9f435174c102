// Clock times and instants, to and fro, over the hours that clocks skip and show twice.
import { expect, test } from 'vitest';
import { clockAt, instantsOf, writeZoned } from '../../server/domain/zoned-time.ts';

const clock = (text: string): number => Date.parse(`${text}Z`);
const read = (text: string, zone: string): string[] => instantsOf(clock(text), zone).map((one) => new Date(one).toISOString().slice(0, 19));

test.each([
	['2025-10-21T19:00:00', 'Europe/Rome', ['2025-10-21T17:00:00']],
	['2025-10-26T01:59:59', 'Europe/Rome', ['2025-10-25T23:59:59']],
	['2025-10-26T02:00:00', 'Europe/Rome', ['2025-10-26T00:00:00', '2025-10-26T01:00:00']],
	['2025-10-26T02:59:59', 'Europe/Rome', ['2025-10-26T00:59:59', '2025-10-26T01:59:59']],
	['2025-10-26T03:00:00', 'Europe/Rome', ['2025-10-26T02:00:00']],
	['2025-03-30T02:00:00', 'Europe/Rome', []],
	['2025-03-30T02:59:59', 'Europe/Rome', []],
	['2025-03-30T03:00:00', 'Europe/Rome', ['2025-03-30T01:00:00']],
	['2025-04-06T01:45:00', 'Australia/Lord_Howe', ['2025-04-05T14:45:00', '2025-04-05T15:15:00']],
	['2025-10-21T19:00:00', 'Asia/Kathmandu', ['2025-10-21T13:15:00']],
	['2025-10-21T19:00:00', 'UTC', ['2025-10-21T19:00:00']],
])('%s in %s', (text, zone, instants) => {
	expect(read(text, zone)).toEqual(instants);
});

test('every half hour of two years is shown by a clock, and told back by it', () => {
	for (let at = Date.UTC(2024, 11, 31); at < Date.UTC(2027, 0, 1); at += 1_800_000) {
		const found = instantsOf(clockAt(at, 'Europe/Rome'), 'Europe/Rome');
		if (!found.includes(at)) throw new Error(new Date(at).toISOString());
		if (Date.parse(writeZoned(at, 'Europe/Rome')) !== at) throw new Error(writeZoned(at, 'Europe/Rome'));
	}
});

test('is written with its offset', () => {
	expect(writeZoned(Date.UTC(2025, 9, 26, 1, 30), 'Europe/Rome')).toBe('2025-10-26T02:30:00+01:00');
	expect(writeZoned(Date.UTC(2025, 9, 26, 1, 30), 'America/St_Johns')).toBe('2025-10-25T23:00:00-02:30');
});
