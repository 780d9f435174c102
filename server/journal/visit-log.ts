// The visits and messages that stand beside the chain: kept in the transaction of their entry, deleted without a trace in the file.
// Knows rows, and nothing of what a visit is.
import type { DatabaseSync } from 'node:sqlite';
import type { Beside } from './journal.ts';

/** On a connection that writes; `keep` and `forget` belong inside a transaction, `clearTraces` after it. */
export function visitLog(db: DatabaseSync) {
	db.exec('PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY');
	const put = db.prepare(
		'INSERT INTO visit (visit, state, forget_after) VALUES (?, ?, ?) ON CONFLICT (visit) DO UPDATE SET state = excluded.state, forget_after = excluded.forget_after',
	);
	const drop = db.prepare('DELETE FROM visit WHERE visit = ?');
	const hear = db.prepare('INSERT OR REPLACE INTO heard (message, answer, at) VALUES (?, ?, ?)');
	const dropOver = db.prepare('DELETE FROM visit WHERE forget_after < ?');
	const dropHeard = db.prepare('DELETE FROM heard WHERE at < ?');
	const truncate = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
	/** Visits were deleted since the traces were last cleared; what an earlier run deleted is not known. */
	let hasTraces = db.prepare('SELECT 1 FROM visit UNION ALL SELECT 1 FROM heard LIMIT 1').get() !== undefined;

	return {
		keep({ visits, gone = [], heard = [] }: Beside): void {
			for (const { visit, state, forgetAfter } of visits) put.run(visit, state, forgetAfter);
			for (const one of gone) drop.run(one);
			for (const { message, answer, at } of heard) hear.run(message, answer, at);
			if (gone.length > 0) hasTraces = true;
		},
		/** How many visits went. */
		forget(visitsBefore: number, messagesBefore: number): number {
			const count = Number(dropOver.run(visitsBefore).changes);
			dropHeard.run(messagesBefore);
			if (count > 0) hasTraces = true;
			// SQLite clears what is deleted, but not what it left behind when it moved rows from page to page: laid anew, nothing is left.
			if (hasTraces) {
				db.exec(`CREATE TEMP TABLE kept AS SELECT * FROM visit; DELETE FROM visit;
					INSERT INTO visit SELECT * FROM kept ORDER BY visit; DROP TABLE kept`);
			}
			return count;
		},
		/** The old pages stand in the WAL until it is cut. Where a reader holds it, the next time does it. */
		clearTraces(): void {
			if (hasTraces && truncate.get()?.busy === 0) hasTraces = false;
		},
	};
}
