// The probe of databases against a real PostgreSQL: what it answers, what it must not be able to write, and a server that is none.
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqlConnector } from '../../server/connectors/sql.connector.ts';
import { connectorContract, MARKER } from '../contracts/connector-contract.ts';
import { scaled } from '../faults/kit/scale.ts';
import { type Postgres, postgresFolder, startPostgres } from '../kit/postgres.ts';
import { chanceOf, figuresOf, lookAt, probeRules, startTalker, wound } from './probe-kit.ts';

const settings = (port: number): Record<string, unknown> => ({ service: 'cartella', host: '127.0.0.1', port, database: 'postgres', user: 'owner' });

let postgres: Postgres | undefined;
const isThere = postgresFolder !== null;
beforeAll(async () => {
	if (!isThere) return;
	postgres = await startPostgres();
	await postgres.run(
		'postgres',
		'create table visits (id int, who text)',
		`insert into visits select n, '${MARKER}' from generate_series(1, 3) n`,
		`create function writes() returns int language sql volatile as $$ insert into visits values (9, 'x') returning 1 $$`,
		`create function fails() returns int language plpgsql as $$ begin raise exception '${MARKER}'; end $$`,
		'create role guest login',
	);
});
afterAll(() => postgres?.stop());

connectorContract('sql', {
	connector: sqlConnector,
	settings,
	mistakes: [
		['no database', { database: undefined }, 'database'],
		['no user', { user: undefined }, 'user'],
		['a secret in place of its name', { passwordFrom: 'secret word' }, 'passwordFrom'],
		['a statement that writes', { query: 'delete from visits' }, 'query'],
		['a statement that sets', { query: 'set default_transaction_read_only = off' }, 'query'],
		['two statements', { query: 'select 1; delete from visits' }, 'query'],
		['a copy to a program', { query: "copy (select 1) to program 'x'" }, 'query'],
		['an empty query', { query: '' }, 'query'],
		['a least that is no number', { expect: { atLeast: '3' } }, 'expect.atLeast'],
	],
	faults: { silent: 'down', garbage: 'down', endless: 'down', refused: 'down' },
	endlessHead: '',
	healthy: isThere ? async () => ({ settings: { ...settings(postgres?.port ?? 0), query: 'select who from visits' }, end: async () => {} }) : null,
});

probeRules('sql', sqlConnector, (port, host) => ({ ...settings(port), host }));

describe.skipIf(!isThere)('a database', () => {
	const look = (change: object, timeoutMs = 3000) => figuresOf(sqlConnector, { ...settings(postgres?.port ?? 0), ...change }, timeoutMs);

	test.each([
		['answers where nothing else is asked', {}, { up: 1 }],
		['tells a value', { query: 'select count(*) from visits', expect: { value: 3 } }, { up: 1 }],
		['tells another value', { query: 'select count(*) from visits', expect: { value: 4 } }, { up: 0, code: 'bad-answer' }],
		['tells a text', { query: "select 'ready'::text", expect: { value: 'ready' } }, { up: 1 }],
		['tells yes', { query: 'select not pg_is_in_recovery()', expect: { value: true } }, { up: 1 }],
		['tells a decimal number', { query: 'select 3.10::numeric', expect: { value: 3.1 } }, { up: 1 }],
		['tells a figure within bounds', { query: 'select 3::bigint', expect: { atLeast: 3, atMost: 3 } }, { up: 1 }],
		['tells too little', { query: 'select 2', expect: { atLeast: 3 } }, { up: 0, code: 'bad-answer' }],
		['tells too much', { query: 'select 4', expect: { atMost: 3 } }, { up: 0, code: 'bad-answer' }],
		['tells nothing where a figure is wanted', { query: 'select null::int', expect: { atLeast: 0 } }, { up: 0, code: 'bad-answer' }],
		['tells nothing where a value is wanted', { query: 'select null', expect: { value: 'null' } }, { up: 0, code: 'bad-answer' }],
		['has a row, of names', { query: 'table visits' }, { up: 1 }],
		['takes a query with a note at its end', { query: 'select 1 -- one' }, { up: 1 }],
		['has no row', { query: 'select 1 where false' }, { up: 0, code: 'not-found' }],
		['has no such table', { query: 'select * from no_such_table' }, { up: 0, code: 'not-found' }],
		['has no such database', { database: 'no_such_database' }, { up: 0, code: 'not-found' }],
		['fails, and its words stay outside', { query: 'select fails()' }, { up: 0, code: 'bad-answer' }],
		['is slower than allowed', { expect: { maxLatency: '0ms' } }, { up: 0 }],
		['does not know the user: that says nothing of it', { user: 'nobody' }, { up: null, why: 'unauthorised' }],
		['keeps the user from the table', { user: 'guest', query: 'select * from visits' }, { up: null, why: 'unauthorised' }],
		['cannot be asked without the secret', { passwordFrom: 'NOT_SET' }, { up: null, why: 'unauthorised' }],
		['tells more than is read', { query: "select repeat('x', 5000000)" }, { up: null, why: 'too-large' }],
	] as const)('%s', async (_what, change, found) => {
		expect(await look(change)).toMatchObject(found);
	});

	test.each([
		['a function that writes', 'select writes()'],
		['a write inside', 'with gone as (delete from visits returning id) select * from gone'],
		['a switch to writing first', "select set_config('transaction_read_only', 'off', true), writes()"],
		['a switch for the next look', "select set_config('default_transaction_read_only', 'off', false), writes()"],
	])('%s is refused: Regia may only read', async (_what, query) => {
		// Twice: what one connection was told holds for no other.
		for (const _ of [1, 2]) expect(await look({ query })).toEqual({ why: 'not-permitted', up: null });
		expect(await postgres?.run('postgres', 'select count(*)::int as rows from visits')).toEqual([{ rows: 3 }]);
	});

	test('a bracket that closes too early is no way out either', async () => {
		expect(await look({ query: 'select 1) as a cross join (select writes()' })).toEqual({ why: 'not-permitted', up: null });
	});

	test('that takes too long is down', async () => {
		expect(await look({ query: 'select pg_sleep(5)' }, 200)).toMatchObject({ up: 0, code: 'timeout' });
	});
});

