// Local accounts at rest, in people.db of the data folder, with whether this Regia was ever claimed. Read anew at every look, so that
// what a command does in another process counts at once. Knows no password: it is handed hashes.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Account, AccountStore, Pending } from '../domain/people.ts';
import type { Duty } from '../domain/token.ts';
import { openSqliteDatabase } from './sqlite-database.ts';

type Row = {
	readonly name: string;
	readonly duties_json: string;
	readonly password_hash: string;
	readonly totp_secret: string;
	readonly last_step: number;
	readonly made_at: number;
};

const schema = `CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, duties_json TEXT NOT NULL, password_hash TEXT NOT NULL,
	totp_secret TEXT NOT NULL, last_step INTEGER NOT NULL, made_at INTEGER NOT NULL);
	CREATE TABLE IF NOT EXISTS claimed (only INTEGER PRIMARY KEY CHECK (only = 1));
	CREATE TABLE IF NOT EXISTS pending (id INTEGER PRIMARY KEY, act TEXT NOT NULL, subject TEXT NOT NULL, at INTEGER NOT NULL)`;

/** Throws JournalError where `folder`/people.db can't be opened. */
export function openAccountStore(folder: string): AccountStore {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const db = openSqliteDatabase(join(folder, 'people.db'));
	db.exec(schema);
	const insert = db.prepare('INSERT INTO account (name, duties_json, password_hash, totp_secret, last_step, made_at) VALUES (?, ?, ?, ?, ?, ?)');
	const byName = db.prepare('SELECT * FROM account WHERE name = ?');
	const all = db.prepare('SELECT * FROM account ORDER BY name');
	const step = db.prepare('UPDATE account SET last_step = ? WHERE name = ? AND last_step < ?');
	const remove = db.prepare('DELETE FROM account WHERE name = ?');
	const claimed = db.prepare('SELECT 1 FROM claimed');
	const claim = db.prepare('INSERT OR IGNORE INTO claimed (only) VALUES (1)');
	const pend = db.prepare('INSERT INTO pending (act, subject, at) VALUES (?, ?, ?)');
	const take = db.prepare('DELETE FROM pending RETURNING act, subject, at');
	const pending = (act: Pending['act'], name: string, at: number): void => void pend.run(act, `account/${name}`, at);

	return {
		make({ name, duties, passwordHash, totpSecret, lastStep, madeAt }) {
			insert.run(name, JSON.stringify(duties), passwordHash, totpSecret, lastStep, madeAt);
			claim.run();
			pending('account-made', name, madeAt);
		},
		get(name) {
			const row = byName.get(name);
			return row === undefined ? null : accountOf(row as Row);
		},
		list: () => (all.all() as Row[]).map(accountOf),
		takeStep: (name, now) => step.run(now, name, now).changes === 1,
		remove(name, now) {
			const isGone = remove.run(name).changes === 1;
			if (isGone) pending('account-changed', name, now);
			return isGone;
		},
		isClaimed: () => claimed.get() !== undefined,
		claim: () => void claim.run(),
		takePending: () => take.all() as Pending[],
		close: () => db.close(),
	};
}

const accountOf = ({ name, duties_json, password_hash, totp_secret, last_step, made_at }: Row): Account => ({
	name,
	duties: JSON.parse(duties_json) as readonly Duty[],
	passwordHash: password_hash,
	totpSecret: totp_secret,
	lastStep: last_step,
	madeAt: made_at,
});
