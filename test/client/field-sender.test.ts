// The sender over a network that fails in every way, with a storage that is told apart from the page: each count is taken once, in order.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Answered, CountRecord } from '../../client/store/count-queue.ts';
import { createSender, type Sender } from '../../client/store/field-sender.ts';
import { createFieldStore, type FieldStore } from '../../client/store/field-store.ts';
import type { WireCount } from '../../shared/field.ts';

const counted = (one: number) => ({ byCode: { '1': one, '2': 0, '3': 0, '4': 0, '5': 0, none: 0 }, boarding: 0 });

/** A server that takes counts as Regia does, and a way to it that can be cut before and after it. */
function createServer() {
	const taken = new Map<string, WireCount>();
	const asked: string[] = [];
	let way: 'well' | 'cut' | 'answer-lost' | Answered = 'well';
	return {
		taken,
		asked,
		be: (next: typeof way) => {
			way = next;
		},
		async ask(method: 'GET' | 'POST', path: string, body?: WireCount): Promise<Answered> {
			asked.push(`${method} ${body?.byCode['1'] ?? path}`);
			if (way === 'cut') return { status: 0, json: null };
			if (typeof way === 'object') return way;
			if (body === undefined) return { status: 200, json: { site: 'centro', now: new Date(5000).toISOString(), speed: 1, last: null } };
			if (!taken.has(body.id)) taken.set(body.id, body);
			if (way === 'answer-lost') return { status: 0, json: null };
			return { status: 202, json: { id: body.id, seq: taken.size, accepted: 1, superseded: false } };
		},
	};
}

let server: ReturnType<typeof createServer>;
let disk: Map<string, CountRecord>;
let isDiskWell: boolean;
let timers: { work: () => void; ms: number }[];
let chain: Promise<void>;
let ids: number;

function openTab(): { readonly sender: Sender; readonly store: FieldStore } {
	const store = createFieldStore('centro', { known: null, clock: null });
	const onDisk = async <T>(work: () => T): Promise<T> => {
		if (!isDiskWell) throw new Error('no room');
		return work();
	};
	const sender = createSender({
		store,
		keep: {
			all: () => onDisk(() => [...disk.values()]),
			put: (record) => onDisk(() => void disk.set(record.id, record)),
			remove: (id) => onDisk(() => void disk.delete(id)),
		},
		ask: server.ask,
		alone: (work) => {
			const mine = chain.then(work);
			chain = mine.catch(() => undefined);
			return mine;
		},
		remember: () => undefined,
		tell: () => undefined,
		now: () => 4000,
		newId: () => {
			ids += 1;
			return `conteggio-${ids}`;
		},
		later: (work, ms) => {
			const timer = { work, ms };
			timers.push(timer);
			return () => {
				timers = timers.filter((one) => one !== timer);
			};
		},
	});
	return { sender, store };
}

