import { addDays, asId, instantOf, wallClock, type FulfillmentId, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CAPPUCCINO, CROISSANT, LYON, PARIS, saleHub, tillActor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { advance, collectionDay } from "../fulfillment/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { nextSlots, slotIdOf, slotsOf } from "../promises/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import type { WantedFulfillment } from "./domain/index.ts";
import { moveToSlot } from "./move-slot.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(CROISSANT, LYON, 100_000);
}, 30_000);
afterAll(() => hub.close());

const CARD = [{ kind: "card", token: "inline" }] as const;

/** Slots of half an hour in Lyon, each for so many orders and so many minutes of work. */
async function slots(orders: number, workMinutes = 0, lead = 0): Promise<void> {
  const settings = { slotMinutes: 30, slotOrders: orders, slotWorkMinutes: workMinutes, slotLeadMinutes: lead };
  await hub.rows("update places.place set settings = $2 where id = $1", [LYON, JSON.stringify(settings)]);
  await hub.rows("delete from promises.slot_booking");
  hub.around.snapshots.invalidate();
}
beforeEach(() => slots(3));

/** Tomorrow at a time of the clock in Lyon: always to come, and open all day. */
function tomorrow(hours: number, minutes = 0): Date {
  const { date } = wallClock(new Date(), "Europe/Paris");
  return instantOf(addDays(date, 1), hours * 60 + minutes, "Europe/Paris");
}

const inSlot = (dueAt: Date): WantedFulfillment => ({ kind: "collect", placeId: LYON, dining: "take_away", dueAt, inSlot: true });
const complete = (cart: TestCart, at: Date, tenders: Parameters<SaleHub["complete"]>[1] = CARD) =>
  hub.complete(cart, tenders, { fulfillment: inSlot(at) });
const taken = () => hub.rows<{ starts_at: Date }>("select starts_at from promises.slot_booking order by starts_at");
const ctx = () => ({ ...hub.around, db: hub.db, now: new Date() });

