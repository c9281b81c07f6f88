import type { FulfillmentId, LineId, OrderId } from "@weft/kernel";
import { ok } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  advance,
  extendCollection,
  fulfillmentsOf,
  handOver,
  tellOverdue,
  type LineUnits,
  type RefusalReason,
} from "../fulfillment/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { giveUpCollection, rejectUnits } from "./refuse-units.ts";
import { CAPPUCCINO, LYON, MUG, PARIS, saleHub, tillActor, visitor, type Line, type SaleHub } from "../../../test/sale-hub.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  await hub.stock(MUG, PARIS, 0);
  await collectsAt([]);
});

const CARD = [{ kind: "card", token: "inline" }] as const;
const DUE = [{ kind: "due_at_collection" }] as const;

/** Both stores of the test stand at one spot; which of them hands over collections is given here. */
async function collectsAt(places: readonly string[]): Promise<void> {
  await hub.rows("update places.place set services = case when id = any ($1::uuid[]) then '{collect}'::text[] else '{}' end", [places]);
  hub.around.snapshots.invalidate();
}

type Ordered = { readonly orderId: OrderId; readonly id: FulfillmentId; readonly lines: readonly LineId[]; readonly code: string };

async function ordered(lines: readonly Line[], tenders: typeof CARD | typeof DUE = CARD, actor = visitor()): Promise<Ordered> {
  const done = await hub.complete(await hub.cart(lines, { actor }), tenders);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  const [fulfillment] = done.view.fulfillments;
  return {
    orderId: done.view.id as OrderId, // what the completion answered
    id: fulfillment?.id as FulfillmentId, // an order of the shop has one
    lines: (fulfillment?.lines ?? []).map(({ orderLineId }) => orderLineId as LineId), // the same
    code: fulfillment?.collectCode as string, // the same
  };
}

const visitorOf = (kind: "secret") => ({ ...visitor(), kind });
const reject = (id: FulfillmentId, reason: RefusalReason = "out_of_stock", lines: readonly LineUnits[] = [], actor = tillActor()) =>
  hub.run((ctx) => rejectUnits(ctx, hub.vault, id, { reason, lines, elsewhere: true }), actor);
const order = async (id: OrderId) =>
  (
    await hub.rows<{ state: string }>(
      "select state, payment_state, fulfillment_state, paid::int, due::int, refunded::int, canceled_amount::int, points_earned::int from orders.orders where id = $1",
      [id],
    )
  )[0];
const ready = (id: FulfillmentId, actor = tillActor()) => hub.must((ctx) => advance(ctx, id, "ready"), actor);
const give = (id: FulfillmentId, code: string, tenders: readonly { kind: "cash" }[] = [], actor = tillActor()) =>
  hub.run((ctx) => handOver(ctx, hub, { fulfillmentId: id, proof: "code", code, tenders }), actor);

