import { err, ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { SYSTEM, type Ctx } from "./ctx.ts";
import { statement } from "./database/db.ts";
import { trailing } from "./database/trail.ts";
import { createSnapshots } from "./snapshots/index.ts";
import { inTransaction, type Key } from "./transaction.ts";

const log = pino({ level: "silent" });
let pool: pg.Pool;

beforeAll(async () => {
  pool = new pg.Pool({ ...(await testDatabase()).poolConfig, max: 2 });
  await pool.query("create table written (n integer primary key); create sequence tries");
});
afterAll(() => pool.end());
beforeEach(() => pool.query("truncate written; truncate platform.idempotency_key"));

const KEY: Key = { credential: "test", route: "test.write", key: "12345678", requestHash: Buffer.alloc(32) };

function command(run: (ctx: Ctx) => Promise<Result<number, { code: "test.refused" }>>, isKeyed = false) {
  const around = { pool, snapshots: createSnapshots({ pool, log }), log, actor: SYSTEM, requestId: "test" };
  const keyed = { key: KEY, keep: (value: number) => ({ status: 200, response: String(value) }) };
  return inTransaction(around, run, isKeyed ? keyed : undefined);
}
const write = (ctx: Ctx, n: number) => trailing(ctx, sql`insert into written values (${n})`);
const written = async () => (await pool.query<{ n: number }>("select n from written order by n")).rows.map(({ n }) => n);

it("a write that nobody waited for is there after the commit, and so is the answer under the key", async () => {
  const outcome = await command(async (ctx) => {
    await write(ctx, 1);
    return ok(1);
  }, true);
  expect(outcome).toEqual({ kind: "done", result: ok(1) });
  expect(await written()).toEqual([1]);
  expect(await command(async () => ok(2), true)).toEqual({ kind: "replayed", stored: { kind: "stored", status: 200, response: "1" } });
});

it("a write that nobody waited for and that fails undoes its command, its answer too", async () => {
  const failing = command(async (ctx) => {
    await write(ctx, 1);
    await write(ctx, 1);
    return ok(1);
  }, true);
  await expect(failing).rejects.toMatchObject({ code: "23505" });
  expect(await written()).toEqual([]);
  expect(await command(async () => ok(2), true)).toMatchObject({ kind: "done" });
});

it("the reason is the statement that failed first, not the one that could not run after it", async () => {
  const failing = command(async (ctx) => {
    await write(ctx, 1);
    await write(ctx, 1);
    await sql`select 1`.execute(ctx.db);
    return ok(1);
  });
  await expect(failing).rejects.toMatchObject({ code: "23505" });
});

it("a race lost by a write that nobody waited for is run again", async () => {
  await pool.query(`create function lose_once() returns void language plpgsql as
    $$ begin if nextval('tries') = 1 then raise exception 'lost' using errcode = '40001'; end if; end $$`);
  await command(async (ctx) => {
    await write(ctx, 1);
    await trailing(ctx, sql`select lose_once()`);
    return ok(1);
  });
  expect(await written()).toEqual([1]);
});

it("a refusal undoes what was written without waiting", async () => {
  const refused = await command(async (ctx) => {
    await write(ctx, 1);
    return err({ code: "test.refused" });
  });
  expect(refused).toEqual({ kind: "done", result: err({ code: "test.refused" }) });
  expect(await written()).toEqual([]);
});

it("a statement that was prepared before another version changed a table is prepared anew, within a command and without", async () => {
  await pool.query("create table formed (a integer); insert into formed values (1)");
  const inCommand = async () => {
    const found: unknown[] = [];
    const outcome = await command(async (ctx) => {
      found.push(...(await sql`select * from formed where a > 0`.execute(ctx.db)).rows);
      return ok(found.length);
    });
    return { outcome, found };
  };
  const withoutCommand = () => statement(pool, "select * from formed where a = $1", [1]);
  await inCommand();
  await withoutCommand();
  await pool.query("alter table formed add b integer not null default 2");
  expect(await withoutCommand()).toEqual([{ a: 1, b: 2 }]);
  expect(await inCommand()).toMatchObject({ outcome: { kind: "done", result: ok(1) }, found: [{ a: 1, b: 2 }] });
});
