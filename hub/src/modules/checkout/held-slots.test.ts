import type { CartOperation, CartView } from "@weft/contracts";
import { ok, type Id } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { barOf, nextSlotsOf } from "../../../test/bar-hub.ts";
import { testId } from "../../../test/goods-hub.ts";
import { CAPPUCCINO, CROISSANT, LYON, PARIS, saleHub, tillActor, visitor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import type { Ctx, JobContext } from "../../platform/index.ts";
import { abandonCart, adoptAtSignIn, eraseCarts, operate, passToTill } from "../carts/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { promisesJobs, promisingNow, slotIdOf, slotsOf } from "../promises/index.ts";
import { goodsForSlots } from "./slot-goods.ts";

let hub: SaleHub;
let slots: Date[];
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(CROISSANT, LYON, 100_000);
}, 30_000);
afterAll(() => hub.close());
/** The bar of Lyon makes seven cups for each slot. */
beforeEach(async () => {
  await barOf(hub, 7);
  slots = await nextSlotsOf(hub, 4);
});

const CARD = [{ kind: "card", token: "inline" }] as const;
const at = (index: number): Date => slots[index] ?? new Date();
const cups = (quantity: number, actor = visitor()): Promise<TestCart> => hub.cart([[CAPPUCCINO, quantity]], { actor });
type Wish = CartOperation extends infer One ? (One extends CartOperation ? Omit<One, "id"> : never) : never;
let made = 0;

/** What became of these operations on a cart. */
async function change({ id, actor }: TestCart, ...wishes: Wish[]): Promise<{ readonly cart: CartView; readonly codes: (string | null)[] }> {
  const operations = wishes.map((wish): CartOperation => ({ ...wish, id: testId<Id<"operation">>("operation", ++made) }));
  const done = await hub.must((ctx) => operate(ctx, { cartId: id, operations }), actor);
  return { cart: done.cart, codes: done.results.map(({ code }) => code) };
}
const inSlot = (index: number): Wish => ({
  kind: "setFulfillment",
  fulfillment: { kind: "collect", placeId: LYON, dining: "take_away", dueAt: null, slotId: slotIdOf(LYON, at(index)) },
});
const now: Wish = { kind: "setFulfillment", fulfillment: { kind: "take_away", placeId: LYON, dining: "take_away", dueAt: null } };
const more = (quantity: number): Wish => ({ kind: "add", sku: `SKU-${CAPPUCCINO}`, quantity, options: [] });
const complete = (cart: TestCart, index: number | null) =>
  hub.complete(cart, CARD, {
    fulfillment: { kind: "collect", placeId: LYON, dining: "take_away", dueAt: index === null ? null : at(index), inSlot: index !== null },
  });

type Row = { readonly starts_at: Date; readonly work_seconds: number; readonly held: boolean };
const taken = async () =>
  (
    await hub.rows<Row>(
      "select starts_at, work_seconds, held_until is not null as held from promises.slot_booking where held_until is null or held_until > now() order by starts_at, work_seconds",
    )
  ).map(({ starts_at, work_seconds, held }) => [
    slots.findIndex((slot) => slot.getTime() === starts_at.getTime()),
    work_seconds / 50,
    held,
  ]);
const minutesLeft = (view: CartView) => Math.round((Date.parse(view.fulfillment?.slot?.heldUntil ?? "") - Date.now()) / 60_000);
/** The clock of the database goes on for what carts hold. */
const later = (minutes: number) =>
  hub.rows(
    "update promises.slot_booking set held_until = held_until - make_interval(mins => $1), held_cap = held_cap - make_interval(mins => $1)",
    [minutes],
  );
/** How many more of the cart's goods its slots take, and why not. */
async function listed(cart: TestCart): Promise<(number | string | undefined)[]> {
  const own = { ...hub.around, db: hub.db, now: new Date(), actor: cart.actor };
  const goods = await goodsForSlots(own, LYON, { kind: "cart", cartId: cart.id });
  if (!goods.ok) throw new Error(goods.error.code);
  const items = (await slotsOf(own, LYON, goods.value))?.items ?? [];
  return slots.map((startsAt) => {
    const found = items.find((slot) => slot.startsAt === startsAt.toISOString());
    return found?.because?.kind ?? found?.left;
  });
}

