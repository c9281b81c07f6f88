import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asId, ok } from "@weft/kernel";
import { randomUUID } from "node:crypto";
import { giftCardHub, soldCard, VOUCHER } from "../../../test/gift-card-hub.ts";
import { LYON, MUG, newStore, PARIS, tillActor, visitor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import type { CartOperation } from "@weft/contracts";
import type { Actor } from "../../platform/index.ts";
import { openCart, operate } from "../carts/index.ts";
import { cardsToppedUpBy, replaceCard, setBlocked, type GiftCardId } from "../payments/index.ts";
import { upsertPlaces } from "../places/index.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await giftCardHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 1000));

const CASH = [{ kind: "cash" }] as const;
const added = (cardId: string, amount: number): CartOperation => ({
  id: randomUUID(),
  kind: "add",
  sku: `SKU-${VOUCHER}`,
  quantity: 1,
  options: [],
  topUp: { cardId, amount },
});

/** Puts so much for a card onto a cart, and answers what became of it. */
async function onto(cart: TestCart, cardId: string, amount: number) {
  const { cart: view, results } = await hub.must(
    (ctx) => operate(ctx, { cartId: cart.id, operations: [added(cardId, amount)] }),
    cart.actor,
  );
  return { cart: { ...cart, view }, result: results[0] };
}

async function ticket(cardId: string, amount: number, actor: Actor = tillActor()): Promise<TestCart> {
  const { cart, result } = await onto(await hub.cart([], { actor }), cardId, amount);
  expect(result).toMatchObject({ outcome: "applied" });
  return cart;
}

const refusalOf = async (cardId: string, amount: number) =>
  (await onto(await hub.cart([], { actor: tillActor() }), cardId, amount)).result?.code;

const cardNow = async (id: string) => {
  const [row] = await hub.rows<{ left: string; ends: Date | null }>(
    "select v.balance as left, c.expires_at as ends from payments.gift_card c join ledger.read_value v on v.card_id = c.id where c.id = $1",
    [id],
  );
  return { left: Number(row?.left), ends: row?.ends ?? null };
};

const settings = async (given: object) => {
  await hub.must(async (ctx) => ok(await upsertPlaces(ctx, [{ ...newStore(LYON, "Lyon"), settings: given }])));
  hub.around.snapshots.invalidate();
};

describe("[PAY-60] a gift card is topped up by a sale", () => {
  it("by any amount, without tax and points, and is the same card with its code; the order says which", async () => {
    const { id, code } = await soldCard(hub);
    const cart = await ticket(id, 3075);
    expect(cart.view.lines).toMatchObject([
      {
        name: { en: `Gift card …${code.slice(-4)} topped up` },
        isGiftCard: true,
        topUp: { cardId: id },
        total: { amount: 3075 },
        discount: { amount: 0 },
      },
    ]);
    const sold = await hub.sell(cart, CASH);
    expect(sold).toMatchObject({
      ok: true,
      value: { view: { total: { amount: 3075 }, tax: { amount: 0 }, pointsEarned: 0, fulfillmentState: "fulfilled" } },
    });
    expect(await cardNow(id)).toMatchObject({ left: 8075 });
    if (!sold.ok) return;
    const { orderId } = sold.value;
    expect(await hub.must(async (ctx) => ok(await cardsToppedUpBy(ctx, orderId)))).toMatchObject([
      { cardId: id, left: { amount: 8075 }, amount: { amount: 3075 } },
    ]);
    expect(await hub.rows("select 1 from payments.gift_card where order_id = $1", [orderId])).toEqual([]);
    expect(await hub.complete(await hub.cart([[MUG, 5]]), [{ kind: "gift_card", code }])).toMatchObject({ kind: "placed" });
    expect(await hub.broken()).toEqual([]);
  });

  it("in the shop too, by whoever looked its code up, beside goods and a new gift card", async () => {
    const { id } = await soldCard(hub);
    const both = await hub.cart([
      [MUG, 1],
      [VOUCHER, 1],
    ]);
    const { cart } = await onto(both, id, 1000);
    expect(cart.view.lines).toHaveLength(3);
    expect(await hub.complete(cart, [{ kind: "due_at_collection" }])).toMatchObject({ error: { code: "gift_card.paid_at_once" } });
    expect(await hub.complete(cart, [{ kind: "card", token: "inline" }])).toMatchObject({ kind: "placed", view: { paymentState: "paid" } });
    expect(await cardNow(id)).toMatchObject({ left: 6000 });
    expect(await hub.broken()).toEqual([]);
  });

  it("by a card that is asked outside once it has paid; one that is declined leaves everything as it was", async () => {
    const { id } = await soldCard(hub);
    const outside = [{ kind: "card", token: "outside" }] as const;
    hub.provider.script = "decline";
    const { cart } = await onto(await hub.cart([]), id, 1000);
    expect(await hub.complete(cart, outside)).toMatchObject({ error: { code: "payment.declined" } });
    expect(await cardNow(id)).toMatchObject({ left: 5000 });
    hub.provider.script = "capture";
    const again = await onto(await hub.cart([]), id, 1000);
    expect(await hub.complete(again.cart, outside)).toMatchObject({ kind: "placed" });
    expect(await cardNow(id)).toMatchObject({ left: 6000 });
    expect(await hub.broken()).toEqual([]);
  });

  it("neither a gift card nor another number of it pays onto one", async () => {
    const [one, other] = [await soldCard(hub), await soldCard(hub)];
    const cart = await ticket(one.id, 1000);
    expect(await hub.sell(cart, [{ kind: "gift_card", cardId: other.id }])).toMatchObject({ error: { code: "gift_card.buys_no_card" } });
    const twice = { id: randomUUID(), kind: "setQuantity", lineId: cart.view.lines[0]?.id ?? "", quantity: 2 } as const;
    const { results } = await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: [twice] }), cart.actor);
    expect(results[0]).toMatchObject({ outcome: "refused", code: "gift_card.one_amount" });
    expect(await refusalOf(randomUUID(), 1000)).toBe("gift_card.unknown");
  });

  it("up to what the place lets one hold, what is on the ticket already counted", async () => {
    const { id } = await soldCard(hub);
    expect(await refusalOf(id, 45_001)).toBe("gift_card.too_much");
    const first = await ticket(id, 20_000);
    expect((await onto(first, id, 25_001)).result).toMatchObject({ code: "gift_card.too_much", data: { most: 50_000, left: 25_000 } });
    const second = await ticket(id, 30_000);
    expect(await hub.sell(first, CASH)).toMatchObject({ ok: true });
    expect(await hub.sell(second, CASH)).toMatchObject({
      error: { code: "gift_card.too_much", left: { amount: 25_000 }, most: { amount: 50_000 } },
    });
    expect(await cardNow(id)).toMatchObject({ left: 25_000 });
  });

  it("not once it is blocked or has ended; found by its new code it is still the same card", async () => {
    const { id } = await soldCard(hub);
    const [waiting, late] = [await ticket(id, 1000), await ticket(id, 1000)];
    await hub.must((ctx) => setBlocked(ctx, asId<GiftCardId>(id), "lost"), tillActor());
    expect(await refusalOf(id, 1000)).toBe("gift_card.blocked");
    expect(await hub.sell(waiting, CASH)).toMatchObject({ error: { code: "gift_card.blocked" } });
    await hub.must((ctx) => replaceCard(ctx, hub.vault, asId<GiftCardId>(id), "lost"), tillActor());
    expect(await hub.sell(late, CASH)).toMatchObject({ ok: true });
    await hub.rows("update payments.gift_card set expires_at = now() - interval '1 hour' where id = $1", [id]);
    expect(await refusalOf(id, 1000)).toBe("gift_card.ended");
    expect(await hub.sell(waiting, CASH)).toMatchObject({ error: { code: "gift_card.ended" } });
  });

  it("what a till took already is booked, whatever became of the card", async () => {
    const { id } = await soldCard(hub);
    const taken = await ticket(id, 1000);
    await hub.must((ctx) => setBlocked(ctx, asId<GiftCardId>(id), "lost"), tillActor());
    expect(await hub.sell(taken, CASH, { mode: "recorded" })).toMatchObject({ ok: true });
    expect(await cardNow(id)).toMatchObject({ left: 6000 });
    expect(await hub.broken()).toEqual([]);
  });
});

