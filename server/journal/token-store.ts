// Tokens at rest: a small SQLite file of its own in the data folder. Keeps hashes of secrets, never a secret.
// What it answers from memory is dropped as soon as any other process has written to the file.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Origin, stateOf, type TokenChange, type TokenGrant, type TokenRow, type TokenStore } from '../domain/token.ts';
import { digestOf } from './chain.ts';
import { openSqliteDatabase } from './sqlite-database.ts';
import { prepareTokenSchema } from './token-schema.ts';

const ID_BYTES = 5;
const SECRET_BYTES = 32;
const NOTE_USE_EVERY_MS = 60_000;
const secretPattern = /^regia_([0-9a-f]{10})_[A-Za-z0-9_-]{43}$/;
const codePattern = /^link_[A-Za-z0-9_-]{43}$/;
/** Compared with where the id is unknown, so that both answers take as long. */
const NO_HASH = digestOf('');

type Row = {
	readonly id: string;
	readonly hash: Uint8Array;
	readonly grant_json: string;
	readonly made_at: number;
	readonly revoked_at: number | null;
	last_used_at: number | null;
	readonly expires_at: number | null;
	readonly former_hash: Uint8Array | null;
	readonly former_until: number | null;
};
type Known = { readonly row: Row; readonly token: TokenRow };
type LinkRow = { readonly grant_json: string; readonly expires_at: number | null; readonly by: string };

