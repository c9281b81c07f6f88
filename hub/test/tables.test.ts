import type { CartOperation, StationTicketView } from "@weft/contracts";
import { asId, newId, ok, type DeviceId, type FulfillmentId, type HubEvent, type LineId, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CAPPUCCINO, CROISSANT, LYON, PARIS, saleHub, tillActor, type SaleHub, type TestCart } from "./sale-hub.ts";
import { testId } from "./goods-hub.ts";
import { clearTables, otherTill } from "./tables-hub.ts";
import { placesSnapshot } from "../src/modules/places/index.ts";
import { promisesSubscribers, promisingNow } from "../src/modules/promises/index.ts";
import { abandonCart, operate } from "../src/modules/carts/index.ts";
import { eraseRounds, planTaken, setPrepared } from "../src/modules/fulfillment/index.ts";
import { dbOn, type Actor, type ReadCtx } from "../src/platform/index.ts";
import { stationQueueOf } from "../src/views/board/stations.ts";
import { parkedTickets, parkTicket, resumeTicket } from "../src/modules/till/commands/parked.ts";
import { eraseTill } from "../src/modules/till/erase.ts";
import { endTab, followTab, sendCourse } from "../src/modules/till/tables/courses.ts";
import { presentTab, tablesLive } from "../src/modules/till/tables/routes.ts";
import { setTab, tabsHere, takeOverTab, zonesAt } from "../src/modules/till/tables/tabs.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await clearTables(hub);
  await settings({ stations: "Bar: coffee; Rest", tables: "Inside: 1/2, 2/4; Terrace: T1" });
});

async function settings(value: object): Promise<void> {
  await hub.rows("update places.place set settings = $2 where id = $1", [LYON, JSON.stringify(value)]);
  hub.around.snapshots.invalidate();
}

const as = (actor: Actor): ReadCtx => ({ ...hub.around, db: dbOn(hub.pool), now: new Date(), actor });
const stations = () => stationQueueOf(as(tillActor()), LYON, new Date());
const seat = (cart: TestCart, table = "1", given: { name?: string; courses?: Record<string, number> } = {}, actor = cart.actor) =>
  hub.run((ctx) => setTab(ctx, cart.id, { table, name: given.name ?? null, courses: given.courses }), actor);
const send = (cart: TestCart, course = 0, actor = cart.actor) => hub.run((ctx) => sendCourse(ctx, cart.id, course), actor);
const apply = (cart: TestCart, operation: CartOperation) =>
  hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: [operation] }), cart.actor);
const setQuantity = (cart: TestCart, lineId: LineId, quantity: number) =>
  apply(cart, { id: newId(), kind: "setQuantity", lineId, quantity });

/** A ticket at table 1 with cappuccinos and a croissant. */
async function guests(cappuccinos = 2): Promise<TestCart & { readonly coffee: LineId; readonly pastry: LineId }> {
  const cart = await hub.cart(
    [
      [CAPPUCCINO, cappuccinos],
      [CROISSANT, 1],
    ],
    { actor: tillActor() },
  );
  await hub.must((ctx) => setTab(ctx, cart.id, { table: "1", name: null }), cart.actor);
  const [coffee, pastry] = cart.view.lines.map(({ id }) => asId<LineId>(id));
  if (!coffee || !pastry) throw new Error("two lines");
  return { ...cart, coffee, pastry };
}

const shortly = ({ table, course, items }: StationTicketView) => ({
  table,
  course,
  items: items.map(({ quantity, canceled, done }) => [quantity, canceled ?? 0, done]),
});

async function pay(cart: TestCart): Promise<void> {
  const { total } = (await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: [] }), cart.actor)).cart.totals;
  const place = { kind: "take_away" as const, placeId: LYON, dining: "eat_in" as const, dueAt: null };
  const sold = await hub.sell(cart, [{ kind: "cash", received: 100_000 }], { mode: "live", expectedTotal: total, fulfillment: place });
  if (!sold.ok) throw new Error(JSON.stringify(sold));
}

