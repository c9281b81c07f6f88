import type { IntentId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { operate } from "../carts/index.ts";
import { testId, variantId } from "../../../test/goods-hub.ts";
import { LYON, MUG, newKey, saleHub, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import type { Desk } from "./ask-for-money.ts";
import { deskOn, takeProviderAnswer } from "./late-answers.ts";
import { settleAttempt } from "./settle.ts";
import type { AttemptId } from "./attempt.ts";

let hub: SaleHub;
let desk: Desk;
beforeAll(async () => {
  hub = await saleHub();
  desk = deskOn(hub.around);
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  await hub.rows("update stock.level set allocated = 0, held = 0");
  await hub.rows("delete from stock.hold");
  hub.provider.asked.splice(0);
  hub.provider.script = "capture";
});

const OUTSIDE = [{ kind: "card", token: "outside" }] as const;

async function intentOf(cart: TestCart): Promise<{ id: IntentId; state: string; order_id: string | null }> {
  const [intent] = await hub.rows<{ id: IntentId; state: string; order_id: string | null }>(
    "select id, state, order_id from payments.intent where cart_id = $1 order by created_at desc, id desc limit 1",
    [cart.id],
  );
  if (!intent) throw new Error("no intent");
  return intent;
}

async function attemptOf(cart: TestCart): Promise<{ id: AttemptId; state: string; body: unknown }> {
  const [attempt] = await hub.rows<{ id: AttemptId; state: string; body: unknown }>(
    "select id, state, body from checkout.attempt where cart_id = $1 order by created_at desc, id desc limit 1",
    [cart.id],
  );
  if (!attempt) throw new Error("no attempt");
  return attempt;
}

const stateOf = async (cart: TestCart) =>
  (await hub.rows<{ state: string }>("select state from carts.cart where id = $1", [cart.id]))[0]?.state;
const ordersOf = (cart: TestCart) => hub.rows("select id from orders.orders where cart_id = $1", [cart.id]);
const charges = () => hub.provider.asked.filter((asked) => asked.startsWith("charge"));

describe("[CHK-3] an outside provider is asked between two transactions", () => {
  it("captured: one order, one charge, and nothing of the request is kept beside it", async () => {
    const cart = await hub.cart([[MUG, 2]]);
    expect(await hub.complete(cart, OUTSIDE)).toMatchObject({
      kind: "placed",
      view: { paymentState: "paid", tenders: [{ kind: "card", state: "captured" }] },
    });
    expect(charges()).toHaveLength(1);
    expect(await attemptOf(cart)).toMatchObject({ state: "placed", body: null });
    expect(await hub.level(MUG)).toEqual({ on_hand: 100, allocated: 2, held: 0 });
    expect(await hub.broken()).toEqual([]);
  });

  it("declined: the cart is open again, holds nothing more, and another card pays it", async () => {
    hub.provider.script = "decline";
    const cart = await hub.cart([[MUG, 2]]);
    const key = newKey();
    expect(await hub.complete(cart, OUTSIDE, { key })).toEqual({
      kind: "refused",
      error: { code: "payment.declined", reason: "card_declined" },
    });
    expect(await stateOf(cart)).toBe("checkout");
    expect(await hub.level(MUG)).toEqual({ on_hand: 100, allocated: 0, held: 0 });
    expect(await hub.complete(cart, OUTSIDE, { key })).toMatchObject({ kind: "stored", stored: { status: 402 } });
    hub.provider.script = "capture";
    expect(await hub.complete(cart, OUTSIDE)).toMatchObject({ kind: "placed" });
    expect(await hub.broken()).toEqual([]);
  });

  it("while it thinks, the cart takes no change and no second completion, and its goods are held", async () => {
    hub.provider.script = "pending";
    const cart = await hub.cart([[MUG, 2]]);
    expect(await hub.complete(cart, OUTSIDE)).toMatchObject({ kind: "pending" });
    expect(await stateOf(cart)).toBe("completing");
    expect(await hub.complete(cart, OUTSIDE)).toEqual({ kind: "refused", error: { code: "cart.completing" } });
    const add = { id: testId<never>("while", 1), kind: "add" as const, sku: `SKU-${MUG}`, quantity: 1, options: [] };
    expect(await hub.run((ctx) => operate(ctx, { cartId: cart.id, operations: [add] }), cart.actor)).toMatchObject({ ok: false });
    expect(await hub.level(MUG)).toMatchObject({ held: 2 });
    hub.provider.settle((await intentOf(cart)).id, "declined");
    await settleAttempt(desk, hub.deps, (await attemptOf(cart)).id, "find");
    expect(await stateOf(cart)).toBe("checkout");
  });

  it("a provider that hangs holds no lock and nobody up", async () => {
    hub.provider.script = "hang";
    const hanging = hub.complete(await hub.cart([[MUG, 1]]), OUTSIDE);
    await expect.poll(charges).toHaveLength(1);
    hub.provider.script = "capture";
    const others = await Promise.all(
      Array.from({ length: 8 }, async () => hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "card", token: "inline" }])),
    );
    expect(others.map(({ kind }) => kind)).toEqual(others.map(() => "placed"));
    expect(await hanging).toEqual({ kind: "refused", error: { code: "payment.timed_out" } });
    expect(await hub.broken()).toEqual([]);
  });

  it("stock that is short refuses before anything is charged", async () => {
    const cart = await hub.cart([[MUG, 2]]);
    await hub.rows("delete from stock.hold");
    await hub.rows("update stock.level set held = 0, on_hand = 1 where variant_id = $1", [variantId(MUG)]);
    expect(await hub.complete(cart, OUTSIDE)).toMatchObject({ error: { code: "stock.insufficient", available: 1 } });
    expect(hub.provider.asked).toEqual([]);
    expect(await stateOf(cart)).toBe("open");
  });
});

