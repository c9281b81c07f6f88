import type { LineId, PlaceId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BEANS, LYON, MUG, PARIS, tillActor } from "../../../test/sale-hub.ts";
import { DEPOT, SHIP, shipHub, storesShip, type Shipped, type ShipHub } from "../../../test/ship-hub.ts";
import { dispatch, fulfillmentsOf, type RefusalReason } from "../fulfillment/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { changeOrder } from "./change-order.ts";
import { rejectUnits } from "./refuse-units.ts";

let hub: ShipHub;
beforeAll(async () => {
  hub = await shipHub();
}, 90_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.rows("select stock.release_cart(id) from carts.cart where state = 'open'");
  await storesShip(hub, [PARIS]);
  await spread({ shipMostParcels: 2 });
  await free({ [MUG]: [10, 15], [BEANS]: [0, 0] });
});

/** How orders are spread, for all places alike; a visitor may hold as much as they like. */
async function spread(settings: Readonly<Record<string, string | number>>): Promise<void> {
  const all = { anonymousMaxUnitsPerSku: 1000, anonymousMaxUnits: 1000, ...settings };
  await hub.rows("update places.place set settings = $1::jsonb", [JSON.stringify(all)]);
  hub.around.snapshots.invalidate();
}

/** Units free at the depot and in Paris, whatever earlier tests left allocated there; many in Lyon, which sends nothing. */
async function free(units: Readonly<Record<number, readonly [depot: number, paris: number]>>): Promise<void> {
  for (const [goods, [depot, paris]] of Object.entries(units))
    for (const [place, wanted] of [
      [DEPOT, depot],
      [PARIS, paris],
      [LYON, 100],
    ] as const) {
      const { allocated, held } = await hub.level(Number(goods), place);
      await hub.stock(Number(goods), place, wanted + allocated + held);
    }
}

const CARD = [{ kind: "card", token: "inline" }] as const;
const PARCEL = { carrier: "Colis", trackingNumber: "XY 123", trackingUrl: null };

const parts = async (orderId: Shipped["orderId"]) =>
  (await fulfillmentsOf(hub, orderId)).map(({ fulfillment, lines }) => ({
    id: fulfillment.id,
    place: fulfillment.place_id,
    state: fulfillment.state,
    goods: lines.filter(({ kind }) => kind === "goods").map(({ quantity }) => quantity),
    hasCharge: lines.some(({ kind }) => kind === "delivery"),
  }));
const order = async (id: string) =>
  (
    await hub.rows<Record<string, unknown>>(
      "select state, fulfillment_state, paid::int, refunded::int, total::int from orders.orders where id = $1",
      [id],
    )
  )[0];
const refuse = (
  id: Shipped["id"],
  place: PlaceId,
  lines: readonly { orderLineId: LineId; quantity: number }[] = [],
  reason: RefusalReason = "out_of_stock",
) => hub.must((ctx) => rejectUnits(ctx, hub.vault, id, { reason, lines, elsewhere: true }), tillActor(place));

