import { addDays, err, wallClock, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { variantId } from "../../../test/goods-hub.ts";
import { BEANS, CROISSANT, LYON, MUG, PARIS, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { beginServed, fulfillmentsOf } from "../fulfillment/index.ts";
import { dispatchTransfer, receiveTransfer, setAhead, stockInvariants } from "../stock/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { ordersInConflict, resolveConflict } from "./resolve-conflict.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());

const CARD = [{ kind: "card", token: "inline" }] as const;

/** Two orders of the web wait for the only two units, and the till sells one of them. */
async function conflictOver(goods: number): Promise<string> {
  const { allocated, held } = await hub.level(goods);
  await hub.stock(goods, LYON, 2 + allocated + held);
  for (let n = 0; n < 2; n++) expect((await hub.complete(await hub.cart([[goods, 1]]), CARD)).kind).toBe("placed");
  const ticket = await hub.cart([[goods, 1]], { actor: tillActor() });
  expect((await hub.sell(ticket, CARD, { mode: "recorded" })).ok).toBe(true);
  const [row] = await hub.rows<{ id: string }>("select id from stock.conflict where resolved_at is null");
  return row?.id ?? "";
}

/** Which of the two stores of the test hand over collections. */
async function collectsAt(places: readonly string[]): Promise<void> {
  await hub.rows("update places.place set services = case when id = any ($1::uuid[]) then '{collect}'::text[] else '{}' end", [places]);
  hub.around.snapshots.invalidate();
}

const orders = async (id: string, place = LYON) => {
  const found = await ordersInConflict({ ...hub.around, db: hub.db, now: new Date(), actor: tillActor(place) }, id);
  return found.ok ? found.value : [];
};

it("[CHK-11] canceling one of the orders that wait gives everything back and ends the conflict; the other one keeps its goods", async () => {
  const id = await conflictOver(MUG);
  const [newest, oldest] = await orders(id);
  expect(newest && oldest && newest.placedAt >= oldest.placedAt && newest.isCancelable).toBe(true);
  const orderId = newest?.orderId ?? "";
  const resolved = await hub.must(
    (ctx) => resolveConflict(ctx, hub.vault, id, { outcome: "cancel_order", orderId, note: "sold at the counter" }),
    tillActor(),
  );
  expect(resolved).toEqual({ state: "resolved" });
  expect(await hub.rows("select state, paid::int - refunded::int as kept from orders.read_state where id = $1", [orderId])).toEqual([
    { state: "canceled", kept: 0 },
  ]);
  expect(await hub.level(MUG)).toEqual({ on_hand: 1, allocated: 1, held: 0 });
  expect(await hub.rows("select outcome, note from stock.conflict where id = $1", [id])).toEqual([
    { outcome: "canceled_order", note: "sold at the counter" },
  ]);
  const again = await hub.run(
    (ctx) => resolveConflict(ctx, hub.vault, id, { outcome: "cancel_order", orderId, note: "again" }),
    tillActor(),
  );
  expect(again).toEqual(err({ code: "conflict.other_order" }));
  expect(await hub.broken()).toEqual([]);
});

it("[CHK-11] waiting leaves it open until goods come, and nobody decides for another place", async () => {
  const id = await conflictOver(BEANS);
  const wait = { outcome: "wait", note: "a delivery comes at noon" } as const;
  expect(await hub.run((ctx) => resolveConflict(ctx, hub.vault, id, wait), tillActor(PARIS))).toEqual(err({ code: "conflict.unknown" }));
  expect(await hub.must((ctx) => resolveConflict(ctx, hub.vault, id, wait), tillActor())).toEqual({ state: "open" });
  expect(await orders(id)).toHaveLength(2);
  await hub.rows("update stock.conflict set resolved_at = now() where resolved_at is null");
});

it("[CHK-11] another place serves the missing units: the order keeps its money, the goods come from there, and the conflict is over", async () => {
  await collectsAt([LYON, PARIS]);
  await hub.stock(CROISSANT, PARIS, 5);
  const id = await conflictOver(CROISSANT);
  const [newest] = await orders(id);
  expect(newest).toMatchObject({ units: 1, otherPlaceId: PARIS });
  const before = await hub.level(CROISSANT);
  const decision = { outcome: "other_place", orderId: newest?.orderId ?? "", note: "Paris has five" } as const;
  expect(await hub.must((ctx) => resolveConflict(ctx, hub.vault, id, decision), tillActor())).toEqual({ state: "resolved" });
  expect((await hub.level(CROISSANT)).on_hand).toBe(before.on_hand);
  expect(await hub.level(CROISSANT, PARIS)).toEqual({ on_hand: 5, allocated: 1, held: 0 });
  expect(await hub.rows("select state, paid::int - refunded::int as kept from orders.read_state where id = $1", [newest?.orderId])).toEqual(
    [{ state: "placed", kept: 180 }],
  );
  expect(await hub.run((ctx) => resolveConflict(ctx, hub.vault, id, decision), tillActor())).toEqual(err({ code: "conflict.other_order" }));
  expect(await hub.broken()).toEqual([]);
});

it("[CHK-11] a line is given up with its money back while the rest of the order goes on", async () => {
  await collectsAt([]);
  await hub.stock(BEANS, PARIS, 1);
  await hub.stock(MUG, PARIS, 10);
  const lines = [
    [BEANS, 1],
    [MUG, 1],
  ] as const;
  const done = await hub.complete(await hub.cart(lines, { place: PARIS }), CARD);
  const orderId = done.kind === "placed" ? done.view.id : "";
  expect((await hub.sell(await hub.cart([[BEANS, 1]], { actor: tillActor(PARIS), place: PARIS }), CARD, { mode: "recorded" })).ok).toBe(
    true,
  );
  const [conflict] = await hub.rows<{ id: string }>("select id from stock.conflict where resolved_at is null");
  const id = conflict?.id ?? "";
  expect((await orders(id, PARIS)).find((order) => order.orderId === orderId)).toMatchObject({ units: 1, otherPlaceId: null });
  const nowhere = { outcome: "other_place", orderId, note: "somebody must have it" } as const;
  expect(await hub.run((ctx) => resolveConflict(ctx, hub.vault, id, nowhere), tillActor(PARIS))).toEqual(
    err({ code: "conflict.no_other_place" }),
  );
  const line = { outcome: "cancel_line", orderId, note: "they agreed on the phone" } as const;
  expect(await hub.must((ctx) => resolveConflict(ctx, hub.vault, id, line), tillActor(PARIS))).toEqual({ state: "resolved" });
  expect(await hub.rows("select state, paid::int - refunded::int as kept from orders.read_state where id = $1", [orderId])).toEqual([
    { state: "placed", kept: 1400 },
  ]);
  expect(await hub.broken()).toEqual([]);
});

const inDays = (days: number) => addDays(wallClock(new Date(), "Europe/Paris").date, days);
const parts = async (orderId: string) =>
  (await fulfillmentsOf(hub, orderId as OrderId)).map(({ fulfillment }) => [fulfillment.state, fulfillment.awaits_on]); // as the hub names it
/** Units are counted anew by hand in this file: that is the one rule that does not hold. */
const brokenStock = async () => (await hub.violations(stockInvariants)).filter((one) => !one.startsWith("STK-6"));

it("[CHK-52] [STK-16] the missing units wait for the transfer that is on its way, as a part of their own, which is its place's once it came", async () => {
  await collectsAt([]);
  const id = await conflictOver(MUG);
  expect((await orders(id)).every(({ comesOn }) => comesOn === null)).toBe(true);
  await hub.stock(MUG, PARIS, 5 + (await hub.level(MUG, PARIS)).allocated);
  const sent = {
    fromPlaceId: PARIS,
    placeId: LYON,
    note: null,
    expectedOn: inDays(2),
    lines: [{ variantId: variantId(MUG), quantity: 3 }],
  };
  const transfer = await hub.must((ctx) => dispatchTransfer(ctx, sent), tillActor(PARIS));
  const [newest] = await orders(id);
  const orderId = newest?.orderId ?? "";
  expect(newest).toMatchObject({ units: 1, otherPlaceId: null, comesOn: inDays(2) });
  const until = (on: string) => ({ outcome: "wait_until", orderId, on, note: "Paris sends three" }) as const;
  expect(await hub.run((ctx) => resolveConflict(ctx, hub.vault, id, until(inDays(3))), tillActor())).toEqual(
    err({ code: "conflict.other_day", on: inDays(2) }),
  );
  expect(await hub.must((ctx) => resolveConflict(ctx, hub.vault, id, until(inDays(2))), tillActor())).toEqual({ state: "resolved" });
  expect(await parts(orderId)).toEqual([
    ["rejected", null],
    ["planned", inDays(2)],
  ]);
  const [told] = (await hub.published()).filter(({ type }) => type === "fulfillment.rejected.v1").slice(-1);
  expect(told?.data).toMatchObject({ orderId, movedToPlaceId: LYON });
  expect([...(await hub.broken()), ...(await brokenStock())]).toEqual([]);
  await hub.must((ctx) => receiveTransfer(ctx, transfer, []), tillActor());
  await hub.must(async (ctx) => ({ ok: true, value: await beginServed(ctx, orderId as OrderId, LYON) }) as const); // as above
  expect((await parts(orderId))[1]).toEqual(["planned", null]);
  expect(await hub.rows("select state, paid::int - refunded::int as kept from orders.read_state where id = $1", [orderId])).toEqual([
    { state: "placed", kept: 1400 },
  ]);
  expect([...(await hub.broken()), ...(await brokenStock())]).toEqual([]);
});

it("[CHK-52] the missing units wait for what is sold ahead and count there; who says no has all money back, and nobody waits any more", async () => {
  const id = await conflictOver(BEANS);
  const terms = { variantId: variantId(BEANS), placeId: LYON, kind: "backorder", most: 1, comesOn: inDays(7), inDays: null } as const;
  await hub.must((ctx) => setAhead(ctx, terms));
  hub.around.snapshots.invalidate();
  const [newest] = await orders(id);
  const orderId = newest?.orderId ?? "";
  expect(newest).toMatchObject({ units: 1, comesOn: inDays(7) });
  const wait = { outcome: "wait_until", orderId, on: inDays(7), note: "more beans next week" } as const;
  expect(await hub.must((ctx) => resolveConflict(ctx, hub.vault, id, wait), tillActor())).toEqual({ state: "resolved" });
  expect(await hub.rows("select taken from stock.ahead where variant_id = $1", [variantId(BEANS)])).toEqual([{ taken: 1 }]);
  expect([...(await hub.broken()), ...(await brokenStock())]).toEqual([]);
  await hub.must((ctx) => cancelOrder(ctx, orderId as OrderId, "not next week"), tillActor()); // as above
  expect(await hub.rows("select taken from stock.ahead where variant_id = $1", [variantId(BEANS)])).toEqual([{ taken: 0 }]);
  expect(await hub.rows("select state, paid::int - refunded::int as kept from orders.read_state where id = $1", [orderId])).toEqual([
    { state: "canceled", kept: 0 },
  ]);
  expect([...(await hub.broken()), ...(await brokenStock())]).toEqual([]);
});
