import { defineEvent, newId } from "@weft/kernel";
import pg from "pg";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../../test/database.ts";
import { dbOn } from "../database/db.ts";
import { pause } from "./bell.ts";
import { startEventLog, type EventLog } from "./event-log.ts";
import type { LoggedEvent } from "./follower.ts";
import { publish } from "./publish.ts";
import { SEQUENCER_LOCK } from "./sequencer.ts";

const Counted = defineEvent("test.counted.v1", z.object({ n: z.int() }));
const log = pino({ level: "silent" });

let pool: pg.Pool;
const logs: EventLog[] = [];

beforeEach(async () => {
  const { poolConfig } = await testDatabase();
  pool = new pg.Pool({ ...poolConfig, max: 40 });
  await pool.query("create table counter (name text primary key, n integer not null default 0)");
});

afterEach(async () => {
  await Promise.all(logs.splice(0).map((eventLog) => eventLog.stop()));
  await pool.end();
});

async function startNode(): Promise<EventLog> {
  const eventLog = await startEventLog({ pool, log });
  logs.push(eventLog);
  return eventLog;
}

/** Collects what a node hears, and waits until it has heard `count` events. */
function listenTo(eventLog: EventLog): { heard: LoggedEvent[]; until(count: number): Promise<void> } {
  const heard: LoggedEvent[] = [];
  let check = (): void => undefined;
  eventLog.onEvents((events) => {
    heard.push(...events);
    check();
  });
  return {
    heard,
    until: (count) =>
      new Promise((resolve) => {
        check = () => {
          if (heard.length >= count) resolve();
        };
        check();
      }),
  };
}

/** Counts a subject up by one and publishes the count, in one transaction that stays open for `openMs`. */
async function countUp(client: pg.ClientBase, subject: string, openMs: number, end: "commit" | "rollback" = "commit"): Promise<void> {
  await client.query("begin");
  const { rows } = await client.query<{ n: number }>(
    "insert into counter (name, n) values ($1, 1) on conflict (name) do update set n = counter.n + 1 returning n",
    [subject],
  );
  await publish({ db: dbOn(client as pg.PoolClient), newId }, Counted, subject, { n: rows[0]?.n ?? 0 });
  await pause(openMs);
  await client.query(end);
}

async function withClient(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await work(client);
  } finally {
    client.release();
  }
}

async function killSequencer(): Promise<void> {
  const killed = await pool.query(
    `select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and objid = $1 and granted and database = (select oid from pg_database where datname = current_database())`,
    [SEQUENCER_LOCK],
  );
  expect(killed.rowCount).toBe(1);
}

it("[LOG-1] [LOG-2] [LOG-3] 32 writers, one open transaction and a killed sequencer: order per subject, no gap, nothing skipped", async () => {
  const nodes = [await startNode(), await startNode()];
  const [first] = nodes.map(listenTo);
  const stuck = await pool.connect();
  await stuck.query("begin");
  await publish({ db: dbOn(stuck), newId }, Counted, "subject/stuck", { n: 1 });

  const EACH = 25;
  const writers = Array.from({ length: 32 }, (_, writer) =>
    withClient(async (client) => {
      for (let turn = 0; turn < EACH; turn++) {
        const end = Math.random() < 0.1 ? "rollback" : "commit";
        await countUp(client, `subject/${(writer + turn * 7) % 12}`, Math.random() * 15, end);
      }
    }),
  );
  await Promise.race(writers);
  await killSequencer();
  await Promise.all(writers);

  const { rows } = await pool.query<{ name: string; n: number }>("select name, n from counter");
  const total = rows.reduce((sum, { n }) => sum + n, 0);
  await first?.until(total); // although the first transaction is still open
  await stuck.query("commit");
  stuck.release();
  await first?.until(total + 1);

  expect(first?.heard.map(({ position }) => position)).toEqual(Array.from({ length: total + 1 }, (_, index) => index + 1));
  for (const { name, n } of rows) {
    const counts = first?.heard.filter(({ subject }) => subject === name).map(({ data }) => (data as { n: number }).n);
    expect({ name, counts }).toEqual({ name, counts: Array.from({ length: n }, (_, index) => index + 1) });
  }
  expect(first?.heard.at(-1)).toMatchObject({ type: "test.counted.v1", subject: "subject/stuck", data: { n: 1 }, source: "/hub" });
});

it("[LOG-5] when the leading node stops, another goes on with the next position", async () => {
  const one = await startNode();
  const heardByOne = listenTo(one);
  await withClient((client) => countUp(client, "subject/a", 0));
  await heardByOne.until(1);
  const other = await startNode();
  const heard = listenTo(other);
  await one.stop();
  await withClient((client) => countUp(client, "subject/a", 0));
  await heard.until(1);
  expect(other.isLeading()).toBe(true);
  expect(heard.heard.map(({ position, data }) => [position, data])).toEqual([[2, { n: 2 }]]);
});

it("[LOG-1] what is rolled back is never published, and data that the schema does not name is not written", async () => {
  const eventLog = await startNode();
  const heard = listenTo(eventLog);
  await withClient(async (client) => {
    await countUp(client, "subject/a", 0, "rollback");
    await client.query("begin");
    const data = { n: 7, email: "someone@example.com" };
    await publish({ db: dbOn(client), newId }, Counted, "subject/a", data);
    await client.query("commit");
  });
  await heard.until(1);
  expect(heard.heard.map(({ data }) => data)).toEqual([{ n: 7 }]);
});

it("a fact that its schema refuses, and a subject that is no noun and id, are bugs of the publisher", async () => {
  const ctx = { db: dbOn(pool), newId };
  await expect(publish(ctx, Counted, "subject/a", { n: 1.5 })).rejects.toThrow("expected int");
  await expect(publish(ctx, Counted, "subject", { n: 1 })).rejects.toThrow("noun/id");
});

it("SQL functions publish into the same log", async () => {
  const eventLog = await startNode();
  const heard = listenTo(eventLog);
  await pool.query("select platform.publish($1, 'test.counted.v1', 'subject/sql', '{\"n\": 3}')", [newId()]);
  await heard.until(1);
  expect(heard.heard[0]).toMatchObject({ type: "test.counted.v1", subject: "subject/sql", data: { n: 3 }, trace: null });
});
