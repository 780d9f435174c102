// A gate live, over the real wire: it comes to go by itself, falls by itself, and neither a kill nor a silence leaves it open.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Entry } from '../../shared/entry.ts';
import { ask } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { readRecord } from '../faults/kit/record.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

const MAX_AGE_MS = 4000;
const RHYTHM_MS = 250;
const plan = `${nightPlan()}teams:
  casa: { label: Di casa, kind: house }
tasks:
  passaggio: { label: Si passa, kind: gate, gate: varco }
gates:
  varco:
    label: Varco
    criteria: { replica: { label: Replica, subject: archive/a0, measure: archive.lag, atMost: 5, maxAge: ${MAX_AGE_MS}ms } }
    positions:
      casa: { label: Casa, team: casa }
      direzione: { label: Direzione, role: commander }
`;

type Gate = { readonly state: string; readonly reopened: { times: number; why: string } | null; readonly closed: { how: string } | null };

let regia: RunningRegia;
let lead: string;
let commander: string;
let source: string;
beforeAll(async () => {
	regia = await startRegia({ plan, flags: ['--rhythm', String(RHYTHM_MS)] });
	lead = regia.token({ kind: 'person', name: 'casa-1', duties: [{ role: 'team-lead', teams: ['casa'] }] });
	commander = regia.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
	source = regia.token({ kind: 'source', name: 's0', subjects: ['archive/*'] });
});
afterAll(() => regia?.stop());

const post = async (path: string, body: object, token: string) => {
	const { status, json } = await ask(`${regia.url}${path}`, { token, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
	return { status, json: json as { nonce?: string; seq?: number } };
};
async function make(mark: object, token: string): Promise<number> {
	const { nonce } = (await post('/api/arm', { mark }, token)).json;
	const { status, json } = await post('/api/marks', { mark, nonce }, token);
	expect(status).toBe(202);
	return json.seq ?? 0;
}
const vote = (position: string, what: string, token: string) => make({ kind: 'vote', gate: 'varco', position, vote: what }, token);
async function reads(value: number): Promise<void> {
	const samples = [{ subject: 'archive/a0', measure: 'archive.lag', value, at: new Date().toISOString() }];
	expect((await post('/api/samples', { samples }, source)).status).toBe(202);
}
const gate = async (): Promise<Gate> =>
	((await ask(`${regia.url}/api/board`, { token: commander })).json as { gates: Record<string, Gate> }).gates.varco as Gate;
const decisions = async (): Promise<readonly (Entry & { to: string })[]> =>
	(await readRecord(regia.url, commander)).flatMap((entry) => (entry.kind === 'auto' && entry.what === 'gate' ? [entry] : []));
const isAt = (state: string) => until(`it is at ${state}`, async () => (await gate()).state === state, 5000);
async function bringToGo(): Promise<number> {
	await reads(1);
	await vote('casa', 'go', lead);
	const seq = await vote('direzione', 'go', commander);
	await isAt('go');
	return seq;
}

test('comes to go by itself right after the vote that it took, with its evidence', async () => {
	const seq = await bringToGo();
	const [go] = await decisions();
	expect(go).toMatchObject({ seq: seq + 1, to: 'go', why: null, evidence: { replica: [1, expect.any(Number), true] } });
});

test('falls by itself when a criterion flips, and says which', async () => {
	await reads(9);
	await until('it fell', async () => (await gate()).reopened?.times === 1, 2000);
	expect(await gate()).toMatchObject({ state: 'waiting', reopened: { times: 1, why: 'replica' } });
	expect((await decisions()).map(({ to }) => to)).toEqual(['go', 'open']);
});

test('falls by silence alone, within a rhythm of its limit', async () => {
	await bringToGo();
	await until('it fell', async () => (await gate()).reopened?.times === 2, MAX_AGE_MS + 2000);
	const [go, open] = (await decisions()).slice(-2);
	expect([go?.to, open?.to]).toEqual(['go', 'open']);
	const record = await readRecord(regia.url, commander);
	const last = record.findLast((entry) => entry.kind === 'samples' && entry.seq < (open?.seq ?? 0));
	expect((open?.seen ?? 0) - (last?.seen ?? 0)).toBeGreaterThanOrEqual(MAX_AGE_MS);
	expect((open?.seen ?? 0) - (last?.seen ?? 0)).toBeLessThan(MAX_AGE_MS + 2000);
});

test('killed at go and started again after a silence, it is never at go', async () => {
	await bringToGo();
	const { data, port } = regia;
	await regia.kill();
	await new Promise((resolve) => setTimeout(resolve, MAX_AGE_MS));
	regia = await startRegia({ plan, data, port, flags: ['--rhythm', String(RHYTHM_MS)] });
	expect((await gate()).state).toBe('waiting');
	// Good news after the silence does not bring the old go back.
	await reads(1);
	expect((await gate()).state).toBe('waiting');
	await until('it is written down', async () => (await decisions()).at(-1)?.to === 'open', 3000);
	expect(await gate()).toMatchObject({ state: 'waiting', reopened: { times: 3, why: 'replica' } });
});

test('is passed at go by an armed mark, and stays passed', async () => {
	await bringToGo();
	await make({ kind: 'task', task: 'passaggio', state: 'done' }, commander);
	expect(await gate()).toMatchObject({ state: 'closed', closed: { how: 'passed' } });
	await reads(9);
	await new Promise((resolve) => setTimeout(resolve, 3 * RHYTHM_MS));
	expect(await gate()).toMatchObject({ state: 'closed', closed: { how: 'passed' } });
	expect((await decisions()).map(({ to }) => to)).toEqual(['go', 'open', 'go', 'open', 'go', 'open', 'go']);
});
