import type pg from "pg";
import { statement } from "../database/db.ts";
import type { Log } from "../telemetry/log.ts";
import { createBell, pause, type Bell } from "./bell.ts";
import { closeConnection, openConnection } from "../database/connection.ts";
import { LOG_CHANNEL, toEvent, type LogRow } from "./follower.ts";
import type { LogEntry } from "./nats-feed.ts";
import { createOutstanding, type Outstanding } from "./outstanding.ts";

/** Gives committed events their position. Every node runs one; the one that holds the lock does the work, the others wait for it. */
export type Sequencer = {
  /** An event was committed on this node: look now instead of at the next turn. */
  readonly wake: () => void;
  readonly isLeading: () => boolean;
  readonly stop: () => Promise<void>;
};

/** Any fixed number: whose session holds it is the sequencer. */
export const SEQUENCER_LOCK = 4_400_003;

/** At most one statement and one NOTIFY in this time, however many events there are. */
const PACE_MS = 5;
/** Where several came at once there is a load: half as many moves cost it half as much, and a screen waits 5 ms longer. */
const BUSY_PACE_MS = 10;
const SEVERAL = 4;
/** After a second without events it looks less often: 25 ms of delay for the first, and next to no work in a quiet hour. */
const QUIET_PACE_MS = 25;
const QUIET_AFTER_MS = 1000;
const SETTLE_MS = 1000;
const TAKEOVER_MS = 400;
const MOST_AT_ONCE = 2000;

export type SequencerParts = {
  readonly pool: pg.Pool;
  readonly log: Pick<Log, "warn">;
  /** Told what each move has put into the log, so that this node need not read there what it has just written. */
  readonly onMoved: (entries: readonly LogEntry[]) => void;
};

export function startSequencer({ pool, log, onMoved }: SequencerParts): Sequencer {
  const term: Term = { bell: createBell(), isStopping: false, isLeading: false, onMoved };

  async function candidate(): Promise<void> {
    while (!term.isStopping) {
      let client: pg.Client | undefined;
      try {
        client = await openConnection(pool, "sequencer");
        await lead(client, term);
      } catch (error) {
        if (!term.isStopping) log.warn({ err: error }, "the sequencer lost its connection");
      } finally {
        term.isLeading = false;
        await closeConnection(client);
      }
      if (!term.isStopping) await term.bell.wait(TAKEOVER_MS);
    }
  }

  const ended = candidate();
  return {
    wake: term.bell.ring,
    isLeading: () => term.isLeading,
    async stop() {
      term.isStopping = true;
      term.bell.ring();
      await ended;
    },
  };
}

/** A candidacy, from start to stop. */
type Term = Pick<SequencerParts, "onMoved"> & { readonly bell: Bell; isStopping: boolean; isLeading: boolean };

/** Waits for the lock, then moves what is committed until the term ends. */
async function lead(client: pg.Client, term: Term): Promise<void> {
  while (!(await takeLock(client))) {
    await term.bell.wait(TAKEOVER_MS);
    if (term.isStopping) return;
  }
  term.isLeading = true;
  const outstanding = createOutstanding(await highestGiven(client));
  let busyAt = performance.now();
  let settledAt = -SETTLE_MS;
  while (!term.isStopping) {
    const startedAt = performance.now();
    if (outstanding.isUnsettled() && startedAt - settledAt >= SETTLE_MS) {
      outstanding.settle(await openWriters(client));
      settledAt = startedAt;
    }
    const moved = await moveCommitted(client, outstanding);
    if (moved.length > 0) {
      busyAt = startedAt;
      term.onMoved(moved);
    }
    if (moved.length >= MOST_AT_ONCE) continue;
    await pause((moved.length < SEVERAL ? PACE_MS : BUSY_PACE_MS) - (performance.now() - startedAt));
    if (performance.now() - busyAt > QUIET_AFTER_MS) await term.bell.wait(QUIET_PACE_MS - PACE_MS);
  }
}

/**
 * The lock lives and ends with this connection, and moves run on this connection: so a sequencer that lost its lock cannot move anything.
 * Its plans are made for a table that is almost always empty or short, whatever its statistics say.
 */
async function takeLock(client: pg.Client): Promise<boolean> {
  const [row] = await statement<{ taken: boolean }>(client, "select pg_try_advisory_lock($1) as taken", [SEQUENCER_LOCK]);
  if (row?.taken) await client.query("set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off");
  return row?.taken ?? false;
}

async function highestGiven(client: pg.Client): Promise<number> {
  const [row] = await statement<{ given: number }>(
    client,
    "select case when is_called then last_value else 0 end as given from platform.outbox_seq_seq",
    [],
  );
  return row?.given ?? 0;
}

/** Who may still commit rows of the outbox: writing a row holds this lock until the transaction ends. */
async function openWriters(client: pg.Client): Promise<ReadonlySet<string>> {
  const rows = await statement<{ writer: string }>(client, OPEN_WRITERS, []);
  return new Set(rows.map(({ writer }) => writer));
}

const OPEN_WRITERS = `
  select virtualtransaction as writer from pg_locks
   where locktype = 'relation' and relation = 'platform.outbox'::regclass and mode = 'RowExclusiveLock'
     and database = (select oid from pg_database where datname = current_database()) and pid <> pg_backend_pid()`;

/** Moves what is committed, once; answers what came into the log. */
async function moveCommitted(client: pg.Client, outstanding: Outstanding): Promise<LogEntry[]> {
  const { above, late } = outstanding.look();
  const rows = await statement<LogRow & { readonly seq: number }>(client, MOVE, [above, late, MOST_AT_ONCE]);
  outstanding.found(
    rows.map(({ seq }) => seq),
    rows.length >= MOST_AT_ONCE,
  );
  return rows.map((row) => ({ day: row.day, event: toEvent(row) }));
}

/**
 * One statement, so one commit: out of the outbox, into the log, the head of the log, and the notification. In the order of `seq`,
 * which is the order of commits within a subject: the subject's row is locked from before its number is given until after the commit. Its
 * parameters stand in selects of their own, so that it is planned once: 0.3 ms for each of its calls otherwise, seven for a customer who
 * is identified.
 */
const MOVE = `
  with due as (
    (select seq from platform.outbox where seq > (select $1::bigint) order by seq limit (select $3::integer))
    union all
    select late.seq from unnest((select $2::bigint[])) as late (seq) join platform.outbox using (seq)
  ), taken as (
    delete from platform.outbox using due where outbox.seq = due.seq
    returning outbox.seq, id, type, subject, data, at, trace
  ), head as (
    update platform.log_head
       set position = position + (select count(*) from taken), day = greatest(day, (now() at time zone 'utc')::date)
     where exists (select from taken)
    returning old.position as before, new.day
  ), numbered as (
    select seq, head.before + row_number() over (order by seq) as position, head.day, id, type, subject, data, at, trace
      from taken cross join head
  ), logged as (
    insert into platform.event_log (position, day, id, type, subject, data, at, trace)
    select position, day, id, type, subject, data, at, trace from numbered
  )
  select seq, position, day::text as day, id, type, subject, data, at, trace,
         (select pg_notify('${LOG_CHANNEL}', '')) as told
    from numbered order by seq`;
