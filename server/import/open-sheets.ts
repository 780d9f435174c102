// Bytes from outside → sheets, or the fault that they are refused for. Bounded, but in whatever thread it is called.
import { readCsv } from './csv.ts';
import { type Sheet, SheetError, type SheetFault } from './sheet.ts';
import { readXlsx } from './xlsx.ts';

export type SheetRequest = { readonly bytes: Uint8Array; readonly format: 'xlsx' | 'csv'; readonly only: string | null };
export type SheetReply = { readonly ok: true; readonly sheets: readonly Sheet[] } | { readonly ok: false; readonly fault: SheetFault };

export function openSheets({ bytes, format, only }: SheetRequest): SheetReply {
	try {
		return { ok: true, sheets: format === 'csv' ? readCsv(bytes) : readXlsx(bytes, only) };
	} catch (error) {
		if (error instanceof SheetError) return { ok: false, fault: error.fault };
		throw error;
	}
}