describe("[CHK-4] whoever is first writes the order, once", () => {
  it("the answer was lost: the retry with the same key asks what became of it and charges nothing again", async () => {
    hub.provider.script = "lose";
    const cart = await hub.cart([[MUG, 1]]);
    const key = newKey();
    const first = await hub.complete(cart, OUTSIDE, { key });
    const second = await hub.complete(cart, OUTSIDE, { key });
    // The first call already asked again after it had waited, so one of both has the order and the other its stored answer.
    expect([first.kind, second.kind]).toEqual(["placed", "stored"]);
    expect(charges()).toHaveLength(1);
    expect(await ordersOf(cart)).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });

  it("a late webhook, a retry and the clock arrive together: one order, one charge, one answer", async () => {
    hub.provider.script = "pending";
    const cart = await hub.cart([[MUG, 1]]);
    const key = newKey();
    expect(await hub.complete(cart, OUTSIDE, { key })).toMatchObject({ kind: "pending" });
    const intent = await intentOf(cart);
    const answer = hub.provider.settle(intent.id, "captured");
    const attempt = await attemptOf(cart);
    await Promise.all([
      takeProviderAnswer(desk, hub.deps, intent.id, answer),
      takeProviderAnswer(desk, hub.deps, intent.id, answer),
      hub.complete(cart, OUTSIDE, { key }),
      settleAttempt(desk, hub.deps, attempt.id, "find"),
    ]);
    expect(await ordersOf(cart)).toHaveLength(1);
    expect(charges()).toHaveLength(1);
    expect(hub.provider.asked.filter((asked) => asked.startsWith("cancel"))).toEqual([]);
    expect(await intentOf(cart)).toMatchObject({ state: "captured" });
    expect(await hub.complete(cart, OUTSIDE, { key })).toMatchObject({ kind: "stored", stored: { status: 201 } });
    expect(await hub.broken()).toEqual([]);
  });

  it("a webhook that read the payment before somebody else wrote the order gives nothing back", async () => {
    hub.provider.script = "pending";
    const cart = await hub.cart([[MUG, 1]]);
    await hub.complete(cart, OUTSIDE);
    const intent = await intentOf(cart);
    const answer = hub.provider.settle(intent.id, "captured");
    const attempt = await attemptOf(cart);
    let isWritten = false;
    const overtaken: Desk = {
      read: desk.read,
      async write(work) {
        if (!isWritten) {
          isWritten = true;
          await settleAttempt(desk, hub.deps, attempt.id, "find");
        }
        return desk.write(work);
      },
    };
    await takeProviderAnswer(overtaken, hub.deps, intent.id, answer);
    expect(await ordersOf(cart)).toHaveLength(1);
    expect(hub.provider.asked.filter((asked) => asked.startsWith("cancel"))).toEqual([]);
    expect(await intentOf(cart)).toMatchObject({ state: "captured", order_id: expect.any(String) });
    expect(await hub.broken()).toEqual([]);
  });

  it("the order that a late answer writes is its customer's and channel's, not the system's", async () => {
    hub.provider.script = "pending";
    const customer = await hub.customer();
    const cart = await hub.cart([[MUG, 1]], { actor: customer });
    await hub.complete(cart, OUTSIDE);
    const { id } = await intentOf(cart);
    await takeProviderAnswer(desk, hub.deps, id, hub.provider.settle(id, "captured"));
    expect(await hub.rows("select record_id, channel_id, points_earned from orders.orders where cart_id = $1", [cart.id])).toEqual([
      { record_id: customer.customer.recordId, channel_id: customer.channelId, points_earned: 14 },
    ]);
  });
});

