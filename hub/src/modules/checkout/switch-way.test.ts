import { asId, type FulfillmentId, type LineId, type OrderId, type PlaceId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { booked, NOTHING } from "../../../test/order-change.ts";
import { BEANS, LYON, MUG, PARIS, tillActor } from "../../../test/sale-hub.ts";
import { DEPOT, HOME, shipHub, storesShip, type ShipHub } from "../../../test/ship-hub.ts";
import { advance, fulfillmentsOf, handOver, readAddress } from "../fulfillment/index.ts";
import { readOrder } from "../orders/index.ts";
import { changeOrder } from "./change-order.ts";
import { unitsMoved } from "./domain/index.ts";
import { orderActions } from "./order-actions.ts";
import type { ChangeWish } from "./prepare-change.ts";
import { previewChange } from "./preview-change.ts";
import type { WantedWay } from "./switch-way.ts";

let hub: ShipHub;
beforeAll(async () => {
  hub = await shipHub();
}, 90_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, DEPOT, 100);
  await hub.stock(MUG, LYON, 100);
  await hub.stock(MUG, PARIS, 100);
  await storesShip(hub, []);
});

const CARD = [{ kind: "card", token: "inline" }] as const;
const wish = (way: WantedWay, more: Partial<ChangeWish> = {}): ChangeWish => ({ ...NOTHING, way, ...more });
const atLyon: WantedWay = { kind: "collect", placeId: LYON };
const home: WantedWay = { kind: "ship", methodId: null, address: HOME };

type Order = { readonly orderId: OrderId; readonly cart: { readonly actor: Parameters<ShipHub["run"]>[1] } };
const change = ({ orderId, cart }: Order, way: WantedWay, more: Partial<ChangeWish> = {}) =>
  hub.run((ctx) => changeOrder(ctx, { ...hub.deps, vault: hub.vault }, orderId, wish(way, more)), cart.actor);
const preview = ({ orderId, cart }: Order, way: WantedWay) => hub.run((ctx) => previewChange(ctx, orderId, wish(way)), cart.actor);
const book = ({ orderId }: Order) => booked(hub, orderId);
const open = async ({ orderId }: Order) => (await fulfillmentsOf(hub, orderId)).filter(({ fulfillment }) => fulfillment.done_at === null);

async function collected(quantity = 1, tenders: Parameters<ShipHub["complete"]>[1] = CARD) {
  const cart = await hub.cart([[MUG, quantity]]);
  const done = await hub.complete(cart, tenders);
  if (done.kind !== "placed") throw new Error(JSON.stringify(done));
  return { orderId: asId<OrderId>(done.view.id), id: asId<FulfillmentId>(done.view.fulfillments[0]?.id ?? ""), cart };
}

