// Write probes through the whole server: a plan with twin probes on a real web service and a real database, the board that says who accepts
// writes, and the secrets that they are made with, which are in no answer, log or file.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../faults/kit/http.ts';
import { type Postgres, postgresFolder, startPostgres } from '../kit/postgres.ts';
import { filesUnder, findIn, searchFiles } from '../kit/secret-search.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { startWebService, type WebService } from '../kit/web-service.ts';

const secrets = [
	{ kind: 'password' as const, text: 'segreto-sonda-web-41ab77' },
	{ kind: 'password' as const, text: 'segreto-sonda-sql-93fe02' },
];

const plan = (web: { old: number; new: number }, sql: number): string => `programme: { id: sonde, name: Prova delle sonde }
cutover: { id: notte, name: Notte, window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 } }
services:
  cartella: { label: Cartella, priority: 1, staleAfter: 30s }
  base-dati: { label: Base dati, priority: 2, staleAfter: 30s }
sources:
${(['old', 'new'] as const)
	.map(
		(side) => `  scrive-${side}:
    kind: http-write
    label: Scrittura ${side}
    every: 200ms
    settings:
      service: cartella
      side: ${side}
      url: "http://127.0.0.1:${web[side]}/prova"
      headersFrom: { Authorization: PROBE_TOKEN }
      body: "{}"
      takeBack: { url: "http://127.0.0.1:${web[side]}/prova/una" }`,
	)
	.join('\n')}
  scrive-sql:
    kind: sql-write
    label: Scrittura database
    every: 200ms
    settings: { service: base-dati, side: new, host: 127.0.0.1, port: ${sql}, database: postgres, user: owner, passwordFrom: PROBE_PASSWORD }
`;

const isThere = postgresFolder !== null;
describe.skipIf(!isThere)('write probes', () => {
	let regia: RunningRegia;
	let postgres: Postgres;
	let old: WebService;
	let young: WebService;
	beforeAll(async () => {
		[postgres, old, young] = await Promise.all([startPostgres(), startWebService(), startWebService()]);
		await postgres.run('postgres', 'create table regia_probe (at timestamptz not null default now())');
		const [web = '', sql = ''] = secrets.map(({ text }) => text);
		regia = await startRegia({
			plan: plan({ old: old.port, new: young.port }, postgres.port),
			env: { PROBE_TOKEN: `Bearer ${web}`, PROBE_PASSWORD: sql, REGIA_LOG: 'trace' },
			flags: ['--rhythm', '250'],
		});
	});
	afterAll(() => Promise.all([regia?.stop(), postgres?.stop(), old?.goDown(), young?.goDown()]));

	test('say on the board who accepts writes, and leave their secrets nowhere', async () => {
		const token = regia.token({ kind: 'person', name: 'sala', duties: [{ role: 'commander' }] });
		const said: string[] = [];
		const writes = async (): Promise<string> => {
			const answer = await ask(`${regia.url}/api/board`, { token });
			said.push(answer.text);
			const { services } = answer.json as { services: Record<string, { writes: string }> };
			return `${services.cartella?.writes} ${services['base-dati']?.writes}`;
		};
		const becomes = (expected: string) => until(`writes are: ${expected}`, async () => (await writes()) === expected || null, 15_000);
		await becomes('both new');
		old.behave({ kind: 'answer', status: 503, body: `read-only, ${secrets[0]?.text}` });
		await becomes('new new');
		young.behave({ kind: 'answer', status: 409, body: 'read-only' });
		await postgres.run('postgres', 'alter system set default_transaction_read_only = on', 'select pg_reload_conf()');
		await becomes('none none');
		// Regia's own lack of rights says nothing of the service.
		young.behave({ kind: 'answer', status: 401, body: `who is ${secrets[0]?.text}?` });
		await becomes('unknown none');
		said.push((await ask(`${regia.url}/api/journal`, { token })).text, (await ask(`${regia.url}/api/health`, { token })).text);
		expect(findIn(secrets, Buffer.from(said.join('\n')))).toEqual([]);
		// The search would find one.
		expect(findIn(secrets, Buffer.from(`Bearer ${secrets[0]?.text}`))).toHaveLength(1);
		expect(searchFiles(secrets, filesUnder(regia.data)).leaks).toEqual([]);
		expect(old.asked()).toBeGreaterThan(2);
	});
});
