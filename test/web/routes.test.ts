// The routes of a running server by their public faces: described, answering, repeatable, and true to the record.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { readRoutes } from '../../server/web/app.ts';
import type { Board } from '../../shared/board.ts';
import { ask, moved, postSamples } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { readRecord } from '../faults/kit/record.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { boardOfEntries } from './replay.ts';

const HOUR = 3_600_000;
let regia: RunningRegia;
let source = '';
let viewer = '';
let lead = '';
beforeAll(async () => {
	regia = await startRegia({ plan: nightPlan(), flags: ['--rhythm', '250'] });
	source = regia.token({ kind: 'source', name: 's0', subjects: ['archive/*'] });
	viewer = regia.token({ kind: 'person', name: 'osservatore', duties: [{ role: 'viewer' }] });
	lead = regia.token({ kind: 'person', name: 'turno-1', duties: [{ role: 'team-lead' }] });
});
afterAll(() => regia.stop());

let clock = Date.now() - 6 * HOUR;
const row = (value: number) => {
	clock += 1000;
	return moved('a0', value, clock);
};
const get = (path: string, token = viewer) => ask(`${regia.url}${path}`, { token });

test('the client is sent packed as its reader takes it, and whole to who takes neither', async () => {
	const page = await (await fetch(`${regia.url}/`)).text();
	const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
	const lengths: number[] = [];
	for (const encoding of ['br', 'gzip', 'identity']) {
		const answer = await fetch(`${regia.url}${script}`, { headers: { 'accept-encoding': encoding }, method: 'HEAD' });
		expect([encoding, answer.status, answer.headers.get('content-encoding') ?? 'identity']).toEqual([encoding, 200, encoding]);
		expect(answer.headers.get('cache-control')).toContain('immutable');
		lengths.push(Number(answer.headers.get('content-length')));
	}
	expect(lengths.toSorted((a, b) => a - b)).toEqual(lengths);
});

describe('/api/openapi.json', () => {
	type Description = { paths: Record<string, Record<string, { summary: string; responses: object }>>; 'x-measures': object };

	test('describes every route of the running router, and none else', async () => {
		const routes = await readRoutes();
		const { paths } = (await get('/api/openapi.json')).json as Description;
		const expected = routes.map((route) => route.path.replace(/:(\w+)/g, '{$1}'));
		expect(Object.keys(paths).toSorted()).toEqual([...new Set(expected)].toSorted());
		for (const route of routes) {
			const described = paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method === 'ANY' ? 'get' : route.method.toLowerCase()];
			expect(described).toMatchObject({ summary: route.summary });
			expect(Object.keys(described?.responses ?? {}).length).toBeGreaterThan(0);
		}
	});

	test('lists only reads that answer', async () => {
		const { paths } = (await get('/api/openapi.json')).json as Description;
		const asked: Record<string, string> = {
			'/api/series': `/api/series?subject=archive/a0&measure=archive.bytesMoved&from=${new Date(Date.now() - HOUR).toISOString()}`,
			'/api/push/{token}': `/api/push/${source}?status=up`,
		};
		// What /auth answers leads to other pages, a site's is read by its ward, press sheets by the press, and caches keep the public pages:
		// others' tests go there.
		const elsewhere = ['/api/er/{site}', '/status', '/p/{id}', '/p/live/{name}'];
		const reads = Object.entries(paths).filter(
			([path, methods]) => methods.get && !/^\/(?:auth|api\/press)\b/.test(path) && !elsewhere.includes(path),
		);
		expect(reads.length).toBeGreaterThanOrEqual(8);
		const everything = regia.token({ kind: 'person', name: 'turno-2', duties: [{ role: 'administrator' }] });
		for (const [path] of reads) {
			const { status, headers } = await get(asked[path] ?? path, everything);
			expect({ path, status }).toEqual({ path, status: 200 });
			expect(headers.get('cache-control')).toContain('no-store');
		}
	});
});

