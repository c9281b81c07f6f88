import { REST } from "./check-invariants.ts";
import type { Signal } from "./signal.ts";

/** Of the database: the log, who follows it, jobs, backups, partitions. */
const DATABASE: readonly Signal[] = [
  {
    name: "sequencer_lag_seconds",
    about: "Age of the oldest committed event without a position. It grows when no node holds the sequencer's lock: is a hub running?",
    unit: "seconds",
    worse: "above",
    watch: 1,
    bad: 10,
    sql: "select coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float8 as value from platform.outbox",
  },
  {
    name: "subscriber_lag_seconds",
    about: "Age of the oldest event that a subscriber has not seen. The health page names it; a node that works must be running.",
    unit: "seconds",
    worse: "above",
    watch: 60,
    bad: 600,
    sql: `select coalesce(max(extract(epoch from clock_timestamp() - next.at)), 0)::float8 as value
            from platform.subscription s
            cross join lateral (select at from platform.event_log where position > s.position order by position limit 1) as next
           where s.changed_at < clock_timestamp() - interval '5 seconds'`,
  },
  {
    name: "dead_letters",
    about: "Events that failed five times and wait for a person: see Failed events.",
    unit: "count",
    worse: "above",
    watch: 0,
    bad: 50,
    sql: "select count(*)::integer as value from platform.dead_letter where state = 'waiting'",
  },
  {
    name: "oldest_job_seconds",
    about: "How long the oldest job that is due has waited. A node with the role worker or all must be running.",
    unit: "seconds",
    worse: "above",
    watch: 300,
    bad: 3600,
    sql: `select coalesce(extract(epoch from clock_timestamp() - min(run_at)), 0)::float8 as value from jobs._private_jobs
           where run_at < clock_timestamp() and locked_at is null and attempts < max_attempts`,
  },
  {
    name: "failed_jobs",
    about: "Jobs that failed as often as they may. The log of the nodes says why.",
    unit: "count",
    worse: "above",
    watch: 0,
    bad: 20,
    sql: "select count(*)::integer as value from jobs._private_jobs where attempts >= max_attempts",
  },
  {
    name: "invariant_violations",
    about:
      "Rows that break what must always be true, at the last check: drift of holds and allocations is among them. The health page lists them.",
    unit: "count",
    worse: "above",
    watch: 0,
    bad: 0,
    sql: `select coalesce((select sum((result ->> 'violations')::integer) from jsonb_array_elements(results) as result), 0)::integer as value
            from platform.invariant_check order by checked_at desc limit 1`,
  },
  {
    name: "invariant_check_overdue_seconds",
    about: "How long the invariants should have been checked again; a job does it every five minutes, and where it takes long, less often.",
    unit: "seconds",
    worse: "above",
    watch: 900,
    bad: 3600,
    sql: `select greatest(0, extract(epoch from clock_timestamp() - checked_at) - ${REST} * took_ms / 1000.0)::float8 as value
            from platform.invariant_check order by checked_at desc limit 1`,
  },
  {
    name: "partition_headroom_days",
    about: "For how many days every table that is divided by time has its next part. The jobs named partitions make them.",
    unit: "days",
    worse: "below",
    watch: 5,
    bad: 1,
    sql: `select min(extract(epoch from last - now()) / 86400)::float8 as value from (
            select max(substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \\(''([^'']+)''\\)')::timestamptz) as last
              from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
             where c.relispartition and c.relkind = 'r' and pg_get_expr(c.relpartbound, c.oid) ~ 'TO \\(''[0-9]{4}-' group by i.inhparent) as parts`,
  },
  {
    name: "backup_age_seconds",
    about: "How long ago the last nightly backup was taken. Nothing is said where the job is turned off.",
    unit: "seconds",
    worse: "above",
    watch: 129_600,
    bad: 259_200,
    sql: "select extract(epoch from clock_timestamp() - max(finished_at) filter (where error is null))::float8 as value from platform.backup_run",
  },
  {
    name: "failed_backups",
    about: "Nightly backups that failed since the last good one. The reason is in platform.backup_run and in the log.",
    unit: "count",
    worse: "above",
    watch: 0,
    bad: 1,
    sql: `select count(*)::integer as value from platform.backup_run
           where error is not null and started_at > coalesce((select max(started_at) from platform.backup_run where error is null), '-infinity')`,
  },
];

/** Of one node, read by itself. Thresholds of speed lie far above what a healthy node needs, so that only trouble passes them. */
const NODE: readonly Signal[] = [
  {
    name: "error_ratio",
    about: "Share of requests of the last five minutes that this node answered with 5xx.",
    unit: "ratio",
    worse: "above",
    watch: 0.001,
    bad: 0.01,
  },
  {
    name: "slow_ratio",
    about: "Share of requests of the last five minutes that took this node longer than a second.",
    unit: "ratio",
    worse: "above",
    watch: 0.01,
    bad: 0.05,
  },
  {
    name: "waiting_for_connection",
    about: "Requests of this node that wait for a connection to the database at this moment: is WEFT_POOL too small, or the database slow?",
    unit: "count",
    worse: "above",
    watch: 20,
    bad: 100,
  },
  {
    name: "live_streams",
    about: "Live streams on this node. Twice a thousand is what a node has been measured with: spread them over more nodes.",
    unit: "count",
    worse: "above",
    watch: 2000,
    bad: 5000,
  },
  {
    name: "nats_away",
    about: "1 when NATS_URL is set and NATS cannot be reached from this node: events come out of the database meanwhile.",
    unit: "count",
    worse: "above",
    watch: 0,
    bad: 1,
  },
  {
    name: "disk_free_ratio",
    about: "Free share of the disk that holds WEFT_HOME on this node: the embedded database, or the backups.",
    unit: "ratio",
    worse: "below",
    watch: 0.2,
    bad: 0.08,
  },
];

export const PLATFORM_SIGNALS: readonly Signal[] = [...DATABASE, ...NODE];
