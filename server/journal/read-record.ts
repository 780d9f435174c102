// A record read as it lies in a data folder, also while a server writes it, or a copy of one. Writes nothing and believes no checkpoint.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Journal } from './journal.ts';
import { sqliteReader } from './sqlite-reader.ts';

export type ReadRecord = Pick<Journal, 'hashAt' | 'read' | 'readKinds'> & {
	/** The seq of its last entry. */
	readonly last: number;
	/** The first entry up to `seq` that does not fit its chain; null where all do. */
	brokenUpTo(seq: number): Promise<number | null>;
	close(): void;
};

/** Null where the folder holds no record. */
export function openReadRecord(folder: string): ReadRecord | null {
	const file = join(folder, 'journal.db');
	if (!existsSync(file)) return null;
	const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
	const last = Number(db.prepare('SELECT max(seq) AS seq FROM journal').get()?.seq ?? 0);
	db.close();
	const reader = sqliteReader(file);
	return {
		last,
		hashAt: async (seq) => reader.hashAt(seq),
		read: (after, until = last) => reader.read(after, until),
		readKinds: (after, until, kinds) => reader.readKinds(after, until, kinds),
		brokenUpTo: (seq) => reader.verify(seq),
		close: () => reader.close(),
	};
}
