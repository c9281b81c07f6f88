import { addDays, ok, wallClock, type LineId, type OrderId, type PlaceId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NOTHING } from "../../../test/order-change.ts";
import { variantId } from "../../../test/goods-hub.ts";
import { BEANS, CAPPUCCINO, LYON, MUG, PARIS, tillActor, visitor } from "../../../test/sale-hub.ts";
import { shipHub, type ShipHub } from "../../../test/ship-hub.ts";
import { advance, awaitNoMore, beginServed, fulfillmentsOf, handOver } from "../fulfillment/index.ts";
import {
  declineAsked,
  discardDocument,
  dispatchTransfer,
  receiveTransfer,
  sendAsked,
  stockInvariants,
  type DocumentId,
} from "../stock/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { changeOrder } from "./change-order.ts";
import { ordersInConflict, resolveConflict } from "./resolve-conflict.ts";

let hub: ShipHub;
beforeAll(async () => {
  hub = await shipHub();
}, 90_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await asks(2);
  await hub.rows("select stock.release_cart(id) from carts.cart where state = 'open'");
  // What another test left on its way would come for those who wait in the next one.
  for (const { id } of await hub.rows<{ id: DocumentId }>("select id from stock.document where state = 'in_transit'"))
    await hub.must((ctx) => receiveTransfer(ctx, id, []), tillActor());
  for (const [goods, place, units] of [
    [MUG, LYON, 0],
    [MUG, PARIS, 5],
    [BEANS, LYON, 5],
  ] as const) {
    const { allocated } = await hub.level(goods, place);
    await hub.stock(goods, place, units + allocated);
  }
});
afterEach(async () => {
  // Units are counted anew by hand here: that is the one rule that does not hold.
  expect([...(await hub.broken()), ...(await hub.violations(stockInvariants))].filter((one) => !one.startsWith("STK-6"))).toEqual([]);
});

const CARD = [{ kind: "card", token: "inline" }] as const;
const inDays = (days: number) => addDays(wallClock(new Date(), "Europe/Paris").date, days);

/** In how many days Lyon gets goods of other places that a customer asks for; 0: it asks nobody. */
async function asks(days: number): Promise<void> {
  await hub.rows("update places.place set settings = jsonb_build_object('bringDays', $2::int) where id = $1", [LYON, days]);
  hub.around.snapshots.invalidate();
}
const brought = (goods: number, quantity: number, placeId: PlaceId = PARIS) => ({
  kind: "add" as const,
  sku: `SKU-${goods}`,
  quantity,
  options: [],
  elsewhere: { kind: "bring" as const, placeId },
});

/** A cart of the shop in Lyon with goods of Paris, and beans that are there. */
async function cartWith(quantity: number, actor = visitor()) {
  const cart = await hub.cart([[BEANS, 1]], { actor });
  const { cart: view, codes, data } = await hub.change(cart, brought(MUG, quantity));
  return { ...cart, view, codes, data };
}
async function placed(quantity: number) {
  const done = await hub.complete(await cartWith(quantity), CARD);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  return { view: done.view, orderId: done.view.id as OrderId }; // as the hub names it
}
const parts = async (orderId: OrderId) =>
  (await fulfillmentsOf(hub, orderId)).map(({ fulfillment: { kind, state, place_id: at, awaits_on: on }, lines }) => ({
    kind,
    state,
    at,
    on,
    units: lines.map(({ quantity }) => quantity),
  }));
const askedLines = (orderId: OrderId) =>
  hub.rows<{ line: LineId; quantity: number }>("select order_line_id as line, quantity from stock.read_asked where order_id = $1", [
    orderId,
  ]);
const send = async (orderId: OrderId) => {
  const lineIds = (await askedLines(orderId)).map(({ line }) => line);
  return hub.run((ctx) => sendAsked(ctx, { fromPlaceId: PARIS, placeId: LYON, lineIds, expectedOn: null, note: null }), tillActor(PARIS));
};

