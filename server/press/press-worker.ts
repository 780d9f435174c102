// The drawing's own thread: one sheet, one answer. Knows no board, no journal and no clock.
import { parentPort } from 'node:worker_threads';
import { drawSheet } from './draw-sheet.ts';
import type { PressAnswer, PressQuestion } from './presses.ts';
import { SheetFault } from './sheet-fault.ts';

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
