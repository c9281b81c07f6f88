import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { variantId } from "../../../test/goods-hub.ts";
import { CAPPUCCINO, LYON, MUG, saleHub, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { operate } from "../carts/index.ts";
import { createReward, type Reward } from "../loyalty/index.ts";

let hub: SaleHub;
let drink: Reward;
beforeAll(async () => {
  hub = await saleHub();
  // A connection that breaks off says so twice: to whoever asked, and here.
  const heard = new WeakSet<object>();
  hub.pool.on("acquire", (client) => {
    if (!heard.has(client)) client.on("error", () => undefined);
    heard.add(client);
  });
  await hub.stock(MUG, LYON, 500);
  // The database's process ends itself in the middle of the statement, as by kill -9: whatever it had written goes with it.
  await hub.rows(`create function public.cut_off() returns trigger language plpgsql as $$
    begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`);
  const benefit = { kind: "product", variantIds: [variantId(CAPPUCCINO)] } as const;
  const given = { name: { en: "A free cappuccino" }, cost: 10, benefit, validFrom: null, validTo: null, placeIds: [], channelIds: [] };
  drink = await hub.must((ctx) => createReward(ctx, given));
  hub.around.snapshots.invalidate();
}, 30_000);
afterAll(() => hub.close());
afterEach(async () => expect(await hub.broken()).toEqual([]));

/** What a completion with a reward writes, in the order in which it writes it. */
const WRITES = [
  "insert on orders.orders",
  "insert on orders.order_line",
  "insert on payments.tender",
  "insert on fulfillment.fulfillment",
  "insert on loyalty.redemption",
  "insert on ledger.txn",
  "insert on ledger.leg",
  "update on ledger.balance",
  "update on ledger.lot",
  "insert on ledger.lot_use",
  "insert on ledger.lot",
  "insert on platform.outbox",
];

it.each(WRITES)(
  "[LOY-1] cut off at the %s, a sale, its points and its events are not there, and the same cart completes later",
  async (write) => {
    const customer = await hub.customer();
    const first = await hub.complete(await hub.cart([[MUG, 1]], { actor: customer }), [{ kind: "card", token: "inline" }]);
    expect(first.kind).toBe("placed");
    const cart = await withReward(
      await hub.cart(
        [
          [CAPPUCCINO, 1],
          [MUG, 1],
        ],
        { actor: customer },
      ),
    );
    const before = await standing(cart);
    await hub.rows(`create trigger cut_off after ${write} for each row execute function public.cut_off()`);
    try {
      await expect(hub.complete(cart, [{ kind: "card", token: "inline" }])).rejects.toThrow(/terminat|connection/i);
    } finally {
      await hub.rows(`drop trigger cut_off on ${write.split(" on ")[1] ?? ""}`);
    }
    expect(await standing(cart)).toEqual(before);
    expect(await hub.complete(cart, [{ kind: "card", token: "inline" }])).toMatchObject({
      kind: "placed",
      view: { total: { amount: 1400 } },
    });
  },
);

async function withReward(cart: TestCart): Promise<TestCart> {
  const apply = { id: crypto.randomUUID(), kind: "applyReward", rewardId: drink.id } as const;
  const { cart: view } = await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: [apply] }), cart.actor);
  return { ...cart, view };
}

/** The cart, and how much there is of everything that its completion would write. */
async function standing(cart: TestCart): Promise<unknown> {
  return hub.rows(
    `select c.state, c.version, (select count(*) from orders.orders) as orders, (select count(*) from ledger.leg) as legs,
            (select count(*) from loyalty.redemption) as redemptions, (select sum(remaining) from ledger.lot) as points,
            (select count(*) from platform.outbox) as facts
     from carts.cart c where c.id = $1`,
    [cart.id],
  );
}
