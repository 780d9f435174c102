// Reads a PostgreSQL database on its way from one server to another. Reads figures only: no row of any table.
// Rows are the position: bytes are left out, because a table's size differs from side to side and would never meet.
//
// What is shown is never more than is there, as far as can be known:
// - The target is asked first, then the source; what is moved is capped at the total.
// - Before any exact count the figures are estimates. The position is the target's estimate, capped at the source's, and does not waver
//   (steady.ts); the total is the source's, and at least what was shown as moved.
// - An exact count rules from then on: a position that had been estimated too high falls once, to what was counted. Later looks add what the
//   servers' counters say was inserted and deleted since, which no analyze touches and Regia's restart does not lose (memory).
// - Verified is what counted the same on both sides. Rows written later raise the total and are not verified; each row deleted later takes
//   two away, because the one deleted here may not be the one deleted there. Where the counters are no longer those of the count
//   (statistics reset, a crash, a table truncated or rewritten) the look falls back on estimates and says that nothing is verified.
// - Counters follow what is written within about a second, from an idle session within ten; an exact count waits for them, later looks don't.
import * as z from 'zod/mini';
import { duration } from '../../shared/plan-values.ts';
import type { Reading } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';
import type { ConnectorKind, Look, Reader } from './connector.ts';
import { arrived, countRows, countSide, readCounters, settle, sum } from './postgres-count.ts';
import { readLag } from './postgres-lag.ts';
import { countersQuery, countersWithCopyQuery } from './postgres-queries.ts';
import { landing, lower, proceedProof, recall } from './postgres-reckoning.ts';
import type { CountersRow } from './postgres-rows.ts';
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

/** `rows`: each table's, where every look counts them. */
type Asked = { readonly counters: CountersRow; readonly rows: readonly number[] | null };

async function askSide(session: Session, query: string, { count, tables }: PostgresSettings): Promise<Told<Asked>> {
	const counters = await readCounters(session, query, tables);
	if (!counters.ok) return counters;
	if (count === 'estimate') return { ok: true, value: { counters: counters.value, rows: null } };
	const rows = await countRows(session, tables);
	return rows.ok ? { ok: true, value: { counters: counters.value, rows: rows.value } } : rows;
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
			openSession(one, () => (one.passwordFrom === undefined ? undefined : context.secret(one.passwordFrom)), timeoutMs, context.targets);
		const source = sessionOf(mine.source, context.source.timeout);
		const target = sessionOf(mine.target, context.source.timeout);
		const exactSource = sessionOf(mine.source, EXACT_STATEMENT_MS);
		const exactTarget = sessionOf(mine.target, EXACT_STATEMENT_MS);
		const closed = new AbortController().signal;
		let memory = recall(context.memory);
		const estimates = steady();
		estimates.set(memory.moved);
		let landed = landing();
		let exactLooks = 0;
		const items = (measure: string, value: number, at: number): Reading => ({ subject, measure: `archive.${measure}`, value, unit: 'count', at });

		function rowsOf(here: Asked, there: Asked): { readonly total: number; readonly moved: number } {
			const reckoned = memory.proof;
			let figures: { readonly total: number; readonly moved: number };
			if (here.rows !== null && there.rows !== null) figures = { total: sum(there.rows), moved: arrived(here.rows, there.rows) };
			else if (reckoned?.source && reckoned.target) {
				const total = reckoned.source.rows;
				figures = { total, moved: Math.min(total, landed.next(reckoned.target.rows, here.counters.copying)) };
			} else {
				const moved = estimates.next(Math.min(here.counters.estimate + here.counters.copying, there.counters.estimate));
				return { total: Math.max(moved, there.counters.estimate), moved };
			}
			// Where estimates have to take over, they go on from here.
			estimates.set(figures.moved);
			return figures;
		}

		/** What the counters of this moment leave of the proof, and the figures that follow. */
		function show(here: Asked, there: Asked, at: number): readonly Reading[] {
			const proof = memory.proof && proceedProof(memory.proof, there.counters, here.counters, mine.count === 'exact');
			memory = { ...memory, proof };
			const { total, moved } = rowsOf(here, there);
			memory = { ...memory, moved, proof: proof && lower(proof, moved) };
			const readings = [items('itemsMoved', moved, at), items('itemsTotal', total, at)];
			// A proof that stands keeps the age of its count. What is taken back is said at every look, so that it can't be lost.
			if (memory.claimed && memory.proof === null) readings.push(items('itemsVerified', 0, at));
			else if (memory.proof?.lowered) readings.push(items('itemsVerified', memory.proof.verified, at));
			return readings;
		}

		async function read(signal: AbortSignal): Promise<Look> {
			const [from, to] = [source(signal), target(signal)];
			const sinceExact = exactLooks;
			const here = await askSide(to, countersWithCopyQuery, mine);
			if (!here.ok) return here;
			const there = await askSide(from, countersQuery, mine);
			if (!there.ok) return there;
			const at = context.now();
			const lag = await readLag(mine, from, to, subject, at);
			// An exact count that ended meanwhile is newer than these counters.
			if (sinceExact !== exactLooks) return read(signal);
			return { ok: true, readings: [...show(here.value, there.value, at), ...lag], memory };
		}

		return {
			...(mine.exactEvery === undefined ? {} : { exactEveryMs: mine.exactEvery }),
			read,
			/** Verified by count: source, target, source again; a table counts where all three agree, so that nothing moved in between. */
			async readExact(signal): Promise<Look> {
				const [from, to] = [exactSource(signal), exactTarget(signal)];
				try {
					const before = await countRows(from, mine.tables);
					if (!before.ok) return before;
					await settle(from, signal);
					const here = await countSide(to, countersWithCopyQuery, mine.tables);
					if (!here.ok) return here;
					const there = await countSide(from, countersQuery, mine.tables);
					if (!there.ok) return there;
					const at = context.now();
					const [rowsHere, rowsThere] = [here.value.rows, there.value.rows];
					const verified = sum(rowsThere.filter((rows, i) => rows === before.value[i] && rows === rowsHere[i]));
					const total = sum(rowsThere);
					const committed = arrived(rowsHere, rowsThere);
					const moved = Math.min(total, committed + (mine.count === 'estimate' ? here.value.copying : 0));
					const proof = { verified, lowered: false, source: there.value.side(total), target: here.value.side(committed) };
					memory = { v: 1, moved, claimed: true, proof };
					exactLooks += 1;
					landed = landing();
					estimates.set(moved);
					return {
						ok: true,
						readings: [items('itemsTotal', total, at), items('itemsMoved', moved, at), items('itemsVerified', verified, at)],
						memory,
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
