// A full disk: every append of the failed commit is refused as `full`, nothing of it is kept, and the same journal goes on once there is room.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { Appended, Journal } from '../../server/journal/journal.ts';
import { openSqliteJournal } from '../../server/journal/sqlite-journal.ts';
import { entriesOf } from '../contracts/journal-contract.ts';
import { samplesDraft } from './draft-shapes.ts';

type SmallPlace = {
	readonly folder: string;
	readonly maxPages?: number;
	readonly makeRoom: () => void;
	readonly dispose: () => void;
};

function smallDisk(): SmallPlace | string {
	const mount = mkdtempSync(join(tmpdir(), 'regia-full-'));
	const { error, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', mount], { encoding: 'utf8' });
	if (error || stderr) {
		rmSync(mount, { recursive: true });
		return "a tmpfs can't be mounted here (that needs root)";
	}
	const ballast = join(mount, 'ballast');
	writeFileSync(ballast, Buffer.alloc(512 * 1024));
	return {
		folder: join(mount, 'data'),
		makeRoom: () => rmSync(ballast),
		dispose: () => {
			// Lazily: after a failure the journal may still be open there.
			spawnSync('umount', ['-l', mount]);
			rmSync(mount, { recursive: true });
		},
	};
}

/** A quota on the file, with pages inside it that can be given back. */
async function smallQuota(): Promise<SmallPlace> {
	const folder = mkdtempSync(join(tmpdir(), 'regia-quota-'));
	const maxPages = 300;
	await (await openSqliteJournal(folder, { maxPages })).close();
	const outside = new DatabaseSync(join(folder, 'journal.db'), { timeout: 5000 });
	outside.exec('CREATE TABLE ballast (bytes BLOB); INSERT INTO ballast VALUES (zeroblob(500000))');
	return {
		folder,
		maxPages,
		makeRoom: () => outside.exec('DROP TABLE ballast'),
		dispose: () => {
			outside.close();
			rmSync(folder, { recursive: true });
		},
	};
}

/** Appends `inFlight` at a time until some are refused; returns what was acknowledged and how the others were refused. */
async function appendUntilFull(journal: Journal, inFlight: number) {
	const acknowledged: Appended[] = [];
	for (let round = 0; round < 2000; round += 1) {
		const answers = await Promise.allSettled(
			Array.from({ length: inFlight }, (_, n) => journal.append(samplesDraft(100, round), round, `${inFlight}/${round}/${n}`)),
		);
		for (const answer of answers) if (answer.status === 'fulfilled') acknowledged.push(answer.value);
		const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Error] : []));
		if (refused.length > 0) return { acknowledged, refused, lastRound: round };
	}
	throw new Error('the place never filled up');
}

async function fillsAndRecovers(place: SmallPlace): Promise<void> {
	const options = place.maxPages === undefined ? {} : { maxPages: place.maxPages };
	const journal = await openSqliteJournal(place.folder, options);
	const { acknowledged, refused, lastRound } = await appendUntilFull(journal, 8);
	for (const error of refused)
		expect(error).toMatchObject({ name: 'JournalError', code: 'full', message: expect.stringMatching(/free space|quota/) });
	expect(acknowledged.map(({ entry }) => entry.seq)).toEqual(acknowledged.map((_, n) => n + 1));
	expect(journal.head().seq).toBe(acknowledged.length);
	expect(await entriesOf(journal)).toEqual(acknowledged.map(({ entry }) => entry));
	await expect(journal.saveCheckpoint({ seq: 1, version: 'a', state: 'x'.repeat(1_000_000) })).rejects.toMatchObject({ code: 'full' });
	expect(await journal.verify()).toBeNull();

	place.makeRoom();
	const key = `8/${lastRound}/7`;
	const known = acknowledged.find(({ entry }) => entry.seq === journal.head().seq);
	const resent = await journal.append(samplesDraft(100, lastRound), lastRound, key);
	expect(resent.repeated ? resent.entry.seq : resent.position.seq).toBe(resent.repeated ? known?.entry.seq : acknowledged.length + 1);
	for (let n = 0; n < 20; n += 1) await journal.append(samplesDraft(10), 1);
	expect(await journal.verify()).toBeNull();
	const entries = await entriesOf(journal);
	const head = journal.head();
	await journal.close();

	const again = await openSqliteJournal(place.folder, options);
	expect(again.head()).toEqual(head);
	expect(await entriesOf(again)).toEqual(entries);
	await again.close();
	const db = new DatabaseSync(join(place.folder, 'journal.db'));
	expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
	db.close();
}

describe('the journal on a full disk', () => {
	const probe = smallDisk();
	const why = typeof probe === 'string' ? `: not tried, ${probe}` : '';
	if (typeof probe !== 'string') probe.dispose();

	test.skipIf(why)(`refuses, keeps nothing of it, and goes on when there is room${why}`, { timeout: 60_000 }, async () => {
		const disk = smallDisk();
		if (typeof disk === 'string') throw new Error(disk);
		try {
			await fillsAndRecovers(disk);
		} finally {
			disk.dispose();
		}
	});

	test('does the same under a quota', { timeout: 60_000 }, async () => {
		const place = await smallQuota();
		try {
			await fillsAndRecovers(place);
		} finally {
			place.dispose();
		}
	});
});
