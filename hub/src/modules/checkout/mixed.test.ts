import { asId, type FulfillmentId, type LineId } from "@weft/kernel";
import type { CartOperation } from "@weft/contracts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BEANS, CAPPUCCINO, LYON, MUG, PARIS, tillActor } from "../../../test/sale-hub.ts";
import { DEPOT, EXPRESS, HOME, shipHub, storesShip, type ShipHub } from "../../../test/ship-hub.ts";
import { fulfillmentsOf, handOver, readAddress } from "../fulfillment/index.ts";
import { cancelOrder } from "./cancel-order.ts";

let hub: ShipHub;
beforeAll(async () => {
  hub = await shipHub();
}, 90_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await storesShip(hub, []);
  await hub.rows("select stock.release_cart(id) from carts.cart where state = 'open'");
  for (const [goods, place, units] of [
    [MUG, LYON, 3],
    [MUG, PARIS, 5],
    [MUG, DEPOT, 5],
    [BEANS, DEPOT, 5],
    [BEANS, LYON, 0],
  ] as const) {
    const { allocated } = await hub.level(goods, place);
    await hub.stock(goods, place, units + allocated);
  }
});

type LineElsewhere = NonNullable<Extract<CartOperation, { kind: "add" }>["elsewhere"]>;
const atParis = { kind: "collect", placeId: PARIS } as const;
const home = { kind: "ship", methodId: null } as const;
const add = (goods: number, quantity = 1, elsewhere?: LineElsewhere) => ({
  kind: "add" as const,
  sku: `SKU-${goods}`,
  quantity,
  options: [],
  ...(elsewhere && { elsewhere }),
});
const HERE = { kind: "take_away", placeId: LYON, dining: "take_away", dueAt: null } as const;
const here = { kind: "setFulfillment", fulfillment: HERE } as const;

/** A ticket of the till in Lyon with these operations. */
async function ticket(...wanted: Parameters<ShipHub["change"]> extends [unknown, ...infer Operations] ? Operations : never) {
  const opened = await hub.cart([], { actor: tillActor() });
  const changed = await hub.change(opened, here, ...wanted);
  return { ...opened, view: changed.cart, codes: changed.codes.slice(1), data: changed.data.slice(1) };
}
type Ticket = Awaited<ReturnType<typeof ticket>>;
const sell = (cart: Ticket, mode: "live" | "recorded" = "live") =>
  hub.sell(cart, [{ kind: "cash", received: 20_000 }], { fulfillment: HERE, mode });
async function sold(cart: Ticket) {
  const done = await sell(cart);
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value;
}
const free = async (goods: number, place: Parameters<ShipHub["level"]>[1]) => {
  const { on_hand, allocated, held } = await hub.level(goods, place);
  return { onHand: on_hand, allocated, held };
};

