// A spreadsheet → the runbook in it: the first sheet that has a title's column, its columns, its rows. Every mistake names its cell.
import type { Clock } from './cell-values.ts';
import { findColumns, headingsOf, noTitle } from './find-columns.ts';
import type { Mapping } from './mapping.ts';
import { readSheets } from './read-sheets.ts';
import { type Runbook, readRunbook } from './runbook-rows.ts';
import type { SheetFault } from './sheet.ts';

export type ImportOptions = { readonly mapping: Mapping; readonly zone: string; readonly night: number | null };
export type Imported =
	| {
			readonly ok: true;
			readonly sheet: string;
			readonly runbook: Runbook;
			readonly notes: readonly SheetFault[];
			/** Headings that nothing was made of. */
			readonly unread: readonly string[];
	  }
	| { readonly ok: false; readonly sheet: string; readonly faults: readonly SheetFault[] };

export async function importRunbook(bytes: Uint8Array, { mapping, zone, night }: ImportOptions): Promise<Imported> {
	const read = await readSheets(bytes, mapping.sheet ?? null);
	if (!read.ok) return { ok: false, sheet: '', faults: [read.fault] };
	for (const sheet of read.sheets) {
		const { name } = sheet;
		if (sheet.fault) return { ok: false, sheet: name, faults: [sheet.fault] };
		const headings = headingsOf(sheet, mapping);
		if (!headings) continue;
		const found = findColumns(headings, mapping);
		if (!found.ok) return { ok: false, sheet: name, faults: found.faults };
		if (!found.columns.of.has('title')) return { ok: false, sheet: name, faults: [noTitle([sheet])] };
		const clock: Clock = { zone, night, from1904: sheet.from1904, dates: mapping.dates };
		const { runbook, faults, notes } = readRunbook(sheet.rows, found.columns, mapping, clock);
		if (faults.length > 0) return { ok: false, sheet: name, faults };
		if (Object.keys(runbook.tasks).length === 0) {
			return {
				ok: false,
				sheet: name,
				faults: [{ cell: null, message: 'the sheet has no tasks below its headings', remedy: 'a row for each task' }],
			};
		}
		return { ok: true, sheet: name, runbook, notes, unread: found.columns.unread };
	}
	return { ok: false, sheet: read.sheets[0]?.name ?? '', faults: [noTitle(read.sheets)] };
}