describe("[CRT-32] a line that is brought from another place", () => {
  it("is held where it lies, promised for the day on which it is here, and the rest of the cart waits for nothing", async () => {
    const { view, codes } = await cartWith(2);
    expect(codes).toEqual([null]);
    expect(view.requirements).toEqual([]);
    expect(view.lines.map(({ elsewhere }) => elsewhere)).toMatchObject([undefined, { kind: "bring", place: { id: PARIS } }]);
    expect(wallClock(new Date(view.lines[1]?.elsewhere?.promiseAt ?? 0), "Europe/Paris").date).toBe(inDays(2));
    expect(view.promise?.promiseAt && new Date(view.promise.promiseAt) < new Date(`${inDays(2)}T00:00:00Z`)).toBe(true);
    expect([await hub.level(MUG, PARIS), (await hub.level(MUG)).held]).toMatchObject([{ held: 2 }, 0]);
  });

  it("is refused where the store asks nobody, for what is made to order, and for more than lies there", async () => {
    expect((await cartWith(6)).codes).toEqual(["stock.insufficient"]);
    const cart = await hub.cart([]);
    expect((await hub.change(cart, brought(CAPPUCCINO, 1))).codes).toEqual(["cart.elsewhere_refused"]);
    expect((await hub.change(cart, brought(MUG, 1, LYON))).codes).toEqual(["cart.elsewhere_refused"]);
    await asks(0);
    const refused = await cartWith(1);
    expect([refused.codes, refused.data]).toEqual([["cart.elsewhere_refused"], [{ because: "not_brought" }]]);
  });
});

describe("[CHK-53] [STK-17] an order of which some is brought", () => {
  it("has a part here that waits, is allocated there until it is sent, arrives with the transfer, and is then fetched by its own code", async () => {
    const { orderId, view } = await placed(2);
    expect(await parts(orderId)).toMatchObject([
      { kind: "collect", state: "planned", at: LYON, on: null, units: [1] },
      { kind: "collect", state: "planned", at: LYON, on: inDays(2), units: [2] },
    ]);
    expect(view.paymentState).toBe("paid");
    const free = await hub.level(MUG, PARIS);
    const later = view.fulfillments.find(({ awaitsOn }) => awaitsOn !== null);
    const ready = () => hub.run((ctx) => advance(ctx, later?.id as never, "ready"), tillActor()); // an id of the answer, here and below
    expect(await ready()).toMatchObject({ error: { code: "fulfillment.awaits_goods" } });
    const sent = await send(orderId);
    if (!sent.ok) throw new Error(JSON.stringify(sent.error));
    expect(await hub.level(MUG, PARIS)).toEqual({ on_hand: free.on_hand - 2, allocated: free.allocated - 2, held: free.held });
    expect(await send(orderId)).toMatchObject({ error: { code: "stock.nothing_asked" } });
    await hub.must((ctx) => receiveTransfer(ctx, sent.value, []), tillActor());
    await hub.must(async (ctx) => ok(await beginServed(ctx, orderId, LYON)));
    expect((await parts(orderId)).map(({ on }) => on)).toEqual([null, null]);
    const given = await hub.run(
      (ctx) =>
        handOver(
          ctx,
          { ...hub.deps, signer: hub.signer },
          { fulfillmentId: later?.id as never, code: later?.collectCode ?? "", proof: "code", tenders: [] },
        ),
      tillActor(),
    );
    expect(given).toMatchObject({ ok: true, value: { fulfillment: { state: "collected" } } });
  });

  it("is given up before it was sent: the goods are free where they lie, and the money goes back, all or in part", async () => {
    const { orderId } = await placed(3);
    const before = await hub.level(MUG, PARIS);
    const [line] = await askedLines(orderId);
    if (!line) throw new Error("nothing is asked for");
    const wish = { ...NOTHING, remove: [{ orderLineId: line.line, quantity: 1 }] };
    await hub.must((ctx) => changeOrder(ctx, { ...hub.deps, vault: hub.vault }, orderId, wish), tillActor());
    expect(await askedLines(orderId)).toMatchObject([{ quantity: 2 }]);
    expect((await hub.level(MUG, PARIS)).allocated).toBe(before.allocated - 1);
    await hub.must((ctx) => cancelOrder(ctx, orderId, "changed my mind"), tillActor());
    expect(await askedLines(orderId)).toEqual([]);
    expect((await hub.level(MUG, PARIS)).allocated).toBe(before.allocated - 3);
    expect(await hub.rows("select paid::int - refunded::int as kept from orders.read_state where id = $1", [orderId])).toEqual([
      { kept: 0 },
    ]);
  });

  it("is canceled while its goods are on the way: they come in as anybody's", async () => {
    const { orderId } = await placed(1);
    const sent = await send(orderId);
    await hub.must((ctx) => cancelOrder(ctx, orderId, "changed my mind"), tillActor());
    if (sent.ok) await hub.must((ctx) => receiveTransfer(ctx, sent.value, []), tillActor());
    expect(await hub.level(MUG)).toMatchObject({ on_hand: 1, allocated: 0 });
  });

  it("who cancels and who sends at the same time come to one end: it is free there, or it travels", async () => {
    const orders = await Promise.all([placed(1), placed(1), placed(1)]);
    const lineIds = (await Promise.all(orders.map(({ orderId }) => askedLines(orderId)))).flat().map(({ line }) => line);
    const [sent] = await Promise.all([
      hub.run((ctx) => sendAsked(ctx, { fromPlaceId: PARIS, placeId: LYON, lineIds, expectedOn: null, note: null }), tillActor(PARIS)),
      ...orders.map(({ orderId }) => hub.run((ctx) => cancelOrder(ctx, orderId, "changed my mind"), tillActor())),
    ]);
    expect(sent.ok || sent.error.code === "stock.nothing_asked").toBe(true);
    expect(await hub.rows("select from stock.asked where order_line_id = any($1)", [lineIds])).toEqual([]);
    expect(await hub.rows("select from stock.waiting where line_id = any($1)", [lineIds])).toEqual([]);
  });
});

