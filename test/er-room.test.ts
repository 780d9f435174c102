// The rhythm of forgetting, on the board's clock: once in ten minutes, whatever is asked; a full disk is no fault and stops nothing.
import { beforeEach, describe, expect, test } from 'vitest';
import { type ErRoom, openErRoom } from '../server/er-room.ts';
import { JournalError } from '../server/journal/journal.ts';
import { openMemoryJournal } from '../server/journal/memory-journal.ts';
import { openRecorder } from '../server/recorder.ts';
import type { Plan } from '../shared/plan.ts';
import { temporaryFolder } from './kit/server.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const START = Date.UTC(2025, 9, 21, 17);

let now = START;
let asked: (readonly [visits: number, messages: number])[] = [];
let failure: Error | null = null;
let faults: unknown[] = [];

async function openRoom(): Promise<ErRoom> {
	const journal = openMemoryJournal();
	const recorder = await openRecorder(journal, () => now);
	const forget = async (visits: number, messages: number): Promise<number> => {
		asked.push([visits - START, messages - START]);
		if (failure) throw failure;
		return 0;
	};
	return openErRoom({
		plan: { sources: {}, sites: {} } as unknown as Plan,
		recorder,
		journal: { ...journal, forget },
		dataFolder: temporaryFolder('er-room'),
		isRehearsal: true,
		mllp: { port: 0, host: '127.0.0.1', tls: null },
		now: () => now,
		fault: (error) => faults.push(error),
		told: () => undefined,
	});
}

beforeEach(() => {
	now = START;
	asked = [];
	failure = null;
	faults = [];
});

describe('what is over', () => {
	test('is forgotten at once and then every ten minutes: visits from their own time on, messages after three days', async () => {
		const room = await openRoom();
		for (let minute = 0; minute <= 25; minute += 1) {
			now = START + minute * MINUTE;
			await room.forgetOver();
		}
		expect(asked).toEqual([0, 10 * MINUTE, 20 * MINUTE].map((at) => [at, at - 72 * HOUR]));
		await room.close();
	});

	test.each([
		{ what: 'a full disk', error: new JournalError('full', 'no room'), faults: 0 },
		{ what: 'a mistake of ours', error: new TypeError('planted'), faults: 1 },
	])('is tried again after $what, which is told as a fault $faults times', async ({ error, faults: told }) => {
		const room = await openRoom();
		failure = error;
		await room.forgetOver();
		failure = null;
		now += 10 * MINUTE;
		await room.forgetOver();
		expect(asked).toHaveLength(2);
		expect(faults).toHaveLength(told);
		await room.close();
	});

	test('needs no port where the plan has no source of HL7 messages', async () => {
		const room = await openRoom();
		expect([await room.listen(), room.counts()]).toEqual([null, null]);
		await room.stopListening();
		await room.close();
	});
});
