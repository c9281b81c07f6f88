import { asId, newId, type Id, type LineId, type OrderId, type ShiftId } from "@weft/kernel";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { saveDayPrices } from "./day-prices.ts";
import { giftCardHub, soldCard, VOUCHER } from "./gift-card-hub.ts";
import { variantId } from "./goods-hub.ts";
import { ownReturn, soldByHub, someOf } from "./own-return.ts";
import { expectWhole, stockedTill } from "./own-till.ts";
import { BEANS, CAPPUCCINO, CROISSANT, LYON, MUG, TILLS, type SaleHub, type TestCart } from "./sale-hub.ts";
import { testTill, type TestTill } from "./till-hub.ts";
import { operate } from "../src/modules/carts/index.ts";
import { saveDeposit } from "../src/modules/pricing/index.ts";
import { returnOffer } from "../src/modules/returns/offer.ts";
import { goneBefore, linesHere, planReturnHere, refundHere, type SoldGoods } from "../src/modules/till/domain/index.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await giftCardHub();
  await saveDayPrices(hub);
  await hub.must((ctx) =>
    saveDeposit(ctx, {
      code: "cup",
      name: { en: "Deposit" },
      amounts: [{ country: "FR", currency: "EUR", amount: 25, followsGoods: true, taxClass: "voucher" }],
      variantIds: [variantId(MUG)],
    }),
  );
  hub.around.snapshots.invalidate();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  till = await stockedTill(hub);
});
afterEach(() => expectWhole(hub, till));

const who = () => ({ staffId: till.actor.staff?.id ?? null });
type Lines = Parameters<SaleHub["cart"]>[0];
type Units = ReturnType<typeof someOf>;

/** A ticket of the till at the hub; `isKnown` has a customer on it. */
async function ticket(
  lines: Lines,
  { code, isKnown = false }: { readonly code?: string | undefined; readonly isKnown?: boolean } = {},
): Promise<TestCart> {
  const cart = await hub.cart(lines, { actor: till.actor });
  if (isKnown) {
    const { recordId } = (await hub.customer()).customer;
    await hub.rows("update customers.source_record set channel_id = $2 where id = $1", [recordId, TILLS]);
    await hub.rows("update carts.cart set record_id = $2 where id = $1", [cart.id, recordId]);
  }
  if (code === undefined) return cart;
  const operations = [{ id: newId<Id<"operation">>(), kind: "applyCode" as const, code }];
  const changed = await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations }), cart.actor);
  return { ...cart, view: changed.cart };
}

/** What the hub says of units of an order, to the counter of this till. */
async function offered(orderId: string, units: readonly { readonly orderLineId: string; readonly quantity: number }[], isCredit: boolean) {
  const reading = { ...hub.around, db: hub.db, now: new Date(), actor: { ...till.actor, device: null, kind: "secret" as const } };
  const asked = units.map(({ orderLineId, quantity }) => ({ orderLineId: asId<LineId>(orderLineId), quantity }));
  const counter = { placeId: LYON, channelId: TILLS };
  const offer = await returnOffer(reading, asId<OrderId>(orderId), counter, asked, isCredit ? { refundTo: "store_credit" } : {});
  if (!offer.ok || !offer.value.refund) throw new Error(`nothing is offered: ${JSON.stringify(offer)}`);
  const { total, tax, parts } = offer.value.refund;
  return { total: total.amount, tax: tax.amount, parts: parts.map(({ kind, amount }) => ({ kind, amount: amount.amount })) };
}

const lostOf = (orderId: string) =>
  hub.rows<{ lost: number }>("select lost::int from till.sale where order_id = $1 and kind = 'return' order by seq", [orderId]);

