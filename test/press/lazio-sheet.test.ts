// The sheet of 25 July 2025 in Lazio out of its own rehearsal: what was published stands on it in both languages, marked as a rehearsal.
import { describe, expect, it } from 'vitest';
import { lazioSheet } from '../../server/lazio-sheet.ts';
import { checkSheet } from '../../server/press/check-sheet.ts';

const { frozen, digest, sheets } = await lazioSheet();

describe('the sheet of Lazio', () => {
	it('says what was published, in Italian and in English', () => {
		expect(sheets.it.heroes.map(({ value }) => value)).toEqual(['30 su 30', '150\u00a0TB', '65\u00a0%', '39']);
		expect(sheets.en.heroes.map(({ value }) => value)).toEqual(['30 of 30', '150\u00a0TB', '65%', '39']);
		expect([sheets.it.subtitle, sheets.en.subtitle]).toEqual(['Situazione al 25 luglio 2025, ore 11:00', 'As of 25 July 2025, 11:00']);
		const rows = sheets.it.lists.flatMap(({ rows }) => rows.map(({ label, value }) => `${label}: ${value}`));
		expect(rows).toContain('RECUP, prenotazioni di oggi: 23.333');
		expect(rows).toContain('Fondi PNRR: 47,4 milioni di euro');
		expect(rows).toContain('Altri fondi in arrivo: 130 milioni di euro');
	});

	it('needs no note, for all of it is fresh and whole; and is marked as a rehearsal', () => {
		expect(frozen.figures.filter(({ note }) => note !== null)).toEqual([]);
		expect([sheets.it.rehearsal, sheets.en.rehearsal, sheets.it.watermark]).toEqual([true, true, null]);
	});

	it('has a course from the first evening to 150 TB, without a gap', () => {
		const points = frozen.course?.points ?? [];
		expect([points.length, points.at(-1)]).toEqual([42, [Date.parse('2025-07-25T11:00:00+02:00'), 150e12]]);
		expect(points.every(([, value], i) => value !== null && value >= (points[i - 1]?.[1] ?? 0))).toBe(true);
		expect(sheets.it.chart?.levels.map(({ label }) => label)).toEqual(['50\u00a0TB', '100\u00a0TB', '150\u00a0TB']);
	});

	it('can be laid out as it is, and carries the digest of its data', () => {
		expect([checkSheet(sheets.it), checkSheet(sheets.en)]).toEqual([[], []]);
		expect([digest.length, sheets.it.footer.digest]).toEqual([64, digest]);
	});
});
