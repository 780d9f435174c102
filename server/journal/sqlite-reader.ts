// Reading the record through a connection of its own, a page at a time, so that neither the writer nor the loop waits. Writes nothing.
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Entry } from '../../shared/entry.ts';
import { CHAIN_START, chain, digestOf, isSameHash, shortHash } from './chain.ts';
import { decodeEntry } from './entry-codec.ts';
import { type Checkpoint, JournalError, type KeptVisit } from './journal.ts';

/** About 3 ms of parsing at a hundred samples an entry. */
const ENTRIES_A_PAGE = 100;
/** Entries looked at, not read, before the loop may turn: a few ms. */
const ENTRIES_A_LOOK = 20_000;

type Row = { readonly seq: number; readonly seen: number; readonly kind: string; readonly payload: string | null };
type ChainRow = Row & { readonly digest: Uint8Array; readonly hash: Uint8Array };

export function sqliteReader(file: string) {
	const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
	const page = db.prepare('SELECT seq, seen, kind, payload FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?');
	const ofKinds = db.prepare(
		'SELECT seq, seen, kind, payload FROM journal WHERE seq > ? AND seq <= ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq',
	);
	const links = db.prepare('SELECT seq, seen, kind, payload, digest, hash FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?');
	const hashOf = db.prepare('SELECT hash FROM journal WHERE seq = ?');
	const keyed = db.prepare('SELECT 1 FROM journal WHERE key = ?');
	const seenOf = db.prepare('SELECT seen FROM journal WHERE seq = ?');
	const runBefore = db.prepare('SELECT max(seq) AS seq FROM ascent WHERE seen <= ? AND seq <= ?');
	const runAfter = db.prepare('SELECT min(seq) AS seq FROM ascent WHERE seq > ?');
	const kept = db.prepare('SELECT seq, version, state FROM checkpoint WHERE seq <= ? AND version = ? ORDER BY seq DESC LIMIT 1');

	const visitsKept = db.prepare('SELECT visit, state, forget_after AS forgetAfter FROM visit');
	const heard = db.prepare('SELECT answer FROM heard WHERE message = ?');

	/** Lets the loop turn; the journal may be closed meanwhile. */
	async function turn(): Promise<void> {
		await setImmediate();
		demandOpen();
	}
	function demandOpen(): void {
		if (!db.isOpen) throw new JournalError('closed', 'the journal was closed while it was being read');
	}

	return {
		/** Trimmed entries are passed over. */
		async *read(after: number, until: number): AsyncGenerator<Entry> {
			for (let at = after; at < until; ) {
				const rows = page.all(at, until, ENTRIES_A_PAGE) as Row[];
				for (const { seq, seen, kind, payload } of rows) {
					at = seq;
					if (payload === null) continue;
					yield decodeEntry(seq, seen, kind, payload);
					demandOpen();
				}
				if (rows.length < ENTRIES_A_PAGE) return;
				await turn();
			}
		},
		async *readKinds(after: number, until: number, kinds: readonly string[]): AsyncGenerator<Entry> {
			const asked = JSON.stringify(kinds);
			for (let at = after; at < until; at += ENTRIES_A_LOOK) {
				for (const { seq, seen, kind, payload } of ofKinds.all(at, Math.min(until, at + ENTRIES_A_LOOK), asked) as Row[]) {
					if (payload !== null) yield decodeEntry(seq, seen, kind, payload);
					demandOpen();
				}
				await turn();
			}
		},
		linkAt(seq: number): Uint8Array | null {
			return (hashOf.get(seq)?.hash as Uint8Array | undefined) ?? null;
		},
		hashAt(seq: number): string | null {
			const row = hashOf.get(seq);
			return row ? shortHash(row.hash as Uint8Array) : null;
		},
		isKept: (key: string): boolean => keyed.get(key) !== undefined,
		visits: (): KeptVisit[] => visitsKept.all() as KeptVisit[],
		answerTo(message: string): string | null {
			const answer = heard.get(message)?.answer;
			return typeof answer === 'string' ? answer : null;
		},
		/** The last run of non-falling instants that begins at or before this one holds the answer: halve it. */
		seqAt(instant: number, head: number): number {
			const run = runBefore.get(instant, head)?.seq;
			if (run === null || run === undefined) return 0;
			let low = Number(run);
			const next = runAfter.get(low)?.seq;
			let high = Math.min(next === null || next === undefined ? head : Number(next) - 1, head);
			while (low < high) {
				const middle = Math.ceil((low + high) / 2);
				if (Number(seenOf.get(middle)?.seen) <= instant) low = middle;
				else high = middle - 1;
			}
			return low;
		},
		checkpointBefore(seq: number, version: string): Checkpoint | null {
			const row = kept.get(seq, version);
			return row ? { seq: Number(row.seq), version, state: JSON.parse(String(row.state)) } : null;
		},
		async verify(head: number): Promise<number | null> {
			let previous: Uint8Array = CHAIN_START;
			let at = 0;
			while (at < head) {
				const rows = links.all(at, head, ENTRIES_A_PAGE) as ChainRow[];
				for (const row of rows) {
					const trimmed = row.payload === null;
					const digest = trimmed ? row.digest : digestOf(String(row.payload));
					const link = chain(previous, row.seq, row.seen, row.kind, digest);
					const fits = row.seq === at + 1 && isSameHash(digest, row.digest) && isSameHash(link, row.hash);
					if (!fits) return at + 1;
					previous = row.hash;
					at = row.seq;
				}
				if (rows.length === 0) return at + 1;
				await turn();
			}
			return null;
		},
		close: () => db.close(),
	};
}