it("[PAY-61] a card has one end: the later of its own and that of what came onto it, also for what is given back", async () => {
  await settings({ giftCardMonths: 12 });
  const { id, code } = await soldCard(hub);
  const { ends } = await cardNow(id);
  const mugs = await hub.cart([[MUG, 3]]);
  expect(await hub.complete(mugs, [{ kind: "gift_card", code }])).toMatchObject({ kind: "placed" });
  await settings({ giftCardMonths: 24 });
  expect(await hub.sell(await ticket(id, 1000), CASH)).toMatchObject({ ok: true });
  const later = (await cardNow(id)).ends;
  expect((later?.getTime() ?? 0) - (ends?.getTime() ?? 0)).toBeGreaterThan(364 * 86_400_000);
  const lots =
    "select distinct expires_at as ends from ledger.lot where account_id = (select account_id from payments.gift_card where id = $1)";
  expect(await hub.rows(lots, [id])).toEqual([{ ends: later }]);
  await settings({ giftCardMonths: 6 });
  expect(await hub.sell(await ticket(id, 1000), CASH)).toMatchObject({ ok: true });
  expect((await cardNow(id)).ends).toEqual(later);
  await settings({ giftCardMonths: 0 });
  expect(await hub.sell(await ticket(id, 1000), CASH)).toMatchObject({ ok: true });
  expect((await cardNow(id)).ends).toBeNull();
  expect(await hub.broken()).toEqual([]);
});

