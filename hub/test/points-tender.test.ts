import { newId, type LineId, type OrderId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NO_TERMS } from "../src/modules/loyalty/domain/index.ts";
import { currentRule, pointsOf, setTerms } from "../src/modules/loyalty/index.ts";
import { cancelOrder, type Completion } from "../src/modules/checkout/index.ts";
import { handOver } from "../src/modules/fulfillment/index.ts";
import type { WantedTender } from "../src/modules/payments/index.ts";
import { takeReturn, type ReturnId } from "../src/modules/returns/index.ts";
import { CAPPUCCINO, LYON, MUG, saleHub, tillActor, TILLS, type Line, type SaleHub } from "./sale-hub.ts";

let hub: SaleHub;
const CARD = { kind: "card", token: "inline" } as const;
const inPoints = (amount: number): WantedTender => ({ kind: "points", amount });

beforeAll(async () => {
  hub = await saleHub();
  const version = (await currentRule(hub))?.version ?? 0;
  // A point pays 50 cents: from 2 points on, up to half of a sale.
  const paying = { points: 1, minorUnits: 50, minimum: 2, maxPercent: 50 };
  await hub.must((ctx) => setTerms(ctx, version, { ...NO_TERMS, paying }));
  hub.around.snapshots.invalidate();
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 500));
afterEach(async () => expect(await hub.broken()).toEqual([]));

type Customer = Awaited<ReturnType<SaleHub["customer"]>>;

/** A customer with 14 points for each mug that they have bought. */
async function member(mugs: number): Promise<Customer> {
  const customer = await hub.customer();
  await buy(customer, [[MUG, mugs]], [CARD]);
  return customer;
}

const attempt = async (customer: Customer, lines: readonly Line[], tenders: readonly WantedTender[]): Promise<Completion> =>
  hub.complete(await hub.cart(lines, { actor: customer }), tenders);

async function buy(customer: Customer, lines: readonly Line[], tenders: readonly WantedTender[]) {
  const done = await attempt(customer, lines, tenders);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  return done.view;
}

async function balance({ customer }: Customer): Promise<number> {
  const rule = await currentRule(hub);
  return rule ? (await pointsOf(hub, [customer.recordId], rule.programId)).balance : 0;
}

/** A ticket at the till for a customer. */
async function ticket(customer: Customer, lines: readonly Line[]) {
  const cart = await hub.cart(lines, { actor: { ...tillActor(), customer: customer.customer } });
  await hub.rows("update carts.cart set record_id = $2 where id = $1", [cart.id, customer.customer.recordId]);
  return cart;
}