describe("[PRM-23] a cart that chooses a slot holds its room", () => {
  it("with the work of its goods, a quarter of an hour from the last act of its holder, an hour at most; it is free for itself and for nobody else", async () => {
    const mine = await cups(3);
    const { cart } = await change(mine, inSlot(0));
    expect(cart.fulfillment?.slot).toMatchObject({ id: slotIdOf(LYON, at(0)), startsAt: at(0).toISOString() });
    expect([minutesLeft(cart), cart.requirements]).toEqual([15, []]);
    expect(await taken()).toEqual([[0, 3, true]]);
    const other = await cups(5);
    expect(await listed(mine)).toEqual([2, 2, 2, 2]);
    expect(await listed(other)).toEqual(["slot_full", 1, 1, 1]);
    await later(10);
    expect(minutesLeft((await change(mine, more(1))).cart)).toBe(15);
    expect(await taken()).toEqual([[0, 4, true]]);
    for (const _ of [1, 2, 3]) {
      await later(14);
      await change(mine, more(1));
    }
    await later(5);
    expect(minutesLeft((await change(mine, inSlot(1))).cart)).toBe(3);
    expect(await taken()).toEqual([[1, 7, true]]);
    expect(await hub.broken()).toEqual([]);
  });

  it("gives it back when the choice is taken back, when it is emptied, and when it is given up", async () => {
    const [one, two, three] = [await cups(2), await cups(2), await cups(2)];
    for (const each of [one, two, three]) await change(each, inSlot(0));
    expect(await taken()).toHaveLength(3);
    expect((await change(one, now)).cart.fulfillment).not.toHaveProperty("slot");
    await change(two, { kind: "remove", lineId: two.view.lines[0]?.id ?? "" });
    await hub.must((ctx) => abandonCart(ctx, three.id), three.actor);
    expect(await taken()).toEqual([]);
  });

  it("ends to the second by the clock of the database, whoever tidies up when: the slot is there for the next one", async () => {
    const mine = await cups(7);
    await change(mine, inSlot(0));
    const other = await cups(7);
    expect((await change(other, inSlot(0))).codes).toEqual(["promise.slot_full"]);
    await hub.rows("update promises.slot_booking set held_until = now() + interval '1 hour'");
    expect(await listed(other)).toEqual(["slot_full", 1, 1, 1]);
    await hub.rows("update promises.slot_booking set held_until = now()");
    expect(await listed(other)).toEqual([1, 1, 1, 1]);
    expect((await change(other, inSlot(0))).codes).toEqual([null]);
    expect(await hub.broken()).toEqual([]);
  });

  it("is seen by the promises of now in memory until that very second, and free in those of its own cart", async () => {
    const mine = await cups(7);
    await change(mine, inSlot(0));
    const place = (await hub.around.snapshots.current(placesSnapshot)).places.get(LYON);
    if (!place) throw new Error("it is a store of the tests");
    hub.around.snapshots.invalidate();
    const seen = async (when: Date, cartId: string | null) => (await promisingNow(hub.around.snapshots, place, when, cartId)).taken;
    const full = [{ startsAt: at(0), at: { Bar: 350 } }];
    expect(await seen(new Date(), null)).toEqual(full);
    expect(await seen(new Date(), mine.id)).toEqual([]);
    const [row] = await hub.rows<{ held_until: Date }>("select held_until from promises.slot_booking");
    const end = row?.held_until.getTime() ?? 0;
    expect(await seen(new Date(end - 1), null)).toEqual(full);
    expect(await seen(new Date(end), null)).toEqual([]);
  });

  it("64 carts want the last room at once: one has it, the others are told, and no slot has more than its room", async () => {
    const carts: TestCart[] = [];
    for (let n = 0; n < 64; n++) carts.push(await cups(4));
    const done = await Promise.all(carts.map((cart) => change(cart, inSlot(0))));
    expect(done.filter(({ codes }) => codes[0] === null)).toHaveLength(1);
    expect(done.filter(({ codes }) => codes[0] === "promise.slot_full")).toHaveLength(63);
    expect(await taken()).toEqual([[0, 4, true]]);
    expect(await hub.broken()).toEqual([]);
  }, 60_000);

  it("keeps the slot that it has where another one that it wants is full, and is told the next", async () => {
    const first = await cups(4);
    await change(first, inSlot(1));
    const mine = await cups(5);
    await change(mine, inSlot(0));
    const { cart, codes } = await change(mine, inSlot(1));
    expect(codes).toEqual(["promise.slot_full"]);
    expect(cart.fulfillment?.slot?.startsAt).toBe(at(0).toISOString());
    expect(await taken()).toEqual([
      [0, 5, true],
      [1, 4, true],
    ]);
  });

  it("is forgotten a day after its end", async () => {
    await change(await cups(1), inSlot(0));
    await change(await cups(2), inSlot(1));
    await hub.rows("update promises.slot_booking set held_until = now() - interval '25 hours' where starts_at = $1", [at(0)]);
    const forget = promisesJobs.find(({ name }) => name === "promises.forget");
    const write = (act: (ctx: Ctx) => Promise<void>) => hub.must(async (ctx) => ok(await act(ctx)));
    await forget?.handle({ write } as JobContext, undefined as never); // it writes once, and jobs of the clock take no payload
    expect(await hub.rows("select starts_at from promises.slot_booking")).toEqual([{ starts_at: at(1) }]);
  });
});

