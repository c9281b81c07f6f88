import { asId, type FulfillmentId, type LineId, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { barOf, nextSlotsOf, tellOf } from "../../../test/bar-hub.ts";
import { NOTHING } from "../../../test/order-change.ts";
import { CAPPUCCINO, LYON, saleHub, visitor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { slotIdOf, slotsOf } from "../promises/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { changeOrder } from "./change-order.ts";
import { moveToSlot } from "./move-slot.ts";
import { previewChange } from "./preview-change.ts";
import { goodsForSlots, type AskedGoods } from "./slot-goods.ts";

let hub: SaleHub;
let slots: Date[];
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await barOf(hub, 7);
  slots = await nextSlotsOf(hub, 4);
});

const CARD = [{ kind: "card", token: "inline" }] as const;
const SKU = `SKU-${CAPPUCCINO}`;
const at = (index: number): Date => slots[index] ?? new Date();
const cups = (quantity: number): Promise<TestCart> => hub.cart([[CAPPUCCINO, quantity]]);

async function order(cart: TestCart, dueAt: Date | null) {
  const fulfillment = { kind: "collect", placeId: LYON, dining: "take_away", dueAt, inSlot: dueAt !== null } as const;
  const done = await hub.complete(cart, CARD, { fulfillment });
  if (done.kind !== "placed") throw new Error(JSON.stringify(done));
  const { id, fulfillments, lines } = done.view;
  const ids = { order: asId<OrderId>(id), part: asId<FulfillmentId>(fulfillments[0]?.id ?? ""), line: asId<LineId>(lines[0]?.id ?? "") };
  return { ...ids, actor: cart.actor };
}

/** How many more of it the first slots take, and why not. */
async function listed(asked: AskedGoods, actor: TestCart["actor"]) {
  const own = { ...hub.around, db: hub.db, now: new Date(), actor };
  const goods = await goodsForSlots(own, LYON, asked);
  if (!goods.ok) return goods.error.code;
  const items = (await slotsOf(own, LYON, goods.value))?.items ?? [];
  return slots.map((startsAt) => {
    const found = items.find((slot) => slot.startsAt === startsAt.toISOString());
    return found?.because?.kind ?? found?.left;
  });
}

const taken = async () =>
  (
    await hub.rows<{ starts_at: Date; seconds: number }>(
      "select starts_at, work_seconds as seconds from promises.slot_booking order by starts_at, id",
    )
  ).map(({ starts_at, seconds }) => [starts_at, seconds]);

describe("[PRM-18] slots for goods", () => {
  it("are free where completion takes them, and full where it does not", async () => {
    await order(await cups(5), at(0));
    const two = await cups(2);
    const three = await cups(3);
    expect(await listed({ kind: "cart", cartId: two.id }, two.actor)).toEqual([1, 3, 3, 3]);
    expect(await listed({ kind: "cart", cartId: three.id }, three.actor)).toEqual(["slot_full", 2, 2, 2]);
    await expect(order(three, at(0))).rejects.toThrow("promise.slot_full");
    await order(two, at(0));
    await order(three, at(1));
    expect(await hub.broken()).toEqual([]);
  });

  it("count pieces that are made together, and one thing that is in no cart yet", async () => {
    const goods = (quantity: number): AskedGoods => ({ kind: "goods", goods: { sku: SKU, quantity, options: [] } });
    expect(await listed(goods(7), visitor())).toEqual([1, 1, 1, 1]);
    expect(await listed(goods(8), visitor())).toEqual(["no_room", "no_room", "no_room", "no_room"]);
    await hub.rows("update catalog.product set batch_percent = 50 where id = (select product_id from catalog.variant where sku = $1)", [
      SKU,
    ]);
    hub.around.snapshots.invalidate();
    expect(await listed(goods(8), visitor())).toEqual([1, 1, 1, 1]);
    await order(await cups(8), at(0));
    expect(await taken()).toEqual([[at(0), 225]]);
    await hub.rows("update catalog.product set batch_percent = 100 where id = (select product_id from catalog.variant where sku = $1)", [
      SKU,
    ]);
  });

  it("count as free what they have already: an order stays where it is, or goes where there is room", async () => {
    const mine = await order(await cups(5), at(0));
    await order(await cups(2), at(1));
    await order(await cups(3), at(2));
    const asked = { kind: "part", fulfillmentId: mine.part } as const;
    expect(await listed(asked, mine.actor)).toEqual([1, 1, "slot_full", 1]);
    const move = (index: number) =>
      hub.run((ctx) => moveToSlot(ctx, { fulfillmentId: mine.part, slotId: slotIdOf(LYON, at(index)), reason: null }), mine.actor);
    expect(await move(2)).toMatchObject({ ok: false, error: { code: "promise.slot_full" } });
    expect(await move(1)).toMatchObject({ ok: true });
    expect(await hub.broken()).toEqual([]);
  });

  it("are told of nobody else's cart or order", async () => {
    const cart = await cups(1);
    const mine = await order(await cups(1), at(0));
    expect(await listed({ kind: "cart", cartId: cart.id }, visitor())).toBe("cart.unknown");
    expect(await listed({ kind: "part", fulfillmentId: mine.part }, visitor())).toBe("fulfillment.unknown");
    expect(await listed({ kind: "order", orderId: mine.order, way: "collect_elsewhere" }, visitor())).toBe("order.unknown");
  });
});