describe("[CHK-43] a till sells what is taken along together with what comes from elsewhere", () => {
  it("one payment, one order with a part each: taken along at once, fetched in Paris with a code, sent home with its charge", async () => {
    const before = await free(MUG, LYON);
    const cart = await ticket({ kind: "setAddress", address: HOME }, add(MUG), add(MUG, 2, atParis), add(BEANS, 1, home), add(CAPPUCCINO));
    expect(cart.codes).toEqual([null, null, null, null, null]);
    expect(cart.view.requirements).toEqual([]);
    expect(cart.view.lines.map(({ elsewhere }) => elsewhere && [elsewhere.kind, elsewhere.place?.id])).toEqual([
      undefined,
      ["collect", PARIS],
      ["ship", DEPOT],
      undefined,
    ]);
    expect((await free(MUG, PARIS)).held).toBe(2);
    expect(cart.view.totals).toMatchObject({ delivery: { amount: 490 }, total: { amount: 3 * 1400 + 850 + 390 + 490 } });
    const { orderId, view } = await sold(cart);
    expect(view).toMatchObject({ paymentState: "paid", fulfillmentState: "open", due: { amount: 0 } });
    const parts = await fulfillmentsOf(hub, orderId);
    const shown = parts.map(({ fulfillment: { kind, state, place_id }, lines }) => [kind, state, place_id, lines.map(({ sku }) => sku)]);
    expect(shown).toHaveLength(3);
    expect(shown).toEqual(
      expect.arrayContaining([
        ["collect", "planned", PARIS, ["SKU-1"]],
        ["ship", "planned", DEPOT, ["SKU-2", "DELIVERY"]],
        ["take_away", "collected", LYON, ["SKU-1", "SKU-4"]],
      ]),
    );
    expect(view.fulfillments.find(({ kind }) => kind === "collect")?.collectCode).toMatch(/^\d{6}$/);
    expect(await free(MUG, LYON)).toEqual({ ...before, onHand: before.onHand - 1 });
    expect(await free(MUG, PARIS)).toMatchObject({ held: 0 });
    const sent = parts.find(({ fulfillment }) => fulfillment.kind === "ship");
    expect(await readAddress(hub, asId<FulfillmentId>(sent?.fulfillment.id ?? ""))).toEqual(HOME);
    expect(await hub.broken()).toEqual([]);
  });

  it("what is fetched is handed over by its code, and canceling the rest gives back its share alone", async () => {
    const cart = await ticket({ kind: "setAddress", address: HOME }, add(MUG), add(MUG, 1, atParis), add(BEANS, 1, home));
    const { orderId, view } = await sold(cart);
    const part = view.fulfillments.find(({ kind }) => kind === "collect");
    const given = {
      fulfillmentId: asId<FulfillmentId>(part?.id ?? ""),
      proof: "code",
      code: part?.collectCode ?? "",
      tenders: [],
    } as const;
    expect(await hub.run((ctx) => handOver(ctx, hub, given), tillActor(PARIS))).toMatchObject({ ok: true });
    await hub.must((ctx) => cancelOrder(ctx, orderId, "a change of mind"), tillActor());
    const [order] = await hub.rows(
      "select state, canceled_amount::int as canceled, refunded::int as refunded from orders.orders where id = $1",
      [orderId],
    );
    expect(order).toMatchObject({ canceled: 850 + 490, refunded: 850 + 490 });
    expect(await hub.broken()).toEqual([]);
  });

  it("with nothing taken along the order is all for later, and shipping is charged by what is sent alone", async () => {
    const cart = await ticket(
      { kind: "setAddress", address: HOME },
      add(MUG, 3, atParis),
      add(BEANS, 1, { kind: "ship", methodId: EXPRESS }),
    );
    expect(cart.view.delivery).toMatchObject({ methodId: EXPRESS });
    // Goods for 42.00 are fetched; only the beans for 8.50 travel, so the standard way is not free either.
    expect(cart.view.delivery?.options.map(({ price }) => price.amount)).toEqual([490, 990]);
    const { view } = await sold(cart);
    expect(view).toMatchObject({ paymentState: "paid", fulfillmentState: "open" });
    expect(view.fulfillments.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["collect", "ship"]));
    expect(await hub.broken()).toEqual([]);
  });

  it("a parcel leaves paid, and what is given away at once is not due later", async () => {
    const cart = await ticket({ kind: "setAddress", address: HOME }, add(MUG), add(BEANS, 1, home));
    expect(await hub.sell(cart, [{ kind: "due_at_collection" }], { fulfillment: HERE })).toMatchObject({
      error: { code: "payment.method_not_offered" },
    });
  });

  it("in hand it is never refused, elsewhere it is: nobody has it", async () => {
    const over = await ticket(add(MUG, 9, atParis));
    expect([over.codes, over.data]).toMatchObject([["stock.insufficient"], [{ requested: 9, available: 5 }]]);
    expect(over.view.lines).toEqual([]);
    const cart = await ticket(add(MUG, 9), add(MUG, 2, atParis));
    expect(cart.codes).toEqual([null, null]);
    expect(await sell(cart)).toMatchObject({ error: { code: "stock.insufficient", requested: 9 } });
    expect(await sell(cart, "recorded")).toMatchObject({ ok: true });
    const lost = await ticket(add(MUG, 1, atParis));
    await hub.rows("select stock.release_cart($1)", [lost.id]);
    await hub.stock(MUG, PARIS, 0);
    const { view } = { view: (await hub.change(lost, { kind: "applyCode", code: "NONE" })).cart };
    expect(await sell({ ...lost, view })).toMatchObject({ error: { code: "stock.insufficient", isElsewhere: true } });
  });

  it("of two tills that sell the last one of another store one has it", async () => {
    await hub.stock(MUG, PARIS, (await hub.level(MUG, PARIS)).allocated + 1);
    const both = await Promise.all([ticket(add(MUG, 1, atParis)), ticket(add(MUG, 1, atParis))]);
    expect(new Set(both.map(({ codes }) => codes[0]))).toEqual(new Set(["stock.insufficient", null]));
    expect(await hub.broken()).toEqual([]);
  });

  it("a card that is asked outside pays it all, and the parts stand once it has answered", async () => {
    hub.provider.script = "capture";
    const cart = await ticket({ kind: "setAddress", address: HOME }, add(MUG), add(MUG, 1, atParis), add(BEANS, 1, home));
    const done = await hub.complete(cart, [{ kind: "card", token: "outside" }], { fulfillment: HERE });
    expect(done).toMatchObject({ kind: "placed", view: { paymentState: "paid", fulfillmentState: "open" } });
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[CRT-26] lines go their own way", () => {
  it("the same goods in hand and from elsewhere are two lines, and one is taken along instead", async () => {
    const cart = await ticket(add(MUG), add(MUG, 1, atParis), add(MUG, 1, atParis));
    expect(cart.view.lines.map(({ quantity, elsewhere }) => [quantity, elsewhere?.kind])).toEqual([
      [1, undefined],
      [2, "collect"],
    ]);
    const lineId = cart.view.lines[1]?.id as LineId; // as the hub names it
    const { cart: along } = await hub.change(cart, { kind: "setElsewhere", lineId, elsewhere: null });
    expect(along.lines[1]).toMatchObject({ quantity: 2, hold: { placeId: LYON } });
    expect(along.lines[1]?.elsewhere).toBeUndefined();
    expect((await free(MUG, PARIS)).held).toBe(0);
    const { cart: gone } = await hub.change(cart, { kind: "setElsewhere", lineId, elsewhere: home }, { kind: "remove", lineId });
    expect([gone.lines.length, gone.delivery]).toEqual([1, null]);
  });

  it("a store of another legal entity, a warehouse and a cart that is shipped as a whole are refused with the reason", async () => {
    const depot = await ticket({ ...add(MUG), elsewhere: { kind: "collect", placeId: DEPOT } });
    expect([depot.codes, depot.data]).toEqual([["cart.elsewhere_refused"], [{ because: "not_collected_there" }]]);
    const whole = await ticket({ kind: "setFulfillment", fulfillment: { kind: "ship", methodId: null } }, add(MUG, 1, atParis));
    expect(whole.data[1]).toEqual({ because: "ships_whole" });
  });

  it("what is sent asks for its address and stays in the country of the store", async () => {
    const cart = await ticket(add(BEANS, 1, home));
    expect(cart.view.requirements.map(({ code }) => code)).toContain("delivery.address_missing");
    const { cart: abroad } = await hub.change(cart, { kind: "setAddress", address: { ...HOME, country: "IT", postcode: "20121" } });
    expect(abroad.requirements.map(({ code }) => code)).toContain("promise.not_shipped_to");
  });

  it("eaten here or taken along, the rest changes nothing of it", async () => {
    const cart = await ticket(add(CAPPUCCINO), add(MUG, 1, atParis));
    const { cart: eaten } = await hub.change(cart, { kind: "setFulfillment", fulfillment: { ...HERE, dining: "eat_in" } });
    expect(eaten.lines[1]).toMatchObject({ elsewhere: { kind: "collect", place: { id: PARIS } }, hold: { placeId: PARIS } });
  });
});
