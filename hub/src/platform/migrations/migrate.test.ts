import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyDatabase } from "../../../test/database.ts";
import { migrate } from "./migrate.ts";

const log = pino({ level: "silent" });
let root: string;
let pool: pg.Pool;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "weft-migrations-"));
  pool = new pg.Pool((await emptyDatabase()).poolConfig);
});

afterEach(async () => {
  await pool.end();
  await rm(root, { recursive: true });
});

describe("migrations", () => {
  it("[MIG-1] runs every file once, all of a module before the next, and says what it applied", async () => {
    await write("stock", "0001_level.sql", "create table stock.level (on_hand integer not null)");
    await write("stock", "0002_hold.sql", "create table stock.hold (quantity integer not null)");
    await write("orders", "0001_order.sql", "create view orders.v as select on_hand, quantity from stock.level, stock.hold");
    expect(await run("stock", "orders", "module_without_any")).toEqual([
      { module: "stock", number: 1, name: "0001_level.sql" },
      { module: "stock", number: 2, name: "0002_hold.sql" },
      { module: "orders", number: 1, name: "0001_order.sql" },
    ]);
    expect(await run("stock", "orders", "module_without_any")).toEqual([]);
  });

  it("[MIG-2] nodes that start together apply each file once", async () => {
    await write("stock", "0001_level.sql", "create table stock.level (on_hand integer not null); select pg_sleep(0.1)");
    const applied = await Promise.all(Array.from({ length: 4 }, () => run("stock")));
    expect(applied.flat()).toHaveLength(1);
  });

  it("[MIG-3] refuses an applied file that has changed, names it, and applies nothing", async () => {
    await write("stock", "0001_level.sql", "select 1");
    await run("stock");
    await write("stock", "0001_level.sql", "select 1; -- a second thought");
    await write("access", "0001_staff.sql", "select 1");
    await expect(run("access", "stock")).rejects.toThrow(/stock: 0001_level\.sql is applied and has changed/);
    expect(await schemas()).not.toContain("access");
  });

  it("[MIG-4] leaves alone what a newer hub has applied", async () => {
    await write("stock", "0001_level.sql", "select 1");
    await write("stock", "0002_later.sql", "create table stock.later (id integer)");
    await run("stock");
    await rm(join(root, "stock", "0002_later.sql"));
    expect(await run("stock")).toEqual([]);
  });

  it("[MIG-5] refuses a new file that comes before an applied one", async () => {
    await write("stock", "0002_hold.sql", "select 1");
    await run("stock");
    await write("stock", "0001_level.sql", "create table stock.level (id integer)");
    await expect(run("stock")).rejects.toThrow(/0001_level\.sql comes before number 2/);
  });

  it("[MIG-6] rolls back a file that fails, with its name and line, and keeps those before it", async () => {
    await write("stock", "0001_level.sql", "select 1");
    await write("stock", "0002_hold.sql", "create table stock.hold (id integer);\n\nselect nothing_of_the_kind;");
    await expect(run("stock")).rejects.toThrow(/stock: 0002_hold\.sql failed at line 3: column "nothing_of_the_kind" does not exist/);
    await write("stock", "0002_hold.sql", "create table stock.hold (id integer)");
    expect(await run("stock")).toEqual([{ module: "stock", number: 2, name: "0002_hold.sql" }]);
  });

  it("[MIG-7] refuses a name that is not NNNN_title.sql, and a number used twice", async () => {
    await write("stock", "1_level.sql", "select 1");
    await expect(run("stock")).rejects.toThrow(/NNNN_title\.sql/);
    await rm(join(root, "stock", "1_level.sql"));
    await write("stock", "0001_level.sql", "select 1");
    await write("stock", "0001_stock.sql", "select 1");
    await expect(run("stock")).rejects.toThrow(/0001_level\.sql and 0001_stock\.sql have the same number/);
  });

  it("[MIG-8] a connection of the pool keeps neither the lock nor the settings of a migration", async () => {
    await write("stock", "0001_level.sql", "set search_path = stock");
    await run("stock");
    const { rows } = await pool.query(`
      select current_setting('search_path') as path,
             (select count(*)::int from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())) as locks`);
    expect(rows).toEqual([{ path: '"$user", public', locks: 0 }]);
  });
});

async function write(module: string, file: string, sql: string): Promise<void> {
  await mkdir(join(root, module), { recursive: true });
  await writeFile(join(root, module, file), sql);
}

function run(...modules: string[]): ReturnType<typeof migrate> {
  return migrate(
    pool,
    modules.map((name) => ({ name, directory: join(root, name) })),
    log,
  );
}

async function schemas(): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>("select nspname as name from pg_namespace");
  return rows.map((row) => row.name);
}
