import type pg from "pg";
import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { statement } from "../database/db.ts";
import type { Log } from "../telemetry/log.ts";
import { createBell } from "./bell.ts";
import type { LoggedEvent } from "./follower.ts";

/** An event with the day of the log on which it was given its position. */
export type LogEntry = { readonly day: string; readonly event: LoggedEvent };

/**
 * The way of log entries past the database, from the node that gives positions to all others. It may lose, repeat and be away: a follower
 * takes the next position from here, and everything else from the log itself [LOG-7].
 */
export type LogFeed = {
  /** Sends on what this node has read; does nothing while there is no connection. */
  readonly offer: (entries: readonly LogEntry[]) => void;
  readonly onEntry: (listener: (entry: LogEntry) => void) => void;
  /** Told when the connection is lost: what was under way must be read from the log. */
  readonly onLost: (listener: () => void) => void;
  readonly isFed: () => boolean;
  readonly stop: () => Promise<void>;
};

export type NatsParts = { readonly pool: pg.Pool; readonly url: string; readonly log: Pick<Log, "info" | "warn"> };

const RETRY_MS = 1000;
/** A dead line is noticed after two of these. */
const PING_MS = 2000;
const NANOSECONDS = 1_000_000;
/** The stream is transport, not an archive: it holds what a node may have missed while it turned around. */
const KEPT_MS = 600_000;
const MOST_KEPT_BYTES = 64 * 1024 * 1024;
const TWICE_WITHIN_MS = 120_000;

/** Connects in the background, again and again: a hub starts and works whether NATS is there or not. */
export function startNatsFeed({ pool, url, log }: NatsParts): LogFeed {
  const listeners = new Set<(entry: LogEntry) => void>();
  const lost = new Set<() => void>();
  const bell = createBell();
  let line: Line | undefined;
  const stopping = new AbortController();

  async function keepLine(): Promise<void> {
    let isTold = false;
    while (!stopping.signal.aborted) {
      try {
        line = await openLine(pool, url, (entry) => listeners.forEach((listener) => listener(entry)));
        isTold = false;
        if (stopping.signal.aborted) await line.close(); // told to stop while it was opened
        log.info({ stream: line.stream }, "follows the log by NATS");
        await line.ended;
      } catch (error) {
        if (!isTold && !stopping.signal.aborted) log.warn({ err: error }, "NATS cannot be reached: the log is followed in the database");
        isTold = true;
      }
      const was = line;
      line = undefined;
      for (const listener of lost) listener();
      await was?.close();
      if (!stopping.signal.aborted) await bell.wait(RETRY_MS);
    }
  }

  const ended = keepLine();
  return {
    offer: (entries) => line?.send(entries),
    onEntry: (listener) => void listeners.add(listener),
    onLost: (listener) => void lost.add(listener),
    isFed: () => line !== undefined,
    async stop() {
      stopping.abort();
      bell.ring();
      await line?.close();
      await ended;
    },
  };
}

type Line = {
  readonly stream: string;
  send(entries: readonly LogEntry[]): void;
  readonly ended: Promise<unknown>;
  close(): Promise<void>;
};

/** One connection, from its opening to whatever ends it. The library is loaded here, because most hubs have no NATS. */
async function openLine(pool: pg.Pool, url: string, onEntry: (entry: LogEntry) => void): Promise<Line> {
  const { connect, headers } = await import("@nats-io/transport-node");
  const { jetstream, jetstreamManager } = await import("@nats-io/jetstream");
  const { stream, subject } = await namesOf(pool);
  const connection = await connect({ ...serverOf(url), name: "weft", reconnect: false, pingInterval: PING_MS, maxPingOut: 2 });
  try {
    await makeStream(await jetstreamManager(connection), stream, subject);
    const reading = await readEntries(jetstream(connection), stream, onEntry);
    return {
      stream,
      send(entries) {
        for (const entry of entries) {
          const named = headers();
          named.set("Nats-Msg-Id", entry.event.id); // a node that takes over may send again what the one before it has sent
          connection.publish(subject, JSON.stringify(entry), { headers: named });
        }
      },
      ended: Promise.race([connection.closed(), reading.ended]),
      close: () => closeQuietly(connection),
    };
  } catch (error) {
    await closeQuietly(connection);
    throw error;
  }
}

/** Installations may share a server, and positions of another epoch mean other events. */
async function namesOf(pool: pg.Pool): Promise<{ stream: string; subject: string }> {
  const [row] = await statement<{ name: string }>(
    pool,
    "select replace(id::text, '-', '') || '_' || epoch as name from platform.installation",
    [],
  );
  if (!row) throw new Error("platform.installation has lost its row");
  return { stream: `WEFT_${row.name}`, subject: `weft.${row.name}.log` };
}

function serverOf(url: string) {
  const { protocol, host, username, password } = new URL(url);
  const decoded = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return { servers: [host], ...(username !== "" && decoded), ...(protocol === "tls:" && { tls: {} }) };
}

async function makeStream(manager: JetStreamManager, name: string, subject: string): Promise<void> {
  const { StorageType, DiscardPolicy } = await import("@nats-io/jetstream");
  await manager.streams.add({
    name,
    subjects: [subject],
    storage: StorageType.Memory,
    discard: DiscardPolicy.Old,
    max_age: KEPT_MS * NANOSECONDS,
    max_bytes: MOST_KEPT_BYTES,
    duplicate_window: TWICE_WITHIN_MS * NANOSECONDS,
  });
}

/** Hands on every entry from now on. Answers when no more can come. */
async function readEntries(
  client: JetStreamClient,
  stream: string,
  onEntry: (entry: LogEntry) => void,
): Promise<{ readonly ended: Promise<void> }> {
  const { DeliverPolicy } = await import("@nats-io/jetstream");
  const consumer = await client.consumers.get(stream, { deliver_policy: DeliverPolicy.New });
  const messages = await consumer.consume();
  const readAll = async (): Promise<void> => {
    for await (const message of messages) onEntry(message.json<LogEntry>()); // sent by `send` above: nobody else knows the subject
  };
  return { ended: readAll() };
}

async function closeQuietly(connection: NatsConnection): Promise<void> {
  await connection.close().catch(() => undefined);
}