describe("[CHK-5] money that cannot become an order goes back", () => {
  it("answered after the hold was lost: voided and told, never an order that cannot be served", async () => {
    hub.provider.script = "pending";
    const cart = await hub.cart([[MUG, 2]]);
    await hub.complete(cart, OUTSIDE);
    await hub.rows("delete from stock.hold");
    await hub.rows("update stock.level set held = 0, on_hand = 0 where variant_id = $1", [variantId(MUG)]);
    await hub.published();
    const { id } = await intentOf(cart);
    await takeProviderAnswer(desk, hub.deps, id, hub.provider.settle(id, "captured"));
    expect(await ordersOf(cart)).toEqual([]);
    expect(await intentOf(cart)).toMatchObject({ state: "voided" });
    expect(await stateOf(cart)).toBe("checkout");
    const told = (await hub.published()).map(({ type }) => type);
    expect(told).toContain("payment.failed.v1");
    expect(told).toContain("payment.voided.v1");
    expect(await hub.broken()).toEqual([]);
  });

  it("captured after the attempt was given up: given back, and a later order of the same cart is left alone", async () => {
    hub.provider.script = "hang";
    const cart = await hub.cart([[MUG, 1]]);
    expect(await hub.complete(cart, OUTSIDE)).toMatchObject({ error: { code: "payment.timed_out" } });
    const lost = await intentOf(cart);
    hub.provider.script = "capture";
    expect(await hub.complete(cart, OUTSIDE)).toMatchObject({ kind: "placed" });
    await takeProviderAnswer(desk, hub.deps, lost.id, { kind: "captured", eventId: `late ${lost.id}`, providerRef: "late" });
    const intents = await hub.rows<{ id: string; state: string; order_id: string | null }>(
      "select id, state, order_id from payments.intent where cart_id = $1 order by id",
      [cart.id],
    );
    expect(intents).toMatchObject([
      { id: lost.id, state: "voided", order_id: null },
      { state: "captured", order_id: expect.any(String) },
    ]);
    expect(await ordersOf(cart)).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });

  it("another amount than agreed is never passed over: it goes back and there is no order", async () => {
    hub.provider.script = "pending";
    const cart = await hub.cart([[MUG, 1]]);
    await hub.complete(cart, OUTSIDE);
    const { id } = await intentOf(cart);
    const answer = { ...hub.provider.settle(id, "captured"), amount: { amount: 1399, currency: "EUR" } };
    hub.provider.charges.set(id, answer);
    await takeProviderAnswer(desk, hub.deps, id, answer);
    expect(await ordersOf(cart)).toEqual([]);
    expect(await intentOf(cart)).toMatchObject({ state: "voided" });
    expect(await hub.rows("select error from checkout.attempt where cart_id = $1", [cart.id])).toEqual([
      { error: expect.objectContaining({ code: "payment.amount_differs", captured: { amount: 1399, currency: "EUR" } }) },
    ]);
  });

  it("a provider that thinks for longer than a payment may take loses it", async () => {
    hub.provider.script = "pending";
    const cart = await hub.cart([[MUG, 1]]);
    await hub.complete(cart, OUTSIDE);
    await hub.rows("update checkout.attempt set created_at = created_at - interval '16 minutes' where cart_id = $1", [cart.id]);
    expect(await settleAttempt(desk, hub.deps, (await attemptOf(cart)).id, "find")).toEqual({
      kind: "failed",
      error: { code: "payment.timed_out" },
    });
    expect(await intentOf(cart)).toMatchObject({ state: "voided" });
  });
});