describe("[CHK-31] fetched instead of sent", () => {
  it("what shipping cost goes back, the store promises it with a code, the depot has its units again", async () => {
    const order = await hub.ordered([[MUG, 2]]);
    const [depot, lyon] = [await hub.level(MUG, DEPOT), await hub.level(MUG, LYON)];
    expect(await preview(order, atLyon)).toMatchObject({
      ok: true,
      value: { difference: { amount: -490 }, promisedAt: expect.any(String), refunds: [{ kind: "card", amount: { amount: 490 } }] },
    });
    expect(await change(order, atLyon, { expectedDifference: { amount: -490, currency: "EUR" } })).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ state: "placed", total: 2800 + 490, canceled: 490, refunded: 490, due: 0 });
    expect(await hub.level(MUG, DEPOT)).toMatchObject({ allocated: depot.allocated - 2 });
    expect(await hub.level(MUG, LYON)).toMatchObject({ allocated: lyon.allocated + 2 });
    const [part, ...others] = await open(order);
    expect(others).toEqual([]);
    expect(part).toMatchObject({
      fulfillment: { kind: "collect", place_id: LYON, state: "planned" },
      shipment: null,
      lines: [{ quantity: 2 }],
    });
    const code = hub.vault.open(part?.fulfillment.code_sealed ?? "") ?? "";
    const given = { fulfillmentId: asId<FulfillmentId>(part?.fulfillment.id ?? ""), proof: "code", code, tenders: [] } as const;
    expect(await hub.run((ctx) => handOver(ctx, hub, given), tillActor())).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ state: "closed" });
    expect(await hub.broken()).toEqual([]);
  });

  it("is refused since somebody has begun, with the state and the time, as the actions say", async () => {
    const order = await hub.ordered([[MUG, 1]]);
    await hub.must((ctx) => advance(ctx, order.id, "pack"), hub.packer());
    const closed = { code: "order.change_closed", state: "packed", since: expect.stringMatching(/^20\d\d-/) };
    expect(await change(order, atLyon)).toMatchObject({ ok: false, error: closed });
    const entry = await readOrder(hub, order.orderId);
    const actions = await hub.must(async (ctx) => ({ ok: true, value: entry && (await orderActions(ctx, entry)) }), order.cart.actor);
    expect(actions?.actions.find(({ action }) => action === "collect_instead")).toMatchObject({
      allowed: false,
      because: { code: "order.change_closed", data: { state: "packed" } },
    });
  });

  it("is refused where the store has not enough, and nothing moves", async () => {
    const order = await hub.ordered([[MUG, 2]]);
    await hub.stock(MUG, LYON, 1);
    const before = await hub.level(MUG, DEPOT);
    expect(await change(order, atLyon)).toMatchObject({ error: { code: "order.way_refused", because: { kind: "stock_short" } } });
    expect(await hub.level(MUG, DEPOT)).toEqual(before);
    expect(await change(order, { kind: "collect", placeId: asId<PlaceId>(DEPOT) })).toMatchObject({
      error: { code: "order.way_refused", because: { kind: "place_closed" } },
    });
  });

  it("counts what the store has for the order itself: shipped from there, it is fetched there", async () => {
    await storesShip(hub, [LYON]);
    await hub.stock(MUG, DEPOT, 0);
    await hub.stock(MUG, LYON, 2);
    await hub.stock(MUG, PARIS, 0);
    const order = await hub.ordered([[MUG, 2]]);
    const before = await hub.level(MUG, LYON);
    expect(await change(order, atLyon)).toMatchObject({ ok: true });
    expect(await hub.level(MUG, LYON)).toEqual(before);
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[CHK-31] sent instead of fetched", () => {
  it("what shipping costs comes to the order and is paid by card, and it goes to the address", async () => {
    const order = await collected();
    expect(await preview(order, home)).toMatchObject({ ok: true, value: { difference: { amount: 490 }, lines: [{ sku: "DELIVERY" }] } });
    expect(await change(order, home, { tenders: [{ kind: "due_at_collection" }] })).toMatchObject({
      error: { code: "payment.method_not_offered" },
    });
    expect(await change(order, home, { tenders: CARD })).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ state: "placed", total: 1400 + 490, paid: 1400 + 490, due: 0 });
    const [part] = await open(order);
    expect(part).toMatchObject({
      fulfillment: { kind: "ship", place_id: DEPOT, code_sealed: null },
      shipment: { ship_by: expect.any(Date) },
    });
    expect(await readAddress(hub, asId<FulfillmentId>(part?.fulfillment.id ?? ""))).toEqual(HOME);
    expect(await hub.broken()).toEqual([]);
  });

  it("there and back again gives back what shipping came to", async () => {
    const order = await collected();
    expect(await change(order, home, { tenders: CARD })).toMatchObject({ ok: true });
    expect(await preview(order, atLyon)).toMatchObject({ ok: true, value: { difference: { amount: -490 } } });
    expect(await change(order, atLyon)).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ state: "placed", total: 1400 + 490, canceled: 490, refunded: 490 });
    expect(await change(order, home, { tenders: CARD })).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ total: 1400 + 490 + 490, paid: 1400 + 490 + 490, refunded: 490 });
    expect(await hub.broken()).toEqual([]);
  });

  it("is free from the amount of the way on, and there and back again comes to nothing", async () => {
    const order = await collected(3);
    expect(await change(order, home)).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ total: 4200, paid: 4200 });
    expect(await change(order, atLyon)).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ state: "placed", paid: 4200, refunded: 0 });
    expect(await open(order)).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });

  it("is refused of what is paid at the store, of what does not travel, abroad, and together with other changes", async () => {
    const due = await collected(1, [{ kind: "due_at_collection" }]);
    expect(await change(due, home)).toMatchObject({ error: { code: "order.way_refused", because: { kind: "pay_first" } } });
    const order = await collected();
    expect(await change(order, { kind: "ship", methodId: null, address: { ...HOME, country: "DE", postcode: "10115" } })).toMatchObject({
      error: { code: "order.address_refused", country: "FR" },
    });
    expect(await change(order, atLyon)).toMatchObject({ error: { because: { kind: "is_so_already" } } });
    const add = [{ sku: `SKU-${BEANS}`, quantity: 1, options: [] }];
    expect(await change(order, home, { add })).toMatchObject({ error: { because: { kind: "comes_alone" } } });
  });
});

