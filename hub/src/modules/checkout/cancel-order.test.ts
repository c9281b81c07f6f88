import type { OrderView } from "@weft/contracts";
import type { FulfillmentId, OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { advance } from "../fulfillment/index.ts";
import { LYON, MUG, saleHub, tillActor, visitor, type SaleHub } from "../../../test/sale-hub.ts";
import { cancelOrder } from "./cancel-order.ts";
import { deskOn, refundJob } from "./late-answers.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 100));

async function ordered(actor: Awaited<ReturnType<SaleHub["customer"]>>, tenders: Parameters<SaleHub["complete"]>[1]): Promise<OrderView> {
  const done = await hub.complete(await hub.cart([[MUG, 2]], { actor }), tenders);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  return done.view;
}

const id = (order: OrderView): OrderId => order.id as OrderId; // an order's own
const stateOf = async (order: OrderView) =>
  (await hub.rows("select state, payment_state, fulfillment_state from orders.orders where id = $1", [order.id]))[0];

describe("[CHK-7] a canceled order gives everything back", () => {
  it("stock, points and card money, once, however often it is canceled", async () => {
    const customer = await hub.customer();
    const before = await hub.level(MUG);
    const order = await ordered(customer, [{ kind: "card", token: "inline" }]);
    expect(await hub.rows("select balance from loyalty.read_member where record_id = $1", [customer.customer.recordId])).toEqual([
      { balance: 28 },
    ]);
    await hub.published();
    for (let again = 0; again < 3; again++) await hub.must((ctx) => cancelOrder(ctx, id(order), "changed my mind"), customer);
    expect(await stateOf(order)).toEqual({ state: "canceled", payment_state: "refunded", fulfillment_state: "canceled" });
    expect(await hub.level(MUG)).toEqual(before);
    expect(await hub.rows("select balance from loyalty.read_member where record_id = $1", [customer.customer.recordId])).toEqual([
      { balance: 0 },
    ]);
    expect(await hub.rows("select amount, state from payments.refund where order_id = $1", [order.id])).toEqual([
      { amount: 2800, state: "requested" },
    ]);
    const told = (await hub.published()).map(({ type }) => type);
    expect(told.filter((type) => type === "order.canceled.v1")).toHaveLength(1);
    expect(told.filter((type) => type === "payment.refund_requested.v1")).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });

  it("the provider is asked for the refund after the commit, and asked again it pays nothing twice", async () => {
    const order = await ordered(await hub.customer(), [{ kind: "card", token: "inline" }]);
    await hub.must((ctx) => cancelOrder(ctx, id(order), "no"));
    const [refund] = await hub.rows<{ id: never }>("select id from payments.refund where order_id = $1", [order.id]);
    const context = { ...deskOn(hub.around), signal: new AbortController().signal };
    for (let run = 0; run < 2; run++) await refundJob(hub.deps).handle(context, { refundId: refund?.id as never });
    expect(hub.provider.asked.filter((asked) => asked === `refund ${String(refund?.id)} 1`)).toHaveLength(1);
    expect(await hub.rows("select state from payments.refund where order_id = $1", [order.id])).toEqual([{ state: "succeeded" }]);
  });

  it("what was only due is due no more", async () => {
    const order = await ordered(await hub.customer(), [{ kind: "due_at_collection" }]);
    await hub.must((ctx) => cancelOrder(ctx, id(order), "no"));
    expect(await stateOf(order)).toEqual({ state: "canceled", payment_state: "unpaid", fulfillment_state: "canceled" });
    expect(await hub.broken()).toEqual([]);
  });

  it("is possible until it is being prepared, and the answer names the state that closed it", async () => {
    const customer = await hub.customer();
    const order = await ordered(customer, [{ kind: "card", token: "inline" }]);
    const fulfillmentId = order.fulfillments[0]?.id as FulfillmentId; // the one that was planned
    await hub.must((ctx) => advance(ctx, fulfillmentId, "prepare"), tillActor());
    expect(await hub.run((ctx) => cancelOrder(ctx, id(order), "too late"), customer)).toEqual({
      ok: false,
      error: { code: "fulfillment.not_possible", state: "in_preparation" },
    });
    expect(await hub.broken()).toEqual([]);
  });

  it("a guest cancels with the token of the cart", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    const done = await hub.complete(cart, [{ kind: "card", token: "inline" }]);
    if (done.kind !== "placed") throw new Error(JSON.stringify(done));
    expect(await hub.run((ctx) => cancelOrder(ctx, id(done.view), "no"), cart.actor)).toEqual({ ok: true, value: null });
    expect(await stateOf(done.view)).toMatchObject({ state: "canceled" });
  });

  it("is nobody else's to cancel", async () => {
    const order = await ordered(await hub.customer(), [{ kind: "card", token: "inline" }]);
    for (const stranger of [visitor(), await hub.customer()])
      expect(await hub.run((ctx) => cancelOrder(ctx, id(order), "mine?"), stranger)).toEqual({
        ok: false,
        error: { code: "order.unknown" },
      });
  });
});
