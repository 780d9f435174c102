// Signed times against a real authority (openssl): kept, verified by openssl itself, refused where the answer is for something else, never in the way.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Journal } from '../../server/journal/journal.ts';
import { openMemoryJournal } from '../../server/journal/memory-journal.ts';
import { openSqliteJournal } from '../../server/journal/sqlite-journal.ts';
import { askTimestamp, readTimestampAnswer, timestampQuery } from '../../server/journal/timestamp-authority.ts';
import { openRecorder, type Recorder } from '../../server/recorder.ts';
import { keepTimestamps } from '../../server/timestamps.ts';
import type { Entry } from '../../shared/entry.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { startRegia, temporaryFolder } from '../kit/server.ts';
import { type Authority, openAuthority } from '../kit/timestamp-authority.ts';
import { findTool } from '../kit/tool.ts';

const openssl = findTool('openssl', 'apt-get install openssl');
const HOUR = 3_600_000;
const log = { warn: () => undefined };
const textOf = (data: string): Uint8Array => new TextEncoder().encode(data);

async function entriesOf(journal: Journal): Promise<readonly Entry[]> {
	const found: Entry[] = [];
	for await (const entry of journal.read(0)) found.push(entry);
	return found;
}

describe.skipIf(openssl === null)('a signed time', () => {
	let authority: Authority;
	let journal: Journal;
	let recorder: Recorder;
	beforeAll(async () => {
		authority = await openAuthority(openssl ?? '');
	});
	afterAll(() => authority?.close());
	beforeEach(async () => {
		authority.spoil(null);
		journal = openMemoryJournal();
		recorder = await openRecorder(journal, () => 1000);
		await recorder.append({ kind: 'auto', what: 'started' });
	});
	const keep = (address = authority.address) =>
		keepTimestamps({ access: { timestampAuthority: address, timestampEvery: HOUR }, recorder, journal, log });

	test('is kept beside the position that it signs, and openssl verifies it', async () => {
		const stamps = keep();
		const of = journal.head();
		const link = (await journal.linkAt(of.seq)) ?? new Uint8Array();
		await stamps?.stampNow();
		const entry = (await entriesOf(journal)).at(-1);
		if (entry?.kind !== 'timestamp') throw new Error('no signed time was kept');
		expect(entry.of).toEqual(of);
		expect(Math.abs(entry.at - Date.now())).toBeLessThan(60_000);
		expect(authority.verify(Buffer.from(entry.token, 'base64'), link)).toContain('Verification: OK');
		expect(authority.verify(Buffer.from(entry.token, 'base64'), textOf('another record'))).not.toContain('Verification: OK');
		await stamps?.stop();
	});

	test('is not asked for again while nothing new is in the record', async () => {
		const stamps = keep();
		const before = authority.asked();
		await stamps?.stampNow();
		await stamps?.stampNow();
		await stamps?.stop();
		expect(authority.asked() - before).toBe(1);
		expect((await entriesOf(journal)).map(({ kind }) => kind)).toEqual(['auto', 'timestamp']);
	});

	test.each([
		['another imprint', 'other-imprint', async () => readTimestampAnswer(await answerFor('one'), timestampQuery(textOf('two')))],
		['another nonce', 'other-nonce', async () => readTimestampAnswer(await answerFor('one'), timestampQuery(textOf('one')))],
	])('for %s is refused', async (_name, code, read) => {
		expect(await read()).toEqual({ ok: false, code });
	});

	async function answerFor(data: string): Promise<Uint8Array> {
		const signed = await askTimestamp(authority.address, textOf(data));
		if (!signed.ok) throw new Error(signed.code);
		return signed.answer;
	}

	test.each([
		['a status of 500', 'bad-status', () => ({ status: 500, body: Buffer.from('no') })],
		['a status of 404', 'bad-status', () => ({ status: 404, body: Buffer.from('') })],
		['garbage', 'unreadable', () => ({ status: 200, body: Buffer.from('<html>') })],
		['nothing', 'unreadable', () => ({ status: 200, body: Buffer.alloc(0) })],
		['half an answer', 'unreadable', (answer: Buffer) => ({ status: 200, body: answer.subarray(0, answer.length / 2) })],
		['a flood', 'too-large', () => ({ status: 200, body: Buffer.alloc(100_000) })],
		['a refusal', 'not-granted', () => ({ status: 200, body: Buffer.from('30053003020102', 'hex') })],
	])('%s becomes one audit entry, however often it fails, and the next good answer is kept', async (_name, code, spoil) => {
		const stamps = keep();
		authority.spoil(spoil);
		await stamps?.stampNow();
		await stamps?.stampNow();
		expect((await entriesOf(journal)).slice(1)).toMatchObject([{ kind: 'audit', act: 'timestamp-failed', by: 'regia', detail: { code } }]);
		authority.spoil(null);
		await stamps?.stampNow();
		expect((await entriesOf(journal)).at(-1)?.kind).toBe('timestamp');
		await stamps?.stop();
	});

	test('by an authority that is not there never holds up the end', async () => {
		const stamps = keep('http://127.0.0.1:9/tsa');
		const begun = performance.now();
		await stamps?.stop();
		expect(performance.now() - begun).toBeLessThan(5000);
		expect((await entriesOf(journal)).at(-1)).toMatchObject({ kind: 'audit', act: 'timestamp-failed', detail: { code: 'unreachable' } });
	});

	test('ends the record of a server that is told to stop, over its last entry', async () => {
		const plan = `${nightPlan()}access: { timestampAuthority: "${authority.address}" }\n`;
		const regia = await startRegia({ plan, data: temporaryFolder('stamped') });
		expect(await regia.stop()).toBe(0);
		const opened = await openSqliteJournal(regia.data);
		const last = (await entriesOf(opened)).slice(-2);
		expect(last.map(({ kind }) => kind)).toEqual(['auto', 'timestamp']);
		const [, stamp] = last;
		if (stamp?.kind !== 'timestamp') throw new Error('no signed time');
		expect(authority.verify(Buffer.from(stamp.token, 'base64'), (await opened.linkAt(stamp.of.seq)) ?? new Uint8Array())).toContain(
			'Verification: OK',
		);
		expect(await opened.verify()).toBeNull();
		await opened.close();
	});
});

test('a plan without an authority asks nobody', async () => {
	const journal = openMemoryJournal();
	const recorder = await openRecorder(journal, () => 1000);
	expect(keepTimestamps({ access: { timestampEvery: HOUR }, recorder, journal, log })).toBeNull();
});
