import type { CartOperation, StationTicketView } from "@weft/contracts";
import { asId, newId, type CartId, type FulfillmentId, type HubEvent, type LineId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CAPPUCCINO, CROISSANT, LYON, PARIS, PRICES, saleHub, tillActor, type SaleHub, type TestCart } from "./sale-hub.ts";
import { testId, variantId } from "./goods-hub.ts";
import { clearTables, otherTill } from "./tables-hub.ts";
import { loadCart, operate } from "../src/modules/carts/index.ts";
import { setPrepared } from "../src/modules/fulfillment/index.ts";
import { setPrices, type PriceListId } from "../src/modules/pricing/index.ts";
import { placesSnapshot } from "../src/modules/places/index.ts";
import { promisesSubscribers, promisingNow } from "../src/modules/promises/index.ts";
import { dbOn, type Actor, type ReadCtx } from "../src/platform/index.ts";
import { stationQueueOf } from "../src/views/board/stations.ts";
import { parkTicket, resumeTicket } from "../src/modules/till/commands/parked.ts";
import { followTab, sendCourse } from "../src/modules/till/tables/courses.ts";
import { moveTabLines, type WantedMoves } from "../src/modules/till/tables/move-lines.ts";
import { presentTab } from "../src/modules/till/tables/routes.ts";
import { setTab, tabOf, tabsHere } from "../src/modules/till/tables/tabs.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.rows("update places.place set settings = $2 where id = $1", [
    LYON,
    JSON.stringify({ stations: "Bar: coffee; Rest", tables: "Inside: 1/2, 2/4; Terrace: T1" }),
  ]);
  hub.around.snapshots.invalidate();
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => clearTables(hub));

const as = (actor: Actor): ReadCtx => ({ ...hub.around, db: dbOn(hub.pool), now: new Date(), actor });
const stations = () => stationQueueOf(as(tillActor()), LYON, new Date());
const send = (cart: Seated, actor = cart.actor) => hub.must((ctx) => sendCourse(ctx, cart.id, 0), actor);
const park = (cart: Seated) => hub.must((ctx) => parkTicket(ctx, cart.id), cart.actor);
const apply = (cart: TestCart, operation: CartOperation) =>
  hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: [operation] }), cart.actor);
const viewOf = async (cart: TestCart) => (await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: [] }), cart.actor)).cart;

type Seated = TestCart & { readonly coffee: LineId; readonly pastry: LineId };

/** A ticket at a table with three cappuccinos and a croissant. */
async function guests(table = "1", actor = tillActor()): Promise<Seated> {
  const cart = await hub.cart(
    [
      [CAPPUCCINO, 3],
      [CROISSANT, 1],
    ],
    { actor },
  );
  await hub.must((ctx) => setTab(ctx, cart.id, { table, name: null }), cart.actor);
  const [coffee, pastry] = cart.view.lines.map(({ id }) => asId<LineId>(id));
  if (!coffee || !pastry) throw new Error("two lines");
  return { ...cart, coffee, pastry };
}

const units = (lineId: LineId, quantity: number, partId = newId<LineId>()) => ({ lineId, quantity, partId });
const to = (cart: { readonly id: CartId }, ...lines: WantedMoves["lines"]): WantedMoves => ({
  toCartId: cart.id,
  opens: null,
  lines,
  paid: 0,
});
const move = (from: Seated, wanted: WantedMoves, actor = from.actor) => hub.run((ctx) => moveTabLines(ctx, from.id, wanted), actor);

async function linesOf(cartId: CartId): Promise<Record<string, number>> {
  const cart = await loadCart(as(tillActor()), cartId);
  return Object.fromEntries((cart?.lines ?? []).map(({ id, quantity }) => [id, quantity]));
}

/** Units of both goods on these tickets together: so many as were ordered, whatever was tapped where. */
async function unitsOn(...carts: readonly CartId[]): Promise<number> {
  const found = await Promise.all(carts.map(linesOf));
  return found.flatMap((lines) => Object.values(lines)).reduce((sum, quantity) => sum + quantity, 0);
}

