import type { HubEvent } from "@weft/kernel";
import type pg from "pg";
import { statement } from "../database/db.ts";
import type { Log } from "../telemetry/log.ts";
import { createBell } from "./bell.ts";
import { closeConnection, openConnection } from "../database/connection.ts";
import { LOG_CHANNEL } from "./sequencer.ts";

/** An event as it stands in the log, with the trace of the request that published it. */
export type LoggedEvent = HubEvent & { readonly trace: string | null };

/** Reads new events once per node and hands them on: to live updates, snapshots and subscribers. */
export type LogFollower = {
  /** The position of the event that was handed on last. */
  readonly position: () => number;
  /** Events in order, without gaps, from the moment of asking on. Answers how to stop listening. */
  readonly onEvents: (listener: (events: readonly LoggedEvent[]) => void) => () => void;
  /** The log has grown: read on now. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
};

/** A notification that gets lost costs this much, not an event. */
const POLL_MS = 1000;
const RECONNECT_MS = 300;
const MOST_AT_ONCE = 1000;

/** Follows the log from its present end. */
export async function startLogFollower({
  pool,
  log,
}: {
  readonly pool: pg.Pool;
  readonly log: Pick<Log, "warn" | "error">;
}): Promise<LogFollower> {
  const bell = createBell();
  const listeners = new Set<(events: readonly LoggedEvent[]) => void>();
  let client: pg.Client | undefined = await listen(pool, bell.ring);
  let { position, day } = await readHead(client);
  const stopping = new AbortController();

  function handOn(events: readonly LoggedEvent[]): void {
    for (const listener of listeners) {
      try {
        listener(events);
      } catch (error) {
        log.error({ err: error, position }, "a listener of the log failed");
      }
    }
  }

  async function readOn(): Promise<number> {
    client ??= await listen(pool, bell.ring);
    const rows = await statement<LogRow>(client, READ, [position, day, MOST_AT_ONCE]);
    const last = rows.at(-1);
    if (!last) return 0;
    ({ position, day } = last);
    handOn(rows.map(toEvent));
    return rows.length;
  }

  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if ((await readOn()) < MOST_AT_ONCE) await bell.wait(POLL_MS);
      } catch (error) {
        log.warn({ err: error }, "the log cannot be read, trying again");
        await closeConnection(client);
        client = undefined;
        await bell.wait(RECONNECT_MS);
      }
    }
    await closeConnection(client);
  }

  const ended = follow();
  return {
    position: () => position,
    onEvents(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake: () => bell.ring(),
    async stop() {
      stopping.abort();
      bell.ring();
      await ended;
    },
  };
}

async function listen(pool: pg.Pool, onGrown: () => void): Promise<pg.Client> {
  const client = await openConnection(pool, "log follower");
  client.on("notification", onGrown);
  await client.query(`listen ${LOG_CHANNEL}`);
  return client;
}

export type LogHead = { readonly position: number; readonly day: string };

/** How far the log goes. */
export async function readHead(target: pg.Client | pg.Pool | pg.PoolClient): Promise<LogHead> {
  const [row] = await statement<LogHead>(target, "select position, day::text as day from platform.log_head", []);
  if (!row) throw new Error("platform.log_head has lost its row");
  return row;
}

export type LogRow = {
  readonly position: number;
  readonly day: string;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: unknown;
  readonly at: Date;
  readonly trace: string | null;
};

const READ = `
  select position, day::text as day, id, type, subject, data, at, trace from platform.event_log
   where position > $1 and day >= $2::date order by position limit $3::integer`;

export function toEvent(row: Omit<LogRow, "day">): LoggedEvent {
  const { id, type, subject, data, position, trace } = row;
  return { id, type, source: "/hub", subject, time: row.at.toISOString(), data, position, trace };
}