describe("a ticket at a table", () => {
  it("[TBL-1] is put at a table that the store has; without any there are no tables at all", async () => {
    const cart = await hub.cart([[CROISSANT, 1]], { actor: tillActor() });
    expect(await seat(cart, "9")).toMatchObject({ ok: false, error: { code: "till.table_unknown", table: "9" } });
    expect(await zonesAt(as(tillActor()), LYON)).toMatchObject([{ name: "Inside" }, { name: "Terrace" }]);
    await settings({ stations: "Bar" });
    expect(await zonesAt(as(tillActor()), LYON)).toEqual([]);
    expect(await seat(cart)).toMatchObject({ ok: false, error: { code: "till.table_unknown" } });
  });

  it("[TBL-2] waits there for any till of its store, moves with its guests, and is at one table only; a table has as many as sit at it", async () => {
    const [one, two] = [await guests(), await guests()];
    expect(await seat(one, "T1", { name: "Window" })).toMatchObject({ ok: true, value: { table: "T1", name: "Window" } });
    expect((await tabsHere(as(tillActor()))).map(({ tab, isWaiting }) => [tab.table, tab.name, isWaiting])).toEqual([
      ["T1", "Window", false],
      ["1", null, false],
    ]);
    expect(await seat(two, "2", {}, otherTill())).toMatchObject({ ok: false, error: { code: "cart.unknown" } });
    await hub.must((ctx) => parkTicket(ctx, two.id), two.actor);
    expect(await seat(two, "T1", { name: "Door" }, otherTill())).toMatchObject({ ok: true });
    expect(await seat(two, "1", {}, { ...tillActor(PARIS), staff: null })).toMatchObject({ ok: false, error: { code: "cart.unknown" } });
    expect((await tabsHere(as(otherTill()))).map(({ tab, isWaiting }) => [tab.table, tab.name, isWaiting])).toEqual([
      ["T1", "Window", false],
      ["T1", "Door", true],
    ]);
  });

  it("[TBL-2] that two tills want at once goes to exactly one", async () => {
    for (let round = 0; round < 3; round++) {
      const cart = await guests();
      await hub.must((ctx) => parkTicket(ctx, cart.id), cart.actor);
      const third = { ...otherTill(), device: { ...tillActor().device, id: testId<DeviceId>("device", 3) } } as Actor; // a till like the others
      const taken = await Promise.all([otherTill(), third].map((actor) => hub.run((ctx) => resumeTicket(ctx, cart.id), actor)));
      expect(taken.filter((one) => one.ok)).toHaveLength(1);
    }
    expect(await hub.broken()).toEqual([]);
  });

  it("[TBL-9] that another till has open is taken over, by one of two at once; who had it has it no more, and is told", async () => {
    const cart = await guests();
    const third = { ...otherTill(), device: { ...tillActor().device, id: testId<DeviceId>("device", 3) } } as Actor; // a till like the others
    const takeOver = (actor: Actor) => hub.run((ctx) => takeOverTab(ctx, cart.id), actor);
    const isTheirs = async (actor: Actor) => (await hub.run((ctx) => operate(ctx, { cartId: cart.id, operations: [] }), actor)).ok;
    expect(await takeOver({ ...tillActor(PARIS), staff: null })).toMatchObject({ ok: false, error: { code: "till.no_tab" } });
    await hub.published();
    const taken = await Promise.all([otherTill(), third].map(takeOver));
    expect(taken.map(({ ok: isTaken }) => isTaken)).toEqual([true, true]);
    expect(await isTheirs(cart.actor)).toBe(false);
    expect([await isTheirs(otherTill()), await isTheirs(third)].filter((one) => one)).toHaveLength(1);
    expect((await hub.published()).filter(({ type }) => type === "cart.left.v1")).toHaveLength(2);
    const [log] = await hub.rows("select reason from access.audit_entry where action = 'till.takeOverTab' and subject = $1", [
      `cart/${cart.id}`,
    ]);
    expect(log).toMatchObject({ reason: expect.stringMatching(/^1, from /) });
    const none = await hub.cart([[CROISSANT, 1]], { actor: tillActor() });
    expect(await hub.run((ctx) => takeOverTab(ctx, none.id), otherTill())).toMatchObject({ ok: false, error: { code: "till.no_tab" } });
    expect(await hub.broken()).toEqual([]);
  });

  it("[TBL-3] is eaten here from then on, at the prices and taxes of that", async () => {
    const cart = await guests();
    const { cart: view } = await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: [] }), cart.actor);
    expect(view.fulfillment).toMatchObject({ kind: "take_away", dining: "eat_in" });
  });

  it("[TBL-4] stands at its table however long that takes, is no parked ticket of a list, and leaves with the payment", async () => {
    const [cart, other] = [await guests(), await guests()];
    await hub.must((ctx) => parkTicket(ctx, cart.id), cart.actor);
    await hub.rows("update till.parked_ticket set parked_at = now() - interval '30 days'");
    await hub.must((ctx) => parkTicket(ctx, other.id), other.actor);
    expect(await parkedTickets(as(tillActor()))).toEqual([]);
    expect((await tabsHere(as(tillActor()))).map(({ tab }) => tab.cartId)).toEqual([cart.id, other.id]);
    await hub.must((ctx) => resumeTicket(ctx, cart.id), cart.actor);
    await pay(cart);
    expect((await tabsHere(as(tillActor()))).map(({ tab }) => tab.cartId)).toEqual([other.id]);
  });

  it("[TBL-2] is told to every till of its store and to no other caller", async () => {
    expect(await tablesLive.authorize(as(otherTill()), LYON, null)).toBe("till");
    expect(await tablesLive.authorize(as(tillActor(PARIS)), LYON, null)).toBeNull();
    await hub.rows("delete from platform.outbox");
    await guests();
    const facts = (await hub.published()).filter(({ type }) => tablesLive.affectedBy.some((affected) => affected.type === type));
    expect(facts.map(({ type }) => type)).toEqual(["till.tab_changed.v1"]);
  });
});

