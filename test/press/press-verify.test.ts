// A sheet against its record: the same today and later; a figure changed in a copy of the journal, or in what was frozen, is found and named.
import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, moved, postSamples } from '../faults/kit/http.ts';
import { openPressDesk, type PressDesk, pressPlan } from '../kit/press-desk.ts';
import { type RunningRegia, startRegia, temporaryFolder } from '../kit/server.ts';

const root = join(import.meta.dirname, '../..');
let regia: RunningRegia;
let desk: PressDesk;
let sheet: string;

type Said = { readonly code: number; readonly text: string };
async function verify(data: string, id: string): Promise<Said> {
	const command = join(root, 'server/press-verify-command.ts');
	return promisify(execFile)(process.execPath, [command, '--data', data, id], { cwd: root }).then(
		({ stdout }) => ({ code: 0, text: stdout }),
		(error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, text: error.stdout + error.stderr }),
	);
}

/** A copy of the record in which one entry's text was changed behind the chain's back. */
function copyWith(like: string, change: (payload: string) => string): string {
	const copy = temporaryFolder('copy');
	cpSync(regia.data, copy, { recursive: true });
	const db = new DatabaseSync(join(copy, 'journal.db'));
	const rows = db.prepare('SELECT seq, payload FROM journal WHERE payload LIKE ? ORDER BY seq').all(`%${like}%`) as {
		seq: number;
		payload: string;
	}[];
	const [first] = rows;
	const changed = first === undefined ? '' : change(first.payload);
	if (first === undefined || changed === first.payload) throw new Error('nothing was planted');
	db.prepare('UPDATE journal SET payload = ? WHERE seq = ?').run(changed, first.seq);
	db.close();
	return copy;
}

beforeAll(async () => {
	regia = await startRegia({ plan: pressPlan() });
	desk = openPressDesk(regia);
	const source = regia.token({ kind: 'source', name: 's0', subjects: ['*'] });
	await postSamples(regia.url, source, [moved('a0', 500_000_000_000, Date.now())]);
	sheet = await desk.released();
	await postSamples(regia.url, source, [moved('a0', 700_000_000_000, Date.now())]);
}, 30_000);
afterAll(() => regia?.stop());

test('the running server and the command beside it find the same', async () => {
	expect((await ask(`${regia.url}/api/press/${sheet}/verify`, { token: desk.author })).json).toMatchObject({
		same: true,
		differs: [],
		digestHolds: true,
	});
	const { code, text } = await verify(regia.data, sheet.toUpperCase());
	expect([code, text]).toEqual([0, expect.stringMatching(/✓ the same: 3 figures/)]);
});

describe('in a copy of the record', () => {
	beforeAll(async () => {
		await regia.stop();
	});

	test('that nobody touched it is the same', async () => {
		const copy = temporaryFolder('copy');
		cpSync(regia.data, copy, { recursive: true });
		expect((await verify(copy, sheet)).code).toBe(0);
	});

	test('a sample that was changed is found, with the figure that no longer follows from it and the entry where the chain breaks', async () => {
		const { code, text } = await verify(
			copyWith('500000000000', (payload) => payload.replace('500000000000', '501000000000')),
			sheet,
		);
		expect(code).toBe(1);
		expect(text).toMatch(/✗ the record does not fit its chain from entry \d+ on/);
		expect(text).toContain('✗ the record says otherwise: archives.moved');
		expect(text).not.toContain('otherwise: service.state');
	});

	test('a figure that was changed in the sheet itself is found, and its digest no longer holds', async () => {
		const { code, text } = await verify(
			copyWith('"frozen"', (payload) => payload.replace(/("key":"archives.moved"[^}]*"value":|"value":)500000000000/, '$1501000000000')),
			sheet,
		);
		expect(code).toBe(1);
		expect(text).toContain('✗ the frozen data are not those of the recorded digest');
		expect(text).toContain('✗ the record says otherwise: archives.moved');
	});

	test('what comes after the sheet changes nothing of it', async () => {
		const copy = copyWith('700000000000', (payload) => payload.replace('700000000000', '1'));
		expect((await verify(copy, sheet)).code).toBe(0);
	});

	test.each([
		['a sheet that is not there', () => regia.data, 'aaaa-aaaa', /has no sheet AAAA-AAAA/],
		['a folder without a record', () => temporaryFolder('empty'), 'aaaa-aaaa', /holds no record/],
	])('%s is said', async (_name, data, id, expected) => {
		const { code, text } = await verify(data(), id);
		expect([code, text]).toEqual([2, expect.stringMatching(expected)]);
	});
});
