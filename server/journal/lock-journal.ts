// One process a journal: an exclusive lock that the system drops when its holder dies, so that it can't go stale. Knows no record.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { JournalError } from './journal.ts';

const SQLITE_BUSY = 5;

/** Holds `folder` until the returned function is called. Throws where another holds it. */
export function lockJournal(folder: string): () => void {
	const db = new DatabaseSync(join(folder, 'journal.lock'), { timeout: 0 });
	try {
		db.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		db.close();
		if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
		throw new JournalError(
			'failing',
			`the journal in ${folder} is in use by another Regia: stop that one, or give this one a data folder of its own`,
		);
	}
	return () => db.close();
}