describe("[PRM-24] what a cart holds becomes its order", () => {
  it("by the completion itself; what it held besides is given back with it", async () => {
    const [mine, other] = [await cups(3), await cups(2)];
    await change(mine, inSlot(0));
    await change(other, inSlot(1));
    expect(await complete(mine, 0)).toMatchObject({ kind: "placed" });
    expect(await complete(other, null)).toMatchObject({ kind: "placed" });
    expect((await taken()).every(([, , held]) => held === false)).toBe(true);
    expect(await hub.broken()).toEqual([]);
  });

  it("also when its time has run out and nobody has taken it; when somebody has, it is refused with the next slot", async () => {
    const [mine, late] = [await cups(4), await cups(4)];
    await change(mine, inSlot(0));
    await later(16);
    expect(await complete(mine, 0)).toMatchObject({ kind: "placed" });
    await change(late, inSlot(1));
    await later(16);
    await change(await cups(4), inSlot(1));
    expect(await complete(late, 1)).toMatchObject({
      error: { code: "promise.slot_full", startsAt: at(1).toISOString(), nextAt: at(2).toISOString(), nextSlotId: slotIdOf(LYON, at(2)) },
    });
    expect(await hub.broken()).toEqual([]);
  });

  it("of a hold that ends and a completion that races it only one has the room", async () => {
    for (let round = 0; round < 4; round++) {
      await barOf(hub, 7);
      const [mine, other] = [await cups(4), await cups(4)];
      await change(mine, inSlot(0));
      await hub.rows("update promises.slot_booking set held_until = now() + interval '5 milliseconds'");
      const [done, held] = await Promise.all([complete(mine, 0), change(other, inSlot(0))]);
      expect([done.kind === "placed", held.codes[0] === null].filter(Boolean)).toHaveLength(1);
      expect(await hub.broken()).toEqual([]);
    }
  });

  it("chosen in time, it is not too late because its customer types for a while", async () => {
    const mine = await cups(1);
    await change(mine, inSlot(0));
    const lead = Math.ceil((at(0).getTime() - Date.now()) / 60_000) + 1;
    await hub.rows("update places.place set settings = settings || jsonb_build_object('slotLeadMinutes', $2::integer) where id = $1", [
      LYON,
      lead,
    ]);
    hub.around.snapshots.invalidate();
    expect(await listed(await cups(1))).toEqual(["slot_too_soon", 7, 7, 7]);
    expect(await listed(mine)).toEqual([7, 7, 7, 7]);
    expect(await complete(mine, 0)).toMatchObject({ kind: "placed" });
  });

  it("while its payment is asked for it is held longer, and is free as soon as that fails", async () => {
    const mine = await cups(4);
    await change(mine, inSlot(0));
    hub.provider.script = "decline";
    const tenders = [{ kind: "card", token: "outside" }] as const;
    const fulfillment = { kind: "collect", placeId: LYON, dining: "take_away", dueAt: at(0), inSlot: true } as const;
    expect(await hub.complete(mine, tenders, { fulfillment })).toMatchObject({ kind: "refused" });
    hub.provider.script = "capture";
    expect(await taken()).toEqual([]);
    expect(await hub.complete(mine, tenders, { fulfillment })).toMatchObject({ kind: "placed" });
    expect(await taken()).toEqual([[0, 4, false]]);
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[PRM-25] goods that come to a slot without room for them", () => {
  it("stay in the cart, which holds nothing then and says so with the next slot; fewer of them have it again", async () => {
    await change(await cups(3), inSlot(0));
    const mine = await cups(4);
    await change(mine, inSlot(0));
    const full = await change(mine, more(1));
    expect(full.codes).toEqual([null]);
    const data = { startsAt: at(0).toISOString(), nextAt: at(1).toISOString(), nextSlotId: slotIdOf(LYON, at(1)) };
    expect(full.cart.requirements).toMatchObject([{ code: "promise.slot_full", lineId: null, data }]);
    expect(full.cart.fulfillment?.slot?.heldUntil).toBeNull();
    expect(await taken()).toEqual([[0, 3, true]]);
    const { cart } = await change(mine, { kind: "setQuantity", lineId: full.cart.lines[0]?.id ?? "", quantity: 4 });
    expect([cart.requirements, minutesLeft(cart)]).toEqual([[], 15]);
    expect(await hub.broken()).toEqual([]);
  });

  it("whose shelf is short need less of it", async () => {
    const mine = await hub.cart([[CROISSANT, 1]]);
    await change(mine, inSlot(0));
    const { codes } = await change(mine, { kind: "add", sku: `SKU-${CROISSANT}`, quantity: 1000, options: [] }, more(2));
    expect(codes).toEqual(["stock.hold_cap", null]);
    expect(await taken()).toEqual([[0, 2, true]]);
  });
});

describe("[PRM-26] room goes with the cart", () => {
  it("to another till that goes on with it", async () => {
    const mine = await hub.cart([[CAPPUCCINO, 2]], { actor: tillActor() });
    const { cart } = await change(mine, inSlot(0));
    const passed = await hub.must((ctx) => passToTill(ctx, mine.id), tillActor());
    expect(passed.cart.slots?.held).toMatchObject([
      { placeId: LYON, startsAt: at(0), until: new Date(cart.fulfillment?.slot?.heldUntil ?? "") },
    ]);
    expect(await taken()).toEqual([[0, 2, true]]);
  });

  it("through a sign-in, which joins no carts: each goes on with its own; and not beyond the erasure of its customer", async () => {
    const lea = await hub.customer();
    const [earlier, mine] = [await cups(3, lea), await cups(2)];
    await change(earlier, inSlot(0));
    await change(mine, inSlot(1));
    const both = [
      [0, 3, true],
      [1, 2, true],
    ];
    const { recordId } = lea.customer;
    await hub.must(async (ctx) => ok(await adoptAtSignIn(ctx, { cartId: mine.id, token: mine.actor.cartToken ?? "" }, recordId)), lea);
    expect(await taken()).toEqual(both);
    expect((await change({ ...mine, actor: lea }, more(1))).cart.fulfillment?.slot?.heldUntil).not.toBeNull();
    await hub.must(async (ctx) => ok(await eraseCarts(ctx, [recordId])));
    expect(await taken()).toEqual([]);
  });

  it("and a line that is fetched elsewhere in a slot holds that one beside the own", async () => {
    const mine = await cups(2);
    await change(mine, inSlot(0));
    const [settings] = await hub.rows<{ settings: unknown; time_zone: string }>(
      "select settings, time_zone from places.place where id = $1",
      [LYON],
    );
    await hub.rows("update places.place set settings = $2, time_zone = $3 where id = $1", [
      PARIS,
      JSON.stringify(settings?.settings),
      settings?.time_zone,
    ]);
    hub.around.snapshots.invalidate();
    const elsewhere = { kind: "collect", placeId: PARIS, slotId: slotIdOf(PARIS, at(1)) } as const;
    const { cart, codes } = await change(mine, { ...more(3), elsewhere } as Wish); // an addition that goes another way
    expect(codes).toEqual([null]);
    expect(await taken()).toEqual([
      [0, 2, true],
      [1, 3, true],
    ]);
    expect(cart.lines.map((line) => line.elsewhere?.slot?.heldUntil ?? null).filter(Boolean)).toHaveLength(1);
    expect(await complete({ ...mine, view: cart }, 0)).toMatchObject({ kind: "placed" });
    expect(await taken()).toEqual([
      [0, 2, false],
      [1, 3, false],
    ]);
    await hub.rows("update places.place set settings = '{}', time_zone = 'Europe/Paris' where id = $1", [PARIS]);
    hub.around.snapshots.invalidate();
    expect(await hub.broken()).toEqual([]);
  });
});
