// How a SQLite file is opened so that a commit reaches the disk, and what its errors mean. Knows no table but what it is told.
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { JournalError } from './journal.ts';

const SYNCHRONOUS_FULL = 2;
const SQLITE_FULL = 13;
const SQLITE_IOERR = 10;

/** A connection that writes: WAL, a sync on every commit, and asserted to be so. `maxPages` is a quota on the main file. */
export function openSqliteDatabase(file: string, maxPages?: number): DatabaseSync {
	const db = new DatabaseSync(file, { timeout: 5000 });
	try {
		db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 1000');
		if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${maxPages}`);
		assertDurable(db);
		return db;
	} catch (error) {
		db.close();
		throw error;
	}
}

/** Throws where a commit on this connection could be acknowledged before it is on the disk. */
export function assertDurable(db: DatabaseSync): void {
	const mode = db.prepare('PRAGMA journal_mode').get()?.journal_mode;
	const synchronous = db.prepare('PRAGMA synchronous').get()?.synchronous;
	if (mode === 'wal' && synchronous === SYNCHRONOUS_FULL) return;
	throw new JournalError(
		'failing',
		`the record would not be durable: journal_mode is ${mode}, synchronous is ${synchronous}, and wal and ${SYNCHRONOUS_FULL} are needed; keep the data folder on a local disk`,
	);
}

/** What went wrong, in the contract's words. A failed write is `full` where the disk has no block left. */
export function journalErrorOf(error: unknown, file: string): JournalError {
	if (error instanceof JournalError) return error;
	const code = 'errcode' in Object(error) ? Number((error as { errcode: number }).errcode) & 0xff : 0;
	const noSpace = (error as NodeJS.ErrnoException | null)?.code === 'ENOSPC';
	if (code === SQLITE_FULL || noSpace || (code === SQLITE_IOERR && hasNoRoom(file))) {
		return new JournalError('full', `no room left for ${file}: free space on that disk, or raise its quota`);
	}
	const cause = error instanceof Error ? error.message : String(error);
	return new JournalError('failing', `${file} can't be written (${cause}): check the disk and the folder's permissions`);
}

function hasNoRoom(file: string): boolean {
	try {
		const disk = statfsSync(dirname(file));
		// A WAL index grows by 32 KiB at a time.
		return disk.bavail * disk.bsize < 32_768;
	} catch {
		return false;
	}
}
