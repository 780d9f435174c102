// The rhythm of forgetting, on the board's clock: once in ten minutes, whatever is asked; a full disk is no fault and stops nothing.
import { beforeEach, describe, expect, test } from 'vitest';
import type { ErEvent, VisitKey } from '../server/domain/er-event.ts';
import type { ErMessage } from '../server/er-door.ts';
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

let journal = openMemoryJournal();

async function openRoom(sites: Record<string, { visitLapses: number }> = {}): Promise<ErRoom> {
	journal = openMemoryJournal();
	const recorder = await openRecorder(journal, () => now);
	const forget = async (visits: number, messages: number): Promise<number> => {
		asked.push([visits - START, messages - START]);
		if (failure) throw failure;
		return 0;
	};
	return openErRoom({
		plan: { sources: {}, sites } as unknown as Plan,
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

function arrivalAt(site: string): ErMessage {
	const event = { site, visit: `${site}-1` as VisitKey, patient: null, act: 'arrive', at: now, sentAt: now, area: 'waiting' } as const;
	const events: ErEvent[] = [{ ...event, triage: '3', arrivedAt: now, outcome: null, into: null }];
	return { source: 'adt', message: null, events, heardAt: now, answer: 'AA' };
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

	test('gives up a silent visit by its own site’s time, and after a week where the plan says none', async () => {
		const room = await openRoom({ centro: { visitLapses: 24 * HOUR } });
		for (const site of ['centro', 'levante']) await room.door.take(arrivalAt(site));
		const given: string[] = [];
		for (let hour = 1; hour <= 8 * 24; hour += 1) {
			now = START + hour * HOUR;
			await room.forgetOver();
			for (const { visit, forgetAfter } of await journal.visits())
				if (forgetAfter !== null && !given.some((one) => one.startsWith(visit))) given.push(`${visit} after ${hour} h`);
		}
		expect(given).toEqual(['centro-1 after 24 h', 'levante-1 after 168 h']);
		await room.close();
	});

	test('needs no port where the plan has no source of HL7 messages', async () => {
		const room = await openRoom();
		expect([await room.listen(), room.counts()]).toEqual([null, null]);
		await room.stopListening();
		await room.close();
	});
});
