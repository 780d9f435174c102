// The record's tables and their versions. Knows SQL, and nothing of what entries mean.
import type { DatabaseSync } from 'node:sqlite';
import { CHAIN_START } from './chain.ts';
import { JournalError } from './journal.ts';

const SCHEMA_VERSION = 2;

// payload: null once trimmed, with its key; digest and hash stay, so that the chain still verifies.
// ascent: the seqs at which a run of non-falling `seen` begins, so that an instant is found by halving although clocks step back.
const record = `
CREATE TABLE journal (seq INTEGER PRIMARY KEY, seen INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT, digest BLOB NOT NULL, hash BLOB NOT NULL, key TEXT);
CREATE UNIQUE INDEX journal_key ON journal (key) WHERE key IS NOT NULL;
CREATE TABLE ascent (seq INTEGER PRIMARY KEY, seen INTEGER NOT NULL);
CREATE TABLE checkpoint (seq INTEGER NOT NULL, version TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (seq, version));
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;`;

// What stands beside the chain and may be deleted: layout 2.
const visitLog = `
CREATE TABLE visit (visit TEXT PRIMARY KEY, state TEXT NOT NULL, forget_after INTEGER) WITHOUT ROWID;
CREATE TABLE heard (message TEXT PRIMARY KEY, answer TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;`;

/** Where the chain ends. */
export type ChainHead = { readonly seq: number; readonly seen: number; readonly hash: Uint8Array };

/** Lays the tables that are missing, so that older files open; refuses a file of a newer Regia. */
export function prepareJournalSchema(db: DatabaseSync): void {
	const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
	if (version === SCHEMA_VERSION) return;
	if (version > SCHEMA_VERSION) {
		throw new JournalError(
			'failing',
			`journal.db has layout ${version}, and this Regia knows up to ${SCHEMA_VERSION}: start the version that wrote it`,
		);
	}
	db.exec(`BEGIN IMMEDIATE; ${version === 0 ? record : ''} ${visitLog} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
}

export function chainHead(db: DatabaseSync): ChainHead {
	const row = db.prepare('SELECT seq, seen, hash FROM journal ORDER BY seq DESC LIMIT 1').get();
	if (!row) return { seq: 0, seen: Number.POSITIVE_INFINITY, hash: CHAIN_START };
	return { seq: Number(row.seq), seen: Number(row.seen), hash: row.hash as Uint8Array };
}
