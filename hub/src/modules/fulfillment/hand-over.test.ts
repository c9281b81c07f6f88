import type { OrderView } from "@weft/contracts";
import type { FulfillmentId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Committed } from "../../platform/index.ts";
import { membershipsOf } from "../loyalty/index.ts";
import { CARD, DUE, orderedToCollect } from "../../../test/collect.ts";
import { LYON, MUG, PARIS, saleHub, tillActor, visitor, type SaleHub } from "../../../test/sale-hub.ts";
import { codeMac } from "./code-mac.ts";
import { advance } from "./commands.ts";
import { handOver, type HandOver } from "./hand-over.ts";
import { fulfillmentByCode, workOf } from "./queries.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  await hub.rows("delete from fulfillment.code_try");
});

const ordered = (tenders: typeof CARD | typeof DUE, actor = visitor()) => orderedToCollect(hub, { units: 2, tenders, actor });

const give = (id: FulfillmentId, given: Partial<HandOver>, actor = tillActor()) =>
  hub.run((ctx) => handOver(ctx, hub, { fulfillmentId: id, proof: "code", tenders: [], ...given }), actor);
const stateOf = async ({ id }: OrderView) =>
  (await hub.rows("select state, payment_state, fulfillment_state, paid, due from orders.orders where id = $1", [id]))[0];

describe("[FUL-1] a place prepares", () => {
  it("accepts, prepares, is ready; the order shows it, pressing twice is no mistake", async () => {
    const { order, id } = await ordered(CARD);
    for (const act of ["accept", "prepare", "ready", "ready"] as const) await hub.must((ctx) => advance(ctx, id, act), tillActor());
    expect(await stateOf(order)).toMatchObject({ fulfillment_state: "ready", state: "placed" });
    expect(await hub.rows("select state, staff_name from fulfillment.step where fulfillment_id = $1 order by position", [id])).toEqual([
      { state: "planned", staff_name: null },
      { state: "accepted", staff_name: "Jordi Puig" },
      { state: "in_preparation", staff_name: "Jordi Puig" },
      { state: "ready", staff_name: "Jordi Puig" },
    ]);
  });

  it("only where the caller works", async () => {
    const { id } = await ordered(CARD);
    expect(await hub.run((ctx) => advance(ctx, id, "accept"), tillActor(PARIS))).toEqual({
      ok: false,
      error: { code: "fulfillment.other_place" },
    });
  });

  it("lists what is to do, the oldest first", async () => {
    const [first, second] = [await ordered(CARD), await ordered(CARD)];
    const filter = { placeId: LYON, number: null, circle: null, after: null, limit: 200 } as const;
    const open = (await workOf(hub, { ...filter, state: "open" })).map(({ fulfillment }) => fulfillment.id);
    expect(open.indexOf(first.id)).toBeLessThan(open.indexOf(second.id));
    await hub.must((ctx) => advance(ctx, first.id, "ready"), tillActor());
    expect((await workOf(hub, { ...filter, state: "ready" })).map(({ fulfillment }) => fulfillment.id)).toContain(first.id);
  });
});

