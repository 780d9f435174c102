// What becomes of an exact count in the looks after it: real PostgreSQL, wrong estimates, writes, restarts, a crash, lost statistics.
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Look, Reader } from '../../server/connectors/connector.ts';
import { postgresConnector } from '../../server/connectors/postgres.connector.ts';
import { contextOf } from '../contracts/connector-contract.ts';
import { type Postgres, postgresFolder, startPostgres } from '../kit/postgres.ts';
import { until } from '../kit/until.ts';

type Figures = Record<string, number | null>;
const ROWS = 40_000;
const table = 'create table visits (id int primary key, filler text)';
/** Pages that differ much, and a sample of few of them: what an analyze then finds is wrong, and another thing each time. */
const fill = [
	`insert into visits select n, repeat('x', case when n % ${ROWS / 10} < ${ROWS / 20} then 1 else 900 end) from generate_series(1, ${ROWS}) n`,
	'alter table visits alter column id set statistics 1, alter column filler set statistics 1, set (autovacuum_enabled = off)',
];
/**
 * Analyses until the estimate is off in the wanted direction. About every third one is, if `isWrong` asks for a few percent of `ROWS`: never ask
 * for more than an earlier one came to, which may have been the rarest of all.
 */
async function misjudge(server: Postgres, database: string, isWrong: (estimate: number) => boolean): Promise<void> {
	await until('the estimate is wrong', async () => {
		await server.run(database, 'analyze visits');
		const [row] = await server.run(database, "select n_live_tup as n from pg_stat_user_tables where relname = 'visits'");
		return isWrong(Number(row?.n));
	});
}

/** Moves the estimate by exactly this many rows, and leaves the rows as they are: some are written and gone again, and only one of the two is counted. */
async function miscount(server: Postgres, database: string, by: number): Promise<void> {
	const uncounted = 'set track_counts = off';
	const [from, to] = [10 * ROWS + 1, 10 * ROWS + Math.abs(by)];
	const write = `insert into visits select n, 'z' from generate_series(${from}, ${to}) n`;
	const remove = `delete from visits where id between ${from} and ${to}`;
	await server.run(database, ...(by > 0 ? [write] : [uncounted, write]));
	await server.run(database, ...(by > 0 ? [uncounted, remove] : [remove]));
}