/** The conflict that is open in Lyon, with the orders that share it. */
async function conflictInLyon() {
  const open = await hub.rows<{ id: string; missing: number; cause: string; reason: string | null }>(
    "select id, missing, cause_type as cause, reason from stock.conflict where resolved_at is null and place_id = $1",
    [LYON],
  );
  const [conflict] = open;
  if (!conflict) return undefined;
  const found = await ordersInConflict({ ...hub.around, db: hub.db, now: new Date(), actor: tillActor() }, conflict.id);
  return { ...conflict, count: open.length, orders: found.ok ? found.value : [] };
}
/** What `stock.missed.v1` makes of the order's part, as the subscriber does. */
const missed = (orderId: OrderId) => hub.must(async (ctx) => ok(await awaitNoMore(ctx, orderId, LYON)));

describe("[STK-18] [FUL-54] goods that an order waits for do not come", () => {
  it("a transfer taken back leaves a conflict where they were to go, at once, for who was promised last, and nobody is told that goods came", async () => {
    const first = await placed(1);
    const second = await placed(2);
    const kept = await send(first.orderId);
    const sent = await send(second.orderId);
    if (!sent.ok || !kept.ok) throw new Error("not sent");
    const here = await hub.level(MUG, PARIS);
    await hub.must((ctx) => discardDocument(ctx, sent.value), tillActor(PARIS));
    expect(await hub.level(MUG, PARIS)).toEqual({ ...here, on_hand: here.on_hand + 2 });
    const conflict = await conflictInLyon();
    expect(conflict).toMatchObject({
      count: 1,
      missing: 2,
      cause: "document",
      orders: [{ orderId: second.orderId, units: 2, isCancelable: true }],
    });
    const told = (await hub.published()).filter(({ type }) => type === "stock.missed.v1");
    expect(told.map(({ data }) => data)).toMatchObject([{ orderId: second.orderId, placeId: LYON, quantity: 2 }]);
    await missed(second.orderId);
    expect((await parts(second.orderId)).map(({ on }) => on)).toEqual([null, null]);
    expect((await hub.published()).some(({ type }) => type === "fulfillment.goods_came.v1")).toBe(false);
    expect((await parts(first.orderId)).map(({ on }) => on)).toEqual([null, inDays(2)]);
    // Paris sends two once more, and the order waits for them with its customer told of the day.
    const again = {
      fromPlaceId: PARIS,
      placeId: LYON,
      note: null,
      expectedOn: inDays(3),
      lines: [{ variantId: variantId(MUG), quantity: 2 }],
    };
    await hub.must((ctx) => dispatchTransfer(ctx, again), tillActor(PARIS));
    expect((await conflictInLyon())?.orders).toMatchObject([{ comesOn: inDays(3) }]);
    const wait = { outcome: "wait_until", orderId: second.orderId, on: inDays(3), note: "Paris sends them again" } as const;
    expect(await hub.must((ctx) => resolveConflict(ctx, hub.vault, conflict?.id ?? "", wait), tillActor())).toEqual({ state: "resolved" });
    expect((await parts(second.orderId)).filter(({ state }) => state === "planned").map(({ on }) => on)).toEqual([null, inDays(3)]);
    await hub.must((ctx) => cancelOrder(ctx, first.orderId, "the end of it"), tillActor());
    await hub.must((ctx) => cancelOrder(ctx, second.orderId, "the end of it"), tillActor());
  });

  it("what arrives short goes to who was promised it first; the other one is a conflict, which its money ends", async () => {
    const [one, other] = [await placed(1), await placed(1)];
    const lineIds = (await Promise.all([one, other].map(({ orderId }) => askedLines(orderId)))).flat().map(({ line }) => line);
    const asked = { fromPlaceId: PARIS, placeId: LYON, lineIds, expectedOn: null, note: null };
    const sent = await hub.must((ctx) => sendAsked(ctx, asked), tillActor(PARIS));
    await hub.must((ctx) => receiveTransfer(ctx, sent, [{ variantId: variantId(MUG), quantity: 1 }]), tillActor());
    const conflict = await conflictInLyon();
    expect(conflict).toMatchObject({ count: 1, missing: 1 });
    await missed(other.orderId);
    const giveUp = { outcome: "cancel_line", orderId: other.orderId, note: "only one came" } as const;
    expect(await hub.must((ctx) => resolveConflict(ctx, hub.vault, conflict?.id ?? "", giveUp), tillActor())).toEqual({
      state: "resolved",
    });
    expect(await hub.level(MUG)).toMatchObject({ on_hand: 1, allocated: 1 });
    expect((await parts(other.orderId)).map(({ state }) => state)).toEqual(["planned", "rejected"]);
  });

  it("the store that is asked declines with a reason: free there, what this store has itself is given, the rest is a conflict that never asks it again", async () => {
    const { orderId } = await placed(3);
    const [line] = await askedLines(orderId);
    const wish = { fromPlaceId: PARIS, placeId: LYON, lineIds: [line?.line ?? ""], reason: "all of them are broken" };
    const before = await hub.level(MUG, PARIS);
    await hub.stock(MUG, LYON, 1 + (await hub.level(MUG)).allocated);
    expect(await hub.must((ctx) => declineAsked(ctx, wish), tillActor(PARIS))).toBe(3);
    expect(await hub.level(MUG, PARIS)).toEqual({ ...before, allocated: before.allocated - 3 });
    expect(await askedLines(orderId)).toEqual([]);
    const conflict = await conflictInLyon();
    expect(conflict).toMatchObject({ count: 1, missing: 2, cause: "declined", reason: "all of them are broken" });
    expect(conflict?.orders[0]).toMatchObject({ orderId, units: 2, otherPlaceId: null, comesOn: null });
    expect(await hub.run((ctx) => declineAsked(ctx, wish), tillActor(PARIS))).toMatchObject({ error: { code: "stock.nothing_asked" } });
    await missed(orderId);
    const cancel = { outcome: "cancel_order", orderId, note: "they are broken" } as const;
    expect(await hub.must((ctx) => resolveConflict(ctx, hub.vault, conflict?.id ?? "", cancel), tillActor())).toEqual({
      state: "resolved",
    });
    expect(await hub.rows("select paid::int - refunded::int as kept from orders.read_state where id = $1", [orderId])).toEqual([
      { kept: 0 },
    ]);
  });

  it("who cancels and who declines at the same time come to one end", async () => {
    const { orderId } = await placed(2);
    const lineIds = (await askedLines(orderId)).map(({ line }) => line);
    await Promise.all([
      hub.run((ctx) => declineAsked(ctx, { fromPlaceId: PARIS, placeId: LYON, lineIds, reason: "none left" }), tillActor(PARIS)),
      hub.run((ctx) => cancelOrder(ctx, orderId, "changed my mind"), tillActor()),
    ]);
    expect(await hub.rows("select from stock.allocation where order_id = $1", [orderId])).toEqual([]);
    expect(await conflictInLyon()).toBeUndefined();
  });
});
