import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OrderView } from "@weft/contracts";
import { operate } from "../carts/index.ts";
import { createCode, type CodeId } from "../pricing/index.ts";
import { testId, variantId } from "../../../test/goods-hub.ts";
import {
  BEANS,
  CAPPUCCINO,
  CROISSANT,
  LYON,
  MUG,
  PARIS,
  newKey,
  saleHub,
  visitor,
  type SaleHub,
  type TestCart,
} from "../../../test/sale-hub.ts";
import type { Completion } from "./index.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const goods of [MUG, BEANS, CROISSANT]) await hub.stock(goods, LYON, 100);
});

const CARD = [{ kind: "card", token: "inline" }] as const;
const DUE = [{ kind: "due_at_collection" }] as const;

function placed(completion: Completion): OrderView {
  if (completion.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(completion)}`);
  return completion.view;
}

describe("[CHK-1] a cart becomes an order, everything or nothing", () => {
  it("paid by card on the spot: allocated, earned, with a code to collect", async () => {
    const customer = await hub.customer();
    const cart = await hub.cart(
      [
        [MUG, 2],
        [CAPPUCCINO, 1],
      ],
      { actor: customer },
    );
    const before = await hub.level(MUG);
    expect(placed(await hub.complete(cart, CARD))).toMatchObject({
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
      contributions: [{ step: "cart" }, { step: "payment" }],
    });
    expect(await hub.level(MUG)).toEqual({ on_hand: 100, allocated: before.allocated + 2, held: 0 });
    expect(await hub.broken()).toEqual([]);
  });

  it("promises the collection as availability does: the place's own minutes and the slowest work", async () => {
    const order = placed(
      await hub.complete(
        await hub.cart([
          [MUG, 1],
          [CAPPUCCINO, 2],
        ]),
        CARD,
      ),
    );
    const promised = Date.parse(order.fulfillments[0]?.promisedAt ?? "") - Date.parse(order.placedAt);
    expect(promised).toBe((5 * 60 + 2 * 50) * 1000);
  });

  it("tells it once, with ids and without a name", async () => {
    await hub.published();
    const order = placed(await hub.complete(await hub.cart([[MUG, 1]]), CARD));
    const told = (await hub.published()).filter(({ type }) => type.startsWith("order."));
    expect(told).toEqual([
      {
        type: "order.placed.v1",
        subject: `order/${order.id}`,
        data: expect.objectContaining({ number: order.number, handedOver: false, customerIdThen: null, points: 0, total: 1400 }),
      },
    ]);
  });

  it("writes nothing when stock is short, and says what is left", async () => {
    const cart = await hub.cart([[MUG, 5]]);
    await hub.rows("delete from stock.hold");
    await hub.rows("update stock.level set held = 0, on_hand = allocated + 3 where variant_id = $1", [variantId(MUG)]);
    const orders = await hub.rows("select 1 from orders.orders");
    expect(await hub.complete(cart, CARD)).toEqual({
      kind: "refused",
      error: { code: "stock.insufficient", variantId: variantId(MUG), requested: 5, available: 3 },
    });
    expect(await hub.rows("select 1 from orders.orders")).toHaveLength(orders.length);
    expect(await hub.rows("select state from carts.cart where id = $1", [cart.id])).toEqual([{ state: "open" }]);
    expect(await hub.broken()).toEqual([]);
  });

  it("a double click is one order: with one key the same answer, with two keys the second is told which order it became", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    const key = newKey();
    const [first, second] = await Promise.all([hub.complete(cart, CARD, { key }), hub.complete(cart, CARD, { key })]);
    const third = await hub.complete(cart, CARD, { key });
    const order = placed([first, second].find(({ kind }) => kind === "placed") ?? first);
    expect(third).toMatchObject({ kind: "stored", stored: { kind: "stored", status: 201, response: JSON.stringify(order) } });
    expect(await hub.complete(cart, CARD)).toEqual({
      kind: "refused",
      error: { code: "cart.closed", state: "completed", orderId: order.id },
    });
    expect(await hub.rows("select 1 from payments.tender where order_id = $1", [order.id])).toHaveLength(1);
  });

  it("two clicks with two keys at once make one order", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    const both = await Promise.all([hub.complete(cart, CARD), hub.complete(cart, CARD)]);
    expect(both.filter(({ kind }) => kind === "placed")).toHaveLength(1);
    expect(both.find(({ kind }) => kind === "refused")).toMatchObject({
      error: { code: expect.stringMatching(/^cart\.(changed|closed)$/) },
    });
    expect(await hub.broken()).toEqual([]);
  });

  it("the same key with another body is refused", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    const key = newKey();
    await hub.complete(cart, CARD, { key });
    expect(await hub.complete(cart, CARD, { key: { ...key, requestHash: Buffer.from("other") } })).toEqual({
      kind: "stored",
      stored: { kind: "other_request" },
    });
  });
});

describe("[CHK-2] what is checked is what the cart showed", () => {
  it("another total than shown is refused with the new one", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    expect(await hub.complete(cart, CARD, { expectedTotal: { amount: 1399, currency: "EUR" } })).toEqual({
      kind: "refused",
      error: { code: "cart.total_changed", expected: { amount: 1399, currency: "EUR" }, total: { amount: 1400, currency: "EUR" } },
    });
  });

  it("an empty cart and a missing place are named as the cart names them", async () => {
    const empty = await hub.cart([]);
    expect(await hub.complete(empty, CARD)).toMatchObject({
      error: { code: "cart.requirements_unmet", requirements: [{ code: "cart.empty" }] },
    });
  });

  it("a cart that changed after it was priced is not ordered as it was", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    const add = { id: testId<never>("op", 7), kind: "add" as const, sku: `SKU-${BEANS}`, quantity: 1, options: [] };
    await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: [add] }), cart.actor);
    expect(await hub.complete(cart, CARD)).toMatchObject({ error: { code: "cart.total_changed", total: { amount: 2250 } } });
  });

  it("whoever holds no token completes nothing", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    expect(await hub.complete({ ...cart, actor: visitor() }, CARD)).toEqual({ kind: "refused", error: { code: "cart.unknown" } });
  });

  it("cash needs a hand to take it, and nothing is due at a collection that happens at once", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    expect(await hub.complete(cart, [{ kind: "cash" }])).toMatchObject({ error: { code: "payment.method_not_offered", kind: "cash" } });
  });

  it("completion may name another place: stock is taken there, and what was held at the first is free", async () => {
    await hub.stock(MUG, PARIS, 4);
    const before = await hub.level(MUG, LYON);
    const cart = await hub.cart([[MUG, 3]]);
    const fulfillment = { kind: "collect", placeId: PARIS, dining: "take_away", dueAt: null } as const;
    expect(placed(await hub.complete(cart, DUE, { fulfillment }))).toMatchObject({ placeName: "Paris", paymentState: "due_at_collection" });
    expect(await hub.level(MUG, PARIS)).toEqual({ on_hand: 4, allocated: 3, held: 0 });
    expect(await hub.level(MUG, LYON)).toEqual(before);
    expect(await hub.complete(await hub.cart([[MUG, 2]]), DUE, { fulfillment })).toMatchObject({
      error: { code: "stock.insufficient", requested: 2, available: 1 },
    });
  });
});

describe("money", () => {
  it("[PAY-3] what is due at the collection is never paid", async () => {
    const order = placed(await hub.complete(await hub.cart([[MUG, 1]]), DUE));
    expect(order).toMatchObject({ paymentState: "due_at_collection", paid: { amount: 0 }, due: { amount: 1400 }, state: "placed" });
    expect(order.fulfillments[0]?.due).toEqual({ amount: 1400, currency: "EUR" });
  });

  it("a card that is declined on the spot is kept as declined, and the cart stays open for another", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    const key = newKey();
    const declined = await hub.complete(cart, [{ kind: "card", token: "inline_decline" }], { key });
    expect(declined).toEqual({ kind: "refused", error: { code: "payment.declined", reason: "card_declined" } });
    expect(await hub.rows("select state, amount from payments.intent where cart_id = $1", [cart.id])).toEqual([
      { state: "failed", amount: 1400 },
    ]);
    expect(await hub.complete(cart, [{ kind: "card", token: "inline_decline" }], { key })).toMatchObject({
      stored: { status: 402, response: expect.stringContaining("payment.declined") },
    });
    placed(await hub.complete(cart, CARD));
    expect(await hub.broken()).toEqual([]);
  });

  it("a code is spent with the order, once per customer, and refused to the second order at once", async () => {
    const code = {
      id: testId<CodeId>("code", 1),
      code: "ONCE",
      benefit: { kind: "amount", money: { amount: 200, currency: "EUR" } },
      scope: {},
      combinable: true,
      maximumUses: 1,
    } as const;
    await hub.must((ctx) => createCode(ctx, code));
    hub.around.snapshots.invalidate();
    const carts = await Promise.all([hub.cart([[MUG, 1]]), hub.cart([[MUG, 1]])]);
    const shown: TestCart[] = [];
    for (const cart of carts) {
      const apply = { id: testId<never>("apply", shown.length), kind: "applyCode" as const, code: "once" };
      const { cart: view } = await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: [apply] }), cart.actor);
      shown.push({ ...cart, view });
    }
    expect(shown[0]?.view.totals.total.amount).toBe(1200);
    const both = await Promise.all(shown.map((cart) => hub.complete(cart, CARD)));
    expect(both.filter(({ kind }) => kind === "placed")).toHaveLength(1);
    expect(both.find(({ kind }) => kind === "refused")).toMatchObject({ error: { code: "pricing.code_used_up", text: "ONCE" } });
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[LOY-1] points are in the sale's transaction", () => {
  it("two sales at once make a member once, and both count", async () => {
    const customer = await hub.customer();
    const first = await hub.cart([[MUG, 1]], { actor: customer });
    placed(await hub.complete(first, CARD));
    const tickets = await Promise.all([hub.cart([[MUG, 1]], { actor: customer }), hub.cart([[BEANS, 1]], { actor: customer })]);
    await Promise.all(tickets.map((cart) => hub.complete(cart, CARD)));
    const members = await hub.rows<{ balance: number }>("select balance from loyalty.read_member where record_id = $1", [
      customer.customer.recordId,
    ]);
    expect(members).toHaveLength(1);
    const [sum] = await hub.rows<{ points: number }>("select sum(points_earned) as points from orders.orders where record_id = $1", [
      customer.customer.recordId,
    ]);
    expect(members[0]?.balance).toBe(Number(sum?.points));
    expect(await hub.broken()).toEqual([]);
  });

  it("a visitor earns nothing", async () => {
    expect(placed(await hub.complete(await hub.cart([[MUG, 1]]), CARD)).pointsEarned).toBe(0);
  });
});
