import { ok } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BEANS, CAPPUCCINO, CROISSANT, LYON, MUG, PARIS, newKey, tillActor, visitor } from "../../../test/sale-hub.ts";
import { DEPOT, EXPRESS, HOME, SHIP, STANDARD, shipHub, storesShip, type ShipHub } from "../../../test/ship-hub.ts";
import { eraseCarts } from "../carts/index.ts";
import {
  addressesOf,
  advance,
  dispatch,
  eraseShipments,
  forgetAddresses,
  fulfillmentsOf,
  handOver,
  readAddress,
  rememberedAddress,
  workOf,
} from "../fulfillment/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { rejectUnits } from "./refuse-units.ts";

let hub: ShipHub;
beforeAll(async () => {
  hub = await shipHub();
}, 90_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, DEPOT, 100);
  await hub.stock(BEANS, DEPOT, 100);
  await hub.stock(MUG, LYON, 100);
  await hub.stock(MUG, PARIS, 100);
  await storesShip(hub, []);
  await hub.rows("select stock.release_cart(id) from carts.cart where state = 'open'");
  atStart = await hub.level(MUG, DEPOT);
});

let atStart: Awaited<ReturnType<ShipHub["level"]>>;
/** What of the mugs at the depot has moved since the test began: others left orders behind. */
async function moved() {
  const { on_hand, allocated, held } = await hub.level(MUG, DEPOT);
  return { onHand: on_hand - atStart.on_hand, allocated: allocated - atStart.allocated, held: held - atStart.held };
}

const CARD = [{ kind: "card", token: "inline" }] as const;
const PARCEL = { carrier: "Colis", trackingNumber: "XY 123", trackingUrl: "https://example.com/XY123" };
const codes = (view: { readonly requirements: readonly { readonly code: string }[] }) => view.requirements.map(({ code }) => code);
const order = async (id: string) =>
  (
    await hub.rows<Record<string, unknown>>(
      "select state, payment_state, fulfillment_state, paid::int, refunded::int, total::int from orders.orders where id = $1",
      [id],
    )
  )[0];

