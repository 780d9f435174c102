// HL7's moments: every precision, offsets, what is none, and clocks that skip or repeat an hour.
import { describe, expect, test } from 'vitest';
import { instantOf, parseDtm } from '../../server/connectors/hl7-time.ts';

const rome = { zone: 'Europe/Rome', heardAt: Date.parse('2026-06-01T00:00:00Z'), before: null };
const instant = (text: string, offset: number | null = null, bearings: Parameters<typeof instantOf>[2] = rome): string | null => {
	const dtm = parseDtm(text);
	return dtm && new Date(instantOf(dtm, offset, bearings).at).toISOString();
};

describe('a moment', () => {
	test.each([
		['2025', 'year', '2024-12-31T23:00:00.000Z'],
		['202510', 'month', '2025-09-30T22:00:00.000Z'],
		['20251021', 'day', '2025-10-20T22:00:00.000Z'],
		['2025102119', 'hour', '2025-10-21T17:00:00.000Z'],
		['202510211940', 'minute', '2025-10-21T17:40:00.000Z'],
		['20251021194005', 'second', '2025-10-21T17:40:05.000Z'],
		['20251021194005.1', 'second', '2025-10-21T17:40:05.100Z'],
		['20251021194005.1239', 'second', '2025-10-21T17:40:05.123Z'],
		['202510210000', 'minute', '2025-10-20T22:00:00.000Z'],
		['202510212400', 'minute', '2025-10-21T22:00:00.000Z'],
		['20251021194060', 'second', '2025-10-21T17:40:59.000Z'],
		['202510211940+0000', 'minute', '2025-10-21T19:40:00.000Z'],
		['202510211940-0530', 'minute', '2025-10-22T01:10:00.000Z'],
		['202510211940+0215', 'minute', '2025-10-21T17:25:00.000Z'],
		['20240229120000', 'second', '2024-02-29T11:00:00.000Z'],
		// The hour that the clocks skipped: who writes it has not turned them on.
		['202603290230', 'minute', '2026-03-29T01:30:00.000Z'],
	])('%s is to the %s', (text, precision, iso) => {
		expect([parseDtm(text)?.precision, instant(text)]).toEqual([precision, iso]);
	});

	test.each([
		'',
		'ieri',
		'20251321',
		'20250229',
		'202510212500',
		'202510211960',
		'20251021 1940',
		'2025-10-21',
		'99',
		'00000000',
		'20251021194005,5',
		'202510211940+2',
		'""',
	])('%j is none', (text) => {
		expect(parseDtm(text)).toBeNull();
	});

	test("takes the message's offset before the zone's, and its own before both", () => {
		expect(instant('202510211940', 0)).toBe('2025-10-21T19:40:00.000Z');
		expect(instant('202510211940+0200', 0)).toBe('2025-10-21T17:40:00.000Z');
	});

	test.each(['Europe/Rome', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'])('in %s is what its clocks show', (zone) => {
		for (let month = 1; month <= 12; month++) {
			const text = `2025${String(month).padStart(2, '0')}151230`;
			const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
			const at = Date.parse(instant(text, null, { ...rome, zone }) ?? '');
			expect(shown.format(at)).toBe(`2025-${text.slice(4, 6)}-15 12:30`);
		}
	});
});