const shortly = ({ table, items }: StationTicketView) => ({
  table,
  items: items.map(({ quantity, canceled, done, table: there }) => [quantity, canceled ?? 0, done, ...(there ? [there] : [])]),
});

async function pay(cart: TestCart): Promise<void> {
  const { total } = (await viewOf(cart)).totals;
  const place = { kind: "take_away" as const, placeId: LYON, dining: "eat_in" as const, dueAt: null };
  const sold = await hub.sell(cart, [{ kind: "cash", received: 100_000 }], { mode: "live", expectedTotal: total, fulfillment: place });
  if (!sold.ok) throw new Error(JSON.stringify(sold));
}

describe("lines of a table's ticket", () => {
  it("[TBL-10] move to another ticket, whole or some units of them, with their course, their note and the stock that they hold", async () => {
    const [her, his] = [await guests("1"), await guests("2")];
    await park(his);
    await apply(her, { id: newId(), kind: "setNote", lineId: her.coffee, note: "oat milk" });
    await hub.must((ctx) => setTab(ctx, her.id, { table: "1", name: null, courses: { [her.coffee]: 2, [her.pastry]: 3 } }), her.actor);
    const { held } = await hub.level(CROISSANT);
    const [part, whole] = [newId<LineId>(), newId<LineId>()];
    const moved = await move(her, to(his, units(her.coffee, 1, part), units(her.pastry, 1, whole)));
    expect(moved).toMatchObject({ ok: true, value: { cart: { lines: [{ id: her.coffee, quantity: 2 }] }, to: { table: "2" } } });
    expect(await linesOf(his.id)).toEqual({ [his.coffee]: 3, [his.pastry]: 1, [part]: 1, [whole]: 1 });
    expect((await loadCart(as(tillActor()), his.id))?.lines.find(({ id }) => id === part)).toMatchObject({ note: "oat milk", position: 3 });
    expect((await tabOf(as(tillActor()), his.id))?.courses).toEqual({ [part]: 2, [whole]: 3 });
    expect((await tabOf(as(tillActor()), her.id))?.courses).toEqual({ [her.coffee]: 2 });
    expect((await hub.level(CROISSANT)).held).toBe(held);
    const [log] = await hub.rows("select reason from access.audit_entry where action = 'till.moveLines' and subject = $1", [
      `cart/${her.id}`,
    ]);
    expect(log).toEqual({ reason: `1 → 2: 1 × SKU-${CAPPUCCINO}, 1 × SKU-${CROISSANT}` });
    await hub.must((ctx) => resumeTicket(ctx, his.id), his.actor);
    await pay(his);
    await pay(her);
    expect(await hub.broken()).toEqual([]);
  });

  it("[TBL-10] move to a new ticket with a name, which waits at its table; asked again nothing more moves", async () => {
    const her = await guests();
    const wanted = { ...to({ id: newId<CartId>() }, units(her.coffee, 2)), opens: { table: "1", name: "Marie" } };
    expect(await move(her, wanted)).toMatchObject({ ok: true, value: { to: { table: "1", name: "Marie" } } });
    expect(await move(her, wanted)).toMatchObject({ ok: true, value: { cart: { lines: [{ quantity: 1 }, { quantity: 1 }] } } });
    const shown = await tabsHere(as(otherTill()));
    expect(shown.map(({ tab, isWaiting, cart }) => [tab.name, isWaiting, cart.lines.map(({ quantity }) => quantity)])).toEqual([
      [null, false, [1, 1]],
      ["Marie", true, [2]],
    ]);
    expect(shown[1]?.cart.wanted).toMatchObject({ dining: "eat_in" });
    const away = { ...wanted, toCartId: newId<CartId>(), opens: { table: "9", name: null } };
    expect(await move(her, away)).toMatchObject({ ok: false, error: { code: "till.table_unknown" } });
  });

  it("[TBL-10] leave a ticket without a line, which has left its table", async () => {
    const [her, his] = [await guests(), await guests("2")];
    await park(his);
    expect(await move(her, to(his, units(her.coffee, 3), units(her.pastry, 1)))).toMatchObject({
      value: { cart: { state: "merged", lines: [] } },
    });
    expect((await tabsHere(as(tillActor()))).map(({ tab }) => tab.cartId)).toEqual([his.id]);
    expect(await move(her, to(his, units(his.coffee, 1)))).toMatchObject({ ok: false });
    expect(await hub.broken()).toEqual([]);
  });

  it("[TBL-10] stay where another till has the ticket, where there are fewer by now, and at their store", async () => {
    const [her, his] = [await guests(), await guests("2", otherTill())];
    expect(await move(her, to(his, units(her.coffee, 1)))).toMatchObject({ ok: false, error: { code: "till.tab_elsewhere" } });
    expect(await move(his, to(her, units(his.coffee, 1)), tillActor())).toMatchObject({ ok: false, error: { code: "till.tab_elsewhere" } });
    await park(his);
    expect(await move(her, to(his, units(her.coffee, 4)))).toMatchObject({ ok: false, error: { code: "cart.units_gone", left: 3 } });
    expect(await move(her, to(his, units(newId<LineId>(), 1)))).toMatchObject({ ok: false, error: { code: "cart.units_gone", left: 0 } });
    const abroad = { ...tillActor(PARIS), staff: null };
    expect(await move(his, to(her, units(his.coffee, 1)), abroad)).toMatchObject({ ok: false, error: { code: "till.no_tab" } });
    const counter = await hub.cart([[CROISSANT, 1]], { actor: tillActor() });
    expect(await move(her, to(counter, units(her.coffee, 1)))).toMatchObject({ ok: false, error: { code: "till.no_tab" } });
    expect(await unitsOn(her.id, his.id)).toBe(8);
  });

  it("[TBL-10] are on exactly one ticket when two tills move them at once, either way, and when one of them takes the ticket meanwhile", async () => {
    for (let round = 0; round < 3; round++) {
      const [a, b, c] = [await guests(), await guests("2"), await guests("T1")];
      for (const cart of [a, b, c]) await park(cart);
      const answers = await Promise.all([
        move(a, to(b, units(a.coffee, 3)), otherTill(2)),
        move(a, to(c, units(a.coffee, 3)), otherTill(3)),
        move(b, to(a, units(b.pastry, 1), units(b.coffee, 2)), otherTill(4)),
        hub.run((ctx) => resumeTicket(ctx, c.id), otherTill(5)),
      ]);
      expect(answers.slice(0, 2).filter(({ ok: isMoved }) => isMoved).length).toBeLessThan(2);
      expect(answers[3]?.ok).toBe(true);
      expect(await unitsOn(a.id, b.id, c.id)).toBe(12);
    }
    expect(await hub.broken()).toEqual([]);
  });

  it("[TBL-10] move once when the same move comes twice at once, and not at all when it is cut off before its end", async () => {
    const her = await guests();
    const wanted = { ...to({ id: newId<CartId>() }, units(her.coffee, 1)), opens: { table: "2", name: "Jo" } };
    const answers = await Promise.all([move(her, wanted), move(her, wanted)]);
    expect(answers.map(({ ok: isMoved }) => isMoved)).toEqual([true, true]);
    expect([await linesOf(her.id), Object.values(await linesOf(wanted.toCartId))]).toEqual([{ [her.coffee]: 2, [her.pastry]: 1 }, [1]]);
    const cut = { ...wanted, toCartId: newId<CartId>(), lines: [units(her.pastry, 1)] };
    const died = hub.run(async (ctx) => {
      await moveTabLines(ctx, her.id, cut);
      throw new Error("the power went");
    }, her.actor);
    await expect(died).rejects.toThrow("the power went");
    expect(await linesOf(her.id)).toEqual({ [her.coffee]: 2, [her.pastry]: 1 });
    expect(await linesOf(cut.toCartId)).toEqual({});
  });

  it("[TBL-12] keep the price that they were shown with to the end that was stated, and cost what they cost now after it", async () => {
    const price = async (amount: number) => {
      const listId = testId<PriceListId>("price list", 1);
      const unitPrice = { amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } };
      await hub.must((ctx) => setPrices(ctx, [{ listId, variantId: variantId(CAPPUCCINO), minQuantity: 1, unitPrice }]));
      hub.around.snapshots.invalidate();
    };
    const full = PRICES[CAPPUCCINO] ?? 0;
    await price(200); // happy hour
    const [early, late, his] = [await guests(), await guests("2"), await guests("T1")];
    await price(full);
    await park(his);
    await hub.rows("update carts.cart set prices_until = now() - interval '1 second' where id = any ($1)", [[late.id, his.id]]);
    const [shown] = (await viewOf(early)).lines;
    const [one, two] = [newId<LineId>(), newId<LineId>()];
    await move(early, to(his, units(early.coffee, 1, one)));
    await move(late, to(his, units(late.coffee, 1, two)));
    const lines = new Map((await viewOf(his)).lines.map((line) => [line.id as LineId, line]));
    expect([one, two, his.coffee].map((id) => lines.get(id)?.unitPrice?.amount)).toEqual([200, full, full]);
    expect(Date.parse(lines.get(one)?.heldUntil ?? "")).toBeGreaterThanOrEqual(Date.parse(shown?.heldUntil ?? ""));
    expect((await viewOf(early)).lines[0]).toMatchObject({ quantity: 2, unitPrice: { amount: 200 } });
  });

  it("[TBL-12] earn points for whoever the ticket is of on which they are paid", async () => {
    const [her, his] = [await guests(), await guests("2")];
    const { customer } = await hub.customer();
    await hub.rows("update carts.cart set record_id = $2 where id = $1", [his.id, customer.recordId]);
    await park(his);
    await move(her, to(his, units(her.coffee, 3)));
    await hub.must((ctx) => resumeTicket(ctx, his.id), his.actor);
    await pay(his);
    const [order] = await hub.rows("select points_earned, record_id from orders.orders where cart_id = $1", [his.id]);
    expect(order).toEqual({ points_earned: Math.floor((6 * 390 + 180) / 100), record_id: customer.recordId });
  });

  it("[TBL-13] leave at least what somebody has paid of their ticket", async () => {
    const [her, his] = [await guests(), await guests("2")];
    await park(his);
    const total = 3 * 390 + 180;
    expect(await move(her, { ...to(his, units(her.coffee, 2)), paid: total - 2 * 390 + 1 })).toMatchObject({
      ok: false,
      error: { code: "till.paid_stays", paid: total - 2 * 390 + 1, left: total - 2 * 390 },
    });
    expect(await unitsOn(her.id)).toBe(4);
    expect(await move(her, { ...to(his, units(her.coffee, 2)), paid: total - 2 * 390 })).toMatchObject({ ok: true });
  });
});

