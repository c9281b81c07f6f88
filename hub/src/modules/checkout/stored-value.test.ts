import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ok, type OrderId, type RecordId, type StaffId } from "@weft/kernel";
import type { OrderView, Role } from "@weft/contracts";
import { creditOf, giftCardCode, grantCredit, isGiftCardCode, type CreditGrantId } from "../payments/index.ts";
import { giftCardHub, soldCard, VOUCHER } from "../../../test/gift-card-hub.ts";
import { testId } from "../../../test/goods-hub.ts";
import { BEANS, LYON, MUG, tillActor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { cancelOrder } from "./index.ts";
import type { Completion } from "./index.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await giftCardHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const goods of [MUG, BEANS]) await hub.stock(goods, LYON, 1000);
});

const CARD = [{ kind: "card", token: "inline" }] as const;

function placed(completion: Completion): OrderView {
  if (completion.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(completion)}`);
  return completion.view;
}

/** A customer with so much store credit, given by staff. */
async function withCredit(amount: number) {
  const customer = await hub.customer();
  const till = tillActor();
  const wanted = {
    id: testId<CreditGrantId>("grant", ++grants),
    recordId: customer.customer.recordId,
    amount: { amount, currency: "EUR" },
    reason: "goodwill" as const,
    note: null,
  };
  if (!till.staff) throw new Error("a till has its cashier");
  const staff = { ...till.staff, roles: ["owner"] as const };
  await hub.must((ctx) => grantCredit(ctx, staff, wanted), till);
  // Sent again it is the same.
  await hub.must((ctx) => grantCredit(ctx, staff, wanted), till);
  return customer;
}
let grants = 0;

const creditLeft = (recordId: RecordId) => hub.must(async (ctx) => ok(await creditOf(ctx, recordId, "EUR")));

const leftOn = async (id: string): Promise<number> => {
  const [row] = await hub.rows<{ balance: string }>("select balance from ledger.read_value where card_id = $1", [id]);
  return Number(row?.balance);
};
const totalOf = (cart: TestCart) => cart.view.totals.total.amount;

describe("[PAY-11] store credit and gift cards pay, and are never spent twice", () => {
  it("store credit pays a part, a card the rest, and canceling gives each back what it gave", async () => {
    const customer = await withCredit(1000);
    const cart = await hub.cart([[MUG, 1]], { actor: customer });
    const order = placed(await hub.complete(cart, [{ kind: "store_credit", amount: 1000 }, ...CARD]));
    expect(order).toMatchObject({ paymentState: "paid", tenders: [{ kind: "store_credit" }, { kind: "card", amount: { amount: 400 } }] });
    expect(await creditLeft(customer.customer.recordId)).toBe(0);
    await hub.must((ctx) => cancelOrder(ctx, order.id as OrderId, "a change of mind"), customer);
    expect(await creditLeft(customer.customer.recordId)).toBe(1000);
    expect(await hub.broken()).toEqual([]);
  });

  it("more than there is is refused with what is left, and so is store credit of nobody who is known", async () => {
    const customer = await withCredit(300);
    const cart = await hub.cart([[MUG, 1]], { actor: customer });
    expect(await hub.complete(cart, [{ kind: "store_credit", amount: 400 }, ...CARD])).toMatchObject({
      kind: "refused",
      error: { code: "payment.value_short", kind: "store_credit", available: { amount: 300 } },
    });
    expect(await hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "store_credit" }])).toMatchObject({
      kind: "refused",
      error: { code: "payment.method_not_offered" },
    });
  });

  it("twenty orders for one gift card: as many are paid as it is worth, and the others are told what is left", async () => {
    const { code, id } = await soldCard(hub);
    const carts = await Promise.all(Array.from({ length: 20 }, () => hub.cart([[MUG, 1]])));
    const done = await Promise.all(carts.map((cart) => hub.complete(cart, [{ kind: "gift_card", code }])));
    expect(done.filter(({ kind }) => kind === "placed")).toHaveLength(3); // 50.00 is three mugs of 14.00
    for (const one of done.filter(({ kind }) => kind === "refused"))
      expect(one).toMatchObject({ error: { code: "payment.value_short", kind: "gift_card" } });
    expect(await leftOn(id)).toBe(800);
    expect(await hub.broken()).toEqual([]);
  }, 60_000);

  it("a gift card pays at the till by the id that looking it up answered, and the web learns that it is spent", async () => {
    const { code, id } = await soldCard(hub);
    const till = tillActor();
    const cart = await hub.cart([[MUG, 3]], { actor: till });
    expect(await hub.sell(cart, [{ kind: "gift_card", cardId: id }])).toMatchObject({ ok: true });
    expect(totalOf(cart)).toBe(4200);
    const web = await hub.cart([[MUG, 1]]);
    expect(await hub.complete(web, [{ kind: "gift_card", code }])).toMatchObject({
      error: { code: "payment.value_short", available: { amount: 800 } },
    });
    expect(await hub.complete(web, [{ kind: "gift_card", cardId: id, amount: 800 }, ...CARD])).toMatchObject({
      error: { code: "gift_card.unknown" }, // an id is no right
    });
    expect(placed(await hub.complete(web, [{ kind: "gift_card", code, amount: 800 }, ...CARD])).paymentState).toBe("paid");
    expect(await leftOn(id)).toBe(0);
  });

  it("a card beside it that fails takes nothing off the gift card, and no code is kept meanwhile", async () => {
    const { code, id } = await soldCard(hub);
    hub.provider.script = "decline";
    const cart = await hub.cart([[MUG, 1]]);
    expect(
      await hub.complete(cart, [
        { kind: "gift_card", code, amount: 500 },
        { kind: "card", token: "outside" },
      ]),
    ).toMatchObject({
      error: { code: "payment.declined" },
    });
    hub.provider.script = "pending";
    await hub.complete(await hub.cart([[MUG, 1]]), [
      { kind: "gift_card", code, amount: 500 },
      { kind: "card", token: "outside" },
    ]);
    hub.provider.script = "capture";
    expect(await hub.rows("select 1 from checkout.attempt where body::text like $1", [`%${code}%`])).toEqual([]);
    expect(await leftOn(id)).toBe(5000);
  });

  it("a blocked one pays nothing", async () => {
    const { code, id } = await soldCard(hub);
    await hub.rows("update payments.gift_card set blocked_at = now(), block_reason = 'lost' where id = $1", [id]);
    expect(await hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "gift_card", code }])).toMatchObject({
      error: { code: "gift_card.blocked" },
    });
  });
});

describe("[PAY-15] store credit is given within what somebody may give in a business day", () => {
  const grant = async (roles: readonly Role[], staffId: number, amount: number, currency = "EUR") => {
    const { customer } = await hub.customer();
    const till = tillActor();
    if (!till.staff) throw new Error("a till has its cashier");
    const staff = { ...till.staff, id: testId<StaffId>("staff", staffId), roles };
    const wanted = { id: testId<CreditGrantId>("grant", ++grants), recordId: customer.recordId, amount: { amount, currency } };
    return hub.run((ctx) => grantCredit(ctx, staff, { ...wanted, reason: "goodwill", note: null }), till);
  };

  it("a manager 500.00, an agent 50.00, a cashier nothing, each in their own pocket", async () => {
    expect(await grant(["manager"], 11, 40_000)).toMatchObject({ ok: true });
    expect(await grant(["manager"], 11, 10_001)).toMatchObject({
      error: { code: "store_credit.over_limit", limit: { amount: 50_000 }, givenToday: { amount: 40_000 } },
    });
    expect(await grant(["manager"], 11, 10_000)).toMatchObject({ ok: true });
    expect(await grant(["agent"], 12, 5001)).toMatchObject({ error: { code: "store_credit.over_limit" } });
    expect(await grant(["agent", "read_only"], 12, 5000)).toMatchObject({ ok: true });
    expect(await grant(["cashier"], 13, 1)).toMatchObject({ error: { code: "store_credit.over_limit" } });
  });

  it("two at the same moment do not both fit", async () => {
    const given = await Promise.all([grant(["agent"], 14, 3000), grant(["agent"], 14, 3000)]);
    expect(given.filter(({ ok: isGiven }) => isGiven)).toHaveLength(1);
  });
});

describe("[CHK-17] gift cards are sold without tax, are there at once, and earn nothing until they are spent", () => {
  it("at the till beside goods, one for each unit", async () => {
    const cart = await hub.cart(
      [
        [MUG, 1],
        [VOUCHER, 2],
      ],
      { actor: tillActor() },
    );
    const sold = await hub.sell(cart, [{ kind: "cash" }]);
    expect(sold).toMatchObject({ ok: true, value: { view: { fulfillmentState: "fulfilled", total: { amount: 11_400 } } } });
    const cards = await hub.rows("select amount::integer, currency from payments.gift_card where order_id = $1", [
      sold.ok ? sold.value.orderId : null,
    ]);
    expect(cards).toEqual([
      { amount: 5000, currency: "EUR" },
      { amount: 5000, currency: "EUR" },
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("in the shop paid at once and told at once, by themselves or beside goods that are fetched later; what is due later is refused", async () => {
    const customer = await hub.customer();
    const order = placed(await hub.complete(await hub.cart([[VOUCHER, 1]], { actor: customer }), CARD));
    expect(order).toMatchObject({ fulfillmentState: "fulfilled", pointsEarned: 0, tax: { amount: 0 } });
    const mixed = await hub.cart([
      [VOUCHER, 1],
      [MUG, 1],
    ]);
    expect(mixed.view.lines.map(({ isGiftCard }) => isGiftCard ?? false)).toEqual([true, false]);
    for (const cart of [mixed, await hub.cart([[VOUCHER, 1]])])
      expect(await hub.complete(cart, [{ kind: "due_at_collection" }])).toMatchObject({ error: { code: "gift_card.paid_at_once" } });
    const beside = placed(await hub.complete(mixed, CARD));
    expect(beside).toMatchObject({ paymentState: "paid", fulfillmentState: "open", pointsEarned: 0 });
    expect(beside.fulfillments.map(({ kind, state }) => [kind, state])).toEqual([
      ["collect", "planned"],
      ["take_away", "collected"],
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("a gift card buys no gift card", async () => {
    const { code } = await soldCard(hub);
    const cart = await hub.cart([[VOUCHER, 1]]);
    expect(await hub.complete(cart, [{ kind: "gift_card", code }])).toMatchObject({ error: { code: "gift_card.buys_no_card" } });
  });
});

describe("[PAY-14] the code of a gift card", () => {
  it("finds one wrong letter and two that changed seats by itself", () => {
    const code = giftCardCode(Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 250));
    expect(isGiftCardCode(code.toLowerCase().replaceAll(/(.{4})/g, "$1-"))).toBe(true);
    for (let at = 0; at < code.length; at++) {
      const other = code[at] === "A" ? "C" : "A";
      expect(isGiftCardCode(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
      const [a = "", b = ""] = [code[at], code[at + 1]];
      if (b !== "" && a !== b) expect(isGiftCardCode(code.slice(0, at) + b + a + code.slice(at + 2))).toBe(false);
    }
  });
});
