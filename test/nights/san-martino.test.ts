// San Martino's night through the whole server, as fast as it goes: the board at named minutes against what was worked out by hand.
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { checkNight } from './check-night.ts';
import { marksByHand, sanMartinoByHand } from './san-martino-by-hand.ts';

const NIGHT_LIMIT_MS = 180_000;

type ApiBoard = Parameters<typeof checkNight>[0] & { readonly rehearsal: boolean; readonly seq: number; readonly marks: { readonly count: number } };

let regia: RunningRegia;
let token: string;

async function ask<T>(path: string): Promise<T> {
	const answer = await fetch(`${regia.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
	if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
	return (await answer.json()) as T;
}

beforeAll(async () => {
	regia = await startRegia({ flags: ['--rehearse', 'san-martino', '--speed', '3600'] });
	token = regia.token({ kind: 'person', name: 'notte', duties: [{ role: 'viewer' }] });
	const began = performance.now();
	await until('the end of the night', async () => (await ask<{ speed: number }>('/api/health')).speed === 0, NIGHT_LIMIT_MS);
	console.info(`ten hours in ${Math.round((performance.now() - began) / 100) / 10} s`);
}, NIGHT_LIMIT_MS + 30_000);

afterAll(() => regia?.stop());

test.each(sanMartinoByHand.map((one) => [one.clock, one] as const))('at %s the board shows what was worked out by hand', async (_, byHand) => {
	const board = await ask<ApiBoard>(`/api/board?at=${new Date(byHand.at).toISOString()}`);
	expect(board.rehearsal).toBe(true);
	checkNight(board, byHand);
});

test('every mark of the night is kept once', async () => {
	expect((await ask<ApiBoard>('/api/board')).marks.count).toBe(marksByHand);
});

test('nothing of any source was refused or late', async () => {
	const { sources } = await ask<ApiBoard>('/api/board');
	for (const [id, one] of Object.entries(sources)) expect([id, one.refused, one.late, one.wentBack]).toEqual([id, {}, 0, 0]);
});

test('what was worked out by hand does not hold for another minute', async () => {
	const stuck = sanMartinoByHand.find((one) => one.clock === '02:13');
	const silent = sanMartinoByHand.find((one) => one.clock === '23:15');
	if (!stuck || !silent) throw new Error('the named minutes are gone');
	const board = await ask<ApiBoard>(`/api/board?at=${new Date(stuck.at).toISOString()}`);
	expect(() => checkNight(board, silent)).toThrow();
});
