import { addDays, ok, wallClock, type LineId, type OrderId, type PlaceId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NOTHING } from "../../../test/order-change.ts";
import { BEANS, CAPPUCCINO, LYON, MUG, PARIS, tillActor, visitor } from "../../../test/sale-hub.ts";
import { shipHub, type ShipHub } from "../../../test/ship-hub.ts";
import { advance, beginServed, fulfillmentsOf, handOver } from "../fulfillment/index.ts";
import { receiveTransfer, sendAsked, stockInvariants } from "../stock/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { changeOrder } from "./change-order.ts";

let hub: ShipHub;
beforeAll(async () => {
  hub = await shipHub();
}, 90_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await asks(2);
  await hub.rows("select stock.release_cart(id) from carts.cart where state = 'open'");
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
