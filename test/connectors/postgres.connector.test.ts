// PostgreSQL for real: a bulk load and logical replication from one database to another, lag, and verification by count.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Look, Reader } from '../../server/connectors/connector.ts';
import { postgresConnector } from '../../server/connectors/postgres.connector.ts';
import { assertClean, connectorContract, contextOf, MARKER } from '../contracts/connector-contract.ts';
import { type Postgres, postgresFolder, startPostgres } from '../kit/postgres.ts';
import { until } from '../kit/until.ts';

const side = (port: number, database: string, user = 'owner') => ({ host: '127.0.0.1', port, database, user });
const settingsOf = (port: number, more: object = {}): Record<string, unknown> => ({
	archive: 'cce-db',
	source: side(port, 'old'),
	target: side(port, 'new'),
	tables: ['visits', 'public.Reports'],
	...more,
});

const tables = [
	'create table visits (id int primary key, name text)',
	'create table "Reports" (id int primary key, body text) partition by range (id)',
	'create table reports_1 partition of "Reports" for values from (0) to (500)',
	'create table reports_2 partition of "Reports" for values from (500) to (100000)',
];

async function startPair(): Promise<Postgres> {
	const server = await startPostgres();
	await server.run('postgres', 'create database old');
	await server.run('postgres', 'create database new');
	await server.run('old', ...tables, `insert into visits select n, '${MARKER}' from generate_series(1, 2000) n`);
	await server.run('old', `insert into "Reports" select n, '${MARKER}' from generate_series(1, 1000) n`);
	// In a session of its own: PostgreSQL adds a session's unreported inserts to what its own analyze has just found.
	await server.run('old', 'analyze');
	await server.run('new', ...tables);
	return server;
}

connectorContract('postgres', {
	connector: postgresConnector,
	settings: settingsOf,
	mistakes: [
		['no table', { tables: [] }, 'tables'],
		['a table of three parts', { tables: ['a.b.c'] }, 'tables.0'],
		['a password in the open', { source: { ...side(1, 'old'), password: 'x' } }, 'source'],
		['a secret in place of its name', { source: { ...side(1, 'old'), passwordFrom: 'hunter-2' } }, 'source.passwordFrom'],
		['a port that is none', { target: side(0, 'new') }, 'target.port'],
		['a count of another sort', { count: 'guess' }, 'count'],
		['a rhythm without a unit', { exactEvery: 60 }, 'exactEvery'],
	],
	faults: { silent: 'timeout', garbage: 'bad-answer', endless: 'too-large', refused: 'unreachable' },
	// A notice without an end: within the protocol, and far too long.
	endlessHead: Buffer.from([0x4e, 0x7f, 0xff, 0xff, 0xff]),
	healthy:
		postgresFolder === null
			? null
			: async () => {
					const server = await startPair();
					return { settings: settingsOf(server.port), end: () => server.stop() };
				},
});

const valuesOf = (look: Look): Record<string, number | null | string> =>
	Object.fromEntries((look.readings ?? []).map(({ measure, value, why }) => [measure.slice('archive.'.length), why ?? value]));

async function lookAt(reader: Reader, exact = false): Promise<Record<string, number | null | string>> {
	const look = await (exact ? reader.readExact : reader.read)?.(AbortSignal.timeout(10_000));
	if (!look?.ok) throw new Error(look?.why);
	assertClean(look);
	return valuesOf(look);
}

