import { existsSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, it } from "vitest";
import { INVARIANTS } from "../src/invariants.ts";
import { MODULES } from "../src/modules.ts";
import { checkInvariants, type Invariant } from "../src/platform/health/index.ts";
import { testDatabase } from "./database.ts";

it("[INV-3] every invariant can be checked, and holds on an empty database", async () => {
  const pool = new pg.Pool({ ...(await testDatabase()).poolConfig, max: 1 });
  const { results } = await checkInvariants(pool, INVARIANTS);
  await pool.end();
  expect(results.filter(({ violations }) => violations > 0)).toEqual([]);
});

it("[INV-3] the invariants of every module are checked, each under its own name", async () => {
  for (const { name } of MODULES) {
    const file = join(import.meta.dirname, "../src/modules", name, "invariants.ts");
    if (!existsSync(file)) continue;
    const exported = Object.values((await import(file)) as Record<string, readonly Invariant[]>).flat();
    expect(INVARIANTS).toEqual(expect.arrayContaining(exported));
  }
  const names = INVARIANTS.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
