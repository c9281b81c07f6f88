import { asId, ok, type FulfillmentId, type IntentId, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LYON, MUG, newKey, PRICES, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { handOver } from "../fulfillment/index.ts";
import {
  endingAuthorizations,
  paymentsInvariants,
  releaseAuthorized,
  requestCapture,
  type PaymentProvider,
  type WantedCapture,
} from "../payments/index.ts";
import { changePlace } from "../places/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { chargeWhatLeft, endAuthorization, sendCaptures } from "./capture-at-hand-over.ts";
import { completeCart } from "./complete-cart.ts";
import { deskOn } from "./late-answers.ts";
import type { SettleDeps } from "./settle.ts";

/** A provider of the outside world whose cards agree first and are charged later; `way` says how it answers a capture. */
function agreeing() {
  const agreed = new Map<IntentId, { amount: number; taken: number; isOver: boolean }>();
  const captures = new Map<string, WantedCapture>();
  const state = { way: "takes" as "takes" | "loses the answer" | "is late", captures, agreed };
  const refOf = (id: IntentId) => ({ eventId: `agreed ${id}`, providerRef: `ref ${id}` });
  const provider: PaymentProvider = {
    name: "agreeing",
    cardWay: () => null,
    capturesInParts: true,
    async charge({ intentId, amount, isForLater }) {
      expect(isForLater).toBe(true);
      agreed.set(intentId, { amount: amount.amount, taken: 0, isOver: false });
      return provider.find(intentId);
    },
    async find(intentId) {
      const known = agreed.get(intentId);
      if (!known) return { kind: "unknown" };
      if (known.isOver) return { kind: "voided", eventId: `over ${intentId}` };
      return { kind: "authorized", ...refOf(intentId), until: new Date(Date.now() + 6 * 86_400_000) };
    },
    async cancel(intentId) {
      const known = agreed.get(intentId);
      if (known) known.isOver = true;
      return { kind: "voided", eventId: `over ${intentId}` };
    },
    async capture(wanted) {
      const known = agreed.get(wanted.intentId);
      if (!known || known.isOver) return { kind: "refused", reason: "authorization_expired" };
      if (state.way === "is late") return { kind: "pending" };
      if (!captures.has(wanted.captureId)) {
        captures.set(wanted.captureId, wanted);
        known.taken += wanted.amount.amount;
      }
      if (state.way === "loses the answer") throw new Error("the answer is lost on the way");
      return { kind: "captured", eventId: `taken ${wanted.captureId}`, providerRef: `ref ${wanted.intentId}` };
    },
    refund: async () => "succeeded",
  };
  return { provider, state };
}

let hub: SaleHub;
const { provider, state } = agreeing();
let deps: SettleDeps;
beforeAll(async () => {
  hub = await saleHub();
  deps = { ...hub.deps, provider, providerWaitMs: 5000 };
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  state.way = "takes";
});

const PRICE = PRICES[MUG] ?? 0;
const later = () => new Date(Date.now() + 3_600_000);

async function agreedOrder(mugs = 2, tip = 0) {
  const cart = await hub.cart([[MUG, mugs]]);
  const done = await completeCart(
    { ...hub.around, actor: cart.actor },
    deps,
    {
      cartId: cart.id,
      fulfillment: { kind: "collect", placeId: LYON, dining: "take_away", dueAt: later() },
      tenders: [{ kind: "card", token: "agrees", ...(tip > 0 && { tip }) }],
      expectedTotal: cart.view.totals.total,
      contact: null,
    },
    newKey(),
  );
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  const [fulfillment] = done.view.fulfillments;
  const [intent] = await hub.rows<{ id: IntentId }>("select id from payments.intent where order_id = $1", [done.view.id]);
  if (!fulfillment || !intent) throw new Error("it is collected and paid by a card");
  return {
    view: done.view,
    id: asId<OrderId>(done.view.id),
    fulfillmentId: asId<FulfillmentId>(fulfillment.id),
    code: fulfillment.collectCode ?? "",
    intentId: intent.id,
  };
}

/** Which tips Lyon suggests, in percent; none: it takes none. */
async function tipped(tipPercents: string): Promise<void> {
  await hub.must((ctx) => changePlace(ctx, LYON, { settings: { tipPercents } }));
  hub.around.snapshots.invalidate();
}

type Agreed = Awaited<ReturnType<typeof agreedOrder>>;

const handedOver = async ({ id, fulfillmentId, code }: Agreed) => {
  await hub.must((ctx) => handOver(ctx, { ...hub, ...deps }, { fulfillmentId, proof: "code", code, tenders: [] }), tillActor());
  await hub.must(async (ctx) => ok(await chargeWhatLeft(ctx, deps, id, fulfillmentId)));
};
const send = () => sendCaptures(deskOn(hub.around), deps, null);
const sendNow = async () => {
  await hub.rows("update payments.capture set at = at - interval '2 minutes' where state = 'requested'");
  await send();
};
const sums = async (id: OrderId) =>
  (await hub.rows("select payment_state, paid, authorized, due from orders.orders where id = $1", [id]))[0];

describe("[PAY-33] a card that agrees when it is ordered", () => {
  it("is not charged and never shows as paid, and is charged once when the goods are handed over", async () => {
    const order = await agreedOrder();
    expect(order.view).toMatchObject({
      paymentState: "authorized",
      paid: { amount: 0 },
      authorized: { amount: 2 * PRICE },
      tenders: [{ kind: "card", state: "authorized" }],
    });
    expect(await sums(order.id)).toEqual({ payment_state: "authorized", paid: 0, authorized: 2 * PRICE, due: 0 });
    await handedOver(order);
    await hub.must(async (ctx) => ok(await chargeWhatLeft(ctx, deps, order.id, order.fulfillmentId)));
    await Promise.all([sendNow(), sendNow()]);
    expect(state.agreed.get(order.intentId)?.taken).toBe(2 * PRICE);
    expect(await sums(order.id)).toEqual({ payment_state: "paid", paid: 2 * PRICE, authorized: 0, due: 0 });
    expect(await hub.broken()).toEqual([]);
  });

  it("[PAY-34] whose answer is lost or late is asked again and charged once; until then it is not paid", async () => {
    const order = await agreedOrder(1);
    await handedOver(order);
    state.way = "is late";
    await sendNow();
    expect(await sums(order.id)).toMatchObject({ payment_state: "authorized", paid: 0 });
    state.way = "loses the answer";
    await expect(sendNow()).rejects.toThrow("lost");
    expect(await sums(order.id)).toMatchObject({ payment_state: "authorized", paid: 0 });
    state.way = "takes";
    await sendNow();
    expect(state.agreed.get(order.intentId)?.taken).toBe(PRICE);
    expect(await sums(order.id)).toMatchObject({ payment_state: "paid", paid: PRICE });
    expect(await hub.broken()).toEqual([]);
  });

  it("[PAY-35] is let go with the order, without any refund", async () => {
    const order = await agreedOrder(1);
    await hub.must((ctx) => cancelOrder(ctx, order.id, "changed my mind"));
    await sendNow();
    expect(state.agreed.get(order.intentId)).toMatchObject({ taken: 0, isOver: true });
    expect(await sums(order.id)).toEqual({ payment_state: "unpaid", paid: 0, authorized: 0, due: 0 });
    expect(await hub.rows("select 1 from payments.refund where order_id = $1", [order.id])).toEqual([]);
    expect(await hub.rows("select state from payments.intent where id = $1", [order.intentId])).toEqual([{ state: "voided" }]);
    expect(await hub.broken()).toEqual([]);
  });

  it("[PAY-36] whose time is over is due again, so that it is paid at the hand-over", async () => {
    const order = await agreedOrder(1);
    const known = state.agreed.get(order.intentId);
    if (known) known.isOver = true;
    await endAuthorization(deskOn(hub.around), deps, order.id, order.intentId);
    expect(await sums(order.id)).toEqual({ payment_state: "due_at_collection", paid: 0, authorized: 0, due: PRICE });
    const { fulfillmentId, code } = order;
    const take = (tenders: readonly { readonly kind: "cash" }[]) =>
      hub.run((ctx) => handOver(ctx, { ...hub, ...deps }, { fulfillmentId, proof: "code", code, tenders }), tillActor());
    expect(await take([])).toMatchObject({ error: { code: "fulfillment.payment_due", due: { amount: PRICE } } });
    expect(await take([{ kind: "cash" }])).toMatchObject({ ok: true });
    expect(await sums(order.id)).toMatchObject({ payment_state: "paid", paid: PRICE });
    expect(await hub.broken()).toEqual([]);
  });

  it("[PAY-36] that was charged in part is told of before the rest ends, and the rest is due again when it has", async () => {
    const order = await agreedOrder(2);
    await hub.must(async (ctx) => ok(await requestCapture(ctx, order.id, { amount: PRICE, isLast: false, source: `part ${order.id}` })));
    await sendNow();
    expect(await sums(order.id)).toEqual({ payment_state: "authorized", paid: PRICE, authorized: PRICE, due: 0 });
    const until = (hours: number) =>
      hub.rows("update payments.intent set authorized_until = now() + make_interval(hours => $2) where id = $1", [order.intentId, hours]);
    await until(20);
    expect(await endingAuthorizations({ db: hub.db }, "soon")).toMatchObject([{ intentId: order.intentId, orderId: order.id }]);
    expect(await hub.rows("select order_id from payments.read_open_payment where id = $1", [order.intentId])).toEqual([
      { order_id: order.id },
    ]);
    await until(-1);
    const known = state.agreed.get(order.intentId);
    if (known) known.isOver = true;
    expect(await endingAuthorizations({ db: hub.db }, "over")).toHaveLength(1);
    await endAuthorization(deskOn(hub.around), deps, order.id, order.intentId);
    expect(await sums(order.id)).toEqual({ payment_state: "partly_paid", paid: PRICE, authorized: 0, due: PRICE });
    expect(await hub.rows("select state from payments.intent where id = $1", [order.intentId])).toEqual([{ state: "captured" }]);
    expect(await endingAuthorizations({ db: hub.db }, "over")).toEqual([]);
    expect(await hub.broken()).toEqual([]);
  });

  it.each([
    ["one after the other", false],
    ["both asked for before the first was answered", true],
  ])("[PAY-46] is charged its tip once, with its last part: %s", async (_name, isLate) => {
    await tipped("5 10");
    const order = await agreedOrder(2, 150);
    const ask = (amount: number, isLast: boolean) =>
      hub.must(async (ctx) => ok(await requestCapture(ctx, order.id, { amount, isLast, source: `${isLast} ${order.id}` })));
    await ask(PRICE, false);
    if (isLate) state.way = "is late";
    await sendNow();
    await ask(PRICE, true);
    await sendNow();
    state.way = "takes";
    await sendNow();
    await sendNow();
    const parts = [...state.captures.values()].filter(({ intentId }) => intentId === order.intentId);
    expect(parts.map(({ amount }) => amount.amount)).toEqual([PRICE, PRICE + 150]);
    expect(await hub.rows("select amount::int, tip::int from payments.tender where order_id = $1 order by tip", [order.id])).toEqual([
      { amount: PRICE, tip: 0 },
      { amount: PRICE, tip: 150 },
    ]);
    expect(await sums(order.id)).toEqual({ payment_state: "paid", paid: 2 * PRICE, authorized: 0, due: 0 });
    expect([...(await hub.broken()), ...(await hub.violations(paymentsInvariants))]).toEqual([]);
    await tipped("");
  });

  it("[PAY-46] whose last part is canceled is charged no tip", async () => {
    await tipped("5 10");
    const order = await agreedOrder(2, 150);
    await hub.must(async (ctx) => ok(await requestCapture(ctx, order.id, { amount: PRICE, isLast: false, source: `part ${order.id}` })));
    await hub.must(async (ctx) => ok(await releaseAuthorized(ctx, order.id, null, `rest ${order.id}`)));
    await sendNow();
    expect(state.agreed.get(order.intentId)?.taken).toBe(PRICE);
    expect(await hub.rows("select amount::int, tip::int, state from payments.tender where order_id = $1", [order.id])).toEqual([
      { amount: PRICE, tip: 0, state: "captured" },
    ]);
    expect(await hub.violations(paymentsInvariants)).toEqual([]);
    await tipped("");
  });

  it("[PAY-36] that is found over when it is charged leaves its order unpaid and due, and says so", async () => {
    const order = await agreedOrder(1);
    await handedOver(order);
    const known = state.agreed.get(order.intentId);
    if (known) known.isOver = true;
    await sendNow();
    expect(await sums(order.id)).toEqual({ payment_state: "due_at_collection", paid: 0, authorized: 0, due: PRICE });
    expect(await hub.rows("select state, reason from payments.capture where order_id = $1", [order.id])).toEqual([
      { state: "failed", reason: "authorization_expired" },
    ]);
  });
});
