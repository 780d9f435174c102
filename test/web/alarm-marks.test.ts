// Marks on alarms over the wire: who may, what stands in the way, a P1's shelf that is armed first, and what the list is afterwards.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, ask, postSamples } from '../faults/kit/http.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
const HOUR_MS = 3_600_000;
const BOTH = 'service-both-answer:service:ps';
const LAG = 'ritardo:archive:cce';

const plan = (): string =>
	JSON.stringify({
		programme: { id: 'prova', name: 'Prova' },
		cutover: { id: 'notte', name: 'Notte inventata', window: { start: at(-HOUR_MS), end: at(8 * HOUR_MS) } },
		services: { ps: { label: 'Pronto Soccorso', priority: 1 } },
		archives: { cce: { label: 'Cartella' } },
		sources: { sonde: { kind: 'push', label: 'Sonde' } },
		alarms: {
			rules: { ritardo: { label: 'Ritardo', subject: 'archive/*', measure: 'archive.lag', above: 60, priority: 2, do: 'Chiamare il fornitore.' } },
		},
	});

let regia: RunningRegia;
let tokens: { readonly source: string; readonly operator: string; readonly viewer: string };
beforeAll(async () => {
	regia = await startRegia({ plan: plan(), flags: ['--rhythm', '250'] });
	tokens = {
		source: regia.token({ kind: 'source', name: 'sonde', subjects: ['*'] }),
		operator: regia.token({ kind: 'person', name: 'sala', duties: [{ role: 'alarm-operator' }] }),
		viewer: regia.token({ kind: 'person', name: 'visita', duties: [{ role: 'viewer' }] }),
	};
	await report(1, 90);
	await until('both alarms', async () => (await listed()).length === 2, 10_000);
}, 30_000);
afterAll(() => regia?.stop());

const report = (both: number, lag: number): Promise<Answer> =>
	postSamples(regia.url, tokens.source, [
		{ subject: 'service/ps', measure: 'service.upOld', value: both, at: at(0) },
		{ subject: 'service/ps', measure: 'service.upNew', value: 1, at: at(0) },
		{ subject: 'archive/cce', measure: 'archive.lag', value: lag, at: at(0) },
	]);
type Shown = {
	readonly alarms: { readonly active: readonly { id: string; state: string; label: string }[]; readonly shelved: readonly { id: string }[] };
};
const alarms = async (): Promise<Shown['alarms']> => ((await ask(`${regia.url}/api/board`, { token: tokens.viewer })).json as Shown).alarms;
const listed = async (): Promise<string[]> => (await alarms()).active.map(({ id, state }) => `${id} ${state}`);

const send = (path: string, body: object, token = tokens.operator): Promise<Answer> =>
	ask(`${regia.url}/api/${path}`, { token, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const mark = (act: string, alarm: string, rest: object = {}) => ({ kind: 'alarm', act, alarm, ...rest });
const codeOf = ({ status, json }: Answer): string => `${status} ${(json as { code?: string }).code ?? 'kept'}`;

test('what is on is on the list, the urgent first', async () => {
	expect(await listed()).toEqual([`${BOTH} unacknowledged`, `${LAG} unacknowledged`]);
	expect((await alarms()).active[0]?.label).toBe('Pronto Soccorso');
});

test.each([
	['an alarm that is not on the list', () => mark('acknowledge', 'service-down:service:ps'), '409 alarm-gone'],
	['a name of no alarm', () => mark('acknowledge', 'Tutti gli allarmi'), '400 malformed'],
	['a shelf without a reason', () => mark('shelve', LAG, { until: at(HOUR_MS) }), '400 malformed'],
	['a shelf too short', () => mark('shelve', LAG, { until: at(30_000), reason: 'prova' }), '409 shelf-length'],
	['a shelf too long', () => mark('shelve', LAG, { until: at(9 * HOUR_MS), reason: 'prova' }), '409 shelf-length'],
	['a shelf that ends before now', () => mark('shelve', LAG, { until: at(-1000), reason: 'prova' }), '409 shelf-length'],
	['one that is on no shelf', () => mark('unshelve', LAG), '409 not-shelved'],
	['a reset of one that does not latch', () => mark('reset', LAG), '409 not-latching'],
	['a P1’s shelf that is not armed', () => mark('shelve', BOTH, { until: at(HOUR_MS), reason: 'prova' }), '428 not-armed'],
])('is refused: %s', async (_name, made, expected) => {
	const answer = await send('marks', made());
	expect(codeOf(answer)).toBe(expected);
	expect(await listed()).toHaveLength(2);
});

test('a viewer marks none', async () => {
	expect(codeOf(await send('marks', mark('acknowledge', LAG), tokens.viewer))).toMatch(/^403/);
});

test('a P1 is shelved once it was armed, for that end and that reason alone, and comes back by hand', async () => {
	const shelf = mark('shelve', BOTH, { until: at(HOUR_MS), reason: 'lavori in corso' });
	const { nonce } = (await send('arm', { mark: shelf })).json as { nonce: string };
	expect(codeOf(await send('marks', { mark: { ...shelf, reason: 'altro' }, nonce }))).toBe('428 not-armed');
	const again = (await send('arm', { mark: shelf })).json as { nonce: string };
	expect(codeOf(await send('marks', { mark: shelf, nonce: again.nonce }))).toBe('202 kept');
	expect([await listed(), (await alarms()).shelved.map(({ id }) => id)]).toEqual([[`${LAG} unacknowledged`], [BOTH]]);
	expect(codeOf(await send('marks', mark('unshelve', BOTH)))).toBe('202 kept');
	expect(await listed()).toHaveLength(2);
});

test('acknowledged once, and gone as soon as it is over', async () => {
	expect(codeOf(await send('marks', mark('acknowledge', LAG)))).toBe('202 kept');
	expect(codeOf(await send('marks', mark('acknowledge', LAG)))).toBe('409 already');
	expect(await listed()).toEqual([`${BOTH} unacknowledged`, `${LAG} acknowledged`]);
	await report(1, 1);
	await until('the acknowledged one to leave', async () => (await listed()).length === 1, 10_000);
	expect(await listed()).toEqual([`${BOTH} unacknowledged`]);
});
