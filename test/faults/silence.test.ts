// A source that falls silent: what it fed goes blind by the passing of time alone, nothing stays good or done, and the sum names it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BoardNow, judge } from '../../shared/judge.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { ask, moved, postSamples, type Row } from './kit/http.ts';
import { nightPlan } from './kit/night-plan.ts';
import { openScreen } from './kit/screen.ts';

const STALE_AFTER_MS = 2000;
const TB = 1e12;

let regia: RunningRegia;
let viewer = '';
beforeAll(async () => {
	regia = await startRegia({ plan: nightPlan({ archives: 2, staleAfter: '2s' }), flags: ['--rhythm', '250'] });
	viewer = regia.token({ kind: 'person', name: 'controllo', duties: [{ role: 'viewer' }] });
});
afterAll(() => regia.stop());

const boardNow = async (query = ''): Promise<BoardNow & { seq: number }> =>
	(await ask(`${regia.url}/api/board${query}`, { token: viewer })).json as BoardNow & { seq: number };

/** A finished archive: everything moved and verified. */
function finished(archive: string, at: number): Row[] {
	const iso = new Date(at).toISOString();
	const of = (measure: string): Row => ({ subject: `archive/${archive}`, measure, value: TB, at: iso });
	return [moved(archive, TB, at), of('archive.bytesTotal'), of('archive.bytesVerified')];
}

describe('a source that falls silent', () => {
	test('takes what it fed from good and done to blind within its limit, with no message', async () => {
		const tokens = ['s0', 's1'].map((name) => regia.token({ kind: 'source', name, subjects: ['archive/*'] }));
		const screen = openScreen({ url: regia.url, token: viewer, audience: 'wall' });
		const sentAt = Date.now();
		expect((await postSamples(regia.url, tokens[0] ?? '', finished('a0', sentAt))).status).toBe(202);
		expect((await postSamples(regia.url, tokens[1] ?? '', [moved('a1', 1, sentAt)])).status).toBe(202);
		const lit = await boardNow();
		expect(lit.archives.a0).toMatchObject({ standing: 'good', done: true });
		await until('the screen has it', () => (screen.state()?.position.seq ?? 0) >= lit.seq);

		// The other source goes on; only the first falls silent.
		let other = 2;
		const seen: string[] = [];
		const dark = await until('the archive and its source are blind', async () => {
			await postSamples(regia.url, tokens[1] ?? '', [moved('a1', other, Date.now())]);
			other += 1;
			const board = await boardNow();
			const one = board.archives.a0;
			seen.push(`${one?.standing} ${one?.done}`);
			return one?.standing === 'blind' && board.sources.s0?.standing === 'blind' ? board : null;
		});
		const after = Date.now() - sentAt;
		expect(after).toBeGreaterThan(STALE_AFTER_MS);
		expect(after).toBeLessThan(STALE_AFTER_MS + 1500);
		expect(dark.archives.a0).toMatchObject({ standing: 'blind', reason: 'silent', done: false, rate: null, moved: TB });
		expect(dark.archives.a1?.standing).not.toBe('blind');
		expect(dark.rollup).toMatchObject({ standing: 'blind', done: 0, oldest: { subject: 'archive/a0' } });
		expect(dark.rollup.oldest?.ageMs).toBeGreaterThan(STALE_AFTER_MS);
		expect(dark.sources.s0).toMatchObject({ talks: false, standing: 'blind' });
		expect(dark.worst.map((one) => one.subject)).toContain('archive/a0');
		expect(new Set(seen)).toEqual(new Set(['good true', 'blind false']));

		const state = screen.state();
		expect(state && judge(state.board, Date.now()).archives.a0).toMatchObject({ standing: 'blind', done: false });
		expect(state && judge(state.board, sentAt).archives.a0).toMatchObject({ standing: 'good', done: true });
		screen.close();
	});

	test('is shown in the health, in the metrics, and at that moment ever after', async () => {
		const health = (await ask(`${regia.url}/api/health`)).json as { blindSources: string[] };
		expect(health.blindSources).toContain('s0');
		const metrics = (await ask(`${regia.url}/metrics`, { token: viewer })).text;
		expect(metrics).toContain('regia_standing{subject="archive/a0",standing="blind"} 1');
		expect(metrics).toContain('regia_standing{subject="archive/a0",standing="good"} 0');
		const then = await boardNow(`?at=${new Date().toISOString()}`);
		expect(then.archives.a0).toMatchObject({ standing: 'blind', done: false });
	});

	test('is good again with its next word', async () => {
		const token = regia.token({ kind: 'source', name: 's0', subjects: ['archive/*'] });
		await postSamples(regia.url, token, finished('a0', Date.now()));
		expect((await boardNow()).archives.a0).toMatchObject({ standing: 'good', done: true });
	});
});
