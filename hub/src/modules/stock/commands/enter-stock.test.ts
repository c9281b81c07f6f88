import { ok, type StaffId } from "@weft/kernel";
import { beforeEach, expect, it } from "vitest";
import { SYSTEM, type Actor } from "../../../platform/index.ts";
import { stockInvariants } from "../invariants.ts";
import { LYON, MUG, OAT_MILK, freshId, line, stockBench, WEB_CART, type StockBench } from "../../../../test/stock-bench.ts";
import { enterStock, receiveStock, setSafety } from "./index.ts";

let stock: StockBench;
beforeEach(async () => {
  stock = await stockBench();
  return async () => {
    expect(await stock.violations(stockInvariants)).toEqual([]);
    await stock.close();
  };
});

const AT = { variantId: OAT_MILK, placeId: LYON, reason: "Monday" };
const ANNA: Actor = {
  ...SYSTEM,
  kind: "staff",
  staff: { id: freshId(7) as StaffId, name: "Anna Keller", roles: ["manager"], placeIds: [], sessionId: "s" }, // an id that tests make
};

it("a receipt makes the level, and says who booked it and why", async () => {
  await stock.must((ctx) => enterStock(ctx, { ...AT, kind: "receipt", quantity: 12 }), ANNA);
  expect(await stock.level(OAT_MILK)).toMatchObject({ on_hand: 12 });
  expect(await stock.rows("select kind, quantity, actor_name, staff_id, reason from stock.movement")).toEqual([
    { kind: "receipt", quantity: 12, actor_name: "Anna Keller", staff_id: freshId(7), reason: "Monday" },
  ]);
});

it("waste and corrections need a level, and a quantity that fits", async () => {
  const waste = await stock.run((ctx) => enterStock(ctx, { ...AT, kind: "waste", quantity: 1 }));
  expect(waste).toEqual({ ok: false, error: { code: "stock.level_unknown", variantId: OAT_MILK, placeId: LYON } });
  await stock.stocked(OAT_MILK, 5);
  for (const [kind, quantity, because] of [
    ["receipt", 0, "receipt_not_positive"],
    ["waste", -1, "waste_not_positive"],
    ["correction", 0, "correction_zero"],
  ] as const)
    expect(await stock.run((ctx) => enterStock(ctx, { ...AT, kind, quantity }))).toEqual({
      ok: false,
      error: { code: "stock.quantity_invalid", quantity, because },
    });
  await stock.must((ctx) => enterStock(ctx, { ...AT, kind: "waste", quantity: 2 }));
  await stock.must((ctx) => enterStock(ctx, { ...AT, kind: "correction", quantity: -1 }));
  expect(await stock.level(OAT_MILK)).toMatchObject({ on_hand: 2 });
});

it("[STK-7] a count that started before a sale is refused with the present figure instead of overwriting it", async () => {
  await stock.stocked(OAT_MILK, 5);
  await stock.take("sell_now", freshId(1), null, [{ line: freshId(2), variant: OAT_MILK, quantity: 1 }]);
  const counted = { ...AT, kind: "count", counted: 9 } as const;
  expect(await stock.run((ctx) => enterStock(ctx, { ...counted, changeFromQuantity: 5 }))).toEqual({
    ok: false,
    error: { code: "stock.count_outdated", variantId: OAT_MILK, placeId: LYON, startedFrom: 5, onHand: 4 },
  });
  await stock.must((ctx) => enterStock(ctx, { ...counted, changeFromQuantity: 4 }));
  expect(await stock.level(OAT_MILK)).toMatchObject({ on_hand: 9 });
});

it("[STK-7] the first count of a variant begins with 0", async () => {
  const first = { ...AT, kind: "count", counted: 3 } as const;
  expect(await stock.run((ctx) => enterStock(ctx, { ...first, changeFromQuantity: 2 }))).toMatchObject({
    error: { code: "stock.level_unknown" },
  });
  await stock.must((ctx) => enterStock(ctx, { ...first, changeFromQuantity: 0 }));
  expect(await stock.level(OAT_MILK)).toMatchObject({ on_hand: 3 });
});

it("[STK-6] a delivery read twice is booked once", async () => {
  const receipts = [
    { entryId: freshId(1), variantId: OAT_MILK, placeId: LYON, quantity: 4, safety: 1 },
    { entryId: freshId(2), variantId: MUG, placeId: LYON, quantity: 2, safety: 0 },
    { entryId: freshId(3), variantId: OAT_MILK, placeId: LYON, quantity: 1, safety: 9 },
  ];
  const receive = () => stock.must(async (ctx) => ok(await receiveStock(ctx, receipts, "opening")));
  expect([await receive(), await receive()]).toEqual([3, 0]);
  expect([await stock.level(OAT_MILK), await stock.level(MUG)]).toMatchObject([
    { on_hand: 5, available: -4 },
    { on_hand: 2, available: 2 },
  ]);
});

it("safety stock is kept back from what can be promised, not from what is held already", async () => {
  await stock.stocked(OAT_MILK, 5);
  await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 4 }]);
  await stock.must((ctx) => setSafety(ctx, { variantId: OAT_MILK, placeId: LYON, safety: 3 }));
  expect(await stock.level(OAT_MILK)).toMatchObject({ held: 4, available: -2 });
  expect(await stock.run((ctx) => setSafety(ctx, { variantId: MUG, placeId: LYON, safety: 1 }))).toMatchObject({
    error: { code: "stock.level_unknown" },
  });
});