describe("[CRT-15] a cart that is shipped", () => {
  it("is held at the place that ships, with the charge in its total and the day in its promise", async () => {
    const { view } = await hub.shipped([[MUG, 2]]);
    expect(view.place?.id).toBe(DEPOT);
    expect(view.lines[0]?.hold?.placeId).toBe(DEPOT);
    expect(view.totals).toMatchObject({ subtotal: { amount: 2800 }, delivery: { amount: 490 }, total: { amount: 3290 } });
    expect(view.delivery).toMatchObject({ country: "FR", hasAddress: true, methodId: STANDARD });
    expect(view.delivery?.options.map(({ methodId, price }) => [methodId, price.amount])).toEqual([
      [STANDARD, 490],
      [EXPRESS, 990],
    ]);
    expect(view.promise).toMatchObject({ method: "ship", because: null });
    expect(view.requirements).toEqual([]);
  });

  it("takes what the chosen store has no more of, from the place that has it", async () => {
    await hub.stock(MUG, LYON, 0);
    const cart = await hub.cart([]);
    const { cart: view, codes: refused } = await hub.change(
      cart,
      { kind: "setFulfillment", fulfillment: { kind: "ship", methodId: null } },
      { kind: "add", sku: "SKU-1", quantity: 1, options: [] },
    );
    expect(refused).toEqual([null, null]);
    expect(view.lines[0]?.hold?.placeId).toBe(DEPOT);
  });

  it("never shows where somebody lives to whoever sees the cart", async () => {
    const { view } = await hub.shipped([[MUG, 1]]);
    expect(JSON.stringify(view)).not.toContain(HOME.line1);
    const kept = await hub.rows("select body from carts.cart_operation where cart_id = $1", [view.id]);
    expect(JSON.stringify(kept)).not.toContain(HOME.line1);
  });

  it("asks for what is missing, one by one", async () => {
    const cart = await hub.shipped([[MUG, 1]], { address: null, methodId: null });
    expect(codes(cart.view)).toEqual(["delivery.address_missing", "delivery.method_missing"]);
    expect(cart.view.totals.delivery).toBeNull();
    const { cart: chosen } = await hub.change(
      cart,
      { kind: "setAddress", address: HOME },
      { kind: "setFulfillment", fulfillment: { kind: "ship", methodId: EXPRESS } },
    );
    expect(codes(chosen)).toEqual([]);
  });

  it("refuses an address that no carrier finds, with the field", async () => {
    const cart = await hub.shipped([[MUG, 1]], { address: null });
    const refused = await hub.change(cart, { kind: "setAddress", address: { ...HOME, postcode: "692" } });
    expect(refused.codes).toEqual(["delivery.address_invalid"]);
    expect(refused.data).toEqual([{ errors: [{ path: "postcode", code: "postcode_shape", example: "69002" }] }]);
    expect(refused.cart.delivery?.hasAddress).toBe(false);
  });

  it("says of a country and of goods that they are not shipped, and is collected all the same", async () => {
    const abroad = await hub.shipped([[MUG, 1]], { address: { ...HOME, country: "IT", postcode: "20121" } });
    expect(codes(abroad.view)).toEqual(["promise.not_shipped_to"]);
    await hub.stock(CROISSANT, LYON, 10);
    const fresh = await hub.shipped([
      [MUG, 1],
      [CROISSANT, 1],
      [CAPPUCCINO, 1],
    ]);
    expect(codes(fresh.view)).toEqual(["product.not_shippable", "product.not_shippable"]);
    const { cart } = await hub.change(fresh, {
      kind: "setFulfillment",
      fulfillment: { kind: "collect", placeId: LYON, dining: "take_away", dueAt: null },
    });
    expect(cart).toMatchObject({ requirements: [], delivery: null, totals: { delivery: null }, place: { id: LYON } });
  });

  it("moves to another place when a further line needs it, with its holds", async () => {
    await storesShip(hub, [PARIS]);
    await hub.stock(BEANS, DEPOT, 0);
    await hub.stock(BEANS, PARIS, 5);
    const cart = await hub.shipped([[MUG, 1]]);
    expect(cart.view.place?.id).toBe(DEPOT);
    const { cart: both } = await hub.change(cart, { kind: "add", sku: `SKU-${BEANS}`, quantity: 1, options: [] });
    expect(both.place?.id).toBe(PARIS);
    expect(both.lines.map(({ hold }) => hold?.placeId)).toEqual([PARIS, PARIS]);
    expect(await moved()).toEqual({ onHand: 0, allocated: 0, held: 0 });
  });

  it("keeps the address from the next customer of a ticket, and is forgotten by the cart once the shipment has it", async () => {
    const { cart, view } = await hub.ordered([[MUG, 1]]);
    const [kept] = await hub.rows("select address from carts.cart where id = $1", [cart.id]);
    expect(kept).toEqual({ address: null });
    expect(view.fulfillments[0]?.delivery?.address).toEqual(HOME);
  });
});

