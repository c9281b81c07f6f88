import { defineEvent, newId } from "@weft/kernel";
import { sql } from "kysely";
import pg from "pg";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../../test/database.ts";
import { contextOf, SYSTEM, type Ctx } from "../ctx.ts";
import { dbOn, type Db } from "../database/db.ts";
import { createSnapshots } from "../snapshots/index.ts";
import { discardDeadLetter, listDeadLetters, replayDeadLetter } from "./dead-letter-commands.ts";
import { takeTurn } from "./deliver.ts";
import { startEventLog, type EventLog } from "./event-log.ts";
import { createLogWindow } from "./log-window.ts";
import { publish } from "./publish.ts";
import { startSubscribers, type SubscriberRunner } from "./runner.ts";
import { on, subscriber, type Subscriber } from "./subscriber.ts";

const Counted = defineEvent("test.counted.v1", z.object({ n: z.int() }));
const Ignored = defineEvent("test.ignored.v1", z.object({}));
const log = pino({ level: "silent" });

let pool: pg.Pool;
let eventLog: EventLog;
let runners: SubscriberRunner[] = [];

beforeAll(async () => {
  const { poolConfig } = await testDatabase();
  pool = new pg.Pool({ ...poolConfig, max: 20 });
  pool.on("connect", (client) => client.on("error", () => undefined));
  await pool.query(
    "create table seen (id bigint generated always as identity, subscriber text not null, subject text not null, n integer not null)",
  );
});

afterAll(() => pool.end());

beforeEach(async () => {
  await pool.query("truncate seen, platform.outbox, platform.event_log, platform.subscription, platform.dead_letter");
  await pool.query("update platform.log_head set position = 0");
  eventLog = await startEventLog({ pool, log });
});

afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.stop()));
  runners = [];
  await eventLog.stop();
});

function contextOn(db: Db, now: Date, requestId: string): Ctx {
  return contextOf({ db, now, actor: SYSTEM, requestId, snapshots: createSnapshots({ pool, log }), log });
}

async function run(subscribers: readonly Subscriber[], retryWaitsMs: readonly number[] = [1, 1]): Promise<SubscriberRunner> {
  const runner = await startSubscribers({ pool, log, follower: eventLog, subscribers, contextOn, retryWaitsMs, housekeepingMs: 20 });
  runners.push(runner);
  return runner;
}

async function count(subject: string, n: number): Promise<void> {
  await publish({ db: dbOn(pool), newId }, Counted, subject, { n });
  eventLog.wake();
}

/** Writes down what it is given, and then fails where `fails` says so. */
function recorder(name: string, fails: (subject: string, n: number) => boolean = () => false): Subscriber {
  return subscriber(name, [
    on(Counted, async (ctx, { subject, data: { n } }) => {
      await sql`insert into seen (subscriber, subject, n) values (${name}, ${subject}, ${n})`.execute(ctx.db);
      if (fails(subject, n)) throw new Error("not today");
    }),
  ]);
}

async function seenBy(name: string, subject: string): Promise<number[]> {
  const { rows } = await pool.query<{ n: number }>("select n from seen where subscriber = $1 and subject = $2 order by id", [
    name,
    subject,
  ]);
  return rows.map(({ n }) => n);
}

async function lettersOf(name: string): Promise<{ id: string; n: number; state: string; behind: boolean }[]> {
  const { rows } = await pool.query(
    "select id, (data->>'n')::integer as n, state, waits_for is not null as behind from platform.dead_letter where subscriber = $1 order by position",
    [name],
  );
  return rows;
}

function inTransaction<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return pool.connect().then(async (client) => {
    await client.query("begin");
    const answer = await work(contextOn(dbOn(client), new Date(), "test"));
    await client.query("commit");
    client.release();
    return answer;
  });
}

it("[SUB-1] a subscriber gets every event of its kinds once, in order, also those from before it ran", async () => {
  await count("subject/a", 1);
  await run([recorder("one"), recorder("two")]);
  for (let n = 2; n <= 30; n++) await count("subject/a", n);
  const all = Array.from({ length: 30 }, (_, index) => index + 1);
  await expect.poll(() => seenBy("one", "subject/a")).toEqual(all);
  await expect.poll(() => seenBy("two", "subject/a")).toEqual(all);
});