const secretOf = (id: string): string => `regia_${id}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
const subjectOf = ({ kind, name }: TokenGrant): string => `${kind}/${name}`;
const tokenOf = (row: Row): TokenRow => ({
	id: row.id,
	grant: JSON.parse(row.grant_json) as TokenGrant,
	madeAt: row.made_at,
	expiresAt: row.expires_at,
	revokedAt: row.revoked_at,
	lastUsedAt: row.last_used_at,
	formerUntil: row.former_until,
});

/** Throws JournalError where `folder`/tokens.db can't be opened. `clock` in ms UTC. */
export function openTokenStore(folder: string, clock: () => number = Date.now): TokenStore {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const db = openSqliteDatabase(join(folder, 'tokens.db'));
	prepareTokenSchema(db);
	const insert = db.prepare('INSERT INTO token (id, hash, grant_json, made_at, expires_at) VALUES (?, ?, ?, ?, ?)');
	const byId = db.prepare('SELECT * FROM token WHERE id = ?');
	const all = db.prepare('SELECT * FROM token ORDER BY made_at, id');
	const end = db.prepare('UPDATE token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
	const turn = db.prepare(
		'UPDATE token SET former_hash = hash, former_until = ?, hash = ? WHERE id = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)',
	);
	const use = db.prepare('UPDATE token SET last_used_at = ? WHERE id = ?');
	const addLink = db.prepare('INSERT INTO link (hash, grant_json, valid_until, expires_at, by) VALUES (?, ?, ?, ?, ?)');
	const useLink = db.prepare(
		'UPDATE link SET used_at = ? WHERE hash = ? AND used_at IS NULL AND valid_until > ? RETURNING grant_json, expires_at, by',
	);
	const addChange = db.prepare('INSERT INTO change (key, change_json) VALUES (?, ?)');
	const changes = db.prepare('SELECT change_json FROM change ORDER BY n');
	const dropChange = db.prepare('DELETE FROM change WHERE key = ?');
	const versionOf = db.prepare('PRAGMA data_version');

	const known = new Map<string, Known>();
	let waiting: readonly TokenChange[] | null = null;
	let version = -1;

	/** SQLite changes data_version when another connection has committed; what this one does, it drops itself. */
	function dropWhatOthersChanged(): void {
		const now = Number(versionOf.get()?.data_version);
		if (now === version) return;
		version = now;
		forget();
	}

	function forget(): void {
		known.clear();
		waiting = null;
	}

	function atOnce<T>(work: () => T): T {
		db.exec('BEGIN IMMEDIATE');
		try {
			const done = work();
			db.exec('COMMIT');
			return done;
		} catch (error) {
			db.exec('ROLLBACK');
			throw error;
		} finally {
			forget();
		}
	}

	function note(origin: Origin | undefined, act: TokenChange['act'], at: number, grant: TokenGrant, detail: TokenChange['detail']): void {
		if (!origin) return;
		const key = `token-change:${randomBytes(12).toString('hex')}`;
		addChange.run(key, JSON.stringify({ ...origin, key, act, at, subject: subjectOf(grant), detail } satisfies TokenChange));
	}

	function find(id: string): Known | undefined {
		const before = known.get(id);
		if (before) return before;
		const row = byId.get(id) as Row | undefined;
		if (!row) return undefined;
		const found = { row, token: tokenOf(row) };
		known.set(id, found);
		return found;
	}

	function noteUse({ row }: Known, now: number): void {
		if (row.last_used_at !== null && now - row.last_used_at < NOTE_USE_EVERY_MS) return;
		try {
			use.run(now, row.id);
			row.last_used_at = now;
		} catch {
			// A full disk must not lock anybody out; the next check tries again.
		}
	}

	function add(grant: TokenGrant, now: number, expiresAt: number | null, origin: Origin | undefined): { id: string; secret: string } {
		const id = randomBytes(ID_BYTES).toString('hex');
		const secret = secretOf(id);
		insert.run(id, digestOf(secret), JSON.stringify(grant), now, expiresAt);
		note(origin, 'token-made', now, grant, { token: id, ...(expiresAt === null ? {} : { expiresAt: new Date(expiresAt).toISOString() }) });
		return { id, secret };
	}

	return {
		make: (grant, now, { expiresAt = null, origin } = {}) => atOnce(() => add(grant, now, expiresAt, origin)),
		check(secret) {
			const id = secretPattern.exec(secret)?.[1];
			if (id === undefined) return null;
			dropWhatOthersChanged();
			const found = find(id);
			const now = clock();
			const digest = digestOf(secret);
			const isNow = timingSafeEqual(digest, found?.row.hash ?? NO_HASH);
			const wasRight = timingSafeEqual(digest, found?.row.former_hash ?? NO_HASH);
			const isFormer = wasRight && (found?.row.former_until ?? 0) > now;
			if (!found || !(isNow || isFormer) || stateOf(found.token, now) !== 'valid') return null;
			noteUse(found, now);
			return { id, grant: found.token.grant };
		},
		list: () => (all.all() as Row[]).map(tokenOf),
		rotate: (id, now, formerUntil, origin) =>
			atOnce(() => {
				const secret = secretOf(id);
				if (turn.run(formerUntil, digestOf(secret), id, now).changes !== 1) return null;
				note(origin, 'token-rotated', now, grantOf(id), { token: id, overlapMs: formerUntil - now });
				return { secret };
			}),
		revoke: (id, now, origin) =>
			atOnce(() => {
				if (end.run(now, id).changes !== 1) return false;
				note(origin, 'token-revoked', now, grantOf(id), { token: id });
				return true;
			}),
		link: (grant, now, { validUntil, expiresAt }, origin) =>
			atOnce(() => {
				const code = `link_${randomBytes(SECRET_BYTES).toString('base64url')}`;
				addLink.run(digestOf(code), JSON.stringify(grant), validUntil, expiresAt, origin?.by ?? 'regia');
				note(origin, 'link-made', now, grant, { validUntil: new Date(validUntil).toISOString() });
				return { code };
			}),
		exchange(code, now, from) {
			if (!codePattern.test(code)) return null;
			return atOnce(() => {
				const row = useLink.get(now, digestOf(code), now) as LinkRow | undefined;
				if (!row) return null;
				const grant = JSON.parse(row.grant_json) as TokenGrant;
				return { ...add(grant, now, row.expires_at, { by: row.by, from, why: 'link' }), grant };
			});
		},
		untold() {
			dropWhatOthersChanged();
			waiting ??= (changes.all() as { change_json: string }[]).map((row) => JSON.parse(row.change_json) as TokenChange);
			return waiting;
		},
		told(key) {
			dropChange.run(key);
			waiting = null;
		},
		close: () => db.close(),
	};

	function grantOf(id: string): TokenGrant {
		return JSON.parse((byId.get(id) as Row).grant_json) as TokenGrant;
	}
}