describe("[PRM-13] a slot takes as many orders as it has room for", () => {
  it("64 shoppers want the same one: its three places are taken, the others are told, and nothing else is written", async () => {
    const carts: TestCart[] = [];
    for (let n = 0; n < 64; n++) carts.push(await hub.cart([[CROISSANT, 1]]));
    const done = await Promise.all(carts.map((cart) => complete(cart, tomorrow(10))));
    expect(done.filter(({ kind }) => kind === "placed")).toHaveLength(3);
    for (const outcome of done.filter(({ kind }) => kind !== "placed"))
      expect(outcome).toMatchObject({ kind: "refused", error: { code: "promise.slot_full", startsAt: expect.any(String) } });
    expect(await taken()).toHaveLength(3);
    expect(await hub.broken()).toEqual([]);
  }, 60_000);

  it("and of work: what would be too much of it waits for another", async () => {
    // Fifty seconds each: thirty-six fill half an hour.
    await slots(10, 30);
    expect(await complete(await hub.cart([[CAPPUCCINO, 30]]), tomorrow(11))).toMatchObject({ kind: "placed" });
    expect(await complete(await hub.cart([[CAPPUCCINO, 7]]), tomorrow(11))).toMatchObject({ error: { code: "promise.slot_full" } });
    expect(await complete(await hub.cart([[CAPPUCCINO, 6]]), tomorrow(11))).toMatchObject({ kind: "placed" });
  });

  it("an order that is canceled gives its room back", async () => {
    await slots(1);
    const first = await complete(await hub.cart([[CROISSANT, 1]]), tomorrow(12));
    if (first.kind !== "placed") throw new Error(JSON.stringify(first));
    const next = await hub.cart([[CROISSANT, 1]]);
    expect(await complete(next, tomorrow(12))).toMatchObject({ error: { code: "promise.slot_full" } });
    await hub.must((own) => cancelOrder(own, asId<OrderId>(first.view.id), "changed my mind"), tillActor());
    expect(await complete(next, tomorrow(12))).toMatchObject({ kind: "placed" });
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[CHK-3] while a payment is asked for", () => {
  it("the slot is held, and is free again as soon as it fails", async () => {
    await slots(1);
    const slow = await hub.cart([[CROISSANT, 1]]);
    expect(await complete(slow, tomorrow(13), [{ kind: "card", token: "outside" }])).toMatchObject({ kind: "placed" });
    expect(await taken()).toHaveLength(1);
    hub.provider.script = "decline";
    const declined = await hub.cart([[CROISSANT, 1]]);
    expect(await complete(declined, tomorrow(14), [{ kind: "card", token: "outside" }])).toMatchObject({ kind: "refused" });
    hub.provider.script = "capture";
    expect(await taken()).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[PRM-12] a place with slots", () => {
  it("takes no other times for later, and says so; as soon as possible it takes all the same", async () => {
    const cart = await hub.cart([[CROISSANT, 1]]);
    const at = { kind: "collect", placeId: LYON, dining: "take_away", dueAt: tomorrow(10, 10) } as const;
    expect(await hub.complete(cart, CARD, { fulfillment: at })).toMatchObject({
      error: { code: "cart.requirements_unmet", requirements: [{ code: "promise.slot_needed" }] },
    });
    expect(await complete(cart, tomorrow(10, 10))).toMatchObject({ error: { requirements: [{ code: "promise.slot_unknown" }] } });
    expect(await complete(cart, new Date(Date.now() + 40 * 86_400_000))).toMatchObject({
      error: { requirements: [{ code: "promise.slot_unknown" }] },
    });
    expect(await hub.complete(cart, CARD)).toMatchObject({ kind: "placed", view: { fulfillments: [{ slot: null }] } });
  });

  it("the order says from when until when it is collected, and is promised for its beginning", async () => {
    const done = await complete(await hub.cart([[CROISSANT, 1]]), tomorrow(15));
    const [from, until] = [tomorrow(15).toISOString(), tomorrow(15, 30).toISOString()];
    expect(done).toMatchObject({
      view: { fulfillments: [{ dueAt: from, promisedAt: from, slot: { id: expect.stringContaining(LYON), endsAt: until } }] },
    });
  });

  it("its slots are listed with the room that is left, those too soon with from when on; a place without has none", async () => {
    await slots(2, 0, 60);
    await complete(await hub.cart([[CROISSANT, 1]]), tomorrow(16));
    const listed = await slotsOf(ctx(), LYON);
    const at = (time: Date) => listed?.items.find(({ startsAt }) => startsAt === time.toISOString());
    expect(at(tomorrow(16))).toMatchObject({ left: 1, because: null });
    expect(at(tomorrow(16, 30))).toMatchObject({ left: 2, because: null, endsAt: tomorrow(17).toISOString() });
    expect(listed?.items[0]).toMatchObject({ left: 0, because: { kind: "slot_too_soon" } });
    expect(await slotsOf(ctx(), PARIS)).toEqual({ offered: false, items: [] });
  });
});

it("[PRM-12] the first slot for goods is one after they are ready that has room for the work on them; a place without slots has none", async () => {
  await slots(1, 30);
  await complete(await hub.cart([[CROISSANT, 1]]), tomorrow(16));
  const { places } = await hub.around.snapshots.current(placesSnapshot);
  const [lyon, paris] = [places.get(LYON), places.get(PARIS)];
  if (!lyon || !paris) throw new Error("both are known");
  const wish = { place: lyon, readyAt: tomorrow(15, 40), work: { seconds: 60, at: {} } };
  expect(await nextSlots(ctx(), [wish, { ...wish, work: { seconds: 1801, at: {} } }, { ...wish, place: paris }, null])).toEqual([
    { id: slotIdOf(LYON, tomorrow(16, 30)), startsAt: tomorrow(16, 30), endsAt: tomorrow(17) },
    null,
    null,
    null,
  ]);
});

describe("[FUL-17] another slot", () => {
  /** An order of a visitor in a slot: what they hold of it, and its fulfillment. */
  async function ordered(at: Date) {
    const cart = await hub.cart([[CROISSANT, 1]]);
    const done = await complete(cart, at);
    if (done.kind !== "placed") throw new Error(JSON.stringify(done));
    const id = asId<FulfillmentId>(done.view.fulfillments[0]?.id ?? "");
    const move = (to: Date, actor = cart.actor) =>
      hub.run((own) => moveToSlot(own, { fulfillmentId: id, slotId: slotIdOf(LYON, to), reason: null }), actor);
    return { id, number: done.view.number, move };
  }

  it("is taken by its customer while nobody has begun; the old one is free with the same commit, and their day shows both", async () => {
    await slots(1);
    const order = await ordered(tomorrow(10));
    expect(await order.move(tomorrow(11))).toMatchObject({
      ok: true,
      value: { fulfillment: { due_at: tomorrow(11), slot_until: tomorrow(11, 30) } },
    });
    const next = await ordered(tomorrow(10));
    expect(await next.move(tomorrow(11))).toMatchObject({ error: { code: "promise.slot_full" } });
    expect(await next.move(tomorrow(10, 20))).toMatchObject({ error: { code: "promise.slot_refused", because: { kind: "slot_unknown" } } });
    const { date } = wallClock(tomorrow(10), "Europe/Paris");
    const day = await collectionDay({ ...ctx(), actor: tillActor() }, LYON, date);
    const seen = day.ok
      ? day.value.slots.filter(({ orders }) => orders > 0).map(({ startsAt, fulfillments }) => [startsAt, fulfillments[0]?.orderNumber])
      : [];
    expect(seen).toEqual([
      [tomorrow(10).toISOString(), next.number],
      [tomorrow(11).toISOString(), order.number],
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("is refused once it is begun, with the state and since when, and to whoever it is none of the business of", async () => {
    const order = await ordered(tomorrow(10));
    expect(await order.move(tomorrow(11), (await hub.cart([[CROISSANT, 1]])).actor)).toMatchObject({
      error: { code: "fulfillment.unknown" },
    });
    expect(await order.move(tomorrow(11), tillActor(PARIS))).toMatchObject({ error: { code: "fulfillment.unknown" } });
    await hub.must((own) => advance(own, order.id, "prepare"), tillActor());
    expect(await order.move(tomorrow(11))).toMatchObject({
      error: { code: "order.change_closed", state: "in_preparation", since: expect.stringMatching(/^\d{4}-/) },
    });
    expect(await hub.broken()).toEqual([]);
  });

  it("two who want the last place of a slot: one has it, the other stays where they are", async () => {
    await slots(1);
    const both = [await ordered(tomorrow(13)), await ordered(tomorrow(14))];
    const moved = await Promise.all(both.map((order) => order.move(tomorrow(15))));
    expect(moved.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await taken()).toHaveLength(2);
    expect(await hub.broken()).toEqual([]);
  });
});
