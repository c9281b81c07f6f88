import { asId, newId, ok, type FulfillmentId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { barOf, nextSlotsOf, tellOf } from "../../../test/bar-hub.ts";
import { variantId } from "../../../test/goods-hub.ts";
import { CAPPUCCINO, LYON, saleHub, tillActor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { advance, readFulfillment } from "../fulfillment/index.ts";
import { promisesFor, slotIdOf } from "../promises/index.ts";
import { moveLater } from "./move-later.ts";
import { moveToSlot } from "./move-slot.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());

const CARD = [{ kind: "card", token: "inline" }] as const;

// Six minutes are seven cups, and ten seconds are left over.
const bar = (most: number) => barOf(hub, most);
beforeEach(() => bar(7));

const tell = () => tellOf(hub);
const nextSlots = (most: number) => nextSlotsOf(hub, most);

const cups = (quantity: number): Promise<TestCart> => hub.cart([[CAPPUCCINO, quantity]]);
const soon = (cart: TestCart) => hub.complete(cart, CARD);
const inSlot = (cart: TestCart, dueAt: Date) =>
  hub.complete(cart, CARD, { fulfillment: { kind: "collect", placeId: LYON, dining: "take_away", dueAt, inSlot: true } });

async function placed(done: ReturnType<typeof soon>): Promise<FulfillmentId> {
  const outcome = await done;
  if (outcome.kind !== "placed") throw new Error(JSON.stringify(outcome));
  return asId<FulfillmentId>(outcome.view.fulfillments[0]?.id ?? "");
}

async function soldAtTill(quantity: number): Promise<void> {
  const cart = await hub.cart([[CAPPUCCINO, quantity]], { actor: tillActor() });
  const done = await hub.sell(cart, [{ kind: "cash" }]);
  if (!done.ok) throw new Error(JSON.stringify(done.error));
}

const taken = () =>
  hub.rows<{ kind: string; starts_at: Date; work: object }>(
    "select kind, starts_at, work from promises.slot_booking order by kind, starts_at, id",
  );

/** When a cappuccino that is ordered now is promised. */
async function promisedNow(): Promise<Date | null> {
  const wish = { variantId: variantId(CAPPUCCINO), placeId: LYON, quantity: 1 };
  const [promise] = await promisesFor({ db: hub.db, snapshots: hub.around.snapshots }, [wish], new Date());
  return promise?.promiseAt ?? null;
}

describe("[PRM-14] what is ordered for now", () => {
  it("takes room of the slot that it is made for, and once that is full the next is promised later, for the one after it", async () => {
    const [first, second] = await nextSlots(2);
    await placed(soon(await cups(6)));
    expect(await taken()).toEqual([{ kind: "soon", starts_at: first, work: { Bar: 300 } }]);
    await tell();
    await hub.rows("delete from promises.queue_item");
    await placed(inSlot(await cups(1), first ?? new Date()));
    await tell();
    const promised = await promisedNow();
    expect(promised && first && promised > first).toBe(true);
    await placed(soon(await cups(1)));
    expect((await taken()).filter(({ kind }) => kind === "soon")).toContainEqual({ kind: "soon", starts_at: second, work: { Bar: 50 } });
    expect(await hub.broken()).toEqual([]);
  });

  it("of many at once as many are placed as there is room for; the others are told to look at a later time, which they then get", async () => {
    const carts = await Promise.all(Array.from({ length: 16 }, () => cups(1)));
    const done = await Promise.all(carts.map(soon));
    expect(done.filter(({ kind }) => kind === "placed")).toHaveLength(7);
    const late = carts.find((_, n) => done[n]?.kind === "refused");
    for (const outcome of done.filter(({ kind }) => kind !== "placed"))
      expect(outcome).toMatchObject({ kind: "refused", error: { code: "promise.later_now" } });
    await tell();
    await hub.rows("delete from promises.queue_item");
    if (!late) throw new Error("nine of them");
    expect(await soon(late)).toMatchObject({ kind: "placed" });
    expect(await hub.broken()).toEqual([]);
  });

  it("which is more than a slot has room for is no promise at all, and says so", async () => {
    const refused = await soon(await cups(8));
    expect(refused).toMatchObject({ kind: "refused", error: { requirements: [{ code: "promise.no_room" }] } });
    await hub.rows('update places.place set settings = settings || \'{"slotRoom": ""}\' where id = $1', [LYON]);
    hub.around.snapshots.invalidate();
    await placed(soon(await cups(8)));
    expect(await taken()).toEqual([]);
  });

  it("keeps the room that it held while it was paid", async () => {
    const cart = await cups(7);
    expect(await hub.complete(cart, [{ kind: "card", token: "outside" }])).toMatchObject({ kind: "placed" });
    expect(await taken()).toMatchObject([{ kind: "soon", work: { Bar: 350 } }]);
    hub.provider.script = "decline";
    await bar(7);
    expect(await hub.complete(await cups(7), [{ kind: "card", token: "outside" }])).toMatchObject({ kind: "refused" });
    hub.provider.script = "capture";
    expect(await taken()).toEqual([]);
  });
});

describe("[PRM-16] what is sold over the counter", () => {
  it("takes room of the next slot, then of the one after it, once however often it is said, and is never refused", async () => {
    const [first, second] = await nextSlots(2);
    await soldAtTill(9);
    await tell();
    const parts = [
      { kind: "counter", starts_at: first, work: { Bar: 360 } },
      { kind: "counter", starts_at: second, work: { Bar: 90 } },
    ];
    expect(await taken()).toEqual(parts);
    expect(await inSlot(await cups(1), first ?? new Date())).toMatchObject({
      error: { requirements: [{ code: "promise.slot_too_soon" }] },
    });
    await placed(inSlot(await cups(1), second ?? new Date()));
    await soldAtTill(2);
    await tell();
    expect((await taken()).filter(({ kind }) => kind === "counter")).toHaveLength(3);
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[PRM-17] orders that the counter leaves no room for", () => {
  async function overfull(): Promise<Date> {
    const said = (await tell()).find(({ type }) => type === "promise.slot_overfull.v1");
    const at = new Date(String(said?.data["startsAt"]));
    await hub.must(async (ctx) => ok(await moveLater(ctx, LYON, at)));
    return at;
  }
  const dueOf = async (id: FulfillmentId) => (await readFulfillment(hub, id))?.fulfillment;

  it("go to the next slot with room, the newest first, with a fact by which their customers are told; who ordered first stays", async () => {
    const [first, second] = await nextSlots(2);
    const start = first ?? new Date();
    const [one, two, three] = [
      await placed(inSlot(await cups(2), start)),
      await placed(inSlot(await cups(2), start)),
      await placed(soon(await cups(2))),
    ];
    await tell();
    await soldAtTill(5);
    expect(await overfull()).toEqual(first);
    expect(await dueOf(one)).toMatchObject({ due_at: first });
    expect(await dueOf(two)).toMatchObject({ due_at: first });
    expect(await dueOf(three)).toMatchObject({ due_at: null, promised_at: second, slot_until: null });
    const moved = (await hub.published()).filter(({ type }) => type === "fulfillment.moved.v1");
    expect(moved).toMatchObject([{ data: { fulfillmentId: three, dueAt: second?.toISOString(), slotUntil: null } }]);
    expect(await hub.broken()).toEqual([]);
  });

  it("stay where somebody has begun with them, and where the slot is kept within two minutes all the same", async () => {
    const [first] = await nextSlots(1);
    const start = first ?? new Date();
    const begun = await placed(inSlot(await cups(4), start));
    await hub.must((ctx) => advance(ctx, begun, "prepare"), tillActor());
    await tell();
    await soldAtTill(5);
    expect((await tell()).filter(({ type }) => type === "promise.slot_overfull.v1")).toEqual([]);
    await soldAtTill(2);
    await overfull();
    expect(await dueOf(begun)).toMatchObject({ due_at: first });
  });

  it("stay where no slot within the next sixteen has room, and are said to be late, once until they are moved", async () => {
    const slots = await nextSlots(17);
    const [first] = slots;
    const cart = await cups(4);
    const id = await placed(inSlot(cart, first ?? new Date()));
    for (const startsAt of slots.slice(1))
      await hub.rows(
        "insert into promises.slot_booking (id, kind, place_id, starts_at, work_seconds, work) values ($1, 'counter', $2, $3, 360, '{\"Bar\": 360}')",
        [newId(), LYON, startsAt],
      );
    await tell();
    await soldAtTill(7);
    await overfull();
    expect(await dueOf(id)).toMatchObject({ due_at: first, delayed_at: expect.any(Date) });
    await soldAtTill(1);
    await hub.must(async (ctx) => ok(await moveLater(ctx, LYON, first ?? new Date())));
    const said = (await hub.published()).filter(({ type }) => type === "fulfillment.delayed.v1");
    expect(said).toMatchObject([{ data: { fulfillmentId: id, promisedAt: first?.toISOString() } }]);
    await hub.rows("delete from promises.slot_booking where kind = 'counter' and starts_at = $1", [slots[2]]);
    const to = slotIdOf(LYON, slots[2] ?? new Date());
    expect(await hub.run((ctx) => moveToSlot(ctx, { fulfillmentId: id, slotId: to, reason: null }), cart.actor)).toMatchObject({
      ok: true,
    });
    expect(await dueOf(id)).toMatchObject({ due_at: slots[2], delayed_at: null });
  });

  it("a slot that was chosen keeps being one, and its customer can choose another", async () => {
    const [first, second, third] = await nextSlots(3);
    const cart = await cups(4);
    const id = await placed(inSlot(cart, first ?? new Date()));
    await tell();
    await soldAtTill(7);
    await overfull();
    expect(await dueOf(id)).toMatchObject({ due_at: second, slot_until: third });
    const again = await hub.run(
      (ctx) => moveToSlot(ctx, { fulfillmentId: id, slotId: slotIdOf(LYON, third ?? new Date()), reason: null }),
      cart.actor,
    );
    expect(again).toMatchObject({ ok: true, value: { fulfillment: { due_at: third } } });
    expect(await hub.broken()).toEqual([]);
  });
});
