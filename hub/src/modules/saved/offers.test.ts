import { newId, ok, type VariantId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, type Headers, type LevelHub } from "../../../test/level-hub.ts";
import { createLog, inTransaction, SYSTEM, type Ctx } from "../../platform/index.ts";
import { releaseOffers } from "./commands/offer.ts";
import { tellOfGoods } from "./commands/tell.ts";
import { eraseSaved } from "./erase.ts";
import { savedInvariants } from "./invariants.ts";
import { sql } from "kysely";

let hub: LevelHub;
let store: string;
beforeAll(async () => {
  hub = await openLevelHub();
  store = (await hub.ask(hub.lea, "GET", "/v1/stores")).body.items[0].id;
}, 60_000);
afterAll(() => hub.demo.close());

const SERVER: Headers = { authorization: "Bearer sk_demo_online_7hT2mQ9xW4cRb8Lz" };
const rows = async (text: string, values: unknown[] = []) => (await hub.demo.pool.query(text, values)).rows;
type Goods = { readonly sku: string; readonly variantId: string };
type Waiter = { readonly customerId: string; readonly wishId: string };

/** Goods that are counted, sold as they are, and that no other test waits for; none is there. */
async function soldOut(): Promise<Goods> {
  const [goods] = await rows(
    `select v.sku, v.id as "variantId" from catalog.variant v join catalog.product p on p.id = v.product_id
      where p.is_tracked and p.is_active and v.is_active and exists (select from stock.level l where l.variant_id = v.id and l.place_id = $1)
        and not exists (select from catalog.product_option o where o.product_id = p.id) and not exists (select from catalog.bundle_component t where t.variant_id = v.id)
        and not exists (select from saved.wish w where w.variant_id = v.id) order by v.sku limit 1`,
    [store],
  );
  await rows("delete from stock.hold where variant_id = $1 and place_id = $2", [goods.variantId, store]);
  await rows("update stock.level set on_hand = 0, held = 0, allocated = 0, safety = 0 where variant_id = $1 and place_id = $2", [
    goods.variantId,
    store,
  ]);
  return goods;
}

async function waiter({ sku }: Goods): Promise<Waiter> {
  const { body } = await hub.ask(SERVER, "POST", "/v1/customers", { givenName: "Noa", email: `noa-${newId()}@example.com` });
  const customerId = body.customer.id;
  const wish = await hub.ask(SERVER, "POST", `/v1/customers/${customerId}/wishes`, { kind: "back_in_stock", sku, placeId: store });
  expect(wish.status).toBe(201);
  return { customerId, wishId: wish.body.id };
}

/** So many units come, and everybody who watches looks at once. */
async function come({ variantId }: Goods, units: number): Promise<void> {
  await rows("update stock.level set on_hand = on_hand + $3 where variant_id = $1 and place_id = $2", [variantId, store, units]);
  await look(variantId, 4);
}

async function look(variantId: string, times: number): Promise<void> {
  await Promise.all(Array.from({ length: times }, () => inOne((ctx) => tellOfGoods(ctx, [variantId as VariantId])))); // an id by its table
}

async function inOne(work: (ctx: Ctx) => Promise<unknown>): Promise<void> {
  const around = { pool: hub.demo.pool, snapshots: hub.demo.hub.snapshots, log: createLog("silent"), requestId: "test", actor: SYSTEM };
  await inTransaction(around, async (ctx) => ok(await work(ctx)));
}

/** Who is told, and for whom a unit is held, in the order in which they asked. */
async function standing(waiters: readonly Waiter[]): Promise<string[]> {
  return Promise.all(
    waiters.map(async ({ customerId }) => {
      const [wish] = (await hub.ask(SERVER, "GET", `/v1/customers/${customerId}/wishes`)).body.items;
      return wish.heldUntil === null ? wish.state : "held";
    }),
  );
}

const freeOf = async ({ variantId }: Goods): Promise<number> =>
  (await rows("select stock.available_at($1, $2) as free", [variantId, store]))[0].free;
const cartOf = async (): Promise<string> => (await hub.ask(SERVER, "POST", "/v1/carts", { placeId: store })).body.cart.id;
const take = ({ wishId }: Waiter, cartId: string) => hub.ask(SERVER, "POST", `/v1/wishes/${wishId}/moves-to-cart`, { cartId });
const add = (cartId: string, { sku }: Goods) =>
  hub.ask(SERVER, "POST", `/v1/carts/${cartId}/operations`, { operations: [{ id: newId(), kind: "add", sku, quantity: 1 }] });

/** The window of some offers ends so many milliseconds from now. */
async function endIn(waiters: readonly Waiter[], milliseconds: number): Promise<void> {
  await rows(
    `with ends as (update saved.wish set offered_until = now() + make_interval(secs => $2::numeric / 1000) where id = any ($1) returning id, offered_until)
     update stock.hold h set expires_at = e.offered_until, hard_cap_at = e.offered_until from ends e where h.line_id = e.id`,
    [waiters.map(({ wishId }) => wishId), milliseconds],
  );
}

async function broken(): Promise<unknown[]> {
  const found = await Promise.all(savedInvariants.map(({ sql: text }) => rows(text)));
  return found.flat();
}

