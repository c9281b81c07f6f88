import { newId, type LineId, type OrderId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EARNS } from "../src/modules/checkout/domain/earning-base.ts";
import { cancelOrder } from "../src/modules/checkout/index.ts";
import { handOver } from "../src/modules/fulfillment/index.ts";
import { grantCredit, type CreditGrantId, type WantedTender } from "../src/modules/payments/index.ts";
import { takeReturn, type ReturnId } from "../src/modules/returns/index.ts";
import { giftCardHub, soldCard } from "./gift-card-hub.ts";
import { BY_CARD, idOf, memberHub, type Member, type MemberHub } from "./member-hub.ts";
import { CAPPUCCINO, LYON, MUG, tillActor, TILLS } from "./sale-hub.ts";

let hub: MemberHub;
const inPoints = (amount: number): WantedTender => ({ kind: "points", amount });

// A point pays 50 cents: from 2 points on, up to half of a sale.
beforeAll(async () => {
  hub = await memberHub({ paying: { points: 1, minorUnits: 50, minimum: 2, maxPercent: 50 } }, giftCardHub);
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 500));
afterEach(async () => expect(await hub.broken()).toEqual([]));

describe("[LOY-26] points pay a part of a sale, as a tender of it", () => {
  it("[LOY-8] beside a card: by their rate, with the price and its tax as they are, and nothing earned on what they paid", async () => {
    const ada = await hub.member(3);
    const order = await hub.buy(ada, [[MUG, 1]], [inPoints(700), BY_CARD]);
    expect(order).toMatchObject({ total: { amount: 1400 }, paymentState: "paid" });
    expect(order.tenders.map(({ kind, amount }) => [kind, amount.amount])).toEqual([
      ["points", 700],
      ["card", 700],
    ]);
    expect(await hub.balance(ada)).toBe(42 - 14 + 7);
    expect((await hub.published()).filter(({ type }) => type === "loyalty.points_burned.v1")).toMatchObject([{ data: { points: 14 } }]);
    await hub.must((ctx) => cancelOrder(ctx, order.id as OrderId, "no"), ada); // an order's own id
    expect(await hub.balance(ada)).toBe(42);
    const told = (await hub.published()).filter(({ type }) => type === "loyalty.points_given_back.v1");
    expect(told).toMatchObject([{ data: { points: 14 } }]);
  });

  it("is refused above its part of the sale, below its minimum, without the points, and for nobody who is known", async () => {
    const ada = await hub.member(1);
    const refused = async (amount: number, mugs = 1, customer: Member = ada) => {
      const done = await hub.attempt(customer, [[MUG, mugs]], [inPoints(amount), BY_CARD]);
      return done.kind === "refused" ? done.error : done.kind;
    };
    const least = { amount: 100, currency: "EUR" };
    expect(await refused(701)).toEqual({ code: "loyalty.not_enough_points", missing: 1 });
    expect(await refused(800, 2)).toMatchObject({ code: "loyalty.not_enough_points", missing: 2 });
    expect(await refused(650, 1)).toBe("placed");
    const bea = await hub.member(2);
    expect(await refused(750, 1, bea)).toEqual({ code: "loyalty.points_share", least, most: { amount: 700, currency: "EUR" } });
    expect(await refused(50, 1, bea)).toMatchObject({ code: "loyalty.points_share", least });
    const nobody = await hub.complete(await hub.cart([[MUG, 1]]), [inPoints(700), BY_CARD]);
    expect(nobody).toMatchObject({ kind: "refused", error: { code: "payment.method_not_offered", kind: "points" } });
  });

  it("50 tickets that pay with the points of one member at the same moment: each point pays once", async () => {
    const ada = await hub.member(2); // 28 points: a cappuccino takes 2 of them for a euro
    const carts = [];
    for (let n = 0; n < 50; n++) carts.push(await hub.ticket(ada, [[CAPPUCCINO, 1]]));
    const before = await hub.balance(ada);
    const sold = await Promise.all(carts.map((cart) => hub.sell(cart, [inPoints(195), { kind: "cash" }])));
    const won = sold.filter(({ ok: isSold }) => isSold).length;
    // Each takes 4 points and earns 1.
    expect(await hub.balance(ada)).toBe(before - won * 4 + won);
    expect(won).toBeGreaterThanOrEqual(7);
    for (const result of sold) if (!result.ok) expect(result.error).toMatchObject({ code: "loyalty.not_enough_points" });
    expect(await hub.balance(ada)).toBeLessThan(4);
  });

  it("[LED-11] a sale that happened takes what is there, and the rest is the loss of the house", async () => {
    const ada = await hub.member(1);
    const cart = await hub.ticket(ada, [[MUG, 3]]);
    expect(await hub.sell(cart, [inPoints(2000), { kind: "cash" }], { mode: "recorded" })).toMatchObject({ ok: true });
    expect(await hub.balance(ada)).toBe(22);
  });
});

describe("[LOY-8] what of a tender earns, by the table of tenders", () => {
  /** What a mug of 14.00 earns a member who pays it so. */
  async function earnedBy(paying: (ada: Member) => Promise<readonly WantedTender[]>) {
    const ada = await hub.member(2);
    const before = await hub.balance(ada);
    const order = await hub.buy(ada, [[MUG, 1]], await paying(ada));
    return { earned: order.pointsEarned, moved: (await hub.balance(ada)) - before };
  }

  it("money earns, at once and later, also what came before as a card or a credit; points do not", async () => {
    const all = { earned: 14, moved: 14 };
    expect(await earnedBy(async () => [BY_CARD])).toEqual(all);
    expect(await earnedBy(async () => [{ kind: "due_at_collection" }])).toEqual(all);
    const { code } = await soldCard(hub);
    expect(await earnedBy(async () => [{ kind: "gift_card", code }])).toEqual(all);
    expect(await earnedBy(async (ada) => [{ kind: "store_credit", amount: await credited(ada, 1000) }, BY_CARD])).toEqual(all);
    expect(await earnedBy(async () => [inPoints(700), BY_CARD])).toEqual({ earned: 7, moved: 7 - 14 });
    // Every kind of tender has a row; what has none does not compile.
    expect(Object.entries(EARNS).flatMap(([kind, earns]) => (earns ? [] : kind))).toEqual(["points"]);
  });

  it("what is handed over beyond the amount, and given back as change, earns nothing", async () => {
    const ada = await hub.member(1);
    const before = await hub.balance(ada);
    expect(await hub.sell(await hub.ticket(ada, [[MUG, 1]]), [{ kind: "cash", received: 5000 }])).toMatchObject({ ok: true });
    expect((await hub.balance(ada)) - before).toBe(14);
  });

  async function credited(to: Member, amount: number): Promise<number> {
    const till = tillActor();
    const wanted = {
      id: newId<CreditGrantId>(),
      recordId: idOf(to),
      amount: { amount, currency: "EUR" },
      reason: "goodwill",
      note: null,
    } as const;
    if (!till.staff) throw new Error("a till has its cashier");
    const staff = { ...till.staff, roles: ["owner"] as const };
    await hub.must((ctx) => grantCredit(ctx, staff, wanted), till);
    return amount;
  }
});

describe("[LOY-6] what comes back gives its points back", () => {
  /** Four mugs for 28 of 56 points and cash for the rest, 42 points earned, brought back in these steps. */
  async function brought(steps: readonly number[]) {
    const ada = await hub.member(4);
    const order = await hub.buy(ada, [[MUG, 4]], [BY_CARD, inPoints(1400)].toReversed());
    expect(await hub.balance(ada)).toBe(56 - 28 + 42);
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
      after.push(await hub.balance(ada));
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
