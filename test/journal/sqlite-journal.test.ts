// The SQLite journal: the contract, and what is its own: durable settings, one process a folder, epochs, versions, the shape of the file.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeEntry } from '../../server/journal/entry-codec.ts';
import { openMemoryJournal } from '../../server/journal/memory-journal.ts';
import { assertDurable } from '../../server/journal/sqlite-database.ts';
import { openSqliteJournal } from '../../server/journal/sqlite-journal.ts';
import { entriesOf, journalContract } from '../contracts/journal-contract.ts';
import { noteDraft, samplesDraft } from './draft-shapes.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'regia-journal-'));

journalContract('sqlite', async () => {
	const folder = newFolder();
	const opened = [await openSqliteJournal(folder)] as const;
	const [journal] = opened;
	let last = journal;
	const outside = new DatabaseSync(join(folder, 'journal.db'));
	return {
		journal,
		durableSeq: () => Number(outside.prepare('SELECT max(seq) AS seq FROM journal').get()?.seq),
		tamper: (seq) => {
			outside.prepare("UPDATE journal SET payload = replace(payload, 'note', 'nota') WHERE seq = ?").run(seq);
		},
		reopen: async () => {
			await last.close();
			last = await openSqliteJournal(folder);
			return last;
		},
		dispose: async () => {
			await last.close();
			outside.close();
			rmSync(folder, { recursive: true });
		},
	};
});

