// The door of visits, on a real recorder: who is answered when, what a batch leaves in the record, and that a failure leaves nothing.
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ErEvent, PatientKey, VisitKey } from '../server/domain/er-event.ts';
import { type ErDoor, type ErMessage, openErDoor } from '../server/er-door.ts';
import { type Journal, JournalError } from '../server/journal/journal.ts';
import { emptyMemoryStore, openMemoryJournal } from '../server/journal/memory-journal.ts';
import { openRecorder } from '../server/recorder.ts';
import type { CensusDraft, Entry } from '../shared/entry.ts';
import { VISIT_LAPSES_MS } from '../shared/er.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2025, 9, 21, 17);

let now = START;
let store = emptyMemoryStore();
let faults: unknown[] = [];
/** What the journal does before it writes: it can be held, or made to fail. */
let before: () => Promise<void> = async () => undefined;

async function openDoor(): Promise<{ door: ErDoor; journal: Journal }> {
	const journal = openMemoryJournal(store);
	const held: Journal = {
		...journal,
		async append(...given) {
			await before();
			return journal.append(...given);
		},
	};
	const recorder = await openRecorder(held, () => now);
	return {
		door: openErDoor({ recorder, journal: held, lapsesAfter: () => VISIT_LAPSES_MS, now: () => now, fault: (error) => faults.push(error) }),
		journal,
	};
}

const arrival = (visit: string, at = now, site = 'centro'): ErEvent => ({
	site,
	visit: visit as VisitKey,
	patient: `p-${visit}` as PatientKey,
	act: 'arrive',
	at,
	sentAt: at,
	area: 'waiting',
	triage: '3',
	arrivedAt: at,
	outcome: null,
	into: null,
});
const leaving = (visit: string, at = now): ErEvent => ({
	...arrival(visit, at),
	act: 'leave',
	area: null,
	triage: null,
	arrivedAt: null,
	outcome: 'home',
});
const message = (id: string | null, events: readonly ErEvent[], more: Partial<ErMessage> = {}): ErMessage => ({
	source: 'adt',
	message: id,
	events,
	heardAt: now,
	answer: 'AA',
	...more,
});

const kept = { ok: true, answer: 'AA', repeated: false };
const again = { ...kept, repeated: true };

async function entries(journal: Journal): Promise<(Entry & CensusDraft)[]> {
	const found: (Entry & CensusDraft)[] = [];
	for await (const entry of journal.read(0)) if (entry.kind === 'census') found.push(entry);
	return found;
}

/** Arrivals by site, as the record's increments add up to. */
async function arrivals(journal: Journal): Promise<Record<string, number>> {
	const sums: Record<string, number> = {};
	for (const { sites } of await entries(journal)) {
		for (const { site, changes } of sites) {
			for (const [cell, , , by] of changes) if (cell === 'arrivals') sums[site] = (sums[site] ?? 0) + by;
		}
	}
	return sums;
}

function gate(): { open(): void } {
	let open = (): void => undefined;
	const opened = new Promise<void>((resolve) => {
		open = resolve;
	});
	before = () => opened;
	return { open: () => open() };
}

beforeEach(() => {
	now = START;
	store = emptyMemoryStore();
	faults = [];
	before = async () => undefined;
});

