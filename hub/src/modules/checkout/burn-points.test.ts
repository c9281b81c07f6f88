import type { CartOperation } from "@weft/contracts";
import type { OrderId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { variantId } from "../../../test/goods-hub.ts";
import { CAPPUCCINO, LYON, MUG, PARIS, saleHub, tillActor, WEB, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { operate } from "../carts/index.ts";
import { createReward, endReward, pointsOf, programNow, type NewReward, type Reward } from "../loyalty/index.ts";
import { cancelOrder } from "./cancel-order.ts";

let hub: SaleHub;
let drink: Reward;
let fiveOff: Reward;
const CARD = [{ kind: "card", token: "inline" }] as const;
const everywhere = { validFrom: null, validTo: null, placeIds: [], channelIds: [] };

beforeAll(async () => {
  hub = await saleHub();
  drink = await reward({ name: { en: "A free cappuccino" }, cost: 10, benefit: { kind: "product", variantIds: [variantId(CAPPUCCINO)] } });
  fiveOff = await reward({ name: { en: "5 off" }, cost: 25, benefit: { kind: "amount", money: { amount: 500, currency: "EUR" } } });
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 500));
afterEach(async () => expect(await hub.broken()).toEqual([]));

type Customer = Awaited<ReturnType<SaleHub["customer"]>>;

async function reward(given: Pick<NewReward, "name" | "cost" | "benefit"> & Partial<NewReward>): Promise<Reward> {
  const made = await hub.must((ctx) => createReward(ctx, { ...everywhere, ...given }));
  hub.around.snapshots.invalidate();
  return made;
}

/** A customer with 14 points for each mug that they have bought. */
async function member(mugs: number): Promise<Customer> {
  const customer = await hub.customer();
  if (mugs > 0) await placed(await hub.cart([[MUG, mugs]], { actor: customer }));
  return customer;
}

async function placed(cart: TestCart) {
  const done = await hub.complete(cart, CARD);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  return done.view;
}

async function act(cart: TestCart, ...operations: readonly DistributiveOmit<CartOperation, "id">[]) {
  const withIds = operations.map((operation): CartOperation => ({ ...operation, id: crypto.randomUUID() }));
  const done = await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: withIds }), cart.actor);
  return { results: done.results, cart: { ...cart, view: done.cart } };
}
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

const apply = (cart: TestCart, wanted: Reward) => act(cart, { kind: "applyReward", rewardId: wanted.id });
const balance = async ({ customer }: Customer) => {
  const program = await programNow(hub.around);
  if (!program) throw new Error("the hub has a program");
  return (await pointsOf(hub, [customer.recordId], program.rule.programId)).balance;
};

