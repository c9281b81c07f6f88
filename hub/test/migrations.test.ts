import pg from "pg";
import { pino } from "pino";
import { describe, expect, inject, it } from "vitest";
import { migrationFolders } from "../src/modules.ts";
import { migrate } from "../src/platform/migrations/index.ts";
import { emptyDatabase, testDatabase } from "./database.ts";

describe("the migrations of this hub", () => {
  it("[MIG-9] all apply to a new database", () => {
    expect(inject("migrationFailures")).toEqual([]);
  });

  it("[MIG-10] apply once when two hubs start together on a new database", async () => {
    const { poolConfig } = await emptyDatabase();
    const pools = [new pg.Pool(poolConfig), new pg.Pool(poolConfig)];
    const log = pino({ level: "silent" });
    const [first = [], second = []] = await Promise.all(pools.map((pool) => migrate(pool, migrationFolders(), log)));
    await Promise.all(pools.map((pool) => pool.end()));
    expect([first.length, second.length].toSorted((a, b) => a - b)).toEqual([0, first.length + second.length]);
    expect(first.length + second.length).toBeGreaterThan(0);
  });

  it("[MIG-11] fold text to what a person would type, so that an index can find it", async () => {
    const pool = new pg.Pool((await testDatabase()).poolConfig);
    const { rows } = await pool.query("select platform.fold('Café CRÈME, Müller, Straße') as folded");
    expect(rows).toEqual([{ folded: "cafe creme, muller, strasse" }]);
    await pool.query("create table public.probe (name text); create index on public.probe using gin (platform.fold(name) gin_trgm_ops)");
    await pool.end();
  });
});
