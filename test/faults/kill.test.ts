// kill -9 of the whole server while senders post: what was acknowledged is there exactly once, and every restart serves within 3 s.
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { openSqliteJournal } from '../../server/journal/sqlite-journal.ts';
import { chance } from '../../server/rehearsal/chance.ts';
import type { Entry } from '../../shared/entry.ts';
import { freePort } from '../kit/free-port.ts';
import { type RunningRegia, startRegia, temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { ask, healthOf } from './kit/http.ts';
import { nightPlan } from './kit/night-plan.ts';
import { faultsOf, readRecord } from './kit/record.ts';
import { isFull, say, scaled } from './kit/scale.ts';
import { openScreen } from './kit/screen.ts';
import { type SentSample, startSender } from './kit/sender.ts';

const kills = scaled(20, 5);
const SEED = 1970;
const SERVES_WITHIN_MS = 3000;
const HOUR = 3_600_000;

let record: readonly Entry[] = [];
let acknowledged: readonly SentSample[] = [];
const data = temporaryFolder('kill');
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** Starts the server and measures from the start of its process to the first good answer of /api/health. */
async function startTimed(port: number): Promise<{ regia: RunningRegia; ms: number }> {
	const from = performance.now();
	const starting = startRegia({ plan: nightPlan(), data, port });
	const serving = until('a good answer of /api/health', async () => (await healthOf(`http://127.0.0.1:${port}`)) === 200, 30_000);
	const [regia] = await Promise.all([starting, serving]);
	return { regia, ms: await serving.then(() => performance.now() - from) };
}

describe('kill -9', () => {
	test(`${kills} times under four senders: 0 acknowledged samples missing, 0 doubled`, async () => {
		const port = await freePort();
		let { regia } = await startTimed(port);
		const { url } = regia;
		const viewer = regia.token({ kind: 'person', name: 'controllo', duties: [{ role: 'viewer' }] });
		const from = Date.now() - 12 * HOUR;
		const senders = [0, 1, 2, 3].map((n) => {
			const token = regia.token({ kind: 'source', name: `s${n}`, subjects: [`archive/a${n}`] });
			return startSender({ url, token, archives: [`a${n}`], rowsABatch: 5, from });
		});
		const acked = (): number => senders.reduce((sum, one) => sum + one.acknowledged.length, 0);

		const restarts: number[] = [];
		for (let kill = 0; kill < kills; kill += 1) {
			// A moment by the senders' progress, so that it lies in the middle of their work on any machine.
			const target = acked() + 20 + Math.floor(chance(SEED, 'kill', kill) * 3000);
			await until(`${target} samples acknowledged`, () => acked() >= target, 60_000);
			await regia.kill();
			const again = await startTimed(port);
			regia = again.regia;
			restarts.push(Math.round(again.ms));
		}
		const last = acked() + 200;
		await until('senders go on after the last restart', () => acked() >= last, 30_000);
		await Promise.all(senders.map((one) => one.stop()));
		acknowledged = senders.flatMap((one) => one.acknowledged);
		record = await readRecord(url, viewer);
		const head = record.length;
		const board = (await ask(`${url}/api/board?seq=${head}`, { token: viewer })).json as { seq: number; archives: Record<string, { moved: number }> };

		say('kill -9', `restarts in ms: ${restarts.join(', ')}; max ${Math.max(...restarts)}`);
		say('kill -9', `${kills} kills, ${acknowledged.length} samples acknowledged, ${head} entries`);
		expect(faultsOf(record, acknowledged)).toEqual({ missing: [], doubled: [], disordered: [] });
		expect(board.seq).toBe(head);
		senders.forEach((one, n) => {
			expect(board.archives[`a${n}`]?.moved).toBe(one.acknowledged.at(-1)?.value);
		});
		expect(Math.max(...restarts)).toBeLessThan(SERVES_WITHIN_MS);
		if (isFull) expect(restarts).toHaveLength(20);

		expect(await regia.stop()).toBe(0);
		const journal = await openSqliteJournal(data);
		expect(await journal.verify()).toBeNull();
		await journal.close();
	});

	test('at the moment a mark is acknowledged over the stream: the mark is there', async () => {
		const port = await freePort();
		const folder = temporaryFolder('kill-mark');
		const regia = await startRegia({ plan: nightPlan(), data: folder, port });
		const lead = regia.token({ kind: 'person', name: 'turno-1', duties: [{ role: 'team-lead' }] });
		const screen = openScreen({ url: regia.url, token: lead, audience: 'desk' });
		await until('a board', () => screen.state());
		const kept: number[] = [];
		const dying: Promise<void>[] = [];
		for (let n = 0; n < 10; n += 1) {
			screen.socket.emit('mark', { kind: 'note', text: `nota ${n}` }, (answer) => {
				if (!answer.ok) return;
				kept.push(answer.seq);
				if (dying.length === 0) dying.push(regia.kill());
			});
		}
		await until('an acknowledgement', () => dying.length > 0);
		await Promise.all(dying);
		screen.close();
		const again = await startRegia({ plan: nightPlan(), data: folder, port });
		const entries = await readRecord(again.url, lead);
		for (const seq of kept) expect(entries[seq - 1]).toMatchObject({ seq, kind: 'mark', by: 'person/turno-1' });
		await again.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	const withoutOne = (entries: readonly Entry[], lost: SentSample): Entry[] =>
		entries.map((entry) =>
			entry.kind === 'samples'
				? { ...entry, samples: entry.samples.filter((one) => !(one.subject === `archive/${lost.archive}` && one.value === lost.value)) }
				: entry,
		);

	test('the check reports one acknowledged sample removed from the record', () => {
		const lost = acknowledged[Math.floor(chance(SEED, 'plant', 1) * acknowledged.length)];
		if (!lost) throw new Error('nothing was acknowledged');
		expect(faultsOf(withoutOne(record, lost), acknowledged).missing).toEqual([`${lost.archive}=${lost.value}`]);
	});

	test('the check reports one batch kept twice', () => {
		const kept = record.find((entry) => entry.kind === 'samples' && entry.samples.length > 0);
		if (kept?.kind !== 'samples') throw new Error('no batch is in the record');
		const doubled = faultsOf([...record, { ...kept, seq: record.length + 1 }], acknowledged).doubled;
		expect(doubled).toHaveLength(kept.samples.length);
	});
});
