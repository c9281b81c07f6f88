import type { Disposition } from "@weft/contracts";
import { newId, type LineId, type OrderId, type PlaceId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BEANS, CAPPUCCINO, LYON, MUG, PARIS, TILLS, WEB, saleHub, tillActor, type Line, type SaleHub } from "../../../test/sale-hub.ts";
import { jobContext } from "../../../test/job-context.ts";
import { checkoutJobs, rejectUnits } from "../checkout/index.ts";
import { advance, handOver } from "../fulfillment/index.ts";
import { pointsOf, programNow } from "../loyalty/index.ts";
import type { FulfillmentId } from "@weft/kernel";
import type { ReturnId } from "./commands.ts";
import { listReturns } from "./queries.ts";
import { returnOffer } from "./offer.ts";
import { takeReturn } from "./take-return.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const place of [LYON, PARIS]) for (const goods of [MUG, BEANS]) await hub.stock(goods, place, 50);
});
afterEach(async () => expect(await hub.broken()).toEqual([]));

type Customer = Awaited<ReturnType<SaleHub["customer"]>>;

/** An order of the web shop, paid by card on the spot and collected in Lyon. */
async function bought(customer: Customer, lines: readonly Line[]): Promise<OrderId> {
  const done = await hub.complete(await hub.cart(lines, { actor: customer }), [{ kind: "card", token: "inline" }]);
  if (done.kind !== "placed") throw new Error("not placed");
  const fulfillmentId = done.view.fulfillments[0]?.id as FulfillmentId; // of the order that was just placed
  const handed = await hub.run(
    (ctx) => handOver(ctx, hub, { fulfillmentId, proof: "order_number", code: done.view.number, tenders: [] }),
    tillActor(),
  );
  expect(handed.ok).toBe(true);
  return done.view.id as OrderId; // the same
}

const linesOf = (orderId: OrderId) =>
  hub.rows<{ id: LineId; returned: number }>("select id, returned from orders.order_line where order_id = $1 order by position", [orderId]);
const orderOf = async (orderId: OrderId) =>
  (
    await hub.rows(
      "select state, payment_state, refunded::int, returned_amount::int, units_returned, points_earned::int from orders.orders where id = $1",
      [orderId],
    )
  )[0];
const balance = async ({ customer }: Customer) => {
  const program = await programNow(hub.around);
  if (!program) throw new Error("the hub has a program");
  return (await pointsOf(hub, [customer.recordId], program.rule.programId)).balance;
};

type Given = { readonly at?: PlaceId; readonly disposition?: Disposition; readonly hasDrawer?: boolean; readonly id?: ReturnId };

/** Brings units of an order's lines back, by their positions. */
async function bring(orderId: OrderId, units: readonly (readonly [position: number, quantity: number])[], given: Given = {}) {
  const { at = PARIS, disposition = "restock", hasDrawer = true, id = newId<ReturnId>() } = given;
  const lines = await linesOf(orderId);
  const brought = units.map(([position, quantity]) => ({
    orderLineId: lines[position - 1]?.id ?? newId<LineId>(),
    quantity,
    reason: "changed_mind" as const,
    disposition,
  }));
  return hub.run((ctx) => takeReturn(ctx, { id, orderId, placeId: at, channelId: TILLS, units: brought, hasDrawer }), tillActor(at));
}

