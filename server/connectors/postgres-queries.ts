// What is asked of PostgreSQL (13 and later; copy progress from 14). Statements only read; names go in as parameters or quoted.

/** `schema.table` or `table`, each part as PostgreSQL stores it (no folding of capitals). */
export const quoted = (table: string): string =>
	table
		.split('.')
		.map((part) => `"${part.replaceAll('"', '""')}"`)
		.join('.');

/** Live rows by the statistics, else by the planner's figure: all that is left where the statistics were lost and nothing was analysed since. */
const estimated = `greatest(0, case
	when coalesce(s.last_vacuum, s.last_autovacuum, s.last_analyze, s.last_autoanalyze) is null then greatest(s.n_live_tup, c.reltuples::bigint)
	else coalesce(nullif(s.n_live_tup, 0), c.reltuples::bigint) end)`;

const upkeep = 's.vacuum_count + s.autovacuum_count + s.analyze_count + s.autoanalyze_count';

/**
 * Names whose counters these are: it changes where the statistics were reset or lost in a crash, where a table was truncated, rewritten or made
 * anew, and where a partition came or went. Null where the counters say nothing: switched off, on a standby, for a table that is not stored here.
 */
const stamp = `case when current_setting('track_counts')::bool and not pg_is_in_recovery() and coalesce(bool_and(kind = 'r'), false)
	then encode(sha256(convert_to(concat_ws('|',
		(select concat(oid) from pg_database where datname = current_database()),
		(select concat('b', extract(epoch from stats_reset)) from pg_stat_bgwriter),
		(select concat('d', extract(epoch from stats_reset)) from pg_stat_database where datname = current_database()),
		string_agg(concat(oid, ':', file), ',' order by oid)), 'UTF8')), 'hex') end`;

/** $1: quoted names. What is stored under them (a partitioned table is its leaves), and what the server has counted for it. */
const countersOf = `
with recursive named as (select to_regclass(name)::oid as oid from unnest($1::text[]) as name),
part as (
	select oid from named where oid is not null
	union select i.inhrelid from pg_inherits i join part on i.inhparent = part.oid),
leaf as materialized (
	select c.oid, c.relkind as kind, pg_relation_filenode(c.oid) as file, ${estimated} as estimate, s.n_tup_ins as inserted, s.n_tup_del as deleted,
		s.n_live_tup as live, ${upkeep} as upkeep
	from part join pg_class c on c.oid = part.oid and c.relkind <> 'p'
	left join pg_stat_all_tables s on s.relid = c.oid),
counters as materialized (
	select (select count(*) from named where oid is null) as missing, coalesce(sum(estimate), 0)::bigint as estimate,
		coalesce(sum(inserted), 0)::bigint as inserted, coalesce(sum(deleted), 0)::bigint as deleted,
		coalesce(sum(live), 0)::bigint as live, coalesce(sum(upkeep), 0)::bigint as upkeep, ${stamp} as stamp
	from leaf)`;

export const countersQuery = `${countersOf} select counters.*, 0 as copying from counters`;

/** `copying`: the rows that a COPY under way has read in and not committed. */
export const countersWithCopyQuery = `${countersOf}
select counters.*, (select coalesce(sum(p.tuples_processed), 0) from pg_stat_progress_copy p
	where p.command = 'COPY FROM' and p.datname = current_database() and p.relid in (select oid from part))::bigint as copying
from counters`;

/** $1: the same table, as a list. The counters are read first, at the snapshot's beginning, however long the count then takes. */
export const exactQuery = (table: string): string =>
	`${countersOf} select counters.*, 0 as copying, (select count(*) from ${quoted(table)}) as rows from counters`;

/**
 * Whether somebody may have changed rows and not yet reported it to the statistics: a session does so at most once a second while it works,
 * and within 10 s when it is idle (PostgreSQL 15 and later).
 */
export const writersQuery = `
select exists(select from pg_stat_activity
	where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'regia'
	and (backend_type is null or backend_type = 'client backend')
	and (state_change is null or state_change > now() - interval '11 seconds')) as writing`;

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
