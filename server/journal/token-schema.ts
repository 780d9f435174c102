// The tables of tokens.db, and how an older file is brought to them. Knows no secret and no rule of who may do what.
import type { DatabaseSync } from 'node:sqlite';

const VERSION = 2;

const tables = `CREATE TABLE IF NOT EXISTS token (id TEXT PRIMARY KEY, hash BLOB NOT NULL, grant_json TEXT NOT NULL,
		made_at INTEGER NOT NULL, revoked_at INTEGER, last_used_at INTEGER);
	CREATE TABLE IF NOT EXISTS link (hash BLOB PRIMARY KEY, grant_json TEXT NOT NULL, valid_until INTEGER NOT NULL, expires_at INTEGER, used_at INTEGER,
		by TEXT NOT NULL);
	CREATE TABLE IF NOT EXISTS change (n INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, change_json TEXT NOT NULL)`;

const added = ['expires_at INTEGER', 'former_hash BLOB', 'former_until INTEGER'];

const versionOf = (db: DatabaseSync): number => Number(db.prepare('PRAGMA user_version').get()?.user_version);

/** Two processes may open the same old file at once: the second finds the work done. */
export function prepareTokenSchema(db: DatabaseSync): void {
	if (versionOf(db) === VERSION) return;
	db.exec('BEGIN IMMEDIATE');
	try {
		db.exec(tables);
		const columns = new Set((db.prepare('PRAGMA table_info(token)').all() as { name: string }[]).map(({ name }) => name));
		for (const column of added) if (!columns.has(column.split(' ')[0] ?? '')) db.exec(`ALTER TABLE token ADD COLUMN ${column}`);
		db.exec(`PRAGMA user_version = ${VERSION}`);
		db.exec('COMMIT');
	} catch (error) {
		db.exec('ROLLBACK');
		throw error;
	}
}