describe.skipIf(postgresFolder === null)('a database on its way', () => {
	let server: Postgres;
	beforeAll(async () => {
		server = await startPair();
		await server.run('old', 'create publication p for table visits, "Reports" with (publish_via_partition_root = true)');
		await server.run('old', "select pg_create_logical_replication_slot('move', 'pgoutput')");
	}, 60_000);
	afterAll(() => server?.stop());
	const open = (more: object = {}) => postgresConnector.open(settingsOf(server.port, more), contextOf(undefined, '5s'));

	test('is counted on both sides, and its lag is unknown while nobody reads the slot', async () => {
		const reader = open({ slot: 'move', subscription: 'move' });
		const look = await lookAt(reader);
		expect(look).toMatchObject({ itemsMoved: 0, itemsTotal: 3000, lag: 'not-found' });
		const slotAlone = open({ slot: 'move' });
		expect(await lookAt(slotAlone)).toMatchObject({ lag: 'stopped' });
		await Promise.all([reader.close(), slotAlone.close()]);
	});

	test('fills by logical replication, catches up, and is verified where both sides count the same', async () => {
		const reader = open({ slot: 'move', subscription: 'move', count: 'exact' });
		const link = `host=127.0.0.1 port=${server.port} dbname=old user=owner`;
		await server.run('new', `create subscription move connection '${link}' publication p with (create_slot = false, slot_name = 'move')`);
		const caughtUp = await until(
			'the new side holds every row',
			async () => {
				const figures = await lookAt(reader);
				return figures.itemsMoved === 3000 && figures.lag === 0 ? figures : null;
			},
			30_000,
		);
		expect(caughtUp.lagBytes).toBeGreaterThanOrEqual(0);
		expect(await lookAt(reader, true)).toEqual({ itemsTotal: 3000, itemsMoved: 3000, itemsVerified: 3000 });

		await server.run('new', 'delete from visits where id = 7');
		expect(await lookAt(reader, true)).toEqual({ itemsTotal: 3000, itemsMoved: 2999, itemsVerified: 1000 });
		await server.run('new', 'alter subscription move disable');
		await until('the worker stops', async () => (await lookAt(reader)).lag === 'stopped');
		await server.run('old', "insert into visits select n, 'x' from generate_series(5001, 9000) n");
		const behind = await lookAt(reader);
		expect(behind.itemsTotal).toBe(7000);
		expect(behind.lagBytes).toBeGreaterThan(100_000);
		await reader.close();
	});

	test('writes nothing, and asks only within its rights', async () => {
		await server.run('old', 'create role reader login; grant pg_read_all_stats to reader; grant select on visits to reader');
		const reader = open({ source: side(server.port, 'old', 'reader'), tables: ['visits'] });
		expect(await lookAt(reader)).toHaveProperty('itemsTotal');
		const [session] = await server.run(
			'postgres',
			"select count(*)::int as n from pg_stat_activity where application_name = 'regia' and usename = 'reader'",
		);
		expect(session).toEqual({ n: 1 });
		await reader.close();
		const forbidden = open({ source: side(server.port, 'old', 'reader'), count: 'exact' });
		expect(await forbidden.read(AbortSignal.timeout(5000))).toEqual({ ok: false, why: 'unauthorised' });
		await forbidden.close();
	});

	test.each([
		['a database that is not there', { source: { database: MARKER } }, 'not-found'],
		['a role that is not there', { source: { user: MARKER } }, 'unauthorised'],
		['TLS that the server does not speak', { source: { tls: 'on' } }, 'bad-answer'],
		['a table that is not there', { tables: [MARKER] }, 'not-found'],
		['a table that tries to be a statement', { tables: ['visits"; drop table visits; --'] }, 'not-found'],
	] as const)('gives a closed code for %s', async (_, change, why) => {
		const more = 'source' in change ? { source: { ...side(server.port, 'old'), ...change.source } } : change;
		const reader = open(more);
		expect(await reader.read(AbortSignal.timeout(5000))).toEqual({ ok: false, why });
		await reader.close();
		const exact = open({ ...more, count: 'exact' });
		expect(await exact.read(AbortSignal.timeout(5000))).toEqual({ ok: false, why });
		await exact.close();
	});

	test('is read again by the same reader after the server closed its connection', async () => {
		const reader = open();
		await lookAt(reader);
		await server.run('postgres', "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'regia'");
		const again = await until('the reader is back', async () => (await reader.read(AbortSignal.timeout(5000))).ok);
		expect(again).toBe(true);
		await reader.close();
	});

	test('counts the rows of a COPY that is not yet committed', async () => {
		const reader = open({ tables: ['visits'], source: side(server.port, 'old'), target: side(server.port, 'copy') });
		await server.run('postgres', 'create database copy');
		await server.run('copy', ...tables);
		const slow = server.run('copy', 'copy visits from program \'seq -f "%.0f\tx" 1 60000; sleep 2\'').catch(() => []);
		const seen = await until('the copy is seen', async () => {
			const figures = await lookAt(reader);
			return Number(figures.itemsMoved) > 0 ? figures : null;
		});
		expect(Number(seen.itemsMoved)).toBeLessThanOrEqual(60_000);
		await slow;
		await reader.close();
	});
});
