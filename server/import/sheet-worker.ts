// The thread in which a file from outside is read: whatever is in it, the process that asked goes on. Answers once, and ends.
import { parentPort, workerData } from 'node:worker_threads';
import { readCsv } from './csv.ts';
import { type Sheet, SheetError, type SheetFault } from './sheet.ts';
import { readXlsx } from './xlsx.ts';

export type SheetRequest = { readonly bytes: Uint8Array; readonly format: 'xlsx' | 'csv'; readonly only: string | null };
export type SheetReply = { readonly ok: true; readonly sheets: readonly Sheet[] } | { readonly ok: false; readonly fault: SheetFault };

function answer({ bytes, format, only }: SheetRequest): SheetReply {
	try {
		return { ok: true, sheets: format === 'csv' ? readCsv(bytes) : readXlsx(bytes, only) };
	} catch (error) {
		if (error instanceof SheetError) return { ok: false, fault: error.fault };
		throw error;
	}
}

parentPort?.postMessage(answer(workerData as SheetRequest));