describe("[LOY-7] points are burned by the completion of the cart", () => {
  it("a free drink is free, explained on the line and on the order, and costs its points with the order", async () => {
    const ada = await member(2);
    const { cart } = await apply(
      await hub.cart(
        [
          [CAPPUCCINO, 2],
          [MUG, 1],
        ],
        { actor: ada },
      ),
      drink,
    );
    expect(cart.view.rewards).toEqual([
      {
        rewardId: drink.id,
        name: drink.name,
        points: 10,
        applied: true,
        amount: { amount: 390, currency: "EUR" },
        because: { kind: "reward.applied" },
      },
    ]);
    expect(cart.view.totals).toMatchObject({ total: { amount: 1790 }, discount: { amount: 390 }, pointsBurned: 10, points: 17 });
    expect(cart.view.lines[0]?.because.map(({ kind }) => kind)).toContain("price.reward");
    expect(await balance(ada)).toBe(28);
    await hub.published();
    const order = await placed(cart);
    expect(order).toMatchObject({ total: { amount: 1790 }, pointsEarned: 17 });
    expect(await hub.rows("select because from orders.orders where id = $1", [order.id])).toMatchObject([
      {
        because: expect.arrayContaining([
          { kind: "reward", data: { rewardId: drink.id, name: drink.name, points: 10, amount: 390 } },
        ]) as unknown,
      },
    ]);
    expect(await balance(ada)).toBe(28 - 10 + 17);
    const told = await hub.published();
    expect(told.find(({ type }) => type === "loyalty.points_burned.v1")?.data).toMatchObject({
      orderId: order.id,
      points: 10,
      rewardIds: [drink.id],
    });
  });

  it("what takes nothing off costs nothing, and says why", async () => {
    const ada = await member(2);
    const { cart } = await apply(await hub.cart([[MUG, 1]], { actor: ada }), drink);
    expect(cart.view.rewards).toMatchObject([{ applied: false, because: { kind: "reward.product_missing" } }]);
    await placed(cart);
    expect(await balance(ada)).toBe(42);
  });

  it("is refused with its reason: unknown, not enough, twice more than there is, nobody with a card, too many, another place, over", async () => {
    const ada = await member(2);
    const cart = await hub.cart([[CAPPUCCINO, 3]], { actor: ada });
    const code = async (of: TestCart, rewardId: string) => (await act(of, { kind: "applyReward", rewardId })).results[0];
    expect(await code(cart, crypto.randomUUID())).toMatchObject({ outcome: "refused", code: "reward.unknown" });
    await apply(cart, drink);
    expect(await code(cart, fiveOff.id)).toMatchObject({ code: "reward.not_enough_points", data: { missing: 7 } });
    await apply(cart, drink);
    expect(await code(cart, drink.id)).toMatchObject({ code: "reward.not_enough_points", data: { missing: 2 } });
    await act(cart, { kind: "removeReward", rewardId: drink.id });
    expect(await code(cart, drink.id)).toMatchObject({ outcome: "applied" });
    expect(await code(await hub.cart([[CAPPUCCINO, 1]]), drink.id)).toMatchObject({ code: "reward.no_member" });
    const parisOnly = await reward({ name: { en: "Paris" }, cost: 1, benefit: drink.benefit, placeIds: [PARIS] });
    const webOnly = await reward({
      name: { en: "Web" },
      cost: 1,
      benefit: drink.benefit,
      channelIds: [WEB],
      validTo: new Date("2020-01-01"),
    });
    expect(await code(cart, parisOnly.id)).toMatchObject({ code: "reward.not_here" });
    expect(await code(cart, webOnly.id)).toMatchObject({ code: "reward.ended" });
  });

  it("a cart of points alone is placed without money", async () => {
    const ada = await member(1);
    const { cart } = await apply(await hub.cart([[CAPPUCCINO, 1]], { actor: ada }), drink);
    const done = await hub.complete(cart, []);
    expect(done).toMatchObject({ kind: "placed", view: { total: { amount: 0 }, pointsEarned: 0 } });
    expect(await balance(ada)).toBe(4);
  });
});

describe("[LOY-1] what a sale burns and earns is one transaction with it", () => {
  it("50 carts of one customer at once: as many orders as there are points for, and the others are told", async () => {
    const ada = await member(5);
    const carts: TestCart[] = [];
    for (let n = 0; n < 50; n++) {
      const ticket = await hub.cart([[CAPPUCCINO, 1]], { actor: { ...tillActor(), customer: ada.customer } });
      await hub.rows("update carts.cart set record_id = $2 where id = $1", [ticket.id, ada.customer.recordId]);
      carts.push((await apply(ticket, drink)).cart);
    }
    const sold = await Promise.all(carts.map((cart) => hub.sell(cart, [])));
    expect(sold.filter(({ ok: isSold }) => isSold)).toHaveLength(7);
    for (const result of sold) if (!result.ok) expect(result.error).toMatchObject({ code: "loyalty.not_enough_points" });
    expect(await balance(ada)).toBe(0);
  });

  it("points that went meanwhile refuse the order and leave the cart as it was", async () => {
    const ada = await member(1);
    const first = (await apply(await hub.cart([[CAPPUCCINO, 1]], { actor: ada }), drink)).cart;
    await hub.rows(
      "update ledger.lot set expires_at = now() - interval '1 second' where account_id in (select account_id from loyalty.membership where record_id = $1)",
      [ada.customer.recordId],
    );
    const done = await hub.complete(first, []);
    expect(done).toMatchObject({ kind: "refused", error: { code: "loyalty.not_enough_points" } });
    expect(await hub.rows("select state from carts.cart where id = $1", [first.id])).toEqual([{ state: "open" }]);
  });

  it("a reward that ended after it was shown is not burned", async () => {
    const ada = await member(1);
    const short = await reward({ name: { en: "Short" }, cost: 5, benefit: drink.benefit });
    const { cart } = await apply(await hub.cart([[CAPPUCCINO, 1]], { actor: ada }), short);
    await hub.must((ctx) => endReward(ctx, short.id)); // this node has not heard of it yet
    expect(await hub.complete(cart, [])).toMatchObject({ kind: "refused", error: { code: "cart.changed" } });
    hub.around.snapshots.invalidate();
    expect(await hub.complete(cart, [])).toMatchObject({ kind: "refused", error: { code: "cart.total_changed" } });
    expect(await balance(ada)).toBe(14);
  });

  it("[LED-11] a sale that happened is recorded: what was there is burned, the rest is the loss of the house", async () => {
    const ada = await member(1);
    const ticket = await hub.cart([[CAPPUCCINO, 1]], { actor: { ...tillActor(), customer: ada.customer } });
    await hub.rows("update carts.cart set record_id = $2 where id = $1", [ticket.id, ada.customer.recordId]);
    const { cart } = await apply(ticket, drink);
    const other = await apply(await hub.cart([[CAPPUCCINO, 1]], { actor: ada }), drink);
    await hub.complete(other.cart, []);
    const sold = await hub.sell(cart, [], { mode: "recorded" });
    expect(sold).toMatchObject({ ok: true, value: { view: { total: { amount: 0 } } } });
    expect(await balance(ada)).toBe(0);
  });
});