describe("[RET-5] goods come back at any counter", () => {
  it("bought on the web and collected in Lyon, returned in Paris: stock there, money to the card, points as before", async () => {
    const ada = await hub.customer();
    const orderId = await bought(ada, [[MUG, 2]]);
    expect(await balance(ada)).toBe(28);
    const before = await hub.level(MUG, PARIS);
    expect(await bring(orderId, [[1, 2]])).toMatchObject({ ok: true, value: { refunds: [{ kind: "card", amount: 2800 }] } });
    expect((await hub.level(MUG, PARIS)).on_hand).toBe(before.on_hand + 2);
    expect(await orderOf(orderId)).toMatchObject({ state: "closed", payment_state: "refunded", refunded: 2800, units_returned: 2 });
    expect(await balance(ada)).toBe(0);
    expect(await hub.rows("select state, amount::int, place_id from payments.refund where order_id = $1", [orderId])).toEqual([
      { state: "requested", amount: 2800, place_id: PARIS },
    ]);
    const types = (await hub.published()).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["return.taken.v1", "order.changed.v1", "payment.refund_requested.v1"]));
  });

  it("a part of it leaves the rest paid and its points; one by one ends where all at once does", async () => {
    const ada = await hub.customer();
    const orderId = await bought(ada, [
      [MUG, 2],
      [BEANS, 3],
    ]);
    const earned = await balance(ada);
    await bring(orderId, [[2, 1]]);
    expect(await orderOf(orderId)).toMatchObject({ payment_state: "paid", returned_amount: 850 });
    expect(await balance(ada)).toBe(earned - 8);
    for (const position of [2, 1, 2, 1]) await bring(orderId, [[position, 1]]);
    expect(await orderOf(orderId)).toMatchObject({ payment_state: "refunded", returned_amount: 5350, refunded: 5350 });
    expect(await balance(ada)).toBe(0);
  });

  it("is told by the offer as it is then done", async () => {
    const ada = await hub.customer();
    const orderId = await bought(ada, [[MUG, 2]]);
    const [line] = await linesOf(orderId);
    const asked = line ? [{ orderLineId: line.id, quantity: 1 }] : [];
    const reading = { ...hub.around, db: hub.db, now: new Date(), actor: tillActor(PARIS) };
    const offer = await returnOffer(reading, orderId, { placeId: PARIS, channelId: TILLS }, asked);
    expect(offer).toMatchObject({
      value: {
        closed: null,
        lines: [{ sold: 2, returned: 0, returnable: 2, isRestockable: true }],
        refund: { total: { amount: 1400 }, parts: [{ kind: "card", amount: { amount: 1400 } }], pointsTaken: 14, pointsGiven: 0 },
      },
    });
    await bring(orderId, [[1, 1]]);
    const filter = { recordIds: null, channelId: null, orderId, number: null, placeIds: null, channelKind: null, before: null, limit: 5 };
    const [done] = await listReturns({ db: hub.db, snapshots: hub.around.snapshots }, filter);
    expect(done).toMatchObject({
      total: { amount: 1400 },
      refunds: [{ kind: "card", amount: { amount: 1400 } }],
      pointsTaken: 14,
      placeId: PARIS,
      staffName: "Jordi Puig",
      lines: [{ quantity: 1, disposition: "restock", reason: "changed_mind" }],
    });
  });

  it("of two tills that take the same unit at once one does, and the other is told what is left", async () => {
    const orderId = await bought(await hub.customer(), [[MUG, 1]]);
    const both = await Promise.all([bring(orderId, [[1, 1]]), bring(orderId, [[1, 1]], { at: LYON })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: "return.not_possible", because: { kind: "nothing_left" } } });
    expect(await hub.rows("select 1 from payments.refund where order_id = $1", [orderId])).toHaveLength(1);
  });

  it("of many tills that take one unit each of the same line no more than were bought", async () => {
    const orderId = await bought(await hub.customer(), [[MUG, 4]]);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => bring(orderId, [[1, 1]], { at: n % 2 ? LYON : PARIS })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(4);
    expect(await orderOf(orderId)).toMatchObject({ refunded: 5600, payment_state: "refunded" });
  });

  it("a provider is asked once per refund, whatever dies between the commit and its answer", async () => {
    const orderId = await bought(await hub.customer(), [[MUG, 1]]);
    await bring(orderId, [[1, 1]]);
    const [refund] = await hub.rows<{ id: string }>("select id from payments.refund where order_id = $1", [orderId]);
    // Nothing asked the provider: the hub died after its commit. The clock finds the refund, and asks by its own id.
    await hub.rows("update payments.refund set at = at - interval '2 minutes' where order_id = $1", [orderId]);
    const resume = checkoutJobs(hub.deps).find(({ name }) => name === "checkout.resume");
    for (const _again of [1, 2]) await resume?.handle(jobContext(hub, new Date()), undefined as never); // it takes no payload
    expect(hub.provider.asked.filter((asked) => asked === `refund ${refund?.id} 1`)).toHaveLength(1);
    expect(await hub.rows("select state from payments.refund where order_id = $1", [orderId])).toEqual([{ state: "succeeded" }]);
  });
});

it("[RET-6] [LOY-6] units taken off before the hand-over and returned after it come to exactly what was paid and earned", async () => {
  const ada = await hub.customer();
  const done = await hub.complete(await hub.cart([[MUG, 3]], { actor: ada }), [{ kind: "card", token: "inline" }]);
  if (done.kind !== "placed") throw new Error("not placed");
  const orderId = done.view.id as OrderId; // of the order that was just placed
  const fulfillmentId = done.view.fulfillments[0]?.id as FulfillmentId; // the same
  const [line] = await linesOf(orderId);
  const off = { reason: "not_wanted", lines: [{ orderLineId: line?.id ?? newId<LineId>(), quantity: 1 }], elsewhere: false } as const;
  await hub.must((ctx) => advance(ctx, fulfillmentId, "ready"), tillActor());
  await hub.must((ctx) => rejectUnits(ctx, hub.vault, fulfillmentId, off), tillActor());
  expect(await balance(ada)).toBe(28);
  await hub.must((ctx) => handOver(ctx, hub, { fulfillmentId, proof: "order_number", code: done.view.number, tenders: [] }), tillActor());
  await bring(orderId, [[1, 1]]);
  expect([await balance(ada), await orderOf(orderId)]).toMatchObject([
    14,
    { payment_state: "paid", refunded: 2800, returned_amount: 1400 },
  ]);
  await bring(orderId, [[1, 1]], { at: LYON });
  expect([await balance(ada), await orderOf(orderId)]).toMatchObject([
    0,
    { payment_state: "refunded", refunded: 4200, returned_amount: 2800 },
  ]);
});

