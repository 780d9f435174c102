// Joins the room of marks with the press: each needs the other, and both the archive of sheets. Nothing else is decided here.
import { join } from 'node:path';
import { languages } from '../shared/format.ts';
import { sheetFormats } from '../shared/sheet.ts';
import type { Journal } from './journal/journal.ts';
import { type MarkRoom, type MarkRoomParts, openMarkRoom } from './mark-room.ts';
import { openPresses } from './press/presses.ts';
import { openPressArchive } from './press-archive.ts';
import { openPressRoom, pastSheetsOf } from './press-room.ts';
import type { Recorder } from './recorder.ts';
import type { PressDoor } from './web/press-door.ts';

export type PressJoined = Pick<MarkRoomParts, 'arms' | 'now' | 'kept'> & {
	readonly recorder: Recorder;
	readonly journal: Journal;
	readonly dataFolder: string;
	address(): string;
	fault(error: unknown): void;
};

export async function joinPress({ recorder, journal, dataFolder, address, arms, now, kept, fault }: PressJoined): Promise<{
	readonly marks: MarkRoom;
	readonly press: PressDoor;
	close(): Promise<void>;
}> {
	const folder = join(dataFolder, 'press');
	const archive = await openPressArchive(journal, folder);
	const presses = openPresses();
	const marks = openMarkRoom({ recorder, journal, arms, pastSheets: pastSheetsOf(archive), now, ...(kept === undefined ? {} : { kept }) });
	const press = openPressRoom({
		recorder,
		journal,
		archive,
		marks,
		presses,
		folder,
		memory: join(dataFolder, 'told-of-people.json'),
		address,
		now,
		fault,
	});
	/** Drawn before the first reader comes, who draws it where this does not. */
	async function drawReleased(id: string): Promise<void> {
		const sheet = await press.sheet(id);
		if (sheet === null) return;
		for (const language of languages) for (const format of sheetFormats) await press.draw(sheet, language, format);
	}
	return {
		press,
		async marks(sent, maker, key, frozen) {
			const outcome = await marks(sent, maker, key, frozen);
			if (outcome.ok && sent.mark.kind === 'press' && sent.mark.act === 'release') void drawReleased(sent.mark.sheet).catch(() => undefined);
			return outcome;
		},
		close: () => presses.close(),
	};
}