describe("[CHK-16] the order of what is shipped", () => {
  it("holds goods and charge, paid now, with the day that the cart promised", async () => {
    const cart = await hub.shipped([[MUG, 2]]);
    const done = await hub.complete(cart, CARD, { fulfillment: SHIP });
    if (done.kind !== "placed") throw new Error(JSON.stringify(done));
    const { view } = done;
    expect(view.lines.map(({ kind, sku, total }) => [kind, sku, total.amount])).toEqual([
      ["goods", "SKU-1", 2800],
      ["delivery", "DELIVERY", 490],
    ]);
    expect(view).toMatchObject({ placeId: DEPOT, paymentState: "paid", fulfillmentState: "open", total: { amount: 3290 } });
    expect(view.fulfillments).toMatchObject([
      { kind: "ship", state: "planned", collectCode: null, delivery: { methodName: { en: "Standard" }, parcels: [] } },
    ]);
    expect(view.fulfillments[0]?.promisedAt).toBe(cart.view.promise?.promiseAt);
    expect(view.fulfillments[0]?.lines.map(({ sku }) => sku)).toEqual(["SKU-1"]);
    expect(await moved()).toEqual({ onHand: 0, allocated: 2, held: 0 });
    expect(await hub.broken()).toEqual([]);
  });

  it("cannot be paid at a counter", async () => {
    const cart = await hub.shipped([[MUG, 1]]);
    expect(await hub.complete(cart, [{ kind: "due_at_collection" }], { fulfillment: SHIP })).toMatchObject({
      kind: "refused",
      error: { code: "payment.method_not_offered", kind: "due_at_collection" },
    });
  });

  it("is refused without an address, and for another total than shown", async () => {
    const cart = await hub.shipped([[MUG, 1]], { address: null });
    expect(await hub.complete(cart, CARD, { fulfillment: SHIP })).toMatchObject({
      error: { code: "cart.requirements_unmet", requirements: [{ code: "delivery.address_missing" }] },
    });
    const other = await hub.shipped([[MUG, 1]]);
    expect(await hub.complete(other, CARD, { fulfillment: SHIP, expectedTotal: { amount: 1400, currency: "EUR" } })).toMatchObject({
      error: { code: "cart.total_changed", total: { amount: 1890 } },
    });
  });

  it("pressed twice is one order and one charge", async () => {
    const cart = await hub.shipped([[MUG, 1]]);
    const key = newKey();
    const [one, two] = await Promise.all([1, 2].map(() => hub.complete(cart, CARD, { fulfillment: SHIP, key })));
    const orders = await hub.rows("select id from orders.orders where cart_id = $1", [cart.id]);
    expect(orders).toHaveLength(1);
    expect([one?.kind, two?.kind].filter((kind) => kind === "placed")).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });

  it("of two who want the last unit, one by parcel and one at the till, one gets it", async () => {
    await storesShip(hub, [LYON]);
    for (let round = 0; round < 5; round++) {
      await hub.stock(MUG, DEPOT, 0);
      await hub.stock(MUG, LYON, 1);
      await hub.stock(MUG, PARIS, 0);
      const ticket = await hub.cart([], { actor: tillActor() });
      const [shipping, sold] = await Promise.all([
        hub.shipped([[MUG, 1]]).then((cart) => hub.complete(cart, CARD, { fulfillment: SHIP })),
        hub
          .change(ticket, { kind: "add", sku: `SKU-${MUG}`, quantity: 1, options: [] })
          .then(({ cart: view }) => hub.sell({ ...ticket, view }, [{ kind: "cash", received: 2000 }])),
      ]);
      expect([shipping.kind === "placed", sold.ok].filter(Boolean).length).toBeLessThanOrEqual(1);
      const level = await hub.level(MUG, LYON);
      expect(level.on_hand - level.allocated).toBeGreaterThanOrEqual(0);
      expect(await hub.broken()).toEqual([]);
      await hub.rows("select stock.release_cart(id) from carts.cart where state = 'open'");
    }
  });
});