describe("a unit that is free again", () => {
  it("[SAV-12] is held for those who asked first: of three, two units are offered to two, whoever looks at once", async () => {
    const goods = await soldOut();
    const waiters = [await waiter(goods), await waiter(goods), await waiter(goods)];
    await come(goods, 2);
    expect(await standing(waiters)).toEqual(["held", "held", "waiting"]);
    expect(await freeOf(goods)).toBe(0);
    expect((await add(await cartOf(), goods)).body.results[0].code).toBe("stock.insufficient");
    const again = await hub.ask(SERVER, "POST", `/v1/customers/${waiters[0]?.customerId}/wishes`, {
      kind: "back_in_stock",
      sku: goods.sku,
      placeId: store,
    });
    expect(again.body.id).toBe(waiters[0]?.wishId);
    const { items } = (await hub.ask(hub.owner, "GET", `/v1/wish-offers?storeId=${store}`)).body;
    const offers = items.filter(({ goods: shown }: { goods: Goods }) => shown.sku === goods.sku);
    expect(offers.map(({ customerId, customerName, waiting }: Record<string, unknown>) => [customerId, customerName, waiting])).toEqual([
      [waiters[0]?.customerId, "Noa", 1],
      [waiters[1]?.customerId, "Noa", 1],
    ]);
    expect(await broken()).toEqual([]);
  });

  it("[SAV-12] is offered to the next one when the time is over, when it is given back, and when somebody is erased", async () => {
    const goods = await soldOut();
    const waiters = [await waiter(goods), await waiter(goods), await waiter(goods), await waiter(goods)];
    const [first, second, third] = waiters;
    if (!first || !second || !third) throw new Error("four wait");
    await come(goods, 1);
    await endIn([first], -1);
    await look(goods.variantId, 4);
    expect(await standing(waiters)).toEqual(["told", "held", "waiting", "waiting"]);
    expect((await take(first, await cartOf())).body.code).toBe("wish.offer_over");
    expect((await hub.ask(SERVER, "DELETE", `/v1/wishes/${second.wishId}`)).status).toBe(204);
    await look(goods.variantId, 1);
    expect(await standing([first, ...waiters.slice(2)])).toEqual(["told", "held", "waiting"]);
    const [{ recordId }] = await rows(`select record_id as "recordId" from saved.wish where id = $1`, [third.wishId]);
    await inOne((ctx) => eraseSaved(ctx, [recordId]));
    await look(goods.variantId, 1);
    expect(await standing(waiters.slice(3))).toEqual(["held"]);
    expect(await broken()).toEqual([]);
  });

  it("[SAV-12] is held for nobody where the store does not want it: all are told at once, as of what is there", async () => {
    const goods = await soldOut();
    const waiters = [await waiter(goods), await waiter(goods)];
    const set = (value: number | null) => hub.ask(hub.owner, "PATCH", `/v1/places/${store}`, { settings: { waitingListMinutes: value } });
    expect((await set(0)).status).toBe(200);
    hub.demo.hub.snapshots.invalidate();
    await come(goods, 1);
    expect([await standing(waiters), await freeOf(goods)]).toEqual([["told", "told"], 1]);
    expect((await set(null)).status).toBe(200);
    hub.demo.hub.snapshots.invalidate();
  });
});

describe("what is held for a wish", () => {
  it("[SAV-13] goes into their cart with the hold, once, and nobody comes between", async () => {
    const goods = await soldOut();
    const one = await waiter(goods);
    await come(goods, 1);
    const [own, other, third] = [await cartOf(), await cartOf(), await cartOf()];
    const [taken, stolen, again] = await Promise.all([take(one, own), add(other, goods), take(one, third)]);
    expect([taken.status, again.status].filter((status) => status === 200)).toHaveLength(1);
    expect(stolen.body.results[0].code).toBe("stock.insufficient");
    const holds = await rows(`select cart_id as "cartId", quantity from stock.read_hold where variant_id = $1 and place_id = $2`, [
      goods.variantId,
      store,
    ]);
    expect(holds).toEqual([{ cartId: taken.status === 200 ? own : third, quantity: 1 }]);
    expect(await standing([one])).toEqual(["told"]);
    expect(await broken()).toEqual([]);
  });

  it("[SAV-13] is one cart's at the very end of its time: theirs or somebody else's, never both", async () => {
    const goods = await soldOut();
    await rows("update stock.level set on_hand = 1 where variant_id = $1 and place_id = $2", [goods.variantId, store]);
    for (const milliseconds of [0, 2, 5, 9, 14, 20]) {
      await rows("select stock.release_cart(cart_id) from stock.hold where variant_id = $1 and place_id = $2", [goods.variantId, store]);
      await rows("update stock.level set on_hand = 0 where variant_id = $1 and place_id = $2", [goods.variantId, store]);
      const one = await waiter(goods);
      await come(goods, 1);
      const [own, other] = [await cartOf(), await cartOf()];
      await endIn([one], milliseconds);
      const [taken, added] = await Promise.all([take(one, own), add(other, goods)]);
      const winners = [taken.status === 200, added.body.results[0].outcome === "applied"].filter(Boolean).length;
      expect(winners).toBeLessThanOrEqual(1);
      const [{ held }] = await rows(
        "select coalesce(sum(quantity), 0)::integer as held from stock.read_hold where variant_id = $1 and place_id = $2 and line_id <> cart_id",
        [goods.variantId, store],
      );
      expect(held).toBe(winners);
    }
    expect(await broken()).toEqual([]);
  });

  it("[SAV-13] is refused when a till that was cut off has sold the last unit, and stays theirs until its time", async () => {
    const goods = await soldOut();
    const one = await waiter(goods);
    await come(goods, 1);
    const sold = [newId(), newId()];
    await rows("select stock.sell_now($1, null, array[$2]::uuid[], array[$3]::uuid[], array[$4]::uuid[], array[1], true)", [
      ...sold,
      goods.variantId,
      store,
    ]);
    const refused = await take(one, await cartOf());
    expect([refused.status, refused.body.code, refused.body.because]).toEqual([409, "wish.not_taken", "stock.insufficient"]);
    expect(await standing([one])).toEqual(["held"]);
    await inOne((ctx) => releaseOffers(ctx, sql`w.id = ${one.wishId}`));
  });
});
