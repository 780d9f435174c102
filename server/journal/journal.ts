// The contract of the journal: the one record. Append-only, hash-chained; an entry is returned only once it is durable (rule 4).
import type { Draft, Entry, Position } from '../../shared/entry.ts';

/** An appended entry and where it stands. `repeated`: the key was already there, and this is the entry it got then. */
export type Appended = { readonly entry: Entry; readonly position: Position; readonly repeated: boolean };

/** The record can't be written: `full` when the disk or quota is, `failing` for any other cause. Nothing of the append is kept. */
export class JournalError extends Error {
	readonly code: 'full' | 'failing' | 'closed';
	constructor(code: 'full' | 'failing' | 'closed', message: string) {
		super(message);
		this.name = 'JournalError';
		this.code = code;
	}
}

/** A visit as the visit log keeps it: `state` is JSON without a person in it; from `forgetAfter` (ms UTC, null while it lasts) on it may go. */
export type KeptVisit = { readonly visit: string; readonly state: string; readonly forgetAfter: number | null };
/** A message that was taken, by the digest of what makes it the same; `answer` is what its sender was told. */
export type HeardMessage = { readonly message: string; readonly answer: string; readonly at: number };

/**
 * What commits with an entry and stands beside the chain: it can be deleted later without touching that (decision 7).
 * `visits` replace what was kept under their key; `gone` are deleted.
 */
export type Beside = {
	readonly visits: readonly KeptVisit[];
	readonly gone?: readonly string[];
	readonly heard?: readonly HeardMessage[];
};

export type Checkpoint = { readonly seq: number; readonly version: string; readonly state: unknown };

export type Journal = {
	/** Where the record ends now. seq 0 and the empty hash before the first entry. */
	head(): Position;
	/**
	 * Commits one entry. `seen` is the door's clock in ms UTC. Calls resolve in seq order. `key` (idempotency, at most 200 characters)
	 * commits with the entry: the same key again appends nothing and returns the first entry. Rejects with JournalError.
	 */
	append(draft: Draft, seen: number, key?: string, beside?: Beside): Promise<Appended>;
	/** Every visit that is kept. */
	visits(): Promise<readonly KeptVisit[]>;
	/** What the sender of a message was told, where it was taken before; null where it was not. */
	answerTo(message: string): Promise<string | null>;
	/** Deletes visits whose `forgetAfter` and messages whose `at` are before these instants; resolves with how many visits went. */
	forget(visitsBefore: number, messagesBefore: number): Promise<number>;
	/** Whether an entry was appended under this key before. */
	isKept(key: string): Promise<boolean>;
	/** Entries with seq > `after`, in order, to `until` (inclusive, default the head), read without holding up writers. */
	read(after: number, until?: number): AsyncIterable<Entry>;
	/** The same, of these kinds alone; what lies between is passed over without being read. */
	readKinds(after: number, until: number, kinds: readonly Draft['kind'][]): AsyncIterable<Entry>;
	/** The chain's whole hash at a seq, or null where there is no such entry: what a time-stamping authority signs. */
	linkAt(seq: number): Promise<Uint8Array | null>;
	/** The chain's short hash at a seq, or null where there is no such entry. */
	hashAt(seq: number): Promise<string | null>;
	/** The last seq whose `seen` is at or before the instant; 0 if none. */
	seqAt(instant: number): Promise<number>;
	/** Checkpoints are caches: kept by seq, named by the projections' version, never needed. */
	saveCheckpoint(checkpoint: Checkpoint): Promise<void>;
	/** The newest one of this version at or before `seq`. */
	checkpointBefore(seq: number, version: string): Promise<Checkpoint | null>;
	/** Walks the chain from the first entry and returns the seq of the first entry that does not fit, or null. */
	verify(): Promise<number | null>;
	/** Finishes what is open, then closes. */
	close(): Promise<void>;
};
