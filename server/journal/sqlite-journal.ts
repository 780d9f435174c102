// The embedded journal: a SQLite file in the data folder, one writer thread, readers of their own. Joins its parts; knows no rule of the domain.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Entry, Position } from '../../shared/entry.ts';
import { shortHash } from './chain.ts';
import { checkAppend } from './check-append.ts';
import { decodeEntry, encodeEntry } from './entry-codec.ts';
import { headFile } from './head-file.ts';
import { type Journal, JournalError } from './journal.ts';
import { chainHead, prepareJournalSchema } from './journal-schema.ts';
import { lockJournal } from './lock-journal.ts';
import { journalErrorOf, openSqliteDatabase } from './sqlite-database.ts';
import { sqliteReader } from './sqlite-reader.ts';
import { writerClient } from './writer-client.ts';

/** `maxPages`: a quota on journal.db, in pages of 4 KiB. */
export type SqliteJournalOptions = { readonly maxPages?: number };

/** Opens `folder`/journal.db and makes what is missing. Rejects with JournalError where it is in use, unreadable or the disk is full. */
export async function openSqliteJournal(folder: string, { maxPages }: SqliteJournalOptions = {}): Promise<Journal> {
	const file = join(resolve(folder), 'journal.db');
	const sidecar = headFile(folder);
	const undo: (() => unknown)[] = [];
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		undo.push(lockJournal(folder));
		let head: Position = { epoch: '', seq: 0, hash: '' };
		const writer = writerClient({ file, maxPages }, (seq, hash) => {
			head = { epoch: head.epoch, seq, hash };
			sidecar.note(head);
		});
		undo.push(writer.abandon);
		const prepared = prepare(file, maxPages, sidecar.read());
		head = prepared.head;
		undo.push(prepared.reader.close);
		await writer.open();
		sidecar.writeNow(head);
		const [unlock] = undo;
		return sqliteJournal({ head: () => head, reader: prepared.reader, writer, sidecar, unlock: () => unlock?.() });
	} catch (error) {
		for (const step of undo.reverse()) await step();
		throw journalErrorOf(error, file);
	}
}

/** Lays the tables and settles the epoch, while the writer's thread boots. */
function prepare(file: string, maxPages: number | undefined, remembered: Position | null) {
	const db = openSqliteDatabase(file, maxPages);
	try {
		prepareJournalSchema(db);
		const { seq, hash } = chainHead(db);
		const hashAt = (at: number): string => {
			const row = db.prepare('SELECT hash FROM journal WHERE seq = ?').get(at);
			return row ? shortHash(row.hash as Uint8Array) : '';
		};
		const known = db.prepare("SELECT value FROM meta WHERE key = 'epoch'").get()?.value;
		const isSame = remembered === null || (remembered.epoch === known && remembered.hash === hashAt(remembered.seq));
		const epoch = typeof known === 'string' && isSame ? known : randomBytes(6).toString('hex');
		if (epoch !== known) db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('epoch', ?)").run(epoch);
		return { reader: sqliteReader(file), head: { epoch, seq, hash: shortHash(hash) } };
	} finally {
		db.close();
	}
}

type Parts = {
	readonly head: () => Position;
	readonly reader: ReturnType<typeof sqliteReader>;
	readonly writer: ReturnType<typeof writerClient>;
	readonly sidecar: ReturnType<typeof headFile>;
	readonly unlock: () => void;
};

function sqliteJournal({ head, reader, writer, sidecar, unlock }: Parts): Journal {
	let closing: Promise<void> | null = null;

	function demandOpen(): void {
		if (closing) throw new JournalError('closed', 'the journal is closed');
	}

	async function finish(): Promise<void> {
		// The writer goes last: the last connection that may write folds the WAL into journal.db.
		reader.close();
		await writer.close();
		sidecar.note(head());
		await sidecar.close();
		unlock();
	}

	return {
		head,
		async append(draft, seen, key, beside) {
			demandOpen();
			checkAppend(seen, key);
			const { seq, hash, before } = await writer.append([seen, draft.kind, encodeEntry(draft), key ?? null, beside]);
			const entry: Entry = before ? decodeEntry(before.seq, before.seen, before.kind, before.payload) : { v: 1, seq, seen, ...draft };
			return { entry, position: { epoch: head().epoch, seq, hash }, repeated: before !== null };
		},
		async visits() {
			demandOpen();
			return reader.visits();
		},
		async answerTo(message) {
			demandOpen();
			return reader.answerTo(message);
		},
		async forget(visitsBefore, messagesBefore) {
			demandOpen();
			return writer.forget(visitsBefore, messagesBefore);
		},
		async isKept(key) {
			demandOpen();
			return reader.isKept(key);
		},
		async *read(after, until) {
			demandOpen();
			yield* reader.read(after, until ?? head().seq);
		},
		async *readKinds(after, until, kinds) {
			demandOpen();
			yield* reader.readKinds(after, Math.min(until, head().seq), kinds);
		},
		async linkAt(seq) {
			demandOpen();
			return reader.linkAt(seq);
		},
		async hashAt(seq) {
			demandOpen();
			return reader.hashAt(seq);
		},
		async seqAt(instant) {
			demandOpen();
			return reader.seqAt(instant, head().seq);
		},
		async saveCheckpoint({ seq, version, state }) {
			demandOpen();
			await writer.checkpoint(seq, version, JSON.stringify(state));
		},
		async checkpointBefore(seq, version) {
			demandOpen();
			return reader.checkpointBefore(seq, version);
		},
		async verify() {
			demandOpen();
			return reader.verify(head().seq);
		},
		close() {
			closing ??= finish();
			return closing;
		},
	};
}
