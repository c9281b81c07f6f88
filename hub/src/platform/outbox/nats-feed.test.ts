import { defineEvent, newId } from "@weft/kernel";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../../test/database.ts";
import { hasNatsServer, startNatsServer, type NatsServer } from "../../../test/nats-server.ts";
import { dbOn } from "../database/db.ts";
import { startEventLog, type EventLog } from "./event-log.ts";
import type { LoggedEvent } from "./follower.ts";
import { startNatsFeed, type LogFeed } from "./nats-feed.ts";
import { publish } from "./publish.ts";

const Counted = defineEvent("test.counted.v1", z.object({ n: z.int() }));
const log = pino({ level: "silent" });
const PATIENCE = { timeout: 30_000 };

describe.runIf(hasNatsServer)("[LOG-7] with NATS between the nodes", () => {
  let nats: NatsServer;
  let pool: pg.Pool;
  let nodes: EventLog[];
  let spy: LogFeed;
  const heard: LoggedEvent[][] = [[], []];
  const fed: number[] = [];
  let published = 0;

  beforeAll(async () => {
    nats = await startNatsServer();
    pool = new pg.Pool({ ...(await testDatabase()).poolConfig, max: 12 });
    nodes = [await startEventLog({ pool, log, natsUrl: nats.url }), await startEventLog({ pool, log, natsUrl: nats.url })];
    nodes.forEach((node, index) => node.onEvents((events) => heard[index]?.push(...events)));
    spy = startNatsFeed({ pool, url: nats.url, log });
    spy.onEntry(({ event }) => fed.push(event.position));
  }, 30_000);
  afterAll(async () => {
    await Promise.all([...nodes.map((node) => node.stop()), spy.stop()]);
    await pool.end();
    await nats.stop();
  });

  async function allFed(): Promise<void> {
    await expect.poll(() => [...nodes.map((node) => node.isFed()), spy.isFed()], PATIENCE).toEqual([true, true, true]);
  }

  async function publishSome(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      await publish({ db: dbOn(pool), newId }, Counted, `counter/${n % 3}`, { n: published++ });
      for (const node of nodes) node.wake();
    }
  }

  /** Everything, once, in order, on both nodes. */
  async function bothHeardAll(): Promise<void> {
    const all = Array.from({ length: published }, (_, index) => index + 1);
    for (const node of [0, 1]) await expect.poll(() => heard[node]?.map(({ position }) => position), PATIENCE).toEqual(all);
  }

  it("what the sequencer's node reads goes over it, each event once", async () => {
    await allFed();
    await publishSome(50);
    await bothHeardAll();
    await expect.poll(() => fed, PATIENCE).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it("a killed server costs no event: the log is followed in the database, and over NATS again when it is back", async () => {
    const storm = publishSome(300);
    await expect.poll(() => heard[1]?.length ?? 0, PATIENCE).toBeGreaterThan(80);
    await nats.kill();
    await storm;
    await publishSome(20);
    await bothHeardAll();
    await expect.poll(() => nodes.map((node) => node.isFed()), PATIENCE).toEqual([false, false]);
    await nats.start();
    await allFed();
    fed.length = 0;
    await publishSome(30);
    await bothHeardAll();
    expect(fed.length).toBe(30);
  }, 60_000);

  it("when the leading node stops, the other one sends on", async () => {
    const leader = nodes.findIndex((node) => node.isLeading());
    await nodes[leader]?.stop();
    const left = nodes[1 - leader];
    await expect.poll(() => left?.isLeading(), PATIENCE).toBe(true);
    fed.length = 0;
    await publishSome(10);
    await expect.poll(() => fed.length, PATIENCE).toBe(10);
    expect(heard[1 - leader]?.length).toBe(published);
  });
});

describe("[LOG-7] without a NATS at its address", () => {
  it("a node starts and hears every event, out of the database", async () => {
    const pool = new pg.Pool({ ...(await testDatabase()).poolConfig, max: 6 });
    const node = await startEventLog({ pool, log, natsUrl: "nats://127.0.0.1:1" });
    const heard: number[] = [];
    node.onEvents((events) => heard.push(...events.map(({ position }) => position)));
    await publish({ db: dbOn(pool), newId }, Counted, "counter/1", { n: 1 });
    await expect.poll(() => heard, PATIENCE).toEqual([1]);
    expect(node.isFed()).toBe(false);
    await node.stop();
    await pool.end();
  });
});