/** Until nothing is under way: everything here resolves without waiting. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
async function ring(): Promise<void> {
	const due = timers;
	timers = [];
	for (const { work } of due) work();
	await settled();
}
const figures = () => [...server.taken.values()].map(({ byCode }) => byCode['1']);

beforeEach(() => {
	server = createServer();
	disk = new Map();
	isDiskWell = true;
	timers = [];
	chain = Promise.resolve();
	ids = 0;
});

describe('counts', () => {
	test('are on the disk before anything is asked, and go out in order once the way is open', async () => {
		server.be('cut');
		const { sender, store } = openTab();
		await sender.send(counted(1));
		expect([...disk.values()].map(({ state }) => state)).toEqual(['unsent']);
		await sender.send(counted(2));
		await sender.send(counted(3));
		await settled();
		expect(store.getState().door).toBe('offline');
		expect(server.asked.filter((one) => one.startsWith('POST'))).toEqual([]);
		server.be('well');
		await ring();
		expect(figures()).toEqual([1, 2, 3]);
		expect(store.getState().records.map(({ state }) => state)).toEqual(['received', 'received', 'received']);
		expect(store.getState().door).toBe('open');
	});

	test('whose answer is lost are sent again under the same name and the same moment, and not the next before', async () => {
		server.be('answer-lost');
		const { sender } = openTab();
		await sender.send(counted(1));
		await settled();
		await sender.send(counted(2));
		await settled();
		const at = server.taken.get('conteggio-1')?.at;
		await ring();
		expect(figures()).toEqual([1]);
		server.be('well');
		await ring();
		expect(figures()).toEqual([1, 2]);
		expect(server.taken.get('conteggio-1')?.at).toBe(at);
		expect(at).toBe(new Date(5000).toISOString());
	});

	test('of a page that was closed go out from the next one', async () => {
		server.be('cut');
		await openTab().sender.send(counted(1));
		await settled();
		timers = [];
		server.be('well');
		const { sender, store } = openTab();
		await sender.reload();
		expect(store.getState().records.map(({ state }) => state)).toEqual(['unsent']);
		sender.wake();
		await settled();
		expect(figures()).toEqual([1]);
	});

	test('are sent by one of two tabs', async () => {
		const [one, other] = [openTab(), openTab()];
		server.be('cut');
		await one.sender.send(counted(1));
		await other.sender.send(counted(2));
		await settled();
		server.be('well');
		one.sender.wake();
		other.sender.wake();
		await settled();
		expect(server.asked.filter((line) => line.startsWith('POST'))).toEqual(['POST 1', 'POST 2']);
		await one.sender.reload();
		expect(one.store.getState().records.map(({ state }) => state)).toEqual(['received', 'received']);
	});

	test('that are refused hold up no other', async () => {
		server.be('cut');
		const { sender, store } = openTab();
		await sender.send(counted(1));
		await sender.send(counted(2));
		await settled();
		const ask = server.ask;
		server.be('well');
		server.ask = async (method, path, body) => (body?.byCode['1'] === 1 ? { status: 409, json: { code: 'count-future' } } : ask(method, path, body));
		const again = openTab();
		again.sender.wake();
		await settled();
		expect(figures()).toEqual([2]);
		expect(again.store.getState().records.map(({ state, why }) => [state, why])).toEqual([
			['refused', 'count-future'],
			['received', null],
		]);
		expect(store.getState().records).toHaveLength(2);
	});

	test('are kept while the link is over, and go out when a new one was opened', async () => {
		server.be({ status: 401, json: { code: 'unauthorised' } });
		const { sender, store } = openTab();
		await sender.send(counted(1));
		await settled();
		expect([store.getState().door, [...disk.values()].map(({ state }) => state)]).toEqual(['over', ['unsent']]);
		server.be('well');
		await ring();
		expect(figures()).toEqual([1]);
	});

	test('are sent also where the phone cannot keep them, and that is said', async () => {
		isDiskWell = false;
		server.be('cut');
		const { sender, store } = openTab();
		await sender.send(counted(1));
		await settled();
		expect(store.getState()).toMatchObject({ isKept: false, records: [{ state: 'unsent' }] });
		server.be('well');
		await ring();
		expect(figures()).toEqual([1]);
		expect(store.getState().records.map(({ state }) => state)).toEqual(['received']);
	});
});

test.each([
	['a network’s own page', { status: 200, json: { welcome: 'ospiti' } }],
	['nothing that is read', { status: 200, json: null }],
])('%s in the server’s place is no open way', async (_cause, answer) => {
	server.be(answer);
	const { sender, store } = openTab();
	await sender.send(counted(1));
	await settled();
	expect(store.getState()).toMatchObject({ door: 'offline', known: null, records: [{ state: 'unsent' }] });
	server.be('well');
	await ring();
	expect(figures()).toEqual([1]);
});

test('a fault of its own is tried again like any other', async () => {
	const ask = server.ask;
	server.ask = async () => {
		throw new Error('planted');
	};
	const { sender, store } = openTab();
	await sender.send(counted(1));
	await settled();
	expect([store.getState().door, timers.map(({ ms }) => ms)]).toEqual(['offline', [1000]]);
	server.ask = ask;
	const next = openTab();
	next.sender.wake();
	await settled();
	expect(figures()).toEqual([1]);
});

test('it waits longer from failure to failure, asks now and then when all is well, and at once when it is woken', async () => {
	server.be('cut');
	const { sender } = openTab();
	const waits: number[] = [];
	sender.wake();
	for (let i = 0; i < 7; i += 1) {
		await settled();
		waits.push(...timers.map(({ ms }) => ms));
		await ring();
	}
	expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 30_000, 30_000]);
	server.be('well');
	sender.wake();
	await settled();
	expect(timers.map(({ ms }) => ms)).toEqual([30_000]);
});

test('a storage that says yes and keeps nothing is noticed by these tests', async () => {
	server.be('cut');
	const planted = openTab();
	disk.set = () => disk;
	await planted.sender.send(counted(1));
	await settled();
	timers = [];
	server.be('well');
	const { sender } = openTab();
	sender.wake();
	await settled();
	expect(figures()).toEqual([]);
});
