// The drawing's own thread: one sheet, one answer. Knows no board, no journal and no clock.
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { drawSheet } from './draw-sheet.ts';
import type { PressAnswer, PressQuestion } from './presses.ts';
import { SheetFault } from './sheet-fault.ts';

// On Linux this is of the calling thread alone: a sheet may wait, a screen may not. Elsewhere it would be of all Regia.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

async function answer({ sheet, format }: PressQuestion): Promise<PressAnswer> {
	try {
		return { files: await drawSheet(sheet, format) };
	} catch (error) {
		if (error instanceof SheetFault) return { issues: error.issues };
		return { failed: error instanceof Error ? error.message : String(error) };
	}
}

parentPort?.on('message', async (question: PressQuestion) => {
	const given = await answer(question);
	const bytes = 'files' in given ? [given.files.png, given.files.pdf].map(({ buffer }) => buffer as ArrayBuffer) : [];
	parentPort?.postMessage(given, bytes);
});
