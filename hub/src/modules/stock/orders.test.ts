import { ok } from "@weft/kernel";
import { beforeEach, describe, expect, it } from "vitest";
import { receiveStock } from "./commands/index.ts";
import { stockInvariants } from "./invariants.ts";
import { KIOSK_CART, LYON, MUG, OAT_MILK, ORDER, WEB_CART, freshId, line, stockBench, type StockBench } from "../../../test/stock-bench.ts";

let stock: StockBench;
beforeEach(async () => {
  stock = await stockBench();
  return async () => {
    expect(await stock.violations(stockInvariants)).toEqual([]);
    await stock.close();
  };
});

const conflicts = () =>
  stock.rows<{ missing: number; open: boolean }>("select missing, cause_id, resolved_at is null as open from stock.conflict order by id");

describe("a cart becomes an order", () => {
  it("[STK-2] what the cart held is allocated; nobody else sees a difference, so nothing is told", async () => {
    await stock.stocked(OAT_MILK, 3);
    await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 2 }]);
    await stock.published();
    await stock.take("allocate", ORDER, WEB_CART, [{ line: freshId(1), variant: OAT_MILK, quantity: 2 }]);
    expect(await stock.level(OAT_MILK)).toEqual({ on_hand: 3, allocated: 2, held: 0, available: 1 });
    expect(await stock.published()).toEqual([]);
  });

  it("[STK-1] what was not held must be free; short, nothing is taken and the error names variant and units left", async () => {
    await stock.stocked(OAT_MILK, 2);
    await stock.stocked(MUG, 9);
    await stock.hold(KIOSK_CART, [{ line: line(9), variant: OAT_MILK, quantity: 1 }]);
    const wanted = [
      { line: freshId(1), variant: MUG, quantity: 2 },
      { line: freshId(2), variant: OAT_MILK, quantity: 2 },
    ];
    await expect(stock.take("allocate", ORDER, WEB_CART, wanted)).rejects.toMatchObject({
      code: "WF001",
      message: "stock.insufficient",
      detail: expect.stringMatching(`{"lines": \\[{"placeId": "${LYON}", "available": 1, "requested": 2, "variantId": "${OAT_MILK}"}\\]}`),
    });
    expect(await stock.level(MUG)).toMatchObject({ allocated: 0, available: 9 });
  });

  it("[STK-1] lines of one variant are added up before they are checked", async () => {
    await stock.stocked(OAT_MILK, 3);
    const twice = [1, 2].map((n) => ({ line: freshId(n), variant: OAT_MILK, quantity: 2 }));
    await expect(stock.take("allocate", ORDER, null, twice)).rejects.toMatchObject({ code: "WF001" });
  });

  it("[STK-4] a cart whose hold has passed is served when the units are still there", async () => {
    await stock.stocked(OAT_MILK, 1);
    await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 1 }]);
    await stock.expire(WEB_CART);
    await stock.take("allocate", ORDER, WEB_CART, [{ line: freshId(1), variant: OAT_MILK, quantity: 1 }]);
    expect(await stock.level(OAT_MILK)).toEqual({ on_hand: 1, allocated: 1, held: 0, available: 0 });
  });

  it("every hold of the cart ends, also those that the order does not need", async () => {
    await stock.stocked(OAT_MILK, 3);
    await stock.stocked(MUG, 3);
    await stock.hold(WEB_CART, [
      { line: line(1), variant: OAT_MILK, quantity: 3 },
      { line: line(2), variant: MUG, quantity: 3 },
    ]);
    await stock.take("sell_now", ORDER, WEB_CART, [{ line: freshId(1), variant: OAT_MILK, quantity: 1 }]);
    expect(await stock.level(OAT_MILK)).toEqual({ on_hand: 2, allocated: 0, held: 0, available: 2 });
    expect(await stock.level(MUG)).toMatchObject({ held: 0, available: 3 });
    expect(await stock.rows("select count(*) from stock.hold")).toEqual([{ count: 0 }]);
  });

  it("a sale at the till lowers what is on hand at once, with its movement, and every screen is told", async () => {
    await stock.stocked(OAT_MILK, 3);
    await stock.take("sell_now", ORDER, null, [{ line: freshId(1), variant: OAT_MILK, quantity: 2 }]);
    expect(await stock.published()).toMatchObject([{ subject: `level/${OAT_MILK}/${LYON}`, data: { onHand: 1, available: 1 } }]);
    expect(await stock.rows("select kind, quantity, cause_type, cause_id, line_id from stock.movement where kind = 'sale'")).toEqual([
      { kind: "sale", quantity: -2, cause_type: "order", cause_id: ORDER, line_id: freshId(1) },
    ]);
  });

  it("[STK-6] the same order line never moves twice", async () => {
    await stock.stocked(OAT_MILK, 3);
    const sale = [{ line: freshId(1), variant: OAT_MILK, quantity: 1 }];
    await stock.take("sell_now", ORDER, null, sale);
    await expect(stock.take("sell_now", ORDER, null, sale)).rejects.toThrow(/STK-6/);
    expect(await stock.level(OAT_MILK)).toMatchObject({ on_hand: 2 });
  });
});