describe('POST /api/samples', () => {
	test('gives a repeat the answer that the first one got, and keeps it once', async () => {
		const batch = [row(10), row(-1), row(11)];
		const first = await postSamples(regia.url, source, batch, 'una-volta');
		const again = await postSamples(regia.url, source, batch, 'una-volta');
		const bare = ({ json }: typeof first): unknown => {
			const { accepted, seq, refused } = json as { accepted: number; seq: number; refused: { index: number; code: string }[] };
			return { accepted, seq, refused: refused.map(({ index, code }) => ({ index, code })) };
		};
		expect(first.status).toBe(202);
		expect(again.status).toBe(202);
		expect(bare(first)).toMatchObject({ accepted: 2, refused: [{ index: 1, code: 'out-of-range' }] });
		expect(bare(again)).toEqual(bare(first));
		const kept = (await readRecord(regia.url, viewer)).flatMap((entry) => (entry.kind === 'samples' ? entry.samples : []));
		expect(kept.filter((one) => one.value === 10)).toHaveLength(1);
	});

	test("keeps one source's key apart from another's", async () => {
		const other = regia.token({ kind: 'source', name: 's1', subjects: ['archive/*'] });
		const first = await postSamples(regia.url, source, [row(12)], 'la-stessa');
		const second = await postSamples(regia.url, other, [row(13)], 'la-stessa');
		expect((second.json as { seq: number }).seq).toBe((first.json as { seq: number }).seq + 1);
	});

	test('reads gzip, lines, and lines in gzip', async () => {
		const lines = `${JSON.stringify(row(20))}\n${JSON.stringify(row(21))}\n`;
		const ndjson = { 'content-type': 'application/x-ndjson' };
		const gzip = { 'content-encoding': 'gzip' };
		const packed = (text: string) => new Uint8Array(gzipSync(text));
		for (const [body, headers, accepted] of [
			[packed(JSON.stringify({ samples: [row(22)] })), gzip, 1],
			[lines, ndjson, 2],
			[packed(lines.replaceAll(/"at":"[^"]+"/g, () => `"at":"${row(0).at}"`)), { ...ndjson, ...gzip }, 2],
		] as const) {
			const answer = await ask(`${regia.url}/api/samples`, { token: source, body, headers });
			expect(answer.json).toMatchObject({ accepted, refused: [] });
		}
	});

	test('is acknowledged only once it is in the record', async () => {
		const { seq } = (await postSamples(regia.url, source, [row(30)])).json as { seq: number };
		expect((await readRecord(regia.url, viewer))[seq - 1]).toMatchObject({ seq, kind: 'samples', samples: [{ value: 30 }] });
	});
});

describe('the board at a past moment', () => {
	test('equals the fold of the record up to there, by seq and by instant', async () => {
		await ask(`${regia.url}/api/marks`, { token: lead, body: JSON.stringify({ kind: 'phase', phase: 'copia', state: 'reached' }) });
		for (let n = 40; n < 45; n += 1) await postSamples(regia.url, source, [row(n)]);
		const record = await readRecord(regia.url, viewer);
		for (const { seq, seen } of record) {
			const bySeq = (await get(`/api/board?seq=${seq}`)).json as { facts: Board; seq: number; now: string };
			const expected: unknown = JSON.parse(JSON.stringify(boardOfEntries(record.slice(0, seq))));
			expect(bySeq.facts).toEqual(expected);
			expect(bySeq).toMatchObject({ seq, now: new Date(seen).toISOString() });
			const byInstant = (await get(`/api/board?at=${new Date(seen).toISOString()}`)).json as { seq: number };
			expect(byInstant.seq).toBe(record.findLast((entry) => entry.seen <= seen)?.seq);
		}
	});
});

describe('/api/series', () => {
	test('gives buckets of what was reported, and gaps as null', async () => {
		const from = Math.floor((Date.now() - 2 * HOUR) / 60_000) * 60_000;
		const at = (minute: number, second = 0): number => from + minute * 60_000 + second * 1000;
		const rows = [moved('a1', 5, at(0)), moved('a1', 9, at(0, 30)), moved('a1', 7, at(0, 59)), moved('a1', 20, at(3))];
		expect((await postSamples(regia.url, source, rows)).status).toBe(202);
		const query = new URLSearchParams({
			subject: 'archive/a1',
			measure: 'archive.bytesMoved',
			from: new Date(from).toISOString(),
			to: new Date(at(5)).toISOString(),
			points: '5',
		});
		const { json } = await get(`/api/series?${query}`);
		const empty = { min: null, max: null, avg: null, last: null, count: 0 };
		const bucket = (minute: number, rest: object) => ({ at: new Date(at(minute)).toISOString(), ...rest });
		expect(json).toEqual({
			subject: 'archive/a1',
			measure: 'archive.bytesMoved',
			bucketMs: 60_000,
			points: [
				bucket(0, { min: 5, max: 9, avg: 7, last: 7, count: 3 }),
				bucket(1, empty),
				bucket(2, empty),
				bucket(3, { min: 20, max: 20, avg: 20, last: 20, count: 1 }),
				bucket(4, empty),
			],
		});
	});
});

describe('/api/journal', () => {
	test('gives what came after a seq, a line each', async () => {
		const all = await readRecord(regia.url, viewer);
		const { text, headers } = await get(`/api/journal?from=${all.length - 2}`);
		expect(headers.get('content-type')).toContain('application/x-ndjson');
		expect(
			text
				.trim()
				.split('\n')
				.map((one) => JSON.parse(one) as unknown),
		).toEqual(all.slice(-2));
		expect((await get(`/api/journal?from=${all.length}`)).text).toBe('');
	});

	test('is followed as events, each once, to what comes later', async () => {
		const head = (await readRecord(regia.url, viewer)).length;
		const leaving = new AbortController();
		const headers = { authorization: `Bearer ${viewer}`, accept: 'text/event-stream' };
		const answer = await fetch(`${regia.url}/api/journal?from=${head - 1}`, { headers, signal: leaving.signal });
		let text = '';
		const reading = (async () => {
			for await (const piece of answer.body ?? []) text += Buffer.from(piece).toString('utf8');
		})().catch(() => undefined);
		await until('what was there', () => text.includes(`id: ${head}\n`));
		await postSamples(regia.url, source, [row(50)]);
		await postSamples(regia.url, source, [row(51)]);
		await until('what came later', () => text.includes(`id: ${head + 2}\n`));
		const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
		// Regia may have written something down of its own accord meanwhile.
		expect(ids).toEqual(ids.map((_, n) => head + n));
		expect(ids.length).toBeGreaterThanOrEqual(3);
		leaving.abort();
		await reading;
	});
});

describe('/metrics', () => {
	test('is Prometheus text whose every line is well formed, with the newest values', async () => {
		await postSamples(regia.url, source, [moved('a2', 4711, Date.now())]);
		const { text, headers } = await get('/metrics');
		expect(headers.get('content-type')).toContain('text/plain; version=0.0.4');
		const value = /^[a-z_]+(\{[a-z]+="[^"\\]*"(,[a-z]+="[^"\\]*")*\})? -?(\d+(\.\d+)?(e[+-]?\d+)?|NaN|\+Inf)$/;
		const lines = text.split('\n').filter((one) => one !== '' && !one.startsWith('#'));
		expect(lines.filter((one) => !value.test(one))).toEqual([]);
		expect(lines).toContain('regia_archive_bytes_moved{subject="archive/a2"} 4711');
		expect(lines).toContain('regia_journal_writes 1');
	});
});

describe('a token', () => {
	test('speaks only about what it is for, and nothing more within a second of its revocation', async () => {
		const store = openTokenStore(regia.data);
		const { id, secret } = store.make({ kind: 'source', name: 's2', subjects: ['archive/a2'] }, Date.now());
		const viewing = store.make({ kind: 'person', name: 'via', duties: [{ role: 'viewer' }] }, Date.now());
		expect((await postSamples(regia.url, secret, [moved('a2', 1, Date.now())])).status).toBe(202);
		expect((await postSamples(regia.url, secret, [row(60)])).json).toMatchObject({ refused: [{ code: 'not-permitted' }] });
		expect(store.list().find((one) => one.id === id)?.lastUsedAt).not.toBeNull();
		const screen = openScreen({ url: regia.url, token: viewing.secret, audience: 'desk' });
		await until('a board', () => screen.state());
		const begun = performance.now();
		store.revoke(id, Date.now());
		store.revoke(viewing.id, Date.now());
		await until('it is refused', async () => (await postSamples(regia.url, secret, [moved('a2', 2, Date.now())])).status === 401, 1000);
		await until('its stream ends', () => !screen.socket.connected, 2000);
		expect(performance.now() - begun).toBeLessThan(2000);
		screen.close();
		store.close();
	});

	test('becomes a cookie of the same rights, for our own pages alone', async () => {
		const answer = await ask(`${regia.url}/api/session`, { body: JSON.stringify({ token: viewer }) });
		expect(answer.status).toBe(204);
		const set = answer.headers.get('set-cookie') ?? '';
		expect(set).toMatch(/HttpOnly; SameSite=Strict; Path=\//);
		const cookie = set.split(';')[0] ?? '';
		expect((await ask(`${regia.url}/api/board`, { headers: { cookie, origin: regia.url } })).status).toBe(200);
		expect((await ask(`${regia.url}/api/board`, { headers: { cookie, origin: 'https://altrove.example' } })).status).toBe(401);
	});
});
