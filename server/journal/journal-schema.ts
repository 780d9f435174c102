// The record's tables and their versions. Knows SQL, and nothing of what entries mean.
import type { DatabaseSync } from 'node:sqlite';
import { CHAIN_START } from './chain.ts';
import { JournalError } from './journal.ts';

const SCHEMA_VERSION = 1;

// payload: null once trimmed, with its key; digest and hash stay, so that the chain still verifies.
// ascent: the seqs at which a run of non-falling `seen` begins, so that an instant is found by halving although clocks step back.
const schema = `
CREATE TABLE journal (seq INTEGER PRIMARY KEY, seen INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT, digest BLOB NOT NULL, hash BLOB NOT NULL, key TEXT);
CREATE UNIQUE INDEX journal_key ON journal (key) WHERE key IS NOT NULL;
CREATE TABLE ascent (seq INTEGER PRIMARY KEY, seen INTEGER NOT NULL);
CREATE TABLE checkpoint (seq INTEGER NOT NULL, version TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (seq, version));
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
PRAGMA user_version = ${SCHEMA_VERSION};`;

/** Where the chain ends. */
export type ChainHead = { readonly seq: number; readonly seen: number; readonly hash: Uint8Array };

/** Lays the tables where there are none; refuses a file of a newer Regia. */
export function prepareJournalSchema(db: DatabaseSync): void {
	const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
	if (version === SCHEMA_VERSION) return;
	if (version > SCHEMA_VERSION) {
		throw new JournalError(
			'failing',
			`journal.db has layout ${version}, and this Regia knows up to ${SCHEMA_VERSION}: start the version that wrote it`,
		);
	}
	db.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
}

export function chainHead(db: DatabaseSync): ChainHead {
	const row = db.prepare('SELECT seq, seen, hash FROM journal ORDER BY seq DESC LIMIT 1').get();
	if (!row) return { seq: 0, seen: Number.POSITIVE_INFINITY, hash: CHAIN_START };
	return { seq: Number(row.seq), seen: Number(row.seen), hash: row.hash as Uint8Array };
}