describe("[LOY-26] points pay a part of a sale, as a tender of it", () => {
  it("[LOY-8] beside a card: by their rate, with the price and its tax as they are, and nothing earned on what they paid", async () => {
    const ada = await member(3);
    const order = await buy(ada, [[MUG, 1]], [inPoints(700), CARD]);
    expect(order).toMatchObject({ total: { amount: 1400 }, paymentState: "paid" });
    expect(order.tenders.map(({ kind, amount }) => [kind, amount.amount])).toEqual([
      ["points", 700],
      ["card", 700],
    ]);
    expect(await balance(ada)).toBe(42 - 14 + 7);
    expect((await hub.published()).filter(({ type }) => type === "loyalty.points_burned.v1")).toMatchObject([{ data: { points: 14 } }]);
    await hub.must((ctx) => cancelOrder(ctx, order.id as OrderId, "no"), ada); // an order's own id
    expect(await balance(ada)).toBe(42);
    const told = (await hub.published()).filter(({ type }) => type === "loyalty.points_given_back.v1");
    expect(told).toMatchObject([{ data: { points: 14 } }]);
  });

  it("is refused above its part of the sale, below its minimum, without the points, and for nobody who is known", async () => {
    const ada = await member(1);
    const refused = async (amount: number, mugs = 1, customer: Customer = ada) => {
      const done = await attempt(customer, [[MUG, mugs]], [inPoints(amount), CARD]);
      return done.kind === "refused" ? done.error : done.kind;
    };
    const least = { amount: 100, currency: "EUR" };
    expect(await refused(701)).toEqual({ code: "loyalty.not_enough_points", missing: 1 });
    expect(await refused(800, 2)).toMatchObject({ code: "loyalty.not_enough_points", missing: 2 });
    expect(await refused(650, 1)).toBe("placed");
    const bea = await member(2);
    expect(await refused(750, 1, bea)).toEqual({ code: "loyalty.points_share", least, most: { amount: 700, currency: "EUR" } });
    expect(await refused(50, 1, bea)).toMatchObject({ code: "loyalty.points_share", least });
    const nobody = await hub.complete(await hub.cart([[MUG, 1]]), [inPoints(700), CARD]);
    expect(nobody).toMatchObject({ kind: "refused", error: { code: "payment.method_not_offered", kind: "points" } });
  });

  it("50 tickets that pay with the points of one member at the same moment: each point pays once", async () => {
    const ada = await member(2); // 28 points: a cappuccino takes 2 of them for a euro
    const carts = [];
    for (let n = 0; n < 50; n++) carts.push(await ticket(ada, [[CAPPUCCINO, 1]]));
    const before = await balance(ada);
    const sold = await Promise.all(carts.map((cart) => hub.sell(cart, [inPoints(195), { kind: "cash" }])));
    const won = sold.filter(({ ok: isSold }) => isSold).length;
    // Each takes 4 points and earns 1.
    expect(await balance(ada)).toBe(before - won * 4 + won);
    expect(won).toBeGreaterThanOrEqual(7);
    for (const result of sold) if (!result.ok) expect(result.error).toMatchObject({ code: "loyalty.not_enough_points" });
    expect(await balance(ada)).toBeLessThan(4);
  });

  it("[LED-11] a sale that happened takes what is there, and the rest is the loss of the house", async () => {
    const ada = await member(1);
    const cart = await ticket(ada, [[MUG, 3]]);
    expect(await hub.sell(cart, [inPoints(2000), { kind: "cash" }], { mode: "recorded" })).toMatchObject({ ok: true });
    expect(await balance(ada)).toBe(22);
  });
});

describe("[LOY-6] what comes back gives its points back", () => {
  /** Four mugs for 28 of 56 points and cash for the rest, 42 points earned, brought back in these steps. */
  async function brought(steps: readonly number[]) {
    const ada = await member(4);
    const order = await buy(ada, [[MUG, 4]], [CARD, inPoints(1400)].toReversed());
    expect(await balance(ada)).toBe(56 - 28 + 42);
    const fulfillmentId = order.fulfillments[0]?.id ?? "";
    await hub.run(
      (ctx) => handOver(ctx, hub, { fulfillmentId: fulfillmentId as never, proof: "order_number", code: order.number, tenders: [] }), // the id of the order's own part
      tillActor(),
    );
    const [line] = await hub.rows<{ id: LineId }>("select id from orders.order_line where order_id = $1", [order.id]);
    const after: number[] = [];
    for (const quantity of steps) {
      const units = [{ orderLineId: line?.id ?? newId<LineId>(), quantity, reason: "changed_mind", disposition: "restock" } as const];
      const wanted = { id: newId<ReturnId>(), orderId: order.id as OrderId, placeId: LYON, channelId: TILLS, units, hasDrawer: true }; // an order's own id
      expect(await hub.run((ctx) => takeReturn(ctx, wanted), tillActor())).toMatchObject({ ok: true });
      after.push(await balance(ada));
    }
    return after;
  }

  it("in any split of returns, to the same end, and a whole return leaves nothing of the sale", async () => {
    expect((await brought([4])).at(-1)).toBe(56);
    expect((await brought([1, 1, 1, 1])).at(-1)).toBe(56);
    expect((await brought([3, 1])).at(-1)).toBe(56);
    const [two] = await brought([2]);
    expect((await brought([1, 1])).at(-1)).toBe(two);
  });
});