describe("courses", () => {
  it("[TBL-5] go to the stations when they are sent, each once, also when two tills' taps arrive together", async () => {
    const cart = await guests();
    await seat(cart, "1", { courses: { [cart.coffee]: 2 } });
    expect((await stations()).tickets).toEqual([]);
    await send(cart, 1);
    expect((await stations()).tickets).toEqual([]);
    const sent = await Promise.all([send(cart, 2), send(cart, 2), send(cart, 2)]);
    expect(sent.every((one) => one.ok)).toBe(true);
    expect((await stations()).tickets.map(shortly)).toEqual([{ table: "1", course: 2, items: [[2, 0, false]] }]);
    await setQuantity(cart, cart.coffee, 5);
    await send(cart, 2);
    expect((await stations()).tickets.map(shortly).map(({ items }) => items)).toEqual([[[2, 0, false]], [[3, 0, false]]]);
    const tab = (await tabsHere(as(tillActor())))[0]?.tab;
    expect(tab && (await presentTab(as(tillActor()), tab)).sent).toEqual([{ lineId: cart.coffee, quantity: 5 }]);
    expect((await hub.published()).findLast(({ type }) => type === "fulfillment.round_changed.v1")?.data).toMatchObject({
      what: "sent",
      workSeconds: 150,
    });
  });

  it("[TBL-6] are made and called back like any order, and are nobody's of another place", async () => {
    const cart = await guests();
    await send(cart);
    const [ticket] = (await stations()).tickets;
    const say = (isDone: boolean, actor = tillActor()) =>
      hub.run((ctx) => setPrepared(ctx, asId<FulfillmentId>(ticket?.id ?? ""), [cart.coffee], isDone), actor);
    expect(await say(true, tillActor(PARIS))).toMatchObject({ ok: false, error: { code: "fulfillment.other_place" } });
    expect(await say(true)).toMatchObject({ ok: true, value: { state: "ready", doneLineIds: [cart.coffee] } });
    expect(await stations()).toMatchObject({ tickets: [], recent: [{ id: ticket?.id, table: "1" }] });
    await say(false);
    expect(await stations()).toMatchObject({ tickets: [{ id: ticket?.id }], recent: [] });
  });

  it("[TBL-7] what was sent and is taken off stays at the station as canceled until somebody there has seen it, and is in the audit", async () => {
    const cart = await guests(3);
    await send(cart);
    await setQuantity(cart, cart.coffee, 1);
    await hub.must((ctx) => followTab(ctx, cart.id), cart.actor);
    await hub.must((ctx) => followTab(ctx, cart.id), cart.actor);
    expect((await stations()).tickets.map(shortly)).toEqual([{ table: "1", course: undefined, items: [[1, 2, false]] }]);
    await apply(cart, { id: newId(), kind: "remove", lineId: cart.coffee });
    await hub.must((ctx) => followTab(ctx, cart.id), cart.actor);
    const [ticket] = (await stations()).tickets;
    expect(ticket && shortly(ticket).items).toEqual([[0, 3, false]]);
    await hub.must((ctx) => setPrepared(ctx, asId<FulfillmentId>(ticket?.id ?? ""), [cart.coffee], true), tillActor());
    expect((await stations()).tickets).toEqual([]);
    const audited = await hub.rows<{ reason: string }>("select reason from access.audit_entry where subject = $1 order by at, id", [
      `cart/${cart.id}`,
    ]);
    expect(audited.map(({ reason }) => reason)).toEqual([`1: 2 × SKU-${CAPPUCCINO}`, `1: 1 × SKU-${CAPPUCCINO}`]);
  });

  it("[TBL-7] a ticket that is given up takes all of it back", async () => {
    const cart = await guests();
    await send(cart);
    await hub.must((ctx) => abandonCart(ctx, cart.id), cart.actor);
    await hub.must(async (ctx) => ok(await endTab(ctx, cart.id)), cart.actor);
    expect((await stations()).tickets.map(shortly).map(({ items }) => items)).toEqual([[[0, 2, false]]]);
    expect(await tabsHere(as(tillActor()))).toEqual([]);
  });

  it("[TBL-7] what was sent last is taken off first", () => {
    const line = asId<LineId>("line");
    const sent = [3, 2].map((quantity, n) => ({ roundId: `${n}`, lineId: line, sku: "A", quantity }));
    expect(planTaken(sent, new Map([[line, 1]])).map(({ roundId, quantity }) => [roundId, quantity])).toEqual([
      ["0", 3],
      ["1", 1],
    ]);
    expect(planTaken(sent, new Map([[line, 9]]))).toEqual([]);
    expect(planTaken(sent, new Map())).toHaveLength(2);
  });

  it("[TBL-8] what was sent is not made again once it is paid; the rest comes as from any counter, also when both happen at once", async () => {
    const cart = await guests(3);
    await setQuantity(cart, cart.coffee, 2);
    await send(cart);
    await setQuantity(cart, cart.coffee, 3);
    await pay(cart);
    const shown = (await stations()).tickets.map(shortly);
    expect(shown.find(({ table }) => table === "1")?.items).toEqual([[2, 0, false]]);
    expect(shown.filter(({ table }) => table === undefined).map(({ items }) => items)).toEqual([[[1, 0, false]]]);
    const raced = await guests(1);
    await Promise.allSettled([pay(raced), send(raced)]);
    const units = (await stations()).tickets.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0);
    expect(units).toBe(4);
    expect(await hub.broken()).toEqual([]);
  });

  it("[PRM-34] are work before others from then on, and their order brings only the rest", async () => {
    await hub.rows("delete from promises.queue_item");
    await hub.rows("delete from platform.outbox");
    await hub.rows("insert into promises.station_seen (place_id, at) values ($1, now()) on conflict (place_id) do update set at = now()", [
      LYON,
    ]);
    const cart = await guests(2);
    await send(cart);
    expect(await queueSeconds()).toBe(100);
    await setQuantity(cart, cart.coffee, 3);
    await pay(cart);
    expect(await queueSeconds()).toBe(150);
    const ticket = (await stations()).tickets.find(({ table }) => table !== undefined);
    await hub.must((ctx) => setPrepared(ctx, asId<FulfillmentId>(ticket?.id ?? ""), [cart.coffee], true), tillActor());
    expect(await queueSeconds()).toBe(50);
  });

  it("[TBL-2] forgets with its customer what they were called and what they said", async () => {
    const cart = await guests();
    await seat(cart, "1", { name: "Marie" });
    await hub.rows("update carts.cart_line set note = 'no sugar' where id = $1", [cart.coffee]);
    await send(cart);
    const [row] = await hub.rows<{ id: RecordId }>("select record_id as id from carts.cart where id = $1", [cart.id]);
    await hub.must(async (ctx) => {
      await eraseTill(ctx, row ? [row.id] : []);
      return ok(await eraseRounds(ctx, row ? [row.id] : []));
    });
    expect(await hub.rows("select name from till.tab where cart_id = $1", [cart.id])).toEqual([{ name: null }]);
    const notes = await hub.rows<{ note: string | null }>(
      "select l.note from fulfillment.round_line l join fulfillment.round r on r.id = l.round_id where r.cart_id = $1",
      [cart.id],
    );
    expect(notes.map(({ note }) => note)).toEqual([null, null]);
  });
});

/** Seconds of work before Lyon, once `promises` has heard of what happened. */
async function queueSeconds(): Promise<number> {
  const facts = await hub.rows<Pick<HubEvent, "id" | "type" | "subject" | "data">>(
    "delete from platform.outbox where type in ('order.placed.v1', 'fulfillment.changed.v1', 'fulfillment.round_changed.v1') returning id, type, subject, data",
  );
  const time = new Date().toISOString();
  const events = facts.map((fact, index): HubEvent => ({ ...fact, source: "hub", time, position: index }));
  await hub.must(async (ctx) => {
    for (const { handleSet } of promisesSubscribers) await handleSet?.(ctx, events);
    return ok(null);
  });
  hub.around.snapshots.invalidate();
  const place = (await hub.around.snapshots.current(placesSnapshot)).places.get(LYON);
  return place ? ((await promisingNow(hub.around.snapshots, place, new Date())).queueSeconds ?? 0) : 0;
}
