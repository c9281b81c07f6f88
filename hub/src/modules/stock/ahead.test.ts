import { afterAll, beforeAll, expect, it } from "vitest";
import type { VariantId } from "@weft/kernel";
import { stockInvariants } from "./invariants.ts";
import { LYON, freshId, stockBench, type StockBench } from "../../../test/stock-bench.ts";

let stock: StockBench;
beforeAll(async () => {
  stock = await stockBench();
});
afterAll(async () => {
  expect(await stock.violations(stockInvariants)).toEqual([]);
  await stock.close();
});

let made = 0;
const goods = (): VariantId => freshId(++made) as VariantId; // an id that tests make

type Ahead = { readonly kind?: "backorder" | "preorder"; readonly on?: string; readonly notBefore?: string | null };
const sell = (variant: VariantId, most: number, { kind = "backorder", on = "2030-05-01", notBefore = null }: Ahead = {}) =>
  stock.rows("select stock.set_ahead($1, $2, $3, $4, $5, null, $6, null)", [variant, LYON, kind, most, on, notBefore]);

/** An order of a cart that nobody held anything for: some units that are there, and some that wait. */
async function order(
  id: string,
  line: string,
  variant: VariantId,
  { there = 0, waits }: { there?: number; waits: number },
  on = "2030-05-01",
) {
  const notBefore =
    (await stock.rows<{ at: Date | null }>("select max(not_before) as at from stock.waiting where variant_id = $1", [variant]))[0]?.at ??
    null;
  await stock.rows(
    `select stock.allocate($1, $2, array[$3]::uuid[], array[$4]::uuid[], array[$5]::uuid[], array[$6]::int[]),
            stock.wait_in_order($1, $2, array[$3]::uuid[], array[$4]::uuid[], array[$5]::uuid[], array[$7]::int[], array[$8]::date[], array[$9]::timestamptz[])`,
    [id, id, line, variant, LYON, there, waits, on, notBefore],
  );
}
const receive = (variant: VariantId, quantity: number) => stock.stocked(variant, quantity);
const waiting = async (variant: VariantId) =>
  (
    await stock.rows<{ order_id: string; quantity: number }>(
      "select order_id, quantity from stock.read_waiting where variant_id = $1 order by due_on, order_id",
      [variant],
    )
  ).map((row) => [row.order_id, row.quantity]);
const taken = async (variant: VariantId) =>
  (await stock.rows<{ taken: number }>("select taken from stock.ahead where variant_id = $1", [variant]))[0]?.taken;

it("[STK-13] twenty orders on twenty connections want the last three units that are sold ahead: three wait, the others are told", async () => {
  const variant = goods();
  await sell(variant, 3);
  const orders = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => order(freshId(1000 + n), freshId(2000 + n), variant, { waits: 1 })),
  );
  const refused = orders.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused).toHaveLength(17);
  for (const error of refused) expect(error).toMatchObject({ code: "WF001", detail: expect.stringContaining('"available": 0') });
  expect(await taken(variant)).toBe(3);
  expect(await stock.level(variant)).toEqual({ on_hand: 0, allocated: 0, held: 0, available: 0 });
});

it("[STK-13] what waits is no stock: nothing of it is available, on hand or allocated, and a sale that happened makes its conflict as before", async () => {
  const variant = goods();
  await sell(variant, 10);
  await receive(variant, 2);
  await order(freshId(1101), freshId(2101), variant, { there: 2, waits: 3 });
  expect(await stock.level(variant)).toEqual({ on_hand: 2, allocated: 2, held: 0, available: 0 });
  await stock.take("sell_now", freshId(1102), null, [{ line: freshId(2102), variant, quantity: 1 }], true);
  expect(await stock.rows("select missing from stock.conflict where variant_id = $1 and resolved_at is null", [variant])).toEqual([
    { missing: 1 },
  ]);
  await receive(variant, 1);
  expect(await stock.rows("select from stock.conflict where variant_id = $1 and resolved_at is null", [variant])).toEqual([]);
  expect(await waiting(variant)).toEqual([[freshId(1101), 3]]);
});