describe("[CHK-13] a place refuses units", () => {
  it("one of three: the rest is handed over, the unit is paid back and leaves the stock figure", async () => {
    const { orderId, id, lines, code } = await ordered([[MUG, 3]]);
    const before = await hub.level(MUG);
    const [line] = lines;
    const refused = await reject(id, "cannot_find", [{ orderLineId: line as LineId, quantity: 1 }]); // the order has a line
    expect(refused).toMatchObject({
      ok: true,
      value: { fulfillment: { state: "planned" }, lines: [{ quantity: 2 }], refused: [{ quantity: 1 }] },
    });
    expect(await order(orderId)).toMatchObject({ state: "placed", payment_state: "paid", refunded: 1400, canceled_amount: 1400 });
    expect(await hub.level(MUG)).toEqual({ on_hand: before.on_hand - 1, allocated: before.allocated - 1, held: 0 });
    expect(await give(id, code)).toMatchObject({ ok: true });
    expect(await order(orderId)).toMatchObject({ state: "closed", fulfillment_state: "fulfilled" });
    expect(await hub.broken()).toEqual([]);
  });

  it("all of it: the order is canceled, money and points go back, and goods that are there stay", async () => {
    const customer = await hub.customer();
    const { orderId, id } = await ordered([[MUG, 2]], CARD, customer);
    const before = await hub.level(MUG);
    expect(await reject(id, "too_much_to_do")).toMatchObject({ ok: true, value: { fulfillment: { state: "rejected" } } });
    expect(await reject(id, "too_much_to_do")).toMatchObject({ ok: true });
    expect(await order(orderId)).toMatchObject({ state: "canceled", payment_state: "refunded", refunded: 2800 });
    expect(await hub.level(MUG)).toEqual({ ...before, allocated: before.allocated - 2 });
    const [points] = await hub.rows("select coalesce(sum(amount), 0)::int as points from ledger.read_movement where record_id = $1", [
      customer.customer.recordId,
    ]);
    expect(points).toEqual({ points: 0 });
    expect(await hub.broken()).toEqual([]);
  });

  it("what was to be paid at the counter is less by what is refused", async () => {
    const { orderId, id, lines, code } = await ordered([[MUG, 3]], DUE);
    await hub.must(
      (ctx) =>
        rejectUnits(ctx, hub.vault, id, { reason: "damaged", lines: [{ orderLineId: lines[0] as LineId, quantity: 2 }], elsewhere: false }), // it has a line
      tillActor(),
    );
    expect(await order(orderId)).toMatchObject({ payment_state: "due_at_collection", due: 1400 });
    expect(await give(id, code, [{ kind: "cash" }])).toMatchObject({ ok: true });
    expect(await order(orderId)).toMatchObject({ state: "closed", payment_state: "paid", paid: 1400, due: 0 });
    expect(await hub.broken()).toEqual([]);
  });

  it("another store nearby serves it when it can, with a code of its own; each hands over its part", async () => {
    await collectsAt([LYON, PARIS]);
    await hub.stock(MUG, PARIS, 5);
    const { orderId, id, lines, code } = await ordered([[MUG, 3]]);
    await reject(id, "out_of_stock", [{ orderLineId: lines[0] as LineId, quantity: 1 }]); // it has a line
    const [here, there] = await fulfillmentsOf(hub, orderId);
    expect(here).toMatchObject({ lines: [{ quantity: 2 }], refused: [{ quantity: 1, moved_to: there?.fulfillment.id }] });
    expect(there).toMatchObject({ fulfillment: { place_id: PARIS, state: "planned" }, lines: [{ quantity: 1 }] });
    expect(await hub.level(MUG, PARIS)).toEqual({ on_hand: 5, allocated: 1, held: 0 });
    expect(await order(orderId)).toMatchObject({ state: "placed", refunded: 0 });
    await ready(id);
    expect(await order(orderId)).toMatchObject({ fulfillment_state: "open" });
    expect(await give(id, code)).toMatchObject({ ok: true });
    const other = there?.fulfillment.id as FulfillmentId; // it was planned above
    const paris = tillActor(PARIS);
    await ready(other, paris);
    expect(await order(orderId)).toMatchObject({ fulfillment_state: "ready" });
    const otherCode = hub.vault.open(there?.fulfillment.code_sealed ?? "") ?? "";
    expect(await give(other, otherCode, [], paris)).toMatchObject({ ok: true });
    expect(await order(orderId)).toMatchObject({ state: "closed", fulfillment_state: "fulfilled" });
    expect(await hub.broken()).toEqual([]);
  });

  it("what is moved can still be canceled by its customer, as a whole or after the rest was fetched", async () => {
    await collectsAt([LYON, PARIS]);
    await hub.stock(MUG, PARIS, 5);
    const whole = await ordered([[MUG, 2]]);
    await reject(whole.id);
    await hub.must((ctx) => cancelOrder(ctx, whole.orderId, "too far"), visitorOf("secret"));
    expect(await order(whole.orderId)).toMatchObject({ state: "canceled", refunded: 2800 });
    const part = await ordered([[MUG, 3]]);
    await reject(part.id, "other", [{ orderLineId: part.lines[0] as LineId, quantity: 1 }]); // it has a line
    await give(part.id, part.code);
    await hub.must((ctx) => cancelOrder(ctx, part.orderId, "too far"), visitorOf("secret"));
    expect(await order(part.orderId)).toMatchObject({ state: "closed", refunded: 1400, canceled_amount: 1400 });
    expect(await hub.level(MUG, PARIS)).toEqual({ on_hand: 5, allocated: 0, held: 0 });
    expect(await hub.broken()).toEqual([]);
  });

  it("names no more than there is, and nothing once it is handed over", async () => {
    const { id, lines, code } = await ordered([[MUG, 1]]);
    expect(await reject(id, "other", [{ orderLineId: lines[0] as LineId, quantity: 2 }])).toMatchObject({
      // it has a line
      error: { code: "fulfillment.units_unknown" },
    });
    expect(await reject(id, "other", [], tillActor(PARIS))).toMatchObject({ error: { code: "fulfillment.other_place" } });
    await give(id, code);
    expect(await reject(id)).toMatchObject({ error: { code: "fulfillment.not_possible", state: "collected" } });
  });

  it("refused while it is handed over: one of both happens, and everything adds up", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { orderId, id, code } = await ordered([[MUG, 2]]);
      const [given, refused] = await Promise.all([give(id, code), reject(id)]);
      expect([given.ok, refused.ok].filter(Boolean)).toHaveLength(1);
      expect(["closed", "canceled"]).toContain((await order(orderId))?.state);
    }
    expect(await hub.broken()).toEqual([]);
  });

  it("the rest can still be canceled by its customer, and all money is back", async () => {
    const { orderId, id, lines } = await ordered([[MUG, 3]]);
    await reject(id, "other", [{ orderLineId: lines[0] as LineId, quantity: 1 }]); // it has a line
    await hub.must((ctx) => cancelOrder(ctx, orderId, "by the customer"), tillActor());
    expect(await order(orderId)).toMatchObject({ state: "canceled", payment_state: "refunded", paid: 4200, refunded: 4200 });
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[FUL-16] its customer takes less", () => {
  it("the units stay on the shelf and are paid back, no other store serves them, and the rest is handed over", async () => {
    await collectsAt([LYON, PARIS]);
    await hub.stock(MUG, PARIS, 5);
    const { orderId, id, lines, code } = await ordered([[MUG, 2]]);
    const before = await hub.level(MUG);
    await ready(id);
    const less = await reject(id, "not_wanted", [{ orderLineId: lines[0] as LineId, quantity: 1 }]); // it has a line
    expect(less).toMatchObject({
      ok: true,
      value: { fulfillment: { state: "ready" }, lines: [{ quantity: 1 }], refused: [{ moved_to: null }] },
    });
    expect(await order(orderId)).toMatchObject({ state: "placed", refunded: 1400, canceled_amount: 1400 });
    expect(await hub.level(MUG)).toEqual({ ...before, allocated: before.allocated - 1 });
    expect(await give(id, code)).toMatchObject({ ok: true });
    expect(await order(orderId)).toMatchObject({ state: "closed", fulfillment_state: "fulfilled", refunded: 1400 });
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[CHK-14] nobody fetches it", () => {
  const passes = (id: FulfillmentId) =>
    hub.rows("update fulfillment.fulfillment set collect_until = now() - interval '1 minute' where id = $1", [id]);

  it("is told once when its time is over; staff let it wait again, and it is told again", async () => {
    const { id } = await ordered([[MUG, 1]]);
    await ready(id);
    const tell = () => hub.must(async (ctx) => ok(await tellOverdue(ctx)));
    expect(await tell()).toBe(0);
    await passes(id);
    expect([await tell(), await tell()]).toEqual([1, 0]);
    expect(await hub.rows("select id from fulfillment.read_overdue where id = $1", [id])).toHaveLength(1);
    await hub.must((ctx) => extendCollection(ctx, id), tillActor());
    expect(await hub.rows("select id from fulfillment.read_overdue where id = $1", [id])).toHaveLength(0);
    await passes(id);
    expect(await tell()).toBe(1);
  });

  it("not before its time; then goods go back on the shelf and are paid back, what was made is not", async () => {
    const { orderId, id, code } = await ordered([
      [MUG, 2],
      [CAPPUCCINO, 1],
    ]);
    const before = await hub.level(MUG);
    await ready(id);
    const end = () => hub.run((ctx) => giveUpCollection(ctx, id, { reason: "never came", refund: "shelf_goods" }), tillActor());
    expect(await end()).toMatchObject({ error: { code: "fulfillment.not_overdue" } });
    await passes(id);
    expect(await end()).toMatchObject({ ok: true, value: { fulfillment: { state: "not_collected", code_sealed: null } } });
    expect(await end()).toMatchObject({ ok: true });
    expect(await hub.level(MUG)).toEqual({ ...before, allocated: before.allocated - 2 });
    expect(await order(orderId)).toMatchObject({ state: "canceled", paid: 3190, refunded: 2800 });
    expect(await give(id, code)).toMatchObject({ error: { code: "fulfillment.not_possible", state: "not_collected" } });
    expect(await hub.broken()).toEqual([]);
  });
});
