// The SQLite journal: the contract, and what is its own: durable settings, one process a folder, epochs, versions, the shape of the file.
import { hash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeEntry } from '../../server/journal/entry-codec.ts';
import type { Journal } from '../../server/journal/journal.ts';
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

	test('opens a record of the layout before visits, and keeps them in it from then on', async () => {
		const { end } = await run('a', 'b');
		const old = new DatabaseSync(join(folder, 'journal.db'));
		old.exec('DROP TABLE visit; DROP TABLE heard; PRAGMA user_version = 1');
		old.close();
		const journal = await openSqliteJournal(folder);
		expect(journal.head()).toEqual(end);
		expect(await journal.visits()).toEqual([]);
		await journal.append(noteDraft('c'), 1, undefined, { visits: [{ visit: 'v', state: '{}', forgetAfter: null }] });
		await journal.close();
		const again = await openSqliteJournal(folder);
		expect((await again.visits()).length).toBe(1);
		expect((await entriesOf(again)).length).toBe(3);
		expect(await again.verify()).toBeNull();
		await again.close();
	});

	/** Keys of visits that are found in the record's files, as the disk has them now. */
	const visitsInFiles = (keys: readonly string[]): string[] => {
		const bytes = ['journal.db', 'journal.db-wal']
			.map((name) => join(folder, name))
			.filter((file) => existsSync(file))
			.map((file) => readFileSync(file));
		return keys.filter((key) => bytes.some((one) => one.includes(key)));
	};
	const keyOf = (n: number): string => hash('sha256', `visit ${n}`, 'base64url').slice(0, 22);
	/** Visits come in no order, grow, and go; the last `lasting` of them stay. */
	async function keepMany(journal: Journal, count: number, lasting: number): Promise<void> {
		for (let from = 0; from < count; from += 50) {
			const visits = Array.from({ length: 100 }, (_, i) => {
				const n = i < 50 ? from + i : Math.max(0, from - ((i * 37) % 400));
				return { visit: keyOf(n), state: JSON.stringify({ fill: 'x'.repeat((n * 13 + i * 7) % 500) }), forgetAfter: n < count - lasting ? 1 : null };
			});
			await journal.append(noteDraft('census'), 1, undefined, { visits });
		}
	}

	test('leaves no trace of forgotten visits in its files, while it runs', async () => {
		const journal = await openSqliteJournal(folder);
		const keys = Array.from({ length: 3000 }, (_, n) => keyOf(n));
		await keepMany(journal, 3000, 400);
		expect(visitsInFiles(keys).length).toBe(3000);
		expect(await journal.forget(5, 5)).toBe(2600);
		expect(visitsInFiles(keys)).toEqual(keys.slice(2600));
		expect((await journal.visits()).length).toBe(400);
		await journal.close();
	});

	test('a forgetting that only deletes rows is noticed', async () => {
		const journal = await openSqliteJournal(folder);
		const keys = Array.from({ length: 3000 }, (_, n) => keyOf(n));
		await keepMany(journal, 3000, 400);
		await journal.close();
		const db = new DatabaseSync(join(folder, 'journal.db'));
		db.exec('PRAGMA secure_delete = OFF; DELETE FROM visit WHERE forget_after < 5');
		db.close();
		expect(visitsInFiles(keys).length).toBeGreaterThan(400);
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