describe("[RET-9] what becomes of the goods", () => {
  it("what is set aside or lost never gets on a shelf, and what was made to order cannot", async () => {
    const orderId = await bought(await hub.customer(), [
      [MUG, 3],
      [CAPPUCCINO, 1],
    ]);
    const before = await hub.level(MUG, PARIS);
    await bring(orderId, [[1, 1]], { disposition: "quarantine" });
    await bring(orderId, [[1, 1]], { disposition: "write_off" });
    expect((await hub.level(MUG, PARIS)).on_hand).toBe(before.on_hand);
    expect(await bring(orderId, [[2, 1]])).toMatchObject({ error: { code: "return.not_restockable" } });
    expect(await bring(orderId, [[2, 1]], { disposition: "write_off" })).toMatchObject({ ok: true });
  });
});

describe("[RET-7] the rules of taking back", () => {
  it("what was paid in cash goes back where there is a drawer", async () => {
    const till = tillActor();
    const sold = await hub.sell(await hub.cart([[MUG, 1]], { actor: till }), [{ kind: "cash" }]);
    const orderId = sold.ok ? sold.value.orderId : newId<OrderId>();
    expect(await bring(orderId, [[1, 1]], { hasDrawer: false })).toMatchObject({ error: { code: "return.cash_needs_till" } });
    expect(await bring(orderId, [[1, 1]])).toMatchObject({ value: { refunds: [{ kind: "cash", amount: 1400 }] } });
    expect(await orderOf(orderId)).toMatchObject({ payment_state: "refunded" });
  });

  it("nothing comes back after the last day, nor from somebody who is not signed in, nor at a place where they do not work", async () => {
    const orderId = await bought(await hub.customer(), [[MUG, 1]]);
    const shift = async (days: number) => {
      await hub.rows("update orders.orders set business_date = business_date + $2::integer where id = $1", [orderId, days]);
      await hub.rows(
        "update fulfillment.step set at = at + make_interval(days => $2::integer) where fulfillment_id in (select id from fulfillment.fulfillment where order_id = $1)",
        [orderId, days],
      );
    };
    await shift(-33);
    expect(await bring(orderId, [[1, 1]])).toMatchObject({ error: { code: "return.not_possible", because: { kind: "too_late" } } });
    await shift(33);
    const wanted = { id: newId<ReturnId>(), orderId, placeId: LYON, channelId: TILLS, units: [], hasDrawer: true };
    expect(await hub.run((ctx) => takeReturn(ctx, wanted), tillActor(PARIS))).toMatchObject({ error: { code: "return.other_place" } });
    const nobody = { ...tillActor(LYON), staff: null, kind: "device" as const };
    expect(await hub.run((ctx) => takeReturn(ctx, wanted), nobody)).toMatchObject({ error: { code: "return.needs_staff" } });
  });
});

describe("[RET-8] the link levels", () => {
  const level = async (is: "siloed" | "handover" | "linked") => {
    await hub.rows("update channels.channel set link_level = $2 where id = $1", [WEB, is]);
    hub.around.snapshots.invalidate();
  };
  afterEach(() => level("linked"));

  it("a siloed channel keeps its orders; where channels only hand over, the number must be shown and money becomes store credit", async () => {
    const orderId = await bought(await hub.customer(), [[MUG, 2]]);
    await level("siloed");
    expect(await bring(orderId, [[1, 1]])).toMatchObject({ error: { code: "order.unknown" } });
    await level("handover");
    expect(await bring(orderId, [[1, 1]])).toMatchObject({ error: { code: "order.unknown" } });
    const holder = `session/${tillActor(PARIS).staff?.sessionId}`;
    await hub.rows(
      "insert into access.grant (id, holder, subject, proof, expires_at) values (uuidv7(), $1, $2, 'order_number', now() + interval '5 minutes')",
      [holder, `order/${orderId}`],
    );
    expect(await bring(orderId, [[1, 1]])).toMatchObject({ value: { refunds: [{ kind: "store_credit", amount: 1400 }] } });
    await level("linked");
    expect(await bring(orderId, [[1, 1]])).toMatchObject({ value: { refunds: [{ kind: "card", amount: 1400 }] } });
  });
});
