// The suite every journal passes: order, durability, keys, ranges, instants, hashes, checkpoints, the chain, closing. Knows no storage.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Appended, Beside, Journal, KeptVisit } from '../../server/journal/journal.ts';
import { JournalError } from '../../server/journal/journal.ts';
import type { Entry } from '../../shared/entry.ts';
import { anyDraft } from '../journal/any-draft.ts';
import { noteDraft, samplesDraft } from '../journal/draft-shapes.ts';

/** A journal under test, and what the suite must see of it from outside. */
export type JournalUnderTest = {
	readonly journal: Journal;
	/** The last seq that is durable at this moment, found without asking the journal. */
	readonly durableSeq: () => number;
	/** Changes the stored payload of an entry behind the journal's back. */
	readonly tamper: (seq: number) => void;
	/** Closes it and opens the same record again. */
	readonly reopen: () => Promise<Journal>;
	readonly dispose: () => Promise<void>;
};

const SEEN = Date.UTC(2025, 9, 26, 0, 30);

export async function entriesOf(journal: Journal, after = 0, until?: number): Promise<Entry[]> {
	const entries: Entry[] = [];
	for await (const entry of journal.read(after, until)) entries.push(entry);
	return entries;
}

/** Appends one at a time, and returns the seqs that were acknowledged while they were not yet durable. */
export async function seqsAcknowledgedTooEarly(journal: Journal, durableSeq: () => number, count: number): Promise<number[]> {
	const early: number[] = [];
	for (let n = 1; n <= count; n += 1) {
		const { entry } = await journal.append(noteDraft(`note ${n}`), SEEN + n);
		if (durableSeq() < entry.seq) early.push(entry.seq);
	}
	return early;
}