/** Breaks its own connection under the second event, once. */
function breaksOnce(name: string): Subscriber {
  let isWhole = true;
  return subscriber(name, [
    on(Counted, async (ctx, { subject, data: { n } }) => {
      await sql`insert into seen (subscriber, subject, n) values (${name}, ${subject}, ${n})`.execute(ctx.db);
      if (n !== 2 || !isWhole) return;
      isWhole = false;
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(ctx.db);
    }),
  ]);
}

async function publishThree(): Promise<void> {
  await inTransaction(async (ctx) => {
    for (const n of [1, 2, 3]) await publish(ctx, Counted, "subject/a", { n });
  });
}

it("[SUB-1] a connection that breaks under an event undoes that event, and skips none", async () => {
  await publishThree();
  await run([breaksOnce("breaking")]);
  await expect.poll(() => seenBy("breaking", "subject/a")).toEqual([1, 2, 3]);
});

it("[SUB-1] a turn that is cut off is undone as a whole and runs again elsewhere, and skips none", async () => {
  const ending = breaksOnce("ending");
  await (await run([ending])).stop();
  await publishThree();
  await expect.poll(() => eventLog.position()).toBe(3);
  const turn = async () => {
    const client = await pool.connect();
    return takeTurn(client, ending, { window: createLogWindow(3), contextOn, log }).finally(() => client.release(true));
  };
  await expect(turn()).rejects.toThrow("the connection broke");
  expect(await turn()).toMatchObject({ kind: "done", position: 3 });
  expect(await seenBy("ending", "subject/a")).toEqual([1, 2, 3]);
});

it("[SUB-2] an event that breaks the connection each time is parked like one that fails", async () => {
  const breaking = subscriber("breaking", [
    on(Counted, async (ctx, { subject, data: { n } }) => {
      if (subject === "subject/bad") await sql`select pg_terminate_backend(pg_backend_pid())`.execute(ctx.db);
      await sql`insert into seen (subscriber, subject, n) values ('breaking', ${subject}, ${n})`.execute(ctx.db);
    }),
  ]);
  await run([breaking], []);
  await count("subject/bad", 1);
  await count("subject/good", 2);
  await expect.poll(() => seenBy("breaking", "subject/good")).toEqual([2]);
  expect(await lettersOf("breaking")).toMatchObject([{ n: 1, state: "waiting" }]);
});

it("[SUB-2] two nodes share the subscribers, and each event is still worked on once, in order", async () => {
  const names = ["one", "two", "three"];
  await run(names.map((name) => recorder(name)));
  await run(names.map((name) => recorder(name)));
  for (let n = 1; n <= 40; n++) await count("subject/a", n);
  const all = Array.from({ length: 40 }, (_, index) => index + 1);
  for (const name of names) await expect.poll(() => seenBy(name, "subject/a")).toEqual(all);
});

it("[SUB-2] a failing subscriber holds up neither other subjects nor other subscribers, and what it wrote is undone", async () => {
  await run([recorder("failing", (subject) => subject === "subject/bad"), recorder("healthy")]);
  for (const n of [1, 2]) for (const subject of ["subject/bad", "subject/good"]) await count(subject, n);
  await expect.poll(() => seenBy("failing", "subject/good")).toEqual([1, 2]);
  await expect.poll(() => seenBy("healthy", "subject/bad")).toEqual([1, 2]);
  expect(await seenBy("failing", "subject/bad")).toEqual([]);
});

it("[SUB-3] an event that fails for a while is tried again by itself, and the later ones of its subject wait for it", async () => {
  let failures = 2;
  await run([recorder("flaky", (_subject, n) => n === 1 && failures-- > 0)], [1, 1, 1]);
  for (const n of [1, 2, 3]) await count("subject/a", n);
  await expect.poll(() => seenBy("flaky", "subject/a")).toEqual([1, 2, 3]);
  await expect.poll(() => lettersOf("flaky")).toEqual([]);
});

