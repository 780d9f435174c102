// The drawing's own process: one sheet, one answer. Knows no board, no journal and no clock.
import { spawnSync } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { drawSheet } from './draw-sheet.ts';
import type { PressAnswer, PressQuestion } from './presses.ts';
import { SheetFault } from './sheet-fault.ts';

// A sheet may wait, a screen may not: it is drawn in the time that nobody else wants (SCHED_IDLE, where the system has it).
setPriority(constants.priority.PRIORITY_LOW);
spawnSync('chrt', ['--idle', '--all-tasks', '--pid', '0', String(process.pid)]);

async function answer({ sheet, format }: PressQuestion): Promise<PressAnswer> {
	try {
		return { files: await drawSheet(sheet, format) };
	} catch (error) {
		if (error instanceof SheetFault) return { issues: error.issues };
		return { failed: error instanceof Error ? error.message : String(error) };
	}
}

process.on('message', async (question: PressQuestion) => {
	const given = await answer(question);
	process.send?.(given);
});
// Regia is gone: nobody waits for a sheet.
process.on('disconnect', () => process.exit());