export function journalContract(name: string, open: () => Promise<JournalUnderTest>): void {
	describe(`${name}: the journal's contract`, () => {
		let under: JournalUnderTest;
		let journal: Journal;
		beforeEach(async () => {
			under = await open();
			journal = under.journal;
		});
		afterEach(() => under.dispose());

		const appendNotes = async (count: number): Promise<Appended[]> => {
			const all: Appended[] = [];
			for (let n = 1; n <= count; n += 1) all.push(await journal.append(noteDraft(`note ${n}`), SEEN + n));
			return all;
		};

		test('starts at seq 0 with the empty hash', async () => {
			expect(journal.head()).toEqual({ epoch: expect.stringMatching(/^.{1,40}$/), seq: 0, hash: '' });
			expect(await entriesOf(journal)).toEqual([]);
			expect(await journal.verify()).toBeNull();
		});

		test('gives each entry the next seq and a hash, and moves the head before it answers', async () => {
			for (const [index, { entry, position, repeated }] of (await appendNotes(3)).entries()) {
				expect(entry).toEqual({ v: 1, seq: index + 1, seen: SEEN + index + 1, ...noteDraft(`note ${index + 1}`) });
				expect(position).toEqual({ epoch: journal.head().epoch, seq: index + 1, hash: expect.stringMatching(/^[0-9a-f]{12}$/) });
				expect(repeated).toBe(false);
			}
			const last = await journal.append(noteDraft('last'), SEEN);
			expect(journal.head()).toEqual(last.position);
		});

		test('knows the keys under which it keeps an entry', async () => {
			await journal.append(noteDraft('once'), SEEN, 'a-key');
			expect([await journal.isKept('a-key'), await journal.isKept('another')]).toEqual([true, false]);
		});

		test('resolves concurrent appends in call order, which is seq order', async () => {
			const answered: number[] = [];
			const all = await Promise.all(
				Array.from({ length: 300 }, async (_, n) => {
					const { entry } = await journal.append(noteDraft(`note ${n}`), SEEN + n);
					answered.push(entry.seq);
					return entry.seq;
				}),
			);
			const inOrder = Array.from({ length: 300 }, (_, n) => n + 1);
			expect(all).toEqual(inOrder);
			expect(answered).toEqual(inOrder);
			expect(await journal.verify()).toBeNull();
		});

		test('acknowledges nothing before it is durable', async () => {
			expect(await seqsAcknowledgedTooEarly(journal, under.durableSeq, 20)).toEqual([]);
		});

		test('catches a journal that acknowledges before the commit', async () => {
			const put: (() => Promise<Appended>)[] = [];
			const fault: Journal = {
				...journal,
				append: async (draft, seen, key) => {
					put.push(() => journal.append(draft, seen, key));
					const position = { ...journal.head(), seq: put.length };
					return { entry: { v: 1, seq: position.seq, seen, ...draft }, position, repeated: false };
				},
			};
			expect((await seqsAcknowledgedTooEarly(fault, under.durableSeq, 20)).length).toBe(20);
			await Promise.all(put.map((append) => append()));
			expect(under.durableSeq()).toBe(20);
		});

		test('goes on after a reopening with the same epoch, head and entries', async () => {
			await appendNotes(5);
			const head = journal.head();
			const entries = await entriesOf(journal);
			const again = await under.reopen();
			expect(again.head()).toEqual(head);
			expect(await entriesOf(again)).toEqual(entries);
			expect((await again.append(noteDraft('next'), SEEN)).entry.seq).toBe(6);
			expect(await again.verify()).toBeNull();
		});

		test('appends a key once, and answers its repeats with the first entry', async () => {
			const first = await journal.append(samplesDraft(3), SEEN, 'batch-1');
			await journal.append(noteDraft('between'), SEEN + 1);
			const again = await journal.append(noteDraft('another text'), SEEN + 2, 'batch-1');
			expect(again).toEqual({ ...first, repeated: true });
			expect(journal.head().seq).toBe(2);
			const reopened = await under.reopen();
			expect(await reopened.append(noteDraft('after'), SEEN, 'batch-1')).toEqual({ ...first, repeated: true });
		});

		test('appends a key once among appends that commit together', async () => {
			const all = await Promise.all(Array.from({ length: 40 }, (_, n) => journal.append(noteDraft(`note ${n}`), SEEN + n, `key ${n % 4}`)));
			expect(all.map(({ entry }) => entry.seq)).toEqual(Array.from({ length: 40 }, (_, n) => (n % 4) + 1));
			expect(all.map(({ repeated }) => repeated)).toEqual(Array.from({ length: 40 }, (_, n) => n >= 4));
			expect(all.map(({ entry }) => entry.seen)).toEqual(Array.from({ length: 40 }, (_, n) => SEEN + (n % 4)));
			expect(journal.head()).toEqual(all[3]?.position);
			expect((await entriesOf(journal)).length).toBe(4);
		});

		test('refuses a key or an instant that no caller means', async () => {
			await expect(journal.append(noteDraft('x'), SEEN, '')).rejects.toThrow(RangeError);
			await expect(journal.append(noteDraft('x'), SEEN, 'k'.repeat(201))).rejects.toThrow(RangeError);
			await expect(journal.append(noteDraft('x'), 0.5)).rejects.toThrow(RangeError);
			expect(journal.head().seq).toBe(0);
		});

		test.each([
			{ after: 0, until: undefined, from: 1, to: 250 },
			{ after: 0, until: 1, from: 1, to: 1 },
			{ after: 99, until: 101, from: 100, to: 101 },
			{ after: 240, until: 900, from: 241, to: 250 },
			{ after: 250, until: undefined, from: 1, to: 0 },
			{ after: 900, until: undefined, from: 1, to: 0 },
			{ after: 20, until: 10, from: 1, to: 0 },
		])('reads after $after to $until', async ({ after, until, from, to }) => {
			await Promise.all(Array.from({ length: 250 }, (_, n) => journal.append(noteDraft(`note ${n}`), SEEN + n)));
			expect((await entriesOf(journal, after, until)).map(({ seq }) => seq)).toEqual(Array.from({ length: to - from + 1 }, (_, n) => from + n));
		});

		test('reads to the head of the moment it begins, while appends go on', async () => {
			await appendNotes(3);
			const seqs: number[] = [];
			for await (const { seq } of journal.read(0)) {
				seqs.push(seq);
				await journal.append(noteDraft('meanwhile'), SEEN);
			}
			expect(seqs).toEqual([1, 2, 3]);
			expect(journal.head().seq).toBe(6);
		});

		test('finds the last seq at or before an instant, although the clock steps back', async () => {
			const seens = [10, 20, 20, 30, 15, 25, 40, 40, 5, 50];
			for (const seen of seens) await journal.append(noteDraft('x'), seen);
			for (let instant = 0; instant <= 60; instant += 1) {
				expect([instant, await journal.seqAt(instant)]).toEqual([instant, seens.findLastIndex((seen) => seen <= instant) + 1]);
			}
		});

		test('knows the hash at each seq, and none where there is no entry', async () => {
			for (const { position } of await appendNotes(3)) expect(await journal.hashAt(position.seq)).toBe(position.hash);
			for (const seq of [0, 4, -1, 1.5]) expect(await journal.hashAt(seq)).toBeNull();
		});

		test('keeps checkpoints by seq and version, and returns the newest that fits', async () => {
			const save = (seq: number, version: string, state: unknown) => journal.saveCheckpoint({ seq, version, state });
			await Promise.all([save(10, 'a', { n: 10 }), save(20, 'a', { n: 20 }), save(15, 'b', ['b']), save(20, 'a', { n: 21 })]);
			expect(await journal.checkpointBefore(9, 'a')).toBeNull();
			expect(await journal.checkpointBefore(19, 'a')).toEqual({ seq: 10, version: 'a', state: { n: 10 } });
			expect(await journal.checkpointBefore(20, 'a')).toEqual({ seq: 20, version: 'a', state: { n: 21 } });
			expect(await journal.checkpointBefore(99, 'b')).toEqual({ seq: 15, version: 'b', state: ['b'] });
			expect(await journal.checkpointBefore(99, 'c')).toBeNull();
			const again = await under.reopen();
			expect(await again.checkpointBefore(12, 'a')).toEqual({ seq: 10, version: 'a', state: { n: 10 } });
		});

		test('names the first entry that was tampered with', async () => {
			await Promise.all(Array.from({ length: 130 }, (_, n) => journal.append(noteDraft(`note ${n}`), SEEN + n)));
			expect(await journal.verify()).toBeNull();
			under.tamper(117);
			expect(await journal.verify()).toBe(117);
			under.tamper(4);
			expect(await journal.verify()).toBe(4);
		});

		test('finishes what is open, then closes, and rejects from then on', async () => {
			const open = Array.from({ length: 50 }, (_, n) => journal.append(noteDraft(`note ${n}`), SEEN + n));
			const closing = Promise.all([journal.close(), journal.close()]);
			await expect(journal.append(noteDraft('late'), SEEN)).rejects.toMatchObject({ name: 'JournalError', code: 'closed' });
			expect((await Promise.all(open)).map(({ entry }) => entry.seq)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
			await closing;
			expect(under.durableSeq()).toBe(50);
			for (const late of [
				journal.hashAt(1),
				journal.seqAt(1),
				journal.verify(),
				entriesOf(journal),
				journal.checkpointBefore(1, 'a'),
				journal.visits(),
				journal.answerTo('m'),
				journal.forget(1, 1),
			]) {
				await expect(late).rejects.toBeInstanceOf(JournalError);
			}
			await expect(journal.saveCheckpoint({ seq: 1, version: 'a', state: 1 })).rejects.toMatchObject({ code: 'closed' });
		});

		const visit = (name: string, forgetAfter: number | null, state = name): KeptVisit => ({
			visit: name,
			state: JSON.stringify({ state }),
			forgetAfter,
		});
		const byName = async (from: Journal): Promise<readonly KeptVisit[]> => [...(await from.visits())].sort((a, b) => (a.visit < b.visit ? -1 : 1));
		const appendBeside = (beside: Beside, key?: string) => journal.append(noteDraft('census'), SEEN, key, beside);

		test('keeps visits and messages beside an entry, and replaces and deletes them with a later one', async () => {
			expect([await journal.visits(), await journal.answerTo('m1')]).toEqual([[], null]);
			await appendBeside({ visits: [visit('a', null), visit('b', null), visit('c', 5)], heard: [{ message: 'm1', answer: 'AA', at: 1 }] });
			await appendBeside({ visits: [visit('b', 9, 'left')], gone: ['c', 'unknown'], heard: [{ message: 'm2', answer: 'AE', at: 2 }] });
			const kept = [visit('a', null), visit('b', 9, 'left')];
			expect(await byName(journal)).toEqual(kept);
			expect([await journal.answerTo('m1'), await journal.answerTo('m2'), await journal.answerTo('m3')]).toEqual(['AA', 'AE', null]);
			const again = await under.reopen();
			expect(await byName(again)).toEqual(kept);
			expect(await again.answerTo('m2')).toBe('AE');
		});

		test('writes nothing beside an entry that its key appended before', async () => {
			await appendBeside({ visits: [visit('a', null)] }, 'batch-1');
			await appendBeside(
				{ visits: [visit('a', 1, 'another'), visit('b', null)], gone: ['a'], heard: [{ message: 'm', answer: 'AA', at: 1 }] },
				'batch-1',
			);
			expect(await byName(journal)).toEqual([visit('a', null)]);
			expect(await journal.answerTo('m')).toBeNull();
		});

		test('forgets visits and messages whose time is over, and the chain does not notice', async () => {
			const heard = [1, 2, 3].map((at) => ({ message: `m${at}`, answer: 'AA', at }));
			await appendBeside({ visits: [visit('lasting', null), visit('old', 10), visit('at it', 20), visit('young', 30)], heard });
			const head = journal.head();
			expect(await journal.forget(20, 3)).toBe(1);
			expect(await byName(journal)).toEqual([visit('at it', 20), visit('lasting', null), visit('young', 30)]);
			expect([await journal.answerTo('m1'), await journal.answerTo('m2'), await journal.answerTo('m3')]).toEqual([null, null, 'AA']);
			expect([await journal.forget(20, 3), await journal.forget(99, 99)]).toEqual([0, 2]);
			expect(journal.head()).toEqual(head);
			expect(await journal.verify()).toBeNull();
			expect(await byName(await under.reopen())).toEqual([visit('lasting', null)]);
		});

		test('forgets what was appended before it, and nothing that comes after', async () => {
			const first = appendBeside({ visits: [visit('a', 1)] });
			const forgotten = journal.forget(5, 5);
			const second = appendBeside({ visits: [visit('b', 1)] });
			expect(await forgotten).toBe(1);
			await Promise.all([first, second]);
			expect(await byName(journal)).toEqual([visit('b', 1)]);
		});

		test('gives back exactly the drafts it was given', async () => {
			const seen = fc.integer({ min: 0, max: 8e15 });
			await fc.assert(
				fc.asyncProperty(fc.array(fc.tuple(anyDraft, seen), { minLength: 1, maxLength: 12 }), async (drafts) => {
					const after = journal.head().seq;
					const appended = await Promise.all(drafts.map(([draft, at]) => journal.append(draft, at)));
					const expected = drafts.map(([draft, at], n): Entry => ({ v: 1, seq: after + n + 1, seen: at, ...draft }));
					expect(appended.map(({ entry }) => entry)).toStrictEqual(expected);
					expect(isDeepStrictEqual(await entriesOf(journal, after), expected)).toBe(true);
				}),
				{ seed: 20251026, numRuns: 60 },
			);
			expect(await journal.verify()).toBeNull();
		});
	});
}
