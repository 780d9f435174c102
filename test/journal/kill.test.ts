// kill -9 in mid-append: nothing acknowledged is lost or doubled, the chain holds, the epoch stays, and the lock does not outlive its holder.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openSqliteJournal } from '../../server/journal/sqlite-journal.ts';
import { entriesOf } from '../contracts/journal-contract.ts';
import { noteDraft } from './draft-shapes.ts';

const rounds = process.env.REGIA_SCALE === 'full' ? 20 : 5;
const child = join(import.meta.dirname, 'append-child.ts');

/** A small generator with a seed (mulberry32). */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Kills the appending process when it has acknowledged `after` entries; returns every acknowledgement that got out. */
async function acknowledgedUntilKilled(folder: string, prefix: string, inFlight: number, after: number): Promise<Map<string, number>> {
	const acknowledged = new Map<string, number>();
	const process_ = spawn(process.execPath, [child, folder, '0', String(inFlight), prefix], { stdio: ['ignore', 'pipe', 'inherit'] });
	for await (const line of createInterface({ input: process_.stdout })) {
		const [key, seq] = line.split(' ');
		// Lines this short reach a pipe whole or not at all; the first one only says that the journal is open.
		if (key !== undefined && seq !== undefined) acknowledged.set(key, Number(seq));
		if (acknowledged.size === after) process_.kill('SIGKILL');
	}
	return acknowledged;
}

/** The keys whose acknowledged seq does not hold exactly that append. */
async function lostOrDoubled(folder: string, acknowledged: ReadonlyMap<string, number>): Promise<string[]> {
	const journal = await openSqliteJournal(folder);
	const wrong: string[] = [];
	const texts = (await entriesOf(journal)).map((entry) => (entry.kind === 'mark' && entry.mark.kind === 'note' ? entry.mark.text : ''));
	for (const [key, seq] of acknowledged) {
		const { entry, repeated } = await journal.append(noteDraft('the same again'), 1, key);
		const isDoubled = entry.kind === 'mark' && texts.filter((text) => text === key).length !== 1;
		if (!repeated || entry.seq !== seq || isDoubled) wrong.push(key);
	}
	await journal.close();
	return wrong;
}

test(`loses and doubles nothing acknowledged over ${rounds} kills`, { timeout: 120_000 }, async () => {
	const random = seeded(89_412);
	const folder = mkdtempSync(join(tmpdir(), 'regia-kill-'));
	const epochs = new Set<string>();
	let total = 0;
	for (let round = 0; round < rounds; round += 1) {
		const inFlight = [1, 8, 64][round % 3] ?? 1;
		const acknowledged = await acknowledgedUntilKilled(folder, `r${round}`, inFlight, 1 + Math.floor(random() * 400));
		total += acknowledged.size;
		expect(await lostOrDoubled(folder, acknowledged)).toEqual([]);
		const journal = await openSqliteJournal(folder);
		epochs.add(journal.head().epoch);
		expect(journal.head().seq).toBeGreaterThanOrEqual(total);
		expect(await journal.verify()).toBeNull();
		await journal.close();
	}
	expect(epochs.size).toBe(1);
	console.info(`journal: ${rounds} kills, ${total} acknowledged, 0 lost, 0 doubled`);
	rmSync(folder, { recursive: true });
});

test('the check names what was acknowledged and is not there', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'regia-kill-'));
	expect(await lostOrDoubled(folder, new Map([['never-appended', 1]]))).toEqual(['never-appended']);
	rmSync(folder, { recursive: true });
});
