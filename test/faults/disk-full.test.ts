// A disk that fills up under a running server: senders are told, screens see it, nothing acknowledged is lost, nothing refused is half there,
// and with room again all goes on without a restart.
import { describe, expect, test } from 'vitest';
import { openSqliteJournal } from '../../server/journal/sqlite-journal.ts';
import { startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { type Answer, ask, healthOf, moved, postSamples } from './kit/http.ts';
import { nightPlan } from './kit/night-plan.ts';
import { faultsOf, readRecord } from './kit/record.ts';
import { say } from './kit/scale.ts';
import { openScreen } from './kit/screen.ts';
import type { SentSample } from './kit/sender.ts';
import { smallDisk } from './kit/small-disk.ts';

const ROWS = 400;
const ARCHIVES = ['a0', 'a1', 'a2', 'a3'];

const disk = smallDisk(4);
const why = typeof disk === 'string' ? disk : null;
if (why !== null) process.stderr.write(`the full disk under a server is not tried: ${why}; test/journal/disk-full.test.ts tries a quota\n`);

describe('a full disk', () => {
	test.skipIf(why !== null)('stops the record, says so everywhere, and loses nothing', async () => {
		if (typeof disk === 'string') return;
		const regia = await startRegia({ plan: nightPlan(), data: disk.folder, flags: ['--rhythm', '250'] });
		const { url } = regia;
		const source = regia.token({ kind: 'source', name: 's0', subjects: ['archive/*'] });
		const viewer = regia.token({ kind: 'person', name: 'controllo', duties: [{ role: 'viewer' }] });
		const screen = openScreen({ url, token: viewer, audience: 'desk' });
		await until('the screen has a board', () => screen.state());
		const from = Date.now() - 12 * 3_600_000;
		const kept: SentSample[] = [];
		const writes = (): boolean | undefined => screen.last()?.journal.writes;

		const batchOf = (n: number): SentSample[] =>
			ARCHIVES.flatMap((archive) => Array.from({ length: ROWS }, (_, row) => ({ archive, value: n * ROWS + row })));
		async function send(n: number): Promise<Answer> {
			const batch = batchOf(n);
			const rows = batch.map(({ archive, value }) => moved(archive, value, from + value));
			const answer = await postSamples(url, source, rows, `batch-${n}`);
			if (answer.status === 202) kept.push(...batch);
			return answer;
		}

		try {
			let n = 0;
			let refused = await send(n);
			for (; refused.status === 202 && n < 2000; n += 1) refused = await send(n + 1);
			expect([503, 507]).toContain(refused.status);
			expect(refused.headers.get('content-type')).toContain('application/problem+json');
			expect(refused.headers.get('retry-after')).not.toBeNull();
			expect(refused.json).toMatchObject({ code: 'journal-full', status: 507 });
			expect(refused.text).not.toContain(disk.folder);
			await until('the screen sees that nothing is kept', () => writes() === false);
			expect(await healthOf(url)).toBe(503);
			expect((await send(n)).status).toBe(507);
			expect((await ask(`${url}/api/health`)).json).toMatchObject({ alive: true, journal: { writes: false } });
			// Reading goes on.
			const head = (await readRecord(url, viewer)).length;
			expect((await ask(`${url}/api/board`, { token: viewer })).json).toMatchObject({ seq: head });
			expect(faultsOf(await readRecord(url, viewer), kept)).toEqual({ missing: [], doubled: [], disordered: [] });

			disk.makeRoom();
			expect((await send(n)).status).toBe(202);
			await until('the screen sees that it is kept again', () => writes() === true);
			expect(await healthOf(url)).toBe(200);
			for (let more = 1; more <= 5; more += 1) expect((await send(n + more)).status).toBe(202);
			const record = await readRecord(url, viewer);
			expect(faultsOf(record, kept)).toEqual({ missing: [], doubled: [], disordered: [] });
			const samples = record.reduce((sum, entry) => sum + (entry.kind === 'samples' ? entry.samples.length : 0), 0);
			expect(samples).toBe(kept.length);
			say('disk full', `refused batch ${n} with ${refused.status}; ${kept.length} samples acknowledged, ${samples} in the record`);
			screen.close();
			expect(await regia.stop()).toBe(0);
			const journal = await openSqliteJournal(disk.folder);
			expect(await journal.verify()).toBeNull();
			await journal.close();
		} finally {
			screen.close();
			await regia.stop();
			disk.dispose();
		}
	});
});