describe("a sale that happened already", () => {
  it("[STK-3] is booked whatever is there, and what others were promised becomes a conflict", async () => {
    await stock.stocked(OAT_MILK, 2);
    await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 2 }]);
    await stock.take("sell_now", ORDER, null, [{ line: freshId(1), variant: OAT_MILK, quantity: 3 }], true);
    expect(await stock.level(OAT_MILK)).toEqual({ on_hand: -1, allocated: 0, held: 2, available: -3 });
    expect(await stock.rows("select stock.available_at($1, $2) as units", [OAT_MILK, LYON])).toEqual([{ units: 0 }]);
    expect(await conflicts()).toEqual([{ missing: 3, cause_id: ORDER, open: true }]);
  });

  it("[STK-3] takes safety stock without a conflict: nobody was promised that", async () => {
    await stock.stocked(OAT_MILK, 2, LYON, 2);
    await stock.take("sell_now", ORDER, null, [{ line: freshId(1), variant: OAT_MILK, quantity: 2 }], true);
    expect(await conflicts()).toEqual([]);
  });

  it("[STK-3] of goods that the place never counted makes their level", async () => {
    await stock.take("sell_now", ORDER, null, [{ line: freshId(1), variant: MUG, quantity: 1 }], true);
    expect(await stock.level(MUG)).toMatchObject({ on_hand: -1 });
    expect(await conflicts()).toMatchObject([{ missing: 1, open: true }]);
  });

  it("[STK-3] the conflict ends when the level can serve all that was promised", async () => {
    await stock.stocked(OAT_MILK, 1);
    await stock.take("sell_now", ORDER, null, [{ line: freshId(1), variant: OAT_MILK, quantity: 3 }], true);
    const receipt = (entryId: string) =>
      stock.must(async (ctx) =>
        ok(await receiveStock(ctx, [{ entryId, variantId: OAT_MILK, placeId: LYON, quantity: 1, safety: 0 }], "delivery")),
      );
    await receipt(freshId(50));
    expect(await conflicts()).toMatchObject([{ open: true }]);
    await receipt(freshId(51));
    expect(await conflicts()).toMatchObject([{ open: false }]);
  });
});

describe("a conflict about units that a cart held", () => {
  beforeEach(async () => {
    await stock.stocked(OAT_MILK, 2);
    await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 2 }]);
    await stock.take("sell_now", ORDER, null, [{ line: freshId(1), variant: OAT_MILK, quantity: 1 }], true);
    expect(await conflicts()).toMatchObject([{ missing: 1, open: true }]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ["is given back", () => stock.rows("select stock.release_cart($1)", [WEB_CART])],
    ["is made smaller", () => stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 1 }])],
    ["has passed and was tidied up", () => stock.expire(WEB_CART).then(() => stock.rows("select stock.sweep(10)"))],
    ["was bought in part", () => stock.take("allocate", freshId(60), WEB_CART, [{ line: freshId(61), variant: OAT_MILK, quantity: 1 }])],
  ])("[STK-3] ends when the hold %s", async (_, end) => {
    await end();
    expect(await conflicts()).toMatchObject([{ open: false }]);
  });
});

describe("after the order", () => {
  beforeEach(async () => {
    await stock.stocked(OAT_MILK, 5);
    await stock.stocked(MUG, 5);
    await stock.take("allocate", ORDER, null, [
      { line: freshId(1), variant: OAT_MILK, quantity: 3 },
      { line: freshId(2), variant: MUG, quantity: 2 },
    ]);
  });
  const fulfill = (fulfillment: string, lines: string[], quantities: number[]) =>
    stock.rows("select stock.fulfill($1, $2, $3, $4)", [fulfillment, LYON, lines, quantities]);

  it("handing over lowers what is on hand and allocated, in parts too, and never more than is allocated", async () => {
    await fulfill(freshId(10), [freshId(1), freshId(7)], [1, 4]);
    expect(await stock.level(OAT_MILK)).toEqual({ on_hand: 4, allocated: 2, held: 0, available: 2 });
    await fulfill(freshId(11), [freshId(1), freshId(2)], [9, 2]);
    expect(await stock.level(OAT_MILK)).toEqual({ on_hand: 2, allocated: 0, held: 0, available: 2 });
    expect(await stock.rows("select quantity from stock.movement where cause_type = 'fulfillment' order by cause_id, line_id")).toEqual([
      { quantity: -1 },
      { quantity: -2 },
      { quantity: -2 },
    ]);
  });

  it("canceling gives back what was not handed over, and everybody is told", async () => {
    await fulfill(freshId(10), [freshId(1)], [1]);
    await stock.published();
    await stock.rows("select stock.release_allocations($1)", [ORDER]);
    expect([await stock.level(OAT_MILK), await stock.level(MUG)]).toMatchObject([
      { on_hand: 4, allocated: 0, available: 4 },
      { allocated: 0, available: 5 },
    ]);
    expect((await stock.published()).length).toBe(2);
  });

  it("one line may be given back alone, or some units of it", async () => {
    await stock.rows("select stock.release_allocations($1, $2, $3)", [ORDER, [freshId(1)], [2]]);
    await stock.rows("select stock.release_allocations($1, $2)", [ORDER, [freshId(2)]]);
    expect([await stock.level(OAT_MILK), await stock.level(MUG)]).toMatchObject([{ allocated: 1 }, { allocated: 0 }]);
  });

  it("a return comes back on the shelf, at a place that never had it too", async () => {
    await stock.rows("select stock.restock($1, $2, $3, $4, $5)", [
      freshId(20),
      [freshId(1), freshId(3)],
      [OAT_MILK, OAT_MILK],
      [LYON, freshId(99)],
      [1, 2],
    ]);
    expect(await stock.level(OAT_MILK)).toMatchObject({ on_hand: 6 });
    expect(await stock.rows("select on_hand from stock.level where place_id = $1", [freshId(99)])).toEqual([{ on_hand: 2 }]);
  });
});
