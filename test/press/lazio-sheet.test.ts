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
		expect(rows).toContain('RECUP, prenotazioni di ieri: 70.000');
		expect(rows).toContain('Fondi PNRR: 47,4 milioni di euro');
		expect(rows).toContain('Altri fondi in arrivo: 130 milioni di euro');
		expect(rows).toContain('Prossimi servizi: referti online, telemedicina, immagini condivise');
	});

	it('is English throughout in English, but for the names of hospitals and of who issues it', () => {
		const { lists, notes, inOther, ...rest } = sheets.en;
		expect(lists.flatMap((one) => one.rows.map(({ label }) => label))).toContain('Emergency-room system');
		expect(notes.at(-1)).toBe('Programme figures, not measured. Sources: presentation of 25 July 2025.');
		expect(inOther).toBeUndefined();
		expect(JSON.stringify([lists, notes, rest.heroes, rest.sentences])).not.toMatch(/presentazione|Sistema|Pronto Soccorso|prenotazioni|dato di/);
	});

	it('says of when the estates are, which were reported in the morning; needs no other note, for all else is fresh and whole; and is a rehearsal', () => {
		const noted = frozen.figures.filter(({ note }) => note !== null);
		expect(noted.map(({ key }) => key)).toEqual(['bodies.moved', 'bodies.moved/asl-roma-1', 'bodies.moved/umberto-i', 'bodies.moved/gemelli']);
		expect(new Set(noted.map(({ note, at }) => `${note?.it} ${at}`))).toEqual(
			new Set([`dato di 5 ore fa ${Date.parse('2025-07-25T06:00:00+02:00')}`]),
		);
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
