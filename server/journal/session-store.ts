// Sessions at rest, in people.db of the data folder. Keeps hashes of ids, never an id; what it keeps for the provider is sealed.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionRow, SessionStore, Way } from '../domain/people.ts';
import { openSqliteDatabase } from './sqlite-database.ts';

type Row = {
	readonly family: string;
	readonly hash: Uint8Array;
	readonly previous_hash: Uint8Array | null;
	readonly previous_until: number | null;
	readonly rest_json: string;
	readonly seen_at: number;
};
type Rest = Omit<SessionRow, 'family' | 'hash' | 'previousHash' | 'previousUntil' | 'seenAt'>;

const schema = `CREATE TABLE IF NOT EXISTS session (family TEXT PRIMARY KEY, hash BLOB NOT NULL UNIQUE, previous_hash BLOB,
	previous_until INTEGER, rest_json TEXT NOT NULL, seen_at INTEGER NOT NULL);
	CREATE INDEX IF NOT EXISTS session_previous ON session (previous_hash)`;

/** Throws JournalError where `folder`/people.db can't be opened. */
export function openSessionStore(folder: string): SessionStore {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const db = openSqliteDatabase(join(folder, 'people.db'));
	db.exec(schema);
	const insert = db.prepare('INSERT INTO session (family, hash, previous_hash, previous_until, rest_json, seen_at) VALUES (?, ?, ?, ?, ?, ?)');
	const byHash = db.prepare('SELECT * FROM session WHERE hash = ? OR previous_hash = ?');
	const byFamily = db.prepare('SELECT * FROM session WHERE family = ?');
	const all = db.prepare('SELECT * FROM session ORDER BY family');
	const update = db.prepare('UPDATE session SET hash = ?, previous_hash = ?, previous_until = ?, rest_json = ?, seen_at = ? WHERE family = ?');
	const remove = db.prepare('DELETE FROM session WHERE family = ?');
	const found = (row: unknown): SessionRow | null => (row === undefined ? null : rowOf(row as Row));

	return {
		insert: (row) => void insert.run(row.family, row.hash, row.previousHash, row.previousUntil, restOf(row), row.seenAt),
		byHash: (hash) => found(byHash.get(hash, hash)),
		byFamily: (family) => found(byFamily.get(family)),
		update: (row) => void update.run(row.hash, row.previousHash, row.previousUntil, restOf(row), row.seenAt, row.family),
		remove: (family) => remove.run(family).changes === 1,
		all: () => (all.all() as Row[]).map(rowOf),
		close: () => db.close(),
	};
}

const restOf = ({ way, subject, name, groups, startedAt, turnedAt, sealed }: SessionRow): string =>
	JSON.stringify({ way, subject, name, groups, startedAt, turnedAt, sealed } satisfies Rest);

function rowOf({ family, hash, previous_hash, previous_until, rest_json, seen_at }: Row): SessionRow {
	const rest = JSON.parse(rest_json) as Rest & { way: Way };
	return { family, hash, previousHash: previous_hash, previousUntil: previous_until, seenAt: seen_at, ...rest };
}