describe("[CHK-44] fetched at another store", () => {
  const atParis: WantedWay = { kind: "collect_elsewhere", placeId: PARIS };

  it("the promise, the stock and the code move with it, and nothing is paid or given back", async () => {
    const order = await collected(2);
    const before = await open(order);
    const [lyon, paris] = [await hub.level(MUG, LYON), await hub.level(MUG, PARIS)];
    expect(await preview(order, atParis)).toMatchObject({ ok: true, value: { difference: { amount: 0 }, promisedAt: expect.any(String) } });
    expect(await change(order, atParis, { expectedDifference: { amount: 0, currency: "EUR" } })).toMatchObject({ ok: true });
    expect(await hub.level(MUG, LYON)).toMatchObject({ allocated: lyon.allocated - 2 });
    expect(await hub.level(MUG, PARIS)).toMatchObject({ allocated: paris.allocated + 2 });
    const [part, ...others] = await open(order);
    expect(others).toEqual([]);
    expect(part).toMatchObject({ fulfillment: { kind: "collect", place_id: PARIS, state: "planned" }, lines: [{ quantity: 2 }] });
    expect(part?.fulfillment.code_sealed).not.toBe(before[0]?.fulfillment.code_sealed);
    const code = hub.vault.open(part?.fulfillment.code_sealed ?? "") ?? "";
    const given = { fulfillmentId: asId<FulfillmentId>(part?.fulfillment.id ?? ""), proof: "code", code, tenders: [] } as const;
    expect(await hub.run((ctx) => handOver(ctx, hub, given), tillActor(PARIS))).toMatchObject({ ok: true });
    expect(await hub.broken()).toEqual([]);
  });

  it("what is due is due there", async () => {
    const order = await collected(1, [{ kind: "due_at_collection" }]);
    expect(await change(order, atParis)).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ state: "placed", due: 1400, paid: 0 });
    expect(await hub.broken()).toEqual([]);
  });

  it("is closed by whoever began, with the state and since when, on every screen; and refused where it is already or is too little", async () => {
    const order = await collected(2);
    expect(await change(order, { ...atParis, placeId: LYON })).toMatchObject({ error: { because: { kind: "is_so_already" } } });
    const { allocated } = await hub.level(MUG, PARIS);
    await hub.stock(MUG, PARIS, allocated + 1);
    expect(await change(order, atParis)).toMatchObject({ error: { code: "order.way_refused", because: { kind: "stock_short" } } });
    await hub.stock(MUG, PARIS, allocated + 100);
    const [part] = await open(order);
    await hub.must((ctx) => advance(ctx, asId<FulfillmentId>(part?.fulfillment.id ?? ""), "prepare", null), tillActor());
    const closed = { code: "order.change_closed", state: "in_preparation", since: expect.any(String) };
    expect(await change(order, atParis)).toMatchObject({ error: closed });
    const entry = await readOrder(hub, order.orderId);
    const actions = await hub.must(async (ctx) => ({ ok: true, value: entry && (await orderActions(ctx, entry)) }), order.cart.actor);
    expect(actions?.actions.find(({ action }) => action === "collect_elsewhere")).toMatchObject({
      allowed: false,
      because: { code: closed.code },
    });
  });

  it("of two who move it at once to the last one of a store one has it", async () => {
    const { allocated } = await hub.level(MUG, PARIS);
    await hub.stock(MUG, PARIS, allocated + 1);
    const orders = [await collected(), await collected()];
    const done = await Promise.all(orders.map((order) => change(order, atParis)));
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });
});

it("[CHK-31] units stay where they are first, and every unit that is wanted comes from one place", () => {
  const [a, b] = ["a", "b"].map((id) => asId<LineId>(id)) as [LineId, LineId]; // two names make two ids
  const units = (...of: [LineId, number][]) => of.map(([orderLineId, quantity]) => ({ orderLineId, quantity }));
  expect(
    unitsMoved(
      [
        { placeId: LYON, units: units([a, 2], [b, 1]) },
        { placeId: PARIS, units: units([a, 1]) },
      ],
      [
        { placeId: PARIS, units: units([a, 2]) },
        { placeId: DEPOT, units: units([a, 1], [b, 1]) },
      ],
    ),
  ).toEqual([
    { from: PARIS, to: PARIS, units: units([a, 1]) },
    { from: LYON, to: PARIS, units: units([a, 1]) },
    { from: LYON, to: DEPOT, units: units([a, 1], [b, 1]) },
  ]);
});