describe("what stations have of moved lines", () => {
  it("[TBL-11] stays the one ticket that it was, goes on to belong to the other ticket, and is not made again when that is paid", async () => {
    const [her, his] = [await guests(), await guests("2")];
    await send(her);
    await park(his);
    const part = newId<LineId>();
    await move(her, to(his, units(her.coffee, 2, part)));
    expect((await stations()).tickets.map(shortly)).toEqual([
      {
        table: "1",
        items: expect.arrayContaining([
          [1, 0, false],
          [2, 0, false, "2"],
        ]),
      },
    ]);
    const tab = await tabOf(as(tillActor()), his.id);
    expect(tab && (await presentTab(as(tillActor()), tab)).sent).toEqual([{ lineId: part, quantity: 2 }]);
    await hub.must((ctx) => resumeTicket(ctx, his.id), his.actor);
    await send(his);
    await send(her);
    await pay(her);
    await pay(his);
    const made = (await stations()).tickets.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0);
    expect(made).toBe(6);
    expect(await hub.broken()).toEqual([]);
  });

  it("[TBL-11] is told there as canceled when it is taken off the ticket that it moved to", async () => {
    const [her, his] = [await guests(), await guests("2")];
    await send(her);
    const mine = (await stations()).tickets[0]?.id;
    await park(his);
    const there = newId<LineId>();
    await move(her, to(his, units(her.coffee, 3, there)));
    await hub.must((ctx) => followTab(ctx, her.id), her.actor);
    expect((await stations()).tickets.map(shortly)).toEqual([{ table: "2", items: [[3, 0, false]] }]);
    await hub.must((ctx) => resumeTicket(ctx, his.id), his.actor);
    await apply(his, { id: newId(), kind: "setQuantity", lineId: there, quantity: 1 });
    await hub.must((ctx) => followTab(ctx, his.id), his.actor);
    const [ticket] = (await stations()).tickets;
    expect(ticket && [ticket.id, shortly(ticket).items]).toEqual([mine, [[1, 2, false]]]);
  });

  it("[TBL-11] was made as far as it was made, and a tap on it is none that is lost", async () => {
    const [her, his] = [await guests(), await guests("2")];
    await send(her);
    await park(his);
    const [ticket] = (await stations()).tickets;
    const tap = (lineId: LineId) => hub.run((ctx) => setPrepared(ctx, asId<FulfillmentId>(ticket?.id ?? ""), [lineId], true), tillActor());
    await tap(her.coffee);
    await move(her, to(his, units(her.coffee, 1)));
    await move(her, to(his, units(her.coffee, 2)));
    expect(await stations()).toMatchObject({ tickets: [], recent: [{ id: ticket?.id }] });
    const [again, theirs] = [await guests(), await guests("2")];
    await send(again);
    await park(theirs);
    const [waiting] = (await stations()).tickets;
    const tapped = hub.run((ctx) => setPrepared(ctx, asId<FulfillmentId>(waiting?.id ?? ""), [again.coffee], true), tillActor());
    const [said] = await Promise.all([tapped, move(again, to(theirs, units(again.coffee, 2)))]);
    expect(said).toMatchObject({ ok: true });
    expect((await stations()).tickets.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0)).toBeLessThanOrEqual(
      2,
    );
  });

  it("[TBL-11] is brought to the table to which its guests have moved", async () => {
    const her = await guests();
    await send(her);
    await hub.must((ctx) => setTab(ctx, her.id, { table: "T1", name: null }), her.actor);
    expect((await stations()).tickets.map(shortly)).toEqual([{ table: "T1", items: [[3, 0, false]] }]);
  });

  it("[PRM-34] is work of the order that it is paid with", async () => {
    await hub.rows("delete from promises.queue_item");
    await hub.rows("delete from platform.outbox");
    await hub.rows("insert into promises.station_seen (place_id, at) values ($1, now()) on conflict (place_id) do update set at = now()", [
      LYON,
    ]);
    const [her, his] = [await guests(), await guests("2")];
    await send(her);
    await park(his);
    await move(her, to(his, units(her.coffee, 2)));
    expect(await queueSeconds()).toBe(150);
    await hub.must((ctx) => resumeTicket(ctx, his.id), his.actor);
    await pay(his);
    expect(await queueSeconds()).toBe(300);
    await pay(her);
    expect(await queueSeconds()).toBe(300);
  });
});

/** Seconds of work before Lyon, once `promises` has heard of what happened, and of some of it twice. */
async function queueSeconds(): Promise<number> {
  const facts = await hub.rows<Pick<HubEvent, "id" | "type" | "subject" | "data">>(
    `with gone as (delete from platform.outbox where type in ('order.placed.v1', 'fulfillment.changed.v1', 'fulfillment.round_changed.v1') returning *)
     select id, type, subject, data from gone order by seq`,
  );
  const time = new Date().toISOString();
  const events = [...facts, ...facts].map((fact, index): HubEvent => ({ ...fact, source: "hub", time, position: index }));
  await hub.must(async (ctx) => {
    for (const { handleSet } of promisesSubscribers) await handleSet?.(ctx, events);
    return { ok: true, value: null };
  });
  hub.around.snapshots.invalidate();
  const place = (await hub.around.snapshots.current(placesSnapshot)).places.get(LYON);
  return place ? ((await promisingNow(hub.around.snapshots, place, new Date())).queueSeconds ?? 0) : 0;
}
