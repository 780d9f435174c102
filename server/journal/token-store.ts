// Tokens at rest: a small SQLite file of its own in the data folder, read anew at every check. Keeps hashes of secrets, never a secret.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenGrant, TokenRow, TokenStore } from '../domain/token.ts';
import { digestOf } from './chain.ts';
import { openSqliteDatabase } from './sqlite-database.ts';

const ID_BYTES = 5;
const SECRET_BYTES = 32;
const NOTE_USE_EVERY_MS = 60_000;
const secretPattern = /^regia_([0-9a-f]{10})_[A-Za-z0-9_-]{43}$/;
/** Compared with where the id is unknown, so that both answers take as long. */
const NO_HASH = digestOf('');

type Row = {
	readonly id: string;
	readonly hash: Uint8Array;
	readonly grant_json: string;
	readonly made_at: number;
	readonly revoked_at: number | null;
	readonly last_used_at: number | null;
};

const schema = `CREATE TABLE IF NOT EXISTS token (id TEXT PRIMARY KEY, hash BLOB NOT NULL, grant_json TEXT NOT NULL,
	made_at INTEGER NOT NULL, revoked_at INTEGER, last_used_at INTEGER)`;

/** Throws JournalError where `folder`/tokens.db can't be opened. `clock` in ms UTC. */
export function openTokenStore(folder: string, clock: () => number = Date.now): TokenStore {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const db = openSqliteDatabase(join(folder, 'tokens.db'));
	db.exec(schema);
	const insert = db.prepare('INSERT INTO token (id, hash, grant_json, made_at) VALUES (?, ?, ?, ?)');
	const byId = db.prepare('SELECT * FROM token WHERE id = ?');
	const all = db.prepare('SELECT * FROM token ORDER BY made_at, id');
	const end = db.prepare('UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
	const use = db.prepare('UPDATE token SET last_used_at = ? WHERE id = ?');

	function noteUse({ id, last_used_at }: Row): void {
		const now = clock();
		if (last_used_at !== null && now - last_used_at < NOTE_USE_EVERY_MS) return;
		try {
			use.run(now, id);
		} catch {
			// A full disk must not lock anybody out; the next check tries again.
		}
	}

	return {
		make(grant, now) {
			const id = randomBytes(ID_BYTES).toString('hex');
			const secret = `regia_${id}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
			insert.run(id, digestOf(secret), JSON.stringify(grant), now);
			return { id, secret };
		},
		check(secret) {
			const id = secretPattern.exec(secret)?.[1];
			if (id === undefined) return null;
			const row = byId.get(id) as Row | undefined;
			const isRight = timingSafeEqual(digestOf(secret), row?.hash ?? NO_HASH);
			if (!row || !isRight || row.revoked_at !== null) return null;
			noteUse(row);
			return { id, grant: JSON.parse(row.grant_json) as TokenGrant };
		},
		list() {
			return (all.all() as Row[]).map(
				(row): TokenRow => ({
					id: row.id,
					grant: JSON.parse(row.grant_json) as TokenGrant,
					madeAt: row.made_at,
					revokedAt: row.revoked_at,
					lastUsedAt: row.last_used_at,
				}),
			);
		},
		revoke(id, now) {
			return end.run(now, id).changes === 1;
		},
		close() {
			db.close();
		},
	};
}
