import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "./database.ts";
import { findBreaches } from "./walls.ts";

let pool: pg.Pool;
beforeAll(async () => {
  pool = new pg.Pool({ ...(await testDatabase()).poolConfig, max: 1 });
});
afterAll(() => pool.end());

describe("the walls between modules inside the database", () => {
  it("[WAL-1] stand: nothing in the migrations goes through them", async () => {
    expect(await findBreaches(pool)).toEqual([]);
  });

  it.each([
    ["a foreign key stays inside its schema", "create table stock.planted (id uuid references access.planted (id))"],
    [
      "a function uses its own schema, and lower modules' functions and read_ views",
      "create function stock.planted() returns bigint language sql as 'select count(*) from access.planted'",
    ],
    [
      "a function uses its own schema, and lower modules' functions and read_ views",
      "create function access.caller() returns void language plpgsql as 'begin perform stock.published(); end'",
    ],
    [
      "no transaction of a command notifies",
      "create function stock.planted() returns void language plpgsql as 'begin perform pg_notify(''a'', ''''); end'",
    ],
    ["a view reads its own schema and lower modules' read_ views", "create view stock.read_planted as select id from access.planted"],
    [
      "a unique index of a growing table holds its distribution column",
      "create table messages.outbound (id uuid primary key, record_id uuid)",
    ],
    [
      "a growing table has no foreign key and no trigger",
      "create table messages.outbound (record_id uuid primary key references messages.planted (id))",
    ],
    ["a fact names the record, never the customer", "create table stock.planted (customer_id uuid)"],
    ["every table belongs to a module", "create table public.planted (id uuid)"],
  ])("[WAL-2] a breach is found: %s", async (rule, planted) => {
    expect(await breachesWith(planted)).toEqual([rule]);
  });

  it.each([
    ["a lower module's function", "create function stock.planted() returns void language sql as 'select access.published()'"],
    ["a lower module's read_ view", "create view stock.read_planted as select id from access.read_published"],
    [
      "the code of another module's error",
      "create function access.planted() returns text language sql as $$ select 'stock.insufficient' $$",
    ],
    [
      "a comment that names another module's table",
      "create function stock.planted() returns void language sql as E'-- unlike access.planted\\nselect'",
    ],
  ])("[WAL-3] %s may be used", async (_what, planted) => {
    expect(await breachesWith(planted)).toEqual([]);
  });
});

/** The rules that one more object breaks, in a transaction that is rolled back. */
async function breachesWith(planted: string): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query(`
      create schema if not exists access; create schema if not exists stock; create schema if not exists messages;
      drop table if exists messages.outbound cascade;
      create table access.planted (id uuid primary key); create table messages.planted (id uuid primary key);
      create view access.read_published as select id from access.planted;
      create function access.published() returns void language sql as 'select';
      create function stock.published() returns void language sql as 'select'`);
    const before = new Set((await findBreaches(client)).map(({ what }) => what));
    await client.query(planted);
    return (await findBreaches(client)).filter(({ what }) => !before.has(what)).map(({ rule }) => rule);
  } finally {
    await client.query("rollback");
    client.release();
  }
}
