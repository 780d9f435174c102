// A spreadsheet's bytes → its sheets, or why not. Reads in a thread with limits of its own; never throws, never hangs.
import { Worker } from 'node:worker_threads';
import type { SheetReply, SheetRequest } from './open-sheets.ts';
import { MOST_FILE_BYTES } from './sheet.ts';

export type Bounds = { readonly withinMs: number; readonly memoryMb: number };
const bounded: Bounds = { withinMs: 10_000, memoryMb: 256 };

const refused = (message: string, remedy: string): SheetReply => ({ ok: false, fault: { cell: null, message, remedy } });
const AGAIN = 'open it in a spreadsheet program and save the runbook alone as .xlsx or .csv';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06];
const OLD_FORMAT = [0xd0, 0xcf, 0x11, 0xe0];

/** By what the file begins with, not by what it is called. */
export const formatOf = (bytes: Uint8Array): 'xlsx' | 'csv' =>
	[ZIP, EMPTY_ZIP, OLD_FORMAT].some((mark) => mark.every((byte, i) => bytes[i] === byte)) ? 'xlsx' : 'csv';

export function readSheets(bytes: Uint8Array, only: string | null = null, { withinMs, memoryMb }: Bounds = bounded): Promise<SheetReply> {
	if (bytes.length > MOST_FILE_BYTES) return Promise.resolve(refused('the file is larger than 20 MB', 'save the runbook alone, without pictures'));
	if (bytes.length === 0) return Promise.resolve(refused('the file is empty', AGAIN));
	const request: SheetRequest = { bytes, format: formatOf(bytes), only };
	const resourceLimits = { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32, codeRangeSizeMb: 16, stackSizeMb: 4 };
	const worker = new Worker(new URL('./sheet-worker.ts', import.meta.url), { workerData: request, resourceLimits });
	return new Promise((resolve) => {
		const end = (reply: SheetReply): void => {
			clearTimeout(timer);
			resolve(reply);
			void worker.terminate();
		};
		const timer = setTimeout(() => end(refused('the file takes too long to read', AGAIN)), withinMs);
		worker.once('message', end);
		worker.once('error', () => end(refused('the file cannot be read', AGAIN)));
		worker.once('exit', () => end(refused('the file cannot be read', AGAIN)));
	});
}
