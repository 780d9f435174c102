// A journal in memory, for tests: the same contract, payloads and chain as the durable ones. Nothing of it outlives its store.
import type { Position } from '../../shared/entry.ts';
import { CHAIN_START, chain, digestOf, isSameHash, shortHash } from './chain.ts';
import { checkAppend } from './check-append.ts';
import { decodeEntry, encodeEntry } from './entry-codec.ts';
import { type Appended, type HeardMessage, type Journal, JournalError, type KeptVisit } from './journal.ts';

export type MemoryRow = { seen: number; kind: string; payload: string; hash: Uint8Array };
export type MemoryStore = {
	readonly epoch: string;
	readonly rows: MemoryRow[];
	readonly keys: Map<string, number>;
	readonly checkpoints: Map<string, string>;
	readonly visits: Map<string, KeptVisit>;
	readonly heard: Map<string, HeardMessage>;
};

export const emptyMemoryStore = (epoch = 'memory'): MemoryStore => ({
	epoch,
	rows: [],
	keys: new Map(),
	checkpoints: new Map(),
	visits: new Map(),
	heard: new Map(),
});

/** Opened again on the same store, it goes on where it was. */
export function openMemoryJournal(store = emptyMemoryStore()): Journal {
	const { rows, keys, checkpoints, visits, heard } = store;
	let isClosed = false;

	function demandOpen(): void {
		if (isClosed) throw new JournalError('closed', 'the journal is closed');
	}

	function positionAt(seq: number): Position {
		const row = rows[seq - 1];
		return { epoch: store.epoch, seq: row ? seq : 0, hash: row ? shortHash(row.hash) : '' };
	}

	function appendedAt(seq: number, repeated: boolean): Appended {
		const { seen, kind, payload } = rows[seq - 1] as MemoryRow;
		return { entry: decodeEntry(seq, seen, kind, payload), position: positionAt(seq), repeated };
	}

	return {
		head: () => positionAt(rows.length),
		async append(draft, seen, key, beside) {
			demandOpen();
			checkAppend(seen, key);
			const before = key === undefined ? undefined : keys.get(key);
			if (before !== undefined) return appendedAt(before, true);
			const payload = encodeEntry(draft);
			const previous = rows.at(-1)?.hash ?? CHAIN_START;
			rows.push({ seen, kind: draft.kind, payload, hash: chain(previous, rows.length + 1, seen, draft.kind, digestOf(payload)) });
			if (key !== undefined) keys.set(key, rows.length);
			for (const one of beside?.visits ?? []) visits.set(one.visit, one);
			for (const one of beside?.gone ?? []) visits.delete(one);
			for (const one of beside?.heard ?? []) heard.set(one.message, one);
			return appendedAt(rows.length, false);
		},
		async visits() {
			demandOpen();
			return [...visits.values()];
		},
		async answerTo(message) {
			demandOpen();
			return heard.get(message)?.answer ?? null;
		},
		async forget(visitsBefore, messagesBefore) {
			demandOpen();
			const gone = [...visits.values()].filter(({ forgetAfter }) => forgetAfter !== null && forgetAfter < visitsBefore);
			for (const { visit } of gone) visits.delete(visit);
			for (const { message, at } of [...heard.values()]) if (at < messagesBefore) heard.delete(message);
			return gone.length;
		},
		async isKept(key) {
			demandOpen();
			return keys.has(key);
		},
		async *read(after, until = rows.length) {
			demandOpen();
			for (let seq = after + 1; seq <= Math.min(until, rows.length); seq += 1) {
				yield appendedAt(seq, false).entry;
				demandOpen();
			}
		},
		async *readKinds(after, until, kinds) {
			for (let seq = after + 1; seq <= Math.min(until, rows.length); seq += 1) {
				demandOpen();
				const { entry } = appendedAt(seq, false);
				if (kinds.includes(entry.kind)) yield entry;
			}
		},
		async linkAt(seq) {
			demandOpen();
			return rows[seq - 1]?.hash ?? null;
		},
		async hashAt(seq) {
			demandOpen();
			return positionAt(seq).hash || null;
		},
		async seqAt(instant) {
			demandOpen();
			return rows.findLastIndex(({ seen }) => seen <= instant) + 1;
		},
		async saveCheckpoint({ seq, version, state }) {
			demandOpen();
			checkpoints.set(`${seq} ${version}`, JSON.stringify(state));
		},
		async checkpointBefore(seq, version) {
			demandOpen();
			const seqs = [...checkpoints.keys()].filter((name) => name.slice(name.indexOf(' ') + 1) === version).map((name) => Number.parseInt(name, 10));
			const newest = Math.max(...seqs.filter((one) => one <= seq));
			const state = checkpoints.get(`${newest} ${version}`);
			return state === undefined ? null : { seq: newest, version, state: JSON.parse(state) };
		},
		async verify() {
			demandOpen();
			let previous: Uint8Array = CHAIN_START;
			for (const [index, { seen, kind, payload, hash }] of rows.entries()) {
				if (!isSameHash(chain(previous, index + 1, seen, kind, digestOf(payload)), hash)) return index + 1;
				previous = hash;
			}
			return null;
		},
		async close() {
			isClosed = true;
		},
	};
}
