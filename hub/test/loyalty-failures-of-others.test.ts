import { asId, ok, type BusinessDate, type LineId, type OrderId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { operate } from "../src/modules/carts/index.ts";
import {
  createReward,
  currentRule,
  grantPoints,
  NOTHING_LEFT,
  pointsKept,
  pointsOf,
  takeBack,
  type StillTheirs,
} from "../src/modules/loyalty/index.ts";
import { giftCardHub, VOUCHER } from "./gift-card-hub.ts";
import { randomFrom } from "../../scripts/random.ts";
import { BEANS, LYON, MUG, newKey, tillActor, type Line, type SaleHub } from "./sale-hub.ts";

// What went wrong in other shops' loyalty programs, as their users told it, and what happens here.
let hub: SaleHub;
beforeAll(async () => {
  hub = await giftCardHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const goods of [MUG, BEANS]) await hub.stock(goods, LYON, 500);
});
afterEach(async () => expect(await hub.broken()).toEqual([]));

type Customer = Awaited<ReturnType<SaleHub["customer"]>>;
const CARD = [{ kind: "card", token: "inline" }] as const;

async function buy(actor: Customer, lines: readonly Line[]) {
  const cart = await hub.cart(lines, { actor });
  const done = await hub.complete(cart, CARD);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  return { id: done.view.id as OrderId, said: cart.view.totals.points, earned: done.view.pointsEarned }; // of the order that was just placed
}

async function balance({ customer }: Customer): Promise<number> {
  const rule = await currentRule(hub);
  if (!rule) throw new Error("the hub has a program");
  return (await pointsOf(hub, [customer.recordId], rule.programId)).balance;
}

const because = { kind: "goods_returned", data: {} };
const today: BusinessDate = "2026-03-02";
const undo = (orderId: OrderId, part: number, left: StillTheirs) =>
  hub.must(async (ctx) => ok(await takeBack(ctx, { orderId, changes: [], part, left, businessDate: today, because })));

it("[LOY-11] fushengqian/fuint#71: the same gift sent twenty times at once is credited once", async () => {
  const ada = await hub.customer();
  const giver = tillActor();
  const wanted = { id: asId<never>(crypto.randomUUID()), recordId: ada.customer.recordId, points: 40, reason: "goodwill" as const };
  const given = await Promise.all(
    Array.from({ length: 20 }, () =>
      hub.run((ctx) => {
        if (!giver.staff) throw new Error("a cashier gives");
        return grantPoints(ctx, giver.staff, { ...wanted, approve: undefined });
      }, giver),
    ),
  );
  expect(given.every((one) => one.ok)).toBe(true);
  expect(await balance(ada)).toBe(40);
});

it("[LOY-6] Square forum 22747: a hundred parts of an order come back in any order, and no rounding is left to farm", async () => {
  const random = randomFrom(22_747);
  const ada = await hub.customer();
  const order = await buy(ada, [[BEANS, 100]]);
  const [line] = await hub.rows<{ id: LineId }>("select id from orders.order_line where order_id = $1", [order.id]);
  expect(order.earned).toBe(850);
  let still = 100;
  while (still > 0) {
    still -= 1 + Math.floor(random() * Math.min(12, still));
    const left = {
      paid: still * 850,
      goods: { numerator: still, denominator: 100 },
      lines: [{ id: line?.id ?? "", pieces: still, amount: still * 850 }],
    };
    await undo(order.id, 100 - still, left);
    const rule = { data: { points: 1, perMinorUnits: 100, currency: "EUR", version: 1 } };
    expect(await balance(ada)).toBe(pointsKept(rule, left));
  }
  expect(await balance(ada)).toBe(0);
});

it("[LED-8] odoo/odoo#257854: points that were used before the goods came back are owed, not forgiven, and never taken twice", async () => {
  const ada = await hub.customer();
  const given = { name: { en: "2 off" }, cost: 20, benefit: { kind: "amount" as const, money: { amount: 200, currency: "EUR" } } };
  const everywhere = { validFrom: null, validTo: null, placeIds: [], channelIds: [] };
  const reward = await hub.must((ctx) => createReward(ctx, { ...given, ...everywhere }));
  hub.around.snapshots.invalidate();
  const order = await buy(ada, [[MUG, 2]]);
  const cart = await hub.cart([[BEANS, 1]], { actor: ada });
  const apply = [{ id: crypto.randomUUID(), kind: "applyReward" as const, rewardId: reward.id }];
  const { cart: view } = await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: apply }), ada);
  expect(await hub.complete({ ...cart, view }, CARD)).toMatchObject({ kind: "placed", view: { pointsEarned: 6 } });
  expect(await balance(ada)).toBe(28 - 20 + 6);
  for (const part of [2, 2, 3]) await undo(order.id, part, NOTHING_LEFT);
  expect(await balance(ada)).toBe(-14);
  await buy(ada, [[BEANS, 1]]);
  expect(await balance(ada)).toBe(-6);
  await buy(ada, [[MUG, 1]]);
  expect(await balance(ada)).toBe(8);
});

it("[LED-3] odoo/odoo#222372: a purchase that is sent five times at once earns once", async () => {
  const ada = await hub.customer();
  const cart = await hub.cart([[MUG, 1]], { actor: ada });
  const key = newKey();
  await Promise.all([1, 2, 3, 4, 5].map(() => hub.complete(cart, CARD, { key })));
  expect(await balance(ada)).toBe(14);
});

it("[LOY-8] RepairDesk-BUGS#1050: a gift card earns nothing when it is bought, and the cart does not say that it would", async () => {
  const ada = await hub.customer();
  expect(await buy(ada, [[VOUCHER, 1]])).toMatchObject({ said: 0, earned: 0 });
  expect(
    await buy(ada, [
      [VOUCHER, 1],
      [MUG, 1],
    ]),
  ).toMatchObject({ said: 14, earned: 14 });
});
