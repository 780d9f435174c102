// Reads a PostgreSQL database on its way from one server to another, both at once. Reads figures only: no row of any table.
// Rows are the position: bytes are left out, because a table's size differs from side to side and would never meet.
import * as z from 'zod/mini';
import { duration } from '../../shared/plan.ts';
import type { Reading } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';
import type { ConnectorKind, Look, Reader } from './connector.ts';
import { estimateQuery, estimateWithCopyQuery, exactQuery, quoted, slotQuery, subscriptionQuery } from './postgres-queries.ts';
import { countRow, exactRow, slotRow, subscriptionRow } from './postgres-rows.ts';
import { openSession, type Session, type Told } from './postgres-session.ts';
import { host, id, port, secretName } from './settings.ts';
import { steady } from './steady.ts';

const name = z.string().check(z.minLength(1, 'a name'), z.maxLength(63, 'a name of at most 63 characters'));
const side = z.strictObject({
	host,
	port: z._default(port, 5432),
	database: name,
	user: name,
	passwordFrom: z.optional(secretName),
	tls: z._default(z.enum(['off', 'on', 'unverified']), 'off'),
});
const table = z.string().check(z.regex(/^[^.\0]{1,63}(\.[^.\0]{1,63})?$/, 'a table, as visits or public.visits'));

const postgresSettings = z.strictObject({
	archive: id,
	source: side,
	target: side,
	tables: z.array(table).check(z.minLength(1, 'at least one table'), z.maxLength(2000, 'at most 2000 tables')),
	/** The source's replication slot, and the target's subscription, where the copy is logical replication. */
	slot: z.optional(name),
	subscription: z.optional(name),
	/** `estimate`: by the server's statistics at every look. `exact`: counted at every look; for small tables. */
	count: z._default(z.enum(['estimate', 'exact']), 'estimate'),
	/** How often every row is counted on both sides, which is what verifies them. */
	exactEvery: z.optional(duration),
});
type PostgresSettings = z.infer<typeof postgresSettings>;

/** One statement of an exact count. */
const EXACT_STATEMENT_MS = 300_000;

const first = <T>(all: readonly Told<T>[]): Told<readonly T[]> => {
	const values: T[] = [];
	for (const one of all) {
		if (!one.ok) return one;
		values.push(one.value);
	}
	return { ok: true, value: values };
};

/** Table after table: one heavy statement at a time on a server that is at work. */
async function countEach(session: Session, tables: readonly string[]): Promise<Told<readonly number[]>> {
	const counts: Told<number>[] = [];
	for (const one of tables) {
		const count = await session.ask(exactQuery(one), [], exactRow);
		counts.push(count);
		if (!count.ok) break;
	}
	return first(counts);
}

async function estimate(session: Session, query: string, tables: readonly string[]): Promise<Told<number>> {
	const told = await session.ask(query, [tables.map(quoted)], countRow);
	if (!told.ok) return told;
	return told.value.missing > 0 ? { ok: false, why: 'not-found' } : { ok: true, value: told.value.rows };
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

async function countAll(session: Session, { count, tables }: PostgresSettings, query: string): Promise<Told<number>> {
	if (count === 'estimate') return estimate(session, query, tables);
	const counts = await countEach(session, tables);
	return counts.ok ? { ok: true, value: sum(counts.value) } : counts;
}

/** A slot that nobody reads, or a subscription whose worker is not running, has a lag that nobody knows: `stopped`. */
async function readLag(settings: PostgresSettings, source: Session, target: Session, subject: string, at: number): Promise<readonly Reading[]> {
	const readings: Reading[] = [];
	const { slot, subscription } = settings;
	const running = subscription === undefined ? null : await target.ask(subscriptionQuery, [subscription], subscriptionRow);
	const state = slot === undefined ? null : await source.ask(slotQuery, [slot], slotRow);
	if (running === null && state === null) return [];
	const lag: Reading = { subject, measure: 'archive.lag', value: null, unit: 's', at };
	if (running && !running.ok) readings.push({ ...lag, why: running.why });
	else if (state && !state.ok) readings.push({ ...lag, why: state.why });
	else if (running?.value === false || state?.value.active === false) readings.push({ ...lag, why: 'stopped' });
	else if (state && state.value.lagSeconds !== null) readings.push({ ...lag, value: Math.round(state.value.lagSeconds * 1000) / 1000 });
	if (state && !state.ok) readings.push({ subject, measure: 'archive.lagBytes', value: null, at, why: state.why });
	else if (state && state.value.lagBytes !== null)
		readings.push({ subject, measure: 'archive.lagBytes', value: state.value.lagBytes, unit: 'B', at });
	return readings;
}

export const postgresConnector: ConnectorKind = {
	kind: 'postgres',
	polled: true,
	settings: postgresSettings,
	subjects: (settings) => [subjectOf('archive', postgresSettings.parse(settings).archive)],
	open(settings, context): Reader {
		const mine = postgresSettings.parse(settings);
		const subject = subjectOf('archive', mine.archive);
		const sessionOf = (one: PostgresSettings['source'], timeoutMs: number) =>
			openSession(one, () => (one.passwordFrom === undefined ? undefined : context.secret(one.passwordFrom)), timeoutMs);
		const source = sessionOf(mine.source, context.source.timeout);
		const target = sessionOf(mine.target, context.source.timeout);
		const exactSource = sessionOf(mine.source, EXACT_STATEMENT_MS);
		const exactTarget = sessionOf(mine.target, EXACT_STATEMENT_MS);
		const moved = steady();
		const closed = new AbortController().signal;
		const items = (measure: string, value: number, at: number): Reading => ({ subject, measure: `archive.${measure}`, value, unit: 'count', at });
		return {
			...(mine.exactEvery === undefined ? {} : { exactEveryMs: mine.exactEvery }),
			async read(signal): Promise<Look> {
				const [from, to] = [source(signal), target(signal)];
				const [total, arrived] = await Promise.all([countAll(from, mine, estimateQuery), countAll(to, mine, estimateWithCopyQuery)]);
				const both = first([total, arrived]);
				if (!both.ok) return both;
				const at = context.now();
				const [rowsThere = 0, rowsHere = 0] = both.value;
				const lag = await readLag(mine, from, to, subject, at);
				const shown = mine.count === 'exact' ? rowsHere : moved.next(rowsHere);
				return { ok: true, readings: [items('itemsMoved', shown, at), items('itemsTotal', rowsThere, at), ...lag] };
			},
			/** Verified by count: source, target, source again; a table counts where all three agree, so that nothing moved in between. */
			async readExact(signal): Promise<Look> {
				const [from, to] = [exactSource(signal), exactTarget(signal)];
				try {
					const before = await countEach(from, mine.tables);
					if (!before.ok) return before;
					const there = await countEach(to, mine.tables);
					if (!there.ok) return there;
					const after = await countEach(from, mine.tables);
					if (!after.ok) return after;
					const at = context.now();
					const equal = after.value.filter((rows, i) => rows === before.value[i] && rows === there.value[i]);
					moved.set(sum(there.value));
					return {
						ok: true,
						readings: [items('itemsTotal', sum(after.value), at), items('itemsMoved', sum(there.value), at), items('itemsVerified', sum(equal), at)],
					};
				} finally {
					await Promise.all([from.close(), to.close()]);
				}
			},
			async close() {
				await Promise.all([source, target, exactSource, exactTarget].map((open) => open(closed).close()));
			},
		};
	},
};
