import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { variantId } from "../../../test/goods-hub.ts";
import { CAPPUCCINO, LYON, MUG, saleHub, tillActor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import type { PlacedSale } from "./index.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 100));

const ticket = (mugs = 2): Promise<TestCart> =>
  hub.cart(
    [
      [MUG, mugs],
      [CAPPUCCINO, 1],
    ],
    { actor: tillActor() },
  );

async function sold(sale: ReturnType<SaleHub["sell"]>): Promise<PlacedSale> {
  const result = await sale;
  if (!result.ok) throw new Error(`not sold: ${JSON.stringify(result.error)}`);
  return result.value;
}

describe("a sale at the counter", () => {
  it("is handed over at once: stock falls with its movement, the order is closed, change is kept", async () => {
    const { orderId, view } = await sold(hub.sell(await ticket(), [{ kind: "cash", received: 5000 }]));
    expect(view).toMatchObject({
      state: "closed",
      paymentState: "paid",
      fulfillmentState: "fulfilled",
      channelKind: "store",
      fulfillments: [{ kind: "take_away", state: "collected", collectCode: null }],
      contributions: [{ step: "cart" }, { step: "payment", staffName: "Jordi Puig" }, { step: "hand_over" }],
    });
    expect(await hub.level(MUG)).toEqual({ on_hand: 98, allocated: 0, held: 0 });
    expect(await hub.rows("select kind, quantity from stock.movement where cause_id = $1", [orderId])).toEqual([
      { kind: "sale", quantity: -2 },
    ]);
    expect(await hub.rows("select received, change from payments.tender where order_id = $1", [orderId])).toEqual([
      { received: 5000, change: 5000 - 3190 },
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("takes cash and card together, and nothing that is due later", async () => {
    const { view } = await sold(
      hub.sell(await ticket(), [
        { kind: "cash", amount: 1000 },
        { kind: "card", token: "inline" },
      ]),
    );
    expect(view.tenders).toMatchObject([
      { kind: "cash", amount: { amount: 1000 } },
      { kind: "card", amount: { amount: 2190 } },
    ]);
    expect(await hub.sell(await ticket(), [{ kind: "due_at_collection" }])).toMatchObject({
      error: { code: "payment.method_not_offered", kind: "due_at_collection" },
    });
  });

  it("live, it is refused when the goods are not there; recorded, nothing refuses goods in the customer's hand", async () => {
    const cart = await ticket();
    await hub.rows("delete from stock.hold");
    await hub.rows("update stock.level set held = 0, on_hand = 1 where variant_id = $1", [variantId(MUG)]);
    expect(await hub.sell(cart, [{ kind: "cash" }])).toMatchObject({ error: { code: "stock.insufficient", available: 1 } });
    const { orderId, view } = await sold(hub.sell(cart, [{ kind: "cash" }], { mode: "recorded" }));
    expect(view).toMatchObject({ mode: "recorded", state: "closed" });
    expect(await hub.level(MUG)).toMatchObject({ on_hand: -1 });
    expect(await hub.rows("select missing, cause_id from stock.conflict where resolved_at is null")).toEqual([
      { missing: 1, cause_id: orderId },
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("[CHK-6] recorded at another total than ours it keeps what was taken, in its lines and rates too, and says both", async () => {
    const { orderId, view } = await sold(
      hub.sell(await ticket(), [{ kind: "cash" }], { mode: "recorded", expectedTotal: { amount: 3001, currency: "EUR" } }),
    );
    expect(view.total.amount).toBe(3001);
    expect(view.lines.reduce((sum, line) => sum + line.total.amount, 0)).toBe(3001);
    expect(view.taxes.reduce((sum, { gross }) => sum + gross.amount, 0)).toBe(3001);
    const [order] = await hub.rows<{ because: unknown[] }>("select because from orders.orders where id = $1", [orderId]);
    expect(order?.because).toContainEqual({ kind: "recorded_total", data: { computed: 3190, recorded: 3001 } });
    expect(await hub.broken()).toEqual([]);
  });

  it("a card that must be asked outside is not waited for inside somebody's transaction", async () => {
    expect(await hub.sell(await ticket(), [{ kind: "card", token: "outside" }])).toMatchObject({
      error: { code: "payment.method_not_offered", kind: "card" },
    });
    expect(hub.provider.asked).toEqual([]);
  });
});
