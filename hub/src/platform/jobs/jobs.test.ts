import { sql } from "kysely";
import pg from "pg";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { dbOn } from "../database/db.ts";
import { createSnapshots } from "../snapshots/index.ts";
import { platformJobs } from "./housekeeping.ts";
import { addJob, job, type Job, type JobContext } from "./job.ts";
import { watchNodes } from "./nodes.ts";
import { migrateJobs, startJobs } from "./start-jobs.ts";

const log = pino({ level: "silent" });

let pool: pg.Pool;
const started: { stop(): Promise<void> }[] = [];

beforeEach(async () => {
  pool = new pg.Pool({ ...(await testDatabase()).poolConfig, max: 8 });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  await pool.query("create table sent (message text not null)");
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.stop()));
  await pool.end();
});

async function start(jobs: readonly Job[]): Promise<void> {
  started.push(await startJobs({ pool, log, snapshots: createSnapshots({ pool, log }), jobs }));
}

const sent = async () =>
  (await pool.query<{ message: string }>("select message from sent order by message")).rows.map(({ message }) => message);

async function send(ctx: JobContext, { message }: { message: string }): Promise<void> {
  await ctx.write((own) => sql`insert into sent (message) values (${message})`.execute(own.db));
}

it("[JOB-1] a job that a transaction made runs after its commit; one that was rolled back never does", async () => {
  const sendJob = job("test.send", send);
  await start([sendJob]);
  const client = await pool.connect();
  for (const [message, end] of [
    ["kept", "commit"],
    ["undone", "rollback"],
  ] as const) {
    await client.query("begin");
    await addJob({ db: dbOn(client) }, sendJob, { message });
    await client.query(end);
  }
  await addJob({ db: dbOn(client) }, sendJob, { message: "last" });
  client.release();
  await expect.poll(sent).toEqual(["kept", "last"]);
});

it("[JOB-1] a job that fails is tried again, and what it wrote before is undone", async () => {
  let tries = 0;
  const flaky = job("test.flaky", async (ctx, payload: { message: string }) => {
    tries += 1;
    await ctx.write(async (own) => {
      await sql`insert into sent (message) values (${payload.message})`.execute(own.db);
      if (tries === 1) throw new Error("not today");
    });
  });
  const other = job("test.send", send);
  await start([flaky, other]);
  await addJob({ db: dbOn(pool) }, flaky, { message: "once" });
  const isToBeTriedAgain = async () =>
    (await pool.query("select 1 from jobs._private_jobs where attempts = 1 and locked_at is null and last_error is not null")).rowCount;
  await expect.poll(isToBeTriedAgain).toBe(1);
  await pool.query("update jobs._private_jobs set run_at = now()");
  await addJob({ db: dbOn(pool) }, other, { message: "the queue looks when a job comes" });
  await expect.poll(sent).toEqual(["once", "the queue looks when a job comes"]);
});

it("[JOB-2] a job that a node works on is locked under a name by which others know that node", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const long = job("test.long", () => promise);
  await start([long]);
  await addJob({ db: dbOn(pool) }, long, {});
  const known = async () =>
    (
      await pool.query<{ known: boolean }>(
        "select exists (select from platform.job_worker w where w.worker_id = locked_by) as known from jobs._private_jobs where locked_at is not null",
      )
    ).rows;
  await expect.poll(known).toEqual([{ known: true }]);
  resolve();
});

it("[JOB-2] jobs of a node that was killed are freed, those of a living node are not", async () => {
  await migrateJobs(pool, log);
  const sendJob = job("test.send", send);
  for (const message of ["of the dead", "of the living"]) await addJob({ db: dbOn(pool) }, sendJob, { message });
  await pool.query(
    "update jobs._private_jobs set locked_at = now(), locked_by = case when payload->>'message' = 'of the dead' then 'dead' else 'living' end",
  );
  await pool.query("insert into platform.job_worker values ('dead', 1), ('living', 2)");
  const living = await pool.connect();
  await living.query("select pg_advisory_lock(4400005, 2)");
  const look = watchNodes(pool, log);
  const locked = async () =>
    (await pool.query("select payload->>'message' as message, locked_by from jobs._private_jobs order by 1")).rows.map(
      (row) => row.locked_by,
    );
  await look();
  expect(await locked(), "missing once may be a lost connection").toEqual(["dead", "living"]);
  await look();
  expect(await locked()).toEqual([null, "living"]);
  living.release(true);
});

it("[JOB-3] the log keeps partitions ahead, and drops days that are past their time", async () => {
  await pool.query(
    "create table platform.event_log_20200101 partition of platform.event_log for values from ('2020-01-01') to ('2020-01-02')",
  );
  await pool.query("select platform.make_event_log_partitions(9)");
  const partitions = async () =>
    (
      await pool.query<{ name: string }>(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'platform.event_log'::regclass order by 1",
      )
    ).rows.map(({ name }) => name);
  expect(await partitions()).toHaveLength(1 + 10 + 1);
  const { rows } = await pool.query("select platform.drop_event_log_partitions(30) as dropped");
  expect(rows).toEqual([{ dropped: 1 }]);
  expect(await partitions()).not.toContain("platform.event_log_20200101");
  expect(await partitions()).toContain("platform.event_log_default");
});

it("[JOB-3] answers under idempotency keys are forgotten after seven days", async () => {
  const forget = platformJobs.find(({ name }) => name === "platform.forget");
  await pool.query(
    `insert into platform.idempotency_key (credential, route, key, request_hash, created_at)
     values ('c', 'r', 'old', '\\x00', now() - interval '8 days'), ('c', 'r', 'new', '\\x00', now() - interval '6 days')`,
  );
  await start(platformJobs);
  if (forget) await addJob({ db: dbOn(pool) }, forget, {} as never);
  const keys = async () => (await pool.query<{ key: string }>("select key from platform.idempotency_key")).rows.map(({ key }) => key);
  await expect.poll(keys).toEqual(["new"]);
});

it("[JOB-4] what a job of the clock deletes is kept by table and day, in its own transaction, and when it last came to its end", async () => {
  await pool.query("insert into sent (message) select 'old' from generate_series(1, 3)");
  const forget = job(
    "test.forget",
    (ctx) =>
      ctx.write(async (own) => {
        await sql`delete from sent where message = 'old'`.execute(own.db);
      }),
    { cron: "0 0 1 1 *" },
  );
  await start([forget]);
  await addJob({ db: dbOn(pool) }, forget, {});
  const runs = () => pool.query("select job from platform.job_run where job = 'test.forget'");
  await expect.poll(async () => (await runs()).rowCount).toBe(1);
  const { rows } = await pool.query("select table_name, rows from platform.deletion where job = 'test.forget'");
  expect(rows).toEqual([{ table_name: "sent", rows: 3 }]);
});
