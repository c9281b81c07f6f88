import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { sql } from "kysely";
import { testDatabase } from "../../../test/database.ts";
import { defineSnapshot } from "./definition.ts";
import { createSnapshots, type Snapshots } from "./snapshots.ts";

const CHANGED = { type: "price.changed.v1" };
const OTHER = { type: "other.changed.v1" };

let pool: pg.Pool;
let snapshots: Snapshots;
let loads = 0;
/** Loads wait here until the test lets them go on. */
let gate: Promise<void> = Promise.resolve();

const Prices = defineSnapshot({
  name: "test.prices",
  invalidatedBy: [CHANGED],
  async load(db) {
    loads += 1;
    const { rows } = await sql<{ amount: number }>`select amount from price`.execute(db);
    await gate;
    return rows.map(({ amount }) => amount);
  },
});

beforeAll(async () => {
  pool = new pg.Pool({ ...(await testDatabase()).poolConfig, max: 4 });
  await pool.query("create table price (amount integer not null)");
  await pool.query("insert into price values (1)");
});

afterAll(() => pool.end());

beforeEach(async () => {
  snapshots = createSnapshots({ pool, log: pino({ level: "silent" }) });
  await pool.query("update price set amount = 1");
  loads = 0;
  gate = Promise.resolve();
});

it("[SNP-1] a snapshot is loaded once for all who ask, and served from memory after that", async () => {
  const [one, two] = await Promise.all([snapshots.current(Prices), snapshots.current(Prices)]);
  expect(await snapshots.current(Prices)).toBe(one);
  expect(two).toBe(one);
  expect([one, loads]).toEqual([[1], 1]);
});

it("[SNP-1] a fact replaces the value; until then the one before is served without waiting", async () => {
  const before = await snapshots.current(Prices);
  await pool.query("update price set amount = 2");
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  snapshots.onEvents([CHANGED]);
  expect(await snapshots.current(Prices)).toBe(before);
  resolve();
  await expect.poll(() => snapshots.current(Prices)).toEqual([2]);
});

it("[SNP-2] a fact that comes while the value is loaded makes it load again", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  const first = snapshots.current(Prices);
  await expect.poll(() => loads).toBe(1);
  await pool.query("update price set amount = 3");
  snapshots.onEvents([CHANGED]);
  resolve();
  await first;
  await expect.poll(() => snapshots.current(Prices)).toEqual([3]);
});

it("other facts, and facts about what nobody has asked for, load nothing", async () => {
  snapshots.onEvents([CHANGED]);
  expect(loads).toBe(0);
  await snapshots.current(Prices);
  snapshots.onEvents([OTHER]);
  expect(loads).toBe(1);
});

it("[SNP-3] after invalidate the next who asks waits for a fresh value, also when an older load is under way", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  const stale = snapshots.current(Prices);
  await expect.poll(() => loads).toBe(1);
  await pool.query("update price set amount = 4");
  snapshots.invalidate(Prices);
  gate = Promise.resolve();
  expect(await snapshots.current(Prices)).toEqual([4]);
  resolve();
  await stale;
  expect(await snapshots.current(Prices)).toEqual([4]);
});

it("[SNP-6] who misses something gets what is there now, also when an older load is under way, and all share one load", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  const stale = snapshots.current(Prices);
  await expect.poll(() => loads).toBe(1);
  await pool.query("update price set amount = 5");
  gate = Promise.resolve();
  const both = Promise.all([snapshots.fresh(Prices), snapshots.fresh(Prices)]);
  resolve();
  await stale;
  expect(await both).toEqual([[5], [5]]);
  expect([await snapshots.current(Prices), loads]).toEqual([[5], 2]);
});

it("a load that fails is told to who asked, and tried again by the next", async () => {
  let isBroken = true;
  const flaky = defineSnapshot({
    name: "test.flaky",
    invalidatedBy: [CHANGED],
    load: async () => {
      if (isBroken) throw new Error("no database");
      return "here";
    },
  });
  await expect(snapshots.current(flaky)).rejects.toThrow("no database");
  isBroken = false;
  expect(await snapshots.current(flaky)).toBe("here");
});

it("[SNP-5] commands that wait for a snapshot inside their transactions do not keep it from being loaded", async () => {
  const clients = await Promise.all(Array.from({ length: pool.options.max ?? 0 }, () => pool.connect()));
  expect(await snapshots.current(Prices)).toEqual([1]);
  for (const client of clients) client.release();
});