it("[PAY-60] top-ups and payments of two cards at once, each paying beside the other, lose nothing and never wait for each other for good", async () => {
  const cards = [await soldCard(hub), await soldCard(hub)] as const;
  const carts = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const [spent, filled] = n % 2 === 0 ? cards : [cards[1], cards[0]];
      const { cart } = await onto(await hub.cart([[MUG, 1]], { actor: tillActor() }), filled.id, 700);
      return { cart, spent };
    }),
  );
  const sold = await Promise.all(
    carts.map(({ cart, spent }) => hub.sell(cart, [{ kind: "gift_card", cardId: spent.id, amount: 1000 }, ...CASH])),
  );
  expect(sold.map((one) => one.ok)).toEqual(sold.map(() => true));
  for (const { id } of cards) expect(await cardNow(id)).toMatchObject({ left: 5000 - 4 * 1000 + 4 * 700 });
  expect(await hub.broken()).toEqual([]);
});

it("[CRT-60] a top-up stays one through the opening of a cart, and is not offered again after signing in", async () => {
  const { id } = await soldCard(hub);
  const begun = await hub.must(
    (ctx) => openCart(ctx, { placeId: LYON, fulfillment: "collect", operations: [added(id, 500)], isTicket: false }),
    visitor(),
  );
  expect(begun.cart.lines).toMatchObject([{ topUp: { cardId: id }, quantity: 1, total: { amount: 500 } }]);
  const offered = await hub.rows<{ lines: number }>("select json_array_length(carts.earlier_of($1, $1) -> 'lines') as lines", [
    begun.cart.id,
  ]);
  expect(offered).toEqual([{ lines: 0 }]);
});

it("[PAY-60] what a second store puts onto a card is a lot of its own", async () => {
  const { id } = await soldCard(hub);
  const { cart } = await onto(await hub.cart([], { actor: tillActor(PARIS), place: PARIS }), id, 2000);
  expect(await hub.sell(cart, CASH)).toMatchObject({ ok: true });
  const lots = await hub.rows<{ lots: number }>(
    "select count(*)::int as lots from ledger.lot where account_id = (select account_id from payments.gift_card where id = $1)",
    [id],
  );
  expect(lots).toEqual([{ lots: 2 }]);
  expect(await hub.broken()).toEqual([]);
});