describe("[FUL-15] a parcel", () => {
  it("is packed, leaves with its number and takes stock and order along, and is delivered", async () => {
    const { id, orderId } = await hub.ordered([[MUG, 2]]);
    await hub.must((ctx) => advance(ctx, id, "accept"), hub.packer());
    await hub.must((ctx) => advance(ctx, id, "pack"), hub.packer());
    expect(await moved()).toMatchObject({ onHand: 0, allocated: 2 });
    await hub.published();
    const sent = await hub.must((ctx) => dispatch(ctx, id, [PARCEL]), hub.packer());
    expect(sent.fulfillment).toMatchObject({ state: "dispatched" });
    expect(sent.shipment?.parcels).toMatchObject([{ carrier: "Colis", tracking_number: "XY 123" }]);
    expect(await moved()).toMatchObject({ onHand: -2, allocated: 0 });
    expect(await order(orderId)).toMatchObject({ state: "closed", fulfillment_state: "fulfilled", payment_state: "paid" });
    const types = (await hub.published()).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["fulfillment.changed.v1", "fulfillment.parcel_sent.v1", "order.changed.v1"]));
    const done = await hub.must((ctx) => advance(ctx, id, "deliver"), hub.packer());
    expect(done.fulfillment).toMatchObject({ state: "delivered", done_at: sent.fulfillment.done_at });
    expect(await hub.broken()).toEqual([]);
  });

  it("said to have left again moves nothing again; a second parcel stands beside the first, and a late one downgrades nothing", async () => {
    const { id } = await hub.ordered([[MUG, 1]]);
    const send = (...numbers: string[]) =>
      hub.must(
        (ctx) =>
          dispatch(
            ctx,
            id,
            numbers.map((trackingNumber) => ({ ...PARCEL, trackingNumber })),
          ),
        hub.packer(),
      );
    await Promise.all([send("1"), send("1")]);
    await hub.must((ctx) => advance(ctx, id, "deliver"), hub.packer());
    const late = await send("2");
    expect(late.fulfillment.state).toBe("delivered");
    expect(late.shipment?.parcels.map(({ tracking_number }) => tracking_number)).toEqual(["1", "2"]);
    expect(await moved()).toMatchObject({ onHand: -1, allocated: 0 });
    expect(late.steps.map(({ state }) => state)).toEqual(["planned", "dispatched", "delivered"]);
    expect(await hub.broken()).toEqual([]);
  });

  it("is no collection: it is not made ready and not handed over, and what is collected is not sent", async () => {
    const { id, view } = await hub.ordered([[MUG, 1]]);
    const refused = { ok: false, error: { code: "fulfillment.other_kind", kind: "ship" } };
    expect(await hub.run((ctx) => advance(ctx, id, "ready"), hub.packer())).toMatchObject(refused);
    const deps = { vault: hub.vault, signer: hub.signer, provider: hub.provider };
    const shown = { fulfillmentId: id, code: view.number, proof: "order_number", tenders: [] } as const;
    expect(await hub.run((ctx) => handOver(ctx, deps, shown), hub.packer())).toMatchObject(refused);
    const collected = await hub.complete(await hub.cart([[MUG, 1]]), CARD);
    const other = collected.kind === "placed" ? collected.view.fulfillments[0]?.id : undefined;
    expect(await hub.run((ctx) => dispatch(ctx, other as typeof id, [PARCEL]), tillActor())).toMatchObject({
      error: { code: "fulfillment.other_kind", kind: "collect" },
    });
  });

  it("is work of the place that ships, apart from the counter's, and of nobody else", async () => {
    const { id } = await hub.ordered([[MUG, 1]]);
    const list = async (kind: "counter" | "ship", state: "open" | "ready" | "under_way") =>
      (await workOf(hub, { placeId: DEPOT, state, kind, number: null, circle: null, after: null, limit: 200 })).map(
        ({ fulfillment }) => fulfillment.id,
      );
    expect([await list("ship", "open"), await list("counter", "open")].map((ids) => ids.includes(id))).toEqual([true, false]);
    expect(await hub.run((ctx) => dispatch(ctx, id, [PARCEL]), tillActor(LYON))).toMatchObject({
      error: { code: "fulfillment.other_place" },
    });
    await hub.must((ctx) => advance(ctx, id, "pack"), hub.packer());
    expect(await list("ship", "ready")).toContain(id);
    await hub.must((ctx) => dispatch(ctx, id, [PARCEL]), hub.packer());
    expect(await list("ship", "under_way")).toContain(id);
  });
});

