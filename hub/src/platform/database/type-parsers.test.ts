import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "../../../test/database.ts";

let pool: pg.Pool;
beforeAll(async () => {
  pool = new pg.Pool((await testDatabase()).poolConfig);
});
afterAll(() => pool.end());

describe("values from the database", () => {
  it.each([
    ["9007199254740991::bigint", 9007199254740991],
    ["count(*)", 1],
    ["array[1, null, -2]::bigint[]", [1, null, -2]],
    ["date '2026-03-29'", "2026-03-29"],
    ["array[date '2026-03-29', null]", ["2026-03-29", null]],
    ["0.10::numeric", "0.10"],
    ["timestamptz '2026-03-29 02:30:00+01'", new Date("2026-03-29T01:30:00Z")],
    ["'{\"a\": [1]}'::jsonb", { a: [1] }],
    ["null::bigint", null],
  ])("[DBV-1] %s is %j", async (expression, value) => {
    const { rows } = await pool.query<{ value: unknown }>(`select ${expression} as value`);
    expect(rows[0]?.value).toEqual(value);
  });

  it("[DBV-2] a bigint that a number cannot hold is an error, not a rounded one", async () => {
    await expect(pool.query("select 9007199254740993::bigint as value")).rejects.toThrow(/9007199254740993 is too large/);
  });
});
