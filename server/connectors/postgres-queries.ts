// What is asked of PostgreSQL (13 and later; copy progress from 14). Statements only read; names go in as parameters or quoted.

/** `schema.table` or `table`, each part as PostgreSQL stores it (no folding of capitals). */
export const quoted = (table: string): string =>
	table
		.split('.')
		.map((part) => `"${part.replaceAll('"', '""')}"`)
		.join('.');

/** $1: quoted names. Live rows by the statistics, else by the planner's figure; a partitioned table is the sum of its leaves. */
const rowsOf = `
with named as (select to_regclass(name) as oid from unnest($1::text[]) as name),
leaf as (
	select coalesce(part.relid, named.oid)::oid as oid
	from named left join lateral (select relid from pg_partition_tree(named.oid) where isleaf) part on true
	where named.oid is not null)`;

const estimated = `greatest(coalesce(nullif(s.n_live_tup, 0), c.reltuples::bigint, 0), 0)`;

export const estimateQuery = `${rowsOf}
select (select count(*) from named where oid is null) as missing,
	coalesce((select sum(${estimated}) from leaf
		join pg_class c on c.oid = leaf.oid
		left join pg_stat_all_tables s on s.relid = leaf.oid), 0)::bigint as rows`;

/** Adds the rows that a COPY under way has read in and not committed. */
export const estimateWithCopyQuery = `${rowsOf}
select (select count(*) from named where oid is null) as missing,
	(coalesce((select sum(${estimated}) from leaf
		join pg_class c on c.oid = leaf.oid
		left join pg_stat_all_tables s on s.relid = leaf.oid), 0)
	+ coalesce((select sum(p.tuples_processed) from pg_stat_progress_copy p
		where p.command = 'COPY FROM' and p.datname = current_database()
		and p.relid in (select oid from leaf union select oid from named)), 0))::bigint as rows`;

export const exactQuery = (table: string): string => `select count(*) as rows from ${quoted(table)}`;

/** $1: the slot. On a standby the log's end is what it has replayed. */
export const slotQuery = `
select s.active,
	pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end,
		s.confirmed_flush_lsn)::bigint as lag_bytes,
	r.state = 'streaming' as streaming,
	extract(epoch from r.replay_lag)::float8 as lag_seconds
from pg_replication_slots s left join pg_stat_replication r on r.pid = s.active_pid
where s.slot_name = $1`;

/** $1: the subscription. Its apply worker, not those that fill single tables. */
export const subscriptionQuery = `
select pid is not null as running from pg_stat_subscription where subname = $1 and relid is null order by pid nulls last limit 1`;