describe("[FUL-4] the hand-over", () => {
  it("opens by its code, lowers stock, closes the order and forgets the code", async () => {
    const { order, id, code } = await ordered(CARD);
    const before = await hub.level(MUG);
    expect((await fulfillmentByCode(hub, LYON, codeMac(hub.vault, LYON, code)))?.fulfillment.id).toBe(id);
    expect(await give(id, { code: ` ${code.slice(0, 3)} ${code.slice(3)}` })).toMatchObject({
      ok: true,
      value: { fulfillment: { state: "collected" } },
    });
    expect(await stateOf(order)).toMatchObject({ state: "closed", payment_state: "paid", fulfillment_state: "fulfilled" });
    expect(await hub.level(MUG)).toEqual({ on_hand: before.on_hand - 2, allocated: before.allocated - 2, held: 0 });
    expect(await hub.rows("select code_sealed from fulfillment.fulfillment where id = $1", [id])).toEqual([{ code_sealed: null }]);
    expect(await give(id, { code })).toMatchObject({ ok: true, value: { fulfillment: { state: "collected" } } });
    expect(await hub.broken()).toEqual([]);
  });

  it("[PAY-3] takes what is due before anything leaves the counter", async () => {
    const { order, id, code } = await ordered(DUE);
    expect(await give(id, { code })).toEqual({
      ok: false,
      error: { code: "fulfillment.payment_due", due: { amount: 2800, currency: "EUR" } },
    });
    expect(await give(id, { code, tenders: [{ kind: "cash", amount: 2000 }] })).toMatchObject({
      error: { code: "payment.tenders_differ" },
    });
    expect(await give(id, { code, tenders: [...DUE] })).toMatchObject({ error: { code: "payment.method_not_offered" } });
    expect(await stateOf(order)).toMatchObject({ payment_state: "due_at_collection", paid: 0, due: 2800 });
    expect(await give(id, { code, tenders: [{ kind: "cash", received: 3000 }] })).toMatchObject({ ok: true });
    expect(await stateOf(order)).toMatchObject({ state: "closed", payment_state: "paid", paid: 2800, due: 0 });
    expect(await hub.rows("select kind, state from payments.tender where order_id = $1 order by kind", [order.id])).toEqual([
      { kind: "cash", state: "captured" },
      { kind: "due_at_collection", state: "settled" },
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("a card pays what is due when it is decided on the spot", async () => {
    const { order, id, code } = await ordered(DUE);
    expect(await give(id, { code, tenders: [{ kind: "card", token: "inline_decline" }] })).toMatchObject({
      error: { code: "payment.declined" },
    });
    expect(await give(id, { code, tenders: [...CARD] })).toMatchObject({ ok: true });
    expect(await stateOf(order)).toMatchObject({ payment_state: "paid" });
    expect(await hub.broken()).toEqual([]);
  });

  it("a prepaid order has nothing to pay", async () => {
    const { id, code } = await ordered(CARD);
    expect(await give(id, { code, tenders: [{ kind: "cash" }] })).toMatchObject({ error: { code: "fulfillment.nothing_due" } });
  });

  it("by order number, or by the member card of the same customer and of nobody else", async () => {
    const first = await ordered(CARD);
    expect(await give(first.id, { proof: "order_number", code: first.order.number.toLowerCase() })).toMatchObject({ ok: true });
    const [customer, other] = [await hub.customer(), await hub.customer()];
    const [mine, theirs] = [await ordered(CARD, customer), await ordered(CARD, other)];
    const [card] = await membershipsOf(hub, [customer.customer.recordId]);
    const shown = { proof: "member_card", code: card?.cardNumber } as const;
    expect(await give(theirs.id, shown)).toMatchObject({ value: new Committed({ code: "collection.code_wrong", triesLeft: 4 }) });
    expect(await give(mine.id, shown)).toMatchObject({ ok: true, value: { fulfillment: { state: "collected" } } });
  });

  it("[FUL-3] five wrong codes lock the caller out, and the right one does not help then", async () => {
    const { id, code } = await ordered(CARD);
    const wrong = code === "000000" ? "000001" : "000000";
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(await give(id, { code: wrong })).toMatchObject({ ok: true, value: { error: { code: "collection.code_wrong", triesLeft } } });
    }
    expect(await give(id, { code })).toEqual({ ok: false, error: { code: "collection.too_many_tries" } });
  });

  it("two tills at once: one hands it over, the other sees that it is done, stock falls once", async () => {
    const { id, code } = await ordered(DUE);
    const before = await hub.level(MUG);
    const both = await Promise.all([1, 2].map(() => give(id, { code, tenders: [{ kind: "cash" }] })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(2);
    expect(await hub.level(MUG)).toMatchObject({ on_hand: before.on_hand - 2 });
    expect(await hub.broken()).toEqual([]);
  });
});
