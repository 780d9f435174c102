// One connection to PostgreSQL, read-only unless its owner writes, opened anew after a failure. Gives rows or a closed code; an error's text
// never leaves here.
import { Socket } from 'node:net';
import { Client } from 'pg';
import type { BlindCode } from '../../shared/sample.ts';
import { blindBy, causeOf } from './cause.ts';
import { guardPostgresReader } from './postgres-guard.ts';
import { anyTarget, type Targets } from './targets.ts';

export type SessionSettings = {
	readonly host: string;
	readonly port: number;
	readonly database: string;
	readonly user: string;
	readonly tls: 'off' | 'on' | 'unverified';
	/** Leaves it to the server whether this connection may write, as an application does. */
	readonly writes?: true;
};

export type Told<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: BlindCode };

export type Session = {
	/** The first row as `parse` reads it. No row is `not-found`. */
	ask<T>(text: string, values: readonly unknown[], parse: (row: unknown) => T | null): Promise<Told<T>>;
	/** A statement that tells nothing: how many rows it touched. */
	run(text: string, values?: readonly unknown[]): Promise<Told<number>>;
	close(): Promise<void>;
};

const MAX_ANSWER_BYTES = 4_194_304;
/** What a server may say first: a request to sign in, an error, a notice, or the answer about TLS. */
const firstBytes = new Set(Buffer.from('RENSv'));

const bySqlState: Readonly<Record<string, BlindCode>> = {
	'28P01': 'unauthorised',
	'28000': 'unauthorised',
	'42501': 'unauthorised',
	// It would write, and may only read: refused by the transaction, or where it stands.
	'25006': 'not-permitted',
	'25001': 'not-permitted',
	'0A000': 'not-permitted',
	'57014': 'timeout',
	'42P01': 'not-found',
	'3D000': 'not-found',
	'53300': 'unreachable',
	'57P01': 'unreachable',
	'57P03': 'unreachable',
	'08P01': 'bad-answer',
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

type Result = { readonly rows: readonly Record<string, unknown>[]; readonly rowCount: number | null };
type Live = { readonly client: Client; readonly socket: Socket; fault: BlindCode | null };

/** The driver connects it by host and port; the name lookup stays within what the plan permits. */
function socketWithin({ lookup }: Targets): Socket {
	const socket = new Socket();
	const connectTo = socket.connect.bind(socket);
	socket.connect = ((port: number, host: string) => connectTo({ port, host, lookup })) as typeof socket.connect;
	return socket;
}

type Opening = { readonly settings: SessionSettings; readonly password: string | undefined; readonly timeoutMs: number; readonly targets: Targets };

guardPostgresReader();

async function connect({ settings, password, timeoutMs, targets }: Opening, adopt: (live: Live) => void): Promise<Live> {
	const socket = socketWithin(targets);
	const client = new Client({
		host: settings.host,
		port: settings.port,
		database: settings.database,
		user: settings.user,
		// An absent password is said to be empty, so that none is looked for in this machine's files.
		password: password ?? '',
		ssl: settings.tls === 'off' ? false : { rejectUnauthorized: settings.tls === 'on' },
		stream: () => socket,
		connectionTimeoutMillis: timeoutMs,
		application_name: 'regia',
		options: `${settings.writes ? '' : '-c default_transaction_read_only=on '}-c statement_timeout=${timeoutMs} -c idle_in_transaction_session_timeout=${2 * timeoutMs}`,
	});
	const live: Live = { client, socket, fault: null };
	adopt(live);
	let length = 0;
	socket.on('data', (chunk: Buffer) => {
		if (length === 0 && !firstBytes.has(chunk[0] ?? 0)) live.fault ??= 'bad-answer';
		length += chunk.length;
		if (length > MAX_ANSWER_BYTES) live.fault ??= 'too-large';
		if (live.fault) socket.destroy();
	});
	// Losing the connection between two questions shows at the next one.
	client.on('error', () => socket.destroy());
	client.on('end', () => socket.destroy());
	client.on('notice', () => {});
	await client.connect();
	// The bound is for one question's answer.
	const { query } = client;
	client.query = ((...args: Parameters<typeof query>) => {
		length = 1;
		return query.apply(client, args);
	}) as typeof query;
	return live;
}

/** `signal` ends what is under way by closing the connection. */
export function openSession(
	settings: SessionSettings,
	password: () => string | undefined,
	timeoutMs: number,
	targets: Targets = anyTarget,
): (signal: AbortSignal) => Session {
	let live: Live | null = null;

	async function put<T>(signal: AbortSignal, text: string, values: readonly unknown[], read: (result: Result) => Told<T>): Promise<Told<T>> {
		if (signal.aborted) return { ok: false, why: 'timeout' };
		if (!targets.mayBe(settings.host)) return { ok: false, why: 'not-permitted' };
		const onAbort = (): void => {
			live?.socket.destroy();
		};
		signal.addEventListener('abort', onAbort);
		try {
			if (live?.socket.destroyed) live = null;
			live ??= await connect({ settings, password: password(), timeoutMs, targets }, (one) => {
				live = one;
			});
			return read(await live.client.query<Record<string, unknown>>(text, [...values]));
		} catch (error) {
			const known = bySqlState[codeOf(error)];
			const why = signal.aborted ? 'timeout' : (live?.fault ?? known ?? whyOf(error));
			live?.socket.destroy();
			live = null;
			return { ok: false, why };
		} finally {
			signal.removeEventListener('abort', onAbort);
		}
	}

	return (signal) => ({
		ask: (text, values, parse) =>
			put(signal, text, values, ({ rows }) => {
				if (rows.length === 0) return { ok: false, why: 'not-found' };
				const value = parse(rows[0]);
				return value === null ? { ok: false, why: 'bad-answer' } : { ok: true, value };
			}),
		run: (text, values = []) => put(signal, text, values, ({ rowCount }) => ({ ok: true, value: rowCount ?? 0 })),
		async close() {
			const ending = live;
			live = null;
			if (ending === null || ending.socket.destroyed) return;
			await ending.client.end().catch(() => {});
			ending.socket.destroy();
		},
	});
}

/** The driver gives some of its own failures without a code. */
function whyOf(error: unknown): BlindCode {
	const text = error instanceof Error ? error.message : '';
	if (text.startsWith('Connection terminated unexpectedly')) return 'unreachable';
	if (text.startsWith('timeout expired') || text.startsWith('Connection terminated due to connection timeout')) return 'timeout';
	if (/SASL|password/i.test(text)) return 'unauthorised';
	return blindBy(causeOf(error));
}