describe('the door of visits', () => {
	test('makes one entry a source of what comes together, and keeps the visits beside it', async () => {
		const { door, journal } = await openDoor();
		const taken = await Promise.all([
			door.take(message('m1', [arrival('v1')])),
			door.take(message('m2', [arrival('v2', now, 'levante')], { source: 'adt-2' })),
			door.take(message('m3', [arrival('v3')], { memory: { page: 3 } })),
		]);
		expect(taken).toEqual([kept, kept, kept]);
		const found = await entries(journal);
		expect(found.map(({ source, messages }) => [source, messages])).toEqual([
			['adt', 2],
			['adt-2', 1],
		]);
		expect(found[0]?.memory).toEqual({ page: 3 });
		expect(await arrivals(journal)).toEqual({ centro: 2, levante: 1 });
		expect((await journal.visits()).map(({ visit }) => visit).sort()).toEqual(['v1', 'v2', 'v3']);
		expect(JSON.stringify(found)).not.toMatch(/v[123]/);
	});

	test('answers nobody before it is durable, and what comes meanwhile is the next batch', async () => {
		const { door, journal } = await openDoor();
		const { open } = gate();
		let answered = 0;
		const takes: Promise<unknown>[] = [];
		for (let n = 0; n < 40; n += 1) {
			takes.push(door.take(message(`m${n}`, [arrival(`v${n}`)])).then(() => (answered += 1)));
			if (n % 10 === 9) await setImmediate();
		}
		expect(answered).toBe(0);
		open();
		await Promise.all(takes);
		expect((await entries(journal)).map(({ messages }) => messages)).toEqual([10, 30]);
	});

	test('gives the same message the same answer, in one batch, in a later one and after a restart', async () => {
		const { door, journal } = await openDoor();
		const first = message('m1', [arrival('v1')], { answer: 'AA' });
		expect(await Promise.all([door.take(first), door.take(first)])).toEqual([kept, again]);
		expect(await door.take({ ...first, answer: 'AE' })).toEqual(again);
		const restarted = await openDoor();
		expect(await restarted.door.take({ ...first, answer: 'AE' })).toEqual(again);
		expect(await entries(journal)).toHaveLength(1);
		expect(await arrivals(journal)).toEqual({ centro: 1 });
	});

	test('counts refusals by code, and looks at a refused message again', async () => {
		const { door, journal } = await openDoor();
		const refused = message('m1', [], { answer: 'AR', refused: ['unknown-site'] });
		const taken = await Promise.all([
			door.take(refused),
			door.take(message('m2', [], { answer: 'AE', refused: ['no-visit', 'no-visit'] })),
			door.take(message('m3', [arrival('v3')], { refused: ['no-time'] })),
		]);
		expect(taken).toEqual([{ ...kept, answer: 'AR' }, { ...kept, answer: 'AE' }, kept]);
		expect(await entries(journal)).toMatchObject([
			{
				messages: 1,
				refused: [
					['unknown-site', 1],
					['no-visit', 2],
					['no-time', 1],
				],
			},
		]);
		expect(await door.take(message('m1', [arrival('v1')]))).toEqual(kept);
		expect(await arrivals(journal)).toEqual({ centro: 2 });
	});

	test.each(['full', 'failing'] as const)(
		'answers nobody where the journal is %s, keeps nothing of it, and takes it when it is sent again',
		async (code) => {
			const { door, journal } = await openDoor();
			await door.take(message('m0', [arrival('v0')]));
			before = async () => {
				throw new JournalError(code, 'no room');
			};
			const lost = [
				message('m1', [arrival('v1')]),
				message('m2', [leaving('v0', now + 60_000)]),
				message('m3', [arrival('v3')], { source: 'adt-2' }),
			];
			const failure = { ok: false, code: `journal-${code}` };
			expect(await Promise.all(lost.map(door.take))).toEqual([failure, failure, failure]);
			expect(await door.take(message('m1', [arrival('v1')]))).toEqual(failure);
			expect((await journal.visits()).length).toBe(1);
			before = async () => undefined;
			expect(await Promise.all(lost.map(door.take))).toEqual([kept, kept, kept]);
			expect(await arrivals(journal)).toEqual({ centro: 3 });
			expect(faults).toEqual([]);
		},
	);

	test('stands with the record where one source’s entry is kept and another’s is not', async () => {
		const { door, journal } = await openDoor();
		let appends = 0;
		before = async () => {
			appends += 1;
			if (appends === 2) throw new JournalError('full', 'no room');
		};
		const two = [message('m1', [arrival('v1')]), message('m2', [arrival('v2')], { source: 'adt-2' })];
		expect(await Promise.all(two.map(door.take))).toEqual([kept, { ok: false, code: 'journal-full' }]);
		expect(await Promise.all(two.map(door.take))).toEqual([again, kept]);
		expect(await arrivals(journal)).toEqual({ centro: 2 });
		now += HOUR;
		await Promise.all([door.take(message('m3', [leaving('v1')])), door.take(message('m4', [leaving('v2')]))]);
		const waiting = (await entries(journal)).flatMap(({ sites }) => sites.flatMap(({ changes }) => changes.filter(([cell]) => cell === 'waiting')));
		expect(waiting.reduce((sum, [, , , by]) => sum + by, 0)).toBe(0);
	});

	test('is not held up by one message that it cannot bear', async () => {
		const { door, journal } = await openDoor();
		const unbearable = message('bad', [null as unknown as ErEvent]);
		const taken = await Promise.all(
			[message('m1', [arrival('v1')]), message('m2', [arrival('v2')]), unbearable, message('m4', [arrival('v4')])].map(door.take),
		);
		expect(taken).toEqual([kept, kept, { ok: false, code: 'journal-failing' }, kept]);
		expect(await arrivals(journal)).toEqual({ centro: 3 });
		expect(faults).toHaveLength(1);
	});

	test('notes at most every 10 s that a source only repeats itself', async () => {
		const { door, journal } = await openDoor();
		for (let n = 0; n < 29; n += 1) {
			await door.take(message('m1', [arrival('v1', START)]));
			now += 1000;
		}
		await setImmediate();
		expect((await entries(journal)).map(({ messages }) => messages)).toEqual([1, 0, 0]);
	});

	test('forgets visits 48 h after their end and messages after three days, and none before', async () => {
		const { door, journal } = await openDoor();
		await door.take(message('m1', [arrival('v1')]));
		await door.take(message('m2', [arrival('v2')]));
		now += HOUR;
		await door.take(message('m3', [leaving('v1')]));
		const keysAfter = async (ms: number): Promise<string[]> => {
			now = START + HOUR + ms;
			await door.forget();
			return (await journal.visits()).map(({ visit }) => visit);
		};
		expect(await keysAfter(48 * HOUR - 60_000)).toEqual(['v1', 'v2']);
		expect(await keysAfter(48 * HOUR + 60_000)).toEqual(['v2']);
		expect(await journal.answerTo('m1')).toBe('AA');
		await keysAfter(72 * HOUR);
		expect([await journal.answerTo('m1'), await journal.answerTo('m3')]).toEqual([null, 'AA']);
		expect(await journal.verify()).toBeNull();
	});

	test('gives up visits of which nothing was heard for a week, in an entry of nobody’s, and forgets them 48 h later', async () => {
		const { door, journal } = await openDoor();
		await Promise.all([door.take(message('m1', [arrival('v1')])), door.take(message('m2', [arrival('v2', now, 'levante')], { source: 'adt-2' }))]);
		now += 24 * HOUR;
		await door.take(message('m3', [arrival('v3')]));
		now = START + VISIT_LAPSES_MS - 1;
		await door.forget();
		expect(await entries(journal)).toHaveLength(3);
		now += 1;
		await door.forget();
		await door.forget();
		const given = (await entries(journal)).slice(3);
		const lapsed = (site: string) => ({
			site,
			heardAt: null,
			changes: [
				['waiting', '3', START / 60_000, -1],
				['lapsed', '3', now / 60_000, 1],
			],
		});
		expect(given).toMatchObject([{ source: null, messages: 0, sites: [lapsed('centro'), lapsed('levante')] }]);
		const restarted = await openDoor();
		await restarted.door.forget();
		expect(await entries(journal)).toHaveLength(4);
		now += 48 * HOUR + 1;
		await restarted.door.forget();
		expect((await journal.visits()).map(({ visit }) => visit)).toEqual(['v3']);
	});

	test('gives nobody up while the journal can’t write it, and does so once it can', async () => {
		const { door, journal } = await openDoor();
		await door.take(message('m1', [arrival('v1')]));
		now += VISIT_LAPSES_MS;
		before = async () => {
			throw new JournalError('full', 'no room');
		};
		await expect(door.forget()).rejects.toThrow('no room');
		expect((await journal.visits())[0]?.forgetAfter).toBeNull();
		before = async () => undefined;
		await door.forget();
		expect((await journal.visits())[0]?.forgetAfter).toBe(now + 48 * HOUR);
		await door.take(message('m2', [leaving('v1')]));
		const sums: Record<string, number> = {};
		for (const { sites } of await entries(journal))
			for (const { changes } of sites) for (const [cell, , , by] of changes) sums[cell] = (sums[cell] ?? 0) + by;
		expect(sums).toEqual({ arrivals: 1, waiting: 0, lapsed: 0, departures: 1, stays: 1 });
	});

	test('answers all that it took before it closes, and takes nothing more', async () => {
		const { door, journal } = await openDoor();
		const taken = Array.from({ length: 1200 }, (_, n) => door.take(message(`m${n}`, [arrival(`v${n}`)])));
		await door.close();
		expect(await door.take(message('late', [arrival('late')]))).toEqual({ ok: false, code: 'closed' });
		expect((await Promise.all(taken)).every((one) => one.ok)).toBe(true);
		expect((await entries(journal)).map(({ messages }) => messages)).toEqual([512, 512, 176]);
	});

	test('says that it is busy before what waits grows without bound', async () => {
		const { door } = await openDoor();
		const { open } = gate();
		const taken = Array.from({ length: 20_001 }, (_, n) => door.take(message(`m${n}`, [])));
		expect(await taken.at(-1)).toEqual({ ok: false, code: 'busy' });
		open();
		const outcomes = await Promise.all(taken);
		expect(outcomes.filter((one) => one.ok)).toHaveLength(20_000);
	});
});