describe("[TIL-72] a sale that the hub completed comes back at its till without the hub", () => {
  const step = fc.record({ line: fc.nat(9), units: fc.integer({ min: 1, max: 3 }), isAlone: fc.boolean() });
  const quantity = fc.integer({ min: 1, max: 4 });
  const basket = fc
    .uniqueArray(fc.tuple(fc.constantFrom(MUG, BEANS, CROISSANT, CAPPUCCINO), quantity), {
      minLength: 1,
      maxLength: 3,
      selector: ([n]) => n,
    })
    .map((lines): Lines => lines);
  const sale = fc.record({
    basket,
    code: fc.constantFrom(undefined, "TENTH"),
    isKnown: fc.boolean(),
    paid: fc.constantFrom("cash", "card", "card, cash", "cash, card", "gift card, cash"),
  });

  it("with what the hub would have given back, to the cent, the tax and the tender, however it comes back with it and without it", async () => {
    await fc.assert(
      fc.asyncProperty(sale, fc.array(step, { minLength: 2, maxLength: 4 }), async (wanted, steps) => {
        const shiftId = await till.open();
        const answer = await till.sale(await ticket(wanted.basket, wanted), shiftId, await tendersOf(wanted.paid));
        const sold = soldByHub(answer);
        const before = new Map<string, number>();
        for (const one of steps) {
          const units = unitsOf(sold, before, one);
          const hasCome = units && (await (one.isAlone ? bringAlone(shiftId, sold, before, units) : bringToHub(shiftId, sold, units)));
          if (hasCome) for (const { orderLineId, quantity } of units) before.set(orderLineId, (before.get(orderLineId) ?? 0) + quantity);
        }
        expect((await lostOf(sold.orderId)).filter(({ lost }) => lost !== 0)).toEqual([]);
        await till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: 1 }] } });
      }),
      { numRuns: 6, seed: 51 },
    );
  });

  async function tendersOf(paid: string): Promise<object[]> {
    const part = async (kind: string): Promise<object> =>
      kind === "cash" ? { kind } : kind === "card" ? { kind, token: "inline" } : { kind: "gift_card", code: (await soldCard(hub)).code };
    const [first = "cash", last] = paid.split(", ");
    return last === undefined ? [await part(first)] : [{ ...(await part(first)), amount: 150 }, await part(last)];
  }

  function unitsOf(sold: SoldGoods, before: Map<string, number>, { line: wish, units }: { line: number; units: number }) {
    const index = wish % sold.lines.length;
    const line = sold.lines[index];
    const quantity = Math.min(units, (line?.quantity ?? 0) - (before.get(line?.id ?? "") ?? 0));
    return quantity > 0 ? someOf(sold, index, quantity) : null;
  }

  /** Where the till gives the money back: just as the hub says it would. Where it does not, the hub would have given it otherwise than in cash. */
  async function bringAlone(shiftId: ShiftId, sold: SoldGoods, before: Map<string, number>, lines: Units): Promise<boolean> {
    const own = linesHere(sold, before, { isTracked: () => true });
    const plan = planReturnHere(
      own,
      lines.map((unit) => ({ ...unit, orderLineId: asId<LineId>(unit.orderLineId) })),
    );
    if (!plan.ok) throw new Error(plan.error);
    const { total, tax } = plan.value;
    const refund = refundHere(sold, { total, gone: goneBefore(own) });
    const offer = await offered(sold.orderId, lines, refund === "store_credit");
    expect([total, tax]).toEqual([offer.total, offer.tax]);
    if (refund !== "cash" && refund !== "store_credit") {
      expect(offer.parts.every(({ kind }) => kind === "cash")).toBe(false);
      return false;
    }
    expect(offer.parts).toEqual([{ kind: refund, amount: total }]);
    const taken = till.write("return.take", ownReturn(shiftId, sold, { lines, before: new Map(before) }), who());
    expect(await till.send(taken)).toMatchObject([{ outcome: "done" }]);
    return true;
  }

  async function bringToHub(shiftId: ShiftId, { orderId }: SoldGoods, lines: Units): Promise<boolean> {
    const { outcome } = await till.act("return.take", { shiftId, returnId: newId(), orderId, lines }, who());
    expect(outcome).toBe("done");
    return true;
  }

  it("and what of it came back at another counter meanwhile is a loss that the ticket names: nothing is refused, nothing counted twice", async () => {
    const shiftId = await till.open();
    const sold = soldByHub(await till.sale(await ticket([[BEANS, 2]]), shiftId, [{ kind: "cash" }]));
    const other = await testTill(hub);
    const theirs = { shiftId: await other.open(), returnId: newId(), orderId: sold.orderId, lines: someOf(sold, 0, 1) };
    expect(await other.act("return.take", theirs, who())).toMatchObject({ outcome: "done" });
    const mine = till.write("return.take", ownReturn(shiftId, sold, { lines: someOf(sold, 0, 2) }), who());
    expect(await till.send(mine, mine)).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
    expect(await lostOf(sold.orderId)).toEqual(expect.arrayContaining([{ lost: 850 }, { lost: 0 }]));
    const [line] = await hub.rows("select returned from orders.order_line where order_id = $1", [sold.orderId]);
    expect(line).toEqual({ returned: 2 });
  });

  it("but not what is fetched later, holds a gift card or was practiced: those need the hub, and their answers carry nothing more", async () => {
    const shiftId = await till.open();
    const cart = await ticket([[MUG, 1]]);
    const completion = {
      fulfillment: { kind: "collect", placeId: LYON },
      tenders: [{ kind: "cash" }],
      expectedTotal: cart.view.totals.total,
    };
    const later = await till.act("sale.complete", { shiftId, cartId: cart.id, completion });
    const gift = await till.sale(await ticket([[VOUCHER, 1]]), shiftId, [{ kind: "cash" }]);
    const practice = await testTill(hub, undefined, true);
    const practiced = await practice.sale(await hub.cart([[MUG, 1]], { actor: practice.actor }), await practice.open(), [{ kind: "cash" }]);
    for (const answer of [later, gift, practiced]) {
      expect(answer.outcome).toBe("done");
      expect(answer).not.toHaveProperty("sold");
    }
  });
});