it("[STK-14] goods that come go to whoever was promised them first, then to who ordered first, and only the rest is free", async () => {
  const variant = goods();
  await sell(variant, 10);
  await order(freshId(1201), freshId(2201), variant, { waits: 2 }, "2030-05-09");
  await order(freshId(1202), freshId(2202), variant, { waits: 2 }, "2030-05-02");
  await order(freshId(1203), freshId(2203), variant, { waits: 1 }, "2030-05-09");
  await stock.published();
  await receive(variant, 3);
  expect(await waiting(variant)).toEqual([
    [freshId(1201), 1],
    [freshId(1203), 1],
  ]);
  await receive(variant, 4);
  expect(await waiting(variant)).toEqual([]);
  expect(await stock.level(variant)).toEqual({ on_hand: 7, allocated: 5, held: 0, available: 2 });
  expect(await taken(variant)).toBe(0);
});

it("[STK-14] what is given back goes to those who wait before anybody else: a canceled order, a hold that ran out, less safety stock", async () => {
  const variant = goods();
  await sell(variant, 10);
  await stock.stocked(variant, 4);
  await stock.rows("select stock.set_safety($1, $2, 1)", [variant, LYON]);
  await stock.take("allocate", freshId(1301), null, [{ line: freshId(2301), variant, quantity: 1 }]);
  await stock.hold(freshId(1302), [{ line: freshId(2302), variant, quantity: 2 }]);
  await order(freshId(1303), freshId(2303), variant, { waits: 4 });
  await stock.rows("select stock.release_allocations($1)", [freshId(1301)]);
  expect(await waiting(variant)).toEqual([[freshId(1303), 3]]);
  await stock.expire(freshId(1302));
  await stock.rows("select stock.sweep(100)");
  expect(await waiting(variant)).toEqual([[freshId(1303), 1]]);
  await stock.rows("select stock.set_safety($1, $2, 0)", [variant, LYON]);
  expect(await waiting(variant)).toEqual([]);
  expect(await stock.level(variant)).toEqual({ on_hand: 4, allocated: 4, held: 0, available: 0 });
});

it("[STK-15] what is not on the market yet goes to nobody before its day, also where it was delivered", async () => {
  const variant = goods();
  await sell(variant, 10, { kind: "preorder", notBefore: "2030-05-01T00:00:00Z" });
  await stock.rows(
    "select stock.wait_in_order($1, $1, array[$2]::uuid[], array[$3]::uuid[], array[$4]::uuid[], array[2], array['2030-05-01']::date[], array['2030-05-01T00:00:00Z']::timestamptz[])",
    [freshId(1401), freshId(2401), variant, LYON],
  );
  await receive(variant, 5);
  expect(await waiting(variant)).toEqual([[freshId(1401), 2]]);
  // Its day was moved to one that is over: from then on it is goods as any.
  await sell(variant, 10, { kind: "preorder", on: "2020-05-01", notBefore: "2020-05-01T00:00:00Z" });
  expect(await waiting(variant)).toEqual([]);
  expect(await stock.level(variant)).toMatchObject({ on_hand: 5, allocated: 2, available: 3 });
});

it("[STK-14] orders, cancellations and deliveries at once, 60 of each: nobody waits for what is free, and nothing is given twice", async () => {
  const variant = goods();
  await sell(variant, 1000);
  const rounds = Array.from({ length: 60 }, (_, n) => n);
  await Promise.all(
    rounds.map(async (n) => {
      await order(freshId(5000 + n), freshId(6000 + n), variant, { waits: 2 });
      await Promise.all([
        n % 3 === 0 ? stock.rows("select stock.release_allocations($1)", [freshId(5000 + n)]) : Promise.resolve(),
        receive(variant, 1),
      ]);
    }),
  );
  const promised = await stock.rows<{ units: number }>(
    `select coalesce(sum(quantity), 0)::int as units from (select quantity from stock.allocation where variant_id = $1 union all select quantity from stock.waiting where variant_id = $1) as own`,
    [variant],
  );
  expect(promised).toEqual([{ units: 2 * 40 }]);
  expect(await stock.level(variant)).toMatchObject({ on_hand: 60, allocated: 60, available: 0 });
  expect(await stock.violations(stockInvariants)).toEqual([]);
});