describe("[CHK-16] what cannot be shipped", () => {
  const reject = (id: Parameters<typeof rejectUnits>[2], lines: Parameters<typeof rejectUnits>[3]["lines"] = []) =>
    hub.must((ctx) => rejectUnits(ctx, hub.vault, id, { reason: "out_of_stock", lines, elsewhere: true }), hub.packer());

  it("is shipped by another place that has it all, to the same address, by the same way", async () => {
    await storesShip(hub, [PARIS]);
    const { id, orderId } = await hub.ordered([[MUG, 2]]);
    await reject(id);
    const [before, after] = await fulfillmentsOf(hub, orderId);
    expect(before?.fulfillment.state).toBe("rejected");
    expect(after?.fulfillment).toMatchObject({ kind: "ship", state: "planned", place_id: PARIS, code_sealed: null });
    expect(after?.shipment).toMatchObject({ method_id: STANDARD, address: HOME });
    expect(after?.lines.map(({ kind, quantity }) => [kind, quantity])).toEqual([
      ["goods", 2],
      ["delivery", 1],
    ]);
    expect(await hub.level(MUG, PARIS)).toMatchObject({ allocated: 2 });
    expect(await order(orderId)).toMatchObject({ paid: 3290, refunded: 0 });
    expect(await hub.broken()).toEqual([]);
  });

  it("is paid back whole where nobody else has it, the charge too", async () => {
    const { id, orderId } = await hub.ordered([[MUG, 2]]);
    await reject(id);
    expect(await order(orderId)).toMatchObject({ state: "canceled", payment_state: "refunded", refunded: 3290 });
    expect(await hub.broken()).toEqual([]);
  });

  it("in parts keeps the charge until nothing is left to send", async () => {
    const { id, orderId } = await hub.ordered([[MUG, 2]]);
    const [whole] = await fulfillmentsOf(hub, orderId);
    const mug = whole?.lines.find(({ kind }) => kind === "goods");
    if (!mug) throw new Error("the order has a mug");
    await reject(id, [{ orderLineId: mug.order_line_id, quantity: 1 }]);
    expect(await order(orderId)).toMatchObject({ refunded: 1400, state: "placed" });
    await reject(id, [{ orderLineId: mug.order_line_id, quantity: 1 }]);
    expect(await order(orderId)).toMatchObject({ refunded: 3290, state: "canceled" });
    expect(await hub.broken()).toEqual([]);
  });

  it("is canceled by its customer until it is being packed, and not after it left", async () => {
    const first = await hub.ordered([[MUG, 1]]);
    expect(await hub.run((ctx) => cancelOrder(ctx, first.orderId, "changed my mind"), first.cart.actor)).toMatchObject({ ok: true });
    expect(await moved()).toMatchObject({ onHand: 0, allocated: 0 });
    const second = await hub.ordered([[MUG, 1]]);
    await hub.must((ctx) => dispatch(ctx, second.id, [PARCEL]), hub.packer());
    expect(await hub.run((ctx) => cancelOrder(ctx, second.orderId, "too late"), second.cart.actor)).toMatchObject({ ok: false });
    expect(await hub.broken()).toEqual([]);
  });
});

describe("where it went", () => {
  it("is forgotten by an erasure, on the cart and on the shipment, and the order stays", async () => {
    const customer = await hub.customer();
    const { id, orderId } = await hub.ordered([[MUG, 1]], customer);
    const waiting = await hub.shipped([[MUG, 1]], { actor: customer });
    const records = [customer.customer.recordId];
    expect(JSON.stringify(await addressesOf(hub, records))).toContain(HOME.line1);
    await hub.must(async (ctx) => {
      await eraseShipments(ctx, records);
      await eraseCarts(ctx, records);
      return ok(null);
    });
    expect(await readAddress(hub, id)).toBeNull();
    expect(await hub.rows("select address from carts.cart where id = $1", [waiting.id])).toEqual([{ address: null }]);
    expect(await order(orderId)).toMatchObject({ state: "placed", paid: 1890 });
  });

  it("is forgotten 25 months after the parcel left, and not before", async () => {
    const { id } = await hub.ordered([[MUG, 1]]);
    await hub.must((ctx) => dispatch(ctx, id, [PARCEL]), hub.packer());
    const forgetAfter = async (time: string) => {
      await hub.rows("update fulfillment.fulfillment set done_at = now() - $2::interval where id = $1", [id, time]);
      await hub.must(async (ctx) => ok(await forgetAddresses(ctx, 100)));
      return readAddress(hub, id);
    };
    expect(await forgetAfter("24 months")).toEqual(HOME);
    expect(await forgetAfter("25 months 1 day")).toBeNull();
  });

  it("is offered to its customer again, newest first, and to nobody else", async () => {
    const customer = await hub.customer();
    expect(await rememberedAddress(hub, customer.customer.recordId)).toBeNull();
    const { id } = await hub.ordered([[MUG, 1]], customer);
    expect(await rememberedAddress(hub, customer.customer.recordId)).toEqual(HOME);
    expect(await readAddress(hub, id)).toEqual(HOME);
    expect(await rememberedAddress(hub, (await hub.customer()).customer.recordId)).toBeNull();
    expect(visitor().customer).toBeNull();
  });
});