it("[SUB-3] after its last try an event is a dead letter; replayed, it and those behind it run in order", async () => {
  let isBroken = true;
  await run([recorder("broken", (_subject, n) => n === 1 && isBroken)]);
  for (const n of [1, 2, 3]) await count("subject/a", n);
  const waiting = [1, 2, 3].map((n) => expect.objectContaining({ n, state: "waiting", behind: n > 1 }));
  await expect.poll(() => lettersOf("broken")).toEqual(waiting);
  await count("subject/a", 4);
  await expect.poll(() => lettersOf("broken")).toHaveLength(4);

  const [first, second] = await lettersOf("broken");
  const listed = await listDeadLetters({ db: dbOn(pool) }, { state: "waiting", limit: 10 });
  expect(listed.items.map(({ error, attempts }) => [error, attempts])).toEqual([
    [`waits for ${first?.id}`, 0],
    [`waits for ${first?.id}`, 0],
    [`waits for ${first?.id}`, 0],
    ["Error: not today", 3],
  ]);
  expect(await inTransaction((ctx) => replayDeadLetter(ctx, second?.id ?? ""))).toEqual({
    ok: false,
    error: { code: "deadLetters.waits_behind", waitsFor: first?.id },
  });
  isBroken = false;
  expect(await inTransaction((ctx) => replayDeadLetter(ctx, first?.id ?? ""))).toMatchObject({ ok: true, value: { state: "replayed" } });
  await expect.poll(() => seenBy("broken", "subject/a")).toEqual([1, 2, 3, 4]);
  await expect.poll(() => lettersOf("broken")).toEqual([expect.objectContaining({ n: 1, state: "replayed" })]);
});

it("[SUB-3] a replayed event that fails again waits again", async () => {
  await run([recorder("broken", () => true)], []);
  await count("subject/a", 1);
  await expect.poll(() => lettersOf("broken")).toMatchObject([{ state: "waiting" }]);
  const [letter] = await lettersOf("broken");
  await inTransaction((ctx) => replayDeadLetter(ctx, letter?.id ?? ""));
  const attempts = async () =>
    (await listDeadLetters({ db: dbOn(pool) }, { state: "waiting", limit: 10 })).items.map((item) => item.attempts);
  await expect.poll(attempts).toEqual([2]);
});

it("[SUB-3] a discarded event is passed over, and those behind it run", async () => {
  await run([recorder("broken", (_subject, n) => n === 1)]);
  for (const n of [1, 2]) await count("subject/a", n);
  await expect.poll(() => lettersOf("broken")).toMatchObject([{ state: "waiting" }, { state: "waiting" }]);
  const [first] = await lettersOf("broken");
  expect(await inTransaction((ctx) => discardDeadLetter(ctx, first?.id ?? ""))).toMatchObject({ ok: true, value: { state: "discarded" } });
  await expect.poll(() => seenBy("broken", "subject/a")).toEqual([2]);
  expect(await inTransaction((ctx) => discardDeadLetter(ctx, first?.id ?? ""))).toEqual({
    ok: false,
    error: { code: "deadLetters.not_waiting", state: "discarded" },
  });
});

it("a subscriber that is added to a running installation begins with the next event", async () => {
  await (await run([recorder("old")])).stop();
  await count("subject/a", 1);
  await expect.poll(() => eventLog.position()).toBe(1);
  await run([recorder("old"), recorder("new")]);
  await count("subject/a", 2);
  await expect.poll(() => seenBy("old", "subject/a")).toEqual([1, 2]);
  await expect.poll(() => seenBy("new", "subject/a")).toEqual([2]);
});

it("a subscriber without work moves on with the log, so that nothing is kept for it", async () => {
  await run([recorder("one")]);
  for (let n = 0; n < 3; n++) await publish({ db: dbOn(pool), newId }, Ignored, "subject/a", {});
  const position = async () => (await pool.query<{ position: number }>("select position from platform.subscription")).rows[0]?.position;
  await expect.poll(position).toBe(3);
});