describe("[PRM-19] room for what comes to an order", () => {
  const wish = (quantity: number) => ({ ...NOTHING, add: [{ sku: SKU, quantity, options: [] }], tenders: CARD });
  type Mine = Awaited<ReturnType<typeof order>>;
  const add = (mine: Mine, quantity: number) => hub.run((ctx) => changeOrder(ctx, hub.deps, mine.order, wish(quantity)), mine.actor);
  const preview = (mine: Mine, quantity: number) => hub.run((ctx) => previewChange(ctx, mine.order, wish(quantity)), mine.actor);

  it("is taken in the slot that was chosen, or refused with the next one that takes all of it", async () => {
    const mine = await order(await cups(4), at(0));
    const other = await order(await cups(3), at(0));
    await order(await cups(4), at(1));
    await tellOf(hub);
    const next = { nextAt: at(2).toISOString(), nextSlotId: slotIdOf(LYON, at(2)) };
    const refused = { ok: false, error: { code: "order.no_room", startsAt: at(0).toISOString(), ...next } };
    expect(await preview(mine, 1)).toMatchObject(refused);
    expect(await add(mine, 1)).toMatchObject(refused);
    await hub.must((ctx) => cancelOrder(ctx, other.order, "changed my mind"), other.actor);
    expect(await add(mine, 1)).toMatchObject({ ok: true });
    expect(await taken()).toEqual([
      [at(0), 250],
      [at(1), 200],
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("is given back by what leaves it, which no full slot refuses", async () => {
    const mine = await order(await cups(4), at(0));
    await hub.rows("update promises.slot_booking set work = '{\"Bar\": 360}' where id = $1", [mine.part]);
    const remove = [{ orderLineId: mine.line, quantity: 3 }];
    expect(await hub.run((ctx) => changeOrder(ctx, hub.deps, mine.order, { ...NOTHING, remove }), mine.actor)).toMatchObject({ ok: true });
    expect(await taken()).toEqual([[at(0), 50]]);
  });

  it("of what is made as soon as possible is looked for in later slots, as its preview says", async () => {
    const mine = await order(await cups(4), null);
    await order(await cups(3), at(0));
    await tellOf(hub);
    const seen = await preview(mine, 1);
    const said = seen.ok && seen.value.promisedAt;
    expect(said && said > at(0).toISOString() && said < at(1).toISOString()).toBe(true);
    expect(await add(mine, 1)).toMatchObject({ ok: true });
    const [part] = await hub.rows<{ promised_at: Date }>("select promised_at from fulfillment.fulfillment where id = $1", [mine.part]);
    expect(part && part.promised_at > at(0)).toBe(true);
    expect(await taken()).toEqual([
      [at(0), 150],
      [at(1), 250],
    ]);
    expect(await add(mine, 8)).toMatchObject({ ok: false, error: { code: "cart.requirements_unmet" } });
    expect(await hub.broken()).toEqual([]);
  });

  it("of two changes that race for the last of it one is refused and takes nothing", async () => {
    const [one, two] = [await order(await cups(3), at(0)), await order(await cups(3), at(0))];
    const done = await Promise.all([add(one, 1), add(two, 1)]);
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    const work = await hub.rows<{ seconds: number }>("select work_seconds as seconds from promises.slot_booking order by work_seconds");
    expect(work).toEqual([{ seconds: 150 }, { seconds: 200 }]);
    expect(await hub.broken()).toEqual([]);
  });
});
