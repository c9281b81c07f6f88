import { ok, type LineId, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testId, variantId } from "../../../test/goods-hub.ts";
import { BEANS, CAPPUCCINO, CROISSANT, LYON, MUG, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { setParts } from "../catalog/commands/index.ts";
import { goodsStates } from "../promises/index.ts";
import { returnedInParts } from "../stock/index.ts";
import { cancelOrder } from "./cancel-order.ts";

/** The croissant of these tests is a breakfast box of two mugs and a bag of beans; a cappuccino takes 1 of the beans. */
const BOX = CROISSANT;
const BOX_OF = [
  { variantId: variantId(MUG), quantity: 2 },
  { variantId: variantId(BEANS), quantity: 1 },
];

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.must((ctx) => setParts(ctx, variantId(BOX), BOX_OF));
  await hub.must((ctx) => setParts(ctx, variantId(CAPPUCCINO), [{ variantId: variantId(BEANS), quantity: 1 }]));
  hub.around.snapshots.invalidate();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.rows("select stock.release_cart(id) from carts.cart where state = 'open'");
  await hub.stock(MUG, LYON, 10);
  await hub.stock(BEANS, LYON, 10);
});

const free = async (variant: number): Promise<number | null> => {
  const stateAt = await goodsStates({ ...hub.around, db: hub.db }, [variantId(variant)], [LYON]);
  return stateAt(variantId(variant), LYON).available;
};
const movements = (orderId: string) =>
  hub.rows(
    "select variant_id, quantity from stock.movement where cause_id = $1 or cause_id in (select id from fulfillment.fulfillment where order_id = $1) order by quantity",
    [orderId],
  );

describe("[CAT-11] goods with parts", () => {
  it("can be had as often as their scarcest part", async () => {
    await hub.stock(MUG, LYON, 7);
    expect([await free(BOX), await free(CAPPUCCINO)]).toEqual([3, 10]);
    await hub.stock(BEANS, LYON, 2);
    expect(await free(BOX)).toBe(2);
  });

  it("a bundle and its part in one cart do not oversell: with stock for one the later line is refused, and nothing of it stays held", async () => {
    await hub.stock(MUG, LYON, 2);
    const box = await hub.cart([
      [BOX, 1],
      [MUG, 1],
    ]);
    expect(box.view.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([[`SKU-${BOX}`, 1]]);
    expect([await hub.level(MUG), await hub.level(BEANS)]).toMatchObject([{ held: 2 }, { held: 1 }]);
    const other = await hub.cart([[BOX, 1]]);
    expect(other.view.lines).toEqual([]);
    expect([await hub.level(MUG), await hub.level(BEANS)]).toMatchObject([{ held: 2 }, { held: 1 }]);
  });

  it("leave stock by their parts when they are sold at the till", async () => {
    const cart = await hub.cart([[BOX, 2]], { actor: tillActor() });
    const sold = await hub.sell(cart, [{ kind: "cash" }]);
    if (!sold.ok) throw new Error(JSON.stringify(sold.error));
    expect(await movements(sold.value.orderId)).toEqual([
      { variant_id: variantId(MUG), quantity: -4 },
      { variant_id: variantId(BEANS), quantity: -2 },
    ]);
    expect([await hub.level(MUG), await hub.level(BEANS)]).toMatchObject([
      { on_hand: 6, held: 0 },
      { on_hand: 8, held: 0 },
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("are allocated by their parts for a collection; a recipe that changes meanwhile changes nothing of what leaves", async () => {
    const cart = await hub.cart([[BOX, 1]]);
    const placed = await hub.complete(cart, [{ kind: "due_at_collection" }]);
    expect(placed).toMatchObject({ kind: "placed" });
    expect([await hub.level(MUG), await hub.level(BEANS)]).toMatchObject([
      { allocated: 2, held: 0 },
      { allocated: 1, held: 0 },
    ]);
    expect(await hub.broken()).toEqual([]);
    await hub.must((ctx) => setParts(ctx, variantId(BOX), [{ variantId: variantId(BEANS), quantity: 5 }]));
    hub.around.snapshots.invalidate();
    const [order] = await hub.rows<{ id: string; line: string }>(
      "select o.id, l.id as line from orders.orders o join orders.order_line l on l.order_id = o.id where o.cart_id = $1",
      [cart.id],
    );
    await hub.rows("select stock.fulfill($2, $3, t.lines, t.quantities) from stock.in_parts(array[$1::uuid], array[1]) t", [
      order?.line,
      order?.id,
      LYON,
    ]);
    expect(await movements(order?.id ?? "")).toEqual([
      { variant_id: variantId(MUG), quantity: -2 },
      { variant_id: variantId(BEANS), quantity: -1 },
    ]);
  });

  it("are given back by their parts when the order is canceled, and when they come back", async () => {
    const placed = await hub.complete(await hub.cart([[CAPPUCCINO, 3]]), [{ kind: "due_at_collection" }]);
    if (placed.kind !== "placed") throw new Error(placed.kind);
    expect(await hub.level(BEANS)).toMatchObject({ allocated: 3 });
    await hub.must((ctx) => cancelOrder(ctx, placed.view.id as OrderId, "not wanted")); // the brand is lost in a view
    expect(await hub.level(BEANS)).toMatchObject({ on_hand: 10, allocated: 0 });
    const sold = await hub.sell(await hub.cart([[CAPPUCCINO, 2]], { actor: tillActor() }), [{ kind: "cash" }]);
    if (!sold.ok) throw new Error(JSON.stringify(sold.error));
    const orderLineId = sold.value.view.lines[0]?.id ?? "";
    const lineId = testId<LineId>("return line", 1);
    const back = await hub.must(async (ctx) =>
      ok(await returnedInParts(ctx, [{ lineId, orderLineId, variantId: variantId(CAPPUCCINO), quantity: 2 }])),
    );
    expect(back).toMatchObject([{ of: lineId, variantId: variantId(BEANS), quantity: 2 }]);
  });

  it("[STK-1] sell out by their scarcest part: of twenty carts that want a box with mugs for three, three hold one", async () => {
    await hub.must((ctx) => setParts(ctx, variantId(BOX), BOX_OF));
    hub.around.snapshots.invalidate();
    await hub.stock(MUG, LYON, 7);
    const carts = await Promise.all(Array.from({ length: 20 }, () => hub.cart([[BOX, 1]])));
    expect(carts.filter(({ view }) => view.lines.length === 1).length).toBe(3);
    expect([await hub.level(MUG), await hub.level(BEANS)]).toMatchObject([{ held: 6 }, { held: 3 }]);
  });

  it("have parts that are counted and have none themselves", async () => {
    const set = (whole: number, part: number) =>
      hub.run((ctx) => setParts(ctx, variantId(whole), [{ variantId: variantId(part), quantity: 1 }]));
    expect(await set(MUG, MUG)).toMatchObject({ error: { code: "catalog.part_invalid", because: "itself" } });
    expect(await set(MUG, BOX)).toMatchObject({ error: { because: "has_parts" } });
    expect(await set(BEANS, MUG)).toMatchObject({ error: { because: "is_part" } });
    expect(await hub.run((ctx) => setParts(ctx, variantId(99), []))).toMatchObject({ error: { code: "catalog.variant_unknown" } });
  });
});
