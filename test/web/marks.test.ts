// Marks on a running server: whose they are to make, one after the other, harmless when repeated, and taken back within ten seconds.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Mark } from '../../shared/mark.ts';
import { ask } from '../faults/kit/http.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

const plan = `programme: { id: prova, name: Prova }
cutover:
  id: notte
  name: Notte
  window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 }
teams:
  rete: { label: Rete }
  dba: { label: DBA }
tasks:
  fermo: { label: Fermo, team: rete, duration: 10min }
  copia: { label: Copia, team: dba, after: [fermo], duration: 10min }
  varco: { label: Varco, kind: gate, gate: riavvio, after: [copia] }
  riavvio: { label: Riavvio, team: rete, after: [varco] }
  prova: { label: Prova, team: rete }
gates:
  riavvio:
    label: Riavvio
    criteria: { copia: { label: Copia, task: copia } }
    positions: { comando: { label: Comando, role: commander } }
`;

let regia: RunningRegia;
let commander = '';
let rete = '';
beforeAll(async () => {
	regia = await startRegia({ plan, flags: ['--rhythm', '250'] });
	commander = regia.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
	rete = regia.token({ kind: 'person', name: 'rete-1', duties: [{ role: 'team-lead', teams: ['rete'] }] });
});
afterAll(() => regia.stop());

const mark = (token: string, one: Mark, key?: string) =>
	ask(`${regia.url}/api/marks`, { token, body: JSON.stringify(one), ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }) });
const task = (id: string, state: 'started' | 'done' | 'skipped' | 'failed' | 'reopened', reason?: string): Mark => ({
	kind: 'task',
	task: id,
	state,
	...(reason === undefined ? {} : { reason }),
});
const marked = ({ status, state, startedAt, endedAt, by, reason, reopened }: Task) => ({ status, state, startedAt, endedAt, by, reason, reopened });
type Task = Record<'status' | 'state' | 'startedAt' | 'endedAt' | 'by' | 'reason' | 'reopened', unknown>;
type Runbook = { total: number; done: number; running: number; tasks: Record<string, Task> };
const runbook = async () => ((await ask(`${regia.url}/api/board`, { token: commander })).json as { runbook: Runbook }).runbook;
const answer = async (sent: ReturnType<typeof mark>) => {
	const { status, json } = await sent;
	return [status, (json as { code?: string }).code ?? null];
};

test('a lead marks what is of the own team, a commander all; the night itself is the commander’s', async () => {
	expect(await answer(mark(rete, task('prova', 'started')))).toEqual([202, null]);
	expect(await answer(mark(rete, task('copia', 'started')))).toEqual([403, 'not-permitted']);
	expect(await answer(mark(rete, { kind: 'writes', state: 'frozen' }))).toEqual([403, 'not-permitted']);
	expect(await answer(mark(rete, { kind: 'report', team: 'dba' }))).toEqual([403, 'not-permitted']);
	expect(await answer(mark(rete, { kind: 'report', team: 'rete' }))).toEqual([202, null]);
	expect(await answer(mark(commander, task('copia', 'failed')))).toEqual([409, 'reason-missing']);
	expect(await answer(mark(commander, task('altro', 'started')))).toEqual([400, 'unknown-subject']);
	expect(await answer(mark(commander, task('riavvio', 'started')))).toEqual([409, 'gate-not-passed']);
	expect(await answer(mark(commander, task('varco', 'done')))).toEqual([409, 'gate-not-go']);
});

test('of many starts at once one is taken', async () => {
	const all = await Promise.all(Array.from({ length: 12 }, () => answer(mark(rete, task('fermo', 'started')))));
	expect(all.filter(([status]) => status === 202)).toHaveLength(1);
	expect(all.filter(([, code]) => code === 'already')).toHaveLength(11);
	expect((await runbook()).tasks.fermo?.status).toBe('running');
});

test('a repeat is answered as the first time, though it could not be made any more', async () => {
	const first = await mark(rete, task('fermo', 'done'), 'una-volta');
	const second = await mark(rete, task('fermo', 'done'), 'una-volta');
	expect([first.status, second.status]).toEqual([202, 202]);
	expect((second.json as { seq: number }).seq).toBe((first.json as { seq: number }).seq);
	expect(await answer(mark(rete, task('fermo', 'done'), 'un-altra'))).toEqual([409, 'already']);
	expect(await runbook()).toMatchObject({ total: 5, done: 1, tasks: { fermo: { status: 'done' }, copia: { status: 'ready' } } });
});

test('the last two marks are taken back one after the other, by whoever made them', async () => {
	const before = await runbook();
	const started = (await mark(commander, task('copia', 'started'))).json as { seq: number };
	const done = (await mark(commander, task('copia', 'done'))).json as { seq: number };
	expect((await runbook()).tasks.copia?.status).toBe('done');
	expect(await answer(mark(commander, { kind: 'undo', seq: started.seq }))).toEqual([409, 'overlaid']);
	expect(await answer(mark(rete, { kind: 'undo', seq: done.seq }))).toEqual([403, 'not-permitted']);
	expect(await answer(mark(commander, { kind: 'undo', seq: done.seq }))).toEqual([202, null]);
	expect(await answer(mark(commander, { kind: 'undo', seq: done.seq }))).toEqual([409, 'nothing-to-undo']);
	expect(await answer(mark(commander, { kind: 'undo', seq: started.seq }))).toEqual([202, null]);
	expect(marked((await runbook()).tasks.copia as Task)).toEqual(marked(before.tasks.copia as Task));
});

test('the stream refuses with the same codes', async () => {
	const screen = openScreen({ url: regia.url, token: commander, audience: 'desk' });
	await until('a board', () => screen.state());
	const emit = (one: Mark) => screen.socket.emitWithAck('mark', one);
	expect(await emit(task('riavvio', 'done'))).toMatchObject({ ok: false, code: 'gate-not-passed' });
	expect(await emit(task('copia', 'skipped'))).toMatchObject({ ok: false, code: 'reason-missing' });
	expect(await emit(task('copia', 'started'))).toMatchObject({ ok: true });
	screen.socket.close();
});