describe("[CRT-25] a cart that no place can send alone", () => {
  it("is held where it is sent from, in the order of the policy: 13 over places with 10 and 15 are 10 and 3", async () => {
    await spread({ shipMostParcels: 2, shipRouting: "preferred" });
    const { view } = await hub.shipped([[MUG, 13]]);
    expect(view.requirements).toEqual([]);
    expect(view.delivery?.parcels.map(({ placeId, lines }) => [placeId, lines.map(({ quantity }) => quantity)])).toEqual([
      [DEPOT, [10]],
      [PARIS, [3]],
    ]);
    expect([(await hub.level(MUG, DEPOT)).held, (await hub.level(MUG, PARIS)).held]).toEqual([10, 3]);
    expect(await hub.broken()).toEqual([]);
  });

  it("says the day of each parcel, promises the last one, and charges shipping once", async () => {
    const { view } = await hub.shipped([[MUG, 20]]);
    const days = view.delivery?.parcels.map(({ promiseAt }) => promiseAt) ?? [];
    expect(days).toHaveLength(2);
    expect(view.promise?.promiseAt).toBe(days.reduce((last, day) => ((day ?? "") > (last ?? "") ? day : last)));
    expect(view.totals.delivery).toEqual({ amount: 0, currency: "EUR" });
  });

  it("is not spread where the chain does not want that, and says what is missing", async () => {
    await spread({});
    const { view } = await hub.shipped([[MUG, 20]]);
    expect(view.delivery?.parcels).toHaveLength(1);
    expect(view.requirements).toMatchObject([{ code: "stock.insufficient", data: { requested: 20 } }]);
  });

  it("gives back what it held elsewhere when it wants less, and takes it again when it wants more", async () => {
    const cart = await hub.shipped([[MUG, 20]]);
    const lineId = cart.view.lines[0]?.id ?? "";
    const { cart: less } = await hub.change(cart, { kind: "setQuantity", lineId, quantity: 4 });
    expect(less.delivery?.parcels).toHaveLength(1);
    expect((await hub.level(MUG, DEPOT)).held + (await hub.level(MUG, PARIS)).held).toBe(4);
    const { cart: more } = await hub.change(cart, { kind: "setQuantity", lineId, quantity: 25 });
    expect(more.delivery?.parcels).toHaveLength(2);
    const { cart: still, codes } = await hub.change(cart, { kind: "setQuantity", lineId, quantity: 26 });
    expect(codes).toEqual(["stock.insufficient"]);
    expect(still.requirements).toEqual([]);
    expect([(await hub.level(MUG, DEPOT)).held, (await hub.level(MUG, PARIS)).held]).toEqual([10, 15]);
    expect(await hub.broken()).toEqual([]);
  });

  it("is collected like any other when its customer changes their mind", async () => {
    const cart = await hub.shipped([[MUG, 20]]);
    const { cart: view } = await hub.change(cart, {
      kind: "setFulfillment",
      fulfillment: { kind: "collect", placeId: LYON, dining: "take_away", dueAt: null },
    });
    expect(view).toMatchObject({ requirements: [], delivery: null, place: { id: LYON } });
    expect([(await hub.level(MUG, DEPOT)).held, (await hub.level(MUG, PARIS)).held]).toEqual([0, 0]);
  });

  it("still completes when its holds have ended, if the goods are there", async () => {
    const cart = await hub.shipped([[MUG, 20]]);
    await hub.rows("update stock.hold set expires_at = now() - interval '1 second' where cart_id = $1", [cart.id]);
    const done = await hub.complete(cart, CARD, { fulfillment: SHIP });
    expect(done.kind).toBe("placed");
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[CHK-41] an order over several places", () => {
  it("is one order with a fulfillment for each of them, and one charge", async () => {
    await free({ [MUG]: [10, 15], [BEANS]: [0, 4] });
    await spread({ shipMostParcels: 2, shipRouting: "preferred" });
    const { view, orderId } = await hub.ordered([
      [MUG, 12],
      [BEANS, 1],
    ]);
    expect(view.lines.map(({ kind, ordered }) => [kind, ordered])).toEqual([
      ["goods", 12],
      ["goods", 1],
      ["delivery", 1],
    ]);
    expect(view.fulfillments.map(({ placeId, lines }) => [placeId, lines.map(({ quantity }) => quantity)])).toEqual([
      [DEPOT, [10]],
      [PARIS, [2, 1]],
    ]);
    expect(await parts(orderId)).toMatchObject([
      { place: DEPOT, state: "planned", goods: [10], hasCharge: true },
      { place: PARIS, state: "planned", goods: [2, 1], hasCharge: false },
    ]);
    const read = await fulfillmentsOf(hub, orderId);
    expect(read.map(({ shipment }) => shipment?.address?.line1)).toEqual(["3 rue du Test", "3 rue du Test"]);
    expect(read.map(({ fulfillment }) => fulfillment.promised_at?.toISOString())).toEqual(
      view.fulfillments.map(({ promisedAt }) => promisedAt),
    );
    expect(await hub.broken()).toEqual([]);
  });

  it("leaves in parcels of their own, and is done with the last", async () => {
    const { orderId } = await hub.ordered([[MUG, 20]]);
    const [first, second] = await parts(orderId);
    if (!first || !second) throw new Error("the order has two parts");
    await hub.must((ctx) => dispatch(ctx, first.id, [PARCEL]), tillActor(first.place));
    expect(await order(orderId)).toMatchObject({ state: "placed", fulfillment_state: "open" });
    await hub.must((ctx) => dispatch(ctx, second.id, [{ ...PARCEL, trackingNumber: "XY 124" }]), tillActor(second.place));
    expect(await order(orderId)).toMatchObject({ state: "closed", fulfillment_state: "fulfilled" });
    expect(await hub.broken()).toEqual([]);
  });

  it("whatever was promised completes: of many who want the last units over both places nobody is refused after it was held", async () => {
    for (let round = 0; round < 3; round++) {
      await free({ [MUG]: [7, 8], [BEANS]: [0, 0] });
      const carts = await Promise.all(Array.from({ length: 6 }, () => hub.shipped([[MUG, 4]])));
      const promised = carts.filter(({ view }) => view.requirements.length === 0);
      const done = await Promise.all(promised.map((cart) => hub.complete(cart, CARD, { fulfillment: SHIP })));
      expect(done.map(({ kind }) => kind)).toEqual(promised.map(() => "placed"));
      expect(promised.length).toBeGreaterThan(0);
      for (const place of [DEPOT, PARIS]) {
        const level = await hub.level(MUG, place);
        expect(level.on_hand - level.allocated - level.held).toBeGreaterThanOrEqual(0);
      }
      expect(await hub.broken()).toEqual([]);
      await hub.rows("select stock.release_cart(id) from carts.cart where state = 'open'");
    }
  });

  it("with a card that is asked outside holds and writes at both places as well", async () => {
    const cart = await hub.shipped([[MUG, 20]]);
    const done = await hub.complete(cart, [{ kind: "card", token: "outside" }], { fulfillment: SHIP });
    expect(done.kind).toBe("placed");
    expect([(await hub.level(MUG, DEPOT)).held, (await hub.level(MUG, PARIS)).held]).toEqual([0, 0]);
    expect(await hub.broken()).toEqual([]);
  });

  it("is canceled as a whole, at both places", async () => {
    const { orderId, cart } = await hub.ordered([[MUG, 20]]);
    const before = [(await hub.level(MUG, DEPOT)).allocated, (await hub.level(MUG, PARIS)).allocated];
    expect(await hub.run((ctx) => cancelOrder(ctx, orderId, "changed my mind"), cart.actor)).toMatchObject({ ok: true });
    const after = [(await hub.level(MUG, DEPOT)).allocated, (await hub.level(MUG, PARIS)).allocated];
    expect(before.map((units, nth) => units - (after[nth] ?? 0)).reduce((a, b) => a + b)).toBe(20);
    expect(await order(orderId)).toMatchObject({ state: "canceled" });
    expect(await hub.broken()).toEqual([]);
  });
});

/** Two mugs from the depot and one from Paris, so that shipping costs something. */
async function twoAndOne(): Promise<Shipped> {
  await spread({ shipMostParcels: 2, shipRouting: "preferred" });
  await free({ [MUG]: [1, 1], [BEANS]: [0, 0] });
  return hub.ordered([[MUG, 2]]);
}

describe("[FUL-41] the charge of several parcels", () => {
  it("stays with the parcel that is left when the one that it stands with is given up, and goes with the last", async () => {
    const { orderId } = await twoAndOne();
    await free({ [MUG]: [0, 0] });
    const [first, second] = await parts(orderId);
    if (!first || !second) throw new Error("the order has two parts");
    await refuse(first.id, first.place);
    expect(await order(orderId)).toMatchObject({ state: "placed", total: 3290, refunded: 1400 });
    expect(await parts(orderId)).toMatchObject([
      { state: "rejected", hasCharge: false },
      { state: "planned", hasCharge: true },
    ]);
    await refuse(second.id, second.place);
    expect(await order(orderId)).toMatchObject({ state: "canceled", refunded: 3290 });
    expect(await hub.broken()).toEqual([]);
  });

  it("was spent on the parcel that has left already, whoever cancels the rest", async () => {
    const { orderId, cart } = await twoAndOne();
    const [first, second] = await parts(orderId);
    if (!first || !second) throw new Error("the order has two parts");
    await hub.must((ctx) => dispatch(ctx, second.id, [PARCEL]), tillActor(second.place));
    expect(await hub.run((ctx) => cancelOrder(ctx, orderId, "too slow"), cart.actor)).toMatchObject({ ok: true });
    expect(await order(orderId)).toMatchObject({ state: "closed", refunded: 1400 });
    expect(await hub.broken()).toEqual([]);
  });

  it("stays when a change of the order takes the goods that it stands with", async () => {
    await spread({ shipMostParcels: 2, shipRouting: "preferred" });
    await free({ [MUG]: [1, 0], [BEANS]: [0, 1] });
    const { orderId, cart, view } = await hub.ordered([
      [MUG, 1],
      [BEANS, 1],
    ]);
    const mug = view.lines[0]?.id as LineId; // an id of the order
    const wish = { add: [], address: null, contact: null, reason: null, tenders: [], expectedDifference: null, version: null };
    const done = await hub.run(
      (ctx) => changeOrder(ctx, hub, orderId, { ...wish, remove: [{ orderLineId: mug, quantity: 1 }] }),
      cart.actor,
    );
    expect(done).toMatchObject({ ok: true });
    expect(await order(orderId)).toMatchObject({ refunded: 1400 });
    expect(await parts(orderId)).toMatchObject([{ state: "canceled" }, { state: "planned", goods: [1], hasCharge: true }]);
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[CHK-42] a place that refuses what it was to send", () => {
  it("is replaced by the next with stock, over several places where that is wanted, and the rest is paid back", async () => {
    await free({ [MUG]: [6, 0] });
    const { orderId, id } = await hub.ordered([[MUG, 6]]);
    await storesShip(hub, [PARIS, LYON]);
    await free({ [MUG]: [0, 3] });
    await hub.stock(MUG, LYON, 2 + (await hub.level(MUG, LYON)).allocated);
    await refuse(id, DEPOT);
    expect((await parts(orderId)).slice(1).map(({ place, goods, hasCharge }) => [place, goods, hasCharge])).toEqual(
      expect.arrayContaining([
        [LYON, [2], true],
        [PARIS, [3], false],
      ]),
    );
    expect(await order(orderId)).toMatchObject({ state: "placed", refunded: 1400 });
    expect(await hub.broken()).toEqual([]);
  });

  it("refuses a part of it: another place sends that part, the rest goes on", async () => {
    await free({ [MUG]: [3, 5] });
    const { orderId, id } = await hub.ordered([[MUG, 3]]);
    const [whole] = await fulfillmentsOf(hub, orderId);
    const mug = whole?.lines.find(({ kind }) => kind === "goods");
    if (!whole || !mug) throw new Error("the order has mugs");
    const other = whole.fulfillment.place_id === DEPOT ? PARIS : DEPOT;
    await refuse(id, whole.fulfillment.place_id, [{ orderLineId: mug.order_line_id, quantity: 1 }]);
    expect(await parts(orderId)).toMatchObject([
      { place: whole.fulfillment.place_id, goods: [2], hasCharge: true },
      { place: other, goods: [1], hasCharge: false },
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("is not asked again for what another one refuses after it", async () => {
    await free({ [MUG]: [5, 5] });
    const { orderId, id } = await hub.ordered([[MUG, 2]]);
    await refuse(id, DEPOT, [], "too_much_to_do");
    const [, second] = await parts(orderId);
    expect(second).toMatchObject({ place: PARIS });
    if (second) await refuse(second.id, PARIS, [], "too_much_to_do");
    expect(await parts(orderId)).toHaveLength(2);
    expect(await order(orderId)).toMatchObject({ state: "canceled" });
    expect(await hub.broken()).toEqual([]);
  });

  it("a store that does not ship for the channel is asked for nothing", async () => {
    await free({ [MUG]: [2, 0] });
    const { orderId, id } = await hub.ordered([[MUG, 2]]);
    await refuse(id, DEPOT);
    expect((await hub.level(MUG, LYON)).on_hand).toBeGreaterThanOrEqual(2);
    expect(await parts(orderId)).toHaveLength(1);
  });
});
