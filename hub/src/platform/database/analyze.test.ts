import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { emptyDatabase } from "../../../test/database.ts";
import { analyzeFilled } from "./analyze.ts";

let pool: pg.Pool;
beforeAll(async () => {
  pool = new pg.Pool({ ...(await emptyDatabase()).poolConfig, max: 1 });
  await pool.query("create table filled (id integer primary key); create table grows (id integer primary key)");
  await pool.query("insert into filled select generate_series(1, 5000)");
});
afterAll(() => pool.end());

const planOf = async (table: string) => JSON.stringify((await pool.query(`explain select from ${table} where id = 1`)).rows);

it.each([false, true])(
  "a table that is empty when the others are analyzed is looked up by its key from its first row on (vacuum: %s)",
  async (vacuum) => {
    await analyzeFilled(pool, { vacuum });
    const { rows } = await pool.query(
      "select relname, reltuples::integer as rows from pg_class where relname in ('filled', 'grows') order by relname",
    );
    expect(rows).toEqual([
      { relname: "filled", rows: 5000 },
      { relname: "grows", rows: -1 },
    ]);
    expect([await planOf("filled"), await planOf("grows")]).toEqual([expect.stringContaining("Index"), expect.stringContaining("Index")]);
  },
);

it("which a plain analyze would spoil", async () => {
  await pool.query("analyze");
  expect(await planOf("grows")).toContain("Seq Scan");
});

it("takes as long as it must, whatever a request may take", async () => {
  const impatient = new pg.Pool({ ...pool.options, options: "-c statement_timeout=50ms" });
  await pool.query("create table wide as select n, repeat(md5(n::text), 60) as text from generate_series(1, 40000) n");
  await expect(impatient.query("analyze wide")).rejects.toThrow("statement timeout");
  await expect(analyzeFilled(impatient)).resolves.toBeUndefined();
  await impatient.end();
});
