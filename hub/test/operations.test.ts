import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alertRules, withTables } from "../src/operations/write-documents.ts";
import { RETENTION } from "../src/retention.ts";
import { SIGNALS } from "../src/signals.ts";
import { openDemoHub, type DemoHub } from "./demo-hub.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(resolve(ROOT, path), "utf8");

let demo: DemoHub;
let pool: pg.Pool;
beforeAll(async () => {
  demo = await openDemoHub();
  ({ pool } = demo);
}, 60_000);
afterAll(() => demo.close());

describe("what docs/operations.md and the alerts say", () => {
  it("is what the code says: else run `npm run docs:operations`", () => {
    expect(read("docs/operations.md")).toBe(withTables(read("docs/operations.md")));
    expect(read("deploy/prometheus/weft.rules.yaml")).toBe(alertRules());
  });
});

describe("retention", () => {
  it("has a row for every table of every schema, and for no other: add yours to hub/src/retention.ts", async () => {
    const { rows } = await pool.query<{ name: string }>(`
      select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'jobs') and n.nspname !~ '^pg_'
       order by 1`);
    expect(Object.keys(RETENTION).toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  });

  it("names only jobs that there are", () => {
    const jobs = new Set(["platform.partitions", "platform.forget", "platform.backup", ...demo.hub.wired.jobs.map(({ name }) => name)]);
    const named = Object.values(RETENTION).flatMap(({ by }) => (by.startsWith("job ") ? [by.slice(4)] : []));
    expect([...new Set(named)].filter((name) => !jobs.has(name))).toEqual([]);
  });
});

describe("signals", () => {
  it("can all be measured on a hub that runs, and are told by the health report and to Prometheus", async () => {
    const headers = await demo.enter("anna");
    const { signals } = (await demo.app.inject({ url: "/v1/health-report", headers })).json<{
      signals: { name: string; state: string }[];
    }>();
    expect(signals.map(({ name }) => name)).toEqual(SIGNALS.map(({ name }) => name));
    expect(signals.filter(({ state }) => state === "unknown")).toEqual([]);
    const metrics = (await demo.app.inject("/metrics")).body;
    expect(SIGNALS.filter(({ name }) => !metrics.includes(`\nweft_signal_${name} `))).toEqual([]);
  });
});