describe('what is no database', () => {
	const refusal = Buffer.from(`E\0\0\0\x2dSFATAL\0VFATAL\0C53300\0M${MARKER}\0\0`, 'latin1');
	refusal.writeUInt32BE(refusal.length - 1, 1);
	const says =
		(bytes: Buffer, end = false) =>
		(socket: Socket) => {
			socket.once('data', () => (end ? socket.end(bytes) : socket.write(bytes)));
		};

	test('is down, and so is one that has no room or breaks off', async () => {
		expect(await lookAt(sqlConnector, settings, says(refusal))).toMatchObject({ up: 0, code: 'unreachable' });
		expect(await lookAt(sqlConnector, settings, says(Buffer.from(`SSH-2.0-${MARKER}\r\n`)), { timeoutMs: 300 })).toMatchObject({ up: 0 });
		expect(await lookAt(sqlConnector, settings, says(refusal.subarray(0, 20)), { timeoutMs: 200 })).toMatchObject({ up: 0, code: 'timeout' });
		expect(await lookAt(sqlConnector, settings, says(refusal.subarray(0, 20), true))).toMatchObject({ up: 0, code: 'unreachable' });
	});
});

test('wounded answers of a server end as a closed code, and none holds the process up', async () => {
	const below = chanceOf(5432);
	const refusal = Buffer.from('4500000022534641540056464154414c00433238503031004d6e6f0052617574680000', 'hex');
	const rounds = scaled(2000, 200);
	const told = new Map<string, number>();
	for (let round = 0; round < rounds; round += 1) {
		const bytes = round === 0 ? Buffer.from('450000001d53464154001d53464154414c0056464154414c00433533333030004d58', 'hex') : wound(refusal, below);
		const talker = await startTalker((socket) => {
			socket.once('data', () => socket.end(bytes));
			socket.on('error', () => undefined);
		});
		const [why] = Object.values(await figuresOf(sqlConnector, settings(talker.port), 400)).filter((one) => typeof one === 'string');
		told.set(String(why), (told.get(String(why)) ?? 0) + 1);
		await talker.end();
	}
	console.log(`wounded answers: ${[...told].map(([why, count]) => `${why} ${count}`).join(', ')}`);
	expect(
		[...told.keys()].every((why) => ['bad-answer', 'unreachable', 'unauthorised', 'timeout', 'undefined', 'not-found', 'too-large'].includes(why)),
	).toBe(true);
	expect([...told.values()].reduce((sum, one) => sum + one, 0)).toBe(rounds);
});