describe('the SQLite journal', () => {
	let folder: string;
	const files = ['journal.db', 'journal.head'] as const;
	beforeEach(() => {
		folder = newFolder();
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	/** Opens, appends notes and closes; returns where it ended. */
	async function run(...notes: string[]) {
		const journal = await openSqliteJournal(folder);
		const start = journal.head();
		for (const note of notes) await journal.append(noteDraft(note), 1);
		await journal.close();
		return { start, end: journal.head() };
	}
	const copyOut = (name: (typeof files)[number]) => copyFileSync(join(folder, name), join(folder, `${name}.kept`));
	const copyBack = (name: (typeof files)[number]) => copyFileSync(join(folder, `${name}.kept`), join(folder, name));

	test('refuses a connection on which a commit is not synced', () => {
		const db = new DatabaseSync(join(folder, 'x.db'));
		expect(() => assertDurable(db)).toThrow(/journal_mode is delete/);
		db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
		expect(() => assertDurable(db)).toThrow(/synchronous is 1/);
		db.exec('PRAGMA synchronous = FULL');
		expect(() => assertDurable(db)).not.toThrow();
		db.close();
	});

	test('refuses a folder that another holds, and says what to do', async () => {
		const journal = await openSqliteJournal(folder);
		await expect(openSqliteJournal(folder)).rejects.toThrow(/in use by another Regia: stop that one/);
		await journal.append(noteDraft('unharmed'), 1);
		await journal.close();
		expect((await run()).start.seq).toBe(1);
	});

	test('keeps its epoch over restarts, and notes where it ended', async () => {
		const first = await run('a', 'b');
		expect(JSON.parse(readFileSync(join(folder, 'journal.head'), 'utf8'))).toEqual(first.end);
		expect((await run('c')).start).toEqual(first.end);
	});

	test.each(['missing', 'cut short', 'of another shape'])('keeps its epoch when the note of its end is %s', async (how) => {
		const { end } = await run('a');
		const note = join(folder, 'journal.head');
		if (how === 'missing') rmSync(note);
		else writeFileSync(note, how === 'cut short' ? '{"epo' : '[1]');
		expect((await run()).start).toEqual(end);
	});

	test('takes a new epoch when the log was lost', async () => {
		const { end } = await run('a', 'b');
		rmSync(join(folder, 'journal.db'));
		const { start } = await run();
		expect(start.seq).toBe(0);
		expect(start.epoch).not.toBe(end.epoch);
	});

	test('takes a new epoch once when an older copy was put in its place', async () => {
		const { end } = await run('a', 'b');
		copyOut('journal.db');
		await run('c');
		copyBack('journal.db');
		const { start } = await run();
		expect(start).toEqual({ epoch: expect.any(String), seq: 2, hash: end.hash });
		expect(start.epoch).not.toBe(end.epoch);
		expect((await run()).start.epoch).toBe(start.epoch);
	});

	test('takes a new epoch when the record before it went another way', async () => {
		await run('a');
		copyOut('journal.db');
		const { end } = await run('b');
		copyOut('journal.head');
		copyBack('journal.db');
		rmSync(join(folder, 'journal.head'));
		const other = await run('another b', 'c');
		expect(other.end.epoch).toBe(end.epoch);
		copyBack('journal.head');
		expect((await run()).start.epoch).not.toBe(end.epoch);
	});

	test('refuses a file of a newer layout, and one that is no record', async () => {
		const db = new DatabaseSync(join(folder, 'journal.db'));
		db.exec('PRAGMA user_version = 9');
		db.close();
		await expect(openSqliteJournal(folder)).rejects.toThrow(/layout 9/);
		writeFileSync(join(folder, 'journal.db'), 'no record at all'.repeat(400));
		await expect(openSqliteJournal(folder)).rejects.toMatchObject({ name: 'JournalError', code: 'failing' });
	});

	test('verifies although payloads were trimmed, and passes over them', async () => {
		await run('a', 'b', 'c');
		const db = new DatabaseSync(join(folder, 'journal.db'));
		db.exec('UPDATE journal SET payload = NULL WHERE seq = 2');
		db.close();
		const journal = await openSqliteJournal(folder);
		expect(await journal.verify()).toBeNull();
		expect((await entriesOf(journal)).map(({ seq }) => seq)).toEqual([1, 3]);
		await journal.close();
	});

	test.each([
		['a changed instant', 'UPDATE journal SET seen = 9 WHERE seq = 2', 2],
		['a changed digest', "UPDATE journal SET digest = x'00' WHERE seq = 2", 2],
		['a missing entry', 'DELETE FROM journal WHERE seq = 2', 2],
		['a missing end', 'DELETE FROM journal WHERE seq > 1', 2],
	])('names %s', async (_, sql, seq) => {
		const journal = await openSqliteJournal(folder);
		for (const note of ['a', 'b', 'c']) await journal.append(noteDraft(note), 1);
		const db = new DatabaseSync(join(folder, 'journal.db'));
		db.exec(sql);
		db.close();
		expect(await journal.verify()).toBe(seq);
		await journal.close();
	});

	test('chains as the journal in memory does, and keeps a hundred samples in less than a third of their JSON', async () => {
		const memory = openMemoryJournal();
		const journal = await openSqliteJournal(folder);
		for (let n = 0; n < 5; n += 1) {
			const { position } = await journal.append(samplesDraft(100, n), n);
			expect(position.hash).toBe((await memory.append(samplesDraft(100, n), n)).position.hash);
		}
		await journal.close();
		const db = new DatabaseSync(join(folder, 'journal.db'));
		const bytes = Number(db.prepare('SELECT avg(length(payload)) AS bytes FROM journal').get()?.bytes);
		db.close();
		expect(bytes).toBeLessThan(JSON.stringify(samplesDraft(100)).length / 3);
	});
});

describe('an entry of another version', () => {
	const old = JSON.stringify([0, { whatWasIt: 'started' }]);
	test('is brought up to date while it is read', () => {
		const entry = decodeEntry(7, 8, 'auto', old, { 0: (_, [, rest]) => [1, { what: (rest as { whatWasIt: string }).whatWasIt }] });
		expect(entry).toEqual({ v: 1, seq: 7, seen: 8, kind: 'auto', what: 'started' });
	});
	test('is refused with the remedy where no step leads from it', () => {
		expect(() => decodeEntry(7, 8, 'auto', '[2,{}]')).toThrow(/entry 7 is of version 2.*start the version that wrote it/);
	});
});
