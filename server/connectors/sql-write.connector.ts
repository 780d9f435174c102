// Tries whether a PostgreSQL database accepts writes: a row into a table of Regia's own and out of it again, in one transaction that is
// committed, so that the log, the disk and a replica that must agree are tried, too, and nothing stays. Knows no other table.
//
//   create table regia_probe (at timestamptz not null default now());  grant select, insert, delete on regia_probe to …;
import * as z from 'zod/mini';
import type { BlindCode } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';
import type { ConnectorKind, Reader, ReaderContext } from './connector.ts';
import { openSession, type Session } from './postgres-session.ts';
import { host, port, secretName } from './settings.ts';
import { type WriteFinding, writeLook, writeProbed } from './write-probe.ts';

const name = z.string().check(z.minLength(1, 'a name'), z.maxLength(63, 'a name of at most 63 characters'));

const sqlWriteSettings = z.strictObject({
	...writeProbed,
	host,
	port: z._default(port, 5432),
	database: name,
	user: name,
	passwordFrom: z.optional(secretName),
	tls: z._default(z.enum(['off', 'on', 'unverified']), 'off'),
	/** By its name it can be no table of the service's. */
	table: z._default(
		z
			.string()
			.check(z.regex(/^([a-z_][a-z0-9_]{0,62}\.)?regia_[a-z0-9_]{1,57}$/, 'a table for this alone, whose name begins with regia_, as regia_probe')),
		'regia_probe',
	),
});
type SqlWriteSettings = z.infer<typeof sqlWriteSettings>;

/** Failures that are Regia's own or the plan's: they say nothing of the database. */
const ours = new Set<BlindCode>(['unauthorised', 'not-permitted', 'observer-blind', 'too-large', 'not-found']);
const refusal = (why: BlindCode): WriteFinding => (ours.has(why) ? { accepted: null, why } : { accepted: false, why });

/** The first column of a row, where it is a text. */
function textIn(row: unknown): string | null {
	const [first] = typeof row === 'object' && row !== null ? Object.values(row) : [];
	return typeof first === 'string' ? first : null;
}

const quoted = (table: string): string =>
	table
		.split('.')
		.map((part) => `"${part}"`)
		.join('.');

async function tryIn(session: Session, table: string): Promise<WriteFinding> {
	const begun = await session.run('begin');
	if (!begun.ok) return refusal(begun.why);
	// As an application finds it, and asked first: the error that says so is told otherwise also where the plan forbids the address.
	const mode = await session.ask('select current_setting($1)', ['transaction_read_only'], textIn);
	if (!mode.ok) return refusal(mode.why);
	if (mode.value === 'on') return { accepted: false, why: 'not-permitted' };
	const row = await session.ask(`insert into ${quoted(table)} default values returning ctid::text`, [], textIn);
	if (!row.ok) return refusal(row.why);
	const gone = await session.run(`delete from ${quoted(table)} where ctid = $1::tid`, [row.value]);
	if (!gone.ok) return refusal(gone.why);
	// Without a commit nothing stays either: what was not taken out of the table never was in it.
	if (gone.value !== 1) return { accepted: null, why: 'bad-answer' };
	const kept = await session.run('commit');
	return kept.ok ? { accepted: true } : refusal(kept.why);
}

async function tryWrite(mine: SqlWriteSettings, signal: AbortSignal, { secret, source, targets }: ReaderContext): Promise<WriteFinding> {
	const password = mine.passwordFrom === undefined ? undefined : secret(mine.passwordFrom);
	if (mine.passwordFrom !== undefined && password === undefined) return { accepted: null, why: 'unauthorised' };
	const session = openSession({ ...mine, writes: true }, () => password, source.timeout, targets)(signal);
	try {
		return await tryIn(session, mine.table);
	} finally {
		await session.close();
	}
}

export const sqlWriteConnector: ConnectorKind = {
	kind: 'sql-write',
	polled: true,
	settings: sqlWriteSettings,
	subjects: (settings) => [subjectOf('service', sqlWriteSettings.parse(settings).service)],
	open(settings, context): Reader {
		const mine = sqlWriteSettings.parse(settings);
		return {
			async read(signal) {
				const finding = await tryWrite(mine, signal, context);
				return writeLook(mine, finding, context.now());
			},
			async close() {},
		};
	},
};
