// Two real PostgreSQL servers, the second subscribing to a table of the first that is still being written. Knows nothing of Regia.
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Postgres } from '../kit/postgres.ts';

export const TABLE = 'visite';
export const SLOT = 'trasloco';
/** The role that only reads: statistics, and the one table. */
export const READER = 'lettura';

const WRITE_EVERY_MS = 100;

const table = `create table ${TABLE} (id bigint generated always as identity primary key, arrived timestamptz not null default now(), code smallint not null)`;
const insert = `insert into ${TABLE} (code) select 1 + n % 5 from generate_series(1, $1::int) n`;
const reader = [`create role ${READER} login`, `grant pg_monitor to ${READER}`, `grant select on ${TABLE} to ${READER}`];

export type Databases = {
	subscribe(): Promise<void>;
	/** Writes to the old side until told to stop; resolves with how many rows it wrote. */
	write(rowsASecond: number): { stop(): Promise<number> };
	/** select count(*), each side asked for itself. */
	counts(): Promise<{ readonly old: number; readonly new: number }>;
	countOld(): Promise<number>;
};

export async function fillDatabases(old: Postgres, young: Postgres, rows: number): Promise<Databases> {
	await old.run('postgres', 'create database vecchia');
	await young.run('postgres', 'create database nuova');
	await old.run('vecchia', table, ...reader, `create publication ${SLOT} for table ${TABLE}`);
	await old.run('vecchia', insert.replace('$1', String(rows)));
	await old.run('vecchia', `analyze ${TABLE}`);
	await young.run('nuova', table, ...reader);
	const count = async (server: Postgres, database: string): Promise<number> =>
		Number((await server.run(database, `select count(*) as n from ${TABLE}`))[0]?.n);
	return {
		async subscribe() {
			const link = `host=127.0.0.1 port=${old.port} dbname=vecchia user=owner`;
			await young.run('nuova', `create subscription ${SLOT} connection '${link}' publication ${SLOT}`);
		},
		write(rowsASecond) {
			const stopping = new AbortController();
			const writing = writeOn(old.port, rowsASecond, stopping.signal);
			writing.catch(() => {});
			return {
				stop() {
					stopping.abort();
					return writing;
				},
			};
		},
		countOld: () => count(old, 'vecchia'),
		async counts() {
			return { old: await count(old, 'vecchia'), new: await count(young, 'nuova') };
		},
	};
}

async function writeOn(port: number, rowsASecond: number, signal: AbortSignal): Promise<number> {
	const client = new Client({ host: '127.0.0.1', port, database: 'vecchia', user: 'owner', password: '' });
	client.on('error', () => {});
	await client.connect();
	let written = 0;
	try {
		const started = performance.now();
		while (!signal.aborted) {
			const due = Math.floor(((performance.now() - started) * rowsASecond) / 1000) - written;
			if (due > 0) await client.query(insert, [due]);
			written += Math.max(0, due);
			await pause(WRITE_EVERY_MS, undefined, { signal }).catch(() => {});
		}
		return written;
	} finally {
		await client.end().catch(() => {});
	}
}
