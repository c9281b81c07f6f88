import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BEANS, CAPPUCCINO, CROISSANT, LYON, MUG, newKey, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const goods of [MUG, BEANS, CROISSANT]) await hub.stock(goods, LYON, 100);
  hub.provider.script = "capture";
});

describe("[CHK-1] a cart becomes an order, everything or nothing", () => {
  it("at the counter: paid by card on the spot, allocated, earned, with a code to collect", async () => {
    const customer = await hub.customer();
    const cart = await hub.cart(
      [
        [MUG, 2],
        [CAPPUCCINO, 1],
      ],
      { actor: customer },
    );
    const before = await hub.level(1);
    const done = await hub.complete(cart, [{ kind: "card", token: "inline" }]);
    expect(done).toMatchObject({
      kind: "placed",
      view: {
        state: "placed",
        paymentState: "paid",
        fulfillmentState: "open",
        total: { amount: 3190, currency: "EUR" },
        paid: { amount: 3190 },
        pointsEarned: 31,
        customerId: customer.customer.recordId,
        channelKind: "web",
        placeName: "Lyon",
        tenders: [{ kind: "card", state: "captured", amount: { amount: 3190 } }],
        fulfillments: [{ kind: "collect", state: "planned", collectCode: expect.stringMatching(/^\d{6}$/) }],
      },
    });
    expect(await hub.level(1)).toEqual({ on_hand: before.on_hand, allocated: before.allocated + 2, held: 0 });
    expect(await hub.broken()).toEqual([]);
  });
});
