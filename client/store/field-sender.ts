// Sends a phone's counts in order, each until it is acknowledged by name. Told its storage, its network and its time; knows no page.
import type { FieldSite, WireCount } from '../../shared/field.ts';
import {
	type Answered,
	backOffMs,
	type Counted,
	type CountRecord,
	doorOf,
	inServerTime,
	newRecord,
	settle,
	stamped,
	toForget,
	toWire,
	unsentOf,
} from './count-queue.ts';
import type { FieldStore } from './field-store.ts';

export type Keep = {
	all(): Promise<readonly CountRecord[]>;
	/** Resolves once it is on the disk of this phone. */
	put(record: CountRecord): Promise<void>;
	remove(id: string): Promise<void>;
};

export type SenderParts = {
	readonly store: FieldStore;
	readonly keep: Keep;
	readonly ask: (method: 'GET' | 'POST', path: string, body?: WireCount, key?: string) => Promise<Answered>;
	/** Runs it while no other tab of this site does. */
	readonly alone: (work: () => Promise<void>) => Promise<void>;
	readonly remember: (known: FieldSite, clock: { readonly phoneAt: number; readonly serverAt: number; readonly speed: number }) => void;
	/** Tells the other tabs that records changed. */
	readonly tell: () => void;
	readonly now: () => number;
	readonly newId: () => string;
	readonly later: (work: () => void, ms: number) => () => void;
};

export type Sender = {
	send(counted: Counted): Promise<void>;
	/** Tries now: the network came back, the page is looked at again. */
	wake(): void;
	/** Another tab changed records. */
	reload(): Promise<void>;
};

/** With nothing to send the server is still asked: a link may have been revoked, another phone may have counted. */
const ASK_EVERY_MS = 30_000;

export function createSender(parts: SenderParts): Sender {
	const { store, keep, ask, now } = parts;
	let tries = 0;
	let running: Promise<void> | null = null;
	let again = false;
	let cancel: () => void = () => undefined;
	/** Where the phone's storage fails, records live as long as this page. */
	const loose = new Map<string, CountRecord>();

	async function all(): Promise<readonly CountRecord[]> {
		const kept = await keep.all().catch(() => {
			store.setState({ isKept: false });
			return [];
		});
		// What could not be written last is newer than what is on the disk.
		return [...kept.filter(({ id }) => !loose.has(id)), ...loose.values()];
	}

	async function put(record: CountRecord): Promise<void> {
		try {
			await keep.put(record);
			loose.delete(record.id);
			store.setState({ isKept: true });
		} catch {
			loose.set(record.id, record);
			store.setState({ isKept: false });
		}
		const { records } = store.getState();
		store.setState({ records: [...records.filter(({ id }) => id !== record.id), record] });
		parts.tell();
	}

	async function reload(): Promise<void> {
		store.setState({ records: await all() });
	}

	/** Whether the server is there and lets this phone count. */
	async function hear(): Promise<boolean> {
		const { site } = store.getState();
		const answer = await ask('GET', `/api/er/${site}`);
		const known = answer.status === 200 ? (answer.json as FieldSite | null) : null;
		// A network that wants to be signed in to answers as well, with its own page.
		const isHeard = known?.site === site;
		const door = isHeard ? 'open' : (doorOf(answer) ?? 'offline');
		if (isHeard) {
			const clock = { phoneAt: now(), serverAt: Date.parse(known.now), speed: known.speed };
			parts.remember(known, clock);
			store.setState({ known, clock });
		}
		store.setState({ door });
		return door === 'open';
	}

	async function sendAll(): Promise<boolean> {
		for (const old of toForget(await all(), now())) await keep.remove(old.id).catch(() => undefined);
		await reload();
		if (!(await hear())) return false;
		const passed = new Set<string>();
		for (;;) {
			// Asked anew each time: a count may have been taken meanwhile, and none is tried twice in one run.
			const next = unsentOf(await all()).find(({ id }) => !passed.has(id));
			if (next === undefined) return true;
			passed.add(next.id);
			const record = stamped(next, store.getState().clock);
			if (record !== next) await put(record);
			store.setState({ sending: record.id });
			const answer = await ask('POST', `/api/er/${record.site}/count`, toWire(record), record.id);
			const settled = settle(record, answer, inServerTime(store.getState().clock, now()));
			if (settled.record !== record) await put(settled.record);
			store.setState({ sending: null, door: settled.door });
			if (settled.door !== 'open') return false;
		}
	}

	async function run(): Promise<void> {
		cancel();
		let isDone = false;
		try {
			await parts.alone(async () => {
				isDone = await sendAll();
			});
		} catch {
			// Whatever it was, what is unsent is tried again.
			store.setState({ sending: null, door: 'offline' });
		}
		tries = isDone ? 0 : tries + 1;
		cancel = parts.later(wake, isDone ? ASK_EVERY_MS : backOffMs(tries));
	}

	function wake(): void {
		if (running !== null) {
			again = true;
			return;
		}
		running = run().finally(() => {
			running = null;
			if (!again) return;
			again = false;
			wake();
		});
	}

	return {
		async send(counted) {
			await put(newRecord(counted, store.getState().site, parts.newId(), now(), await all()));
			wake();
		},
		wake,
		reload,
	};
}