describe.skipIf(postgresFolder === null)('an exact count in the looks after it', () => {
	let server: Postgres;
	let readers: Reader[] = [];
	beforeAll(async () => {
		server = await startPostgres();
		await server.run('postgres', 'create role reader login; grant pg_monitor to reader');
	}, 60_000);
	afterAll(() => server?.stop());
	beforeEach(async () => {
		await Promise.all(readers.map((one) => one.close()));
		readers = [];
		for (const name of ['old', 'new']) {
			await server.run('postgres', `drop database if exists ${name} with (force)`, `create database ${name}`);
			await server.run(name, table, ...fill, 'grant select on all tables in schema public to reader');
		}
	});

	const open = (more: object = {}, memory?: unknown): Reader => {
		const side = (database: string) => ({ host: '127.0.0.1', port: server.port, database, user: 'reader' });
		const settings = { archive: 'cce-db', source: side('old'), target: side('new'), tables: ['visits'], ...more };
		const reader = postgresConnector.open(settings, contextOf(memory, '5s'));
		readers.push(reader);
		return reader;
	};
	async function look(reader: Reader, exact = false): Promise<{ figures: Figures; memory: unknown }> {
		const got: Look | undefined = await (exact ? reader.readExact : reader.read)?.(AbortSignal.timeout(20_000));
		if (!got?.ok) throw new Error(got?.why);
		const figures = Object.fromEntries(got.readings.map(({ measure, value }) => [measure.slice('archive.'.length), value]));
		expect(figures.itemsMoved).toBeLessThanOrEqual(Number(figures.itemsTotal));
		return { figures, memory: JSON.parse(JSON.stringify(got.memory)) };
	}
	const figuresOf = async (reader: Reader): Promise<Figures> => (await look(reader)).figures;
	const whole = { itemsMoved: ROWS, itemsTotal: ROWS };
	const counted = { ...whole, itemsVerified: ROWS };
	const more = (n: number, from = ROWS) => `insert into visits select n, 'y' from generate_series(${from + 1}, ${from + n}) n`;

	test.each([
		['too low', (estimate: number) => estimate < ROWS * 0.97],
		['too high', (estimate: number) => estimate > ROWS * 1.03],
	])('is not overwritten by an estimate of the source that is %s, and rows written later are not verified', async (_, isWrong) => {
		const reader = open();
		expect((await look(reader, true)).figures).toEqual(counted);
		await misjudge(server, 'old', isWrong);
		expect(await figuresOf(reader)).toEqual(whole);
		await server.run('old', more(7));
		expect(await figuresOf(reader)).toEqual({ itemsMoved: ROWS, itemsTotal: ROWS + 7 });
		await misjudge(server, 'old', isWrong);
		await misjudge(server, 'new', (estimate) => estimate !== ROWS);
		await server.run('old', more(3, ROWS + 7));
		await server.run('new', more(7));
		expect(await figuresOf(reader)).toEqual({ itemsMoved: ROWS + 7, itemsTotal: ROWS + 10 });
		await server.run('new', more(3, ROWS + 7));
		expect(await figuresOf(reader)).toEqual({ itemsMoved: ROWS + 10, itemsTotal: ROWS + 10 });
		expect((await look(reader, true)).figures).toEqual({ itemsMoved: ROWS + 10, itemsTotal: ROWS + 10, itemsVerified: ROWS + 10 });
	});

	test('corrects a position that was estimated too high once, and shows no more than the source is thought to hold before', async () => {
		await server.run('new', 'delete from visits where id % 50 = 0');
		await miscount(server, 'new', ROWS / 10);
		const reader = open();
		expect(await figuresOf(reader)).toEqual(whole);
		await miscount(server, 'old', -ROWS / 50);
		// An estimate that falls a little moves neither the position nor the total below it.
		expect(await figuresOf(reader)).toEqual(whole);
		await miscount(server, 'old', ROWS / 5);
		expect(await figuresOf(reader)).toEqual({ itemsMoved: ROWS * 1.08, itemsTotal: ROWS * 1.18 });
		const exact = (await look(reader, true)).figures;
		expect(exact).toEqual({ itemsMoved: ROWS * 0.98, itemsTotal: ROWS, itemsVerified: 0 });
		for (let i = 0; i < 5; i += 1) expect(await figuresOf(reader)).toEqual({ itemsMoved: ROWS * 0.98, itemsTotal: ROWS });
	});

	test('loses two of its proof for each row deleted, as long as it is not counted again', async () => {
		const reader = open();
		await look(reader, true);
		await server.run('old', 'delete from visits where id = 1');
		expect(await figuresOf(reader)).toEqual({ itemsMoved: ROWS - 1, itemsTotal: ROWS - 1, itemsVerified: ROWS - 2 });
		await server.run('new', 'delete from visits where id = 2');
		expect(await figuresOf(reader)).toEqual({ itemsMoved: ROWS - 1, itemsTotal: ROWS - 1, itemsVerified: ROWS - 2 });
		await server.run('old', more(1));
		await server.run('new', more(1));
		expect(await figuresOf(reader)).toEqual({ itemsMoved: ROWS, itemsTotal: ROWS, itemsVerified: ROWS - 2 });
		await server.run('old', 'delete from visits where id = 2');
		await server.run('new', 'delete from visits where id = 1');
		expect((await look(reader, true)).figures).toEqual({ itemsMoved: ROWS - 1, itemsTotal: ROWS - 1, itemsVerified: ROWS - 1 });
		expect(await figuresOf(reader)).toEqual({ itemsMoved: ROWS - 1, itemsTotal: ROWS - 1 });
	});

	test('does not take rows for written that were rolled back', async () => {
		const reader = open();
		await look(reader, true);
		for (const side of ['old', 'new']) await server.run(side, `begin; ${more(50)}; rollback`);
		await server.run('old', more(1), 'select pg_stat_force_next_flush()');
		expect(await figuresOf(reader)).toEqual({ itemsMoved: ROWS, itemsTotal: ROWS + 1 });
	});

	test('outlives a restart of Regia and one of the server', async () => {
		const before = open();
		await look(before, true);
		const { memory } = await look(before);
		await server.run('old', more(5));
		await misjudge(server, 'old', (estimate) => estimate < ROWS * 0.97);
		const after = open({}, memory);
		expect(await figuresOf(after)).toEqual({ itemsMoved: ROWS, itemsTotal: ROWS + 5 });
		await server.restart();
		expect(await until('the server is read again', () => figuresOf(after).catch(() => null))).toEqual({ itemsMoved: ROWS, itemsTotal: ROWS + 5 });
	});

	/** A backend that is killed takes the others along; the statistics are lost with them. */
	async function crash(): Promise<void> {
		const [row] = await server.run('postgres', "select pid from pg_stat_activity where application_name = 'regia' limit 1");
		process.kill(Number(row?.pid), 'SIGKILL');
		await until('the server is back', () => server.run('old', 'select 1').catch(() => null));
	}

	test.each([
		['the source resets its statistics', () => server.run('old', 'select pg_stat_reset()')],
		['the target resets those of the table', () => server.run('new', "select pg_stat_reset_single_table_counters('visits'::regclass)")],
		['the server crashes', () => crash()],
		['a table is emptied and filled again', () => server.run('new', 'truncate visits', fill[0] ?? '')],
		['a table is made anew', () => server.run('old', 'drop table visits', table, fill[0] ?? '', 'grant select on visits to reader')],
		['the counters are switched off', () => server.run('postgres', 'alter role reader set track_counts = off')],
	])('is worth nothing once %s: estimates again, and nothing verified until the next count', async (_, happens) => {
		for (const side of ['old', 'new']) await server.run(side, 'vacuum analyze visits');
		const reader = open();
		await look(reader, true);
		expect(await figuresOf(reader)).toEqual(whole);
		const { memory } = await look(reader);
		try {
			await happens();
			await reader.close();
			const figures = await until('the server is read again', () => figuresOf(reader).catch(() => null));
			expect(figures.itemsVerified).toBe(0);
			expect(Number(figures.itemsTotal)).toBeGreaterThan(ROWS * 0.8);
			expect((await figuresOf(reader)).itemsVerified).toBe(0);
			// Regia was down while it happened.
			expect((await figuresOf(open({}, memory))).itemsVerified).toBe(0);
		} finally {
			await server.run('postgres', 'alter role reader reset track_counts');
		}
		await reader.close();
		expect((await look(reader, true)).figures).toEqual(counted);
		expect(await figuresOf(reader)).toEqual(whole);
	});

	test('is taken back where the memory of it cannot be read, and never claimed where there was none', async () => {
		expect((await figuresOf(open({}, { v: 0 }))).itemsVerified).toBe(0);
		expect(await figuresOf(open())).not.toHaveProperty('itemsVerified');
	});

	test('keeps its proof beside looks that count, too', async () => {
		const reader = open({ count: 'exact' });
		await look(reader, true);
		expect(await figuresOf(reader)).toEqual(whole);
		await server.run('old', 'delete from visits where id = 1', more(1));
		expect(await figuresOf(reader)).toEqual({ ...whole, itemsVerified: ROWS - 2 });
	});

	test('waits for what a session has written and not yet reported', async () => {
		const reader = open();
		const client = new Client({ host: '127.0.0.1', port: server.port, database: 'old', user: 'owner', password: '' });
		await client.connect();
		try {
			// The first is reported at once, what follows within the same second only after 10 s of idleness.
			await client.query(more(1));
			await client.query(more(1, ROWS + 1));
			await server.run('new', more(2));
			const all = { itemsMoved: ROWS + 2, itemsTotal: ROWS + 2 };
			expect((await look(reader, true)).figures).toEqual({ ...all, itemsVerified: ROWS + 2 });
			// What it had kept to itself it would report now.
			await client.end();
			await server.run('old', 'select pg_sleep(0.3)');
			expect(await figuresOf(reader)).toEqual(all);
		} finally {
			await client.end();
		}
	});

	test('never lets what is moved pass the total while rows are written on both sides', async () => {
		const reader = open();
		for (const exact of [false, true]) {
			if (exact) await look(reader, true);
			let on = true;
			const writing = (async () => {
				for (let i = exact ? 4000 : 0; on; i += 20) for (const side of ['old', 'new']) await server.run(side, more(20, ROWS + i));
			})();
			for (let i = 0; i < 30; i += 1) await look(reader);
			on = false;
			await writing;
		}
	});
});