describe("[LOY-6] a canceled order gives back what it burned and takes what it earned", () => {
  it("to the same lots, once, however often it is canceled", async () => {
    const ada = await member(3);
    const lots = () =>
      hub.rows(
        "select lot.remaining from ledger.lot join loyalty.membership m using (account_id) where m.record_id = $1 and lot.remaining > 0 order by lot.earned_at",
        [ada.customer.recordId],
      );
    const before = await lots();
    const { cart } = await apply(await hub.cart([[MUG, 1]], { actor: ada }), fiveOff);
    const order = await placed(cart);
    expect(await balance(ada)).toBe(42 - 25 + 9);
    await hub.published();
    for (let again = 0; again < 2; again++) await hub.must((ctx) => cancelOrder(ctx, order.id as OrderId, "changed my mind"), ada); // an order's own id
    expect([await balance(ada), await lots()]).toEqual([42, before]);
    const told = (await hub.published()).filter(({ type }) => type.startsWith("loyalty."));
    expect(told.map(({ type, data }) => [type, (data as { points: number }).points])).toEqual([
      ["loyalty.points_taken_back.v1", 9],
      ["loyalty.points_given_back.v1", 25],
    ]);
  });

  it("points that were burned elsewhere meanwhile become a debt, which the next sale repays", async () => {
    const ada = await hub.customer();
    const first = await placed(await hub.cart([[MUG, 1]], { actor: ada }));
    const { cart } = await apply(await hub.cart([[CAPPUCCINO, 1]], { actor: ada }), drink);
    await hub.complete(cart, []);
    await hub.must((ctx) => cancelOrder(ctx, first.id as OrderId, "no"), ada); // an order's own id
    expect(await balance(ada)).toBe(-10);
    const another = await hub.cart([[CAPPUCCINO, 1]], { actor: ada });
    expect((await apply(another, drink)).results[0]).toMatchObject({ code: "reward.not_enough_points", data: { missing: 10 } });
    await placed(await hub.cart([[MUG, 1]], { actor: ada })); // 17 points, with the cappuccino that is in the cart still
    expect(await balance(ada)).toBe(7);
  });
});

describe("[LOY-3] one customer of several records burns what all of them hold", () => {
  it("takes the lots of both, and when they are parted each has what its own movements made", async () => {
    const [ada, bea] = [await member(1), await member(1)];
    const whose = (recordId: string, customerId: string) =>
      hub.rows("update customers.record_customer set customer_id = $2 where record_id = $1", [recordId, customerId]);
    await whose(bea.customer.recordId, ada.customer.recordId);
    const { cart } = await apply(await hub.cart([[MUG, 1]], { actor: bea }), fiveOff);
    expect(cart.view.rewards).toMatchObject([{ applied: true }]);
    const order = await placed(cart);
    await whose(bea.customer.recordId, bea.customer.recordId);
    // The older lot was Ada's: 14 of the 25 points; Bea's record bought, so it earned 9.
    expect([await balance(ada), await balance(bea)]).toEqual([0, 14 - 11 + 9]);
    await hub.must((ctx) => cancelOrder(ctx, order.id as OrderId, "no")); // an order's own id
    expect([await balance(ada), await balance(bea)]).toEqual([14, 14]);
  });
});
