// The write probe of databases against a real PostgreSQL: what is accepted, what is refused, what is Regia's own fault, and that nothing stays.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqlWriteConnector } from '../../server/connectors/sql-write.connector.ts';
import { connectorContract, contextOf, MARKER } from '../contracts/connector-contract.ts';
import { type Postgres, postgresFolder, startPostgres } from '../kit/postgres.ts';
import { until } from '../kit/until.ts';
import { figuresOf, probeRules } from './probe-kit.ts';

const settings = (port: number): Record<string, unknown> => ({
	service: 'cartella',
	side: 'new',
	host: '127.0.0.1',
	port,
	database: 'postgres',
	user: 'owner',
});

let postgres: Postgres | undefined;
const isThere = postgresFolder !== null;
beforeAll(async () => {
	if (!isThere) return;
	postgres = await startPostgres();
	await postgres.run(
		'postgres',
		'create table regia_probe (at timestamptz not null default now())',
		'create schema probes',
		'create table probes.regia_mine (n serial)',
		'create table regia_strict (who text not null)',
		'create table regia_empty (at timestamptz default now())',
		'create function drops() returns trigger language plpgsql as $$ begin return null; end $$',
		'create trigger drops before insert on regia_empty for each row execute function drops()',
		'create table regia_held (at timestamptz default now())',
		`create function refuses() returns trigger language plpgsql as $$ begin raise exception '${MARKER}'; end $$`,
		'create table regia_refused (at timestamptz default now())',
		'create trigger refuses before insert on regia_refused execute function refuses()',
		'create table visits (who text)',
		`insert into visits values ('${MARKER}')`,
		'create role guest login',
		'create role reader login',
		'alter role reader set default_transaction_read_only = on',
		'grant select, insert, delete on regia_probe to reader',
	);
});
afterAll(() => postgres?.stop());

connectorContract('sql-write', {
	connector: sqlWriteConnector,
	settings,
	mistakes: [
		['no side', { side: undefined }, 'side'],
		['a side that is none', { side: 'both' }, 'side'],
		['no service', { service: undefined }, 'service'],
		['no host', { host: undefined }, 'host'],
		['a port that is none', { port: 0 }, 'port'],
		['no database', { database: undefined }, 'database'],
		['no user', { user: undefined }, 'user'],
		['a secret in place of its name', { passwordFrom: 'secret word' }, 'passwordFrom'],
		['a table that is not Regia’s own', { table: 'visits' }, 'table'],
		['a table that only ends so', { table: 'visits_regia_' }, 'table'],
		['a statement in place of a table', { table: 'regia_probe; delete from visits' }, 'table'],
		['a quotation mark', { table: 'regia_"probe' }, 'table'],
		['a way of TLS that is none', { tls: 'maybe' }, 'tls'],
	],
	faults: { silent: 'down', garbage: 'down', endless: 'down', refused: 'down' },
	endlessHead: '',
	healthy: isThere ? async () => ({ settings: settings(postgres?.port ?? 0), end: async () => {} }) : null,
});

probeRules('sql-write', sqlWriteConnector, (port, host) => ({ ...settings(port), host }));

describe.skipIf(!isThere)('a database', () => {
	const look = (change: object, timeoutMs = 3000) => figuresOf(sqlWriteConnector, { ...settings(postgres?.port ?? 0), ...change }, timeoutMs);
	const rowsIn = (table: string) => postgres?.run('postgres', `select count(*)::int as rows from ${table}`);

	test.each([
		['accepts writes', {}, { writeNew: 1 }],
		['accepts them on the old side', { side: 'old' }, { writeOld: 1 }],
		['accepts them in a schema', { table: 'probes.regia_mine' }, { writeNew: 1 }],
		['refuses by a trigger, whose words stay outside', { table: 'regia_refused' }, { writeNew: 0, code: 'bad-answer' }],
		['refuses a row without what it must have', { table: 'regia_strict' }, { writeNew: 0, code: 'bad-answer' }],
		['is read-only for this role', { user: 'reader' }, { writeNew: 0, code: 'not-permitted' }],
		['has no such table: that is the plan’s', { table: 'regia_nowhere' }, { writeNew: null, why: 'not-found' }],
		['has no such database: that is the plan’s', { database: 'no_such_database' }, { writeNew: null, why: 'not-found' }],
		['takes no row and says nothing', { table: 'regia_empty' }, { writeNew: null, why: 'not-found' }],
		['does not know the user', { user: 'nobody' }, { writeNew: null, why: 'unauthorised' }],
		['gives the user no right to the table', { user: 'guest' }, { writeNew: null, why: 'unauthorised' }],
		['cannot be asked without the secret', { passwordFrom: 'NOT_SET' }, { writeNew: null, why: 'unauthorised' }],
	] as const)('%s', async (_what, change, found) => {
		expect(await look(change)).toEqual(found);
	});

	test('keeps nothing of it, however often it is asked, and is never written elsewhere', async () => {
		for (let i = 0; i < 5; i += 1) expect(await look({})).toEqual({ writeNew: 1 });
		expect(await rowsIn('regia_probe')).toEqual([{ rows: 0 }]);
		expect(await rowsIn('visits')).toEqual([{ rows: 1 }]);
	});

	test('that others write in at the same time loses none of their rows', async () => {
		await postgres?.run('postgres', 'insert into regia_probe default values');
		await Promise.all(Array.from({ length: 8 }, () => look({})));
		expect(await rowsIn('regia_probe')).toEqual([{ rows: 1 }]);
		await postgres?.run('postgres', 'truncate regia_probe');
	});

	test('that is made read-only accepts none, and accepts them again afterwards', async () => {
		const readOnly = (on: 'on' | 'off') =>
			postgres?.run('postgres', `alter system set default_transaction_read_only = ${on}`, 'select pg_reload_conf()');
		const told: unknown[] = [];
		for (const [state, expected] of [
			['on', 0],
			['off', 1],
			['on', 0],
			['off', 1],
		] as const) {
			// Back by a session that may write whatever the default is.
			if (state === 'off')
				await postgres?.run(
					'postgres',
					'set default_transaction_read_only = off',
					'alter system set default_transaction_read_only = off',
					'select pg_reload_conf()',
				);
			else await readOnly('on');
			let found = await look({});
			for (let i = 0; i < 40 && found.writeNew !== expected; i += 1) found = await look({});
			told.push(found.writeNew);
		}
		expect(told).toEqual([0, 1, 0, 1]);
	});

	test('whose table is held accepts none in time', async () => {
		const held = postgres?.run('postgres', 'begin', 'lock table regia_held', 'select pg_sleep(60)').catch(() => undefined);
		const holders = "from pg_locks where relation = 'regia_held'::regclass and granted";
		await until('the table is held', async () => (await postgres?.run('postgres', `select pid ${holders}`))?.length || null, 30_000);
		const found = await look({ table: 'regia_held' }, 300);
		expect(found).toEqual({ writeNew: 0, code: 'timeout' });
		await postgres?.run('postgres', `select pg_terminate_backend(pid) ${holders}`);
		await held;
	});

	test('that went down accepts none, and that is no blindness', async () => {
		const lone = await startPostgres();
		await lone.run('postgres', 'create table regia_probe (at timestamptz not null default now())');
		const reader = sqlWriteConnector.open(settings(lone.port), contextOf());
		const ask = async () => (await reader.read(AbortSignal.timeout(3000))).readings?.[0]?.value;
		expect(await ask()).toBe(1);
		await lone.stop();
		expect(await ask()).toBe(0);
		await reader.close();
	});
});
