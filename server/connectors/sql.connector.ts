// Probes a PostgreSQL database by one question of the plan's own: does it answer, with what it must, how fast. What it says stays here.
//
// The question can only read: it stands inside a select, goes out alone (the extended protocol takes no second statement), and its
// connection is new each time and read-only. What a function of the database does elsewhere is for the rights of the role to limit.
import * as z from 'zod/mini';
import type { BlindCode } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';
import type { ConnectorKind, Reader, ReaderContext } from './connector.ts';
import { openSession } from './postgres-session.ts';
import { expected, type Finding, isInTime, probed, probeLook } from './probe.ts';
import { host, port, secretName } from './settings.ts';

const name = z.string().check(z.minLength(1, 'a name'), z.maxLength(63, 'a name of at most 63 characters'));

const sqlSettings = z.strictObject({
	...probed,
	host,
	port: z._default(port, 5432),
	database: name,
	user: name,
	passwordFrom: z.optional(secretName),
	tls: z._default(z.enum(['off', 'on', 'unverified']), 'off'),
	query: z._default(
		z
			.string()
			.check(
				z.maxLength(4000, 'a query of at most 4000 characters'),
				z.regex(/^\s*(select|with|values|table)\b[^;]*$/i, 'one query that begins with select, with, values or table, without a semicolon'),
			),
		'select 1',
	),
	expect: z.prefault(
		z.strictObject({
			...expected,
			/** What the first column of the first row must be; without it any row will do. */
			value: z.optional(z.union([z.string().check(z.maxLength(500)), z.number(), z.boolean()])),
			atLeast: z.optional(z.number('a number')),
			atMost: z.optional(z.number('a number')),
		}),
		{},
	),
});
type SqlSettings = z.infer<typeof sqlSettings>;

/** Failures that are Regia's own or the plan's: they say nothing of the service. */
const ours = new Set<BlindCode>(['unauthorised', 'not-permitted', 'observer-blind', 'too-large']);

/** The first column of a row, as it can be compared. */
function valueIn(row: unknown): { readonly value: string | null } | null {
	if (typeof row !== 'object' || row === null) return null;
	const [first] = Object.values(row);
	if (first === undefined) return null;
	const isPlain = typeof first === 'string' || typeof first === 'number' || typeof first === 'boolean';
	return { value: first === null ? null : isPlain ? String(first) : JSON.stringify(first) };
}

function isAsExpected(value: string | null, { value: wanted, atLeast, atMost }: SqlSettings['expect']): boolean {
	if (wanted !== undefined && !isSame(value, wanted)) return false;
	if (atLeast === undefined && atMost === undefined) return true;
	const figure = value === null || value.trim() === '' ? Number.NaN : Number(value);
	return Number.isFinite(figure) && figure >= (atLeast ?? figure) && figure <= (atMost ?? figure);
}

/** Large and decimal numbers come as text. */
const isSame = (value: string | null, wanted: string | number | boolean): boolean =>
	value !== null && (value === String(wanted) || (typeof wanted === 'number' && value.trim() !== '' && Number(value) === wanted));

async function probe(mine: SqlSettings, signal: AbortSignal, { secret, source, targets }: ReaderContext): Promise<Finding> {
	const password = mine.passwordFrom === undefined ? undefined : secret(mine.passwordFrom);
	if (mine.passwordFrom !== undefined && password === undefined) return { up: null, why: 'unauthorised' };
	const started = performance.now();
	const session = openSession(mine, () => password, source.timeout, targets)(signal);
	try {
		const told = await session.ask(`select * from (\n${mine.query}\n) as asked where $1::boolean limit 1`, [true], valueIn);
		const latencyMs = performance.now() - started;
		if (told.ok) {
			if (!isAsExpected(told.value.value, mine.expect)) return { up: false, latencyMs, why: 'bad-answer' };
			return { up: isInTime(latencyMs, mine.expect.maxLatency), latencyMs };
		}
		return ours.has(told.why) ? { up: null, why: told.why } : { up: false, why: told.why };
	} finally {
		await session.close();
	}
}

export const sqlConnector: ConnectorKind = {
	kind: 'sql',
	polled: true,
	settings: sqlSettings,
	subjects: (settings) => [subjectOf('service', sqlSettings.parse(settings).service)],
	open(settings, context): Reader {
		const mine = sqlSettings.parse(settings);
		return {
			async read(signal) {
				const finding = await probe(mine, signal, context);
				return probeLook(mine, finding, context.now());
			},
			async close() {},
		};
	},
};
