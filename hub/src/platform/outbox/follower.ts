import type { HubEvent } from "@weft/kernel";
import type pg from "pg";
import { statement } from "../database/db.ts";
import type { Log } from "../telemetry/log.ts";
import { createBell, type Bell } from "./bell.ts";
import { closeConnection, openConnection } from "../database/connection.ts";
import type { LogEntry, LogFeed } from "./nats-feed.ts";

/** An event as it stands in the log, with the trace of the request that published it. */
export type LoggedEvent = HubEvent & { readonly trace: string | null };

/** Reads new events once per node and hands them on: to live updates, snapshots and subscribers. */
export type LogFollower = {
  /** The position of the event that was handed on last. */
  readonly position: () => number;
  /** Events in order, without gaps, from the moment of asking on. Answers how to stop listening. */
  readonly onEvents: (listener: (events: readonly LoggedEvent[]) => void) => () => void;
  /** Takes what this node has just put into the log itself. */
  readonly give: (entries: readonly LogEntry[]) => void;
  readonly stop: () => Promise<void>;
};

/** The channel on which followers hear that the log has grown. */
export const LOG_CHANNEL = "weft_log";

/** A notification that gets lost costs this much, not an event. */
const POLL_MS = 1000;
/** A node that is fed looks into the log this long after a notification: what the feed has brought by then is not read a second time. */
const FED_LOOK_MS = 100;
const RECONNECT_MS = 300;
const MOST_AT_ONCE = 1000;

/** Follows the log from its present end. */
export async function startLogFollower({
  pool,
  log,
  feed,
  isLeading = () => false,
}: {
  readonly pool: pg.Pool;
  readonly log: Pick<Log, "warn" | "error">;
  /** Whether this node gives the positions, and so wakes by itself: its own notifications would make it read everything twice. */
  readonly isLeading?: () => boolean;
  /** Where entries come from faster than out of the database, and where those that were read there are offered. */
  readonly feed?: Pick<LogFeed, "offer" | "onEntry" | "onLost" | "isFed">;
}): Promise<LogFollower> {
  const bell = createBell();
  const look = laterWhenFed(bell, feed);
  const heard = (): void => {
    if (!isLeading()) look.ring();
  };
  const listeners = new Set<(events: readonly LoggedEvent[]) => void>();
  let client: pg.Client | undefined = await listen(pool, heard);
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
    client ??= await listen(pool, heard);
    const read = await statement<LogRow>(client, READ, [position, day, MOST_AT_ONCE]);
    const rows = read.filter((row) => row.position > position); // the feed may have brought some meanwhile
    const last = rows.at(-1);
    if (!last) return read.length;
    ({ position, day } = last);
    const entries = rows.map((row): LogEntry => ({ day: row.day, event: toEvent(row) }));
    handOn(entries.map(({ event }) => event));
    feed?.offer(entries);
    return read.length;
  }

  /** The next ones are handed on as they are; after a gap everything comes out of the log. */
  function takeNext(entries: readonly LogEntry[]): void {
    const next = entries.filter(({ event }) => event.position > position);
    const [first, last] = [next.at(0), next.at(-1)];
    if (!first || !last) return;
    if (first.event.position > position + 1) return bell.ring();
    position = last.event.position;
    day = last.day;
    handOn(next.map(({ event }) => event));
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

  feed?.onEntry((entry) => takeNext([entry]));
  feed?.onLost(bell.ring);
  const ended = follow();
  return {
    position: () => position,
    onEvents(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    give(entries) {
      takeNext(entries);
      feed?.offer(entries);
    },
    async stop() {
      stopping.abort();
      look.stop();
      bell.ring();
      await ended;
    },
  };
}

/** Rings at once, or a little later, once for all that come until then, while a feed brings the same. */
function laterWhenFed(bell: Bell, feed: Pick<LogFeed, "isFed"> | undefined): { readonly ring: () => void; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    ring() {
      if (!feed?.isFed()) return bell.ring();
      timer ??= setTimeout(() => {
        timer = undefined;
        bell.ring();
      }, FED_LOOK_MS);
    },
    stop: () => clearTimeout(timer),
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
