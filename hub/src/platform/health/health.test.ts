import type { HealthReportView } from "@weft/contracts";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { ANONYMOUS } from "../ctx.ts";
import { openEdge, serveRoutes } from "../http/index.ts";
import { createSnapshots } from "../snapshots/index.ts";
import { createRecentRequests } from "../telemetry/recent-requests.ts";
import { openVault } from "../vault.ts";
import { checkInvariants, isCheckDue } from "./check-invariants.ts";
import type { Invariant } from "./invariant.ts";
import { createSignals } from "./measure-signals.ts";
import { announceNode } from "./nodes.ts";
import { healthRoutes } from "./routes.ts";
import type { Signal } from "./signal.ts";

const log = pino({ level: "silent" });
const COUNTS_ARE_POSITIVE: Invariant = {
  name: "test.positive",
  description: "No count is negative",
  sql: "select 'count ' || n as example from counted where n < 0 order by n",
};

const NEGATIVES: Signal = {
  name: "negatives",
  about: "Counts below zero",
  unit: "count",
  worse: "above",
  watch: 0,
  bad: 5,
  sql: "select count(*)::integer as value from counted where n < 0",
};
const UNASKABLE: Signal = { ...NEGATIVES, name: "unaskable", sql: "select value from nowhere" };

let pool: pg.Pool;
let app: Awaited<ReturnType<typeof openEdge>>;
let migrations = 0;

beforeAll(async () => {
  pool = new pg.Pool({ ...(await testDatabase()).poolConfig, max: 4 });
  await pool.query("create table counted (n integer not null)");
  const authenticate = async () => ANONYMOUS;
  app = await openEdge({ authenticate, allowsOrigin: async () => false }, { log, publicUrl: undefined, rateLimit: 0, trustProxy: false });
  const ports = { authenticate, mayCall: () => ({ allowed: true }) as const, audit: async () => undefined, shown: () => undefined };
  const routes = healthRoutes({
    pool,
    version: "1.2.3",
    get migrations() {
      return migrations;
    },
    invariants: [COUNTS_ARE_POSITIVE],
    live: { counts: () => ({ streams: 1, subjects: 2 }) },
    counts: async () => ({ carts: 3 }),
    signals: createSignals({ pool, log, signals: [NEGATIVES, UNASKABLE], readings: {} }),
    recent: createRecentRequests(() => 0),
  });
  serveRoutes(
    app,
    {
      pool,
      snapshots: createSnapshots({ pool, log }),
      log,
      ports,
      vault: openVault("a secret of the tests"),
      checksAnswers: true,
      secureCookies: false,
    },
    routes,
  );
});

afterAll(async () => {
  await app.close();
  await pool.end();
});

beforeEach(() => pool.query("truncate counted"));

it("the report tells each signal with its thresholds and state, and one that cannot be measured hides no other", async () => {
  await pool.query("insert into counted select -n from generate_series(1, 3) n");
  const { signals, operations } = (await app.inject("/v1/health-report")).json<HealthReportView>();
  expect(signals).toEqual([
    { name: "negatives", about: "Counts below zero", unit: "count", worse: "above", watch: 0, bad: 5, value: 3, state: "watch" },
    expect.objectContaining({ name: "unaskable", value: null, state: "unknown" }),
  ]);
  expect(operations).toEqual([]);
});

it("[INV-1] a violated invariant tells how many rows and names the first of them", async () => {
  expect((await checkInvariants(pool, [COUNTS_ARE_POSITIVE])).results).toEqual([
    { name: "test.positive", description: "No count is negative", violations: 0, examples: [] },
  ]);
  await pool.query("insert into counted select -n from generate_series(1, 8) n");
  expect((await checkInvariants(pool, [COUNTS_ARE_POSITIVE])).results).toMatchObject([
    { violations: 8, examples: ["count -8", "count -7", "count -6", "count -5", "count -4"] },
  ]);
});

it("[INV-2] a check reads only, and one that cannot be run is no good news and stops no other", async () => {
  const writing = {
    ...COUNTS_ARE_POSITIVE,
    name: "test.writing",
    sql: "select platform.publish(gen_random_uuid(), 'a.b.v1', 'x/1', '{}')::text as example",
  };
  const broken = { ...COUNTS_ARE_POSITIVE, name: "test.broken", sql: "select 'x' as example from nowhere" };
  const { results } = await checkInvariants(pool, [writing, broken, COUNTS_ARE_POSITIVE]);
  expect(results.map(({ name, violations }) => [name, violations])).toEqual([
    ["test.writing", 1],
    ["test.broken", 1],
    ["test.positive", 0],
  ]);
  expect(results[0]?.examples[0]).toMatch("read-only transaction");
  expect(results[1]?.examples[0]).toMatch("could not be checked");
});

it("the health page shows what the last check found, and when", async () => {
  await pool.query("insert into counted values (-1)");
  const checked = await app.inject({ method: "POST", url: "/v1/invariant-checks" });
  expect(checked.json()).toMatchObject({ results: [{ violations: 1, examples: ["count -1"] }] });
  const report = await app.inject("/v1/health-report");
  expect(report.json()).toMatchObject({
    version: "1.2.3",
    live: { streams: 1, subjects: 2 },
    counts: { carts: 3 },
    invariants: checked.json(),
  });
});

it("a node is ready when all its migrations are applied, and tells which versions run", async () => {
  const node = await announceNode({ pool, version: "1.2.3", role: "api", log });
  expect(await app.inject("/ready")).toMatchObject({ statusCode: 200 });
  expect((await app.inject("/ready")).json()).toMatchObject({ status: "ready", versions: ["1.2.3"] });
  migrations = 100_000;
  expect(await app.inject("/ready")).toMatchObject({ statusCode: 503 });
  migrations = 0;
  await node.stop();
  expect((await app.inject("/ready")).json()).toMatchObject({ versions: [] });
  expect((await app.inject("/health")).json()).toEqual({ status: "ok" });
});

it("[INV-3] the next check waits nineteen times as long as the last one took, on any node", async () => {
  await pool.query("delete from platform.invariant_check");
  expect(await isCheckDue(pool)).toBe(true);
  const checked = (secondsAgo: number, tookMs: number) =>
    pool.query(
      `insert into platform.invariant_check (checked_at, took_ms, results) values (now() - make_interval(secs => $1), $2, '[]')
         on conflict (checked_at) do nothing`,
      [secondsAgo, tookMs],
    );
  await checked(400, 20_000);
  expect(await isCheckDue(pool)).toBe(true);
  await checked(300, 20_000);
  expect(await isCheckDue(pool)).toBe(false);
});
