// HL7 and the record through faults: a full disk, a restart between a message and its repeat, and the traces of visits that are over.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ErEvent, VisitKey } from '../../server/domain/er-event.ts';
import { openErDoor } from '../../server/er-door.ts';
import { openSqliteJournal } from '../../server/journal/sqlite-journal.ts';
import { openRecorder } from '../../server/recorder.ts';
import { VISIT_LAPSES_MS } from '../../shared/er.ts';
import { startRegia, temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { openPipe } from '../nights/er-pipe.ts';
import { countedIn } from './kit/er-census.ts';
import { adtOf, erPlan } from './kit/er-plan.ts';
import { say } from './kit/scale.ts';
import { smallDisk } from './kit/small-disk.ts';

const HOUR = 3_600_000;

/** A message without its frame, as the pipe wants it. */
const arrivalOf = (visit: string, at: number): Buffer => adtOf({ trigger: 'A04', facility: 'ps0', visit, at }).subarray(1, -2);
const arrivalsFrom = (first: number, count: number, at: number): Buffer[] => Array.from({ length: count }, (_, n) => arrivalOf(`v${first + n}`, at));

/** The WAL alone takes 4 MB between two checkpoints. */
const disk = smallDisk(10);
const why = typeof disk === 'string' ? disk : null;

describe('a full disk', () => {
	test.skipIf(why !== null)(`is answered AR, and goes on without a restart${why === null ? '' : `: not tried, ${why}`}`, async () => {
		if (typeof disk === 'string') return;
		const regia = await startRegia({ plan: erPlan(1), data: disk.folder });
		try {
			const pipe = await openPipe(regia.mllpPort());
			const at = Date.now() - HOUR;
			let sent = 0;
			let refused = 0;
			/** Whether all of them were refused, with nothing but AR. */
			const areRefused = async (count: number): Promise<boolean> => {
				const { AA = 0, AR = 0 } = await pipe.send(arrivalsFrom(sent, count, at));
				expect(AA + AR).toBe(count);
				sent += count;
				refused += AR;
				return AR === count;
			};
			// A small batch may still find room where a large one did not.
			for (const count of [500, 10]) await until('the disk is full', () => areRefused(count), 60_000);
			disk.makeRoom();
			expect(await pipe.send(arrivalsFrom(0, sent, at))).toEqual({ AA: sent });
			pipe.close();
			expect(await regia.stop()).toBe(0);
			say('er disk full', `${sent} messages sent, ${refused} of them answered AR, and all of them AA with room again`);
			expect(await countedIn(disk.folder)).toEqual({ arrivals: sent, departures: 0, present: sent, visits: sent, broken: null });
		} finally {
			await regia.stop();
			disk.dispose();
		}
	});
});

describe('a restart', () => {
	test('lies between a message and its repeat: the same answer, and nothing is counted again', async () => {
		const data = temporaryFolder('er-repeat');
		const messages = arrivalsFrom(0, 200, Date.now() - HOUR);
		for (let run = 0; run < 2; run += 1) {
			const regia = await startRegia({ plan: erPlan(1), data });
			const pipe = await openPipe(regia.mllpPort());
			expect(await pipe.send(messages)).toEqual({ AA: 200 });
			expect(await pipe.send(messages.slice(0, 50))).toEqual({ AA: 50 });
			pipe.close();
			expect(await regia.stop()).toBe(0);
		}
		expect(await countedIn(data)).toEqual({ arrivals: 200, departures: 0, present: 200, visits: 200, broken: null });
		rmSync(data, { recursive: true });
	});
});

describe('visits that are over', () => {
	test('leave no trace in any file 48 hours after their end, or after they were given up, while Regia runs', async () => {
		const folder = temporaryFolder('er-forget');
		const journal = await openSqliteJournal(folder);
		let now = Date.UTC(2025, 9, 21, 17);
		const recorder = await openRecorder(journal, () => now);
		const door = openErDoor({
			recorder,
			journal,
			lapsesAfter: () => VISIT_LAPSES_MS,
			now: () => now,
			fault: (error) => expect.unreachable(String(error)),
		});
		const keyOf = (n: number): string => `visit-${String(n).padStart(5, '0')}-hash`;
		const event = (n: number, act: 'arrive' | 'leave'): ErEvent => {
			const [visit, at] = [keyOf(n) as VisitKey, now];
			const begins = act === 'arrive';
			const said = { area: begins ? ('waiting' as const) : null, outcome: begins ? null : ('home' as const), arrivedAt: begins ? at : null };
			return { site: 'ps0', visit, patient: null, act, at, sentAt: at, triage: null, into: null, ...said };
		};
		const take = (n: number, act: 'arrive' | 'leave') =>
			door.take({ source: 'adt0', message: `${act}-${n}`, events: [event(n, act)], heardAt: now, answer: 'taken' });
		const visits = Array.from({ length: 600 }, (_, n) => n);
		const found = (): string[] => {
			const bytes = readdirSync(folder)
				.map((name) => join(folder, name))
				.filter(existsSync)
				.map((file) => readFileSync(file));
			return visits.map(keyOf).filter((key) => bytes.some((one) => one.includes(key)));
		};

		for (const act of ['arrive', 'leave'] as const) {
			for (const n of visits) {
				now += 60_000;
				// Every third stays.
				if (act === 'arrive' || n % 3 !== 1) await take(n, act);
			}
		}
		const left = (await journal.visits()).filter(({ forgetAfter }) => forgetAfter !== null).map(({ visit }) => visit);
		expect(left).toHaveLength(400);
		expect(found()).toHaveLength(600);
		now += 49 * HOUR;
		await door.forget();
		const silent = visits.map(keyOf).filter((key) => !left.includes(key));
		expect(found()).toEqual(silent);
		// Nobody tells the end of the others.
		now += VISIT_LAPSES_MS;
		await door.forget();
		now += 47 * HOUR;
		await door.forget();
		expect(found()).toEqual(silent);
		now += 2 * HOUR;
		await door.forget();
		expect(await journal.visits()).toEqual([]);
		expect(found()).toEqual([]);
		expect(await journal.verify()).toBeNull();
		await door.close();
		await journal.close();
		rmSync(folder, { recursive: true });
	});
});
